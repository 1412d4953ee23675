"""What notebooks make of our pages: formulas without MathJax, and their text where tags are taken away."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from browser import opened
from hypothesis import given, settings
from matplotlib.figure import Figure

import edgewise as ew
from edgewise.graph import Tape
from edgewise.view.explanations.mathml import spelled
from strategies import tapes

FORMULAS = [
    "x**3*sin(x) + log(1 + exp(x*y))", "(x + y)**2/(x*(y + 1))", "sqrt(x)/(2*sqrt(x + y)) - 1/(3*x*y)", "exp(x**2/3)",
    "exp(-x*x/2)/y", "tanh(x)**2/(x**2 + 1)", "exp(exp(x))/exp(y)", "(-x)**3*y - x/y/2",
]  # fmt: skip


def bare(page: str) -> str:
    """The text of a page whose tags are taken away, as JupyterLab does with MathML in a notebook it does not trust."""
    return unescape(re.sub("<[^>]*>", "", page))


def value(text: str, **point: float) -> float:
    """A formula as it is read in one line: what stands side by side is multiplied."""
    text = text.replace("\u2062", "*").replace("−", "-").replace("^", "**")
    text = re.sub(r"√(\w+|\()", lambda found: "sqrt" + (found[1] if found[1] == "(" else f"({found[1]})"), text)
    text = re.sub(r"(\w|\))(?<!sqrt)(?<!log)(?<!exp)(?<!sin)(?<!cos)(?<!tanh)(?<!sech)(?=\()", r"\1*", text)
    return float(sp.sympify(text, locals={"e": sp.E}).subs(point))


def paragraphs(graph: Any) -> list[str]:
    """The formulas of what a notebook shows of a graph, as bare text."""
    return [bare(part) for part in re.findall("<p style='margin[^']*'>(.*?)</p>", graph._repr_html_())]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_can_be_read_without_their_tags(formula: str) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    point = {"x": 0.7, "y": 1.3}
    (own,) = paragraphs(G)
    assert value(own, **point) == pytest.approx(G.evaluate(point).outputs[0], rel=1e-12)
    B = G.gradient()
    rows = paragraphs(B)
    assert [row.split(" = ")[0] for row in rows] == ["∂out/∂x", "∂out/∂y"]
    for row, derivative in zip(rows, B.evaluate(point).outputs, strict=True):
        assert value(row.split(" = ")[1], **point) == pytest.approx(derivative, rel=1e-12)


def test_what_is_unseen_has_no_width(tmp_path: Path) -> None:
    half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
    plain = f"<math><mfrac><msup><mi>x</mi>{half}</msup><msqrt><mi>y</mi></msqrt></mfrac></math>"
    made = spelled(plain)
    assert bare(made) == "(x^(1/2))/√y"
    page = f"<!DOCTYPE html><html data-ready='yes'><body><p>{plain}</p><p>{made}</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with opened(tmp_path / "page.html") as shown:
        boxes = shown.evaluate(
            "[...document.querySelectorAll('math')].map(e => e.getBoundingClientRect()).map(b => [b.width, b.height])"
        )
        assert boxes[0] == pytest.approx(boxes[1], abs=0.5) and min(boxes[0]) > 5
        seen = "[...document.querySelectorAll('mphantom')].map(e => getComputedStyle(e).visibility)"
        assert set(shown.evaluate(seen)) == {"hidden"}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(tapes())
def test_no_page_has_latex_in_it(tape: Tape) -> None:
    graph = ew.Graph(tape)
    for shown in (graph, graph.jacobian(order="reverse")):
        assert "$" not in shown._repr_html_() and "\\" not in shown._repr_html_()


def test_long_formulas_are_left_to_the_picture_and_counted() -> None:
    e = ew.symbols("x")
    for _ in range(9):
        e = e * ew.sin(e)
    assert paragraphs(ew.graph(e)) == []
    rows = paragraphs(ew.parse("[x, x + 1, x + 2, x + 3, x + 4, x + 5, x + 6, x + 7]"))
    assert rows[1] == "out1 = 1+x" and rows[-1] == "… 2 more" and len(rows) == 7
    B = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
    assert repr(B) == "<gradient graph in w: 13 nodes, 4 edges of 𝒢>"
    assert "2*(X.T @ (X @ w - y))" in repr(B.simplify())


def test_tables_call_nodes_as_the_picture_does() -> None:
    B = ew.parse("x*sin(x)").gradient()
    names = {B.name(box.nodes[0]) for box in B.show().diagram.boxes}
    drawn = "".join(bare(title) + "\n" for title in re.findall("<title>(.*?)</title>", B.to_svg()))
    assert all(name in drawn for name in names)
    products = [bare(cell).split(" = ")[0] for cell in re.findall("<td[^>]*>(.*?)</td>", B.edges._repr_html_())[3::4]]
    assert len(products) == len(B.edges) and set(products) <= names and any(name[0] == "u" for name in products)
    held = [bare(cell) for cell in re.findall("<td[^>]*>(.*?)</td>", B.grad_table._repr_html_())[2::4]]
    assert set(held) <= names


def test_a_wide_picture_stays_readable() -> None:
    B = ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient()
    width = float(re.search(r'width="([\d.]+)"', B.to_svg())[1])  # type: ignore[index]
    assert f"min-width:{0.6 * width:.0f}px" in B._repr_html_()
    assert " of 28 nodes" not in B._repr_html_()  # all are there
    assert "30 of 28" not in B.show()._repr_html_() and "7 of 28 nodes" in B.focus("x", depth=1)._repr_html_()


def test_groups_that_read_each_other_have_their_titles() -> None:
    def f(x: Any, y: Any) -> Any:
        a = np.sin(x) * y
        b = a * a + x
        return np.exp(b) * a

    dot = ew.trace(f, "x", "y").gradient().collapse(by="line").to_dot()
    assert all(f"<td>{title}</td>" in dot for title in ("𝒢", "ℬ"))


def test_source_is_folded() -> None:
    page = ew.parse("x*y").gradient().compile("python")._repr_html_()
    assert re.search(r"</b></p><details><summary>source of \d+ lines</summary><pre>", page)


@pytest.mark.parametrize("links", [8, 60])
def test_the_curves_axes_have_plain_numbers_apart_from_each_other(links: int) -> None:
    x = ew.symbols("x")
    for _ in range(links):
        x = ew.sin(x)
    figure = Figure(figsize=(5, 3.2))
    axes = ew.graph(x).gradient().pareto(progress=False).plot(figure.subplots())
    figure.canvas.draw()
    for axis in (axes.xaxis, axes.yaxis):
        labels = [label for label in axis.get_ticklabels(which="both") if label.get_text()]
        low, high = axis.get_view_interval()
        inside = [label for label in labels if low <= float(label.get_text().replace(",", "")) <= high]
        assert len(inside) >= 3
        boxes = [label.get_window_extent() for label in inside]
        assert not any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])
