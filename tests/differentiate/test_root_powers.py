"""Products of roots and powers of one base have the slope of the power that they are, at 0 too."""

from __future__ import annotations

import re
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew

INF = np.inf
AT_ZERO = [  # formula, slope and second derivative at 0 (from the right where it ends there)
    ("x*sqrt(x)", 0, INF), ("sqrt(x)*x", 0, INF), ("x**2*sqrt(x)", 0, 0), ("sqrt(x)**3", 0, INF),
    ("sqrt(x)**2", 1, 0), ("sqrt(x)*sqrt(x)", 1, 0), ("sqrt(x)**4", 0, 2), ("x**1.5*sqrt(x)", 0, 2),
    ("x**0.5*x", 0, INF), ("x**0.3*x", 0, INF), ("x**(1/3)*x**2", 0, 0), ("sqrt(x**3)", 0, INF),
    ("sqrt(x*x*x)", 0, INF), ("(sqrt(x)*x)*sqrt(x)", 0, 2), ("-sqrt(x)*x", 0, -INF), ("x*(3*sqrt(x))", 0, INF),
    ("sqrt(x)*cbrt(x)", INF, -INF), ("sqrt(x)*x**0.25", INF, -INF), ("sqrt(x)*cbrt(x)*x", 0, INF),
    ("cbrt(x)**3", 1, 0), ("cbrt(x)*cbrt(x)*cbrt(x)", 1, 0), ("x*cbrt(x)", 0, INF), ("cbrt(x)**4", 0, INF),
    ("cbrt(x)**6", 0, 2), ("x*cbrt(x)**2", 0, None), ("cbrt(x**3)", 1, 0), ("cbrt(x)*x**2", 0, 0),
    ("exp(x)*sqrt(x)*x", 0, INF), ("sin(x*sqrt(x))", 0, INF), ("(x*sqrt(x))/(1 + x)", 0, INF),
    ("(sqrt(x)/(1 + x))*x", 0, INF), ("2*x*sqrt(x) + x", 1, INF), ("abs(x)*sqrt(abs(x))", 0, None),
    ("where(x >= 0, x*sqrt(x), x)", 0, INF), ("sqrt(x*x*x*x)", 0, 2), ("sqrt(x*x*x*x)*x", 0, 0),
    ("x**0.1234567891*x", 0, INF), ("cbrt(-x)*x", 0, -INF),
]  # fmt: skip


def doors(G: Any) -> dict[str, Any]:
    """The derivative of one input by every door."""
    return {
        "gradient": G.gradient(), "tangent": G.tangent("x"), "forward": G.jacobian(order="forward"),
        "reverse": G.jacobian(order="reverse"), "auto": G.jacobian(),
        "simplified": G.gradient().simplify(), "of the simplified": G.simplify().gradient(),
        "sparse": G.jacobian(sparse="coo"),
    }  # fmt: skip


@pytest.mark.parametrize(("formula", "slope", "second"), AT_ZERO)
def test_at_zero(formula: str, slope: float, second: float | None) -> None:
    G = ew.parse(formula)
    with np.errstate(all="ignore"):
        for door, D in doors(G).items():
            assert D.evaluate(0.0).outputs == (slope,), door
        for H in (G.hessian(), G.hessian().simplify(), G.gradient().jacobian(), G.gradient().simplify().jacobian()):
            assert second is None or H.evaluate(0.0).outputs == (second,), H
        T = ew.trace(_numpy(formula), x=ew.tensor("n"))
        tensors = T.jacobian().evaluate(x=np.zeros(2)).outputs[0]
    np.testing.assert_array_equal(np.diag(tensors), [slope, slope])


def _numpy(formula: str) -> Any:
    names = {name: getattr(np, name) for name in ("sqrt", "cbrt", "exp", "sin", "abs", "where")}
    return lambda x: eval(formula, {**names, "x": x})


@pytest.mark.parametrize("formula", [row[0] for row in AT_ZERO if "where" not in row[0]])
def test_elsewhere_it_is_the_same_function(formula: str) -> None:
    """Values and slopes are those of the formula, where there are none too."""
    G = ew.parse(formula)
    x = np.array([-3.0, -1e-200, -0.25, 1e-200, 1e-9, 0.5, 2.0, 7.5, 1e90])[: 8 if "sin" in formula else 9]
    function = G.gradient().compile("numpy")
    with np.errstate(all="ignore"):
        value, slope = function(x)
    names = {"sqrt": _sqrt, "cbrt": _cbrt, "exp": mp.exp, "sin": mp.sin, "abs": abs}

    def exact(at: Any) -> Any:
        return eval(formula.replace("1/3", "mpf(1)/3").replace("0.3", "mpf('0.3')"), {**names, "x": at, "mpf": mp.mpf})

    with mp.workdps(60):
        for at, *got in zip(x.tolist(), np.asarray(value).tolist(), np.asarray(slope).tolist(), strict=True):
            right = exact(mp.mpf(at)), mp.diff(exact, mp.mpf(at), h=abs(mp.mpf(at)) * mp.mpf("1e-20"))
            for mine, true in zip(got, right, strict=True):
                if mp.isnan(true) or mp.im(true) or (at < 0 and re.search(r"0\.\d|1\.5|1/3", formula)):
                    assert np.isnan(mine), at
                elif abs(true) < 1e300:
                    assert mine == pytest.approx(float(true), rel=1e-12, abs=1e-310), at


def _sqrt(x: Any) -> Any:
    return mp.sqrt(x) if x >= 0 else mp.nan


def _cbrt(x: Any) -> Any:
    return mp.sign(x) * mp.cbrt(abs(x))


@pytest.mark.parametrize(
    ("formula", "first", "second"),
    [
        ("x*sqrt(x)*y", (0, 0), None), ("(x*y)*sqrt(x)", (0, 0), None), ("sqrt(x)*sqrt(y)*x*y", (0, 0), None),
        ("(x + y)*sqrt(x + y)", (0, 0), (INF,) * 4), ("cbrt(x - y)**3 + y", (1, 0), (0,) * 4),
        ("y*sqrt(x)/(2 + y)*sqrt(x)", (0, 0), (0, 0.5, 0.5, 0)),
    ],
)  # fmt: skip
def test_of_several_inputs(formula: str, first: Any, second: Any) -> None:
    G = ew.parse(formula)
    with np.errstate(all="ignore"):
        assert G.gradient().evaluate(0.0, 0.0).outputs == first
        assert second is None or G.hessian().evaluate(0.0, 0.0).outputs == second


def test_what_has_no_such_slope_stays() -> None:
    """Values that are NaN at 0, cusps, other bases, roots of sums of squares: differentiated as they are written."""
    for formula in (
        "x/sqrt(x)", "x**2/sqrt(x)", "cbrt(x)**2", "sqrt(x)*y", "sqrt(x)", "sqrt(2)*sqrt(2)*x", "x**2*x**3",
        "sqrt(x**2 + y**2)**3", "(x**2 + y**2)*sqrt(x**2 + y**2)", "sqrt(1 + exp(x))*exp(x)", "x/cbrt(x)",
    ):  # fmt: skip
        G = ew.parse(formula)
        assert G.gradient().base is G, formula
    x = ew.symbols("x", positive=True)
    G = ew.graph(x * ew.sqrt(x))
    assert G.gradient().base is G
    G = ew.parse("x*sqrt(x)*y")
    assert G.gradient(wrt=[2]).base is G  # of an inner node


def test_long_products_take_linear_time() -> None:
    """Repeated squares, whose exponents and ways are many, and products of many roots."""
    squared = "x"
    for _ in range(3):
        squared = f"({squared})*({squared})"
    assert ew.parse(f"sqrt(x)*({squared})").gradient().evaluate(0.0).outputs == (0.0,)
    G = ew.trace(_squares, "x")
    assert len(G.gradient().base) >= len(G) - 2
    w = ew.trace(lambda w: _product(np.sqrt(w) * w), w=400)
    assert not np.any(w.gradient().evaluate(np.zeros(400)).outputs)


def _squares(x: Any) -> Any:
    y = x
    for _ in range(2000):
        y = y * y
    return np.sqrt(x) * y


def _product(parts: Any) -> Any:
    found = parts[0]
    for part in parts[1:]:
        found = found * part
    return found


def test_an_elimination_is_of_the_nodes_as_they_are_written() -> None:
    G = ew.parse("[x*sqrt(x)*y, sin(x*sqrt(x))*y]")
    for order in ("markowitz", "search"):
        J = G.jacobian(order=order, **({"evaluations": 50} if order == "search" else {}))
        assert J.base is G
        assert len(G.jacobian(order=J.order)) == len(J)


def test_promises_and_ranges_spare_the_selection() -> None:
    for promise, selects in (({"nonnegative": True}, False), ({}, True)):
        x = ew.symbols("x", **promise)
        base = ew.graph(ew.sqrt(x) ** 2).gradient().base
        assert len(base) == (5 if selects else 1), base


def test_what_either_branch_reads_is_not_selected() -> None:
    x = ew.symbols("x")
    B = ew.graph(ew.sqrt(x * x * (x * x) + 1) ** 2).gradient()
    assert "or" not in {B.tape.op(node).name for node in range(len(B))}
