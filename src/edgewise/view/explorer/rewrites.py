"""Simplification as a film: a frame for each named rewrite, with the operations before and after it, and the graph."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from edgewise.differentiate import Derivative
from edgewise.graph import Tape, node_text
from edgewise.progress import Bar
from edgewise.simplify import Frame, Report
from edgewise.view.pictures.picture import Picture
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import has_graphviz, to_svg

__all__ = ["Stage", "film", "stages"]

SMALL: Final = 40
"""Nodes of the largest graph that is drawn whole; of a larger one, what is near the node that was rewritten."""

NEAR: Final = 9
"""Nodes that are drawn then."""

DRAWN: Final = 40
"""Frames with a picture; further ones have their words and counts alone."""

FRAMES: Final = 100_000
"""Nodes of all frames together: a frame numbers its whole graph anew. Of more, the end alone is shown."""

TEXT: Final = 60
"""Characters of a formula."""


@dataclass(frozen=True)
class Stage:
    """A graph on the way, and what led to it: the rewrite's name, the formula before and after, the node it made.

    `node` is -1 where nobody reads it any more.
    """

    rule: str
    operations: int
    scene: Scene
    text: str = ""
    node: int = -1


def stages(derivative: Derivative, simplified: Derivative, report: Report) -> Iterator[Stage]:
    """The graph as written, and after each rewrite, or after all where they were not done one by one.

    Where 𝒢 was brought into another form first, each rewrite is one of the derivative of that form, not of this one.
    """
    one_by_one = report.stepwise and simplified.base is derivative.base
    yield Stage("as written", report.before, Scene(derivative.tape, derivative, ""))
    if not one_by_one or len(report.rewrites) * len(derivative.tape) > FRAMES:
        rules = ", ".join(report.rules) or "nothing to simplify"
        yield Stage(rules, report.after, Scene(simplified.tape, simplified, ""))
        return
    for rewrite in report.rewrites:
        frame = rewrite.after
        scene = Scene(frame.tape, derivative.renumbered(frame.tape, frame.new), "")
        yield Stage(", ".join(rewrite.rules), frame.operations, scene, _text(rewrite.before, frame), frame.node)


def _text(before: Frame, after: Frame) -> str:
    """The formula of a node before and after."""
    if before.node < 0:
        return ""

    def formula(tape: Tape, node: int) -> str:
        return node_text(tape, node, TEXT) if node >= 0 else "not needed any more"

    return f"{formula(before.tape, before.node)}  →  {formula(after.tape, after.node)}"


def film(told: Iterable[Stage]) -> dict[str, Any]:
    """What the page has of it: how many `rewrites` there are, and the frames as JSON, compressed, in base 64.

    The pictures are much alike: so they take a tenth of the room.
    """
    frames: list[dict[str, Any]] = []
    with Bar("pictures of the simplification") as bar:
        for number, stage in enumerate(told):
            before = frames[-1]["after"] if frames else stage.operations
            frames.append({
                "rule": stage.rule, "text": stage.text, "before": before, "after": stage.operations,
                "svg": _drawn(stage) if number < DRAWN else "",
            })  # fmt: skip
            bar.update(number, f"{number} rewrites")
    data = json.dumps(frames, separators=(",", ":")).encode()
    return {"rewrites": len(frames) - 1, "film": base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()}


def _drawn(stage: Stage) -> str:
    """The picture of a stage, the node that was made in heavy lines."""
    if not has_graphviz():
        return ""
    scene = stage.scene
    chosen = scene.whole()
    if len(chosen) > SMALL:
        chosen = scene.near([stage.node], 1, NEAR) if stage.node >= 0 else []
    return to_svg(Picture(scene, chosen, (), frozenset([stage.node])).diagram) if chosen else ""
