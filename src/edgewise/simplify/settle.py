"""Applying the rules until none applies."""

from __future__ import annotations

from collections.abc import Callable

from edgewise.simplify.factors import factor_sums
from edgewise.simplify.patterns import Rulebook
from edgewise.simplify.rewrite import fold_constants, project, rewrite_round
from edgewise.simplify.shared import share_products, share_sums
from edgewise.simplify.sheet import Sheet
from edgewise.simplify.sums import tidy_sums

__all__ = ["settle"]

DEPTH = 40
"""Rounds of rewriting at a time: chains collapse by halves, so this is enough for any length."""

ROUNDS = 12
"""Rounds of each other stage at a time, and of all stages: what makes new work one level at a time is cut off here."""


def settle(sheet: Sheet, book: Rulebook, level: str) -> None:
    """Project units away, fold constants, merge common subexpressions and rewrite, until nothing changes.

    A round is a fixed number of array operations. Rewrites at all depths happen at once and aliases are followed by
    pointer doubling, so chains collapse in a logarithmic number of rounds; the bound on rounds is for the few rules
    that move something outwards one level at a time, and keeps the whole linear.
    """
    stages: list[tuple[Callable[[Sheet], bool], int]] = [(lambda sheet: rewrite_round(sheet, book), DEPTH)]
    if level != "exact":
        # Sharing comes last: what is shared can no longer be taken apart and factored.
        stages += [(stage, ROUNDS) for stage in (tidy_sums, factor_sums, share_sums, share_products)]
    tidy(sheet, book)
    settled = 0
    for stage, rounds in stages * ROUNDS:
        # A stage that ran until it found nothing more is settled itself; the others must look at what it did.
        settled = 1 if _repeated(stage, rounds, sheet, book) else settled + 1
        if settled == len(stages):
            return


def _repeated(stage: Callable[[Sheet], bool], rounds: int, sheet: Sheet, book: Rulebook) -> bool:
    """Run a stage until it finds nothing more; whether it found anything."""
    for count in range(rounds):
        if not stage(sheet):
            return count > 0
        tidy(sheet, book)
    return True


def tidy(sheet: Sheet, book: Rulebook) -> None:
    """Projections, constants and duplicates; afterwards every node is current and stands in its place."""
    project(sheet, book)
    fold_constants(sheet, book)
    sheet.merge()
    sheet.compact()
