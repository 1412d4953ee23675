"""What the explorer page is told of a derivative graph, as plain data: nodes, the ledger's rows, joins, source.

Of a large graph the page gets the part that is drawn and what belongs to it, and its numbers as they were when it was
written; of a smaller one everything, so that it can compute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.errors import LoweringError
from edgewise.graph.names import Quotient
from edgewise.lower import Source, js_operations
from edgewise.ops import CONST, INPUT, Op, shape_text
from edgewise.view.explanations.algorithm_steps import edge_formulas, edge_rule, value_words
from edgewise.view.explorer.expression import DERIVATIVES, FEW, expression, output_name
from edgewise.view.explorer.page_formulas import Formulas
from edgewise.view.pictures.scene import Scene
from edgewise.view.spellings import at_position
from edgewise.view.spellings import number as written_out

__all__ = ["WHOLE", "PageData", "number"]

WHOLE: Final = 2000
"""Nodes, and rows of the ledger, up to which a page holds everything, simplification too, and its numbers are live."""
CUT: Final = 1000
"""Nodes of a larger graph that are in the page: those with which the sweep begins."""
MATHEMATICS: Final = 1200
"""Nodes up to which each has its formula as MathML, which is long; of more, the label of its box is shown instead."""
ROWS: Final = 1000
"""Rows of the ledger, lines of source and results of a larger graph."""


def number(value: Any) -> Any:
    """A number of JSON; what JSON has no number for is its name, and an array is text."""
    if isinstance(value, bool):
        return value
    if np.ndim(value):
        return {"text": written_out(value), "shape": shape_text(np.shape(value)), "ok": bool(np.isfinite(value).all())}
    plain = float(value)
    return plain if np.isfinite(plain) else repr(plain)


@dataclass(frozen=True, eq=False)
class PageData:
    """A scene with the numbers of all its nodes (None where there are none), of which the page gets a part."""

    scene: Scene
    values: Sequence[Any] | None
    random: Mapping[str, int] | None = None

    @cached_property
    def derivative(self) -> Derivative:
        """The derivative that is shown."""
        return self.scene.known

    @cached_property
    def whole(self) -> bool:
        """Whether all of the graph is in the page."""
        return len(self.scene.tape) <= WHOLE and len(self.derivative.ledger) <= WHOLE

    @cached_property
    def live(self) -> bool:
        """Whether the page can compute: all nodes are there, numbers, and operations that JavaScript has."""
        return self.whole and not self.scene.tensors and bool(self.arithmetic)

    @cached_property
    def arithmetic(self) -> str:
        """The functions of the operations in JavaScript, in the order of `operations`; "" where it lacks one."""
        try:
            return js_operations(list(self.operations))
        except LoweringError:
            return ""

    @cached_property
    def operations(self) -> dict[tuple[Op, Any], int]:
        """The operations of the graph with their parameters, numbered as they first come."""
        tape, found = self.scene.tape, dict[tuple[Op, Any], int]()
        for i, op, _ in tape.rows() if self.whole else ():
            if op not in (INPUT, CONST):
                found.setdefault(self._operation(i), len(found))
        return found

    def _operation(self, node: int) -> tuple[Op, Any]:
        tape = self.scene.tape
        return tape.op(node), tape.attrs.get(node)

    @cached_property
    def drawn(self) -> list[int]:
        """The nodes of the picture."""
        if self.whole:
            return self.scene.whole()
        return sorted(node for node in self._begun[1] if self.scene.drawn[node])

    @cached_property
    def rows(self) -> list[int]:
        """The rows of the ledger in the page, in the order of the sweep."""
        return list(range(len(self.derivative.ledger))) if self.whole else self._begun[0]

    @cached_property
    def _begun(self) -> tuple[list[int], set[int]]:
        """The rows with which the sweep begins, and their nodes of either graph: as many as CUT allows."""
        ledger, places = self.derivative.ledger, self.derivative.base_nodes
        rows, nodes = list[int](), set[int]()
        last = len(ledger) - 1
        for k in range(len(ledger)):
            row = last - k if self.derivative.elimination else k  # there the rows begin at the inputs
            columns = (ledger.partial, ledger.product, ledger.total)
            ends = (places[ledger.consumer[row]], places[ledger.parent[row]])
            more = {*(int(column[row]) for column in columns), *map(int, ends)} - {-1}
            if len(nodes | more) > CUT:
                break
            rows.append(row)
            nodes |= more
        return sorted(rows), nodes

    @cached_property
    def trouble(self) -> int:
        """The first node whose value is not finite, -1 for none."""
        if self.values is None:
            return -1
        if self.scene.tensors:
            return next((i for i, value in enumerate(self.values) if not np.all(np.isfinite(value))), -1)
        broken = np.flatnonzero(~np.isfinite(np.array(self.values, dtype=np.float64)))
        return int(broken[0]) if len(broken) else -1

    @cached_property
    def nodes(self) -> list[int]:
        """The nodes that the page knows of."""
        if self.whole:
            return list(range(len(self.scene.tape)))
        derivative, rows = self.derivative, self.rows
        ledger, places = derivative.ledger, derivative.base_nodes
        ends = np.concatenate((ledger.consumer[rows], ledger.parent[rows]))
        columns = [ledger.partial[rows], ledger.product[rows], ledger.total[rows], places[ends]]
        table = np.array([made for _, _, made in self.table()], dtype=np.int64)
        results = [node for result in derivative.results for node in result.nodes[:ROWS]]
        found = {*self.drawn, *results, self.trouble, *np.concatenate((*columns, table)).tolist()}
        return sorted(found - {-1})

    def table(self) -> list[tuple[int, int, int]]:
        """grad_table: (sweep, node of 𝒢, node of ℬ), for the nodes of 𝒢 that are drawn and the wanted ones."""
        derivative = self.derivative
        sweep, node, made = derivative.table.entries()
        if not self.whole:
            shown = np.isin(derivative.base_nodes[node], self.drawn) | np.isin(node, derivative.wrt.nodes)
            sweep, node, made = (column[shown][:ROWS] for column in (sweep, node, made))
        return list(zip(sweep.tolist(), node.tolist(), made.tolist(), strict=True))

    def lines(self, node: int) -> int:
        """How many numbers stand in a node's box: its value, and a derivative where the table has one."""
        if self.values is None or (self.scene.tape.ops[node] == CONST and self.scene.is_new(node)):
            return 0
        return 1 if self.scene.is_new(node) else 1 + (int(self.scene.holds[node]) in self._arrived)

    @cached_property
    def _arrived(self) -> set[int]:
        """The nodes of 𝒢 that the table has."""
        return set(self.derivative.table.entries()[1].tolist())

    # --- what the page is told ----------------------------------------------------------------------------------

    def nodes_data(self, formulas: Formulas) -> list[dict[str, Any]]:
        """Each node: its name, formula and operation."""
        scene, tape = self.scene, self.scene.tape
        found, written = [], len(self.nodes) <= MATHEMATICS
        for i in self.nodes:
            op, args = tape.op(i), tape.arguments(i)
            node: dict[str, Any] = {"id": i, "name": scene.symbol(i), "new": scene.is_new(i)}
            if written:
                node["math"] = formulas.step(i)
            if tape.ops[i] == INPUT:
                node["input"] = str(tape.attrs[i])
            elif tape.ops[i] == CONST:
                node["value"] = number(tape.attrs[i])
            else:
                node["op"], node["args"] = op.name, args
                if self.live:
                    node["function"] = self.operations[self._operation(i)]
            if self.values is not None and not self.live:
                node["number"] = number(self.values[i])
            if lines := self.lines(i):
                node["lines"] = lines
            if line := tape.line(i):
                node["line"] = line
            found.append(node)
        return found

    def inputs(self) -> list[dict[str, Any]]:
        """The inputs' values to start from."""
        inputs = self.scene.tape.inputs if self.whole else ()
        return [{"node": i, "value": None if self.values is None else number(self.values[i])} for i in inputs]

    def edges(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """The ledger's rows. `key` numbers the edges of 𝒢; `colour` is that of its class in the picture, -1 for none.

        `names` are those of the picture's edges in the order in which the ledger first names them.
        """
        scene, ledger = self.scene, self.derivative.ledger
        columns = ("sweep", "consumer", "position", "parent", "partial", "product", "total")
        keys: dict[tuple[int, int, int], tuple[int, int]] = {}
        found, coloured = [], 0
        for row in self.rows:
            facts = {name: int(getattr(ledger, name)[row]) for name in columns}
            edge = facts["consumer"], facts["position"], facts["parent"]
            name = scene.edge_name(*edge)
            if edge not in keys:
                here = coloured < len(names) and names[coloured] == name
                keys[edge] = len(keys), coloured if here else -1
                coloured += here
            key, colour = keys[edge]
            found.append({**facts, "name": name, "key": key, "colour": colour})
        if self.scene.tensors or self.derivative.kind == "taylor":
            for row, edge_data, formula in zip(self.rows, found, edge_formulas(self.derivative), strict=False):
                edge_data.update(rule=edge_rule(self.derivative, *self._edge(row)), formula=formula)
        record = self.derivative.elimination
        if record is not None:  # what stands on the edge when parallel edges have become one
            for row, edge_data in zip(self.rows, found, strict=True):
                which = at_position(self.derivative.base, *self._edge(row))
                edge_data.update(stands=int(record.total[row]), before=int(record.before[row]), which=which)
        return found

    def _edge(self, row: int) -> tuple[int, int, int]:
        """The edge of 𝒢 of a row: consumer, position and parent."""
        ledger = self.derivative.ledger
        return int(ledger.consumer[row]), int(ledger.position[row]), int(ledger.parent[row])

    def expression(self, formulas: Formulas, edges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The formulas; a term has the keys of the edges in the page that it goes through."""
        found = expression(self.scene, formulas, DERIVATIVES if self.whole else FEW)
        keys = dict(zip(self.rows, (edge["key"] for edge in edges), strict=True))
        for line in found["derivatives"]:
            for term in line["terms"]:
                term["keys"] = sorted({keys[row] for row in term.pop("rows") if row in keys})
        return found

    def base(self) -> dict[str, Any]:
        """𝒢's nodes as the page needs them: by name, and which node of ℬ holds each value."""
        derivative, scene = self.derivative, self.scene
        ledger, rows = derivative.ledger, self.rows
        known, outputs = set(self.nodes), derivative.base.outputs[:ROWS]
        held = derivative.base_nodes.tolist()
        named = {int(j) for j in np.concatenate((ledger.consumer[rows], ledger.parent[rows]))}
        if self.whole:
            named |= set(range(len(derivative.base)))
        named |= {j for _, j, _ in self.table()} | {*outputs, *derivative.wrt.nodes[:ROWS]}
        base, own = derivative.base, scene.base_names
        inputs = [j for j in base.inputs if j in named]
        computed = [*inputs, *sorted(named.difference(inputs))]
        return {
            "below": {j: f"({scene.base_name(j)})" for j in sorted(named) if isinstance(own.symbol(j), Quotient)},
            "names": {j: scene.base_name(j) for j in sorted(named)},
            "places": {j: held[j] for j in sorted(named) if held[j] in known},
            "evaluated": [
                [j, value_words(derivative, j), int(base.ops[j] == CONST)] for j in computed if held[j] in known
            ],
            "wrt": list(derivative.wrt.nodes[:ROWS]),
            "outputs": [{"node": o, "name": str(output_name(derivative, k))} for k, o in enumerate(outputs)],
        }

    def joins(self) -> list[dict[str, Any]] | None:
        """The products of an elimination in the order in which they came; records as `Elimination` numbers them."""
        record = self.derivative.elimination
        if record is None:
            return None
        names = "vertex tail head product total left right before"
        return [dict(zip(names.split(), row, strict=True)) for row in record.joins(names)] if self.whole else []

    def seeds(self) -> list[dict[str, Any]]:
        """Where each sweep starts: a node of 𝒢, and the node of ℬ that it is, -1 where none is."""
        seeds = self.derivative.seeds[:ROWS]
        return [
            {"sweep": seed.sweep, "node": seed.node, "value": -1 if seed.value is None else seed.value}
            for seed in seeds
        ]

    def source(self, source: Source) -> list[dict[str, Any]]:
        """The lines of the source and the nodes that each computes; of a long one those of the nodes in the page."""
        computed = source.computed()
        known = set(self.nodes)
        found: list[dict[str, Any]] = []
        left = 0
        for place, line in enumerate(source.text.splitlines(), 1):
            nodes = [node for node in computed.get(place, ()) if node in known]
            frame = not line.startswith("    ") or line.startswith("    return")
            kept = self.whole or (len(found) < ROWS and len(line) < ROWS and bool(nodes or frame))
            if kept and left:
                found.append({"text": f"    # … {left:,} more lines", "nodes": []})
                left = 0
            if kept:
                found.append({"text": line, "nodes": nodes})
            else:
                left += 1
        return [*found, {"text": f"    # … {left:,} more lines", "nodes": []}] if left else found

    def note(self) -> str:
        """What the page cannot do, in a line; empty where it can do all."""
        tape = self.scene.tape
        if not self.whole:
            return (
                f"This page holds {len(self.nodes):,} of {len(tape):,} nodes, those with which the sweep begins, and"
                " the numbers of the moment it was written: explore a part, or a smaller graph, to move the inputs."
            )
        if self.scene.tensors:
            told = "Inputs are arrays, which no slider holds"
            names = [f"{parameter.name}=…" for parameter in tape.parameters[:3]]
            yours = f"explore({', '.join(names)}{', …' if len(tape.parameters) > 3 else ''})"
            if self.values is None:
                return f"{told}; {yours} shows values and gradients."
            if self.random is None:
                return f"{told}: these are the numbers of the moment the page was written."
            sizes = ", ".join(f"{name} = {size}" for name, size in self.random.items())
            return f"{told}: these are random numbers{sizes and f' for {sizes}'}; {yours} shows yours."
        if not self.live:
            return "The graph has operations that only Python computes: the numbers stay as they are."
        return ""
