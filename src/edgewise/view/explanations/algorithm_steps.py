"""The algorithms' steps as lines of text, with the nodes' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.evaluate import Step
from edgewise.graph import node_text
from edgewise.ops import CONST, INPUT
from edgewise.view.spellings import at_position, number, plain

__all__ = ["Steps", "edge_formulas", "edge_rule", "value_words"]

_TITLES = {
    "6.1": "Algorithm 6.1, forward propagation: every value from its parents",
    "6.2": "Algorithm 6.2, back-propagation: grad_table from the output down, one product for each edge",
    "forward": "Forward accumulation: tangents from the chosen input up, one product for each edge",
    "6.5": "Algorithm 6.5, build_grad: grad_table from the output down, one bprop for each edge",
    "taylor": "Taylor arithmetic: coefficients along the curve, degree by degree, one product for each edge",
    "elimination": "Vertex elimination: every edge into a vertex is joined with every edge out of it",
}


def edge_formulas(derivative: Derivative) -> Iterator[str]:
    """For each row of the ledger, its product as a formula in 𝒢's values and in what had arrived at the edge's end.

    Of Taylor coefficients it is one in the coefficients of 𝒢's nodes.

    >>> from edgewise import parse
    >>> list(edge_formulas(parse("A @ x", shapes="A: m,n; x: n").vjp("x").derivative))
    ['A.T @ grad_table[out]']
    """
    tape, ledger, reverse = derivative.tape, derivative.ledger, derivative.reverse
    u = derivative.names.base.text
    names = {place: u(j) for j, place in enumerate(derivative.base_nodes.tolist()) if place >= 0}
    if derivative.kind == "taylor":
        spoken: dict[tuple[int, int], str] = {(0, seed.node): f"c1[{u(seed.node)}]" for seed in derivative.seeds}
        for sweep, i, product in ledger.rows("sweep consumer product"):
            if (sweep, i) not in spoken:  # what has been spoken of before is called by its name
                for place, name in spoken.items():
                    node = int(derivative.table.lookup(*place))
                    if tape.ops[node] != CONST:
                        names.setdefault(node, name)
                spoken = {(sweep, i): f"c{sweep + 1}[{u(i)}]"}
            yield node_text(tape, product, 120, names)
        return
    source = ledger.consumer if reverse else ledger.parent
    table = "grad_table" if reverse else "tangent"
    arrived = derivative.table.lookup(ledger.sweep, source).tolist()
    for j, place, product in zip(source.tolist(), arrived, ledger.product.tolist(), strict=True):
        known = place in names or place < 0 or tape.ops[place] == CONST
        if not known:
            names[place] = f"{table}[{u(j)}]"
        yield node_text(tape, product, 120, names)
        if not known:
            del names[place]


class Steps(tuple[Step, ...]):
    """The steps of the algorithms, a tuple that prints as their lines, with the nodes' names.

    >>> import edgewise as ew
    >>> steps = ew.parse("sin(x)").gradient().steps(x=0.0)
    >>> print(steps)
    Algorithm 6.1, forward propagation: every value from its parents
      x ← 0
      out ← sin(x) = 0
    <BLANKLINE>
    Algorithm 6.2, back-propagation: grad_table from the output down, one product for each edge
      grad_table[out] ← 1
      grad_table[x] ← grad_table[out] · ∂out/∂x = 1   (∂out/∂x = 1)
    >>> steps[-1].edge, len(steps)
    (Edge(consumer=1, position=0, parent=0), 4)
    """

    _derivative: Derivative

    @classmethod
    def of(cls, derivative: Derivative, steps: Iterable[Step]) -> Steps:
        """The recorded steps of a derivative graph."""
        made = cls(steps)
        made._derivative = derivative
        return made

    def lines(self) -> Iterator[str]:
        """One line for each step; a heading, and before it an empty line, where an algorithm begins."""
        # Edges between tensors have no partial: their product is written as a formula. So is that of several
        # coefficients.
        formula = edge_formulas(self._derivative)
        current = before = ""
        arrived: set[tuple[int, int]] = set()
        taylor = self._derivative.kind == "taylor"
        for step in self:
            if step.algorithm != current:
                if current:
                    yield ""
                current, arrived = step.algorithm, set()
                yield _TITLES[current]
            if step.action == "seed" and before != "seed":
                arrived = set()  # another sweep, and an empty table
            before = step.action
            written = next(formula, "") if step.action == "edge" and (taylor or step.partial is None) else ""
            place = step.node, step.degree
            yield "  " + _line(self._derivative, step, place in arrived and step.action == "edge", written)
            arrived.add(place)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def frames(self, path: str | Path) -> None:
        """Write the run as pictures, one SVG for each step, into a folder or a file that ends in .zip; into one in
        .svg as a film, which plays by itself wherever pictures are shown.

        In each, what the step uses and makes has heavy lines, and what comes later is faint; the step's line stands
        below. Of a graph of more than 300 nodes those nearest to the outputs are drawn. InputError for a place that
        cannot be written, LoweringError without pygraphviz.

        >>> import edgewise as ew, tempfile, zipfile
        >>> steps = ew.parse("sin(x)*y").gradient().steps(x=1.0, y=2.0)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     steps.frames(f"{folder}/run.zip")
        ...     names = zipfile.ZipFile(f"{folder}/run.zip").namelist()
        >>> len(names) == len(steps), names[0]
        (True, 'step-001.svg')
        """
        from edgewise.view.pictures.frames import saved

        saved(self._derivative, list(self._shots()), path)

    def _shots(self) -> Iterator[tuple[str, dict[int, Any]]]:
        """Each step's line, and the nodes of ℬ that it stands for."""
        derivative = self._derivative
        ledger, record, places = derivative.ledger, derivative.elimination, derivative.base_nodes.tolist()
        rows = ledger.rows("partial product total" if record is None else "partial")
        joins = iter(()) if record is None else record.joins("product total")
        stands = iter(()) if record is None else iter(record.total.tolist())
        ops, swept = derivative.tape.ops, set(ledger.sweep.tolist())
        seeds = sorted((seed for seed in derivative.seeds if seed.sweep in swept), key=lambda seed: seed.sweep)
        starts = iter([int(derivative.table.lookup(seed.sweep, seed.node)) for seed in seeds])
        lines = (line.strip() for line in self.lines() if line.startswith("  "))
        for step, line in zip(self, lines, strict=True):
            if step.action == "seed":
                nodes = {next(starts): step.value}
            elif step.action == "edge":
                partial, product, total = next(rows)
                nodes = {partial: step.partial, product: step.product, total: step.value}
            elif step.action == "partial":
                nodes = {next(rows)[0]: step.partial, next(stands): step.value}
            elif step.action == "join":
                product, total = next(joins)
                nodes = {product: step.product, total: step.value}
            else:
                nodes = {places[step.node]: step.value}
            # A partial that is a number is one with all that are this number.
            told = [node for node in nodes if node >= 0 and (step.action == "seed" or ops[node] != CONST)]
            yield line, {node: nodes[node] for node in told}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        shown = list(islice(self.lines(), SHOWN))
        if len(self) > len(shown):
            shown.append(f"… {len(self) - SHOWN:,} more steps; print(…) shows all")
        text = "\n".join(shown)
        return {"text/plain": text, "text/html": f"<pre>{escape(text)}</pre>"}

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]


SHOWN: Final = 200
"""Lines that a notebook shows unasked."""


def value_words(derivative: Derivative, node: int) -> str:
    """What a node of 𝒢 is computed as, from its arguments' names; a constant as a number, "" for an input."""
    tape, u = derivative.base, derivative.names.base.text
    if tape.ops[node] in (INPUT, CONST):
        return u(node) if tape.ops[node] == CONST else ""
    return node_text(tape, node, names={j: u(j) for j in tape.arguments(node)})


def edge_rule(derivative: Derivative, consumer: int, position: int, parent: int) -> str:
    """What makes the product of an edge between tensors, by name: bprop, or upwards jvp, of its ends."""
    u, word = derivative.names.base.text, "bprop" if derivative.reverse else "jvp"
    return f"{word}({u(consumer)}, {u(parent)}){at_position(derivative.base, consumer, position, parent)}"


def _so_far(here: Any, stored: Any) -> str:
    """What stands on an edge, where it is more than what has come."""
    return "" if np.array_equal(here, stored) else f", so far {number(stored)}"


def _line(derivative: Derivative, step: Step, again: bool, formula: str) -> str:
    node, tape, names = step.node, derivative.base, derivative.names
    u = names.base.text
    own = plain(str(names.base.symbol(node)))
    if step.action in ("input", "constant"):
        return f"{own} ← {value_words(derivative, node) or number(step.value)}"
    if step.action == "operation":
        return f"{own} ← {value_words(derivative, node)} = {number(step.value)}"
    upward = step.algorithm in ("forward", "taylor")
    table = f"c{step.degree}" if step.algorithm == "taylor" else "tangent" if upward else "grad_table"
    if step.action == "seed":
        return f"{table}[{own}] ← {number(step.value)}"
    assert step.edge is not None
    i, k, j = step.edge
    if step.action == "join":
        total = _so_far(step.product, step.value)
        factors = f"{names.ratio(i, node)} · {names.ratio(node, j)}"
        return f"eliminate {own}: {names.ratio(i, j)} gets {factors} = {number(step.product)}{total}"
    if step.action == "partial":
        total = _so_far(step.partial, step.value)
        return f"{names.ratio(i, j)}{at_position(tape, i, k, j)} ← {number(step.partial)}{total}"
    partial = str(names.partial(i, k, j))
    sign = "+=" if again else "←"
    total = f", so far {number(step.value)}" if again else ""
    if step.degree > 1:
        made = f"{formula} = " if formula != number(step.product) else ""
        return f"{table}[{own}] {sign} {made}{number(step.product)}{total}"
    if step.partial is None:
        rule = edge_rule(derivative, i, k, j)
        made = f" = {formula}" if formula not in ("", number(step.product)) else ""
        return f"{table}[{own}] {sign} {rule}{made} = {number(step.product)}{total}"
    factors = f"{table}[{u(j if upward else i)}] · {partial}"
    return f"{table}[{own}] {sign} {factors} = {number(step.product)}   ({partial} = {number(step.partial)}){total}"
