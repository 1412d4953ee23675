"""The commands that show: explain, draw, view."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from edgewise.cli.app import Expression, LevelOption, OutOption, ShapeOption, WrtOption, app
from edgewise.cli.reading import load, simplified, values, written
from edgewise.cli.writing import emit
from edgewise.errors import InputError

__all__ = ["draw", "explain", "view"]


@app.command()
def explain(
    expression: Expression,
    wrt: WrtOption = None,
    at: Annotated[
        str | None, typer.Option("--at", help="values of the inputs, x=1,y=2: every equation ends in its number")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, latex or html")] = "text",
    limit: Annotated[int, typer.Option("--limit", help="the most steps of each part; 0 for all")] = 60,
    level: LevelOption = "none",
    out: OutOption = None,
    shape: ShapeOption = None,
) -> None:
    """The derivation step by step, as a teacher writes it: rule, formula before and after, edge, sums."""
    if form not in ("text", "latex", "html"):
        raise InputError(f"there is no format {form!r}", hint="use text, latex or html")
    graph = load(expression, shape)
    derivative = simplified(written(graph, wrt), level)
    given = None if at is None else values(at, graph, shape)
    emit(getattr(derivative.explain(given, limit=limit or None), form), out)


@app.command()
def draw(
    expression: Expression,
    out: Annotated[Path, typer.Option("--out", help="picture.svg, .png, .pdf, .tex (TikZ), .dot or .mmd")],
    wrt: WrtOption = None,
    level: LevelOption = "none",
    focus: Annotated[str | None, typer.Option("--focus", help="draw only what is near this node")] = None,
    depth: Annotated[int, typer.Option("--depth", help="how near: edges away")] = 2,
    shape: ShapeOption = None,
) -> None:
    """A picture of 𝒢 and ℬ, as written or simplified, each edge and its derivative in one colour."""
    derivative = simplified(written(load(expression, shape), wrt), level)
    node = int(focus) if focus is not None and focus.isdigit() else focus
    picture = derivative.show() if node is None else derivative.focus(node, depth)
    picture.save(out)


@app.command()
def view(
    expression: Expression,
    out: Annotated[Path, typer.Option("--out", help="page.html")],
    wrt: WrtOption = None,
    at: Annotated[
        str | None, typer.Option("--at", help="values the sliders start at, x=1,y=2; of tensors '{\"x\": [1, 2]}'")
    ] = None,
    level: LevelOption = "none",
    shape: ShapeOption = None,
) -> None:
    """The explorer: one HTML file with 𝒢, ℬ and the source linked, live values, and the algorithm step by step."""
    graph = load(expression, shape)
    given = None if at is None else values(at, graph, shape)
    simplified(written(graph, wrt), level).explore(given).save(out)
