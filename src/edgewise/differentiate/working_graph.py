"""The nodes that a derivative adds to 𝒢, while they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cython
import numpy as np

from edgewise.differentiate.ledger import Seed
from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE, CONST, N_BUILTIN, Op, Ref, Template, number_key

__all__ = ["WorkingGraph"]


class WorkingGraph:
    """New nodes behind those of 𝒢: numbers are given as they are added, constants are written once.

    `ops`, `sizes` and `args` are their operations, how many arguments they have, and all of these. The types stand in
    `working_graph.pxd`.
    """

    def __init__(self, tape: Tape) -> None:
        self.tape, self.first = tape, len(tape)
        self.known = {number_key(tape.attrs[node]): node for node in np.flatnonzero(tape.ops == CONST).tolist()}
        self.ops: list[int] = []
        self.sizes: list[int] = []
        self.args: list[int] = []
        self.attrs: dict[int, Any] = {}
        self.custom = list(tape.custom)
        self.nodes: dict[int, tuple[Any, int]] = {}

    def add(self, code: cython.longlong, args: Sequence[int], parameter: Any = None) -> cython.longlong:
        """A new node."""
        node: cython.longlong = self.first + len(self.ops)
        self.ops.append(code)
        self.sizes.append(len(args))
        self.args.extend(args)
        if parameter is not None:
            self.attrs[node] = parameter
        return node

    def constant(self, value: Any) -> cython.longlong:
        """The node of a constant."""
        found = self.nodes.get(id(value))  # most are asked for again and again; the object is kept, so is its identity
        if found is None:
            key = number_key(value)
            if key not in self.known:
                self.known[key] = self.add(CONST, ())
                self.attrs[self.known[key]] = value
            found = self.nodes[id(value)] = value, self.known[key]
        return found[1]

    def seeded(self, seeds: Sequence[Seed], items: IntArray) -> tuple[Seed, ...]:
        """The seeds with their nodes, those aside that are not among the items (as -1 - k): they start nothing.

        The 1 that a sweep starts from is a node of its own, and no constant of 𝒢. Partials read it where 𝒢 has none.
        """
        found = list(seeds)
        for k in sorted((-1 - items[items < 0]).tolist()):
            if seeds[k].value is None:
                one = self.add(CONST, (), 1)
                found[k] = Seed(seeds[k].sweep, seeds[k].node, one)
                self.known.setdefault(number_key(1), one)
        return tuple(found)

    def code(self, op: Op) -> cython.longlong:
        """The code of an operation, which may be new to the graph."""
        if not op.custom:
            return CODE[op.name]
        if op not in self.custom:
            self.custom.append(op)
        return N_BUILTIN + self.custom.index(op)

    def written(self, template: Template, args: Sequence[int], out: cython.longlong) -> cython.longlong:
        """A template written out for an operation of these arguments and this result: the node of its result."""
        made: list[int] = []
        for op, refs, parameter in template.nodes:
            reads = [self._read(ref, args, made, out) for ref in refs]
            made.append(self.add(self.code(op), reads, parameter))
        return self._read(template.result, args, made, out)

    def _read(self, ref: Ref, args: Sequence[int], made: Any, out: cython.longlong) -> cython.longlong:
        """The node that a template reads; `made` are those written by it."""
        if ref.kind == "const":
            return self.constant(ref.value)
        if ref.kind == "out":
            return out
        return args[ref.value] if ref.kind == "arg" else made[ref.value]

    def columns(self, n_nodes: int = 0, n_args: int = 0) -> dict[str, Any]:
        """The columns of 𝒢 with everything that was added, and room for so many more nodes and arguments."""
        tape, n, n_edges = self.tape, self.first, self.tape.n_edges
        end, last = n + len(self.ops), n_edges + len(self.args)
        ops, start = np.empty(end + n_nodes, dtype=np.uint16), np.empty(end + n_nodes + 1, dtype=np.int64)
        args = np.empty(last + n_args, dtype=np.int64)
        ops[:n], start[: n + 1], args[:n_edges] = tape.ops, tape.start, tape.args
        ops[n:end], args[n_edges:last] = self.ops, self.args
        start[n + 1 : end + 1] = self.sizes
        np.cumsum(start[n : end + 1], out=start[n : end + 1])
        attrs = {**tape.attrs, **self.attrs}
        return {"ops": ops, "start": start, "args": args, "attrs": attrs, "custom": tuple(self.custom)}
