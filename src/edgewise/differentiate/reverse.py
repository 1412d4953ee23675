"""Algorithm 6.2 as a loop: back-propagation that writes a graph, edge by edge.

Goodfellow, Bengio and Courville, *Deep Learning*, section 6.5: grad_table[j] is the sum, over the edges (i, k, j), of
grad_table[i] times the local partial. Run the other way round it is forward accumulation, where what arrives at a
consumer is summed. `reverse_columns` writes the same nodes for large graphs, many at a time.
"""

from __future__ import annotations

import numpy as np

from edgewise.differentiate.ledger import Ledger, Table, Written, sweep_key
from edgewise.differentiate.masks import Item, Mask, Masks
from edgewise.differentiate.task import Task, begin
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.ops import CODE, number_key

__all__ = ["sweep_edge_by_edge"]

MUL, ADD, WHERE = CODE["mul"], CODE["add"], CODE["where"]


def sweep_edge_by_edge(task: Task) -> Written:
    """Write all sweeps from their seeds: for each edge on a path its partial (once), a product, and a sum."""
    tape, lin, working, items = task.tape, task.lin, WorkingGraph(task.tape), _items(task)
    consumer, template = lin.consumer.tolist(), lin.template.tolist()
    templates = sorted({template[edge] for _, edge, *_ in items if edge >= 0})
    reached = {seed for *_, seed in items}
    seeds, masks = begin(task, working, items, templates, reached, _is_missing(task, items))
    starts = {k: seed.value for k, seed in enumerate(seeds) if seed.value is not None}
    grad_table: dict[tuple[int, int], int] = {}
    partials: dict[int, int] = {}
    ledger = []
    for row, (sweep, edge, source, target, seed) in enumerate(items):
        if edge < 0:
            arrives = starts[seed]
        else:
            if edge not in partials:
                i = consumer[edge]
                partials[edge] = working.written(lin.templates[template[edge]], tape.arguments(i), i)
            arrives = _product(working, grad_table[sweep, source], partials[edge], masks, row)
        before = grad_table.get((sweep, target))
        grad_table[sweep, target] = arrives if before is None else working.add(ADD, (before, arrives))
        if edge >= 0:
            ledger.append((sweep, edge, partials[edge], arrives, grad_table[sweep, target]))

    sweeps, edges, partial, product, total = np.array(ledger, dtype=np.int64).reshape(-1, 5).T
    sweep_of, node_of = np.array(list(grad_table), dtype=np.int64).reshape(-1, 2).T
    nodes = np.array(list(grad_table.values()), dtype=np.int64)
    return Written(
        working.columns(),
        Ledger(sweeps, lin.consumer[edges], lin.position[edges], lin.parent[edges], partial, product, total),
        Table(sweep_key(sweep_of, node_of, len(tape), task.reverse), nodes, len(tape), task.reverse),
        working.known.get(number_key(0), -1),
        seeds,
    )


def _product(working: WorkingGraph, arrived: int, partial: int, masks: Masks, row: int) -> int:
    """What an edge contributes. The zero of an edge that is not taken is selected, never multiplied."""
    if row in masks.test:
        return _selected(working, masks.test[row], arrived)
    product = working.add(MUL, (arrived, partial))
    return _selected(working, masks.mask[row], product) if row in masks.mask else product


def _selected(working: WorkingGraph, mask: Mask, node: int) -> int:
    """A node where a condition holds, 0 elsewhere."""
    (test, branch), zero = mask, working.constant(0)
    return working.add(WHERE, (test, node, zero) if branch == 1 else (test, zero, node))


def _items(task: Task) -> list[Item]:
    """What arrives at each node in the order of each sweep: seeds, then the edges on paths to what it asks for."""
    source = task.ends()[0].tolist()
    near = needed = task.leads_to(task.wanted).tolist()
    arriving = _arriving(task)
    started: dict[int, dict[int, list[int]]] = {}
    for k, seed in enumerate(task.seeds):
        if near[seed.node]:
            started.setdefault(seed.sweep, {}).setdefault(seed.node, []).append(k)
    found: list[Item] = []
    for sweep, seeds in sorted(started.items()):
        if task.asked is not None:
            needed = task.leads_to(task.asked[1][task.asked[0] == sweep].tolist()).tolist()
        reached: set[int] = set()
        for node in _order(task):
            here = [(sweep, -1, node, node, k) for k in seeds.get(node, ())]
            if needed[node]:
                here += [(sweep, edge, source[edge], node, -1) for edge in arriving[node] if source[edge] in reached]
            if here:
                reached.add(node)
                found += here
    return found


def _order(task: Task) -> range:
    """The nodes in the order of a sweep."""
    return range(len(task.tape))[:: -1 if task.reverse else 1]


def _arriving(task: Task) -> list[list[int]]:
    """The edges that arrive at each node, in order: in reverse those of later consumers first, each by positions."""
    target, present, starts = task.ends()[1].tolist(), task.lin.present.tolist(), task.tape.start.tolist()
    arriving: list[list[int]] = [[] for _ in range(len(task.tape))]
    for i in _order(task):
        for edge in range(starts[i], starts[i + 1]):
            if present[edge]:
                arriving[target[edge]].append(edge)
    return arriving


def _is_missing(task: Task, items: list[Item]) -> bool:
    """Whether some wanted derivative has no path, so that a constant 0 is needed for it."""
    there = {(sweep, target) for sweep, _, _, target, _ in items}
    if task.asked is None:
        return not all((seed.sweep, node) in there for seed in task.seeds for node in task.wanted)
    return not there.issuperset(zip(*(column.tolist() for column in task.asked), strict=True))
