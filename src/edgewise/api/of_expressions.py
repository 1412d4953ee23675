"""What is asked of an expression as in SymPy: its graph is asked, and answers with expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise import algebra
from edgewise.api.graph import Graph
from edgewise.api.ways_in import graph
from edgewise.errors import UnsupportedError
from edgewise.graph import MERGING, Builder, Expr, Tape, handle, resolve
from edgewise.graph.written_anew import put_in

__all__ = ["asked"]


def asked(expr: Expr, name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """What the graph of an expression answers; graphs as expressions of the same inputs.

    >>> import edgewise as ew
    >>> x, y = ew.symbols("x y")
    >>> f = ew.sin(x)*y
    >>> f.diff(x) + y, f.subs(x, 0), [found**2 for found in (x**2 - y).solve(x)]
    (y*cos(x) + y, 0, [(-sqrt(y))**2, sqrt(y)**2])
    """
    builder, _ = resolve(expr)
    if name == "_sympy_" and builder.record:
        raise UnsupportedError(
            f"SymPy got {expr!r:.60} of a function that is traced, and makes no nodes of it",
            hint="write np.sin(x) for sympy.sin(x), and np.pi for sympy.pi",
        )
    found = getattr(graph(expr), name)(*args, **named)
    with MERGING:
        return _as_expressions(found, resolve(expr)[0])


def _as_expressions(found: Any, builder: Builder) -> Any:
    if isinstance(found, Graph):
        return _written(found.tape, builder)
    if isinstance(found, list):
        return [_as_expressions(part, builder) for part in found]
    if isinstance(found, dict):
        return {key: _as_expressions(part, builder) for key, part in found.items()}
    return found


def _written(tape: Tape, builder: Builder) -> Expr:
    nodes = put_in(builder, tape, algebra.declared(builder, tape), tape.outputs)
    return handle(builder, nodes[tape.outputs[0]])
