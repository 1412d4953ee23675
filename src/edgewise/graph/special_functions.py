"""Special functions on expressions: the formulas of `ops.composed_formulas`, and what SciPy makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.errors import OperationError
from edgewise.graph.expr import Expr, apply, handle, meet
from edgewise.graph.refused import refused
from edgewise.ops import OPS, SymbolicConstant, fold_exact
from edgewise.ops.composed_formulas import MAX_CHOICE, SPECIAL, choice, rising
from edgewise.ops.formula import written
from edgewise.ops.polynomial_formulas import OF_ORDER

__all__ = ["SPECIAL_FUNCTIONS"]


def _on(names: str, text: str, args: Sequence[Any]) -> Any:
    """What a formula is on these expressions and numbers; a number where none is an expression."""
    builder = meet(args)

    def call(op: str, values: Sequence[Any]) -> Any:
        if op == "where" and _is_known(values[0]):
            return values[1] if values[0] else values[2]
        order, others = (values[:1], values[1:]) if OPS[op].parameter else ((), values)
        if not all(map(_is_known, others)):
            return apply(op, *others, parameter=order[0] if order else None)
        exact = fold_exact(op, others)
        with np.errstate(all="ignore"):
            return float(OPS[op].value(*map(float, others), *order)) if exact is None else exact

    def held(value: Any) -> Any:
        return value if builder is None or isinstance(value, Expr) else handle(builder, builder.constant(value))

    given = [arg if _is_known(arg) else held(arg) for arg in args]
    return held(written(text, dict(zip(names.split(), given, strict=True)), lambda value: value, call))


def _is_known(value: Any) -> bool:
    """Whether it is one number, of which what is made is a number too."""
    return isinstance(value, (int, float, Fraction, SymbolicConstant, np.number, np.bool_))


def _function(name: str) -> Callable[..., Any]:
    names, text = SPECIAL[name]

    def call(*args: Any) -> Any:
        if len(args) != len(names.split()):
            raise OperationError(
                f"{name} takes {len(names.split())} arguments ({', '.join(names.split())}) and got {len(args)}",
                hint="give each of them",
            )
        return _on(names, text, args)

    call.__name__ = name
    return call


_FUNCTIONS: Final = {name: _function(name) for name in SPECIAL}


def _few(k: Any) -> int | None:
    """A number of factors that is known, whole, and few."""
    known = isinstance(k, (int, float, np.integer)) and 0 <= k <= MAX_CHOICE and k == int(k)
    return int(k) if known else None


def _product(name: str, factors: Callable[[int], str]) -> Callable[..., Any]:
    """A polynomial where the second argument is a whole number that is known."""

    def call(x: Any, k: Any) -> Any:
        few = _few(k)
        if few is None:
            return _FUNCTIONS[name](x, k)
        return _on("n", factors(few), (x,)) if few else 0 * x + 1

    return call


def _of_order(name: str) -> Callable[..., Any]:
    """A function whose order or degree, a constant, comes first."""
    names, text = OF_ORDER[name]

    def call(n: Any, *args: Any) -> Any:
        if not _is_known(n) or n != int(n) or not 0 <= n <= 1000:
            raise refused(f"scipy.special.{name} of the degree {n!r:.40}", "give one whole number up to 1000")
        return _on(names, text(int(n)), args)

    return call


SPECIAL_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    **_FUNCTIONS, **{name: _of_order(name) for name in OF_ORDER},
    "binom": _product("binom", choice), "poch": _product("poch", rising),
}  # fmt: skip
"""What a special function of this name writes for expressions and numbers."""
