"""A user's SymPy function as an operation: its value from SymPy, its partials from `fdiff`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import sympy as sp

from edgewise.errors import UnsupportedError
from edgewise.ops import CONST, INPUT, Op, Ref, Template

__all__ = ["operation_of"]

MAX_ORDER = 8
"""How many functions a chain of derivatives may run through (f' = g, g' = h, …)."""


class SympyValue:
    """The value of a SymPy function as a NumPy callable: its implementation, or its numerical evaluation."""

    def __init__(self, function: Any) -> None:
        self.function = function
        self._loop: Callable[..., Any] = np.vectorize(
            getattr(function, "_imp_", None) or self._evaluated, otypes=[float]
        )

    def _evaluated(self, *values: float) -> float:
        return float(self.function(*values).evalf())

    def __call__(self, *values: Any) -> Any:
        return self._loop(*values)[()]

    def __reduce__(self) -> tuple[Any, ...]:
        return SympyValue, (self.function,)


def operation_of(item: Any, known: dict[str, Op], depth: int = 0) -> Op:
    """The operation of an applied SymPy function that defines `fdiff`, or is made by `implemented_function`.

    It is entered into `known` by its name, so that equal calls in one graph are equal operations, and so that a
    function may occur in its own derivative.
    """
    from edgewise.frontends.sympy import from_sympy

    function = item.func
    name = function.__name__
    defines = any("fdiff" in base.__dict__ for base in function.__mro__ if not _is_sympys(base))
    if not (defines or hasattr(function, "_imp_")):
        raise UnsupportedError(
            f"the function {name} of {item} has no value or derivative that edgewise knows",
            hint=f"define it with edgewise.op and pass functions={{{name!r}: …}}, or give the class an fdiff",
        )
    if depth > MAX_ORDER:
        raise UnsupportedError(
            f"the derivatives of {name} run through ever new functions",
            hint="define it with edgewise.op in terms of the operations of the table",
        )
    names = tuple(f"a{k}" for k in range(len(item.args)))
    op = Op(name, names, SympyValue(function), (None,) * len(names), f"SymPy's {name}", custom=True)
    known[name] = op
    applied = function(*(sp.Symbol(arg) for arg in names))
    partials = []
    for k in range(len(names)):
        try:
            derivative = applied.fdiff(k + 1)
        except sp.function.ArgumentIndexError:
            derivative = None
        if derivative is None or derivative.has(sp.Derivative, sp.Subs):
            raise UnsupportedError(
                f"{name}.fdiff({k + 1}) gives no closed form", hint="return an expression of the arguments from fdiff"
            )
        for call in _unknown(derivative, known):
            operation_of(call, known, depth + 1)
        partials.append(_template(from_sympy(derivative, inputs=names, functions=known), op))
    # The row is complete only now: a partial may call the operation itself.
    object.__setattr__(op, "partials", tuple(partials))
    return op


def _is_sympys(kind: type) -> bool:
    return (kind.__module__ or "").startswith("sympy.")


def _unknown(expression: Any, known: Mapping[str, Op]) -> list[Any]:
    """Calls of the user's functions inside an expression, in a fixed order."""
    calls = expression.atoms(sp.Function)
    mine = [f for f in calls if not _is_sympys(type(f)) and f.func.__name__ not in known]
    return sorted(mine, key=str)


def _template(tape: Any, op: Op) -> Template | None:
    """A graph over the arguments as a template; a call of the function itself on its arguments is `out`."""
    refs: dict[int, Ref] = {node: Ref("arg", k) for k, node in enumerate(tape.inputs)}
    nodes = []
    for i, code, args in tape.rows():
        if code == INPUT:
            continue
        if code == CONST:
            refs[i] = Ref("const", tape.attrs[i])
        elif tape.op_of_code(code) is op and tuple(args) == tuple(tape.inputs):
            refs[i] = Ref("out")
        else:
            nodes.append((tape.op_of_code(code), tuple(refs[j] for j in args), tape.attrs.get(i)))
            refs[i] = Ref("node", len(nodes) - 1)
    result = refs[tape.outputs[0]]
    return None if result.kind == "const" and result.value == 0 else Template(tuple(nodes), result)
