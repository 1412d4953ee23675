"""Writing a derivative graph: the engine of forward accumulation and of back-propagation.

Both algorithms are one: values flow along the edges of the linearised graph from a *source* to a *target*, each
edge multiplies by its local partial, each target sums what arrives. Back-propagation flows from consumer to parent,
down the numbers; forward accumulation from parent to consumer, up the numbers.

What is written is so regular that every new node's number is known beforehand: an edge takes the nodes of its
partial, one product, and one addition unless it is the first to arrive. So the nodes are numbered by one cumulative
sum and the columns are filled edge kind by edge kind, in the order in which the book's loop would write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from edgewise.differentiate.conditions import ALWAYS, Conditions
from edgewise.differentiate.ledger import Ledger, Seed, Table, Written, sweep_key
from edgewise.differentiate.linearize import Linearized, linearize
from edgewise.differentiate.reach import flow_of
from edgewise.differentiate.sheet import Sheet
from edgewise.differentiate.taken import wild_edges
from edgewise.graph import IntArray, Tape
from edgewise.graph.columns import first_of_each, stable_argsort
from edgewise.ops import CODE, Ref, number_key

__all__ = ["count_products", "write_sweeps"]

Pairs = tuple[IntArray, IntArray]

MUL, ADD, WHERE = CODE["mul"], CODE["add"], CODE["where"]


@dataclass(eq=False)
class _Items:
    """One item for each sweep and edge on it, in the order of writing; `edge` is -1 for a seed."""

    sweep: IntArray
    edge: IntArray
    source: IntArray
    target: IntArray
    seed: IntArray  # index into the seeds, -1 for an edge


class _Forms(NamedTuple):
    """For each item the node of the condition under which its product is selected at once (`test`), the node of that
    under which it is masked once multiplied (`mask`), -1 for neither, and in which branch of the selection it stands.
    """

    test: IntArray
    branch: IntArray
    mask: IntArray
    mask_branch: IntArray


def write_sweeps(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Pairs | None = None
) -> Written:
    """Add to `tape` the derivative nodes of all sweeps.

    `wanted` are the nodes whose derivatives are asked for: parents to arrive at in reverse, consumers in forward
    mode. Every sweep asks for all of them, or for those that `asked`, pairs (sweep, node) ascending in the sweep, says.
    Only edges on a path between a seed and a node that its sweep asks for are written. A local partial is written once,
    where a sweep first needs it. Time and memory are linear in the nodes written.
    """
    lin = linearize(tape)
    items = _items(tape, lin, seeds, wanted, reverse, asked)
    sheet = _Sheet(tape, lin, items, seeds)
    if _missing(tape, items, seeds, wanted, reverse, asked):
        sheet.constant(0)
    return sheet.write(reverse)


def count_products(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Pairs | None = None
) -> int:
    """How many products `write_sweeps` would write, without writing them."""
    return len(_used_edges(tape, linearize(tape), seeds, wanted, reverse, asked)[1])


def _missing(
    tape: Tape, items: _Items, seeds: Sequence[Seed], wanted: Sequence[int], reverse: bool, asked: Pairs | None
) -> bool:
    """Whether some wanted derivative has no path, so that a constant 0 is needed for it."""
    if asked is None:
        sweep = np.unique(np.array([seed.sweep for seed in seeds], dtype=np.int64))[:, None]
        node = np.array(wanted, dtype=np.int64)[None, :]
    else:
        sweep, node = asked
    arrived = sweep_key(items.sweep, items.target, len(tape), reverse)
    return not bool(np.isin(sweep_key(sweep, node, len(tape), reverse), arrived).all())


def _items(
    tape: Tape, lin: Linearized, seeds: Sequence[Seed], wanted: Sequence[int], reverse: bool, asked: Pairs | None
) -> _Items:
    """Every edge on a path from a seed to a wanted node, sweep by sweep, sorted by target, then by arrival."""
    sweep, edge, kept = _used_edges(tape, lin, seeds, wanted, reverse, asked)
    if not reverse:
        # The order of arrival: earlier parents first in the flow, but a consumer's positions in order. In reverse the
        # flow itself is that order: later consumers first, a consumer's positions in order.
        order = stable_argsort(edge)
        sweep, edge = sweep[order], edge[order]
    source_of, target_of = (lin.consumer, lin.parent) if reverse else (lin.parent, lin.consumer)
    seed_node = np.array([seeds[k].node for k in kept.tolist()], dtype=np.int64)
    seed_sweep = np.array([seeds[k].sweep for k in kept.tolist()], dtype=np.int64)
    # Seeds come first, so that the stable sort leaves them at the head of what arrives at their node.
    sweep = np.concatenate((seed_sweep, sweep))
    target = np.concatenate((seed_node, target_of[edge]))
    source = np.concatenate((seed_node, source_of[edge]))
    edge = np.concatenate((np.full(len(kept), -1), edge))
    index = np.concatenate((kept, np.full(len(edge) - len(kept), -1)))
    order = stable_argsort(sweep_key(sweep, target, len(tape), reverse))
    return _Items(sweep[order], edge[order], source[order], target[order], index[order])


def _used_edges(
    tape: Tape, lin: Linearized, seeds: Sequence[Seed], wanted: Sequence[int], reverse: bool, asked: Pairs | None
) -> tuple[IntArray, IntArray, IntArray]:
    """Columns (sweep, edge) of the edges that sweeps use, and the seeds from which a wanted node can be reached."""
    near = np.asarray(tape.depends_on(wanted, lin.present) if reverse else tape.live(wanted, lin.present))
    kept = np.array([k for k, seed in enumerate(seeds) if near[seed.node]], dtype=np.int64)
    node = np.array([seeds[k].node for k in kept.tolist()], dtype=np.int64)
    sweep = np.array([seeds[k].sweep for k in kept.tolist()], dtype=np.int64)
    order = stable_argsort(sweep)
    return *flow_of(tape, lin, near, reverse).items(node[order], sweep[order], asked), kept


def _find(keys: IntArray, values: IntArray, wanted: IntArray, n: int) -> IntArray:
    """The values under the wanted keys, which are all there. One sweep's keys are node numbers: an index finds them."""
    if len(keys) and keys[-1] < n:
        index = np.zeros(n, dtype=np.int64)
        index[keys] = values
        return index[wanted]
    return values[np.searchsorted(keys, wanted)] if len(keys) else wanted


class _Sheet(Sheet):
    """The new nodes while they are written: constants, then activity conditions, then the sweeps."""

    def __init__(self, tape: Tape, lin: Linearized, items: _Items, seeds: Sequence[Seed]) -> None:
        super().__init__(tape)
        self.lin, self.items, self.seeds = lin, items, seeds

    def write(self, reverse: bool) -> Written:
        tape, lin, items = self.tape, self.lin, self.items
        is_edge = items.edge >= 0
        edge = items.edge[is_edge]
        template = np.full(len(items.edge), -1, dtype=np.int64)
        template[is_edge] = lin.template[edge]
        used = np.flatnonzero(np.bincount(template[is_edge]))
        # Everything that must have a number before the sweeps: constants and the conditions of edges.
        one = self.constant(1) if any(seed.value is None for seed in self.seeds) else -1
        for t in used.tolist():
            for _, refs, _ in lin.templates[t].nodes:
                for ref in refs:
                    if ref.kind == "const":
                        self.constant(ref.value)
            if lin.templates[t].result.kind == "const":
                self.constant(lin.templates[t].result.value)
        forms = self._forms(template, reverse)
        masked = forms.mask >= 0
        zero = self.constant(0) if forms.test.max(initial=-1) >= 0 or masked.any() else -1

        # One cumulative sum numbers everything.
        first_use = np.zeros(len(template), dtype=bool)
        rows = np.flatnonzero(is_edge)
        earliest = np.zeros(tape.n_edges, dtype=np.int64)
        earliest[edge[::-1]] = rows[::-1]  # of several assignments to one edge the last stands: its first row
        first_use[earliest[edge]] = True
        key = sweep_key(items.sweep, items.target, len(tape), reverse)
        starts_group = first_of_each(key)
        body = np.array([len(t.nodes) for t in lin.templates], dtype=np.int64)
        partial_size = np.where(first_use, body[template] if len(body) else 0, 0)
        adds = ~starts_group
        total = partial_size + is_edge + masked + adds
        base = len(tape) + len(self.ops)
        head = base + np.cumsum(total) - total
        product = head + partial_size
        arrives = np.where(is_edge, product + masked, -1)
        for k in np.flatnonzero(~is_edge).tolist():
            value = self.seeds[int(items.seed[k])].value
            arrives[k] = one if value is None else value
        running = np.where(adds, head + total - 1, arrives)
        ends_group = np.roll(starts_group, -1)
        group_key, group_node = key[ends_group], running[ends_group]

        # The columns of the sweeps.
        n_new = int(total.sum())
        ops = np.zeros(n_new, dtype=np.uint16)
        sizes = np.full(n_new, 2, dtype=np.int64)
        local = head - base
        ops[(product - base)[is_edge]] = MUL
        ops[(running - base)[adds]] = ADD
        sel = forms.test >= 0
        ops[(product - base)[sel]] = WHERE
        sizes[(product - base)[sel]] = 3
        ops[(product - base + 1)[masked]] = WHERE
        sizes[(product - base + 1)[masked]] = 3
        partial_of_edge = np.full(tape.n_edges + 1, -1, dtype=np.int64)  # the last for seeds
        owners = {t: np.flatnonzero(first_use & (template == t)) for t in used.tolist()}
        for t, rows in owners.items():
            for k, (op, refs, _) in enumerate(lin.templates[t].nodes):
                ops[local[rows] + k] = self.code(op)
                sizes[local[rows] + k] = len(refs)
        start = np.concatenate(([0], np.cumsum(sizes)))
        args = np.zeros(int(start[-1]), dtype=np.int64)

        def place(nodes: IntArray, position: int, values: Any) -> None:
            args[start[nodes - base] + position] = values

        for t, rows in owners.items():
            edges, heads = items.edge[rows], head[rows]

            def value_of(ref: Ref, edges: IntArray = edges, heads: IntArray = heads) -> Any:
                return self._reference(ref, edges, heads)

            for k, (_, refs, parameter) in enumerate(lin.templates[t].nodes):
                for position, ref in enumerate(refs):
                    place(heads + k, position, value_of(ref))
                if parameter is not None:
                    self.attrs.update(dict.fromkeys((heads + k).tolist(), parameter))
            partial_of_edge[edges] = value_of(lin.templates[t].result)
        source_key = sweep_key(items.sweep, items.source, len(tape), reverse)
        incoming = _find(group_key, group_node, source_key, len(tape))
        partial = partial_of_edge[items.edge]
        plain = is_edge & ~sel
        place(product[plain], 0, incoming[plain])
        place(product[plain], 1, partial[plain])
        selections: tuple[tuple[Any, IntArray, IntArray, IntArray, IntArray], ...] = (
            (sel, product, forms.test, forms.branch, incoming),
            (masked, product + 1, forms.mask, forms.mask_branch, product),
        )
        for chosen, nodes, test, branch, kept in selections:
            if chosen.any():
                place(nodes[chosen], 0, test[chosen])
                place(nodes[chosen], 1, np.where(branch[chosen] == 1, kept[chosen], zero))
                place(nodes[chosen], 2, np.where(branch[chosen] == 2, kept[chosen], zero))
        place(running[adds], 0, np.roll(running, 1)[adds])
        place(running[adds], 1, arrives[adds])

        columns = tape.extended(
            np.concatenate((np.array(self.ops, dtype=np.uint16), ops)),
            np.concatenate((np.array(self.sizes, dtype=np.int64), sizes)),
            np.concatenate((np.array(self.args, dtype=np.int64), args)),
            self.attrs,
        )
        columns["custom"] = tuple(self.custom)
        ledger = Ledger(
            items.sweep[is_edge], lin.consumer[edge], lin.position[edge], lin.parent[edge],
            partial[is_edge], arrives[is_edge], running[is_edge],
        )  # fmt: skip
        table = Table(group_key, group_node, len(tape), reverse)
        return Written(columns, ledger, table, self.known.get(number_key(0), -1))

    def _reference(self, ref: Ref, edges: IntArray, heads: IntArray) -> Any:
        """The node numbers that a template reference stands for, one for each edge."""
        if ref.kind == "node":
            return heads + ref.value
        if ref.kind == "const":
            return self.known[number_key(ref.value)]
        consumer = self.lin.consumer[edges]
        return consumer if ref.kind == "out" else self.tape.args[self.tape.start[consumer] + ref.value]

    def _forms(self, template: IntArray, reverse: bool) -> _Forms:
        """How the product of each edge is written, and the conditions for it, which are ordinary nodes.

        The product of a `where` is a selection. That of any other edge that is not always taken is one where what
        arrives may be infinite or NaN. Behind an edge that is not taken an exact zero arrives, and products with
        partials that may be infinite or NaN are masked. What a `where` does not select has been computed all the same:
        on the way down every product behind it is masked.
        """
        tape, lin, items = self.tape, self.lin, self.items
        empty = [np.full(len(template), -1, dtype=np.int64) for _ in range(4)]
        forms = _Forms(empty[0], empty[1], empty[2], empty[3])
        chosen = np.flatnonzero(items.edge >= 0)
        chosen = chosen[lin.selecting[items.edge[chosen]]]
        if not len(chosen):
            return forms
        wild = wild_edges(tape, lin.template, lin.templates)
        behind = np.unique((lin.parent if reverse else lin.consumer)[wild]).tolist()
        arrives = (tape.live if reverse else tape.depends_on)(behind, lin.present)
        conditions = Conditions(self, lin)
        # Under which condition a node may have a derivative, and which part of it is due to a `where`.
        active: dict[tuple[int, int], tuple[int, int]] = {}
        both, either = conditions.both, conditions.either
        columns = (items.edge, items.sweep, items.source, items.target, template)
        edges, sweeps, sources, targets, kinds = (column.tolist() for column in columns)
        for row, (edge, t) in enumerate(zip(edges, kinds, strict=True)):
            if edge < 0:
                active[sweeps[row], targets[row]] = ALWAYS, ALWAYS
                continue
            condition, strict = active[sweeps[row], sources[row]]
            selection, consumer = lin.selections[t], int(lin.consumer[edge])
            mask = condition if wild[edge] else strict
            if lin.templates[t].result.kind == "const":
                mask = ALWAYS
            if selection is not None:
                own = conditions.taken(t, consumer)
                arrival = arrives[sources[row]] and (reverse or not selection.point)
                if selection.unit and (tape.op(consumer).selects or mask != ALWAYS or arrival):
                    forms.test[row], mask = own, ALWAYS
                elif arrival:
                    mask = both(mask, own)
                if not selection.point or not reverse:  # what happens at a point hides nothing of what stands before
                    condition = both(condition, own)
                    if reverse and conditions.strict_at(consumer):
                        strict = both(strict, own)
            forms.mask[row] = mask
            key = sweeps[row], targets[row]
            if key in active:
                condition, strict = either(active[key][0], condition), either(active[key][1], strict)
            active[key] = condition, strict
        for column, branch in ((forms.test, forms.branch), (forms.mask, forms.mask_branch)):
            for row in np.flatnonzero(column >= 0).tolist():
                column[row], branch[row] = conditions.write(int(column[row]))
        return forms
