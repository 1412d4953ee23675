"""A picture's two halves as pictures of their own, which stand beside each other: 𝒢, and ℬ with what it reads of 𝒢."""

from __future__ import annotations

from dataclasses import replace

from edgewise.view.pictures.diagram import Arrow, Box, Diagram
from edgewise.view.pictures.label_formulas import Formula

__all__ = ["half_of_derivatives", "half_of_values"]


def half_of_values(diagram: Diagram) -> Diagram:
    """𝒢 alone, its edges in their colours."""
    boxes = tuple(box for box in diagram.boxes if not box.derivative)
    kept = {box.key for box in boxes}
    arrows = tuple(arrow for arrow in diagram.arrows if {arrow.tail, arrow.head} <= kept)
    return replace(diagram, boxes=boxes, arrows=arrows)


def half_of_derivatives(diagram: Diagram, values: Diagram) -> Diagram:
    """ℬ alone: values of 𝒢 stand beside each box that reads them, by their names; colours are those of the half of
    `values`.

    What that half does not have, since simplification computes it in another form than 𝒢, is drawn in this one.
    """
    boxes = {box.key: box for box in diagram.boxes}
    there = {box.called for box in values.boxes}
    own = {key for key, box in boxes.items() if box.derivative or box.role == "cut"}
    for arrow in reversed(diagram.arrows):  # of what reads before those of what it reads
        if arrow.head in own and boxes[arrow.tail].role == "value" and boxes[arrow.tail].called not in there:
            own.add(arrow.tail)
    copies: dict[tuple[str, str], Box] = {}
    arrows: list[Arrow] = []
    for arrow in diagram.arrows:
        if arrow.head not in own:
            continue
        if arrow.tail not in own:
            tail, place = boxes[arrow.tail], (arrow.tail, arrow.head)
            if place not in copies:
                copies[place] = Box(f"r{len(copies)}", tail.nodes, "copy", Formula(), tail.name, True, name=tail.name)
            arrow = replace(arrow, tail=copies[place].key)
        arrows.append(replace(arrow, derivative=True))
    kept = [_derived(box) for box in diagram.boxes if box.key in own]
    known = {name: number for number, name in enumerate(values.edges)}
    number = [known.setdefault(name, len(known)) for name in diagram.edges]
    return replace(
        diagram,
        boxes=(*(replace(box, colours=tuple(number[c] for c in box.colours)) for box in kept), *copies.values()),
        arrows=tuple(replace(arrow, colour=number[arrow.colour] if arrow.colour >= 0 else -1) for arrow in arrows),
        edges=tuple(known),
    )


def _derived(box: Box) -> Box:
    """A value that only this half has is a part of what is made of it."""
    return box if box.derivative or box.role == "cut" else replace(box, derivative=True, role="helper")
