"""What a notebook shows of everything that is no graph: tables, small pictures and source, by MIME type.

Every maker takes the thing itself and returns at least HTML and text. Tables are capped and say how to see more. There
is no script and no style sheet: a site that shows stored notebooks may strip both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from typing import Any, Final

import numpy as np

from edgewise.graph import IntArray, Pattern, Tape, node_text
from edgewise.view.notebooks.rich import ROWS, folded, nodes_html, table_html
from edgewise.view.palette import LIGHT
from edgewise.view.pictures.label_formulas import Formula, named
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import image
from edgewise.view.plots.axes import figure_svg
from edgewise.view.plots.curve import plot_curve
from edgewise.view.spellings import number, plain

__all__ = [
    "check", "compiled", "cost", "evaluation", "grad_table", "ledger_entry", "pareto", "pattern", "program", "report",
    "schedule", "special_points", "tape", "tensor_cost",
]  # fmt: skip

Bundle = Mapping[str, str]

MET: Final = {None: "", True: "yes", False: "no"}

LINES: Final = 60
"""Lines of source that are shown."""

SMALL: Final = 2000
"""Operations up to which a compiled function's source is looked at unasked: to print more takes time."""

SPREAD: Final = 12
"""Points of a curve in its table, about."""

CELLS: Final = 60
"""Cells of the small picture of a sparsity pattern, either way."""


def _bundle(text: str, *parts: str, **more: str | None) -> Bundle:
    made = {"text/plain": text, "text/html": "".join(parts)}
    if svg := more.get("svg"):
        made["image/svg+xml"] = svg
    return made


def _heading(text: str) -> str:
    return f"<p><b>{escape(text)}</b></p>"


def _counts(rows: Iterable[tuple[str, Any]]) -> str:
    listed = [(name, f"{value:,}" if type(value) is int else str(value)) for name, value in rows]
    return table_html(("count", "value"), listed, len(listed), "")


# --- what is computed, and what it costs ----------------------------------------------------------------------------


def tape(tape: Tape) -> Bundle:
    """The numbered list."""
    title = f"<tape of {len(tape):,} nodes, {tape.n_edges:,} edges>"
    return _bundle(title, _heading(title), nodes_html(tape))


def program(program: Any) -> Bundle:
    """The statements in order with the range in which each value is held, and the counts."""
    tape, nodes = program.tape, program.nodes
    results = set(program.result_nodes[:ROWS])
    last = _last_reads(tape, nodes, program.result_nodes)
    names, u = program.names if len(nodes) <= SMALL else {}, tape.names.text

    def rows() -> Iterator[tuple[str, ...]]:
        for place, node in enumerate(nodes[:ROWS].tolist()):
            until = int(last[place])
            held = "to the end" if until == len(nodes) else f"to {until + 1:,}" if until >= 0 else "never read"
            yield (
                f"{place + 1:,}",
                names.get(node, u(node)) + (" (result)" if node in results else ""),
                node_text(tape, node, 60, {j: names.get(j, u(j)) for j in tape.arguments(node) if tape.arguments(j)}),
                held,
            )

    table = table_html(("step", "value", "is", "held"), rows(), len(nodes), "G.to_python() prints all of it")
    return _bundle(repr(program), _heading(repr(program)), table)


def _last_reads(tape: Tape, nodes: IntArray, results: Sequence[int]) -> IntArray:
    """The place of the last reading of each computed node; len(nodes) for a result, -1 for what nothing reads."""
    place = np.full(len(tape), -1)
    place[nodes] = np.arange(len(nodes))
    last = np.full(len(tape), -1)
    np.maximum.at(last, tape.args, place[tape.edge_consumers()])
    last[list(results)] = len(nodes)
    return last[nodes]


def cost(cost: Any) -> Bundle:
    """The counts, and the operations by kind."""
    rows = [(name.replace("_", " "), value) for name, value in cost.summary().items()]
    return _bundle(repr(cost), _counts(rows), _kinds(cost.by_kind), _places(cost))


def tensor_cost(cost: Any) -> Bundle:
    """The counts, polynomials in the named dimensions, and the operations by kind."""
    data = cost.to_data()
    return _bundle(repr(cost), _counts((name, value) for name, value in data.items() if name != "by_kind"),
                   _kinds(cost.by_kind), _places(cost))  # fmt: skip


def _places(cost: Any) -> str:
    """What costs most: edges of 𝒢, and lines of traced code; behind their summaries."""
    made = ""
    for heading, found in (("edge", cost.by_edge), ("line", cost.by_line)):
        if found:
            rows = [(name, str(part)) for name, part in islice(found.items(), ROWS)]
            table = table_html((heading, "operations"), rows, len(found), f"see .by_{heading} for all")
            made += folded(f"by {heading}", table)
    return made


def _kinds(by_kind: Mapping[str, int]) -> str:
    rows = [(name, f"{count:,}") for name, count in by_kind.items()]
    return table_html(("operation", "count"), rows, len(rows), "see .by_kind for all")


def report(report: Any) -> Bundle:
    """The rules that fired."""
    title = f"{report.before:,} operations → {report.after:,} (level {report.level})"
    rows = [(name, f"{count:,}") for name, count in report.rules.items()]
    return _bundle(str(report), _heading(title), table_html(("rule", "times"), rows, len(rows), "see .rules for all"))


def compiled(function: Any) -> Bundle:
    """The signature, and folded the beginning of the source that runs."""
    parts = [_heading(repr(function))]
    operations = function._program.operations
    if operations <= SMALL:
        lines = function.source.splitlines()
        text = f"<pre>{escape(chr(10).join(lines[:LINES]))}</pre>"
        if len(lines) > LINES:
            text += f"<p>{LINES} of {len(lines):,} lines; .source has all</p>"
        parts.append(folded(f"source of {len(lines):,} lines", text))
    else:
        parts.append(f"<p>{operations:,} operations; .source is the text that runs</p>")
    return _bundle(repr(function), *parts)


# --- curves ---------------------------------------------------------------------------------------------------------


def pareto(curve: Any) -> Bundle:
    """The points as a table, and the curve where matplotlib is installed."""
    points = curve.points
    svg = figure_svg(lambda axes: plot_curve(points, axes))
    shown = [*points[:: -(-len(points) // SPREAD)], points[-1]]
    rows = [(f"{held:,}", f"{operations:,}") for operations, held in dict.fromkeys(shown)]
    table = table_html(("values held at once", "operations"), rows, len(rows), "")
    if len(rows) < len(points):
        table += f"<p>{len(rows)} of {len(points):,} points; the curve is a sequence of them all</p>"
    return _bundle(repr(curve), image(svg, "operations against values held at once") if svg else "", table, svg=svg)


def schedule(schedule: Any) -> Bundle:
    """The two numbers, and what is computed again."""
    again = schedule.recomputed
    names = schedule._source.derivative.names
    rows = ((names.text(node), f"{times:,}") for node, times in again.items())
    table = table_html(("node", "again"), rows, len(again), "see .recomputed for all") if again else ""
    return _bundle(repr(schedule), _heading(repr(schedule)), table)


def pattern(pattern: Pattern) -> Bundle:
    """A small spy plot: a cell is as dark as the share of nonzeros in it."""
    m, n = pattern.shape
    size = max(m, n, 1) / min(max(m, n, 1), CELLS)
    tall, wide = (max(1, int(np.ceil(side / size))) for side in (m, n))
    cells = np.bincount(
        (pattern.rows / size).astype(np.int64) * wide + (pattern.columns / size).astype(np.int64), minlength=tall * wide
    )
    most, step = max(1, int(cells.max(initial=0))), 300 / max(tall, wide)
    marks = "".join(
        f'<rect x="{cell % wide * step:.5g}" y="{cell // wide * step:.5g}" width="{step:.5g}" height="{step:.5g}" '
        f'fill-opacity="{max(0.3, cells[cell] / most):.2g}"/>'
        for cell in np.flatnonzero(cells).tolist()
    )
    title = f"{pattern.nnz:,} nonzeros in {m:,} × {n:,} ({pattern.density:.2%})"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" width="{wide * step + 2:.5g}" '
        f'height="{tall * step + 2:.5g}" viewBox="-1 -1 {wide * step + 2:.5g} {tall * step + 2:.5g}"><title>{title}'
        f'</title><rect width="{wide * step:.5g}" height="{tall * step:.5g}" fill="{LIGHT.paper}" '
        f'stroke="{LIGHT.line}"/><g fill="{LIGHT.inks[0]}">{marks}</g></svg>'
    )
    return _bundle(repr(pattern), image(svg, title), f"<p>{title}; ew.plot_sparsity draws it with axes</p>", svg=svg)


# --- the ledger, numbers and checks ---------------------------------------------------------------------------------


def ledger_entry(entry: Any) -> Bundle:
    """The edge and its nodes of ℬ."""
    return _bundle(repr(entry), table_html(entry._fields, [tuple(entry)], 1, ""))


def grad_table(table: Any) -> Bundle:
    """Nodes of 𝒢 and the nodes of ℬ that hold their derivatives."""
    scene, names = Scene(table.derivative.tape, table.derivative, ""), table.derivative.names

    def rows() -> Iterator[tuple[Any, ...]]:
        for key, node in islice(table.items(), ROWS):
            sweep, j = key if isinstance(key, tuple) else (None, key)
            ends = Formula(named(names.base.symbol(j))), Formula(named(names.total(sweep or 0, j)))
            yield (*(() if sweep is None else (str(sweep),)), table.base.text(j, 60), *ends, scene.formula(node))

    several = isinstance(next(iter(table), 0), tuple)
    headings = (*(("sweep",) if several else ()), "𝒢", "node", "derivative", "computed as")
    return _bundle(repr(table), table_html(headings, rows(), len(table), "it is a mapping of them all"))


def evaluation(found: Any) -> Bundle:
    """The value of each node, and its derivative where a sweep stored one."""
    tape = found.tape
    headings = ("node", "formula", "value", *(("derivative",) if found.table else ()))

    def rows() -> Iterator[tuple[str, ...]]:
        for i in range(min(len(tape), ROWS)):
            row = (plain(str(tape.names.symbol(i))), node_text(tape, i, 60), number(found.values[i]))
            yield (*row, number(found.table[i]) if i in found.table else "") if found.table else row

    table = table_html(headings, rows(), len(tape), "see .values and .table for all")
    return _bundle(repr(found), _heading(repr(found)), table)


def special_points(points: Any) -> Bundle:
    """Kinks, jumps and edges of domains with the convention that holds there."""
    rows = ((p.name, p.operation, p.kind, p.condition, p.convention, p.line, MET[p.met]) for p in points.in_order())
    headings = ("node", "operation", "kind", "where", "convention", "line", "met")
    return _bundle(
        repr(points),
        table_html(headings, rows, len(points), "it is a list"),
    )


def check(check: Any) -> Bundle:
    """Whether a gradient agrees, and where it does not."""
    parts = [_heading("the gradient agrees" if check.agrees else "the gradient is wrong")]
    parts.append(f"<p>{escape(check.message)}</p>")
    if not check.agrees:
        row = (check.input, f"{check.expected:.8g}", f"{check.found:.8g}")
        parts.append(table_html(("derivative in", "expected", "found"), [row], 1, ""))
    return _bundle(check.message, *parts)
