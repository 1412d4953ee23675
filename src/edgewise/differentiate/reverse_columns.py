"""The columns engine: the sweeps of `reverse`, written many nodes at a time.

Both algorithms are one: values flow along the edges of the linearised graph from a *source* to a *target*, each
edge multiplies by its local partial, each target sums what arrives. Back-propagation flows from consumer to parent,
down the numbers; forward accumulation from parent to consumer, up the numbers.

What is written is so regular that every new node's number is known beforehand: an edge takes the nodes of its
partial, one product, and one addition unless it is the first to arrive. So the nodes are numbered by one cumulative
sum and the columns are filled kind by kind, in the order in which the book's loop would write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.differentiate.cones import flow_of
from edgewise.differentiate.ledger import Ledger, Table, Written, sweep_key
from edgewise.differentiate.masks import Item, Mask
from edgewise.differentiate.task import Task, begin
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray
from edgewise.graph.columns import first_of_each, stable_argsort
from edgewise.ops import CODE, Ref, number_key

__all__ = ["sweep_in_columns", "used_edges"]

BoolArray = npt.NDArray[np.bool_]

MUL, ADD, WHERE = CODE["mul"], CODE["add"], CODE["where"]


class _Items(NamedTuple):
    """What arrives, in the order of writing, as columns; see `masks.Item`."""

    sweep: IntArray
    edge: IntArray
    source: IntArray
    target: IntArray
    seed: IntArray


class _Selections(NamedTuple):
    """For each item the node to select by, -1 for none, and the branch of the selection that it stands in."""

    test: IntArray
    branch: IntArray


class _Numbers(NamedTuple):
    """The numbers of the nodes that each item writes, which are known before any of them is written.

    An item writes its partial, if it is the first to need it (`owns`), its product, a mask, and a sum, if it `adds`.
    `head` is the first of these; `arrives` is what it contributes (a seed's value, a product, its mask), `total` the
    sum of what has arrived.
    """

    owns: BoolArray
    adds: BoolArray
    head: IntArray
    product: IntArray
    arrives: IntArray
    total: IntArray
    n_new: int


def sweep_in_columns(task: Task) -> Written:
    """Write all sweeps from their seeds; the nodes and the ledger are those of `sweep_edge_by_edge`."""
    return _Writer(task, _items(task)).write()


def used_edges(task: Task) -> tuple[IntArray, IntArray, IntArray]:
    """Columns (sweep, edge) of the edges that sweeps use, and the seeds from which a wanted node can be reached."""
    near = task.leads_to(task.wanted)
    kept = np.array([k for k, seed in enumerate(task.seeds) if near[seed.node]], dtype=np.int64)
    sweep, node = _starts(task, kept)
    order = stable_argsort(sweep)
    flow = flow_of(task.tape, task.lin, near, task.reverse)
    return *flow.items(node[order], sweep[order], task.asked), kept


def _starts(task: Task, kept: IntArray) -> IntArray:
    """Rows of the sweeps and of the nodes of some seeds."""
    return np.array([(task.seeds[k].sweep, task.seeds[k].node) for k in kept.tolist()], dtype=np.int64).reshape(-1, 2).T


def _items(task: Task) -> _Items:
    """Every edge on a path from a seed to a wanted node, sweep by sweep, sorted by target, then by arrival."""
    sweep, edge, kept = used_edges(task)
    if not task.reverse:
        # The order of arrival: earlier parents first in the flow, but a consumer's positions in order. In reverse the
        # flow itself is that order: later consumers first, a consumer's positions in order.
        order = stable_argsort(edge)
        sweep, edge = sweep[order], edge[order]
    source, target = task.ends()
    seed_sweep, seed_node = _starts(task, kept)
    # Seeds come first, so that the stable sort leaves them at the head of what arrives at their node.
    items = _Items(
        np.concatenate((seed_sweep, sweep)),
        np.concatenate((np.full(len(kept), -1), edge)),
        np.concatenate((seed_node, source[edge])),
        np.concatenate((seed_node, target[edge])),
        np.concatenate((kept, np.full(len(edge), -1))),
    )
    order = stable_argsort(sweep_key(items.sweep, items.target, len(task.tape), task.reverse))
    return _Items(*(column[order] for column in items))


def _rows(items: _Items) -> Iterator[Item]:
    """The items one by one."""
    yield from zip(*(column.tolist() for column in items), strict=True)


def _find(keys: IntArray, values: IntArray, wanted: IntArray, n: int) -> IntArray:
    """The values under the wanted keys, which are all there. One sweep's keys are node numbers: an index finds them."""
    if len(keys) and keys[-1] < n:
        index = np.zeros(n, dtype=np.int64)
        index[keys] = values
        return index[wanted]
    return values[np.searchsorted(keys, wanted)] if len(keys) else wanted


class _Writer:
    """What is written: constants and conditions one by one, then the sweeps in columns."""

    def __init__(self, task: Task, items: _Items) -> None:
        self.task, self.lin, self.items, self.working = task, task.lin, items, WorkingGraph(task.tape)
        self.is_edge = items.edge >= 0
        self.template = np.append(self.lin.template, -1)[items.edge]  # the last for seeds
        self.used = np.flatnonzero(np.bincount(self.template[self.is_edge])).tolist()
        self.key = self._key(items.sweep, items.target)

    def _key(self, sweep: IntArray, node: IntArray) -> IntArray:
        return sweep_key(sweep, node, len(self.task.tape), self.task.reverse)

    def write(self) -> Written:
        """Number everything by one cumulative sum, then fill the columns kind by kind."""
        items, working, n = self.items, self.working, len(self.task.tape)
        reached = set(items.seed[~self.is_edge].tolist())
        seeds, found = begin(self.task, working, _rows(items), self.used, reached, self._missing())
        test, mask = self._selections(found.test), self._selections(found.mask)
        numbers = self._number([-1 if seed.value is None else seed.value for seed in seeds], mask.test >= 0)
        ends = np.roll(~numbers.adds, -1)  # the last item at each target
        table = Table(self.key[ends], numbers.total[ends], n, self.task.reverse)
        arrived = _find(table.keys, table.nodes, self._key(items.sweep, items.source), n)
        new = _Columns(n + len(working.ops), numbers.n_new)
        owners = {t: np.flatnonzero(numbers.owns & (self.template == t)) for t in self.used}
        self._operations(new, numbers, test, mask, owners)
        partial = self._partials(new, numbers, owners)
        self._products(new, numbers, arrived, partial, test, mask)
        return Written(
            self._with(new), self._ledger(numbers, partial), table, working.known.get(number_key(0), -1), seeds
        )

    def _missing(self) -> bool:
        """Whether some wanted derivative has no path, so that a constant 0 is needed for it."""
        if self.task.asked is None:
            sweep = np.unique([seed.sweep for seed in self.task.seeds]).astype(np.int64)[:, None]
            node = np.array(self.task.wanted, dtype=np.int64)[None, :]
        else:
            sweep, node = self.task.asked
        return not bool(np.isin(self._key(sweep, node), self.key).all())

    def _selections(self, found: dict[int, Mask]) -> _Selections:
        """Selections as columns over the items."""
        columns = np.full((2, len(self.key)), -1, dtype=np.int64)
        if found:
            columns[:, list(found)] = np.array(list(found.values()), dtype=np.int64).T
        return _Selections(*columns)

    def _number(self, values: Sequence[int], masked: BoolArray) -> _Numbers:
        """One cumulative sum over what each item writes; `values` are the nodes of the seeds."""
        rows = np.flatnonzero(self.is_edge)
        edge = self.items.edge[rows]
        earliest = np.zeros(self.task.tape.n_edges, dtype=np.int64)
        earliest[edge[::-1]] = rows[::-1]  # of several assignments to one edge the last stands: its first row
        owns = np.zeros(len(self.key), dtype=bool)
        owns[earliest[edge]] = True
        sizes = np.array([*(len(t.nodes) for t in self.lin.templates), 0], dtype=np.int64)  # the last for seeds
        partial_size = np.where(owns, sizes[self.template], 0)
        adds = ~first_of_each(self.key)
        size = partial_size + self.is_edge + masked + adds
        head = len(self.task.tape) + len(self.working.ops) + np.cumsum(size) - size
        product = head + partial_size
        arrives = np.where(self.is_edge, product + masked, np.array([*values, -1])[self.items.seed])
        return _Numbers(owns, adds, head, product, arrives, np.where(adds, head + size - 1, arrives), int(size.sum()))

    def _operations(
        self, new: _Columns, numbers: _Numbers, test: _Selections, mask: _Selections, owners: dict[int, IntArray]
    ) -> None:
        """The operation and the number of arguments of every new node."""
        selected, masked = test.test >= 0, mask.test >= 0
        new.set(numbers.product[self.is_edge], MUL, 2)
        new.set(numbers.total[numbers.adds], ADD, 2)
        new.set(numbers.product[selected], WHERE, 3)
        new.set(numbers.product[masked] + 1, WHERE, 3)
        for t, rows in owners.items():
            for k, (op, refs, _) in enumerate(self.lin.templates[t].nodes):
                new.set(numbers.head[rows] + k, self.working.code(op), len(refs))
        new.lay_out()

    def _partials(self, new: _Columns, numbers: _Numbers, owners: dict[int, IntArray]) -> IntArray:
        """Write every partial where it is first needed, template by template; its node for each item, -1 for seeds."""
        partial = np.full(self.task.tape.n_edges + 1, -1, dtype=np.int64)  # the last for seeds
        for t, rows in owners.items():
            edges, heads = self.items.edge[rows], numbers.head[rows]
            for k, (_, refs, parameter) in enumerate(self.lin.templates[t].nodes):
                for position, ref in enumerate(refs):
                    new.place(heads + k, position, self._reference(ref, edges, heads))
                if parameter is not None:
                    self.working.attrs.update(dict.fromkeys((heads + k).tolist(), parameter))
            partial[edges] = self._reference(self.lin.templates[t].result, edges, heads)
        return partial[self.items.edge]

    def _reference(self, ref: Ref, edges: IntArray, heads: IntArray) -> Any:
        """The node numbers that a template reference stands for, one for each edge."""
        if ref.kind == "node":
            return heads + ref.value
        if ref.kind == "const":
            return self.working.known[number_key(ref.value)]
        consumer, tape = self.lin.consumer[edges], self.task.tape
        return consumer if ref.kind == "out" else tape.args[tape.start[consumer] + ref.value]

    def _products(
        self, new: _Columns, numbers: _Numbers, arrived: IntArray, partial: IntArray, test: _Selections,
        mask: _Selections,
    ) -> None:  # fmt: skip
        """The arguments of every product, what has arrived and the partial, or of a selection, and of every sum."""
        product, total, adds = numbers.product, numbers.total, numbers.adds
        plain = self.is_edge & (test.test < 0)
        new.place(product[plain], 0, arrived[plain])
        new.place(product[plain], 1, partial[plain])
        for (node, branch), place, kept in ((test, product, arrived), (mask, product + 1, product)):
            chosen = np.flatnonzero(node >= 0)
            if len(chosen):
                zero = self.working.constant(0)
                new.place(place[chosen], 0, node[chosen])
                for k in (1, 2):
                    new.place(place[chosen], k, np.where(branch[chosen] == k, kept[chosen], zero))
        new.place(total[adds], 0, np.roll(total, 1)[adds])
        new.place(total[adds], 1, numbers.arrives[adds])

    def _with(self, new: _Columns) -> dict[str, Any]:
        """The columns of 𝒢, of what was written one by one, and of the sweeps."""
        working = self.working
        columns = working.tape.extended(
            np.concatenate((np.array(working.ops, dtype=np.uint16), new.ops)),
            np.concatenate((np.array(working.sizes, dtype=np.int64), new.sizes)),
            np.concatenate((np.array(working.args, dtype=np.int64), new.args)),
            working.attrs,
        )
        return {**columns, "custom": tuple(working.custom)}

    def _ledger(self, numbers: _Numbers, partial: IntArray) -> Ledger:
        """One row for each edge of each sweep."""
        at = self.is_edge
        edge = self.items.edge[at]
        return Ledger(
            self.items.sweep[at], self.lin.consumer[edge], self.lin.position[edge], self.lin.parent[edge],
            partial[at], numbers.arrives[at], numbers.total[at],
        )  # fmt: skip


class _Columns:
    """The columns of nodes whose numbers are known: first what they are, then where their arguments lie."""

    def __init__(self, first: int, count: int) -> None:
        self.first = first
        self.ops, self.sizes = np.zeros(count, dtype=np.uint16), np.zeros(count, dtype=np.int64)

    def set(self, nodes: IntArray, code: int, size: int) -> None:
        """Say what some nodes are."""
        self.ops[nodes - self.first], self.sizes[nodes - self.first] = code, size

    def lay_out(self) -> None:
        """Make room for the arguments, now that their numbers are known."""
        self.start = np.concatenate(([0], np.cumsum(self.sizes)))
        self.args = np.zeros(int(self.start[-1]), dtype=np.int64)

    def place(self, nodes: IntArray, position: int, values: Any) -> None:
        """The arguments of some nodes at one position."""
        self.args[self.start[nodes - self.first] + position] = values
