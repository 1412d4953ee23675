"""The stages that put two terms of a long sum, or two factors of a long product, together.

What several sums have in common is computed once, and a rule whose pattern is a sum or product of two parts finds them
wherever they stand in a longer one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from edgewise.built import held
from edgewise.simplify.scalars.common_parts import may_share, shared_pairs
from edgewise.simplify.scalars.ranges import BOUNDED, COMBINED, MOST, out_of_range, probed
from edgewise.simplify.scalars.rule_pairs import matched_pairs, promising_trees
from edgewise.simplify.scalars.state import State
from edgewise.simplify.scalars.term_lists import (
    Listing,
    begin_pairs,
    gather,
    leave_out,
    list_terms,
    plan_lists,
    plan_pairs,
    put_off,
    want_factors,
)
from edgewise.simplify.scalars.work_columns import DIV, FIRST_RULE, FOLDING, MUL
from edgewise.simplify.scalars.working_graph import SHARED_PRODUCT, SHARED_SUM, WorkingGraph

__all__ = ["PairedTerms"]

TRIES: Final = 6
"""How often products that must stay as they are may be found among those that share something."""

NOTHING: Final = -1
"""No operation: products have no terms on another side; and no stage: rules find their parts."""

Pairs = Callable[[State, Listing], None]
"""Plans pairs of terms, puts them in place of these, and tells which trees are touched."""


class PairedTerms(WorkingGraph):
    """The working graph with those stages."""

    def match(self) -> bool:
        """Let the rules find their two parts anywhere in longer sums and products; whether any fired."""
        s = self.state
        sums, products = promising_trees(s, self._sums()), promising_trees(s, gather(s, MUL, DIV))
        if not (sums.listed or products.listed):
            return False
        before = self._rewritten()
        return self._paired(sums, products, matched_pairs, True) and self._rewritten() > before

    def _rewritten(self) -> int:
        """How often rules have fired, but for equal nodes that were found."""
        return int(self.state.counts[FOLDING] + self.state.counts[FIRST_RULE:].sum())

    def share(self) -> bool:
        """Compute once what several sums, or several products, have in common; whether there was any."""
        s = self.state
        sums, products = list_terms(s, self._sums()), list_terms(s, gather(s, MUL, NOTHING))
        for listing in (sums, products):
            if not may_share(s, listing):
                listing.listed = 0
        if not (sums.listed or products.listed):
            return False
        # What is bounded is multiplied first: the 0 that a sigmoid decays to must not meet a product that overflowed.
        put_off(s, products, held(BOUNDED), held(COMBINED))
        return self._paired(sums, products, shared_pairs, False)

    def _paired(self, sums: Listing, products: Listing, pairs: Pairs, rewritten: bool) -> bool:
        """Plan pairs of terms and of factors, and write the graph so; whether there were any."""
        s, found = self.state, []
        plan_pairs(s, sums, products)
        for kind, listing in ((SHARED_SUM, sums), (SHARED_PRODUCT, products)):
            made = self._pairs(listing, kind, pairs, rewritten) if listing.listed else 0
            if made:
                plan_lists(s, listing, NOTHING if rewritten else kind)
                found.append((kind, made))
        if not found:
            return False
        self._pass(s.plan)
        for kind, made in found if not rewritten else ():
            self._extra[kind] += made
        return True

    def _pairs(self, listing: Listing, kind: int, pairs: Pairs, rewritten: bool) -> int:
        """Plan the pairs of terms; how many."""
        plan, size = self.state.plan, self.state.plan.count
        for _ in range(TRIES):
            begin_pairs(listing)
            pairs(self.state, listing)
            made: int = plan.count - size
            if kind != SHARED_PRODUCT or not made or self.sheet.count > MOST:
                return made
            want_factors(self.state, listing)
            values = probed(self.state, self.constants.__getitem__, few=rewritten)
            spoilt = out_of_range(self.state.memory, values, plan, listing, rewritten=rewritten)
            if not spoilt:
                return made
            # Without the products that must stay as they are, once more.
            leave_out(listing, spoilt)
            plan.count = size
        return 0
