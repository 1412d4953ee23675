"""Plots say what the counts say, on the axes that are given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError
from edgewise.view.palette import LIGHT


@pytest.fixture
def axes() -> Any:
    return pytest.importorskip("matplotlib.figure").Figure().subplots()


def bars(axes: Any) -> dict[str, dict[str, int]]:
    """Label of a stage → kind → length of its bar."""
    kinds = [text.get_text() for text in axes.get_yticklabels()]
    found = {}
    for container in axes.containers:
        lengths = {}
        for bar in container:
            place = round(bar.get_y() + bar.get_height() / 2)
            if bar.get_width():
                lengths[kinds[place]] = round(bar.get_width())
        found[container.get_label().rsplit(":", 1)[0]] = lengths
    return found


def test_cost_compares_both_graphs_before_and_after_simplification(axes: Any) -> None:
    B = ew.parse("exp(x*y) + sin(x)*x**3").gradient()
    assert B.plot_cost(axes) is axes
    S = B.simplify()
    wanted = {
        r"$\mathcal{G}$": B.base.cost().by_kind,
        r"$\mathcal{B}$ as written": B.cost().by_kind,
        r"$\mathcal{B}$ simplified": S.cost().by_kind,
    }
    assert bars(axes) == {label: dict(counts) for label, counts in wanted.items()}
    assert axes.get_xlabel() == "operations" and axes.get_ylabel() == "kind"
    inks = {container[0].get_facecolor() for container in axes.containers}
    hatches = {container[0].get_hatch() for container in axes.containers}
    assert len(inks) == len(hatches) == 3
    # The same from the simplified graph, which knows where it came from; and of tensors.
    again = S.plot_cost(axes.figure.add_subplot())
    assert bars(again) == bars(axes)
    T = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
    shown = bars(T.plot_cost(axes.figure.add_subplot()))
    assert shown[r"$\mathcal{B}$ simplified"] == dict(T.simplify().cost().by_kind)


def test_many_kinds_are_put_together(axes: Any) -> None:
    names = "sin cos tan asin acos atan sinh cosh tanh exp log sqrt erf gamma".split()
    G = ew.parse(" + ".join(f"{name}(x)" for name in names))
    (shown,) = bars(G.plot_cost(axes)).values()
    assert len(shown) == 13
    assert sum(shown.values()) == G.cost().operations


def test_live_values_over_the_schedule(axes: Any) -> None:
    x = ew.symbols("x")
    for _ in range(100):
        x = ew.sin(x)
    B = ew.graph(x).gradient()
    B.plot_live(axes, label="stored")
    B.schedule(20).graph.plot_live(axes, label="at most 20")
    heights = {int(max(line.get_ydata())) for line in axes.lines if len(line.get_xdata()) > 2}
    assert heights == {B.cost().peak_live, 20}
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["stored", "at most 20"]
    assert {line.get_color() for line in axes.lines if len(line.get_xdata()) > 2} == set(LIGHT.inks[:2])
    assert axes.get_xlabel() == "nodes computed" and axes.get_ylabel() == "values held at once"
    # ℬ begins where 𝒢 ends.
    vertical = [line for line in axes.lines if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2]
    assert vertical[0].get_xdata()[0] == len(B.base)


def test_a_long_line_keeps_its_peak(axes: Any) -> None:
    def long(x: Any) -> Any:
        for _ in range(15_000):
            x = np.sin(x)
        return x

    B = ew.trace(long, "x").gradient()
    B.plot_live(axes)
    line = max(axes.lines, key=lambda line: len(line.get_xdata()))
    assert len(line.get_xdata()) <= 4000
    assert max(line.get_ydata()) == B.cost().peak_live


def test_curves_have_a_legend_and_the_palette(axes: Any) -> None:
    x = ew.symbols("x")
    for _ in range(30):
        x = ew.sin(x)
    curve = ew.graph(x).gradient().pareto()
    assert curve.plot(axes, label="chain") is axes
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["chain"]
    assert axes.lines[0].get_color() == LIGHT.inks[0]
    assert list(zip(axes.lines[0].get_ydata(), axes.lines[0].get_xdata(), strict=True)) == curve.points


def test_tensors_have_no_live_values_and_without_matplotlib_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    T = ew.parse("x @ x", shapes="x: n")
    with pytest.raises(UnsupportedError, match="plot_live"):
        T.plot_live()
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    B = ew.parse("x*y").gradient()
    for plot in (B.plot_cost, B.plot_live, B.pareto().plot):
        with pytest.raises(UnsupportedError, match=r"drawing needs matplotlib; pip install .edgewise\[plot\]"):
            plot()


def test_without_a_display_plots_are_made_and_saved(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    code = (
        "import edgewise as ew\nB = ew.parse('exp(x*y)').gradient()\n"
        f"for k, axes in enumerate((B.plot_cost(), B.plot_live(), ew.plot_sparsity(B))):\n"
        f"    axes.figure.savefig({str(tmp_path)!r} + f'/p{{k}}.png')\n"
    )
    hidden = {
        name: text for name, text in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")
    }
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=hidden, capture_output=True)
    assert all((tmp_path / f"p{k}.png").read_bytes().startswith(b"\x89PNG") for k in range(3))
