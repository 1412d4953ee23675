"""Simplification of large tensor graphs: a bar, and Ctrl-C keeps a graph of the same values."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.simplify import tensor_pipeline
from edgewise.simplify.arrays.tensor_pass import TensorPass


def example() -> Any:
    text = "sum(tanh(A @ tanh(A @ x + (x - mean(x))) - x)**2) + trace(A @ A.T) + x @ solve(A @ A.T + eye(n), x)"
    return ew.parse(text, shapes="A: n,n; x: n").gradient()


rng = np.random.default_rng(1)
POINT = {"A": rng.normal(size=(3, 3)), "x": rng.normal(size=3)}


def interrupt(monkeypatch: pytest.MonkeyPatch, name: str, at: int) -> Any:
    """Ctrl-C in the `at`-th call of a method; the counter goes on."""
    method, calls = getattr(TensorPass, name), count(1)

    def interrupted(work: TensorPass, *args: Any, **named: Any) -> Any:
        if next(calls) == at:
            raise KeyboardInterrupt
        return method(work, *args, **named)

    monkeypatch.setattr(TensorPass, name, interrupted)
    return calls


@pytest.mark.parametrize("name", ["products", "settle", "other", "value", "read"])
def test_an_interrupt_anywhere_keeps_a_graph_of_the_same_values(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(tensor_pipeline, "LARGE", 1)
    B = example()
    whole, before = B.simplify(), B.evaluate(POINT)
    with pytest.MonkeyPatch.context() as patch:
        calls = interrupt(patch, name, 0)
        B.simplify()
        last = next(calls)
    for at in range(1, last, max(1, last // 12)):
        with pytest.MonkeyPatch.context() as patch:
            interrupt(patch, name, at)
            S = B.simplify()
        assert S.report.interrupted
        for found, wanted in zip(S.evaluate(POINT).outputs, before.outputs, strict=True):
            np.testing.assert_allclose(found, wanted, rtol=1e-9)
        assert whole.report.after <= S.report.after <= S.report.before
        assert [(e.consumer, e.parent) for e in S.edges] == [(e.consumer, e.parent) for e in B.edges]
    assert not whole.report.interrupted


def test_a_small_graph_passes_the_interrupt_on(monkeypatch: pytest.MonkeyPatch) -> None:
    B = example()
    interrupt(monkeypatch, "products", 2)
    with pytest.raises(KeyboardInterrupt):
        B.simplify()


def test_the_bar_counts_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    B, out = example(), io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    B.simplify()
    assert out.getvalue() == ""
    B.simplify(progress=True)
    assert f"of {len(B):,}" in out.getvalue()
