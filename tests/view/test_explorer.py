"""The explorer page in a real browser: what lights up is the ledger's, what it computes is the interpreter's."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError
from edgewise.ops import TABLE
from view.browser import opened

TEXT = "s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t"
POINT = {"x": 0.5, "y": 0.25}

LIT = "[...document.querySelectorAll('.lit')].map(e => e.id || e.dataset.row || e.textContent)"
ROWS = "[...document.querySelectorAll('#gradtable tr')].map(r => [r.cells[0].textContent, r.cells[1].textContent])"


def written(graph: Any, path: Path, **values: Any) -> Any:
    graph.explore(**values).save(path)
    return graph


def data_of(path: Path) -> Any:
    """What the page was told."""
    found = re.search(r'<script id="ew-data" type="application/json">(.*?)</script>', path.read_text("utf-8"), re.S)
    assert found is not None
    return json.loads(found[1])


def real(text: str) -> float:
    return float(text.replace("Infinity", "inf"))


def numbers(page: Any) -> list[float]:
    """The value that the page shows of every node."""
    texts = page.evaluate("[...document.querySelectorAll('#formulas .number')].map(e => e.textContent)")
    return [real(text) for text in texts]


# --- pointing -------------------------------------------------------------------------------------------------------


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
            # From the edge of 𝒢: its row, its partial and its product, and the line of source that computes it.
            arrow = page.locator(f"#picture .ew-edge.ew-c{colour}").first
            arrow.dispatch_event("mouseenter")
            lit = set(page.evaluate(LIT))
            assert str(row) in lit
            for node in (entry.partial, entry.product):
                if page.locator(f"#{own}-n{node}").count():
                    assert f"{own}-n{node}" in lit
            lines = [number for number, nodes in B._source().computed().items() if entry.product in nodes]
            for line in lines:
                assert "lit" in page.locator("#source .line").nth(line - 1).get_attribute("class")
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


@pytest.mark.parametrize("simplified", [False, True])
def test_a_term_lights_with_the_edges_it_goes_through_and_they_light_it(tmp_path: Path, simplified: bool) -> None:
    B = ew.parse(TEXT).gradient()
    B = written(B.simplify() if simplified else B, tmp_path / "page.html", **POINT)
    rows = list(B.edges)
    above = nx.MultiDiGraph([(entry.parent, entry.consumer, row) for row, entry in enumerate(rows)])
    through: list[set[int]] = []  # by networkx: a term's own edge, and every edge from its consumer upwards
    for name in B.base.inputs:
        for row, entry in enumerate(rows):
            if entry.parent == B.base.node(name):
                over = nx.descendants(above, entry.consumer) | {entry.consumer}
                through.append({row} | {other for other, e in enumerate(rows) if e.parent in over})
    lit_rows = "[...document.querySelectorAll('#ledger .lit')].map(e => Number(e.dataset.row))"
    lit_terms = "[...document.querySelectorAll('.term[tabindex]')].flatMap((e, k) => e.matches('.lit') ? [k] : [])"
    with opened(tmp_path / "page.html") as page:
        terms = page.locator(".term[tabindex]")
        assert terms.count() == len(through)
        for k, wanted in enumerate(through):
            terms.nth(k).dispatch_event("mouseenter")
            assert set(page.evaluate(lit_rows)) == wanted
            assert page.evaluate(lit_terms) == [k]
        for row in range(len(rows)):
            page.locator(f"#ledger tr[data-row='{row}']").dispatch_event("mouseenter")
            assert page.evaluate(lit_terms) == [k for k, wanted in enumerate(through) if row in wanted]
        # The numbers behind the formulas are those of the derivatives.
        shown = page.locator(".formula .equal").all_text_contents()
        results = [*B.base.evaluate(POINT).outputs, *B.evaluate(POINT).outputs]
        assert [real(text.removeprefix("= ")) for text in shown] == pytest.approx(results, rel=1e-6)


def test_formulas_are_those_of_sympy_and_large_ones_are_cut_with_a_count(tmp_path: Path) -> None:
    written(ew.parse("exp(x*y) + sin(x)").gradient(), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        lines = [re.sub(r"[\s\u2062\u2061]", "", text) for text in page.locator(".formula").all_text_contents()]
        assert [line.rpartition("=")[0] for line in lines] == ["out=exy+sin(x)", "∂out∂x=cos(x)+yexy", "∂out∂y=xexy"]
        assert page.locator(".formula mfrac").count() == 2
    x = np.array(ew.symbols(" ".join(f"x{k}" for k in range(20))))
    G = ew.graph(sum(x[0] * x[k] for k in range(1, 20)))
    written(G.gradient(), tmp_path / "many.html")
    with opened(tmp_path / "many.html") as page:
        text = page.locator("#expression").text_content()
        assert "7 more terms" in text  # x0 is in 19 products
        assert "8 more derivatives" in text
        assert page.locator(".formula").count() == 13


# --- steps ----------------------------------------------------------------------------------------------------------

DERIVATIVES = {
    "gradient": lambda: ew.parse(TEXT).gradient(),
    "simplified": lambda: ew.parse(TEXT).gradient().simplify(),
    "tangent": lambda: ew.parse(TEXT).tangent("x"),
    "rows": lambda: ew.parse("[sin(x*y)*x, cos(x*y)*y, x - y]").jacobian(order="reverse"),
    "columns": lambda: ew.parse("[sin(x*y)*x, cos(x*y)*y, x*x]").jacobian(order="forward"),
    "elimination": lambda: ew.parse("s = sin(x*y); t = exp(s*s); [t*x, s*y, t*s + x, x]").jacobian(order="markowitz"),
    "search": lambda: ew.parse("s = sin(x*y); t = exp(s*s); [t*x, s*y, t*t, s*t]").jacobian(
        order="search", evaluations=200
    ),
    "hessian": lambda: ew.parse(TEXT).hessian(),
    "where": lambda: ew.parse("where(x > 0, log(x), x*x)*y").gradient(),
}


@pytest.mark.parametrize("name", DERIVATIVES)
def test_the_stepper_says_what_the_record_says_by_keyboard_alone(tmp_path: Path, name: str) -> None:
    B = written(DERIVATIVES[name](), tmp_path / "page.html", **POINT)
    record, on_edge = [], dict[tuple[int, int], float]()
    for step in B.steps(POINT):
        if step.action in ("edge", "join"):
            record.append(float(step.value))
        elif step.action == "partial":  # parallel edges become one
            ends = step.edge.consumer, step.edge.parent
            on_edge[ends] = on_edge.get(ends, 0.0) + step.value
            record.append(on_edge[ends])
    with opened(tmp_path / "page.html") as page:
        said, tables = [], [page.evaluate(ROWS)]
        last = page.evaluate("steps.length - 1")
        for k in range(1, last + 1):
            page.keyboard.press("ArrowRight")
            assert page.locator("#count").text_content() == f"{k} of {last}"
            text = page.locator("#said").text_content()
            tables.append(page.evaluate(ROWS))
            if "∂" in text:
                said.append(real(re.split(" = |← ", text)[-1]))
                assert page.locator("#algorithm li.now").count() == 1
                # What was stored is what was said, and the edge of 𝒢 is marked in the picture.
                assert real(page.locator("#gradtable tr.now").inner_text().split("\t")[1]) == said[-1]
                assert page.locator("#picture .ew-edge.ew-G.now").count() >= 1 or "eliminate" in text
        assert said == pytest.approx(record, rel=1e-6, nan_ok=True)
        # Backwards each table is as it was; and at once.
        for k in range(last - 1, -1, -1):
            page.keyboard.press("ArrowLeft")
            assert page.evaluate(ROWS) == tables[k]
        assert tables[0] == []
        page.keyboard.press("End")
        assert page.evaluate(ROWS) == tables[-1]
        page.keyboard.press("Home")
        assert page.evaluate(ROWS) == []


def test_the_stepper_ends_at_the_numbers_of_grad_table(tmp_path: Path) -> None:
    B = written(ew.parse(TEXT).gradient(), tmp_path / "page.html", **POINT)
    values = B.evaluate(POINT).values
    wanted = {str(node): values[made] for node, made in B.grad_table.items()}
    rows = "[...document.querySelectorAll('#gradtable tr')]"
    read = f"Object.fromEntries({rows}.map(r => [r.dataset.node, r.cells[1].textContent]))"
    with opened(tmp_path / "page.html") as page:
        page.keyboard.press("End")
        assert {node: float(text) for node, text in page.evaluate(read).items()} == pytest.approx(wanted, rel=1e-6)
        page.keyboard.press("ArrowLeft")
        now = page.locator("#algorithm li.now")
        assert now.get_attribute("value") == "6"
        assert now.inner_text().strip().startswith("grad_table[u⁽ʲ⁾]")
        page.locator("#step").fill("1")
        assert page.locator("#algorithmname").text_content().startswith("Algorithm 6.1")


def test_an_elimination_ends_with_the_jacobian_on_the_edges(tmp_path: Path) -> None:
    G = ew.parse("s = sin(x*y); t = exp(s*s); [t*x, s*y, t*s + x]")
    J = written(G.jacobian(order="markowitz"), tmp_path / "page.html", **POINT)
    with opened(tmp_path / "page.html") as page:
        page.keyboard.press("End")
        entries = dict(page.evaluate(ROWS))
        names = [f"∂{J._scene().base_name(o)}/∂{x}" for o in G.outputs for x in ("x", "y")]
        assert [real(entries.pop(name)) for name in names] == pytest.approx(J.evaluate(POINT).outputs, rel=1e-6)
        assert entries == {}
        assert "eliminat" in page.locator("#algorithmname").text_content()
        assert (
            page.locator("#costsaid")
            .text_content()
            .startswith(
                f"stored: {J.cost().elimination_multiplications} of {J.cost().elimination_multiplications} products"
            )
        )


def test_playing_and_pausing(tmp_path: Path) -> None:
    written(ew.parse(TEXT).gradient(), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        page.locator("#speed").select_option("fast")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(" ")
        assert page.locator("#play").get_attribute("aria-pressed") == "true"
        page.wait_for_function("() => at > 2")
        page.keyboard.press(" ")
        assert page.locator("#play").text_content() == "Play"
        stopped = page.evaluate("at")
        page.wait_for_timeout(300)
        assert page.evaluate("at") == stopped
        page.locator("#play").click()
        page.wait_for_function("() => at === steps.length - 1")
        page.wait_for_function("() => document.getElementById('play').getAttribute('aria-pressed') === 'false'")


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


def in_boxes(page: Any) -> dict[int, list[str]]:
    """The numbers in the boxes of the picture."""
    script = "Object.fromEntries([...numberTexts].map(([node, texts]) => [node, texts.map(t => t.textContent)]))"
    return {int(node): texts for node, texts in page.evaluate(script).items()}


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
                got = real(page.evaluate("([n, a]) => String(VALUES[n](...a))", [name, list(args)]))
                assert got == pytest.approx(wanted, rel=1e-12, abs=1e-14, nan_ok=True), (name, args)
        for n in range(5):
            for value in (0.3, 4.0, -1.75, 31.0):
                for name in ("polygamma", "spherical_jn", "power"):
                    op = next(op for op in TABLE if op.name == name)
                    with np.errstate(all="ignore"):
                        wanted = float(op.value(value, n))
                    got = real(page.evaluate("([f, x, n]) => String(VALUES[f](x, n))", [name, value, n]))
                    assert got == pytest.approx(wanted, rel=1e-11, abs=1e-14, nan_ok=True), (name, value, n)


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
            text = page.locator(f"#formulas tr[data-node='{node}'] .number").text_content()
            assert json.loads(text.replace(".,", ".0,").replace(".]", ".0]")) == pytest.approx(
                np.asarray(values[node]), rel=1e-5
            )
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
        assert page.locator("#algorithm li.now").inner_text().strip().startswith("G⁽ⁱ⁾ ← op.bprop")
    written(B, tmp_path / "bare.html")
    with opened(tmp_path / "bare.html") as page:
        page.keyboard.press("End")
        assert page.locator("#gradtable tr").count() == len(B.grad_table)
        assert "explore(A=…, x=…)" in page.locator("#note").text_content()
    big = {"X": np.ones((40, 30)), "w": np.ones(30), "y": np.ones(40)}
    written(B, tmp_path / "abbreviated.html", **big)
    with opened(tmp_path / "abbreviated.html") as page:
        assert (
            page.locator("#formulas tr[data-node='0'] .number").text_content().startswith("(40, 30) [[1., 1., ..., 1.")
        )


def test_a_graph_explores_its_gradient_or_its_jacobian(tmp_path: Path) -> None:
    for text, kind in (("exp(x*y) + sin(x)", "gradient"), ("[x*y, sin(x)]", "jacobian")):
        written(ew.parse(text), tmp_path / "page.html", **POINT)
        assert data_of(tmp_path / "page.html")["kind"] == kind
    written(ew.parse("A @ x", shapes="A: m,n; x: n"), tmp_path / "page.html")
    assert data_of(tmp_path / "page.html")["kind"] == "jacobian"
    with pytest.raises(InputError, match="one point"):
        ew.parse("x*y").explore(x=[1.0, 2.0], y=1.0)


def test_operations_of_ones_own_stay_as_python_computed_them(tmp_path: Path) -> None:
    twice = ew.custom_op("twice", lambda x: 2 * x, partials=["2 + 0*x"]) if hasattr(ew, "custom_op") else None
    if twice is None:
        pytest.skip("operations of one's own are made otherwise")
    x = ew.symbols("x")
    written(ew.graph(twice(x) * x).gradient(), tmp_path / "page.html", x=3.0)
    with opened(tmp_path / "page.html") as page:
        assert 18.0 in numbers(page)


# --- paths ----------------------------------------------------------------------------------------------------------


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
        assert page.locator("#trouble").text_content() == "NaN enters at 𝒢's u⁽⁵⁾ = sqrt(x), where x = -1"
        page.locator("#trouble .pointer").hover()
        own = page.evaluate("document.querySelector('#picture svg').id")
        assert f"{own}-n4" in page.evaluate(LIT)
        page.get_by_label("x", exact=True).fill("1")
        assert not page.locator("#trouble").is_visible()
        page.get_by_label("x", exact=True).fill("1e4")
        assert page.locator("#trouble").text_content().startswith("Infinity enters at 𝒢's u⁽⁴⁾ = exp(u⁽³⁾)")


def test_the_sum_that_loses_most_digits_is_named(tmp_path: Path) -> None:
    written(ew.parse("exp(x)*y - exp(x + 1e-9)*y + x*x").gradient("x"), tmp_path / "page.html", x=1.0, y=1.0)
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabPaths").click()
        text = page.locator("#cancel").text_content()
        lost = float(re.search(r"loses ([\d.]+) of 16 digits", text)[1])
        assert "u⁽⁹⁾ = u⁽⁴⁾ - u⁽⁸⁾" in text and lost == pytest.approx(9, abs=0.1)
    written(ew.parse("x*y + x").gradient("x"), tmp_path / "page.html", x=1.0, y=1.0)
    with opened(tmp_path / "page.html") as page:
        assert page.locator("#cancel").text_content() == ""


# --- names, files, sizes --------------------------------------------------------------------------------------------

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><b>',
    "${x}",
    "]]><!--",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert(tmp_path: Path, name: str) -> None:
    x, y = ew.symbols([name, "y"])
    B = written(ew.graph([x * y + ew.sin(x), x / y]).jacobian(), tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        page.keyboard.press("End")
        assert page.locator("#sliders .name").first.inner_text().strip() == name
        # In the formula of the function, of its derivatives and of its terms, in the paths and the ledger.
        assert name in page.locator("#expression .formula").first.text_content()
        assert page.locator("#expression .left mi").filter(has_text=name).count() >= 2
        assert page.locator("#expression .term[tabindex] mi").filter(has_text=name).count() >= 1
        assert page.locator("#from option").first.text_content() == B._scene().base_name(0)
        assert name[:20] in page.locator("#ledger th").filter(has_text=name[:20]).first.text_content()
        assert page.locator("img:not(#ruleimage), #right b, main script, #expression b").count() == 0


def test_the_page_is_one_file_of_data_that_ends_nowhere_early(tmp_path: Path) -> None:
    B = ew.graph(ew.symbols(["</script>", "y"])[0] * 2).gradient()
    B.explore().save(tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text("utf-8")
    assert html.count("</script>") == 2
    data = data_of(tmp_path / "page.html")
    assert [(e["partial"], e["product"]) for e in data["edges"]] == [(e.partial, e.product) for e in B.edges]
    assert not re.search(
        r"""(src|href)\s*=|url\(|@import|https?://(?!www\.w3\.org)""",
        re.sub(r"<script.*?</script>", "", html, flags=re.S),
    )
    assert "default-src 'none'" in html
    assert math.isclose(data["inputs"][0]["value"], 1.0)
    with pytest.raises(InputError, match="cannot be written"):
        B.explore().save(tmp_path / "nowhere" / "page.html")


def test_the_view_is_kept_as_svg_and_png_with_what_is_lit(tmp_path: Path) -> None:
    written(ew.parse(TEXT).gradient(), tmp_path / "page.html", **POINT)
    with opened(tmp_path / "page.html", dark=True) as page:
        page.locator("#picture .ew-edge.ew-G").first.dispatch_event("mouseenter")
        with page.expect_download() as held:
            page.evaluate("document.getElementById('savesvg').click()")
        held.value.save_as(tmp_path / "kept.svg")
        svg = (tmp_path / "kept.svg").read_text("utf-8")
        assert 'class="' in svg and re.search(r'class="[^"]*\blit\b', svg)
        assert "svg.lighting" in svg or ".lighting" in svg
        assert "var(--" not in svg  # the page's colours have gone along
        with page.expect_download() as held:
            page.evaluate("document.getElementById('savepng').click()")
        held.value.save_as(tmp_path / "kept.png")
        assert (tmp_path / "kept.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert (tmp_path / "kept.png").stat().st_size > 5000


def chain(length: int) -> Any:
    x = y = ew.symbols("x")
    for _ in range(length):
        y = y * ew.sin(y) + x
    return ew.graph(y)


def test_a_large_graph_is_cut_with_a_count_and_stays_small(tmp_path: Path) -> None:
    sizes = []
    for length in (400, 1600):
        B = written(chain(length).gradient(), tmp_path / "page.html", x=0.3)
        sizes.append((tmp_path / "page.html").stat().st_size)
        data = data_of(tmp_path / "page.html")
        assert len(data["nodes"]) < len(B) and len(data["edges"]) <= 1000
    assert sizes[1] < 1.1 * sizes[0] and sizes[1] < 2e6
    values = B.evaluate(x=0.3).values
    with opened(tmp_path / "page.html") as page:
        assert f"of {len(B):,} nodes" in page.locator("#note").text_content()
        assert not page.locator("#sliders").is_visible()
        assert f"of {len(B):,} nodes drawn" in page.locator("#caption").text_content()
        assert "more lines" in page.locator("#source").text_content()
        known = {node["id"]: node for node in data["nodes"]}
        for node, texts in list(in_boxes(page).items())[:50]:
            assert real(texts[0]) == pytest.approx(float(values[node]), rel=1e-5)
        page.keyboard.press("End")
        first = page.locator("#gradtable tr .number").last.text_content()  # the output's, where the sweep began
        assert real(first) == 1.0 and all("math" in node for node in known.values())
    full = written(chain(100).gradient(), tmp_path / "page.html")
    assert len(data_of(tmp_path / "page.html")["nodes"]) == len(full)


# --- simplification -------------------------------------------------------------------------------------------------


def test_rewrites_are_shown_frame_by_frame(tmp_path: Path) -> None:
    from edgewise.view.explorer import explorer_page

    B = ew.graph(ew.symbols(["<script>alert(1)</script>", "y"])[0] * 2 * ew.symbols("y")).gradient()
    S = B.simplify()
    frames = [
        {"rule": "1*x → x", "before": 6, "after": 5, "svg": B.to_svg()},
        {"rule": "<b>x*y</b> is written once", "before": 5, "after": 3, "svg": S.to_svg()},
    ]
    page_of = explorer_page(S._scene(), S._source(), S.cost().to_data(), S.evaluate(1.0, 2.0).values, rewrites=frames)
    (tmp_path / "page.html").write_text(page_of, encoding="utf-8")
    with opened(tmp_path / "page.html") as page:
        page.locator("#tabSimplification").click()
        image = page.locator("#ruleimage")
        assert page.locator("#rule").text_content() == "1 of 2: 1*x → x   6 → 5 operations"
        page.wait_for_function("() => document.getElementById('ruleimage').naturalWidth > 100")
        first = image.get_attribute("src")
        page.locator("#ruleforth").click()
        assert page.locator("#rule").text_content() == "2 of 2: <b>x*y</b> is written once   5 → 3 operations"
        assert image.get_attribute("src") != first
        page.locator("#ruleback").click()
        assert image.get_attribute("src") == first
        page.locator("#rulestep").fill("1")
        assert page.locator("#rule b").count() == 0
        page.locator("#ruleplay").click()
        page.wait_for_function("() => document.getElementById('rule').textContent.startsWith('1 of 2')")
    written(B, tmp_path / "without.html")
    with opened(tmp_path / "without.html") as page:
        assert not page.locator("#tabSimplification").is_visible()
