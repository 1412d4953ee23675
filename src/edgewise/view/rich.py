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

__all__ = ["derivative_html", "graph_html", "graph_latex", "table_html"]

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


def graph_html(tape: Tape, title: str) -> str:
    """The numbered list: node, operation, arguments, formula."""
    rows = (
        (u(i), tape.op(i).name, ", ".join(u(j) for j in tape.arguments(i)), node_text(tape, i, 60))
        for i in range(len(tape))
    )
    table = table_html(("node", "operation", "arguments", "formula"), rows, len(tape), "see .tape for all")
    return f"<p><b>{escape(title)}</b></p>{table}"


def _formula(tape: Tape, node: int) -> str:
    """A node with its formula; a tensor's edge has no partial of its own."""
    return f"{u(node)} = {node_text(tape, node, 50)}" if node >= 0 else ""


def derivative_html(derivative: Derivative, title: str) -> str:
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
    return f"<p><b>{escape(title)}</b></p>{table}"
