"""The function and its derivatives as formulas: each derivative is the sum of the products that arrive at its node.

A term is a product of the ledger. It goes through its own edge and through every edge from there to where its sweep
started: these are the edges of 𝒢 that light up with it on the explorer page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative, Elimination
from edgewise.graph import reached
from edgewise.graph.names import Spelled
from edgewise.view.explanations.mathml import name_mathml
from edgewise.view.explorer.page_formulas import Formulas
from edgewise.view.pictures.scene import Scene

__all__ = ["DERIVATIVES", "FEW", "expression", "output_name"]

FUNCTIONS: Final = 6
"""Outputs whose formulas are shown; the rest is counted."""
DERIVATIVES: Final = 12
"""Derivatives that are shown as sums of terms, and terms of each; the rest is counted."""
FEW: Final = 4
"""Of a graph that is not in the page as a whole."""


@dataclass(frozen=True)
class _Term:
    """A node of ℬ that is summed; `rows` finds the ledger's rows that it goes through. `text` is the ledger's words.

    `factors` are the derivatives that it is a product of.
    """

    node: int
    text: str
    rows: Callable[[], Iterable[int]]
    factors: tuple[Spelled, ...] = ()


def expression(scene: Scene, formulas: Formulas, most: int = DERIVATIVES) -> dict[str, Any]:
    """What stands above the picture: formulas of the outputs, and of the derivatives term by term, as HTML.

    At most so many derivatives are shown, and so many terms of each; a term has the `rows` of the ledger that it goes
    through.
    """
    derivative = scene.known
    arriving = _arriving(derivative)
    base = derivative.base
    functions = []
    for k, output in enumerate(base.outputs[:FUNCTIONS]):
        node = int(derivative.base_nodes[output])
        left = name_mathml(output_name(derivative, k))
        functions.append({"left": f"<math>{left}</math>", "node": node, "terms": [_written(formulas, node)]})
    wanted = list(_wanted(derivative))
    shown = []
    for left, sweep, target, node in wanted[:most]:
        terms = list(_terms(scene, arriving, sweep, target, node))
        shown.append({
            "left": f"<math>{left}</math>",
            "node": node,
            "terms": [
                _written(formulas, term.node, term)
                | {"text": term.text, "node": term.node, "rows": sorted(term.rows())}
                for term in terms[:most]
            ],
            "left_out": max(0, len(terms) - most),
        })  # fmt: skip
    return {
        "functions": functions,
        "functions_left_out": max(0, len(base.outputs) - FUNCTIONS),
        "derivatives": shown,
        "derivatives_left_out": max(0, len(wanted) - most),
    }


def output_name(derivative: Derivative, k: int) -> Spelled:
    """The name of an output."""
    return derivative.names.base.symbol(derivative.base.outputs[k])


def _written(formulas: Formulas, node: int, term: _Term | None = None) -> dict[str, Any]:
    """A node as a formula; one that is too large as a product of derivatives, or as its last operation."""
    if node < 0:
        return {"minus": False, "html": "…"}
    whole = formulas.whole(node)
    if whole is None:
        if term is None or not term.factors:
            return {"minus": False, "html": formulas.step(node)}
        product = "<mo>·</mo>".join(map(name_mathml, term.factors))
        return {"minus": False, "html": f"<math>{product}</math>"}
    return {"minus": whole[0], "html": whole[1]}


# --- which derivatives ----------------------------------------------------------------------------------------------


def _wanted(derivative: Derivative) -> Iterator[tuple[str, int, int, int]]:
    """Each derivative: its name as MathML, its sweep, the node of 𝒢 that it arrives at, and its node of ℬ."""
    wrt, outputs, kind = derivative.wrt.nodes, derivative.base.outputs, derivative.kind
    if kind == "vjp":
        pairs = [(name_mathml(derivative.names.base.symbol(j), "¯"), 0, j) for j in wrt]
    elif kind == "jvp":
        pairs = [(name_mathml(output_name(derivative, k), "˙"), 0, o) for k, o in enumerate(outputs)]
    elif kind == "taylor":
        degrees = range(derivative.degrees)
        pairs = [(name_mathml(derivative.names.total(m, o)), m, o) for o in outputs for m in degrees]
    elif kind == "hvp":
        pairs = [(name_mathml(derivative.names.total(0, o)), 0, o) for o in outputs]
    else:
        # A sweep belongs to an output in reverse and to an input in forward mode; an elimination's row to an output.
        pairs = [
            (name_mathml(derivative.names.taken(o, j)), *((k, j) if derivative.reverse else (a, o)))
            for k, a, o, j in _pairs(derivative)
        ]
    sweeps, targets = np.array([pair[1] for pair in pairs]), np.array([pair[2] for pair in pairs])
    nodes = derivative.table.lookup(sweeps, targets) if pairs else sweeps
    if kind == "hessian":  # an entry that no sweep was asked for is its mirror image's
        mirrored = np.arange(len(pairs)).reshape(len(outputs), len(wrt)).T.ravel()
        found = np.where(nodes < 0, mirrored, np.arange(len(pairs)))
        sweeps, targets, nodes = sweeps[found], targets[found], nodes[found]
    for (name, *_), sweep, target, node in zip(pairs, sweeps.tolist(), targets.tolist(), nodes.tolist(), strict=True):
        yield name, sweep, target, node


def _pairs(derivative: Derivative) -> Iterator[tuple[int, int, int, int]]:
    """The places of the output and the wanted node of each derivative, and these nodes."""
    wrt, outputs = derivative.wrt.nodes, derivative.base.outputs
    places: Iterable[tuple[int, int]] = product(range(len(outputs)), range(len(wrt)))
    if derivative.indices is not None:
        places = zip(derivative.indices.rows.tolist(), derivative.indices.columns.tolist(), strict=True)
    return ((k, a, outputs[k], wrt[a]) for k, a in places)


# --- the terms ------------------------------------------------------------------------------------------------------


_Arriving = dict[tuple[int, int], list[int]]
"""The rows that arrive at a node of 𝒢 in a sweep."""


def _arriving(derivative: Derivative) -> _Arriving:
    found: _Arriving = {}
    if derivative.elimination is None:
        ledger = derivative.ledger
        ends = ledger.parent if derivative.reverse else ledger.consumer
        for row, place in enumerate(zip(ledger.sweep.tolist(), ends.tolist(), strict=True)):
            found.setdefault(place, []).append(row)
    return found


def _terms(scene: Scene, arriving: _Arriving, sweep: int, target: int, node: int) -> Iterator[_Term]:
    """What is summed in one derivative."""
    derivative = scene.known
    if derivative.elimination is not None:
        yield from _joined_terms(scene, derivative.elimination, derivative.base.outputs[sweep], target, node)
        return
    for seed in derivative.seeds:
        if seed.sweep == sweep and seed.node == target and seed.value is not None:
            yield _Term(seed.value, scene.name(seed.value), tuple)
    ledger = derivative.ledger
    above = ledger.consumer if derivative.reverse else ledger.parent
    for row in arriving.get((sweep, target), []):
        i, k, j = (int(column[row]) for column in (ledger.consumer, ledger.position, ledger.parent))
        names, edge = derivative.names, scene.edge_name(i, k, j)
        arrived = names.total(sweep, int(above[row]))
        text = f"{arrived} · {edge}"
        if derivative.kind == "taylor":
            text = f"along {edge}" if sweep else text
            yield _Term(int(ledger.product[row]), text, partial(_upwards, row, sweep, above, arriving))
            continue
        factors = arrived, names.partial(i, k, j)
        yield _Term(int(ledger.product[row]), text, partial(_upwards, row, sweep, above, arriving), factors)


def _upwards(row: int, sweep: int, above: Any, arriving: _Arriving) -> set[int]:
    """A row and all rows between it and the start of its sweep."""

    def rows(node: int) -> list[int]:
        return arriving.get((sweep, node), [])

    nodes = reached([int(above[row])], lambda node: [int(above[k]) for k in rows(node)])
    return {row, *(k for node in nodes for k in rows(node))}


def _joined_terms(scene: Scene, record: Elimination, output: int, target: int, node: int) -> Iterator[_Term]:
    """The products that were summed on the edge from a wanted node to an output, in the order in which they came."""
    derivative = scene.known
    if node < 0:
        return
    ledger = derivative.ledger
    n_edges = len(ledger)
    tail = np.concatenate((ledger.parent, record.tail))
    head = np.concatenate((ledger.consumer, record.head))
    ends = np.flatnonzero((tail == target) & (head == output) & (record.total == node))
    if not len(ends):  # the output is the wanted node itself, or the sum is known by another edge's
        yield _Term(node, scene.symbol(node), partial(record.rows_of, node))
        return
    chain, k = [], int(ends[-1])
    while k >= 0:
        chain.append(k)
        k = int(record.before[k])
    for k in reversed(chain):
        i, j = int(head[k]), int(tail[k])
        if k < n_edges:
            yield _Term(int(ledger.partial[k]), scene.edge_name(i, int(ledger.position[k]), j), partial(tuple, [k]))
            continue
        v, names = int(record.vertex[k - n_edges]), derivative.names
        factors = names.ratio(i, v), names.ratio(v, j)
        made = int(record.product[k - n_edges])
        starts = [part for part in (int(record.left[k]), int(record.right[k])) if part >= 0]
        yield _Term(made, " · ".join(map(str, factors)), partial(record.rows_below, starts), factors)
