"""Two graphs in one picture, side by side; what only one of them has stands out by heavy lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, NoReturn

from edgewise.errors import InputError
from edgewise.graph import Tape
from edgewise.view.pictures.diagram import Diagram
from edgewise.view.pictures.label_formulas import Formula
from edgewise.view.pictures.picture import SHOWN, Picture
from edgewise.view.pictures.scene import Scene

__all__ = ["side_by_side"]


def side_by_side(tapes: Sequence[Tape], names: Sequence[str], only: Sequence[Collection[int]]) -> Picture:
    """A picture of two graphs, called by `names`, in which the nodes that only one has are marked."""
    return Picture(_Pair([Scene(tape, None, "") for tape in tapes], names, only), ())  # type: ignore[arg-type]


class _Pair:
    """What a picture draws: two scenes as one, the nodes of the second numbered on from those of the first."""

    def __init__(self, scenes: Sequence[Scene], names: Sequence[str], only: Sequence[Collection[int]]) -> None:
        self.scenes, self.names, self.only = scenes, names, only
        self.title = " and ".join(names)

    def diagram(self, chosen: Sequence[int], groups: Any = ()) -> Diagram:
        """The boxes and arrows of both."""
        if chosen or groups:
            self.near(chosen)
        parts = [
            _marked(scene, name, frozenset(only), start)
            for scene, name, only, start in zip(
                self.scenes, self.names, self.only, (0, len(self.scenes[0].tape)), strict=True
            )
        ]
        boxes, arrows = ([item for part in parts for item in getattr(part, kind)] for kind in ("boxes", "arrows"))
        return Diagram(self.title, tuple(boxes), tuple(arrows), (), sum(part.total for part in parts))

    def near(self, starts: Iterable[int], *_: Any) -> NoReturn:
        raise InputError(
            "a picture of two graphs has no parts", hint="draw a part of one, as in G.focus(node, depth=2)"
        )


def _marked(scene: Scene, name: str, only: frozenset[int], start: int) -> Diagram:
    """The diagram of one graph under other keys, its outputs with its name."""
    made, outputs = scene.diagram(scene.whole(SHOWN)), set(scene.tape.outputs)
    keys = {box.key: f"n{start + box.nodes[0]}" if box.nodes else f"cut{start}" for box in made.boxes}
    boxes = tuple(
        replace(
            box, key=keys[box.key], beside=-1, marked=not only.isdisjoint(box.nodes),
            title=Formula(name) if not outputs.isdisjoint(box.nodes) else box.title,
        )
        for box in made.boxes
    )  # fmt: skip
    arrows = tuple(replace(arrow, tail=keys[arrow.tail], head=keys[arrow.head]) for arrow in made.arrows)
    return replace(made, boxes=boxes, arrows=arrows)
