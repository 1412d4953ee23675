"""Numbers on the explorer page: the interpreter's on every node; products and paths counted; where digits are lost."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError
from edgewise.graph.arrays.functions import FUNCTIONS
from edgewise.ops import TABLE
from rows import REFUSED, SCIPYS
from view.browser import opened
from view.pages import LIT, POINT, TEXT, data_of, in_boxes, numbers, real, written


def data_text(html: str) -> str:
    """What the page is told, as text."""
    found = re.search(r'<script id="ew-data" type="application/json">(.*?)</script>', html, re.S)
    assert found is not None
    return json.dumps(json.loads(found[1]), ensure_ascii=False)


# --- numbers --------------------------------------------------------------------------------------------------------


def test_sliders_change_values_to_those_of_the_interpreter(tmp_path: Path) -> None:
    B = written(ew.parse(TEXT).gradient(), tmp_path / "page.html", **POINT)
    with opened(tmp_path / "page.html") as page:
        np.testing.assert_allclose(numbers(page), B.evaluate(POINT).values, rtol=1e-6)
        page.get_by_label("x", exact=True).fill("-1.75")
        np.testing.assert_allclose(numbers(page), B.evaluate(x=-1.75, y=0.25).values, rtol=1e-6)
        page.get_by_label("y, slider").focus()
        page.keyboard.press("ArrowRight")
        moved = float(page.get_by_label("y", exact=True).input_value())
        assert moved != 0.25
        np.testing.assert_allclose(numbers(page), B.evaluate(x=-1.75, y=moved).values, rtol=1e-6)
        # The range can be typed.
        page.get_by_label("least y").fill("10")
        page.get_by_label("most y").fill("12")
        page.get_by_label("y, slider").focus()
        page.keyboard.press("End")
        assert float(page.get_by_label("y", exact=True).input_value()) == 12
        np.testing.assert_allclose(numbers(page), B.evaluate(x=-1.75, y=12.0).values, rtol=1e-6)


def test_each_box_of_the_picture_has_its_value_and_its_gradient_when_it_is_reached(tmp_path: Path) -> None:
    B = written(ew.parse(TEXT).gradient(), tmp_path / "page.html", **POINT)
    values = B.evaluate(POINT).values
    with opened(tmp_path / "page.html") as page:
        for node, texts in in_boxes(page).items():
            assert real(texts[0]) == pytest.approx(values[node], rel=1e-5)
            assert (len(texts) == 2) == (node in set(B.grad_table))
            if len(texts) == 2:
                assert real(texts[1].removeprefix("grad ")) == pytest.approx(values[B.grad_table[node]], rel=1e-5)
        # While the sweep runs: the sums so far, and nothing where it has not been.
        sums: dict[int, float] = {}
        record = iter([step for step in B.steps(POINT) if step.action in ("seed", "edge")])
        for _ in range(page.evaluate("steps.length") - 2):
            page.keyboard.press("ArrowRight")
            if "grad_table[" not in page.locator("#said").text_content():
                continue
            step = next(record)
            sums[step.node] = step.value
            for node, texts in in_boxes(page).items():
                if len(texts) == 2 and node not in sums:
                    assert texts[1] == ""
                elif len(texts) == 2:
                    assert real(texts[1].removeprefix("grad ")) == pytest.approx(sums[node], rel=1e-5)
        assert next(record, None) is None


@pytest.mark.slow
def test_operations_have_the_interpreters_value_in_the_page(tmp_path: Path) -> None:
    """All of the table run under Node in tests/lower/test_javascript.py; here the page finds each and its order."""
    calls = {"polygamma": 2, "spherical_jn": 3, "inerfcx": 2, "expmoment": 2}
    x, y, z = ew.symbols("x y z")
    rows = [op for op in TABLE if op.name in FUNCTIONS and not op.boolean and op.name not in SCIPYS | REFUSED]
    terms = [FUNCTIONS[op.name](*([calls[op.name]] if op.parameter else []), *(x, y, z)[: op.arity]) for op in rows]
    B = written(ew.graph([*terms, x**2, x**0.5, x**-3, x > y]).jacobian(), tmp_path / "page.html", x=0.5, y=2.0, z=1.0)
    with opened(tmp_path / "page.html") as page:
        for point in ((0.5, 2.0, 1.0), (2.5, -0.5, 3.0), (0.0, 1.0, 1.0)):
            for name, value in zip("xyz", point, strict=True):
                page.get_by_label(name, exact=True).fill(str(value))
            got = page.evaluate("data.nodes.map(node => String(values.get(node.id)))")
            with np.errstate(all="ignore"):
                wanted = [float(value) for value in B.evaluate(*point).values]
            for node, (mine, exact) in enumerate(zip(map(real, got), wanted, strict=True)):
                assert mine == pytest.approx(exact, rel=1e-12, abs=1e-14, nan_ok=True), (node, B.tape.op(node))


@pytest.mark.slow
def test_tensor_graphs_show_arrays_on_every_node_and_in_grad_table(tmp_path: Path) -> None:
    B = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
    rng = np.random.default_rng(1)
    given = {"X": rng.normal(size=(2, 3)), "w": rng.normal(size=3), "y": rng.normal(size=2)}
    written(B, tmp_path / "page.html", **given)
    values = B.evaluate(given).values
    with opened(tmp_path / "page.html") as page:
        assert "no slider" in page.locator("#note").text_content()
        assert not page.locator("#sliders").is_visible()
        for node in range(len(B)):
            cell = page.locator(f"#formulas tr[data-node='{node}'] .number")
            text = cell.text_content().replace("−", "-")
            rows = [[float(entry) for entry in row.split()] for row in text.strip("[]").split(";")]
            exact = np.asarray(values[node])
            assert np.reshape(rows, exact.shape) == pytest.approx(exact, rel=1e-5)
            assert cell.locator("mtable").count() == (exact.ndim > 0)
            space = page.locator(f"#formulas tr[data-node='{node}'] td").first.text_content().partition("∈ℝ")[2]
            assert space == "×".join("d" if side == 3 else "n" for side in exact.shape)
        page.keyboard.press("End")
        assert page.locator("#algorithm").get_attribute("aria-label").startswith("Algorithm 6.5")
        table = {
            node: page.locator(f"#gradtable tr[data-node='{node}'] .number").text_content() for node in B.grad_table
        }
        for node, made in B.grad_table.items():
            assert json.loads(table[node]) == pytest.approx(np.asarray(values[made]), rel=1e-5)
        assert in_boxes(page)[B.base.node("w")][1].startswith("grad [")
        page.keyboard.press("ArrowLeft")
        assert "bprop(" in page.locator("#said").text_content()
        assert page.locator("#algorithm li.now").inner_text().strip().startswith("G(i) ← op.bprop")
    written(B, tmp_path / "bare.html")
    with opened(tmp_path / "bare.html") as page:
        page.keyboard.press("End")
        assert page.locator("#gradtable tr").count() == len(B.grad_table)
        # Numbers nobody gave are random, the same ones each time.
        note = page.locator("#note").text_content()
        assert "random numbers for n = 3, d = 2; explore(X=…, w=…, y=…) shows yours" in note
        drawn = data_of(tmp_path / "bare.html")
        assert drawn == data_of(written(B, tmp_path / "again.html") and tmp_path / "again.html")
        texts = [
            json.loads(node["number"]["text"].replace(".,", ".0,").replace(".]", ".0]")) for node in drawn["nodes"][:3]
        ]
        again = B.evaluate(dict(zip(("X", "w", "y"), texts, strict=True))).values
        for node in B.grad_table:
            cell = page.locator(f"#gradtable tr[data-node='{node}'] .number").text_content()
            found = np.asarray(json.loads(cell.replace(".,", ".0,").replace(".]", ".0]")))
            assert found == pytest.approx(np.asarray(again[B.grad_table[node]]), rel=1e-4)
    big = {"X": np.ones((40, 30)), "w": np.ones(30), "y": np.ones(40)}
    written(B, tmp_path / "abbreviated.html", **big)
    with opened(tmp_path / "abbreviated.html") as page:
        assert (
            page.locator("#formulas tr[data-node='0'] .number").text_content().startswith("(40, 30) [[1., 1., ..., 1.")
        )


def test_numbers_that_nobody_gave_are_what_was_promised_of_them() -> None:
    S, x = ew.tensor("n", "n", symmetric=True, name="S"), ew.tensor("n", name="x")
    k, p = ew.tensor("m", dtype=int, name="k"), ew.symbols("p", positive=True)
    G = ew.graph(ew.log(p) + np.sum(k * p) + x @ np.linalg.solve(S, x))
    page = G.gradient(["x", "p"]).explore()
    values = {name: page.values[G.node(name)] for name in "Sxkp"}
    assert {name: np.shape(value) for name, value in values.items()} == {"S": (2, 2), "x": (2,), "k": (3,), "p": ()}
    assert np.array_equal(values["S"], values["S"].T) and np.linalg.eigvalsh(values["S"]).min() > 0
    assert values["p"] > 0 and set(values["k"].tolist()) <= {0, 1}
    assert np.isfinite(page.values[G.outputs[0]])
    # Where they do not fit, there are none; the page says how to give them.
    for text in ("x[4]*sum(x*x) + y[0]", "sum(x[:5]*y[:5])"):
        bare = ew.parse(text, shapes="x: n; y: m").gradient().explore()
        assert bare.values is None and "explore(x=…, y=…) shows values" in data_text(bare.html)


def test_a_graph_explores_its_gradient_or_its_jacobian(tmp_path: Path) -> None:
    for text, kind in (("exp(x*y) + sin(x)", "gradient"), ("[x*y, sin(x)]", "jacobian")):
        written(ew.parse(text), tmp_path / "page.html", **POINT)
        assert data_of(tmp_path / "page.html")["kind"] == kind
    written(ew.parse("A @ x", shapes="A: m,n; x: n"), tmp_path / "page.html")
    assert data_of(tmp_path / "page.html")["kind"] == "jacobian"
    with pytest.raises(InputError, match="one point"):
        ew.parse("x*y").explore(x=[1.0, 2.0], y=1.0)


def test_operations_of_ones_own_stay_as_python_computed_them(tmp_path: Path) -> None:
    softsign = ew.op("softsign", "x", value=lambda x: x / (1 + abs(x)), partials="1/(1 + abs(x))**2")
    x = ew.symbols("x")
    B = written(ew.graph(softsign(x) * x).gradient(), tmp_path / "page.html", x=3.0)
    with opened(tmp_path / "page.html") as page:
        np.testing.assert_allclose(numbers(page), B.evaluate(x=3.0).values, rtol=1e-6)
        assert "only Python computes" in page.locator("#note").text_content()


def test_a_formula_of_ones_own_is_computed_in_the_page(tmp_path: Path) -> None:
    softsign = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    itself = ew.op("itself", "x", value="x", partials="1")
    x = ew.symbols("x")
    B = written(ew.graph(softsign(x) * itself(x)).gradient(), tmp_path / "page.html", x=3.0)
    with opened(tmp_path / "page.html") as page:
        page.get_by_label("x", exact=True).fill("-1.5")
        np.testing.assert_allclose(numbers(page), B.evaluate(x=-1.5).values, rtol=1e-6)


# --- paths ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_stored_against_multiplied_out_step_by_step(tmp_path: Path) -> None:
    def nested(x: Any) -> Any:
        for _ in range(12):
            x = x * np.sin(x)
        return x

    written(ew.trace(nested, "x").gradient(), tmp_path / "page.html", x=0.9)
    with opened(tmp_path / "page.html") as page:
        assert page.locator("#costsaid").text_content() == "stored: 0 of 36 products so far, one for each edge"
        assert not page.locator("#pathbar").is_visible()
        page.keyboard.press("End")
        assert "36 of 36" in page.locator("#costsaid").text_content()
        page.locator("#paths").check()
        # Each of the 12 levels has a path of one edge and one of two: 2^12 paths, 18 edges each on the average.
        total = 2**12 * 18
        assert page.locator("#costsaid").text_content() == f"{total:,} of {total:,} products; stored 36 of 36"
        bars = "['storedbar', 'pathbar'].map(id => document.getElementById(id).firstElementChild.style.width)"
        stored, out = (float(width.removesuffix("%")) for width in page.evaluate(bars))
        assert out == pytest.approx(100)
        assert stored == pytest.approx(100 * math.log10(37) / math.log10(total), rel=1e-6)
        # Step by step each edge adds one product, or one for each path through it: half of all, or all.
        page.keyboard.press("Home")
        page.evaluate("document.activeElement.blur()")
        seen = []
        while page.evaluate("at < steps.length - 1"):
            page.keyboard.press("ArrowRight")
            here = re.search(r"([\d,]+) paths? through this edge", page.locator("#costsaid").text_content())
            seen += [int(here[1].replace(",", ""))] if here else []
        assert sum(seen) == total and set(seen) == {2**11} and len(seen) == 36
        tab = page.locator("#tabPaths")
        tab.click()
        assert page.locator("#pathsum").text_content() == f"40 of {2**12:,} paths"


@pytest.mark.slow
def test_shares_of_paths_for_an_input_and_an_output(tmp_path: Path) -> None:
    G = ew.parse("[x*y + sin(x)*x, where(x > 0, x*x, sqrt(x))*y]")
    point = {"x": 2.0, "y": 3.0}
    for order in ("reverse", "forward", "markowitz"):
        J = written(G.jacobian(order=order), tmp_path / "page.html", **point)
        wanted = np.reshape(J.evaluate(point).outputs, (2, 2))
        with opened(tmp_path / "page.html") as page:
            page.locator("#tabPaths").click()
            for o in range(2):
                for j in range(2):
                    page.locator("#from").select_option(index=j)
                    page.locator("#to").select_option(index=o)
                    texts = page.locator("#pathlist .number").all_text_contents()
                    shares = [re.fullmatch(r" (\S+) \((\S+) %\)", text) for text in texts]
                    assert sum(float(share[1]) for share in shares) == pytest.approx(wanted[o, j], rel=1e-6)
                    assert sum(float(share[2]) for share in shares) == pytest.approx(100, rel=1e-3)
    # A path lights the edges that it goes through.
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPaths").click()
        page.locator("#pathlist li").first.hover()
        assert page.locator("#picture .ew-edge.ew-G.lit").count() >= 1


def test_the_node_where_nan_enters_is_named_and_lit(tmp_path: Path) -> None:
    written(ew.parse("exp(x*y) + sqrt(x)*y").gradient(), tmp_path / "page.html", x=-1.0, y=2.0)
    with opened(tmp_path / "page.html") as page:
        assert page.locator("#trouble").text_content() == "NaN enters at 𝒢's u4 = sqrt(x), where x = -1"
        page.locator("#trouble .pointer").hover()
        own = page.evaluate("document.querySelector('#picture svg').id")
        assert f"{own}-n4" in page.evaluate(LIT)
        page.get_by_label("x", exact=True).fill("1")
        assert not page.locator("#trouble").is_visible()
        page.get_by_label("x", exact=True).fill("1e4")
        assert page.locator("#trouble").text_content().startswith("Infinity enters at 𝒢's u3 = exp(u2)")


@pytest.mark.slow
def test_the_sum_that_loses_most_digits_is_named(tmp_path: Path) -> None:
    written(ew.parse("exp(x)*y - exp(x + 1e-9)*y + x*x").gradient("x"), tmp_path / "page.html", x=1.0, y=1.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPaths").click()
        text = page.locator("#cancel").text_content()
        lost = float(re.search(r"loses ([\d.]+) of 16 digits", text)[1])
        assert "u8 = u3 - u7" in text and lost == pytest.approx(9, abs=0.1)
    written(ew.parse("x*y + x").gradient("x"), tmp_path / "page.html", x=1.0, y=1.0)
    with opened(tmp_path / "page.html") as page:
        assert page.locator("#cancel").text_content() == ""
