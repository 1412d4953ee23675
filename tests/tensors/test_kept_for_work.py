"""Closed forms that take more operations but less work are kept: contractions of many tensors as products of two."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew


def cp(T3: Any, A: Any, B: Any, C: Any) -> Any:
    return 0.5 * np.sum((T3 - np.einsum("ir,jr,kr->ijk", A, B, C)) ** 2)


def tucker(T3: Any, G: Any, A: Any, B: Any, C: Any) -> Any:
    return np.linalg.norm(T3 - np.einsum("abc,ia,jb,kc->ijk", G, A, B, C)) ** 2


def chain(A: Any, B: Any, C: Any) -> Any:
    return np.sum(np.einsum("ij,jk,kl->il", A, B, C) ** 2)


MODELS = [
    (cp, {"T3": "n,m,p", "A": "n,k", "B": "m,k", "C": "p,k"}, ["A", "B", "C"], 13),
    (tucker, {"T3": "n,m,p", "G": "k,k,k", "A": "n,k", "B": "m,k", "C": "p,k"}, ["G"], 9),
    (chain, {"A": "n,k", "B": "k,m", "C": "m,p"}, ["A", "B"], None),
]


@pytest.mark.parametrize(("model", "shapes", "wrt", "operations"), MODELS, ids=[m[0].__name__ for m in MODELS])
def test_less_work_is_kept(model: Any, shapes: dict[str, str], wrt: list[str], operations: int | None) -> None:
    G = ew.trace(model, **{name: ew.tensor(*axes.split(",")) for name, axes in shapes.items()})
    B = G.gradient(wrt)
    S = B.simplify()
    names = {axis for axes in shapes.values() for axis in axes.split(",")}
    large = dict.fromkeys(names, 100)
    assert S.cost().at(**large)["work"] < 0.75 * B.cost().at(**large)["work"]
    if operations is not None:
        assert S.cost().operations == operations
    sizes = {name: 2 + k for k, name in enumerate(sorted(names))}
    rng = np.random.default_rng(0)
    values = [rng.normal(size=[sizes[axis] for axis in axes.split(",")]) for axes in shapes.values()]
    written, simplified = (graph.compile(backend="numpy")(*values) for graph in (B, S))
    assert simplified[0] == pytest.approx(written[0], rel=1e-12)
    pairs = zip(simplified[1], written[1], strict=True) if len(wrt) > 1 else [(simplified[1], written[1])]
    for found, wanted in pairs:
        np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-10)
