"""What the equations of a derivation are made of.

An equation's parts are names (a value, a derivative that has arrived, a local partial), formulas of nodes, and what a
rule does to them. They are data: a notation writes them, as text, LaTeX or MathML, and adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from edgewise.graph import Tape

__all__ = [
    "Arrived", "Change", "Equation", "Formula", "Higher", "Name", "Part", "Partial", "Pull", "Side", "Step", "Times",
    "Value", "Words",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a node of 𝒢: an input's own name, u(i) for another. ~i is node i of ℬ, an input that only ℬ has."""

    node: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """The derivative that has arrived at a node of 𝒢: grad_table[u(i)], its tangent, or a Taylor coefficient."""

    node: int
    degree: int = 0


@dataclass(frozen=True, slots=True)
class Partial:
    """∂above/∂below; with a position, with respect to one of several places where the same argument stands."""

    above: int
    below: int
    position: int = -1


@dataclass(frozen=True, slots=True)
class Higher:
    """∂ᵏabove/∂below…, with k nodes below."""

    above: int
    below: tuple[int, ...]


Name = Value | Arrived | Partial | Higher


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A node as a graph of its own, and the names of what it reads; one operation may be left as it is `written`."""

    tape: Tape
    names: tuple[Name, ...]
    written: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """∂(formula)/∂below, before the rule is applied."""

    formula: Formula
    below: Value
    position: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """A product of two factors."""

    left: Name | Formula
    right: Name | Formula


@dataclass(frozen=True, slots=True, eq=False)
class Pull:
    """What an edge between tensors makes of a derivative: bprop(consumer, parent, arrived), or jvp(…) upwards."""

    consumer: Value
    parent: Value
    position: int
    arrived: Arrived


Side = Name | Formula | Change | Times | Pull

Words = tuple[str | Side, ...]
"""Text in which formulas stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """What is computed, then the same number in ever simpler ways; `node` of ℬ holds it, `rule` says why.

    `added` is an equation of what is added to the derivative on the left.
    """

    rule: str
    left: Name
    sides: tuple[Side, ...]
    node: int
    added: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Equations that belong together: those of one edge (consumer, position, parent) of 𝒢, or of none."""

    title: Words
    edge: tuple[int, int, int] | None
    equations: tuple[Equation, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the derivation: the function, a sweep, the results. `left_out` counts the steps that are not shown."""

    title: Words
    note: Words
    steps: tuple[Step, ...]
    left_out: int = 0
