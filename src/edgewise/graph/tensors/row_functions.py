"""The operations of the tensor table as functions: `edgewise.norm(x, axis=0)`, NumPy's of the same meaning, texts'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature, signature
from operator import attrgetter
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph.arrays.array import ExprArray, as_expressions
from edgewise.graph.arrays.filled import settled_all
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, handle, resolve
from edgewise.graph.layout import Layout
from edgewise.graph.refused import refused
from edgewise.graph.tape import Returns
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.scalarize import scalarize
from edgewise.graph.written_anew import put_in
from edgewise.ops import TENSORS, TensorOp
from edgewise.ops import result_shapes as shapes

__all__ = ["ROW_FUNCTIONS", "function_of_row", "numpy_function", "row_call"]


def numpy_function(row: TensorOp) -> Callable[..., Any] | None:
    """NumPy's function that a row is; None where it has none, or this release has none of that name."""
    try:
        found: Callable[..., Any] | None = attrgetter(row.numpy.split()[0])(np) if row.numpy else None
    except AttributeError:
        return None
    return found


def row_call(row: TensorOp) -> Callable[..., Any]:
    """The function of a row's arguments and of the keywords of its parameter, on tensors and on arrays alike.

    A reduction takes `keepdims`. Entry by entry it writes scalars for an array of scalar expressions.
    """
    keywords = dict(row.form.keywords)
    if row.shape in (shapes.reduce, shapes.reduce_one):
        keywords["keepdims"] = False
    names, count = [*row.args, *keywords], len(row.args)

    def function(*args: Any, **named: Any) -> Any:
        wrong = next((name for name in named if name not in names), None)
        if wrong is not None or len(args) > len(names):
            found = f"an argument {wrong!r}" if wrong else f"{len(args)} arguments"
            raise refused(f"{row.name} got {found}", f"it takes {', '.join(names)}", kind=InputError)
        given = {**keywords, **dict(zip(names, settled_all(args), strict=False)), **named}
        missing = next((name for name in names if given.get(name, ...) is ...), None)
        if missing is not None:
            raise refused(f"{row.name} got no {missing!r}", f"it takes {', '.join(names)}", kind=InputError)
        values = [given[name] for name in names[:count]]
        kept = given.pop("keepdims", False)
        if "axis" in keywords and given["axis"] is None and row.form.keywords["axis"] is not None:
            values[0], given["axis"] = np.reshape(values[0], (-1,)), -1  # of all entries, as NumPy has it
        assert row.form.read is not None
        parameter = row.form.read(t, t.shape_of(values[0]), *(given[name] for name in row.form.keywords))
        found = _computed(row, values, parameter)
        if not kept:
            return found
        axes = parameter if isinstance(parameter, tuple) else (parameter,)
        return t.expanded(found, axes) if isinstance(found, Expr) else np.expand_dims(found, axes)

    function.__name__ = function.__qualname__ = row.name
    function.__doc__ = _said(row) + "."
    defaults = {name: value for name, value in keywords.items() if value is not ...}
    setattr(function, "__signature__", Signature(  # noqa: B010
        [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=defaults.get(name, Parameter.empty))
         for name in names]))  # fmt: skip
    return function


def _said(row: TensorOp) -> str:
    return row.doc + (f"; {row.convention}" if row.convention else "")


def _computed(row: TensorOp, values: Sequence[Any], parameter: Any) -> Any:
    """A node of tensors, nodes of scalars, or numbers."""
    if any(isinstance(value, ExprArray) for value in values):
        return _entry_by_entry(row, values, parameter)
    if any(isinstance(value, Expr) for value in values):
        return t.write(row.name, values, parameter)
    arrays = [np.asarray(value, dtype=float) for value in values]
    row.shape([array.shape for array in arrays], parameter)  # which says what does not fit
    return row.value(*arrays, *([parameter] if row.parameter else []))


def _entry_by_entry(row: TensorOp, values: Sequence[Any], parameter: Any) -> Any:
    """The graph of the row alone in scalars, written on arrays of scalar expressions."""
    home = Builder()
    inputs = [handle(home, home.tensor(name, np.shape(value), "real")) for name, value in zip(row.args, values)]
    node = resolve(t.write(row.name, inputs, parameter))[1]
    tape = home.whole([node], Layout("tensor", home.shapes.get(node, ())))
    small, _ = scalarize(tape, {}, [Returns("value", tape.outputs, tape.layout)])
    entries = [entry for value in values for entry in np.asarray(value, dtype=object).ravel()]
    builder = next(entry._builder for entry in entries if isinstance(entry, Expr))
    new = put_in(builder, small, [t.node_of(builder, entry) for entry in entries], small.outputs)
    made = [Expr(builder, new[node]) for node in small.outputs]
    return as_expressions(np.array(made, dtype=object).reshape(small.layout.shape)) if small.layout.shape else made[0]


def function_of_row(row: TensorOp) -> Callable[..., Any]:
    """The function as people call it: NumPy's own where it is one of NumPy's, with all of its arguments."""
    own = numpy_function(row)
    if own is None:
        return row_call(row)

    def function(*args: Any, **options: Any) -> Any:
        try:
            signature(own).bind(*args, **options)
        except TypeError as error:
            raise refused(f"{row.name}: {error}", f"it takes {signature(own)}", kind=InputError) from None
        return own(*args, **options)

    function.__name__ = function.__qualname__ = row.name
    function.__doc__ = f"{_said(row)}: `numpy.{row.numpy.split()[0]}`, with its arguments."
    return function


ROW_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    row.name: function_of_row(row) for row in TENSORS if row.args and not row.inner and row.form.read is not None
}
"""One function for each row that people call by its name."""
