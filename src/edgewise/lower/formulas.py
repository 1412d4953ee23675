"""The user's operations that were given as formulas, written out in the table's operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from edgewise.graph import Builder, IntArray, Returns, Tape
from edgewise.ops import CONST, INPUT, Ref, Template

__all__ = ["written_out"]


def written_out(
    tape: Tape, results: Sequence[Returns], roles: Mapping[int, str]
) -> tuple[Tape, Sequence[Returns], Mapping[int, str]]:
    """The graph with such operations in the table's terms: any target can then print it.

    What their formulas have in common is computed once; all other nodes stay as they are, duplicates too. Linear.
    """
    if not any(op.formula is not None for op in tape.custom):
        return tape, results, roles
    builder, new = Builder(), np.zeros(len(tape), dtype=np.int64)
    known: dict[object, int] = {}
    for i, code, args in tape.rows():
        op, attr = tape.op_of_code(code), tape.attrs.get(i)
        if code == INPUT:
            new[i] = builder.input(tape.attrs[i])
        elif code == CONST:
            new[i] = builder.constant(attr)
        elif op.formula is not None:
            new[i] = _formula(builder, op.formula, new[args], known)
        else:
            new[i] = builder.add(builder.code(op), new[args].tolist(), attr)
    whole = builder.whole((), tape.layout)
    columns = {**replace(tape, attrs={}).moved(new), "attrs": whole.attrs}
    moved = replace(tape, ops=whole.ops, start=whole.start, args=whole.args, custom=whole.custom, **columns)
    return (
        moved,
        [result._replace(nodes=tuple(new[list(result.nodes)].tolist())) for result in results],
        {int(new[node]): name for node, name in roles.items()},
    )


def _formula(builder: Builder, formula: Template, args: IntArray, known: dict[object, int]) -> int:
    """The node of a formula of these arguments."""
    made: list[int] = []

    def node(ref: Ref) -> int:
        if ref.kind == "const":
            return builder.constant(ref.value)
        return int(args[ref.value]) if ref.kind == "arg" else made[ref.value]

    for op, refs, parameter in formula.nodes:
        key = (op, tuple(map(node, refs)), repr(parameter))
        if key not in known:
            known[key] = builder.add(builder.code(op), key[1], parameter)
        made.append(known[key])
    return node(formula.result)
