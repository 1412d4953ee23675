"""Corners of Python and NumPy, many in each program: indices, operators, recursion, state, empty and odd arrays."""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
import math
import operator
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from programs import program


@program("x", x="3,4", judge="differences")
def odd_einsums(x):
    a = np.einsum("ij,kj->", x, x)
    b = np.einsum("...j,j->...", x, x[0])
    c = np.einsum("ij,ij,ij->i", x, x, x)
    d = (
        np.einsum("iji->j", np.stack([x[:, :3]] * 2, 1)[:, :, :].transpose(0, 1, 2)[:, :, :])
        if False
        else np.einsum("ii->i", x[:, :3])
    )
    e = np.einsum("a,b,c->abc", x[0], x[1], x[2])
    f = np.einsum("abc,c", e, x[0])
    g = np.einsum("ij->", x)
    h = np.einsum(",i->i", 2.0, x[0])
    return (
        a
        + b.sum()
        + c.prod()
        + d.sum()
        + f[1, 2] * e[0, 1, 2]
        + g * h[1]
        + np.einsum("i...,i...", x, x).sum()
        + np.einsum("ij,jk", x, x.T)[0, 1]
    )


@program("x", x="6", judge="differences")
def reduceat_accumulate_outer(x):
    a = np.multiply.accumulate(x)
    b = np.maximum.accumulate(x)
    c = np.add.outer(x, x)
    d = np.multiply.outer(x[:2], c[:2, :2])
    e = np.multiply.reduceat(x, [0, 2, 4])
    f = np.logaddexp.reduce(x)
    g = np.minimum.reduce(c, axis=1)
    h = np.add.reduce(c, axis=(0, 1))
    i = np.subtract.outer(x, x)
    k = np.maximum.reduceat(x, [0, 3])
    ll = np.hypot.reduce(x)
    m = np.power.outer(np.abs(x) + 0.5, [1, 2])
    q = np.logaddexp.accumulate(x)
    r = np.subtract.reduce(x)
    s = np.divide.reduce(np.abs(x) + 1)
    return (
        a.sum()
        + b.sum()
        + d.sum()
        + e.sum()
        + f
        + g.sum()
        + h
        + (i**2).sum()
        + k.sum()
        + ll
        + m.sum()
        + q.sum()
        + r
        + s
    )


@program("x", x="4,4", judge="differences")
def masked_assignments(x):
    y = x.copy()
    m = np.eye(4, dtype=bool)
    y[m] = 0
    y[~m] *= 2
    y[np.triu(np.ones((4, 4), bool), 1)] += 1
    y[[0, 2]] = y[[2, 0]]
    y[:, [1]] = 5 * x[:, :1]
    y[1, ::2] -= x[0, 1::2]
    y[y > 1.5] = 1.5
    y[np.arange(4), np.arange(4)[::-1]] **= 2
    return (y @ y.T).sum() + np.abs(y).max()


@program("x", x="4", judge="differences")
def python_features(x):
    d = dict(zip("abcd", x))
    d |= {"e": x.sum()}
    s = SimpleNamespace(**d)
    first, *mid, last = x
    lst = sorted(range(4), key=lambda i: -i)
    try:
        1 / 0
    except ZeroDivisionError:
        z = s.a
    else:
        z = 0
    finally:
        q = s.b
    t = 0
    for i, (u, v) in enumerate(itertools.pairwise(x)):
        if i == 1:
            continue
        t += u * v
    else:
        t *= 2
    n = 3
    while n:
        t += x[n] ** n
        n -= 1
    g = (a * b for a, b in itertools.combinations(x, 2))
    w = sum(g)
    m = map(operator.mul, x, reversed(x))
    r = functools.reduce(lambda a, b: a * b + 1, m, 1.0)
    return (
        d["a"] * d["e"]
        + first * last
        + sum(mid)
        + x[lst[0]]
        + z * q
        + t
        + w
        + r
        + (y := x[0]) * y
        + sum(itertools.starmap(lambda a, b: a - b**2, itertools.pairwise(x)))
        + next(itertools.islice(itertools.cycle(x), 5, None))
        + [*itertools.chain.from_iterable([x, x])][-1]
    )


class Params(NamedTuple):
    w: Any
    b: Any = 1.0


@dataclasses.dataclass
class Model:
    p: Params
    hist: list = dataclasses.field(default_factory=list)

    def __post_init__(self):
        self.calls = 0

    @functools.cached_property
    def norm(self):
        return np.sqrt((self.p.w**2).sum())

    @staticmethod
    def act(z):
        return np.tanh(z)

    @classmethod
    def make(cls, x):
        return cls(Params(x[:3], b=x[3]))

    def __getitem__(self, i):
        return self.p.w[i]

    def __iter__(self):
        return iter(self.p.w)

    def __len__(self):
        return 3

    def __call__(self, z):
        self.calls += 1
        self.hist.append(z)
        return self.act(z @ self.p.w / self.norm + self.p.b) * self.calls


@program("x", x="4", judge="differences")
def stateful_model(x):
    m = Model.make(x)
    o = m(np.ones(3)) + m(np.arange(3.0))
    p = m.p._replace(b=o)
    q = dataclasses.replace(m, p=p)
    r = copy.copy(q)
    s = copy.deepcopy(r)
    return q(np.eye(3)[1]) + sum(m) * m[0] * len(m) + sum(h.sum() for h in m.hist) + s.norm + m.p._asdict()["b"]


@program("x", x="5", judge="differences")
def closures_and_partials(x):
    fs = [functools.partial(lambda a, b, k=1: a * b**k, xi, k=i) for i, xi in enumerate(x)]
    comp = functools.reduce(
        lambda f, g: lambda z: f(g(z)), [np.sin, lambda z: z * x[0], functools.partial(np.add, x[1])]
    )

    @functools.lru_cache(None)
    def fib(n):
        return x[n] if n < 2 else fib(n - 1) * 0.5 + fib(n - 2)

    def hanoi(n, a=1.0):
        return a if n == 0 else hanoi(n - 1, a * x[n]) + x[n] * hanoi(n - 1, a)

    acc = 0

    def bump(v):
        nonlocal acc
        acc = acc + v
        return acc

    [bump(v) for v in x]
    return sum(f(1.5) for f in fs) + comp(0.3) + fib(6) + hanoi(3) + acc**2


@program("x", x="6", judge="differences")
def where_chains(x):
    a = np.where(x > 1, x**2, np.where(x > 0, np.sqrt(np.abs(x)), np.where(x > -1, -x, np.exp(x))))
    b = np.piecewise(x, [x < 0, (x >= 0) & (x < 1)], [lambda t: -t, lambda t: t**2, 0.5])
    c = np.select([x < -0.5, x < 0.5], [x, x**3], -1.0)
    d = np.clip(x, None, 0.7)
    e = np.minimum(np.maximum(x, -0.5), 0.5)
    f = np.copysign(x, -1)
    g = np.heaviside(x, 0.5) * x
    h = np.choose([0, 1, 0, 1, 0, 1], [x, x**2])
    i = np.nan_to_num(x)
    j = np.fmax(x, 0.1) + np.fmin(x, 0.2)
    k = x.clip(-0.3, 0.3)
    ll = (x > 0) * x
    m = np.where(np.isnan(x), 0, x)
    o = np.where(np.isfinite(x) & ~(x == 0), 1 / x, 0)
    return sum(v.sum() for v in (a, b, c, d, e, f, g, h, i, j, k, ll, m)) + o[0]


@program("x", x="3,1,4", judge="differences")
def size_one_axes(x):
    y = np.squeeze(x, axis=1)
    z = x + x.transpose(1, 0, 2)
    w = x.mean(axis=1, keepdims=True) * x
    v = np.concatenate([x, x**2], axis=1).std(axis=1)
    u = x[:, 0] @ x[:, 0].T
    t = x.sum((0, 2))
    s = np.broadcast_to(x, (3, 3, 4)).prod(1)
    return (
        y.sum()
        + (z**2).sum()
        + w.sum()
        + v.sum()
        + u.trace()
        + t[0] ** 2
        + s.sum()
        + np.matmul(x, y.T).sum()
        + np.inner(y, y)[0, 1]
        + np.vdot(x, x)
        + np.var(x, axis=1).sum()
    )


@program("x", x="4", judge="differences")
def empty_arrays(x):
    e = x[:0]
    z = np.zeros((0, 4))
    return (
        e.sum()
        + e.prod()
        + np.concatenate([e, x]).sum() ** 2
        + (z @ x).sum()
        + np.sum(x[4:])
        + np.append([], x).prod()
        + np.linalg.norm(e)
        + sum(e)
        + np.max(x, initial=0)
        + np.hstack([e, x[1:]]).sum()
        + np.cumsum(e).sum()
        + np.sum([v for v in x if False])
        + math.prod([]) * x[0]
        + np.einsum("ij,j->", z, x)
        + np.stack([x] * 1).sum()
    )


@program("x", x="n,d", judge="differences")
def named_axis_tricks(x):
    return (
        (x / np.linalg.norm(x, axis=1, keepdims=True)).sum()
        + np.log(np.sum(np.exp(x), axis=0)).mean()
        + (x.T @ x / len(x)).trace()
        + np.ptp(x, axis=0).sum()
        + x[::2].sum()
        + x[:, ::-1][:, :1].sum()
        + np.cumsum(x, axis=1)[:, -1].sum()
    )


@program("x", x="6", judge="differences")
def int_and_bool_arith(x):
    m = x > 0
    k = np.arange(6)
    return (
        (m * x).sum()
        + (~m * k).sum() * x[0]
        + np.sum(m) * x[1]
        + np.where(m & (k > 2), x, -x).sum()
        + (x * (k % 2 == 0)).sum()
        + np.count_nonzero(k > 2) * x[2]
        + m.mean() * x.sum()
        + (x**k).sum() / 10
        + (2**k * x).sum()
        + np.sum(x[k % 2 == 1])
        + (m.astype(float) * x).sum()
        + m.sum() * 1.0 * x[3]
        + np.any(m) * x[0]
        + (x > x.mean()) @ x
        + np.logical_xor(m, k > 2) @ x
    )


@program("x", x="4", judge="differences")
def property_setters_operators(x):
    class V:
        def __init__(s, a):
            s._a = a

        a = property(lambda s: s._a, lambda s, v: setattr(s, "_a", v * 2))

        def __iadd__(s, o):
            s._a = s._a + (o._a if isinstance(o, V) else o)
            return s

        def __radd__(s, o):
            return V(o + s._a)

        def __add__(s, o):
            return V(s._a + o._a)

        def __lt__(s, o):
            return s._a < o._a

        def __enter__(s):
            return s

        def __exit__(s, *e):
            s._a = s._a * 3

        def __contains__(s, k):
            return k == 1

        def __getattr__(s, n):
            if n.startswith("p"):
                return s._a ** int(n[1:])
            raise AttributeError(n)

    v = V(x[0])
    v.a = x[1]
    v += V(x[2])
    v += x[3]
    w = sum([v, V(x[0])])
    with v as u:
        u._a = u._a + 1
    return w._a * v.a + v.p2 + getattr(v, "zz", 0) + (1 in v) * hasattr(v, "q")


@program("x", x="5", judge="differences")
def generator_coroutine(x):
    def ema(a):
        s = 0.0
        while True:
            v = yield s
            s = a * v + (1 - a) * s

    g = ema(0.3)
    next(g)
    out = [g.send(v) for v in x]

    def walk(t):
        if isinstance(t, (list, tuple)):
            for c in t:
                yield from walk(c)
        else:
            yield t

    return sum(out) * out[-1] + sum(walk([x[0], (x[1], [x[2]])])) + max(walk(list(x)))


@program("x", x="6", judge="differences")
def views_aliasing(x):
    a = np.zeros((3, 2))
    b = a[:, 0]
    b[:] = x[:3]
    a[:, 1] = b * x[3:]
    c = a.reshape(-1)
    c[2] = x[5] ** 2
    d = a[1:]
    d -= 1
    e = a.copy()
    e[0] = 9
    f = a.T[1]
    f[...] = f + x[:3]
    a[[0, 2]] *= 2
    a[a < 0] = 0
    return (a**2).sum() + c.sum() + e[0, 0] * x[0]


@program("x w", "w: pos", x="6", w="6", judge="differences")
def weights_and_masks_of_moments(x, w):
    m = np.arange(6) % 3 > 0
    K = np.outer(x, x)
    K[np.diag_indices_from(K)] += w
    return (
        np.cov(x, w**2, aweights=w)[0, 1]
        + np.cov(np.stack([x, x**2]), fweights=[1, 2, 1, 3, 1, 1], aweights=w, ddof=1)[1, 1]
        + np.var(x, where=m)
        + np.std(x.reshape(2, 3), axis=1, where=m.reshape(2, 3)).sum()
        + np.compress(m, x).prod()
        + np.compress([True, False], K, axis=0).sum()
        + np.trace(K @ K)
    )
