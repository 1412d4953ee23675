"""Both targets compute what the interpreter computes: under branches, on truth values, outside domains."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.lower import TARGETS
from edgewise.ops import OPS

INF = math.inf


def flat(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(value)]


@pytest.mark.parametrize("backend", ["python", "numpy"])
@pytest.mark.parametrize(
    ("text", "point", "value"),
    [
        ("-(x % y)", (5.0, 3.0), -2.0),
        ("x*(y % 3)", (5.0, 4.0), 5.0),
        ("(x % y)*3 - (x % y)", (5.0, 3.0), 4.0),
        ("(x > 0) + (y > 0)", (1.0, 1.0), 2.0),
        ("(x > 0) - (y > 0)", (1.0, 1.0), 0.0),
        ("-(x > y)", (1.0, 0.0), -1.0),
        ("where(x > 0, y > 0, 2) + (x > 0)", (1.0, 1.0), 2.0),
        ("where(x > 0, 3, y)**50", (1.0, 1.0), 3.0**50),
        ("where(x > 0, 3, 1)**50*y", (1.0, 1.0), 3.0**50),
        ("where(x > 0, 2, 1)**(-2)*y", (1.0, 1.0), 0.25),
        ("floor(x)**2 + ceil(y) + round(y)", (2.5, 0.5), 5.0),
        ("logaddexp(x, y)", (INF, INF), INF),
        ("logaddexp(x, y)", (-INF, -INF), -INF),
    ],
)
def test_values(text: str, point: tuple[float, ...], value: float, backend: str) -> None:
    G = ew.parse(text)
    assert G.evaluate(*point).outputs == (value,)
    assert float(G.compile(backend)(*point)) == value


# What an operation comes to at a pole, beyond the largest double and outside its domain, as IEEE arithmetic has it.
EDGES = [
    ("1/x", 0.0), ("1/x", -0.0), ("-1/x", 0.0), ("x/x", 0.0), ("x % (x - x)", 3.0), ("sqrt(x)", -1.0), ("exp(x)", 1e3),
    ("expm1(x)", 1e3), ("exp2(x)", 1e4), ("cosh(x)", -1e3), ("sinh(x)", -1e3), ("sinh(x)", 1e3), ("log(x)", 0.0),
    ("log(x)", -1.0), ("log2(x)", 0.0), ("log10(x)", -2.0), ("log1p(x)", -1.0), ("log1p(x)", -2.0), ("asin(x)", 2.0),
    ("acos(x)", -2.0), ("acosh(x)", 0.0), ("atanh(x)", 1.0), ("atanh(x)", -1.0), ("atanh(x)", 2.0), ("gamma(x)", 0.0),
    ("gamma(x)", 200.0), ("lgamma(x)", 0.0), ("lgamma(x)", -2.0), ("sin(x)", INF), ("cos(x)", INF), ("tan(x)", -INF),
    ("sinc(x)", INF), ("floor(x)", INF), ("ceil(x)", -INF), ("round(x)", math.nan), ("x**3", -1e200), ("x**2", -1e200),
    ("x**(-1)", 0.0), ("x**(-1)", -0.0), ("x**(-2)", -0.0), ("x**(1/3)", -8.0), ("x**(-1/2)", 0.0), ("x**0.5", -4.0),
    ("x**x", -0.5), ("x**x", 1e3), ("(x - 1)**x", -1e3), ("x**(x - 1)", 0.0), ("min(1, log(x))", -1.0),
    ("max(1, log(x))", -1.0), ("clip(1, log(x), 3)", -1.0), ("sign(log(x))", -1.0), ("heaviside(log(x))", -1.0),
    ("relu(log(x))", -1.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "x"), EDGES)
def test_branches_go_on_as_ieee_arithmetic(text: str, x: float) -> None:
    # Selected, the branch has its IEEE value; not selected, it neither raises nor warns.
    G = ew.parse(f"where(c > 0, {text}, 7)", inputs=["x", "c"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for backend in ("python", "numpy"):
            f = G.compile(backend)
            assert flat(f(x, 1.0)) == pytest.approx(list(G.evaluate(x, 1.0).outputs), nan_ok=True), backend
            assert flat(f(x, -1.0)) == [7.0]


@pytest.mark.parametrize(("text", "x"), EDGES)
def test_calls_in_python_go_on_as_ieee_arithmetic(text: str, x: float) -> None:
    """Where Python raises the call is repeated: value and derivative are the interpreter's, on plain floats."""
    G = ew.parse(text, inputs=["x"])
    expected = [*G.evaluate(x).outputs, *G.gradient().evaluate(x).outputs]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = G.gradient().compile("python")(x)
    assert flat(got) == pytest.approx(expected, nan_ok=True)
    assert all(type(number) is float for number in got)


@pytest.mark.parametrize(
    "text", ["max(x, y)", "min(x, y)", "clip(x, y, 2)", "clip(1, x, y)", "relu(x) + y", "max(x*y, 0)"]
)
@pytest.mark.parametrize("point", [(math.nan, 1.0), (1.0, math.nan)])
def test_nan_flows_through(text: str, point: tuple[float, float]) -> None:
    G = ew.parse(text, inputs=["x", "y"])
    for backend in ("python", "numpy", "llvm"):
        assert flat(G.compile(backend)(*point)) == pytest.approx(list(G.evaluate(*point).outputs), nan_ok=True)


def test_results_in_any_nesting_go_on_as_ieee_arithmetic() -> None:
    x, y = ew.symbols("x y")
    f = ew.graph({"a": [1 / x, y], "b": (ew.sqrt(x - 1), y)}).compile("python")
    assert f(1.0, 2.0) == {"a": [1.0, 2.0], "b": (0.0, 2.0)}
    result = f(0.0, 2.0)
    assert result["a"] == [INF, 2.0]
    assert math.isnan(result["b"][0])
    w = ew.trace(lambda w: 1 / w[0] + w[1], w=2).gradient().compile("python")
    assert w([0.0, 1.0])[1].tolist() == [-INF, 1.0]


def test_every_rescued_operation_is_tried_at_an_edge() -> None:
    tried = {name for text, _ in EDGES for name in OPS if f"{name}(" in text}
    assert set(TARGETS["math"].rescued) <= tried | {"div", "mod", "power", "pow"}


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("where(x > 0, where(exp(x) > 5, 1, 2), 0)", (1000.0,)),
        ("where(x > 0, 1/exp(x), 0)", (1000.0,)),
        ("where(x > 0, max(1, sqrt(y)), 0)", (1.0, -1.0)),
        ("max(1, where(x > 0, sqrt(y), 0))", (1.0, -1.0)),
        ("where(x > 0, atan(1/y), 0)", (1.0, 0.0)),
        ("where(x > 0, exp(log(y)), 7)", (1.0, 0.0)),
    ],
)
def test_what_a_selected_branch_comes_to_is_computed_with(text: str, point: tuple[float, ...]) -> None:
    G = ew.parse(text)
    expected = pytest.approx(list(G.evaluate(*point).outputs), nan_ok=True)
    assert flat(G.compile("python")(*point)) == expected
    assert flat(G.compile("numpy")(*point)) == expected


@pytest.mark.parametrize("backend", ["python", "numpy"])
@pytest.mark.parametrize("text", ["sqrt(x)", "log(x)/x", "x**(3/2)", "x**x", "1/x", "lgamma(x) + acosh(x)"])
def test_second_derivatives_of_a_branch_that_is_not_selected(text: str, backend: str) -> None:
    for H in (
        ew.parse(f"where(x > 0, {text}, x*x)").hessian(),
        ew.parse(f"where(x > 0, {text}, x*x)").hessian().simplify(),
    ):
        f = H.compile(backend)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert flat(f(-1.0)) == [1.0, -2.0, 2.0]
            assert flat(f(0.0)) == [0.0, 0.0, 2.0]


def test_groups_in_the_numpy_target_are_numpy_floats() -> None:
    def value(text: str, *w: float) -> float:
        return float(ew.parse(text, groups={"w": len(w)}).compile("numpy")(list(w)))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert value("where(w[0] > 0, 1/w[0], 0)", 0.0) == 0.0
    with np.errstate(all="ignore"):
        assert value("1/w[0]", 0.0) == INF
        assert value("w[0]**2", 1e200) == INF
        assert math.isnan(value("w[0]**(1/3)", -8.0))
        assert math.isnan(value("w[0] % w[1]", 1.0, 0.0))


def test_branches_in_sources_that_are_split() -> None:
    x, y = ew.symbols("x y")
    e = y
    for k in range(2000):
        e = ew.where(x > k, ew.sqrt(x - k) + e, e * 0.999 + ew.sin(e))
    G = ew.graph(e, inputs=["x", "y"])
    for backend in ("python", "numpy"):
        f = G.compile(backend)
        assert "def _part_2(v):" in f.source
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert float(f(3.5, 0.1)) == pytest.approx(G.evaluate(3.5, 0.1).outputs[0])


def test_constants_beyond_doubles_are_refused() -> None:
    x = ew.symbols("x")
    for target in ("math", "numpy"):
        with pytest.raises(ew.EdgewiseError, match="largest double"):
            ew.graph(x * 10**400).to_python(target=target)
    assert ew.graph(x * (2**60 + 1)).compile("python")(1.0) == float(2**60 + 1)
