"""Nodes of tensor graphs, and what is written in index notation: products, sums, transposes, repetition."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.errors import ShapeError, UnsupportedError
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, handle, meet, resolve
from edgewise.graph.other_libraries import other_array
from edgewise.graph.refused import refused
from edgewise.ops import Contraction, broadcast, dimension, lettered, product, shape_text, simplest, smaller, tensor_op
from edgewise.ops.dims import bound

__all__ = [
    "applied", "arange", "assembled", "axes_from_end", "axis_from_end", "broadcast_to", "constant", "contract",
    "contract_differential", "contract_transposed", "count_of", "diag", "diagonal", "dot", "einsum", "expanded",
    "eye", "full", "matmul", "matvec", "moved", "node_of", "number", "permuted", "shape_of", "size", "squeezed",
    "sum", "sum_to", "swapaxes", "trace", "transpose", "transposed", "write",
]  # fmt: skip

# --- nodes -----------------------------------------------------------------------------------------------------------


def write(name: str, args: Sequence[Any], parameter: Any = None, builder: Builder | None = None) -> Any:
    """A node of the tensor table on expressions, arrays and numbers."""
    # A Filled settles. An expression is not asked: what it has not it looks for at length.
    args = [arg if isinstance(arg, Expr) or not hasattr(arg, "settled") else arg.settled() for arg in args]
    home = meet(args, builder)
    if home is None:  # numbers alone
        op, parameter = tensor_op(name), bound(parameter, {})
        return op.value(*map(np.asarray, args), parameter) if op.parameter else op.value(*map(np.asarray, args))
    nodes = [node_of(home, arg) for arg in args]
    return handle(home, home.add(home.code(tensor_op(name)), nodes, parameter))


def node_of(builder: Builder, value: Any) -> int:
    """The node of an expression, a number or an array of numbers."""
    if isinstance(value, Expr):
        return resolve(value)[1]
    array = np.asarray(value) if isinstance(value, (list, tuple)) else other_array(value)
    value = value if array is None else array
    made = assembled(value) if isinstance(value, np.ndarray) and value.dtype == object else value
    return resolve(made)[1] if isinstance(made, Expr) else builder.constant(made)


def assembled(entries: Any) -> Any:
    """A tensor of an array of expressions and numbers, entry by entry."""
    array = np.asarray(entries, dtype=object)
    pieces: list[Any] = []
    for entry in array.ravel():
        if isinstance(entry, Expr):
            pieces.append(write("reshape", (entry,), (0, (1,))))
        elif pieces and isinstance(pieces[-1], list):
            pieces[-1].append(entry)
        else:
            pieces.append([entry])
    pieces = [np.array(piece) if isinstance(piece, list) else piece for piece in pieces]
    flat = pieces[0] if len(pieces) == 1 else write("concatenate", pieces, -1)
    return flat if array.ndim == 1 else write("reshape", (flat,), (1, array.shape))


def constant(like: Any, value: Any) -> Any:
    """A number or array as an expression beside another."""
    builder, _ = resolve(like)
    return handle(builder, node_of(builder, value))


def shape_of(value: Any) -> Any:
    """The shape of an expression, an array or a number."""
    if isinstance(value, Expr):
        builder, node = resolve(value)
        return builder.shapes.get(node, ())
    return np.shape(value)


def number(length: Any, what: str) -> int:
    """A dimension that has to be a number."""
    if type(length) is not int:
        hint = "declare the input with a number for this dimension, or write it with whole-array functions"
        raise refused(f"{what} of the named dimension {length}, which has no number yet", hint)
    return length


def axis_from_end(axis: Any, rank: int) -> int:
    """An axis counted from the end."""
    try:
        k = operator.index(axis)
    except TypeError:
        raise refused(f"an axis {axis!r:.40} of type {type(axis).__name__}", "count axes from 0") from None
    if not -rank <= k < rank:
        raise refused(f"axis {k} of {rank} axes", "count from 0, or from the end with -1", kind=ShapeError)
    return k if k < 0 else k - rank


def axes_from_end(axis: Any, rank: int) -> tuple[int, ...]:
    """Axes counted from the end, in order; None means all of them."""
    if axis is None:
        return tuple(range(-rank, 0))
    given = axis if isinstance(axis, (tuple, list)) else (axis,)
    axes = {axis_from_end(k, rank) for k in given}
    if len(axes) < len(given):
        raise refused(f"the axes {tuple(given)} name one twice", "name each axis once", ShapeError)
    return tuple(sorted(axes))


# --- index notation --------------------------------------------------------------------------------------------------


def contract(inputs: Sequence[Sequence[Any]], output: Sequence[Any], args: Sequence[Any], sizes: Any = None) -> Any:
    """A contraction with any hashable indices."""
    return write("contract", args, lettered(inputs, output, sizes or {}))


def einsum(text: Any, *args: Any, **_: Any) -> Any:
    """`numpy.einsum`, with subscripts as text; `...` stands for the axes not named."""
    if not isinstance(text, str):  # pairs of an array and a list of its indices, and perhaps the result's
        given = [text, *args]
        if len(given) < 2:
            raise refused("einsum has no indices", 'write einsum("ij,j->i", A, x)', ShapeError)
        parts, listed = given[:-1:2] if len(given) % 2 else given[::2], [list(k) for k in given[1::2]]
        letters = [k for part in listed for k in part]
        wanted = given[-1] if len(given) % 2 else sorted(k for k in set(letters) if letters.count(k) == 1)
        if Ellipsis in letters:
            raise UnsupportedError("einsum with ... in lists of indices", hint="write the subscripts as text")
        return contract(listed, list(wanted), parts)
    left, arrow, output = text.replace(" ", "").partition("->")
    parts = left.split(",")
    if len(parts) != len(args):
        raise refused(f"einsum {text!r} has {len(parts)} parts for {len(args)} arguments", kind=ShapeError)
    rest = max((len(shape_of(a)) - len(p.replace("...", "")) for p, a in zip(parts, args, strict=True)), default=0)
    front = tuple(range(rest))
    indices: list[tuple[Any, ...]] = []
    for part, arg in zip(parts, args, strict=True):
        missing = len(shape_of(arg)) - len(part.replace("...", ""))
        before, dots, behind = part.partition("...")
        indices.append((*before, *(front[rest - missing :] if dots else ()), *behind))
    if arrow:
        before, dots, behind = output.partition("...")
        chosen: tuple[Any, ...] = (*before, *(front if dots else ()), *behind)
    else:
        letters = [k for part in indices for k in part]
        chosen = (*front, *sorted({k for k in letters if isinstance(k, str) and letters.count(k) == 1}))
    unknown = [k for k in chosen if not any(k in part for part in indices)]
    if unknown or len(set(chosen)) < len(chosen):
        what = f"einsum {text!r}: the output has the index {(unknown or ['twice'])[0]!r}"
        raise refused(what, "each index of the output stands once, and in some argument", ShapeError)
    return contract(indices, chosen, args)


def contract_transposed(p: Contraction, k: int, d: Any, x: Sequence[Any]) -> Any:
    """The transpose of a contraction in its k-th argument, applied to d: exchange that argument and the result."""
    lead = tuple(range(len(shape_of(d)) - len(p.output)))
    own = p.inputs[k]
    inputs: list[tuple[Any, ...]] = [tuple(part) for j, part in enumerate(p.inputs) if j != k]
    args = [arg for j, arg in enumerate(x) if j != k]
    at = k  # the derivative stands where the argument stood, so that products read in the written order
    inputs.insert(at, (*lead, *p.output))
    args.insert(at, d)
    sizes = dict(zip(own, shape_of(x[k]), strict=True))
    result: list[Any] = []
    for letter in own:
        if letter in result:  # a diagonal was taken: it is put back on one
            copy = (letter, len(result))
            inputs.append((letter, copy))
            args.append(eye(sizes[letter], resolve(d)[0]))
            result.append(copy)
        else:
            result.append(letter)
    return contract(inputs, (*lead, *result), args, sizes)


def contract_differential(p: Contraction, k: int, d: Any, x: Sequence[Any]) -> Any:
    """The contraction with d in place of its k-th argument, axes of d in front coming out in front."""
    lead = tuple(range(len(shape_of(d)) - len(p.inputs[k])))
    inputs = [(*lead, *part) if j == k else tuple(part) for j, part in enumerate(p.inputs)]
    return contract(inputs, (*lead, *p.output), [d if j == k else arg for j, arg in enumerate(x)], dict(p.sizes))


def permuted(x: Any, order: Sequence[int]) -> Any:
    """The axes in another order."""
    axes = tuple(range(len(order)))
    return x if tuple(order) == axes else contract([axes], tuple(order), [x])


def transpose(x: Any, *axes: Any) -> Any:
    """`numpy.transpose`: the axes in reverse, or in a given order."""
    rank = len(shape_of(x))
    given = axes[0] if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes
    order = (
        [axis_from_end(k, rank) % rank for k in given] if given and given[0] is not None else list(range(rank))[::-1]
    )
    if sorted(order) != list(range(rank)):
        raise ShapeError(f"transpose of {rank} axes in the order {tuple(given)}", hint="name each axis once")
    return permuted(x, order)


def transposed(x: Any) -> Any:
    """The last two axes exchanged."""
    return swapaxes(x, -1, -2)


def swapaxes(x: Any, first: int, second: int) -> Any:
    """Two axes exchanged."""
    rank = len(shape_of(x))
    order = list(range(rank))
    a, b = axis_from_end(first, rank), axis_from_end(second, rank)
    order[a], order[b] = order[b], order[a]
    return permuted(x, order)


def moved(x: Any, source: int, target: int) -> Any:
    """One axis moved to another place."""
    rank = len(shape_of(x))
    order = list(range(rank))
    axis = order.pop(axis_from_end(source, rank))
    order.insert(axis_from_end(target, rank) % rank, axis)
    return permuted(x, order)


def expanded(x: Any, axes: Sequence[int]) -> Any:
    """Axes of length 1 put in, so that they are `axes` of the result, counted from its end."""
    rank = len(shape_of(x)) + len(axes)
    places = {axis % rank for axis in axes}
    result = [("new", k) if k in places else k for k in range(rank)]
    return contract([[k for k in result if isinstance(k, int)]], result, [x], {("new", k): 1 for k in places})


def squeezed(x: Any, axis: Any = None) -> Any:
    """Axes of length 1 left out: those named, or all of them."""
    shape = shape_of(x)
    gone = {k for k, length in enumerate(shape) if length == 1}
    if axis is not None:
        gone = {k % len(shape) for k in axes_from_end(axis, len(shape))}
        if any(shape[k] != 1 for k in gone):
            raise refused(f"squeeze of an axis of {shape_text(shape)} that is not 1 long", kind=ShapeError)
    return contract([range(len(shape))], [k for k in range(len(shape)) if k not in gone], [x]) if gone else x


def sum(x: Any, axes: Sequence[int]) -> Any:
    """The sum over axes counted from the end."""
    rank = len(shape_of(x))
    gone = {axis % rank for axis in axes}
    return contract([range(rank)], [k for k in range(rank) if k not in gone], [x])


def sum_to(x: Any, shape: Any, lead: int) -> Any:
    """The transpose of broadcasting from `shape`: sums over the axes that were repeated; `lead` axes are kept."""
    have = shape_of(x)
    if have[lead:] == tuple(shape):
        return x
    extra = len(have) - lead - len(shape)
    inner: list[Any] = list(range(len(have)))
    output: list[Any] = inner[:lead]
    sizes = {}
    for k, length in enumerate(shape, lead + extra):
        if length == have[k]:
            output.append(k)
        else:
            output.append(("one", k))
            sizes["one", k] = 1
    return contract([inner], output, [x], sizes)


def broadcast_to(x: Any, shape: Sequence[Any]) -> Any:
    """x repeated to a shape, as NumPy broadcasts."""
    wanted, have = tuple(map(dimension, shape)), shape_of(x)
    if have == wanted:
        return x
    if broadcast([have, wanted], "broadcast_to") != wanted:
        raise refused(f"broadcast_to from {shape_text(have)} to {shape_text(wanted)}", kind=ShapeError)
    extra = len(wanted) - len(have)
    own = [k if length == wanted[k] else ("one", k) for k, length in enumerate(have, extra)]
    return contract([own], range(len(wanted)), [x], dict(enumerate(wanted)))


def _matrices(a: Any, b: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Indices of the leading axes of two arrays and of the result; an axis of length 1 meets any other."""
    one, two = list(a), list(b)
    common = broadcast([tuple(one), tuple(two)], "matmul")
    sides: list[list[Any]] = []
    for side, shape in enumerate((one, two)):
        first = len(common) - len(shape)
        sides.append([k if length == common[k] else ("one", side, k) for k, length in enumerate(shape, first)])
    return sides[0], sides[1], list(range(len(common)))


def matmul(a: Any, b: Any) -> Any:
    """NumPy's `@`: matrix products of the last two axes; vectors lend themselves an axis."""
    one, two = shape_of(a), shape_of(b)
    if not one or not two:
        raise ShapeError(f"matmul of the shapes {shape_text(one)} and {shape_text(two)}", hint="write * for numbers")
    vectors = len(one) == 1, len(two) == 1
    if one[-1] != (two[-1] if vectors[1] else two[-2]):
        raise refused(
            f"matmul of the shapes {shape_text(one)} and {shape_text(two)}: {one[-1]} and "
            f"{two[-1] if vectors[1] else two[-2]} differ",
            "the last axis of the left is summed with the last but one of the right; transpose one of them",
            kind=ShapeError,
        )
    left, right, result = _matrices(one[:-2], two[:-2])
    left += ["inner"] if vectors[0] else ["row", "inner"]
    right += ["inner"] if vectors[1] else ["inner", "column"]
    result += ([] if vectors[0] else ["row"]) + ([] if vectors[1] else ["column"])
    return contract([left, right], result, [a, b])


def matvec(a: Any, x: Any) -> Any:
    """Matrices times vectors over the last axes."""
    left, right, result = _matrices(shape_of(a)[:-2], shape_of(x)[:-1])
    return contract([[*left, "row", "inner"], [*right, "inner"]], [*result, "row"], [a, x])


def applied(a: Any, x: Any, rank: int) -> Any:
    """A matrix times a vector (rank 1) or a matrix."""
    return matvec(a, x) if rank == 1 else matmul(a, x)


def dot(a: Any, b: Any) -> Any:
    """NumPy's dot: the last axis of a with the last but one (of a vector the only one) of b."""
    one, two = shape_of(a), shape_of(b)
    if not one or not two:
        return a * b
    if len(two) <= 2:
        return matmul(a, b)
    left, right = [("a", k) for k in range(len(one))], [("b", k) for k in range(len(two))]
    right[-2] = left[-1]
    return contract([left, right], [*left[:-1], *right[:-2], right[-1]], [a, b])


def trace(x: Any, offset: int = 0) -> Any:
    """The sum of the diagonal of the last two axes."""
    shape = shape_of(x)
    if len(shape) < 2 or offset or shape[-1] != shape[-2]:
        return sum(diagonal(x, offset), (-1,))
    lead = list(range(len(shape) - 2))
    return contract([[*lead, "i", "i"]], lead, [x])


def diagonal(x: Any, offset: int = 0) -> Any:
    """A diagonal of the last two axes; of matrices that are not square, as long as it is."""
    shape = shape_of(x)
    if len(shape) < 2:
        raise refused(f"the diagonal of an array of shape {shape_text(shape)}", "it needs two axes", kind=ShapeError)
    rows, columns = shape[-2:]
    if offset or rows != columns:
        down, right = (max(min(k, n) if type(n) is int else k, 0) for k, n in ((-offset, rows), (offset, columns)))
        length = smaller(simplest(rows - down), simplest(columns - right))
        x = write("index", (x,), ((down, length, 1), (right, length, 1)))
    lead = list(range(len(shape) - 2))
    return contract([[*lead, "i", "i"]], [*lead, "i"], [x])


def diag(x: Any, k: int = 0) -> Any:
    """NumPy's diag: a diagonal of a matrix, or the matrix of a diagonal."""
    shape = shape_of(x)
    if len(shape) == 2:
        return diagonal(x, k)
    if len(shape) != 1:
        raise refused(f"diag of an array of shape {shape_text(shape)}", "give a vector or a matrix", kind=ShapeError)
    square = contract(["i", "ij"], "ij", [x, eye(shape[0], resolve(x)[0])])
    if not k:
        return square
    whole, down, right = simplest(shape[0] + abs(k)), max(-k, 0), max(k, 0)
    return write("unindex", (square,), (((down, shape[0], 1), (right, shape[0], 1)), (whole, whole)))


# --- leaves ----------------------------------------------------------------------------------------------------------


def eye(length: Any, like: Any) -> Any:
    """The identity matrix, beside an expression or in a builder."""
    return write("eye", (), dimension(length), like if isinstance(like, Builder) else resolve(like)[0])


def arange(length: Any, like: Any) -> Any:
    """0, 1, …, length - 1."""
    return write("arange", (), dimension(length), resolve(like)[0])


def full(shape: Any, value: Any, like: Any) -> Any:
    """An array of one value."""
    lengths = shape if isinstance(shape, (tuple, list)) else (shape,)
    value = value if isinstance(value, Expr) else constant(like, value)
    return broadcast_to(value, lengths)


def size(x: Any) -> Any:
    """The number of entries as an expression, a plain int where it is known."""
    return count_of(x, shape_of(x))


def count_of(like: Any, lengths: Sequence[Any]) -> Any:
    """The product of lengths, a number or a scalar expression beside another."""
    total, builder = product(lengths), resolve(like)[0]
    return total if type(total) is int else handle(builder, builder.size(total))
