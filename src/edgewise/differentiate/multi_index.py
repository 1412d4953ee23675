"""Derivatives of any order, each once.

A multi-index says how often each input is differentiated in; as mixed partials are equal, C(n + k - 1, k) of them are
all derivatives of order k in n inputs. Each is written once, from one of order k - 1: the inputs have a rank, and the
derivative in the input of highest rank is taken last. So no two ways of writing one derivative are ever there, and
nothing has to be found equal afterwards. Inputs on which few nodes depend come first: what their derivatives have left
out need not be differentiated again.

Griewank and Walther, *Evaluating Derivatives* (2008), chapter 13, count what there is to gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from math import comb
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.smooth import without_limits
from edgewise.differentiate.triangle import Eliminate, Way, cheapest, grid_of, operations_left
from edgewise.differentiate.wrt import names_of
from edgewise.errors import InputError
from edgewise.graph import IntArray, Layout, Pattern, Returns, Tape, count_operations

__all__ = ["Index", "Indices", "Plan", "as_first", "chosen", "every", "index_of", "next_order", "plan"]

Index = tuple[int, ...]
"""A multi-index as the places of the inputs, ascending: (0, 0, 2) is twice in the first and once in the third."""

MOST: Final = 1_000_000
"""The most derivatives that are written at once."""

RANKED: Final = 64
"""Inputs up to which it is counted how many nodes depend on each; more come in their own order."""


class Plan(NamedTuple):
    """Which derivatives are written: by order, from 0 on, all that are `needed` and, in them, the `wanted` ones.

    `rank` says which input comes when: the derivative in that of highest rank is taken last.
    """

    needed: tuple[tuple[Index, ...], ...]
    wanted: tuple[tuple[Index, ...], ...]
    rank: tuple[int, ...]

    @property
    def order(self) -> int:
        """The highest order."""
        return len(self.needed) - 1

    def last(self, index: Index) -> int:
        """The input in which this derivative is taken last."""
        return max(index, key=self.rank.__getitem__)

    def before(self, index: Index) -> Index:
        """The multi-index that this one is the derivative of."""
        place = index.index(self.last(index))
        return (*index[:place], *index[place + 1 :])


class Indices(NamedTuple):
    """Which derivatives a graph of this order holds: the k-th of the last order is that of output `rows[k]` of the
    graph of the order below in the input at place `columns[k]`."""

    plan: Plan
    order: int
    rows: IntArray
    columns: IntArray

    @property
    def of_results(self) -> tuple[tuple[Index, ...], ...]:
        """The multi-indices of each result behind the value, for each output of the function the same."""
        if self.order < self.plan.order:
            return self.plan.needed[1 : self.order + 1]
        return tuple(filter(None, self.plan.wanted[1:]))

    @property
    def base(self) -> tuple[Index, ...]:
        """Those of the outputs of the graph that is differentiated, for each output of the function the same."""
        return self.plan.needed[self.order - 1]


def every(n: int, order: int) -> list[Index]:
    """All multi-indices of n inputs up to this order, without that of the value, in the order of their results.

    >>> every(2, 2)
    [(0,), (1,), (0, 0), (0, 1), (1, 1)]
    """
    if comb(n + order, order) > MOST:
        raise InputError(
            f"there are {comb(n + order, order) - 1:,} derivatives of {n:,} inputs up to order {order}",
            hint="ask for some of them, as in derivatives(only=[('x', 'x', 'y'), …])",
        )
    return [index for k in range(1, order + 1) for index in combinations_with_replacement(range(n), k)]


def chosen(indices: Sequence[Index], order: int | None = None) -> list[Index]:
    """The multi-indices in the order of their results, each once; an InputError for one beyond the order."""
    highest = max(map(len, indices), default=0)
    if not highest or (order is not None and highest > order):
        what = (
            f"a derivative of order {highest} is asked for, and the order is {order}" if highest else "nothing to take"
        )
        raise InputError(what, hint="give keys of derivatives, as in derivatives(only=[('x', 'x', 'y'), …])")
    return sorted(set(indices) - {()}, key=lambda index: (len(index), index))


def index_of(key: Any, names: Sequence[str]) -> Index:
    """The multi-index that a key says: names of inputs, each as often as it is differentiated in, or these numbers.

    >>> index_of(("x", "y", "x"), ["x", "y"]), index_of((2, 1), ["x", "y"]), index_of("y", ["x", "y"])
    ((0, 0, 1), (0, 0, 1), (1,))
    """
    parts = tuple(key) if isinstance(key, (tuple, list)) else (key,)
    some = ", ".join(map(repr, names[:2])) or "…"
    hint = f"give names of inputs, as in D[{some}], or how often in each of the {len(names)} inputs"
    if parts and all(isinstance(part, (int, np.integer)) and not isinstance(part, bool) for part in parts):
        if len(parts) != len(names) or min(parts) < 0:
            raise InputError(f"{key!r:.80} says of {len(parts)} inputs how often", hint=hint)
        return tuple(k for k, count in enumerate(parts) for _ in range(count))
    places = {name: k for k, name in enumerate(names)}
    for part in parts:
        if not isinstance(part, str) or part not in places:
            hint = f"it is taken in {', '.join(names[:20])}" if isinstance(part, str) else hint
            raise InputError(f"{part!r:.60} is no input that is differentiated in", hint=hint)
    return tuple(sorted(places[part] for part in parts))


def plan(tape: Tape, inputs: Sequence[int], wanted: Sequence[Index]) -> Plan:
    """What has to be written for the wanted derivatives in these inputs."""
    made = Plan((), (), _rank(tape, inputs))
    order = max(map(len, wanted))
    needed: list[set[Index]] = [set() for _ in range(order + 1)]
    for index in wanted:
        while index not in needed[len(index)]:
            needed[len(index)].add(index)
            if index:
                index = made.before(index)
    given: list[list[Index]] = [[] for _ in range(order + 1)]
    for index in wanted:
        given[len(index)].append(index)
    return made._replace(needed=tuple(tuple(sorted(some)) for some in needed), wanted=tuple(map(tuple, given)))


def _rank(tape: Tape, inputs: Sequence[int]) -> tuple[int, ...]:
    if len(inputs) > RANKED:
        return tuple(range(len(inputs)))
    reach = [(int(np.count_nonzero(tape.depends_on([node]))), k) for k, node in enumerate(inputs)]
    rank = {k: place for place, (_, k) in enumerate(sorted(reach))}
    return tuple(rank[k] for k in range(len(inputs)))


def as_first(first: Derivative, places: tuple[IntArray, IntArray], plan: Plan) -> Derivative:
    """A gradient or Jacobian as the derivatives of order 1; `places` are the output and the input of each result."""
    grid = np.empty((len(first.base.outputs), len(first.wrt.nodes)), dtype=np.int64)
    grid[places] = first.results[-1].nodes
    rows, columns = _grid(range(len(grid)), [index[0] for index in plan.needed[1]])
    return _of_order(first, grid[rows, columns].tolist(), Indices(plan, 1, rows, columns))


def next_order(lower: Derivative, eliminate: Eliminate | None = None) -> Derivative:
    """The derivatives of the next order, each once, by rows or by columns of the Jacobian of those that are there.

    Adds one product for each edge of the graph below that lies on a path from an input to a derivative that is taken
    in it last; the way that writes fewer of them is taken. Those of the second order, if it is the last, are what
    `eliminate` makes where that takes fewer operations. From the third order on no limits at lengths
    that are 0 are looked for.
    """
    assert lower.indices is not None
    plan, k = lower.indices.plan, lower.indices.order + 1
    below, above = plan.needed[k - 1], plan.needed[k]
    had = {index: k for k, index in enumerate(below)}
    begins, columns = _grid(range(0, len(lower.tape.outputs), len(had)), [*map(plan.last, above)])
    rows = begins + np.tile([had[plan.before(index)] for index in above], len(lower.tape.outputs) // len(had))
    pattern = Pattern(rows, columns, (len(lower.tape.outputs), len(lower.wrt.nodes)))
    whole = np.ones(pattern.nnz, dtype=bool)
    way = cheapest(Way(lower.tape, lower.wrt, pattern, whole, down) for down in (True, False))
    made = way.derivative(lambda nodes: (nodes, Layout(shape=(len(nodes),))), lower.results)
    if k > 2:
        made = without_limits(made)
    swept = _of_order(made, made.tape.outputs, Indices(plan, k, rows, columns))
    if eliminate is None or not k == plan.order == 2:  # what is differentiated again is longer behind an elimination
        return swept
    eliminated = eliminate(lower.tape, lower.wrt, lower.results, way.products())
    if eliminated is None:
        return swept
    ways = [(rows, columns)]
    if len(below) == len(lower.wrt.nodes):  # a mixed partial may be taken in its inputs the other way round, too
        ways.append((begins + columns, rows - begins))
    grid = grid_of(eliminated)
    places = min(ways, key=lambda places: count_operations(eliminated.tape, grid[places].tolist()))
    return min(swept, _of_order(eliminated, grid[places].tolist(), Indices(plan, k, *places)), key=operations_left)


def _grid(rows: Sequence[int], columns: Sequence[int]) -> tuple[IntArray, IntArray]:
    """All pairs, row by row."""
    return np.repeat(np.array(rows, dtype=np.int64), len(columns)), np.tile(
        np.array(columns, dtype=np.int64), len(rows)
    )


def _of_order(made: Derivative, nodes: Sequence[int], indices: Indices) -> Derivative:
    """A derivative graph as that of an order, its last result one array of derivatives for each entry of the outputs.

    That of the last order hands over what is wanted of every order.
    """
    plan, order, value = indices.plan, indices.order, made.results[0]
    results = [*made.results[1:-1], Returns(f"d{order}", tuple(nodes), value.layout)]
    if order == plan.order:
        results = [_some(*found) for found in zip(results, plan.needed[1:], plan.wanted[1:], strict=True)]
        results = [result for result in results if result.nodes]
    names = [f"d{name}" for name in names_of(made.base, made.wrt)]
    for k, held in enumerate(indices.of_results):
        entries = Layout(shape=(len(held),), keys=tuple(["_".join([names[i] for i in index]) for index in held]))
        results[k] = results[k]._replace(layout=value.layout.outer(entries))
    tape = replace(made.tape, outputs=results[-1].nodes, layout=results[-1].layout)
    return replace(made, tape=tape, kind="derivatives", results=(value, *results), indices=indices)


def _some(result: Returns, needed: Sequence[Index], wanted: Sequence[Index]) -> Returns:
    """Of each output the wanted derivatives."""
    place = {index: k for k, index in enumerate(needed)}
    nodes = np.array(result.nodes, dtype=np.int64).reshape(-1, len(needed))[:, [place[index] for index in wanted]]
    return result._replace(nodes=tuple(nodes.ravel().tolist()))
