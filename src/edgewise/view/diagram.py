"""What a picture of 𝒢 and ℬ shows, before it is laid out: boxes with roles, arrows, and one colour for each edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["ROLES", "Arrow", "Box", "Diagram"]

ROLES: Final[Mapping[str, str]] = {
    "input": "input",
    "value": "operation of 𝒢",
    "partial": "local partial of an edge",
    "product": "product of an edge",
    "sum": "sum of products",
    "helper": "part of a partial",
    "seed": "where the sweep starts",
    "group": "several nodes",
    "cut": "left out",
}
"""What a box can stand for, in the words of the key beside a picture."""


@dataclass(frozen=True)
class Box:
    """One box: what it stands for, its role, and its label: a heading and a formula.

    `beside` is the node of 𝒢 whose value or derivative it holds, -1 for none; `colours` number the edges of 𝒢 that it
    serves. `more` are further lines below the formula, such as numbers.
    """

    key: str
    nodes: tuple[int, ...]
    role: str
    heading: str
    formula: str
    derivative: bool
    beside: int = -1
    colours: tuple[int, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """From an argument to what reads it. `colour` numbers the edge of 𝒢 that it is, or that it serves; -1 for none."""

    tail: str
    head: str
    derivative: bool
    colour: int = -1
    position: int = -1


@dataclass(frozen=True)
class Diagram:
    """The boxes and arrows of a picture. `edges` says for each colour which edge of 𝒢 it is.

    `total` is how many nodes the graph has; the boxes stand for `shown` of them.
    """

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    edges: tuple[str, ...] = ()
    total: int = 0

    @property
    def shown(self) -> int:
        """How many nodes the boxes stand for."""
        return sum(len(box.nodes) for box in self.boxes if box.role != "cut")
