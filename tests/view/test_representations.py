"""What a notebook shows of everything: there for every class, right, capped, inert and light."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.graph import Pattern
from edgewise.view.notebooks.rich import ROWS


def f(x: Any, y: Any) -> Any:
    return np.sin(x) * y + x * x


def chain(links: int) -> Any:
    x = ew.symbols("x")
    for _ in range(links):
        x = ew.sin(x)
    return ew.graph(x).gradient()


def tensors() -> Any:
    return ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w").simplify()


THINGS: dict[str, Callable[[], Any]] = {
    "graph": lambda: ew.trace(f, "x", "y"),
    "gradient": lambda: ew.trace(f, "x", "y").gradient(),
    "tensor gradient": tensors,
    "picture": lambda: ew.trace(f, "x", "y").gradient().focus("x"),
    "program": lambda: ew.trace(f, "x", "y").gradient().program(),
    "tensor program": lambda: tensors().program(),
    "cost": lambda: ew.trace(f, "x", "y").gradient().cost(),
    "tensor cost": lambda: tensors().cost(),
    "report": lambda: ew.trace(f, "x", "y").gradient().simplify().report,
    "curve": lambda: chain(40).pareto(),
    "schedule": lambda: chain(40).schedule(20),
    "pattern": lambda: ew.parse("[x*y, z**2]").sparsity(),
    "ledger": lambda: ew.trace(f, "x", "y").gradient().edges,
    "ledger entry": lambda: ew.trace(f, "x", "y").gradient().edges[0],
    "grad_table": lambda: ew.trace(f, "x", "y").gradient().grad_table,
    "values": lambda: ew.trace(f, "x", "y").back_propagate({"x": 1.0, "y": 2.0}),
    "special points": lambda: ew.parse("abs(x)*log(x + y)").gradient().special_points(x=0.0, y=2.0),
    "check": lambda: ew.check_gradient(f, lambda x, y: (2 * x - np.cos(x) * y, np.sin(x))),
    "function": lambda: ew.trace(f, "x", "y").gradient().compile("python"),
    "tensor function": lambda: tensors().compile(),
    "derivative": lambda: ew.trace(f, "x", "y").gradient().derivative,
    "tape": lambda: ew.trace(f, "x", "y").tape,
}  # fmt: skip


OURS = set("p b i sub br div small img table thead tbody tr th td sup details summary pre code".split())
"""The tags of our pages."""

MATHML = set("math mfrac mi mn mo mover mpadded mphantom mrow msqrt msub msup mtable mtd mtext mtr".split())
"""And those of their formulas."""


class Rows(HTMLParser):
    """The cells of all tables of a page, and the rest of its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.text, self.tags, self.inside = "", set[str](), False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MATHML:
            return
        self.tags.add(tag)
        assert all(name in ("alt", "src", "style") for name, _ in attrs)
        assert dict(attrs).get("src", "data:image/svg+xml;base64,").startswith("data:image/svg+xml;base64,")
        self.inside = self.inside or tag == "td"
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data
        else:
            self.text += data

    @property
    def cells(self) -> list[list[str]]:
        return [row for row in self.rows if row]


@pytest.mark.parametrize("name", THINGS)
def test_everything_has_text_and_html_without_scripts_or_style_sheets(name: str) -> None:
    thing = THINGS[name]()
    bundle = thing._repr_mimebundle_()
    assert {"text/plain", "text/html"} <= set(bundle)
    assert bundle["text/html"] == thing._repr_html_()
    page = Rows(bundle["text/html"])
    assert page.tags <= OURS
    assert len(bundle["text/plain"]) > 10
    assert len("".join(bundle.values())) < 400_000


def test_what_the_tables_say() -> None:
    B = ew.trace(f, "x", "y").gradient()
    kinds = dict(Rows(B.cost()._repr_html_()).cells)
    assert kinds["products"] == str(len(B.edges)) == "7"
    assert {name: int(kinds[name]) for name in B.cost().by_kind} == B.cost().by_kind
    rules = dict(Rows(B.simplify().report._repr_html_()).cells)
    assert {name: int(count) for name, count in rules.items()} == dict(B.simplify().report.rules)
    assert len(Rows(B.edges._repr_html_()).cells) == len(B.edges)
    table = Rows(B.grad_table._repr_html_()).cells
    assert [row[1] for row in table] == [B.base.name(node) for node in B.grad_table]
    found = B.base.back_propagate({"x": 1.0, "y": 2.0})
    for row, (i, value) in zip(Rows(found._repr_html_()).cells, enumerate(found.values), strict=True):
        assert row[0] == B.base.name(i)
        assert float(row[2]) == pytest.approx(value, rel=1e-5)
        assert float(row[3]) == pytest.approx(found.table[i], rel=1e-5)
    points = Rows(THINGS["special points"]()._repr_html_()).cells
    assert [row[1:3] + row[-1:] for row in points] == [["abs", "kink", "yes"], ["log", "domain", "no"]]
    check = Rows(THINGS["check"]()._repr_html_())
    assert check.cells[0][0] == "x" and "of the wrong sign" in check.text
    curve = chain(40).pareto()
    shown = [(int(operations), int(held)) for held, operations in Rows(curve._repr_html_()).cells]
    assert shown[0] == curve.points[0] and shown[-1] == curve.points[-1] and set(shown) <= set(curve.points)


def test_a_program_says_how_long_each_value_is_held() -> None:
    G = ew.parse("s = sin(x); t = s*y; [t + x, exp(t)]")
    rows = Rows(G.program()._repr_html_()).cells
    assert [(row[2].split("(")[0][:3], row[3]) for row in rows] == [
        ("sin", "to 2"), (rows[1][2][:3], "to 4"), (rows[2][2][:3], "to the end"), ("exp", "to the end"),
    ]  # fmt: skip
    assert "4 operations" in repr(G.program())


def test_large_things_are_capped_and_say_how_to_see_more() -> None:
    G = ew.trace(lambda w: [np.sin(w[k]) * k for k in range(2, 3000)], w=3000)
    B = ew.trace(lambda w: np.sum(np.sin(w) * w), w=3000).gradient()
    found = G.evaluate(w=np.ones(3000))
    more = {
        "see .edges": B.edges, "it is a mapping": B.grad_table, "tape.rows()": G.tape, "see .values": found,
        "G.to_python()": G.program(), "ew.plot_sparsity": G.sparsity(), ".source is the text": B.compile("python"),
    }  # fmt: skip
    for hint, thing in more.items():
        page = Rows(thing._repr_html_())
        assert hint in page.text
        assert len(page.cells) <= ROWS
        assert len(thing._repr_html_()) < 60_000
    long = ew.trace(lambda x: sum(np.sin(x * k) ** 2 / (x + k) for k in range(2, 200)), "x").compile("python")
    assert "60 of" in long._repr_html_() and ".source has all" in long._repr_html_()
    x = ew.symbols("x")
    for _ in range(11_000):
        x = ew.sin(x)
    assert x._repr_latex_() is None


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a&b;<b>", "$\\input{x}$"]
)
def test_hostile_names_are_inert(name: str) -> None:
    x, y = ew.symbols([name, "y"])
    G = ew.graph(ew.abs(x) * y + ew.log(x))
    B = G.gradient()
    values = {name: 1.0, "y": 2.0}
    things = [
        G, B, B.program(), B.cost(), B.simplify().report, B.edges, B.grad_table, G.back_propagate(values), G.tape,
        B.special_points(values), B.compile("python"), B.pareto(), B.schedule(20), B.focus("y"), G.sparsity(),
    ]  # fmt: skip
    for thing in things:
        assert Rows(thing._repr_html_()).tags <= OURS
    assert name in Rows(G.tape._repr_html_()).cells[0]


def test_a_pattern_is_drawn_where_it_can_differ_from_zero() -> None:
    from xml.etree import ElementTree

    pattern = Pattern.of([0, 0, 1, 2], [0, 3, 1, 2], (3, 4))
    root = ElementTree.fromstring(pattern._repr_mimebundle_()["image/svg+xml"])
    (marks,) = root.iter("{http://www.w3.org/2000/svg}g")
    step = 300 / 4
    cells = {(round(float(m.attrib["y"]) / step), round(float(m.attrib["x"]) / step)) for m in marks}
    assert cells == {(0, 0), (0, 3), (1, 1), (2, 2)}
    for shape in ((0, 0), (1, 5000), (5000, 1)):
        empty = Pattern.of([], [], shape)
        assert f"0 nonzeros in {shape[0]:,}" in empty._repr_html_()


@pytest.mark.slow
def test_importing_loads_nothing_to_show_with_and_showing_leaves_pyplot_alone() -> None:
    code = (
        "import sys, edgewise as ew\n"
        "print([m for m in sys.modules if m.split('.')[0] == 'matplotlib' or m == 'edgewise.view.notebooks.bundles'])\n"
        "x = y = ew.symbols('x')\n"
        "for _ in range(12): y = ew.sin(y)\n"
        "bundle = ew.graph(y).gradient().pareto()._repr_mimebundle_()\n"
        "print('image/svg+xml' in bundle, 'matplotlib.pyplot' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.split("\n")[:2] == ["[]", "True False"]


def test_the_curve_is_a_table_where_matplotlib_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    bundle = chain(12).pareto()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert Rows(bundle["text/html"]).cells


def test_ipython_takes_it() -> None:
    formatter = pytest.importorskip("IPython.core.formatters").DisplayFormatter()
    for name in ("graph", "cost", "pattern", "program"):
        data, _ = formatter.format(THINGS[name]())
        assert data["text/html"] == THINGS[name]()._repr_html_()
        assert not data["text/plain"].startswith("Program(")
