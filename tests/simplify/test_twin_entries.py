"""Mirror entries of a Hessian are one node, and equal values are merged only where none of them leaves the range."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from special_judge import POINTS, evaluated, judged

FORMULAS = [
    "log(atan2(z, x))", "sqrt(asinh(atan2(x, y)))", "polygamma(1, cbrt(atan2(x, y)))", "logaddexp(x, y/exp2(z))",
    "(x*cosh(y))/cosh(y)", "exp(x)/(exp(x) + exp(y))", "log2(relu(x*y))", "sqrt(sqrt(x*y))", "logit(atan2(x, y))",
    "x**(y/csch(z))", "min(x, y/cosh(z))", "hypot(x, y/cbrt(z))", "xlogy(x, y/expm1(z))",
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_entry_is_worse_simplified(formula: str) -> None:
    G = ew.parse(formula)
    choose = random.Random(formula)
    columns = [np.array([*POINTS, *(choose.choice(POINTS) for _ in range(60))]) for _ in G.inputs]
    written = G.hessian()
    values = evaluated(written, columns)
    assert judged(written, values, evaluated(written.simplify(), columns), columns, {}) == []


@pytest.mark.parametrize("wrt", [None, ["x", "y"], ["y", "x"], "v", ["x", "v"]])
def test_both_places_of_a_pair_are_one_node(wrt: Any) -> None:
    x, y = ew.symbols("x y")
    v = ew.symbols("v", shape=3)
    G = ew.graph(ew.exp(x * y) * ew.sin(v[0] * v[2]) / y + v[1] * x**3 + ew.atan2(v[0], x))
    H = G.hessian(wrt)
    rows, columns = np.divmod(np.arange(len(H.outputs)), int(np.sqrt(len(H.outputs))))
    point = {"x": 0.3, "y": 1.7, "v": np.array([0.5, -0.8, 1.1])}
    if wrt in (None, ["x", "v"]):  # scalars and a group: blocks
        blocks = H.evaluate(**point).outputs
        assert len(set(H.outputs)) <= (5 * 6 // 2 if wrt is None else 4 * 5 // 2)
        assert len(blocks) == len(H.outputs)
        return
    place = dict(zip(zip(rows.tolist(), columns.tolist(), strict=True), H.outputs, strict=True))
    assert all(place[j, i] == node for (i, j), node in place.items())


def test_the_whole_and_the_triangle_agree() -> None:
    G = ew.parse("exp(x*y)*sin(z)/y + max(x, z)**2*y + atan2(x*z, y)")
    point = np.random.default_rng(3).normal(size=(3, 20))
    whole, half = (evaluated(B, list(point)) for B in (G.gradient().jacobian(), G.hessian()))
    np.testing.assert_allclose(half, whole, rtol=1e-12, atol=1e-12)
    assert G.hessian().cost().operations < G.gradient().jacobian(order="reverse").cost().operations


@pytest.mark.parametrize("options", [{}, {"sparse": "dense"}, {"sparse": "dense", "order": "sweeps"}])
def test_a_hessian_in_an_inner_node_is_written_whole(options: Any) -> None:
    """exp(x) is its own partial: the derivative of grad[x] in it is not that of its gradient in x."""
    x = ew.symbols("x")
    u = ew.exp(x)
    G = ew.graph(u**2)
    found = np.ravel(G.hessian([G.node(u), "x"], **options).evaluate(x=0.5).outputs).astype(float)
    e = np.exp(0.5)
    np.testing.assert_allclose(found, [2.0, 2 * e, 4 * e, 4 * e * e], rtol=1e-12)
