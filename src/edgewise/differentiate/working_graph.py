"""The nodes that a derivative adds to 𝒢, while they are written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

import numpy as np

from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.linearize import Linearized
from edgewise.graph import Tape
from edgewise.ops import CODE, CONST, N_BUILTIN, Op, Template, number_key

__all__ = ["WorkingGraph"]


class WorkingGraph:
    """New nodes behind those of 𝒢: numbers are given as they are added, constants are written once."""

    def __init__(self, tape: Tape) -> None:
        self.tape, self.first = tape, len(tape)
        self.known = {number_key(value): node for node, value in tape.constants().items()}
        self.ops: list[int] = []
        self.sizes: list[int] = []
        self.args: list[int] = []
        self.attrs: dict[int, Any] = {}
        self.custom = list(tape.custom)

    def add(self, code: int, args: Sequence[int], parameter: Any = None) -> int:
        """A new node."""
        node = self.first + len(self.ops)
        self.ops.append(code)
        self.sizes.append(len(args))
        self.args.extend(args)
        if parameter is not None:
            self.attrs[node] = parameter
        return node

    def constant(self, value: Any) -> int:
        """The node of a constant."""
        key = number_key(value)
        if key not in self.known:
            self.known[key] = self.add(CONST, ())
            self.attrs[self.known[key]] = value
        return self.known[key]

    def seeded(self, seeds: Sequence[Seed], reached: Container[int]) -> tuple[Seed, ...]:
        """The seeds with their nodes, those aside whose places are not in `reached`: they start nothing.

        The 1 that a sweep starts from is a node of its own, and no constant of 𝒢. Partials read it where 𝒢 has none.
        """
        found, ones = list(seeds), []
        for k, seed in enumerate(seeds):
            if seed.value is None and k in reached:
                ones.append(self.add(CONST, (), 1))
                found[k] = Seed(seed.sweep, seed.node, ones[-1])
        if ones:
            self.known.setdefault(number_key(1), ones[0])
        return tuple(found)

    def constants_of(self, lin: Linearized, templates: Iterable[int]) -> None:
        """The constants of these partials, which come before the sweeps."""
        for t in templates:
            template = lin.templates[t]
            for ref in (*(ref for _, refs, _ in template.nodes for ref in refs), template.result):
                if ref.kind == "const":
                    self.constant(ref.value)

    def code(self, op: Op) -> int:
        """The code of an operation, which may be new to the graph."""
        if not op.custom:
            return CODE[op.name]
        if op not in self.custom:
            self.custom.append(op)
        return N_BUILTIN + self.custom.index(op)

    def written(self, template: Template, args: Sequence[int], out: int) -> int:
        """A template written out for an operation of these arguments and this result: the node of its result."""
        return template.write(args, self.constant, lambda op, nodes, c: self.add(self.code(op), nodes, c), out)

    def columns(self) -> dict[str, Any]:
        """The columns of 𝒢 with everything that was added."""
        ops, sizes = np.array(self.ops, dtype=np.uint16), np.array(self.sizes, dtype=np.int64)
        columns = self.tape.extended(ops, sizes, np.array(self.args, dtype=np.int64), self.attrs)
        return {**columns, "custom": tuple(self.custom)}
