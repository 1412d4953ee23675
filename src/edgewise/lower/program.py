"""The one scheduled, named form that every target prints from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.graph import Parameter, Returns, Tape, computing
from edgewise.lower.names import Namer
from edgewise.ops import CONST, INPUT, Op, SymbolicConstant

__all__ = ["Program", "lower"]


@dataclass(frozen=True, eq=False)
class Program:
    """What to compute, in which order, under which names.

    `order` are the nodes to compute, `names` the names of inputs and of `fixed` nodes (a target names the others as it
    writes them, avoiding `taken`), `uses` how often each node is read, `constants` the values of nodes that depend on
    no input, `conditional` the nodes needed only under a branch of `where`.
    """

    tape: Tape
    results: tuple[Returns, ...]
    order: tuple[int, ...]
    names: Mapping[int, str]
    fixed: frozenset[int]
    taken: frozenset[str]
    uses: Sequence[int]
    constants: Mapping[int, Any]
    conditional: frozenset[int]
    parameter_names: tuple[str, ...]
    operations: int

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.tape.parameters

    @property
    def custom(self) -> tuple[Op, ...]:
        """The user's operations that are called, in order of their first call."""
        return tuple(dict.fromkeys(op for op in map(self.tape.op, self.order) if op.custom))


def lower(tape: Tape, results: Sequence[Returns], *, roles: Mapping[int, str] | None = None) -> Program:
    """Schedule and name what the results need. `roles` are the wished names of nodes.

    The order is the graph's own, in which every value stands close behind what it is made of.
    """
    roots = [node for result in results for node in result.nodes]
    work = computing(tape, roots)
    order = np.flatnonzero(work).tolist()
    alive = tape.live(roots)
    consumer = tape.edge_consumers()
    read = tape.args[work[consumer]]
    uses = np.bincount(read, minlength=len(tape))
    np.add.at(uses, roots, 1)
    namer = Namer(["math", "np", "special", "sparse", "v"])
    parameter_names = tuple(namer.name(p.name) for p in tape.parameters)
    names: dict[int, str] = {}
    first = 0
    for parameter, name in zip(tape.parameters, parameter_names, strict=True):
        nodes = tape.inputs[first : first + parameter.size]
        first += parameter.size
        if parameter.shape == ():
            names[nodes[0]] = name
        else:
            names.update((node, namer.name(tape.attrs[node], name)) for node in nodes)
    wishes = {**tape.labels, **(roles or {})}
    fixed = set()
    for node in order:
        if node in wishes:
            names[node] = namer.name(wishes[node], "v")
            fixed.add(node)
    constants = _constants(tape, np.flatnonzero(alive & ~work & (tape.ops != INPUT)).tolist())
    conditional = _conditional(tape, order, roots)
    return Program(
        tape, tuple(results), tuple(order), names, frozenset(fixed), frozenset(namer.taken), uses.tolist(), constants,
        conditional, parameter_names, len(order),
    )  # fmt: skip


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
    return float(value) if isinstance(value, (Fraction, SymbolicConstant, int)) else value


def _conditional(tape: Tape, order: Sequence[int], roots: Sequence[int]) -> frozenset[int]:
    """Nodes that every use reaches through a branch of `where`: evaluated, they may leave their domain harmlessly."""
    if not any(tape.op_of_code(code).selects for code in np.unique(tape.ops[list(order)]).tolist()):
        return frozenset()
    sure = bytearray(len(tape))
    for i in roots:
        sure[i] = 1
    for i in reversed(order):
        if not sure[i]:
            continue
        selects = tape.op(i).selects
        for k, j in enumerate(tape.arguments(i)):
            if not selects or k == 0:
                sure[j] = 1
    return frozenset(i for i in order if not sure[i])
