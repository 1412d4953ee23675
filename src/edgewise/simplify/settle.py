"""Applying the rules until none applies."""

from __future__ import annotations

from edgewise.simplify.factors import factor_sums
from edgewise.simplify.patterns import Rulebook
from edgewise.simplify.rewrite import fold_constants, project, rewrite_round
from edgewise.simplify.shared import share_products, share_sums
from edgewise.simplify.sheet import Sheet
from edgewise.simplify.sums import tidy_sums

__all__ = ["settle"]

ROUNDS = 40


def settle(sheet: Sheet, book: Rulebook, level: str) -> None:
    """Project units away, fold constants, merge common subexpressions and rewrite, until nothing changes.

    A round is a fixed number of array operations. Rewrites at all depths happen at once and aliases are followed by
    pointer doubling, so chains collapse in a logarithmic number of rounds; the bound on rounds is for the few rules
    that move something outwards one level at a time, and keeps the whole linear.
    """
    for _ in range(ROUNDS):
        tidy(sheet, book)
        changed = rewrite_round(sheet, book)
        if level != "exact":
            if changed:
                tidy(sheet, book)
            changed |= tidy_sums(sheet)
        if not changed and level != "exact":
            changed = factor_sums(sheet) or share_sums(sheet) or share_products(sheet)
        if not changed:
            return


def tidy(sheet: Sheet, book: Rulebook) -> None:
    """Projections, constants and duplicates; afterwards every node is current and stands in its place."""
    project(sheet, book)
    fold_constants(sheet)
    sheet.merge()
    sheet.compact()
