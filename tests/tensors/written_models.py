"""Models of statistics, learning and geometry as people write them: one row with its inputs and how to draw them.

The functions take NumPy, or what stands for it, and nothing of edgewise: the same text runs on tensors, on NumPy's
arrays and on JAX's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

import edgewise as ew

__all__ = ["MODELS", "SIZES", "Model", "declared_dimensions", "drawn", "traced"]

SIZES = {"n": 7, "d": 4, "k": 3, "h": 5, "m": 6, "T": 5}


class Model(NamedTuple):
    """A scalar function of the inputs in `shapes`: "name: dimensions kind" apart by semicolons."""

    name: str
    function: Callable[..., Any]
    shapes: str
    wrt: str
    smooth: bool = True


MODELS: list[Model] = []


def model(shapes: str, wrt: str, smooth: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a function into the table. Where it is not `smooth`, second differences say nothing."""

    def enter(function: Callable[..., Any]) -> Callable[..., Any]:
        MODELS.append(Model(function.__name__, function, shapes, wrt, smooth))
        return function

    return enter


def declared_dimensions(row: Model) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for item in row.shapes.split(";"):
        name, _, rest = item.partition(":")
        *dims, kind = [*rest.split(), ""] if not rest.strip() or rest.split()[-1][0] not in "+!^@" else rest.split()
        yield name.strip(), tuple(d for d in "".join(dims).split(",") if d), kind


def drawn(row: Model, seed: int = 0) -> dict[str, Any]:
    """Numbers for the inputs: + positive, ! positive definite, ^ lower triangular, @m places below m."""
    rng, values = np.random.default_rng(seed), {}
    for name, dims, kind in declared_dimensions(row):
        shape = tuple(SIZES.get(d) or int(d) for d in dims)
        value: Any = rng.normal(size=shape)
        if kind == "+":
            value = np.abs(value) + 0.3
        elif kind == "!":
            value = value @ value.T / shape[0] + np.eye(shape[0])
        elif kind == "^":
            value = np.tril(value, -1) + np.diag(np.abs(np.diag(value)) + 0.5)
        elif kind:
            value = rng.integers(0, SIZES.get(kind[1:]) or int(kind[1:]), shape)
        values[name] = value
    return values


def traced(row: Model) -> ew.Graph:
    """The row's graph, its named dimensions open."""
    declared = {
        name: ew.tensor(*dims, dtype=int if kind[:1] == "@" else float) for name, dims, kind in declared_dimensions(row)
    }
    names = ", ".join(declared)
    return ew.trace(eval(f"lambda {names}: function(np, {names})", {"function": row.function, "np": np}), **declared)


# --- filters and time ------------------------------------------------------------------------------------------------


@model("mu: d; P: d,d !; F: d,d; Q: d,d !; H: k,d; R: k,k !; z: k", "mu")
def kalman_step(np, mu, P, F, Q, H, R, z):
    m, predicted = F @ mu, F @ P @ F.T + Q
    v = z - H @ m
    S = H @ predicted @ H.T + R
    return -0.5 * (v @ np.linalg.solve(S, v) + np.linalg.slogdet(S)[1] + z.shape[0] * np.log(2 * np.pi))


@model("A: k,k +; B: k,m +; p: k +; seen: 5 @6", "B")
def hidden_markov_forward(np, A, B, p, seen):
    a, total = p * B[:, seen[0]], 0.0
    for t in range(1, 5):
        c = a.sum()
        total = total + np.log(c)
        a = (a / c @ A) * B[:, seen[t]]
    return total + np.log(a.sum())


@model("X: 5,d; Wx: d,20; Wh: 5,20; b: 20; h0: 5; c0: 5", "b")
def lstm(np, X, Wx, Wh, b, h0, c0):
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    h, c = h0, c0
    for t in range(5):
        i, f, o, g = np.split(X[t] @ Wx + h @ Wh + b, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return np.sum(h**2)


@model("A: d,d; B: d,k; Q: d,d; R: k,k; K: k,d; x0: d", "K")
def regulator_rollout(np, A, B, Q, R, K, x0):
    x, cost = x0, 0
    for _ in range(4):
        u = -K @ x
        cost = cost + x @ Q @ x + u @ R @ u
        x = A @ x + B @ u
    return cost


@model("r: n", "r", smooth=False)
def deepest_drawdown(np, r):
    wealth = np.cumprod(1 + 0.1 * r)
    return np.max(1 - wealth / np.maximum.accumulate(wealth))


@model("x: n +; w: n", "x")
def survival_by_running_product(np, x, w):
    return np.sum(np.cumprod(1 / (1 + x)) * w)


# --- likelihoods -----------------------------------------------------------------------------------------------------


@model("X: n,d; y: n; scale: d +; a: +", "scale")
def gaussian_process(np, X, y, scale, a):
    Z = X / scale
    square = np.sum(Z**2, axis=1)
    K = a**2 * np.exp(-0.5 * (square[:, None] + square[None, :] - 2 * Z @ Z.T)) + 0.1 * np.diag(0 * y + 1)
    L = np.linalg.cholesky(K)
    r = np.linalg.solve(L, y)
    return -0.5 * r @ r - np.sum(np.log(np.diag(L)))


@model("X: n,d; mu: d; W: d,k; psi: d +", "psi")
def factor_analysis(np, X, mu, W, psi):
    C, R = W @ W.T + np.diag(psi), X - mu
    return -0.5 * (X.shape[0] * np.linalg.slogdet(C)[1] + np.sum(R * np.linalg.solve(C, R.T).T))


@model("X: n,d; w: d; ev: n +", "w")
def proportional_hazards(np, X, w, ev):
    s = X @ w
    return -np.sum(ev * (s - np.log(np.cumsum(np.exp(s)))))


@model("E: m,d; W: d,k; tokens: 5 @6; labels: 5 @3", "W")
def cross_entropy_of_picked_entries(np, E, W, tokens, labels):
    scores = E[tokens] @ W
    scores = scores - np.log(np.sum(np.exp(scores), axis=1, keepdims=True))
    return -np.mean(scores[np.arange(5), labels])


@model("X: n,k; labels: n @3", "X")
def gathered_logits(np, X, labels):
    top = np.take_along_axis(X, labels[:, None], axis=1)[:, 0]
    return np.sum(np.tanh(top) * X[:, 0])


@model("L: 4,4 ^; eta: +", "L")
def lewandowski_cholesky(np, L, eta):
    return np.sum((2 * eta - np.arange(1.0, 4.0)) * np.log(np.diag(L)[1:]))


@model("X: n,d; y: n; w: d", "w", smooth=False)
def pinball_loss(np, X, y, w):
    r = y - X @ w
    return np.mean(np.maximum(0.3 * r, -0.7 * r))


@model("X: n,d; y: n; w: d", "w")
def huber_loss(np, X, y, w):
    r = y - X @ w
    return np.sum(np.where(np.abs(r) <= 1.0, 0.5 * r**2, np.abs(r) - 0.5))


@model("x: n; y: n", "x")
def pearson_correlation(np, x, y):
    return np.corrcoef(x, y)[0, 1]


@model("D: n,d; y: n; L: k,d", "L")
def learned_metric(np, D, y, L):
    q = np.einsum("ni,ij,nj->n", D, L.T @ L, D)
    return np.sum(np.log1p(np.exp(y * (q - 1) / 8)))


# --- networks --------------------------------------------------------------------------------------------------------


@model("X: T,d; Wq: 2,d,h; Wk: 2,d,h; Wv: 2,d,h; Wo: 2,h,d; Y: T,d", "Wo")
def attention_by_einsum(np, X, Wq, Wk, Wv, Wo, Y):
    q, k, v = (np.einsum("td,adh->ath", X, W) for W in (Wq, Wk, Wv))
    s = np.einsum("ath,ash->ats", q, k) / np.sqrt(5.0)
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.sum((np.einsum("ats,ash,ahd->td", e / e.sum(axis=-1, keepdims=True), v, Wo) - Y) ** 2)


@model("X: 5,6; W: 3,6,6", "W")
def causal_attention_by_reshape(np, X, W):
    def split(a):
        return a.reshape(5, 2, 3).transpose(1, 0, 2)

    q, k, v = (split(X @ W[j]) for j in range(3))
    s = np.where(np.tril(np.ones((5, 5))) > 0, q @ k.transpose(0, 2, 1) / np.sqrt(3), -1e30)
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.mean(((e / e.sum(axis=-1, keepdims=True)) @ v).transpose(1, 0, 2).reshape(5, 6) ** 2)


@model("X: n,d; g: d; b: d; Y: n,d", "g")
def batch_normalisation(np, X, g, b, Y):
    Z = (X - np.mean(X, axis=0)) / np.sqrt(np.var(X, axis=0) + 1e-5)
    return np.sum((g * Z + b - Y) ** 2)


@model("X: n,6; Ws: 3,3; Wt: 3,3", "Wt")
def coupling_flow(np, X, Ws, Wt):
    one, two = X[:, :3], X[:, 3:]
    s, t = np.tanh(one @ Ws), one @ Wt
    z = np.concatenate([one, two * np.exp(s) + t], axis=1)
    return np.mean(0.5 * np.sum(z**2, axis=1) - np.sum(s, axis=1))


@model("X: n,d; A: n,d; W: d,k", "W")
def contrastive(np, X, A, W):
    z, v = X @ W, A @ W
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    v = v / np.linalg.norm(v, axis=1, keepdims=True)
    S = z @ v.T / 0.5
    return np.mean(np.log(np.sum(np.exp(S), axis=1)) - np.diag(S))


@model("X: n,4; W: 4,4", "W")
def planar_flow(np, X, W):
    J = np.eye(4)[None] + 0.1 * (1 - np.tanh(X @ W.T) ** 2)[:, :, None] * W[None]
    return np.mean(np.linalg.slogdet(J)[1])


# --- matrices and tensors --------------------------------------------------------------------------------------------


@model("T: n,m,k; A: n,2; B: m,2; C: k,2", "A")
def canonical_polyadic(np, T, A, B, C):
    return 0.5 * np.sum((T - np.einsum("ir,jr,kr->ijk", A, B, C)) ** 2)


@model("T: n,m,k; G: k,k,k; A: n,k; B: m,k; C: k,k", "G")
def tucker(np, T, G, A, B, C):
    return np.linalg.norm(T - np.einsum("abc,ia,jb,kc->ijk", G, A, B, C)) ** 2


@model("A: n,d", "A")
def spectral_norm(np, A):
    return np.linalg.norm(A, 2)


@model("A: n,d", "A")
def nuclear_and_schatten(np, A):
    s = np.linalg.svd(A, compute_uv=False)
    return np.linalg.norm(A, "nuc") + np.sum(np.log1p(s)) + np.sum(s**3)


@model("A: n,d", "A")
def mixed_norms(np, A):
    return (np.linalg.norm(A, axis=1).sum() + np.linalg.norm(A, 1, axis=0).max() + np.linalg.norm(A)
            + np.linalg.norm(A[0], 3) + np.linalg.norm(A, np.inf) + np.linalg.norm(A, -1))  # fmt: skip


@model("X: n,3; th: 6", "th")
def cholesky_parameters(np, X, th):
    zero = 0 * th[0]
    L = np.stack([np.stack([np.exp(th[0]), zero, zero]), np.stack([th[1], np.exp(th[2]), zero]),
                  np.stack([th[3], th[4], np.exp(th[5])])])  # fmt: skip
    return 0.5 * np.sum(np.linalg.solve(L, X.T) ** 2) + X.shape[0] * np.sum(np.log(np.diag(L)))


@model("A: n,d,d; b: n,d", "b")
def batched_systems(np, A, b):
    M = A @ np.swapaxes(A, -1, -2) + np.diag(0 * b[0] + 1)
    x = np.linalg.solve(M, b[..., None])[..., 0]
    return np.sum(b * x) + np.sum(np.linalg.slogdet(M)[1])


@model("A: 3,3; B: 2,2; x: 6", "A")
def kronecker_form(np, A, B, x):
    return x @ np.kron(A, B) @ x


@model("A: d,d; M: d,d; x: d", "A")
def block_rayleigh_quotient(np, A, M, x):
    z = np.concatenate([x, x])
    return z @ np.block([[A, M], [M.T, A.T]]) @ z / (z @ z)


@model("A: d,d; b: d", "A")
def least_squares_by_lstsq(np, A, b):
    x = np.linalg.lstsq(A[:, :2], b, rcond=None)[0]
    return x @ x + np.linalg.det(A) ** 2


# --- indexing and order ----------------------------------------------------------------------------------------------


@model("x: n", "x")
def top_three(np, x):
    return np.sum(np.sort(x)[-3:] ** 2)


@model("x: n", "x")
def order_statistics(np, x):
    return np.quantile(x, 0.3) ** 2 + np.median(x) * np.percentile(x, 80) + x[np.argmax(x)] * np.sort(x)[0]


@model("f: 5; q: n; y: n", "f")
def interpolated_values(np, f, q, y):
    return np.sum((np.interp(q, np.linspace(-3, 3, 5), f) - y) ** 2)


@model("x: n; t: n", "x")
def integrals(np, x, t):
    return np.trapezoid(x**2, t) + np.sum(np.diff(x, n=2) ** 2) + np.sum(np.convolve(x, [1, 2, 1]) ** 3)


@model("x: n", "x", smooth=False)
def positive_part_by_mask(np, x):
    return np.sum(x[x > 0] ** 2) + np.mean(x[x < 0])


@model("x: n,d", "x")
def periodic_laplacian(np, x):
    return np.sum((np.roll(x, 1, axis=0) + np.roll(x, -1, axis=0) - 2 * x) ** 2) + np.sum(np.roll(x, 2) * x)


@model("x: n; seg: n @3", "x")
def sums_by_segment(np, x, seg):
    one_hot = (seg[:, None] == np.arange(3)[None, :]) * 1.0
    return np.sum((one_hot.T @ x) ** 2)


@model("x: n,d", "x")
def halves(np, x):
    half = x.shape[0] // 2
    return np.sum(x[:half] ** 2) / half + np.sum(x[::2, ::-1] ** 3) + np.sum(x[half:])


@model("q: 4; t: 3; P: n,3", "q")
def rotation_by_quaternion(np, q, t, P):
    w, x, y, z = q / np.linalg.norm(q)
    R = np.stack([np.stack([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)]),
                  np.stack([2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)]),
                  np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])])  # fmt: skip
    return np.sum((P @ R.T + t) ** 3) + np.sum(np.cross(P, t) ** 2)
