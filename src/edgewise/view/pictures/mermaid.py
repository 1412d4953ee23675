"""Mermaid: a diagram as text that code-hosting sites draw."""

from __future__ import annotations

from typing import Final

from edgewise.view.palette import LIGHT, dash, ink, tint
from edgewise.view.pictures.diagram import Box, Diagram

__all__ = ["to_mermaid"]

_SHAPES: Final = {
    "input": ("([", "])"), "value": ("(", ")"), "partial": ("{{", "}}"), "product": ("[", "]"), "sum": ("[/", "\\]"),
    "helper": ("[", "]"), "seed": ("(((", ")))"), "copy": ("([", "])"), "group": ("[[", "]]"), "cut": ("[", "]"),
}  # fmt: skip

_DASHES: Final = {"solid": "", "dashed": ",stroke-dasharray:6 4", "dotted": ",stroke-dasharray:2 4"}


def to_mermaid(diagram: Diagram) -> str:
    """The diagram as a Mermaid flowchart. Characters that Mermaid or HTML would read become entities.

    >>> from edgewise import parse
    >>> print(parse("x*x").to_mermaid())
    flowchart BT
      n0(["x"])
      n1("out = x·x")
      n0 -- 0 --> n1
      n0 -- 1 --> n1
      classDef value fill:#f0f0f0,stroke:#767676,color:#1a1a1a
      class n0,n1 value
    <BLANKLINE>
    """
    lines = ["flowchart BT"]
    for box in diagram.boxes:
        left, right = _SHAPES[box.role]
        lines.append(f'  {box.key}{left}"{_label(box)}"{right}')
    listed = {box.key: box for box in diagram.boxes}
    for number, arrow in enumerate(diagram.arrows):
        mark = f"-- {arrow.position} -->" if arrow.position >= 0 else "-->"
        lines.append(f"  {arrow.tail} {mark} {arrow.head}")
        if arrow.colour >= 0:
            lines.append(
                f"  linkStyle {number} stroke:{ink(arrow.colour)},stroke-width:2px{_DASHES[dash(arrow.colour)]}"
            )
    lines.append(f"  classDef value fill:{LIGHT.value},stroke:{LIGHT.line},color:{LIGHT.text}")
    values = [key for key, box in listed.items() if not box.derivative or box.role == "copy"]
    lines.append(f"  class {','.join(values)} value")
    for box in diagram.boxes:
        if box.derivative and box.role != "copy":
            colour = box.colours[0] if len(box.colours) == 1 else -1
            fill = tint(colour) if box.role == "partial" else LIGHT.paper
            lines.append(f"  style {box.key} fill:{fill},stroke:{ink(colour)},stroke-width:2px,color:{LIGHT.text}")
    return "\n".join(lines) + "\n"


def _label(box: Box) -> str:
    return "<br/>".join(_inert(text) for text in (box.title.unicode, box.step.unicode, box.note) if text)


def _inert(text: str) -> str:
    """Text without a character that means something: letters, digits and a few signs stay, others become entities."""
    plain = " .,=+-−/()[]·∂…ℬ𝒢^√≤≥≠⊤"
    return "".join(c if c.isalnum() or c in plain else f"#{ord(c)};" for c in text)
