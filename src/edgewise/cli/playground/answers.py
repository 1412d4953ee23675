"""What the playground's page is told of a formula: its formulas, source, cost and picture, or what is wrong and where.

What was typed is data: it is read by `edgewise.parse`, which evaluates nothing as Python. The one function that runs is
that of the file which the user named on the command line; the page cannot name another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import edgewise as ew
from edgewise import DerivativeGraph, Graph, differentiate, lower, simplify
from edgewise.cli.reading import load, names, simplified
from edgewise.errors import EdgewiseError, InputError, LoweringError
from edgewise.ops.tokens import placed
from edgewise.view.notebooks.output_formulas import formulas_html
from edgewise.view.notebooks.rich import edges_html
from edgewise.view.pictures.halves import half_of_derivatives, half_of_values
from edgewise.view.pictures.svg import to_svg

__all__ = ["BYTES", "KINDS", "LEVELS", "TARGETS", "Asked", "answer", "refusal", "stamp"]

BYTES: Final = 100_000
"""The longest text that is read."""

NODES: Final = 2000
"""The largest 𝒢 of which everything is shown while somebody types."""

LARGE: Final = 20_000
"""The largest ℬ."""

ENTRIES: Final = 2500
"""The largest Jacobian or Hessian."""

SHOWN: Final = 60_000
"""The characters of a text that the page gets."""

KINDS: Final = ("first", "jacobian", "hessian", "jvp", "vjp", "hvp")
LEVELS: Final = ("none", *simplify.LEVELS)
TARGETS: Final = (*lower.TARGETS, "c", "js")


class Asked(NamedTuple):
    """The state of the page, all of it text: what its link holds."""

    formula: str = ""
    shapes: str = ""
    wrt: str = ""
    kind: str = "first"
    level: str = "real"
    target: str = "math"

    @classmethod
    def read(cls, data: object) -> Asked:
        """The state as a page or a link gives it. InputError for what is no state."""
        if not isinstance(data, Mapping) or not all(isinstance(text, str) for text in data.values()):
            raise InputError("what was asked is no state of the page", hint="load the page again")
        asked = cls(**{name: data[name] for name in cls._fields if name in data})
        for name, known in (("kind", KINDS), ("level", LEVELS), ("target", TARGETS)):
            if getattr(asked, name) not in known:
                raise InputError(f"there is no {name} {getattr(asked, name)!r:.60}", hint=f"use {', '.join(known)}")
        return asked


def answer(part: str, data: object, place: str = "") -> dict[str, Any]:
    """The `part` of the page that a state asks for, "text" or "picture", or its error; `place` is file.py:function."""
    shown: dict[str, Any] = {}
    try:
        asked = Asked.read(data)
        if place:
            shown["file"] = _file(place)
        graph = _graph(asked, place)
        made = _derivative(asked, graph)
        if len(made) > LARGE:
            raise InputError(
                f"its {made.derivative.kind} has {len(made):,} nodes", hint=f"the page shows up to {LARGE:,}"
            )
        return shown | (_picture if part == "picture" else _text)(asked, graph, made)
    except EdgewiseError as error:
        return shown | {"error": refusal(error)}
    except Exception as error:  # a fault of the library, or no memory: the page goes on
        what = f"this failed with {type(error).__name__}: {error}"[:300]
        return shown | {"error": refusal(InputError(what, hint="take a part of it"))}


def refusal(error: EdgewiseError) -> dict[str, Any]:
    """An error for the page: its type, its words, and the line and character of the text that it is about."""
    found = placed(error.line) or _line_of_file(error.line)
    return {
        "kind": type(error).__name__, "what": error.what, "hint": error.hint, "line": error.line,
        "place": list(found) if found else None,
    }  # fmt: skip


def stamp(place: str) -> str:
    """What changes when the user's file does, if there is one."""
    if not place:
        return ""
    try:
        found = Path(_path(place)).stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}:{found.st_size}:{found.st_ino}"


def _path(place: str) -> str:
    return place.rpartition(":")[0]


def _line_of_file(said: str) -> tuple[int, int] | None:
    """The line of the user's file, which is marked from its beginning."""
    found = re.search(r"\.py:(\d+)$", said)
    return (int(found[1]), 1) if found else None


def _file(place: str) -> dict[str, str]:
    """The user's file as the page shows it."""
    try:
        text = Path(_path(place)).read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    return {"text": _cut(text), "stamp": stamp(place)}


def _graph(asked: Asked, place: str) -> Graph:
    shapes = asked.shapes or None
    graph = load(place, shapes) if place else ew.parse(asked.formula, shapes=shapes)
    if len(graph) > NODES:
        raise InputError(
            f"the formula has {len(graph):,} nodes", hint=f"the page shows up to {NODES:,}: edgewise view shows more"
        )
    return graph


def _derivative(asked: Asked, graph: Graph) -> DerivativeGraph:
    """What is asked for; the first derivatives are the gradient of one number, and the Jacobian of several."""
    alone = len(graph.outputs) == 1 and graph.shape(graph.outputs[0]) == ()
    kind = ("gradient" if alone else "jacobian") if asked.kind == "first" else asked.kind
    inputs = len(graph.inputs) if not asked.wrt else asked.wrt.count(",") + 1
    entries = {"jacobian": len(graph.outputs) * inputs, "hessian": inputs**2}.get(kind, 0)
    if entries > ENTRIES:
        raise InputError(f"its {kind} has {entries:,} entries", hint=f"the page shows up to {ENTRIES:,}: fewer inputs")
    made: DerivativeGraph = getattr(graph, kind)(wrt=names(asked.wrt or None))
    return made


def _cut(text: str) -> str:
    """The beginning of a long text, and how much is left."""
    if len(text) <= SHOWN:
        return text
    kept = text[:SHOWN].rpartition("\n")[0] or text[:SHOWN]
    return f"{kept}\n… {len(text) - len(kept):,} more characters"


def _text(asked: Asked, graph: Graph, made: DerivativeGraph) -> dict[str, Any]:
    """Everything but the picture."""
    stages = {level: simplified(made, level) for level in LEVELS}
    chosen = stages[asked.level]
    before, after = (graph.cost().to_data(), chosen.cost().to_data())
    report = chosen.report
    return {
        "title": f"{made.derivative.kind} {differentiate.inputs_title(made.derivative)}",
        "nodes": [len(graph), len(chosen)],
        "edges": len(made.edges),
        "levels": {level: stage.cost().operations for level, stage in stages.items()},
        "formulas": {
            "G": formulas_html(graph._scene()), "B": formulas_html(chosen._scene()), "text": _cut(chosen.text()),
        },
        "source": _source(asked, chosen),
        "cost": [
            [name.replace("_", " "), _counted(before.get(name)), _counted(count)]
            for name, count in after.items()
            if isinstance(count, (int, str))
        ],
        "kinds": [
            [name, _counted(before["by_kind"].get(name, 0)), _counted(after["by_kind"].get(name, 0))]
            for name in {**before["by_kind"], **after["by_kind"]}
        ],
        "rules": [[name, _counted(count)] for name, count in report.rules.items()] if report else [],
        "ledger": edges_html(chosen._scene()),
    }  # fmt: skip


def _counted(count: object) -> str:
    return "" if count is None else f"{count:,}" if isinstance(count, int) else str(count)


def _source(asked: Asked, chosen: DerivativeGraph) -> dict[str, Any]:
    """The source for the target; where it has none, why."""
    name = f"f_and_{chosen.derivative.kind}"
    try:
        if asked.target in ("c", "js"):
            text = chosen.to_c(name) if asked.target == "c" else chosen.to_js(name)
        else:
            text = chosen.to_python(name, asked.target)
    except EdgewiseError as error:
        return {"error": refusal(error)}
    return {"text": _cut(text)}


def _picture(asked: Asked, graph: Graph, made: DerivativeGraph) -> dict[str, Any]:
    """𝒢 as it is typed and ℬ at its level, an edge in the same colour in both; or why they are not drawn."""
    written, chosen = (derivative.show() for derivative in (made, simplified(made, asked.level)))
    whole = [picture.scene.diagram(picture.chosen) for picture in (written, chosen)]
    values = half_of_values(whole[0])
    derivatives = half_of_derivatives(whole[1], values)
    try:
        drawn = [to_svg(half) if any(box.role != "cut" for box in half.boxes) else "" for half in (values, derivatives)]
    except LoweringError as error:
        return {"undrawn": refusal(error)}
    return {
        "drawn": drawn,
        "says": values.says,
        "left": [diagram.part for diagram in whole],
        "key": replace(values, boxes=values.boxes + derivatives.boxes).key,
    }
