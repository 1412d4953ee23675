"""The arithmetic of probes: rows of numbers, one for each node, that are added, multiplied and compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cython

from edgewise.built import held
from edgewise.ops import CODE

if not cython.compiled:
    from math import copysign, cos, erf, exp, expm1, fabs, isfinite, log, log1p, pow, sin, sqrt, tanh

    from edgewise.simplify.scalars.state import Sheet, State, Values
    from edgewise.simplify.scalars.work_columns import (
        ABS,
        ADD,
        CONST,
        DIV,
        EQ,
        FLOAT,
        INPUT,
        MUL,
        NEG,
        POWER,
        RATIO,
        SQRT,
        SUB,
        WHERE,
    )  # fmt: skip

EXP = cython.declare(cython.longlong, CODE["exp"])
LOG = cython.declare(cython.longlong, CODE["log"])
SIN = cython.declare(cython.longlong, CODE["sin"])
COS = cython.declare(cython.longlong, CODE["cos"])
TANH = cython.declare(cython.longlong, CODE["tanh"])
ERF = cython.declare(cython.longlong, CODE["erf"])
EXPM1 = cython.declare(cython.longlong, CODE["expm1"])
LOG1P = cython.declare(cython.longlong, CODE["log1p"])

INFINITY, NAN = float("inf"), float("nan")
EXACT = cython.declare(cython.longlong, 1 << 53)
"""Whole numbers up to this are doubles."""
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


def value_of(values: Values, number: cython.longlong) -> cython.double:
    """The value of a constant as a double; NaN where only Python can tell it."""
    num: cython.longlong = values.num[number]
    den: cython.longlong = values.den[number]
    if values.kind[number] == FLOAT:
        return values.real[number]
    if values.kind[number] == RATIO and -EXACT <= num <= EXACT and den <= EXACT:
        return float(num) / float(den)
    return NAN


def fill(found: cython.double[:, ::1], node: cython.longlong, value: cython.double) -> None:
    """The same value at all probes."""
    k: cython.longlong
    for k in range(found.shape[1]):
        found[node, k] = value


@cython.locals(k=cython.longlong)
def combine(
    found: cython.double[:, ::1], op: cython.longlong, a: cython.longlong, b: cython.longlong, node: cython.longlong
) -> cython.bint:
    """Write a sum, product, quotient or comparison; whether it is one."""
    if op == ADD:
        for k in range(found.shape[1]):
            found[node, k] = found[a, k] + found[b, k]
    elif op == SUB:
        for k in range(found.shape[1]):
            found[node, k] = found[a, k] - found[b, k]
    elif op == MUL:
        for k in range(found.shape[1]):
            found[node, k] = found[a, k] * found[b, k]
    elif op == DIV:
        for k in range(found.shape[1]):
            found[node, k] = ratio(found[a, k], found[b, k])
    elif op == EQ:
        for k in range(found.shape[1]):
            found[node, k] = 1.0 if found[a, k] == found[b, k] else 0.0
    else:
        return False
    return True


@cython.locals(k=cython.longlong)
def call(found: cython.double[:, ::1], op: cython.longlong, a: cython.longlong, node: cython.longlong) -> cython.bint:
    """Write a function that C has; whether it is one."""
    if not (
        op == NEG or op == ABS or op == SQRT or op == EXP or op == LOG or op == SIN or op == COS or op == TANH
        or op == ERF or op == EXPM1 or op == LOG1P
    ):  # fmt: skip
        return False
    for k in range(found.shape[1]):
        found[node, k] = function(op, found[a, k])
    return True


def function(op: cython.longlong, x: cython.double) -> cython.double:
    """The value of one of those."""
    if op == NEG:
        return -x
    if op == ABS:
        return fabs(x)
    if op == SQRT:
        return sqrt(x)
    if op == EXP:
        return exp(x)
    if op == LOG:
        return log(x)
    if op == SIN:
        return sin(x)
    if op == COS:
        return cos(x)
    if op == TANH:
        return tanh(x)
    if op == ERF:
        return erf(x)
    return expm1(x) if op == EXPM1 else log1p(x)


@cython.locals(k=cython.longlong)
def raise_to(
    found: cython.double[:, ::1], a: cython.longlong, exponent: cython.double, node: cython.longlong
) -> cython.bint:
    """Write a power; False where only Python knows the exponent."""
    for k in range(found.shape[1]):
        if exponent == 0.5:
            found[node, k] = sqrt(found[a, k])
        else:
            found[node, k] = ratio(1.0, found[a, k]) if exponent == -1.0 else pow(found[a, k], exponent)
    return exponent == exponent


@cython.locals(k=cython.longlong)
def choose(s: State, found: cython.double[:, ::1], node: cython.longlong) -> cython.bint:
    """Write a selection."""
    for k in range(found.shape[1]):
        taken: cython.longlong = 1 if found[s.args[node, 0], k] != 0.0 else 2
        found[node, k] = found[s.args[node, taken], k]
    return True


def computed(s: State, found: cython.double[:, ::1], node: cython.longlong) -> cython.bint:
    """Write an operation; False where only NumPy can. In plain Python it computes all, faster."""
    op: cython.longlong = s.op[node]
    a: cython.longlong = s.args[node, 0]
    if not cython.compiled or a < 0:
        return False
    if op == POWER:
        return raise_to(found, a, value_of(s.values, s.attr[node]), node)
    if op == WHERE:
        return choose(s, found, node)
    return call(found, op, a, node) if s.args[node, 1] < 0 else combine(found, op, a, s.args[node, 1], node)


@cython.locals(k=cython.longlong)
def filled(
    s: State, points: cython.const[cython.double][:, ::1], input: cython.longlong, found: cython.double[:, ::1],
    node: cython.longlong,
) -> cython.bint:  # fmt: skip
    """Fill in the row of a wanted node, of an input with the row of points; False where only NumPy can compute it."""
    op: cython.longlong = s.op[node]
    if not s.wanted[node]:
        return True
    if op == INPUT:
        for k in range(found.shape[1]):
            found[node, k] = points[input, k]
        return True
    if op == CONST:
        value: cython.double = value_of(s.values, s.attr[node])
        fill(found, node, value)
        return value == value
    return computed(s, found, node)


@cython.locals(node=cython.longlong)
def count_inputs(s: State) -> int:
    """How many inputs are read."""
    count: cython.longlong = 0
    for node in range(s.count):
        count += 1 if s.op[node] == INPUT and s.uses[node] > 0 else 0
    return count


@cython.locals(node=cython.longlong, k=cython.longlong)
def compute_nodes(
    s: State, points: cython.const[cython.double][:, ::1], table: Any, other: Callable[[int, int, list[Any]], Any]
) -> None:
    """Fill in the rows of the wanted nodes in the table.

    `points` are those of the inputs that are read, in their order. Where only NumPy can compute a node, `other` does,
    of its operation, attribute and arguments.
    """
    inputs: cython.longlong = 0
    found: cython.double[:, ::1] = held(table)
    node = 0
    while True:
        with cython.nogil:
            while node < s.count and filled(s, points, inputs, found, node):
                inputs += 1 if s.op[node] == INPUT and s.uses[node] > 0 else 0
                node += 1
        if node == s.count:
            return
        given = []
        for k in range(s.width):
            if s.args[node, k] >= 0:
                given.append(table[s.args[node, k]])
        table[node] = other(s.op[node], s.attr[node], given)
        node += 1


@cython.locals(i=cython.longlong, _k=cython.longlong)
def compute_planned(s: State, found: cython.double[:, ::1]) -> None:
    """Fill in the rows of the nodes of the plan, behind those of the graph."""
    with cython.nogil:
        for i in range(s.plan.count):
            op: cython.longlong = s.plan.op[i]
            a: cython.longlong = s.plan.first[i]
            if op == CONST:
                fill(found, s.count + i, value_of(s.values, a))
            elif op == POWER:
                combine(found, MUL, a, a, s.count + i)
                for _k in range(s.values.num[-2 - s.plan.third[i]] - 2):
                    combine(found, MUL, s.count + i, a, s.count + i)
            elif op == NEG:
                call(found, op, a, s.count + i)
            else:
                combine(found, op, a, s.plan.second[i], s.count + i)


def drop_spoilt(
    sheet: Sheet, values: cython.const[cython.double][:, ::1], target: cython.longlong[::1], nothing: cython.longlong
) -> cython.longlong:
    """Drop the targets (see `equal_values`) that at some probe are not finite where the node is, NaN where that is not,
    or another product; how many are left. Sums may differ by what cancels: their accuracy is not told by values."""
    node: cython.longlong
    left: cython.longlong = 0
    n: cython.longlong = sheet.count
    for node in range(n):
        if target[node] != nothing:
            first: cython.longlong = min(target[node] >> 1, n - 1)
            sign: cython.double = 0.0 if target[node] == 2 * n else -1.0 if target[node] & 1 else 1.0
            product: cython.bint = is_product(sheet, node) and is_product(sheet, first)
            if stays_in_range(values, node, first, sign, product):
                left += 1
            else:
                target[node] = nothing
    return left


def is_product(sheet: Sheet, node: cython.longlong) -> cython.bint:
    """Whether a node is a product or a quotient."""
    return sheet.op[node] == MUL or sheet.op[node] == DIV


def stays_in_range(
    values: cython.const[cython.double][:, ::1], node: cython.longlong, first: cython.longlong, sign: cython.double,
    product: cython.bint,
) -> cython.bint:  # fmt: skip
    """Whether so many times the first is finite where a node is, a number where that is one, and the same where both
    are products.
    """
    k: cython.longlong
    for k in range(values.shape[1]):
        own: cython.double = values[node, k]
        value: cython.double = sign * values[first, k] if sign != 0.0 else 0.0
        if isfinite(own) and not (close(value, own) if product else isfinite(value)):
            return False
        if own == own and value != value:
            return False
    return True
