"""SciPy's Python functions on expressions: its ufuncs ask their arguments what to do, these do not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import expressions, is_symbolic, on_expressions
from edgewise.graph import FUNCTIONS, Tensor, refused
from edgewise.graph.arrays import exponential_sums
from edgewise.graph.arrays.array import entrywise
from edgewise.graph.arrays.filled import Filled
from edgewise.graph.special_functions import SPECIAL_FUNCTIONS
from edgewise.graph.tensors import tensor_functions
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.row_functions import row_call
from edgewise.ops import TENSORS

__all__ = ["TABLES"]


def _row(function: Callable[..., Any]) -> Callable[..., Any]:
    return on_expressions(function, _given)


def _given(value: Any) -> Any:
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bool):  # a factor, and whether it is lower
        return _given(value[0]), value[1]
    return expressions(value) if is_symbolic(value) else value


_BY_EIGENVALUES: Final = "of a symmetric matrix write w, V = np.linalg.eigh(A) and (V*{}) @ V.T"
_INSTEAD: Final[Mapping[str, str]] = {
    "sqrtm": _BY_EIGENVALUES.format("np.sqrt(w)"), "logm": _BY_EIGENVALUES.format("np.log(w)"),
    "fractional_matrix_power": _BY_EIGENVALUES.format("w**p"), "signm": _BY_EIGENVALUES.format("np.sign(w)"),
    "cosm": _BY_EIGENVALUES.format("np.cos(w)"), "sinm": _BY_EIGENVALUES.format("np.sin(w)"),
    "qr": "write np.linalg.cholesky(A.T @ A), whose factor is R.T up to signs",
    "lu": "write np.linalg.solve, np.linalg.det or np.linalg.slogdet, which need no factors",
    "lu_factor": "write np.linalg.solve(A, b)", "lu_solve": "write np.linalg.solve(A, b)",
    "polar": "write U, _, Vh = np.linalg.svd(A, full_matrices=False) and U @ Vh",
}  # fmt: skip
"""What to write instead of a function of a matrix."""


def _refusal(module: str, name: str) -> Callable[..., Any]:
    def call(original: Any, *args: Any, **options: Any) -> Any:
        if is_symbolic([*args, *options.values()]):
            raise refused(
                f"{module}.{name} of an expression has no graph",
                _INSTEAD.get(name, "compose it of operations that have one, or define it with edgewise.op"),
            )
        return original(*args, **options)

    return call


def _rows(module: ModuleType, known: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    """Every public Python function of a module: ours, or a refusal of expressions."""
    rows: dict[str, Any] = {}
    for name in getattr(module, "__all__", ()):
        value = getattr(module, name, None)
        if callable(value) and not isinstance(value, (np.ufunc, type)):
            rows[name] = _row(known[name]) if name in known else _refusal(module.__name__, name)
    return rows


# --- scipy.special ---------------------------------------------------------------------------------------------------


def _sums(x: Any) -> Any:
    """The sums of exponentials of a tensor, or of an array of scalars."""
    return tensor_functions if isinstance(x, Tensor) else exponential_sums


def _logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: bool = False, return_sign: bool = False) -> Any:
    if return_sign:
        raise refused("scipy.special.logsumexp with return_sign=True", "write the sum of exponentials yourself")
    if b is None:
        return _sums(a).logsumexp(a, axis, keepdims=keepdims)
    if not is_symbolic(b) and np.all(np.asarray(b) > 0):
        return _logsumexp(a + np.log(b), axis, keepdims=keepdims)
    a = a + 0 * b  # of one shape
    largest = np.max(a, axis=axis, keepdims=True)
    total = np.log(np.sum(b * np.exp(a - largest), axis=axis, keepdims=True)) + largest
    return total if keepdims else np.sum(total, axis=axis)


def _softmax(x: Any, axis: Any = None) -> Any:
    if isinstance(x, Tensor) and axis is None:
        return tensor_functions.softmax(x.reshape(-1), -1).reshape(x.shape)
    return _sums(x).softmax(x, axis)


def _multigammaln(a: Any, d: int) -> Any:
    return sum((FUNCTIONS["lgamma"](a - j / 2) for j in range(d)), d * (d - 1) / 4 * float(np.log(np.pi)))


def _special(name: str) -> Callable[..., Any]:
    return entrywise(SPECIAL_FUNCTIONS[name])


def _where_counted(N: Any, k: Any, value: Any) -> Any:
    """SciPy counts nothing where k is larger than N, or one of them is negative."""
    if isinstance(k, int) and k < 0:
        return 0 * N
    counted = k <= N if isinstance(k, int) else (k <= N) & (k >= 0)
    return np.where(counted, value, 0)


def _comb(N: Any, k: Any, *, exact: bool = False, repetition: bool = False) -> Any:
    if repetition:
        return _comb(N + k - 1, k)
    if not isinstance(k, int):
        return _where_counted(N, k, _special("binom")(N, k))
    return _where_counted(N, k, math.prod((N - j) / (j + 1) for j in range(k)))  # a polynomial


def _perm(N: Any, k: Any, exact: bool = False) -> Any:
    if not isinstance(k, int):
        return _where_counted(N, k, _special("falling")(N, k))
    return _where_counted(N, k, math.prod(N - j for j in range(k)))


def _factorial(n: Any, exact: bool = False, extend: str = "zero") -> Any:
    return FUNCTIONS["gamma"](n + 1)


def _spherical(name: str) -> Callable[..., Any]:
    def call(n: Any, z: Any, derivative: bool = False) -> Any:
        if derivative:
            raise refused(f"scipy.special.{name} with derivative=True", "leave it to edgewise to differentiate")
        return FUNCTIONS[name](n, z) if name in FUNCTIONS else entrywise(partial(SPECIAL_FUNCTIONS[name], n))(z)

    return call


def _bessels_slope(name: str, sign: int, whole: int = 1) -> Callable[..., Any]:
    """The n-th derivative of a Bessel function, by those of orders beside it (DLMF 10.6.7 and 10.29.5)."""

    def call(v: Any, z: Any, n: int = 1) -> Any:
        if is_symbolic([v, n]):
            raise refused(f"scipy.special.{name} of an order that is an expression", "give one number")
        terms = (sign**k * math.comb(n, k) * FUNCTIONS[_BESSEL[name]](v - n + 2 * k, z) for k in range(n + 1))
        return whole**n * sum(terms) / 2**n

    return call


_BESSEL: Final = {"jvp": "besselj", "yvp": "bessely", "ivp": "besseli", "kvp": "besselk"}


def _lambertw(z: Any, k: Any = 0, tol: float = 1e-8) -> Any:
    """The real branches; SciPy's numbers are complex."""
    if k not in (0, -1):
        raise refused(f"scipy.special.lambertw on the branch {k!r:.40} is complex", "use the branches 0 and -1")
    return FUNCTIONS["lambertwm1" if k else "lambertw"](z)


def _zeta(x: Any, q: Any = None, out: Any = None) -> Any:
    return _special("zeta")(x) if q is None else FUNCTIONS["hurwitz_zeta"](x, q)


_SPECIAL: Final[Mapping[str, Callable[..., Any]]] = {
    "logsumexp": _logsumexp, "softmax": _softmax, "multigammaln": _multigammaln,
    "log_softmax": lambda x, axis=None: _sums(x).log_softmax(x, axis),
    "comb": _comb, "perm": _perm, "factorial": _factorial,
    **{name: _spherical(name) for name in ("spherical_jn", "spherical_yn", "spherical_kn")},
    "jvp": _bessels_slope("jvp", -1), "yvp": _bessels_slope("yvp", -1), "ivp": _bessels_slope("ivp", 1),
    "kvp": _bessels_slope("kvp", 1, -1), "sinc": lambda x: np.sinc(x), "lambertw": _lambertw, "zeta": _zeta,
    "polygamma": lambda n, x: FUNCTIONS["polygamma"](n, x), "softplus": lambda x: FUNCTIONS["softplus"](x),
}  # fmt: skip


# --- scipy.linalg ----------------------------------------------------------------------------------------------------


def _cholesky(a: Any, lower: bool = False, overwrite_a: bool = False, check_finite: bool = True) -> Any:
    if lower:
        return np.linalg.cholesky(a)
    return np.swapaxes(np.linalg.cholesky(np.swapaxes(a, -1, -2)), -1, -2)  # of the upper triangle, as SciPy reads


def _cho_factor(a: Any, lower: bool = False, **options: Any) -> Any:
    _only("cho_factor", options)
    return _cholesky(a, lower), lower


def _only(name: str, options: Mapping[str, Any]) -> None:
    """Refuse the options that change what is computed; the others say how, or what may be overwritten."""
    for key, value in options.items():
        if key not in _HOW and value not in _WHOLE_MATRIX:
            raise refused(
                f"scipy.linalg.{name} with {key}={value!r:.40}", "leave it away, and write what it stands for"
            )


_HOW: Final = frozenset(("overwrite_a", "overwrite_b", "check_finite", "driver", "turbo", "lapack_driver"))
_WHOLE_MATRIX: Final = (
    None, False, "gen", "sym", "her", "pos", "general", "symmetric", "hermitian", "positive definite",
)  # fmt: skip
"""Values of options, as of assume_a, by which all of a matrix is read."""


def _cho_solve(c_and_lower: Any, b: Any, **options: Any) -> Any:
    _only("cho_solve", options)
    factor, lower = c_and_lower
    other = np.swapaxes(factor, -1, -2)
    first, second = (factor, other) if lower else (other, factor)
    return _solve_triangular(second, _solve_triangular(first, b, lower=True), lower=False)


def _solve_triangular(
    a: Any, b: Any, trans: Any = 0, lower: bool = False, unit_diagonal: bool = False, **options: Any
) -> Any:
    _only("solve_triangular", options)
    if trans not in (0, "N"):
        a, lower = np.swapaxes(a, -1, -2), not lower
    if unit_diagonal:  # what stands on it is not read
        ones = t.eye(t.shape_of(a)[-1], a) if isinstance(a, Tensor) else np.eye(len(a))
        a = (np.tril(a, -1) if lower else np.triu(a, 1)) + ones
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        return tensor_functions.solve_triangular(a, b, lower)
    rows = range(len(a)) if lower else range(len(a))[::-1]
    x: list[Any] = [None] * len(a)
    for i in rows:
        known = range(i) if lower else range(i + 1, len(a))
        x[i] = (b[i] - sum(a[i, j] * x[j] for j in known)) / a[i, i]
    return expressions(x)


def _eigvalsh(a: Any, b: Any = None, *, lower: bool = True, **options: Any) -> Any:
    return _eigh(a, b, lower=lower, eigvals_only=True, **options)


def _eigh(a: Any, b: Any = None, *, lower: bool = True, eigvals_only: bool = False, **options: Any) -> Any:
    _only("eigh", options)
    if b is not None:
        raise refused("scipy.linalg.eigh of two matrices", "whiten the first by the Cholesky factor of the second")
    side: Any = "L" if lower else "U"
    return np.linalg.eigvalsh(a, side) if eigvals_only else tuple(np.linalg.eigh(a, side))


def _svd(a: Any, full_matrices: bool = True, compute_uv: bool = True, **options: Any) -> Any:
    _only("svd", options)
    svd: Callable[..., Any] = np.linalg.svd
    found = svd(a, full_matrices, compute_uv)
    return tuple(found) if compute_uv else found


def _block_diag(*arrays: Any) -> Any:
    blocks = [np.atleast_2d(block) for block in arrays]
    shapes = [t.shape_of(block) for block in blocks]
    whole = Filled(np.zeros([sum(shape[k] for shape in shapes) for k in (0, 1)]))
    row = column = 0
    for block, (rows, columns) in zip(blocks, shapes, strict=True):
        whole[row : row + rows, column : column + columns] = block
        row, column = row + rows, column + columns
    return whole


def _toeplitz(c: Any, r: Any = None) -> Any:
    r = c if r is None else r
    rows, columns = len(c), len(r)
    return expressions([[c[i - j] if i >= j else r[j - i] for j in range(columns)] for i in range(rows)])


def _circulant(c: Any) -> Any:
    return expressions([[c[(i - j) % len(c)] for j in range(len(c))] for i in range(len(c))])


def _hankel(c: Any, r: Any = None) -> Any:
    rows, columns = len(c), len(c if r is None else r)
    below = [0.0] * (columns - 1) if r is None else [r[k] for k in range(1, columns)]
    entries = [*(c[k] for k in range(rows)), *below]
    return expressions([entries[i : i + columns] for i in range(rows)])


def _as_numpys(name: str, arity: int, *shared: str) -> Callable[..., Any]:
    """NumPy's function of the same name, arguments and some options."""

    def call(*args: Any, **options: Any) -> Any:
        kept = {key: options.pop(key) for key in shared if key in options}
        _only(name, options if len(args) <= arity else {**options, "more arguments": args[arity:]})
        return getattr(np.linalg, name)(*args, **kept)

    return call


_LINALG: Final[Mapping[str, Callable[..., Any]]] = {
    **{row.scipy.removeprefix("linalg."): row_call(row) for row in TENSORS if row.scipy.startswith("linalg.")},
    **{name: _as_numpys(name, 1) for name in ("inv", "det", "pinv")}, "eigvalsh": _eigvalsh,
    **{name: _as_numpys(name, 2) for name in ("solve", "lstsq")},
    "norm": _as_numpys("norm", 4, "ord", "axis", "keepdims"),
    "cholesky": _cholesky, "cho_factor": _cho_factor, "cho_solve": _cho_solve, "eigh": _eigh,
    "solve_triangular": _solve_triangular, "block_diag": _block_diag, "toeplitz": _toeplitz,
    "circulant": _circulant, "hankel": _hankel, "svdvals": lambda a, **_: np.linalg.svd(a, compute_uv=False),
    "svd": _svd,
}  # fmt: skip

TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {
    "scipy.special": partial(_rows, known=_SPECIAL), "scipy.linalg": partial(_rows, known=_LINALG),
}  # fmt: skip
"""Module → what its names do while a function is traced."""
