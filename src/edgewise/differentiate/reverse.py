"""Algorithm 6.2 as a loop: back-propagation that writes a graph, edge by edge.

Goodfellow, Bengio and Courville, *Deep Learning*, section 6.5: grad_table[j] is the sum, over the edges (i, k, j), of
grad_table[i] times the local partial. Run the other way round it is forward accumulation, where what arrives at a
consumer is summed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import cython
import numpy as np

from edgewise.built import held
from edgewise.differentiate.conditions import Masks
from edgewise.differentiate.ledger import Ledger, Seed, Table
from edgewise.differentiate.linearize import Linearized
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray
from edgewise.ops import CODE, Ref

__all__ = ["Sweeps"]

MUL = cython.declare(cython.longlong, CODE["mul"])
ADD = cython.declare(cython.longlong, CODE["add"])
WHERE = cython.declare(cython.longlong, CODE["where"])

OWN = cython.declare(cython.longlong, 0)
ARGUMENT = cython.declare(cython.longlong, 1)
RESULT = cython.declare(cython.longlong, 2)
CONSTANT = cython.declare(cython.longlong, 3)
KINDS = {"node": OWN, "arg": ARGUMENT, "out": RESULT}
"""What a template reads, as `Ref` has it: two numbers, this and a place or a node."""

UNSEEN = cython.declare(cython.longlong, -2)
UNWRITTEN = cython.declare(cython.longlong, -1)
"""Of an edge whose partial is no node yet: whether a sweep uses it."""


@cython.cclass
class Sweeps:
    """Sweeps while they are written.

    `edge[row]` is what arrives in which `sweep`, in the order of writing: an edge, or -1 - k for seed k. A template t
    is a program at `rows[begin[t]]`: how many nodes it has; for each its operation, parameter, number of arguments and
    those; then its result. `partial[e]` is the node of the partial of an edge, `gradient[j]` that of grad_table in the
    sweep that is being written.
    """

    lin: Any
    reverse: cython.bint
    n: cython.longlong
    n_edges: cython.longlong
    n_ends: cython.longlong
    n_nodes: cython.longlong
    n_args: cython.longlong
    uses = cython.declare(list, visibility="readonly")
    start: cython.const[cython.longlong][::1]
    parent: cython.const[cython.longlong][::1]
    consumer: cython.const[cython.longlong][::1]
    template: cython.const[cython.longlong][::1]
    sweep: cython.const[cython.longlong][::1]
    edge: cython.const[cython.longlong][::1]
    seed_node: cython.const[cython.longlong][::1]
    seed_value: cython.const[cython.longlong][::1]
    test: cython.const[cython.longlong][::1]
    branch: cython.const[cython.longlong][::1]
    zero: cython.longlong
    rows: cython.const[cython.longlong][::1]
    begin: cython.const[cython.longlong][::1]
    parameters: list[Any]
    partial: cython.longlong[::1]
    gradient: cython.longlong[::1]
    ops: cython.ushort[::1]
    last: cython.longlong[::1]
    args: cython.longlong[::1]
    attrs: dict[int, Any]
    node: cython.longlong
    filled: cython.longlong

    def __init__(self, lin: Linearized, seeds: Sequence[Seed], items: tuple[IntArray, IntArray], reverse: bool) -> None:
        tape = lin.tape
        self.lin, self.reverse, self.n = lin, reverse, len(tape)
        self.start, self.parent = held(tape.start), held(tape.args)
        self.consumer, self.template = held(lin.consumer), held(lin.template)
        self.sweep, self.edge = held(items[0]), held(items[1])
        self.seed_node = held(np.array([seed.node for seed in seeds], dtype=np.int64))
        self.partial = held(np.full(tape.n_edges, UNSEEN, dtype=np.int64))
        self.uses = [0] * len(lin.templates)
        self.n_edges = _count_templates(self)
        self.n_nodes = self.n_args = self.n_ends = 0

    def ends(self, wanted: Iterable[int]) -> tuple[IntArray, int]:
        """Where sweeps arrive, as keys in the order of writing, and how many of these are wanted."""
        flags, keys = np.zeros(self.n, dtype=np.uint8), np.empty(len(self.edge), dtype=np.int64)
        flags[list(wanted)] = 1
        there = _find_ends(self, held(flags), held(keys))
        return keys[: self.n_ends], there

    def encode(self, working: WorkingGraph) -> None:
        """Make programs of the templates that are used; their constants are written."""
        rows: list[int] = []
        begin: list[int] = []
        self.parameters = []
        for template, count in zip(self.lin.templates, self.uses, strict=True):
            begin.append(len(rows))
            if not count:
                continue
            rows.append(len(template.nodes))
            for op, refs, parameter in template.nodes:
                rows += working.code(op), -1 if parameter is None else len(self.parameters), len(refs)
                self.parameters += [] if parameter is None else [parameter]
                for ref in refs:
                    rows += _reference(working, ref)
                self.n_args += count * len(refs)
            rows += _reference(working, template.result)
            self.n_nodes += count * len(template.nodes)
        self.rows, self.begin = held(np.array(rows, dtype=np.int64)), held(np.array(begin, dtype=np.int64))

    def write(
        self, working: WorkingGraph, seeds: Sequence[Seed], masks: Masks, keys: IntArray
    ) -> tuple[dict[str, Any], Ledger, Table]:
        """Write everything behind what has been written one by one: the columns of ℬ, the ledger and grad_table."""
        self.seed_value = held(np.array([-1 if s.value is None else s.value for s in seeds], dtype=np.int64))
        self.test, self.branch = _selections(masks, len(self.edge))
        self.zero = working.constant(0) if len(self.test) else -1
        pairs = self.n_edges + len(self.edge) - self.n_ends  # products and sums
        n_nodes = self.n_nodes + pairs + len(masks.mask)
        n_args = self.n_args + 2 * pairs + len(masks.test) + 3 * len(masks.mask)
        columns = working.columns(n_nodes, n_args)
        self.ops, self.last, self.args = held(columns["ops"]), held(columns["start"]), held(columns["args"])
        self.attrs, self.node = columns["attrs"], len(columns["ops"]) - n_nodes
        self.filled = len(columns["args"]) - n_args
        self.gradient = held(np.full(self.n, -1, dtype=np.int64))
        ledger, nodes = np.empty((7, self.n_edges), dtype=np.int64), np.empty(self.n_ends, dtype=np.int64)
        _write(self, held(ledger), held(nodes))
        return columns, Ledger(*ledger), Table(keys, nodes, self.n, self.reverse)


def _reference(working: WorkingGraph, ref: Ref) -> tuple[int, int]:
    """What a template reads, as two numbers; a constant is a node that is there already."""
    return (CONSTANT, working.constant(ref.value)) if ref.kind == "const" else (KINDS[ref.kind], ref.value)


def _selections(masks: Masks, n: int) -> tuple[Any, Any]:
    """For each row the node to select by, -1 for none, and the branch to select: negative for what has arrived."""
    if not (masks.test or masks.mask):
        return held(np.zeros(0, dtype=np.int64)), held(np.zeros(0, dtype=np.int64))
    test, branch = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for found, sign in ((masks.test, -1), (masks.mask, 1)):
        for row, (node, side) in found.items():
            test[row], branch[row] = node, sign * side
    return held(test), held(branch)


# --- the loops ------------------------------------------------------------------------------------------------------


@cython.cfunc
@cython.exceptval(check=False)
def _target(s: Sweeps, row: cython.longlong) -> cython.longlong:
    """Where something arrives."""
    edge: cython.longlong = s.edge[row]
    if edge < 0:
        return s.seed_node[-1 - edge]
    return s.parent[edge] if s.reverse else s.consumer[edge]


@cython.cfunc
@cython.exceptval(check=False)
def _is_first(s: Sweeps, row: cython.longlong) -> cython.bint:
    """Whether nothing has arrived there before in this sweep."""
    return row == 0 or s.sweep[row] != s.sweep[row - 1] or _target(s, row) != _target(s, row - 1)


@cython.locals(row=cython.longlong)
def _count_templates(s: Sweeps) -> int:
    """Count the edges that are used, each once, by their templates; how many of all rows are edges."""
    count: cython.longlong = 0
    for row in range(len(s.edge)):
        edge: cython.longlong = s.edge[row]
        if edge >= 0:
            count += 1
            if s.partial[edge] == UNSEEN:
                s.partial[edge] = UNWRITTEN
                s.uses[s.template[edge]] += 1
    return count


@cython.locals(row=cython.longlong)
def _find_ends(s: Sweeps, wanted: cython.const[cython.uchar][::1], keys: cython.longlong[::1]) -> int:
    """Write down where sweeps arrive; how many of these nodes are wanted."""
    count: cython.longlong = 0
    for row in range(len(s.edge)):
        if _is_first(s, row):
            target: cython.longlong = _target(s, row)
            keys[s.n_ends] = s.sweep[row] * s.n + (s.n - 1 - target if s.reverse else target)
            s.n_ends += 1
            count += wanted[target]
    return count


@cython.locals(row=cython.longlong)
def _write(s: Sweeps, ledger: cython.longlong[:, ::1], table: cython.longlong[::1]) -> None:
    """Write all sweeps from their seeds: for each edge on a path its partial (once), a product, and a sum."""
    entry: cython.longlong = 0
    end: cython.longlong = 0
    for row in range(len(s.edge)):
        edge: cython.longlong = s.edge[row]
        target: cython.longlong = _target(s, row)
        arrives: cython.longlong = s.seed_value[-1 - edge] if edge < 0 else _contribution(s, row, edge)
        if _is_first(s, row):
            total: cython.longlong = arrives
            end += 1
        else:
            total = _add(s, ADD, s.gradient[target], arrives)
        s.gradient[target] = total
        table[end - 1] = total
        if edge >= 0:
            ledger[0, entry] = s.sweep[row]
            ledger[1, entry] = s.consumer[edge]
            ledger[2, entry] = edge - s.start[s.consumer[edge]]
            ledger[3, entry] = s.parent[edge]
            ledger[4, entry] = s.partial[edge]
            ledger[5, entry] = arrives
            ledger[6, entry] = total
            entry += 1


@cython.cfunc
def _contribution(s: Sweeps, row: cython.longlong, edge: cython.longlong) -> cython.longlong:
    """What an edge contributes. The zero of an edge that is not taken is selected, never multiplied."""
    if s.partial[edge] < 0:
        s.partial[edge] = _partial(s, edge)
    arrived: cython.longlong = s.gradient[s.consumer[edge] if s.reverse else s.parent[edge]]
    if len(s.test) == 0 or s.test[row] < 0:
        return _add(s, MUL, arrived, s.partial[edge])
    if s.branch[row] > 0:
        return _selected(s, row, _add(s, MUL, arrived, s.partial[edge]))
    return _selected(s, row, arrived)


@cython.cfunc
def _add(s: Sweeps, code: cython.longlong, one: cython.longlong, other: cython.longlong) -> cython.longlong:
    """A new operation on two nodes."""
    s.args[s.filled] = one
    s.args[s.filled + 1] = other
    return _close(s, code, 2)


@cython.cfunc
def _selected(s: Sweeps, row: cython.longlong, node: cython.longlong) -> cython.longlong:
    """A node where a condition holds, 0 elsewhere."""
    first: cython.bint = s.branch[row] == 1 or s.branch[row] == -1
    s.args[s.filled] = s.test[row]
    s.args[s.filled + 1] = node if first else s.zero
    s.args[s.filled + 2] = s.zero if first else node
    return _close(s, WHERE, 3)


@cython.cfunc
def _close(s: Sweeps, code: cython.longlong, n_args: cython.longlong) -> cython.longlong:
    """Number the node whose arguments have been written."""
    s.ops[s.node] = code
    s.filled += n_args
    s.node += 1
    s.last[s.node] = s.filled
    return s.node - 1


@cython.cfunc
@cython.locals(k=cython.longlong)
def _partial(s: Sweeps, edge: cython.longlong) -> cython.longlong:
    """Write the partial of an edge by its template."""
    at: cython.longlong = s.begin[s.template[edge]]
    n_nodes: cython.longlong = s.rows[at]
    head: cython.longlong = s.node
    at += 1
    while s.node < head + n_nodes:
        code: cython.longlong = s.rows[at]
        parameter: cython.longlong = s.rows[at + 1]
        n_args: cython.longlong = s.rows[at + 2]
        if parameter >= 0:
            s.attrs[s.node] = s.parameters[parameter]
        at += 3
        for k in range(n_args):
            s.args[s.filled + k] = _read(s, at, head, s.consumer[edge])
            at += 2
        _close(s, code, n_args)
    return _read(s, at, head, s.consumer[edge])


@cython.cfunc
def _read(s: Sweeps, at: cython.longlong, head: cython.longlong, consumer: cython.longlong) -> cython.longlong:
    """The node that a template reads; its own nodes begin at `head`."""
    kind: cython.longlong = s.rows[at]
    value: cython.longlong = s.rows[at + 1]
    if kind == OWN:
        return head + value
    if kind == ARGUMENT:
        return s.parent[s.start[consumer] + value]
    return consumer if kind == RESULT else value
