"""Which nodes of 𝒢 and ℬ a picture shows, and what the ledger says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.graph import IntArray, Tape
from edgewise.graph.columns import stable_argsort
from edgewise.ops import CONST, INPUT, TensorOp
from edgewise.ops.notation import ATOM, Piece, infix, number_text
from edgewise.ops.tensor_notation import TEXT_STYLE, outer_text, tensor_text
from edgewise.view.diagram import Arrow, Box, Diagram
from edgewise.view.steps import u

__all__ = ["Scene"]

LABEL: Final = 48
"""Characters of one line of a label; the rest becomes "…"."""


@dataclass(frozen=True)
class _Notes:
    """What the ledger says of some nodes of ℬ.

    `colours` are the numbers of the edges that a node serves, `beside` the node of 𝒢 whose derivative it holds; `edges`
    names each colour's edge, `edge_colour` finds it by (consumer, position) as nodes of ℬ; `fed` are the products and
    the derivatives from above that they take.
    """

    roles: dict[int, str] = field(default_factory=dict)
    colours: dict[int, list[int]] = field(default_factory=dict)
    heading: dict[int, str] = field(default_factory=dict)
    beside: dict[int, int] = field(default_factory=dict)
    edges: list[str] = field(default_factory=list)
    edge_colour: dict[tuple[int, int], int] = field(default_factory=dict)
    fed: set[tuple[int, int]] = field(default_factory=set)


class Scene:
    """A graph, or a derivative graph with its 𝒢, of which any part can be drawn.

    Nothing here is larger than a few columns, whatever the graph: what is drawn is chosen first.
    """

    def __init__(self, tape: Tape, derivative: Derivative | None, title: str) -> None:
        self.tape, self.derivative, self.title = tape, derivative, title
        constant = tape.ops == CONST
        self.drawn = ~constant
        if derivative is not None:
            seeds = [seed.value for seed in derivative.seeds if seed.value is not None]
            self.drawn[self._present(derivative.table.nodes)] = True  # a derivative that is the constant 1 has a box
            self.drawn[seeds] = True
            held = derivative.base_nodes
            self.holds = np.full(len(tape), -1, dtype=np.int64)
            self.holds[held[held >= 0][::-1]] = np.flatnonzero(held >= 0)[::-1]

    @staticmethod
    def _present(column: IntArray) -> IntArray:
        return column[column >= 0]

    # --- which nodes --------------------------------------------------------------------------------------------

    def near(self, starts: Iterable[int], depth: int | None, most: int) -> list[int]:
        """The nodes that are at most `depth` edges away from `starts`, nearest first, and no more than `most`."""
        order = stable_argsort(self.tape.args)
        sorted_args, consumers = self.tape.args[order], self.tape.edge_consumers()[order]
        seen = dict.fromkeys(int(i) for i in starts if self.drawn[i])
        ring, away = list(seen), 0
        while ring and len(seen) < most and (depth is None or away < depth):
            following: dict[int, None] = {}
            for i in ring:
                first, last = np.searchsorted(sorted_args, [i, i + 1])
                for j in (*self.tape.arguments(i), *consumers[first:last].tolist()):
                    if j not in seen and self.drawn[j]:
                        following[j] = None
            seen.update(dict.fromkeys(following))
            ring, away = list(following), away + 1
        return list(seen)[:most]

    def whole(self, most: int | None = None) -> list[int]:
        """All nodes; of a graph with more than `most`, those nearest to the outputs."""
        if most is None or int(np.count_nonzero(self.drawn)) <= most:
            return [int(i) for i in np.flatnonzero(self.drawn)]
        outputs = self.tape.outputs
        if self.derivative is not None:
            outputs = tuple(int(self.derivative.base_nodes[j]) for j in self.derivative.base.outputs)
        return self.near([i for i in outputs if i >= 0] or self.tape.outputs, None, most)

    def by_line(self, chosen: Iterable[int]) -> list[tuple[str, tuple[int, ...]]]:
        """The nodes that each line of traced code made, where it made several."""
        lines: dict[str, list[int]] = {}
        for node in chosen:
            if line := self.tape.line(node):
                lines.setdefault(line, []).append(node)
        return [(line.strip(" ()"), tuple(nodes)) for line, nodes in lines.items() if len(nodes) > 1]

    # --- names --------------------------------------------------------------------------------------------------

    def name(self, node: int) -> str:
        """The book's u for a value of 𝒢, an input's own name, a number; b for a node that only ℬ has."""
        if self.tape.ops[node] == INPUT:
            return str(self.tape.attrs[node])
        if self.tape.ops[node] == CONST:
            return number_text(self.tape.attrs[node])[0]
        return self.symbol(node)

    def symbol(self, node: int) -> str:
        """The numbered name of a node."""
        if self.derivative is None:
            return u(node)
        held = int(self.holds[node])
        return u(held) if held >= 0 else u(node).replace("u", "b", 1)

    def step(self, node: int) -> str:
        """One operation on its arguments' names."""
        tape = self.tape
        op, args, attr = tape.op(node), tape.arguments(node), tape.attrs.get(node)
        pieces: list[Piece] = [(self.name(j), ATOM) for j in args]
        shapes = [tape.shape(j) for j in args]
        if isinstance(op, TensorOp):
            return tensor_text(op, pieces, attr, shapes, tape.shape(node), TEXT_STYLE)[0]
        product = op.name == "mul" and tape.has_tensors and outer_text(pieces, shapes, TEXT_STYLE)
        return (product or infix(op, pieces, attr))[0]

    def base_name(self, node: int) -> str:
        """A node of 𝒢 by name, for a derivative's heading."""
        base = self.derivative.base if self.derivative is not None else self.tape
        return _short(str(base.attrs[node])) if base.ops[node] == INPUT else u(node)

    def edge_name(self, consumer: int, position: int, parent: int) -> str:
        """An edge of 𝒢 as the derivative that belongs to it."""
        base = self.derivative.base if self.derivative is not None else self.tape
        at = f" at {position}" if base.arguments(consumer).count(parent) > 1 else ""
        return f"∂{self.base_name(consumer)}/∂{self.base_name(parent)}{at}"

    # --- the picture --------------------------------------------------------------------------------------------

    def diagram(self, chosen: Sequence[int], groups: Sequence[tuple[str, Sequence[int]]] = ()) -> Diagram:
        """The chosen nodes, those of each group drawn as one box; what they read and is not chosen is cut off."""
        place = {node: f"n{node}" for node in sorted(chosen)}
        for number, (_, nodes) in enumerate(groups):
            place.update((node, f"g{number}") for node in nodes if node in place)
        notes = self._notes(place)
        boxes = [self._box(node, key, notes) for node, key in place.items() if key[0] != "g"]
        for number, (label, nodes) in enumerate(groups):
            inside = tuple(sorted(node for node in nodes if place.get(node) == f"g{number}"))
            if inside:
                count = f"{len(inside):,} node{'s' if len(inside) > 1 else ''}"
                boxes.append(Box(f"g{number}", inside, "group", _short(label), count, all(map(self.is_new, inside))))
        total = int(np.count_nonzero(self.drawn))
        left = total - len(place)
        if left:
            boxes.append(Box("cut", (), "cut", "…", f"{left:,} more node{'s' if left > 1 else ''}", False))
        arrows = self._arrows(place, {box.key: box for box in boxes}, notes)
        return Diagram(_short(self.title), tuple(boxes), arrows, tuple(notes.edges), total)

    def is_new(self, node: int) -> bool:
        """Whether a node is ℬ's alone."""
        return self.derivative is not None and bool(self.holds[node] < 0)

    def _box(self, node: int, key: str, notes: _Notes) -> Box:
        ops, new = self.tape.ops, self.is_new(node)
        role = notes.roles.get(node, "helper" if new else "input" if ops[node] == INPUT else "value")
        value = self.name(node) if ops[node] in (INPUT, CONST) else self.step(node)
        formula = _short(f"{self.symbol(node)} = {value}")
        colours = tuple(notes.colours.get(node, ()))
        beside = notes.beside.get(node, -1) if new else node if self.derivative is None else int(self.holds[node])
        return Box(key, (node,), role, notes.heading.get(node, ""), formula, new, beside, colours)

    def _arrows(self, place: Mapping[int, str], boxes: Mapping[str, Box], notes: _Notes) -> tuple[Arrow, ...]:
        """Each edge between boxes once; both of x*x, which are two edges of 𝒢."""
        tape, arrows = self.tape, dict[tuple[str, str, int], Arrow]()
        for node, key in place.items():
            args = tape.arguments(node)
            for position, j in enumerate(args):
                if not self.drawn[j] or (tape.ops[j] == CONST and (node, j) not in notes.fed):
                    continue  # a number is written where it is read; as a derivative, it has a box
                tail, head = place.get(j, "cut"), boxes[key]
                if tail == key:
                    continue
                colour = notes.edge_colour.get((node, position), -1)
                if colour < 0 and head.derivative:
                    served = head.colours if len(head.colours) == 1 or boxes[tail].role != "product" else ()
                    served = served or boxes[tail].colours
                    colour = served[0] if len(served) == 1 else -1
                mark = tail, key, position if args.count(j) > 1 and not head.derivative else -1
                arrows.setdefault(mark, Arrow(tail, key, head.derivative, colour, mark[2]))
        return tuple(arrows.values())

    def _notes(self, place: Mapping[int, str]) -> _Notes:
        """What the ledger says of the chosen nodes."""
        notes, derivative = _Notes(), self.derivative
        if derivative is None:
            return notes
        ledger, table = derivative.ledger, derivative.table
        word = "grad" if derivative.reverse else "tangent"
        mask = np.zeros(len(self.tape) + 1, dtype=bool)  # the last entry is that of -1: no node
        mask[list(place)] = True
        _, targets, made = table.entries()
        shown = mask[made]
        for j, node in zip(targets[shown].tolist(), made[shown].tolist(), strict=True):
            if self.is_new(node) and node not in notes.heading:
                notes.heading[node] = f"{word}[{self.base_name(j)}]"
                notes.beside[node] = j
                notes.roles[node] = "sum"
        value = np.append(derivative.base_nodes, -1)[ledger.consumer]
        rows = np.flatnonzero(mask[ledger.product] | mask[ledger.partial] | mask[ledger.total] | mask[value])
        source = (ledger.consumer if derivative.reverse else ledger.parent)[rows]
        notes.fed.update(
            zip(ledger.product[rows].tolist(), table.lookup(ledger.sweep[rows], source).tolist(), strict=True)
        )
        columns = (ledger.consumer, ledger.position, ledger.parent, ledger.partial, ledger.product, ledger.total)
        number: dict[tuple[int, int, int], int] = {}
        products: dict[int, list[str]] = {}
        for i, k, j, partial, product, total in zip(*(column[rows].tolist() for column in columns), strict=True):
            colour = number.setdefault((i, k, j), len(number))
            if colour == len(notes.edges):
                notes.edges.append(self.edge_name(i, k, j))
                notes.edge_colour[int(derivative.base_nodes[i]), k] = colour
            for node, role in ((product, "product"), (partial, "partial"), (total, "sum")):
                if node < 0 or node not in place or not self.is_new(node):
                    continue
                if role == "product":
                    notes.roles[node] = role
                    begin = self.base_name(i if derivative.reverse else j)
                    products.setdefault(node, []).append(f"{word}[{begin}] · {notes.edges[colour]}")
                else:
                    notes.roles.setdefault(node, role)
                if role == "partial":
                    notes.heading.setdefault(node, notes.edges[colour])
                if role != "sum" and colour not in notes.colours.setdefault(node, []):
                    notes.colours[node].append(colour)
        starts = [seed.value for seed in derivative.seeds if seed.value is not None]
        begins = [seed.sweep for seed in derivative.seeds], [seed.node for seed in derivative.seeds]
        starts += table.lookup(*begins).tolist()
        for node in starts:
            if node in place and self.is_new(node):
                notes.roles[node] = "seed"
                notes.colours.pop(node, None)
        for node, texts in products.items():
            if len(texts) == 1 and notes.roles[node] == "product":
                notes.heading[node] = f"{notes.heading[node]} = {texts[0]}" if node in notes.heading else texts[0]
            else:
                notes.heading.setdefault(node, f"{len(texts)} products")
        return notes


def _short(text: str) -> str:
    """A line of a label: printable, since a name may be any text, and not too long."""
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
