"""The picture of the explorer page as plain data: boxes, arrows, and the groups that are opened and closed there.

The page lays out what is open. Here is said what there is: boxes of 𝒢 and ℬ in one order, of which each group is a
range. What stands for an edge of 𝒢 in ℬ is in the group of the node that reads along it.
"""

from __future__ import annotations

import linecache
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, Final

import numpy as np

from edgewise.graph import IntArray, stable_argsort
from edgewise.ops import INPUT
from edgewise.view.explorer.groups import FEW, Group, Leaf, Range, grouped, in_bands, ranges
from edgewise.view.palette import LIGHT
from edgewise.view.pictures.diagram import Box, Diagram
from edgewise.view.pictures.scene import Scene

__all__ = ["PictureData"]

ROW: Final = 34
"""Characters of a row of a label."""
CODE: Final = 44
"""Characters of a line of source in a label."""
SHALLOW: Final = 2
"""How deep groups are told of that hold nothing which is in the page."""


@dataclass(frozen=True, eq=False)
class PictureData:
    """What the page is told of the picture; `chosen` are the nodes that have boxes of their own."""

    scene: Scene
    chosen: Sequence[int]

    @cached_property
    def diagram(self) -> Diagram:
        """The chosen nodes as boxes and arrows."""
        return self.scene.diagram(self.chosen)

    def to_data(self) -> dict[str, Any]:
        """Boxes and groups by the places of the order, arrows between them."""
        boxes = self._boxes
        order, groups = self.order, self.groups
        kept = self._kept(boxes)
        number = {old: new for new, old in enumerate(kept)}
        place = np.zeros(len(self.scene.tape), dtype=np.int64)
        place[order] = np.arange(len(order))
        left = self._left(boxes, kept)
        told = []
        for old in kept:
            row = groups[old]
            new = self._new[order[row.first : row.last]]
            parent = number.get(row.parent, -1)
            group = row.group
            told.append({
                "parent": parent, "first": row.first, "last": row.last, "label": escape(group.label),
                "own": int((~new).sum()), "new": int(new.sum()),
                **({"times": group.times} if group.times else {}),
                **({"code": code} if (code := self._code.get(group.line, "")) else {}),
                **({"left": left[old]} if left[old] != [0, 0] else {}),
            })  # fmt: skip
        return {
            "boxes": [{"node": node, "place": int(place[node]), **_box(box)} for node, box in boxes.items()],
            "groups": told,
            "arrows": [*self._arrows(boxes), *self._far_arrows(boxes, kept)],
            "upward": self.diagram.upward,
            "inks": len(LIGHT.inks),
            "says": self.diagram.says,
            "left": left[-1],
            "total": len(order),
        }

    # --- the order ----------------------------------------------------------------------------------------------

    @cached_property
    def _boxes(self) -> dict[int, Box]:
        return {box.nodes[0]: box for box in self.diagram.boxes if box.nodes}

    @cached_property
    def _drawn(self) -> IntArray:
        """What is drawn: of the chosen nodes, those that have a box, since a number that is read nowhere has none."""
        drawn = self.scene.drawn.copy()
        drawn[[node for node in self.chosen if node not in self._boxes]] = False
        return np.flatnonzero(drawn)

    @cached_property
    def _new(self) -> Any:
        """Which nodes stand on the side of ℬ."""
        return ~self.scene.of_base

    @cached_property
    def _code(self) -> dict[str, str]:
        """Lines of source by where they stand; filled with the leaves."""
        return {}

    def _leaves(self) -> tuple[list[Leaf], list[Leaf]]:
        """𝒢's inputs, and its other nodes."""
        scene, tape = self.scene, self.scene.tape
        base = scene.known.base
        known: dict[Any, tuple[str, str]] = {}
        depth = np.zeros(len(tape), dtype=np.int64)
        inputs, leaves = list[Leaf](), list[Leaf]()
        ops, names = tape.ops.tolist(), scene.names
        for node in self._drawn[~self._new[self._drawn]].tolist():
            args = tape.arguments(node)
            if args:
                depth[node] = 1 + max(depth[j] for j in args)
            held = int(scene.holds[node])
            where = base.lines.get(held) if held >= 0 else None
            line = function = ""
            if where is not None:
                key = where if isinstance(where, str) else (id(where[0]), where[1])
                if key not in known:
                    known[key] = self._written(base.line(held), where)
                line, function = known[key]
            leaf = Leaf(node, ops[node], str(names.symbol(node)), line, function, int(depth[node]))
            (inputs if ops[node] == INPUT else leaves).append(leaf)
        return inputs, leaves

    def _written(self, text: str, where: Any) -> tuple[str, str]:
        """A line and its function; its source is remembered."""
        path, _, number = text.strip(" ()").rpartition(":")
        short = f"{path.rpartition('/')[2].rpartition(chr(92))[2]}:{number}" if path else number
        code = where[0] if not isinstance(where, str) else None
        if code is not None and number.isdigit():
            self._code[short] = linecache.getline(code.co_filename, int(number)).strip()[:CODE]
        return short, "" if code is None or code.co_name.startswith("<") else code.co_name

    @cached_property
    def _ordered(self) -> tuple[IntArray, list[Range]]:
        """All nodes in the order of the picture, and the groups as ranges of it."""
        scene = self.scene
        leaves, found = ranges(grouped(*self._leaves()))
        place = np.full(len(scene.tape) + 1, -1)
        place[[leaf.node for leaf in leaves]] = np.arange(len(leaves))
        new = self._drawn[self._new[self._drawn]]
        new = new[::-1] if scene.known.reverse else new  # beside one node too, derivatives run down
        beside = self._beside(place)[new]
        after = stable_argsort(beside)
        new, beside = new[after], beside[after]
        starts = np.searchsorted(beside, np.arange(len(leaves) + 1))
        shift = np.arange(len(leaves) + 1) + starts
        order = np.empty(len(leaves) + len(new), dtype=np.int64)
        order[shift[:-1]] = [leaf.node for leaf in leaves]
        order[np.arange(len(new)) + beside + 1] = new
        groups = [row._replace(first=int(shift[row.first]), last=int(shift[row.last])) for row in found]
        groups += self._crowds(order, shift, [leaf.name for leaf in leaves], groups)
        nested = sorted(range(len(groups)), key=lambda k: (groups[k].first, -groups[k].last, k))
        number = {old: new for new, old in enumerate([-1, *nested], start=-1)}
        return order, [groups[old]._replace(parent=number[groups[old].parent]) for old in nested]

    @property
    def order(self) -> IntArray:
        """The nodes of 𝒢 and ℬ in the order of the picture."""
        return self._ordered[0]

    @property
    def groups(self) -> list[Range]:
        """The groups, each behind the one that it is in."""
        return self._ordered[1]

    def _crowds(self, order: IntArray, shift: IntArray, names: Sequence[str], groups: Sequence[Range]) -> list[Range]:
        """Groups for the nodes of ℬ that are beside one of 𝒢, where they are many."""
        many = np.flatnonzero(np.diff(shift) > FEW + 1)
        inside = np.full(len(shift), -1)
        for number, row in enumerate(groups):  # the innermost comes last
            inside[np.searchsorted(shift, row.first) : np.searchsorted(shift, row.last)] = number
        made: list[Range] = []
        for k in many.tolist():
            first, last = int(shift[k]) + 1, int(shift[k + 1])
            inner = [Leaf(node, 0, str(self.scene.names.symbol(node))) for node in order[first:last].tolist()]
            crowd = Group(names[k], in_bands(list(inner)))
            todo = [item for item in crowd.items if isinstance(item, Group)]
            while todo:
                band = todo.pop()
                band.items = in_bands(band.items)
                todo += [item for item in band.items if isinstance(item, Group)]
            start = len(groups) + len(made)
            for row in ranges([crowd])[1]:
                parent = int(inside[k]) if row.parent < 0 else start + row.parent
                made.append(Range(parent, first + row.first, first + row.last, row.group))
        return made

    def _beside(self, place: IntArray) -> IntArray:
        """For each node that only ℬ has, the place of the node of 𝒢 in whose group it is.

        A product and a partial belong to the node that reads along their edge, a sum to the node whose derivative it
        is. Where a node serves several, and where it is a part of others, the place is that of the first that the sweep
        comes to; products of an elimination are where the last of their factors is. So all arrows of ℬ run one way.
        """
        derivative, tape = self.scene.known, self.scene.tape
        ledger, steps, reverse = derivative.ledger, derivative.elimination, derivative.reverse
        at = place[np.append(derivative.base_nodes, -1)]
        far = np.iinfo(np.int64).max
        none = -1 if reverse else far
        found = np.full(len(tape) + 1, none)
        meet = np.maximum if reverse else np.minimum
        ends = ledger.parent if reverse else ledger.consumer
        pairs = [(ledger.partial, ledger.consumer), (ledger.product, ledger.consumer), (ledger.total, ends)]
        if steps is not None:
            pairs = [pairs[0], (steps.product, steps.vertex), (steps.total[len(ledger) :], steps.vertex)]
        _, node, made = derivative.table.entries()
        for column, of in (*pairs, (made, node)):
            there = (column >= 0) & (at[of] >= 0)
            meet.at(found, column[there], at[of[there]])
        values = found.tolist()
        new, first = self._new.tolist(), max if reverse else min
        edges = list(zip(tape.args.tolist(), tape.edge_consumers().tolist(), strict=True))
        for j, i in reversed(edges):
            if new[j] and values[i] != none and (steps is None or values[j] == none):
                values[j] = first(values[j], values[i])
        if steps is not None:
            for j, i in edges:
                if new[i] and new[j]:
                    values[i] = min(values[i], values[j]) if reverse else max(values[i], values[j])
        column = np.array(values[:-1])
        last = int(place.max())
        return np.where((column < 0) | (column > last), max(last, 0), column)

    # --- what the page holds of it ------------------------------------------------------------------------------

    def _kept(self, boxes: dict[int, Box]) -> list[int]:
        """The groups that are told of: those that hold boxes or are beside such, and the outermost."""
        has = np.concatenate(([0], np.cumsum(np.isin(self.order, list(boxes)))))
        depth: list[int] = []
        kept = []
        for number, row in enumerate(self.groups):
            depth.append(depth[row.parent] + 1 if row.parent >= 0 else 0)
            around = self.groups[row.parent] if row.parent >= 0 else row
            if depth[-1] < SHALLOW or has[around.last] > has[around.first]:
                kept.append(number)
        return kept

    def _left(self, boxes: dict[int, Box], kept: Sequence[int]) -> dict[int, list[int]]:
        """For each group that can be opened, and as -1 for the picture, the nodes of 𝒢 and ℬ outside its groups that
        have no box.
        """
        inner = np.full(len(self.order), -1)
        for old in kept:
            inner[self.groups[old].first : self.groups[old].last] = old
        opens = {self.groups[old].parent for old in kept} | set(inner[np.isin(self.order, list(boxes))].tolist())
        rest = ~np.isin(self.order, list(boxes))
        found = {old: [0, 0] for old in (-1, *kept)}
        for old, new in zip(inner[rest].tolist(), self._new[self.order[rest]].tolist(), strict=True):
            if old in opens or old == -1:
                found[old][new] += 1
        return found

    def _arrows(self, boxes: dict[int, Box]) -> Iterator[list[int]]:
        """Arrows between boxes: tail, head, colour, place among the arguments."""
        for arrow in self.diagram.arrows:
            if arrow.tail[0] == "n" and arrow.head[0] == "n":
                ends = int(arrow.tail[1:]), int(arrow.head[1:])
                if ends[0] in boxes and ends[1] in boxes:
                    yield [*ends, arrow.colour, arrow.position]

    def _far_arrows(self, boxes: dict[int, Box], kept: Sequence[int]) -> Iterator[list[int]]:
        """Arrows to and from what has no box in the page: its group is told, as -1 - its number."""
        tape, order = self.scene.tape, self.order
        if len(boxes) == len(order):
            return
        atom = np.full(len(tape), -1 - len(kept))
        for number, old in enumerate(kept):
            row = self.groups[old]
            atom[order[row.first : row.last]] = -1 - number
        atom[list(boxes)] = list(boxes)
        drawn = self.scene.drawn
        tails, heads = tape.args, tape.edge_consumers()
        wanted = drawn[tails] & drawn[heads] & (atom[tails] != atom[heads]) & ((atom[tails] < 0) | (atom[heads] < 0))
        tails, heads = tails[wanted], heads[wanted]
        across = self._new[tails].astype(np.int64) * 2 + self._new[heads]
        seen = dict.fromkeys(zip(atom[tails].tolist(), atom[heads].tolist(), across.tolist(), strict=True))
        for tail, head, sides in seen:
            yield [tail, head, -1, -1, sides]


def _box(box: Box) -> dict[str, Any]:
    """A box by its look; lines of its label as HTML."""
    facts: dict[str, Any] = {"role": box.role, "said": box.said, "step": [row.html for row in box.step.rows(ROW)]}
    if box.heading:
        facts["head"] = [row.html for row in box.title.rows(ROW)]
    if box.beside >= 0:
        facts["beside"] = box.beside
    if box.colours:
        facts["colours"] = list(box.colours)
    if box.note:
        facts["note"] = box.note
    if box.derivative:
        facts["new"] = 1
    return facts
