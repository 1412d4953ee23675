"""A tensor graph of fixed small shapes as a graph of scalars, one node for each entry and operation.

What remains is a graph that every back end, elimination order and sparsity method takes; and another road to every
number of a tensor graph, by which it is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError, UnsupportedError
from edgewise.graph.arrays import small_matrices
from edgewise.graph.arrays.array import plain
from edgewise.graph.arrays.functions import group
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, apply_op
from edgewise.graph.layout import Layout
from edgewise.graph.tape import Returns, Tape
from edgewise.graph.tensors.computed_rows import written_in_others
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, TensorOp, bound, named_dimensions, op_named, tensor_op
from edgewise.ops.tensors import scalar_forms

__all__ = ["LARGEST", "Entries", "scalarize"]

_MONOTONE: Final = frozenset(("add", "sub", "min", "max", "clip"))
"""Operations that places are made of places with, which are largest and smallest at ends."""
CONTRACT: Final = tensor_op("contract")
LARGEST: Final = 5_000_000
"""Scalar operations of one node beyond which a shape is no small one."""

Array = Any


def scalarize(tape: Tape, sizes: Mapping[str, int], results: Sequence[Returns]) -> tuple[Tape, tuple[Returns, ...]]:
    """The graph of scalars that a tensor graph's results need, and its results.

    Named dimensions have the numbers of `sizes`. Inputs become groups; the outputs are those of the last result.
    Matrices are expanded into minors, or eliminated with rows exchanged by selection. A graph of scalars stays as it
    is. Raises InputError for a dimension without a number, UnsupportedError for what has no such form: eigenvalues,
    and places that only the data says.
    """
    if not tape.has_tensors:
        return tape, tuple(results)
    for parameter in tape.parameters:
        for name in sorted(named_dimensions(parameter.shape)):
            if name not in sizes:
                raise InputError(f"the dimension {name!r} has no number", hint=f"give it: {name}=…")
    tape, moved = written_in_others(tape, lambda row, *_: row.scalar is None)
    scalars = _Scalars(tape, sizes)
    for i, code, args in tape.rows():
        if code != INPUT:
            scalars.values[i] = scalars.value(i, code, args)
    return scalars.graph([result.moved(moved) for result in results])


class _Scalars:
    """The graph of scalars as it is written: the entries of each node, and between which numbers places are."""

    def __init__(self, tape: Tape, sizes: Mapping[str, int]) -> None:
        self.tape, self.sizes, self.builder = tape, sizes, Builder(share=True)
        self.zero = Expr(self.builder, self.builder.constant(0))
        self.values: list[Array] = [None] * len(tape)
        self.bounds: dict[int, tuple[int, int]] = {}
        for parameter, nodes in tape.by_parameter():
            shape = bound(parameter.shape, sizes)
            if not shape:
                self.values[nodes[0]] = plain(Expr(self.builder, self.builder.input(parameter.name)))
                continue
            entries = group(self.builder, parameter.name, shape).view(np.ndarray)
            for node, entry in zip(nodes, [entries] if parameter.is_tensor else entries.ravel(), strict=True):
                self.values[node] = plain(entry)

    def value(self, i: int, code: int, args: Sequence[int]) -> Array:
        """The entries of a node that is no input."""
        tape, given = self.tape, [self.values[j] for j in args]
        if code == CONST:
            return plain(Expr(self.builder, self.builder.constant(tape.attrs[i])))
        op: Any = tape.op_of_code(code)
        if code >= FIRST_TENSOR:
            return self._of_tensors(i, op, given)
        each = np.frompyfunc(lambda *entries: apply_op(op, entries, tape.attrs.get(i)), op.arity, 1)
        made = plain(each(*given))
        if self.bounds and op.name in _MONOTONE:
            _note_bounds(op, given, made, self.bounds)
        return made

    def _of_tensors(self, i: int, op: Any, given: Sequence[Array]) -> Array:
        tape, parameter = self.tape, bound(self.tape.attrs.get(i), self.sizes)
        work = int(np.prod([np.size(g) for g in given] or [1]))
        if (op.wholes or op is CONTRACT) and work > LARGEST:
            raise ShapeError(
                f"{tape.describe(i)} takes {work:,} products of scalars", hint="scalarize graphs of small shapes"
            )
        form = _scalar_form(op)
        if form is None:
            raise UnsupportedError(
                f"{tape.describe(i)} has no form in scalars", hint="keep the graph of tensors", line=tape.line(i)
            )
        made = plain(form(Entries(self.zero, op.value, self.bounds), given, parameter))
        if op.places and given:
            most = given[0].shape[parameter] - 1 if isinstance(parameter, int) else given[0].shape[0]
            self.bounds.update((entry._node, (0, most)) for entry in made.ravel())
        return made

    def graph(self, results: Sequence[Returns]) -> tuple[Tape, tuple[Returns, ...]]:
        """What is needed for the results, and these."""
        builder, made = self.builder, []
        for result in results:
            flat = [entry for node in result.nodes for entry in np.ravel(self.values[node])]
            each = [entry._node if isinstance(entry, Expr) else builder.constant(entry) for entry in flat]
            made.append((result.name, each, _scalar_layout(result.layout, iter(result.nodes), self.values)))
        names = [parameter.name for parameter in self.tape.parameters]
        whole, new = builder.freeze([node for _, each, _ in made for node in each], Layout(), names)
        returns = tuple(Returns(name, tuple(new[each].tolist()), layout) for name, each, layout in made)
        return replace(whole, outputs=returns[-1].nodes, layout=returns[-1].layout), returns


def _note_bounds(op: Any, given: Sequence[Array], made: Array, bounds: dict[int, tuple[int, int]]) -> None:
    """The bounds of what is made of whole numbers with known ones."""

    def known(entry: Expr) -> tuple[int, int] | None:
        node, builder = entry._node, entry._builder
        if builder.nodes[node][0] == CONST and type(builder.attrs[node]) is int:
            return builder.attrs[node], builder.attrs[node]
        return bounds.get(node)

    for entry, *args in zip(made.ravel(), *(wide.ravel() for wide in np.broadcast_arrays(*given)), strict=True):
        ends = [end for arg in args if (end := known(arg)) is not None]
        if len(ends) == len(args):
            corners = [int(op.value(*corner)) for corner in product(*ends)]
            bounds[entry._node] = min(corners), max(corners)


def _scalar_layout(layout: Layout, nodes: Any, values: Sequence[Array]) -> Layout:
    """The same nesting with arrays of numbers for shapes."""
    if layout.kind in ("array", "tensor"):
        if layout.kind == "array" and layout.shape:
            for _ in range(layout.size):
                next(nodes)
            return layout
        return Layout(shape=values[next(nodes)].shape)
    children = tuple(_scalar_layout(child, nodes, values) for child in layout.children)
    return Layout(layout.kind, (), children, layout.keys)


def _scalar_form(op: TensorOp) -> Callable[..., Any] | None:
    """How a row is written in scalars: as it says; what is linear in its one argument shows it on unit tensors."""
    if op.scalar is not None:
        return op.scalar
    return scalar_forms.summed if op.arity == 1 and op.linear == {0} else None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Entries:
    """What rows write their formulas of entries with: see `edgewise.ops.tensors.scalar_forms`.

    `zero` is the number 0 as an expression, `value` the row's value on numbers, and `bounds` hold for nodes that are
    whole numbers.
    """

    zero: Expr
    value: Callable[..., Any]
    bounds: Mapping[int, tuple[int, int]]

    matrices = small_matrices

    @staticmethod
    def call(name: str, *args: Any) -> Any:
        """An operation of the scalar table."""
        return apply_op(op_named(name), args)

    def sum(self, entries: Sequence[Any]) -> Any:
        """Entries added up, the first two first."""
        return reduce(lambda a, b: a + b, entries) if len(entries) else self.zero

    @staticmethod
    def is_number(entry: Any, value: int) -> bool:
        """Whether an entry is a whole number that is written as such."""
        if not isinstance(entry, Expr):
            return bool(entry == value)
        builder, node = entry._builder, entry._node
        return builder.nodes[node][0] == CONST and type(builder.attrs[node]) is int and builder.attrs[node] == value

    def constants(self, values: Any) -> Array:
        """Numbers as constants, whole ones as such."""
        builder = self.zero._builder

        def exact(number: Any) -> Expr:
            number = number.item() if hasattr(number, "item") else number
            whole = isinstance(number, float) and number.is_integer()
            return Expr(builder, builder.constant(int(number) if whole else number))

        return np.frompyfunc(exact, 1, 1)(np.asarray(values))

    def nodes(self, values: Any) -> Any:
        """Numbers among the entries of a result as constants."""
        builder = self.zero._builder
        return np.frompyfunc(lambda v: v if isinstance(v, Expr) else Expr(builder, builder.constant(v)), 1, 1)(values)

    def moved(self, function: Callable[..., Any], args: Sequence[Array]) -> Array:
        """A function that only moves entries, or puts zeros: where each comes from is found on whole numbers."""
        counted: list[Array] = []
        entries: list[Any] = [self.zero]
        for arg in args:
            counted.append(np.arange(len(entries), len(entries) + arg.size, dtype=float).reshape(arg.shape))
            entries += list(arg.ravel())
        places = np.asarray(function(*counted)).astype(int)
        return np.frompyfunc(lambda k: entries[k], 1, 1)(places)

    def linear(self, function: Callable[..., Any], x: Array) -> Array:
        """A linear function of one array: its factors are found on unit tensors."""
        if not x.size:
            return np.full(np.shape(function(np.zeros(x.shape))), self.zero, dtype=object)
        matrix = np.stack([np.asarray(function(unit.reshape(x.shape))) for unit in np.eye(x.size)], axis=-1)
        entries = x.ravel()
        result = np.empty(matrix.shape[:-1], dtype=object)
        for place in np.ndindex(*result.shape):
            row = matrix[place]
            terms = [self._times(row[k], entries[k]) for k in np.flatnonzero(row)]
            result[place] = self.sum(terms)
        return result

    def _times(self, factor: Any, entry: Any) -> Any:
        return entry if factor == 1 else -entry if factor == -1 else self.constants(factor) * entry

    def places(self, where: Array, length: int) -> Array:
        """Places of an axis of a length as whole numbers; as expressions, where they are known to be inside."""

        def whole(entry: Any) -> Any:
            builder, node = entry._builder, entry._node
            if builder.nodes[node][0] == CONST:
                return int(builder.attrs[node])
            least, most = self.bounds.get(node, (-1, length))
            if 0 <= least <= most < length:
                return entry
            raise UnsupportedError(
                "the places of a take are an input, or may be outside: which entries are read depends on the data",
                hint="keep the graph of tensors, or fix the places",
            )

        found = plain(np.frompyfunc(whole, 1, 1)(where))
        known = all(isinstance(place, int) for place in found.ravel())
        return found.astype(int) if known else found
