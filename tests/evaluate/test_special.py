"""Special points say what the table says, in the graph's own terms, and where a NaN comes from is found."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import NotANumberError
from edgewise.evaluate.nans import road_of_nan
from edgewise.ops import TABLE, Refusal

GRID = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
ROWS = [op for op in TABLE if op.args and not op.parameter and (op.kinks or op.domain)]


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_every_row_that_has_special_points_tells_them(op: Any) -> None:
    x = ew.symbols("x y z")[: op.arity]
    # The arguments are not inputs: the condition has to be said with what they are made of.
    args = [a + 0 * a if k else 1 * a - 0 for k, a in enumerate(x)]
    given = [a for a, partial in zip(x, op.partials, strict=True) if not isinstance(partial, Refusal)]
    B = ew.graph(getattr(ew, op.name)(*args), inputs=x).gradient(given)
    for point in np.stack(np.meshgrid(*[GRID] * op.arity), axis=-1).reshape(-1, op.arity).tolist():
        found = B.special_points(*point)
        (node,) = {p.node for p in found}
        value = B.base.evaluate(*point).values[node]
        for special in found:
            names = dict(zip("xyz", point, strict=False))
            if op.name == "where":
                assert (special.condition, special.met) == ("boundary of 1*x - 0", None)
                continue
            said = ew.parse(special.condition, inputs=list(names)).evaluate(names).outputs[0]
            assert special.met is bool(said)
            assert special.operation == op.name
            assert special.kind != "domain" or special.met or np.isfinite(value)
        assert {special.kind for special in found} <= {"kink", "jump", "domain"}
        edges = {row for special in found for row in special.edges}
        assert all(B.edges[row].consumer == node for row in edges)
        assert bool(edges) == any(op.partials)


def test_powers_have_the_special_points_of_their_exponents() -> None:
    def points(expression: Any) -> list[tuple[str, str]]:
        return [(p.kind, p.condition) for p in ew.graph(expression).gradient().special_points()]

    x, y = ew.symbols("x y")
    assert points(x**3) == []
    assert points(x**-2) == [("domain", "x == 0")]
    assert points((x + 1) ** 0.5) == [("kink", "x + 1 == 0"), ("domain", "x + 1 < 0")]
    assert points(x ** Fraction(-3, 2)) == [("domain", "x <= 0")]
    assert [kind for kind, _ in points(x**y)] == ["kink", "domain"]


def test_what_is_not_varied_has_the_edges_of_its_domain() -> None:
    """A NaN of another input, or of constants, is in the derivative too; kinks of what is not varied are not."""
    B = ew.parse("abs(y)*log(y)*x", inputs=["x", "y"]).gradient("x")
    assert [(p.operation, p.kind, p.met) for p in B.special_points(x=1.0, y=-2.0)] == [("log", "domain", True)]
    B = ew.parse("x*log(0 - 2) + y*sqrt(3)", inputs=["x", "y"]).gradient()
    assert np.isnan(B.evaluate(x=1.0, y=1.0).outputs[0])
    assert [(p.operation, p.condition, p.met) for p in B.special_points(x=1.0, y=1.0)] == [("log", "0 - 2 <= 0", True)]
    assert B.special_points() == []


def test_what_holds_outside_a_users_domain_is_what_its_author_said() -> None:
    """The value there may be finite: nobody but the author knows."""

    def point(**said: str) -> str:
        f = ew.op("f", "x", value="x", partials="1", **said)
        (found,) = (p for p in ew.trace(lambda t: f(t), "t").gradient().special_points(t=-1.0) if p.kind == "domain")
        assert found.met is True
        return str(found).partition(" (")[0]

    assert point(domain="x > 0") == "out: f leaves its domain where t <= 0"
    assert point(domain="x > 0", convention="x itself") == "out: f leaves its domain where t <= 0: x itself"
    both = point(domain="x > 0", kinks="x == 2", convention="slope 1 at 2")
    assert both == "out: f leaves its domain where t <= 0"
    assert "NaN or infinite" in str(ew.parse("log(x)").gradient().special_points()[0])


def test_tensor_graphs_have_special_points_too() -> None:
    B = ew.parse("norm(X @ w) + sum(log(w)) + max(w)", shapes="X: n,d; w: d").gradient()
    found = {(p.operation, p.kind): p for p in B.special_points(X=np.eye(2), w=np.array([1.0, -1.0]))}
    assert set(found) == {("norm", "kink"), ("log", "domain"), ("amax", "kink")}
    assert found["log", "domain"].met is True and found["log", "domain"].condition == "w <= 0"
    assert found["amax", "kink"].met is None
    assert "the derivative at 0 is 0" in found["norm", "kink"].convention


def _slow_root(x: Any, y: Any) -> Any:
    good = np.exp(x)
    bad = np.sqrt(x - y)
    return good * 2 + np.cosh(bad)


def test_a_nan_is_traced_to_the_operation_and_the_line_that_made_it() -> None:
    G = ew.trace(_slow_root, "x", "y")
    line = _slow_root.__code__.co_firstlineno + 2
    with pytest.raises(NotANumberError, match=rf"sqrt at bad \(.*test_special.py:{line}\), sqrt\(x - y\), is NaN"):
        G.evaluate(x=1.0, y=2.0, check_nans=True)
    assert G.evaluate(x=2.0, y=1.0, check_nans=True).outputs[0] == pytest.approx(2 * np.exp(2) + np.cosh(1))
    with pytest.raises(NotANumberError, match="the input 'y' is NaN"):
        G.evaluate(x=1.0, y=np.nan, check_nans=True)
    # A derivative may be NaN where the value is not: 0 * inf.
    B = ew.parse("cos(sqrt(x)) * 1 + 0*y").gradient("x")
    with pytest.raises(NotANumberError, match=r"mul at "):
        B.evaluate(x=0.0, y=1.0, check_nans=True)


def test_a_nan_of_the_derivative_is_traced_to_the_edge_and_the_line_that_it_serves() -> None:
    line = _slow_root.__code__.co_firstlineno + 2
    written = ew.trace(_slow_root, "x", "y").gradient()
    for B in (written, written.simplify()):
        with pytest.raises(NotANumberError, match=r"for the arguments 0, (inf|0)") as caught:
            B.evaluate(x=1.0, y=1.0, check_nans=True)
        served = re.search(r"; it serves the edge of 𝒢 from (.*?) to (.*?) at (\w+) \((.*?)\)", str(caught.value))
        assert served is not None
        assert served.groups() == ("u3", "sqrt", "bad", f"{__file__}:{line}")
    # A NaN of 𝒢 itself serves no edge: its own line is named.
    with pytest.raises(NotANumberError, match=rf"sqrt at bad \(.*test_special.py:{line}\)") as caught:
        written.evaluate(x=1.0, y=2.0, check_nans=True)
    assert "serves" not in str(caught.value)
    C = ew.parse("log(sum(x*x))", shapes="x: n").gradient()
    with pytest.raises(NotANumberError, match="the edge of 𝒢 from x to mul at u1; "):
        C.evaluate(x=np.zeros(2), check_nans=True)


def test_a_branch_that_is_not_selected_may_be_nan() -> None:
    G = ew.parse("where(x > 0, log(x), 2*x)")
    assert G.evaluate(x=-1.0, check_nans=True).outputs == (-2.0,)
    assert G.gradient().evaluate(x=-1.0, check_nans=True).outputs == (2.0,)
    with pytest.raises(NotANumberError, match="at entry \\[1\\] for the arguments -1"):
        ew.parse("where(x > -2, log(x), 2*x)").evaluate(x=np.array([1.0, -1.0]), check_nans=True)


def test_the_road_of_a_nan_on_tensors() -> None:
    G = ew.parse("sum(log(X) @ w)", shapes="X: n,d; w: d")
    X = np.array([[1.0, 2.0], [3.0, -4.0]])
    with pytest.raises(NotANumberError, match=r"log at u\d, log\(X\), is NaN at entry \[1, 1\] for the arguments -4"):
        G.evaluate(X=X, w=np.ones(2), check_nans=True)
    run = G.evaluate(X=X, w=np.ones(2))
    road = road_of_nan(G.tape, run.values, G.outputs)
    assert [G.op(i) for i in road][:1] == ["log"] and road[-1] == G.outputs[0]


def test_second_derivatives_of_norms_say_what_holds_at_zero() -> None:
    for formula in ("norm(x)", "cosh(norm(x))", "sqrt(sum(x**2))"):
        points = ew.parse(formula, shapes="x: 3").hessian().special_points()
        assert any(point.condition == "x == 0" and "0" in point.convention for point in points), formula


def test_a_list_shows_what_is_met_and_counts_the_others_by_line() -> None:
    def model(p: Any) -> Any:
        total, at = 0.0, p[0]
        for k in range(1, 6):
            distance = np.sqrt((at - p[k]) ** 2 + 1.0 * (p[k] - 2 * at) ** 2 / 7)
            total = total + np.log(p[k]) / distance
            at = at + p[k]
        return total

    found = ew.trace(model, p=6).gradient().special_points(p=[0.0, 0.0, 1.0, 2.0, 3.0, 4.0])
    lines = str(found).splitlines()
    assert len(found) == 20 and len(lines) == 7
    assert [line.split(": ")[0] for line in lines] == ["met"] * 3 + ["not met"] * 4
    # A long formula that the user gave a name is called by it.
    assert any("div leaves its domain where distance == 0" in line for line in lines[:3])
    assert any(
        re.search(r"log leaves its domain, 4 times: u\d+, u\d+, u\d+, … \(.*test_special.py:\d+\)", line)
        for line in lines
    )
    assert [point.met for point in found.in_order()] == [True] * 3 + [False] * 17
    assert str(ew.parse("x + y").gradient().special_points()) == "no special points"
