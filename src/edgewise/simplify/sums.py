"""Sums: signs gathered, like terms collected."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.graph import IntArray
from edgewise.ops import CONST, tidy_number
from edgewise.simplify.sheet import BoolArray, Sheet
from edgewise.simplify.trees import ADD, MUL, NEG, SUB, Terms, chain, sum_terms

__all__ = ["tidy_sums"]


def tidy_sums(sheet: Sheet) -> bool:
    """Rewrite the sums that get shorter: signs moved into subtractions, like terms collected, constants added up."""
    uses = sheet.uses()
    terms = sum_terms(sheet, uses)
    if not len(terms.root):
        return False
    signs = _sign_savings(sheet, terms)
    like = _with_like_terms(sheet, terms, uses)
    if not (signs.any() or like.any()):
        return False
    sheet.counts["signs gathered in a sum"] += int((signs & ~like).sum())
    sheet.counts["like terms in a sum"] += int(like.sum())
    chosen = (signs | like)[terms.root]
    root, node, side = terms.root[chosen], terms.node[chosen], terms.side[chosen]
    if like.any():
        root, node, side = _collected(sheet, root, node, side, like, uses)
    write_sums(sheet, root, node, side)
    return True


def _sign_savings(sheet: Sheet, terms: Terms) -> BoolArray:
    """Roots whose sum has more operations than its terms need: one less than their number, and one for a lone minus."""
    n = len(sheet.ops)
    count = np.bincount(terms.root, minlength=n)
    positive = np.bincount(terms.root[terms.side > 0], minlength=n) > 0
    return (count > 0) & (terms.members > count - positive)


def write_sums(sheet: Sheet, root: IntArray, node: IntArray, side: IntArray) -> None:
    """Alias each root to a new chain of its terms (sorted by root): a positive one first, all others in order."""
    n = len(sheet.ops)
    any_positive = np.bincount(root[side > 0], minlength=n) > 0
    flipped = ~any_positive[root]
    side = np.where(flipped, -side, side)
    # The first positive term leads its group.
    lead = np.zeros(len(root), dtype=bool)
    positive = np.flatnonzero(side > 0)
    lead[positive[np.unique(root[positive], return_index=True)[1]]] = True
    order = np.lexsort((np.arange(len(root)), ~lead, root))
    root, node, side = root[order], node[order], side[order]
    roots, results = chain(sheet, root, node, side, (ADD, SUB))
    negative = np.flatnonzero(~any_positive[roots])
    results[negative] = sheet.append(NEG, [results[negative]], 0, sheet.place[roots[negative]], len(negative))
    sheet.alias[roots] = results
    sheet.resolve()


def _scaled(sheet: Sheet, node: IntArray, uses: IntArray) -> tuple[IntArray, IntArray]:
    """Each term as (base, constant node): c·x as (x, c), a constant as (-1, itself), others as (itself, -1)."""
    base, factor = node.copy(), np.full(len(node), -1, dtype=np.int64)
    constant = sheet.ops[node] == CONST
    base[constant], factor[constant] = -1, node[constant]
    product = (sheet.ops[node] == MUL) & (uses[node] == 1)
    for k in (0, 1):
        scale = sheet.args[k, node]
        hit = product & (sheet.ops[scale] == CONST)
        base[hit], factor[hit] = sheet.args[1 - k, node[hit]], scale[hit]
    return base, factor


def _with_like_terms(sheet: Sheet, terms: Terms, uses: IntArray) -> BoolArray:
    """Roots with two terms that are multiples of one node, or two constants."""
    base, _ = _scaled(sheet, terms.node, uses)
    order = np.lexsort((base, terms.root))
    root, base = terms.root[order], base[order]
    twin = (root[1:] == root[:-1]) & (base[1:] == base[:-1])
    found = np.zeros(len(sheet.ops), dtype=bool)
    found[root[1:][twin]] = True
    return found


def _collected(
    sheet: Sheet, root: IntArray, node: IntArray, side: IntArray, like: BoolArray, uses: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """The terms with like ones added up, exactly where the coefficients are."""
    base, factor = _scaled(sheet, node, uses)
    groups: dict[tuple[int, int], list[int]] = {}
    mine = like[root]
    rows = [(r, x, s) for r, x, s, keep in zip(root.tolist(), node.tolist(), side.tolist(), mine.tolist(), strict=True) if not keep]
    for k in np.flatnonzero(mine).tolist():
        groups.setdefault((int(root[k]), int(base[k])), []).append(k)
    for (r, x), members in groups.items():
        if len(members) == 1:
            k = members[0]
            rows.append((r, int(node[k]), int(side[k])))
            continue
        total: Any = 0
        for k in members:
            value = 1 if factor[k] < 0 else sheet.constant_value(int(factor[k]))
            total = total + value * int(side[k])
        total = tidy_number(total) if isinstance(total, Fraction) else total
        if total == 0:
            continue
        sign = 1 if total > 0 else -1
        if x < 0:
            rows.append((r, sheet.constant(abs(total)), sign))
        elif abs(total) == 1:
            rows.append((r, x, sign))
        else:
            place = max(int(sheet.place[x]), sheet.leading)
            product = sheet.append(MUL, [np.array([sheet.constant(abs(total))]), np.array([x])], 0, place, 1)
            rows.append((r, int(product[0]), sign))
    for r in set(root.tolist()) - {r for r, _, _ in rows}:
        rows.append((r, sheet.constant(0), 1))
    rows.sort(key=lambda row: (row[0], sheet.place[row[1]], row[1]))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]
