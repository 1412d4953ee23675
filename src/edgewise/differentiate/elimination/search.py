"""The search for a cheap elimination order: exact on small graphs, simulated annealing on others.

First among orders of whole vertices (`elimination_cost`), then from the best of these among orders that may take a
part of a vertex before the vertex (`edges`, `search_parts`): these can be cheaper, but each costs far more to look at.

Whether an order of at most a given cost exists is NP-complete with shared factors (Naumann, *Optimal Jacobian
accumulation is NP-complete*, Mathematical Programming 112 (2008)).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from edgewise.built import held
from edgewise.differentiate.elimination.edges import Edges, Step, count_steps, whole
from edgewise.differentiate.elimination.elimination_cost import Walk, anneal, cheapest_order
from edgewise.differentiate.elimination.search_parts import Player, vary
from edgewise.differentiate.orders import Count, PathGraph, best_simple_order, count_order
from edgewise.errors import DifferentiationError
from edgewise.graph import IntArray
from edgewise.progress import Bar

__all__ = ["EXACT", "search_order", "search_steps"]

EXACT = 14
"""Up to so many vertices (after the safe ones are gone) the cheapest order is found by looking at every set."""
LARGEST = 400
"""Up to so many vertices (after the safe ones are gone) parts of vertices are tried: a move of these is played out."""
PATIENCE = 20_000
"""Moves with parts of vertices that may find nothing better before the search ends; more for more vertices."""
STEPS = 40
"""Temperatures of one round of annealing."""
SECONDS = 20.0
SHARE = 0.6
"""The part of the time that whole vertices get, where parts of vertices are tried too."""
HOT, COLD = 0.2, 0.2
"""A round cools from this share of a vertex's mean cost (from 1 at least) to so many products."""
ROUNDS = (1.0, 10.0, 1 / 3, 5.0)
"""Rounds start from the best order so far, warmer or colder by turns: nearby, and from further away."""
PARTED_ROUNDS = (1.0, 0.5, 2.0, 0.3)
"""The same where parts of vertices are tried: the temperatures at which rounds begin, in products."""
SLICE = 0.05
"""Seconds between two looks at the clock."""


class Budget:
    """Time, number of moves, patience: when a search ends. `done` are the moves made."""

    def __init__(self, end: float | None, evaluations: int | None, patience: float = math.inf) -> None:
        self.end = end
        self.evaluations, self.patience = evaluations, patience
        self.done, self.better, self.size = 0, 0, 256
        self.interrupted = False
        self.began = time.monotonic()

    @property
    def whole(self) -> float | None:
        """What a search has to spend: seconds where there is a clock, otherwise moves."""
        return self.evaluations if self.end is None else self.end - self.began

    def passed(self, done: int) -> float:
        """How much of it is spent after so many moves."""
        return done if self.end is None else time.monotonic() - self.began

    @property
    def over(self) -> bool:
        """Whether nothing more is to be tried."""
        return (
            self.interrupted
            or (self.evaluations is not None and self.done >= self.evaluations)
            or self.done - self.better >= self.patience
            or (self.end is not None and time.monotonic() >= self.end)
        )

    def slices(self, moves: int) -> Iterator[int]:
        """So many moves in slices that take about SLICE seconds: how they are cut changes nothing but when it ends."""
        while moves and not self.over:
            now = min(moves, self.size)
            if self.evaluations is not None:
                now = min(now, self.evaluations - self.done)
            began = time.monotonic()
            yield now
            if time.monotonic() - began < SLICE / 2:
                self.size *= 2
            elif time.monotonic() - began > SLICE:
                self.size = max(1, self.size // 2)
            moves -= now
            self.done += now


def search_order(
    graph: PathGraph,
    *,
    seed: int = 0,
    seconds: float | None = None,
    evaluations: int | None = None,
    progress: bool | None = None,
) -> tuple[list[int], Count]:
    """The best order of whole vertices found in `seconds` (20 unless `evaluations` is given) or in so many moves.

    Never worse than forward, reverse and Markowitz; the optimum where at most EXACT vertices are in doubt, which takes
    no search. The result depends on nothing but the graph, the `seed` and the number of evaluations. An interrupt
    (Ctrl-C) ends the search with the best order so far. `progress` shows a bar; by default where the output is a
    terminal or a notebook.
    """
    budget = _budget(seed, seconds, evaluations)
    return _vertices(graph, seed, budget, progress)


def search_steps(
    graph: PathGraph,
    *,
    seed: int = 0,
    seconds: float | None = None,
    evaluations: int | None = None,
    progress: bool | None = None,
) -> tuple[list[Step], Count]:
    """The best steps found: an order of whole vertices as in `search_order`, and parts of vertices where they pay.

    Whole vertices get SHARE of the time, or all `evaluations`, and parts of vertices the rest, or a tenth as many moves
    more; less where these find nothing better for long. Otherwise as `search_order`.
    """
    budget = _budget(seed, seconds, evaluations)
    end = budget.end
    safe, before, behind = _without_safe(graph)
    left = [v for v in graph.inner.tolist() if before[v]]
    parts = len(left) > 1 and sum(1 for near in zip(before, behind, strict=True) if any(near)) <= LARGEST
    if end is not None and parts:
        now = time.monotonic()
        budget.end = now + SHARE * (end - now)
    order, count = _vertices(graph, seed, budget, progress)
    more = Budget(end, None if evaluations is None else evaluations // 10, PATIENCE + 10 * len(left) ** 4)
    if not parts or budget.interrupted or more.over:
        return whole(order), count
    # The safe vertices first, which makes no order dearer.
    gone = set(safe)
    start = [*safe, *(v for v in order if v not in gone)]
    steps = [*whole(safe), *_parted(graph, start, len(safe), seed, more, progress)]
    tried = count_steps(graph, steps)
    return (steps, tried) if tried < count else (whole(order), count)


def _budget(seed: int, seconds: float | None, evaluations: int | None) -> Budget:
    """The budget that the options of a search give, or a DifferentiationError."""
    if not isinstance(seed, (int, np.integer)):
        raise DifferentiationError(f"the seed {seed!r:.40} of a search", hint="give a whole number")
    if evaluations is not None and (isinstance(evaluations, bool) or evaluations < 0):
        raise DifferentiationError(
            f"a search of {evaluations!r} evaluations", hint="give a number of moves to try, 0 or more"
        )
    if seconds is not None and not seconds >= 0:
        raise DifferentiationError(f"a search of {seconds!r} seconds", hint="give a time of 0 seconds or more")
    if evaluations is None and seconds is None:
        seconds = SECONDS
    return Budget(None if seconds is None else time.monotonic() + seconds, evaluations)


def _bar(progress: bool | None, budget: Budget) -> Bar:
    return Bar("elimination order", progress, budget.whole)


def _vertices(graph: PathGraph, seed: int, budget: Budget, progress: bool | None) -> tuple[list[int], Count]:
    order, count = best_simple_order(graph)
    safe, before, behind = _without_safe(graph)
    gone = set(safe)
    inner = [v for v in order if v not in gone]
    if len(inner) <= 1:
        found_order = inner
    elif len(inner) <= EXACT:
        found_order = cheapest_order(Walk(before, behind, graph, inner, seed))
    else:
        walk = Walk(before, behind, graph, inner, seed)
        with _bar(progress, budget) as bar:

            def report(done: int, best: int) -> None:
                bar.update(budget.passed(done), f"{len(safe) + best} products")

            found_order = _annealed(walk, len(inner), budget, report)
    candidate = [*safe, *found_order]
    tried = count_order(graph, candidate)
    return (candidate, tried) if tried < count else (order, count)


def _without_safe(graph: PathGraph) -> tuple[list[int], list[set[int]], list[set[int]]]:
    """Vertices that some cheapest order eliminates first, and the neighbours that the others have then.

    A vertex v with one edge in, (p, v), and one out, (v, s), costs one product, as little as any vertex costs at any
    time. Without it no other vertex has more neighbours than with it: where v was one, p or s takes its place. So
    moving it to the front makes no order dearer. (A vertex with an edge of the value 1 has another on that side.)
    """
    before, behind = graph.neighbours()
    inner = set(graph.inner.tolist())
    todo = sorted(inner, reverse=True)
    safe: list[int] = []
    while todo:
        v = todo.pop()
        if v not in inner or len(before[v]) != 1 or len(behind[v]) != 1:
            continue
        (p,), (s,) = before[v], behind[v]
        inner.remove(v)
        safe.append(v)
        before[v], behind[v] = set(), set()
        behind[p].discard(v)
        before[s].discard(v)
        behind[p].add(s)
        before[s].add(p)
        todo += [p, s]
    return safe, before, behind


def _rounds(
    budget: Budget,
    length: int,
    heats: Sequence[float],
    restart: Callable[[], float],
    run: Callable[[int, IntArray], None],
) -> None:
    """Rounds of annealing, each longer than the last; ended by the budget, or by an interrupt.

    `restart` goes back to the best so far and gives the unit of the heats to begin with; `run` tries so many moves, of
    which those that cost d more are made where a random number below 2³¹ is below the d-th of its second argument.
    """
    number = 0
    try:
        while not budget.over:
            hottest = restart() * heats[number % len(heats)]
            for step in range(STEPS):
                temperature = hottest * (COLD / hottest) ** (step / (STEPS - 1))
                accept = np.exp(-np.arange(int(22 * temperature) + 2) / temperature) * 2147483647
                for moves in budget.slices(length):
                    run(moves, accept.astype(np.int64))
            length = length * 8 // 5
            number += 1
    except KeyboardInterrupt:
        budget.interrupted = True


def _annealed(walk: Walk, n: int, budget: Budget, report: Callable[[int, int], None]) -> list[int]:
    """Annealing over orders of n whole vertices, from a given one."""
    kept: list[list[int]] = [walk.best_order()]

    def restart() -> float:
        return max(1.0, HOT * walk.restart() / n)

    def run(moves: int, accept: IntArray) -> None:
        anneal(walk, moves, held(accept))
        kept[0] = walk.best_order()  # an interrupt may come while the best is being written
        report(budget.done + moves, walk.least)

    _rounds(budget, 4 * n, ROUNDS, restart, run)
    return kept[0]


def _parted(
    graph: PathGraph, order: Sequence[int], safe: int, seed: int, budget: Budget, progress: bool | None
) -> list[Step]:
    """Annealing over steps, from an order of vertices of which the first `safe` are eliminated before all else."""
    edges = Edges(graph)
    for step in whole(order[:safe]):
        for _ in edges.eliminate(step):
            pass
    cost = count_order(graph, order).multiplications - edges.multiplications
    player = Player(edges, order[safe:], cost, int(seed))
    kept = [player.found()]

    def restart() -> float:
        player.restart()
        return 1.0

    def run(moves: int, accept: IntArray) -> None:
        vary(player, moves, held(accept))
        if player.least < kept[0][0]:
            kept[0] = player.found()
            budget.better = budget.done + moves
        bar.update(budget.passed(budget.done + moves), f"{edges.multiplications + kept[0][0]} products")

    with _bar(progress, budget) as bar:
        _rounds(budget, 20 * (len(order) - safe), PARTED_ROUNDS, restart, run)
    # Steps for which nothing was left are dropped.
    return [step for step in kept[0][1] if sum(1 for _ in edges.eliminate(step)) or not step.partial]
