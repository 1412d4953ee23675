"""Groups of a large picture: nodes of 𝒢 in an order, and ranges of it that are lines, functions and repetitions.

Every group is a range of an order in which arguments stand before what reads them. So there are no circles in what is
shown, whichever groups are open.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final, NamedTuple, TypeAlias

__all__ = ["FEW", "Group", "Leaf", "Range", "grouped", "in_bands", "ranges"]

FEW: Final = 8
"""Boxes that a group shows at most, where nothing else says what belongs together."""
WINDOWS: Final = (4, 2)
"""Items in a row by which a repetition is noticed: first many, so that short ones do not hide a long one."""
INPUTS: Final = 4
"""Inputs, or groups of them, that stand side by side."""
LEAST: Final = 6
"""Nodes that a repetition has at least."""
FIRST: Final = 8
"""The longest period of the first round; it is four times as long in each that follows, so what repeats in a repetition
is found before that."""
TOLD: Final = 3
"""Names in a label."""
MANY: Final = 200_000
"""Nodes beyond which repetitions are not looked for."""


class Leaf(NamedTuple):
    """A node as the grouping sees it: its operation and name, where it was written, and how deep it lies."""

    node: int
    op: Hashable
    name: str
    line: str = ""
    function: str = ""
    depth: int = 0


@dataclass
class Group:
    """What can be one box: `items` in their order. `times` is how often something repeats, `line` the line of source.

    `block` says that it is one of the times, `banded` that its leaves stand in the order of their depth.
    """

    label: str
    items: list[Item] = field(default_factory=list)
    times: int = 0
    line: str = ""
    block: bool = False
    banded: bool = False


Item: TypeAlias = Group | Leaf


class Range(NamedTuple):
    """A group as a range of the order of all leaves, inside the group with the number `parent`, -1 for none."""

    parent: int
    first: int
    last: int
    group: Group


def grouped(inputs: Sequence[Leaf], leaves: Sequence[Leaf]) -> list[Item]:
    """The items of a picture, the inputs first; `leaves` come in an order of evaluation.

    What repeats is a group of its times, and each of them a group; what one line wrote is one, and what one function
    did; and where all this says nothing, bands of the same depth.
    """
    top = Group("", list(leaves) if len(leaves) > MANY else _repeated(leaves))
    if all(isinstance(item, Leaf) and not item.line for item in top.items):
        top.banded = True
        top.items.sort(key=lambda leaf: (leaf.depth, leaf.node))  # type: ignore[union-attr]
    todo = [top]
    while todo:
        group = todo.pop()
        todo += [item for item in group.items if isinstance(item, Group)]
        if not group.times:
            group.items = _by_function(group.items)
    top.items = [*_families(inputs), *in_bands(top.items, top.banded)]
    todo = [item for item in top.items if isinstance(item, Group)]
    while todo:
        group = todo.pop()
        group.items = in_bands(group.items, group.banded)
        todo += [item for item in group.items if isinstance(item, Group)]
    return top.items


def in_bands(items: list[Item], banded: bool = False) -> list[Item]:
    """The items, or FEW groups of them at most, of which each may have many; `banded` ones are called by depth."""
    if len(items) <= FEW:
        return items
    count = min(FEW, -(-len(items) // FEW))
    cuts = [k * len(items) // count for k in range(count + 1)]
    made: list[Item] = []
    for first, last in pairwise(cuts):
        low, high = items[first], items[last - 1]
        label = f"{_ends(low)[0]} … {_ends(high)[1]}"
        if banded and isinstance(low, Leaf) and isinstance(high, Leaf) and low.depth < high.depth:
            label = f"levels {low.depth}–{high.depth}{_told(items[first:last])}"
        elif isinstance(low, Group) and isinstance(high, Group) and low.block and high.block:
            label = f"{low.label.partition(' ')[0]} … {high.label}"
        made.append(Group(label, items[first:last], banded=banded))
    return made


def _told(items: Sequence[Item]) -> str:
    """The names that the user gave to some of these, in brackets."""
    names = [item.name for item in items if isinstance(item, Leaf) and not re.fullmatch(r"u+\d+", item.name)]
    return f" ({', '.join(names[:TOLD])}{', …' if len(names) > TOLD else ''})" if names else ""


def ranges(items: Sequence[Item]) -> tuple[list[Leaf], list[Range]]:
    """All leaves in their order, and the groups as ranges of it, each behind the one that it is in."""
    leaves: list[Leaf] = []
    found: list[list[int]] = []  # parent, first, last
    groups: list[Group] = []
    inside: list[int] = [-1]
    todo: list[Item | None] = list(reversed(items))  # None: a group ends
    while todo:
        item = todo.pop()
        if item is None:
            found[inside.pop()][2] = len(leaves)
        elif isinstance(item, Leaf):
            leaves.append(item)
        else:
            found.append([inside[-1], len(leaves), -1])
            groups.append(item)
            inside.append(len(found) - 1)
            todo += [None, *reversed(item.items)]
    return leaves, [Range(row[0], row[1], row[2], group) for row, group in zip(found, groups, strict=True)]


# --- what repeats ---------------------------------------------------------------------------------------------------


def _repeated(leaves: Sequence[Leaf]) -> list[Item]:
    """The leaves that one line wrote as groups, what repeats as groups of its times, and what repeats of these."""
    known: dict[Hashable, int] = {}
    items: list[Item] = []
    kinds, sizes = list[int](), list[int]()
    for line, run in groupby(leaves, key=lambda leaf: leaf.line or leaf.node):
        part: list[Item] = list(run)
        ops = [known.setdefault(leaf.op, len(known)) for leaf in part if isinstance(leaf, Leaf)]
        inner = _rounds(part, ops, [1] * len(part), known)
        items.append(Group(str(line), inner, line=str(line)) if len(part) > 1 else part[0])
        kinds.append(known.setdefault((line if isinstance(line, str) else "", *ops), len(known)))
        sizes.append(len(part))
    return _rounds(items, kinds, sizes, known)


def _rounds(items: list[Item], kinds: list[int], sizes: list[int], known: dict[Hashable, int]) -> list[Item]:
    """The items with what repeats as one, again and again."""
    for window in WINDOWS:
        longest = FIRST
        while len(items) > FEW:
            before = len(items)
            items, kinds, sizes = _one_round(items, kinds, sizes, known, window, longest)
            if len(items) == before:
                if longest > before:
                    break
                longest *= 4
    return items


def _one_round(
    items: list[Item], kinds: list[int], sizes: list[int], known: dict[Hashable, int], window: int, longest: int
) -> tuple[list[Item], list[int], list[int]]:
    """Each longest stretch of items that repeats with a period becomes one item.

    A period is how far back the same window was seen last, and no more than `longest`. A stretch that was too short is
    not tried again from within: so every item is looked at once for each period that begins before it.
    """
    seen: dict[tuple[int, ...], int] = {}
    tried: dict[int, int] = {}
    kept, own, weight = list[Item](), list[int](), list[int]()
    done, i, n = 0, 0, len(items)

    while i <= n - window:
        gram = tuple(kinds[i : i + window])
        period = i - seen.get(gram, i)
        seen[gram] = i
        if 0 < period <= longest and i >= done and tried.get(period, -1) < i:
            end = i
            while end < n and kinds[end] == kinds[end - period]:
                end += 1
            tried[period] = end
            first = max(done, i - period)
            times = (end - first) // period
            if times > 1 and sum(sizes[first:end]) >= LEAST:
                first += _begin(items, first, period, end)
                last = first + times * period
                kept += items[done:first]
                own += kinds[done:first]
                weight += sizes[done:first]
                blocks = [items[k : k + period] for k in range(first, last, period)]
                kept.append(_times(blocks))
                key = ("times", times, *kinds[first : first + period])
                own.append(known.setdefault(key, len(known)))
                weight.append(sum(sizes[first:last]))
                done = last
        i += 1
    return kept + items[done:], own + kinds[done:], weight + sizes[done:]


def _begin(items: Sequence[Item], first: int, period: int, end: int) -> int:
    """How many items a repetition is moved so that it begins at the first line of its loop."""
    spare = min((end - first) % period, period - 1)
    lines = [_place(items[first + k]) for k in range(spare + 1)]
    return min(range(spare + 1), key=lambda k: (lines[k], k))


def _place(item: Item) -> tuple[str, int]:
    """Where an item was written: its file and the line."""
    while isinstance(item, Group):
        item = item.items[0]
    return _numbered(item.line)


def _numbered(line: str) -> tuple[str, int]:
    file, _, number = line.rpartition(":")
    return file, int(number) if number.isdigit() else 0


def _times(blocks: Sequence[list[Item]]) -> Group:
    """What is repeated, as one group of blocks; of blocks of one item, these."""
    count = len(blocks)
    functions = dict.fromkeys(_function(item) for block in blocks[:1] for item in block)
    lines = dict.fromkeys(_line(item) for block in blocks[:1] for item in block)
    label = f"{_ends(blocks[0][0])[0]} … {_ends(blocks[-1][-1])[1]}"
    if len(functions) == 1 and "" not in functions:
        label = f"{next(iter(functions))}()"
    elif "" not in lines:
        label = _between(list(lines))
    if len(blocks[0]) == 1:
        return Group(label, [block[0] for block in blocks], count)
    parts: list[Item] = [Group(f"{k + 1} of {count}", block, block=True) for k, block in enumerate(blocks)]
    return Group(label, parts, count)


def _between(lines: Sequence[str]) -> str:
    """The lines of one file as a range, or the first of several files."""
    places = sorted(_numbered(line) for line in lines if line[-1].isdigit())
    if not places:
        return lines[0]
    (file, first), (other, last) = places[0], places[-1]
    return f"{file}:{first}–{last}" if file == other and first < last else f"{file}:{first}"


# --- lines and functions --------------------------------------------------------------------------------------------


def _line(item: Item) -> str:
    while isinstance(item, Group):
        item = item.items[0]
    return item.line


def _function(item: Item) -> str:
    """The function that wrote an item; "" where that is several times something."""
    while isinstance(item, Group):
        if item.times or item.block:
            return ""
        item = item.items[0]
    return item.function


def _by_function(items: list[Item]) -> list[Item]:
    """Items side by side that one function wrote as groups, unless it wrote them all."""
    runs = [(name, list(run)) for name, run in groupby(items, key=_function)]
    if len({name for name, _ in runs}) < 2:
        return items
    made: list[Item] = []
    for name, part in runs:
        made += [Group(f"{name}()", part)] if name and len(part) > 1 else part
    return made


def _families(inputs: Sequence[Leaf]) -> list[Item]:
    """Inputs that are numbered, such as w[3], w_3 and w3, as groups; where much is left, all as one."""
    families: dict[Hashable, list[Item]] = {}
    for leaf in inputs:
        families.setdefault(_stem(leaf.name) or leaf.node, []).append(leaf)
    made: list[Item] = []
    for part in families.values():
        made += [Group(f"{_ends(part[0])[0]} … {_ends(part[-1])[1]}", part)] if len(part) > 1 else part
    return made if len(made) <= INPUTS else [Group("inputs", made)]


def _stem(name: str) -> str:
    found = re.fullmatch(r"(.*?[^\W\d_])_?(\d+|\[[\d, ]*\])", name)
    return found[1] if found else ""


def _ends(item: Item) -> tuple[str, str]:
    """What the first and the last leaf of an item are called."""
    first = last = item
    while isinstance(first, Group):
        first = first.items[0]
    while isinstance(last, Group):
        last = last.items[-1]
    return first.name, last.name
