"""What the ledger says of the nodes of ℬ that a picture shows: roles, headings, colours, and the places beside 𝒢."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from edgewise.differentiate import Derivative, result_places
from edgewise.graph.names import Quotient
from edgewise.view.pictures.label_formulas import named
from edgewise.view.spellings import plain

if TYPE_CHECKING:
    from edgewise.view.pictures.scene import Scene

__all__ = ["Notes", "notes_of"]

BoolArray = npt.NDArray[np.bool_]

FEW = 1000
"""So many edges are all numbered."""

ROWS = 5000
"""The most rows of the ledger that are looked at: after simplification one node may serve half a million edges."""


@dataclass(frozen=True)
class Notes:
    """What the ledger says of some nodes of ℬ.

    `heading` are formulas; `colours` the numbers of the edges that a node serves, `beside` the node of 𝒢 whose
    derivative it holds; `edges` names each colour's edge, `numbers` finds it by the edge, `edge_colour` by consumer and
    position as nodes of ℬ; `brings` is the colour of a partial on its way into a product of elimination; `fed` are the
    products and the derivatives from above that they take; `entries` say which entries of a matrix nodes are.
    """

    roles: dict[int, str] = field(default_factory=dict)
    colours: dict[int, list[int]] = field(default_factory=dict)
    heading: dict[int, str] = field(default_factory=dict)
    beside: dict[int, int] = field(default_factory=dict)
    edges: list[str] = field(default_factory=list)
    numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)
    edge_colour: dict[tuple[int, int], int] = field(default_factory=dict)
    brings: dict[tuple[int, int], int] = field(default_factory=dict)
    fed: set[tuple[int, int]] = field(default_factory=set)
    entries: dict[int, str] = field(default_factory=dict)


def notes_of(scene: Scene, shown: Sequence[int]) -> Notes:
    """What the ledger says of the shown nodes."""
    notes, derivative = Notes(), scene.derivative
    if derivative is None:
        return notes
    value, mask = (np.zeros(len(scene.tape) + 1, dtype=bool) for _ in range(2))  # the last entry is that of -1: no node
    value[list(shown)] = True
    mask[:-1] = value[:-1] & (scene.holds < 0)  # only ℬ's own nodes have something to be said of
    table = derivative.table
    names = derivative.names
    sweeps, targets, made = table.entries()
    there = mask[made]
    for sweep, j, node in zip(*(column[there].tolist() for column in (sweeps, targets, made)), strict=True):
        if node not in notes.heading:
            notes.heading[node] = named(names.total(sweep, j))
            notes.beside[node] = j
            notes.roles[node] = "sum"
    _number(scene, derivative, notes, mask, value)
    if derivative.elimination is None:
        _sweeps(scene, derivative, notes, mask)
    else:
        _joins(scene, derivative, notes, mask)
    if derivative.kind in ("jacobian", "hessian"):
        _entries(derivative, notes, value)
    begins = [seed.sweep for seed in derivative.seeds], [seed.node for seed in derivative.seeds]
    for node in (*derivative.starts(), *table.lookup(*begins).tolist()):
        if node >= 0 and mask[node]:
            notes.roles[node] = "seed"
            notes.colours.pop(node, None)
    return notes


def _number(scene: Scene, derivative: Derivative, notes: Notes, mask: BoolArray, value: BoolArray) -> None:
    """Number the edges that have something to show."""
    ledger, steps = derivative.ledger, derivative.elimination
    here = value[np.append(derivative.base_nodes, -1)[ledger.consumer]]
    here |= mask[ledger.product] | mask[ledger.partial] | mask[ledger.total]
    if steps is not None and len(ledger) < FEW:
        here[:] = True
    rows = np.flatnonzero(here)[:ROWS]
    for edge in ledger.rows("consumer position parent", rows):
        colour = notes.numbers.setdefault(edge, len(notes.numbers))
        if colour == len(notes.edges):
            notes.edges.append(scene.edge_name(*edge))
            notes.edge_colour[int(derivative.base_nodes[edge[0]]), edge[1]] = colour


def _sweeps(scene: Scene, derivative: Derivative, notes: Notes, mask: BoolArray) -> None:
    """Partials, products and sums of sweeps."""
    names, degrees = derivative.names, derivative.kind == "taylor"
    ledger, table = derivative.ledger, derivative.table
    rows = np.flatnonzero(mask[ledger.product] | mask[ledger.partial] | mask[ledger.total])[:ROWS]
    source = (ledger.consumer if derivative.reverse else ledger.parent)[rows]
    fed = table.lookup(ledger.sweep[rows], source)
    notes.fed.update(zip(ledger.product[rows].tolist(), fed.tolist(), strict=True))
    columns = "sweep consumer position parent partial product total"
    products: dict[int, list[str]] = {}
    written = zip(ledger.rows(columns, rows), fed.tolist(), strict=True)
    for (sweep, i, k, j, partial, product, total), arrived in written:
        edge = scene.edge(i, k, j)
        colour = notes.numbers.get((i, k, j), -1)
        for node, role in ((product, "product"), (partial, "partial"), (total, "sum")):
            if node < 0 or not mask[node]:
                continue
            if role == "product":
                notes.roles[node] = role
                if not degrees or node != arrived:  # an edge of slope 1 passes on what arrives as it is
                    source_name = named(names.total(sweep, i if derivative.reverse else j))
                    # Of Taylor coefficients of higher degrees an edge adds a sum of products.
                    through = f"along {edge}" if degrees and sweep else f"{source_name} · {edge}"
                    products.setdefault(node, []).append(through)
            else:
                notes.roles.setdefault(node, role)
            if role == "partial":
                notes.heading.setdefault(node, edge)
            if role != "sum" and colour >= 0 and colour not in notes.colours.setdefault(node, []):
                notes.colours[node].append(colour)
    for node, texts in products.items():
        if len(texts) == 1 and notes.roles[node] == "product":
            notes.heading[node] = f"{notes.heading[node]} = {texts[0]}" if node in notes.heading else texts[0]
        else:
            notes.heading.setdefault(node, f"{len(texts)} products")


def _joins(scene: Scene, derivative: Derivative, notes: Notes, mask: BoolArray) -> None:
    """Partials of the edges, and the products and sums that elimination makes of them.

    A product joins an edge into the vertex with one out of it, and is an edge past the vertex. It has no colour of its
    own, since it serves all edges of 𝒢 that take part: the arrows into it have those of the partials that they bring.
    """
    ledger, steps = derivative.ledger, derivative.elimination
    assert steps is not None
    written = np.flatnonzero(mask[ledger.partial])[:ROWS]
    for node, i, k, j in ledger.rows("partial consumer position parent", written):
        notes.roles[node] = "partial"
        notes.heading.setdefault(node, scene.edge(i, k, j))
        if (i, k, j) in notes.numbers:
            notes.colours.setdefault(node, []).append(notes.numbers[i, k, j])
    made = np.flatnonzero(mask[steps.product] | mask[steps.total[len(ledger) :]])[:ROWS]
    columns = "vertex tail head product total left right before"
    for v, j, i, product, total, *factors, before in steps.joins(columns, made):
        if mask[total] and total != product:
            notes.roles[total] = "sum"
            _call(notes, derivative, total)
            _bring(notes, derivative, before, total)
        if mask[product] and notes.roles.get(product) != "product":  # equal products are one node: the first names it
            notes.roles[product] = "product"
            _call(notes, derivative, product)
            name = notes.heading.get(product)
            through = f"{scene.ratio(i, v)} · {scene.ratio(v, j)}"
            notes.heading[product] = f"{name} = {through}" if name else through
            for factor in factors:
                _bring(notes, derivative, factor, product)


def _entries(derivative: Derivative, notes: Notes, value: BoolArray) -> None:
    """Which entries of the matrix nodes are, by the names of its row and column."""
    base, kind = derivative.names.base, derivative.kind.capitalize()
    rows, columns = result_places(derivative)
    wrt, outputs = derivative.wrt.nodes, derivative.base.outputs
    count: dict[int, int] = {}
    for node, row, column in zip(derivative.results[-1].nodes[:ROWS], rows.tolist(), columns.tolist(), strict=False):
        if value[node] and not (derivative.kind == "hessian" and row > column and node in count):  # one of two mirrored
            above = base.text(wrt[row] if derivative.kind == "hessian" else outputs[row])
            count[node] = count.get(node, 0) + 1
            place = (
                f"[{plain(above)}, {plain(base.text(wrt[column]))}]" if count[node] == 1 else f", {count[node]} entries"
            )
            notes.entries[node] = f"{kind} {place}".replace(" ,", ",")


def _call(notes: Notes, derivative: Derivative, node: int) -> None:
    """The derivative that a node stands for at the end, where it does."""
    name = derivative.names.symbol(node)
    if isinstance(name, Quotient):
        notes.heading.setdefault(node, named(name))


def _bring(notes: Notes, derivative: Derivative, record: int, node: int) -> None:
    """The arrow from an edge's partial into a node that it is a factor or a term of."""
    ledger = derivative.ledger
    if 0 <= record < len(ledger):
        edge = int(ledger.consumer[record]), int(ledger.position[record]), int(ledger.parent[record])
        if edge in notes.numbers:
            notes.brings.setdefault((int(ledger.partial[record]), node), notes.numbers[edge])
            notes.fed.add((node, int(ledger.partial[record])))
