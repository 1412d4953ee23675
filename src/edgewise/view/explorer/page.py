"""The explorer: one HTML file in which 𝒢, ℬ and the source are linked, and the algorithm can be stepped through.

Everything the page shows is data from the ledger, ℬ's nodes and the printed source; its script only evaluates nodes by
functions that the JavaScript target prints, moves a pointer along the ledger's rows, and lights up what belongs
together. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgewise.differentiate import inputs_title
from edgewise.errors import UnsupportedError
from edgewise.graph import titled
from edgewise.lower import Source
from edgewise.view.explanations.marked_mathml import MATRIX
from edgewise.view.explorer.error_layer import error_layer
from edgewise.view.explorer.page_data import PageData
from edgewise.view.explorer.page_formulas import Formulas
from edgewise.view.explorer.picture_data import PictureData
from edgewise.view.explorer.rewrites import Stage, film
from edgewise.view.palette import DARK, LIGHT, tint
from edgewise.view.pictures.diagram import ROLES, Diagram
from edgewise.view.pictures.picture import written
from edgewise.view.pictures.scene import Scene

if TYPE_CHECKING:
    from edgewise.accuracy import Rounding

__all__ = ["Explorer"]

SCRIPTS: Final = (
    "page.js", "notebook.js", "links.js", "layout.js", "boxes.js", "groups.js", "picture.js", "view.js", "lists.js",
    "algorithms.js", "stepper.js", "paths.js", "rewrites.js", "samples.js", "plot.js", "motion.js",
    "errors.js", "main.js",
)  # fmt: skip
"""The page's script, each file about one thing and each using only those before it."""


class Explorer:
    """The explorer page of a derivative graph: shown in a notebook, or saved as one file.

    `counts` are its costs, `values` the number or array of every node, None where there are none; `simplified` makes
    the stages of its simplification; `rounding` is a map of its errors. Values that nobody gave are
    `random`, with these numbers for the named dimensions.
    """

    def __init__(
        self,
        scene: Scene,
        source: Source,
        counts: Mapping[str, Any],
        values: Sequence[Any] | None = None,
        simplified: Callable[[], Iterable[Stage]] = tuple,
        rounding: Rounding | None = None,
        random: Mapping[str, int] | None = None,
    ) -> None:
        self.scene, self.source, self.counts, self.values, self.simplified = scene, source, counts, values, simplified
        self.rounding, self.random = rounding, random

    @cached_property
    def html(self) -> str:
        """The page as text. UnsupportedError for a graph without a ledger."""
        scene = self.scene
        if scene.derivative is None:
            raise UnsupportedError("the explorer shows a derivative graph", hint="differentiate first: G.gradient()")
        page = PageData(scene, self.values, self.random)
        picture = PictureData(scene, page.drawn)
        edges, formulas = page.edges(picture.diagram.edges), Formulas(scene)
        data = {
            "title": _title(scene),
            "nodes": page.nodes_data(formulas),
            **_described(scene, page),
            **page.base(),
            "edges": edges,
            "picture": picture.to_data(),
            "joins": page.joins(),
            "order": _order(scene),
            "table": page.table(),
            "seeds": page.seeds(),
            "results": [{"name": r.name, "nodes": list(r.nodes[:1000])} for r in scene.derivative.results],
            "expression": page.expression(formulas, edges),
            "source": page.source(self.source),
            **_counted(self.counts, picture.diagram),
            **film(self.simplified()),
            "rounding": error_layer(set(page.nodes), self.rounding),
        }
        functions = page.arithmetic if page.live else "[]"
        return _filled(
            TITLE=escape(_title(scene)),
            STYLE=_colours() + _asset("explorer.css") + MATRIX,
            DATA=_inert(data),
            SCRIPT=f'"use strict";\nconst FUNCTIONS = {functions};\n' + "".join(map(_asset, SCRIPTS)),
        )

    def __getstate__(self) -> dict[str, Any]:
        # The finished page is what travels, not how it is made.
        return {"html": self.html}

    def __repr__(self) -> str:
        return f"<explorer page of {len(self.html.encode()) / 1000:.0f} kB>"

    def save(self, path: str | Path) -> None:
        """Write the page. InputError where that cannot be."""
        written(path, self.html.encode())

    def _repr_html_(self) -> str:
        """In a frame of its own: the page's style and script do not meet the notebook's."""
        frame = "width:100%;height:56em;border:1px solid #8888"
        instead = 'the explorer page: run this cell, or write it to a file with .save("page.html")'
        return f'<iframe title="edgewise" style="{frame}" srcdoc="{escape(self.html)}">{instead}</iframe>'


def _described(scene: Scene, page: PageData) -> dict[str, Any]:
    """What kind of derivative of what is shown."""
    derivative = page.derivative
    return {
        "total": len(scene.tape),
        "inputs": page.inputs(),
        "numbers": page.values is not None,
        "live": page.live,
        "trouble": page.trouble,
        "note": page.note(),
        "kind": derivative.kind,
        "mode": "elimination" if derivative.elimination else "reverse" if derivative.reverse else "forward",
        "tensors": scene.tensors,
    }


def _counted(counts: Mapping[str, Any], diagram: Diagram) -> dict[str, Any]:
    """At what cost, what the colours of the picture mean, and how much it shows."""
    roles = {box.role: box.derivative for box in diagram.boxes}
    return {
        "counts": {
            name.replace("_", " "): f"{count:,}" if type(count) is int else count
            for name, count in counts.items()
            if isinstance(count, (int, str))
        },
        "roles": [[role, meaning, roles[role]] for role, (_, meaning) in ROLES.items() if role in roles],
    }


def _colours() -> str:
    """The palette as the names that the style uses, for light and dark."""
    pairs = {"paper": (LIGHT.paper, DARK.paper), "text": (LIGHT.text, DARK.text), "rule": (LIGHT.line, DARK.line),
             "value": (LIGHT.value, DARK.value)}  # fmt: skip
    for k, inks in enumerate(zip(LIGHT.inks, DARK.inks, strict=True)):
        pairs[f"ink{k}"], pairs[f"tint{k}"] = inks, (tint(k, LIGHT), tint(k, DARK))
    names = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in pairs.items())
    return f":root{{{names}}}" + "".join(
        f".ew-i{k}{{--ink:var(--ink{k});--tint:var(--tint{k})}}" for k in range(len(LIGHT.inks))
    )


def _filled(**parts: str) -> str:
    """The page with its parts in their places."""
    html = _asset("page.html")
    for name, text in parts.items():
        html = html.replace(f"<!--{name}-->", text, 1)
    return html


def _title(scene: Scene) -> str:
    """What is differentiated, in a line."""
    derivative = scene.known
    base, kind = derivative.base, derivative.kind
    if kind in ("hessian", "hvp", "derivatives"):
        return f"edgewise: {kind} {inputs_title(derivative)}"
    return f"edgewise: {kind} of {titled(base, 70)}"


def _order(scene: Scene) -> list[str]:
    """The order of an elimination by the nodes' names."""
    derivative = scene.derivative
    if derivative is None or derivative.elimination is None:
        return []
    items = derivative.elimination.order[:1000]
    return [scene.base_name(item if isinstance(item, int) else item[1]) for item in items]


def _asset(name: str) -> str:
    return (resources.files("edgewise.view.explorer") / "assets" / name).read_text(encoding="utf-8")


def _inert(data: Any) -> str:
    """JSON that cannot end the element it stands in, whatever the names are."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Only these two pairs mean anything inside of a script; lone surrogates have no bytes.
    text = text.replace("</", "<\\/").replace("<!", "\\u003c!")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
