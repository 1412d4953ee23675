"""SVG, PNG and PDF of a diagram, laid out by Graphviz; the SVG follows the reader's light or dark mode."""

from __future__ import annotations

import hashlib
import re
import warnings
from base64 import b64encode
from html import escape
from typing import Any, Final
from xml.etree import ElementTree

from edgewise.errors import LoweringError
from edgewise.view.palette import DARK, LIGHT, glow, tint
from edgewise.view.pictures.diagram import HEATS, Diagram
from edgewise.view.pictures.dot import FONTS, to_dot

__all__ = ["drawn", "has_graphviz", "image", "to_svg"]

_SVG: Final = "http://www.w3.org/2000/svg"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_NUMBER: Final = re.compile(r"-?[\d.]+")
_SHIFTS: Final = {"": 0.0, "super": 0.36, "sub": -0.2}
"""How far a raised or lowered piece is moved, in sizes of its line's font."""
_SMALL: Final = 0.72
"""How large it is."""
_PLACES: Final = frozenset(("points", "d", "x", "y", "cx", "cy", "rx", "ry"))
_FINE: Final = re.compile(r"(?<=\.\d)\d+")
SMALLEST: Final = 0.6
"""How much smaller a picture may become in a page."""
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

    Every box has the classes `ew-node`, `ew-<role>`, `ew-G` or `ew-B`, and `ew-c<k>` for each edge that it
    serves, every arrow `ew-edge` and `ew-c<k>`; its title is its formula.
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
        "font-family": FONTS, "xml:space": "preserve",
    })  # fmt: skip
    for group in list(root.iter(f"{{{_SVG}}}g")):
        _plain(group, own)
        _set_lines(group)
    for thing in root.iter():
        for place in _PLACES & thing.attrib.keys():  # a tenth of a point is fine enough
            thing.attrib[place] = _FINE.sub("", thing.attrib[place])
    for label in root.iter(f"{{{_SVG}}}text"):
        for said in ("font-family", _SPACE):  # once, above
            label.attrib.pop(said, None)
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
    if title is not None and (title.text or "").startswith(("title_", "cluster_")):  # Graphviz's own words
        group.remove(title)
    for child in list(group):
        link = child.find(f"{{{_SVG}}}a")
        if child.tag == f"{{{_SVG}}}g" and link is not None:
            place = list(group).index(child)
            group.remove(child)
            for part in reversed(list(link)):
                group.insert(place, part)
            if title is not None:
                title.text = link.attrib.get(f"{{{_XLINK}}}title", "")


def _set_lines(group: Any) -> None:
    """Each line of a label as one text about the middle of its box.

    Graphviz writes a line as pieces, each where its own fonts would put it, and raises none of them: in another font
    they would lie apart. In one text the browser sets them side by side, and a superscript is a piece that is raised.
    """
    middle = _middle(group)
    pieces = [child for child in group if child.tag == f"{{{_SVG}}}text"]
    if middle is None or not pieces:
        return
    lines: dict[str, list[Any]] = {}
    for piece in pieces:
        lines.setdefault(piece.attrib["y"], []).append(piece)
        group.remove(piece)
    for y, line in lines.items():
        size = float(line[0].attrib["font-size"])
        facts = {"x": f"{middle:.5g}", "y": y, "text-anchor": "middle", "font-size": f"{size:g}"}
        text = ElementTree.SubElement(group, f"{{{_SVG}}}text", facts)
        if "font-weight" in line[0].attrib:
            text.attrib["font-weight"] = line[0].attrib["font-weight"]
        raised = 0.0
        for piece in line:
            shift = _SHIFTS[piece.attrib.get("baseline-shift", "")] * size
            span = ElementTree.SubElement(text, f"{{{_SVG}}}tspan")
            span.text = piece.text
            if "font-style" in piece.attrib:
                span.attrib["font-style"] = piece.attrib["font-style"]
            if shift != raised:
                span.attrib["dy"] = f"{raised - shift:.2g}"
            if shift:
                span.attrib["font-size"] = f"{size * _SMALL:.2g}"
            raised = shift


def _middle(group: Any) -> float | None:
    """Where the outline of a box has its middle; None for what has no outline."""
    if "ew-node" not in group.attrib.get("class", "").split():
        return None
    for child in group:
        kind = child.tag.rpartition("}")[2]
        if kind == "ellipse":
            return float(child.attrib["cx"])
        if kind in ("polygon", "path"):
            numbers = [
                float(number) for number in _NUMBER.findall(child.attrib["points" if kind == "polygon" else "d"])
            ]
            return (min(numbers[::2]) + max(numbers[::2])) / 2
    return None


def _style(own: str) -> str:
    """What differs in dark mode: the colours; the classes are those of the boxes and arrows."""
    line, value = f"stroke:{DARK.line}", f"fill:{DARK.value}"
    rules = [
        f".ew-paper{{fill:{DARK.paper}}}",
        f"text{{fill:{DARK.text}}}",
        f".ew-node :is(path,polygon,ellipse,polyline){{{line};fill:{DARK.paper}}}",
        f".ew-node.ew-G :is(path,polygon,ellipse){{{value}}}",
        ".ew-node :is(ellipse+ellipse,polyline){fill:none}",  # the second ring of a seed, the edges of a cuboid
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
    rules += [f".ew-node.ew-h{k} :is(path,polygon,ellipse){{fill:{glow(k, HEATS, DARK)}}}" for k in range(1, HEATS + 1)]
    inside = "".join(f"#{own} {rule}" for rule in rules)
    return f"#{own} text{{fill:{LIGHT.text}}}@media screen and (prefers-color-scheme:dark){{{inside}}}"


def image(svg: str, text: str) -> str:
    """A picture for HTML. As an image it is kept by sites that strip everything which could run.

    A wide one is made smaller to fit, but not so small that it cannot be read: then, as where it is tall, it is rolled.
    """
    data = b64encode(svg.encode()).decode()
    wide = re.match(r'<svg[^>]* width="([\d.]+)', svg)
    least = f";min-width:{SMALLEST * float(wide[1]):.0f}px" if wide else ""
    return (
        '<div style="overflow:auto;max-height:70em">'
        f'<img alt="{escape(text)}" src="data:image/svg+xml;base64,{data}" style="max-width:100%{least}"></div>'
    )
