"""The one scheduled, named form that every target prints from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.errors import LoweringError
from edgewise.graph import IntArray, Parameter, Returns, Tape, code_table, distinct
from edgewise.lower.formulas import written_out
from edgewise.lower.names import Namer
from edgewise.lower.schedule import Schedule, schedule
from edgewise.ops import CONST, INPUT, Op, SymbolicConstant
from edgewise.shown import shown

__all__ = ["RESERVED", "Naming", "Program", "lower", "real"]

RESERVED: Final = ("math", "np", "special", "sparse", "v")
"""Names that emitted source uses itself."""

Mask = npt.NDArray[np.bool_]


class Naming(NamedTuple):
    """Names of inputs and `fixed` nodes, all names `taken`, and the parameters' names."""

    names: dict[int, str]
    fixed: frozenset[int]
    taken: frozenset[str]
    parameters: tuple[str, ...]


@shown
@dataclass(frozen=True, eq=False, repr=False)
class Program:
    """What to compute, in which order, under which names.

    `nodes` are the nodes to compute, `constants` the values of those that depend on no input, `roles` the wished names
    of nodes. What only some targets need is found when it is first asked for.
    """

    tape: Tape
    results: tuple[Returns, ...]
    nodes: IntArray
    constants: Mapping[int, Any]
    roles: Mapping[int, str]

    def __repr__(self) -> str:
        inputs = ", ".join(p.name for p in self.parameters[:6]) + (", …" if len(self.parameters) > 6 else "")
        return f"<program for {', '.join(r.name for r in self.results)} in {inputs}: {self.operations:,} operations>"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.tape.parameters

    @property
    def operations(self) -> int:
        """How many nodes are computed."""
        return len(self.nodes)

    @property
    def result_nodes(self) -> tuple[int, ...]:
        """The nodes of all results in order, flat."""
        return tuple(node for result in self.results for node in result.nodes)

    # --- as a person reads it -----------------------------------------------------------------------------------

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The nodes in the graph's own order, in which every value stands close behind what it is made of."""
        return tuple(self.nodes.tolist())

    def naming(self, namer: Namer) -> Naming:
        """Names by a language's rules for inputs and wished-for nodes."""
        tape = self.tape
        parameters = tuple(namer.name(p.name) for p in tape.parameters)
        names: dict[int, str] = {}
        for (parameter, nodes), name in zip(tape.by_parameter(), parameters, strict=True):
            if parameter.shape == () or parameter.is_tensor:
                names[nodes[0]] = name
            else:
                names.update((node, namer.name(tape.attrs[node], name)) for node in nodes)
        wishes = {**tape.labels, **self.roles}
        fixed = set()
        computed = np.zeros(len(tape), dtype=bool)
        computed[self.nodes] = True
        for node in sorted(node for node in wishes if computed[node]):
            names[node] = namer.name(wishes[node], "v")
            fixed.add(node)
        return Naming(names, frozenset(fixed), frozenset(namer.taken), parameters)

    @cached_property
    def _names(self) -> Naming:
        return self.naming(Namer(RESERVED))

    @property
    def names(self) -> Mapping[int, str]:
        """The names of inputs and of `fixed` nodes; a target names the others as it writes them, avoiding `taken`."""
        return self._names.names

    @property
    def fixed(self) -> frozenset[int]:
        """The nodes whose names were wished for."""
        return self._names.fixed

    @property
    def taken(self) -> frozenset[str]:
        """The names given so far."""
        return self._names.taken

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The parameters as identifiers."""
        return self._names.parameters

    @cached_property
    def uses(self) -> IntArray:
        """How often each node is read, by a node that is computed or as a result."""
        tape = self.tape
        work = np.zeros(len(tape), dtype=bool)
        work[self.nodes] = True
        uses = np.bincount(tape.args[work[tape.edge_consumers()]], minlength=len(tape))
        np.add.at(uses, list(self.result_nodes), 1)
        return uses

    @cached_property
    def conditional(self) -> Mask:
        """The nodes needed only under a branch of `where`: evaluated, they may leave their domain harmlessly."""
        tape, found = self.tape, np.zeros(len(self.tape), dtype=bool)
        selecting = [code for code in distinct(tape.ops[self.nodes]).tolist() if tape.op_of_code(code).selects]
        if selecting:
            consumer = tape.edge_consumers()
            first = np.arange(tape.n_edges) == tape.start[consumer]
            sure = tape.live(self.result_nodes, first | ~code_table(selecting)[tape.ops[consumer]])
            found[self.nodes] = ~sure[self.nodes]
        return found

    @cached_property
    def untouched(self) -> frozenset[int]:
        """The results that depend on no scalar input: constants, and functions of groups alone."""
        shapes = [p.shape for p in self.parameters for _ in range(p.size)]
        scalars = [node for node, shape in zip(self.tape.inputs, shapes, strict=True) if not shape]
        touched = self.tape.depends_on(scalars)
        return frozenset(node for node in self.result_nodes if not touched[node])

    @property
    def custom(self) -> tuple[Op, ...]:
        """The user's operations that are called, in order of their first call."""
        if not self.tape.custom:
            return ()
        codes = self.tape.ops[self.nodes]
        rows = map(self.tape.op_of_code, dict.fromkeys(codes.tolist()))
        return tuple(op for op in rows if op.custom)

    # --- as a machine runs it -----------------------------------------------------------------------------------

    @cached_property
    def schedule(self) -> Schedule:
        """An order that holds few values at once, with live ranges, registers and parts."""
        return schedule(self.tape, self.nodes, self.result_nodes)


def lower(tape: Tape, results: Sequence[Returns], *, roles: Mapping[int, str] | None = None) -> Program:
    """The program of what the results need. `roles` are the wished names of nodes."""
    tape, results, roles = written_out(tape, results, roles or {})
    alive = tape.live([node for result in results for node in result.nodes])
    leaf = (tape.ops == INPUT) | (tape.ops == CONST)
    work = alive & ~leaf
    settled = alive & (tape.ops != INPUT) & tape.is_constant()
    nodes = np.flatnonzero(work & ~settled)
    return Program(tape, tuple(results), nodes, _constants(tape, np.flatnonzero(settled).tolist()), dict(roles))


def _constants(tape: Tape, nodes: Sequence[int]) -> dict[int, Any]:
    """Constants as they are, and operations on constants alone as the doubles they come to."""
    values: dict[int, Any] = {}
    with np.errstate(all="ignore"):
        for i in nodes:
            if tape.ops[i] == CONST:
                values[i] = tape.attrs[i]
                continue
            op = tape.op(i)
            args = [_number(values[j]) for j in tape.arguments(i)]
            value = op.value(*args, tape.attrs[i]) if op.parameter else op.value(*args)
            values[i] = bool(value) if op.boolean else float(value)
    return values


def _number(value: Any) -> Any:
    return real(value) if isinstance(value, (Fraction, SymbolicConstant, int)) else value


def real(value: Any) -> float:
    """A constant as the nearest double; a LoweringError beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        raise LoweringError(
            "the graph has a constant beyond the largest double, 1.8e308", hint="scale it, or write it as a power"
        ) from None
