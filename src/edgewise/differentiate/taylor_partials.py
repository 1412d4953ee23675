"""Which nodes carry Taylor coefficients, up to which degree: those of 𝒢, and those of the partials that they need.

A node that is wanted to degree d needs its arguments to degree d and the partials of its edges to degree d - 1.
Partials are ordinary nodes, with partials of their own; equal ones are one node, so that sin and cos are two for all
degrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from edgewise.differentiate.linearize import Linearized, linearize
from edgewise.differentiate.taylor_lengths import Lengths, lengths_of
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE, CONST, INPUT, Ref, Template, number_key

__all__ = ["DIV", "MUL", "WithPartials", "with_partials"]

MUL, DIV, NEG = CODE["mul"], CODE["div"], CODE["neg"]
"""The operations that have a rule of their own: without it 1/y would need a new partial for each degree."""


class WithPartials(NamedTuple):
    """𝒢 with the nodes of partials behind its own, linearised; which edges carry derivatives.

    `degree` says of each node up to which degree its coefficients are wanted, 0 where none are. `partial` is the node
    of an edge's local partial, of those that need one: edges of 𝒢, and of operations without a rule of their own.
    """

    lengths: Lengths
    lin: Linearized
    carries: Any
    degree: IntArray
    partial: dict[int, int]


def with_partials(tape: Tape, inputs: Sequence[int], order: int) -> WithPartials:
    """The graph in which coefficients up to degree `order` of the outputs are found, along a curve in these inputs.

    The degrees are gone through from the highest down: what is wanted to degree d is found along the edges from the
    outputs and from the partials that were written before. Time: `order` passes over the nodes. Raises
    DifferentiationError where a partial is needed that its row refuses.
    """
    lengths = lengths_of(tape, inputs) if order > 1 else Lengths()
    written = _Partials(tape, lengths)
    lin, degree = linearize(tape), np.zeros(len(tape), dtype=np.int64)
    roots = set(tape.outputs)
    for wanted in range(order, 0, -1):
        carries, live = _along(lin, inputs, roots)
        new = np.flatnonzero(live & (degree == 0)).tolist()
        degree[new] = wanted
        roots.update(written.of_nodes(lin, new, carries))
        if written.more:
            lin = linearize(written.graph())
            degree = np.concatenate((degree, np.zeros(len(lin.tape) - len(degree), dtype=np.int64)))
    return WithPartials(lengths, lin, _along(lin, inputs, roots)[0], degree, written.partial)


def _along(lin: Linearized, inputs: Sequence[int], roots: set[int]) -> tuple[Any, Any]:
    """Which edges carry what comes from the inputs, and which nodes stand between these and the roots."""
    varies = lin.tape.depends_on(inputs, lin.present)
    carries = lin.present & varies[lin.parent]
    return carries, lin.tape.live(roots, carries) & varies


class _Partials:
    """Partials while they are written behind the nodes of 𝒢."""

    def __init__(self, tape: Tape, lengths: Lengths) -> None:
        self.tape, self.working, self.lengths = tape, WorkingGraph(tape), lengths.sided | lengths.mean
        self.partial: dict[int, int] = {}
        self.more = False
        self._known = {
            (code, *args, _key(tape.attrs.get(i))): i for i, code, args in tape.rows() if code not in (CONST, INPUT)
        }
        self._negated = {i: args[0] for i, code, args in tape.rows() if code == NEG}

    def graph(self) -> Tape:
        """𝒢 and all that has been written."""
        self.more = False
        return replace(self.tape, **self.working.columns())

    def of_nodes(self, lin: Linearized, nodes: Sequence[int], carries: Any) -> list[int]:
        """Write the partials of the edges of some nodes; those whose coefficients are needed."""
        tape, needed = lin.tape, []
        for i in nodes:
            own, first = int(tape.ops[i]) in (MUL, DIV) or i in self.lengths, int(tape.start[i])
            if own and i >= len(self.tape):
                continue
            args = tape.arguments(i)
            edges = [first + k for k in range(len(args)) if carries[first + k]]
            lin.demand(edges)
            if tape.op(i).selects and i >= len(self.tape):
                continue  # what arrives is selected, and nothing multiplied
            for e in edges:
                self.partial[e] = self._written(lin.templates[lin.template[e]], args, i)
                if not own:
                    needed.append(self.partial[e])
        return needed

    def _written(self, template: Template, args: Sequence[int], out: int) -> int:
        """A template written out, but for nodes that are there already."""
        made: list[int] = []

        def read(ref: Ref) -> int:
            if ref.kind == "const":
                self.more = self.more or self.working.find(ref.value) < 0
                return int(self.working.constant(ref.value))
            return out if ref.kind == "out" else args[ref.value] if ref.kind == "arg" else made[ref.value]

        for op, refs, parameter in template.nodes:
            code, reads = int(self.working.code(op)), [read(ref) for ref in refs]
            if code == NEG and reads[0] in self._negated:  # sigmoid(-x) has sigmoid(x) in its partial again
                made.append(self._negated[reads[0]])
                continue
            key = (code, *reads, _key(parameter))
            if key not in self._known:
                self.more = True
                self._known[key] = int(self.working.add(code, reads, parameter))
                if code == NEG:
                    self._negated[self._known[key]] = reads[0]
            made.append(self._known[key])
        return read(template.result)


def _key(parameter: Any) -> Any:
    return None if parameter is None else number_key(parameter)
