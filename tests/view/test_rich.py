"""What a notebook shows: right, capped, and inert whatever the names are."""

from __future__ import annotations

import pickle
import time

import numpy as np

import edgewise as ew


def test_expressions_and_graphs_have_latex() -> None:
    x, y = ew.symbols("x y")
    assert (x**2 / y)._repr_latex_() == r"$\displaystyle \frac{x^{2}}{y}$"
    G = ew.graph(ew.sqrt(x) * ew.pi)
    assert r"\sqrt{x}" in G._repr_latex_()
    assert r"\frac{" in G.gradient().simplify()._repr_latex_()


def test_a_constant_that_is_no_real_number_has_no_latex_and_the_rest_is_shown() -> None:
    G = ew.parse("asinh(lgamma(-2.0) - x)")
    assert G._repr_latex_() is None
    shown = G._repr_mimebundle_()
    assert "text/latex" not in shown and "lgamma" in shown["text/html"]


def test_graphs_and_ledgers_have_tables() -> None:
    B = ew.parse("x*y + sin(x)").gradient()
    page = B._repr_html_()
    assert page.count("<tr>") == 1 + len(B.edges)
    assert "<i>x</i> → <i>u</i><sub>2</sub>" in page
    assert "cos(<i>x</i>)" in page
    assert B.base._repr_html_().count("<tr>") == 1 + len(B.base)
    square = ew.parse("x*x").gradient()._repr_html_()
    assert " at 1" in square


def test_hostile_names_are_inert() -> None:
    name = "<script>alert('x')</script>"
    x = ew.symbols([name, "y"])[0]
    G = ew.graph(x * 2)
    for page in (G._repr_html_(), G.gradient()._repr_html_()):
        assert "<script" not in page
    evil = ew.graph(ew.symbols([r"\input{/etc/passwd}", "y"])[0] * 2).to_latex()
    assert r"\input" not in evil


def test_large_graphs_are_capped_and_quick() -> None:
    G = ew.trace(lambda w: np.sum(np.sin(w) * w), w=3000)
    B = G.gradient()
    begin = time.perf_counter()
    pages = [G._repr_html_(), B._repr_html_(), repr(G), repr(B)]
    assert G._repr_latex_() is None
    assert max(map(len, pages)) < 150_000
    assert "30 of " in pages[0]
    assert time.perf_counter() - begin < 30


def test_steps_print_with_the_nodes_names() -> None:
    T = ew.parse("x*y").tangent("x")
    lines = list(T.steps(x=2.0, y=5.0).lines())
    assert lines[-1].strip().startswith("tangent[out] ← tangent[x] · ∂out/∂x = 5")
    # Each sweep of a Jacobian begins with an empty table.
    J = ew.parse("[x*y, x*x*y]").jacobian(order="reverse")
    rows = [line.strip() for line in J.steps(x=2.0, y=3.0).lines() if "grad_table[y]" in line]
    assert [row.split()[1] for row in rows if row.startswith("grad_table[y]")] == ["←", "←"]
    assert str(ew.parse("x*x").gradient().steps(x=3.0)).endswith("so far 6")


def test_steps_are_a_tuple_that_prints() -> None:
    B = ew.parse("x*y").gradient()
    steps = B.steps(x=2.0, y=5.0)
    assert steps == tuple(steps)
    assert [step.action for step in steps[-2:]] == ["edge", "edge"]
    again = pickle.loads(pickle.dumps(steps))
    assert (again, str(again)) == (steps, str(steps))
    assert str(steps).count("\n") == len(steps) + 2  # two headings and an empty line
    # In a notebook the lines are capped and escaped.
    long = ew.trace(lambda w: np.sum(np.sin(w)), w=500).gradient().steps(np.zeros(500))
    page = long._repr_html_()
    assert "more steps; print(…) shows all</pre>" in page
    assert page.count("\n") == 200
    x, y = ew.symbols(["<b>", "y"])
    assert "<b>" not in ew.graph(x * y).gradient().steps({"<b>": 1.0, "y": 2.0})._repr_html_()
