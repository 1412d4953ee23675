"""The nodes that a derivative adds to 𝒢, while they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.graph import Tape
from edgewise.ops import CODE, CONST, N_BUILTIN, Op, Template, number_key

__all__ = ["Sheet"]


class Sheet:
    """New nodes behind those of 𝒢: numbers are given as they are added, constants are written once."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.known = {number_key(value): node for node, value in tape.constants().items()}
        self.ops: list[int] = []
        self.sizes: list[int] = []
        self.args: list[int] = []
        self.attrs: dict[int, Any] = {}
        self.custom = list(tape.custom)

    def add(self, code: int, args: Sequence[int], parameter: Any = None) -> int:
        """A new node."""
        node = len(self.tape) + len(self.ops)
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
