"""The commands that show: explain, draw, view."""

from __future__ import annotations

from pathlib import Path

from edgewise.cli.app import EXPRESSION, LEVEL, OUT, SHAPE, WRT, Option, command
from edgewise.cli.reading import load, simplified, values, written
from edgewise.cli.writing import emit
from edgewise.errors import InputError

__all__ = ["draw", "explain", "view"]

AS_WRITTEN = LEVEL._replace(default="none")


@command(
    "explain", EXPRESSION, WRT,
    Option("--at", "values of the inputs, x=1,y=2: every equation ends in its number"),
    Option("--format", "text, latex or html", default="text", called="form"),
    Option("--limit", "the most steps of each part; 0 for all", default=60, kind=int), AS_WRITTEN, OUT, SHAPE,
)  # fmt: skip
def explain(
    expression: str, wrt: str | None, at: str | None, form: str, limit: int, level: str, out: Path | None,
    shape: str | None,
) -> None:  # fmt: skip
    """The derivation step by step, as a teacher writes it: rule, formula before and after, edge, sums."""
    if form not in ("text", "latex", "html"):
        raise InputError(f"there is no format {form!r}", hint="use text, latex or html")
    graph = load(expression, shape)
    derivative = simplified(written(graph, wrt), level)
    given = None if at is None else values(at, graph, shape)
    emit(getattr(derivative.explain(given, limit=limit or None), form), out)


@command(
    "draw", EXPRESSION,
    OUT._replace(help="picture.svg, .png, .pdf, .tex (TikZ), .dot or .mmd", required=True), WRT, AS_WRITTEN,
    Option("--focus", "draw only what is near this node"),
    Option("--depth", "how near: edges away", default=2, kind=int), SHAPE,
)  # fmt: skip
def draw(
    expression: str, out: Path, wrt: str | None, level: str, focus: str | None, depth: int, shape: str | None
) -> None:
    """A picture of 𝒢 and ℬ, as written or simplified, each edge and its derivative in one colour."""
    derivative = simplified(written(load(expression, shape), wrt), level)
    node = int(focus) if focus is not None and focus.isdigit() else focus
    picture = derivative.show() if node is None else derivative.focus(node, depth)
    picture.save(out)


@command(
    "view",
    EXPRESSION,
    OUT._replace(help="page.html", required=True),
    WRT,
    Option("--at", "values the sliders start at, x=1,y=2; of tensors '{\"x\": [1, 2]}'"),
    AS_WRITTEN,
    SHAPE,
)
def view(expression: str, out: Path, wrt: str | None, at: str | None, level: str, shape: str | None) -> None:
    """The explorer: one HTML file with 𝒢, ℬ and the source linked, live values, and the algorithm step by step."""
    graph = load(expression, shape)
    given = None if at is None else values(at, graph, shape)
    emit(simplified(written(graph, wrt), level).explore(given).html, out)
