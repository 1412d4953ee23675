"""Parts that several sums, or several products, have in common: a + b inside a + b + c, wherever its terms stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from edgewise.graph import IntArray
from edgewise.graph.columns import first_of_each, lexsort
from edgewise.simplify.sheet import Sheet
from edgewise.simplify.trees import ADD, MUL, SUB, Terms, product_terms, sum_terms, write_terms

__all__ = ["share_products", "share_sums"]

WINDOW = 12
"""In a sum of many terms that occur elsewhere, each is paired with this many that follow it: work stays linear."""


def share_sums(sheet: Sheet) -> bool:
    """Compute once each pair of terms that several sums have in common."""
    return _share(sheet, sum_terms(sheet), (ADD, SUB), "sum shared between sums")


def share_products(sheet: Sheet) -> bool:
    """Compute once each pair of factors that several products (without divisors and signs) have in common."""
    terms = product_terms(sheet)
    plain = ~terms.negative
    plain[terms.root[terms.side < 0]] = False
    keep = plain[terms.root]
    terms = replace(terms, root=terms.root[keep], node=terms.node[keep], side=terms.side[keep])
    return _share(sheet, terms, (MUL, MUL), "product shared between products")


def _share(sheet: Sheet, terms: Terms, codes: tuple[int, int], rule: str) -> bool:
    """Replace the best pair of each tree by one node, and write the tree again."""
    pairs = _best_pairs(sheet, terms)
    if pairs is None:
        return False
    first, second, opposite = pairs
    made = _pair_nodes(sheet, terms, first, second, opposite, codes)
    touched = np.zeros(len(sheet.ops), dtype=bool)
    touched[terms.root[first]] = True
    stays = touched[terms.root]
    stays[first] = stays[second] = False
    root = np.concatenate((terms.root[stays], terms.root[first]))
    node = np.concatenate((terms.node[stays], made))
    side = np.concatenate((terms.side[stays], terms.side[first]))
    order = lexsort((sheet.place[node], root))
    sheet.note(rule, len(np.unique(made)))
    write_terms(sheet, root[order], node[order], side[order], codes)
    return True


def _best_pairs(sheet: Sheet, terms: Terms) -> tuple[IntArray, IntArray, IntArray] | None:
    """Disjoint pairs of terms (as rows of `terms`) that occur in two or more trees, and whether their sides differ.

    Only terms that occur in two or more trees can be shared, and a pair is worth something only where some tree has
    further terms: two trees of just this pair are common subexpressions already.
    """
    count = np.bincount(terms.node, minlength=len(sheet.ops))
    in_larger = np.zeros(len(sheet.ops), dtype=bool)
    in_larger[terms.node[np.bincount(terms.root, minlength=len(sheet.ops))[terms.root] > 2]] = True
    often = np.flatnonzero((count[terms.node] >= 2) & in_larger[terms.node])
    if len(often) < 4:
        return None
    # Within each tree, in order of the node: the same pair is then written the same way in every tree.
    rows = often[lexsort((terms.node[often], terms.root[often]))]
    root, node, side = terms.root[rows], terms.node[rows], terms.side[rows]
    left, right = [], []
    for gap in range(1, min(WINDOW, len(rows) - 1) + 1):
        together = np.flatnonzero(root[gap:] == root[:-gap])
        if not len(together):
            break
        left.append(together)
        right.append(together + gap)
    if not left:
        return None
    a, b = np.concatenate(left), np.concatenate(right)
    opposite = (side[a] != side[b]).astype(np.int64)
    order = lexsort((opposite, node[b], node[a]))
    a, b, opposite = a[order], b[order], opposite[order]
    fresh = np.concatenate(
        ([True], (node[a][1:] != node[a][:-1]) | (node[b][1:] != node[b][:-1]) | (opposite[1:] != opposite[:-1]))
    )
    group = np.cumsum(fresh) - 1
    size = np.bincount(group)
    if size.max() < 2:
        return None
    # Each term chooses the most frequent of its pairs; a pair that both terms chose is taken, if it is taken twice.
    pair = np.arange(len(a))
    term, offer = np.concatenate((a, b)), np.concatenate((pair, pair))
    rank = lexsort((group[offer], -size[group[offer]], term))
    first = rank[first_of_each(term[rank])]
    choice = np.full(len(rows), -1)
    choice[term[first]] = offer[first]
    mutual = np.flatnonzero((choice[a] == pair) & (choice[b] == pair))
    taken = np.bincount(group[mutual], minlength=len(size))
    best = mutual[taken[group[mutual]] >= 2]
    if not len(best):
        return None
    return rows[a[best]], rows[b[best]], opposite[best]


def _pair_nodes(
    sheet: Sheet, terms: Terms, first: IntArray, second: IntArray, opposite: IntArray, codes: tuple[int, int]
) -> IntArray:
    """One node for each different pair: first ± second."""
    pairs, which = np.unique(np.stack((terms.node[first], terms.node[second], opposite)), axis=1, return_inverse=True)
    a, b, apart = pairs
    made = sheet.append(codes[0], [a, b], 0, np.maximum(sheet.place[a], sheet.place[b]), len(a))
    sheet.ops[made] = sheet.kind[made] = np.where(apart == 1, codes[1], codes[0])
    return made[which.reshape(-1)]
