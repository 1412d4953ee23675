"""`Schedule` and `Pareto`: store or recompute, as users choose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from edgewise import recompute
from edgewise.errors import InputError, ScheduleError
from edgewise.graph import distinct, for_scalars
from edgewise.shown import shown

if TYPE_CHECKING:
    from edgewise.api.derivative_graph import DerivativeGraph
    from edgewise.recompute import Run, Task

__all__ = ["Pareto", "Schedule"]


@shown
class Schedule:
    """One way to compute a derivative graph: which values are held, and which are computed again.

    `operations` and `peak_live` are counted as `cost()` counts them, and are what `graph.cost()` says. `nodes` are the
    nodes of the original graph in the order of computing, some of them several times.
    """

    def __init__(self, source: DerivativeGraph, task: Task, run: Run) -> None:
        self._source, self._task, self._run = source, task, run

    @property
    def operations(self) -> int:
        """Operations executed."""
        return self._run.operations

    @property
    def peak_live(self) -> int:
        """The most values held at once: inputs are counted, constants are not."""
        return self._run.peak_live

    @property
    def nodes(self) -> tuple[int, ...]:
        """The nodes of the original graph in the order in which they are computed."""
        return tuple(self._run.nodes.tolist())

    @cached_property
    def recomputed(self) -> Mapping[int, int]:
        """Nodes that are computed more than once, and how often again."""
        times = np.bincount(self._run.nodes, minlength=len(self._source))
        return MappingProxyType({i: int(times[i]) - 1 for i in np.flatnonzero(times > 1).tolist()})

    @cached_property
    def graph(self) -> DerivativeGraph:
        """The derivative graph that computes so: a value that is computed again is a second node like the first.

        It gives the same numbers bit for bit, and is evaluated, compiled and printed like any other. The ledger names
        the last of several nodes. Simplifying it would merge them again.
        """
        source = self._source
        if np.array_equal(self._run.nodes, self._task.order):
            return source
        tape, new = recompute.written(self._task, self._run)
        return type(source)(source.derivative.renumbered(tape, new), source.base, source.report)

    def __repr__(self) -> str:
        again = sum(self.recomputed.values())
        return f"<{self.operations:,} operations, {again:,} of them again; at most {self.peak_live:,} values at once>"


@shown
class Pareto(Sequence[Schedule]):
    """Operations against values held at once: each `Schedule` from storing everything on, none beaten by another."""

    def __init__(self, source: DerivativeGraph, progress: bool | None = None) -> None:
        derivative = source.derivative
        self._source = source
        tape = for_scalars(source.tape, "store or recompute")
        self._task = recompute.Task(tape, [node for result in derivative.results for node in result.nodes])
        self._marked = distinct(derivative.base_nodes[derivative.base_nodes >= 0])
        self._runs = recompute.search(self._task, self._marked, progress)

    def __len__(self) -> int:
        return len(self._runs)

    @overload
    def __getitem__(self, index: int) -> Schedule: ...
    @overload
    def __getitem__(self, index: slice) -> list[Schedule]: ...
    def __getitem__(self, index: int | slice) -> Schedule | list[Schedule]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        return Schedule(self._source, self._task, self._runs[index])

    def schedule(self, memory: int) -> Schedule:
        """See `DerivativeGraph.schedule`."""
        if isinstance(memory, bool) or not isinstance(memory, (int, np.integer)):
            raise InputError(
                f"the memory is {memory!r:.60} of type {type(memory).__name__}", hint="give a whole number of values"
            )
        run = self._runs[0]
        if memory < run.peak_live:
            found = recompute.fitting(self._task, self._marked, self._runs, int(memory))
            if found is None:
                raise ScheduleError(
                    f"no way was found to compute the {self._source.derivative.kind} with at most {memory} values at "
                    f"once: the inputs ({len(self._task.inputs)}) and results ({len(self._task.roots)}) are among them",
                    hint=f"allow {self._runs[-1].peak_live}, the fewest that were reached",
                )
            run = found
        return Schedule(self._source, self._task, run)

    @property
    def points(self) -> list[tuple[int, int]]:
        """(operations, values held at once) of every point."""
        return [(run.operations, run.peak_live) for run in self._runs]

    def plot(self, axes: Any = None, label: str | None = None) -> Any:
        """Draw the curve on matplotlib axes (new ones where none are given), which are returned.

        Needs matplotlib: `pip install "edgewise[plot]"`.
        """
        from edgewise.view.plots.curve import plot_curve

        return plot_curve(self.points, axes, label)

    def __repr__(self) -> str:
        shown = self._runs if len(self) <= 12 else self._runs[:: -(-len(self) // 12)]
        rows = [f"{run.peak_live:>12,}  {run.operations:>12,}" for run in dict.fromkeys((*shown, self._runs[-1]))]
        return "\n".join([f"{'values held':>12}  {'operations':>12}", *rows])
