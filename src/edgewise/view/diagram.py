"""What a picture of 𝒢 and ℬ shows, before it is laid out: boxes with roles, arrows, and one colour for each edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.graph import IntArray, Tape
from edgewise.graph.columns import stable_argsort
from edgewise.ops import CONST, INPUT, TensorOp
from edgewise.ops.notation import ATOM, Piece, infix, number_text
from edgewise.ops.tensor_notation import TEXT_STYLE, outer_text, tensor_text
from edgewise.view.explain import u

__all__ = ["ROLES", "Arrow", "Box", "Diagram", "Scene"]

ROLES: Final[Mapping[str, str]] = {
    "input": "input",
    "value": "operation of 𝒢",
    "partial": "local partial of an edge",
    "product": "product of an edge",
    "sum": "sum of products",
    "helper": "part of a partial",
    "seed": "where the sweep starts",
    "group": "several nodes",
    "cut": "left out",
}
"""What a box can stand for, in the words of the key beside a picture."""

LABEL: Final = 48
"""Characters of one line of a label; the rest becomes "…"."""


@dataclass(frozen=True)
class Box:
    """One box: what it stands for, its role, and its label: a heading and a formula.

    `beside` is the node of 𝒢 whose derivative it holds, -1 for none. `colours` number the edges of 𝒢 that it serves.
    """

    key: str
    nodes: tuple[int, ...]
    role: str
    heading: str
    formula: str
    derivative: bool
    beside: int = -1
    colours: tuple[int, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """From an argument to what reads it. `colour` numbers the edge of 𝒢 that it is, or that it serves; -1 for none."""

    tail: str
    head: str
    derivative: bool
    colour: int = -1
    position: int = -1


@dataclass(frozen=True)
class Diagram:
    """The boxes and arrows of a picture. `edges` says for each colour which edge of 𝒢 it is.

    `total` is how many nodes the graph has; the boxes stand for `shown` of them.
    """

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    edges: tuple[str, ...] = ()
    total: int = 0

    @property
    def shown(self) -> int:
        """How many nodes the boxes stand for."""
        return sum(len(box.nodes) for box in self.boxes if box.role != "cut")


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

    def _base_name(self, node: int) -> str:
        """A node of 𝒢 by name, for a derivative's heading."""
        base = self.derivative.base if self.derivative is not None else self.tape
        return str(base.attrs[node]) if base.ops[node] == INPUT else u(node)

    # --- the picture --------------------------------------------------------------------------------------------

    def diagram(self, chosen: Sequence[int], groups: Sequence[tuple[str, Sequence[int]]] = ()) -> Diagram:
        """The chosen nodes, those of each group drawn as one box; what they read and is not chosen is cut off."""
        tape = self.tape
        place = {node: f"n{node}" for node in sorted(chosen)}
        for number, (_, nodes) in enumerate(groups):
            place.update((node, f"g{number}") for node in nodes if node in place)
        roles, colours, heading, beside, edges, edge_colour, fed = self._ledger(place)
        boxes = []
        for node, key in place.items():
            if key[0] == "g":
                continue
            is_derivative = self.derivative is not None and bool(self.holds[node] < 0)
            role = roles.get(node, "helper" if is_derivative else "input" if tape.ops[node] == INPUT else "value")
            formula = f"{self.symbol(node)} = {self._formula(node)}"
            boxes.append(
                Box(
                    key, (node,), role, heading.get(node, ""), _short(formula), is_derivative,
                    beside.get(node, -1), tuple(colours.get(node, ())),
                )
            )  # fmt: skip
        for number, (label, nodes) in enumerate(groups):
            inside = tuple(sorted(node for node in nodes if node in place))
            if inside:
                count = f"{len(inside):,} node{'s' if len(inside) > 1 else ''}"
                own = self.derivative is not None and all(self.holds[node] < 0 for node in inside)
                boxes.append(Box(f"g{number}", inside, "group", _short(label), count, own))
        arrows, missing = [], 0
        listed = {box.key: box for box in boxes}
        known: set[tuple[str, str, int]] = set()
        for node, key in place.items():
            for position, j in enumerate(tape.arguments(node)):
                if not self.drawn[j] or (tape.ops[j] == CONST and (node, j) not in fed):
                    continue  # a number is written where it is read; as a derivative, it has a box
                tail = place.get(j)
                if tail is None:
                    tail, missing = "cut", missing + 1
                if tail == key:
                    continue
                head, from_ = listed[key], listed.get(tail)
                colour = edge_colour.get((node, position), -1)
                if colour < 0 and head.derivative and len(head.colours) == 1:
                    colour = head.colours[0]
                elif colour < 0 and head.derivative and from_ is not None and from_.role == "product":
                    colour = from_.colours[0]
                twice = tape.arguments(node).count(j) > 1
                mark = (tail, key, position if twice and not head.derivative else -1)
                if mark not in known:
                    known.add(mark)
                    arrows.append(Arrow(tail, key, head.derivative, colour, mark[2]))
        total = int(np.count_nonzero(self.drawn))
        left = total - len(place)
        if left:
            nodes_word = "node" if left == 1 else "nodes"
            boxes.append(Box("cut", (), "cut", "…", f"{left:,} more {nodes_word}", False))
        return Diagram(self.title, tuple(boxes), tuple(arrows), tuple(edges), total)

    def _formula(self, node: int) -> str:
        return self.name(node) if self.tape.ops[node] in (INPUT, CONST) else self.step(node)

    def _ledger(self, place: Mapping[int, str]):  # type: ignore[no-untyped-def]
        """What the ledger says of the chosen nodes: roles, colours, headings, places, and the colours of 𝒢's edges."""
        roles: dict[int, str] = {}
        colours: dict[int, list[int]] = {}
        heading: dict[int, str] = {}
        beside: dict[int, int] = {}
        edges: list[str] = []
        edge_colour: dict[tuple[int, int], int] = {}
        fed: set[tuple[int, int]] = set()
        derivative = self.derivative
        if derivative is None:
            return roles, colours, heading, beside, edges, edge_colour, fed
        mask = np.zeros(len(self.tape) + 1, dtype=bool)  # the last entry is that of -1: no node
        mask[list(place)] = True
        ledger, base = derivative.ledger, derivative.base
        held = np.append(derivative.base_nodes, -1)[ledger.consumer]
        rows = np.flatnonzero(mask[ledger.product] | mask[ledger.partial] | mask[ledger.total] | mask[held])
        own = self.holds < 0
        word = "grad" if derivative.reverse else "tangent"
        arrived = derivative.table.lookup(
            ledger.sweep[rows], (ledger.consumer if derivative.reverse else ledger.parent)[rows]
        )
        fed.update(zip(ledger.product[rows].tolist(), arrived.tolist(), strict=True))
        columns = (ledger.consumer, ledger.position, ledger.parent, ledger.partial, ledger.product, ledger.total)
        sweep, table_node, made = derivative.table.entries()
        for s, j, node in zip(sweep.tolist(), table_node.tolist(), made.tolist(), strict=True):
            if node in place and own[node] and node not in heading:
                heading[node] = f"{word}[{self._base_name(j)}]"
                beside[node] = j
                roles[node] = "sum"
        number: dict[tuple[int, int, int], int] = {}
        products: dict[int, list[str]] = {}
        for i, k, j, partial, product, total in zip(*(c[rows].tolist() for c in columns), strict=True):
            name = f"∂{self._base_name(i)}/∂{self._base_name(j)}"
            if base.arguments(i).count(j) > 1:
                name += f" at {k}"
            colour = number.setdefault((i, k, j), len(number))
            if colour == len(edges):
                edges.append(name)
                consumer = int(derivative.base_nodes[i])
                if consumer in place:
                    edge_colour[consumer, k] = colour
            source = i if derivative.reverse else j
            if product >= 0 and own[product]:
                roles[product] = "product"
                products.setdefault(product, []).append(f"{word}[{self._base_name(source)}] · {name}")
                if colour not in colours.setdefault(product, []):
                    colours[product].append(colour)
            if partial >= 0 and own[partial] and partial in place:
                roles.setdefault(partial, "partial")
                heading.setdefault(partial, name)
                if colour not in colours.setdefault(partial, []):
                    colours[partial].append(colour)
            if total >= 0 and own[total]:
                roles.setdefault(total, "sum")
        starts = [seed.value for seed in derivative.seeds if seed.value is not None]
        starts += derivative.table.lookup(
            [seed.sweep for seed in derivative.seeds], [seed.node for seed in derivative.seeds]
        ).tolist()
        roles.update((node, "seed") for node in starts if node in place and own[node])
        for node, texts in products.items():
            if len(texts) == 1 and roles[node] == "product":
                heading[node] = f"{heading[node]} = {texts[0]}" if node in heading else texts[0]
            elif node not in heading:
                heading[node] = f"{len(texts)} products"
        return roles, colours, heading, beside, edges, edge_colour, fed


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
