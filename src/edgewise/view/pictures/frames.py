"""The run of an algorithm as pictures: one SVG for each step, of which what is not made yet is faint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from edgewise.differentiate import Derivative
from edgewise.errors import InputError
from edgewise.ops import CONST
from edgewise.view.pictures.copies import with_copies
from edgewise.view.pictures.diagram import Diagram
from edgewise.view.pictures.picture import FULL, written
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import to_svg
from edgewise.view.spellings import number

__all__ = ["Shot", "film", "frames", "saved"]

ROOM: Final = 30.0
"""Points below the picture for what is said."""

SECONDS: Final = 1.2
"""How long a film shows a step."""

HELD: Final = 3
"""So many steps long the end of a film stands."""

SVG: Final = "{http://www.w3.org/2000/svg}"
SHAPES: Final = ":is(path,polygon,ellipse)"
HEAVY: Final = "stroke-width:3.5"

Look: TypeAlias = tuple[list[str], str, str]
"""Parts of a picture as selectors, what holds of them, and what holds of them otherwise."""

Shot: TypeAlias = tuple[str, Mapping[int, Any]]
"""A step: what is said of it, and the nodes of ℬ that it uses or makes, with their numbers."""


def frames(derivative: Derivative, shots: Sequence[Shot]) -> Iterator[str]:
    """One SVG for each step: what it uses and makes has heavy lines, what comes later is faint."""
    root, looks = _staged(derivative, shots)
    said, style = _line(root), ElementTree.SubElement(root, f"{SVG}style")
    for (text, _), look in zip(shots, looks, strict=True):
        said.text = text
        style.text = "".join(f"{','.join(names)}{{{on}}}" for names, on, _ in look)
        yield ElementTree.tostring(root, encoding="unicode")


def film(derivative: Derivative, shots: Sequence[Shot]) -> str:
    """The same as one SVG that plays, over and over; still, at the end of the run, for those who asked for it."""
    root, looks = _staged(derivative, shots)
    own, slots = root.attrib["id"], len(shots) + HELD
    steps: dict[tuple[str, str, str], list[int]] = {}
    for k, look in enumerate(looks):
        for names, on, off in look:
            for name in names:
                steps.setdefault((name, on, off), []).append(k)
    for k, (text, _) in enumerate(shots):
        line = _line(root)
        line.text, line.attrib["class"] = text, f"ew-said ew-said-{k}"
        steps[f"#{own} .ew-said-{k}", "visibility:visible", "visibility:hidden"] = [k]
    alike: dict[tuple[str, str, tuple[int, ...]], list[str]] = {}
    for (name, on, off), shown in steps.items():
        alike.setdefault((on, off, tuple(shown)), []).append(name)
    rules = [f"#{own} .ew-said{{visibility:hidden}}#{own} .ew-said-{len(shots) - 1}{{visibility:visible}}"]
    moving = []
    for place, ((on, off, when), names) in enumerate(alike.items()):
        held = {*when, *(range(len(shots), slots) if len(shots) - 1 in when else ())}
        turns = [k for k in range(slots) if k == 0 or (k in held) != (k - 1 in held)]
        played = "".join(f"{100 * k / slots:.4g}%{{{on if k in held else off}}}" for k in turns)
        rules.append(f"@keyframes {own}-{place}{{{played}}}")
        moving.append(f"{','.join(names)}{{animation:{own}-{place} {slots * SECONDS:g}s step-end infinite}}")
    rules.append(f"@media (prefers-reduced-motion:no-preference){{{''.join(moving)}}}")
    ElementTree.SubElement(root, f"{SVG}style").text = "".join(rules)
    return ElementTree.tostring(root, encoding="unicode")


def _staged(derivative: Derivative, shots: Sequence[Shot]) -> tuple[ElementTree.Element, list[list[Look]]]:
    """The picture with all numbers in it and room for a line below, and how it looks at each step."""
    scene = Scene(derivative.tape, derivative, "")
    values = {node: value for _, used in shots for node, value in used.items()}
    first = _first(scene, shots)
    made = scene.diagram(scene.whole(FULL))
    known = {box.key: box.nodes[0] for box in made.boxes if box.nodes and box.role != "cut"}
    numbered = {key for key, node in known.items() if node in values and scene.tape.ops[node] != CONST}
    boxes = [replace(box, more=(number(values[known[box.key]]),)) if box.key in numbered else box for box in made.boxes]
    diagram = with_copies(replace(made, boxes=tuple(boxes)))
    # A copy is there when its reader is.
    since = {key: first.get(node, 0) for key, node in known.items()}
    since.update({arrow.tail: since.get(arrow.head, 0) for arrow in diagram.arrows if arrow.tail not in since})
    root = ElementTree.fromstring(to_svg(diagram))
    x, y, width, height = map(float, root.attrib["viewBox"].split())
    root.attrib["viewBox"] = f"{x:g} {y:g} {width:g} {height + ROOM:g}"
    root.attrib["height"] = f"{float(root.attrib['height']) + ROOM * 4 / 3:.0f}"
    own = root.attrib["id"]
    looks = [_look(own, diagram, since, numbered, k, {f"n{j}" for j in used}) for k, (_, used) in enumerate(shots)]
    return root, looks


def _first(scene: Scene, shots: Iterable[Shot]) -> dict[int, int]:
    """The step at which each node is there: a part of a partial when the partial is."""
    found: dict[int, int] = {}
    for k, (_, used) in enumerate(shots):
        for node in used:
            found.setdefault(node, k)
    for node in range(len(scene.tape) - 1, -1, -1):
        for j in scene.tape.arguments(node) if node in found else ():
            if scene.is_new(j):
                found[j] = min(found.get(j, found[node]), found[node])
    return found


def _line(root: ElementTree.Element) -> ElementTree.Element:
    """A line of text in the room below the picture."""
    x, y, width, height = map(float, root.attrib["viewBox"].split())
    facts = {"x": f"{x + width / 2:.1f}", "y": f"{y + height - ROOM / 2:.1f}"}
    return ElementTree.SubElement(root, f"{SVG}text", {**facts, "text-anchor": "middle", "font-size": "11"})


def _look(
    own: str, diagram: Diagram, since: Mapping[str, int], numbered: Collection[str], now: int, chosen: Collection[str]
) -> list[Look]:
    """What is unlike the whole picture at one step."""
    later = {box.key for box in diagram.boxes if since.get(box.key, 0) > now}
    fresh = {key for key in chosen if since.get(key) == now}
    faint = [*sorted(later), *(f"a{k}" for k, arrow in enumerate(diagram.arrows) if arrow.head in later)]
    unsaid = [f"{key}>text:last-of-type" for key in sorted(later.intersection(numbered))]
    found = [
        (faint, "fill-opacity:.2;stroke-opacity:.2", "fill-opacity:1;stroke-opacity:1"),
        (unsaid, "visibility:hidden", "visibility:visible"),
    ]
    for wide in (True, False):
        boxes = [
            box.key for box in diagram.boxes if box.key in chosen and (box.derivative and box.role != "copy") is wide
        ]
        found.append(([f"{key} {SHAPES}" for key in sorted(boxes)], HEAVY, f"stroke-width:{1.6 if wide else 1}"))
        arrows = [k for k, arrow in enumerate(diagram.arrows) if arrow.head in fresh and (arrow.colour >= 0) is wide]
        found.append(([f"a{k} path" for k in arrows], HEAVY, f"stroke-width:{1.8 if wide else 1}"))
    return [([f"#{own}-{name}" for name in names], on, off) for names, on, off in found if names]


def saved(derivative: Derivative, shots: Sequence[Shot], path: str | Path) -> None:
    """Write pictures as step-001.svg and so on, into a zip file or a folder, or a film. InputError where that cannot
    be."""
    target = Path(path)
    if target.suffix.lower() == ".svg":
        written(target, film(derivative, shots).encode())
        return
    pictures = frames(derivative, shots)
    numbered = ((f"step-{k:03}.svg", picture.encode()) for k, picture in enumerate(pictures, 1))
    if target.suffix.lower() == ".zip":
        held = BytesIO()
        with ZipFile(held, "w") as bundle:
            for name, data in numbered:
                bundle.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        written(target, held.getvalue())
        return
    try:
        target.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{str(path)!r} is no folder for pictures: {getattr(error, 'strerror', None) or error}",
            hint='name a folder, or a file such as "run.zip" or "film.svg"',
        ) from None
    for name, data in numbered:
        written(target / name, data)
