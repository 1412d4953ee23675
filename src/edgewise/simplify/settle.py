"""Applying the rules until none applies."""

from __future__ import annotations

from edgewise.simplify.patterns import Rulebook
from edgewise.simplify.rewrite import fold_constants, project, rewrite_round
from edgewise.simplify.sheet import Sheet

__all__ = ["settle"]

ROUNDS = 40


def settle(sheet: Sheet, book: Rulebook) -> None:
    """Project units away, fold constants, merge common subexpressions and rewrite, until nothing changes.

    A round is a fixed number of array operations. Rewrites at all depths happen at once and aliases are followed by
    pointer doubling, so chains collapse in a logarithmic number of rounds; the bound on rounds is for the few rules that
    move something outwards one level at a time, and keeps the whole linear.
    """
    for _ in range(ROUNDS):
        changed = project(sheet, book)
        changed |= fold_constants(sheet)
        changed |= sheet.merge()
        if changed:
            sheet.compact()
        if not rewrite_round(sheet, book):
            return
