"""What an operation on tensors is: one row with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from edgewise.errors import InputError, UnsupportedError
from edgewise.ops.dims import TensorShape
from edgewise.ops.op import Op

__all__ = ["NO_PARAMETER", "ArrayValue", "ParameterForm", "Rule", "TensorOp"]

Rule = Callable[..., Any]


class ArrayValue:
    """The numbers of an array node: compared and hashed by their content."""

    __slots__ = ("key", "values")

    def __init__(self, values: Any) -> None:
        array = np.array(values)
        if array.dtype.kind not in "biuf":
            raise UnsupportedError(
                f"an array of {array.dtype} cannot be part of an expression", hint="use arrays of real numbers"
            )
        if array.dtype.kind == "f" and np.isnan(array).any():
            raise InputError(
                f"an array of shape {array.shape} with NaN in it is part of an expression",
                hint="put a number there first, as np.nan_to_num does, and select with np.where(mask, x, 0)",
            )
        array.flags.writeable = False
        self.values = array
        self.key = (array.dtype.str, array.shape, array.tobytes())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArrayValue) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __reduce__(self) -> tuple[Any, ...]:
        return ArrayValue, (self.values,)

    def __repr__(self) -> str:
        return f"array{self.values.tolist()!r:.60}"


def _nothing(*_: Any) -> Mapping[str, Any]:
    return {}


class ParameterForm(NamedTuple):
    """How the parameter of an operation is checked, read from a call, and written.

    A parameter is plain data: numbers, dimensions, tuples of them, an array or a contraction. `fits(parameter, shapes)`
    says whether one is well made, for graphs that come from outside: a shape rule may only be asked then.

    In a call it is given by `keywords`, which have defaults (... for none), in this order behind the arguments.
    `read(t, shape, *values)` makes the parameter of them and of the shape of the first argument; it is None where a
    call does not name the parameter, as that of a subscript. `facts(parameter, shapes, shape, word)` is what templates
    know it by; `word` is what the target calls an axis. Of these {parameter} is how a call says it.

    `under(parameter, shapes, shape)` is its subscript in LaTeX, and `over` what stands above.
    """

    name: str
    fits: Callable[[Any, Sequence[TensorShape]], bool]
    facts: Callable[..., Mapping[str, Any]] = _nothing
    keywords: Mapping[str, Any] = MappingProxyType({})
    read: Callable[..., Any] | None = None
    under: Callable[..., str] = lambda p, shapes, shape: ""
    over: Callable[[Any], str] = lambda p: ""


NO_PARAMETER = ParameterForm("", lambda p, shapes: p is None, read=lambda t, shape: None)


@dataclass(frozen=True, eq=False, repr=False)
class TensorOp(Op):
    """A row of the tensor table. A name, arguments, value, shape, rules and doc are enough for every use there is.

    `shape(shapes, parameter)` is the shape of the result; it raises a ShapeError that names the shapes. `rules[k]` is
    the rule of argument k, None where no derivative flows; `linear` are the arguments whose rule is a transpose.
    `transposes` are rules of arguments that have a differential whose transpose is written in another way. The results
    of an operation on `places` are whole numbers, which have no derivative.
    A `variadic` operation takes any number of arguments, and `rules` are then two functions of the
    position: the transpose and the differential.

    `computed(t, x, p)` is the value in other operations on tensors: what is printed by every target that has no
    function of its own for it, is unrolled into scalars where `scalar` is not given, and counted where `work` is not.
    Without it a program for NumPy brings the function `value` along.

    `numpy` is the name of NumPy's function that this operation is: "linalg.cond". `spelled` is the call that a program
    for NumPy has, a template in the arguments {0}, {1} (bracketed: {atom0}) and the facts of the parameter; `text` is
    the same for people, which parses back. Where they differ by the parameter, `variant(parameter, shapes)` says which
    of several it is. `written(style, args, parameter, shapes, shape)` writes what no template says.

    `latex` is the command before the arguments; `typeset(w, args, parameter, shapes, shape)` writes any other form, in
    the notation of `edgewise.write.latex.forms`.

    `scalar(s, x, p)` is the array of the entries' formulas, in the notation of `scalarize`. `work(shapes, shape, p)` is
    the arithmetic that it takes, by default one operation for each entry of the result. A `view(parameter)` only
    reads its argument in another way. `whole` operations make whole numbers of whole numbers, `placing` ones take
    arguments of places behind the first. What is better done on `wholes` exchanges rows or entries as the values say,
    or knows limits that its entries do not. Along the axes `orthonormal` of a matrix lie vectors that are so.

    People call an operation as `edgewise.<name>` unless only derivatives write it, or the graph itself (`inner`).
    """

    shape: Callable[..., TensorShape] = lambda shapes, p: ()
    rules: tuple[Rule | None, ...] = ()
    linear: frozenset[int] = frozenset()
    variadic: bool = False
    assumes: str = ""
    transposes: Mapping[int, Rule] = field(default_factory=dict)
    places: bool = False
    form: ParameterForm = NO_PARAMETER
    spelled: str | Mapping[str, str] = ""
    text: str | Mapping[str, str] = ""
    variant: Callable[..., str] | None = None
    written: Callable[..., Any] | None = None
    typeset: Callable[..., Any] | None = None
    scalar: Callable[..., Any] | None = None
    work: Callable[..., Any] | None = None
    view: Callable[[Any], bool] | None = None
    whole: bool = False
    placing: bool = False
    wholes: bool = False
    orthonormal: tuple[int, ...] = ()
    inner: bool = False

    __hash__ = object.__hash__

    def rule_in(self, position: int, among: int) -> str:
        """What the rule of an argument is called: a contraction of one alone is no product."""
        if self.rule and among > 1:
            return super().rule_in(position, among)
        if self.variadic or position in self.linear:
            return "linearity"
        return f"differential of {self.name}"

    @property
    def finite(self) -> bool:
        """Whether it is linear: sums and products of finite entries are finite."""
        return self.variadic or all(k in self.linear for k, rule in enumerate(self.rules) if rule is not None)


def row(
    name: str,
    args: str,
    value: Callable[..., Any],
    shape: Callable[..., TensorShape],
    *rules: Rule | None,
    doc: str,
    form: ParameterForm = NO_PARAMETER,
    linear: tuple[int, ...] = (),
    **facts: Any,
) -> TensorOp:
    """A row of the table."""
    names = tuple(args.split())
    return TensorOp(
        name, names, value, (None,) * len(names), doc, form.name, shape=shape, rules=rules, linear=frozenset(linear),
        form=form, **facts,
    )  # fmt: skip
