"""What strangers wrote: classes with operators, trees of states, tables filled in place, other people's libraries."""

from __future__ import annotations

import abc
import collections
import dataclasses
import enum
import functools
import itertools
import math
import operator
from typing import Any, NamedTuple

import numpy as np
import scipy.linalg as sl
import scipy.special as sp
import scipy.stats as stats

from programs import program


@program("params", "params: unit; strikes: pos", params="4", strikes="m", judge="differences")
def svi_total_variance(params, strikes):
    a, b, rho, m = params
    sig = 0.1
    k = np.log(strikes / np.mean(strikes))
    w = a + b * (rho * (k - m) + np.sqrt((k - m) ** 2 + sig**2))
    g = (1 - k * np.gradient(w, k, edge_order=1) / (2 * w)) ** 2
    return np.sum(w) + np.sum(np.maximum(-g, 0)) + g[1:-1].mean()


class Link(NamedTuple):
    length: float
    mass: float = 1.0

    @property
    def com(self):
        return self.length / 2


@program("q dq", q="3", dq="3", judge="differences")
def lagrangian_planar_arm(q, dq):
    links = [Link(1.0), Link(0.7, 0.5), Link(length=0.3)]
    T = V = 0
    base, vbase, th, om = (np.zeros(2), np.zeros(2), 0.0, 0.0)
    for i, link in enumerate(links):
        th = th + q[i]
        om = om + dq[i]
        u = np.array([np.sin(th), -np.cos(th)])
        n = np.array([np.cos(th), np.sin(th)])
        pc = base + link.com * u
        vc = vbase + link.com * om * n
        T += 0.5 * link.mass * (vc @ vc) + 0.5 * link.mass * link.length**2 / 12 * om**2
        V += link.mass * 9.81 * pc[1]
        base = base + link.length * u
        vbase = vbase + link.length * om * n
    return T - V


@program("x", x="6", judge="differences")
def se3_exponential(x):

    def hat(w):
        return np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])

    v, w = (x[:3], x[3:])
    th = np.linalg.norm(w)
    W = hat(w)
    V = np.eye(3) + (1 - np.cos(th)) / th**2 * W + (th - np.sin(th)) / th**3 * (W @ W)
    R = np.eye(3) + np.sin(th) / th * W + (1 - np.cos(th)) / th**2 * np.linalg.matrix_power(W, 2)
    T = np.eye(4)
    T[:3, :3] = R
    T[:3, 3] = V @ v
    return T


@program("cam pts", cam="6", pts="n,3", judge="differences", uv="n,2")
def bundle_adjustment_residual(cam, pts, uv):
    w, t = np.split(cam, 2)
    theta = np.sqrt(np.sum(w**2) + 1e-12)
    k = w / theta
    rotated = (
        pts * np.cos(theta)
        + np.cross(np.broadcast_to(k, pts.shape), pts) * np.sin(theta)
        + np.outer(pts @ k, k) * (1 - np.cos(theta))
    )
    cam_pts = rotated + t + [0, 0, 8]
    proj = cam_pts[:, :2] / cam_pts[:, 2, np.newaxis]
    r2 = (proj**2).sum(1, keepdims=True)
    distorted = proj * (1 + 0.1 * r2 + 0.01 * r2**2)
    return (500 * distorted - uv).ravel()


class Unicycle:
    dt = 0.1

    def __init__(self, horizon):
        self.T = horizon

    def __call__(self, x, u):
        px, py, th = x
        v, w = u
        return np.array([px + self.dt * v * np.cos(th), py + self.dt * v * np.sin(th), th + self.dt * w])

    def rollout(self, x0, U):
        xs = [x0]
        for u in U:
            xs.append(self(xs[-1], u))
        return np.array(xs)


@program("U", U="T,2", x0="3", named=False, judge="differences")
def optimal_control_unicycle(U, x0):
    car = Unicycle(len(U))
    X = car.rollout(x0, U)
    goal = np.array([1.0, 1.0, 0.0])
    stage = np.sum((X[:-1] - goal) ** 2 @ np.array([1, 1, 0.1])) + 0.1 * np.sum(U**2)
    obst = np.exp(-10 * np.sum((X[:, :2] - 0.5) ** 2, 1)).sum()
    return stage + 50 * np.linalg.norm(X[-1] - goal) ** 2 + obst


@program("x0 q", "q: pos", x0="2", q="2", z="T", judge="differences", named=False)
def extended_kalman_pendulum(x0, q, z):
    f = lambda x: np.array([x[0] + 0.1 * x[1], x[1] - 0.1 * 9.8 * np.sin(x[0])])
    F = lambda x: np.array([[1, 0.1], [-0.98 * np.cos(x[0]), 1]])
    H = np.array([[1.0, 0.0]])
    P, x, nll = (np.eye(2), x0, 0.0)
    Q, R = (np.diag(q), np.array([[0.1]]))
    for zk in z:
        J = F(x)
        x = f(x)
        P = J @ P @ J.T + Q
        S = H @ P @ H.T + R
        y = zk - H @ x
        K = P @ H.T @ np.linalg.inv(S)
        x = x + (K @ y).squeeze()
        P = (np.eye(2) - K @ H) @ P
        nll += 0.5 * (y.T @ np.linalg.solve(S, y) + np.linalg.slogdet(2 * np.pi * S)[1])
    return nll


@program("logits", logits="3,3", obs="T", how="obs: labels:2", judge="differences", named=False)
def hmm_scaled_forward_class(logits, obs):

    class HMM:
        def __init__(self, T, E):
            self.T, self.E = (T, E)

        @property
        def n(self):
            return self.T.shape[0]

        def step(self, alpha, o):
            a = alpha @ self.T * self.E[:, o]
            c = a.sum()
            return (a / c, np.log(c))

    T = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    E = np.array([[0.7, 0.3], [0.2, 0.8], [0.5, 0.5]])
    h = HMM(T, E)
    alpha = np.ones(h.n) / h.n
    ll = 0
    for o in obs:
        alpha, term = h.step(alpha, o)
        ll = ll + term
    return ll


def rbf(x, y, ls, var):
    d2 = np.sum(x**2, 1)[:, None] + np.sum(y**2, 1)[None, :] - 2 * np.dot(x, y.T)
    return var * np.exp(-0.5 * d2 / ls**2)


@program("theta Z", X="n,d", y="n", theta="3", Z="k,d")
def sparse_gp_titsias_bound(theta, X, y, Z):
    ls, var, noise = np.exp(theta)
    M, N = (Z.shape[0], X.shape[0])
    Kuu = rbf(Z, Z, ls, var) + 0.0001 * np.identity(M)
    Kuf = rbf(Z, X, ls, var)
    L = sl.cholesky(Kuu, lower=True)
    A = sl.solve_triangular(L, Kuf, lower=True) / np.sqrt(noise)
    B = np.eye(M) + A @ A.T
    LB = sl.cholesky(B, lower=True)
    c = sl.solve_triangular(LB, A @ y, lower=True) / np.sqrt(noise)
    return (
        -0.5 * N * np.log(2 * np.pi * noise)
        - np.log(np.diagonal(LB)).sum()
        - 0.5 * y @ y / noise
        + 0.5 * c @ c
        - 0.5 * N * var / noise
        + 0.5 * np.trace(A @ A.T)
    )


@program("q", q="2,9", judge="differences")
def shallow_water_lax_friedrichs(q):
    h, hu = (2 + 0.1 * q[0], q[1])
    g = 9.81

    def flux(h, hu):
        return np.array([hu, hu**2 / h + 0.5 * g * h**2])

    Q = np.stack((h, hu))
    for _step in range(2):
        F = flux(*Q)
        Qn = np.empty_like(Q)
        Qn[:, 1:-1] = 0.5 * (Q[:, 2:] + Q[:, :-2]) - 0.01 * (F[:, 2:] - F[:, :-2])
        Qn[:, 0], Qn[:, -1] = (Qn[:, 1], Qn[:, -2])
        Q = Qn
    return Q.sum() + (Q**2).mean()


@program("u", u="10", judge="differences")
def weno_reconstruction(u):
    u = np.pad(u, 2, mode="wrap")
    um2, um1, u0, up1, up2 = (u[:-4], u[1:-3], u[2:-2], u[3:-1], u[4:])
    b0 = 13 / 12 * (um2 - 2 * um1 + u0) ** 2 + 0.25 * (um2 - 4 * um1 + 3 * u0) ** 2
    b1 = 13 / 12 * (um1 - 2 * u0 + up1) ** 2 + 0.25 * (um1 - up1) ** 2
    b2 = 13 / 12 * (u0 - 2 * up1 + up2) ** 2 + 0.25 * (3 * u0 - 4 * up1 + up2) ** 2
    eps = 0.01
    a = np.array([0.1, 0.6, 0.3])[:, None] / (eps + np.array([b0, b1, b2])) ** 2
    w = a / a.sum(0)
    p = np.array([2 * um2 - 7 * um1 + 11 * u0, -um1 + 5 * u0 + 2 * up1, 2 * u0 + 5 * up1 - up2]) / 6
    return (w * p).sum(0)


@program("T kappa", "kappa: pos", T="6,5", kappa="", judge="differences")
def energy_by_np_gradient_2d(T, kappa):
    dTdy, dTdx = np.gradient(T, 0.2, 0.1, edge_order=2)
    return kappa / 2 * np.sum(dTdx**2 + dTdy**2) + np.gradient(T, axis=1).max()


class State(NamedTuple):
    S: Any
    E: Any
    ill: Any
    R: Any

    def __add__(self, o):
        return State(*(a + b for a, b in zip(self, o)))

    def __mul__(self, s):
        return State(*(a * s for a in self))

    __rmul__ = __mul__


@program("beta gamma", "beta: pos; gamma: unit", beta="", gamma="", data="T", judge="differences", named=False)
def seir_named_tuple_rk4(beta, gamma, data):

    def rhs(s, t):
        N = sum(s)
        new = beta * (1 + 0.2 * math.sin(t)) * s.S * s.ill / N
        return State(-new, new - 0.3 * s.E, 0.3 * s.E - gamma * s.ill, gamma * s.ill)

    s, dt, loss = (State(0.9, 0.05, 0.05, 0.0), 0.5, 0.0)
    for i, obs in enumerate(data):
        t = i * dt
        k1 = rhs(s, t)
        k2 = rhs(s + dt / 2 * k1, t + dt / 2)
        k3 = rhs(s + dt / 2 * k2, t + dt / 2)
        k4 = rhs(s + dt * k3, t + dt)
        s = s + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        loss += (s.ill - obs) ** 2
    return loss


@program("x w", x="2,6,6", w="3,2,3,3", judge="differences")
def conv2d_by_stride_tricks(x, w):
    from numpy.lib.stride_tricks import sliding_window_view

    win = sliding_window_view(x, (3, 3), axis=(1, 2))
    out = np.einsum("chwij,ocij->ohw", win, w)
    out = np.maximum(out, 0.01 * out)
    pooled = out.reshape(3, 2, 2, 2, 2).max(axis=(2, 4))
    return np.mean(pooled**2)


@program("H W", H="5,d", W="d,d", named=False, judge="differences")
def graph_network_add_at(H, W):
    src = np.array([0, 1, 2, 3, 4, 0])
    dst = np.array([1, 2, 3, 4, 0, 2])
    msg = np.tanh(H[src] @ W)
    agg = np.zeros_like(H)
    np.add.at(agg, dst, msg)
    deg = np.bincount(dst, minlength=5)[:, None]
    H2 = H + agg / np.maximum(deg, 1)
    np.full(5, -np.inf)
    return np.sum(H2**2) + np.sum(np.multiply.reduce(H2, axis=1))


class Activation(enum.Enum):
    RELU = "relu"
    TANH = "tanh"

    def __call__(self, x):
        match self:
            case Activation.RELU:
                return np.maximum(x, 0)
            case Activation.TANH:
                return np.tanh(x)


@program("x", x="m", judge="differences")
def enum_match_and_walrus(x):
    out = 0.0
    for act in Activation:
        if (n := len(act.value)) == 4:
            out = out + n * act(x).sum()
    return out


@functools.cache
def gauss_nodes(n):
    return np.polynomial.legendre.leggauss(n)


@program("a b", a="", b="")
def quadrature_with_cached_nodes(a, b):
    t, w = gauss_nodes(8)
    x = (b - a) / 2 * t + (a + b) / 2
    return (b - a) / 2 * np.sum(w * np.exp(-(x**2)))


@program("x", x="5", named=False)
def dictionaries_of_parameters(x):
    names = ["a", "b", "c", "d", "e"]
    p = dict(zip(names, x))
    p.update(f=p["a"] * p["b"])
    q = {**p, "g": p.pop("c")}
    total = sum((v * i for i, (k, v) in enumerate(sorted(q.items(), key=lambda kv: kv[0]))))
    return total + functools.reduce(operator.mul, q.values())


@program("mu sigma", "sigma: pos", mu="", sigma="", x="n", judge="differences")
def stats_norm_logpdf(mu, sigma, x):
    return -np.sum(stats.norm.logpdf(x, loc=mu, scale=sigma))


@program("mu sigma", "sigma: pos", mu="", sigma="", x="n", judge="differences")
def stats_norm_frozen(mu, sigma, x):
    d = stats.norm(mu, sigma)
    return np.sum(d.logcdf(x)) + d.pdf(x).prod() + d.sf(0.3) + d.ppf(0.2)


class WeightsParser:
    def __init__(self):
        self.idxs_and_shapes = {}
        self.num_weights = 0

    def add_shape(self, name, shape):
        start = self.num_weights
        self.num_weights += np.prod(shape)
        self.idxs_and_shapes[name] = (slice(start, self.num_weights), shape)

    def get(self, vect, name):
        idxs, shape = self.idxs_and_shapes[name]
        return np.reshape(vect[idxs], shape)


@program("vect", vect="17", x="T,2", named=False)
def autograd_rnn_weights_parser(vect, x):
    p = WeightsParser()
    p.add_shape("init", (1, 3))
    p.add_shape("change", (2 + 1, 3))
    p.add_shape("out", (4, 1))
    p.add_shape("b", 1)

    def concat_and_multiply(weights, *args):
        cat_state = np.hstack(args + (np.ones((args[0].shape[0], 1)),))
        return np.dot(cat_state, weights)

    h = p.get(vect, "init")
    out = []
    for xt in x:
        h = np.tanh(concat_and_multiply(p.get(vect, "change"), xt[None]) + h)
        out.append(concat_and_multiply(p.get(vect, "out"), h))
    return np.sum(np.concatenate(out) ** 2) + p.get(vect, "b")[0]


@program("log_a log_b", t="n", d="n", how="t: pos; d: 01", log_a="", log_b="", judge="differences")
def survival_loglogistic_and_gompertz(log_a, log_b, t, d):
    a, b = np.exp([log_a, log_b])
    h = b / a * (t / a) ** (b - 1) / (1 + (t / a) ** b)
    S = 1 / (1 + (t / a) ** b)
    gomp = np.log(b) + a * t - b / a * np.expm1(a * t)
    return -(d * np.log(h) + np.log(S)).sum() - gomp.mean()


@program("T P", "T: pos; P: pos", T="", P="")
def peng_robinson_cubic_root(T, P):
    kappa = 0.37464 + 1.54226 * 0.1
    alpha = (1 + kappa * (1 - np.sqrt(T / 2))) ** 2
    A, B = (0.45724 * alpha * P / T**2, 0.0778 * P / T)
    Z = 1.0
    for _ in range(25):
        f = Z**3 - (1 - B) * Z**2 + (A - 3 * B**2 - 2 * B) * Z - (A * B - B**2 - B**3)
        fp = 3 * Z**2 - 2 * (1 - B) * Z + (A - 3 * B**2 - 2 * B)
        Z = Z - f / fp
    lnphi = (
        Z
        - 1
        - np.log(Z - B)
        - A / (2 * np.sqrt(2) * B) * np.log((Z + (1 + np.sqrt(2)) * B) / (Z + (1 - np.sqrt(2)) * B))
    )
    return lnphi


@program("r", r="4,3")
def coulomb_matrix_eigen(r):
    Z = np.array([8.0, 1.0, 1.0, 6.0])
    n = len(Z)
    M = np.array(
        [
            [0.5 * Z[i] ** 2.4 if i == j else Z[i] * Z[j] / np.linalg.norm(r[i] - r[j]) for j in range(n)]
            for i in range(n)
        ]
    )
    return np.linalg.eigvalsh(M)[::-1] @ np.arange(1, 5)


@program("r", r="4,3", judge="differences")
def dihedral_and_bending(r):
    b = r[1:] - r[:-1]
    n1, n2 = (np.cross(b[0], b[1]), np.cross(b[1], b[2]))
    m1 = np.cross(n1, b[1] / np.linalg.norm(b[1]))
    phi = np.arctan2(m1 @ n2, n1 @ n2)
    cos_t = -(b[0] @ b[1]) / (np.linalg.norm(b[0]) * np.linalg.norm(b[1]))
    return 1 + np.cos(3 * phi - np.pi / 6) + (math.acos(cos_t) - 1.9) ** 2


@program("theta", theta="3", judge="differences")
def pendulum_with_solve_ivp_like_class(theta):

    class RK45:
        C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1]
        A = [
            [],
            [1 / 5],
            [3 / 40, 9 / 40],
            [44 / 45, -56 / 15, 32 / 9],
            [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
            [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
        ]
        B = np.array([35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84])

        def __init__(self, fun, t0, y0, h):
            self.fun, self.t, self.y, self.h = (fun, t0, np.asarray(y0), h)

        def step(self):
            K = []
            for c, a in zip(self.C, self.A):
                dy = sum((ai * k for ai, k in zip(a, K)), start=np.zeros(2)) * self.h
                K.append(self.fun(self.t + c * self.h, self.y + dy))
            self.y = self.y + self.h * np.dot(np.array(K).T, self.B)
            self.t += self.h

    g, size, th0 = theta
    s = RK45(
        lambda t, y: np.array([y[1], -(9 + g) * np.sin(y[0]) * (1.5 + np.cos(size)) - 0.1 * y[1] * np.cos(t)]),
        0.0,
        [th0, 0.0],
        0.1,
    )
    for _ in range(3):
        s.step()
    return s.y


@program("c", c="4", x="n", judge="differences")
def chebyshev_and_legendre_series(c, x):
    V = np.polynomial.legendre.legvander(np.tanh(np.linspace(-1, 1, 6)), 3)
    T = [np.ones_like(x), x]
    for _k in range(2, 4):
        T.append(2 * x * T[-1] - T[-2])
    return (
        (V @ c).sum() ** 2
        + np.sum(np.array(T).T @ c)
        + np.polynomial.chebyshev.chebval(0.3, c)
        + np.polyval(c, x).sum()
        + np.polynomial.polynomial.polyval(x, c).sum()
        + np.polynomial.legendre.legval(x, c).sum()
    )


@program("y", y="6", judge="differences")
def least_squares_polynomial_fit(y):
    t = np.linspace(0, 1, 6)
    A = np.vander(t, 3, increasing=True)
    c, *_ = np.linalg.lstsq(A, y, rcond=None)
    c2 = np.polyfit(t, y, 2)
    return np.sum((A @ c - y) ** 2) + c[2] ** 2 + c2[0]


@program("fp", fp="5", x="n", judge="differences")
def interpolation_with_learned_heights(fp, x):
    xp = np.linspace(-2, 2, 5)
    y = np.interp(x, xp, fp)
    i = np.clip(np.searchsorted(xp, np.linspace(-1.9, 1.9, 6)) - 1, 0, 3)
    s = (np.linspace(-1.9, 1.9, 6) - xp[i]) / (xp[i + 1] - xp[i])
    herm = fp[i] * (1 - s) ** 2 * (1 + 2 * s) + fp[i + 1] * s**2 * (3 - 2 * s)
    return np.sum(y**2) + np.sum(herm) + np.sum(np.digitize([-1.0, 0.5], xp) * fp[:2])


@program("x", x="6", named=False, judge="differences")
def deque_counter_defaultdict(x):
    buf = collections.deque(maxlen=3)
    acc = collections.defaultdict(float)
    for i, v in enumerate(x):
        buf.append(v)
        acc[i % 2] += v * v
        if len(buf) == 3:
            acc["w"] += np.mean(buf) * np.max(list(buf))
    return acc[0] * acc[1] + acc["w"]


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = (x, y)

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)

    def __sub__(self, o):
        return Vec(self.x - o.x, self.y - o.y)

    def __mul__(self, s):
        return Vec(self.x * s, self.y * s)

    __rmul__ = __mul__

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __iter__(self):
        yield self.x
        yield self.y

    def __matmul__(self, o):
        return self.x * o.x + self.y * o.y

    def __neg__(self):
        return -1 * self

    def __repr__(self):
        return f"Vec({self.x}, {self.y})"


@program("q", q="4", judge="differences")
def user_vector_class_orbit(q):
    r, v = (Vec(q[0] + 2, q[1]), Vec(q[2], q[3]))
    for _ in range(3):
        a = -(1 / abs(r) ** 3 * r)
        v = v + 0.1 * a
        r = r + 0.1 * v
        assert repr(r).startswith("Vec(")
    x, y = r
    return v @ v / 2 - 1 / abs(r) + x * y


class Dual:
    """a stranger's own forward mode"""

    def __init__(self, a, b=0.0):
        self.a, self.b = (a, b)

    def __mul__(self, o):
        o = o if isinstance(o, Dual) else Dual(o)
        return Dual(self.a * o.a, self.a * o.b + self.b * o.a)

    __rmul__ = __mul__

    def __add__(self, o):
        o = o if isinstance(o, Dual) else Dual(o)
        return Dual(self.a + o.a, self.b + o.b)

    __radd__ = __add__

    def sin(self):
        return Dual(np.sin(self.a), np.cos(self.a) * self.b)


@program("x", x="", judge="differences")
def dual_numbers_over_traced(x):
    f = lambda z: z * z * 3 + np.sin(np.array(z)) if False else z * z * 3 + z.sin()
    d = f(Dual(x, 1.0))
    return d.a * d.b


@program("x", x="n,d", judge="differences")
def ufunc_keywords_out_where(x):
    y = np.empty_like(x)
    np.multiply(x, 2, out=y)
    np.add(y, 1, out=y)
    z = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0.5)
    w = np.exp(x, where=x < 1, out=np.ones_like(x))
    return np.sum(y * y) + z.sum() + np.sum(w)


@program("x", x="4,4", judge="differences")
def in_place_operators_and_copyto(x):
    y = x.copy()
    y *= 2
    y += x.T
    y -= y.mean()
    y /= 3
    y **= 2
    np.copyto(y[0], x[1])
    y[np.diag_indices(4)] += 1
    y.flat[3] = 7.0
    y[y > 5] = 5
    np.put(y, [1, 2], [x[0, 0], 4.0])
    return (y @ y).sum()


@program("x", x="n,d")
def list_format_einsum_and_paths(x):
    a = np.einsum(x, [0, 1], x, [2, 1], [0, 2])
    b = np.einsum("ij,kj,kl->il", x, x, x, optimize="greedy")
    c = np.einsum("ij->ji", x) + np.einsum("ij,ij->j", x, x)[:, None] + np.einsum("ii", a)
    (d,) = np.einsum("i...->...", x)[None]
    return a.sum() + b.sum() + c.sum() + d.prod()


class Kernel(abc.ABC):
    @abc.abstractmethod
    def __call__(self, a, b): ...

    def __add__(self, other):
        return Sum(self, other)

    def __mul__(self, other):
        return Product(self, other) if isinstance(other, Kernel) else Scale(self, other)

    __rmul__ = __mul__


class Sum(Kernel):
    def __init__(self, *ks):
        self.ks = ks

    def __call__(self, a, b):
        return sum(k(a, b) for k in self.ks)


class Product(Sum):
    def __call__(self, a, b):
        return functools.reduce(operator.mul, (k(a, b) for k in self.ks))


class Scale(Kernel):
    def __init__(self, k, s):
        self.k, self.s = (k, s)

    def __call__(self, a, b):
        return self.s * self.k(a, b)


class RBF(Kernel):
    def __init__(self, ell):
        self.ell = ell

    def __call__(self, a, b):
        return np.exp(-((a[:, None] - b) ** 2) / (2 * self.ell**2))


class Linear(Kernel):
    def __call__(self, a, b):
        return np.outer(a, b)


class White(Kernel):
    def __call__(self, a, b):
        return (a[:, None] == b) * 1.0


@program("h", "h: pos", h="4", x="n", y="n", judge="differences")
def kernel_algebra_gp(h, x, y):
    k = h[0] * RBF(h[1]) + Linear() * RBF(2.0) * h[2] + h[3] * White()
    K = k(x, x)
    L = np.linalg.cholesky(K + 0.001 * np.eye(len(x)))
    a = sl.solve_triangular(L, y, lower=True)
    return 0.5 * a @ a + np.log(np.diagonal(L)).sum()


class Module:
    def __init__(self):
        self._params = {}

    def __setattr__(self, k, v):
        if not k.startswith("_"):
            self.__dict__.setdefault("_params", {})[k] = v
        object.__setattr__(self, k, v)

    def parameters(self):
        return list(self._params.values())


class Dense(Module):
    def __init__(self, W, b):
        super().__init__()
        self.W = W
        self.b = b

    def __call__(self, x):
        return x @ self.W + self.b


class Sequential(Module):
    def __init__(self, *layers):
        super().__init__()
        self._layers = layers

    def __call__(self, x):
        for layer in self._layers:
            x = layer(x)
        return x


@program("W1 b1 W2 b2", W1="d,5", b1="5", W2="5,k", b2="k", X="n,d")
def tiny_torch_like_modules(W1, b1, W2, b2, X):
    net = Sequential(Dense(W1, b1), np.tanh, Dense(W2, b2), lambda z: z - sp.logsumexp(z, axis=-1, keepdims=True))
    out = net(X)
    decay = sum(np.sum(p**2) for part in net._layers if isinstance(part, Module) for p in part.parameters())
    return -out[:, 0].mean() + 0.01 * decay


@dataclasses.dataclass(frozen=True)
class Quaternion:
    w: Any
    x: Any
    y: Any
    z: Any

    @classmethod
    def from_axis_angle(cls, axis, angle):
        s = math.sin(angle / 2)
        return cls(math.cos(angle / 2), *(a * s for a in axis))

    def __mul__(self, o):
        if not isinstance(o, Quaternion):
            return Quaternion(*(c * o for c in dataclasses.astuple(self)))
        a, b = (self, o)
        return Quaternion(
            a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
            a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
            a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
            a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
        )

    __rmul__ = __mul__

    @property
    def conj(self):
        return Quaternion(self.w, -self.x, -self.y, -self.z)

    def rotate(self, v):
        return self * Quaternion(0, *v) * self.conj

    def __abs__(self):
        return math.sqrt(sum(c**2 for c in dataclasses.astuple(self)))


@program("angles", angles="3", judge="differences")
def quaternion_dataclass_chain(angles):
    q = functools.reduce(operator.mul, (Quaternion.from_axis_angle(ax, a) for ax, a in zip(np.eye(3).tolist(), angles)))
    r = (2.0 * q).rotate((1.0, 0.5, -0.2))
    return r.x + 2 * r.y**2 + r.z * abs(q)


@functools.singledispatch
def energy(state):
    raise TypeError


@energy.register
def _(state: dict):
    return sum(energy(v) for v in state.values())


@energy.register(list)
def _(state):
    return sum(map(energy, state))


@energy.register(np.ndarray)
def _(state):
    return (state**2).sum()


@energy.register(float)
def _(state):
    return state**4


@program("x s", x="m", s="", judge="differences")
def single_dispatch_over_a_tree(x, s):
    return energy({"a": x, "b": [x * 2, s, {"c": s}]})


@program("a", a="", judge="differences")
def romberg_integration(a):
    f = lambda x: math.exp(-a * x) * math.sin(3 * x)
    R = [[0.0] * 4 for _ in range(4)]
    h = 1.0
    R[0][0] = 0.5 * h * (f(0.0) + f(1.0))
    for i in range(1, 4):
        h /= 2
        R[i][0] = 0.5 * R[i - 1][0] + h * sum(f((2 * k - 1) * h) for k in range(1, 2 ** (i - 1) + 1))
        for j in range(1, i + 1):
            R[i][j] = R[i][j - 1] + (R[i][j - 1] - R[i - 1][j - 1]) / (4**j - 1)
    return R[3][3]


@program("y0", y0="3", judge="differences")
def lorenz_with_generator_states(y0):

    def states(y, dt=0.01):
        while True:
            yield y
            x, yy, z = y
            y = y + dt * np.array([10 * (yy - x), x * (28 - z) - yy, x * yy - 8 / 3 * z])

    return list(itertools.islice(states(y0), 6))[-1]


@program("A b", A="3,3", b="3", judge="differences")
def conjugate_gradient_unrolled(A, b):
    M = A.T @ A + 2 * np.eye(3)
    x = np.zeros_like(b)
    r = b - M @ x
    p = r.copy()
    rs = r @ r
    for _ in range(3):
        Ap = M @ p
        al = rs / (p @ Ap)
        x += al * p
        r -= al * Ap
        rsn = r @ r
        p = r + rsn / rs * p
        rs = rsn
    return x


@program("A", A="3,3", judge="differences")
def lu_without_pivoting_in_place(A):
    U = A + 5 * np.eye(3)
    L = np.eye(3)
    for k in range(2):
        for i in range(k + 1, 3):
            L[i, k] = U[i, k] / U[k, k]
            U[i, k:] -= L[i, k] * U[k, k:]
    return np.prod(np.diag(U)) + L.sum()


@program("x", x="8", judge="differences")
def walsh_hadamard_butterflies(x):
    a = x.copy()
    h = 1
    while h < 8:
        for i in range(0, 8, 2 * h):
            for j in range(i, i + h):
                a[j], a[j + h] = (a[j] + a[j + h], a[j] - a[j + h])
        h *= 2
    return np.abs(a).sum() + a[3] ** 2


@program("x", x="n", how="x: unit", judge="differences")
def information_measures(x):
    p = x / x.sum()
    q = np.ones(len(x)) / len(x)
    m = (p + q) / 2
    js = 0.5 * (sp.rel_entr(p, m).sum() + sp.rel_entr(q, m).sum())
    return js + sp.entr(p).sum() - np.log(len(x)) + np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) / 2) + (p**2).sum()


@program("x", x="3,4", judge="differences")
def take_put_along_axis_and_masks(x):
    i = np.argsort(x, axis=1)
    s = np.take_along_axis(x, i, axis=1)
    y = np.zeros_like(x)
    np.put_along_axis(y, np.array([[0], [1], [2]]), x[:, :1] * 2, axis=1)
    return (
        np.sum(s * np.arange(4))
        + np.sum(y**2)
        + np.compress([True, False, True], x, axis=0).sum()
        + np.extract(np.eye(3, 4) > 0, x).prod()
    )


@program("x", x="5", judge="differences")
def scan_by_accumulate_and_reduceat(x):
    a = list(itertools.accumulate(x, lambda s, v: 0.5 * s + v, initial=0.0))
    b = np.add.reduceat(x, [0, 2, 3]) if hasattr(np.add, "reduceat") else x
    return sum(a) + (b**2).sum() + np.frompyfunc(lambda u, v: u * v + 1, 2, 1).reduce(list(x[:3]))


@program("x", x="6", judge="differences")
def views_that_write_through(x):
    A = np.zeros((2, 3))
    v = A.ravel()
    v[:] = x
    r = A[1]
    r *= 3
    At = A.T
    At[0, 0] = x[5] ** 2
    B = A.reshape(3, 2)
    B[2] += 1
    return (A**2).sum() + v[3]


@program("u", u="8", judge="differences")
def stencil_with_ghost_cells_and_out(u):
    g = np.empty(10)
    g[1:-1] = u
    g[0], g[-1] = (g[-2], g[1])
    lap = np.empty(8)
    np.subtract(g[2:], 2 * g[1:-1], out=lap)
    np.add(lap, g[:-2], out=lap)
    lap *= 10.0
    np.multiply(lap, u, out=lap)
    return -lap.sum()


@program("x", x="n,d", named=True)
def standardise_named_dims(x):
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    c = z.T @ z / len(x)
    return (
        np.log(x.var(axis=1) / np.mean(x.var(axis=1))).sum()
        + (c**2).sum() / x.shape[1] ** 2
        + x.size * 0.001 * np.abs(x).max()
    )


@program("x w", "w: pos", x="n,d", w="n", named=True)
def weighted_ratio_estimators(x, w):
    p = w / np.mean(w)
    r = (p[:, None] * x).mean(0) / np.mean(p)
    return np.sum(r**2) + np.sum(np.log(p / np.sum(p))) + np.mean(w**2) ** (-1) + 1 / np.mean(1 / w)


@program("x", "x: pos", x="n", named=True)
def diversity_indices(x):
    p = x / np.sum(x)
    hill = np.sum(p**2) ** (-1)
    return (
        hill / len(x)
        + np.exp(-np.sum(p * np.log(p))) / x.shape[0]
        + np.std(x) / np.mean(x)
        + np.exp(np.mean(np.log(x))) / np.mean(x)
    )


@program("x", x="T", named=True)
def time_series_named_statistics(x):
    d = np.diff(x)
    r = x[1:] / x.shape[0] - x[:-1]
    dw = np.sum(d**2) / np.sum((x - x.mean()) ** 2)
    return (
        dw
        + np.sum(r**2) / (len(x) - 1)
        + np.mean(x[1:] * x[:-1]) / np.mean(x**2)
        + np.max(np.cumsum(x - np.mean(x)))
        - np.min(np.cumsum(x - np.mean(x)))
    )
