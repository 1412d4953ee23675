"""What was done for a graph's digits: the repairs, what each gains and costs, and accuracy against cost as a curve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np

from edgewise.accuracy.repaired import Options, Repaired, Repairs
from edgewise.graph import count_operations
from edgewise.shown import shown
from edgewise.simplify import Report

__all__ = ["AccuracyReport", "Curve", "Point"]


@shown
@dataclass(frozen=True, eq=False, repr=False)
class AccuracyReport(Report):
    """What `simplify(level="accurate")` did: a `Report` whose `rules` count the rewrites of repairs too.

    `repairs` are rows with the node, the rewrites by name, the mean bits of error before and after, and the operations
    that it adds. `bits_before` and `bits_after` are means over all results, at points that no form was chosen by.
    """

    repairing: Repairs = field(kw_only=True)
    graph_without: Callable[[frozenset[int]], Any] = field(kw_only=True)

    @cached_property
    def repairs(self) -> tuple[Repaired, ...]:
        """Every repair, the one that gains most first."""
        made = self.repairing.repairs.values()
        return tuple(sorted(made, key=lambda one: (one.after - one.before, one.node)))

    @cached_property
    def bits_before(self) -> float:
        """Mean bits of error of the results as they were simplified without regard to digits."""
        return self.repairing.bits(frozenset(self.repairing.repairs))

    @cached_property
    def bits_after(self) -> float:
        """Mean bits of error of the results as they are now."""
        return self.repairing.bits()

    @property
    def options(self) -> Options:
        """The ranges, points and seed by which it was measured."""
        return self.repairing.options

    @property
    def unknown(self) -> tuple[str, ...]:
        """Operations that have no value of many digits: what depends on them was left as it is."""
        return self.repairing.unknown

    def pareto(self) -> Curve:
        """Accuracy against cost: one repair after the other, what gains most for each operation first."""
        return Curve(self)

    def __repr__(self) -> str:
        lines = [
            f"{self.bits_before:.1f} bits of error → {self.bits_after:.1f},"
            f" {self.before} operations → {self.after} (level accurate)"
        ]
        for one in self.repairs:
            place = f" ({one.line})" if one.line else ""
            lines.append(
                f"  node {one.node}{place}: {one.before:.1f} → {one.after:.1f} bits, {one.operations:+d} operations"
            )
            lines.append(f"    {', '.join(one.rules)}")
            lines.append(f"    {one.text}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Point:
    """One point of the curve: with so many of the repairs. `graph` is the graph of it."""

    repairs: tuple[Repaired, ...]
    bits: float
    operations: int
    _make: Callable[[], Any] = field(repr=False, compare=False)

    @property
    def graph(self) -> Any:
        """The graph with these repairs, to be lowered like any other."""
        return self._make()


class Curve(Sequence[Point]):
    """The points of accuracy against cost, from no repair to all of them."""

    def __init__(self, report: AccuracyReport) -> None:
        repairing = report.repairing
        order = sorted(report.repairs, key=lambda one: ((one.after - one.before) / max(one.operations, 0.5), one.node))
        self._points = []
        for count in range(len(order) + 1):
            without = frozenset(one.node for one in order[count:])
            tape, new = repairing.finished(np.zeros(0, dtype=np.int64), without)
            operations = count_operations(tape, new[repairing.roots])
            self._points.append(
                Point(tuple(order[:count]), repairing.bits(without), operations, partial(report.graph_without, without))
            )

    def __getitem__(self, k: Any) -> Any:
        return self._points[k]

    def __len__(self) -> int:
        return len(self._points)

    def __iter__(self) -> Iterator[Point]:
        return iter(self._points)

    def __repr__(self) -> str:
        lines = [f"{'repairs':>8} {'bits of error':>14} {'operations':>11}"]
        lines += [f"{len(one.repairs):8d} {one.bits:14.2f} {one.operations:11d}" for one in self]
        return "\n".join(lines)
