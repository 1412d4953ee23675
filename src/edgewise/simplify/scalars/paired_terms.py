"""The stages that put two terms of a long sum, or two factors of a long product, together.

What several sums have in common is computed once, and a rule whose pattern is a sum or product of two parts finds them
wherever they stand in a longer one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from edgewise.built import held
from edgewise.simplify.scalars.common_parts import may_share, shared_pairs
from edgewise.simplify.scalars.ranges import BOUNDED, COMBINED, MOST, out_of_range
from edgewise.simplify.scalars.rule_pairs import matched_pairs, promising_trees
from edgewise.simplify.scalars.state import Plan, State
from edgewise.simplify.scalars.term_lists import Trees, gather, list_terms, plan_lists, put_off
from edgewise.simplify.scalars.work_columns import DIV, FIRST_RULE, FOLDING, MUL, Ints
from edgewise.simplify.scalars.working_graph import SHARED_PRODUCT, SHARED_SUM, WorkingGraph

__all__ = ["PairedTerms"]

TRIES: Final = 6
"""How often products that must stay as they are may be found among those that share something."""

NOTHING: Final = -1
"""No operation: products have no terms on another side."""

Pairs = Callable[[State, Trees, Any, Any], int]
"""Plans pairs of terms: of trees, given as rows of (root, term, side, place), and tells which trees are touched."""


class PairedTerms(WorkingGraph):
    """The working graph with those stages."""

    def match(self) -> bool:
        """Let the rules find their two parts anywhere in longer sums and products; whether any fired."""
        s, before = self.state, self._rewritten()
        products = gather(s, MUL, DIV, len(self._sums().all_leaves))
        rows = [self._listed(trees, promising_trees) for trees in (self._sums(), products)]
        return self._paired(products, rows, matched_pairs, True) and self._rewritten() > before

    def _rewritten(self) -> int:
        """How often rules have fired, but for equal nodes that were found."""
        return int(self.state.counts[FOLDING] + self.state.counts[FIRST_RULE:].sum())

    def share(self) -> bool:
        """Compute once what several sums, or several products, have in common; whether there was any."""
        products = gather(self.state, MUL, NOTHING, len(self._sums().all_leaves))
        rows = [self._listed(trees, list_terms) for trees in (self._sums(), products)]
        rows = [listed if may_share(held(listed), self.sheet.count) else listed[:0] for listed in rows]
        # What is bounded is multiplied first: the 0 that a sigmoid decays to must not meet a product that overflowed.
        put_off(self.state, held(rows[1]), held(BOUNDED), held(COMBINED))
        return self._paired(products, rows, shared_pairs, False)

    def _listed(self, trees: Trees, terms: Callable[[State, Trees, Any], int]) -> Ints:
        rows = np.empty((trees.total, 4), dtype=np.int64)
        return rows[: terms(self.state, trees, held(rows))]

    def _paired(self, products: Trees, rows: Sequence[Ints], pairs: Pairs, rewritten: bool) -> bool:
        """Plan pairs of terms of sums and of factors of `products`, and write the graph so; whether there were any."""
        if not any(map(len, rows)):
            return False
        s, n, sums = self.state, self.sheet.count, self._sums()
        # Each pair made leaves two terms fewer, and a chain has no more nodes than terms.
        s.plan = Plan(n, len(rows[0]) + len(rows[1]) + 8, np.concatenate((sums.all_leaves, products.all_leaves)))
        found = []
        for trees, kind, listed in zip((sums, products), (SHARED_SUM, SHARED_PRODUCT), rows, strict=True):
            if len(listed):
                terms, touched, made = self._pairs(trees, listed, kind, pairs, rewritten)
                if made:
                    plan_lists(s.plan, trees, held(terms), held(touched))
                    found.append((kind, touched, made))
        if not found:
            return False
        if rewritten:
            self._pass(s.plan)
            return True
        planned = np.full(n, -1)
        for kind, touched, _ in found:
            planned[touched > 0] = kind
        self._pass(s.plan, planned)
        for kind, _, made in found:
            self._extra[kind] += made
        return True

    def _pairs(self, trees: Trees, rows: Ints, kind: int, pairs: Pairs, rewritten: bool) -> tuple[Ints, Ints, int]:
        """Plan the pairs of terms: the terms then, the trees touched, how many pairs."""
        n, plan, size = self.sheet.count, self.state.plan, self.state.plan.count
        for _ in range(TRIES):
            terms, touched = rows.copy(), np.zeros(n, dtype=np.uint8)
            terms = terms[: pairs(self.state, trees, held(terms), held(touched))]
            made = plan.count - size
            if kind != SHARED_PRODUCT or not made or n > MOST:
                return terms, touched, made
            spoilt = out_of_range(self._probed(), plan, terms, touched, rewritten=rewritten)
            if not spoilt:
                return terms, touched, made
            # Without the products that must stay as they are, once more.
            rows, plan.count = rows[~np.isin(rows[:, 0], spoilt)], size
        return rows, touched, 0
