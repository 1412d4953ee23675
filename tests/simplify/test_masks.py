"""Masks, where(c, 0, x): one for each condition that needs one, and none inside another one by the same condition."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.graph import Builder, Layout, add_op
from edgewise.ops import CODE, OPS
from edgewise.simplify import LEVELS


def of_distances(energy: str, n: int, dimensions: int = 2) -> ew.Graph:
    """The sum over all pairs of n points of a function of their distance r."""
    terms = []
    for i in range(n):
        for j in range(i):
            squares = " + ".join(f"({c}{i} - {c}{j})**2" for c in "xyz"[:dimensions])
            terms.append(re.sub(r"\br\b", f"sqrt({squares})", energy))
    return ew.parse(" + ".join(terms), inputs=[f"{c}{i}" for c in "xyz"[:dimensions] for i in range(n)])


@pytest.mark.parametrize(
    ("energy", "masks"),
    [("3*(r - 1)**2", 6), ("1/r", 6), ("r", 6), ("cos(r)*r", 7), ("log(r)", 6), ("(1/r)**12 - (1/r)**6", 12)],
)
@pytest.mark.parametrize("dimensions", [2, 3])
def test_hessians_of_distances_have_few_masks(energy: str, masks: int, dimensions: int) -> None:
    G = of_distances(energy, 3, dimensions)
    H = G.hessian()
    assert H.simplify().cost().by_kind["where"] <= masks
    points = np.random.default_rng(1).normal(size=(len(G.inputs), 5))
    points[:, 0] = 0.0  # all in one place
    points[[3 * d for d in range(dimensions)], 1] = points[[3 * d + 1 for d in range(dimensions)], 1]
    raw = flat(H, points)
    for level in LEVELS:
        made = flat(H.simplify(level), points)
        np.testing.assert_allclose(made, raw, rtol=1e-9, atol=1e-9)


def flat(graph: Any, points: Any) -> Any:
    with np.errstate(all="ignore"):
        return np.array([np.broadcast_to(np.asarray(v, float), (5,)) for v in graph.evaluate(*points).outputs])


@pytest.mark.parametrize(("energy", "most"), [("3*(r - 1)**2", 460), ("1/r", 460), ("r", 360)])
def test_hessians_of_distances_are_short(energy: str, most: int) -> None:
    assert of_distances(energy, 5).hessian().simplify().cost().operations <= most


@pytest.mark.parametrize(
    ("formula", "selections"),
    [
        ("where(x > 0, sin(1 + where(x > 0, y, z)), z)", 1),
        ("where(x > 0, z, exp(y*where(x > 0, y, z)))", 1),
        ("where(x > 0 and y > 0, tan(where(x > 0, y, z)), z)", 1),
        ("where(x > 0 or y > 0, z, tan(where(y > 0, y, z)))", 1),
        ("where(not (x > 0), tan(where(x > 0, y, z)), z)", 1),
        ("t = tan(where(x > 0, y, z)); where(x > 0, t, y) + where(x > 0, 2*t, z)", 2),
        ("t = tan(where(x > 0, y, z)); where(x > 0, t, y) + t", 2),
        ("t = tan(where(x > 0, y, z)); where(x > 0, y, t) + where(x > 0, 2*t, z)", 3),
        ("where(y > 0, tan(where(x > 0, y, z)), z)", 2),
        ("t = where(x > 0, y, z)**2; where(t > 1, where(x > 0, t, 1), y)", 3),
    ],
)
def test_a_condition_that_is_known_is_not_asked_again(formula: str, selections: int) -> None:
    G = ew.parse(formula, inputs=["x", "y", "z"])
    points = np.random.default_rng(2).normal(size=(3, 50))
    for level in LEVELS:
        S = G.simplify(level)
        assert S.cost().by_kind["where"] <= selections
        assert np.array_equal(S.evaluate(*points).outputs, G.evaluate(*points).outputs)


def test_a_factor_that_may_be_infinite_stays_behind_the_mask() -> None:
    for formula in ("where(x == 0, 0, log(x)*y)", "where(x == 0, 0, y*sin(x))", "where(x*y == 0, 0, (2*x)*(y/x))"):
        S = ew.parse(formula).simplify("domain")
        assert S.evaluate(0.0, np.inf).outputs[0] == 0.0 or formula.startswith("where(x*y")
        assert S.evaluate(0.0, 1e308).outputs[0] == 0.0


def random_graph(seed: int) -> ew.Graph:
    """Selections by a few conditions inside one another, much of it shared."""
    random, builder = np.random.default_rng(seed), Builder()
    nodes = [builder.input(name) for name in "xyz"]
    zero = builder.constant(0)
    tests = [builder.add(CODE[name], [nodes[k], zero]) for k, name in ((0, "gt"), (1, "eq"), (2, "le"))]
    tests += [
        builder.add(CODE["and"], tests[:2]),
        builder.add(CODE["or"], tests[1:3]),
        builder.add(CODE["not"], tests[:1]),
    ]
    for _ in range(30):
        pick = lambda: nodes[-1 - min(int(random.exponential(5)), len(nodes) - 1)]
        name = str(random.choice(["where", "where", "mul", "add", "sub", "sin", "sqrt", "neg"]))
        args = [pick() for _ in OPS[name].args]
        if name == "where":
            args = [tests[random.integers(len(tests))], pick(), pick() if random.random() < 0.5 else zero]
        nodes.append(add_op(builder, OPS[name], args))
    return ew.Graph(builder.freeze([nodes[-1]], Layout(), ["x", "y", "z"])[0])


@pytest.mark.parametrize("part", range(4))
def test_every_edge_keeps_its_own_value(part: int) -> None:
    """Also where what it was read in does not select it: the ledger names nodes of their own."""
    points = np.array([[1.0, -1.0, 0.0, 2.0], [0.0, 0.0, 0.5, -1.5], [-1.0, 2.0, 0.0, 1.0]])
    for seed in range(part, 80, 4):
        B = random_graph(seed).gradient()
        for level in LEVELS[:2]:
            S = B.simplify(level)
            with np.errstate(all="ignore"):
                before, after = B.evaluate(*points).values, S.evaluate(*points).values
            for old, new in zip(B.edges, S.edges, strict=True):
                for node, other in ((old.partial, new.partial), (old.product, new.product)):
                    a, b = (np.broadcast_to(v, 4) for v in (before[node], after[other]))
                    known = np.isfinite(a)
                    np.testing.assert_allclose(b[known], a[known], rtol=1e-9, atol=1e-12)
