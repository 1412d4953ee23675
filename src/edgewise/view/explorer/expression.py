"""The function and its derivatives as formulas: each derivative is the sum of the products that arrive at its node.

A term is a product of the ledger. It goes through its own edge and through every edge from there to where its sweep
started: these are the edges of 𝒢 that light up with it on the explorer page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import product
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative, Elimination
from edgewise.graph import reached
from edgewise.view.explorer.page_formulas import Formulas, name_math
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

    `factors` are the derivatives that it is a product of, each as (of what, in what).
    """

    node: int
    text: str
    rows: Callable[[], Iterable[int]]
    factors: tuple[tuple[str, str], ...] = ()


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
        left = _derived(derivative, k) if _is_higher(derivative) else name_math(output_name(derivative, k))
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


def output_name(derivative: Derivative, k: int) -> str:
    """The name that generated source has for an output."""
    base = derivative.base
    alone = "out" if len(base.outputs) == 1 else f"out{k}"
    return str(base.labels.get(base.outputs[k], alone))


def _written(formulas: Formulas, node: int, term: _Term | None = None) -> dict[str, Any]:
    """A node as a formula; one that is too large as a product of derivatives, or as its last operation."""
    if node < 0:
        return {"minus": False, "html": "…"}
    whole = formulas.whole(node)
    if whole is None:
        if term is None or not term.factors:
            return {"minus": False, "html": formulas.step(node)}
        product = "<mo>·</mo>".join(
            _fraction(f"<mi>{escape(a)}</mi>", [f"<mi>{escape(b)}</mi>"]) for a, b in term.factors
        )
        return {"minus": False, "html": f"<math>{product}</math>"}
    return {"minus": whole[0], "html": whole[1]}


# --- which derivatives ----------------------------------------------------------------------------------------------


def _wanted(derivative: Derivative) -> Iterator[tuple[str, int, int, int]]:
    """Each derivative: its name as MathML, its sweep, the node of 𝒢 that it arrives at, and its node of ℬ."""
    wrt, outputs, kind = derivative.wrt.nodes, derivative.base.outputs, derivative.kind
    if kind == "vjp":
        pairs = [(f"<mover>{_input(derivative, j)}<mo>¯</mo></mover>", 0, j) for j in wrt]
    elif kind == "jvp":
        pairs = [
            (f"<mover>{name_math(output_name(derivative, k))}<mo>˙</mo></mover>", 0, o) for k, o in enumerate(outputs)
        ]
    elif kind == "taylor":
        pairs = [
            (f"<mi>c</mi><mn>{m}</mn><mo>[</mo>{name_math(output_name(derivative, k))}<mo>]</mo>", m - 1, o)
            for k, o in enumerate(outputs)
            for m in range(1, derivative.degrees + 1)
        ]
    elif kind == "hvp":
        pairs = [(f"<mi>hvp</mi>{_input(derivative, wrt[k])}", 0, o) for k, o in enumerate(outputs)]
    else:
        # A sweep belongs to an output in reverse and to an input in forward mode; an elimination's row to an output.
        pairs = [
            (_derived(derivative, k, a), *((k, j) if derivative.reverse else (a, o)))
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


def _input(derivative: Derivative, j: int) -> str:
    base = derivative.base
    return name_math(str(base.attrs[j])) if j in base.inputs else f"<mi>u⁽{j + 1}⁾</mi>"


def _pairs(derivative: Derivative) -> Iterator[tuple[int, int, int, int]]:
    """The places of the output and the wanted node of each derivative, and these nodes."""
    wrt, outputs = derivative.wrt.nodes, derivative.base.outputs
    places: Iterable[tuple[int, int]] = product(range(len(outputs)), range(len(wrt)))
    if derivative.indices is not None:
        places = zip(derivative.indices.rows.tolist(), derivative.indices.columns.tolist(), strict=True)
    return ((k, a, outputs[k], wrt[a]) for k, a in places)


def _is_higher(derivative: Derivative) -> bool:
    """Whether what is differentiated are derivatives."""
    return derivative.kind in ("hessian", "hvp") or (derivative.indices is not None and derivative.indices.order > 1)


def _derived(derivative: Derivative, k: int, a: int | None = None) -> str:
    """The derivative of output k in the a-th wanted node, as a fraction; of a gradient it is a second one."""
    wrt, above = derivative.wrt.nodes, name_math("out")
    taken = [] if a is None else [a]
    if derivative.indices is not None:
        below = derivative.indices.base
        taken = sorted([*below[k % len(below)], *taken])
        value = derivative.results[0].nodes
        alone = "out" if len(value) == 1 else f"out{k // len(below)}"
        above = name_math(str(derivative.tape.labels.get(value[k // len(below)], alone)))
    elif _is_higher(derivative):
        taken = [k % len(wrt), *taken]
    else:
        above = name_math(output_name(derivative, k))
    return _fraction(above, [_input(derivative, wrt[place]) for place in taken])


def _fraction(above: str, below: Sequence[str]) -> str:
    """A derivative of what is above in what is below, both MathML."""
    order = f"<msup><mi>∂</mi><mn>{len(below)}</mn></msup>" if len(below) > 1 else "<mi>∂</mi>"
    under = "".join(f"<mi>∂</mi>{name}" for name in below)
    return f"<mfrac><mrow>{order}{above}</mrow><mrow>{under}</mrow></mfrac>"


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
    start = [seed.node for seed in derivative.seeds if seed.sweep == sweep]
    for seed in derivative.seeds:
        if seed.sweep == sweep and seed.node == target and seed.value is not None:
            yield _Term(seed.value, scene.name(seed.value), tuple)
    ledger = derivative.ledger
    word = "grad_table" if derivative.reverse else "tangent"
    above = ledger.consumer if derivative.reverse else ledger.parent
    for row in arriving.get((sweep, target), []):
        i, k, j = (int(column[row]) for column in (ledger.consumer, ledger.position, ledger.parent))
        text = f"{word}[{scene.base_name(int(above[row]))}] · {scene.edge_name(i, k, j)}"
        if derivative.kind == "taylor":
            edge = scene.edge_name(i, k, j)
            text = f"along {edge}" if sweep else f"c1[{scene.base_name(j)}] · {edge}"
            yield _Term(int(ledger.product[row]), text, partial(_upwards, row, sweep, above, arriving))
            continue
        local = scene.base_name(i), scene.base_name(j)
        if derivative.reverse:
            factors = (output_name(derivative, sweep) if len(start) == 1 else "Σ", local[0]), local
        else:
            factors = local, (local[1], scene.base_name(start[0]))
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
        v = scene.base_name(int(record.vertex[k - n_edges]))
        text = f"∂{scene.base_name(i)}/∂{v} · ∂{v}/∂{scene.base_name(j)}"
        made = int(record.product[k - n_edges])
        starts = [part for part in (int(record.left[k]), int(record.right[k])) if part >= 0]
        local = (scene.base_name(i), v), (v, scene.base_name(j))
        yield _Term(made, text, partial(record.rows_below, starts), local)
