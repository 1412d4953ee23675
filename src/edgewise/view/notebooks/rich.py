"""What a notebook shows of graphs and ledgers: formulas, pictures and tables, capped in size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import Any, Final

from edgewise.differentiate import Derivative
from edgewise.errors import UnsupportedError
from edgewise.graph import Tape, node_text
from edgewise.view.notebooks.output_formulas import NODES, formulas_html
from edgewise.view.pictures.label_formulas import Formula, named
from edgewise.view.pictures.picture import SHOWN, Picture
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import MISSING, has_graphviz
from edgewise.write.latex import to_latex

__all__ = [
    "derivative",
    "edges_html",
    "edges_text",
    "folded",
    "graph",
    "graph_latex",
    "ledger",
    "nodes_html",
    "table_html",
]

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
        "<tr>" + "".join(f"<td {left}>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in islice(rows, ROWS)
    )
    note = f"<p>{ROWS} of {total:,} rows; {escape(more)}</p>" if total > ROWS else ""
    return f"<table style='margin:.5em 0'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _cell(cell: Any) -> str:
    """Text, or a formula with its names set as mathematics."""
    return cell.html if isinstance(cell, Formula) else escape(str(cell))


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
    names = tape.names

    def said(nodes: Sequence[int]) -> Formula:
        return Formula(", ".join(named(names.spelled(j)) for j in nodes))

    rows = (
        (Formula(named(names.symbol(i))), tape.op(i).name, said(tape.arguments(i)), node_text(tape, i, 60))
        for i in range(len(tape))
    )
    return table_html(("node", "operation", "arguments", "formula"), rows, len(tape), "tape.rows() goes over all")


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


EDGES: Final = ("edge of 𝒢", "derivative", "local partial", "product")
"""The headings of the ledger."""


def _edges(scene: Scene) -> Iterator[tuple[Formula, ...]]:
    """The first rows of the ledger."""
    columns = "consumer position parent partial product"
    return (scene.edge_row(*row) for row in scene.known.ledger.rows(columns, slice(ROWS)))


def edges_html(scene: Scene) -> str:
    """The ledger: each edge of 𝒢 with its partial and its product in ℬ."""
    return table_html(EDGES, _edges(scene), len(scene.known.ledger), "see .edges for all")


def edges_text(derivative: Derivative) -> str:
    """The same as text.

    >>> from edgewise import parse
    >>> print(edges_text(parse("c = x*y; sin(c)").gradient().derivative))
    edge of 𝒢   derivative   local partial   product
    c → out     ∂out/∂c      u5 = cos(c)     ∂out/∂c = 1·u5
    y → c       ∂c/∂y        x               ∂out/∂y = ∂out/∂c·x
    x → c       ∂c/∂x        y               ∂out/∂x = ∂out/∂c·y
    """
    rows = [EDGES, *([cell.unicode for cell in row] for row in _edges(_scene(derivative)))]
    widths = [max(len(row[k]) for row in rows) for k in range(len(EDGES))]
    lines = ["   ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    left = len(derivative.ledger) - (len(rows) - 1)
    return "\n".join([*lines, *([f"… {left:,} more edges"] if left else [])])
