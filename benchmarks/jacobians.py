"""Functions of several outputs, for the Jacobian by vertex elimination; scalars only, one operation for each vertex.

The first two are tasks on which elimination orders are compared in the literature, lately by AlphaGrad (Lohoff and
Neftci, *Optimizing automatic differentiation with deep reinforcement learning*, 2024, whose `graphax` has most of the
others too). They are written out as the formulas say, each quantity where it is used, so that an operation that occurs
twice is two vertices; `G.simplify("exact")` merges these.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

from workloads import Workload

__all__ = ["JACOBIANS", "PUBLISHED", "arm_6dof", "layered", "roe_flux_1d", "woven"]


def roe_flux_1d() -> Workload:
    """Roe's approximate Riemann solver for the Euler equations in one dimension: the flux between two states.

    P. L. Roe, *Approximate Riemann solvers, parameter vectors, and difference schemes*, J. Comput. Phys. 43 (1981). A
    state is density, momentum, energy. As in the published benchmark, γ is 1/2 and the third wave speed is |u|.
    """
    gamma = 0.5

    def pressure(rho: Any, momentum: Any, energy: Any) -> Any:
        return (gamma - 1) * (energy - 0.5 * momentum**2 / rho)

    def flux(rho: Any, momentum: Any, energy: Any, p: Any) -> tuple[Any, Any, Any]:
        speed = momentum / rho
        return momentum, p + momentum * speed, speed * (p + energy)

    def build(m: Any, x: Sequence[Any]) -> Any:
        left, right = x[:3], x[3:]
        jump = right[0] - left[0]
        mean_density = m.sqrt(left[0] * right[0])
        weight = m.sqrt(left[0]) + m.sqrt(right[0])
        sides = []
        for rho, momentum, energy in (left, right):
            speed = momentum / rho
            p = pressure(rho, momentum, energy)
            sides.append((speed, p, (energy + p) / rho))
        (v_left, p_left, h_left), (v_right, p_right, h_right) = sides
        dp, dv = p_right - p_left, v_right - v_left

        def average(a: Any, b: Any) -> Any:
            return (m.sqrt(left[0]) * a + m.sqrt(right[0]) * b) / weight

        u, h = average(v_left, v_right), average(h_left, h_right)
        u_squared = u**2
        a_squared = (gamma - 1) * (h - 0.5 * u_squared)
        a = m.sqrt(a_squared)
        fast, middle, slow = m.abs(u + a), m.abs(u), m.abs(u)
        n = a * mean_density
        w0 = (jump - dp / a_squared) * middle
        w1 = (dv + dp / n) * fast
        w2 = (dv - dp / n) * slow
        f_left, f_right = flux(*left, p_left), flux(*right, p_right)
        sums = [one + other for one, other in zip(f_left, f_right, strict=True)]
        c = 0.5 * mean_density / a
        waves = (
            w0 + c * w1 - c * w2,
            w0 * u + c * w1 * (u + a) - c * w2 * (u - a),
            w0 * 0.5 * u_squared + c * w1 * (h + u * a) - c * w2 * (h - u * a),
        )
        return tuple(0.5 * (total - wave) for total, wave in zip(sums, waves, strict=True))

    return Workload("Roe flux 1-D", 6, build)


def arm_6dof() -> Workload:
    """Position and orientation of a robot arm's hand from its six joint angles: forward kinematics.

    The arm and its lengths are those of the published benchmark (dergipark.org.tr/en/download/article-file/2289226).
    """
    a1, a2, a3, d1, d4, d6 = 175.0, 890.0, 50.0, 575.0, 1035.0, 185.0

    def build(m: Any, t: Sequence[Any]) -> Any:
        c1, c2, c4, c5, c6 = (m.cos(t[k]) for k in (0, 1, 3, 4, 5))
        c23 = m.cos(t[1]) * m.cos(t[2]) - m.sin(t[1]) * m.sin(t[2])
        s1, s2, s4, s5, s6 = (m.sin(t[k]) for k in (0, 1, 3, 4, 5))
        s23 = m.cos(t[1]) * m.sin(t[2]) + m.sin(t[1]) * m.cos(t[2])
        ax = s5 * (c1 * c23 * c4 + s1 * s4) + c1 * s23 * c5
        ay = s5 * (s1 * c23 * c4 - c1 * s4) + s1 * s23 * c5
        az = s23 * c4 * s5 - c23 * c5
        nz = c6 * (c23 * s5 + s23 * c4 * c5) - s23 * s4 * s6
        oz = -s6 * (c23 * s5 + s23 * c4 * c5) - s23 * s4 * c6
        angles = m.atan2(ay, ax), m.atan2(m.sqrt(1 - az**2), az), m.atan2(oz, -nz)
        x1 = d6 * (s5 * (c1 * c23 * c4 + s1 * s4) + c1 * s23 * c5)
        px = x1 + c1 * (a1 + a2 * c2 + a3 * c23 + d4 * s23)
        y1 = d6 * (s5 * (s1 * c23 * c4 + c1 * s4) + s1 * s23 * c5)
        py = y1 + s1 * (a1 + a2 * c2 + a3 * c23 + d4 * s23)
        pz = a2 * s2 + d1 + a3 * s23 - d4 * c23 + d6 * (s23 * c4 * s5 - c23 * c5)
        return px, py, pz, *angles

    return Workload("6-DOF arm", 6, build)


def human_heart_dipole() -> Workload:
    """Eight equations for two dipoles in the heart: MINPACK-2 (Averick, Carter, Moré and Xue, 1992)."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        a, b, c, d, t, u, v, w = x
        tv, uw = t**2 - v**2, u**2 - w**2
        cubes = t * (t**2 - 3 * v**2), v * (v**2 - 3 * t**2), u * (u**2 - 3 * w**2), w * (w**2 - 3 * u**2)
        return (
            a + b - 1,
            c + d - 1,
            t * a + u * b - v * c - w * d - 1,
            v * a + w * b + t * c + u * d - 1,
            a * tv - 2 * c * t * v + b * uw - 2 * d * u * w - 1,
            c * tv - 2 * a * t * v + d * uw - 2 * b * u * w - 1,
            a * cubes[0] + c * cubes[1] + b * cubes[2] + d * cubes[3] - 1,
            c * cubes[0] - a * cubes[1] + d * cubes[2] - b * cubes[3] - 1,
        )

    return Workload("human heart dipole", 8, build)


def propane_combustion() -> Workload:
    """Chemical equilibrium of burning propane, full formulation: MINPACK-2."""
    p, r = 40.0, 10.0

    def build(m: Any, x: Sequence[Any]) -> Any:
        y = (None, *x)
        root = m.sqrt(p / y[11])
        last = y[11]
        for k in range(1, 11):
            last = last - y[k]
        return (
            y[1] + y[4] - 3,
            2 * y[1] + y[2] + y[4] + y[7] + y[8] + y[9] + 2 * y[10] - r,
            2 * y[2] + 2 * y[5] + y[6] + y[7] - 8,
            2 * y[3] + y[9] - 4 * r,
            y[2] * y[4] - y[1] * y[5],
            m.sqrt(y[2] * y[4]) - m.sqrt(y[1]) * root * y[6],
            m.sqrt(y[1] * y[2]) - m.sqrt(y[4]) * y[7] * root,
            y[1] - y[4] * y[8] * p / y[11],
            y[1] * m.sqrt(y[3]) - y[4] * y[9] * root,
            y[1] ** 2 - y[4] ** 2 * y[10] * p / y[11],
            last,
        )

    return Workload("propane combustion", 11, build)


def black_scholes() -> Workload:
    """The price of a call and its delta and vega as outputs, by Black's formula on the forward."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        spot, strike, rate, sigma, expiry = x

        def normal(z: Any) -> Any:
            return (1 + m.erf(z / math.sqrt(2))) / 2

        forward = m.exp(rate * expiry) * spot
        d1 = (m.log(forward / strike) + sigma**2 / 2 * expiry) / (sigma * m.sqrt(expiry))
        d2 = d1 - sigma * m.sqrt(expiry)
        price = m.exp(-rate * expiry) * (forward * normal(d1) - strike * normal(d2))
        vega = spot * m.sqrt(expiry) * m.exp(-(d1**2) / 2) / math.sqrt(2 * math.pi)
        return price, normal(d1), vega

    return Workload("Black–Scholes", 5, build)


def burgers(n: int) -> Workload:
    """Two steps of Burgers' equation u_t + u u_x = ν u_xx on a ring of n cells, by Heun's method."""
    nu, dx, dt = 0.1, 0.25, 0.05

    def slope(u: Sequence[Any]) -> list[Any]:
        k = len(u)
        return [
            nu * (u[(i + 1) % k] - 2 * u[i] + u[i - 1]) / dx**2 - u[i] * (u[(i + 1) % k] - u[i - 1]) / (2 * dx)
            for i in range(k)
        ]

    def build(m: Any, x: Sequence[Any]) -> Any:
        u = list(x)
        for _ in range(2):
            first = slope(u)
            second = slope([a + dt * f for a, f in zip(u, first, strict=True)])
            u = [a + dt / 2 * (f + g) for a, f, g in zip(u, first, second, strict=True)]
        return tuple(u)

    return Workload(f"Burgers({n})", n, build)


def kerr_sen_metric() -> Workload:
    """The metric of a rotating charged black hole in Boyer–Lindquist coordinates (Sen, 1992)."""
    a, b, mass = 0.5, 0.9, 1.0

    def build(m: Any, x: Sequence[Any]) -> Any:
        r, theta = x
        sine = m.sin(theta) ** 2
        sigma = r**2 + 2 * b * r + a**2 * m.cos(theta) ** 2
        delta = r**2 + 2 * b * r - 2 * mass * r + a**2
        around = (sigma + a**2 * sine + 2 * mass * r * a**2 * sine / sigma) * sine
        return -(1 - 2 * mass * r / sigma), sigma / delta, around, -2 * mass * r * a / sine

    return Workload("Kerr–Sen metric", 2, build)


def layered(width: int, layers: int, seed: int) -> Workload:
    """Random layers: each vertex is a product or the sine of a sum of two of the last two layers."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        rng = random.Random(seed)
        before, here = list(x), list(x)
        for _ in range(layers):
            pool = before + here
            made = []
            for _ in range(width):
                one, other = rng.sample(pool, 2)
                made.append(one * other if rng.random() < 0.5 else m.sin(one + other))
            before, here = here, made
        return tuple(here)

    return Workload(f"layered({width}×{layers}, {seed})", width, build)


def woven(vertices: int, seed: int) -> Workload:
    """A random graph of 4 inputs and 4 outputs: each vertex reads two of the last eight."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        rng = random.Random(seed)
        pool = list(x)
        for _ in range(vertices):
            one, other = rng.sample(pool[-8:], 2)
            kind = rng.random()
            pool.append(one * other if kind < 0.6 else m.sin(one + other) if kind < 0.8 else m.atan2(one, other))
        return tuple(pool[-4:])

    return Workload(f"woven({vertices}, {seed})", 4, build)


JACOBIANS = (
    roe_flux_1d(),
    arm_6dof(),
    human_heart_dipole(),
    propane_combustion(),
    black_scholes(),
    burgers(12),
    kerr_sen_metric(),
    layered(6, 10, 1),
    layered(10, 10, 2),
    layered(20, 20, 3),
)

PUBLISHED = {"Roe flux 1-D": 320, "6-DOF arm": 231}
"""Multiplications of the orders that AlphaGrad found."""
