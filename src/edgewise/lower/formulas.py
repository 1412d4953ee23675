"""Operations that are computed by a formula, written out in other operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from edgewise.graph import Builder, IntArray, Layout, Returns, Tape
from edgewise.graph.written_anew import rewritten
from edgewise.ops import N_BUILTIN, Op, Template, broadcast

__all__ = ["formula_tape", "renumbered", "written_out"]


def written_out(
    tape: Tape, results: Sequence[Returns], roles: Mapping[int, str]
) -> tuple[Tape, Sequence[Returns], Mapping[int, str]]:
    """The graph with the user's formulas in the table's terms: any target can then print it.

    What their formulas have in common is computed once; all other nodes stay as they are, duplicates too. Linear.
    """
    codes = [N_BUILTIN + k for k, op in enumerate(tape.custom) if op.formula is not None]
    if not codes:
        return tape, results, roles
    known: dict[object, int] = {}
    nodes = [i for i in np.flatnonzero(np.isin(tape.ops, codes)).tolist() if _keeps_shape(tape, i)]
    moved, new = rewritten(tape, {i: _formula(tape.op(i).formula, tape.arguments(i), known) for i in nodes})
    return renumbered(moved, new, results, roles)


def renumbered(
    tape: Tape, new: IntArray, results: Sequence[Returns], roles: Mapping[int, str]
) -> tuple[Tape, Sequence[Returns], Mapping[int, str]]:
    """A graph whose nodes have new numbers, with the results and wished names of another."""
    return tape, [result.moved(new) for result in results], {int(new[node]): name for node, name in roles.items()}


def formula_tape(op: Op, formula: Template) -> Tape:
    """The graph of an operation's formula in its arguments."""
    builder = Builder()
    inputs = [builder.input(name) for name in op.args]
    node = formula.write(inputs, builder.constant, lambda row, args, c: builder.add(builder.code(row), args, c))
    return builder.freeze([node], Layout(), list(op.args))[0]


def _keeps_shape(tape: Tape, node: int) -> bool:
    """Whether the formula reads arguments whose shapes make the node's: 2*x of (x, y) leaves out the axes of y."""
    formula, args = tape.op(node).formula, tape.arguments(node)
    refs = {formula.result, *(ref for _, refs, _ in formula.nodes for ref in refs)}
    shapes = [tape.shape(args[ref.value]) for ref in refs if ref.kind == "arg"]
    return bool(tape.shape(node) == (broadcast(shapes, "formula") if shapes else ()))


def _formula(
    formula: Template, args: Sequence[int], known: dict[object, int]
) -> Callable[[Builder, Sequence[int]], int]:
    """How a formula of these arguments is written."""

    def write(builder: Builder, new: Sequence[int]) -> int:
        def call(op: Op, nodes: Sequence[int], parameter: object) -> int:
            key = (op, tuple(nodes), repr(parameter))
            if key not in known:
                known[key] = builder.add(builder.code(op), nodes, parameter)
            return known[key]

        return formula.write([new[j] for j in args], builder.constant, call)

    return write
