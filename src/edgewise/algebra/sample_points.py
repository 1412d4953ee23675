"""Points at which graphs are tried: in doubles at once, and at single points with many digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise import evaluate
from edgewise.accuracy import Balls
from edgewise.errors import UnsupportedError
from edgewise.graph import SIGNS, Tape, for_scalars
from edgewise.ops import bound, named_dimensions

__all__ = ["DIGITS", "COUNT", "Sample", "precise", "sampled"]

COUNT: Final = 48
"""How many points there are."""

DIGITS: Final = 50
"""Digits with which a point is looked at closely."""

BITS: Final = 170
"""As many in bits."""

RANGES: Final = ((0.1, 0.9), (-0.9, 0.9), (0.5, 2.0), (-2.0, 2.0), (1.1, 3.0), (-4.0, 4.0))
"""Where inputs are drawn from, point after point: domains begin and end at 0 and 1."""

GRID: Final = 1024
"""Inputs are whole multiples of one over this: short as fractions, and exact as doubles."""

LENGTHS: Final = (3, 4, 5, 2)
"""The numbers of the named dimensions, in the order of their names."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """The inputs of a graph at points, by parameter with the points on the first axis, and the values of its nodes."""

    tape: Tape
    inputs: Mapping[str, Any]
    values: tuple[Any, ...]

    @cached_property
    def balls(self) -> Balls | None:
        """The graph in ball arithmetic; None of tensors."""
        try:
            return Balls(for_scalars(self.tape, "a value with many digits"))
        except UnsupportedError:
            return None

    def value(self, node: int) -> Floats:
        """The values of a node, the points on the first axis."""
        found = np.asarray(self.values[node], dtype=float)
        return np.broadcast_to(found, (COUNT, *found.shape[found.ndim - len(self.tape.shape(node)) :]))

    def point(self, place: int) -> dict[str, Any]:
        """The inputs at one point."""
        return {name: value[place].tolist() for name, value in self.inputs.items()}


def sampled(tape: Tape) -> Sample:
    """The values of all nodes at points that are always the same. NaN and infinities flow, without a word."""
    rng = np.random.default_rng(len(tape.parameters))
    names = sorted({name for parameter in tape.parameters for name in named_dimensions(parameter.shape)})
    sizes = {name: LENGTHS[k % len(LENGTHS)] for k, name in enumerate(names)}
    inputs: dict[str, Any] = {}
    flat: list[Any] = []
    for parameter in tape.parameters:
        shape = bound(parameter.shape, sizes)
        low, high = (np.resize([pair[k] for pair in RANGES], COUNT).reshape(-1, *[1] * len(shape)) for k in (0, 1))
        drawn = np.round((low + (high - low) * rng.random((COUNT, *shape))) * GRID) / GRID
        if parameter.kind == "symmetric":
            drawn = (drawn + np.swapaxes(drawn, -1, -2)) / 2
        if parameter.kind == "integer":
            drawn = np.zeros(drawn.shape, dtype=int)
        if parameter.sign and "-" not in SIGNS[parameter.sign]:
            drawn = np.abs(drawn) + (drawn == 0)
        if parameter.sign and "+" not in SIGNS[parameter.sign]:
            drawn = -np.abs(drawn) - (drawn == 0)
        inputs[parameter.name] = drawn
        whole = parameter.is_tensor or not parameter.shape
        flat.extend([drawn] if whole else np.moveaxis(drawn.reshape(COUNT, -1), 0, -1))
    with np.errstate(all="ignore"):
        return Sample(tape, inputs, evaluate.propagate(tape, flat, sizes).values)


def precise(sample: Sample, place: int, nodes: Sequence[int]) -> list[Any] | None:
    """The values of nodes at one point as balls that are known to DIGITS digits.

    None where some of them is no real number there, or an operation computes with doubles alone, and for tensors.
    """
    if sample.balls is None or sample.balls.without:
        return None
    inputs = [float(np.asarray(sample.values[node])[place]) for node in sample.tape.inputs]
    found = sample.balls.known(inputs, nodes, BITS)
    return None if any(found[node].is_nan() for node in nodes) else [found[node] for node in nodes]
