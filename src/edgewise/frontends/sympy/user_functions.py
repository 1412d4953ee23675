"""SymPy functions that are no rows, a user's and SymPy's own, as operations: values and partials (`fdiff`) of SymPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath
import numpy as np
import sympy as sp
from sympy.core.function import ArgumentIndexError
from sympy.utilities.lambdify import MPMATH_TRANSLATIONS

from edgewise.errors import EdgewiseError, OperationError, UnsupportedError
from edgewise.graph import Tape
from edgewise.graph.template import template_from
from edgewise.ops import ALIASES, OPS, Op, Refusal, Template

__all__ = ["UserFunctions", "is_defined", "is_sympys"]


def is_sympys(kind: type) -> bool:
    """Whether a class is SymPy's own: a user's `frac` is not SymPy's."""
    return (kind.__module__ or "").startswith("sympy.")


def is_defined(function: Any) -> bool:
    """Whether a class of functions says what its derivatives are, and, of SymPy's own, has values by mpmath."""
    name = function.__name__
    return any("fdiff" in base.__dict__ for base in function.__mro__ if base is not sp.Function) and (
        not is_sympys(function) or hasattr(mpmath, name) or name in MPMATH_TRANSLATIONS
    )


class SympyValue:
    """The value of a SymPy function as a NumPy callable: its implementation, or its numerical evaluation."""

    def __init__(self, function: Any) -> None:
        self.function = function
        implementation: Callable[..., Any] | None = getattr(function, "_imp_", None)
        self._loop = np.vectorize(implementation or self._evaluated, otypes=[float])

    def _evaluated(self, *values: float) -> float:
        result = self.function(*values).evalf()
        try:
            return float(result)
        except TypeError:
            given = tuple(map(float, values))
            raise UnsupportedError(
                f"{self.function.__name__}{given} evaluates to {result!s:.60}, not to a real number",
                hint="edgewise is about real functions"
                if is_sympys(self.function)
                else "give the class an _eval_evalf, or an eval that returns numbers for numbers",
            ) from None

    def __call__(self, *values: Any) -> Any:
        return self._loop(*values)[()]

    def __reduce__(self) -> tuple[Any, ...]:
        return SympyValue, (self.function,)


class UserFunctions:
    """The operations of such functions: one for each function, however often and wherever it is called.

    `given` are operations of edgewise by name. `read` is the front end itself: a partial is an expression too.
    """

    def __init__(self, given: Mapping[str, Op], read: Callable[[Any, Sequence[str], UserFunctions], Tape]) -> None:
        self.given, self.read = dict(given), read
        self.made: dict[tuple[Any, int], Op] = {}

    def of(self, item: Any) -> Op:
        """The operation of an applied function that is given, or that defines `fdiff` or an implementation."""
        function, arity = item.func, len(item.args)
        name = getattr(function, "__name__", type(item).__name__)
        if name in self.given:
            op = self.given[name]
            if op.arity != arity:
                raise OperationError(
                    f"{name} is called with {arity} arguments in {item}; the operation takes {op.arity}",
                    hint="give each of them, or define another operation",
                )
            return op
        if not isinstance(item, sp.Function) or not (is_defined(function) or hasattr(function, "_imp_")):
            raise UnsupportedError(
                f"the function {name} of {item!s:.80} has no value or derivative that edgewise knows",
                hint=f"define it with edgewise.op and pass functions={{{name!r}: …}}, or give the class an fdiff",
            )
        key = (function, arity)
        if key not in self.made:
            if any(known.__name__ == name for known, _ in self.made):
                raise UnsupportedError(
                    f"two different functions, or one with two counts of arguments, are called {name}",
                    hint="rename one of them",
                )
            if not name.isidentifier():
                raise UnsupportedError(f"{name!r} cannot name an operation", hint="name the function by an identifier")
            names = tuple(f"a{k}" for k in range(arity))
            partials = tuple(Partial(self, function, names, k) for k in range(arity))
            # A user's `sigmoid` need not be ours.
            own = name if name not in OPS and name not in ALIASES else f"{name}_"
            self.made[key] = Op(own, names, SympyValue(function), partials, f"SymPy's {name}", custom=True)
        return self.made[key]


class Partial:
    """The partial of a user's function in one argument, converted when it is first asked for.

    A function may occur in its own derivative, and f' may be another function g, whose derivative is h, and so on
    without end: each is met only when the graph is differentiated that often.
    """

    def __init__(self, functions: UserFunctions, function: Any, names: tuple[str, ...], position: int) -> None:
        self.functions, self.function, self.names, self.position = functions, function, names, position

    def __call__(self) -> Template | Refusal | None:
        name, k = self.function.__name__, self.position + 1
        symbols = [sp.Symbol(arg, real=True) for arg in self.names]
        applied = self.function(*symbols)
        try:
            # A class may rewrite itself when it is called.
            own = isinstance(applied, self.function)
            derivative = applied.fdiff(k) if own else applied.diff(symbols[self.position])
            tape = self.functions.read(derivative, self.names, self.functions)
        except ArgumentIndexError:
            return Refusal(f"{name} has no fdiff({k}) that returns an expression")
        except EdgewiseError as error:
            raise UnsupportedError(
                f"the derivative of {name} in argument {k} is not an expression of its arguments: {error.what}",
                hint="return one from fdiff, or define the function with edgewise.op",
            ) from None
        return template_from(tape, len(self.names), self.functions.made.get((self.function, len(self.names))))
