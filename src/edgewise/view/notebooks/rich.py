"""What a notebook shows of graphs and ledgers: formulas, pictures and tables, capped in size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice
from typing import Any

from edgewise.differentiate import Derivative
from edgewise.errors import UnsupportedError
from edgewise.graph import Tape, node_text
from edgewise.view.notebooks.output_formulas import NODES, formulas_html
from edgewise.view.pictures.picture import SHOWN, Picture
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import MISSING, has_graphviz
from edgewise.view.spellings import at_position, raised, u
from edgewise.write.latex import to_latex

__all__ = ["derivative", "edges_html", "folded", "graph", "graph_latex", "ledger", "nodes_html", "table_html"]

ROWS = 30
"""Rows of a table; a line below says how many there are and how to see them."""


def graph_latex(tape: Tape) -> str | None:
    """The outputs as display LaTeX, None for a large graph, and for one with a constant that is no real number."""
    try:
        return f"$\\displaystyle {to_latex(tape)}$" if len(tape) <= NODES else None
    except UnsupportedError:
        return None


def table_html(headings: Sequence[str], rows: Iterable[Sequence[Any]], total: int, more: str) -> str:
    """A table of at most ROWS rows. Every cell is escaped: names are the user's."""
    left = "style='text-align:left;padding:.2em .9em .2em .3em'"  # some notebooks have no style of their own
    head = "".join(f"<th {left}>{escape(text)}</th>" for text in headings)
    body = "".join(
        "<tr>" + "".join(f"<td {left}>{raised(escape(str(cell)))}</td>" for cell in row) + "</tr>"
        for row in islice(rows, ROWS)
    )
    note = f"<p>{ROWS} of {total:,} rows; {escape(more)}</p>" if total > ROWS else ""
    return f"<table style='margin:.5em 0'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def graph(found: Any) -> dict[str, str]:
    """What Jupyter shows of a graph, by MIME type: the formula, the picture and the nodes or edges, capped in size."""
    scene, latex = found._scene(), found._repr_latex_()
    picture = Picture(scene, scene.whole(SHOWN))
    made = {"text/plain": scene.title}
    parts = [f"<p><b>{escape(scene.title)}</b></p>"]
    if latex is not None:
        made["text/latex"] = latex
    parts.append(formulas_html(scene))
    if has_graphviz():
        made["image/svg+xml"] = picture.to_svg()
        parts.append(picture.figure(made["image/svg+xml"]))
    else:
        parts.append(f"<p>The picture needs pygraphviz: <code>{escape(MISSING)}</code></p>")
    tape, derivative = scene.tape, scene.derivative
    if derivative is None:
        parts.append(folded(f"{len(tape):,} nodes", nodes_html(tape)))
    else:
        edges = f"{len(derivative.ledger):,} edges of 𝒢 and their derivative nodes"
        parts.append(folded(edges, edges_html(scene)))
    made["text/html"] = "".join(parts)
    return made


def folded(summary: str, inside: str) -> str:
    """A part of a page behind its summary."""
    return f"<details><summary>{escape(summary)}</summary>{inside}</details>"


def nodes_html(tape: Tape) -> str:
    """The numbered list: node, operation, arguments, formula."""
    rows = (
        (u(i), tape.op(i).name, ", ".join(u(j) for j in tape.arguments(i)), node_text(tape, i, 60))
        for i in range(len(tape))
    )
    return table_html(("node", "operation", "arguments", "formula"), rows, len(tape), "tape.rows() goes over all")


def _formula(scene: Scene, node: int) -> str:
    """A node, called as in the picture, with its formula; a tensor's edge has no partial of its own."""
    return f"{scene.symbol(node)} = {node_text(scene.tape, node, 50)}" if node >= 0 else ""


def ledger(view: Any) -> dict[str, str]:
    """The ledger of a derivative graph."""
    return {"text/plain": repr(view), "text/html": edges_html(_scene(view.derivative))}


def _scene(derivative: Derivative) -> Scene:
    return Scene(derivative.tape, derivative, "")


def derivative(found: Derivative) -> dict[str, str]:
    """A derivative as data."""
    text = (
        f"<{found.kind} as data: {len(found.tape):,} nodes, {len(found.ledger):,} edges of {len(found.base):,} nodes>"
    )
    return {"text/plain": text, "text/html": f"<p><b>{escape(text)}</b></p>{edges_html(_scene(found))}"}


def edges_html(scene: Scene) -> str:
    """The ledger: each edge of 𝒢 with its partial and its product in ℬ."""
    derivative = scene.known
    base, ledger = derivative.base, derivative.ledger
    rows = (
        (
            f"{u(j)} → {u(i)}{at_position(base, i, k, j)}", f"{base.op(i).name}: {node_text(base, i, 40)}",
            _formula(scene, p), _formula(scene, q),
        )
        for i, k, j, p, q in ledger.rows("consumer position parent partial product", slice(ROWS))
    )  # fmt: skip
    headings = ("edge of 𝒢", "operation", "local partial", "product")
    return table_html(headings, rows, len(ledger), "see .edges for all")
