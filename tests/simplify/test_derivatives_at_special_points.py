"""Derivatives of simplified graphs, simplified derivatives, and derivatives of these, at special points.

The written derivatives of orders one to three are what is compared with, mpmath judges (see `special_judge`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from test_special_points import FORMS, PAIRS, put, sampled

import edgewise as ew
from peers import where_loops_are_compiled
from special_judge import POINTS, Fault, evaluated, judged

pytestmark = where_loops_are_compiled

Graph = Any
FURTHER = np.array([*POINTS, -1e-160, 1e160, -1e160, -1e300, 1e-300])


def sample(seed: int, one_in: int) -> list[str]:
    """Pairs f(g(x)), and sums, products and quotients of two functions of x or of two such pairs; see `sampled`."""
    ones = [put(form, "x") for form in FORMS]
    some = sampled(PAIRS, seed + 1, 5 * one_in)
    parts = itertools.chain(itertools.product(ones, ones), itertools.product(some, some), itertools.product(ones, some))
    both = (f"({one}){'+-*/'[crc32(f'{one} {other}'.encode()) % 4]}({other})" for one, other in parts)
    return sampled(PAIRS, seed, 2 * one_in) + sampled(both, seed, one_in)


def ways(G: Graph) -> list[tuple[Graph, Mapping[str, Callable[[], Graph]]]]:
    """The written derivatives of each order, and the same simplified before, behind, or on both sides."""
    S = G.simplify()
    return [
        (G.gradient(), {"before": S.gradient, "behind": G.gradient().simplify, "both": S.gradient().simplify}),
        (G.hessian(), {"before": S.hessian, "behind": G.hessian().simplify, "both": S.hessian().simplify}),
        (
            G.hessian().jacobian(),
            {
                "before": S.hessian().jacobian,
                "behind": G.hessian().jacobian().simplify,
                "both": S.hessian().jacobian().simplify,
            },
        ),
    ]


def between(G: Graph) -> list[tuple[Graph, Mapping[str, Callable[[], Graph]]]]:
    """A simplified derivative that is differentiated again."""
    g, h = G.gradient().simplify(), G.hessian().simplify()
    return [(G.hessian(), {"between": g.jacobian}), (G.hessian().jacobian(), {"between": h.jacobian})]


def found(formula: str, of: Callable[[Graph], Any]) -> list[tuple[str, int, str, list[Fault]]]:
    """The lines at fault: formula, order, where it was simplified, and the points."""
    G = ew.parse(formula, inputs=["x"])
    if G.tape.op(G.tape.outputs[0]).boolean:
        return []
    lines = []
    for order, (written, others) in enumerate(of(G), 1):
        values, seen = evaluated(written, [FURTHER]), dict[Any, Any]()
        for where, make in others.items():
            faults = judged(written, values, evaluated(make(), [FURTHER]), [FURTHER], seen)
            if faults:
                lines.append((formula, order, where, faults))
    return lines


@pytest.mark.parametrize("part", range(4))
def test_a_few_formulas(part: int) -> None:
    for formula in sample(21, 2000)[part::4]:
        assert found(formula, ways) == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_many_formulas(part: int) -> None:
    for formula in sample(22, 150)[part::5]:
        assert found(formula, ways) == []


BEYOND = "a square or cube in the written derivative of the simplified one leaves the range, and 0*inf is NaN"
WORSE = {
    "hypot(((x)**2), 2)": {1e154: BEYOND},
    "(acsch((x)))*(sqrt((x)))": {1e103: BEYOND},
    "(atan2(1, (x)))/(acoth((x)))": {1e154: "of a difference of products one leaves the range"},
}
"""Formula → the least size at which it is worse, and why. `G.hessian().simplify()` has none of them."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_simplified_and_differentiated_again(part: int) -> None:
    """What is differentiated again after it was simplified is another graph than the one that was written."""
    formulas = sample(22, 150)[part::5]
    sizes = {f: [abs(fault.point[0]) for *_, faults in found(f, between) for fault in faults] for f in formulas}
    assert {f: min(size) for f, size in sizes.items() if size} == {
        f: size for f in formulas for size in WORSE.get(f, ())
    }
