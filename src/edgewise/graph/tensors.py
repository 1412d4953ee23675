"""Functions of tensors: each writes one or a few nodes. Front ends and rules of differentiation are written in them."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from edgewise.errors import ShapeError, UnsupportedError
from edgewise.graph.builder import Builder, user_line
from edgewise.graph.expr import Expr, apply, handle, meet, resolve
from edgewise.ops import Contraction, broadcast, dimension, lettered, product, shape_text, simplest, tensor_op

__all__ = [
    "amax", "amin", "applied", "apply", "arange", "broadcast_to", "cholesky", "clip", "concatenate", "constant",
    "contract", "contract_differential", "contract_transposed", "conv", "cumsum", "det", "diag", "diagonal", "dot",
    "eigenvectors", "eigvalsh", "einsum", "expanded", "eye", "full", "getitem", "index", "inv", "logdet", "logsumexp",
    "matmul", "matvec", "mean", "moved", "norm", "number", "one_hot", "others", "outer", "over", "overlap", "pad",
    "permuted", "pinv", "prod", "reshape", "reshaped", "running", "shape_of", "size", "softmax", "solve",
    "solve_triangular", "squeezed", "stack", "sum", "sum_to", "swapaxes", "symmetric", "take", "taken", "trace",
    "transpose", "transposed", "tril", "triu", "unindex", "unit", "untake", "var", "windows", "write",
]  # fmt: skip

# --- nodes -----------------------------------------------------------------------------------------------------------


def write(name: str, args: Sequence[Any], parameter: Any = None, builder: Builder | None = None) -> Any:
    """A node of the tensor table on expressions, arrays and numbers."""
    home = meet(args, builder)
    if home is None:
        raise UnsupportedError(f"{name} got no expression", hint="pass an edgewise tensor, or call NumPy on numbers")
    nodes = [node_of(home, arg) for arg in args]
    return handle(home, home.add(home.code(tensor_op(name)), nodes, parameter))


def node_of(builder: Builder, value: Any) -> int:
    """The node of an expression, a number or an array of numbers."""
    if isinstance(value, Expr):
        return resolve(value)[1]
    if isinstance(value, (list, tuple)):
        value = np.asarray(value)
    return builder.constant(value)


def constant(like: Any, value: Any) -> Any:
    """A number or array as an expression beside another."""
    builder, _ = resolve(like)
    return handle(builder, node_of(builder, value))


def shape_of(value: Any) -> Any:
    """The shape of an expression, an array or a number."""
    return value.shape if isinstance(value, Expr) and hasattr(value, "shape") else np.shape(value)


def number(length: Any, what: str) -> int:
    """A dimension that has to be a number."""
    if type(length) is not int:
        raise UnsupportedError(
            f"{what} of the named dimension {length}, which has no number yet",
            hint="declare the input with a number for this dimension, or write it with whole-array functions",
            line=user_line(),
        )
    return length


def _axis(axis: Any, rank: int) -> int:
    """An axis counted from the end."""
    k = operator.index(axis)
    if not -rank <= k < rank:
        raise ShapeError(
            f"axis {k} of {rank} axes", hint="count axes from 0, or from the end with -1", line=user_line()
        )
    return k if k < 0 else k - rank


def _axes(axis: Any, rank: int) -> tuple[int, ...]:
    """Axes counted from the end, in order; None means all of them."""
    if axis is None:
        return tuple(range(-rank, 0))
    given = axis if isinstance(axis, (tuple, list)) else (axis,)
    return tuple(sorted({_axis(k, rank) for k in given}))


def over(function: Callable[..., Any], x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """A reduction with NumPy's way of naming axes."""
    axes = _axes(axis, len(shape_of(x)))
    if not axes and function is not norm:
        return x
    result = function(x, axes)
    return expanded(result, axes) if keepdims else result


# --- index notation --------------------------------------------------------------------------------------------------


def contract(inputs: Sequence[Sequence[Any]], output: Sequence[Any], args: Sequence[Any], sizes: Any = None) -> Any:
    """A contraction with any hashable indices."""
    return write("contract", args, lettered(inputs, output, sizes or {}))


def einsum(text: Any, *args: Any, **_: Any) -> Any:
    """`numpy.einsum`, with subscripts as text; `...` stands for the axes not named."""
    if not isinstance(text, str):
        raise UnsupportedError("einsum with lists of axes", hint='write the subscripts as text, "ij,jk->ik"')
    left, arrow, output = text.replace(" ", "").partition("->")
    parts = left.split(",")
    if len(parts) != len(args):
        raise ShapeError(f"einsum {text!r} has {len(parts)} parts for {len(args)} arguments", line=user_line())
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
        raise ShapeError(
            f"einsum {text!r}: the output has the index {(unknown or ['twice'])[0]!r}",
            hint="each index of the output stands once, and in some argument",
            line=user_line(),
        )
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
    order = [_axis(k, rank) % rank for k in given] if given and given[0] is not None else list(range(rank))[::-1]
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
    a, b = _axis(first, rank), _axis(second, rank)
    order[a], order[b] = order[b], order[a]
    return permuted(x, order)


def moved(x: Any, source: int, target: int) -> Any:
    """One axis moved to another place."""
    rank = len(shape_of(x))
    order = list(range(rank))
    axis = order.pop(_axis(source, rank))
    order.insert(_axis(target, rank) % rank, axis)
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
        gone = {k % len(shape) for k in _axes(axis, len(shape))}
        if any(shape[k] != 1 for k in gone):
            raise ShapeError(f"squeeze of an axis of {shape_text(shape)} that is not 1 long", line=user_line())
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
        raise ShapeError(f"broadcast_to from {shape_text(have)} to {shape_text(wanted)}", line=user_line())
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
        raise ShapeError(
            f"matmul of the shapes {shape_text(one)} and {shape_text(two)}: {one[-1]} and "
            f"{two[-1] if vectors[1] else two[-2]} differ",
            hint="the last axis of the left is summed with the last but one of the right; transpose one of them",
            line=user_line(),
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


def outer(a: Any, b: Any) -> Any:
    """All products of the entries of two arrays, each taken as one vector."""
    a, b = (value if len(shape_of(value)) == 1 else reshaped(value, (-1,)) for value in (a, b))
    return contract(["i", "j"], "ij", [a, b])


def trace(x: Any, offset: int = 0) -> Any:
    """The sum of the diagonal of the last two axes."""
    shape = shape_of(x)
    if len(shape) < 2 or offset or shape[-1] != shape[-2]:
        return over(sum, diagonal(x, offset), -1)
    lead = list(range(len(shape) - 2))
    return contract([[*lead, "i", "i"]], lead, [x])


def diagonal(x: Any, offset: int = 0) -> Any:
    """The diagonal of the last two axes."""
    shape = shape_of(x)
    if len(shape) < 2 or offset or shape[-1] != shape[-2]:
        raise ShapeError(
            f"the diagonal {offset or ''} of an array of shape {shape_text(shape)}",
            hint="the main diagonal of square matrices is one operation; slice for any other",
            line=user_line(),
        )
    lead = list(range(len(shape) - 2))
    return contract([[*lead, "i", "i"]], [*lead, "i"], [x])


def diag(x: Any, k: int = 0) -> Any:
    """NumPy's diag: the diagonal of a matrix, or the matrix of a diagonal."""
    if len(shape_of(x)) == 2:
        return diagonal(x, k)
    if k or len(shape_of(x)) != 1:
        raise ShapeError(f"diag of an array of shape {shape_text(shape_of(x))} at {k}", line=user_line())
    return contract(["i", "ij"], "ij", [x, eye(shape_of(x)[0], resolve(x)[0])])


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
    return _count(x, shape_of(x))


def _count(like: Any, lengths: Sequence[Any]) -> Any:
    total = product(lengths)
    if type(total) is int:
        return total
    builder, _ = resolve(like)
    return handle(builder, builder.size(total))


# --- shape -----------------------------------------------------------------------------------------------------------


def reshape(x: Any, rank: int, shape: Sequence[Any]) -> Any:
    """The last `rank` axes in another shape."""
    old = shape_of(x)
    if old[len(old) - rank :] == tuple(shape):
        return x
    return write("reshape", (x,), (rank, tuple(shape)))


def reshaped(x: Any, shape: Any, order: str = "C") -> Any:
    """NumPy's reshape, row by row; one length may be -1."""
    if order != "C":
        raise UnsupportedError(f"reshape with order={order!r}", hint="transpose first", line=user_line())
    given = list(shape) if isinstance(shape, (tuple, list)) else [shape]
    old = shape_of(x)
    unknown = [k for k, length in enumerate(given) if isinstance(length, (int, np.integer)) and length == -1]
    lengths = [1 if k in unknown else dimension(length) for k, length in enumerate(given)]
    if len(unknown) == 1:
        lengths[unknown[0]] = _quotient(product(old), product(lengths), old, given)
    return reshape(x, len(old), lengths)


def _quotient(total: Any, rest: Any, old: Any, given: Any) -> Any:
    if type(total) is int and type(rest) is int:
        if rest and total % rest == 0:
            return total // rest
    else:
        import sympy as sp

        found = sp.cancel(total / rest)
        if sp.denom(found) == 1:
            return simplest(found)
    raise ShapeError(
        f"reshape from {shape_text(old)} to {tuple(given)}: {rest} does not divide {total}",
        hint="give every length",
        line=user_line(),
    )


def _whole(length: Any) -> tuple[Any, Any, int]:
    return 0, length, 1


def index(x: Any, spec: Sequence[tuple[Any, ...]]) -> Any:
    """Ranges (start, length, step) and single places (place,) of the last axes."""
    old = shape_of(x)
    if all(entry == _whole(length) for entry, length in zip(spec, old[len(old) - len(spec) :], strict=True)):
        return x
    return write("index", (x,), tuple(spec))


def unindex(x: Any, spec: Sequence[tuple[Any, ...]], shape: Sequence[Any]) -> Any:
    """Zeros of a shape with x at ranges and single places."""
    if all(entry == _whole(length) for entry, length in zip(spec, shape, strict=True)):
        return x
    return write("unindex", (x,), (tuple(spec), tuple(shape)))


def getitem(x: Any, key: Any) -> Any:
    """x[key] with numbers, slices, `...`, None, and arrays or tensors of whole numbers for one axis."""
    keys = list(key) if isinstance(key, tuple) else [key]
    shape = shape_of(x)
    if any(_is_mask(x, k) for k in keys):
        raise UnsupportedError(
            "a tensor is indexed by a condition: which entries those are, and how many, depends on the data",
            hint="write np.where(condition, a, b), which keeps the shape",
            line=user_line(),
        )
    used = builtins.sum(1 for k in keys if k is not None and k is not Ellipsis)
    if used > len(shape):
        raise ShapeError(f"{used} indices for an array of shape {shape_text(shape)}", line=user_line())
    place = next((n for n, k in enumerate(keys) if k is Ellipsis), len(keys))
    keys[place : place + 1] = [slice(None)] * (len(shape) - used)
    spec: list[tuple[Any, ...]] = []
    taking: list[tuple[int, Any]] = []  # axis of what is left, places
    new: list[int] = []
    kept = 0
    axis = 0
    for k in keys:
        if k is None:
            new.append(kept + len(new))
            continue
        length = shape[axis]
        axis += 1
        if isinstance(k, slice):
            spec.append(_range(k, length))
            kept += 1
        elif isinstance(k, (int, np.integer)) and not isinstance(k, bool):
            spec.append((_place(int(k), length),))
        else:
            spec.append(_whole(length))
            taking.append((kept, k))
            kept += 1
    if len(taking) > 1:
        raise UnsupportedError(
            "a tensor is indexed by arrays along several axes", hint="reshape, and index one axis", line=user_line()
        )
    result = index(x, spec)
    for at, places in taking:
        result = taken(result, places, at)
    rank = len(shape_of(result)) + len(new)
    return expanded(result, [k - rank for k in new]) if new else result


def _is_mask(x: Any, key: Any) -> bool:
    if isinstance(key, Expr):
        builder, node = resolve(key)
        from edgewise.ops import op_of_code

        return op_of_code(builder.nodes[node][0], tuple(builder.custom)).boolean
    return isinstance(key, (bool, np.bool_)) or (isinstance(key, np.ndarray) and key.dtype == bool)


def _place(k: int, length: Any) -> Any:
    if type(length) is int and not -length <= k < length:
        raise ShapeError(
            f"index {k} of an axis of length {length}",
            hint="count from 0, or from the end with negative numbers",
            line=user_line(),
        )
    return k if k >= 0 else simplest(length + k)


def _range(key: slice, length: Any) -> tuple[Any, Any, int]:
    step = 1 if key.step is None else operator.index(key.step)
    if type(length) is int and all(
        part is None or isinstance(part, (int, np.integer)) for part in (key.start, key.stop)
    ):
        start, stop, step = slice(key.start, key.stop, step).indices(length)
        return start, len(range(start, stop, step)), step
    if abs(step) != 1:
        raise UnsupportedError(
            f"every {step}th entry of the named dimension {length}",
            hint="reshape the axis into two, or declare its length as a number",
            line=user_line(),
        )

    def bound(part: Any, otherwise: Any) -> Any:
        if part is None:
            return otherwise
        part = part if hasattr(part, "free_symbols") else operator.index(part)
        return simplest(length + part) if isinstance(part, int) and part < 0 else part

    if step < 0:
        if key.start is not None or key.stop is not None:
            raise UnsupportedError(
                f"a range of the named dimension {length} in reverse", hint="slice first, then write [::-1]"
            )
        return simplest(length - 1), length, -1
    start, stop = bound(key.start, 0), bound(key.stop, length)
    return start, simplest(stop - start), 1


def take(x: Any, where: Any, axis: int) -> Any:
    """The entries at places `where` of an axis counted from the end."""
    return write("take", (x, where), axis)


def untake(x: Any, where: Any, axis: int, length: Any) -> Any:
    """The transpose of `take`."""
    return write("untake", (x, where), (axis, length))


def taken(x: Any, where: Any, axis: Any = None) -> Any:
    """NumPy's take."""
    if not isinstance(where, Expr):
        where = np.asarray(where)
        if where.dtype.kind not in "iu":
            raise UnsupportedError(f"an index of type {where.dtype}", hint="use whole numbers", line=user_line())
    if axis is None:
        x, axis = reshaped(x, (-1,)), 0
    k = _axis(axis, len(shape_of(x)))
    length = shape_of(x)[k]
    if not isinstance(where, Expr):
        if type(length) is int and where.size and (where.min() < -length or where.max() >= length):
            raise ShapeError(f"an index of an axis of length {length} is outside it", line=user_line())
        if where.size and where.min() < 0:
            where = np.where(where < 0, where + number(length, "a negative place"), where)
    return take(x, where, k)


def concatenate(pieces: Sequence[Any], axis: Any = 0) -> Any:
    """Arrays behind each other along an axis."""
    listed = list(pieces)
    if axis is None:
        listed, axis = [reshaped(piece, (-1,)) for piece in listed], 0
    if len(listed) == 1:
        return listed[0]
    return write("concatenate", listed, _axis(axis, len(shape_of(listed[0]))))


def stack(pieces: Sequence[Any], axis: int = 0) -> Any:
    """Arrays beside each other along a new axis."""
    listed = list(pieces)
    shapes = {tuple(shape_of(piece)) for piece in listed}
    if len(shapes) != 1:
        raise ShapeError(
            f"stack of the shapes {' and '.join(map(shape_text, sorted(shapes, key=str)))}",
            hint="all are equal",
            line=user_line(),
        )
    rank = len(shapes.pop()) + 1
    home = next(piece for piece in listed if isinstance(piece, Expr))
    k = _axis(axis, rank)
    return concatenate([expanded(p if isinstance(p, Expr) else constant(home, p), (k,)) for p in listed], k)


def pad(x: Any, width: Any, mode: str = "constant", constant_values: Any = 0) -> Any:
    """NumPy's pad with a constant."""
    if mode != "constant":
        raise UnsupportedError(f"pad with mode={mode!r}", hint="concatenate what is to stand there", line=user_line())
    shape = shape_of(x)
    pairs = [tuple(int(v) for v in pair) for pair in np.broadcast_to(np.asarray(width), (len(shape), 2))]
    spec = [(before, length, 1) for (before, _), length in zip(pairs, shape, strict=True)]
    whole = [simplest(length + before + after) for (before, after), length in zip(pairs, shape, strict=True)]
    if isinstance(constant_values, (int, float)) and constant_values == 0:
        return unindex(x, spec, whole)
    return unindex(x - constant_values, spec, whole) + constant_values


# --- reductions, matrices: names of the table ----------------------------------------------------------------------


def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The mean over axes."""
    axes = _axes(axis, len(shape_of(x)))
    if not axes:
        return x
    total = sum(x, axes) / _count(x, [shape_of(x)[k] for k in axes])
    return expanded(total, axes) if keepdims else total


def var(x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """The variance over axes: the mean of the squared distances from the mean."""
    axes = _axes(axis, len(shape_of(x)))
    squares = (x - mean(x, axes, True)) ** 2
    if not ddof:
        return mean(squares, axes, keepdims)
    count = _count(x, [simplest(product(shape_of(x)[k] for k in axes) - ddof)])
    total = sum(squares, axes) / count
    return expanded(total, axes) if keepdims else total


def running(x: Any, axis: Any = None) -> Any:
    """NumPy's cumsum."""
    if axis is None:
        x, axis = reshaped(x, (-1,)), 0
    return cumsum(x, _axis(axis, len(shape_of(x))))


def cumsum(x: Any, axis: int, reverse: bool = False) -> Any:
    """Running sums along an axis, from its end where `reverse`."""
    return write("cumsum", (x,), (axis, reverse))


def prod(x: Any, axes: Any) -> Any:
    """The product over axes counted from the end, one axis after the other."""
    for k in sorted(axes if isinstance(axes, tuple) else (axes,)):
        # What stands before an axis counted from the end keeps its place when it goes.
        x = write("prod", (x,), k)
    return x


def _named(name: str) -> Callable[..., Any]:
    row = tensor_op(name)

    def function(*args: Any) -> Any:
        given = len(row.args)
        return write(name, args[:given], args[given] if len(args) > given else None)

    function.__name__ = name
    function.__doc__ = row.doc[0].upper() + row.doc[1:] + "."
    return function


inv, det, logdet, cholesky, pinv = map(_named, ("inv", "det", "logdet", "cholesky", "pinv"))
eigvalsh, eigenvectors = map(_named, ("eigvalsh", "eigenvectors"))
softmax, logsumexp, amax, amin = map(_named, ("softmax", "logsumexp", "amax", "amin"))
others, norm, unit, windows, overlap = map(_named, ("others", "norm", "unit", "windows", "overlap"))


def tril(x: Any, k: int = 0) -> Any:
    """The lower triangle, up to the k-th diagonal."""
    return write("tril", (x,), k)


def triu(x: Any, k: int = 0) -> Any:
    """The upper triangle, from the k-th diagonal on."""
    return write("triu", (x,), k)


def solve(a: Any, b: Any, rank: int | None = None) -> Any:
    """inv(a) @ b; b is a vector (rank 1) or a matrix."""
    return write("solve", (a, b), rank or min(len(shape_of(b)), 2))


def solve_triangular(a: Any, b: Any, lower: bool = True, rank: int | None = None) -> Any:
    """inv(a) @ b for a lower or upper triangular matrix."""
    return write("solve_triangular", (a, b), (bool(lower), rank or min(len(shape_of(b)), 2)))


def symmetric(x: Any) -> Any:
    """The symmetric part of matrices."""
    return (x + transposed(x)) / 2


def one_hot(where: Any, length: Any) -> Any:
    """Rows with a 1 at the given places, else 0."""
    places = expanded(where, (-1,))
    return apply("eq", places, arange(length, where)) * 1.0


def clip(x: Any, low: Any = None, high: Any = None) -> Any:
    """NumPy's clip."""
    if low is not None and high is not None:
        return apply("clip", x, low, high)
    return apply("max", x, low) if high is None else apply("min", x, high)


def conv(x: Any, kernel: Any, axes: int) -> Any:
    """The convolution of the last axes where the kernel lies inside: a contraction over windows, the kernel reversed.

    x may have axes in front, which are kept.
    """
    sizes = shape_of(kernel)
    if len(sizes) != axes or len(shape_of(x)) < axes:
        raise ShapeError(
            f"conv{axes}d of the shapes {shape_text(shape_of(x))} and {shape_text(sizes)}",
            hint=f"the kernel has {axes} axes, and the array at least as many",
            line=user_line(),
        )
    lead = list(range(len(shape_of(x)) - axes))
    places, offsets = [("at", k) for k in range(axes)], [("off", k) for k in range(axes)]
    flipped = index(kernel, [(simplest(length - 1), length, -1) for length in sizes])
    return contract([[*lead, *places, *offsets], offsets], [*lead, *places], [windows(x, tuple(sizes)), flipped])
