"""D*: the Jacobian by factoring what lies between a node and its dominator, counted beside vertex elimination.

Guenter, *Efficient symbolic differentiation for graphics applications*, SIGGRAPH 2007. The derivative of one output in
one input is a graph of its own, the edges on their paths. Where all paths from the output down to b pass a (a dominates
b), or all paths from a down to the input pass b (b postdominates a), the edges between a and b are factored out as one
edge. The factor that occurs in the most derivatives comes first, until every derivative is a chain; of the chains the
pair of neighbours that occurs most often is multiplied first, over and over.

Generous where the paper leaves a choice: equal products are made once wherever they arise, and a factor is accumulated
from whichever of its ends takes fewer products.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from edgewise.differentiate import PathGraph

__all__ = ["dominator_products"]


class Edge(NamedTuple):
    """An edge from an argument to its consumer. `value` numbers what stands on it; -1 is the value 1."""

    tail: int
    head: int
    value: int


Edges = frozenset[Edge]
Factor = tuple[int, int, Edges]  # from, to, and the edges between them


class Values:
    """Numbered products and sums: equal ones of equal values are made once."""

    def __init__(self, edges: int) -> None:
        self.known: dict[tuple[object, ...], int] = {("edge", k): k for k in range(edges)}

    @property
    def products(self) -> int:
        return sum(key[0] == "product" for key in self.known)

    def number(self, *key: object) -> int:
        return self.known.setdefault(key, len(self.known))

    def product(self, a: int, b: int) -> int:
        return max(a, b) if min(a, b) < 0 else self.number("product", min(a, b), max(a, b))

    def sum(self, terms: list[int]) -> int:
        return terms[0] if len(terms) == 1 else self.number("sum", *sorted(terms))


class Derivative:
    """The paths between one output and one input, by their edges."""

    def __init__(self, edges: Iterable[Edge], below: int, above: int, rank: list[int]) -> None:
        self.below, self.above, self.rank = below, above, rank
        rows = sorted(edges)
        up, down = reached(rows, below, up=True), reached(rows, above, up=False)
        self.edges = frozenset(e for e in rows if e.tail in up and e.head in down)
        self.nodes = sorted({v for e in self.edges for v in e[:2]}, key=rank.__getitem__)

    def dominators(self, *, up: bool) -> dict[int, int]:
        """The node through which all paths to each node lead: paths up from the input, or down from the output.

        Cooper, Harvey and Kennedy's intersection of chains; one pass does for a graph without cycles.
        """
        start = self.below if up else self.above
        order = self.nodes if up else self.nodes[::-1]
        place = {v: k for k, v in enumerate(order)}
        near: dict[int, list[int]] = {v: [] for v in order}
        for e in sorted(self.edges):
            near[e.head if up else e.tail].append(e.tail if up else e.head)
        found = {start: start}
        for v in order[1:]:
            one, *others = near[v]
            for other in others:
                while one != other:
                    one, other = (found[one], other) if place[one] > place[other] else (one, found[other])
            found[v] = one
        return found

    def factors(self) -> dict[Factor, bool]:
        """What can be factored out, and whether it then replaces the edges into its upper end (or out of its lower)."""
        found: dict[Factor, bool] = {}
        for up in (True, False):
            degree = Counter(e.head if up else e.tail for e in self.edges)
            for v, d in self.dominators(up=up).items():
                if degree[v] > 1:
                    low, high = (d, v) if up else (v, d)
                    found[low, high, Derivative(self.edges, low, high, self.rank).edges] = up
        return found

    def replaced(self, factor: Edge, *, up: bool) -> Derivative:
        rest = [e for e in self.edges if (e.head != factor.head if up else e.tail != factor.tail)]
        return Derivative([*rest, factor], self.below, self.above, self.rank)


def reached(edges: list[Edge], start: int, *, up: bool) -> set[int]:
    step: dict[int, list[int]] = {}
    for e in edges:
        step.setdefault(e.tail if up else e.head, []).append(e.head if up else e.tail)
    seen, todo = {start}, [start]
    while todo:
        for v in step.get(todo.pop(), ()):
            if v not in seen:
                seen.add(v)
                todo.append(v)
    return seen


def accumulated(low: int, high: int, edges: Edges, rank: list[int], values: Values, *, up: bool) -> int:
    """The sum over all paths of a factor, from its lower end up or from its upper end down."""
    first, last = (low, high) if up else (high, low)
    terms: dict[int, list[int]] = {}
    for e in sorted(edges, key=lambda e: (rank[e.tail], rank[e.head]) if up else (-rank[e.head], -rank[e.tail])):
        near, far = (e.tail, e.head) if up else (e.head, e.tail)
        path = e.value if near == first else values.product(e.value, values.sum(terms[near]))
        terms.setdefault(far, []).append(path)
    return values.sum(terms[last])


def dominator_products(graph: PathGraph) -> int:
    """The multiplications of D*."""
    own = int(graph.slot.max(initial=-1)) + 1
    ends = zip(graph.tail.tolist(), graph.head.tolist(), strict=True)
    edges = [Edge(p, s, k if k < own else -1) for k, (p, s) in enumerate(ends)]
    # Arguments first. The second vertex of a wanted node comes before all, that of an output after all.
    inner = set(graph.inner.tolist())
    tails, heads = {e.tail for e in edges}, {e.head for e in edges}
    rank = [(0 if v in tails else 2) * len(graph) + v if v not in inner else len(graph) + v for v in range(len(graph))]
    values = Values(own)
    derivatives = [Derivative(edges, v, s, rank) for s in sorted(heads - inner) for v in sorted(tails - inner)]
    derivatives = [one for one in derivatives if one.edges]
    offers = [one.factors() for one in derivatives]
    while any(offers):
        count = Counter(factor for found in offers for factor in found)
        low, high, between = best = min(count, key=lambda f: (-count[f], len(f[2]), f[0], f[1], sorted(f[2])))
        tries = []
        for up in (True, False):
            trial = Values(own)
            trial.known = dict(values.known)
            number = accumulated(low, high, between, rank, trial, up=up)
            tries.append((trial.products, not up, number, trial))
        _, _, number, values = min(tries, key=lambda one: one[:2])
        for k, found in enumerate(offers):
            if best in found:
                derivatives[k] = derivatives[k].replaced(Edge(low, high, number), up=found[best])
                offers[k] = derivatives[k].factors()
    paths = (sorted(one.edges, key=lambda e: rank[e.tail]) for one in derivatives)
    return multiplied(sorted({tuple(e.value for e in path if e.value >= 0) for path in paths}), values)


def multiplied(chains: list[tuple[int, ...]], values: Values) -> int:
    """All products, once every chain is multiplied out."""
    while any(len(chain) > 1 for chain in chains):
        count = Counter(pair for chain in chains for pair in set(pairwise(chain)))
        pair = min(count, key=lambda p: (-count[p], p))
        product = values.product(*pair)
        for k, chain in enumerate(chains):
            new: list[int] = []
            todo = list(chain[::-1])
            while todo:
                new.append(todo.pop())
                if todo and (new[-1], todo[-1]) == pair:
                    new[-1] = product
                    todo.pop()
            chains[k] = tuple(new)
    return values.products
