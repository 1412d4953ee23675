"""Values that are shown again beside what reads them, where arrows from one place would run across the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from edgewise.view.pictures.diagram import Arrow, Box, Diagram
from edgewise.view.pictures.label_formulas import Formula

__all__ = ["with_copies"]

FEW: Final = 5
"""Arrows from 𝒢 to ℬ up to which they are drawn from where the values stand."""

FAR: Final = 2
"""Ranks that an arrow from an input, or into ℬ, may pass."""


def with_copies(diagram: Diagram) -> Diagram:
    """The diagram with copies of values of 𝒢 beside the boxes of ℬ that read them, and of inputs that are read far off.

    A copy has the name alone, and the node of the value.
    """
    boxes = {box.key: box for box in diagram.boxes}
    rank = _ranks(diagram)
    beside = {box.beside: rank[box.key] for box in diagram.boxes if not box.derivative and box.beside >= 0}
    across = [a for a in diagram.arrows if a.head in boxes and _is_value(boxes[a.tail]) and boxes[a.head].derivative]
    many = len(across) > FEW
    readers: dict[str, int] = {}
    for arrow in diagram.arrows:
        readers[arrow.tail] = readers.get(arrow.tail, 0) + 1
    copies: dict[tuple[str, str], Box] = {}
    arrows: list[Arrow] = []
    for arrow in diagram.arrows:
        tail, head = boxes[arrow.tail], boxes[arrow.head]
        crosses = _is_value(tail) and head.derivative and head.role != "group"
        stands = beside.get(head.beside, rank[arrow.tail]) if crosses else rank[arrow.head]
        far = (crosses or tail.role == "input") and abs(stands - rank[arrow.tail]) > FAR
        if head.role != "group" and ((crosses and many) or (far and readers[arrow.tail] > 1)):
            place = arrow.tail, arrow.head
            if place not in copies:
                copies[place] = Box(
                    f"r{len(copies)}", tail.nodes, "copy", Formula(), tail.name, head.derivative, name=tail.name,
                    note=tail.note if tail.role == "input" else "",
                )  # fmt: skip
            arrow = replace(arrow, tail=copies[place].key)
        arrows.append(arrow)
    used = {end for arrow in arrows for end in (arrow.tail, arrow.head)}
    had = {end for arrow in diagram.arrows for end in (arrow.tail, arrow.head)}
    # An input that is shown beside each of its readers needs no place of its own.
    kept = [box for box in diagram.boxes if box.key in used or box.key not in had or box.role != "input"]
    return replace(diagram, boxes=(*kept, *copies.values()), arrows=tuple(arrows))


def _is_value(box: Box) -> bool:
    return not box.derivative and box.role in ("input", "value")


def _ranks(diagram: Diagram) -> dict[str, int]:
    """How many arrows of 𝒢 lead to each box at most."""
    rank = {box.key: 0 for box in diagram.boxes}
    for arrow in diagram.arrows:  # of the arguments before those of what reads them
        if not arrow.derivative:
            rank[arrow.head] = max(rank[arrow.head], rank[arrow.tail] + 1)
    return rank
