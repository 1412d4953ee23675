"""NumPy's functions on arrays of scalar expressions that its own code cannot do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays.alike import ALIKE
from edgewise.graph.arrays.array import ExprArray, as_expressions, chosen, in_type, plain, result, two_branches
from edgewise.graph.arrays.padding import padded
from edgewise.graph.arrays.refused_functions import REFUSED, refusal_of
from edgewise.graph.arrays.small_matrices import Array, by_squaring, cholesky, determinant, inverse, solution
from edgewise.graph.composed import numeric_or_symbolic
from edgewise.graph.expr import Expr, apply
from edgewise.graph.refused import refused
from edgewise.ops import PI

__all__ = ["FUNCTIONS"]

LARGEST: Final = 16
"""The largest matrix that is eliminated entry by entry; larger ones are for tensors."""

# --- selections -------------------------------------------------------------------------------------------------


def _where(condition: Any, *branches: Any) -> Any:
    two_branches(branches)
    return result(chosen(plain(condition), *map(plain, branches)))


def _clip(x: Any, a_min: Any = None, a_max: Any = None, out: Any = None, *, min: Any = None, max: Any = None) -> Any:
    low, high = a_min if min is None else min, a_max if max is None else max
    if low is None and high is None:
        return x
    if low is None or high is None:
        name, bound = ("max", low) if high is None else ("min", high)
        found = np.frompyfunc(numeric_or_symbolic(name), 2, 1)(plain(x), plain(bound))
    else:
        found = np.frompyfunc(numeric_or_symbolic("clip"), 3, 1)(plain(x), plain(low), plain(high))
    return result(found)


def _sinc(x: Any) -> Any:
    # NumPy's sinc is normalised: sin(pi x)/(pi x).
    return result(np.frompyfunc(lambda v: apply("sinc", PI * v) if isinstance(v, Expr) else np.sinc(v), 1, 1)(plain(x)))


def _average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False, *, keepdims: Any = False) -> Any:
    keep = keepdims is True
    x = as_expressions(a)
    w: Any = as_expressions(1.0 if weights is None else weights)
    if w.ndim == 1 < x.ndim and isinstance(axis, int):
        w = w.reshape([-1 if k == axis % x.ndim else 1 for k in range(x.ndim)])
    total = np.sum(np.broadcast_to(plain(w), x.shape).view(ExprArray), axis=axis, keepdims=keep)
    found = np.sum(x * w, axis=axis, keepdims=keep) / total
    return (found, total) if returned else found


def _interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Any:
    knots = plain(xp)
    if any(isinstance(knot, Expr) for knot in knots.flat) or period is not None:
        raise refused("np.interp with knots xp that are expressions, or with period=", "give xp as numbers")
    places, values = knots.astype(float), plain(fp)
    if places.ndim != 1 or values.shape != places.shape or not len(places) or (np.diff(places) <= 0).any():
        raise refused("np.interp needs as many values fp as ascending knots xp", kind=ShapeError)
    x = as_expressions(x)
    found: Any = values[-1] if right is None else right
    if len(places) > 1 or right is not None:
        found = np.where(x <= places[-1], values[-1], found)
    for k in reversed(range(len(places) - 1)):
        slope = (values[k + 1] - values[k]) / (places[k + 1] - places[k])
        found = np.where(x < places[k + 1], values[k] + slope * (x - places[k]), found)
    return result(np.where(x < places[0], values[0] if left is None else left, found))


# --- norms, products --------------------------------------------------------------------------------------------


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    # NumPy's own code turns the array into a plain one first, whose maxima ask for truth values.
    values = as_expressions(x)
    if axis is None and ord is None:
        axis = tuple(range(values.ndim))
    rank = values.ndim if axis is None else np.size(axis)
    if ord is None or (ord == "fro" and rank == 2) or (ord == 2 and rank == 1):
        return np.sqrt(np.sum(values * values, axis=axis, keepdims=keepdims))
    size = np.abs(values)
    if rank == 2 and ord in (1, -1, np.inf, -np.inf):
        rows, columns = axis or (0, 1)
        first, second = (rows, columns) if abs(ord) == 1 else (columns, rows)
        sums = np.sum(size, axis=first, keepdims=True)
        found = (np.max if ord > 0 else np.min)(sums, axis=second, keepdims=True)
        return found if keepdims else result(np.squeeze(plain(found), (rows, columns)))
    if isinstance(ord, str) or rank != 1:
        raise refused(
            f"np.linalg.norm with ord={ord!r} of shape {values.shape} has no graph of scalar nodes",
            "vector norms, fro, 1 and inf of matrices have; declare the matrix as edgewise.tensor(n, n)",
        )
    if ord == 0:
        return np.sum((values != 0) * 1.0, axis=axis, keepdims=keepdims)
    if ord in (np.inf, -np.inf):
        return (np.max if ord > 0 else np.min)(size, axis=axis, keepdims=keepdims)
    total = np.sum(size if ord == 1 else size**ord, axis=axis, keepdims=keepdims)
    return total if ord == 1 else total ** (Fraction(1, ord) if isinstance(ord, int) else 1 / ord)


def _einsum(
    *operands: Any, out: Any = None, dtype: Any = None, order: str = "K", casting: str = "safe", optimize: Any = False
) -> Any:
    subscripts, *arrays = (in_type("einsum", one, dtype) if isinstance(one, ExprArray) else one for one in operands)
    if not isinstance(subscripts, str):
        raise refused("np.einsum without a text of subscripts", 'write "ij,jk->ik"')
    return result(np.einsum(subscripts, *map(plain, arrays), optimize=optimize))


# --- linear algebra ---------------------------------------------------------------------------------------------


def _square(a: Any, name: str) -> Array:
    array = plain(a)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2]:
        raise refused(f"np.linalg.{name} of an array of shape {array.shape}", "give square matrices", kind=ShapeError)
    if array.shape[-1] > LARGEST:
        raise refused(
            f"np.linalg.{name} of a matrix of {array.shape[-1]} rows of scalar nodes",
            f"up to {LARGEST} rows are written out; declare the matrix as edgewise.tensor(n, n)",
        )
    return array


def _each(array: Array, function: Callable[[Array], Any]) -> Any:
    """A function of a matrix for each matrix of a stack."""
    if array.ndim == 2:
        return result(function(array))
    made = [function(array[place]) for place in np.ndindex(*array.shape[:-2])]
    return result(np.array(made, dtype=object).reshape(array.shape[:-2] + np.shape(made[0] if made else 0)))


def _det(a: Any) -> Any:
    return _each(_square(a, "det"), determinant)


def _slogdet(a: Any) -> Any:
    det = _det(a)
    return type(np.linalg.slogdet(np.eye(1)))(np.sign(det), np.log(np.abs(det)))


def _inv(a: Any) -> Any:
    return _each(_square(a, "inv"), inverse)


def _lstsq(a: Any, b: Any, rcond: Any = None) -> Any:
    """Of a matrix of numbers."""
    if any(isinstance(entry, Expr) for entry in plain(a).flat):
        refusal_of("linalg.lstsq", "expressions", *REFUSED["lstsq"])()
    matrix = np.asarray(a, dtype=float)
    x = np.linalg.pinv(matrix) @ b
    _, _, rank, s = np.linalg.lstsq(matrix, np.zeros(len(matrix)), rcond)
    return x, np.sum((b - matrix @ x) ** 2, axis=0, keepdims=np.ndim(b) == 1), rank, s


def _solve(a: Any, b: Any) -> Any:
    matrix, right = _square(a, "solve"), plain(b)
    vector = right.ndim == 1
    wide = right[:, None] if vector else right
    if wide.ndim < 2 or wide.shape[-2] != matrix.shape[-1]:
        raise refused(f"np.linalg.solve of the shapes {matrix.shape} and {right.shape}", kind=ShapeError)
    if matrix.ndim == wide.ndim == 2:
        found = result(solution(matrix, wide))
    else:
        lead = np.broadcast_shapes(matrix.shape[:-2], wide.shape[:-2])
        both = [np.broadcast_to(m, lead + m.shape[-2:]) for m in (matrix, wide)]
        found = _each(np.concatenate(both, axis=-1), lambda m: solution(m[:, : len(m)], m[:, len(m) :]))
    return found[..., 0] if vector else found


def _cholesky(a: Any, *, upper: bool = False) -> Any:
    found = _each(_square(np.swapaxes(a, -1, -2) if upper else a, "cholesky"), cholesky)
    return np.swapaxes(found, -1, -2) if upper else found


def _eigvalsh(a: Any, UPLO: str = "L") -> Any:
    array = _square(a, "eigvalsh")
    if array.shape[-1] > 2:
        raise refused(
            f"np.linalg.eigvalsh of a matrix of {array.shape[-1]} rows of scalar nodes",
            "declare the matrix as edgewise.tensor(n, n), whose eigenvalues have an operation",
        )

    def values(m: Array) -> Array:
        if len(m) == 1:
            return np.asarray(m[0])
        beside = m[1, 0] if UPLO == "L" else m[0, 1]
        middle = (m[0, 0] + m[1, 1]) / 2
        radius = numeric_or_symbolic("hypot")((m[0, 0] - m[1, 1]) / 2, beside)
        return np.array([middle - radius, middle + radius], dtype=object)

    return _each(array, values)


def _matrix_power(a: Any, n: int) -> Any:
    array = _square(a, "matrix_power")
    base = array if n >= 0 else plain(_inv(a))
    if n == 0:
        return result(np.broadcast_to(np.eye(array.shape[-1]), array.shape).astype(object))
    return result(by_squaring(base, abs(n), np.matmul))


def _bincount(x: Any, weights: Any = None, minlength: int = 0) -> Any:
    if any(isinstance(place, Expr) for place in plain(x).flat):
        refusal_of("bincount", "expressions", *_PLACES)()
    places = np.asarray(x)
    sums = np.zeros(max(int(places.max(initial=-1)) + 1, minlength), dtype=object)
    for place, weight in zip(places.tolist(), plain(weights).tolist(), strict=True):
        sums[place] = sums[place] + weight
    return result(sums)


_PLACES: Final = (
    "how many entries there are depends on the data", "sum a one-hot matrix: edgewise.one_hot(places, k).T @ weights"
)  # fmt: skip


def _functions() -> dict[Any, Callable[..., Any]]:
    """NumPy's functions by what they are, where the release has them."""
    written: dict[str, Callable[..., Any]] = {
        **ALIKE,
        "where": _where, "clip": _clip, "sinc": _sinc, "interp": _interp,
        "einsum": _einsum, "norm": _norm, "det": _det, "slogdet": _slogdet, "inv": _inv,
        "solve": _solve, "lstsq": _lstsq, "cholesky": _cholesky, "eigvalsh": _eigvalsh, "matrix_power": _matrix_power,
        "polymul": np.convolve, "average": _average,
        "bincount": _bincount, "pad": padded,
    }  # fmt: skip
    found = {}
    for name in (*REFUSED, *written):
        for space in (np, np.linalg):
            if hasattr(getattr(space, name, None), "_implementation"):
                full = "linalg." * (space is np.linalg) + name
                found[getattr(space, name)] = written.get(name) or refusal_of(full, "expressions", *REFUSED[name])
    return found


FUNCTIONS: Final[Mapping[Any, Callable[..., Any]]] = _functions()
"""Function of NumPy → what it writes."""
