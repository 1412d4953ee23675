"""What two graphs have in common: the nodes that stand for the same value, however it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from edgewise.algebra.equality import Equality, equality_of
from edgewise.algebra.joined import side_by_side
from edgewise.algebra.sample_points import COUNT, Sample, sampled
from edgewise.graph import Tape
from edgewise.graph.arrays.same import first_alike
from edgewise.ops import CONST, INPUT

__all__ = ["Alignment", "aligned"]

COARSE: Final = 2.0**26
"""Values are equal where one over this of their size tells them apart at no point."""

ODD: Final = 1.2345678910111213

SMALLEST: Final = 1e-280
"""What is smaller is 0: products lose their digits there."""


@dataclass(frozen=True)
class Alignment:
    """`pairs` are the operations of one graph with the first of the other that has the same value, in the order of the
    first; `only` those that each has alone. `in_order` says whether the other computes what is common in the same
    order. Operations that no output needs do not count.
    """

    equality: Equality
    pairs: tuple[tuple[int, int], ...]
    only: tuple[tuple[int, ...], tuple[int, ...]]
    in_order: bool


def aligned(one: Tape, two: Tape) -> Alignment:
    """What two graphs have in common. Nodes that are the same formula have the same value, and so have those whose
    values are equal, up to rounding, at all of 48 points.

    >>> from edgewise import parse
    >>> found = aligned(parse("(x - y)*(x + y) + sin(x)").tape, parse("x**2 - y**2 + cos(x)").tape)
    >>> found.pairs, found.only, found.equality.equal
    (((4, 4),), ((2, 3, 5, 6), (2, 3, 5, 6)), False)
    """
    joint, places = side_by_side(one, two)
    equality = equality_of(joint, len(one.outputs))
    classes = _classes(joint)
    operations = [_operations(tape) for tape in (one, two)]
    of = [{node: int(classes[place[node]]) for node in nodes} for nodes, place in zip(operations, places, strict=True)]
    first: dict[int, int] = {}
    for node, number in of[1].items():
        first.setdefault(number, node)
    pairs = tuple((node, first[number]) for node, number in of[0].items() if number in first)
    seen = [set(own.values()) for own in of]
    only = [tuple(node for node, number in of[k].items() if number not in seen[1 - k]) for k in (0, 1)]
    seconds = list(dict.fromkeys(other for _, other in pairs))
    return Alignment(equality, pairs, (only[0], only[1]), seconds == sorted(seconds))


def _operations(tape: Tape) -> list[int]:
    """The operations that the outputs need, in their order."""
    return np.flatnonzero(tape.live(tape.outputs) & (tape.ops != INPUT) & (tape.ops != CONST)).tolist()


def _classes(joint: Tape) -> Any:
    """A number for each node, the same for nodes of the same value."""
    classes = first_alike(joint)
    sample = sampled(joint)
    rows = np.flatnonzero(classes == np.arange(len(joint))).tolist()
    groups: dict[bytes, int] = {}
    for node in rows:
        if (seen := _print(sample, node)) is not None:
            classes[node] = groups.setdefault(seen, node)
    # What is the same formula as a node follows it.
    return classes[classes]


def _print(sample: Sample, node: int) -> bytes | None:
    """What is seen of a node's values: those that are equal up to rounding look alike. None where it is no number.

    Of a tensor it is a sum with fixed weights that is looked at. An odd factor keeps numbers that are likely, as 1 and
    0.5 are, away from where the rounded ones change.
    """
    values = sample.value(node)
    flat = values.reshape(COUNT, -1)
    with np.errstate(all="ignore"):
        sums = ODD * (flat @ (1.0 + np.sqrt(2.0) * np.arange(flat.shape[1])) if flat.shape[1] != 1 else flat[:, 0])
    mask = np.isfinite(sums)
    if not mask.any():
        return None
    sums = np.where(mask, sums, 0.0)
    sums[np.abs(sums) < SMALLEST] = 0.0
    mantissas, exponents = np.frexp(sums)
    rounded = np.stack([np.round(mantissas * COARSE), exponents, mask]).astype(np.int32)
    return repr(values.shape[1:]).encode() + rounded.tobytes()
