"""Simplification of large graphs shows how far it is, and Ctrl-C keeps what it has reached."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.progress import Bar
from edgewise.simplify import pipeline
from edgewise.simplify.scalars import observer, passes, working_graph
from edgewise.simplify.scalars.observer import Observer
from edgewise.simplify.scalars.working_graph import WorkingGraph


def example() -> DerivativeGraph:
    """A gradient that takes several passes."""

    def loss(w: Any) -> Any:
        total = 0
        for k in range(len(w) - 1):
            total = total + 1 * w[k] * w[k + 1] / (1 + ew.exp(-w[k])) + w[k] * (w[k + 1] - w[k]) * ew.exp(-w[k])
        return total

    return ew.trace(loss, w=40).gradient()


POINT = np.linspace(-1.0, 2.0, 40)


def interrupt(monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
    """Ctrl-C while a chunk is written, the `at`-th; the list counts them."""
    monkeypatch.setattr(Observer, "step", 40)
    seen: list[int] = []

    def rebuild(*args: Any) -> int:
        seen.append(args[-2])
        found = passes.rebuild(*args)
        if len(seen) == at:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(working_graph, "rebuild", rebuild)
    return seen


def test_an_interrupt_anywhere_keeps_a_graph_of_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    B = example()
    before, alone = B.evaluate(POINT), B.simplify()
    whole = alone.cost().operations
    with pytest.MonkeyPatch.context() as patch:
        chunks = interrupt(patch, -1)
        B.simplify()
    monkeypatch.setattr(pipeline, "LARGE", 10)
    reached = []
    for at in range(1, len(chunks) + 1, 3):
        with pytest.MonkeyPatch.context() as patch:
            seen = interrupt(patch, at)
            S = B.simplify()
        assert len(seen) == at
        assert S.report is not None
        assert S.report.interrupted
        assert ", interrupted)" in str(S.report)
        after = S.evaluate(POINT)
        np.testing.assert_allclose(after.outputs, before.outputs, rtol=1e-9)
        for old, new in zip(B.edges, S.edges, strict=True):
            assert after.values[new.partial] == pytest.approx(before.values[old.partial], rel=1e-9, abs=1e-12)
            assert after.values[new.product] == pytest.approx(before.values[old.product], rel=1e-9, abs=1e-12)
        reached.append(S.cost().operations)
        # Going on from there ends where it would have ended, or better.
        assert S.simplify().cost().operations <= 1.05 * whole
    assert len(reached) > 5
    assert reached[0] == B.cost().operations
    assert whole <= reached[-1] < reached[0]
    assert reached == sorted(reached, reverse=True)
    monkeypatch.undo()  # memory is handed on, of those that were interrupted as well
    assert [B.simplify().to_json() for _ in range(3)] == [alone.to_json()] * 3


@pytest.mark.parametrize("name", ["load", "number_nodes"])
def test_an_interrupt_before_or_after_all_passes_keeps_what_was_given(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    B = example()

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(working_graph, name, interrupted)
    with pytest.raises(KeyboardInterrupt):
        B.simplify()
    monkeypatch.setattr(pipeline, "LARGE", 10)
    S = B.simplify()
    assert S.report is not None
    assert (S.report.interrupted, S.report.after, S.report.before) == (True, B.cost().operations, B.cost().operations)
    np.testing.assert_array_equal(S.evaluate(POINT).outputs, B.evaluate(POINT).outputs)


def test_a_small_graph_passes_the_interrupt_on(monkeypatch: pytest.MonkeyPatch) -> None:
    B = example()
    interrupt(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        B.simplify()


def test_an_interrupt_while_multiplying_out_keeps_the_shorter_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    B = ew.parse("(x + y)*(x + z) - x*(y + z)").gradient()

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "multiplied_out", interrupted)
    with pytest.raises(KeyboardInterrupt):
        B.simplify(expand=True)
    monkeypatch.setattr(pipeline, "LARGE", 1)
    S = B.simplify(expand=True)
    assert S.report is not None
    assert S.report.interrupted
    assert S.cost().operations == B.simplify().cost().operations


def test_the_bar_names_pass_and_operations(monkeypatch: pytest.MonkeyPatch) -> None:
    B, out = example(), io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    B.simplify()
    assert out.getvalue() == ""
    S = B.simplify(progress=True)
    assert "simplification: pass " in out.getvalue()
    # What the last pass began with; it changes little.
    last = int(out.getvalue().split("pass ")[-1].split(", ")[1].split()[0].replace(",", ""))
    assert S.cost().operations <= last <= B.cost().operations


def test_nobody_looks_on_a_pipe_and_a_quick_end_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    for show in (None, False):
        with Bar("work", show, 2) as bar:
            bar.update(1, "half")
    assert out.getvalue() == ""
    with Bar("work", True, 2) as bar:
        bar.update(1, "half")
    assert "work: half" in out.getvalue()


def test_no_sheet_is_left_halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an interrupt the graph, its map and its counts are those of the last whole pass."""
    B = example()
    roots = np.unique(B.tape.outputs)
    work = WorkingGraph(B.tape, roots, pipeline.rulebook("real"))
    work.begin()
    nodes, image, report = work.nodes.copy(), work.image.copy(), work.report()
    interrupt(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        work.begin()
    np.testing.assert_array_equal(work.nodes, nodes)
    np.testing.assert_array_equal(work.image, image)
    assert work.report() == report
    assert len(B) < observer.LARGE
