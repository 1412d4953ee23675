"""What nodes take: work at several lengths of the named dimensions at once, operations, and views.

A named dimension may turn out short or long, and which of two ways is less work may depend on it. So work is counted
at three lengths, the usual one first; what one dimension is to another is told by `sizes`, or they count as equal. The
counts stand side by side in one whole number, that of the usual length on top: they are added up in one addition, and
compared in one subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from edgewise.graph import Tape
from edgewise.graph.tensors.work import work_at
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, is_view, named_dimensions

__all__ = ["USUAL_LENGTH", "Cost", "costs_of", "lengths_to_try", "total_cost"]

USUAL_LENGTH: Final = 100
"""What a named dimension counts for where nothing says more."""
LENGTHS: Final = (USUAL_LENGTH, 10, 3)

_BITS: Final = 128
_MOST: Final = 1 << 100
"""Work of a node that is more counts as this, so that no sum reaches the highest bit of its place."""
_HIGHEST: Final = sum(1 << (_BITS * k - 1) for k in range(1, len(LENGTHS) + 1))


class Cost(NamedTuple):
    """What a graph takes; `work` holds that at all lengths that are tried, see above."""

    work: int
    operations: int
    views: int

    def covers(self, other: Cost) -> bool:
        """Whether this is no less work than the other at any of the lengths.

        >>> Cost(5 << _BITS | 3, 1, 0).covers(Cost(4 << _BITS | 3, 9, 0)), Cost(5 << _BITS, 1, 0).covers(Cost(1, 1, 0))
        (True, False)
        """
        return ((self.work | _HIGHEST) - other.work) & _HIGHEST == _HIGHEST

    def better(self, other: Cost) -> bool:
        """Whether this is no more work than the other at any length, and less at some, or as much but shorter."""
        if not other.covers(self):
            return False
        return self.order < other.order

    @property
    def order(self) -> tuple[int, int, int]:
        """What is judged first: work, at the usual length before others; how long it reads; and its operations."""
        return self.work, self.operations + self.views, self.operations


def lengths_to_try(tapes: Sequence[Tape], sizes: Mapping[str, int]) -> list[dict[str, int]]:
    """Numbers for all named dimensions of some graphs, the usual ones first. `sizes` are what is known of them.

    >>> import edgewise as ew
    >>> lengths_to_try([ew.parse("X @ w", shapes="X: n,d; w: d").tape], {"d": 5})
    [{'d': 5, 'n': 100}, {'d': 5, 'n': 10}, {'d': 5, 'n': 3}]
    """
    names = sorted(
        named_dimensions([k for shape in {s for tape in tapes for s in tape.shapes.values()} for k in shape])
    )
    known = {name: sizes[name] for name in names if name in sizes}
    unknown = len(known) < len(names)
    return [{**dict.fromkeys(names, length), **known} for length in LENGTHS[: len(LENGTHS) if unknown else 1]]


def costs_of(tape: Tape, lengths: Sequence[Mapping[str, int]]) -> list[Cost]:
    """What each node takes: its work at these lengths, and whether it is an operation, a view, or a leaf."""
    works = [0] * len(tape)
    for each in lengths:
        works = [work << _BITS | min(more, _MOST) for work, more in zip(works, work_at(tape, each), strict=True)]
    found = []
    for (i, code, args), work in zip(tape.rows(), works, strict=True):
        view = code >= FIRST_TENSOR and bool(args) and is_view(tape.op_of_code(code), tape.attrs.get(i))
        found.append(Cost(work, int(bool(args) and code not in (INPUT, CONST) and not view), int(view)))
    return found


def total_cost(tape: Tape, nodes: Sequence[int], lengths: Sequence[Mapping[str, int]]) -> Cost:
    """What some nodes take with all that they are made of."""
    live = [cost for cost, needed in zip(costs_of(tape, lengths), tape.live(nodes), strict=True) if needed]
    return Cost(*map(sum, zip(Cost(0, 0, 0), *live, strict=True)))
