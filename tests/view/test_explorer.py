"""The explorer page in a real browser: what lights up is the ledger's, what it computes is the interpreter's."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, UnsupportedError
from edgewise.ops import TABLE
from view.browser import opened

TEXT = "s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t"
POINT = {"x": 0.5, "y": 0.25}

LIT = "[...document.querySelectorAll('.lit')].map(e => e.id || e.dataset.row || e.textContent)"


def written(graph: Any, path: Path, **values: float) -> Any:
    graph.explore(**values).save(path)
    return graph


def numbers(page: Any) -> list[float]:
    """The value that the page shows of every node."""
    texts = page.evaluate("[...document.querySelectorAll('#formulas .number')].map(e => e.textContent)")
    return [float(text.replace("Infinity", "inf")) for text in texts]


@pytest.mark.parametrize("simplified", [False, True])
def test_pointing_lights_up_the_partners_that_the_ledger_names(tmp_path: Path, simplified: bool) -> None:
    B = ew.parse(TEXT).gradient()
    B = written(B.simplify() if simplified else B, tmp_path / "page.html", **POINT)
    colours = {name: k for k, name in enumerate(B.show().diagram.edges)}
    scene = B._scene()
    base = B.derivative.base_nodes.tolist()
    with opened(tmp_path / "page.html") as page:
        own = page.evaluate("document.querySelector('#picture svg').id")
        for row, entry in enumerate(B.edges):
            colour = colours[scene.edge_name(entry.consumer, entry.position, entry.parent)]
            # From the edge of 𝒢: its row, its partial and its product.
            arrow = page.locator(f"#picture .ew-edge.ew-c{colour}").first
            arrow.dispatch_event("mouseenter")
            lit = set(page.evaluate(LIT))
            assert str(row) in lit
            for node in (entry.partial, entry.product):
                if page.locator(f"#{own}-n{node}").count():
                    assert f"{own}-n{node}" in lit
            arrow.dispatch_event("mouseleave")
            assert page.evaluate(LIT) == []
            # And back: from the product, the edge between the nodes that hold 𝒢's values.
            if page.locator(f"#{own}-n{entry.product}").count() and entry.product not in base:
                page.locator(f"#{own}-n{entry.product}").dispatch_event("mouseenter")
                assert str(row) in set(page.evaluate(LIT))
                assert page.locator(f"#picture .ew-edge.ew-c{colour}.lit").count() >= 1
        # From a line of source: the nodes that it computes.
        computed = B._source().computed()
        line = next(number for number, nodes in computed.items() if any(e.product in nodes for e in B.edges))
        page.locator("#source .line").nth(line - 1).dispatch_event("mouseenter")
        lit = set(page.evaluate(LIT))
        assert {f"{own}-n{node}" for node in computed[line]} <= lit


def test_the_stepper_ends_at_the_numbers_of_grad_table_by_keyboard_alone(tmp_path: Path) -> None:
    B = written(ew.parse(TEXT).gradient(), tmp_path / "page.html", **POINT)
    values = B.evaluate(POINT).values
    wanted = {str(node): values[made] for node, made in B.grad_table.items()}
    rows = "[...document.querySelectorAll('#gradtable tr')]"
    read = f"Object.fromEntries({rows}.map(r => [r.dataset.node, r.cells[1].textContent]))"
    steps = B.steps(POINT)
    with opened(tmp_path / "page.html") as page:
        assert page.locator("#count").text_content().startswith("1 of")
        page.keyboard.press("End")
        assert {node: float(text) for node, text in page.evaluate(read).items()} == pytest.approx(wanted, rel=1e-6)
        # Back to the beginning and forward again, one step at a time: the sums so far are those of the record.
        page.keyboard.press("Home")
        assert page.evaluate(read) == {}
        sums = []
        while True:
            before = page.locator("#count").text_content()
            page.keyboard.press("ArrowRight")
            if page.locator("#count").text_content() == before:
                break
            said = page.locator("#said").text_content()
            if "∂" in said:
                sums.append(float(re.split(" = ", said)[-1]))
                assert page.locator("#algorithm li.now").inner_text().strip().startswith("grad_table[u(j)]")
        edges = [step for step in steps if step.algorithm == "6.2" and step.action == "edge"]
        assert sums == pytest.approx([step.value for step in edges], rel=1e-6)
        page.keyboard.press("ArrowLeft")
        assert page.locator("#count").text_content() != before


def test_sliders_change_values_to_those_of_the_interpreter(tmp_path: Path) -> None:
    B = written(ew.parse(TEXT).gradient(), tmp_path / "page.html", **POINT)
    with opened(tmp_path / "page.html") as page:
        np.testing.assert_allclose(numbers(page), B.evaluate(POINT).values, rtol=1e-6)
        page.locator("#sliders input[type=number]").first.fill("-1.75")
        np.testing.assert_allclose(numbers(page), B.evaluate(x=-1.75, y=0.25).values, rtol=1e-6)
        page.locator("#sliders input[type=range]").nth(1).focus()
        page.keyboard.press("ArrowRight")
        moved = float(page.locator("#sliders input[type=number]").nth(1).input_value())
        assert moved != 0.25
        np.testing.assert_allclose(numbers(page), B.evaluate(x=-1.75, y=moved).values, rtol=1e-6)


def test_every_operation_has_the_interpreters_value_in_the_page(tmp_path: Path) -> None:
    graphs = {op.name: op for op in TABLE if op.args and not op.parameter}
    points = [
        (0.3, 0.7, 1.9),
        (-1.5, 2.25, 0.5),
        (2.0, -0.5, -3.0),
        (0.0, 1.0, 1.0),
        (25.5, 3.0, 4.0),
        (-0.25, -0.75, 0.0),
    ]
    B = ew.parse("x*y*z").gradient()
    B.explore().save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        for name, op in graphs.items():
            for point in points:
                args = point[: op.arity]
                with np.errstate(all="ignore"):
                    wanted = float(np.multiply(op.value(*args), 1.0))
                got = page.evaluate("([n, a]) => String(VALUES[n](...a))", [name, list(args)])
                got = float(got.replace("Infinity", "inf"))
                assert got == pytest.approx(wanted, rel=1e-12, abs=1e-14, nan_ok=True), (name, args)
        for n in range(5):
            for value in (0.3, 4.0, -1.75, 31.0):
                for name in ("polygamma", "spherical_jn", "power"):
                    op = next(op for op in TABLE if op.name == name)
                    with np.errstate(all="ignore"):
                        wanted = float(op.value(value, n))
                    got = page.evaluate("([f, x, n]) => String(VALUES[f](x, n))", [name, value, n])
                    got = float(got.replace("Infinity", "inf"))
                    assert got == pytest.approx(wanted, rel=1e-11, abs=1e-14, nan_ok=True), (name, value, n)


def test_stored_against_multiplied_out_and_paths(tmp_path: Path) -> None:
    def nested(x: Any) -> Any:
        for _ in range(12):
            x = x * np.sin(x)
        return x

    B = written(ew.trace(nested, "x").gradient(), tmp_path / "page.html", x=0.9)
    with opened(tmp_path / "page.html") as page:
        assert page.locator("#cost").text_content() == "stored: 0 of 36 products so far, one for each edge"
        page.keyboard.press("End")
        assert "36 of 36" in page.locator("#cost").text_content()
        page.locator("#paths").check()
        # Each of the 12 levels has a path of one edge and one of two: 2^12 paths, 18 edges each on the average.
        assert f"{2**12 * 18:,} products for all paths, against 36 stored" in page.locator("#cost").text_content()
        assert page.locator("#pathsum").text_content() == "40 of many paths"
    C = written(ew.parse("x*y + sin(x)*x").gradient(), tmp_path / "two.html", x=2.0, y=3.0)
    with opened(tmp_path / "two.html") as page:
        texts = page.locator("#pathlist li").all_text_contents()
        shares = [float(re.search(r"([-\d.e]+) \(", text)[1]) for text in texts]
        assert sum(shares) == pytest.approx(C.evaluate(x=2.0, y=3.0).outputs[0], rel=1e-6)
        assert len(shares) == B.cost().paths - 2**12 + C.cost().paths - 1


def test_nan_and_cancellation_are_pointed_at(tmp_path: Path) -> None:
    written(ew.parse("sqrt(x)*x").gradient(), tmp_path / "page.html", x=-1.0)
    with opened(tmp_path / "page.html") as page:
        assert "is NaN" in page.locator("#pathlist .bad").first.text_content()
    written(ew.parse("exp(x)*y - exp(x + 1e-9)*y").gradient("x"), tmp_path / "page.html", x=1.0, y=1.0)
    with opened(tmp_path / "page.html") as page:
        assert "cancellation" in page.locator("#pathsum").text_content()


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", '"><b>', "${x}"]
)
def test_hostile_names_are_inert(tmp_path: Path, name: str) -> None:
    x, y = ew.symbols([name, "y"])
    written(ew.graph(x * y + ew.sin(x)).gradient(), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        page.keyboard.press("End")
        assert page.locator("#sliders label").first.inner_text().strip() == name
        assert page.locator("img, #panels b, main script").count() == 0


def test_keyboard_search_and_dark_mode(tmp_path: Path) -> None:
    written(ew.parse(TEXT).gradient(), tmp_path / "page.html")
    with opened(tmp_path / "page.html", dark=True) as page:
        page.keyboard.press("/")
        page.keyboard.type("tanh")
        assert page.locator("#found").text_content() == "1 node"
        assert page.locator("#picture .ew-node.lit").count() == 1
        page.keyboard.press("Escape")
        assert page.evaluate(LIT) == []
        # Tab reaches a row of the ledger, and what has the focus is lit.
        page.locator("#paths").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.row") == "0"
        assert "0" in page.evaluate(LIT)
        back = page.evaluate("getComputedStyle(document.body).backgroundColor")
        text = page.evaluate("getComputedStyle(document.body).color")
        assert _contrast(back, text) > 7
        for box in page.locator("#picture .ew-node text:not(.value)").all()[:8]:
            fill = box.evaluate("e => getComputedStyle(e).fill")
            under = box.evaluate("e => getComputedStyle(e.parentNode.querySelector('path,polygon,ellipse')).fill")
            assert _contrast(fill, under) > 4.5


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: the ratio of relative luminances."""

    def luminance(text: str) -> float:
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", text)[:3]]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_page_is_one_file_of_data_that_ends_nowhere_early(tmp_path: Path) -> None:
    B = ew.graph(ew.symbols(["</script>", "y"])[0] * 2).gradient()
    html = B.explore().html
    assert html.count("</script>") == 2
    data = json.loads(re.search(r'<script id="ew-data" type="application/json">(.*?)</script>', html, re.S)[1])
    assert [(e["partial"], e["product"]) for e in data["edges"]] == [(e.partial, e.product) for e in B.edges]
    assert not re.search(
        r"""(src|href)\s*=|url\(|@import|https?://(?!www\.w3\.org)""",
        re.sub(r"<script.*?</script>", "", html, flags=re.S),
    )
    assert math.isclose(data["inputs"][0]["value"], 1.0)
    with pytest.raises(InputError, match="cannot be written"):
        B.explore().save(tmp_path / "nowhere" / "page.html")
    with pytest.raises(UnsupportedError, match="no numbers of arrays"):
        ew.parse("x @ x", shapes="x: n").gradient().explore(x=[1.0])


def test_tensor_graphs_have_a_page_without_numbers(tmp_path: Path) -> None:
    B = written(ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w"), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        page.keyboard.press("End")
        assert page.locator("#gradtable tr").count() == len(B.grad_table)
        assert page.locator("#algorithm").get_attribute("aria-label") == "Algorithm 6.5"
        assert not page.locator("#inputs").is_visible()
