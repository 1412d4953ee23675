"""Values that a user gives for the inputs of a graph: real numbers, arrays of them, and batches of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError
from edgewise.graph.expr import Expr
from edgewise.graph.layout import Parameter, Shape
from edgewise.graph.tape import Tape
from edgewise.ops import TensorOp, bound, named_dimensions, solve_dimensions
from edgewise.ops.tensors.parameters import PLACES

__all__ = [
    "apart", "batch_shape", "common_shape", "in_single", "is_single", "listed", "mapped", "ordinary", "real_value",
    "tensor_batch", "too_short",
]  # fmt: skip

_SINGLE: Final = np.dtype(np.float32)


def listed(parameters: Iterable[Parameter]) -> str:
    """The inputs' names for a message.

    >>> listed([Parameter("x"), Parameter("y")])
    'x, y'
    """
    return ", ".join([p.name for p in parameters][:20]) or "none"


def real_value(name: str, value: Any) -> Any:
    """A value of the input `name`: a float where it is one number of Python's, else NumPy's array or number as it is.

    Integers and truth are real numbers; fractions, decimals and SymPy's numbers become doubles. InputError for complex
    numbers, text, None, dates, masked arrays, ragged lists, and integers beyond the largest double.

    >>> from fractions import Fraction
    >>> real_value("x", Fraction(1, 4)), real_value("x", [True, 2]).tolist()
    (0.25, [1, 2])
    """
    kind = type(value)
    if kind is float:
        return value
    try:
        if kind is int or kind is bool:
            return float(value)
        array = value if kind is np.ndarray or isinstance(value, np.generic) else np.asarray(value)
        code = array.dtype.kind
        if code == "O" and not any(isinstance(item, (str, bytes)) for item in array.flat):
            if array.shape == ():
                return float(array.item())
            array = np.array([float(item) for item in array.flat]).reshape(array.shape)
            code = "f"
    except OverflowError:
        raise InputError(
            f"the input {name!r} was given a number beyond the largest double, 1.8e308", hint="scale it"
        ) from None
    except (TypeError, ValueError, RuntimeError):  # ragged lists, None, symbols, tensors that are being differentiated
        code = ""
    if code == "f" and array.dtype.itemsize > 8:
        array = array.astype(np.float64)  # what every back end computes in
    if code not in ("f", "i", "u", "b") or isinstance(value, np.ma.MaskedArray):
        shown = " ".join(f"{value!r:.60}".split())
        hint = "give real numbers"
        if code == "c":
            hint += ": its real and imaginary parts apart"
        elif isinstance(value, Expr) or (
            isinstance(value, np.ndarray) and any(isinstance(v, Expr) for v in value.flat)
        ):
            hint += ": in a function that is traced write the formula itself, or call what this was compiled from"
        elif isinstance(value, np.ma.MaskedArray):
            hint += " for what is masked too, as in x.filled(0.0), and the mask apart"
        raise InputError(f"the input {name!r} was given {shown} of type {kind.__name__}, not a real number", hint=hint)
    return array


def ordinary(array: Any) -> Any:
    """An array of NumPy's as other libraries take it: writable, of native bytes, with no axis that runs backwards."""
    if not isinstance(array, np.ndarray):
        return array
    fits = array.flags.writeable and array.dtype.isnative and all(stride >= 0 for stride in array.strides)
    return array if fits else array.astype(array.dtype.newbyteorder("="))


def is_single(values: Iterable[Any]) -> bool:
    """Whether results are of single precision: where NumPy's rules for the arrays among the values say float32.

    Numbers of Python's do not count. The inputs of whole numbers of a graph of tensors are for the caller to leave out.

    >>> x = np.ones(3, np.float32)
    >>> is_single([x, 0.5]), is_single([x, x > 0]), is_single([x, np.arange(3)]), is_single([1.0])
    (True, True, False, False)
    """
    types = {_numpy_type(value.dtype) for value in values if hasattr(value, "dtype")}
    return _SINGLE in types and bool(np.result_type(*types) == _SINGLE)


def _numpy_type(dtype: Any) -> np.dtype[Any]:
    """NumPy's type of the same numbers; torch's types have its names. What NumPy lacks counts as double."""
    try:
        return np.dtype(dtype if isinstance(dtype, np.dtype) else str(dtype).removeprefix("torch."))
    except TypeError:
        return np.dtype(np.float64)


def mapped(change: Callable[[Any], Any], container: Any) -> Any:
    """The container with each of its items changed."""
    if isinstance(container, dict):
        return {key: change(item) for key, item in container.items()}
    return type(container)(map(change, container))


def in_single(result: Any) -> Any:
    """Results rounded to single precision, in the nesting they have; whole numbers (places in a matrix) stay."""
    if isinstance(result, (dict, list, tuple)):
        return mapped(in_single, result)
    if isinstance(result, float):
        return np.float32(result)
    if hasattr(result, "is_floating_point"):  # torch's
        return result.float() if result.is_floating_point() else result
    return result.astype(_SINGLE) if result.dtype.kind == "f" else result


def apart(result: Any, values: Sequence[Any]) -> Any:
    """Results with memory of their own: one that is an input, as the derivative of x*y in x is, is copied.

    >>> x = np.ones(2)
    >>> apart((x[::-1], 2.0), [x])[0] is x
    False
    """
    if isinstance(result, (dict, list, tuple)):
        return mapped(lambda item: apart(item, values), result)
    if isinstance(result, np.ndarray):
        given = (value for value in values if isinstance(value, np.ndarray))
        return result.copy() if any(np.may_share_memory(result, value) for value in given) else result
    return result


def batch_shape(parameters: Sequence[Parameter], values: Sequence[Any]) -> Shape:
    """The common shape of the axes in front of the inputs' own; of a scalar all axes are.

    Raises ShapeError for an array whose last axes are not the group's, and for batches that do not broadcast.

    >>> batch_shape([Parameter("w", (3,)), Parameter("s")], [np.ones((5, 3)), np.ones((2, 1))])
    (2, 5)
    """
    leading = []
    for parameter, value in zip(parameters, values, strict=True):
        shape = np.shape(value)
        axes = len(shape) - len(parameter.shape)
        if parameter.shape and shape[max(axes, 0) :] != parameter.shape:
            raise ShapeError(
                f"the group {parameter.name!r} was given an array of shape {shape}",
                hint=f"its shape is {parameter.shape}, with the axes of a batch in front",
            )
        leading.append(tuple(shape[:axes]))
    return common_shape(leading)


def tensor_batch(parameters: Sequence[Parameter], values: Sequence[Any]) -> tuple[Shape, dict[str, int]]:
    """The shape of the batch of tensors, and the numbers of the named dimensions.

    The rank decides: as many last axes as an input was declared with are its own, those in front the batch's.

    >>> tensor_batch([Parameter("w", (3,), "real")], [np.ones((5, 3))])
    ((5,), {})
    """
    shapes = [tuple(np.shape(value)) for value in values]
    cuts = [max(len(shape) - len(p.shape), 0) for shape, p in zip(shapes, parameters, strict=True)]
    sizes = solve_dimensions((p.name, p.shape, shape[cut:]) for p, shape, cut in zip(parameters, shapes, cuts))
    return common_shape(shape[:cut] for shape, cut in zip(shapes, cuts)), sizes


def too_short(tape: Tape, sizes: Mapping[str, int]) -> ShapeError | None:
    """The error for inputs that are too short for a slice of them: `x[1:]` of no entries would have -1, and `x[:5]` of
    three has not five. None where every length is one. Of several slices one with a line of the user's is named.
    """
    found: dict[str, ShapeError] = {}
    seen: set[Any] = set()
    for node in sorted({*tape.shapes, *tape.attrs}):
        for length in tape.shapes.get(node, ()):
            if isinstance(length, int) or length.is_Symbol or length in seen:
                continue
            number = bound(length, sizes)
            if number >= 0:
                seen.add(length)
                continue
            what = f"an axis of {tape.op(node).name} has the length {length}, which is {number}"
            found.setdefault(tape.line(node), _short(what, (length,), sizes, tape.line(node)))
        for places, length in _taken(tape, node):
            start, count, step = (*bound(places, sizes), 1, 1)[:3]
            ends = sorted((start, start + (count - 1) * step))
            if count > 0 and not (ends[0] >= 0 and ends[1] < bound(length, sizes)):
                what = f"a slice takes the places {ends[0]} to {ends[1]} of an axis of the length {length}"
                found.setdefault(tape.line(node), _short(what, (length, *places), sizes, tape.line(node)))
    return next((error for line, error in found.items() if line), found.get(""))


def _taken(tape: Tape, node: int) -> Iterable[tuple[Any, Any]]:
    """The places that a slice takes, of each of the last axes, and the lengths of these."""
    op = tape.op(node)
    if not isinstance(op, TensorOp) or op.form is not PLACES:
        return ()
    places = tape.attrs[node]
    shape = tape.shapes.get(tape.arguments(node)[0], ())
    return zip(places, shape[len(shape) - len(places) :], strict=True)


def _short(what: str, about: Shape, sizes: Mapping[str, int], line: str) -> ShapeError:
    given = ", ".join(f"{name} = {sizes[name]}" for name in sorted(named_dimensions(about)))
    hint = "give inputs that are as long as the slices of them say"
    return ShapeError(f"{what} for {given}" if given else what, hint=hint, line=line)


def common_shape(shapes: Iterable[Shape]) -> Shape:
    """What the shapes of batches broadcast to."""
    found = list(dict.fromkeys(shape for shape in shapes if shape))
    if len(found) < 2:
        return found[0] if found else ()
    try:
        return np.broadcast_shapes(*found)
    except ValueError:
        raise ShapeError(
            f"the inputs were given arrays of the shapes {', '.join(map(str, found))}",
            hint="give shapes that broadcast as NumPy's do",
        ) from None
