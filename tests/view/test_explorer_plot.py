"""The plot of the explorer page, read off the drawing again by its ticks, against the functions themselves."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from view.browser import contrast, opened
from view.pages import written

READ = """
group => {
  const ticks = [...group.querySelectorAll(".tick:not(.level)")].map(t => [t.getAttribute("text-anchor"),
    Number(t.getAttribute("x")), Number(t.getAttribute("y")), Number(t.textContent)]);
  const paths = kind => [...group.querySelectorAll(`path.${kind}`)].map(p => p.getAttribute("d"));
  const place = c => ["cx", "cy"].map(name => Number(c.getAttribute(name)));
  const points = [...group.querySelectorAll("circle.point")].map(place);
  return { ticks, curve: paths("curve"), tangent: paths("tangent"), points,
    levels: [...group.querySelectorAll(".level")].map(t => Number(t.textContent)) };
}
"""


class Axes:
    """A plot as its reader takes it: places become numbers by the ticks alone."""

    def __init__(self, page: Any, number: int) -> None:
        found = page.locator("#plot svg > g").nth(number).evaluate(READ)
        self.levels = found["levels"]
        across = [(x, value) for anchor, x, _, value in found["ticks"] if anchor == "middle"]
        up = [(y - 4, value) for anchor, _, y, value in found["ticks"] if anchor == "end"]
        self.across, self.up = (np.polyfit(*np.transpose(pairs), 1) for pairs in (across, up))
        # Every tick stands where its number is.
        for line, pairs in ((self.across, across), (self.up, up)):
            assert len(pairs) >= 2 and np.polyval(line, np.array(pairs)[:, 0]) == pytest.approx(
                np.array(pairs)[:, 1], abs=1e-6 * max(abs(value) for _, value in pairs)
            )
        self.curves = [self.pieces(text) for text in found["curve"]]
        self.tangent = [piece for text in found["tangent"] for piece in self.pieces(text)]
        self.points = [self.at(*point) for point in found["points"]]

    def at(self, x: float, y: float) -> tuple[float, float]:
        return float(np.polyval(self.across, x)), float(np.polyval(self.up, y))

    def pieces(self, text: str) -> list[list[tuple[float, float]]]:
        """The strokes of a path, each as its points."""
        strokes = [re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", stroke) for stroke in re.findall(r"M[^M]*", text)]
        return [[self.at(float(x), float(y)) for x, y in stroke] for stroke in strokes]

    def pixel(self) -> float:
        """How much a hundredth of the drawing's height is."""
        return abs(float(self.up[0]))


@pytest.mark.slow
def test_a_curve_its_slope_and_the_tangent_while_a_slider_moves(tmp_path: Path) -> None:
    written(ew.parse("sin(x*y) + x**2/4").gradient().simplify(), tmp_path / "page.html", x=0.5, y=2.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPlot").click()
        for x, y in ((0.5, 2.0), (-1.0, 2.0), (-1.0, 0.75)):
            page.get_by_label("x", exact=True).fill(str(x))
            page.get_by_label("y", exact=True).fill(str(y))
            f, slope = math.sin(x * y) + x * x / 4, y * math.cos(x * y) + x / 2
            left, right = Axes(page, 0), Axes(page, 1)
            for axes, wanted in (
                (left, lambda t, y=y: math.sin(t * y) + t * t / 4),
                (right, lambda t, y=y: y * math.cos(t * y) + t / 2),
            ):
                ((stroke,),) = axes.curves
                assert len(stroke) == 201 and stroke[0][0] == pytest.approx(-1.5, abs=0.01)
                for t, value in stroke:
                    assert value == pytest.approx(wanted(t), abs=axes.pixel())
            assert left.points == [pytest.approx((x, f), abs=left.pixel())]
            assert right.points == [pytest.approx((x, slope), abs=right.pixel())]
            ((begin, end),) = left.tangent
            assert (end[1] - begin[1]) / (end[0] - begin[0]) == pytest.approx(slope, abs=1e-3)
            assert begin[1] + slope * (x - begin[0]) == pytest.approx(f, abs=left.pixel())
            said = page.locator("#plotsaid").text_content()
            assert f"At x = {x:g}: out = {f:.7g}"[:24] in said and "∂out/∂x = " in said
            assert said in page.locator("#plot svg").get_attribute("aria-label")


@pytest.mark.slow
def test_gaps_are_said_and_a_pole_does_not_flatten_the_rest(tmp_path: Path) -> None:
    written(ew.parse("sqrt(x)*log(x) + y").gradient(), tmp_path / "page.html", x=1.0, y=0.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPlot").click()
        ((stroke,),) = Axes(page, 0).curves
        assert min(x for x, _ in stroke) > 0
        # Points from -1 to 3: 50 below 0, and 0 itself, where sqrt(0)*log(0) is NaN.
        assert "out is NaN or infinite at 51 of 201 points: gaps." in page.locator("#plotsaid").text_content()
        page.locator("#plotx").select_option("y")
        assert "gaps" not in page.locator("#plotsaid").text_content()
        ((stroke,),) = Axes(page, 1).curves
        assert {round(value, 3) for _, value in stroke} == {1.0}
    written(ew.parse("1/x").gradient(), tmp_path / "page.html", x=1.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPlot").click()
        page.get_by_label("least x").fill("-2.985")
        axes = Axes(page, 0)
        ((below, above),) = axes.curves  # no stroke goes from -infinity to infinity
        assert max(x for x, _ in below) < 0 < min(x for x, _ in above)
        assert axes.pixel() < 1


def test_contours_and_the_arrow_of_the_gradient(tmp_path: Path) -> None:
    G = ew.parse("[x*x/2 - y*y + x*y, exp(z)*x]")
    written(G.jacobian(), tmp_path / "page.html", x=0.5, y=0.25, z=0.0)
    with opened(tmp_path / "page.html", dark=True) as page:
        page.locator("#tabPlot").click()
        page.locator("#ploty").select_option("y")
        axes = Axes(page, 0)
        assert len(axes.levels) >= 4
        seen = set()
        for curve in axes.curves:
            values = [x * x / 2 - y * y + x * y for stroke in curve for x, y in stroke]
            level = min(axes.levels, key=lambda level: abs(level - float(np.median(values))))
            if abs(level - float(np.median(values))) < 0.02:
                assert values == pytest.approx([level] * len(values), abs=0.05)
                seen.add(level)
        assert seen == set(axes.levels)
        ((begin, end),) = axes.tangent
        assert begin == pytest.approx((0.5, 0.25), abs=0.02)
        # By hand: ∂/∂x = x + y, ∂/∂y = x - 2y; one scale on both axes, as both ranges are four long.
        assert math.atan2(end[1] - begin[1], end[0] - begin[0]) == pytest.approx(math.atan2(0.0, 0.75), abs=0.01)
        assert abs(axes.across[0]) == pytest.approx(abs(axes.up[0]), rel=1e-3)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        inks = page.evaluate("[...document.querySelectorAll('#plot text')].map(t => getComputedStyle(t).fill)")
        assert len(inks) > 10 and min(contrast(ink, paper) for ink in inks) >= 4.5
        said = page.locator("#plotsaid").text_content()
        assert "The gradient (0.75, 0) has length 0.75." in said
        page.locator("#plotof").select_option(index=1)
        assert "The gradient (1, 0)" in page.locator("#plotsaid").text_content()
        page.locator("#plotof").select_option(index=0)
        page.locator("#plotx").select_option("z")
        page.locator("#ploty").select_option("nothing else")
        assert " = 0, the slope" in page.locator("#plotsaid").text_content()


@pytest.mark.slow
def test_what_has_no_slope_in_the_graph_is_said_and_pages_of_arrays_have_no_plot(tmp_path: Path) -> None:
    written(ew.parse("x*y").gradient("x"), tmp_path / "page.html", x=2.0, y=3.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPlot").click()
        page.locator("#plotx").select_option("y")
        assert "does not hold the derivative in y" in page.locator("#plotsaid").text_content()
        assert page.locator("#plot .tangent").count() == 0
        page.locator("#ploty").select_option("x")
        assert "does not hold the derivatives in y" in page.locator("#plotsaid").text_content()
    written(ew.parse("x**3*y").hessian(), tmp_path / "page.html", x=2.0, y=3.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPlot").click()  # the derivative of the first derivative
        assert "∂out/∂x = 36; ∂(∂out/∂x)/∂x = 36, the slope" in page.locator("#plotsaid").text_content()
    written(ew.parse("sum(A @ x)", shapes="A: 2,2; x: 2").gradient("x"), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        assert not page.locator("#tabPlot").is_visible()
