"""Rules compiled to tables: what a rule needs of a node, its arguments, and theirs, and what it writes.

What this gives for the rules there are is kept (see `rulebook`): it runs where they are others.

A first look at a node asks only for its operation and the classes of its first two arguments; a table over those
three numbers says which rules may apply. Almost no node passes, so the careful comparison runs on few.
"""

from __future__ import annotations  # noqa: I001

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.graph import IntArray
from edgewise.ops import CODE, N_BUILTIN, TABLE
from edgewise.ops.op import Number
from edgewise.simplify.pattern_trees import (
    COMMUTATIVE,
    OF_CONSTANTS,
    Pattern,
    holder,
    is_pair,
    orders,
    path,
    pattern_of,
)
from edgewise.simplify.rules import LEVELS, RULES, Rule
from edgewise.simplify.scalars.constants import number_class
from edgewise.simplify.scalars.work_columns import (
    ANY, ANY_NUMBER, APPLY, ATTR_EQUAL, ATTR_NUMBER, CLASSES, EQUAL, FIRST_RULE, MINUS_ONE, NEGATIVE, NONE, NOUGHT,
    NUMBER, ONE, OPERATION, POSITIVE, PUT_LITERAL, PUT_NODE, PUT_VALUE, RAISE, SCALED, SIGN_SETS, TWO, ZERO, Ints,
)  # fmt: skip

__all__ = ["GUARDS", "LITERALS", "compiled"]

MUL = CODE["mul"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a rule's pattern: commutative arguments in one of their orders."""

    number: int
    rule: Rule
    pattern: Pattern
    replacement: Pattern
    guard: tuple[str, str] | None
    size: int


def _classes(pattern: Pattern) -> list[int]:
    """The argument classes that may match."""
    if pattern.kind == "any":
        return list(range(CLASSES))
    if pattern.kind == "number":
        return [NOUGHT, ONE, MINUS_ONE, TWO, NUMBER]
    if pattern.kind == "literal":
        return [number_class(pattern.value)]
    if pattern.name == "mul":
        scaled = any(arg.constant for arg in pattern.args)
        return [SCALED] if scaled else [MUL, SCALED]
    return [CODE[pattern.name]]


def _size(pattern: Pattern) -> int:
    """Operations of a replacement on its variables; constants among themselves are folded."""
    if pattern.kind != "op":
        return 0
    below = sum(_size(arg) for arg in pattern.args)
    return below + (0 if all(arg.is_number for arg in pattern.args) else 1)


_VARIABLES: Final = {name: k for k, name in enumerate("xyzwvcd")}
GUARDS: Final = {"> 0": POSITIVE, ">= 0": POSITIVE | ZERO, "!= 0": POSITIVE | NEGATIVE}
"""A guard holds where the possible signs are among these."""


def _literals() -> list[Number]:
    """The numbers that patterns and replacements name, each once."""
    found: dict[Any, None] = {}
    for rule in RULES:
        todo = [pattern_of(rule.pattern), pattern_of(rule.replacement)]
        while todo:
            pattern = todo.pop()
            if pattern.kind == "literal":
                found.setdefault(pattern.value)
            todo += pattern.args
            if isinstance(pattern.value, Pattern):
                todo.append(pattern.value)
    return list(found)


LITERALS: Final = tuple(_literals())


def _pattern_rows(pattern: Pattern) -> list[tuple[int, int, int, int, int]]:
    """A pattern in preorder. Slot 0 is the root, whose operation the index has compared already."""
    rows: list[tuple[int, int, int, int, int]] = []
    slots = 1
    todo = [(pattern, 0, -1)]
    while todo:
        part, above, arg = todo.pop()
        slot = above
        if part.kind == "any":
            rows.append((ANY, above, arg, _VARIABLES[part.name], 0))
        elif part.kind == "number":
            rows.append((ANY_NUMBER, above, arg, _VARIABLES[part.name], 0))
        elif part.kind == "literal":
            rows.append((EQUAL, above, arg, LITERALS.index(part.value), 0))
        else:
            if arg >= 0:
                slot, slots = slots, slots + 1
                rows.append((OPERATION, above, arg, CODE[part.name], slot))
            if part.value is not None:
                literal = part.value.kind == "literal"
                what = LITERALS.index(part.value.value) if literal else _VARIABLES[part.value.name]
                rows.append((ATTR_EQUAL if literal else ATTR_NUMBER, slot, 0, what, 0))
            todo += [(inner, slot, k) for k, inner in reversed(list(enumerate(part.args)))]
    return rows


def _build_rows(pattern: Pattern) -> list[tuple[int, int, int]]:
    """A replacement in postorder."""
    rows: list[tuple[int, int, int]] = []
    todo: list[tuple[Pattern, bool]] = [(pattern, False)]
    while todo:
        part, ready = todo.pop()
        if part.kind == "any":
            rows.append((PUT_NODE, _VARIABLES[part.name], 0))
        elif part.kind == "number":
            rows.append((PUT_VALUE, _VARIABLES[part.name], 0))
        elif part.kind == "literal":
            rows.append((PUT_LITERAL, LITERALS.index(part.value), 0))
        elif ready:
            rows.append(
                (RAISE, CODE[part.name], 2) if part.value is not None else (APPLY, CODE[part.name], len(part.args))
            )
        else:
            parts = (*part.args, part.value) if part.value is not None else part.args
            todo.append((part, True))
            todo += [(inner, False) for inner in reversed(parts)]
    return rows


def _enter(look: Ints, groups: dict[tuple[int, ...], int], k: int, variant: Variant) -> None:
    """Enter a variant in the index: as a projection, which needs no further look, or in the groups to compare."""
    args, code, pattern = variant.pattern.args, CODE[variant.pattern.name], variant.pattern
    first = _classes(args[0])
    second = _classes(args[1]) if len(args) > 1 else _classes(pattern.value) if pattern.value else [NONE]
    box = code, np.array(first)[:, None], second
    for which, arg in enumerate(args[:2]):
        other = args[1 - which] if len(args) == 2 else None
        kinds = (arg.kind, other.kind if other else "")
        if variant.replacement == arg and (
            kinds == ("any", "literal") or (kinds == ("literal", "any") and not variant.guard)
        ):
            look[box] = -(2 * variant.number + which) - 1
            return
    # A box of the index has thousands of places and few groups: each becomes the one that has this variant, too.
    found, known = look[box], list(groups)
    with_this = np.zeros(len(known), dtype=np.int64)
    for group in set(found.ravel().tolist()):
        if group >= 0:
            with_this[group] = groups.setdefault((*known[group], k), len(groups))
    look[box] = np.where(found < 0, found, with_this[np.maximum(found, 0)])


def compiled(level: str) -> dict[str, Any]:
    """The rules up to a level as tables: the columns of `Rules`."""
    look = np.zeros((N_BUILTIN + 1, CLASSES, CLASSES), dtype=np.int16)
    groups: dict[tuple[int, ...], int] = {(): 0}
    equal: dict[int, list[int]] = {}
    variants: list[Variant] = []
    for number, rule in enumerate(RULES, FIRST_RULE):
        if LEVELS.index(rule.tier) > LEVELS.index(level):
            continue
        replacement = pattern_of(rule.replacement)
        guard = tuple(rule.guard.split(" ", 1)) if rule.guard else None
        for pattern in orders(pattern_of(rule.pattern)):
            variant = Variant(number, rule, pattern, replacement, guard, _size(replacement))  # type: ignore[arg-type]
            if len(pattern.args) == 2 and pattern.args[0] == pattern.args[1] and pattern.args[0].kind == "any":
                equal.setdefault(CODE[pattern.name], []).append(len(variants))
            else:
                _enter(look, groups, len(variants), variant)
            variants.append(variant)
    for rule in OF_CONSTANTS if level != LEVELS[0] else ():
        pattern = pattern_of(rule.pattern)
        variants.append(Variant(FIRST_RULE, rule, pattern, pattern, None, 0))
    same = [groups.setdefault(tuple(equal.get(code, ())), len(groups)) for code in range(N_BUILTIN + 1)]
    parts = {**_tables(variants, list(groups)), **_pair_tables(variants), "same": same}
    return {"look": look, **parts}


_COLLECTED: Final = frozenset(("twice", "subtract itself", "like terms", "gather constant terms"))
"""Rules of which the stage for like terms takes care in a sum of any length."""


def _pair_tables(variants: Sequence[Variant]) -> dict[str, Any]:
    """The variants that can stand anywhere in a longer sum or product, by what each of their parts may be.

    A variable that both parts have is reached in each by steps: a term finds its partner by what stands there.
    """
    lists: dict[tuple[int, int, int], list[int]] = {}
    pairs: list[list[int]] = []
    steps: list[tuple[int, int]] = []
    for k, variant in enumerate(variants):
        pattern = variant.pattern
        code = CODE[pattern.name]
        if not is_pair(pattern, variant.replacement) or variant.rule.name in _COLLECTED:
            continue
        one, two = pattern.args
        if one.kind == "any" and two.kind == "op" and pattern.name in COMMUTATIVE:
            continue  # the other order finds it
        paths = [(path(name, one), path(name, two)) for name in _VARIABLES]
        shared = next((ways for ways in paths if None not in ways), (None, None))
        begins = []
        for side, (part, way) in enumerate(zip((one, two), shared, strict=True)):
            for of in _classes(part):
                lists.setdefault((int(code in (CODE["mul"], CODE["div"])), side, of), []).append(len(pairs))
            begins.append(len(steps))
            steps += [*way, (-1, 0)] if way is not None else [(-2, 0)]
        pairs.append([k, code, int(one.kind == "number"), holder(pattern, variant.replacement), *begins])
    groups = [lists.get((family, side, of), []) for family in range(2) for side in range(2) for of in range(CLASSES)]
    return {
        "pair_start": _starts(groups),
        "pair_lists": [pair for group in groups for pair in group],
        "pairs": np.array(pairs, dtype=np.int64).reshape(-1, 6),
        "steps": np.array(steps, dtype=np.int64).reshape(-1, 2),
    }


def _tables(variants: Sequence[Variant], groups: Sequence[tuple[int, ...]]) -> dict[str, Any]:
    """The columns of `Rules`, but for pairs."""
    patterns, builds = [_pattern_rows(v.pattern) for v in variants], [_build_rows(v.replacement) for v in variants]
    exact = [v if isinstance(v, (int, Fraction)) else None for v in LITERALS]
    return {
        "list_start": _starts(groups),
        "lists": [k for group in groups for k in group],
        "pattern_start": _starts(patterns),
        "pattern": [row for rows in patterns for row in rows],
        "build_start": _starts(builds),
        "build": [row for rows in builds for row in rows],
        "rule": [v.number for v in variants],
        "surplus": [v.size - v.rule.adds - (not v.rule.saves) for v in variants],
        "guarded": [_VARIABLES[v.guard[0]] if v.guard else -1 for v in variants],
        "guard": [GUARDS[v.guard[1]] if v.guard else 0 for v in variants],
        "literal_num": [0 if v is None else v.numerator for v in exact],
        "literal_den": [0 if v is None else v.denominator for v in exact],
        "commutative": [int(op.commutative) for op in TABLE] + [0],
        "signs": [SIGN_SETS[op.range] for op in TABLE],
    }


def _starts(groups: Sequence[Sequence[Any]]) -> IntArray:
    """Where each group starts among the members of all, and where the last one ends."""
    return np.cumsum([0, *map(len, groups)])
