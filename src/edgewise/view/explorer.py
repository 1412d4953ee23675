"""The explorer: one HTML file in which 𝒢, ℬ and the source are linked, and the algorithm can be stepped through.

Everything the page shows is data from the ledger, ℬ's nodes and the printed source; its script only evaluates nodes,
moves a pointer along the ledger's rows, and lights up what belongs together. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.errors import UnsupportedError
from edgewise.frontends.sympy_out import step_to_sympy
from edgewise.graph import Tape
from edgewise.lower import Source
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, N_BUILTIN
from edgewise.view.picture import FULL, Picture, written
from edgewise.view.scene import Scene

__all__ = ["Explorer", "explorer_page"]

PRIVATE = 0xE000
"""The first of Unicode's characters for private use."""

ALGORITHMS = {True: "6.2", False: "forward"}


INTRO = (
    "𝒢 is grey, ℬ is outlined in colour. Point at an edge of 𝒢: its partial, its product, their formulas and lines of"
    " source light up; point at any of these, and the edge does."
)


class Explorer:
    """The explorer page of a derivative graph: shown in a notebook, or saved as one file."""

    def __init__(
        self, scene: Scene, source: Source, counts: Mapping[str, Any], values: Mapping[int, Any] | None = None
    ) -> None:
        self._parts = scene, source, counts, values or {}

    @cached_property
    def html(self) -> str:
        """The page as text."""
        return explorer_page(*self._parts)

    def __repr__(self) -> str:
        return f"<explorer page of {len(self.html.encode()) / 1000:.0f} kB>"

    def save(self, path: str | Path) -> None:
        """Write the page. InputError where that cannot be."""
        written(path, self.html.encode())

    def _repr_html_(self) -> str:
        """In a frame of its own: the page's style and script do not meet the notebook's."""
        frame = "width:100%;height:48em;border:1px solid #999"
        return f'<iframe title="edgewise" style="{frame}" srcdoc="{escape(self.html)}"></iframe>'


def explorer_page(scene: Scene, source: Source, counts: Mapping[str, Any], values: Mapping[int, Any]) -> str:
    """The page of a derivative graph. `counts` are its costs, `values` the numbers of the inputs to start from."""
    derivative = scene.derivative
    if derivative is None:
        raise UnsupportedError("the explorer shows a derivative graph", hint="differentiate first: G.gradient()")
    picture = Picture(scene, scene.whole(FULL))
    data = {
        "title": scene.title,
        "intro": INTRO,
        "nodes": _nodes(scene),
        "inputs": [{"node": i, "value": _number(values.get(i, 1.0))} for i in scene.tape.inputs],
        "edges": _edges(scene, picture),
        "table": _table(derivative),
        "seeds": [[seed.node, -1 if seed.value is None else seed.value] for seed in derivative.seeds],
        "base": [int(i) for i in derivative.base_nodes],
        "results": [{"name": result.name, "nodes": list(result.nodes)} for result in derivative.results],
        "algorithm": ALGORITHMS[derivative.reverse],
        "source": _source(source),
        "counts": {
            name.replace("_", " "): f"{count:,}" if type(count) is int else count
            for name, count in counts.items()
            if isinstance(count, (int, str))
        },
        "live": _is_live(scene.tape),
        "caption": picture.caption(),
    }
    parts = {
        "TITLE": escape(scene.title),
        "STYLE": _asset("explorer.css"),
        "SVG": picture.to_svg(),
        "DATA": _inert(data),
        "SCRIPT": _asset("values.js") + _asset("explorer.js"),
    }
    page = _asset("page.html")
    for name, text in parts.items():
        page = page.replace(f"<!--{name}-->", text, 1)
    return page


def _asset(name: str) -> str:
    return (resources.files("edgewise.view") / "page" / name).read_text(encoding="utf-8")


def _inert(data: Any) -> str:
    """JSON that cannot end the element it stands in, whatever the names are."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _number(value: Any) -> Any:
    """A number of JSON; what JSON has no number for is its name."""
    if isinstance(value, bool):
        return value
    number = float(value)
    return number if np.isfinite(number) else repr(number)


def _is_live(tape: Tape) -> bool:
    """Whether the page can evaluate the nodes: numbers, and operations of the table."""
    return not tape.has_tensors and not bool(((tape.ops >= N_BUILTIN) & (tape.ops < FIRST_TENSOR)).any())


def _nodes(scene: Scene) -> list[dict[str, Any]]:
    """What the page knows of each node."""
    tape = scene.tape
    nodes = []
    for i, code, args in tape.rows():
        node: dict[str, Any] = {"name": scene.symbol(i), "new": scene.is_new(i)}
        if code == INPUT:
            node["input"] = str(tape.attrs[i])
        elif code == CONST:
            node["value"] = _number(tape.attrs[i])
        else:
            node["op"], node["args"] = tape.op_of_code(code).name, args
            parameter = tape.attrs.get(i)
            if parameter is not None and not tape.has_tensors:
                node["parameter"] = _number(parameter)
        node["math"] = _math(scene, i, code)
        if line := tape.line(i):
            node["line"] = line
        nodes.append(node)
    return nodes


def _math(scene: Scene, node: int, code: int) -> str:
    """The formula of one operation as MathML, which browsers draw without help; of tensors as text."""
    if code in (INPUT, CONST) or scene.tape.has_tensors or scene.tape.op(node).custom:
        text = scene.name(node) if code in (INPUT, CONST) else scene.step(node)
        return f"<code>{escape(text)}</code>"
    from sympy.printing.mathml import mathml

    # SymPy writes names as they are: it gets characters of no meaning, and the names come in afterwards, escaped.
    arguments = dict.fromkeys(j for j in scene.tape.arguments(node) if scene.tape.ops[j] != CONST)
    marks = {j: chr(PRIVATE + k) for k, j in enumerate(arguments)}
    made: str = mathml(step_to_sympy(scene.tape, node, marks), printer="presentation")
    for j, mark in marks.items():
        made = made.replace(mark, escape(scene.name(j)))
    return f"<math>{made}</math>"


def _edges(scene: Scene, picture: Picture) -> list[dict[str, Any]]:
    """The ledger's rows in the order of the sweep, with the colour that each has in the picture."""
    derivative = scene.derivative
    assert derivative is not None
    ledger = derivative.ledger
    colours = {name: k for k, name in enumerate(picture.diagram.edges)}
    columns = (
        ledger.sweep, ledger.consumer, ledger.position, ledger.parent, ledger.partial, ledger.product, ledger.total,
    )  # fmt: skip
    rows = []
    for sweep, i, k, j, partial, product, total in zip(*(column.tolist() for column in columns), strict=True):
        name = scene.edge_name(i, k, j)
        rows.append({
            "sweep": sweep, "consumer": i, "position": k, "parent": j, "partial": partial, "product": product,
            "total": total, "name": name, "colour": colours.get(name, -1),
        })  # fmt: skip
    return rows


def _table(derivative: Derivative) -> list[list[int]]:
    sweep, node, made = derivative.table.entries()
    return [list(row) for row in zip(sweep.tolist(), node.tolist(), made.tolist(), strict=True)]


def _source(source: Source) -> list[dict[str, Any]]:
    computed: Mapping[int, Sequence[int]] = source.computed()
    return [
        {"text": line, "nodes": list(computed.get(number, ()))}
        for number, line in enumerate(source.text.splitlines(), 1)
    ]
