"""Common factors of the terms of a sum: a·x + a·y → a·(x + y), which is Horner's form where the sum is a polynomial."""

from __future__ import annotations

import numpy as np

from edgewise.graph import IntArray
from edgewise.graph.columns import first_of_each, lexsort, stable_argsort
from edgewise.ops import CONST
from edgewise.simplify.sheet import BoolArray, Sheet
from edgewise.simplify.trees import ADD, DIV, MUL, SUB, Terms, chain, sum_terms, write_terms

__all__ = ["factor_sums"]


def factor_sums(sheet: Sheet) -> bool:
    """Take common factors out of every sum that has some.

    The terms that count are products and quotients that nobody else reads. Each goes to the factor that most terms of
    its sum share (the earlier by place among equals, constants last); f terms a·xᵢ become a·Σxᵢ and save f − 1
    products. What remains may have further common factors: the next round finds them, so that a polynomial ends in
    Horner's form.
    """
    uses = sheet.uses()
    terms = sum_terms(sheet)
    product = ((sheet.ops[terms.node] == MUL) | (sheet.ops[terms.node] == DIV)) & (uses[terms.node] == 1)
    which = np.flatnonzero(product)
    term, factor, below = _candidates(sheet, terms.node, which)
    if not len(term):
        return False
    _, group = _groups(terms.root[term], factor, below)
    size = np.bincount(group)
    if size.max() < 2:
        return False
    # Each term goes to its best group.
    constant = sheet.ops[factor] == CONST
    rank = lexsort((sheet.place[factor], constant, -size[group], term))
    best = rank[first_of_each(term[rank])]
    term, factor, below = term[best], factor[best], below[best]
    _, group = _groups(terms.root[term], factor, below)
    together = np.flatnonzero(np.bincount(group)[group] >= 2)
    if not len(together):
        return False
    together = together[stable_argsort(group[together])]
    first, group = _groups(terms.root[term[together]], factor[together], below[together])
    sheet.note("common factor of a sum", len(first))
    _write(sheet, terms, term[together], factor[together], below[together], first, group)
    return True


def _candidates(sheet: Sheet, node: IntArray, which: IntArray) -> tuple[IntArray, IntArray, BoolArray]:
    """(term, factor, whether it stands below the line): both factors of each product, the divisor of each quotient."""
    above = which[sheet.ops[node[which]] == MUL]
    distinct = above[sheet.args[0, node[above]] != sheet.args[1, node[above]]]  # x*x offers its factor once
    term = np.concatenate((distinct, which))
    factor = np.concatenate((sheet.args[0, node[distinct]], sheet.args[1, node[which]]))
    return term, factor, sheet.ops[node[term]] == DIV


def _groups(root: IntArray, factor: IntArray, below: BoolArray) -> tuple[IntArray, IntArray]:
    """Terms of one sum with one factor form a group: (the first member of each, the group of each)."""
    order = lexsort((below, factor, root))
    r, f, b = root[order], factor[order], below[order]
    fresh = np.concatenate(([True], (r[1:] != r[:-1]) | (f[1:] != f[:-1]) | (b[1:] != b[:-1])))
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.cumsum(fresh) - 1
    return order[fresh], group


def _write(
    sheet: Sheet, terms: Terms, term: IntArray, factor: IntArray, below: BoolArray, first: IntArray, group: IntArray
) -> None:
    """Replace the terms of each group by one product of their factor (or quotient) with the sum of what remains."""
    node, side = terms.node[term], terms.side[term]
    other = np.where(below | (sheet.args[1, node] == factor), sheet.args[0, node], sheet.args[1, node])
    # The inner sum starts with a positive term where there is one; otherwise the sign goes to the outer sum.
    positive = np.bincount(group[side > 0], minlength=len(first)) > 0
    outer_side = np.where(positive, 1, -1)
    side = side * outer_side[group]
    order = lexsort((sheet.place[other], side < 0, group))
    lead = first_of_each(group[order])
    order = order[lexsort((sheet.place[other[order]], ~lead, group[order]))]
    _, inner = chain(sheet, group[order], other[order], side[order], (ADD, SUB))
    shared = factor[first]
    made = sheet.append(MUL, [inner, shared], 0, np.maximum(sheet.place[inner], sheet.place[shared]), len(first))
    sheet.ops[made] = sheet.kind[made] = np.where(below[first], DIV, MUL)
    # The other terms of the same sums, and the new ones.
    roots = terms.root[term[first]]
    touched = np.zeros(len(sheet.ops), dtype=bool)
    touched[roots] = True
    stays = touched[terms.root]
    stays[term] = False
    root = np.concatenate((terms.root[stays], roots))
    node = np.concatenate((terms.node[stays], made))
    side = np.concatenate((terms.side[stays], outer_side))
    order = lexsort((sheet.place[node], root))
    write_terms(sheet, root[order], node[order], side[order], (ADD, SUB))
