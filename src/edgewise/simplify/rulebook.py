"""The rules of a level as tables, unpacked: compiling them takes longer than simplifying a graph of thousands of nodes.

`rule_tables.py` keeps them, written by `docs/make_pages.py`. Where rules, rows or the numbers of the tables' language
are not those that it was written from, the rules are compiled.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from zlib import compress, crc32, decompress

import numpy as np

from edgewise.ops import TABLE
from edgewise.simplify import rule_tables
from edgewise.simplify.rules import LEVELS, RULES
from edgewise.simplify.scalars import work_columns
from edgewise.simplify.scalars.state import Rules

__all__ = ["NAMES", "packed", "rulebook", "rules_mark", "unpacked"]

NAMES: Final = ("constant folding", "common subexpression", *(rule.name for rule in RULES))
"""What each of a state's counters counts."""


def rules_mark() -> int:
    """What the tables depend on, as one number."""
    rules = [(r.name, r.tier, r.pattern, r.replacement, r.guard, r.saves, r.adds) for r in RULES]
    rows = [(op.name, op.commutative, op.range, op.bounded) for op in TABLE]
    language = [(name, number) for name, number in vars(work_columns).items() if type(number) is int]
    return crc32(repr((LEVELS, rules, rows, language)).encode())


@cache
def rulebook(level: str) -> Rules:
    """The rules up to a level. Made once: the rules are constants."""
    if rules_mark() == rule_tables.MARK:
        literals, parts = rule_tables.LITERALS, unpacked(*rule_tables.TABLES[level])
    else:
        from edgewise.simplify import patterns

        literals, parts = patterns.LITERALS, patterns.compiled(level)
    return Rules(parts.pop("look"), level == LEVELS[0], literals, NAMES, parts)


def packed(parts: Mapping[str, Any]) -> tuple[dict[str, tuple[int, ...]], str]:
    """The shapes of tables of small numbers, and their numbers as text; the index, which is most, by its lines."""
    lines, index = np.unique(parts["look"].reshape(-1, parts["look"].shape[-1]), axis=0, return_inverse=True)
    tables = {"lines": lines, "index": index.reshape(parts["look"].shape[:-1])}
    tables |= {name: np.array(part) for name, part in parts.items() if name != "look"}
    numbers = np.concatenate([table.ravel() for table in tables.values()])
    assert np.abs(numbers).max() < 2**15
    text = b2a_base64(compress(numbers.astype("<i2").tobytes(), 9), newline=False).decode()
    return {name: table.shape for name, table in tables.items()}, text


def unpacked(shapes: Mapping[str, tuple[int, ...]], text: str) -> dict[str, Any]:
    """The tables again."""
    numbers, parts, first = np.frombuffer(decompress(a2b_base64(text)), dtype="<i2"), {}, 0
    for name, shape in shapes.items():
        last = first + int(np.prod(shape))
        parts[name] = numbers[first:last].reshape(shape)
        first = last
    lines = parts.pop("lines")
    return {"look": lines.astype(np.int16)[parts.pop("index")], **parts}
