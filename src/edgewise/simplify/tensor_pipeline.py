"""The road of a tensor graph through simplification: rules, index notation, solves instead of inverses, rules.

Rules come first, while exponentials and logarithms stand as they were written, and again when index notation has
brought together what it has of a product. At the level "exact" there is no index notation: it associates anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from edgewise.graph import IntArray, Tape, distinct, for_scalars
from edgewise.graph.uncollected import uncollected
from edgewise.graph.written_anew import compacted
from edgewise.progress import Bar
from edgewise.simplify.arrays.costs import lengths_to_try, total_cost
from edgewise.simplify.arrays.parts import by_parts
from edgewise.simplify.arrays.solves import with_solves
from edgewise.simplify.arrays.tensor_pass import TensorPass
from edgewise.simplify.infinities import computes_with_infinity
from edgewise.simplify.pipeline import Report, check_level
from edgewise.simplify.rewrite import rewritten_by_rules
from edgewise.simplify.rules import LEVELS

__all__ = ["simplify_tensors", "takes_more_work"]

LARGE: Final = 2_000
"""Nodes from which on a bar is shown, and an interrupt (Ctrl-C) keeps what has been reached: about a second."""

TOLD: Final = 64
"""Nodes from one word on the progress to the next."""

LINEAR: Final = frozenset({"complementary selections"})
"""Rules that wait until index notation has seen what they put together: it masks sums term by term, diagonals alone."""


def simplify_tensors(
    tape: Tape,
    roots: Iterable[int],
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
    check_level(level)
    if expand:
        for_scalars(tape, "expand=")
    if computes_with_infinity(tape):
        level = LEVELS[0]
    roots = list(roots)
    large, root, kept = len(tape) >= LARGE, distinct(roots), keep.tolist()
    best, new, counts = tape, np.arange(len(tape)), Counter[str]()
    with uncollected(), Bar("simplification", progress if large or progress else False, len(tape)) as bar:

        def on_progress(node: int) -> None:
            if bar.show is not False and not (large and node % TOLD):
                bar.update(node, f"node {node:,} of {len(tape):,}")

        interrupted = False
        try:
            without = frozenset() if level == LEVELS[0] else LINEAR
            best, new, fired = rewritten_by_rules(tape, roots, kept, level, on_progress, without)
            counts.update(fired)
            if level != LEVELS[0]:
                made, way, more, interrupted = _closed(best, new[roots], new[kept], level, sizes, on_progress, large)
                parts = by_parts(best, made, way, new[root].tolist(), new[kept].tolist(), sizes or {})
                best, new = parts.tape, np.where(new >= 0, parts.new[new], -1)
                counts.update(more if parts.second else {})
                if parts.first and parts.second and not interrupted:
                    best, way, fired = rewritten_by_rules(best, new[root].tolist(), new[kept].tolist(), level)
                    new = np.where(new >= 0, way[new], -1)
                    counts.update(fired)
        except KeyboardInterrupt:
            if not large:
                raise
            interrupted = True
    rules = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return best, new, Report(level, rules, (tape, root), (best, new[root]), False, interrupted, stepwise=False)


def _closed(
    tape: Tape,
    roots: IntArray,
    keep: IntArray,
    level: str,
    sizes: Mapping[str, int] | None,
    on_progress: Callable[[int], None],
    large: bool,
) -> tuple[Tape, IntArray, Counter[str], bool]:
    """The graph in closed form, by index notation and the rules; the map, the rules, and whether it was interrupted."""
    made, new, fired, interrupted = _written(tape, roots.tolist(), keep.tolist(), sizes or {}, on_progress, large)
    counts = Counter(fired)
    if not interrupted:
        made, way, more = rewritten_by_rules(made, new[roots].tolist(), new[keep].tolist(), level, on_progress)
        new = np.where(new >= 0, way[new], -1)
        counts.update(more)
    return made, new, counts, interrupted


def _written(
    tape: Tape,
    roots: Sequence[int],
    keep: Sequence[int],
    sizes: Mapping[str, int],
    on_progress: Callable[[int], None],
    large: bool,
) -> tuple[Tape, IntArray, dict[str, int], bool]:
    """The graph written anew, the map, how often each rule fired, and whether that was interrupted."""
    work = TensorPass(tape, roots, keep, sizes)
    interrupted = work.run(on_progress, large)
    for node in (*roots, *keep):
        work.value(node)
    builder = work.emit.builder
    for column, written in ((tape.labels, builder.labels), (tape.lines, builder.lines)):
        for old, said in column.items():
            held = work.held(old)
            if held is not None:
                written.setdefault(held, said)
    outputs = [work.nodes[node] for node in tape.outputs]
    needed = [work.nodes[node] for node in roots]
    whole, solved = with_solves(builder.whole(outputs, tape.layout), needed, work.emit.symmetric)
    if solved.any:
        work.emit.note("inverse times a tensor: solve")
    wanted = [int(solved.new[work.nodes[node]]) for node in (*roots, *keep, *tape.inputs)]
    result, moved = compacted(whole, wanted)
    places = np.full(len(tape), -1, dtype=np.int64)
    for old in np.flatnonzero(work.live).tolist():
        held = work.held(old)
        if held is not None:
            places[old] = moved[solved.new[held]]
    return result, places, work.emit.fired, interrupted


def takes_more_work(
    made: tuple[Tape, Sequence[int]], before: tuple[Tape, Sequence[int]], sizes: Mapping[str, int]
) -> bool:
    """Whether some nodes of a graph take more work than those of another at any of the lengths that are tried."""
    lengths = lengths_to_try([made[0], before[0]], sizes)
    return not total_cost(*before, lengths).covers(total_cost(*made, lengths))
