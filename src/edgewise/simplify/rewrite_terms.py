"""The terms of a long sum, or the factors of a product, as rules about two of them look for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from edgewise.simplify.pattern_trees import Family
from edgewise.simplify.rewrite_nodes import Shape
from edgewise.simplify.rewrite_rules import Found, Pair, RuleTable, fits, guarded, heads, known, pays
from edgewise.simplify.rewrite_views import Views

__all__ = ["Terms"]

WINDOW: Final = 16
"""Terms of one operation in a sum that are tried as the second part of a rule, so that a pass stays linear."""


class Terms:
    """The terms of a sum, each a sign and a node, None where one has gone; found by node, and by what they may be."""

    def __init__(self, nodes: Views, rules: RuleTable, family: Family, listed: Sequence[tuple[int, int]]) -> None:
        self.nodes, self.rules, self.family = nodes, rules, family
        self.listed: list[tuple[int, int] | None] = [None] * len(listed)
        # Places as keys: in their order, and quickly taken out.
        self._nodes: dict[tuple[int, int | None], dict[int, None]] = {}
        self._seconds: dict[tuple[int, int], dict[int, None]] = {}
        for k, term in enumerate(listed):
            self.put(k, term)

    def _listings(self, term: tuple[int, int]) -> list[dict[int, None]]:
        """Where the place of a term is noted."""
        sign, node = term
        _, seconds = self.rules.pairs(self.family, heads(self.nodes, node))
        return [self._nodes.setdefault((sign, node), {}), *[self._seconds.setdefault((sign, k), {}) for k in seconds]]

    def put(self, place: int, term: tuple[int, int]) -> None:
        """A term at a place that is free."""
        self.listed[place] = term
        for places in self._listings(term):
            places[place] = None

    def drop(self, place: int) -> None:
        """Take a term out."""
        term = self.listed[place]
        assert term is not None
        self.listed[place] = None
        for places in self._listings(term):
            del places[place]

    def meeting(self, at: int) -> Iterator[tuple[Pair, int, Found, Shape]]:
        """The rules that fit term `at` and another one, and pay: where that is, what the variables are, the shape."""
        nodes, (sign, node) = self.nodes, self.listed[at] or (0, 0)
        for pair in self.pairs(at):
            form, shape, found = pair.form, nodes.shapes[node], Found()
            one, two = form.pattern.args
            if not fits(nodes, one, node, shape, True, found):
                continue
            for k in self.candidates(pair, sign, found, at):
                other = (self.listed[k] or (0, 0))[1]
                whole, joined = found.copy(), nodes.joined([shape, nodes.shapes[other]])
                if not fits(nodes, two, other, joined, True, whole) or not guarded(nodes, form, whole):
                    continue
                if pays(nodes, form, whole, joined):
                    yield pair, k, whole, joined

    def pairs(self, at: int) -> Iterator[Pair]:
        """The rules of which a term may be the first part, and some other the second."""
        sign, node = self.listed[at] or (0, 0)
        for pair in self.rules.pairs(self.family, heads(self.nodes, node))[0]:
            if pair.second < 0 or self._seconds.get((sign * pair.opposite, pair.second)):
                yield pair

    def candidates(self, pair: Pair, sign: int, found: Found, but: int) -> list[int]:
        """Where the second part of a rule may stand: at the node that it must be, or where it may fit."""
        sign = sign * pair.opposite
        if pair.second < 0:
            places = self._nodes.get((sign, known(self.nodes, pair.form.pattern.args[1], found.bound)), {})
        else:
            places = self._seconds[sign, pair.second]
        return [k for k in islice(places, WINDOW) if k != but]
