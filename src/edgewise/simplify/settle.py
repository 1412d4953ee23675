"""Applying the rules until none applies: whole columns at first, node by node for what is left."""

from __future__ import annotations

import numpy as np

from edgewise.ops import CONST, N_BUILTIN
from edgewise.simplify.sheet import _FOLDED, Sheet

__all__ = ["settle"]

ROUNDS = 6


def settle(sheet: Sheet) -> None:
    """Merge common subexpressions and rewrite, to a fixed point.

    A round looks at all nodes at once: units are projected away, duplicates merged, and the few nodes whose operation
    and argument classes some rule asks for are rewritten one by one. What a rewrite makes possible above is found in
    the next round. Long cascades (a chain of a thousand negations) would take as many rounds, so after a few of them
    one pass up the numbers rebuilds every node, which follows any cascade in linear time.
    """
    for _ in range(ROUNDS):
        changed = sheet.project()
        changed |= sheet.merge()
        changed |= _rewrite_candidates(sheet)
        if not changed:
            return
    _rebuild(sheet)


def _candidates(sheet: Sheet) -> list[int]:
    """The nodes that pass the first look of some rule, in order of place."""
    first, second = sheet.classes()
    ops = np.minimum(sheet.ops, N_BUILTIN)
    passes = sheet.book.trigger[ops, first, second]
    passes |= sheet.book.same[ops] & (sheet.args[:, 0] == sheet.args[:, 1])
    foldable = np.isin(ops, list(_FOLDED))
    padded = np.append(sheet.ops == CONST, True)
    passes |= foldable & padded[sheet.args].all(axis=1)
    rows = np.flatnonzero(passes & sheet.current())
    return rows[np.argsort(sheet.place[rows], kind="stable")].tolist()


def _rewrite_candidates(sheet: Sheet) -> bool:
    rows = _candidates(sheet)
    if not rows:
        return False
    changed = False
    sheet.open()
    for i in rows:
        if sheet.l_uses[i] == 0:
            continue  # nobody needs it any more
        found = sheet.rewritten(sheet.l_ops[i], sheet.arguments(i), sheet.l_attr[i], int(sheet.place[i]), sheet.l_uses[i])
        if found is not None and found != i:
            sheet.alias_to(i, found)
            changed = True
    sheet.close()
    return changed


def _rebuild(sheet: Sheet) -> None:
    """Every node once, in order, through the smart constructor."""
    sheet.open()
    order = np.argsort(sheet.place, kind="stable").tolist()
    current = sheet.current().tolist()
    for i in order:
        args = sheet.arguments(i)
        if not current[i] or not args:
            continue
        code, attr = sheet.l_ops[i], sheet.l_attr[i]
        found = sheet.rewritten(code, args, attr, int(sheet.place[i]), sheet.l_uses[i])
        if found is None:
            found = sheet.seen.setdefault(sheet.key(code, args, attr), i)
        if found != i:
            sheet.alias_to(i, found)
    sheet.close()
