"""Functions of time and their rates: the whole derivative, as SymPy has it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import FormatError, GraphError, InputError, UnsupportedError

t, x = sp.symbols("t x")
q, r = sp.Function("q")(t), sp.Function("r")(t)
u = sp.Function("u")(x, t)
m, k = sp.symbols("m k", positive=True)

FORMULAS = [
    sp.sin(q),
    m * q.diff(t) ** 2 / 2 - k * q**2 / 2,
    sp.exp(q * r) * r.diff(t) + t * q,
    q.diff(t, 2) * sp.log(m + q**2),
    sp.sqrt(1 + q.diff(t) ** 2) / (1 + t**2),
    u * u.diff(x) + sp.cos(u.diff(t)),
    m * k,
]


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
@pytest.mark.parametrize("by", [(t,), (t, t), (x,), (x, t), (t, x), (q,), (t, q), (m, t)], ids=str)
def test_the_derivative_is_sympys(formula: Any, by: tuple[Any, ...]) -> None:
    ours, theirs = ew.graph(formula).diff(*by), sp.diff(formula, *by)
    assert sp.simplify(ours.to_sympy() - theirs) == 0
    assert ours.equals(theirs)


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_what_came_from_sympy_goes_back(formula: Any) -> None:
    G = ew.graph(formula)
    for same in (G, ew.Graph.from_json(G.to_json()), ew.Graph.from_networkx(G.to_networkx()), G.simplify("exact"),
                 pickle.loads(pickle.dumps(G)), G + 0, ew.graph(G.to_sympy())):  # fmt: skip
        assert sp.simplify(same.to_sympy() - formula) == 0
        assert same.diff(t).equals(sp.diff(formula, t))


def double_pendulum(
    sin: Any, cos: Any, masses: Any, lengths: Any, g: Any, angles: Any, time: Any
) -> tuple[Any, Any, list[Any]]:
    """The kinetic and the potential energy, and the angles."""
    (m1, m2), (l1, l2), (one, two) = masses, lengths, angles
    x1, y1 = l1 * sin(one), -l1 * cos(one)
    x2, y2 = x1 + l2 * sin(two), y1 - l2 * cos(two)
    kinetic = m1 * (x1.diff(time) ** 2 + y1.diff(time) ** 2) / 2 + m2 * (x2.diff(time) ** 2 + y2.diff(time) ** 2) / 2
    return kinetic, m1 * g * y1 + m2 * g * y2, [one, two]


@pytest.mark.slow
def test_the_equations_of_a_double_pendulum() -> None:
    m1, m2, l1, l2, g = sp.symbols("m1 m2 l1 l2 g", positive=True)
    angles = [sp.Function(name)(t) for name in ("theta1", "theta2")]
    T, V, (one, two) = double_pendulum(sp.sin, sp.cos, (m1, m2), (l1, l2), g, angles, t)
    theirs = [(T - V).diff(angle.diff(t)).diff(t) - (T - V).diff(angle) for angle in (one, two)]

    m1, m2, l1, l2, g = ew.symbols("m1 m2 l1 l2 g", positive=True)
    time, angles = ew.symbols("t"), ew.symbols("theta1 theta2", of="t")
    T, V, (one, two) = double_pendulum(ew.sin, ew.cos, (m1, m2), (l1, l2), g, angles, time)
    L = T - V
    ours = [L.diff(angle.diff(time)).diff(time) - L.diff(angle) for angle in (one, two)]
    for equation, right in zip(ours, theirs, strict=True):
        assert equation.equals(right) and sp.simplify(ew.graph(equation).to_sympy() - right) == 0
    energy = sum(angle.diff(time) * L.diff(angle.diff(time)) for angle in (one, two)) - L
    assert energy.equals(T + V)

    (solution,) = ew.graph(ours).solve(one.diff(time, 2), two.diff(time, 2))
    accelerations = [solution[angle.diff(time, 2)] for angle in (one, two)]
    assert accelerations == [solution["theta1_tt"], solution["theta2_tt"]]
    moved = ew.graph(energy).diff(time)
    for angle, found in zip((one, two), accelerations, strict=True):
        moved = moved.subs(angle.diff(time, 2), found)
    assert moved.equals(0)
    with pytest.raises(InputError, match="none of the unknowns; they are theta1_tt, theta2_tt"):
        solution["theta1"]


def test_which_functions_there_are() -> None:
    time, q = ew.symbols("t"), ew.symbols("q", of="t")
    assert str(q.diff(time)) == "q_t" and str(q.diff(time, 2)) == str(q.diff("t").diff("t")) == "q_tt"
    assert str(ew.symbols("y", of="time").diff("time", 2)) == "y_time_time"
    u = ew.symbols("u", of=["x", time])
    assert str(u.diff("x").diff("t")) == str(u.diff("t").diff("x")) == "u_tx"
    assert str((q * time).diff(time)) == "t*q_t + q"
    assert ew.graph(q + ew.symbols("s")).diff("s").text() == "1"
    # A symbol of SymPy's that does not occur has the derivative 0; a name may be misspelt.
    assert ew.graph(q).diff(sp.Symbol("other")).text() == "0"
    with pytest.raises(InputError, match="'other' is not an input"):
        ew.graph(q).diff("other")


def test_what_is_told_twice() -> None:
    q = ew.symbols("q", of="t")
    assert str((q * ew.symbols("q")).diff("t")) in ("q*q_t + q_t*q", "2*q*q_t", "2*q_t*q")
    with pytest.raises(InputError, match=r"'q' is said to be q\(t\) and q\(x\); rename"):
        q * ew.symbols("q", of="x")
    with pytest.raises(InputError, match="a group is no function"):
        ew.symbols("q", shape=3, of="t")
    with pytest.raises(InputError, match='no cls=; write of="t"'):
        ew.symbols("q", cls=sp.Function)
    assert str(ew.symbols("x", real=True)) == "x"


def test_what_is_not_known() -> None:
    G = ew.graph(sp.Function("q")(t - 1) + t)
    with pytest.raises(UnsupportedError, match=r"derivative of q\(t - 1\) in t is not known"):
        G.diff(t)
    q, time = ew.symbols("q", of="t"), ew.symbols("t")
    for ask in (lambda G: G.integrate(time), lambda G: G.limit(time, 0), lambda G: G.series(time, 0, 3)):
        with pytest.raises(UnsupportedError, match=r"in t, of which q is a function; put formulas"):
            ask(ew.graph(q * time))


@pytest.mark.parametrize(
    "said", [None, 3, ["q"], ["q", ["t"], [1]], ["r", ["t"], []], ["q", 3, 4], ["q", ["t"], ["t"]]]
)
def test_damaged_data(said: Any) -> None:
    N = ew.graph(ew.symbols("q", of="t") * 2).to_networkx()
    N.graph["parameters"] = [("q", (), "", said)]
    with pytest.raises((FormatError, GraphError), match="no function that 'q' can be"):
        ew.Graph.from_networkx(N)


def test_names_are_set_as_mathematics() -> None:
    one, omega = ew.symbols("theta1 omega", of="t")
    G = ew.graph(one.diff("t", 2) * omega.diff("t"))
    assert G.to_latex() == r"\omega_{t} \theta_{1,tt}"
    html = G._repr_mimebundle_()["text/html"]
    assert "<mi>θ</mi>" in html and "<mi>tt</mi>" in html


@pytest.mark.parametrize(
    "name", "Function dynamicsymbols Eq Derivative Integral latex pprint init_printing Piecewise plot solve".split()
)
def test_names_of_sympy_are_answered(name: str) -> None:
    with pytest.raises(AttributeError, match=f"no attribute {name!r}; "):
        getattr(ew, name)


def test_the_one_variable_need_not_be_named() -> None:
    q = ew.symbols("q", of="t")
    assert str(q.diff()) == "q_t" and str((q * q.diff()).diff()) in ("q_t*q_t + q*q_tt", "q*q_tt + q_t*q_t")
    assert str(ew.sin(ew.symbols("x")).diff()) == "cos(x)"
    with pytest.raises(InputError, match="in which of the inputs"):
        (q * ew.symbols("m")).diff()
