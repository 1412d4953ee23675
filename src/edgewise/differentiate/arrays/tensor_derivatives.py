"""Derivatives of tensor graphs: algorithm 6.5, forward accumulation, and what is made of them.

Every sweep runs once over the nodes. A gradient carries a tensor of each node's shape down; a Jacobian carries the
derivatives of all entries of the output at once, with the output's axes in front and an identity tensor to begin with,
which is index notation as in Laue, Mitterreiter and Giesen, *Computing higher order derivatives of matrix and tensor
expressions* (2018). Simplification removes the identities and writes what remains in matrix notation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from edgewise.differentiate.arrays.bprop import Writer
from edgewise.differentiate.arrays.diagonals import Diagonals
from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.ledger import Ledger, Seed, Table, sweep_key
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Builder, Layout, Returns, Tape, distinct, node_text
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.uncollected import uncollected
from edgewise.graph.written_anew import compacted
from edgewise.ops import CODE, CONST, product, shape_text

WHERE = CODE["where"]

ORDERS = ("auto", "forward", "reverse")

__all__ = ["ORDERS", "gradient", "jacobian", "jvp", "tangent", "vjp"]


class _Sweeps:
    """The sweeps of one derivative graph, its ledger and grad_table."""

    def __init__(self, tape: Tape, wrt: Wrt, reverse: bool) -> None:
        self.tape, self.wrt, self.reverse = tape, wrt, reverse
        self.builder = Builder.of(tape)
        self.writer = Writer(self.builder, tape)
        self.rows: list[tuple[int, int, int, int, int, int]] = []
        self.table: dict[tuple[int, int], int] = {}
        self.seeds: list[Any] = []
        self.count = 0
        self.diagonal: set[int] = set()
        """The nodes whose derivatives in the last sweep up are diagonals, which their transposes are too."""

    def seed(self, shape: Sequence[Any]) -> Any:
        """The derivative of a node in itself, which a sweep starts from: a node of its own, and no constant of 𝒢."""
        if shape:
            return self.writer.identity(shape)
        one = self.builder.add(CONST, (), 1)
        self.builder.integers.setdefault(1, one)  # where 𝒢 has no constant 1, what is written reads this
        return self.writer.expr(one)

    @uncollected()
    def down(self, seeds: Mapping[int, Any]) -> dict[int, Any]:
        """`build_grad` for every node between `wrt` and the seeds, from the last to the first."""
        tape = self.tape
        depends = tape.depends_on(self.wrt.nodes).tolist()
        arrived = dict(seeds)
        diagonals = Diagonals(tape, self.writer, seeds, down=True)
        strict, wild = self._conditions()
        arrives = tape.live(distinct(tape.args[wild]).tolist()).tolist()
        # The condition under which a node matters, and whether a `where` takes part in it.
        active: dict[int, tuple[Any, bool]] = dict.fromkeys(seeds, (None, False))
        starts, args = tape.start.tolist(), tape.args.tolist()
        for i in range(max(seeds, default=-1), -1, -1):
            if i not in arrived or not depends[i]:
                continue
            for k, j in enumerate(args[starts[i] : starts[i + 1]]):
                if not depends[j]:
                    continue
                condition, hard = active.get(i, (None, False))
                masks = condition if hard or wild[starts[i] + k] else None
                laid, product = diagonals.product(i, k, i, j, masks, wild=arrives[i])
                if not laid:
                    product = self.writer.bprop(i, k, arrived[i], masks, wild=arrives[i])
                    diagonals.leave(j)
                if product is not None and (strict or wild.any()):
                    matters = self.writer.activity(i, k, condition), hard or int(tape.ops[i]) == WHERE
                    if j in arrived:
                        before = active.get(j, (None, False))
                        matters = self._either(before[0], matters[0]), before[1] or matters[1]
                    active[j] = matters
                self._arrive(arrived, j, i, k, j, product)
        return self._finished(seeds, arrived)

    def _conditions(self) -> tuple[bool, Any]:
        """Whether there are `where`s, and which edges may be infinite or NaN, in a graph of edges not always taken."""
        tape, lin = self.tape, linearize(self.tape)
        strict = bool((tape.ops == WHERE).any())
        if not lin.selecting.any():
            return strict, np.zeros(tape.n_edges, dtype=bool)
        return strict, wild_edges(tape, lin.template, lin.templates)

    @staticmethod
    def _either(one: Any, other: Any) -> Any:
        """The condition under which a node matters that has two consumers; None, always, where they do not compare."""
        if one is None or other is None or t.shape_of(one) != t.shape_of(other):
            return None
        return one if one._node == other._node else t.apply("or", one, other)

    @uncollected()
    def up(self, seeds: Mapping[int, Any]) -> dict[int, Any]:
        """The tangent of every node above the seeds that an output needs."""
        tape = self.tape
        needed = tape.live(tape.outputs).tolist()
        arrived = dict(seeds)
        _, wild = self._conditions()
        arrives = tape.depends_on(distinct(tape.edge_consumers()[wild]).tolist()).tolist()
        diagonals = Diagonals(tape, self.writer, seeds, down=False)
        varied: dict[int, Any] = dict.fromkeys(seeds)
        starts, masks = tape.start.tolist(), bool(wild.any())
        for i, _, args in tape.rows():
            if not needed[i]:
                continue
            for k, j in enumerate(args):
                if j in arrived and i not in seeds:
                    condition = varied.get(j) if masks else None
                    mask = condition if wild[starts[i] + k] else None
                    laid, product = diagonals.product(i, k, j, i, mask, wild=arrives[j])
                    if not laid:
                        product = self.writer.tangent(i, k, arrived[j], mask, wild=arrives[j])
                        diagonals.leave(i)
                    if product is not None and masks:
                        reached = self.writer.reached(i, k, condition)
                        varied[i] = self._either(varied.get(i), reached) if i in arrived else reached
                    self._arrive(arrived, i, i, k, j, product)
        self.diagonal = diagonals.plain()
        return self._finished(seeds, arrived)

    def _arrive(self, arrived: dict[int, Any], target: int, i: int, k: int, j: int, product: Any) -> None:
        if product is None:
            return
        arrived[target] = arrived[target] + product if target in arrived else product
        self.rows.append((self.count, i, k, j, product._node, arrived[target]._node))

    def _finished(self, seeds: Mapping[int, Any], arrived: dict[int, Any]) -> dict[int, Any]:
        for node, value in arrived.items():
            self.table[self.count, node] = value._node
        self.seeds += [Seed(self.count, node, value._node) for node, value in seeds.items()]
        self.count += 1
        return arrived

    # --- the graph ----------------------------------------------------------------------------------------------

    def derivative(self, kind: str, results: tuple[Returns, ...], values: Sequence[Any], layout: Layout) -> Derivative:
        """ℬ with these derivatives as its outputs."""
        nodes = tuple(value._node for value in values)
        self.builder.numbering = self.tape.numbering.derived(kind)
        whole = self.builder.whole(nodes, layout)
        n = len(self.tape)
        made = Derivative(
            tape=whole,
            base=self.tape,
            kind=kind,
            reverse=self.reverse,
            wrt=self.wrt,
            ledger=self._ledger(),
            table=self._table(),
            base_nodes=np.arange(n),
            seeds=tuple(self.seeds),
            results=(*results, Returns(kind, nodes, layout)),
            unsought=tuple(sorted({node for node in self.writer.unsought if node < n})),
        )
        named = [*nodes, *self.table.values(), *(node for row in self.rows for node in row[4:])]
        return made.renumbered(*compacted(whole, [*range(n), *whole.inputs, *named]))  # ℬ contains 𝒢

    def _ledger(self) -> Ledger:
        rows = np.array(self.rows, dtype=np.int64).reshape(len(self.rows), 6)
        sweep, consumer, position, parent, product, total = rows.T
        return Ledger(sweep, consumer, position, parent, np.full(len(rows), -1), product, total)

    def _table(self) -> Table:
        n = len(self.tape)
        entries = np.array([(s, node, value) for (s, node), value in self.table.items()], dtype=np.int64).reshape(-1, 3)
        keys = sweep_key(entries[:, 0], entries[:, 1], n, self.reverse)
        order = np.argsort(keys, kind="stable")
        return Table(keys[order], entries[order, 2], n, self.reverse)


def _real(tape: Tape, output: int) -> None:
    if tape.op(output).boolean:
        raise DifferentiationError(
            f"the output {node_text(tape, output, 60)}, {tape.describe(output)}, is true or false",
            hint="differentiate a real-valued output",
        )


def gradient(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """Algorithm 6.5: one vector-Jacobian product for each edge, summed at the node it flows into.

    Raises DifferentiationError where the output is not one scalar.
    """
    if len(tape.outputs) != 1 or any(length != 1 for length in tape.shape(tape.outputs[0])):
        shapes = ", ".join(shape_text(tape.shape(node)) for node in tape.outputs[:5])
        raise DifferentiationError(
            f"a gradient needs one scalar output and the graph has {len(tape.outputs)} of shape {shapes}",
            hint="use jacobian() for all of them, or vjp() for a weighted sum",
            line=tape.line(tape.outputs[0]) if tape.outputs else "",
        )
    output = tape.outputs[0]
    _real(tape, output)
    sweeps = _Sweeps(tape, wrt, reverse=True)
    one = sweeps.seed(())
    shape = tape.shape(output)
    arrived = sweeps.down({output: t.broadcast_to(one, shape) if shape else one})
    return sweeps.derivative("gradient", results, [_at(sweeps, arrived, j, ()) for j in wrt.nodes], wrt.layout)


def _at(sweeps: _Sweeps, arrived: Mapping[int, Any], node: int, lead: Sequence[Any]) -> Any:
    found = arrived.get(node)
    return sweeps.writer.zeros((*lead, *sweeps.tape.shape(node))) if found is None else found


def vjp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep from symbolic cotangents: a new input for each output, of its shape."""
    sweeps = _Sweeps(tape, wrt, reverse=True)
    many = len(tape.outputs) > 1
    seeds: dict[int, Any] = {}
    for k, node in enumerate(tape.outputs):
        bar = _input(sweeps, f"out{k}_bar" if many else "out_bar", tape.shape(node))
        seeds[node] = seeds[node] + bar if node in seeds else bar
    arrived = sweeps.down(seeds)
    return sweeps.derivative("vjp", results, [_at(sweeps, arrived, j, ()) for j in wrt.nodes], wrt.layout)


def jvp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep from symbolic tangents: a new input `<name>_dot` for each wrt parameter, of its shape."""
    sweeps = _Sweeps(tape, wrt, reverse=False)
    seeds = {
        node: _input(sweeps, parameter.name + "_dot", tape.shape(node))
        for node, parameter in zip(wrt.nodes, wrt.parameters, strict=True)
    }
    arrived = sweeps.up(seeds)
    return sweeps.derivative("jvp", results, [_at(sweeps, arrived, i, ()) for i in tape.outputs], tape.layout)


def _input(sweeps: _Sweeps, name: str, shape: Sequence[Any]) -> Any:
    while name in sweeps.builder.parameters:
        name += "_"
    return sweeps.writer.expr(sweeps.builder.tensor(name, tuple(shape)))


def tangent(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """Forward accumulation: the derivative of every output in one input, the input's axes last."""
    made = jacobian(tape, wrt, results, "forward")
    return replace(made, kind="tangent", results=(*results, made.results[-1]._replace(name="tangent")))


def jacobian(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], order: str | Sequence[Any] = "auto") -> Derivative:
    """The derivative of every output in every wrt node, of shape (output's shape, node's shape).

    "reverse" runs one sweep for each output, "forward" one for each input; "auto" takes the smaller number of
    derivatives carried at once, and reverse where named dimensions leave that open.
    """
    if order not in ORDERS:
        raise DifferentiationError(
            f"there is no Jacobian order {order!r:.60}", hint=f"use {', '.join(map(repr, ORDERS))}"
        )
    for output in tape.outputs:
        _real(tape, output)
    if order == "auto":
        order = "forward" if _smaller(tape, wrt.nodes, tape.outputs) else "reverse"
    sweeps = _Sweeps(tape, wrt, reverse=order == "reverse")
    blocks: dict[tuple[int, int], Any] = {}
    if order == "reverse":
        for output in dict.fromkeys(tape.outputs):
            shape = tape.shape(output)
            arrived = sweeps.down({output: sweeps.seed(shape)})
            blocks.update(((output, j), _at(sweeps, arrived, j, shape)) for j in wrt.nodes)
    else:
        for j in wrt.nodes:
            shape = tape.shape(j)
            arrived = sweeps.up({j: sweeps.seed(shape)})
            for output in dict.fromkeys(tape.outputs):
                found = _at(sweeps, arrived, output, shape)
                rank, all_axes = len(shape), len(t.shape_of(found))
                turned = [*range(rank, all_axes), *range(rank)]
                blocks[output, j] = found if output in sweeps.diagonal else t.permuted(found, turned)
    values: list[Any] = []
    first = 0
    for leaf in tape.layout.leaves():
        outputs = tape.outputs[first : first + leaf.size]
        values += _nested(leaf, wrt, [[blocks[output, j] for j in wrt.nodes] for output in outputs])
        first += leaf.size
    return sweeps.derivative("jacobian", results, values, tape.layout.outer(wrt.layout))


def _nested(leaf: Layout, wrt: Wrt, rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """The derivatives of one leaf's nodes, a row each, as `Layout.outer` nests them."""
    if leaf.joins(wrt.layout):
        if leaf.kind == "array":
            return [value for row in rows for value in row]
        axis = leaf.single_axis
        return [t.stack([row if axis is None else t.squeezed(row, axis) for row in rows[0]], axis=-1)]
    if leaf.kind == "tensor" or not leaf.shape:
        return rows[0]
    return [
        value
        for parameter, column in zip(wrt.parameters, zip(*rows, strict=True), strict=True)
        for value in ([t.reshaped(t.stack(column), leaf.shape + parameter.shape)] if parameter.shape else column)
    ]


def _smaller(tape: Tape, these: Sequence[int], those: Sequence[int]) -> bool:
    """Whether the entries of some nodes are never more than those of others, and fewer for most lengths."""

    def entries(nodes: Sequence[int]) -> Any:
        total: Any = 0
        for node in nodes:
            total = total + product(tape.shape(node))
        return total

    more = entries(those) - entries(these)
    if type(more) is int:
        return more > 0
    # A polynomial is nowhere negative if it has no negative coefficient in what each dimension has above 1.
    lifted = more.subs({name: name + 1 for name in more.free_symbols}, simultaneous=True).expand()
    return bool(all(term.as_coeff_Mul()[0] > 0 for term in lifted.as_ordered_terms()))
