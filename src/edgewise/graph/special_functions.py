"""Special functions on expressions: the formulas of `ops.composed_formulas`, and what SciPy makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import OperationError
from edgewise.graph.expr import Expr, apply, handle, meet
from edgewise.ops import OPS
from edgewise.ops.composed_formulas import MAX_CHOICE, SPECIAL, choice, rising, written

__all__ = ["SPECIAL_FUNCTIONS"]


def _on(names: str, text: str, args: Sequence[Any]) -> Any:
    """What a formula is on these expressions and numbers, at least one an expression."""
    builder = meet(args)
    assert builder is not None

    def number(value: Any) -> Expr:
        return handle(builder, builder.constant(value))

    def call(op: str, values: Sequence[Any]) -> Any:
        if not OPS[op].parameter:
            return apply(op, *values)
        order, *others = values
        return apply(op, *others, parameter=builder.attrs[order._node])

    given = [arg if isinstance(arg, Expr) else number(arg) for arg in args]
    return written(text, dict(zip(names.split(), given, strict=True)), number, call)


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


SPECIAL_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    **_FUNCTIONS, "binom": _product("binom", choice), "poch": _product("poch", rising),
}  # fmt: skip
"""What a special function of this name writes for expressions and numbers."""
