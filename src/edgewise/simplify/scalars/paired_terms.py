"""The stages that put two terms of a long sum, or two factors of a long product, together.

What several sums have in common is computed once, and a rule whose pattern is a sum or product of two parts finds them
wherever they stand in a longer one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from edgewise.simplify.scalars.common_parts import shared_pairs
from edgewise.simplify.scalars.ranges import MOST, out_of_range, unbounded
from edgewise.simplify.scalars.rule_pairs import matched_pairs, promising_trees
from edgewise.simplify.scalars.term_lists import LATE, Trees, list_terms, plan_lists
from edgewise.simplify.scalars.work_columns import (
    CODES,
    FIRED,
    FIRST_RULE,
    FOLDING,
    MEMO,
    Ints,
    Plan,
    empty_plan,
    zeros,
)
from edgewise.simplify.scalars.working_graph import PLANNED, SHARED_PRODUCT, SHARED_SUM, WorkingGraph

__all__ = ["PairedTerms"]

TRIES: Final = 6
"""How often products that must stay as they are may be found among those that share something."""

NOTHING: Final = -1
"""No operation: products have no terms on another side."""

Pairs = Callable[[Plan, int, int, Ints, Ints, Ints], int]
"""Plans pairs: plan, operation, its inverse, terms as (root, term, side, place), trees touched, how many pairs."""


class PairedTerms(WorkingGraph):
    """The working graph with those stages."""

    def match(self) -> bool:
        """Let the rules find their two parts anywhere in longer sums and products; whether any fired."""
        nodes, work, before = self.nodes, self.work, self._rewritten()

        def pairs(plan: Plan, plus: int, minus: int, *rows: Ints) -> int:
            values, product = self.constants.columns, int(plus == CODES.mul)
            return matched_pairs(nodes, values, self.rules, CODES, work, plan, plus, minus, product, *rows)

        def terms(trees: Trees, product: int) -> Ints:
            count = promising_trees(nodes, self.rules, CODES, trees, product, zeros(0, 4))
            rows = zeros(count, 4)
            if count:
                promising_trees(nodes, self.rules, CODES, trees, product, rows)
            return rows

        sums = self._sums()
        products = self._gathered(CODES.mul, CODES.div, NOTHING, len(sums.leaves))
        rows = [terms(trees, product) for product, trees in enumerate((sums, products))]
        return self._paired(products, rows, pairs, True) and self._rewritten() > before

    def _rewritten(self) -> int:
        """How often rules have fired, but for equal nodes that were found."""
        return int(self.work[FIRED + FOLDING] + self.work[FIRED + FIRST_RULE : MEMO].sum())

    def share(self) -> bool:
        """Compute once what several sums, or several products, have in common; whether there was any."""
        products = self._gathered(CODES.mul, NOTHING, NOTHING, len(self._sums().leaves))
        rows = [self._terms(self._sums()), self._terms(products)]
        # What is bounded is multiplied first: the 0 that a sigmoid decays to must not meet a product that overflowed.
        rows[1][:, 3] += unbounded(self.nodes)[rows[1][:, 1]].astype(np.int64) * LATE
        return self._paired(products, rows, shared_pairs, False)

    def _paired(self, products: Trees, rows: Sequence[Ints], pairs: Pairs, rewritten: bool) -> bool:
        """Plan pairs of terms of sums and of factors of `products`, and write the graph so; whether there were any."""
        if not any(map(len, rows)):
            return False
        n, sums = len(self.nodes), self._sums()
        # Each pair made leaves two terms fewer, and a chain has no more nodes than terms.
        plan = empty_plan(n, len(rows[0]) + len(rows[1]) + 8, np.concatenate((sums.leaves, products.leaves)))
        over = CODES.mul if not rewritten else CODES.div
        kinds = ((sums, CODES.add, CODES.sub, SHARED_SUM), (products, CODES.mul, over, SHARED_PRODUCT))
        counts, planned = zeros(len(PLANNED)), np.full(n, -1)
        for (trees, plus, minus, kind), listed in zip(kinds, rows, strict=True):
            terms, touched, made = self._pairs(plan, listed, kind, (plus, minus), pairs, rewritten)
            if made:
                plan_lists(self.nodes, CODES, trees, terms, touched, plan, plus, minus)
                counts[kind] = made
                planned[touched > 0] = kind
        if not counts.any():
            return False
        self._pass(plan, None if rewritten else planned)
        self._extra += 0 if rewritten else counts
        return True

    def _pairs(
        self, plan: Plan, rows: Ints, kind: int, codes: tuple[int, int], pairs: Pairs, rewritten: bool
    ) -> tuple[Ints, Ints, int]:
        """Plan the pairs of terms: the terms then, the trees touched, how many pairs."""
        n, size = len(self.nodes), int(plan.size[0])
        for _ in range(TRIES):
            terms, touched, done = rows.copy(), zeros(n), zeros(1)
            terms = terms[: pairs(plan, *codes, terms, touched, done)]
            if kind != SHARED_PRODUCT or not done[0] or n > MOST:
                return terms, touched, int(done[0])
            spoilt = out_of_range(self._probed(), plan, terms, touched, rewritten=rewritten)
            if not len(spoilt):
                return terms, touched, int(done[0])
            # Without the products that must stay as they are, once more.
            rows, plan.size[0] = rows[~np.isin(rows[:, 0], spoilt)], size
        return rows, zeros(n), 0

    def _terms(self, trees: Trees) -> Ints:
        rows = np.empty((len(trees.leaves), 4), dtype=np.int64)
        return rows[: list_terms(self.nodes, trees, rows)]
