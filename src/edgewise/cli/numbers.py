"""The commands that give numbers: eval, steps, check, rounding, certify, compare, cost."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path
from typing import Any, Final

import edgewise as ew
from edgewise import accuracy
from edgewise.cli.app import EXPRESSION, JSON, OUT, RANGE, SHAPE, WHERE, WRT, Option, command, path_of
from edgewise.cli.reading import arrays, function, load, names, point, running, values, written
from edgewise.cli.reading import ranges as ranges_of
from edgewise.cli.writing import as_json, emit, flat, note_nan
from edgewise.errors import InputError

DEAREST: Final = 5
"""The most edges and lines that `cost` lists."""

__all__ = ["certify", "check", "compare", "cost", "evaluate", "rounding", "steps"]


@command(
    "eval", EXPRESSION, Option("--at", "values of the inputs, x=1,y=2; of tensors '{\"x\": [1, 2]}'"), OUT, JSON, SHAPE
)
def evaluate(expression: str, at: str | None, out: Path | None, json: bool, shape: str | None) -> None:
    """The value of an expression, by the reference interpreter."""
    graph = load(expression, shape)
    given = values(at, graph, shape)
    result = flat(graph.evaluate(given).result)
    emit(as_json({"value": result}) if json else str(result), out)
    note_nan(graph, given)


@command(
    "steps", EXPRESSION, WRT,
    Option("--at", "values of the inputs; all 1 by default; of tensors '{\"x\": [1, 2]}'"), OUT, JSON, SHAPE,
)  # fmt: skip
def steps(expression: str, wrt: str | None, at: str | None, out: Path | None, json: bool, shape: str | None) -> None:
    """The steps of algorithms 6.1 and 6.2 (of tensors 6.5) on numbers, with the book's names."""
    graph = load(expression, shape)
    made = written(graph, wrt).steps(point(at, graph, shape))
    if json:
        rows = [
            {name: list(item) if name == "edge" and item else flat(item) for name, item in step._asdict().items()}
            for step in made
        ]
        emit(as_json(rows), out)
    else:
        emit(str(made), out)


@command(
    "check", Option("FUNCTION", "file.py:function", called="of", required=True),
    Option("GRADIENT", "file.py:its_gradient, written by hand", required=True),
    Option("--at", "values of the inputs, x=1,y=2; of arrays '{\"x\": [1, 2]}'; numbers are drawn"), WRT,
)  # fmt: skip
def check(of: str, gradient: str, at: str | None, wrt: str | None) -> int:
    """Check a gradient written by hand: it agrees (exit code 0), or the edge at fault is named (exit code 1)."""
    fn, theirs = function(of), function(gradient)
    given: dict[str, Any] = {}
    with running(of):
        if at is not None and at.lstrip().startswith("{"):
            given = arrays(at)
            # What is differentiated in is real, however JSON writes it; other whole numbers may be indices.
            given |= {name: given[name] * 1.0 for name in names(wrt) or given if name in given}
        elif at is not None:
            given = values(at, ew.trace(fn), None)
    with running(f"{of} or {gradient}"):
        report = ew.check_gradient(fn, theirs, wrt=names(wrt), **given)
    emit(str(report), None)
    return 0 if report else 1


@command(
    "compare", Option("FIRST", "a formula, or file.py:function", required=True),
    Option("SECOND", "another", required=True), SHAPE, JSON,
    OUT._replace(help="write a page with both drawn side by side (.html), or the picture (.svg, .png, .pdf)"),
)  # fmt: skip
def compare(first: str, second: str, shape: str | None, json: bool, out: Path | None) -> int:
    """Compare two graphs: the same value (exit code 0) or not (1), how that is known, and what each has alone."""
    from html import escape

    from edgewise.api.representations import bundle

    found = ew.compare(load(first, shape), load(second, shape), names=("first", "second"))
    page = out is not None and out.suffix.lower() in (".html", ".svg", ".png", ".pdf")
    if page and out is not None and out.suffix.lower() != ".html":
        found.show().save(out)
    elif page:
        title = f"<title>{escape(first)} · {escape(second)}</title>"
        emit(f'<!DOCTYPE html><meta charset="utf-8">{title}{bundle(found)["text/html"]}', out)
    else:
        emit(as_json(found.to_data(), ensure_ascii=False) if json else str(found), out)
    return 0 if found else 1


@command(
    "rounding", EXPRESSION, Option("--of", "value, gradient, jacobian or hessian", default="value"), WRT,
    Option("--at", "values of the inputs, x=1,y=2: at this point"),
    RANGE._replace(help="where the inputs lie, x=-1:1,y=0:1e9; all doubles by default"),
    WHERE._replace(help='a condition that holds, "x < y"'), OUT, JSON,
)  # fmt: skip
def rounding(
    expression: str, of: str, wrt: str | None, at: str | None, ranges: str | None, where: str | None,
    out: Path | None, json: bool,
) -> None:  # fmt: skip
    """Where digits go: which node's rounding costs which result how many bits, and which rewrite keeps them."""
    graph = load(expression)
    kinds = ("value", "gradient", "jacobian", "hessian")
    if of not in kinds:
        raise InputError(f"there is nothing like {of!r} to look at", hint=f"use one of {', '.join(kinds)}")
    looked_at = graph if of == "value" else getattr(graph, of)(names(wrt)).simplify()
    if at is not None:
        found = looked_at.rounding(values(at, graph, None))
    else:
        given: dict[str, Any] = {"ranges": ranges_of(ranges), "where": where}
        found = looked_at.rounding(**{name: value for name, value in given.items() if value is not None})
    rows = [{**row._asdict(), "result": found.results[row.result][0]} for row in found.nodes]
    emit(as_json(rows, ensure_ascii=False) if json else repr(found), out)


@command(
    "certify", Option("FILE", "source that was written with --certify, or certify=True", kind=path_of, required=True)
)
def certify(file: Path) -> int:
    """Check what a file says of itself, and run its test of itself: all agrees (0), or a line says what not (1)."""
    found = accuracy.check(file)
    emit(found.message, None)
    return 0 if found.agrees else 1


@command(
    "cost", EXPRESSION, WRT, OUT, JSON,
    Option("--pareto", "operations against values held at once, of B simplified", default=False), SHAPE,
)  # fmt: skip
def cost(expression: str, wrt: str | None, out: Path | None, json: bool, pareto: bool, shape: str | None) -> None:
    """Exact counts: 𝒢, ℬ as the algorithm writes it, and ℬ simplified; of tensors, polynomials in the dimensions."""
    graph = load(expression, shape)
    first = written(graph, wrt)
    last = first.simplify()
    if pareto:
        curve = last.pareto()
        points = [{"operations": item.operations, "peak_live": item.peak_live} for item in curve]
        emit(as_json(points) if json else repr(curve), out)
        return
    costs = {"G": graph.cost(), "B": first.cost(), "B simplified": last.cost()}
    if json:
        emit(as_json({name: item.to_data() for name, item in costs.items()}), out)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table()
    for heading in ("", "G", "B as written", "B simplified"):
        table.add_column(heading, justify="left" if not heading else "right")
    rows = [item.to_data() for item in costs.values()]
    for key in (key for key in rows[0] if key != "by_kind" and not key.startswith("elimination")):
        table.add_row(
            key.replace("_", " "), *(f"{row[key]:,}" if isinstance(row[key], int) else row[key] for row in rows)
        )
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(table)
    for heading, found in (("edge of 𝒢", last.cost().by_edge), ("line", last.cost().by_line)):
        if found:
            dearest = Table(heading, "operations of B simplified")
            for name, part in islice(found.items(), DEAREST):
                dearest.add_row(escape(name), str(part))
            console.print(dearest)
    emit(console.export_text(), out)
