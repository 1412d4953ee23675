"""Which form where: selections between forms of one number by the value of an input, with thresholds that are measured.

The segments are found by dynamic programming over the sorted points, as by Panchekha and others (PLDI 2015, section
4.8); where two meet is then bisected with new points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.samples import Floats, between
from edgewise.accuracy.search import PRICE, Found

__all__ = ["Regimes", "split"]

MOST_SEGMENTS: Final = 4
MOST_FORMS: Final = 20
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
    forms = _covering(found)
    if len(forms) < 2:
        return None
    errors = np.array([one.error for one in forms])
    best: tuple[float, int, list[int], list[int], Floats, Floats] | None = None
    for branch in branches:
        values = arena.values(branch)[where]
        if not np.isfinite(values).all():
            continue
        order = np.argsort(values, kind="stable")
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


def _covering(found: Sequence[Found]) -> list[Found]:
    """A few forms of which at each point one is as good as any."""
    if not found:
        return []
    errors = np.array([one.error for one in found])
    price = np.array([PRICE * one.operations for one in found])
    kept = [int((errors.mean(axis=1) + price).argmin())]
    covered = errors[kept[0]].copy()
    while len(kept) < min(MOST_FORMS, len(found)):
        gain = np.maximum(covered - errors, 0).mean(axis=1) - price
        best = int(gain.argmax())
        if gain[best] <= 0 or best in kept:
            break
        kept.append(best)
        covered = np.minimum(covered, errors[best])
    # For a part of the points a form that is best nowhere may still be good everywhere.
    for k in np.argsort(errors.mean(axis=1) + price, kind="stable")[:4].tolist():
        if k not in kept:
            kept.append(k)
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
