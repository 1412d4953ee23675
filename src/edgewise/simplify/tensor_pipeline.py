"""The road of a tensor graph through simplification: index notation, solves instead of inverses, renumbering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Tape, count_operations
from edgewise.progress import Bar
from edgewise.simplify.infinities import computes_with_infinity
from edgewise.simplify.pipeline import Report
from edgewise.simplify.solves import compacted, with_solves
from edgewise.simplify.tensors import TensorPass

__all__ = ["simplify_tensors"]

LARGE: Final = 2_000
"""Nodes from which on a bar is shown, and an interrupt (Ctrl-C) keeps what has been reached: about a second."""


def simplify_tensors(
    tape: Tape,
    roots: Sequence[int],
    keep: IntArray,
    level: str,
    *,
    expand: bool = False,
    sizes: Mapping[str, int] | None = None,
    progress: bool | None = None,
) -> tuple[Tape, IntArray, Report]:
    """A tensor graph with fewer operations, the map old → new (-1 where a node has no value of its own), the report.

    `keep` are further nodes that get a node of their value, behind those that the roots need. `sizes` are typical
    numbers of the named dimensions. For `progress` and interrupts see `simplify`.
    """
    if level != "real" or expand:
        raise InputError(
            'tensor graphs are simplified at the level "real" and not expanded', hint="leave both options out"
        )
    large, root = len(tape) >= LARGE, np.unique(list(roots))
    interrupted = False
    if computes_with_infinity(tape):
        unchanged = np.arange(len(tape))
        return tape, unchanged, Report(level, {}, (tape, root), (tape, root), False, False)
    with Bar("simplification", progress if large or progress else False, len(tape)) as bar:
        try:
            result, new, rules, interrupted = _written(tape, roots, keep.tolist(), sizes or {}, bar, large)
        except KeyboardInterrupt:
            if not large:
                raise
            result, new, rules, interrupted = tape, np.arange(len(tape)), {}, True
    if count_operations(result, new[root]) > count_operations(tape, root):
        # What is made in another order is seldom longer: then the graph that was given is as simple as it gets.
        result, new, rules = tape, np.arange(len(tape)), {}
    return result, new, Report(level, rules, (tape, root), (result, new[root]), False, interrupted)


def _written(
    tape: Tape, roots: Sequence[int], keep: Sequence[int], sizes: Mapping[str, int], bar: Bar, large: bool
) -> tuple[Tape, IntArray, dict[str, int], bool]:
    """The graph written anew, the map, how often each rule fired, and whether that was interrupted."""
    work = TensorPass(tape, roots, keep, sizes)
    interrupted = work.run(lambda node: bar.update(node, f"node {node:,} of {len(tape):,}"), large)
    for node in (*roots, *keep):
        work.value(node)
    builder = work.emit.builder
    for column, written in ((tape.labels, builder.labels), (tape.lines, builder.lines)):
        for old, said in column.items():
            held = work.held(old)
            if held is not None:
                written.setdefault(held, said)
    outputs = [work.nodes[node] for node in tape.outputs]
    whole, solved = with_solves(builder.whole(outputs, tape.layout), [work.nodes[node] for node in roots])
    if solved.any:
        work.emit.note("inverse times a tensor: solve")
    wanted = [int(solved.new[work.nodes[node]]) for node in (*roots, *keep, *tape.inputs)]
    result, moved = compacted(whole, wanted)
    places = np.full(len(tape), -1, dtype=np.int64)
    for old, node in work.nodes.items():
        places[old] = moved[solved.new[node]]
    fired = dict(sorted(work.emit.fired.items(), key=lambda item: (-item[1], item[0])))
    return result, places, fired, interrupted
