"""The exact workloads that edgewise is measured on, written once for every library.

Each workload takes a namespace `m` with `exp`, `log`, `sin`, `tanh`, … and a flat list of scalar inputs, and returns
one scalar. It is plain Python: NumPy, SymPy, CasADi, JAX and edgewise all run the same lines.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["SMALL", "WORKLOADS", "Workload", "chain", "esin", "named", "r3bp"]


@dataclass(frozen=True)
class Workload:
    """A scalar function of `size` inputs. `point` gives inputs at which it is well behaved."""

    name: str
    size: int
    build: Callable[[Any, Sequence[Any]], Any]

    def point(self) -> list[float]:
        return [random.Random(k).uniform(0.5, 1.5) for k in range(self.size)]


def speelpenning(n: int) -> Workload:
    """The product of n variables: Speelpenning's example of 1980."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        product = x[0]
        for value in x[1:]:
            product = product * value
        return product

    return Workload(f"speelpenning({n})", n, build)


def rosenbrock(n: int) -> Workload:
    """Sum of 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        total: Any = 0
        for here, there in itertools.pairwise(x):
            total = total + 100 * (there - here**2) ** 2 + (1 - here) ** 2
        return total

    return Workload(f"rosenbrock({n})", n, build)


def lennard_jones(n: int) -> Workload:
    """Sum over pairs of 4(r^-12 - r^-6) for n particles in space."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        total: Any = 0
        for i in range(n):
            for j in range(i):
                dx, dy, dz = (x[3 * i + k] - x[3 * j + k] for k in range(3))
                s = 1 / (dx * dx + dy * dy + dz * dz)
                s3 = s * s * s
                total = total + 4 * (s3 * s3 - s3)
        return total

    return Workload(f"lennard_jones({n})", 3 * n, build)


def mlp(n_in: int, n_hidden: int, n_samples: int) -> Workload:
    """A two-layer network of tanh units with squared loss, unrolled to scalars."""
    rng = random.Random(0)
    data = [[rng.gauss(0, 1) for _ in range(n_in)] for _ in range(n_samples)]
    target = [rng.gauss(0, 1) for _ in range(n_samples)]

    def build(m: Any, w: Sequence[Any]) -> Any:
        loss: Any = 0
        out = n_hidden * (n_in + 1)
        for x, y in zip(data, target, strict=True):
            hidden = []
            for h in range(n_hidden):
                row = h * (n_in + 1)
                s = w[row + n_in]
                for k in range(n_in):
                    s = s + w[row + k] * x[k]
                hidden.append(m.tanh(s))
            p = w[out + n_hidden]
            for h in range(n_hidden):
                p = p + w[out + h] * hidden[h]
            loss = loss + (p - y) ** 2
        return loss

    return Workload(f"mlp({n_in},{n_hidden},{n_samples})", n_hidden * (n_in + 1) + n_hidden + 1, build)


def gmm(d: int, k: int, n: int) -> Workload:
    """ADBench's Gaussian-mixture log-likelihood without the Wishart prior: weights, means, inverse Cholesky factors."""
    rng = random.Random(1)
    points = [[rng.gauss(0, 1) for _ in range(d)] for _ in range(n)]
    below = d * (d - 1) // 2

    def logsumexp(m: Any, values: Sequence[Any]) -> Any:
        total = m.exp(values[0])
        for value in values[1:]:
            total = total + m.exp(value)
        return m.log(total)

    def build(m: Any, x: Sequence[Any]) -> Any:
        alpha, mu, q, low = x[:k], x[k : k + k * d], x[k + k * d : k + 2 * k * d], x[k + 2 * k * d :]
        sums = []
        for c in range(k):
            s = q[c * d]
            for a in range(1, d):
                s = s + q[c * d + a]
            sums.append(s)
        diagonal = [m.exp(value) for value in q]
        total: Any = 0
        for point in points:
            terms = []
            for c in range(k):
                centred = [point[a] - mu[c * d + a] for a in range(d)]
                square: Any = 0
                at = c * below
                for a in range(d):
                    row = diagonal[c * d + a] * centred[a]
                    for b in range(a):
                        row = row + low[at + b] * centred[b]
                    at += a
                    square = square + row * row
                terms.append(alpha[c] + sums[c] - 0.5 * square)
            total = total + logsumexp(m, terms)
        return total - n * logsumexp(m, alpha)

    return Workload(f"gmm({d},{k},{n})", k + 2 * k * d + k * below, build)


def esin(depth: int) -> Workload:
    """e = x; depth times: e = e sin(e): 2^depth paths, 2 depth nodes."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        e = x[0]
        for _ in range(depth):
            e = e * m.sin(e)
        return e

    return Workload(f"esin({depth})", 1, build)


def chain(length: int) -> Workload:
    """sin(sin(… x)): a graph as deep as it is large."""

    def build(m: Any, x: Sequence[Any]) -> Any:
        e = x[0]
        for _ in range(length):
            e = m.sin(e)
        return e

    return Workload(f"chain({length})", 1, build)


# --- formulas of the size that most people have ---------------------------------------------------------------------


def two_terms() -> Workload:
    """The formula on the command line of the README."""
    return Workload("two_terms()", 2, lambda m, x: m.log(1 + m.exp(x[0] * x[1])) + m.sin(x[0]) * x[0] ** 3)


def r3bp() -> Workload:
    """The Hamiltonian of the restricted three-body problem, as in heyoka's tutorial: x, y, z, px, py, pz."""

    def build(m: Any, given: Sequence[Any]) -> Any:
        x, y, z, px, py, pz = given
        mu = 0.1
        to_first, to_second = x - mu, x - mu + 1
        first = m.sqrt(to_first * to_first + y * y + z * z)
        second = m.sqrt(to_second * to_second + y * y + z * z)
        return 0.5 * (px * px + py * py + pz * pz) + y * px - x * py - (1 - mu) / first - mu / second

    return Workload("r3bp()", 6, build)


PW92 = (
    (0.0310907, 0.21370, 7.5957, 3.5876, 1.6382, 0.49294),
    (0.01554535, 0.20548, 14.1189, 6.1977, 3.3662, 0.62517),
    (0.0168869, 0.11125, 10.357, 3.6231, 0.88026, 0.49671),
)
"""The three fits of Perdew and Wang (1992): A, α₁, β₁ to β₄."""


def correlation() -> Workload:
    """A correlation energy like that of Perdew, Burke and Ernzerhof (1996), of rs, z and xt."""

    def build(m: Any, given: Sequence[Any]) -> Any:
        rs, z, xt = given
        root = m.sqrt(rs)

        def fit(a: float, alpha: float, b1: float, b2: float, b3: float, b4: float) -> Any:
            below = b1 * root + b2 * rs + b3 * rs * root + b4 * rs * rs
            return -2 * a * (1 + alpha * rs) * m.log(1 + 1 / (2 * a * below))

        g0, g1, g2 = (fit(*numbers) for numbers in PW92)
        second, gamma, beta = 1.709920934161365617563962776245, 0.031090690869654895, 0.06672455060314922
        f = ((1 + z) ** (4 / 3) + (1 - z) ** (4 / 3) - 2) / (2 ** (4 / 3) - 2)
        z4 = z * z * z * z
        eps = g0 + z4 * f * (g1 - g0 + g2 / second) - f * g2 / second
        phi = ((1 + z) ** (2 / 3) + (1 - z) ** (2 / 3)) / 2
        cube = gamma * phi * phi * phi
        t = xt / (4 * 2 ** (1 / 3) * phi * root)
        a = beta / (gamma * (m.exp(-eps / cube) - 1))
        f1 = t * t + a * t * t * t * t
        return eps + cube * m.log(1 + beta * f1 / (gamma * (1 + a * f1)))

    return Workload("correlation()", 3, build)


def black_scholes() -> Workload:
    """The price of a call option, of S, K, r, σ and T."""

    def build(m: Any, given: Sequence[Any]) -> Any:
        s, k, r, sigma, t = given
        d1 = (m.log(s / k) + (r + sigma * sigma / 2) * t) / (sigma * m.sqrt(t))
        d2 = d1 - sigma * m.sqrt(t)
        return s * (1 + m.erf(d1 / math.sqrt(2))) / 2 - k * m.exp(-r * t) * (1 + m.erf(d2 / math.sqrt(2))) / 2

    return Workload("black_scholes()", 5, build)


MAKERS = {
    maker.__name__: maker
    for maker in (
        speelpenning, rosenbrock, lennard_jones, mlp, gmm, esin, chain, two_terms, r3bp, correlation, black_scholes,
    )
}  # fmt: skip


def named(name: str) -> Workload:
    """The workload of a name such as "gmm(6,5,60)": how one is sent to another process."""
    maker, sizes = name.rstrip(")").split("(")
    return MAKERS[maker](*map(int, filter(None, sizes.split(","))))


WORKLOADS = (speelpenning(1000), rosenbrock(1000), lennard_jones(20), mlp(16, 16, 16), gmm(6, 5, 60))

SMALL = (two_terms(), black_scholes(), r3bp(), rosenbrock(10), lennard_jones(4), correlation(), mlp(4, 4, 3))
