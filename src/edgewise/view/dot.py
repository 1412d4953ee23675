"""DOT: a diagram in Graphviz's language, 𝒢 running up and ℬ back down beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from edgewise.view.diagram import Arrow, Box, Diagram
from edgewise.view.palette import LIGHT, dash, ink, shade, tint

__all__ = ["to_dot"]

_SHAPES: Final = {
    "input": "ellipse", "value": "box", "partial": "hexagon", "product": "box", "sum": "octagon", "helper": "plaintext",
    "seed": "ellipse", "group": "box3d", "cut": "plaintext",
}  # fmt: skip


HARD: Final = 50_000
"""How much is left to Graphviz's best layout, as the sum of the squares of the ranks that arrows pass. Beyond it, it
takes minutes; then fewer rounds are made and arrows are straight.
"""


def _effort(diagram: Diagram) -> str:
    """The settings of a layout that would take too long."""
    rank: dict[str, int] = {}
    passed = 0
    for arrow in diagram.arrows:  # of the arguments before those of what reads them
        tail = rank.get(arrow.tail, 0)
        rank[arrow.head] = max(rank.get(arrow.head, 0), tail + 1)
        passed += (rank[arrow.head] - tail) ** 2
    return ", splines=line, nslimit=0.1, nslimit1=0.1, mclimit=0.1" if passed > HARD else ""


def to_dot(diagram: Diagram) -> str:
    """The diagram as DOT text, the same bytes for the same diagram. Names are quoted: none of them is markup."""
    both = any(box.derivative for box in diagram.boxes)
    lines = [
        "digraph edgewise {",
        f"  graph [rankdir=BT, nodesep=0.25, ranksep={0.35 if both else 0.5}, bgcolor=transparent, "
        f"tooltip={quoted(diagram.title)}{_effort(diagram)}]",
        '  node [fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.3, margin="0.1,0.05", style=filled]',
        '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, arrowsize=0.6]',
    ]
    lines += [f"  {_box(box)}" for box in diagram.boxes]
    beside = {box.beside: box.key for box in diagram.boxes if box.beside >= 0 and box.derivative}
    values = {box.beside: box.key for box in diagram.boxes if box.beside >= 0 and not box.derivative}
    for node, key in beside.items():
        if node in values:
            lines.append(f"  {{rank=same; {values[node]} -> {key} [style=invis, weight=0]}}")
    if both:
        lines += [f"  {line}" for line in _titles(diagram)]
    roles = {box.key: box for box in diagram.boxes}
    lines += [f"  {_arrow(arrow, roles, both)}" for arrow in diagram.arrows]
    return "\n".join([*lines, "}"]) + "\n"


def _titles(diagram: Diagram) -> list[str]:
    """Which is which, above the two graphs."""
    lines = []
    for key, text, derivative in (("title_G", "𝒢", False), ("title_B", "ℬ", True)):
        box = next((box for box in reversed(diagram.boxes) if box.derivative is derivative and _is_top(box)), None)
        if box is not None:
            lines.append(f'{key} [label="{text}", shape=plaintext, style="", fontsize=20, class="ew-title"]')
            lines.append(f"{box.key} -> {key} [style=invis, weight=5]")
    if len(lines) == 4:
        lines.append("{rank=same; title_G -> title_B [style=invis]}")
    return lines


def _is_top(box: Box) -> bool:
    return box.role == "seed" if box.derivative else box.role == "value"


def quoted(text: str) -> str:
    """A string of DOT."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(box: Box) -> str:
    formula = escape(box.formula)
    more = "".join(f'<br/><font point-size="9">{escape(line)}</font>' for line in box.more)
    if not box.heading:
        return f"<{formula}{more}>"
    return f'<<b>{escape(box.heading)}</b><br/><font point-size="9">{formula}</font>{more}>'


def _classes(colours: Sequence[int]) -> list[str]:
    """Which edges a thing serves, and its ink where that is one."""
    return [*(f"ew-c{c}" for c in colours), *(f"ew-i{shade(c)}" for c in colours if len(colours) == 1)]


def _graph(thing: Box | Arrow) -> str:
    """Of which graph a thing is, as a class."""
    return "ew-B" if thing.derivative else "ew-G"


def _box(box: Box) -> str:
    colour = box.colours[0] if len(box.colours) == 1 else -1
    style = "rounded,filled" if box.role == "value" else "filled"
    line = ink(colour) if box.derivative else LIGHT.line
    fill = LIGHT.value if not box.derivative else tint(colour) if box.role == "partial" else LIGHT.paper
    facts = {
        "id": quoted(box.key),
        "class": quoted(" ".join(["ew-node", f"ew-{box.role}", _graph(box), *_classes(box.colours)])),
        "label": _label(box),
        "shape": _SHAPES[box.role],
        "style": quoted(style),
        "color": quoted(line),
        "fillcolor": quoted(fill),
        "penwidth": "1.6" if box.derivative else "1",
        "peripheries": "2" if box.role == "seed" else "1",
        "tooltip": quoted(f"{box.heading}: {box.formula}" if box.heading else box.formula),
    }
    return f"{box.key} [{', '.join(f'{name}={value}' for name, value in facts.items())}]"


def _arrow(arrow: Arrow, boxes: dict[str, Box], both: bool) -> str:
    tail, head = boxes[arrow.tail], boxes[arrow.head]
    facts = {
        "class": quoted(" ".join(["ew-edge", _graph(arrow), *_classes((arrow.colour,) if arrow.colour >= 0 else ())])),
        "color": quoted(ink(arrow.colour) if arrow.colour >= 0 else LIGHT.line),
        "style": quoted(dash(arrow.colour)),
        "penwidth": "1.8" if arrow.colour >= 0 else "1",
        "tooltip": quoted(f"{tail.formula} → {head.formula}"),
    }
    if arrow.position >= 0:
        facts["label"] = quoted(str(arrow.position))
    ends = f"{arrow.tail} -> {arrow.head}"
    if not arrow.derivative:
        facts["weight"] = "3"
        if both:
            facts["minlen"] = "2"
    elif tail.derivative:
        # The derivative runs down: Graphviz is told the arrow the other way round.
        ends, facts["dir"] = f"{arrow.head} -> {arrow.tail}", "back"
    else:
        facts["constraint"] = "false"
    return f"{ends} [{', '.join(f'{name}={value}' for name, value in facts.items())}]"
