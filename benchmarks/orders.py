"""Derivatives of any order, each once: how many operations, how long until there are.

The function is a correlation energy of density functional theory, as Libxc and its users differentiate it to order 4:
of three inputs, 35 derivatives and the value. Operations are exact counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement
from types import SimpleNamespace
from typing import Any

import numpy as np

import edgewise as ew
from measure import best
from question import Bound, Options, Question, Row, View, row

__all__ = ["QUESTION", "correlation_energy"]

FITS = (
    (0.0310907, 0.21370, 7.5957, 3.5876, 1.6382, 0.49294),
    (0.01554535, 0.20548, 14.1189, 6.1977, 3.3662, 0.62517),
    (0.0168869, 0.11125, 10.357, 3.6231, 0.88026, 0.49671),
)
"""Perdew and Wang, Phys. Rev. B 45, 13244 (1992), table I: A, α₁, β₁ … β₄."""

INPUTS = ("rs", "z", "xt")
WORK = "correlation energy"


def correlation_energy(rs: Any, z: Any, xt: Any, m: Any = np) -> Any:
    """A correlation energy like that of Perdew, Burke and Ernzerhof (PRL 77, 3865, 1996); `m` has log, exp, sqrt."""
    g = [
        -2 * a * (1 + al * rs) * m.log(1 + 1 / (2 * a * (b1 * m.sqrt(rs) + b2 * rs + b3 * rs**1.5 + b4 * rs**2)))
        for a, al, b1, b2, b3, b4 in FITS
    ]
    f2, gamma, beta = 1.709920934161365617563962776245, 0.031090690869654895, 0.06672455060314922
    f = ((1 + z) ** (4 / 3) + (1 - z) ** (4 / 3) - 2) / (2 ** (4 / 3) - 2)
    eps = g[0] + z**4 * f * (g[1] - g[0] + g[2] / f2) - f * g[2] / f2
    phi = ((1 + z) ** (2 / 3) + (1 - z) ** (2 / 3)) / 2
    t = xt / (4 * 2 ** (1 / 3) * phi * m.sqrt(rs))
    a = beta / (gamma * (m.exp(-eps / (gamma * phi**3)) - 1))
    f1 = t**2 + a * t**4
    return eps + gamma * phi**3 * m.log(1 + beta * f1 / (gamma * (1 + a * f1)))


def every(first: Any, symbols: list[Any], order: int, derive: Callable[[Any, Any], Any]) -> list[Any]:
    """The value and all derivatives up to an order, each once, each made of one of the order below."""
    made = {(): first}
    for k in range(1, order + 1):
        for index in combinations_with_replacement(range(len(symbols)), k):
            made[index] = derive(made[index[:-1]], symbols[index[-1]])
    return list(made.values())


def ours(order: int) -> int:
    return ew.trace(correlation_energy, *INPUTS).derivatives(order).simplify().cost().operations


def casadis(order: int) -> int:
    import casadi as ca

    x = [ca.SX.sym(name) for name in INPUTS]
    made = every(correlation_energy(*x, ca), x, order, ca.jacobian)
    function = ca.Function("f", x, [ca.cse(ca.vertcat(*made))])
    leaves = (ca.OP_INPUT, ca.OP_OUTPUT, ca.OP_CONST, ca.OP_PARAMETER)
    return sum(function.instruction_id(k) not in leaves for k in range(function.n_instructions()))


def sympys(order: int) -> int:
    import sympy as sp

    x = sp.symbols(INPUTS)
    m = SimpleNamespace(log=sp.log, exp=sp.exp, sqrt=sp.sqrt)
    replaced, results = sp.cse(every(correlation_energy(*x, m), list(x), order, sp.diff))
    return int(sum(sp.count_ops(part) for part in [*(value for _, value in replaced), *results]))


def measure(options: Options) -> Iterator[Row]:
    for order in (2,) if options.quick else (2, 3, 4):
        seconds, count = best(lambda order=order: ours(order), 1 if options.quick else 3)
        yield row("orders", WORK, "edgewise", count, at=order)
        yield row("order-times", WORK, "edgewise", seconds, at=order)
        for name, module, count_of, most in (("CasADi", "casadi", casadis, 4), ("SymPy", "sympy", sympys, 2)):
            if options.has(module) and order <= most:
                seconds, count = best(lambda count_of=count_of, order=order: count_of(order), 1)
                yield row("orders", WORK, name, count, at=order)
                yield row("order-times", WORK, name, seconds, at=order)


QUESTION = Question(
    "orders",
    "All derivatives of an order, each once",
    "A correlation energy of density functional theory in three inputs, its value and all derivatives up to an order:"
    " 9, 19 and 34 of them to order 2, 3 and 4. Ours are `derivatives(order).simplify()`; CasADi and SymPy take each"
    " derivative of one of the order below, and then find common subexpressions (`ca.cse`, `sympy.cse`, which counts"
    " n-ary sums as n - 1). SymPy is asked for order 2 alone.",
    measure,
    (
        View(
            "orders", "Operations of the value and all derivatives", "operations", "edgewise", "lines", "order",
            bounds=(Bound(limit=600, at=2), Bound(limit=6000, at=4)),
        ),
        View(
            "order-times", "From the function to the derivatives, simplified", "s", "edgewise", "lines", "order",
            bounds=(Bound(limit=1.0, at=4),),
        ),
    ),
)  # fmt: skip
