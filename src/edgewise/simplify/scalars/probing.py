"""The arithmetic of probes: rows of numbers, one for each node, that are added, multiplied and compared."""

from __future__ import annotations

from typing import Any

import cython
import numpy as np

from edgewise.built import held

if not cython.compiled:
    from math import copysign, fabs, frexp, isfinite, ldexp

    from edgewise.simplify.scalars.state import Plan, Sheet
    from edgewise.simplify.scalars.work_columns import ADD, DIV, MUL, NEG, SUB

INFINITY = cython.declare(cython.double, float("inf"))
CLOSE = cython.declare(cython.double, 1e-6)
LEAST = cython.declare(cython.double, 1e-314)
"""Values that differ by more than this, of their size or in all, differ by more than rounding."""


def close(value: cython.double, exact: cython.double) -> cython.bint:
    """Whether two values differ by rounding only; NaN and infinities never do."""
    return fabs(value - exact) <= CLOSE * fabs(exact) + LEAST


def ratio(a: cython.double, b: cython.double) -> cython.double:
    """A quotient as IEEE has it: a divisor of 0 gives an infinity or NaN, and no error."""
    if b != 0.0:
        return a / b
    return INFINITY - INFINITY if a == 0.0 or a != a else copysign(INFINITY, a) * copysign(1.0, b)


def known(op: cython.longlong) -> cython.bint:
    """Whether `computed` does an operation by itself: in plain Python none, as NumPy is faster there."""
    return cython.compiled and (op == ADD or op == SUB or op == NEG or op == MUL or op == DIV)


@cython.locals(node=cython.longlong, k=cython.longlong)
def computed(sheet: Sheet, found: cython.double[:, ::1], first: cython.longlong) -> cython.longlong:
    """Fill in the rows of sums and products that are read, from node `first` on; the first node that is neither."""
    for node in range(first, sheet.count):
        if sheet.uses[node] <= 0 or sheet.args[node, 0] < 0:
            continue
        op: cython.longlong = sheet.op[node]
        a: cython.longlong = sheet.args[node, 0]
        b: cython.longlong = sheet.args[node, 1]
        if not known(op):
            return node
        for k in range(found.shape[1]):
            if op == ADD:
                found[node, k] = found[a, k] + found[b, k]
            elif op == SUB:
                found[node, k] = found[a, k] - found[b, k]
            elif op == MUL:
                found[node, k] = found[a, k] * found[b, k]
            elif op == NEG:
                found[node, k] = -found[a, k]
            else:
                found[node, k] = ratio(found[a, k], found[b, k])
    return sheet.count


# --- products without an end of their range -------------------------------------------------------------------------


def exponent_of(value: cython.double) -> cython.longlong:
    """The exponent of a number, 0 of what is not finite."""
    exponent: cython.int = 0
    if not isfinite(value):
        return 0
    if cython.compiled:
        frexp(value, cython.address(exponent))  # type: ignore[call-arg]
    else:
        exponent = frexp(value)[1]
    return exponent


def scaled(mantissa: cython.double, exponent: cython.longlong) -> cython.double:
    """A mantissa below 1 with its exponent as a number, infinite beyond the range."""
    if mantissa == 0.0 or not isfinite(mantissa):
        return mantissa
    if exponent > 1024:
        return copysign(INFINITY, mantissa)
    return ldexp(mantissa, exponent if exponent > -2000 else -2000)


class Products:
    """Products of nodes and of the pairs that a plan makes, at the probes.

    `found` has the values of the nodes and behind them of the pairs, `mantissas` and `exponents` of the pairs as they
    are without an end of their range. `rows` are the factors of products as (root, factor, side, place). The product in
    hand is `mantissa` and `exponent`, and in a certain order `total`.
    """

    @cython.locals(k=cython.longlong, i=cython.longlong)
    def __init__(self, values: Any, plan: Plan, rows: Any, rewritten: cython.bint) -> None:
        self.n, self.points, self.rows = values.shape[0], values.shape[1], held(rows)
        count: cython.longlong = plan.count
        self.found = held(np.concatenate((values, np.full((count, self.points), np.nan))))
        self.mantissas = held(np.empty((count, self.points)))
        self.exponents = held(np.empty((count, self.points), dtype=np.int64))
        self.mantissa, self.total = held(np.empty(self.points)), held(np.empty(self.points))
        self.exponent = held(np.empty(self.points, dtype=np.int64))
        self.order = held(np.empty(len(rows), dtype=np.int64))
        for i in range(count):
            self.begin()
            if plan.op[i] != MUL and plan.op[i] != DIV:  # of a sum, and no factor of a product
                continue
            take(self, plan.first[i], 1)
            take(self, plan.second[i], 1 if plan.op[i] == MUL else -1)
            for k in range(self.points):
                self.mantissas[i, k], self.exponents[i, k] = self.mantissa[k], self.exponent[k]
                self.found[self.n + i, k] = (
                    scaled(self.mantissa[k], self.exponent[k])
                    if rewritten
                    else self.found[plan.first[i], k] * self.found[plan.second[i], k]
                )

    @cython.locals(k=cython.longlong)
    def begin(self) -> None:
        """Begin a product."""
        for k in range(self.points):
            self.mantissa[k], self.exponent[k] = 0.5, 1


def split(p: Products, k: cython.longlong) -> None:
    """Split the product in hand at a probe into mantissa and exponent again."""
    exponent: cython.longlong = exponent_of(p.mantissa[k])
    p.mantissa[k] = ldexp(p.mantissa[k], -exponent)
    p.exponent[k] += exponent


@cython.locals(k=cython.longlong)
def take(p: Products, factor: cython.longlong, side: cython.longlong) -> None:
    """Multiply the product in hand by a factor, or divide it."""
    for k in range(p.points):
        if factor < p.n:
            exponent: cython.longlong = exponent_of(p.found[factor, k])
            mantissa: cython.double = ldexp(p.found[factor, k], -exponent)
        else:
            exponent, mantissa = p.exponents[factor - p.n, k], p.mantissas[factor - p.n, k]
        if side > 0:
            p.mantissa[k] *= mantissa
            p.exponent[k] += exponent
        else:
            p.mantissa[k] = ratio(p.mantissa[k], mantissa)
            p.exponent[k] -= exponent
        split(p, k)


@cython.locals(i=cython.longlong)
def sort_places(p: Products, first: cython.longlong, last: cython.longlong) -> None:
    """The rows of a product in the order of their places; there are few."""
    for i in range(first, last):
        j: cython.longlong = i
        while j > first and p.rows[p.order[j - 1], 3] > p.rows[i, 3]:
            p.order[j] = p.order[j - 1]
            j -= 1
        p.order[j] = i


@cython.locals(i=cython.longlong, k=cython.longlong)
def multiply(p: Products, first: cython.longlong, last: cython.longlong) -> None:
    """Multiply and divide in the order of places, from the first factor that is no divisor on."""
    sort_places(p, first, last)
    lead: cython.longlong = first
    while lead < last - 1 and p.rows[p.order[lead], 2] < 0:
        lead += 1
    for k in range(p.points):
        p.total[k] = p.found[p.rows[p.order[lead], 1], k]
    for i in range(first, last):
        if i != lead:
            factor: cython.longlong = p.rows[p.order[i], 1]
            for k in range(p.points):
                if p.rows[p.order[i], 2] > 0:
                    p.total[k] *= p.found[factor, k]
                else:
                    p.total[k] = ratio(p.total[k], p.found[factor, k])


@cython.locals(k=cython.longlong)
def leaves_range(p: Products, root: cython.longlong) -> cython.bint:
    """Whether `total` is wrong where the root is right, or not finite where that is."""
    for k in range(p.points):
        wanted: cython.double = scaled(p.mantissa[k], p.exponent[k])
        if isfinite(p.found[root, k]) and (
            not isfinite(p.total[k]) or (close(p.found[root, k], wanted) and not close(p.total[k], wanted))
        ):
            return True
    return False


@cython.locals(i=cython.longlong)
def is_spoilt(p: Products, first: cython.longlong, last: cython.longlong) -> cython.bint:
    """Whether a product leaves the range in the order of its places and in the opposite one, which is then taken."""
    p.begin()
    for i in range(first, last):
        take(p, p.rows[i, 1], p.rows[i, 2])
    for _ in range(2):
        multiply(p, first, last)
        if not leaves_range(p, p.rows[first, 0]):
            return False
        for i in range(first, last):
            p.rows[i, 3] = -p.rows[i, 3]
    return True
