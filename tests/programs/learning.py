"""Machine learning: layers, losses, dynamic programs, embeddings."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import scipy.special as sp

from programs import program

Array = Any


def softmax(x: Array, axis: int = -1) -> Array:
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def layer_norm(x: Array, g: Array, b: Array, eps: float = 1e-5) -> Array:
    mean = x.mean(-1, keepdims=True)
    var = x.var(-1, keepdims=True)
    return (x - mean) / np.sqrt(var + eps) * g + b


def gelu(x: Array) -> Array:
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@program("Wq Wk Wv", X="T,d", Wq="d,k", Wk="d,k", Wv="d,d")
def causal_attention(X: Array, Wq: Array, Wk: Array, Wv: Array) -> Array:
    q, k, v = X @ Wq, X @ Wk, X @ Wv
    scores = q @ k.T / np.sqrt(k.shape[-1])
    mask = np.triu(np.ones((X.shape[0], X.shape[0])), k=1)
    return (softmax(scores - 1e9 * mask) @ v).sum()


@program("q k v", q="2,T,4", k="2,T,4", v="2,T,4")
def batched_heads_with_bias(q: Array, k: Array, v: Array) -> Array:
    slopes = np.array([0.5, 0.25]).reshape(2, 1, 1)
    place = np.arange(q.shape[1])
    s = np.matmul(q, k.swapaxes(-1, -2)) / 2 - slopes * np.abs(place[:, None] - place[None, :])
    return np.square(softmax(s) @ v).mean()


@program("x W1 W2", x="T,d", g="d", b="d", W1="d,m", W2="m,d")
def pre_norm_block(x: Array, g: Array, b: Array, W1: Array, W2: Array) -> Array:
    h = x + gelu(layer_norm(x, g, b) @ W1) @ W2
    return np.linalg.norm(layer_norm(h, g, b) - 0.1)


@program("x", x="n,d", how="")
def batch_norm_train(x: Array) -> Array:
    mu, sd = x.mean(axis=0), x.std(axis=0, ddof=1)
    return np.tanh((x - mu) / (sd + 1e-3)).prod(axis=1).sum()


@program("x", x="2,6,4")
def group_norm(x: Array) -> Array:
    g = x.reshape(2, 3, 2, 4)
    g = (g - g.mean(axis=(2, 3), keepdims=True)) / np.sqrt(g.var(axis=(2, 3), keepdims=True) + 1e-5)
    return np.sum(np.sin(g.reshape(x.shape)))


@program("img ker", judge="differences", img="6,7", ker="3,3", named=False)
def convolution_by_loops(img: Array, ker: Array) -> Array:
    H, W = img.shape
    kh, kw = ker.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(img[i : i + kh, j : j + kw] * ker)
    return np.mean(out**2)


@program("img ker", img="2,3,7,7", ker="4,3,3,3", named=False)
def convolution_by_shifted_slices(img: Array, ker: Array) -> Array:
    out = 0
    for di, dj in itertools.product(range(3), repeat=2):
        patch = img[:, :, di : di + 5, dj : dj + 5]
        out = out + np.einsum("bchw,oc->bohw", patch, ker[:, :, di, dj])
    return np.maximum(out, 0).max(axis=(2, 3)).sum()


@program("x W", x="8,8", W="5,9", named=False)
def im2col_and_pooling(x: Array, W: Array) -> Array:
    cols = np.stack([x[i : i + 6, j : j + 6].ravel() for i in range(3) for j in range(3)])
    y = np.tanh(W @ cols).reshape(5, 3, 2, 3, 2)
    return y.max(axis=(2, 4)).sum() + y.mean(axis=(2, 4)).std()


@program("x w", x="T,d", w="3,d")
def depthwise_causal_convolution(x: Array, w: Array) -> Array:
    padded = np.pad(x, ((2, 0), (0, 0)))
    y = sum(padded[i : i + x.shape[0]] * w[i] for i in range(3))
    return np.sum(y * sp.expit(y))


@program("W U b", x="T,d", W="d,9", U="3,9", b="9", named=False)
def gru(x: Array, W: Array, U: Array, b: Array) -> Array:
    h = np.zeros(3)
    for t in range(len(x)):
        xr, xz, xn = np.split(x[t] @ W + b, 3)
        hr, hz, hn = np.array_split(h @ U, 3)
        r, z = sp.expit(xr + hr), sp.expit(xz + hz)
        h = (1 - z) * np.tanh(xn + r * hn) + z * h
    return h @ h


@program("W U", x="T,d", W="k,d", U="k,k", named=False)
def elman_with_generator(x: Array, W: Array, U: Array) -> Array:
    def states() -> Iterator[Any]:
        h = np.zeros(U.shape[0])
        for row in x:
            h = np.tanh(W @ row + U @ h)
            yield h

    return np.stack(list(states())).mean()


@program("W b", "tok: labels:m", tok="T", E="m,d", W="d,k", b="k")
def bag_of_embeddings(tok: Array, E: Array, W: Array, b: Array) -> Array:
    h = E[tok].mean(axis=0)
    z = h @ W + b
    return -sp.log_softmax(z)[0]


@program("E", "c: labels:m; pos: labels:m; neg: labels:m", E="m,d", O="m,d", c="n", pos="n", neg="n,2")
def skip_gram_negative_sampling(E: Array, O: Array, c: Array, pos: Array, neg: Array) -> Array:  # noqa: E741
    v = E[c]
    good = np.log(sp.expit(np.sum(v * O[pos], axis=1)))
    bad = np.log(sp.expit(-np.einsum("nd,nkd->nk", v, O[neg])))
    return -(good + bad.sum(axis=1)).mean()


@program("W1 W2", "mask: 01", X="n,d", W1="d,m", W2="m,k", mask="n,m", y="n")
def dropout_with_given_mask(X: Array, W1: Array, W2: Array, mask: Array, y: Array) -> Array:
    keep = 0.8
    h = np.where(X @ W1 > 0, X @ W1, 0.01 * (X @ W1)) * mask / keep
    return ((h @ W2).sum(1) - y).__pow__(2).mean()


@program("z", "y: 01", z="n", y="n")
def focal_loss(z: Array, y: Array) -> Array:
    p = 1 / (1 + np.exp(-z))
    pt = y * p + (1 - y) * (1 - p)
    return np.mean(-0.25 * (1 - pt) ** 2 * np.log(pt))


@program("Z", Z="n,d")
def nt_xent(Z: Array) -> Array:
    z = Z / np.sqrt((Z**2).sum(axis=1, keepdims=True))
    sim = z @ z.T / 0.5
    n = Z.shape[0]
    sim = np.where(np.eye(n, dtype=bool), -np.inf, sim)
    partner = np.roll(np.arange(n), 1)
    return np.mean(sp.logsumexp(sim, axis=1) - sim[np.arange(n), partner])


@program("a p q", a="n,d", p="n,d", q="n,d")
def triplet_margin(a: Array, p: Array, q: Array) -> Array:
    dp, dn = np.linalg.norm(a - p, axis=1), np.linalg.norm(a - q, axis=1)
    return np.maximum(dp - dn + 1.0, 0.0).sum()


@program("logits", logits="T,5", named=False)
def ctc_forward(logits: Array) -> Array:
    labels = [0, 2, 0, 3, 0]  # blanks between
    lp = logits - sp.logsumexp(logits, axis=1, keepdims=True)
    S = len(labels)
    alpha = [lp[0, labels[0]], lp[0, labels[1]]] + [-1e30] * (S - 2)
    for t in range(1, len(lp)):
        new = []
        for s, lab in enumerate(labels):
            terms = [alpha[s]]
            if s > 0:
                terms.append(alpha[s - 1])
            if s > 1 and lab != 0 and lab != labels[s - 2]:
                terms.append(alpha[s - 2])
            acc = terms[0]
            for other in terms[1:]:
                acc = np.logaddexp(acc, other)
            new.append(acc + lp[t, lab])
        alpha = new
    return -np.logaddexp(alpha[-1], alpha[-2])


@program("emit trans", "tags: labels:3", emit="T,3", trans="3,3", tags="T", named=False)
def linear_chain_crf(emit: Array, trans: Array, tags: Array) -> Array:
    gold = emit[np.arange(len(tags)), tags].sum() + trans[tags[:-1], tags[1:]].sum()
    alpha = emit[0]
    for row in emit[1:]:
        alpha = sp.logsumexp(alpha[:, None] + trans, axis=0) + row
    return sp.logsumexp(alpha) - gold


@program("x y", x="5", y="6", named=False)
def soft_dtw(x: Array, y: Array) -> Array:
    n, m = len(x), len(y)
    D = np.subtract.outer(x, y) ** 2
    R = [[1e8] * (m + 1) for _ in range(n + 1)]
    R[0][0] = 0.0
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            rs = np.array([R[i - 1][j - 1], R[i - 1][j], R[i][j - 1]])
            R[i][j] = D[i - 1, j - 1] - np.log(np.sum(np.exp(-(rs - rs.min())))) + rs.min()
    return R[n][m]


@program("C", X="n,d", C="k,d")
def k_means_objective(X: Array, C: Array) -> Array:
    d2 = ((X[:, np.newaxis, :] - C[np.newaxis, :, :]) ** 2).sum(axis=2)
    return d2.min(axis=1).sum()


@program("C", X="n,d", C="k,d")
def fuzzy_c_means(X: Array, C: Array) -> Array:
    d2 = ((X[:, None] - C) ** 2).sum(-1)
    inv = d2**-1.0
    U = inv / inv.sum(1, keepdims=True)
    return np.sum(U**2 * d2)


@program("Y", "P: rows", P="n,n", Y="n,2")
def t_sne(P: Array, Y: Array) -> Array:
    sq = np.sum(np.square(Y), 1)
    num = 1 / (1 + np.add(np.add(-2 * np.dot(Y, Y.T), sq).T, sq))
    num = num * (1 - np.eye(Y.shape[0]))
    Q = np.maximum(num / np.sum(num), 1e-12)
    return np.sum(P * np.log(np.maximum(P, 1e-12) / Q))


@program("Y", Y="n,2", head="m", tail="m", how="head: labels:n; tail: labels:n")
def umap_attraction(Y: Array, head: Array, tail: Array) -> Array:
    a, b = 1.58, 0.9
    d2 = np.sum((Y[head] - Y[tail]) ** 2, axis=1) + 1e-3
    w = 1.0 / (1.0 + a * d2**b)
    return -np.log(w).sum() - 0.1 * np.log1p(-w * 0.99).sum()


class Params(NamedTuple):
    enc: Any
    mu: Any
    lv: Any
    dec: Any


@program("We Wm Wd", X="n,d", We="d,m", Wm="m,2", Wv="m,2", Wd="2,d", eps="n,2", how="X: unit")
def vae(X: Array, We: Array, Wm: Array, Wv: Array, Wd: Array, eps: Array) -> Array:
    p = Params(We, Wm, Wv, Wd)
    h = np.tanh(X @ p.enc)
    mu, logvar = h @ p.mu, h @ p.lv
    z = mu + np.exp(0.5 * logvar) * eps
    logits = z @ p.dec
    bce = np.sum(np.maximum(logits, 0) - X * logits + np.log1p(np.exp(-np.abs(logits))), axis=1)
    kld = -0.5 * np.sum(1 + logvar - mu**2 - np.exp(logvar), axis=1)
    return np.mean(bce + kld)


@program("W", X="n,d", W="d,k", y="n", how="y: labels:k")
def multiclass_hinge(X: Array, W: Array, y: Array) -> Array:
    s = X @ W
    correct = s[np.arange(len(y)), y].reshape(-1, 1)
    margins = np.maximum(0, s - correct + 1.0)
    keep = 1 - np.eye(W.shape[1])[y]
    return (margins * keep).sum() / len(y)


@program("theta", X="n,d", theta="25", y="n", named=False)
def network_from_a_flat_vector(X: Array, theta: Array, y: Array) -> Array:
    shapes = [(4, 4), (4,), (4,), (1,)]
    params, i = [], 0
    for s in shapes:
        size = int(np.prod(s))
        params.append(np.reshape(theta[i : i + size], s))
        i += size
    W, b, v, c = params
    return np.mean((np.tanh(X @ W + b) @ v + c[0] - y) ** 2)


@program("logits", "adv: 01; old: rows; act: labels:k", logits="n,k", old="n,k", act="n", adv="n")
def ppo_clipped(logits: Array, old: Array, act: Array, adv: Array) -> Array:
    i = np.arange(logits.shape[0])
    new = sp.log_softmax(logits, axis=1)[i, act]
    ratio = np.exp(new - np.log(old[i, act]))
    return -np.minimum(ratio * adv, np.clip(ratio, 0.8, 1.2) * adv).mean()


@program("s t", s="n,k", t="n,k")
def distillation(s: Array, t: Array) -> Array:
    T = 3.0
    p = sp.softmax(t / T, axis=1)
    return T**2 * np.mean(np.sum(p * (np.log(p) - sp.log_softmax(s / T, axis=1)), axis=1))


@program("x", x="T,4")
def rotary_embedding(x: Array) -> Array:
    half = x.shape[1] // 2
    freq = 10000.0 ** (-np.arange(half) / half)
    ang = np.arange(x.shape[0])[:, None] * freq
    x1, x2 = x[..., :half], x[..., half:]
    y = np.concatenate((x1 * np.cos(ang) - x2 * np.sin(ang), x1 * np.sin(ang) + x2 * np.cos(ang)), axis=-1)
    return np.sum(y[:-1] * y[1:])


@program("Wg We", X="n,d", Wg="d,k", We="k,d,m")
def mixture_of_experts(X: Array, Wg: Array, We: Array) -> Array:
    gate = softmax(X @ Wg)
    out = np.tensordot(gate, np.ones(We.shape[0]), axes=1)[:, None] * np.einsum("nk,kdm,nd->nm", gate, We, X)
    return np.log(np.cosh(out)).sum()


@program("h a", A="n,n", h="n,d", a="8", how="A: 01", named=False)
def graph_attention(A: Array, h: Array, a: Array) -> Array:
    left, right = h @ a[:4], h @ a[4:]
    e = left[:, None] + right
    e = np.where(e > 0, e, 0.2 * e)
    att = softmax(np.where(A + np.eye(len(A)) > 0, e, -1e20), axis=1)
    return np.sum((att @ h) ** 2)


@program("x", judge="differences", x="n,d")
def message_passing_add_at(x: Array) -> Array:
    src, dst = np.array([0, 1, 2, 3, 1]), np.array([1, 2, 0, 0, 0])
    agg = np.zeros_like(x)
    np.add.at(agg, dst, np.tanh(x[src]))
    return np.sum((x + agg) ** 2)


@program("w", X="n,d", w="d", y="n")
def elastic_net_smooth(X: Array, w: Array, y: Array) -> Array:
    return 0.5 / len(y) * np.linalg.norm(y - X @ w) ** 2 + 0.1 * np.linalg.norm(w, 1) + 0.2 * np.inner(w, w)


@program("U", R="n,m", U="n,k", V="k,m", how="R: 01")
def implicit_als(R: Array, U: Array, V: Array) -> Array:
    C = 1 + 40 * R
    return (C * (R - U @ V) ** 2).sum() + 0.1 * (np.vdot(U, U) + np.vdot(V, V))


@program("W H", "V: pos; W: pos; H: pos", V="n,m", W="n,k", H="k,m")
def nmf_kl(V: Array, W: Array, H: Array) -> Array:
    WH = W.dot(H)
    return np.sum(V * np.log(np.divide(V, WH)) - V + WH)


@program("W", X="n,d", W="d,d")
def ica_log_cosh(X: Array, W: Array) -> Array:
    S = X @ W.T
    return -np.log(np.cosh(S)).sum(axis=1).mean() + np.log(np.abs(np.linalg.det(W)))


@program("x", x="2,3,4")
def squeeze_and_excite(x: Array) -> Array:
    s = x.mean(axis=(1, 2))
    gate = sp.expit(s)[:, None, None]
    return (x * gate).swapaxes(0, 1).reshape(3, -1).max(axis=-1).sum()


@program("x", x="n,d")
def pairwise_ranking(x: Array) -> Array:
    iu, ju = np.triu_indices(4, k=1)
    d = x[:, iu] - x[:, ju]
    return np.log1p(np.exp(-d)).mean()


@program("preds", preds="T", truth="T", how="truth: 01; preds: unit")
def dice_and_tversky(preds: Array, truth: Array) -> Array:
    tp = np.sum(preds * truth)
    fp, fn = np.sum(preds * (1 - truth)), np.sum((1 - preds) * truth)
    dice = (2 * tp + 1e-7) / (np.sum(preds) + np.sum(truth) + 1e-7)
    return 2 - dice - (tp + 1e-7) / (tp + 0.3 * fp + 0.7 * fn + 1e-7)


@program("z", z="n,k", y="n,k", how="y: rows")
def label_smoothing(z: Array, y: Array) -> Array:
    eps = 0.1
    soft = (1 - eps) * y + eps / z.shape[-1]
    return -(soft * (z - np.log(np.exp(z).sum(-1, keepdims=True)))).sum(-1).mean(0)


@program("x", x="n,4", v="n,4")
def sliced_wasserstein(x: Array, v: Array) -> Array:
    dirs = np.array([[1.0, 0.3, -0.2, 0.5], [0.2, -1.0, 0.4, 0.1]])
    px, pv = np.sort(x @ dirs.T, axis=0), np.sort(v @ dirs.T, axis=0)
    return np.mean((px - pv) ** 2)


@program("scores", scores="T", rel="T", how="rel: sorted")
def list_mle_and_ndcg(scores: Array, rel: Array) -> Array:
    order = np.argsort(-rel)
    s = scores[order]
    tail = np.cumsum(np.exp(s)[::-1])[::-1]
    discount = 1 / np.log2(np.arange(len(s)) + 2.0)
    return np.sum(np.log(tail) - s) + np.dot(discount, s)
