"""Simplification on the explorer page, one named rewrite after the other: what is shown is the report's record."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.graph import node_text
from edgewise.view.explorer.rewrites import Stage, film, stages
from explorer import network
from view.browser import opened
from view.pages import written

WRITTEN = "() => document.getElementById('rule').textContent"
"""The film is there: it is unpacked when its list is opened."""


def frames_of(told: Any) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = json.loads(gzip.decompress(base64.b64decode(film(told)["film"])))
    return frames


def test_what_is_first_brought_into_another_form_is_shown_before_and_after() -> None:
    for text in ("sin(x)/x", "(1 - cos(x))/x**2 + log(1 + x*y)"):
        B = ew.parse(text).gradient()
        S = B.simplify()
        assert S.derivative.base is not B.derivative.base
        frames = frames_of(B._rewriting())
        assert [frame["after"] for frame in frames] == [S.report.before, S.report.after]
        assert all(frame["svg"] for frame in frames) and B.explore().html


@pytest.mark.slow
def test_rewrites_are_shown_one_by_one(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>"
    x, y = ew.symbols([name, "y"])
    B = written(ew.graph(ew.log(1 + ew.exp(x * y)) * x).gradient(), tmp_path / "page.html")
    report = B.simplify().report
    steps = report.rewrites
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabSimplification").click()
        page.wait_for_function(WRITTEN)
        image = page.locator("#ruleimage")
        assert page.locator("#rule").text_content() == f"as written: {report.before} operations"
        pictures = []
        for k, step in enumerate(steps, 1):
            page.wait_for_function("() => document.getElementById('ruleimage').naturalWidth > 100")
            pictures.append(image.get_attribute("src"))
            page.locator("#ruleforth").click()
            told = f"{', '.join(step.rules)}: {step.before.operations} → {step.after.operations} operations"
            assert page.locator("#rule").text_content() == told
            assert page.locator("#rulecount").text_content() == f"{k} of {len(steps)}"
            formula, result = page.locator("#ruletext").text_content().split("  →  ")
            assert formula == node_text(step.before.tape, step.before.node, 60)
            left = step.after.node >= 0
            assert result == (node_text(step.after.tape, step.after.node, 60) if left else "not needed any more")
        assert len(set(pictures)) == len(pictures) == 6
        assert page.locator("#rule").text_content().endswith(f"→ {report.after} operations")
        width = page.locator("#rulebar").evaluate("e => e.style.width")
        assert float(width[:-1]) == pytest.approx(100 * report.after / report.before, rel=1e-3)
        page.locator("#ruleback").click()
        assert image.get_attribute("src") == pictures[-1]
        page.locator("#rulefirst").click()
        assert image.get_attribute("src") == pictures[0]
        # By keyboard alone, and the algorithm's own step stays where it was.
        where = page.locator("#count").text_content()
        page.locator("#tabSimplification").blur()
        page.keyboard.press("End")
        assert page.locator("#rulecount").text_content() == f"{len(steps)} of {len(steps)}"
        page.keyboard.press("ArrowLeft")
        assert page.locator("#rulecount").text_content() == f"{len(steps) - 1} of {len(steps)}"
        assert page.locator("#count").text_content() == where
        assert not page.locator("#picture").is_visible()
        page.locator("#tabSource").click()
        assert page.locator("#picture").is_visible() and not page.locator("#film").is_visible()
        page.locator("#tabSimplification").click()
        page.locator("#rulestep").fill(str(len(steps)))
        page.locator("#ruleplay").click()
        page.wait_for_function("() => document.getElementById('rule').textContent.startsWith('as written')")
    written(B.simplify(), tmp_path / "without.html")
    with opened(tmp_path / "without.html") as page:
        assert not page.locator("#tabSimplification").is_visible()


def told(B: ew.DerivativeGraph) -> Iterator[Stage]:
    after = B.simplify()
    return stages(B.derivative, after.derivative, after.report)


def test_the_rewritten_node_is_marked_in_the_ledgers_colours() -> None:
    B = ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient()
    marked = 0
    for stage in told(B):
        svg = frames_of([stage])[0]["svg"]
        heavy = set(re.findall(r'id="ew[0-9a-f]+-n(\d+)"(?:(?!<g ).)*?stroke-width="4"', svg, re.S))
        drawn = set(re.findall(r'-n(\d+)" class', svg))
        assert heavy == {str(stage.node)} & drawn
        marked += len(heavy)
        # Every product that the ledger still names has its edge's class.
        products = stage.scene.derivative.ledger.product.tolist()
        for node in {node for node in products if node >= 0 and str(node) in drawn and stage.scene.is_new(node)}:
            assert re.search(rf'-n{node}" class="node ew-node ew-[a-z]+ ew-B', svg)
    assert marked > 5


def test_of_a_large_graph_what_is_near_is_drawn(tmp_path: Path) -> None:
    B = ew.trace(lambda w: np.sum(np.tanh(w) ** 2 * w), w=20).gradient()
    frames = frames_of(told(B))
    assert frames[0]["svg"] == ""
    assert len(frames) > 60
    sizes = [len(set(re.findall(r'-n(\d+)" class', frame["svg"]))) for frame in frames[1:]]
    assert 0 < max(sizes) <= 9


def test_of_tensors_the_whole_step_is_shown(tmp_path: Path) -> None:
    L = written(ew.parse("sum((A @ x)**2)", shapes="A: m,n; x: n").gradient("x"), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabSimplification").click()
        page.wait_for_function(WRITTEN)
        page.locator("#ruleforth").click()
        S = L.simplify().report
        assert page.locator("#rule").text_content().endswith(f": {S.before} → {S.after} operations")
        assert page.locator("#rulecount").text_content() == "1 of 1"


def test_the_same_graph_has_the_same_film() -> None:
    B = ew.parse("x*y + sin(x)*1").gradient()
    one, other = (film(told(B)) for _ in range(2))
    assert one == other


@pytest.mark.slow
def test_the_page_of_the_two_layer_network_stays_under_its_bound() -> None:
    page = network(quick=False).explore()
    assert len(page.html.encode()) < 1.5e6
    assert len(network(quick=False).tape) > 500
