"""Which nodes of 𝒢 and ℬ a picture shows, and what the ledger says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from edgewise.differentiate import Derivative, lines_served
from edgewise.graph import IntArray, Tape, stable_argsort
from edgewise.graph.lines import numbered_lines
from edgewise.graph.names import Names, strength
from edgewise.ops import CONST, INPUT, TensorOp, shape_text
from edgewise.ops.notation import Piece, infix
from edgewise.ops.tensors.spelling import outer_text
from edgewise.ops.tensors.tensor_notation import TEXT_STYLE, tensor_text
from edgewise.view.pictures.diagram import Arrow, Box, Diagram
from edgewise.view.pictures.label_formulas import Formula, clipped, named, plain
from edgewise.view.pictures.notes import Notes, notes_of

__all__ = ["Scene"]

LABEL: Final = 48
"""Characters of one line of a label; the rest becomes "…"."""

WIDE: Final = 100
"""Characters of a formula in a table."""

DERIVATIVE: Final = "derivative of "
"""What a group of ℬ's nodes is called, in front of the line of 𝒢."""


_OF_GRADIENTS: Final = {"hessian": "Jacobian: the Hessian", "hvp": "change along a direction"}
"""What the derivative of a gradient is."""


class Scene:
    """A graph, or a derivative graph with its 𝒢, of which any part can be drawn.

    Nothing here is larger than a few columns, whatever the graph: what is drawn is chosen first.
    """

    def __init__(self, tape: Tape, derivative: Derivative | None, title: str) -> None:
        self.tape, self.derivative, self.title = tape, derivative, title
        self.names = tape.names if derivative is None else derivative.names
        # Formulas of tensors are text, and their values are no numbers that a slider holds.
        self.tensors = (tape if derivative is None else derivative.base).has_tensors
        constant = tape.ops == CONST
        self.drawn = ~constant
        self.drawn[list(tape.outputs)] = True  # a result that is a number has a box too
        if derivative is not None:
            self.holds = derivative.held()
            arrived = derivative.table.nodes
            self.drawn[arrived[arrived >= 0]] = True  # a derivative that is the constant 1 has a box
            self.drawn[derivative.starts()] = True
            # What belongs to an edge that no result needs stands on no path: it is in the ledger, and not drawn.
            self.drawn &= tape.live(self.results) | (self.holds >= 0)
            # What simplification computes values from is of 𝒢, in another form.
            ledger, own = derivative.ledger, np.zeros(len(tape) + 1, dtype=bool)
            for column in (ledger.partial, ledger.product, ledger.total, arrived):
                own[column] = True
            below = tape.live([node for result in derivative.results[:-1] for node in result.nodes])
            self.of_base = (self.holds >= 0) | (below & ~own[:-1])

    @property
    def known(self) -> Derivative:
        """The derivative, of a scene that has one."""
        assert self.derivative is not None
        return self.derivative

    @property
    def results(self) -> list[int]:
        """The nodes of all results."""
        if self.derivative is None:
            return list(self.tape.outputs)
        return [node for result in self.derivative.results for node in result.nodes]

    # --- which nodes --------------------------------------------------------------------------------------------

    def near(self, starts: Iterable[int], depth: int | None, most: int) -> list[int]:
        """The nodes that are at most `depth` edges away from `starts`, nearest first, and no more than `most`."""
        sorted_args, consumers = self.tape.readers
        seen = dict.fromkeys(int(i) for i in starts if self.drawn[i])
        ring, away = list(seen), 0
        while ring and len(seen) < most and (depth is None or away < depth):
            following: dict[int, None] = {}
            for i in ring:
                first, last = np.searchsorted(sorted_args, [i, i + 1])
                for j in (*self.tape.arguments(i), *consumers[first : min(last, first + most)].tolist()):
                    if j not in seen and self.drawn[j]:
                        following[j] = None
                if len(seen) + len(following) >= most:
                    break
            seen.update(following)
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

    def by_line(self) -> list[tuple[str, IntArray]]:
        """The nodes that each line of traced code made, and those of its derivative, where they are several."""
        base = self.tape if self.derivative is None else self.derivative.base
        line, names = numbered_lines(base)
        own, new = np.full(len(self.tape), -1), np.full(len(self.tape), -1)
        if self.derivative is None:
            own = line
        else:
            held = self.derivative.base_nodes
            own[held[held >= 0]] = line[held >= 0]
            new = lines_served(self.derivative, line)
        groups = []
        for text, column in [("", own), (DERIVATIVE, new)]:
            order = stable_argsort(column + 1)
            cuts = np.searchsorted(column[order], np.arange(len(names) + 1))
            for k, name in enumerate(names):
                nodes = order[cuts[k] : cuts[k + 1]]
                nodes = nodes[self.drawn[nodes]]
                if len(nodes) > 1:
                    groups.append((text + name.rpartition("/")[2].rpartition("\\")[2], nodes))
        return groups

    # --- names --------------------------------------------------------------------------------------------------

    def name(self, node: int) -> str:
        """What a node is called where it is read: a number is itself."""
        return plain(self._name(node))

    def _name(self, node: int) -> str:
        name = self.names.spelled(node)
        return str(name) if self.tape.ops[node] == CONST else named(name)

    def symbol(self, node: int) -> str:
        """What a node is called; a number has a name too."""
        return plain(named(self.names.symbol(node)))

    def step(self, node: int) -> str:
        """One operation on its arguments' names."""
        return plain(self._step(node))

    def _step(self, node: int) -> str:
        tape = self.tape
        op, args, attr = tape.op(node), tape.arguments(node), tape.attrs.get(node)
        pieces: list[Piece] = [(self._name(j), strength(self.name(j))) for j in args]
        shapes = [tape.shape(j) for j in args]
        if isinstance(op, TensorOp):
            return tensor_text(op, pieces, attr, shapes, tape.shape(node), TEXT_STYLE)[0]
        product = op.name == "mul" and self.tensors and outer_text(pieces, shapes, TEXT_STYLE)
        return (product or infix(op, pieces, attr))[0]

    def marked(self, node: int) -> str:
        """What a node is computed as, its names marked; an input or a number is itself."""
        return self._name(node) if self.tape.ops[node] in (INPUT, CONST) else self._step(node)

    def formula(self, node: int) -> Formula:
        """A node's name and how it is computed; of a value of 𝒢 in ℬ, of an input or a number the name alone."""
        if node < 0:
            return Formula()
        known = self.tape.ops[node] in (INPUT, CONST) or (self.derivative is not None and not self.is_new(node))
        name = self._name(node)
        return Formula(clipped(name if known else f"{name} = {self._step(node)}", WIDE))

    def edge_row(self, consumer: int, position: int, parent: int, partial: int, product: int) -> tuple[Formula, ...]:
        """A row of the ledger as formulas: the edge, its derivative, the local partial and the product."""
        base = self.base_names
        ends = f"{named(base.spelled(parent))} → {named(base.symbol(consumer))}"
        edge = self.edge(consumer, position, parent)
        return Formula(ends), Formula(edge), self.formula(partial), self.formula(product)

    @property
    def base_names(self) -> Names:
        """The names of 𝒢's nodes."""
        return self.tape.names if self.derivative is None else self.derivative.names.base

    def base_name(self, node: int) -> str:
        """A node of 𝒢 by name, for a derivative's heading."""
        return clipped(plain(named(self.base_names.symbol(node))), LABEL)

    def edge_name(self, consumer: int, position: int, parent: int) -> str:
        """An edge of 𝒢 as the derivative that belongs to it."""
        return plain(self.edge(consumer, position, parent))

    def edge(self, consumer: int, position: int, parent: int) -> str:
        """The same as a formula."""
        return named(self.known.names.partial(consumer, position, parent))

    def ratio(self, top: int, bottom: int) -> str:
        """The derivative of one node of 𝒢 in another, as a formula."""
        return named(self.known.names.ratio(top, bottom))

    # --- the picture --------------------------------------------------------------------------------------------

    def diagram(self, chosen: Sequence[int], groups: Sequence[tuple[str, IntArray]] = ()) -> Diagram:
        """The chosen nodes, and those of each group as one box; what they read and is not shown is cut off."""
        inside = np.full(len(self.tape), -1)
        for number, (_, nodes) in enumerate(groups):
            inside[nodes] = number
        inside[~self.drawn] = -1
        single = [node for node in sorted(chosen) if inside[node] < 0]
        notes = notes_of(self, single)
        boxes = [self._box(node, notes) for node in single]
        labels = [label for label, _ in groups]
        for number, label in enumerate(labels):
            nodes = np.flatnonzero(inside == number)
            if len(nodes):
                count = Formula(f"{len(nodes):,} node{'s' if len(nodes) > 1 else ''}")
                new = self.derivative is not None and bool((self.holds[nodes] < 0).all())
                title = Formula(clipped(named(label), LABEL))
                # Groups of one line stand beside each other, under a number that no node has.
                line = label.removeprefix(DERIVATIVE)
                beside = len(self.tape) + labels.index(line) if line in labels else -1
                boxes.append(Box(f"g{number}", tuple(nodes.tolist()), "group", title, count, new, beside))
        total = int(np.count_nonzero(self.drawn))
        left = total - sum(len(box.nodes) for box in boxes)
        if left:
            count = Formula(f"{left:,} more node{'s' if left > 1 else ''}")
            boxes.append(Box("cut", (), "cut", Formula("…"), count, False))
        listed = {box.key: box for box in boxes}
        arrows = (*self._arrows(single, inside, listed, notes), *self._group_arrows(single, inside))
        # A number that is read nowhere stands where it is computed with.
        used = {end for arrow in arrows for end in (arrow.tail, arrow.head)} | {f"n{node}" for node in self.results}
        idle = {box.key for box in boxes if box.role != "cut" and self.tape.ops[box.nodes[0]] == CONST} - used
        boxes, total = [box for box in boxes if box.key not in idle], total - len(idle)
        upward = self.derivative is not None and not self.derivative.reverse
        heading = clipped(plain(named(self.title)), LABEL)
        return Diagram(heading, tuple(boxes), arrows, tuple(notes.edges), total, upward, self._says())

    def _says(self) -> tuple[str, str]:
        """What 𝒢 and ℬ are, where it is not a function and its gradient."""
        derivative = self.derivative
        if derivative is None or derivative.kind == "gradient":
            return "", ""
        base = "" if derivative.below is None else f"the {derivative.below.kind}"
        return (
            base,
            f"the {derivative.kind}" if not base else f"its {_OF_GRADIENTS.get(derivative.kind, derivative.kind)}",
        )

    def is_new(self, node: int) -> bool:
        """Whether a node is ℬ's alone."""
        return self.derivative is not None and not self.of_base[node]

    def _box(self, node: int, notes: Notes) -> Box:
        ops, new = self.tape.ops, self.is_new(node)
        role = notes.roles.get(node, "helper" if new else "input" if ops[node] == INPUT else "value")
        value = self.marked(node)
        own, heading = named(self.names.symbol(node)), notes.heading.get(node, "")
        if ops[node] != INPUT:
            value = f"= {value}" if heading.startswith(own) else f"{own} = {value}"
        step, title = Formula(clipped(value, WIDE)), Formula(clipped(heading, 2 * WIDE))
        colours = tuple(notes.colours.get(node, ()))
        beside = notes.beside.get(node, -1) if new else node if self.derivative is None else int(self.holds[node])
        name, shape = Formula(named(self.names.symbol(node))), self.tape.shape(node)
        note = notes.entries.get(node, "") or (f"{shape_text(shape)}" if self.tensors and shape else "")
        return Box(f"n{node}", (node,), role, title, step, new, beside, colours, name=name, note=note)

    def _arrows(
        self, single: Sequence[int], inside: IntArray, boxes: Mapping[str, Box], notes: Notes
    ) -> Iterable[Arrow]:
        """Each edge into a box of one node once; both of x*x, which are two edges of 𝒢."""
        tape, arrows = self.tape, dict[tuple[str, str, int], Arrow]()
        shown = set(single)
        for node in single:
            args, head = tape.arguments(node), boxes[f"n{node}"]
            for position, j in enumerate(args):
                if not self.drawn[j] or (tape.ops[j] == CONST and (node, j) not in notes.fed):
                    continue  # a number is written where it is read; as a derivative, it has a box
                tail = f"g{inside[j]}" if inside[j] >= 0 else f"n{j}" if j in shown else "cut"
                colour = notes.edge_colour.get((node, position), notes.brings.get((j, node), -1))
                if colour < 0 and head.derivative:
                    served = head.colours if len(head.colours) == 1 or boxes[tail].role != "product" else ()
                    served = served or boxes[tail].colours
                    colour = served[0] if len(served) == 1 else -1
                mark = tail, head.key, position if args.count(j) > 1 and not head.derivative else -1
                arrows.setdefault(mark, Arrow(tail, head.key, head.derivative, colour, mark[2]))
        return arrows.values()

    def _group_arrows(self, single: Sequence[int], inside: IntArray) -> Iterable[Arrow]:
        """One arrow from whatever a group reads."""
        tape = self.tape
        consumer = tape.edge_consumers()
        read = (inside[consumer] >= 0) & self.drawn[tape.args] & (inside[consumer] != inside[tape.args])
        tails, heads = tape.args[read], inside[consumer[read]]
        shown = np.zeros(len(tape), dtype=bool)
        shown[single] = True
        # Nodes as they are, groups behind them, and what is left out last.
        n = len(tape)
        cut = n + int(inside.max(initial=-1)) + 1
        tails = np.where(inside[tails] >= 0, n + inside[tails], np.where(shown[tails], tails, cut))
        pairs = np.unique(heads * (cut + 1) + tails)
        new: dict[int, bool] = {}
        for head, tail in zip(*(column.tolist() for column in np.divmod(pairs, cut + 1)), strict=True):
            if head not in new:
                new[head] = self.derivative is not None and bool((self.holds[inside == head] < 0).all())
            key = f"n{tail}" if tail < n else f"g{tail - n}" if tail < cut else "cut"
            yield Arrow(key, f"g{head}", new[head])
