"""The rules of a level as tables, unpacked: compiling them takes longer than simplifying a graph of thousands of nodes.

`rule_tables.bin` keeps them, written by `docs/make_pages.py`. Where rules, rows or the numbers of the tables' language
are not those that it was written from, the rules are compiled.
"""

from __future__ import annotations

import os.path
import pickle
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from zlib import compress, crc32, decompress

import numpy as np

from edgewise.ops import TABLE
from edgewise.simplify.rules import LEVELS, RULES
from edgewise.simplify.scalars import work_columns
from edgewise.simplify.scalars.state import Rules

__all__ = ["FILE", "NAMES", "as_file", "kept", "rulebook", "rules_mark", "unpacked"]

FILE: Final = os.path.join(os.path.dirname(__file__), "rule_tables.bin")
"""What the rules depend on ("mark"), the numbers that they name ("literals"), and of each level its packed tables."""

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
    if rules_mark() == kept()["mark"]:
        literals, parts = kept()["literals"], unpacked(*kept()[level])
    else:
        from edgewise.simplify import patterns

        literals, parts = patterns.LITERALS, patterns.compiled(level)
    return Rules(parts.pop("look"), level == LEVELS[0], literals, NAMES, parts)


@cache
def kept() -> Mapping[str, Any]:
    """What the file holds."""
    with open(FILE, "rb") as file:
        found: Mapping[str, Any] = pickle.load(file)
    return found


def as_file(literals: tuple[Any, ...], tables: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The file of what was compiled: of each level its tables."""
    packed = {level: _packed(parts) for level, parts in tables.items()}
    return pickle.dumps({"mark": rules_mark(), "literals": literals, **packed}, protocol=4)


def _packed(parts: Mapping[str, Any]) -> tuple[dict[str, tuple[int, ...]], bytes]:
    """The shapes of tables of small numbers, and their numbers; the index, which is most, by its lines."""
    lines, index = np.unique(parts["look"].reshape(-1, parts["look"].shape[-1]), axis=0, return_inverse=True)
    tables = {"lines": lines, "index": index.reshape(parts["look"].shape[:-1])}
    tables |= {name: np.array(part) for name, part in parts.items() if name != "look"}
    numbers = np.concatenate([table.ravel() for table in tables.values()])
    assert np.abs(numbers).max() < 2**15
    return {name: table.shape for name, table in tables.items()}, compress(numbers.astype("<i2").tobytes(), 9)


def unpacked(shapes: Mapping[str, tuple[int, ...]], data: bytes) -> dict[str, Any]:
    """The tables again."""
    numbers, parts, first = np.frombuffer(decompress(data), dtype="<i2"), {}, 0
    for name, shape in shapes.items():
        last = first + int(np.prod(shape))
        parts[name] = numbers[first:last].reshape(shape)
        first = last
    lines = parts.pop("lines")
    return {"look": lines.astype(np.int16)[parts.pop("index")], **parts}
