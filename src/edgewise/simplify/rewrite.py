"""Applying the rules to whole columns: every node that a rule fits is rewritten at once.

A variable of a pattern stands for an array of nodes, one for each place where the rule may apply. Rewrites in one round
do not disturb each other, because each only adds nodes of equal value and aliases its own root.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.graph import IntArray
from edgewise.graph.columns import lexsort, stable_argsort
from edgewise.ops import CODE, CONST, N_BUILTIN, TABLE, Number, fold_exact
from edgewise.simplify.facts import GUARDS, node_signs
from edgewise.simplify.patterns import POWER, Pattern, Rulebook, Variant
from edgewise.simplify.rules import RULES
from edgewise.simplify.sheet import BoolArray, Sheet

__all__ = ["fold_constants", "project", "rewrite_round"]

FOLDED = {CODE[name]: name for name in ("add", "sub", "mul", "div", "neg", "pow")}


def project(sheet: Sheet, book: Rulebook) -> None:
    """Alias every node that a unit makes equal to one of its arguments (x·1, x+0, x/1, …)."""
    while True:
        rows = np.flatnonzero(sheet.current() & (sheet.args[1] >= 0))
        first, second = sheet.classes(rows)
        ops = np.minimum(sheet.ops[rows], N_BUILTIN)
        which = book.projects[ops, first, second]
        hit = np.flatnonzero(which)
        if not len(hit):
            return
        sheet.alias[rows[hit]] = np.where(which[hit] == 1, sheet.args[0, rows[hit]], sheet.args[1, rows[hit]])
        rule, count = np.unique(book.by[ops[hit], first[hit], second[hit]], return_counts=True)
        for number, times in zip(rule.tolist(), count.tolist(), strict=True):
            sheet.counts[RULES[number].name] += times
        sheet.resolve()


def fold_constants(sheet: Sheet, book: Rulebook) -> None:
    """Compute what depends on constants alone, where the result is exact or what the machine would get.

    Exact fractions round once where the machine would round at every step: better, but not the same bits.
    """
    tried = np.zeros(len(sheet.ops), dtype=bool)
    while True:
        constant = np.append(sheet.ops == CONST, True)
        rows = np.flatnonzero(constant[sheet.args[0]] & sheet.current() & (sheet.args[0] >= 0))
        for column in sheet.args[1:]:
            rows = rows[constant[column[rows]]]
        rows = rows[~tried[np.minimum(rows, len(tried) - 1)]]
        if not len(rows):
            return
        tried[rows] = True
        done = 0
        for i in rows.tolist():
            values = [sheet.constant_value(j) for j in sheet.args[:, i].tolist() if j >= 0]
            value = folded(int(sheet.ops[i]), values, sheet.values[sheet.attr[i]])
            if value is not None and not (book.same_bits and _rounds(value, values)):
                sheet.alias[i] = sheet.constant(value)
                done += 1
        if done:
            sheet.note("constant folding", done)
            sheet.resolve()


def _rounds(value: Number, values: list[Any]) -> bool:
    """Whether exact arithmetic may differ from the machine's: with fractions, and beyond 53 bits."""
    if any(type(v) is Fraction for v in values):
        return True
    return any(type(v) is int and abs(v) > 2**53 for v in (value, *values))


def folded(code: int, values: list[Any], parameter: Any = None) -> Number | None:
    """The value of arithmetic on constants: exact for integers and fractions, the IEEE result for doubles."""
    if code == POWER:
        return fold_exact("pow", [*values, parameter])
    name = FOLDED.get(code)
    if name is None:
        return None
    exact = fold_exact(name, values)
    if exact is not None or name in ("div", "pow"):
        return exact
    if all(type(value) in (int, float) for value in values):
        value = float(TABLE[code].value(*(float(value) for value in values)))
        return value if np.isfinite(value) else None
    return None


def rewrite_round(sheet: Sheet, book: Rulebook) -> bool:
    """Rewrite every node that some rule fits, once."""
    rows = sheet.unseen()
    first, second = sheet.classes(rows)
    ops = np.minimum(sheet.ops[rows], N_BUILTIN)
    same = book.same[ops] & (sheet.args[0, rows] == sheet.args[1, rows])
    hit = np.flatnonzero(book.trigger[ops, first, second] | same)
    if not len(hit):
        return False
    rows, ops, first, second, same = rows[hit], ops[hit], first[hit], second[hit], same[hit]
    matcher = _Matcher(sheet)
    order = lexsort((same, second, first, ops))
    keys = np.stack((ops, first, second, same))[:, order]
    bounds = np.flatnonzero(np.concatenate(([True], (keys[:, 1:] != keys[:, :-1]).any(axis=0)))).tolist()
    changed = False
    for begin, end in zip(bounds, [*bounds[1:], len(order)], strict=True):
        code, a, b, equal = keys[:, begin].tolist()
        left = rows[order[begin:end]]
        left = left[matcher.uses[left] > 0]
        for variant in book.candidates(code, a, b, bool(equal)):
            if not len(left):
                break
            fits, bound = matcher.match(variant, left)
            if fits.any():
                changed = True
                sheet.counts[variant.rule.name] += int(fits.sum())
                chosen = {name: nodes[fits] for name, nodes in bound.items()}
                made = _build(sheet, variant.replacement, chosen, sheet.place[left[fits]])
                sheet.alias[left[fits]] = made
                left = left[~fits]
    if changed:
        sheet.resolve()
    return changed


class _Matcher:
    """Compares patterns with the nodes of a sheet as it was at the start of a round."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.uses = sheet, sheet.uses()
        self.size = len(sheet.ops)
        self._signs: IntArray | None = None

    def match(self, variant: Variant, rows: IntArray) -> tuple[BoolArray, dict[str, IntArray]]:
        """Which rows fit (guard proved, no operations added), and the nodes that the variables stand for."""
        sheet = self.sheet
        fits = np.ones(len(rows), dtype=bool)
        dying = np.zeros(len(rows), dtype=np.int64)
        bound: dict[str, IntArray] = {}
        if variant.pattern.value is not None:
            fits &= self._number(variant.pattern.value, sheet.attr[rows], bound)
        todo = [(p, sheet.args[k, rows], fits) for k, p in enumerate(variant.pattern.args)]
        while todo:
            pattern, nodes, alone = todo.pop()
            if pattern.kind == "any":
                fits &= self._bind(pattern.name, nodes, bound)
            elif pattern.constant:
                fits &= sheet.ops[nodes] == CONST
                if pattern.kind == "number":
                    fits &= self._bind(pattern.name, nodes, bound)
                else:
                    fits &= self._number(pattern, sheet.attr[nodes], bound)
            else:
                fits &= sheet.ops[nodes] == CODE[pattern.name]
                if pattern.value is not None:
                    fits &= self._number(pattern.value, sheet.attr[nodes], bound)
                alone = alone & (self.uses[nodes] <= 1)
                dying += alone
                todo += [(p, sheet.args[k, nodes], alone) for k, p in enumerate(pattern.args)]
            if not fits.any():
                return fits, bound
        fits &= variant.size - dying - 1 <= (-1 if variant.rule.saves else 0)
        if variant.guard and fits.any():
            possible = self.signs()[bound[variant.guard[0]]]
            fits &= (possible & ~GUARDS[variant.guard[1]]) == 0
        return fits, bound

    def _bind(self, name: str, nodes: IntArray, bound: dict[str, IntArray]) -> Any:
        if name in bound:
            return bound[name] == nodes
        bound[name] = nodes
        return True

    def _number(self, pattern: Pattern, attrs: IntArray, bound: dict[str, IntArray]) -> Any:
        """Whether attributes are the literal, or any number; a variable is bound to constant nodes."""
        if pattern.kind == "literal":
            equal = [v == pattern.value and not isinstance(v, bool) and v is not None for v in self.sheet.values]
            return np.array(equal, dtype=bool)[attrs]
        used, which = np.unique(attrs, return_inverse=True)
        values = [self.sheet.values[a] for a in used.tolist()]
        numbers = np.array([isinstance(v, (int, float, Fraction)) and not isinstance(v, bool) for v in values])
        nodes = [self.sheet.constant(v) if ok else -1 for v, ok in zip(values, numbers.tolist(), strict=True)]
        return numbers[which] & self._bind(pattern.name, np.array(nodes, dtype=np.int64)[which], bound)

    def signs(self) -> IntArray:
        """The possible signs of every node, found when a guard asks for the first time."""
        if self._signs is None:
            sheet = self.sheet
            found = [0] * len(sheet.ops)
            rows, codes, attrs = sheet.args.T.tolist(), sheet.ops.tolist(), sheet.attr.tolist()
            for i in stable_argsort(sheet.place).tolist():
                args = [j for j in rows[i] if j >= 0]
                found[i] = node_signs(codes[i], args, sheet.values[attrs[i]], found)
            self._signs = np.array(found)
        return self._signs


def _build(sheet: Sheet, pattern: Pattern, bound: dict[str, IntArray], place: IntArray) -> IntArray:
    """Write a replacement for every match. The depth is that of the rule's formula."""
    if pattern.kind in ("any", "number"):
        return bound[pattern.name]
    if pattern.kind == "literal":
        return np.full(len(place), sheet.constant(pattern.value))
    args = [_build(sheet, arg, bound, place) for arg in pattern.args]
    if pattern.value is not None:
        args.append(_build(sheet, pattern.value, bound, place))
    code = CODE["pow" if pattern.value is not None else pattern.name]
    if all((sheet.ops[column] == CONST).all() for column in args):
        return _constants(sheet, code, args)
    if pattern.value is not None:
        return sheet.append(POWER, args[:1], sheet.attr[args[1]], place, len(place))
    return sheet.append(code, args, 0, place, len(place))


def _constants(sheet: Sheet, code: int, args: list[IntArray]) -> IntArray:
    """Arithmetic on constants, folded once for each combination that occurs."""
    combinations, which = np.unique(np.stack(args), axis=1, return_inverse=True)
    made = []
    for k in range(combinations.shape[1]):
        nodes = combinations[:, k].tolist()
        value = folded(code, [sheet.constant_value(j) for j in nodes])
        if value is None:
            place = max(int(sheet.place[j]) for j in nodes)
            made.append(int(sheet.append(code, [np.array([j]) for j in nodes], 0, place, 1)[0]))
        else:
            made.append(sheet.constant(value))
    return np.array(made, dtype=np.int64)[which.reshape(-1)]
