"""Physics, engineering, chemistry, finance, signals: programs with state, loops and arrays that are filled."""

from __future__ import annotations

import dataclasses
import math
import operator
from functools import reduce
from typing import Any

import numpy as np
import scipy.linalg as sl
import scipy.special as sp

from programs import program

Array = Any


# --- mechanics -------------------------------------------------------------------------------------------------------


@program("x", x="n,2")
def spring_chain(x: Array) -> Array:
    ext = np.linalg.norm(np.diff(x, axis=0), axis=1) - 1.0
    return 0.5 * 10 * (ext**2).sum() + 9.81 * x[:, 1].sum()


@program("x", "m: pos", x="4,3", m="4", named=False)
def n_body_energy(x: Array, m: Array) -> Array:
    U = 0.0
    for i in range(len(m)):
        for j in range(i):
            r = x[i] - x[j]
            U -= m[i] * m[j] / math.sqrt(r.dot(r) + 1e-2)
    return U


@program("x v", "m: pos", x="3,2", v="3,2", m="3", named=False)
def n_body_leapfrog(x: Array, v: Array, m: Array) -> Array:
    def acc(x: Array) -> Array:
        d = x[None, :, :] - x[:, None, :]
        inv = ((d**2).sum(-1) + 0.05) ** -1.5
        return (m[None, :, None] * d * inv[..., None]).sum(axis=1)

    dt = 0.05
    for _ in range(4):
        v = v + dt / 2 * acc(x)
        x = x + dt * v
        v = v + dt / 2 * acc(x)
    return x


@program("x", x="n,3")
def lennard_jones_cutoff(x: Array) -> Array:
    d = 2 * x[:, None, :] - 2 * x[None, :, :]
    r2 = np.sum(d * d, axis=-1) + np.eye(x.shape[0])
    inv6 = 1.0 / r2**3
    e = 4 * (inv6**2 - inv6)
    off = ~np.eye(x.shape[0], dtype=bool)
    return 0.5 * np.sum(np.where((r2 < 6.25) & off, e, 0.0))


@program("x", x="n,3")
def minimum_image(x: Array) -> Array:
    L = 2.5
    d = x[:, None] - x
    d = d - L * np.round(d / L)
    r = np.sqrt((d**2).sum(axis=2) + 0.1)
    iu = np.triu_indices(6, 1)
    return np.sum(np.exp(-r[iu]) / r[iu])


@program("s J", s="4,5", J="")
def ising_with_fields(s: Array, J: Array) -> Array:
    s = np.tanh(s)
    return -J * (s * np.roll(s, 1, 0) + s * np.roll(s, -1, axis=1)).sum() - 0.1 * s.sum()


@program("u A", "A: pos", u="6", A="5", judge="differences", named=False)
def truss_energy(u: Array, A: Array) -> Array:
    nodes = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.5]])
    bars = [(0, 1), (1, 3), (2, 3), (3, 4), (1, 4)]
    disp = np.zeros((5, 2))
    disp[[1, 3, 4]] = 0.1 * u.reshape(3, 2)
    E = 0.0
    for a, (i, j) in zip(A, bars, strict=True):
        L0 = np.hypot(*(nodes[j] - nodes[i]))
        dx = nodes[j] + disp[j] - nodes[i] - disp[i]
        E += 0.5 * a * (np.sqrt(np.sum(dx**2)) - L0) ** 2 / L0
    return E - u[-1]


@program("E", "E: pos", E="4", judge="differences", named=False)
def truss_stiffness_assembly(E: Array) -> Array:
    K = np.zeros((5, 5))
    for e in range(4):
        ke = E[e] * np.array([[1.0, -1.0], [-1.0, 1.0]])
        dofs = [e, e + 1]
        K[np.ix_(dofs, dofs)] += ke
    f = np.zeros(4)
    f[-1] = 1.0
    u = np.linalg.solve(K[1:, 1:], f)
    return u @ f + K[0, 1:] @ u


@program("EI q", "EI: pos", EI="3", q="", judge="differences", named=False)
def beam_elements(EI: Array, q: Array) -> Array:
    n = 3
    K, F = np.zeros((2 * n + 2, 2 * n + 2)), np.zeros(2 * n + 2)
    L = 1.0 / n
    k0 = np.array([[12, 6 * L, -12, 6 * L], [6 * L, 4 * L**2, -6 * L, 2 * L**2],
                   [-12, -6 * L, 12, -6 * L], [6 * L, 2 * L**2, -6 * L, 4 * L**2]]) / L**3  # fmt: skip
    for e in range(n):
        s = slice(2 * e, 2 * e + 4)
        K[s, s] += EI[e] * k0
        F[s] += q * L / 12 * np.array([6, L, 6, -L])
    free = list(range(2, 2 * n + 2))
    w = np.linalg.solve(K[free][:, free], F[free])
    return w[-2]


@program("th", th="5", named=False)
def planar_arm(th: Array) -> Array:
    lengths = [1.0, 0.8, 0.6, 0.4, 0.2]
    angles = np.cumsum(th)
    tip = np.array([np.dot(lengths, np.cos(angles)), np.dot(lengths, np.sin(angles))])
    return np.linalg.norm(tip - np.array([1.2, 0.7])) ** 2 + 1e-2 * th @ th


@program("q", q="6", named=False)
def denavit_hartenberg(q: Array) -> Array:
    d, a, alpha = [0.3, 0, 0, 0.2, 0.1, 0.1], [0, 0.4, 0.3, 0, 0, 0], [np.pi / 2, 0, 0, np.pi / 2, -np.pi / 2, 0]

    def T(theta: Array, d: float, a: float, al: float) -> Array:
        c, s, ca, sa = math.cos(theta), math.sin(theta), math.cos(al), math.sin(al)
        return np.array([[c, -s * ca, s * sa, a * c], [s, c * ca, -c * sa, a * s], [0, sa, ca, d], [0, 0, 0, 1]])

    M = reduce(operator.matmul, (T(*p) for p in zip(q, d, a, alpha, strict=True)))
    return M[:3, 3]


@program("w", w="3", p="3", named=False)
def rodrigues(w: Array, p: Array) -> Array:
    t = np.sqrt(np.sum(w**2))
    k = w / t
    return p * np.cos(t) + np.cross(k, p) * np.sin(t) + k * np.dot(k, p) * (1 - np.cos(t))


@program("q v", q="4", v="3", named=False)
def quaternion_rotation(q: Array, v: Array) -> Array:
    s, u = q[0], q[1:]
    n2 = np.sum(q * q)
    return (2 * np.dot(u, v) * u + (s * s - np.dot(u, u)) * v + 2 * s * np.cross(u, v)) / n2


@program("y0 p", y0="4", p="3", how="p: pos", named=False)
def double_pendulum_rk4(y0: Array, p: Array) -> Array:
    m, l, g = p  # noqa: E741

    def f(y: Array) -> Array:
        a, b, wa, wb = y
        s, c = np.sin(a - b), np.cos(a - b)
        den = l * (2 * m + 1 - np.cos(2 * a - 2 * b))
        da = (-g * 3 * np.sin(a) - g * np.sin(a - 2 * b) - 2 * s * (wb**2 * l + wa**2 * l * c)) / den
        db = 2 * s * (wa**2 * l * 2 + 2 * g * np.cos(a) + wb**2 * l * c) / den
        return np.array([wa, wb, da, db])

    y, h = y0, 0.05
    for _ in range(3):
        k1 = f(y)
        k2 = f(y + h / 2 * k1)
        k3 = f(y + h / 2 * k2)
        k4 = f(y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y


# --- fields ----------------------------------------------------------------------------------------------------------


@program("u", judge="differences", u="n")
def heat_explicit_named(u: Array) -> Array:
    for _ in range(3):
        new = u.copy()
        new[1:-1] = u[1:-1] + 0.2 * (u[2:] - 2 * u[1:-1] + u[:-2])
        u = new
    return np.sum(u**2)


@program("k", "k: pos", u="n", k="")
def heat_implicit(u: Array, k: Array) -> Array:
    n = u.shape[0]
    A = np.eye(n) * (1 + 2 * k) - k * np.eye(n, k=1) - k * np.eye(n, k=-1)
    for _ in range(3):
        u = np.linalg.solve(A, u)
    return u @ u


@program("a b c d", "b: pos", judge="differences", a="5", b="5", c="5", d="5", named=False)
def thomas_algorithm(a: Array, b: Array, c: Array, d: Array) -> Array:
    n = len(d)
    cp, dp, x = np.zeros(n), np.zeros(n), np.zeros(n)
    b = b + 3
    cp[0], dp[0] = c[0] / b[0], d[0] / b[0]
    for i in range(1, n):
        m = b[i] - a[i] * cp[i - 1]
        cp[i] = c[i] / m
        dp[i] = (d[i] - a[i] * dp[i - 1]) / m
    x[-1] = dp[-1]
    for i in range(n - 2, -1, -1):
        x[i] = dp[i] - cp[i] * x[i + 1]
    return x


@program("u", judge="differences", u="6,6", named=False)
def red_black_gauss_seidel(u: Array) -> Array:
    u = u.copy()
    for _ in range(2):
        u[1:-1:2, 1:-1:2] = (u[:-2:2, 1:-1:2] + u[2::2, 1:-1:2] + u[1:-1:2, :-2:2] + u[1:-1:2, 2::2]) / 4
        u[2:-1:2, 2:-1:2] = (u[1:-2:2, 2:-1:2] + u[3::2, 2:-1:2] + u[2:-1:2, 1:-2:2] + u[2:-1:2, 3::2]) / 4
    return (u**2).sum()


@program("u", judge="differences", u="n,m")
def wave_equation_2d(u: Array) -> Array:
    prev, cur = u, u
    for _ in range(2):
        lap = np.zeros_like(cur)
        lap[1:-1, 1:-1] = cur[2:, 1:-1] + cur[:-2, 1:-1] + cur[1:-1, 2:] + cur[1:-1, :-2] - 4 * cur[1:-1, 1:-1]
        prev, cur = cur, 2 * cur - prev + 0.1 * lap
    return (cur**2).mean()


@program("u", u="T", nu="", how="nu: pos")
def burgers_upwind(u: Array, nu: Array) -> Array:
    back, fwd = u - np.roll(u, 1), np.roll(u, -1) - u
    adv = np.where(u > 0, u * back, u * fwd)
    return np.sum((-adv + nu * (fwd - back)) ** 2)


@program("phi", phi="n,m")
def gradient_field_energy(phi: Array) -> Array:
    gx, gy = np.gradient(phi, 0.5, 0.25)
    return 0.5 * np.sum(gx**2 + gy**2) + 0.25 * np.mean((phi**2 - 1) ** 2)


@program("f", f="T", x="T", how="x: sorted")
def gradient_on_uneven_grid(f: Array, x: Array) -> Array:
    g = np.gradient(f, x, edge_order=2)
    return np.trapezoid(g**2, x)


@program("u", u="6,7")
def total_variation(u: Array) -> Array:
    dx = np.diff(u, axis=0, append=u[-1:, :])
    dy = np.diff(u, axis=1, append=u[:, -1:])
    return np.sum(np.sqrt(dx**2 + dy**2 + 1e-2))


@program("n d", "n: pos; d: pos", n="4", d="4", named=False)
def optics_transfer_matrices(n: Array, d: Array) -> Array:
    M = np.eye(2)
    for ni, di in zip(n, d, strict=True):
        M = M @ np.array([[1.0, di], [0.0, 1.0]]) @ np.array([[1.0, 0.0], [-(ni - 1) / 0.5, 1.0]])
    return np.trace(M) ** 2 + np.linalg.det(M)


@program("n", "n: pos", n="5", named=False)
def thin_film_reflectance(n: Array) -> Array:
    r_re, r_im = (n[-2] - n[-1]) / (n[-2] + n[-1]), 0.0
    for j in reversed(range(len(n) - 2)):
        rj = (n[j] - n[j + 1]) / (n[j] + n[j + 1])
        c, s = np.cos(2 * n[j + 1]), np.sin(2 * n[j + 1])
        a, b = r_re * c - r_im * s, r_re * s + r_im * c
        num_re, num_im, den_re, den_im = rj + a, b, 1 + rj * a, rj * b
        q = den_re**2 + den_im**2
        r_re, r_im = (num_re * den_re + num_im * den_im) / q, (num_im * den_re - num_re * den_im) / q
    return r_re**2 + r_im**2


# --- chemistry, networks, orbits -------------------------------------------------------------------------------------


@program("y k", judge="differences", y="3", k="3", how="y: pos; k: pos", named=False)
def robertson_backward_euler(y: Array, k: Array) -> Array:
    h = 0.1
    y0 = y
    for _ in range(3):
        r = np.array([k[0] * y[0], 1e2 * k[1] * y[1] * y[2], 1e3 * k[2] * y[1] ** 2])
        F = y - y0 - h * np.array([-r[0] + r[1], r[0] - r[1] - r[2], r[2]])
        J = np.eye(3) - h * np.array([
            [-k[0], 1e2 * k[1] * y[2], 1e2 * k[1] * y[1]],
            [k[0], -1e2 * k[1] * y[2] - 2e3 * k[2] * y[1], -1e2 * k[1] * y[1]],
            [0, 2e3 * k[2] * y[1], 0],
        ])  # fmt: skip
        y = y - np.linalg.solve(J, F)
    return y


@program("c k", "c: pos; k: pos", c="4", k="3", named=False)
def mass_action_by_stoichiometry(c: Array, k: Array) -> Array:
    S = np.array([[-1, 0, 1], [1, -2, 0], [0, 1, -1], [0, 0, 1]])
    orders = np.array([[1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 1]])
    rates = k * np.prod(c**orders, axis=1)
    return S @ rates


@program("T", "T: pos", T="")
def arrhenius_and_nasa(T: Array) -> Array:
    a = [3.5, -1e-1, 2e-2, 5e-3, -2e-4]
    cp = sum(c * T**i for i, c in enumerate(a))
    h = sum(c * T ** (i + 1) / (i + 1) for i, c in enumerate(a))
    return cp * np.exp(-2.0 / T) + h - T * math.log(T)


@program("v th", v="4", th="4", how="v: pos", named=False)
def power_flow_polar(v: Array, th: Array) -> Array:
    G = np.array([[4.0, -1, -1, -2], [-1, 3, -2, 0], [-1, -2, 4, -1], [-2, 0, -1, 3]])
    B = -2.0 * G
    d = th[:, None] - th[None, :]
    P = v * ((G * np.cos(d) + B * np.sin(d)) @ v)
    Q = v * ((G * np.sin(d) - B * np.cos(d)) @ v)
    return np.hstack([P[1:], Q[2:]])


@program("r v", r="3", v="3", named=False)
def orbital_elements(r: Array, v: Array) -> Array:
    h = np.cross(r, v)
    rn = np.linalg.norm(r)
    e = np.cross(v, h) - r / rn
    energy = v @ v / 2 - 1 / rn
    inc = np.arccos(h[2] / np.linalg.norm(h))
    return np.array([-0.5 / energy, np.sqrt(e @ e), inc, np.arctan2(h[0], -h[1])])


@program("M e", "e: unit", M="", e="")
def kepler_newton(M: Array, e: Array) -> Array:
    E = M
    for _ in range(6):
        E -= (E - e * np.sin(E) - M) / (1 - e * np.cos(E))
    return 2 * np.arctan(np.sqrt((1 + e) / (1 - e)) * np.tan(E / 2))


@program("lat lon", lat="2", lon="2", named=False)
def haversine(lat: Array, lon: Array) -> Array:
    (p1, p2), (l1, l2) = np.radians(lat), np.deg2rad(lon)
    a = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin((l2 - l1) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(a))


@program("w", "w: pos", w="")
def colebrook_fixed_point(w: Array) -> Array:
    f = 0.02
    for _ in range(8):
        f = (-2 * np.log10(1e-4 / 3.7 + 2.51 / (1e5 * w * np.sqrt(f)))) ** -2
    return f


@program("x", x="5", named=False)
def epidemic_with_dataclass(x: Array) -> Array:
    @dataclasses.dataclass
    class State:
        S: Any
        I: Any  # noqa: E741
        R: Any = 0.0

    beta, gamma, *rest = np.exp(0.2 * x)
    s = State(S=0.99, I=0.01)
    for day in range(6):
        b = beta * (1 + rest[day % 3] * 0.1)
        new, out = b * s.S * s.I, gamma * s.I
        s = dataclasses.replace(s, S=s.S - new, I=s.I + new - out, R=s.R + out)
    return s.R + s.I


# --- finance ---------------------------------------------------------------------------------------------------------


@program("S v", "S: pos; v: pos; K: pos", S="n", K="n", v="n")
def black_scholes_vector(S: Array, K: Array, v: Array) -> Array:
    T, r = 0.5, 0.03
    d1 = (np.log(S / K) + (r + 0.5 * v**2) * T) / (v * np.sqrt(T))
    d2 = d1 - v * np.sqrt(T)
    N = lambda z: 0.5 * (1 + sp.erf(z / np.sqrt(2)))
    return np.sum(S * N(d1) - K * np.exp(-r * T) * N(d2))


@program("S K sigma", "S: pos; K: pos; sigma: pos", S="", K="", sigma="")
def black_scholes_with_math(S: Array, K: Array, sigma: Array, r: float = 0.01, T: float = 2.0) -> Array:
    def ncdf(x: Array) -> Array:
        return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0

    d1 = (math.log(S / K) + (r + sigma**2 / 2) * T) / (sigma * math.sqrt(T))
    d2 = d1 - sigma * math.sqrt(T)
    return S * ncdf(d1) - K * math.exp(-r * T) * ncdf(d2)


@program("S sigma", "S: pos; sigma: unit", judge="differences", S="", sigma="")
def american_put_tree(S: Array, sigma: Array) -> Array:
    n, K, r, T = 6, 1.1, 0.05, 1.0
    dt = T / n
    u = np.exp(sigma * np.sqrt(dt))
    d = 1 / u
    p = (np.exp(r * dt) - d) / (u - d)
    price = S * d ** np.arange(n, -1, -1) * u ** np.arange(0, n + 1, 1)
    V = np.maximum(K - price, 0)
    for i in range(n - 1, -1, -1):
        V[: i + 1] = np.exp(-r * dt) * (p * V[1 : i + 2] + (1 - p) * V[: i + 1])
        S_i = S * d ** np.arange(i, -1, -1) * u ** np.arange(0, i + 1, 1)
        V[: i + 1] = np.maximum(V[: i + 1], K - S_i)
    return V[0]


@program("alpha rho nu", "F: pos; K: pos; alpha: unit; nu: unit; rho: unit", F="", K="n", alpha="", rho="", nu="")
def sabr_implied_volatility(F: Array, K: Array, alpha: Array, rho: Array, nu: Array) -> Array:
    beta = 0.5
    FK = (F * K) ** ((1 - beta) / 2)
    lg = np.log(F / K)
    z = nu / alpha * FK * lg
    x = np.log((np.sqrt(1 - 2 * rho * z + z * z) + z - rho) / (1 - rho))
    den = FK * (1 + (1 - beta) ** 2 / 24 * lg**2 + (1 - beta) ** 4 / 1920 * lg**4)
    return np.mean(alpha / den * z / x * (1 + rho * beta * nu * alpha / (4 * FK)))


@program("p", p="5", how="p: unit", named=False)
def heston_real_part(p: Array) -> Array:
    kappa, theta, xi, rho, v0 = p

    def sqrt(a: Array, b: Array) -> tuple[Array, Array]:
        r = np.hypot(a, b)
        return np.sqrt((r + a) / 2), np.sign(b) * np.sqrt((r - a) / 2)

    total = 0.0
    for u in np.linspace(0.2, 3.0, 5):
        br, bi = kappa, -rho * xi * u
        dr, di = sqrt(br**2 - bi**2 + xi**2 * u**2, 2 * br * bi + xi**2 * u)
        total += np.exp(-theta * dr) * np.cos(di * v0 + u) / u
    return total


@program("rates", rates="5", t="n", how="rates: unit", named=True)
def bond_curve_interp(rates: Array, t: Array) -> Array:
    knots = [0.0, 0.5, 1.0, 2.0, 5.0]
    z = np.interp(np.abs(t), knots, rates)
    return np.sum(0.03 * np.exp(-z * np.abs(t)))


@program("b", "t: pos", t="m", y="m", b="5", named=False)
def nelson_siegel_svensson(t: Array, y: Array, b: Array) -> Array:
    b0, b1, b2, b3, log_tau = b
    tau = np.exp(log_tau)
    g = (1 - np.exp(-t / tau)) / (t / tau)
    h = (1 - np.exp(-t)) / t
    fit = b0 + b1 * g + b2 * (g - np.exp(-t / tau)) + b3 * (h - np.exp(-t))
    return np.sum((fit - y) ** 2)


@program("sigma", "Z: rows; sigma: unit", Z="n,T", sigma="")
def asian_option_paths(Z: Array, sigma: Array) -> Array:
    dt = 1 / Z.shape[1]
    logs = np.cumsum((0.02 - sigma**2 / 2) * dt + sigma * np.sqrt(dt) * 8 * (Z - 0.15), axis=1)
    S = 100 * np.exp(logs)
    return np.exp(-0.02) * np.maximum(S.mean(axis=1) - 99.0, 0).mean()


@program("x", "x: pos; S: psd", x="d", S="d,d")
def risk_parity(x: Array, S: Array) -> Array:
    w = x / x.sum()
    rc = w * (S @ w) / np.sqrt(w @ S @ w)
    return np.sum((rc[:, None] - rc) ** 2)


@program("y", "y: unit", y="")
def irr_and_duration(y: Array) -> Array:
    cash = [-100, *([6.0] * 4), 106.0]
    npv = sum(c / (1 + y) ** t for t, c in enumerate(cash))
    duration = -sum(t * c * (1 + y) ** (-t - 1) for t, c in enumerate(cash[1:], start=1))
    return npv + duration


# --- signals ---------------------------------------------------------------------------------------------------------


@program("b a", "a: unit", x="T", b="3", a="2", named=False)
def iir_filter(x: Array, b: Array, a: Array) -> Array:
    y: list[Any] = []
    for n in range(len(x)):
        acc = sum(b[k] * x[n - k] for k in range(3) if n >= k)
        acc -= sum(a[k] * y[n - 1 - k] for k in range(2) if n - 1 >= k) / 2
        y.append(acc)
    return np.sum(np.asarray(y) ** 2)


@program("x", x="T", named=False)
def autocorrelation(x: Array) -> Array:
    z = x - np.mean(x)
    acf = np.correlate(z, z, mode="full")
    mid = x.shape[0] - 1
    return np.sum(acf[mid + 1 :] ** 2) / acf[mid] ** 2


@program("x h", x="T", h="3")
def convolve_modes(x: Array, h: Array) -> Array:
    return (
        np.sum(np.convolve(x, h) ** 2)
        + np.sum(np.convolve(x, h, mode="same") ** 3)
        + np.prod(np.convolve(x, h, "valid"))
    )


@program("x", x="8", named=False)
def dct_by_matrix(x: Array) -> Array:
    N = x.shape[0]
    n = np.arange(N)
    C = np.cos(np.pi / N * (n[None, :] + 0.5) * n[:, None])
    C[0] /= np.sqrt(2)
    return np.abs(C @ x).max() + np.log(np.sum((C @ x) ** 2) + 1)


@program("x", x="T", named=True)
def periodogram_by_sums(x: Array) -> Array:
    t = np.arange(x.shape[0])
    w = np.linspace(0.1, 3.0, 6)[:, None]
    re, im = (np.cos(w * t) * x).sum(1), (np.sin(w * t) * x).sum(1)
    p = re**2 + im**2
    p = p / p.sum()
    return -np.sum(p * np.log(p))


@program("y", y="6", q="n", how="q: unit", named=True)
def natural_cubic_spline(y: Array, q: Array) -> Array:
    xk = np.array([0.0, 0.15, 0.4, 0.6, 0.85, 1.0])
    h = np.diff(xk)
    A = np.eye(6)
    for i in range(1, 5):
        A[i, i - 1 : i + 2] = [h[i - 1], 2 * (h[i - 1] + h[i]), h[i]]
    s = np.diff(y) / h
    rhs = np.concatenate(([0.0], 6 * np.diff(s), [0.0]))
    M = np.linalg.solve(A, rhs)
    total = 0.0
    for i in range(5):
        inside = (q >= xk[i]) & (q < xk[i + 1])
        a, b = (xk[i + 1] - q) / h[i], (q - xk[i]) / h[i]
        piece = a * y[i] + b * y[i + 1] + ((a**3 - a) * M[i] + (b**3 - b) * M[i + 1]) * h[i] ** 2 / 6
        total = total + np.sum(np.where(inside, piece**2, 0))
    return total


@program("c", c="7", q="n", how="q: unit", named=True)
def cox_de_boor(c: Array, q: Array) -> Array:
    t = np.concatenate([np.zeros(3), np.linspace(0, 1, 5), np.ones(3)])

    def basis(i: int, k: int) -> Any:
        if k == 0:
            return ((t[i] <= q) & (q < t[i + 1])) * 1.0
        left = 0.0 if t[i + k] == t[i] else (q - t[i]) / (t[i + k] - t[i]) * basis(i, k - 1)
        right = (
            0.0 if t[i + k + 1] == t[i + 1] else (t[i + k + 1] - q) / (t[i + k + 1] - t[i + 1]) * basis(i + 1, k - 1)
        )
        return left + right

    return np.sum(sum(c[i] * basis(i, 3) for i in range(7)) ** 2)


@program("x", x="8", named=False)
def haar_wavelet(x: Array) -> Array:
    coeffs, a = [], x
    while len(a) > 1:
        even, odd = a[::2], a[1::2]
        coeffs.append((even - odd) / np.sqrt(2))
        a = (even + odd) / np.sqrt(2)
    coeffs.append(a)
    return np.sum(np.sqrt(np.concatenate(coeffs[::-1]) ** 2 + 1e-2))


@program("lpc", "lpc: unit", judge="differences", lpc="4", named=False)
def levinson_durbin(lpc: Array) -> Array:
    r = np.array([2.0, *lpc])
    a = np.zeros(5)
    a[0] = 1.0
    E = r[0]
    for i in range(1, 5):
        k = -(a[:i] @ r[i:0:-1]) / E
        new = a.copy()
        new[1:i] = a[1:i] + k * a[i - 1 : 0 : -1]
        new[i] = k
        a = new
        E *= 1 - k * k
    return E + a @ a


@program("A B", A="3,3", B="3,2", named=False)
def controllability_and_expm(A: Array, B: Array) -> Array:
    blocks, M = [], B
    for _ in range(3):
        blocks.append(M)
        M = A @ M
    C = np.hstack(blocks)
    return np.linalg.slogdet(C @ C.T + np.eye(3))[1] + np.trace(sl.expm(0.3 * A))


@program("c", c="4", named=False)
def toeplitz_and_blocks(c: Array) -> Array:
    T = sl.toeplitz(c)
    M = sl.block_diag(T, 2 * np.eye(2))
    return np.sum(M @ M) + np.linalg.det(T + 4 * np.eye(4))
