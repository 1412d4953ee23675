"""Which form where: selections between forms of one number by the value of an input, with thresholds that are measured.

The segments are found by dynamic programming over the sorted points, as by Panchekha and others (PLDI 2015, section
4.8); where two meet is then bisected with new points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.samples import Floats, between
from edgewise.accuracy.search import PRICE, Found, different
from edgewise.graph import IntArray

__all__ = ["Regimes", "split", "tidy_threshold", "written"]

MOST_SEGMENTS: Final = 4
MOST_FORMS: Final = 20
STRETCHES: Final = 8
"""Into so many parts the points are cut, in the order of each input: between any two cuts the best form is kept."""
WORTH: Final = 0.4
"""Bits, on average over all points, that one more segment must save."""


class Regimes(NamedTuple):
    """Forms by segments of an input: form k up to threshold k, the last beyond all of them."""

    branch: int
    forms: tuple[Found, ...]
    thresholds: tuple[float, ...]
    mean: float


def split(
    arena: Arena,
    found: Sequence[Found],
    branches: Sequence[int],
    where: Any,
    meet: Callable[[int, Found, Found, float, float], float],
) -> Regimes | None:
    """The best choice of forms by one of some expressions; None where no choice is better than one form alone.

    `meet(branch, lower, upper, low, high)` says where between two values the upper form becomes the better one.
    """
    sorted_by = {branch: arena.values(branch)[where] for branch in branches}
    orders = {
        branch: np.argsort(values, kind="stable") for branch, values in sorted_by.items() if np.isfinite(values).all()
    }
    forms = _covering(different(found), list(orders.values()))
    if len(forms) < 2:
        return None
    errors = np.array([one.error for one in forms])
    best: tuple[float, int, list[int], list[int], Floats, Floats] | None = None
    for branch, order in orders.items():
        values = sorted_by[branch]
        cost, ends, chosen = _segments(errors[:, order], values[order])
        if len(ends) > 1 and (best is None or cost < best[0] - 1e-9):
            best = cost, branch, ends, chosen, values[order], errors[:, order]
    if best is None:
        return None
    _, branch, ends, chosen, values, errors = best
    thresholds = tuple(
        meet(branch, forms[chosen[k]], forms[chosen[k + 1]], float(values[end - 1]), float(values[end]))
        for k, end in enumerate(ends[:-1])
    )
    means = sum(errors[k, a:b].sum() for k, a, b in zip(chosen, [0, *ends[:-1]], ends, strict=True))
    return Regimes(branch, tuple(forms[k] for k in chosen), thresholds, float(means) / errors.shape[1])


def _covering(found: Sequence[Found], orders: Sequence[IntArray]) -> list[Found]:
    """A few forms of which at each point one is as good as any, and those that are best over a stretch of points.

    Where two forms are each good at some points of a stretch, a third may be as good as that at all of them.
    """
    if not found:
        return []
    errors = np.array([one.error for one in found])
    price = np.array([PRICE * one.operations for one in found])
    kept = dict.fromkeys([int((errors.mean(axis=1) + price).argmin())])
    covered = errors[list(kept)].min(axis=0)
    while len(kept) < min(MOST_FORMS, len(found)):
        gain = np.maximum(covered - errors, 0).mean(axis=1) - price
        best = int(gain.argmax())
        if gain[best] <= 0 or best in kept:
            break
        kept[best] = None
        covered = np.minimum(covered, errors[best])
    ends = np.linspace(0, errors.shape[1], STRETCHES + 1).astype(int).tolist()
    for order in orders:
        sums = np.concatenate((np.zeros((len(found), 1)), np.cumsum(errors[:, order], axis=1)), axis=1)
        for first, last in combinations(dict.fromkeys(ends), 2):
            kept[int(((sums[:, last] - sums[:, first]) / (last - first) + price).argmin())] = None
    return [found[k] for k in kept]


def _segments(errors: Floats, values: Floats) -> tuple[float, list[int], list[int]]:
    """The cost, the ends and the forms of the best segments of sorted points."""
    forms, count = errors.shape
    sums = np.concatenate((np.zeros((forms, 1)), np.cumsum(errors, axis=1)), axis=1)
    may_end = np.append(values[1:] != values[:-1], True)
    # cost[s][j]: of the first j points in s + 1 segments.
    cost = np.full((MOST_SEGMENTS, count + 1), np.inf)
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (count + 1) for _ in range(MOST_SEGMENTS)]
    cost[0] = sums.min(axis=0)
    first = sums.argmin(axis=0)
    back[0] = [(0, int(k)) for k in first]
    allowed = np.flatnonzero(may_end) + 1
    for s in range(1, MOST_SEGMENTS):
        # For each form the best start so far, as the end moves up: linear in points and forms.
        least = np.full(forms, np.inf)
        begin = np.zeros(forms, dtype=np.int64)
        starts = set(allowed.tolist())
        for j in range(1, count + 1):
            sofar = least + sums[:, j]
            k = int(sofar.argmin())
            cost[s][j], back[s][j] = sofar[k], (int(begin[k]), k)
            if j in starts:
                offer = cost[s - 1][j] - sums[:, j]
                better = offer < least
                least, begin = np.where(better, offer, least), np.where(better, j, begin)
    price = WORTH * count
    s = min(range(MOST_SEGMENTS), key=lambda s: cost[s][count] + s * price)
    total = float(cost[s][count] + s * price)
    ends: list[int] = []
    chosen: list[int] = []
    j = count
    for level in range(s, -1, -1):
        begin_at, k = back[level][j]
        ends.append(j)
        chosen.append(k)
        j = begin_at
    return total, ends[::-1], chosen[::-1]


def written(arena: Arena, regimes: Regimes) -> int:
    """The selection between the forms, as one expression."""
    made = regimes.forms[-1].form
    for form, threshold in zip(regimes.forms[-2::-1], regimes.thresholds[::-1], strict=True):
        test = arena.op("lt", regimes.branch, arena.constant(threshold))
        made = arena.op("where", test, form.form, made)
    return made


def tidy_threshold(low: float, high: float) -> float:
    """A short number between two: 0 where they have different signs."""
    if low < 0 <= high:
        return 0.0
    middle = between(low, high)
    for digits in range(1, 17):
        short = float(f"{middle:.{digits}g}")
        if low < short <= high:
            return short
    return high
