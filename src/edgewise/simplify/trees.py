"""Sums and products as flat lists of signed terms, whatever the order in which they were written.

A tree of additions, subtractions and negations whose inner nodes nobody else reads is one sum: a list of terms with
signs. Likewise products, quotients and negations form one product: factors above or below the line, and a sign. All
trees of a graph are found at once, by pointer doubling from each inner node to its root.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise.graph import IntArray
from edgewise.graph.columns import first_of_each, lexsort
from edgewise.ops import CODE
from edgewise.simplify.sheet import BoolArray, Sheet, mix

__all__ = ["Terms", "chain", "product_terms", "sum_terms", "write_terms"]

ADD, SUB, NEG, MUL, DIV = (CODE[name] for name in ("add", "sub", "neg", "mul", "div"))


@dataclass(eq=False)
class Terms:
    """Columns over the terms, sorted by root, then by the term's place.

    `side` is -1 for a subtracted term or a factor below the line. `members[root]` is how many operations the tree of a
    root has now. For products `negative[root]` is the parity of its signs.
    """

    root: IntArray
    node: IntArray
    side: IntArray
    members: IntArray
    negative: BoolArray


def sum_terms(sheet: Sheet) -> Terms:
    """The terms of every sum."""
    if "sums" not in sheet.terms:
        sheet.terms["sums"] = _terms(sheet, (ADD, SUB, NEG), second_flips=SUB, first_flips=NEG, parity=False)
    found: Terms = sheet.terms["sums"]
    return found


def product_terms(sheet: Sheet) -> Terms:
    """The factors of every product."""
    if "products" not in sheet.terms:
        sheet.terms["products"] = _terms(sheet, (MUL, DIV, NEG), second_flips=DIV, first_flips=-1, parity=True)
    found: Terms = sheet.terms["products"]
    return found


def _terms(sheet: Sheet, codes: tuple[int, ...], *, second_flips: int, first_flips: int, parity: bool) -> Terms:
    uses = sheet.uses()
    n = len(sheet.ops)
    wanted = np.zeros(1 << 16, dtype=bool)
    wanted[list(codes)] = True
    member = wanted[sheet.ops] & sheet.current() & (uses > 0)
    nodes = np.flatnonzero(member)
    binary = nodes[sheet.ops[nodes] != NEG]
    consumer = np.concatenate((nodes, binary))
    child = np.concatenate((sheet.args[0, nodes], sheet.args[1, binary]))
    flips = np.concatenate((sheet.ops[nodes] == first_flips, sheet.ops[binary] == second_flips))
    side_of_edge = np.where(flips, -1, 1)
    inner = member[child] & (uses[child] == 1)
    # Pointer doubling: from each inner node to its root, multiplying the sides passed on the way.
    up, side = np.arange(n), np.ones(n, dtype=np.int64)
    up[child[inner]], side[child[inner]] = consumer[inner], side_of_edge[inner]
    while True:
        further = up[up]
        if np.array_equal(further, up):
            break
        side = side * side[up]
        up = further
    leaf = ~inner
    root, node = up[consumer[leaf]], child[leaf]
    order = lexsort((sheet.place[node], root))
    members = np.bincount(up[nodes], minlength=n)
    signs = np.bincount(up[nodes[sheet.ops[nodes] == NEG]], minlength=n) % 2 == 1
    term_side = (side[consumer[leaf]] * side_of_edge[leaf])[order]
    return Terms(root[order], node[order], term_side, members, signs & parity)


def chain(
    sheet: Sheet, root: IntArray, node: IntArray, side: IntArray, codes: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Write one left-to-right chain for each root: (roots, results). Terms sorted by root, each root's first on side 1.

    `codes` are the operations for a term on side 1 and on side -1. A partial result stands right behind the latest of
    its terms, so that no more values are held at once than need be.
    """
    starts = np.flatnonzero(first_of_each(root))
    sizes = np.diff(np.append(starts, len(root)))
    group = np.repeat(np.arange(len(starts)), sizes)
    position = np.arange(len(root)) - starts[group]
    later = np.flatnonzero(position > 0)
    # The running maximum of places within each group: groups are lifted apart, so one accumulation serves all.
    lift = group * (int(sheet.place.max(initial=0)) + 1)
    place = np.maximum.accumulate(sheet.place[node] + lift) - lift
    made = sheet.append(codes[0], [], 0, place[later], len(later))
    sheet.ops[made] = np.where(side[later] > 0, codes[0], codes[1])
    sheet.kind[made] = sheet.ops[made]
    number = np.full(len(root), -1, dtype=np.int64)
    number[later] = made
    previous = np.where(position == 1, np.roll(node, 1), np.roll(number, 1))
    sheet.args[0, made], sheet.args[1, made] = previous[later], node[later]
    _share_prefixes(sheet, node, side, starts[group], made, number)
    ends = np.append(starts[1:], len(root)) - 1
    return root[starts], np.where(sizes == 1, node[ends], number[ends])


def write_terms(sheet: Sheet, root: IntArray, node: IntArray, side: IntArray, codes: tuple[int, int]) -> None:
    """Alias each root to a new chain of its terms (sorted by root): a positive one first, all others in order."""
    n = len(sheet.ops)
    any_positive = np.bincount(root[side > 0], minlength=n) > 0
    flipped = ~any_positive[root]
    side = np.where(flipped, -side, side)
    # The first positive term leads its group.
    lead = np.zeros(len(root), dtype=bool)
    positive = np.flatnonzero(side > 0)
    lead[positive[first_of_each(root[positive])]] = True
    order = lexsort((~lead, root))
    root, node, side = root[order], node[order], side[order]
    roots, results = chain(sheet, root, node, side, codes)
    negative = np.flatnonzero(~any_positive[roots])
    results[negative] = sheet.append(NEG, [results[negative]], 0, sheet.place[roots[negative]], len(negative))
    sheet.alias[roots] = results
    sheet.resolve()


def _share_prefixes(
    sheet: Sheet, node: IntArray, side: IntArray, start: IntArray, made: IntArray, number: IntArray
) -> None:
    """Let partial results of equal terms be one node, at all lengths at once.

    Merging them afterwards would take one round for each term. A prefix is known by the sum of its terms' hashes, and
    what the hash says is checked on the columns: both must apply one operation to shared prefixes and equal terms.
    """
    term = mix(mix(np.zeros(len(node), dtype=np.uint64), node), side + 2 * (np.arange(len(node)) == start))
    prefix = np.cumsum(term, dtype=np.uint64)
    prefix -= (prefix - term)[start]
    rows = np.flatnonzero(number >= 0)
    if not len(rows):
        return
    order = rows[np.argsort(prefix[rows], kind="stable")]  # the rows' numbers ascend
    fresh = first_of_each(prefix[order])
    first = order[fresh][np.cumsum(fresh) - 1]
    alias = sheet.alias.copy()
    alias[number[order]] = number[first]
    a, b = number[order], number[first]
    equal = sheet.ops[a] == sheet.ops[b]
    for k in (0, 1):
        equal &= alias[sheet.args[k, a]] == alias[sheet.args[k, b]]
    if equal.all():
        sheet.note("common subexpression", int((a != b).sum()))
        sheet.alias = alias
