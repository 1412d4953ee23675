"""The explorer page in a real browser: what lights up is the ledger's, what it computes is the interpreter's."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError
from edgewise.lower import python_source
from view.browser import open_all, opened
from view.pages import LIT, POINT, ROWS, TEXT, data_of, in_boxes, real, written

# --- pointing -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("simplified", [False, True])
def test_pointing_lights_up_the_partners_that_the_ledger_names(tmp_path: Path, simplified: bool) -> None:
    B = ew.parse(TEXT).gradient()
    B = written(B.simplify() if simplified else B, tmp_path / "page.html", **POINT)
    colours = {name: k for k, name in enumerate(B.show().diagram.edges)}
    scene = B._scene()
    base = B.derivative.base_nodes.tolist()
    with opened(tmp_path / "page.html") as page:
        open_all(page)
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
            lines = [
                number
                for number, nodes in python_source(B.program(), "f_and_derivative", "math").computed().items()
                if entry.product in nodes
            ]
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
        computed = python_source(B.program(), "f_and_derivative", "math").computed()
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


@pytest.mark.slow
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


NUMBER = re.compile(r"(?<![\w.)])-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan|Infinity|NaN)\b")


def in_words(line: str) -> tuple[str, list[float]]:
    """A line of the record without its numbers, and these."""
    return NUMBER.sub("#", line.strip()), [real(text) for text in NUMBER.findall(line)]


@pytest.mark.slow
@pytest.mark.parametrize("name", DERIVATIVES)
def test_the_stepper_says_what_the_record_says_by_keyboard_alone(tmp_path: Path, name: str) -> None:
    B = written(DERIVATIVES[name](), tmp_path / "page.html", **POINT)
    steps = B.steps(POINT)
    record = [in_words(line) for line in steps.lines() if line.startswith("  ")]
    stored = [float(step.value) for step in steps if step.algorithm != "6.1"]
    held = {B._scene().base_name(j) for j, place in enumerate(B.derivative.base_nodes.tolist()) if place >= 0}
    # What simplification no longer computes has no number in the page.
    record = [line for line in record if "[" in line[0] or "∂" in line[0] or line[0].split(" ←")[0] in held]
    with opened(tmp_path / "page.html") as page:
        open_all(page)
        said, in_table, tables = [], [], [page.evaluate(ROWS)]
        last = page.evaluate("steps.length - 1")
        for k in range(1, last + 1):
            page.keyboard.press("ArrowRight")
            assert page.locator("#count").text_content() == f"{k} of {last}"
            text = page.locator("#said").text_content()
            tables.append(page.evaluate(ROWS))
            if " ← " in text or " += " in text or " gets " in text:
                said.append(in_words(text))
            if said and page.evaluate("steps[at].algorithm !== '6.1' && at < steps.length - 1"):
                # What was stored is what was said, and the edge of 𝒢 is marked in the picture.
                in_table.append(real(page.locator("#gradtable tr.now").inner_text().split("\t")[1]))
                assert page.locator("#algorithm li.now").count() == 1
                marked = page.locator("#picture .ew-edge.ew-G.now").count() >= 1
                assert marked or "eliminate" in text or "∂" not in text
        assert [words for words, _ in said] == [words for words, _ in record]
        for (_, mine), (_, wanted) in zip(said, record, strict=True):
            assert mine == pytest.approx(wanted, rel=1e-5, nan_ok=True)
        assert in_table == pytest.approx(stored, rel=1e-5, nan_ok=True)
        # Backwards each table is as it was; and at once.
        for k in range(last - 1, -1, -1):
            page.keyboard.press("ArrowLeft")
            assert page.evaluate(ROWS) == tables[k]
        assert tables[0] == []
        page.keyboard.press("End")
        assert page.evaluate(ROWS) == tables[-1]
        page.keyboard.press("Home")
        assert page.evaluate(ROWS) == []


@pytest.mark.slow
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
        assert now.inner_text().strip().startswith("grad_table[u(j)]")
        page.locator("#step").fill("1")
        assert page.locator("#algorithmname").text_content().startswith("Algorithm 6.1")


@pytest.mark.slow
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


@pytest.mark.slow
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
        page.locator("#tabPlot").click()
        page.locator("#ploty").select_option("y")
        assert name in page.locator("#plotsaid").text_content()
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
        assert 'fill-opacity="0.2"' in svg  # what is faded in the page is so in the file
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


@pytest.mark.slow
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
    # Its inputs reach every rank: Graphviz's best layout would take minutes.
    assert "splines=line" in chain(100).gradient().to_dot()
    assert "splines" not in ew.parse(TEXT).gradient().to_dot()
    full = written(chain(30).gradient(), tmp_path / "page.html")
    assert len(data_of(tmp_path / "page.html")["nodes"]) == len(full)


def test_the_command_line_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from edgewise.cli import main

    out = tmp_path / "page.html"
    arrays = '{"A": [[1, 2], [3, 4]], "x": [1, 1]}'
    commands = {
        ("exp(x*y) + sin(x)", "--at", "x=0,y=2"): "gradient of exp(x*y) + sin(x)",
        ("[x*y, sin(x)]", "--level", "real"): "jacobian of x*y, sin(x)",
        ("sum(A @ x)", "--shape", "A: m,n; x: n", "--wrt", "x", "--at", arrays): "gradient of sum(A @ x)",
    }
    for words, title in commands.items():
        with pytest.raises(SystemExit) as ended:
            main(["view", *words, "--out", str(out)])
        assert ended.value.code == 0
        assert title in data_of(out)["title"]
    assert {"text": "[4., 6.]", "shape": "(2,)", "ok": True} in [node.get("number") for node in data_of(out)["nodes"]]
    with pytest.raises(SystemExit) as ended:
        main(["view", "x*y", "--out", str(tmp_path / "nowhere" / "page.html")])
    assert ended.value.code == 2
    assert "cannot be written" in capsys.readouterr().err
