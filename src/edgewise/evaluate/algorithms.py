"""The reference interpreter: the book's algorithms run on numbers, one line for one line, and recorded.

Goodfellow, Bengio and Courville, *Deep Learning*, section 6.5.3. Nothing here is fast; everything here is plain, and
every other way of getting a number (a derivative graph, generated source, compiled code) is checked against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from edgewise.differentiate.linearize import Linearized, linearize
from edgewise.differentiate.taken import wild_edges
from edgewise.errors import InputError, did_you_mean
from edgewise.graph import (
    Edge,
    Parameter,
    Tape,
    batch_shape,
    common_shape,
    in_single,
    is_single,
    listed,
    packed_hint,
    real_value,
)
from edgewise.graph.columns import distinct
from edgewise.ops import CONST, INPUT, Op
from edgewise.shown import shown

__all__ = [
    "Evaluation", "Step", "applied", "back_propagation", "bind", "by_input", "forward_accumulation",
    "forward_propagation", "local_partial", "no_more",
]  # fmt: skip


class Step(NamedTuple):
    """One line of an algorithm as it ran.

    `algorithm` is "6.1", "forward", "6.2", "6.5", "taylor" or "elimination", `action` what the line does: "input",
    "constant", "operation", "seed", "edge" (one edge's product, added to what had arrived). `value` is the number the
    line stored at `node`; for an edge `partial` and `product` are its two factors' result, and `value` is the sum so
    far. On tensors values are arrays, and an edge has a product alone: `partial` is None. In an elimination "partial"
    puts a local partial on its edge (`value` is what stands there then: parallel edges are one), and "join" is one
    product made when `node` is eliminated: `edge` goes from the tail of one factor to the head of the other, and
    `partial` is the factor that ends in `node`. `degree` is that of a Taylor coefficient.
    """

    algorithm: str
    action: str
    node: int
    value: Any
    edge: Edge | None = None
    partial: Any = None
    product: Any = None
    degree: int = 1


@shown
@dataclass(frozen=True, eq=False)
class Evaluation:
    """Numbers on the nodes of a graph.

    `values[i]` is u(i), in double precision, `outputs` the values of the outputs in order, `table` the derivatives that
    a sweep stored (tangents, or grad_table), `swept` what it did, `steps` the record of all that was done. Values over
    a batch are arrays with its axes in front, each with all of them where they are `whole`. Outputs and result are
    rounded where the inputs were of `single` precision.
    """

    tape: Tape
    values: tuple[Any, ...]
    table: Mapping[int, Any] = field(default_factory=dict)
    swept: tuple[Step, ...] = ()
    single: bool = False
    whole: bool = False

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Algorithm 6.1 line by line: the inputs, then each node from its parents; then what a sweep did."""
        inputs = [Step("6.1", "input", i, self.values[i]) for i in self.tape.inputs]
        actions = ["constant" if code == CONST else "operation" for code in self.tape.ops.tolist()]
        computed = np.flatnonzero(self.tape.ops != INPUT).tolist()
        return (*inputs, *(Step("6.1", actions[i], i, self.values[i]) for i in computed), *self.swept)

    @property
    def outputs(self) -> tuple[Any, ...]:
        """The values of the outputs, flat."""
        outputs = tuple(self.values[i] for i in self.tape.outputs)
        return in_single(outputs) if self.single else outputs

    @property
    def result(self) -> Any:
        """The values of the outputs, nested as the graph's outputs were given, each over the whole batch."""
        outputs = self.outputs
        if not self.whole:
            batch = common_shape(np.shape(self.values[i]) for i in self.tape.inputs)
            outputs = tuple(np.array(np.broadcast_to(value, batch)) for value in outputs) if batch else outputs
        return self.tape.layout.pack(outputs)

    def __repr__(self) -> str:
        shown = ", ".join(f"{value!r}" for value in self.outputs[:8])
        return f"Evaluation(outputs=({shown}{', …' if len(self.outputs) > 8 else ''}))"


def bind(parameters: Sequence[Parameter], args: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
    """The flat list of input values from arguments by position or by name; arrays are batches, or groups.

    A group with further axes in front is a batch: its entries are then arrays. Raises InputError for a wrong count, an
    unknown name and for what are not real numbers, ShapeError for a group of another shape.
    """
    given = by_input(parameters, args, named)
    values: list[Any] = []
    for parameter in parameters:
        if parameter.name in given:
            values.append(real_value(parameter.name, given.pop(parameter.name)))
        else:
            values.append(_entries(parameter, given, packed_hint(args, parameters)))
    no_more(given, parameters)
    batch_shape(parameters, values)
    flat: list[Any] = []
    for parameter, value in zip(parameters, values, strict=True):
        axes = np.ndim(value) - len(parameter.shape)
        if not parameter.shape:
            flat.append(value if type(value) is float or axes else value.reshape(())[()])
        elif axes:
            flat.extend(np.moveaxis(value.reshape(value.shape[:axes] + (parameter.size,)), -1, 0))
        else:
            flat.extend(value.ravel())
    return flat


def by_input(parameters: Sequence[Parameter], args: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """The values by name, of inputs or of entries such as w[0]; an InputError for a wrong count or name."""
    if len(args) > len(parameters):
        raise InputError(
            f"{len(args)} values were given for {len(parameters)} inputs", hint=f"the inputs are {listed(parameters)}"
        )
    given = dict(zip((p.name for p in parameters), args, strict=False))
    for name, value in named.items():
        if name in given:
            raise InputError(f"the input {name!r} was given twice", hint="give it by position or by name")
        given[name] = value
    known = {p.name for p in parameters}
    no_more([str(name) for name in given if name not in known and "[" not in str(name)], parameters)
    return given


def no_more(names: Iterable[str], parameters: Sequence[Parameter]) -> None:
    """An InputError for the first of some names: they are no inputs."""
    for name in names:
        hint = f"{did_you_mean(name, [p.name for p in parameters])}the inputs are {listed(parameters)}"
        raise InputError(f"{name!r} is not an input of the graph", hint=hint)


def _entries(parameter: Parameter, given: dict[str, Any], hint: str) -> Any:
    """The entries w[0], w[1], … of a group given one by one."""
    names = [f"{parameter.name}[{','.join(map(str, index))}]" for index in np.ndindex(*parameter.shape)]
    missing = [name for name in names if name not in given] if parameter.shape else [parameter.name]
    if missing:
        raise InputError(f"no value was given for the input {parameter.name!r}", hint=hint or f"give {missing[0]}=…")
    entries = [real_value(name, given.pop(name)) for name in names]
    batch = batch_shape([Parameter(name) for name in names], entries)
    whole = np.stack([np.broadcast_to(entry, batch) for entry in entries], axis=-1) if entries else np.zeros(0)
    return whole.reshape(batch + parameter.shape)


def applied(op: Op, args: Sequence[Any], parameter: Any) -> Any:
    """The value of an operation on numbers or arrays of them, in double precision."""
    value = op.value(*args, parameter) if op.parameter else op.value(*args)
    # Truth is 0.0 or 1.0 on every node, so that it may be counted and multiplied with.
    value = np.multiply(value, 1.0) if op.boolean else value
    return float(value) if isinstance(value, float) or np.ndim(value) == 0 else value


def forward_propagation(tape: Tape, inputs: Sequence[Any]) -> Evaluation:
    """Algorithm 6.1: copy the inputs; for i = n_i + 1 … n compute u(i) from its parents.

    Values are floats or arrays that broadcast, and are computed in double precision. NaN and infinities flow through as
    IEEE arithmetic says.
    """
    values: list[Any] = [None] * len(tape)
    for i, value in zip(tape.inputs, inputs, strict=True):
        values[i] = value if type(value) is float else _double(value)
    rows = {code: tape.op_of_code(code) for code in distinct(tape.ops).tolist()}
    with np.errstate(all="ignore"):
        for i, code, args in tape.rows():
            if code == CONST:
                values[i] = _constant(tape, i)
            elif code != INPUT:
                values[i] = applied(rows[code], [values[j] for j in args], tape.attrs.get(i))
    return Evaluation(tape, tuple(values), single=is_single(inputs))


def _double(value: Any) -> Any:
    return float(value) if np.ndim(value) == 0 else np.asarray(value, dtype=np.float64)


def _constant(tape: Tape, node: int) -> float:
    try:
        return float(tape.attrs[node])
    except OverflowError:
        raise InputError(
            "the graph has a constant beyond the largest double, 1.8e308",
            hint="scale it, or write it as a power",
            line=tape.line(node),
        ) from None


def local_partial(tape: Tape, edge: Edge, values: Sequence[Any], lin: Linearized | None = None) -> Any:
    """The number on an edge: its template evaluated at the values of its consumer and arguments; None for no edge."""
    i = edge.consumer
    lin = lin or linearize(tape)
    kind = int(lin.template[int(tape.start[i]) + edge.position])
    if kind < 0:
        return None
    lin.demand([int(tape.start[i]) + edge.position])
    return lin.templates[kind].write([values[j] for j in tape.arguments(i)], float, applied, values[i])


class _Flow:
    """What flows along edges: products, and where they count (see `differentiate/taken.py`).

    An edge that is not taken contributes zero, whatever flows along it, and so does what only such edges lead to. An
    edge whose slope is 0 at a point alone stands against what comes after it in 𝒢, on the way down; on the way up what
    comes after it is what it leads to.
    """

    def __init__(self, tape: Tape, values: Sequence[Any], seed: int, *, reverse: bool) -> None:
        self.tape, self.values, self.reverse = tape, values, reverse
        self.lin = linearize(tape)
        # Upwards a zero that arrives is exact: it is only lost in a product with what is infinite or NaN.
        self.hidden = (
            np.ones(tape.n_edges, dtype=bool) if reverse else wild_edges(tape, self.lin.template, self.lin.templates)
        )
        self.matters: dict[int, Any] = {seed: True}

    def product(self, edge: Edge, derivative: Any, partial: Any) -> Any:
        tape, lin = self.tape, self.lin
        source, target = (edge.consumer, edge.parent) if self.reverse else (edge.parent, edge.consumer)
        e = int(tape.start[edge.consumer]) + edge.position
        selection = lin.selections[int(lin.template[e])]
        product, relevant = np.multiply(derivative, partial), self.matters[source]
        if selection is not None:
            args = [self.values[j] for j in tape.arguments(edge.consumer)]
            test = selection.condition.write(args, float, applied, self.values[edge.consumer])
            taken = np.asarray(test, dtype=bool) == (selection.branch == 1)
            if self.reverse or not selection.point:
                product = np.where(taken, derivative if selection.unit else product, 0.0)
            if not self.reverse or not selection.point:
                relevant = np.logical_and(relevant, taken)
        if self.matters[source] is not True and self.hidden[e]:
            product = np.where(self.matters[source], product, 0.0)
        self.matters[target] = relevant if target not in self.matters else _either(self.matters[target], relevant)
        return product


def forward_accumulation(tape: Tape, inputs: Sequence[Any], wrt: int) -> Evaluation:
    """Values first; then the tangent of `wrt` is 1 and tangent(i) = Σ_k ∂(i,k) · tangent(parent k), upwards."""
    run = forward_propagation(tape, inputs)
    tangent: dict[int, Any] = {wrt: 1.0}
    steps = [Step("forward", "seed", wrt, 1.0)]
    flow = _Flow(tape, run.values, wrt, reverse=False)
    with np.errstate(all="ignore"):
        for edge in tape.edges():
            if edge.parent not in tangent or edge.consumer == wrt:
                continue
            partial = local_partial(tape, edge, run.values, flow.lin)
            if partial is not None:
                product = flow.product(edge, tangent[edge.parent], partial)
                _accumulate(tangent, edge.consumer, product)
                steps.append(Step("forward", "edge", edge.consumer, tangent[edge.consumer], edge, partial, product))
    return replace(run, table=tangent, swept=tuple(steps))


def back_propagation(tape: Tape, inputs: Sequence[Any], output: int) -> Evaluation:
    """Algorithm 6.2: grad_table[n] = 1; for j = n−1 down to 1 sum grad_table[i] · ∂(i,k) over the edges (i,k,j)."""
    run = forward_propagation(tape, inputs)
    table: dict[int, Any] = {output: 1.0}
    steps = [Step("6.2", "seed", output, 1.0)]
    flow = _Flow(tape, run.values, output, reverse=True)
    varies = tape.depends_on(tape.inputs)
    by_parent: list[list[Edge]] = [[] for _ in range(len(tape))]
    for edge in tape.edges():
        by_parent[edge.parent].append(edge)
    with np.errstate(all="ignore"):
        for j in range(output - 1, -1, -1):
            # Arrivals in the order of the sweep: later consumers first.
            for edge in sorted(by_parent[j], key=lambda e: (-e.consumer, e.position)):
                i = edge.consumer
                number = not varies[j] and bool(flow.lin.refused)  # whose slope is nobody's, and may be refused
                partial = local_partial(tape, edge, run.values, flow.lin) if i in table and not number else None
                if partial is None:
                    continue
                product = flow.product(edge, table[i], partial)
                _accumulate(table, j, product)
                steps.append(Step("6.2", "edge", j, table[j], edge, partial, product))
    return replace(run, table=table, swept=tuple(steps))


def _either(a: Any, b: Any) -> Any:
    return True if a is True or b is True else np.logical_or(a, b)


def _accumulate(table: dict[int, Any], node: int, product: Any) -> None:
    total = np.add(table[node], product) if node in table else product
    table[node] = float(total) if np.ndim(total) == 0 else total
