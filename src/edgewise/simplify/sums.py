"""Sums: signs gathered, like terms collected."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.graph import IntArray
from edgewise.graph.columns import lexsort
from edgewise.ops import CONST, tidy_number
from edgewise.simplify.sheet import BoolArray, Sheet
from edgewise.simplify.trees import ADD, MUL, SUB, Terms, sum_terms, write_terms

__all__ = ["tidy_sums"]


def tidy_sums(sheet: Sheet) -> bool:
    """Rewrite the sums that get shorter: signs moved into subtractions, like terms collected, constants added up."""
    uses = sheet.uses()
    terms = sum_terms(sheet)
    if not len(terms.root):
        return False
    signs = _sign_savings(sheet, terms)
    like = _with_like_terms(sheet, terms, uses)
    if not (signs.any() or like.any()):
        return False
    sheet.note("signs gathered in a sum", int((signs & ~like).sum()))
    sheet.note("like terms in a sum", int(like.sum()))
    chosen = (signs | like)[terms.root]
    root, node, side = terms.root[chosen], terms.node[chosen], terms.side[chosen]
    if like.any():
        root, node, side = _collected(sheet, root, node, side, uses)
    write_terms(sheet, root, node, side, (ADD, SUB))
    return True


def _sign_savings(sheet: Sheet, terms: Terms) -> BoolArray:
    """Roots whose sum has more operations than its terms need: one less than their number, and one for a lone minus."""
    n = len(sheet.ops)
    count = np.bincount(terms.root, minlength=n)
    positive = np.bincount(terms.root[terms.side > 0], minlength=n) > 0
    return (count > 0) & (terms.members > count - positive)


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


def _grouped(root: IntArray, base: IntArray) -> tuple[IntArray, IntArray]:
    """The terms sorted by (root, base), and for each in that order whether it has a twin in its group."""
    order = lexsort((base, root))
    r, b = root[order], base[order]
    same = np.concatenate(([False], (r[1:] == r[:-1]) & (b[1:] == b[:-1])))
    return order, same | np.append(same[1:], False)


def _with_like_terms(sheet: Sheet, terms: Terms, uses: IntArray) -> BoolArray:
    """Roots with two terms that are multiples of one node, or two constants."""
    base, _ = _scaled(sheet, terms.node, uses)
    order, twin = _grouped(terms.root, base)
    found = np.zeros(len(sheet.ops), dtype=bool)
    found[terms.root[order[twin]]] = True
    return found


def _collected(
    sheet: Sheet, root: IntArray, node: IntArray, side: IntArray, uses: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """The terms with like ones added up: exactly where the coefficients are exact."""
    base, factor = _scaled(sheet, node, uses)
    order, twin = _grouped(root, base)
    totals: dict[tuple[int, int], Any] = {}
    for k in order[twin].tolist():
        value = 1 if factor[k] < 0 else sheet.constant_value(int(factor[k]))
        key = (int(root[k]), int(base[k]))
        totals[key] = totals.get(key, 0) + (value if side[k] > 0 else -value)
    single = np.sort(order[~twin])
    rows = [(r, x, t) for (r, x), t in totals.items() if t != 0]
    scaled = [(r, x, t) for r, x, t in rows if x >= 0 and abs(t) != 1]
    plain = [(r, x if x >= 0 else sheet.constant(_tidy(abs(t))), t) for r, x, t in rows if x < 0 or abs(t) == 1]
    constants = np.array([sheet.constant(_tidy(abs(t))) for _, _, t in scaled], dtype=np.int64)
    bases = np.array([x for _, x, _ in scaled], dtype=np.int64)
    products = sheet.append(
        MUL, [constants, bases], 0, np.maximum(sheet.place[bases], sheet.place[constants]), len(scaled)
    )
    left = np.concatenate((root[single], np.array([r for r, _, _ in rows], dtype=np.int64)))
    empty = np.setdiff1d(root, left)  # everything cancelled
    zero = np.full(len(empty), sheet.constant(0)) if len(empty) else empty
    root = np.concatenate((root[single], [r for r, _, _ in scaled], [r for r, _, _ in plain], empty)).astype(np.int64)
    new = np.concatenate((node[single], products, [x for _, x, _ in plain], zero)).astype(np.int64)
    sign = np.concatenate((side[single], [_sign(t) for *_, t in scaled], [_sign(t) for *_, t in plain], zero * 0 + 1))
    order = lexsort((sheet.place[new], root))
    return root[order], new[order], sign[order].astype(np.int64)


def _tidy(value: Any) -> Any:
    return tidy_number(value) if isinstance(value, Fraction) else value


def _sign(value: Any) -> int:
    return 1 if value > 0 else -1
