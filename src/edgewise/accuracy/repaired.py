"""What a search for accurate forms found: the repairs, and the graph with any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.samples import Ranges, Sample, bits_of_error, computed
from edgewise.graph import IntArray, Tape

__all__ = ["Options", "Repaired", "Repairs", "with_seconds"]


@dataclass(frozen=True)
class Options:
    """What a search may take: `seconds` in all, `points` of the sample, the `seed` that it is drawn by."""

    ranges: Ranges
    points: int = 256
    seed: int = 0
    seconds: float = 10.0
    condition: Tape | None = None
    progress: bool | None = False


def with_seconds(options: Options, seconds: float) -> Options:
    """The same options with another time."""
    return replace(options, seconds=seconds)


class Repaired(NamedTuple):
    """One repair: a node of the graph that was given, the rewrites that it took by name, and what it gained.

    `before` and `after` are mean bits of error of the node's value, `operations` those that the repair adds (fewer
    than none where the form is shorter), `text` the form, `thresholds` where it goes from one branch to the next, and
    `line` the node's line in the text that it was traced from.
    """

    node: int
    rules: tuple[str, ...]
    before: float
    after: float
    operations: int
    text: str
    thresholds: tuple[float, ...]
    line: str


class Repairs:
    """The repairs of some results of a graph: `repairs` by node, in the order in which they were found.

    `place` are the expressions of the graph's nodes, `instead` those that stand for others, `steps` which of these are
    the repair of a node, and `unknown` the operations that have no value of many digits.
    """

    def __init__(
        self,
        tape: Tape,
        roots: Sequence[int],
        options: Options,
        test: Sample,
        arena: Arena,
        place: Sequence[int],
        unknown: tuple[str, ...],
    ) -> None:
        self.tape, self.roots, self.options, self.test = tape, list(roots), options, test
        self.arena, self.place, self.unknown = arena, place, unknown
        self.instead: dict[int, int] = {}
        self.steps: dict[int, dict[int, int]] = {}
        self.repairs: dict[int, Repaired] = {}
        self.interrupted = False

    def __reduce__(self) -> tuple[Any, ...]:
        # Of thousands of expressions that were tried those that stand somewhere travel, as one graph.
        forms = sorted({*self.place, *self.instead, *self.instead.values()})
        kept, at = self.arena.tape(self.tape, forms, self.place)

        def moved(pairs: Mapping[int, int]) -> dict[int, int]:
            return {int(at[form]): int(at[made]) for form, made in pairs.items()}

        steps = {node: moved(pairs) for node, pairs in self.steps.items()}
        facts = self.tape, self.roots, self.options, self.test.inputs, self.test.exact[self.roots], self.unknown
        state = self.repairs, self.interrupted, moved(self.instead), steps
        return _again, (facts, kept, at[list(self.place)].tolist(), state)

    def finished(self, keep: IntArray, without: frozenset[int] = frozenset()) -> tuple[Tape, IntArray]:
        """The graph with its repairs, but for those of some nodes, and the map of its nodes: old → new, -1 for none.

        `keep` are nodes that must keep a node of their own value besides the results.
        """
        left = {form: made for node in without for form, made in self.steps[node].items()}
        instead = {form: made for form, made in self.instead.items() if form not in left}
        nodes = list(dict.fromkeys([*self.roots, *keep.tolist()]))
        forms = self.arena.replaced([self.place[node] for node in nodes], instead)
        tape, at = self.arena.tape(self.tape, forms, self.place)
        new = at[np.array(self.place, dtype=np.int64)]
        new[nodes] = at[forms]
        return tape, new

    def bits(self, without: frozenset[int] = frozenset()) -> float:
        """The mean bits of error of the results with those repairs, at the points that they were not chosen by."""
        tape, new = self.finished(np.zeros(0, dtype=np.int64), without)
        values = computed(tape, new[self.roots].tolist(), self.test.inputs, self.test.points)
        errors = []
        for root, made in zip(self.roots, values, strict=True):
            where = self.test.normal(root)
            errors += [bits_of_error(made[where], self.test.exact[root][where]).mean()] if where.any() else []
        return float(np.mean(errors)) if errors else 0.0


def _again(facts: tuple[Any, ...], kept: Tape, place: Sequence[int], state: tuple[Any, ...]) -> Repairs:
    """What has travelled."""
    tape, roots, options, inputs, values, unknown = facts
    exact = np.full((len(tape), values.shape[1]), np.nan)
    exact[roots] = values
    arena = Arena(inputs)
    form = arena.read(kept)
    made = Repairs(tape, roots, options, Sample(inputs, exact), arena, [form[node] for node in place], unknown)
    made.repairs, made.interrupted, instead, steps = state
    made.instead = {form[node]: form[other] for node, other in instead.items()}
    made.steps = {node: {form[one]: form[other] for one, other in pairs.items()} for node, pairs in steps.items()}
    return made
