"""However much is made of a length, and however many stand in one another: limits, or a word that there are none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.differentiate import smooth
from edgewise.differentiate.arrays import bprop


def far(nodes: int) -> ew.Graph:
    """A function of a length that many nodes are made of, one behind the other: its second derivative at 0 is 2."""
    lines = ["r = sqrt(x**2 + y**2)", "s = cos(r)", *(["s = s + r*sin(r)/1000"] * nodes), "s"]
    return ew.parse("\n".join(lines), inputs=["x", "y"])


@pytest.mark.parametrize("nodes", [10, 400])
def test_a_function_far_from_its_length_has_its_limits(nodes: int) -> None:
    H = far(nodes).hessian()
    second = -1 + 2 * nodes / 1000
    assert np.asarray(H.evaluate(0.0, 0.0).result) == pytest.approx(second * np.eye(2), rel=1e-9)
    assert [p.kind for p in H.special_points() if p.kind == "limit"] == []


def test_lengths_of_lengths_have_their_limits() -> None:
    text = "r = hypot(x, y)\n" + "r = sqrt(r**2 + z**2)\n" * 12 + "cos(r)"
    H = ew.parse(text, inputs=["x", "y", "z"]).hessian()
    assert np.asarray(H.evaluate(0.0, 0.0, 0.0).result) == pytest.approx(np.diag([-1, -1, -12]), rel=1e-9)


def test_a_tensor_far_from_its_norm_has_its_limits() -> None:
    def f(x: Any) -> Any:
        r = np.sqrt(np.sum(x * x))
        s = np.cos(r)
        for _ in range(300):
            s = s + r * np.sin(r) / 1000
        return s

    H = ew.trace(f, x=ew.tensor(2)).hessian()
    assert H.compile("numpy")(np.zeros(2))[-1] == pytest.approx(-0.4 * np.eye(2), rel=1e-9)
    assert [p.kind for p in H.special_points() if p.kind == "limit"] == []


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (smooth, bprop):
        monkeypatch.setattr(room, "FREE", 0)
        monkeypatch.setattr(room, "WORK", 0)
    H = far(3).hessian()
    assert np.array_equal(H.evaluate(0.0, 0.0).result, np.zeros((2, 2)))
    (point,) = [p for p in H.special_points(0.0, 0.0) if p.kind == "limit"]
    assert (point.operation, point.condition, point.met) == ("sqrt", "x**2 + y**2 == 0", True)
    assert "has a limit that is not looked for where x**2 + y**2 == 0" in str(point)
    assert [p.met for p in H.special_points(1.0, 0.0) if p.kind == "limit"] == [False]
    H = ew.parse("cos(norm(x))", shapes="x: 2").hessian()
    (point,) = [p for p in H.special_points() if p.kind == "limit"]
    assert (point.operation, point.condition) == ("radial", "x == 0")
