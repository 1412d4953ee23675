"""The formulas above the explorer's picture: every derivative is the sum of its terms, whatever way it was written."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

import edgewise as ew
from edgewise.view.explorer.expression import expression
from edgewise.view.explorer.page_formulas import Formulas

TEXT = "s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t"
PAIR = "s = sin(x*y); t = exp(s*s); [t*x, s*y, t*s + x*x, x]"
DERIVATIVES = {
    "gradient": lambda: ew.parse(TEXT).gradient(),
    "tangent": lambda: ew.parse(PAIR).tangent("y"),
    "rows": lambda: ew.parse(PAIR).jacobian(order="reverse"),
    "columns": lambda: ew.parse(PAIR).jacobian(order="forward"),
    "markowitz": lambda: ew.parse(PAIR).jacobian(order="markowitz"),
    "search": lambda: ew.parse(PAIR).jacobian(order="search", evaluations=300),
    "hessian": lambda: ew.parse(TEXT).hessian(),
    "hvp": lambda: ew.parse(TEXT).hvp(),
    "jvp": lambda: ew.parse(PAIR).jvp(),
    "vjp": lambda: ew.parse(PAIR).vjp(),
    "taylor": lambda: ew.parse(PAIR).taylor(3),
    "taylor along x": lambda: ew.parse(TEXT).taylor(12, "x"),
    "inner": lambda: ew.parse(TEXT).gradient([4, "x"]),
}


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("name", DERIVATIVES)
def test_a_derivative_is_the_sum_of_its_terms(name: str, simplified: bool) -> None:
    B: Any = DERIVATIVES[name]()
    B = B.simplify() if simplified else B
    scene = B._scene()
    found = expression(scene, Formulas(scene))
    values = B.evaluate(dict(zip(B.inputs, np.linspace(0.3, 1.1, len(B.inputs)), strict=True))).values
    results = B.returns()[-1].nodes
    assert len(found["derivatives"]) == len(results) <= 12
    for line, node in zip(found["derivatives"], results, strict=True):
        total = sum(values[term["node"]] for term in line["terms"])
        assert total == pytest.approx(values[node], rel=1e-12, abs=1e-15)
        assert line["left_out"] == 0


@pytest.mark.parametrize("order", ["markowitz", "search"])
def test_the_terms_of_an_elimination_go_through_the_edges_between_their_ends(order: str) -> None:
    # Every path is in some term, and a term goes only where a path from the wanted node to the output goes.
    options = {"evaluations": 50} if order == "search" else {}
    J = ew.parse("s = sin(x*y); [exp(s), exp(s)*cos(s)]").jacobian(order=order, **options)
    scene = J._scene()
    rows = list(J.edges)
    graph = nx.MultiDiGraph([(e.parent, e.consumer, row) for row, e in enumerate(rows)])
    lines = iter(expression(scene, Formulas(scene))["derivatives"])
    for output in J.base.outputs:
        for wanted in J.derivative.wrt.nodes:
            above = {wanted, *nx.descendants(graph, wanted)}
            below = {output, *nx.ancestors(graph, output)}
            between = {row for row, e in enumerate(rows) if e.parent in above and e.consumer in below}
            through = [set(term["rows"]) for term in next(lines)["terms"]]
            assert set().union(*through) == between


def test_signs_stand_before_their_terms_and_names_are_escaped() -> None:
    x = ew.symbols("<b>")
    scene = ew.graph(ew.cos(x) * 2 - x).gradient()._scene()
    (line,) = expression(scene, Formulas(scene))["derivatives"]
    assert sorted(term["minus"] for term in line["terms"]) == [True, True]
    html = " ".join(term["html"] for term in line["terms"]) + line["left"]
    assert "<b>" not in html and "&lt;b&gt;" in html
