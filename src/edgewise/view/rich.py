"""What a notebook shows: formulas as LaTeX, graphs and ledgers as tables, capped in size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice
from typing import Any

from edgewise.differentiate import Derivative
from edgewise.frontends.sympy_out import to_latex
from edgewise.graph import Tape, node_text
from edgewise.view.explain import u
from edgewise.view.picture import SHOWN, Picture
from edgewise.view.scene import Scene
from edgewise.view.svg import MISSING, has_graphviz, image

__all__ = ["bundle", "graph_latex", "ledger", "table_html"]

ROWS = 30
"""Rows of a table; a line below says how many there are and how to see them."""

NODES = 400
"""The largest graph that is shown as LaTeX unasked."""


def graph_latex(tape: Tape) -> str | None:
    """The outputs as display LaTeX, None for a large graph."""
    return f"$\\displaystyle {to_latex(tape)}$" if len(tape) <= NODES else None


def table_html(headings: Sequence[str], rows: Iterable[Sequence[Any]], total: int, more: str) -> str:
    """A table of at most ROWS rows. Every cell is escaped: names are the user's."""
    head = "".join(f"<th>{escape(text)}</th>" for text in headings)
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in islice(rows, ROWS)
    )
    note = f"<p>{ROWS} of {total:,} rows; {escape(more)}</p>" if total > ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def bundle(scene: Scene, latex: str | None) -> dict[str, str]:
    """What Jupyter shows of a graph, by MIME type: the formula, the picture and the nodes or edges, capped in size."""
    picture = Picture(scene, scene.whole(SHOWN))
    made = {"text/plain": scene.title}
    parts = [f"<p><b>{escape(scene.title)}</b></p>"]
    if latex is not None:
        made["text/latex"] = latex
        parts.append(f"<p>{escape(latex)}</p>")
    if has_graphviz():
        made["image/svg+xml"] = picture.to_svg()
        caption = escape(picture.caption())
        parts.append(f"<p>{image(made['image/svg+xml'], scene.title)}<br>{caption}</p>")
    else:
        parts.append(f"<p>The picture needs pygraphviz: <code>{escape(MISSING)}</code></p>")
    tape, derivative = scene.tape, scene.derivative
    parts.append(_nodes(tape) if derivative is None else _edges(derivative))
    made["text/html"] = "".join(parts)
    return made


def _folded(summary: str, table: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{table}</details>"


def _nodes(tape: Tape) -> str:
    """The numbered list: node, operation, arguments, formula."""
    rows = (
        (u(i), tape.op(i).name, ", ".join(u(j) for j in tape.arguments(i)), node_text(tape, i, 60))
        for i in range(len(tape))
    )
    table = table_html(("node", "operation", "arguments", "formula"), rows, len(tape), "see .tape for all")
    return _folded(f"{len(tape):,} nodes", table)


def _formula(tape: Tape, node: int) -> str:
    """A node with its formula; a tensor's edge has no partial of its own."""
    return f"{u(node)} = {node_text(tape, node, 50)}" if node >= 0 else ""


def ledger(view: Any) -> dict[str, str]:
    """The ledger of a derivative graph."""
    return {"text/plain": repr(view), "text/html": _edges(view.derivative)}


def _edges(derivative: Derivative) -> str:
    """The ledger: each edge of 𝒢 with its partial and its product in ℬ."""
    base, tape, ledger = derivative.base, derivative.tape, derivative.ledger
    columns = (ledger.consumer, ledger.position, ledger.parent, ledger.partial, ledger.product)
    rows = (
        (
            f"{u(int(j))} → {u(int(i))}" + (f" (position {k})" if base.arguments(int(i)).count(int(j)) > 1 else ""),
            f"{base.op(int(i)).name}: {node_text(base, int(i), 40)}",
            _formula(tape, int(p)),
            _formula(tape, int(q)),
        )
        for i, k, j, p, q in zip(*columns, strict=True)
    )
    headings = ("edge of 𝒢", "operation", "local partial", "product")
    table = table_html(headings, rows, len(ledger), "see .edges for all")
    return _folded(f"{len(ledger):,} edges of 𝒢 and their derivative nodes", table)
