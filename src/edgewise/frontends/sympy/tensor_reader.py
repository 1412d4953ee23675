"""The reader of SymPy expressions in which matrices, arrays or symbolic sums occur: nodes hold tensors.

Matrices and arrays have a row each, by class. What is left are indices: of a symbolic sum, of the function of each
entry, of a matrix given by a formula. An expression in bound indices is read once, for all their values: each index is
an axis of it (`Value.axes`), products become contractions, and a sum removes an axis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar, Final, NamedTuple

import numpy as np
import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.tensor.array.expressions import ArraySymbol

from edgewise.errors import EdgewiseError, UnsupportedError
from edgewise.frontends.sympy.array_rows import ARRAYS
from edgewise.frontends.sympy.kinds import is_matrix, parts_of
from edgewise.frontends.sympy.matrix_rows import MATRICES
from edgewise.frontends.sympy.reader import Plan, Product, Reader, refuse
from edgewise.frontends.sympy.symbols import describe, is_unknown_function
from edgewise.frontends.sympy.user_functions import UserFunctions, is_sympys
from edgewise.graph import apply_op, handle
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import Op, dimension, shape_text

__all__ = ["TensorReader"]


class Value(NamedTuple):
    """What an expression is: a tensor, and, where it depends on bound indices, which of them its axes are."""

    tensor: Any
    axes: tuple[Any, ...] = ()


class _Index(NamedTuple):
    """A bound index: its first value and the number of its values."""

    start: Any
    length: Any


@dataclass(frozen=True, eq=False)
class _Chain:
    """A product of matrices, as one factor beside scalars."""

    matrices: tuple[Any, ...]
    is_Pow: ClassVar[bool] = False


@dataclass(frozen=True, eq=False)
class _Entries:
    """A matrix of which each entry is the base or the exponent of a power."""

    matrix: Any
    is_Number: ClassVar[bool] = False


class TensorReader(Reader):
    """Writes SymPy expressions of matrices and arrays into one builder; what is read of an expression is a `Value`."""

    def __init__(self, functions: UserFunctions) -> None:
        super().__init__(functions)
        self.builder.tensors = True
        self.indices: dict[Any, _Index] = {}
        self.entries: dict[Any, tuple[Any, tuple[Any, ...]]] = {}

    # --- inputs -------------------------------------------------------------------------------------------------

    def declare(self, leaves: Iterable[Any]) -> None:
        """Write the inputs that are tensors: then it is known which symbols are dimensions."""
        for item in parts_of(leaves, inside=True):
            if isinstance(item, (sp.MatrixSymbol, ArraySymbol)):
                self.known(str(item.name), item)
        for name, item in self.symbols.items():
            self.builder.tensor(name, tuple(dimension(length) for length in item.shape))

    def given(self, item: Any) -> bool:
        # What depends on a bound index, or on a matrix, has many values: it is no input.
        many = is_unknown_function(item) and (
            any(symbol in self.indices or symbol in self.entries for symbol in item.free_symbols)
            or any(map(is_matrix, item.args))
        )
        return many or super().given(item)

    def done(self, item: Any) -> Plan:
        if any(map(is_matrix, parts_of([item]))):  # SymPy's derivatives in matrices are laid out otherwise
            refuse(item)
        return super().done(item)

    def symbol(self, item: Any) -> Plan:
        if item in self.indices:
            start, length = self.indices[item]
            first = handle(self.builder, self.builder.size(start))
            places = t.arange(length, first)
            return (), lambda _: Value(first + places if start else places, (item,))
        if item in self.entries:
            whole, axes = self.entries[item]
            return [whole], lambda values: Value(self.whole(values)[0], axes)
        if isinstance(item, MatrixElement):
            return self.element(item.args[0], item.args[1:], item)
        if isinstance(item, sp.Symbol) and item.name in self.builder.dimensions:
            return (), lambda _: Value(handle(self.builder, self.builder.size(dimension(item.name))))
        plan = super().symbol(item)
        return (), lambda _: Value(handle(self.builder, plan[1]([])))

    # --- what an expression is made of --------------------------------------------------------------------------

    def plan(self, item: Any) -> Plan:
        if isinstance(item, _Chain):
            return item.matrices, lambda values: Value(reduce(t.matmul, self.whole(values)))
        if isinstance(item, _Entries):
            return [item.matrix], lambda values: values[0]
        if isinstance(item, Product) and any(map(is_matrix, item.factors)):
            return self.product(item.factors)
        row = next((row for base in type(item).__mro__ if (row := _row(base)) is not None), None)
        if row is not None:
            parts, function = row(self, item)
            return parts, lambda values: self.located(item, lambda: Value(function(*self.whole(values))))
        if type(item).__name__ in _WRITTEN and is_sympys(type(item)):
            parts, write = _WRITTEN[type(item).__name__](self, item)
            return parts, lambda values: self.located(item, lambda: write(values))
        # A product of matrices is a MatMul; in a Mul each factor is a number.
        parts, write = super().product(item.args) if isinstance(item, sp.Mul) else super().plan(item)
        if isinstance(item, (sp.Symbol, sp.Indexed, MatrixElement)) or not parts:
            return parts, write
        return parts, lambda values: write([self.scalar(*pair, item) for pair in zip(parts, values, strict=True)])

    def located(self, item: Any, write: Callable[[], Value]) -> Value:
        try:
            return write()
        except EdgewiseError as error:
            raise type(error)(f"{error.what}, in the {describe(item)}", hint=error.hint, line=error.line) from None

    def product(self, factors: Sequence[Any]) -> Plan:
        matrices = tuple(factor for factor in factors if is_matrix(factor))
        if not matrices:
            return super().product(factors)
        scalars = [factor for factor in factors if not is_matrix(factor)]
        return super().product([*scalars, _Chain(matrices)]) if scalars else self.plan(_Chain(matrices))

    def raised(self, item: Any) -> Plan:
        """A power of a matrix of one entry, or a whole power of a square matrix."""
        if item.shape == (1, 1):
            return self.power(_Entries(item.base), item.exp)
        if not item.exp.is_Integer:
            raise UnsupportedError(
                f"{describe(item)} has the exponent {item.exp}, which is no whole number",
                hint="give one; HadamardPower(X, p) is the power of each entry",
            )
        return [item.base], lambda values: Value(np.linalg.matrix_power(self.whole(values)[0], int(item.exp)))

    def raised_entries(self, item: Any) -> Plan:
        """The power of each entry, to one exponent or to those of another matrix."""
        base, exponent = (_Entries(part) if is_matrix(part) else part for part in (item.base, item.exp))
        return self.power(base, exponent)

    def series(self, item: Any) -> Plan:
        """A sum or product over indices with symbolic bounds: axes that go."""
        if len(item.limits[-1]) == 3 and all(bound.is_Integer for bound in item.limits[-1][1:]):
            return super().series(item)
        body, indices = self.bind(item.function, [(limit[0], *self.bounds(item, limit)) for limit in item.limits])
        if isinstance(item, sp.Product):
            return [body], lambda values: self.multiplied(values[0], indices)
        factors = list(body.args) if body.is_Mul else [body]

        def write(values: list[Any]) -> Value:
            scalars = [self.scalar(part, value, item) for part, value in zip(factors, values, strict=True)]
            kept = [axis for axis in _union(scalars) if axis not in indices]
            result = Value(self.contract(scalars, kept), tuple(kept))
            for index in indices:
                if not any(index in value.axes for value in scalars):
                    result = self.op("mul", self.length(index), result)
            return result

        return factors, write

    def bounds(self, item: Any, limit: Any) -> _Index:
        if len(limit) != 3:
            raise UnsupportedError(f"{describe(item)} has an index without bounds", hint="give integer bounds")
        low, high = (self.dimension(bound, item, "a bound") for bound in limit[1:])
        return _Index(low, self.simplest(high - low + 1))

    def multiplied(self, value: Value, indices: Sequence[Any]) -> Value:
        for index in indices:
            if index not in value.axes:
                value = self.op("pow", value, self.length(index))
            else:
                axis = value.axes.index(index)
                rest = value.axes[:axis] + value.axes[axis + 1 :]
                value = Value(t.prod(value.tensor, axis - len(value.axes)), rest)
        return value

    def length(self, index: Any) -> Value:
        return Value(handle(self.builder, self.builder.size(self.indices[index].length)))

    # --- bound indices ------------------------------------------------------------------------------------------

    def bind(self, body: Any, limits: Sequence[tuple[Any, Any, Any]]) -> tuple[Any, tuple[Any, ...]]:
        """An expression with its indices (symbol, start, length) made our own."""
        made = {symbol: sp.Dummy(f"{symbol}", integer=True) for symbol, _, _ in limits}
        self.indices.update((made[symbol], _Index(start, length)) for symbol, start, length in limits)
        return body.xreplace(made), tuple(made[symbol] for symbol, _, _ in limits)

    def each_entry(self, item: Any) -> Plan:
        """`function` of each entry of `expr`: its argument is the whole, whose axes are bound."""
        variable = sp.Dummy("entry", real=True)
        axes = tuple(sp.Dummy("axis", integer=True) for _ in item.shape)
        self.entries[variable] = (item.expr, axes)
        lengths = [self.dimension(length, item, "a dimension") for length in item.shape]
        body = item.function(variable)
        return [body], lambda values: self.unbound(values[0], axes, lengths)

    def by_formula(self, item: Any) -> Plan:
        """A matrix whose entries are a function of their places."""
        lengths = [self.dimension(length, item, "a dimension") for length in item.shape]
        given = [(symbol, 0, length) for symbol, length in zip(item.lamda.variables, lengths, strict=True)]
        body, axes = self.bind(item.lamda.expr, given)
        return [body], lambda values: self.unbound(values[0], axes, lengths)

    def unbound(self, value: Value, axes: Sequence[Any], lengths: Sequence[Any]) -> Value:
        """A value as the tensor with the given axes."""
        if not set(value.axes) <= set(axes):
            raise UnsupportedError("the entries depend on an index bound outside", hint="sum over entries alone")
        if value.axes == tuple(axes):
            return Value(value.tensor)
        return Value(t.contract([value.axes], axes, [value.tensor], dict(zip(axes, lengths, strict=True))))

    def element(self, parent: Any, places: Sequence[Any], item: Any) -> Plan:
        """An entry, or, where places are bound indices, all of those entries."""
        spec: list[tuple[Any, ...]] = []
        axes: list[Any] = []
        alone: list[int] = []  # axes of one entry
        for axis, (place, extent) in enumerate(zip(places, parent.shape, strict=True)):
            bound = [symbol for symbol in place.free_symbols if symbol in self.indices]
            if extent == 1 and place == 0:
                alone.append(axis)
            elif not bound:
                spec.append((self.dimension(place, item, "a place"),))
            else:
                spec.append(self.range_of(place, bound, extent, item))
                axes.append(bound[0])

        def write(values: list[Any]) -> Value:
            read = t.squeezed(self.whole(values)[0], alone) if alone else self.whole(values)[0]
            entries, kept = t.index(read, spec), tuple(dict.fromkeys(axes))
            return Value(t.contract([axes], kept, [entries]) if len(kept) < len(axes) else entries, kept)

        return [parent], write

    def range_of(self, place: Any, bound: Sequence[Any], extent: Any, item: Any) -> tuple[Any, Any, int]:
        """The range of an axis (start, length, step) that a place at a bound index runs over."""
        index, length = bound[0], self.indices[bound[0]].length
        step = place.diff(index) if len(bound) == 1 else None
        if step not in (1, -1):
            raise UnsupportedError(
                f"{describe(item)} is read at {place}, which is no index of a sum, nor one moved by a constant",
                hint="sum over another index",
            )
        shift = self.dimension(place.subs(index, 0), item, "a place")
        start = self.simplest(shift + step * self.indices[index].start)
        ends = (start, self.simplest(start + step * (length - 1)))
        extent = self.dimension(extent, item, "a dimension")
        if any(type(gap := self.simplest(extent - 1 - end)) is int and gap < 0 for end in ends) or any(
            type(end) is int and end < 0 for end in ends
        ):
            raise UnsupportedError(f"{describe(item)} is read outside the matrix", hint="see the bounds of the sum")
        return start, length, int(step)

    # --- writing ------------------------------------------------------------------------------------------------

    def number(self, value: Any) -> Value:
        return Value(handle(self.builder, self.builder.constant(value)))

    def write(self, op: Op, args: Sequence[Any], parameter: Any = None) -> Value:
        axes = _union(args)
        if not axes:
            return Value(apply_op(op, [arg.tensor for arg in args], parameter))
        for arg in args:
            if not arg.axes and t.shape_of(arg.tensor):
                raise UnsupportedError("a matrix stands beside a bound index", hint="write the entries of the matrix")
        if op.name == "mul" and args[0].axes != args[1].axes and all(arg.axes for arg in args):
            return Value(self.contract(args, axes), tuple(axes))
        aligned = [self.aligned(arg, axes) for arg in args]
        return Value(apply_op(op, aligned, parameter), tuple(axes))

    def aligned(self, value: Value, axes: Sequence[Any]) -> Any:
        """The tensor of a value with the given axes, of length 1 where the value does not depend on the index."""
        if not value.axes or value.axes == tuple(axes):
            return value.tensor
        wanted = [axis if axis in value.axes else (axis,) for axis in axes]
        return t.contract([value.axes], wanted, [value.tensor], {(axis,): 1 for axis in axes})

    def contract(self, values: Sequence[Value], kept: Sequence[Any]) -> Any:
        """The product of values, summed over the axes that are not kept."""
        numbers = [value for value in values if not value.axes]
        others = [value for value in values if value.axes]
        if others:
            scaled = numbers and self.fold("mul", numbers).tensor
            if len(others) == 1 and others[0].axes == tuple(kept):
                product = others[0].tensor
            else:
                product = t.contract([v.axes for v in others], kept, [v.tensor for v in others])
            return scaled * product if numbers else product
        return self.fold("mul", numbers).tensor

    def whole(self, values: Sequence[Value]) -> list[Any]:
        """The tensors of values that depend on no bound index."""
        if any(value.axes for value in values):
            raise UnsupportedError(
                "a matrix operation on entries at a bound index", hint="write it with the entries of its matrices"
            )
        return [value.tensor for value in values]

    def scalar(self, part: Any, value: Value, item: Any) -> Value:
        """A part of a scalar expression; a matrix of one entry is its entry."""
        if value.axes or not is_matrix(part):
            return value
        shape = t.shape_of(value.tensor)
        if any(length != 1 for length in shape):
            raise UnsupportedError(
                f"{describe(item)} is a function of numbers, and {describe(part)} has the shape {shape_text(shape)}",
                hint="write X.applyfunc(f) for f of each entry",
            )
        return Value(t.squeezed(value.tensor)) if shape else value

    # --- dimensions ---------------------------------------------------------------------------------------------

    simplest = staticmethod(lambda value: dimension(value) if hasattr(value, "free_symbols") else value)

    def dimension(self, value: Any, item: Any, what: str) -> Any:
        """A whole number, or a polynomial in the dimensions of the inputs."""
        value = sp.sympify(value)
        symbols = value.free_symbols
        if value.is_Integer:
            return int(value)
        names = {str(symbol) for symbol in symbols}
        polynomial = bool(names) and names <= self.builder.dimensions and value.is_polynomial(*symbols)
        if polynomial and all(number.is_Integer for number in sp.Poly(value, *symbols).coeffs()):
            return dimension(value)
        raise UnsupportedError(
            f"{describe(item)} has {what} {value} that is no whole number",
            hint="give integer bounds, places and lengths, or ones in the dimensions of the matrices"
            + (f", which are {', '.join(sorted(self.builder.dimensions))}" if self.builder.dimensions else ""),
        )


def _row(base: type) -> Any:
    row = MATRICES.get(base.__name__) or ARRAYS.get(base.__name__)
    return row if is_sympys(base) else None


def _union(values: Iterable[Value]) -> list[Any]:
    return list(dict.fromkeys(axis for value in values for axis in value.axes))


_WRITTEN: Final[Mapping[str, Callable[[TensorReader, Any], Plan]]] = {
    "MatAdd": lambda reader, item: reader.sum(item.args),
    "MatMul": lambda reader, item: reader.product(item.args),
    "MatPow": TensorReader.raised,
    "HadamardPower": TensorReader.raised_entries,
    "ElementwiseApplyFunction": TensorReader.each_entry,
    "ArrayElementwiseApplyFunc": TensorReader.each_entry,
    "FunctionMatrix": TensorReader.by_formula,
    "ArrayElement": lambda reader, item: reader.element(item.name, item.indices, item),
}
"""Classes of which more than the tensors of their arguments is asked: signs, fractions, exponents, bound indices."""
