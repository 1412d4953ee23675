"""The run of an algorithm as pictures: one SVG for each step, of which what is not made yet is faint."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
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

__all__ = ["Shot", "frames", "saved"]

ROOM: Final = 30.0
"""Points below the picture for what is said."""

SHAPES: Final = ":is(path,polygon,ellipse)"


Shot: TypeAlias = tuple[str, Mapping[int, Any]]
"""A step: what is said of it, and the nodes of ℬ that it uses or makes, with their numbers."""


def frames(derivative: Derivative, shots: Sequence[Shot]) -> Iterator[str]:
    """One SVG for each step: what it uses and makes has heavy lines, what comes later is faint."""
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
    said, style = _with_room(root), ElementTree.SubElement(root, "{http://www.w3.org/2000/svg}style")
    for k, (text, used) in enumerate(shots):
        said.text = text
        style.text = _look(root.attrib["id"], diagram, since, numbered, k, {f"n{node}" for node in used})
        yield ElementTree.tostring(root, encoding="unicode")


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


def _with_room(root: ElementTree.Element) -> ElementTree.Element:
    """A line of text in a strip below the picture, which grows by it."""
    x, y, width, height = map(float, root.attrib["viewBox"].split())
    root.attrib["viewBox"] = f"{x:g} {y:g} {width:g} {height + ROOM:g}"
    root.attrib["height"] = f"{float(root.attrib['height']) + ROOM * 4 / 3:.0f}"
    facts = {
        "x": f"{x + width / 2:.1f}",
        "y": f"{y + height + ROOM / 2:.1f}",
        "text-anchor": "middle",
        "font-size": "11",
    }
    return ElementTree.SubElement(root, "{http://www.w3.org/2000/svg}text", facts)


def _look(
    own: str, diagram: Diagram, since: Mapping[str, int], numbered: Collection[str], now: int, chosen: Collection[str]
) -> str:
    """The rules of one frame."""

    def ids(keys: Iterable[str], inside: str = "") -> str:
        return ",".join(f"#{own}-{key}{inside}" for key in sorted(keys))

    def into(keys: Container[str]) -> list[str]:
        return [f"a{k}" for k, arrow in enumerate(diagram.arrows) if arrow.head in keys]

    later = {box.key for box in diagram.boxes if since.get(box.key, 0) > now}
    fresh = {key for key in chosen if since.get(key) == now}
    rules = [
        (ids([*later, *into(later)]), "fill-opacity:.2;stroke-opacity:.2"),
        (ids(later.intersection(numbered), ">text:last-of-type"), "visibility:hidden"),
        (ids(chosen, f" {SHAPES}"), "stroke-width:3.5"),
        (ids(into(fresh), " path"), "stroke-width:3.5"),
    ]
    return "".join(f"{names}{{{what}}}" for names, what in rules if names)


def saved(pictures: Iterable[str], path: str | Path) -> None:
    """Write pictures as step-001.svg and so on, into a zip file or a folder. InputError where that cannot be."""
    target = Path(path)
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
            hint='name a folder, or a file such as "run.zip"',
        ) from None
    for name, data in numbered:
        written(target / name, data)
