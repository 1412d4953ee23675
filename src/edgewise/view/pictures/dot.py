"""DOT: a diagram in Graphviz's language, 𝒢 running up and ℬ back down beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from edgewise.view.palette import LIGHT, dash, glow, ink, shade, tint
from edgewise.view.pictures.diagram import HEATS, Arrow, Box, Diagram

__all__ = ["FONTS", "to_dot"]

FONTS: Final = "Helvetica,Arial,sans-serif"

MANY: Final = 250
"""Boxes above which Graphviz is told to take less trouble: it would take half a minute over a thousand."""

HARD: Final = 50_000
"""How much is left to Graphviz's best layout, as the sum of the squares of the ranks that arrows pass. Beyond it, it
takes minutes, and is told to take hardly any trouble.
"""

_SHAPES: Final = {
    "input": "ellipse", "value": "box", "partial": "hexagon", "product": "box", "sum": "octagon", "helper": "plaintext",
    "seed": "ellipse", "copy": "ellipse", "group": "box3d", "cut": "plaintext",
}  # fmt: skip


def _effort(diagram: Diagram) -> str:
    """The settings of a layout that would take too long: straight arrows and fewer rounds."""
    rank: dict[str, int] = {}
    passed = 0
    for arrow in diagram.arrows:  # of the arguments before those of what reads them
        tail = rank.get(arrow.tail, 0)
        rank[arrow.head] = max(rank.get(arrow.head, 0), tail + 1)
        passed += (rank[arrow.head] - tail) ** 2
    if passed <= HARD and len(diagram.boxes) <= MANY:
        return ""
    rounds = 0.1 if passed > HARD else 1
    return f", splines=line, nslimit={rounds}, nslimit1={rounds}, mclimit=0.1"


def to_dot(diagram: Diagram) -> str:
    """The diagram as DOT text, the same bytes for the same diagram. Names are quoted: none of them is markup."""
    both = any(box.derivative for box in diagram.boxes)
    lines = [
        "digraph edgewise {",
        f"  graph [rankdir=BT, newrank=true, nodesep=0.25, ranksep={0.35 if both else 0.5}, bgcolor=transparent, "
        f"tooltip={quoted(diagram.title)}{_effort(diagram)}]",
        f'  node [fontname="{FONTS}", fontsize=11, height=0.3, margin="0.1,0.05", style=filled]',
        f'  edge [fontname="{FONTS}", fontsize=9, arrowsize=0.6]',
    ]
    if both:
        lines += _halves(diagram)
    else:
        lines += [f"  {_box(box)}" for box in diagram.boxes]
    beside = {box.beside: box.key for box in diagram.boxes if box.beside >= 0 and box.derivative}
    values = {box.beside: box.key for box in diagram.boxes if box.beside >= 0 and not box.derivative}
    for node, key in beside.items():
        if node in values:
            lines.append(f"  {{rank=same; {values[node]} -> {key} [style=invis, weight=0]}}")
    roles = {box.key: box for box in diagram.boxes}
    lines += [f"  {_arrow(k, arrow, roles, both, diagram.upward)}" for k, arrow in enumerate(diagram.arrows)]
    return "\n".join([*lines, "}"]) + "\n"


def _halves(diagram: Diagram) -> list[str]:
    """The boxes of 𝒢 on the left and those of ℬ on the right, and above them which is which."""
    lines, titles = [], []
    for key, text, derivative in (("title_G", "𝒢", False), ("title_B", "ℬ", True)):
        boxes = [box for box in diagram.boxes if box.derivative is derivative and box.role != "cut"]
        lines += [f"  subgraph cluster_{key[-1]} {{", "    peripheries=0"]
        lines += [f"    {_box(box)}" for box in boxes]
        own = {box.key for box in boxes if box.role != "copy"}
        up = diagram.upward or not derivative
        inside = [arrow for arrow in diagram.arrows if {arrow.tail, arrow.head} <= own]
        # Boxes of several nodes can read each other: then none is the first, and all are below the title.
        tops = sorted(own - {arrow.tail if up else arrow.head for arrow in inside} or own, key=lambda key: int(key[1:]))
        if tops:
            said = diagram.says[derivative]
            below = f'<tr><td><font point-size="12">{escape(said)}</font></td></tr>' if said else ""
            label = f'<table border="0" cellborder="0" cellspacing="0"><tr><td>{text}</td></tr>{below}</table>'
            facts = 'shape=plaintext, style="", fontsize=20, class="ew-title"'
            lines.append(f"    {key} [label=<{label}>, {facts}]")
            titles.append(key)
        lines.append("  }")
        # A copy stands above its reader, and below the title.
        lines += [f"  {top} -> {key} [style=invis, minlen=2, weight={5 if top == tops[-up] else 0}]" for top in tops]
    lines += [f"  {_box(box)}" for box in diagram.boxes if box.role == "cut"]
    return [*lines, "  {rank=same; title_G -> title_B [style=invis]}"] if len(titles) == 2 else lines


def quoted(text: str) -> str:
    """A string of DOT."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(box: Box) -> str:
    """The title above what the box computes. Rows of a table, since Graphviz sets raised lines too near each other."""
    small = [f'<font point-size="9">{escape(line)}</font>' for line in (box.note, *box.more) if line]
    steps = [step.html for step in box.step.rows()]
    if not box.heading and not small and len(steps) == 1:
        return f"<{steps[0]}>"
    lines = [*steps, *small]
    if box.heading:
        heads = [f"<b>{title.html}</b>" for title in box.title.rows()]
        lines = [*heads, *(f'<font point-size="10">{step}</font>' for step in steps), *small]
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{rows}</table>>'


def _classes(colours: Sequence[int]) -> list[str]:
    """Which edges a thing serves, and its ink where that is one."""
    return [*(f"ew-c{c}" for c in colours), *(f"ew-i{shade(c)}" for c in colours if len(colours) == 1)]


def _graph(thing: Box | Arrow) -> str:
    """Of which graph a thing is, as a class."""
    copy = isinstance(thing, Box) and thing.role == "copy"
    return "ew-B" if thing.derivative and not copy else "ew-G"


def _box(box: Box) -> str:
    colour = box.colours[0] if len(box.colours) == 1 else -1
    copy = box.role == "copy"
    style = "rounded,filled" if box.role == "value" else "dashed,filled" if copy else "filled"
    line = ink(colour) if box.derivative and not copy else LIGHT.line
    fill = LIGHT.value if copy or not box.derivative else tint(colour) if box.role == "partial" else LIGHT.paper
    fill = glow(box.heat, HEATS) if box.heat else fill
    hot = [f"ew-h{box.heat}"] if box.heat else []
    facts = {
        "id": quoted(box.key),
        "class": quoted(" ".join(["ew-node", f"ew-{box.role}", _graph(box), *_classes(box.colours), *hot])),
        "label": _label(box),
        "shape": _SHAPES[box.role],
        "style": quoted(style),
        "color": quoted(line),
        "fillcolor": quoted(fill),
        "penwidth": "4" if box.marked else "1.6" if box.derivative and not copy else "1",
        "peripheries": "2" if box.role == "seed" else "1",
        "tooltip": quoted(box.said),
    }
    return f"{box.key} [{', '.join(f'{name}={value}' for name, value in facts.items())}]"


def _arrow(number: int, arrow: Arrow, boxes: dict[str, Box], both: bool, upward: bool) -> str:
    tail, head = boxes[arrow.tail], boxes[arrow.head]
    facts = {
        "id": quoted(f"a{number}"),
        "class": quoted(" ".join(["ew-edge", _graph(arrow), *_classes((arrow.colour,) if arrow.colour >= 0 else ())])),
        "color": quoted(ink(arrow.colour) if arrow.colour >= 0 else LIGHT.line),
        "style": quoted(dash(arrow.colour)),
        "penwidth": "1.8" if arrow.colour >= 0 else "1",
        "tooltip": quoted(f"{tail.called} → {head.called}"),
    }
    if arrow.position >= 0:
        facts["label"] = quoted(str(arrow.position))
    ends = f"{arrow.tail} -> {arrow.head}"
    if tail.role == "copy":
        facts["weight"] = "4"
    if not arrow.derivative:
        facts.setdefault("weight", "3")
        if both:
            facts["minlen"] = "2"
    elif tail.derivative and not upward:
        # The derivative runs down: Graphviz is told the arrow the other way round.
        ends, facts["dir"] = f"{arrow.head} -> {arrow.tail}", "back"
    elif not tail.derivative:
        facts["constraint"] = "false"
    return f"{ends} [{', '.join(f'{name}={value}' for name, value in facts.items())}]"
