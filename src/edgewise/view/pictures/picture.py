"""`Picture`: a part of 𝒢 and ℬ that is drawn, what can be shown instead, and the ways to keep it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray
from edgewise.view.pictures.copies import with_copies
from edgewise.view.pictures.diagram import HEATS, Box, Diagram
from edgewise.view.pictures.dot import to_dot
from edgewise.view.pictures.mermaid import to_mermaid
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import MISSING, drawn, has_graphviz, image, to_svg
from edgewise.view.pictures.tikz import to_tikz

__all__ = ["FULL", "SHOWN", "Picture", "written"]

SHOWN: Final = 60
"""Nodes that a notebook draws unasked."""
LEAST: Final = 0.005
"""The least share of an error that is shown."""
FULL: Final = 300
"""Nodes that `show()` draws: of 900 in a chain Graphviz takes minutes, and a page of more is no picture."""

Groups = tuple[tuple[str, IntArray], ...]


def written(path: str | Path, data: bytes) -> None:
    """Write a file, or say in one line why not."""
    try:
        Path(path).write_bytes(data)
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"{str(path)!r} cannot be written: {reason}", hint="choose a folder that is there and yours"
        ) from None


class Picture:
    """Some nodes of a graph as a picture: SVG in a notebook, or saved as SVG, PNG, PDF, TikZ, DOT or Mermaid.

    >>> import edgewise as ew
    >>> P = ew.parse("exp(x*y) + sin(x)").gradient().focus("y", depth=1)
    >>> P
    <picture of 3 of 15 nodes>
    >>> print(P.to_mermaid().splitlines()[1])
      n1(["y"])
    """

    def __init__(
        self,
        scene: Scene,
        chosen: Sequence[int],
        groups: Groups = (),
        marked: Container[int] = (),
        shares: Mapping[int, float] = MappingProxyType({}),
    ) -> None:
        self.scene, self.chosen, self.groups, self.marked = scene, tuple(chosen), groups, marked
        self.shares = shares

    @cached_property
    def diagram(self) -> Diagram:
        """The boxes and arrows, before they are laid out; `marked` nodes have heavy lines, errors glow."""
        made = with_copies(self.scene.diagram(self.chosen, self.groups))
        boxes = tuple(replace(box, marked=any(node in self.marked for node in box.nodes)) for box in made.boxes)
        boxes = tuple(self._hot(box) for box in boxes)
        return replace(made, boxes=boxes) if self.marked or self.shares else made

    def _hot(self, box: Box) -> Box:
        """A box with the share of an error that begins in its nodes."""
        share = sum(self.shares.get(node, 0.0) for node in box.nodes) if box.role != "copy" else 0.0
        if share < LEAST:
            return box
        return replace(
            box, heat=min(HEATS, 1 + int(share * HEATS)), more=(*box.more, f"{100 * share:.0f} % of the error")
        )

    def __repr__(self) -> str:
        return f"<picture of {self.diagram.shown:,} of {self.diagram.total:,} nodes>"

    # --- another part -------------------------------------------------------------------------------------------

    def focus(self, node: int, depth: int = 2) -> Picture:
        """Only what is at most `depth` edges away from a node, either way."""
        if depth < 0:
            raise InputError(f"depth={depth} is negative", hint="give the number of edges to go, such as 2")
        return Picture(self.scene, self.scene.near([node], depth, FULL), self.groups, shares=self.shares)

    def collapse(self, *groups: Iterable[int], by: str | None = None) -> Picture:
        """Each group of nodes as one box, also of those that are not shown.

        With `by="line"` a box stands for all that one line of traced code made, and another for its derivative.
        """
        made = [
            *self.groups,
            *((f"group {k + 1}", np.array([*nodes], dtype=np.int64)) for k, nodes in enumerate(groups)),
        ]
        if by == "line":
            made += self.scene.by_line()
        elif by is not None:
            raise InputError(f"by={by!r} is no way to collapse", hint='use by="line", or give groups of nodes')
        return Picture(self.scene, self.chosen, tuple(made), shares=self.shares)

    # --- ways to keep it ----------------------------------------------------------------------------------------

    def to_dot(self) -> str:
        """DOT, for Graphviz."""
        return to_dot(self.diagram)

    def to_mermaid(self) -> str:
        """A Mermaid flowchart."""
        return to_mermaid(self.diagram)

    def to_tikz(self) -> str:
        r"""A `tikzpicture` for LaTeX, its labels set as mathematics. LoweringError without pygraphviz."""
        return to_tikz(self.diagram)

    def to_svg(self) -> str:
        """An SVG element that follows the reader's light or dark mode. LoweringError without pygraphviz."""
        return to_svg(self.diagram)

    def save(self, path: str | Path) -> None:
        """Write a file whose ending says what: .svg, .png, .pdf, .tex, .dot or .mmd."""
        target = Path(path)
        texts = {".svg": self.to_svg, ".tex": self.to_tikz, ".dot": self.to_dot, ".mmd": self.to_mermaid}
        ending = target.suffix.lower()
        if ending not in (*texts, ".png", ".pdf"):
            raise InputError(
                f"{str(path)!r} has no ending that names a format", hint="use .svg, .png, .pdf, .tex, .dot or .mmd"
            )
        data = texts[ending]().encode() if ending in texts else drawn(self.diagram, ending[1:])
        written(target, data)

    # --- notebooks ----------------------------------------------------------------------------------------------

    def caption(self) -> str:
        """How much is shown and how to see more, empty where all is."""
        part = self.diagram.part
        return f"{part}; .show() draws more, .focus(node, depth=2) a part" if part else ""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        if not has_graphviz():
            return {"text/plain": f"{self!r}\n{self.to_mermaid()}\nto draw it: {MISSING}"}
        svg = self.to_svg()
        return {"text/plain": repr(self), "image/svg+xml": svg, "text/html": self.figure(svg)}

    def figure(self, svg: str) -> str:
        """The picture for HTML, with its caption and its key."""
        below = "".join(f"{escape(line)}<br>" for line in [self.caption()] if line)
        return f"{image(svg, self.scene.title)}<p>{below}<small>{escape(self.diagram.key)}</small></p>"

    def _repr_html_(self) -> str:
        made = self._repr_mimebundle_()
        return made.get("text/html") or f"<pre>{escape(made['text/plain'])}</pre>"
