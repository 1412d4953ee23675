"""What is asked of formulas as in SymPy: answers are SymPy's, NumPy's or by hand; what cannot be done is said."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from matplotlib.figure import Figure

import edgewise as ew
from edgewise.algebra.within import within
from edgewise.errors import EdgewiseError, InputError, ShapeError, UnsupportedError

X, Y, Z = ew.symbols("x y z")


def text(graph: Any) -> str:
    return graph.text(graph.outputs[0]) if isinstance(graph, ew.Graph) else str(graph)


# --- calling and subs -------------------------------------------------------------------------------------------------


def test_a_graph_is_called() -> None:
    G = ew.parse("x*y + z", inputs=["x", "y", "z", "idle"])
    assert G(2, 3, 4, 0) == G(x=2, y=3, z=4) == G(sp.Integer(2), 3, 4, 0) == 10.0
    assert (
        text(G(x=2)) == "2*y + z"
        and text(G("a", "b", "c", 0)) == "a*b + c"
        and text(G(X + 1, 2, Z, 0)) == "2*(x + 1) + z"
    )
    assert np.array_equal(G(np.array([1.0, 2.0]), 3, 0, 0), [3.0, 6.0])
    W = ew.trace(lambda w, x: np.sum(w * x), w=3, x=())
    assert W([1, 2, 3], 2) == W(w=[1, 2, 3], x=2) == 12.0 and text(W(x=1)) == "w[0] + w[1] + w[2]"
    for args, named, said in (
        ((1, 2), {}, "give"), ((1, 2, 3, 4, 5), {}, "5 values"), ((), {"q": 1, "x": 1, "y": 1, "z": 1}, "'q'"),
        ((), {"y": "q +"}, "missing"), ((1,), {"x": 2, "y": 3, "z": 1}, "twice"),
    ):  # fmt: skip
        with pytest.raises(EdgewiseError, match=said):
            G(*args, **named)


KEYS: list[tuple[Any, Any, str]] = [
    ({"x": "y", "y": "x"}, None, "sin(y*x) + y**2"),
    ([("x", 2), ("y", Fraction(1, 2))], None, "sin(1) + 4"),
    ("x", 0, "0"),
    ({X: Y + 1}, None, "sin((y + 1)*y) + (y + 1)**2"),
    ({sp.Symbol("x"): sp.Symbol("a") ** 2}, None, "sin(a**2*y) + (a**2)**2"),
    ({"x*y": "q"}, None, "sin(q) + x**2"),
    ({X * Y: 0}, None, "x**2"),
    ({sp.Symbol("x") ** 2: 3}, None, "sin(x*y) + 3"),
    ({"x": ew.parse("pi"), "y": 1}, None, "pi**2"),
    ({Z: 7}, None, "sin(x*y) + x**2"),
    ({"x": 0.5, "y": 0}, None, "0.25"),
]


@pytest.mark.parametrize(("key", "value", "wanted"), KEYS)
def test_subs(key: Any, value: Any, wanted: str) -> None:
    for f in (ew.sin(X * Y) + X**2, ew.parse("sin(x*y) + x**2")):
        assert text(f.subs(key) if value is None else f.subs(key, value)) == wanted


def test_what_is_exact_stays_exact() -> None:
    for formula, at, wanted in (
        ("sqrt(x)", 4, "2"), ("sqrt(x)", 2, "sqrt(2)"), ("cos(x)", "pi/3", "1/2"), ("x/3 + x/6", 1, "1/2"),
        ("log(x)", 1, "0"), ("log(x)", "e", "1"), ("gamma(x)", 5, "24"), ("sin(x)", 1, "sin(1)"), ("x**x", 3, "27"),
        ("exp(x)", 0.0, "1.0"), ("log(x)", 0, "log(0)"), ("1/x", 0, "1/0"), ("x < 2", 1, "True"),
        ("9**9**9*x", 1, "9**387420489"),
        ("where(x > 0, 1/x, x)", 2, "1/2"), ("abs(x)*x%3", -2, "2"), ("besselj(0, x)", 0, "1"),
        ("x*10**400", 1, "10**400"),
    ):  # fmt: skip
        found = ew.parse(formula).subs("x", at)
        assert text(found) == wanted, formula
        assert not found.inputs or found.inputs == ("x",)


def test_constants_of_constants_do_not_hang() -> None:
    deep = X
    for _ in range(300):
        deep = ew.sin(deep) * X + ew.exp(-deep)
    assert deep.subs(X, 1).evalf(20) == ew.graph(deep).evalf(20, x=1)
    assert float(deep.subs(X, 1.0).evalf()) == pytest.approx(ew.graph(deep)(1.0), rel=1e-12)


@pytest.mark.parametrize(
    "formula",
    ["x + 0*y", "x*y*1", "min(x, 5)", "max(x, -5)", "x - y", "x/y", "x**y", "x % y", "hypot(x, y)", "atan2(y, x)",
     "xlogy(y, x)",
     "logaddexp(x, y)", "clip(x, y, 2)", "where(y > x, x, y)", "x*y/3*2", "-(x*3)*(y/2) + 2*y",
     "x - 3*(y*-2)"],
)  # fmt: skip
@pytest.mark.parametrize("value", [0, 1, -1, 2, 10**30, Fraction(1, 3), 0.5, 1e-20])
def test_a_known_argument_changes_no_value(formula: str, value: Any) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    for name in ("x", "y"):
        half = G.subs(name, value)
        for other in (-7.3, -0.25, 0.125, 3.7, 1e18):
            point = {"x": other, "y": other, name: float(value)}
            wanted = G.evaluate(point).result
            if np.isfinite(wanted):
                assert half.evaluate(dict.fromkeys(half.inputs, other)).result == pytest.approx(wanted, rel=1e-14)


def test_subs_of_groups_and_tensors() -> None:
    W = ew.trace(lambda w: w @ w, w=3)
    assert text(W.subs("w", [1, "a", 2])) == "1 + a*a + 4"
    assert W.subs("w[1]", 0).inputs == ("w[0]", "w[2]") and W.subs(w=[1, 2, 3])() == 14.0
    with pytest.raises(ShapeError, match="shape"):
        W.subs(w=[1, 2])
    data = np.arange(6.0).reshape(3, 2)
    T = ew.parse("sum((X @ w - y)**2)/n", shapes="X: n,d; w: d; y: n")
    small = T.subs(X=data, y=np.ones(3))
    assert small.inputs == ("w",) and small([1.0, 2.0]) == pytest.approx(np.mean((data @ [1, 2] - 1) ** 2))
    assert T.subs("w", ew.parse("A @ v", shapes="A: d,k; v: k")).inputs == ("X", "y", "A", "v")
    with pytest.raises(ShapeError, match="in its place"):
        T.subs("w", ew.parse("v", shapes="v: k"))
    with pytest.raises(EdgewiseError):
        T.subs(X=data, y=np.ones(4))


def test_wrong_substitutions() -> None:
    G = ew.parse("alpha*x")
    for args, kind, said in (
        (({"alhpa": 1},), InputError, "did you mean 'alpha'"), ((1, 2, 3), InputError, "one key"),
        (([1, 2],), InputError, "pairs"),
        (({"x": 1, X: 2},), InputError, "two values"), (({"x": 1j},), UnsupportedError, "complex"),
        (({"x": float("nan")},), InputError, "nan"), (({"x": "[a, b]"},), InputError, "2 outputs"),
        (({"x": None},), UnsupportedError, "None"), (({None: 1},), InputError, "NoneType"),
    ):  # fmt: skip
        with pytest.raises(kind, match=said):
            G.subs(*args)


# --- derivatives, sums and products -----------------------------------------------------------------------------------


@pytest.mark.parametrize("variables", [("x",), ("x", 2), ("x", "y"), ("x", 2, "y"), (("x", 2), ("y", 1)), ("y", 3)])
def test_diff_is_sympys(variables: Any) -> None:
    f = "x**3*exp(2*y) + sin(x*y)/y"
    symbols = [sp.Symbol(v) if isinstance(v, str) else sp.Tuple(sp.Symbol(v[0]), v[1]) if isinstance(v, tuple) else v
               for v in variables]  # fmt: skip
    G = ew.parse(f).diff(*variables)
    wanted = ew.graph(sp.diff(ew.parse(f).to_sympy(), *symbols), inputs=["x", "y"])
    assert type(G) is ew.Graph and G.inputs == ("x", "y") and G.equals(wanted)


def test_diff_of_other_things() -> None:
    assert (
        text((X**2).diff(Y)) == "0" and text((X**2 * Y).diff(X).diff(X)) == "2*y" and text(ew.sin(X).diff()) == "cos(x)"
    )
    assert ew.parse("[x*y, x + y]").diff("x").evaluate(x=2.0, y=3.0).result == [3.0, 1.0]
    J = ew.parse("A @ x", shapes="A: m,n; x: n").diff("x")
    assert text(J) == "A" and ew.trace(lambda w: w @ w, w=2).diff("w")([1, 2]).tolist() == [2.0, 4.0]
    for bad, said in (((), "which of the inputs"), (("q",), "q"), ((2,), "names first"), (("x", -1), "names first")):
        with pytest.raises(EdgewiseError, match=said):
            ew.parse("x*y").diff(*bad)


def test_expand_of_a_power_that_is_too_large() -> None:
    with pytest.raises(UnsupportedError, match="far more than"):
        ew.parse("(a + b + c + d + e1 + f + g + h)**40").expand()
    assert text(ew.parse("(x + y)**0").expand()) == "1" and text(ew.parse("0*x*(y + 1)").expand()) == "0"
    assert text(ew.parse("(x + 1)/0 + x").expand()).count("0") == 1
    deep = X
    for _ in range(3000):
        deep = ew.sin(deep) + 1
    assert len(ew.graph(deep).expand()) == len(ew.graph(deep))


@pytest.mark.parametrize(
    ("formula", "at", "terms"),
    [("exp(x)*y", 0, 6), ("cos(x)", 0, 7), ("log(x)", 1, 5), ("sqrt(1 + x)", 0, 5), ("tan(x + y)", 0, 4),
     ("1/(1 - x)", 0, 6),
     ("sin(x)/x", 0, 7), ("(1 - cos(x))/x**2", 0, 4), ("x**2*exp(-x)", 2, 4), ("x**5", 0, 3), ("y", 1, 3),
     ("asinh(x)", 0, 6)],
)  # fmt: skip
def test_series_are_sympys(formula: str, at: Any, terms: int) -> None:
    G = ew.parse(formula, inputs=["x", "y"]).series("x", at, terms)
    x = sp.Symbol("x")
    wanted = sp.series(ew.parse(formula).to_sympy(), x, at, terms).removeO()
    assert sp.simplify(G.to_sympy() - wanted) == 0 and G.inputs == ("x", "y")


@pytest.mark.parametrize(
    ("formula", "at"), [("log(x)", 0), ("abs(x)", 0), ("1/x", 0), ("sqrt(x)", 0), ("floor(x)", 1), ("max(x, 1)", 1),
                        ("where(x < 1, x, 2*x)", 1), ("abs(x)*x", 0), ("x**(3/2)", 0), ("1/sin(x)", 0)],
)  # fmt: skip
def test_where_there_is_no_series(formula: str, at: Any) -> None:
    with pytest.raises(UnsupportedError, match="no Taylor series"):
        ew.parse(formula).series("x", at, 4)
    assert ew.parse(formula).series("x", 3 / 2, 3).equals(ew.parse(formula).series("x", Fraction(3, 2), 3))


def test_series_about_a_symbol_and_its_errors() -> None:
    assert text(ew.sin(X).series(X, Y, 2)) == "sin(y) + cos(y)*(x - y)"
    G = ew.trace(lambda w: w[0] * ew.exp(w[1]), w=2).series("w[1]", 0, 3)
    assert [p.name for p in G.parameters] == ["w"] and G([2.0, 0.5]) == 2 * (1 + 0.5 + 0.125)
    for bad in (0, -1, True, 2.5, "x"):
        with pytest.raises(InputError, match="whole number"):
            ew.parse("x").series("x", 0, bad)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="one output"):
        ew.parse("[x, x]").series("x")


# --- equality ---------------------------------------------------------------------------------------------------------

SAME = [
    ("(x + 1)**2", "x**2 + 2*x + 1", True), ("sin(x)**2 + cos(x)**2", "1", True), ("x/x", "1", True),
    ("x*y", "y*x", True),
    ("log(exp(x) + 1)", "softplus(x)", True), ("(x**2 - 1)/(x - 1)", "x + 1", False),
    ("sin(2*x)", "2*sin(x)*cos(x)", False),
    ("gamma(x + 1)", "x*gamma(x)", False), ("abs(x)", "sqrt(x**2)", True), ("exp(x)*exp(y)", "exp(x + y)", False),
    ("0.1*x*3", "0.3*x", False),
]  # fmt: skip
DIFFERENT = [
    ("sqrt(x**2)", "x"), ("x", "x + 1/10**25"), ("x", "1.0000001*x"), ("exp(exp(exp(x)))", "exp(exp(exp(x))) + 1"),
    ("x*y", "x*z"),
    ("sin(x)", "x - x**3/6 + x**5/120 - x**7/5040 + x**9/362880"), ("floor(x)", "x - 1/2"), ("erf(x)", "tanh(1.2*x)"),
]  # fmt: skip


def test_equal_values() -> None:
    for one, two, proved in SAME:
        found = ew.parse(one).equals(ew.parse(two))
        assert found and (found.proved or not proved) and found.point is None, (one, two, found)
    for one, two in DIFFERENT:
        found = ew.parse(one).equals(ew.parse(two))
        assert not found and found.point and found.values, (one, two, found)
        at = {sp.Symbol(name): sp.Rational(*float(v).as_integer_ratio()) for name, v in found.point.items()}
        apart = [ew.parse(formula).to_sympy().subs(at).evalf(40) for formula in (one, two)]
        assert abs(apart[0] - apart[1]) > 0 and [float(v) for v in apart] == pytest.approx(list(found.values), rel=1e-9)


def test_equality_says_what_it_does_not_know() -> None:
    found = ew.parse("log(x**2)").equals(ew.parse("2*log(x)"))
    assert (
        found
        and found.undefined == {"x": pytest.approx(found.undefined["x"])}
        and "only one of them is defined" in found.how
    )
    assert "no point" in ew.parse("log(-1 - x**2)").equals(ew.parse("x")).how
    assert "outputs" in ew.parse("[x, y]").equals(ew.parse("x")).how and ew.parse("x - x").equals(0)
    flat = ew.op("of_numbers", value=np.tanh, partials="1 - out**2")
    found = ew.graph(flat(X)).equals(ew.tanh(X))
    assert found and not found.proved and "in doubles" in found.how
    T = ew.parse("sum(x*x)", shapes="x: n")
    assert T.equals(ew.parse("x @ x", shapes="x: n")) and not T.equals(ew.parse("x @ x + 1e-3", shapes="x: n"))
    with pytest.raises(EdgewiseError, match="shape"):
        T.equals(ew.parse("x**2"))


# --- through SymPy ----------------------------------------------------------------------------------------------------


def test_solutions_are_real() -> None:
    assert [text(found) for found in ew.parse("x**2 + a").solve("x")] == ["-sqrt(-a)", "sqrt(-a)"]
    assert ew.parse("x**2 + 1").solve() == [] and [text(f) for f in (X**2 - 4).solve(X)] == ["-2", "2"]
    (found,) = ew.parse("[a*x + b*y - 1, x - y]").solve("x", "y")
    assert found["x"].equals(found["y"]) and found["x"].equals(ew.parse("1/(a + b)"))
    with pytest.raises(UnsupportedError, match="does not find the solutions"):
        ew.parse("cos(x) - x").solve("x")


def test_integrals_and_limits() -> None:
    for formula in ("x*cos(x)", "1/x", "1/(x**2 - 1)", "log(x)", "x**n", "exp(-x**2)", "1/(1 + x**2)", "abs(x)"):
        G = ew.parse(formula)
        assert G.integrate("x").diff("x").equals(G), formula
    assert ew.parse("exp(-x**2)").integrate(("x", "-inf", "inf")).equals(ew.parse("sqrt(pi)"))
    assert text(ew.parse("x*y").integrate(("x", 0, "z"))) == "y*z**2/2"
    assert text(ew.parse("sin(x)/x").limit("x", 0)) == "1" and all(
        text(ew.parse("(1 + a/x)**x").limit("x", end)) == "exp(a)" for end in (sp.oo, "oo", "inf", np.inf)
    )
    assert [ew.parse("1/x").limit("x", 0, side)() for side in "+-"] == [np.inf, -np.inf]
    for ask, said in (
        (lambda: ew.parse("1/x").limit("x", 0), "limit"), (lambda: ew.parse("sin(1/x)").limit("x", 0), "limit"),
        (lambda: ew.parse("sin(sin(x))").integrate(), "integral"),
        (lambda: ew.parse("x").limit("x", 0, "up"), "no side"),
        (lambda: ew.parse("[x, x]").integrate("x"), "one output"), (lambda: ew.parse("x").integrate(("x", 1)), "write"),
        (lambda: ew.parse("sqrt(x)").limit("x", -1), "real"), (lambda: ew.parse("x").factor(seconds=-1), "seconds"),
    ):  # fmt: skip
        with pytest.raises(EdgewiseError, match=said):
            ask()


def test_what_takes_too_long_is_stopped() -> None:
    def forever() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # takes no part
                continue

    start = time.perf_counter()
    with pytest.raises(UnsupportedError, match=r"a loop takes SymPy longer than 0\.2 seconds"):
        within(0.2, "a loop", forever)
    assert time.perf_counter() - start < 5
    with pytest.raises(ZeroDivisionError):
        within(5, "a quotient", lambda: 1 // 0)


def test_sympy_takes_our_objects() -> None:
    f = ew.sin(X) * Y
    x, y = sp.symbols("x y")
    assert sp.sympify(f) == sp.sympify(ew.graph(f)) == sp.sin(x) * y and sp.cos(f) == sp.cos(sp.sin(x) * y)
    assert sp.latex(f) == ew.graph(f).to_latex() and sp.Symbol("a") * f == sp.Symbol("a") * sp.sin(x) * y
    assert ew.graph(sp.expand((ew.graph(f) + 1) ** 2)).equals((f + 1) ** 2)
    for traced in (lambda x: sp.sin(x), lambda x: sp.pi * x):
        with pytest.raises(UnsupportedError, match="traced"):
            ew.trace(traced, "x")


# --- arithmetic, lists, plots -----------------------------------------------------------------------------------------


def test_arithmetic_between_graphs() -> None:
    G, H = ew.parse("m*v**2"), ew.parse("m*x")
    point = {"m": 2.0, "v": 3.0, "x": 0.5}
    for made, wanted in (
        (G + H, 19.0), (G - 1, 17.0), (2 * G / H, 36.0), (H**G, 1.0), (-G % 5, -18.0 % 5), (abs(H - G), 17.0),
        (ew.sqrt(G), 18**0.5),
        (np.hypot(G, H), np.hypot(18, 1)), (ew.where(G < H, G, H), 1.0), (G * X, 9.0), (sp.Symbol("x") * G, 9.0),
        (G * sp.Symbol("x"), 9.0),
        (ew.logaddexp(G, 18), 18 + np.log(2)), (np.float64(2) * H, 2.0), (G // 4, 4.0), (Fraction(1, 2) * G, 9.0),
    ):  # fmt: skip
        made = made if isinstance(made, ew.Graph) else ew.graph(made)
        assert made.evaluate({name: point[name] for name in made.inputs}).result == pytest.approx(wanted)
    assert (G + H).inputs == ("m", "v", "x")
    several = ew.parse({"a": "x", "b": "[x, y]"})
    assert (several * 2 + several).evaluate(x=1.0, y=2.0).result == {"a": 3.0, "b": [3.0, 6.0]}
    array = ew.graph(np.array([X, Y]))
    assert (array @ array + array * np.array([1, 2]))(1.0, 2.0).tolist() == [6.0, 9.0]
    for bad, said in (
        (lambda: several + ew.parse("[x, y]"), "nested alike"), (lambda: G + "x", "ufunc|str|expression"),
        (lambda: np.add.reduce(G), "reduce"),
        (lambda: G + ew.trace(lambda m: m @ m, m=2), "m"),
        (lambda: ew.parse("[x*y, y]").jacobian(sparse="coo") + 1, "sparse"),
    ):  # fmt: skip
        with pytest.raises((EdgewiseError, TypeError), match=said):
            bad()


def test_graphs_are_keys() -> None:
    G, H = ew.parse("x*y"), ew.parse("x*y")
    assert {G: 1}[H] == 1 and len({G, H, ew.parse("y*x", inputs=["x", "y"])}) == 2 and G != 3 and (G == "x*y") is False
    assert G.gradient() != G and hash(G.gradient()) == hash(H.gradient())


def test_formulas_in_lists_and_dictionaries() -> None:
    G = ew.parse({"T": "m*v**2/2", "V": "m*g*h"})
    assert G.evaluate(m=2.0, v=1.0, g=10.0, h=1.0).result == {"T": 1.0, "V": 20.0}
    assert ew.parse(["x", "x*y"]) == ew.graph([ew.parse("x"), ew.parse("x*y")]) == ew.parse("[x, x*y]")
    assert ew.graph({"a": ew.parse("x"), "b": X + 1, "c": 2}).evaluate(x=1.0).result == {"a": 1.0, "b": 2.0, "c": 2.0}
    with pytest.raises(EdgewiseError):
        ew.parse(["x", 3])


def test_plots() -> None:
    axes = ew.parse("[sin(x), 1/x]").plot(("x", -1, 1), axes=Figure().subplots())
    assert [line.get_label() for line in axes.lines] == ["sin(x)", "1/x"] and axes.get_ylim()[1] < 500
    (line,) = (X**2).plot((X, 0, 2), axes=Figure().subplots()).lines
    assert np.allclose(line.get_ydata(), line.get_xdata() ** 2)
    figure = Figure()
    axes = ew.parse("x*y + a").plot(("x", 0, 1), ("y", 0, 2), a=1, axes=figure.subplots())
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ("x", "y", "x*y + a") and len(figure.axes) == 2
    for bad, said in (
        (lambda: ew.parse("x*y*z").plot(), "one input or two"), (lambda: ew.parse("x").plot(("x", 1)), "write"),
        (lambda: ew.parse("[x, y]").plot(), "one output"), (lambda: ew.parse("x*y").plot("q"), "no input"),
        (lambda: ew.parse("x*y").plot("x"), "'y'"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=said):
            bad()


def test_where_they_are_looked_for() -> None:
    for name in ("expand", "series", "subs", "limit", "factor"):
        with pytest.raises(AttributeError, match=rf"f\.{name}\("):
            getattr(ew, name)
    with pytest.raises(AttributeError, match="graph has it"):
        X.free_symbols
    assert not hasattr(X, "free_symbols")  # by which named dimensions are known


def test_an_expression_has_the_methods_of_a_graph() -> None:
    assert {"subs", "diff", "expand", "series", "equals", "solve", "plot"} <= set(dir(X))
    assert "Graph.subs" in X.subs.__doc__ and ew.Graph.subs.__doc__ and ">>>" in ew.Graph.subs.__doc__
    assert text((2 * X + 3 * X).simplify()) == "5*x" and text((X**2 - Y**2).factor()) == "(x + y)*(x - y)"
    assert text((Y * X + X * Z).collect(X)) == "x*(y + z)"
    mixed = (X * Y).diff(X) + X  # of the same graph: they meet
    assert ew.graph(mixed).inputs == ("x", "y") and ew.trace(lambda x: (x**3).diff(x), "x")(2.0) == 12.0
