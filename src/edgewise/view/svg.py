"""SVG, PNG and PDF of a diagram, laid out by Graphviz; the SVG follows the reader's light or dark mode."""

from __future__ import annotations

import hashlib
import warnings
from typing import Any, Final
from xml.etree import ElementTree

from edgewise.errors import LoweringError
from edgewise.view.diagram import Diagram
from edgewise.view.dot import to_dot
from edgewise.view.palette import DARK, LIGHT, tint

__all__ = ["drawn", "has_graphviz", "to_svg"]

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
MISSING: Final = 'pip install "edgewise[draw]"'


def has_graphviz() -> bool:
    """Whether pictures can be laid out here."""
    try:
        import pygraphviz  # noqa: F401
    except ImportError:
        return False
    return True


def drawn(diagram: Diagram, kind: str) -> bytes:
    """The picture in a format of Graphviz: "svg", "png", "pdf", "json". LoweringError where pygraphviz is missing."""
    try:
        import pygraphviz
    except ImportError:
        raise LoweringError(
            "pictures are laid out by pygraphviz, which is not installed",
            hint=f"{MISSING}, or use to_dot() or to_mermaid()",
        ) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Graphviz warns of fonts
        graph = pygraphviz.AGraph(string=to_dot(diagram))
        try:
            made: bytes = graph.draw(format=kind, prog="dot")
        finally:
            graph.close()
    return made


def to_svg(diagram: Diagram) -> str:
    """One SVG element for a page or a file. Ids are those of its content: two pictures on one page do not meet.

    Every box has the classes `ew-node`, `ew-<role>` and `ew-c<k>` for each edge that it serves, every arrow `ew-edge`
    and `ew-c<k>`; its title is its formula.
    """
    text = drawn(diagram, "svg").decode()
    own = "ew" + hashlib.sha256(text.encode()).hexdigest()[:8]
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(text)
    width, height = (float(root.attrib.pop(side).removesuffix("pt")) for side in ("width", "height"))
    root.attrib.update({
        "width": f"{width * 4 / 3:.0f}", "height": f"{height * 4 / 3:.0f}", "role": "img", "id": own,
        "style": "max-width:100%;height:auto", "aria-label": diagram.title,
    })  # fmt: skip
    for group in list(root.iter(f"{{{_SVG}}}g")):
        _plain(group, own)
    style = ElementTree.Element(f"{{{_SVG}}}style")
    style.text = _style(own)
    paper = ElementTree.Element(
        f"{{{_SVG}}}rect", {"class": "ew-paper", "width": "100%", "height": "100%", "fill": LIGHT.paper}
    )
    box = [float(part) for part in root.attrib["viewBox"].split()]
    paper.attrib.update({"x": f"{box[0]:g}", "y": f"{box[1]:g}"})
    root.insert(0, style)
    root.insert(1, paper)
    return ElementTree.tostring(root, encoding="unicode")


def _plain(group: Any, own: str) -> None:
    """Graphviz puts a tooltip into a link without a target: it becomes the title, and the link goes."""
    if "id" in group.attrib:
        group.attrib["id"] = f"{own}-{group.attrib['id']}"
    title = group.find(f"{{{_SVG}}}title")
    for child in list(group):
        link = child.find(f"{{{_SVG}}}a")
        if child.tag == f"{{{_SVG}}}g" and link is not None:
            place = list(group).index(child)
            group.remove(child)
            for part in reversed(list(link)):
                group.insert(place, part)
            if title is not None:
                title.text = link.attrib.get(f"{{{_XLINK}}}title", "")


def _style(own: str) -> str:
    """What differs in dark mode: the colours; the classes are those of the boxes and arrows."""
    line, value = f"stroke:{DARK.line}", f"fill:{DARK.value}"
    rules = [
        f".ew-paper{{fill:{DARK.paper}}}",
        f"text{{fill:{DARK.text}}}",
        f".ew-node :is(path,polygon,ellipse,polyline){{{line};fill:{DARK.paper}}}",
        f":is(.ew-value,.ew-input) :is(path,polygon,ellipse){{{value}}}",
        f".ew-edge path{{{line}}}",
        f".ew-edge polygon{{{line};fill:{DARK.line}}}",
    ]
    for k, ink in enumerate(DARK.inks):
        rules += [
            f".ew-edge.ew-i{k} path{{stroke:{ink}}}",
            f".ew-edge.ew-i{k} polygon{{stroke:{ink};fill:{ink}}}",
            f".ew-node.ew-i{k} :is(path,polygon,ellipse){{stroke:{ink}}}",
            f".ew-partial.ew-i{k} polygon{{fill:{tint(k, DARK)}}}",
        ]
    inside = "".join(f"#{own} {rule}" for rule in rules)
    return f"#{own} text{{fill:{LIGHT.text}}}@media (prefers-color-scheme:dark){{{inside}}}"
