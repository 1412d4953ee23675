"""Algorithm 6.2 as plainly as it can be written, over dictionaries: what the engine has to write, node by node."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.ledger import Asked, Ledger, Seed, Table, Written, sweep_key
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.masks import Item, Masks, write_masks
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import Tape
from edgewise.ops import CODE, number_key

MUL, ADD, WHERE = CODE["mul"], CODE["add"], CODE["where"]


def book_sweeps(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Asked = None
) -> Written:
    """The same as `write_sweeps`, a step at a time."""
    lin, working = linearize(tape), WorkingGraph(tape)
    consumer, parent, template = lin.consumer.tolist(), lin.parent.tolist(), lin.template.tolist()
    source, target = (consumer, parent) if reverse else (parent, consumer)
    order = range(len(tape))[:: -1 if reverse else 1]
    arriving: list[list[int]] = [[] for _ in order]
    for i in order:
        for edge in range(int(tape.start[i]), int(tape.start[i + 1])):
            if template[edge] >= 0:
                arriving[target[edge]].append(edge)

    def leads_to(nodes: Sequence[int]) -> set[int]:
        found = set(nodes)
        for j in order[::-1]:
            if j in found:
                found |= {source[edge] for edge in arriving[j]}
        return found

    near = leads_to(wanted)
    items: list[Item] = []
    for sweep in sorted({seed.sweep for seed in seeds}):
        needed = near if asked is None else leads_to(asked[1][asked[0] == sweep].tolist())
        reached: set[int] = set()
        for j in order:
            here = [
                (sweep, -1 - k, j, j)
                for k, seed in enumerate(seeds)
                if (seed.sweep, seed.node) == (sweep, j) and j in near
            ]
            if j in needed:
                here += [(sweep, edge, source[edge], j) for edge in arriving[j] if source[edge] in reached]
            if here:
                reached.add(j)
                items += here

    there = {(sweep, j) for sweep, _, _, j in items}
    pairs = zip(*(c.tolist() for c in asked), strict=True) if asked else ((s.sweep, j) for s in seeds for j in wanted)
    if not there.issuperset(pairs):
        working.constant(0)
    made = list(seeds)
    starts = sorted(-1 - edge for _, edge, *_ in items if edge < 0)
    ones = [k for k in starts if seeds[k].value is None]
    for k in ones:
        made[k] = seeds[k]._replace(value=working.add(CODE["const"], (), 1))
        working.known.setdefault(number_key(1), int(made[k].value or 0))
    used = sorted({template[edge] for _, edge, *_ in items if edge >= 0})
    for t in used:
        reads = [ref for _, refs, _ in lin.templates[t].nodes for ref in refs]
        for ref in (*reads, lin.templates[t].result):
            if ref.kind == "const":
                working.constant(ref.value)
    masks = Masks({}, {})
    if any(lin.selections[t] for t in used):
        masks = write_masks(working, lin, items, reverse)
    zero = working.constant(0) if masks.test or masks.mask else -1

    def select(row: int, chosen: dict[int, tuple[int, int]], node: int) -> int:
        test, branch = chosen[row]
        return working.add(WHERE, (test, node, zero) if branch == 1 else (test, zero, node))

    grad_table: dict[tuple[int, int], int] = {}
    partials: dict[int, int] = {}
    ledger = []
    for row, (sweep, edge, i, j) in enumerate(items):
        if edge < 0:
            arrives = made[-1 - edge].value
            assert arrives is not None
        else:
            if edge not in partials:
                at = consumer[edge]
                partials[edge] = working.written(lin.templates[template[edge]], tape.arguments(at), at)
            arrives = grad_table[sweep, i]
            if row in masks.test:
                arrives = select(row, masks.test, arrives)
            else:
                arrives = working.add(MUL, (arrives, partials[edge]))
                arrives = select(row, masks.mask, arrives) if row in masks.mask else arrives
        before = grad_table.get((sweep, j))
        grad_table[sweep, j] = arrives if before is None else working.add(ADD, (before, arrives))
        if edge >= 0:
            ledger.append((sweep, edge, partials[edge], arrives, grad_table[sweep, j]))

    sweeps, edges, partial, product, total = np.array(ledger, dtype=np.int64).reshape(-1, 5).T
    sweep_of, node_of = np.array(list(grad_table), dtype=np.int64).reshape(-1, 2).T
    nodes = np.array(list(grad_table.values()), dtype=np.int64)
    return Written(
        working.columns(),
        Ledger(sweeps, lin.consumer[edges], lin.position[edges], lin.parent[edges], partial, product, total),
        Table(sweep_key(sweep_of, node_of, len(tape), reverse), nodes, len(tape), reverse),
        working.known.get(number_key(0), -1),
        tuple(made),
    )
