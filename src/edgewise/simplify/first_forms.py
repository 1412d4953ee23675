"""Where a graph may hold what is rewritten before it is differentiated: a look at its edges, not yet the rules.

Simplification of 𝒢 takes as long as that of a quarter of ℬ or more, and most graphs hold nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.built import held
from edgewise.graph import Tape
from edgewise.ops import CODE
from edgewise.simplify.pattern_trees import Pattern, orders, pattern_of
from edgewise.simplify.rules import RULES
from edgewise.simplify.scalars.possible_fits import CONSTANT, OF_A_PRODUCT, OF_A_SUM, SIGN, possible_fits

__all__ = ["has_first_forms"]

FAMILY: Final = {CODE["add"]: OF_A_SUM, CODE["sub"]: OF_A_SUM, CODE["mul"]: OF_A_PRODUCT, CODE["div"]: OF_A_PRODUCT,
          CODE["neg"]: SIGN}  # fmt: skip
MOST: Final = 63
"""Parts that a look knows: the other bits of a machine integer."""


class _Look(NamedTuple):
    """Patterns that are looked for in one pass, by their parts, which are operations: a bit for each.

    The parts of the operation c are those from `first[row[c]]` to `first[row[c] + 1]`. Part p needs some argument with
    each of the bits `needs[p]`, and `alike[p]` says whether it is of an argument with itself. `whole` has the bits of
    the patterns; each of `codes` is what one of them cannot do without.
    """

    codes: Sequence[frozenset[int]]
    row: Any
    first: Any
    needs: Any
    alike: Any
    whole: int


def has_first_forms(tape: Tape, twice: bool) -> bool:
    """Whether a graph has operations on operations as a rule does that comes first (of second derivatives: `twice`).

    Of the constants and parts that a pattern names some have to be there, behind a sign or in a longer sum or product
    too; that parts which have the same name are equal is not looked at. Linear in the edges.

    >>> from edgewise import parse
    >>> for text in ("log(exp(x) + 2)", "log(sin(x) + y)", "2 + log(exp(x)*y)"):
    ...     print(has_first_forms(parse(text).tape, twice=False))
    True
    False
    True
    """
    there = set(np.bincount(tape.ops).nonzero()[0].tolist())
    columns = held(tape.ops), held(tape.start), held(tape.args)
    for look in _looks(twice):
        if any(codes <= there for codes in look.codes):
            room = held(np.empty((3, len(tape)), dtype=np.uint64))
            if possible_fits(*columns, look.row, look.first, look.needs, look.alike, _family(), room) & look.whole:
                return True
    return False


@cache
def _family() -> Any:
    family = np.zeros(1 << 16, dtype=np.uint8)  # codes have 16 bits
    family[list(FAMILY)] = list(FAMILY.values())
    return held(family)


@cache
def _looks(twice: bool) -> Sequence[_Look]:
    """The patterns of the rules that come first, as many in a look as it has room for."""
    patterns = {
        _in_any_order(pattern): pattern
        for rule in RULES
        if rule.first or (twice and rule.twice)
        for pattern in orders(pattern_of(rule.pattern))
    }
    looks, mine, parts = [], list[Pattern](), dict[Any, Pattern]()
    for pattern in patterns.values():
        own = {_in_any_order(part): part for part in _operations(pattern)}
        if len(parts | own) > MOST:
            looks.append(_look(mine, parts))
            mine, parts = [], {}
        mine.append(pattern)
        parts |= own
    return [*looks, _look(mine, parts)]


def _look(patterns: Sequence[Pattern], parts: dict[Any, Pattern]) -> _Look:
    """A look for these patterns, of which these are the parts."""
    ordered = sorted(parts.items(), key=lambda item: item[1].code)
    bit = {key: 2 << k for k, (key, _) in enumerate(ordered)}
    codes = [part.code for _, part in ordered]
    distinct = sorted(set(codes))
    row = np.zeros(1 << 16, dtype=np.uint8)
    row[distinct] = np.arange(1, len(distinct) + 1)
    first = np.searchsorted(codes, [0, *distinct, 1 << 16])  # an operation that no pattern names has no parts
    needs = [[_needed(arg, bit) for arg in part.args] for _, part in ordered]
    alike = [len(part.args) == 2 and part.args[0] == part.args[1] for _, part in ordered]
    return _Look(
        [frozenset(part.code for part in _operations(pattern)) for pattern in patterns],
        held(row),
        held(first.astype(np.int64)),
        held(np.array([sum(set(bits)) for bits in needs], dtype=np.uint64)),
        held(np.array(alike, dtype=np.uint8)),
        sum(bit[_in_any_order(pattern)] for pattern in patterns),
    )


def _needed(arg: Pattern, bit: dict[Any, int]) -> int:
    """The bit that an argument of a pattern asks for, 0 where it is any node."""
    return CONSTANT if arg.is_number else bit.get(_in_any_order(_unsigned(arg)), 0)


def _in_any_order(pattern: Pattern) -> Any:
    """What is looked for of a pattern."""
    return pattern.code, pattern.is_number, frozenset(_in_any_order(_unsigned(arg)) for arg in pattern.args)


def _unsigned(pattern: Pattern) -> Pattern:
    """A part without its sign, which may be hidden in a product or a number: exp(-a*x/2) is exp(-x)."""
    return _unsigned(pattern.args[0]) if pattern.name == "neg" else pattern


def _operations(pattern: Pattern) -> Iterator[Pattern]:
    """The parts of a pattern that are operations, itself among them, signs aside; it is a line of text."""
    if pattern.kind == "op" and not pattern.is_number:
        yield pattern
        for arg in pattern.args:
            yield from _operations(_unsigned(arg))
