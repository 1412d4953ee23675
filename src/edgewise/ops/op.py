"""What an operation is: one row with all that mathematics knows of it."""

from __future__ import annotations

import copyreg
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from typing import Any, Final

import numpy as np

from edgewise.errors import OperationError

__all__ = [
    "BEYOND_LOG", "CONSTANTS", "E", "PI", "Number", "Op", "Refusal", "SymbolicConstant", "number_key", "row",
    "tidy_number",
]  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class SymbolicConstant:
    """A named real number that stays a symbol until source or a value is emitted."""

    name: str
    value: float

    def __repr__(self) -> str:
        return self.name

    def __float__(self) -> float:
        return self.value

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return import_module("edgewise.graph.named_constants").ufunc_on_constants(ufunc, method, inputs, options)


def _arithmetic(name: str, swapped: bool) -> Callable[..., Any]:
    """An operator of named constants and numbers: pi/2 is written down, and stays what it is."""

    def method(self: SymbolicConstant, *other: Any) -> Any:
        known = (np.ndarray, SymbolicConstant)
        if other and hasattr(type(other[0]), "__array_ufunc__") and not isinstance(other[0], known):
            return NotImplemented  # an expression knows what a constant is
        args = (*other, self) if swapped else (self, *other)
        return self.__array_ufunc__(getattr(np, name), "__call__", *args)

    return method


for _name, _ufunc in (
    ("add", "add"), ("sub", "subtract"), ("mul", "multiply"), ("truediv", "divide"), ("pow", "power"),
    ("mod", "remainder"), ("floordiv", "floor_divide"),
):  # fmt: skip
    setattr(SymbolicConstant, f"__{_name}__", _arithmetic(_ufunc, swapped=False))
    setattr(SymbolicConstant, f"__r{_name}__", _arithmetic(_ufunc, swapped=True))
for _name, _ufunc in (("neg", "negative"), ("pos", "positive"), ("abs", "absolute")):
    setattr(SymbolicConstant, f"__{_name}__", _arithmetic(_ufunc, swapped=False))


class Refusal(str):
    """A partial that exists and has no formula here: why. Whoever asks for a derivative that needs it is told so."""

    __slots__ = ()


PI = SymbolicConstant("pi", 3.141592653589793)
E = SymbolicConstant("e", 2.718281828459045)

CONSTANTS: Final[Mapping[str, SymbolicConstant | float]] = {"pi": PI, "e": E, "inf": math.inf}
"""The names that are numbers in formulas, where no input has them."""

Number = int | Fraction | float | bool | SymbolicConstant


def number_key(value: Number) -> tuple[str, str]:
    """The identity of a constant: type and value. 1, 1.0 and True differ, and so do 0.0 and -0.0.

    >>> number_key(1) == number_key(1.0), number_key(0.0) == number_key(-0.0)
    (False, False)
    """
    if type(value) is float:
        return "float", value.hex()
    # Python does not write integers of any length in decimal digits.
    return type(value).__name__, hex(value) if type(value) is int and abs(value) >> 64 else repr(value)


def tidy_number(value: Number) -> Number:
    """A Fraction with denominator one is an integer; everything else is itself."""
    if type(value) is Fraction and value.denominator == 1:
        return value.numerator
    return value


@dataclass(frozen=True, eq=False, repr=False)
class Op:
    """One row of the operation table.

    `partials[k]` is the local partial in argument k, as text in the formula language: the names in `args`, the
    result `out`, the row's `parameter`, numbers, and other operations. `None` means identically zero wherever the
    derivative exists: such an edge is absent from the linearised graph. A `Refusal` is a partial that is not zero and
    has no formula: its edge is there, and a derivative through it is refused. It may also be a Template, or a callable
    of no arguments that returns a Template or None when the partial is first needed. Everything that differentiates,
    back-propagates or explains reads this row; there is no second table.

    `computed` is the value as a formula in other operations that holds over the whole range, in steps where that is
    shorter, of a row with a parameter a function of that: what every target writes that has no function of its own for
    it (rows of tensors have another form). It is empty where there is none. `formula` is the value of a user's
    operation as a Template, where it was given as text: targets write it out.

    `parameter` is the name of a constant that comes first, a whole number that is not negative; with `real_parameter`
    any number.

    `numpy`, `scipy` and `sympy` are what NumPy, `scipy.special` and SymPy call it, the usual name first, and `also`
    what people call it besides: text may use all of these. NumPy's and SymPy's name is the row's own where none is
    given. `latex` is the command that stands before its arguments; by default its name, upright.

    `beyond` says what holds outside the domain, where it is not that value and derivative are NaN or infinite.

    `rule` are the names of the rules of differentiation in the arguments, where they have one of their own ("product
    rule"); the last holds for all further arguments. See `rule_in`.

    `selects` marks an operation that passes on one of its arguments (`where`) and does not look at the other.

    `of_squares` is the partial of a root where its argument is a sum of squares, whose own slope is 0 where it is 0.

    `steep` says that the value or a derivative leaves the doubles at a finite argument, as exp does at 710 and cbrt at
    0; what has a `domain` does so anyway. See `finite`. `bounded` says that no value is beyond some bound.

    `parity` is "even" where f(-x) is f(x) and "odd" where it is -f(x), in the one argument and to the last bit.
    """

    name: str
    args: tuple[str, ...]
    value: Callable[..., Any]
    partials: tuple[Any, ...]
    doc: str
    parameter: str = ""
    real_parameter: bool = False
    definition: str = ""
    computed: str | Callable[..., Any] = ""
    numpy: str = ""
    scipy: str = ""
    sympy: str = ""
    also: str = ""
    latex: str = ""
    domain: str = ""
    beyond: str = ""
    range: str = ""
    kinks: str = ""
    convention: str = ""
    symbol: str = ""
    commutative: bool = False
    selects: bool = False
    boolean: bool = False
    of_squares: str = ""
    steep: bool = False
    bounded: bool = False
    parity: str = ""
    custom: bool = False
    formula: Any = None
    rule: tuple[str, ...] = ()
    cache: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.partials) != len(self.args):
            raise OperationError(
                f"operation {self.name!r} has {len(self.args)} arguments and {len(self.partials)} partials",
                hint="give one partial for each argument, None where it is identically zero",
            )

    @property
    def arity(self) -> int:
        return len(self.args)

    @property
    def names(self) -> tuple[str, ...]:
        """What else it is called: by NumPy, SciPy, SymPy, and by people.

        >>> from edgewise.ops import OPS
        >>> OPS["sigmoid"].names
        ('expit', 'logistic')
        """
        return tuple(dict.fromkeys(f"{self.numpy} {self.scipy} {self.sympy} {self.also}".split()))

    @property
    def finite(self) -> bool:
        """Whether value and derivatives are finite for all finite arguments, the overflow of sums and products aside.

        >>> from edgewise.ops import OPS
        >>> [OPS[name].finite for name in ("mul", "tanh", "max", "exp", "log", "div")]
        [True, True, True, False, False, False]
        """
        return not (self.domain or self.steep or self.custom)

    def rule_in(self, position: int, among: int) -> str:
        """What the rule of differentiation in an argument, `among` so many, is called.

        >>> from edgewise.ops import OPS
        >>> OPS["mul"].rule_in(0, 2), OPS["pow"].rule_in(1, 2), OPS["sin"].rule_in(0, 1)
        ('product rule', 'exponential rule', 'derivative of sin')
        """
        if self.rule:
            return self.rule[min(position, len(self.rule) - 1)]
        return f"derivative of {self.name}" + (f" in {self.args[position]}" if self.arity > 1 else "")

    def __repr__(self) -> str:
        return f"<op {self.name}({', '.join(self.args)})>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Parsed partials are derived from the row: they are not part of what is stored.
        return copyreg.__newobj__, (type(self),), {**self.__dict__, "cache": {}}  # type: ignore[attr-defined]

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


def row(name: str, args: str, value: Callable[..., Any], *partials: Any, doc: str, **facts: Any) -> Op:
    """A row of the table: its arguments as one text, and its partials one by one."""
    return Op(name, tuple(args.split()), value, partials, doc, **facts)


BEYOND_LOG: Final = "value NaN or infinite, the slope the quotient as written"
