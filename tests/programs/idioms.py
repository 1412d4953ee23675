"""The breadth of NumPy: one program for each corner, as it is met in other people's code."""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections import namedtuple
from typing import Any

import numpy as np
import scipy.linalg as sl
import scipy.special as sp

from programs import program

Array = Any


@program("A", A="d,d")
def powers_of_a_matrix(A: Array) -> Array:
    return np.trace(np.linalg.matrix_power(A, 3)) + np.linalg.multi_dot([A, A.T, A]).sum()


@program("A", "A: psd", A="d,d")
def spectrum(A: Array) -> Array:
    w = np.linalg.eigvalsh((A + A.T) / 2)
    return np.log(w).sum() + w[-1] / w[0] + np.linalg.cond(A.T @ A + np.eye(A.shape[0]))


@program("A", A="n,d")
def pseudo_inverse_fit(A: Array) -> Array:
    P = A @ np.linalg.pinv(A)
    return np.sum(P * np.arange(A.shape[0]))


@program("A b", A="n,d", b="n")
def lstsq_by_normal_equations(A: Array, b: Array) -> Array:
    x = np.linalg.lstsq(A, b, rcond=None)[0]
    return np.sum(x**3)


@program("A", A="n,d,d")
def batched_inverse_and_diagonal(A: Array) -> Array:
    M = A @ A.transpose(0, 2, 1) + 2 * np.eye(A.shape[-1])
    return np.einsum("nii->", np.linalg.inv(M)) + np.diagonal(M, axis1=1, axis2=2).prod(-1).sum()


@program("A", A="3,4,5")
def tensordot_kron_outer(A: Array) -> Array:
    B = np.tensordot(A, A, axes=([1, 2], [1, 2]))
    C = np.tensordot(A, np.arange(20.0).reshape(4, 5), 2)
    return np.sum(np.kron(B, np.outer(C, C))) + np.einsum("ijk,ljk,l->i", A, A, C).sum()


@program("A", A="4,4")
def triangles_and_diagonals(A: Array) -> Array:
    up = np.triu(A, 1) + np.tril(A, -2) + np.diag(np.diag(A) ** 2) + np.diag(np.diag(A, 1), -1)
    return (up @ up).trace(1) + np.diagflat(A[0])[2, 2] + A[np.tril_indices(4)].prod() + A[np.diag_indices(4)].sum()


@program("x", x="n,d")
def padding_modes(x: Array) -> Array:
    p = np.pad(x, 1, mode="edge") + np.pad(x, 1, mode="reflect") + np.pad(x, ((1, 1), (1, 1)), mode="wrap")
    q = np.pad(x, [(0, 2), (1, 0)], constant_values=3.0)
    return np.sum(p**2) + np.sum(q**3) + np.sum(np.pad(x[0], 2, "symmetric") ** 3)


@program("x y", x="d", y="d")
def stacks(x: Array, y: Array) -> Array:
    a = np.vstack([x, y]) @ np.column_stack((x, y))
    b = np.dstack((x, y))[0].T @ np.stack([x, y], axis=-1)
    c = np.block([[a, np.eye(2)], [np.ones((2, 2)), b]])
    return (
        np.linalg.det(c)
        + np.hstack((x, 1.0, y)).dot(np.arange(2 * len(x) + 1))
        + np.r_[x, y, 2.0].sum()
        + np.c_[x, y].prod()
    )


@program("x", x="6,4")
def splits(x: Array) -> Array:
    a, b, c = np.vsplit(x, 3)
    left, right = np.hsplit(x, [1])
    parts = np.array_split(x.ravel(), 5)
    return np.sum(a * b * c) + (left.T @ right).sum() + sum(p.prod() for p in parts)


@program("x", x="4,5", how="i: labels:5", i="4,2")
def takes(x: Array, i: Array) -> Array:
    t = np.take(x, [3, 0, 0], axis=0).sum() ** 2 + np.take(x, 7) + x.take([1, 2], axis=1).prod()
    return t + np.sum(np.take_along_axis(x, i, axis=1) ** 2) + np.choose([0, 1, 1, 0, 2], x[:3]).prod()


@program("x", x="m")
def pieces(x: Array) -> Array:
    a = np.piecewise(x, [x < -0.5, x >= 0.5], [lambda v: -v, lambda v: v**2, 0.25])
    b = np.select([x < 0, x < 1], [x**2, np.exp(x)], default=math.e)
    c = np.clip(x, -1, None) + x.clip(0.1, 0.9) + np.clip(x, a_min=-2, a_max=2) + np.heaviside(x, 0.5) * x
    return np.sum(a + b + c + np.sign(x) * x**3 + np.copysign(x**2, -x) + np.fmax(x, 0) - np.fmin(x, x[0]))


@program("x", "x: pos", x="n,d", named=False)
def running(x: Array) -> Array:
    a = np.cumsum(x, axis=1)[:, -2] + np.cumprod(x, 0)[-1, 0] + x.cumsum()[5]
    b = np.diff(x, n=2, axis=0).ravel().sum() + np.ediff1d(x[:, 0]).prod()
    c = np.maximum.accumulate(x[:, 1]) @ np.add.accumulate(x[:, 2]) + np.logaddexp.accumulate(x[0])[-1]
    return np.sum(a) * 1.5 + b**2 + c


@program("x", x="T", t="T", how="t: sorted")
def integrals(x: Array, t: Array) -> Array:
    a = np.trapezoid(x**2, t) + np.trapezoid(x, dx=0.1) ** 3
    b = np.sum((x[1:] + x[:-1]) / 2 * np.diff(t))
    simpson = 0.1 / 3 * (x[0] + 4 * x[1:-1:2].sum() + 2 * x[2:-2:2].sum() + x[-1])
    return a + b**2 + simpson**2


@program("x", x="3,4,5")
def turned(x: Array) -> Array:
    a = np.rot90(x[0]) @ np.flip(x[1], axis=0)
    b = np.moveaxis(x, 0, -1).reshape(4, -1) + np.swapaxes(x, 0, 1).reshape(4, -1, order="C")
    c = np.roll(x, (1, 2), axis=(0, 2)) * x[::-1, :, ::-1] * np.transpose(x, (2, 1, 0)).T
    d = np.fliplr(x[2]) * np.flipud(x[2]) + np.rollaxis(x, 2)[:3, 0].sum()
    return np.sum(a**2) + np.sum(b**3) + c.sum() + d.sum()


@program("x", x="n,d", named=False)
def shapes_of_views(x: Array) -> Array:
    a = x[..., None] * x[:, None, :]
    b = np.expand_dims(x, 0).squeeze(0).flatten()
    c = np.broadcast_to(x[0], x.shape) - np.tile(x[0], (x.shape[0], 1)) * np.repeat(x[:, :1], x.shape[1], axis=1)
    return a.sum((1, 2)).max() + np.reshape(b, (-1, 2)).prod(1).sum() + np.sum(c**2) + x.reshape(-1)[-1] * x.size


@program("x", x="4", y="3")
def grids(x: Array, y: Array) -> Array:
    X, Y = np.meshgrid(x, y)
    P, Q = np.meshgrid(x, y, indexing="ij")
    i, j = np.indices((3, 4))
    return np.sum(np.sin(X * Y) * (i + 2 * j)) + np.sum(P**2 * Q) + np.sum(x[np.ix_([0, 2])] ** 3)


@program("x", judge="differences", x="5,6", named=False)
def assigned_by_masks_and_steps(x: Array) -> Array:
    y = x.copy()
    y[y < 0] *= 0.1
    y[::2, 1::2] += 1
    y[1, :] = y[0, :] ** 2
    y[:, -1] -= y[:, 0]
    y[[0, 3], [1, 2]] = 5 * y[4, 4]
    y[np.eye(5, 6, dtype=bool)] = 2.0
    y[2:4] /= 3
    return np.sum(y**2)


@program("x", judge="differences", x="n", named=True)
def assigned_with_names(x: Array) -> Array:
    y = np.zeros_like(x)
    y[0] = x[0]
    y[1:] = x[1:] * x[:-1]
    y[-1] += 2 * x[-1]
    return np.sum(y**3)


@program("x", judge="differences", x="n", named=True)
def filled_by_steps(x: Array) -> Array:
    y = np.empty(2 * x.shape[0])
    y[::2] = x
    y[1::2] = -(x**2)
    return np.sum(np.cos(y) * np.arange(2 * x.shape[0]))


@program("x", x="n", named=True)
def filled_by_mask(x: Array) -> Array:
    y = np.ones(len(x))
    y[x > 0] = x[x > 0] ** 2
    z = x * 3
    z[z < -1] = -1
    return np.sum(y * 2 + z**2)


@program("x", judge="differences", x="n,d", named=True)
def matrix_by_columns_and_diagonals(x: Array) -> Array:
    M = np.zeros((x.shape[0], x.shape[1] + 1))
    M[:, 0] = 1.0
    M[:, 1:] = x**2
    M[-1, :] *= 2
    return np.sum(np.linalg.norm(M, axis=1))


@program("x", x="n,4")
def sums_with_options(x: Array) -> Array:
    mask = np.array([True, False, True, True])
    a = np.sum(x, where=mask, initial=2.0, axis=1, keepdims=True)
    b = np.prod(x, axis=0, where=x > -5) + np.max(x, axis=1, initial=-10.0, where=mask).sum()
    return np.sum(a**2) + b.sum() + np.mean(x, where=mask, axis=1)[0] + np.min(x, axis=0, keepdims=True).sum()


@program("x", x="T")
def order_statistics(x: Array) -> Array:
    q = np.quantile(x, [0.1, 0.5, 0.77]) @ np.array([1.0, 2.0, 3.0])
    return np.median(x) ** 2 + q + np.percentile(x, 30) * np.ptp(x) + np.sort(x)[::-1][1] + x[np.argsort(x)[2]]


@program("x", x="n,d")
def spread(x: Array) -> Array:
    return (
        x.std(ddof=1, axis=0).sum()
        + np.var(x, axis=(0, 1))
        + np.nanmean(x, axis=0).prod()
        + np.nanstd(x)
        + (np.corrcoef(x.T)[0, 2] + np.cov(x[:, 0], x[:, 1])[0, 1])
    )


@program("x", "x: pos", x="n")
def reduce_and_outer(x: Array) -> Array:
    a = np.multiply.reduce(x) + np.maximum.reduce(x) - np.minimum.reduce(x) + np.logaddexp.reduce(x)
    b = np.add.outer(x, x) * np.hypot.outer(x, x) + np.power.outer(x, np.arange(1, x.shape[0] + 1))
    return a + b.sum() + functools.reduce(np.logaddexp, [x[0], x[1], 1.0])


@program("x", x="5", named=False)
def python_on_arrays(x: Array) -> Array:
    Point = namedtuple("Point", "a b")
    p = Point(*x[:2])
    total = sum(a * b for a, b in itertools.combinations(x, 2)) + max(x) - min(x) + abs(p.a - p.b)
    total += sum(map(operator.mul, x, reversed(x))) + sum(list(itertools.accumulate(x, operator.add))[1:3])
    for i, (u, v) in enumerate(itertools.pairwise(x)):
        total += i * u * v**2
    d = dict(zip("abcde", x, strict=True))
    return total + d["c"] ** 2 + math.prod(x) + math.fsum(x) + float(len(x)) * x[-1].item()


@program("x", x="m", named=False)
def vectorised_by_numpy(x: Array) -> Array:
    f = np.vectorize(lambda v: v**2 + np.sin(v))
    return np.sum(f(x)) + np.apply_along_axis(lambda r: r @ r, 0, x)


@program("X", X="n,d", named=False)
def apply_along_rows(X: Array) -> Array:
    return np.apply_along_axis(lambda row: row / np.linalg.norm(row), 1, X).sum() + sum(r.max() for r in X[:3])


@program("x", x="4", named=False)
def recursion_of_determinants(x: Array) -> Array:
    def det(M: list[list[Any]]) -> Any:
        if len(M) == 1:
            return M[0][0]
        return sum((-1) ** j * M[0][j] * det([r[:j] + r[j + 1 :] for r in M[1:]]) for j in range(len(M)))

    return det([[v**k for k in range(4)] for v in x])


@program("x", x="m")
def polynomials(x: Array) -> Array:
    c = np.array([0.3, -1.0, 0.5])
    a = np.polynomial.polynomial.polyval(x, c) + np.polynomial.chebyshev.chebval(x, c) + np.polyval([1, 0, -2], x)
    return np.sum(a**2) + np.sum(np.polynomial.Polynomial([1, 2, 3])(x)) + np.poly1d([1, -1, 2])(x).sum()


@program("x", "x: pos", x="m")
def special_functions(x: Array) -> Array:
    a = sp.gamma(x) + sp.erf(x) * sp.erfc(x) + sp.j0(x) + sp.i0(x) + sp.expm1(x) + sp.log1p(x) + sp.exprel(x)
    b = sp.logit(x / 2) + sp.entr(x) + sp.rel_entr(x, 0.5) + sp.kl_div(x, 2.0) + sp.huber(1.0, x) + sp.beta(x, 2.0)
    return np.sum(a + b + sp.ndtr(x) + sp.ndtri(x / 2) + sp.poch(x, 3) + sp.digamma(x) + sp.polygamma(1, x))


@program("x", "x: pos; S: psd", S="d,d", x="d")
def scipy_linear_algebra(S: Array, x: Array) -> Array:
    c = sl.cho_factor(S, lower=True)
    y = sl.cho_solve(c, x)
    L = sl.cholesky(S, lower=True)
    z = sl.solve_triangular(L, x, lower=True)
    w = sl.solve(S, x, assume_a="pos")
    return y @ z + w @ w + sl.det(S) + sl.solve_triangular(L.T, x)[0] + sl.norm(x) + np.sum(sl.inv(S))


@program("x", x="n", named=False)
def numbers_of_python(x: Array) -> Array:
    n = len(x)
    scale = n / 2 if n > 3 else 1.0
    return scale * x.astype(float).sum() ** 2 + x.dot(x) ** (1 / n) + x.mean().item() + (x.max() - x.min()) ** 2


@program("a b", a="3", b="3", named=False)
def triple_products(a: Array, b: Array) -> Array:
    n = np.cross(a, b)
    n = n / np.linalg.norm(n)
    M = np.array([a, b, n]).T
    return np.dot(np.cross(a, [1.0, 2.0, 3.0]), b) + np.linalg.inv(M)[0, 1] + np.linalg.det(M) + np.einsum("i,i", a, b)


@program("x", x="n")
def logical_counts(x: Array) -> Array:
    inside = np.logical_and(x > -1, x < 1)
    out = np.logical_not(inside) | np.isnan(x)
    return np.sum(inside * x**2) + np.where(out, np.abs(x), 0).sum() * np.count_nonzero(inside) + np.any(x > 9) * x[0]


@program("x", x="n,d")
def nan_functions(x: Array) -> Array:
    w = np.where(x > -9, x, np.nan_to_num(x))
    return np.nansum(w**2) + np.nanmax(w, axis=0).sum() + np.nanvar(w, axis=1).sum() + np.nanmin(w) + np.nanprod(w[0])


@program("x", "x: pos", x="n")
def elementary_functions(x: Array) -> Array:
    a = np.log2(x) + np.log10(x) + np.log1p(x) + np.expm1(x) + np.exp2(x) + np.cbrt(x) + np.reciprocal(x)
    b = np.arcsinh(x) + np.arctan(x) + np.tanh(x) + np.sinc(x) + np.float_power(x, 1.5) + np.square(x) + np.negative(x)
    c = np.true_divide(1, x) + np.fabs(x) + np.deg2rad(x) + np.degrees(x) + np.arctan2(x, 2) + np.i0(x) + np.ldexp(x, 2)
    return np.sum(a * b + c) + np.sum(np.floor(x) * x + np.mod(x, 0.4) ** 2 + x % 0.3 + np.fmod(x, 0.7) + x // 0.5)


@program("x", x="n", named=True)
def closures_and_defaults(x: Array, power: float = 2.5, *, scale: float = 2.0) -> Array:
    offset = np.linspace(0, 1, x.shape[0])

    def inner(v: Array, k: float = power) -> Array:
        return scale * np.abs(v - offset) ** k

    return (lambda f: f(x).sum() + f(-x, 3).mean())(inner)


@program("A", A="n,d")
def linalg_namespace(A: Array) -> Array:
    a = np.linalg.vector_norm(A, axis=1).sum() + np.linalg.matrix_norm(A) + np.linalg.trace(A[:4])
    b = np.linalg.vecdot(A, A + 1).sum() + np.linalg.outer(A[0], A[1]).sum() + np.linalg.diagonal(A[:4]).prod()
    return (
        a + b + np.linalg.norm(A, "fro") + np.linalg.norm(A, -np.inf) + np.linalg.norm(A, 2) + np.linalg.norm(A[0], 4)
    )


@program("x", x="T", named=False)
def moving_windows(x: Array) -> Array:
    w = np.lib.stride_tricks.sliding_window_view(x, 3)
    c = np.cumsum(np.insert(x, 0, 0))
    ma = (c[3:] - c[:-3]) / 3
    return np.sum(w.max(axis=1)) + np.sum(ma**2) + np.delete(x, 2).prod() + np.append(x, [1, 2]).std()


@program("x", x="6")
def histogram_of_weights(x: Array) -> Array:
    y = np.array([0, 2, 2, 1, 0, 2])
    sums = np.bincount(y, weights=x, minlength=3)
    onehot = np.eye(3)[y]
    return np.sum(sums**2) + np.sum((onehot.T @ x) ** 3) + np.unique([3, 1, 3]).size * x[0]


@program("x", x="2,3", named=False)
def lists_of_lists(x: Array) -> Array:
    rows = [[v * (i + 1) for v in row] for i, row in enumerate(x)]
    M = np.array(rows) + [[1, 2, 3], [4, 5, 6]]
    flat = [v for row in M.tolist() for v in row]
    return sum(flat) ** 2 + np.max([np.sum(r) for r in rows]) + np.mean(rows[0]) + np.asarray(rows, dtype=float).T[2, 1]


@program("x", x="n,d")
def conditional_pieces_by_index(x: Array) -> Array:
    idx = np.argmax(np.abs(x), axis=1)
    top = x[np.arange(x.shape[0]), idx]
    low = np.min(np.where(x == x.min(axis=1, keepdims=True), np.inf, x), axis=1)
    return np.sum(top * low) + x[np.argmin(x[:, 0])].sum()
