"""Derivations in LaTeX and as pages: they compile, fold, have the picture's colours, and names do nothing in them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import edgewise as ew
from edgewise.view.palette import DARK, LIGHT, dash, shade
from view.browser import opened

BASE = "s = sin(x*y)*x; t = s*exp(y)/x; tanh(t)*s"
REGRESSION = ew.parse("sum(tanh(X @ w - y)**2) + w @ w", shapes="X: n,d; w: d; y: n")
CASES = ew.parse("where(x < y_1, sqrt(1 + alpha**2), max(x, floor(y_1))) + abs(x)*x**alpha + cbrt(y_1)*atan2(x, alpha)")
HOSTILE = ["<script>alert(1)</script>", r"\input{/etc/passwd}", "a&b%c#d$e_f^g~h{i}j", "x\ny = 1", "$$", "</math><b>"]

KNOWN = "mi, mn, mo, mrow, mfrac, msup, msub, msqrt, mroot, mover, mtext, mpadded, mphantom"


def documents() -> Iterator[tuple[str, str]]:
    yield "cases", CASES.gradient().explain(x=0.5, y_1=2.5, alpha=1.0).latex
    yield "Jacobian", ew.parse("s = x*x; [s*y, s + y]").jacobian(order="markowitz").explain(x=np.ones(3), y=2.0).latex
    yield "Hessian", ew.parse("exp(x*y)").hessian().explain().latex
    yield "tensors", REGRESSION.hessian("w").simplify().explain(limit=5).latex
    values = {"X": np.eye(2), "w": [1.0, 2.0], "y": [1e-9, 1e30]}
    yield "numbers", REGRESSION.gradient().explain(values).latex
    x, *others = ew.symbols(HOSTILE)
    yield "hostile", ew.graph(sum((other * x for other in others), x)).gradient().explain().latex


def test_latex_compiles_and_names_do_nothing(tmp_path: Path) -> None:
    made = list(documents())
    for _, text in made:
        assert text.count(r"\begin{align*}") == text.count(r"\end{align*}") > 0
        assert r"\input" not in text
    program = shutil.which("pdflatex")
    if program is None:
        pytest.skip("there is no pdflatex")
    body = r"\newpage ".join(text for _, text in made)
    document = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "all.tex").write_text(document, encoding="utf-8")
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"],
        cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]


def test_mathtext_reads_every_line_but_cases_and_matrices() -> None:
    mathtext = pytest.importorskip("matplotlib.mathtext", reason="matplotlib is an optional dependency")
    parser = mathtext.MathTextParser("path")
    count = 0
    for B in (ew.parse("exp(x*y)*sin(x)/log(y) + sqrt(x)*x*x").gradient(), ew.parse("x*tanh(y_1)").jvp()):
        for section in B.explain().sections:
            for passage in section.passages:
                for line in passage.lines:
                    parser.parse(f"${line.latex}$")
                    count += 1
    assert count > 40


def test_latex_names_derivatives_that_have_arrived_by_bars_and_dots() -> None:
    x, y = ew.symbols("x_1 loss")
    reverse = ew.graph(x * y).gradient().explain().latex
    assert (
        r"\bar{x}_1 &= \overline{\mathrm{out}} \cdot \frac{\partial \mathrm{out}}{\partial x_1} = \mathrm{loss}"
        in reverse
    )
    assert r"\overline{\mathrm{loss}} &=" in reverse
    assert r"\dot{\mathrm{out}} &\;{+}{=}\; \dot{\mathrm{loss}} \cdot" in ew.graph(x * y).jvp().explain().latex


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_page_folds_and_is_coloured_as_the_picture(tmp_path: Path) -> None:
    B = ew.parse(BASE).gradient()
    (tmp_path / "page.html").write_text(B.explain(x=0.5, y=2.0).html, encoding="utf-8")
    scene = B._scene()
    colours = {name: k for k, name in enumerate(B.show().diagram.edges)}
    with opened(tmp_path / "page.html") as page:
        steps = page.locator(".ew-step:has(.ew-ink)")
        assert steps.count() == len(B.edges)
        for k, entry in enumerate(B.edges):
            colour = colours[scene.edge_name(entry.consumer, entry.position, entry.parent)]
            ink = steps.nth(k).locator(".ew-ink")
            assert ink.get_attribute("class") == f"ew-ink ew-i{shade(colour)}"
            red, green, blue = (int(LIGHT.inks[shade(colour)][at : at + 2], 16) for at in (1, 3, 5))
            drawn = ink.evaluate("e => [getComputedStyle(e).borderTopColor, getComputedStyle(e).borderTopStyle]")
            assert drawn == [f"rgb({red}, {green}, {blue})", dash(colour)]
        # Folded and unfolded by keyboard.
        line = steps.first.locator(".ew-line").first
        assert not line.is_visible()
        steps.first.locator("summary").focus()
        page.keyboard.press("Enter")
        assert line.is_visible()
        assert "product rule" in page.locator(".ew-derivation").inner_text()
        heights = page.evaluate(
            "[...document.querySelectorAll('.ew-part > div math')].map(e => e.getBoundingClientRect().height)"
        )
        assert min(heights) > 5
        # No character for private use is left, and none of MathML's elements is unknown to the browser.
        assert not re.search("[\ue000-\uf8ff]", page.content())
        assert page.locator(f"math :not({KNOWN})").count() == 0
    with opened(tmp_path / "page.html", dark=True) as page:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 29)"
        first = "getComputedStyle(document.querySelector('.ew-derivation')).getPropertyValue('--ew-i0')"
        assert page.evaluate(first) == DARK.inks[0]
        # A notebook that is light on a dark system says so.
        page.evaluate("document.body.dataset.jpThemeLight = 'true'")
        assert page.evaluate(first) == LIGHT.inks[0]


def test_cases_are_a_table_in_the_page_and_arrays_are_matrices(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(CASES.gradient().explain().html, encoding="utf-8")
    with opened(tmp_path / "page.html") as page:
        assert page.locator("mtable").count() > 0
        assert "otherwise" in page.locator("mtable").first.text_content()
    # A number stands below its letter, a power above both.
    square = ew.parse("(x*y)**3").gradient().explain().html
    assert "<msup><msub><mi>u</mi>" in square
    html = REGRESSION.gradient("w").explain().html
    assert "<code>" not in html and "<math" in html
    given = {"X": [[1.0, 2.0], [3.0, 4.0]], "w": [0.5, 1.0], "y": [0.0, 1.0]}
    (tmp_path / "page.html").write_text(REGRESSION.gradient("w").explain(given).html, encoding="utf-8")
    with opened(tmp_path / "page.html") as page:
        first = page.locator(".ew-matrix").first
        rows = first.evaluate(
            "table => [...table.children].map(row => [...row.children].map(cell => cell.textContent))"
        )
        assert [[float(text.strip(" ;")) for text in row] for row in rows] == given["X"]
        # Brackets are drawn as high as the matrix is, and what has text alone has them too.
        assert first.evaluate("e => getComputedStyle(e).backgroundImage.split('gradient').length") == 7
        assert "[1 2; 3 4]" in page.locator("body").text_content()


@pytest.mark.parametrize("tensors", [False, True])
def test_hostile_names_are_inert_in_the_page(tmp_path: Path, tensors: bool) -> None:
    inputs = [ew.tensor("n", name=name) for name in HOSTILE] if tensors else ew.symbols(HOSTILE)
    B = ew.graph(sum(x @ x if tensors else ew.sin(x) * x**2 for x in inputs)).gradient()
    explanation = B.explain()
    (tmp_path / "page.html").write_text(explanation.html, encoding="utf-8")
    with opened(tmp_path / "page.html") as page:
        assert page.locator("script, b").count() == 0
        shown = page.locator("body").text_content()
        assert all(name.replace("\n", "�") in shown for name in HOSTILE)
    # A name cannot end a line of the text either.
    assert all(not line.startswith("y = 1") for line in explanation.text.splitlines())


def test_notebooks_show_it() -> None:
    bundle = ew.parse("x*y").gradient().explain()._repr_mimebundle_()
    assert sorted(bundle) == ["text/html", "text/latex", "text/plain"]
    assert bundle["text/html"].startswith('<div class="ew-derivation">')
    assert "explain" not in repr(ew.parse("x*y").gradient().explain())
