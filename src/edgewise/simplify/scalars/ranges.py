"""Products in another order: where one overflows or underflows that did not as it was written.

x*(p*x) is 0 where p is and x is huge, (x*x)*p is inf*0 there. The operations alone do not tell which products are in
danger, so the graph is computed at numbers of all sizes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.ops import CODE, CONST, INPUT, N_BUILTIN, TABLE
from edgewise.simplify.scalars.state import Plan
from edgewise.simplify.scalars.work_columns import ARGS, ATTR, FIRST, MADE_OP, OP, SECOND, USES, Ints

__all__ = ["BOUNDED", "COMBINED", "MOST", "out_of_range", "probed"]

MOST: Final = 20_000
"""Larger graphs are not computed: it takes some microseconds for each node."""

_SIZES: Final = np.array([
    1e-320, 1e-300, 1e-160, 1e-103, 1e-16, 1e-9, 0.5, 3.0, 30.0, 360.0, 800.0, 1e16, 1e103, 1e154, 1e300, 1e308,
])  # fmt: skip

CLOSE, LEAST = 1e-6, 1e-314
"""Values that differ by more than this differ by more than rounding."""

BOUNDED: Final = np.array([op.bounded or op.boolean or op.name == "const" for op in TABLE] + [False], dtype=np.uint8)
"""Of each operation whether its results have a bound; the last is any of the user's."""
COMBINED: Final = np.array([op.name in ("add", "sub", "mul", "neg") for op in TABLE] + [False], dtype=np.uint8)
"""Of each operation whether its results have a bound where its arguments do."""

MUL: Final = CODE["mul"]

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def probed(nodes: Ints, constant: Callable[[int], Any]) -> Floats:
    """The nodes that are read, a row each, at the sizes; users' own operations are NaN.

    The more inputs there are, the nearer to 1 they are: their products are to reach the ends of the range, not pass
    them. Several inputs are of one size first, then of mixed ones.
    """
    inputs = np.flatnonzero((nodes[:, OP] == INPUT) & (nodes[:, USES] > 0))
    wide = np.concatenate((_SIZES, -_SIZES))
    sizes = np.sign(wide) * np.abs(wide) ** (1 / max(2 * len(inputs) - 1, 1))
    points = [np.tile(sizes, (len(inputs), 1))]
    if len(inputs) > 1:  # an odd multiple is another order of 32 numbers
        order = np.arange(len(wide)) * (2 * np.arange(len(inputs))[:, None] + 1) + 7 * np.arange(len(inputs))[:, None]
        points.append(sizes[order % len(wide)])
    found = np.full((len(nodes), sum(part.shape[1] for part in points)), np.nan)
    found[inputs] = np.concatenate(points, axis=1)
    with np.errstate(all="ignore"):
        for i in np.flatnonzero(nodes[:, USES] > 0).tolist():
            op, attr, *args = nodes[i, [OP, ATTR, *range(ARGS, nodes.shape[1])]].tolist()
            if op == CONST:
                found[i] = float(constant(attr))
            elif op < N_BUILTIN and args[0] >= 0:
                given = [found[j] for j in args if j >= 0]
                row = TABLE[op]
                found[i] = row.value(*given, constant(attr)) if row.parameter else row.value(*given)
    return found


def _product(parts: tuple[Floats, Floats], others: tuple[Floats, Floats], side: int = 1) -> tuple[Floats, Floats]:
    """A product, on the other side a quotient, of numbers as mantissas and exponents: it has no end of its range."""
    mantissa, exponent = np.frexp(parts[0] * others[0] if side > 0 else parts[0] / others[0])
    return mantissa, parts[1] + side * others[1] + exponent


def out_of_range(values: Floats, plan: Plan, rows: Ints, touched: Ints, *, rewritten: bool = False) -> Ints:
    """The roots among the touched whose new product is wrong at a probe where the old one is right, or not finite where
    that is.

    `rows` are the factors of products as (root, factor, side, place), divisors with a negative side; factors behind the
    nodes are pairs of the plan. They are multiplied in the order of their places, or, where that leaves the range, in
    the opposite one, and the places then become negative. With `rewritten` pairs are what rules compute, to a digit.
    """
    n, count, spoilt = len(values), int(plan.count), list[int]()
    with np.errstate(all="ignore"):
        found, pairs = np.concatenate((values, np.empty((count, values.shape[1])))), list[tuple[Floats, Floats]]()

        def parts(factor: int) -> tuple[Floats, Floats]:
            return np.frexp(found[factor]) if factor < n else pairs[factor - n]

        for k in range(count):
            a, b, side = plan.made[k, FIRST], plan.made[k, SECOND], 1 if plan.made[k, MADE_OP] == MUL else -1
            pairs.append(_product(parts(a), parts(b), side))
            found[n + k] = np.ldexp(*pairs[k]) if rewritten else found[a] * found[b]
        begins = np.flatnonzero(np.diff(rows[:, 0], prepend=-1))
        for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(rows)], strict=True):
            root, own = rows[begin, 0], rows[begin:end]
            if not touched[root]:
                continue
            exact: tuple[Any, Any] = np.ones(values.shape[1]), np.zeros(values.shape[1], dtype=np.int64)
            for factor, side in own[:, 1:3].tolist():
                exact = _product(exact, parts(factor), side)
            wanted = np.ldexp(*exact)
            finite = np.isfinite(found[root])
            right = finite & _close(found[root], wanted)
            for _ in range(2):
                new = _in_order(found, own[np.argsort(own[:, 3], kind="stable")])
                if not ((right & ~_close(new, wanted)) | (finite & ~np.isfinite(new))).any():
                    break
                own[:, 3] *= -1
            else:
                spoilt.append(root)
    return np.array(spoilt, dtype=np.int64)


def _in_order(values: Floats, rows: Ints) -> Floats:
    """Factors multiplied and divided one after the other, from the first that is no divisor on."""
    lead = int(np.argmax(rows[:, 2] > 0))
    total = values[rows[lead, 1]]
    for factor, side in np.delete(rows, lead, axis=0)[:, 1:3].tolist():
        total = total * values[factor] if side > 0 else total / values[factor]
    return total


def _close(value: Floats, exact: Floats) -> Mask:
    return np.abs(value - exact) <= CLOSE * np.abs(exact) + LEAST
