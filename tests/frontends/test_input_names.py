"""Inputs by text, by edgewise's expressions, by SymPy's symbols, and functions of time as inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy.physics.mechanics import LagrangesMethod, dynamicsymbols

import edgewise as ew
from edgewise.errors import GraphError, InputError, UnsupportedError

t = sp.Symbol("t")
x, y = sp.symbols("x y", real=True)
b, A = sp.IndexedBase("b"), sp.MatrixSymbol("A", 2, 2)
q, d = sp.Function("q")(t), sp.Dummy("d")
KEYS = [x, b[0], A[0, 1], q, q.diff(t), q.diff(t, 2), d]
NAMES = ["x", "b[0]", "A[0,1]", "q", "q_t", "q_tt", "d"]
VALUES = [1.5, 2.5, 0.5, 3.0, -2.0, 0.25, 4.0]
AT = dict(zip(KEYS, VALUES, strict=True))
EXPRESSION = sum(sp.sin(key) * other for key, other in zip(KEYS, KEYS[1:] + KEYS[:1], strict=True))
GRAPH = ew.graph(EXPRESSION, inputs=KEYS)
SLOPES = [float(EXPRESSION.diff(key).subs(AT)) for key in KEYS]


def test_each_kind_of_symbol_is_an_input() -> None:
    assert list(GRAPH.inputs) == NAMES
    assert sorted(ew.graph(EXPRESSION).inputs) == sorted(NAMES)


# Each takes the graph and a way to write the inputs: with symbols it is what it is with names.
USES: dict[str, Callable[[Any, list[Any]], Any]] = {
    "evaluate": lambda G, keys: G.evaluate(dict(zip(keys, VALUES, strict=True))).outputs,
    "gradient of all": lambda G, keys: G.gradient(keys).evaluate(*VALUES).outputs,
    "gradient in one": lambda G, keys: [G.gradient(key).evaluate(*VALUES).outputs[0] for key in keys],
    "tangent": lambda G, keys: [G.tangent(key).evaluate(*VALUES).outputs[0] for key in keys],
    "jacobian": lambda G, keys: G.jacobian(keys[:3], "forward").evaluate(*VALUES).outputs,
    "hessian": lambda G, keys: G.hessian((keys[4], keys[1])).evaluate(*VALUES).outputs,
    "hvp": lambda G, keys: G.hvp(keys[2]).inputs,
    "jvp": lambda G, keys: G.jvp(keys[2:4]).inputs,
    "vjp": lambda G, keys: G.vjp(keys[0]).evaluate(*VALUES, 2.0).outputs,
    "sparsity": lambda G, keys: G.hessian_sparsity(keys[:4]).to_dense().tolist(),
    "node": lambda G, keys: [(G.node(key), G.op(key), G.text(key), G.shape(key), G.arguments(key)) for key in keys],
    "forward accumulation": lambda G, keys: G.forward_accumulate(keys[3], dict(zip(keys, VALUES, strict=True))).table,
    "back-propagation": lambda G, keys: G.back_propagate(dict(zip(keys, VALUES, strict=True))).table,
    "steps": lambda G, keys: str(G.gradient(keys[0]).steps(dict(zip(keys, VALUES, strict=True)))),
    "explain": lambda G, keys: str(G.gradient(keys[5]).explain(dict(zip(keys, VALUES, strict=True)))),
    "explore": lambda G, keys: G.gradient(keys[5]).explore(dict(zip(keys, VALUES, strict=True))).html,
    "special points": lambda G, keys: [
        str(point) for point in G.gradient().special_points(dict(zip(keys, VALUES, strict=True)))
    ],
    "ledger": lambda G, keys: [G.gradient().of(G.gradient().edges[0].consumer, G.gradient().edges[0].parent)],
    "grad_table": lambda G, keys: [G.gradient().grad_table[key] for key in keys],
    "picture": lambda G, keys: repr(G.focus(keys[0])),
    "source": lambda G, keys: G.gradient(keys).to_python(),
}


@pytest.mark.parametrize("use", USES)
def test_symbols_go_where_names_go(use: str) -> None:
    named = USES[use](GRAPH, NAMES)
    assert USES[use](GRAPH, KEYS) == named
    # Assumptions do not matter to a name.
    other = [sp.Symbol("x", positive=True), *KEYS[1:]]
    assert USES[use](GRAPH, other) == named


def test_the_derivatives_are_sympys() -> None:
    for B in (GRAPH.gradient(), GRAPH.gradient(KEYS).simplify(), GRAPH.gradient(sp.Tuple(*KEYS))):
        assert B.evaluate(AT).outputs == pytest.approx(SLOPES, rel=1e-13)
        assert B.compile("python")(*VALUES)[1] == pytest.approx(SLOPES, rel=1e-13)
        assert B.compile()(*VALUES)[1] == pytest.approx(SLOPES, rel=1e-13)


def test_expressions_name_inputs_of_any_graph() -> None:
    u, v = ew.symbols("u v")
    G = ew.parse("sin(u)*v", inputs=[v, u])
    assert G.inputs == ("v", "u") and ew.graph(u * v, inputs=[v, u]).inputs == ("v", "u")
    assert G.evaluate({u: 0.5, v: 2.0}).outputs == G.evaluate(u=0.5, v=2.0).outputs
    assert G.gradient(u).evaluate({u: 0.5, v: 2.0}).outputs == G.gradient("u").evaluate(2.0, 0.5).outputs
    # A derivative in an input is named after it, however it is given.
    assert G.jvp(u).inputs == G.jvp("u").inputs == ("v", "u", "u_dot")
    own = ew.graph(u * v)
    assert own.jvp(u).inputs == ("u", "v", "u_dot") and own.gradient([v, u]).evaluate(2.0, 3.0).outputs == (2.0, 3.0)
    with pytest.raises(GraphError, match="not a node"):
        G.gradient(u * v)
    with pytest.raises(InputError, match="no input"):
        G.evaluate({u * v: 1.0})


def test_matrix_symbols_are_names() -> None:
    n = sp.Symbol("n")
    M, w = sp.MatrixSymbol("M", n, n), sp.MatrixSymbol("w", n, 1)
    at = {M: np.array([[2.0, 1.0], [0.0, 3.0]]), w: np.array([[5.0], [7.0]])}
    G = ew.graph(w.T * M * w, inputs=[w, M])
    assert G.inputs == ("w", "M") and G.evaluate(at).outputs[0].tolist() == [[232.0]]
    assert np.array_equal(G.gradient(M).evaluate(at).outputs[0], at[w] @ at[w].T)


def test_one_input_has_one_value() -> None:
    G = ew.graph(x * y)
    for wrong in ([{x: 1, "x": 2, "y": 3}], [{x: 1, sp.Symbol("x"): 2, y: 3}]):
        with pytest.raises(InputError, match="'x' was given twice"):
            G.evaluate(*wrong)
    with pytest.raises(InputError, match="'x' was given twice"):
        G.evaluate({x: 1, y: 2}, x=3)
    for wrong, message in (({x + 1: 1}, "does not stand for an input"), ({sp.Symbol("z"): 1, x: 1, y: 1}, "'z'")):
        with pytest.raises(InputError, match=message):
            G.evaluate(wrong)
    for call in (G.gradient, G.node, G.tangent):
        with pytest.raises(InputError, match="'z'"):
            call(sp.Symbol("z"))
    with pytest.raises(InputError, match="two different SymPy symbols are called 'd'"):
        ew.graph(sp.Dummy("d") * sp.Dummy("d"))
    with pytest.raises(UnsupportedError, match="integers"):
        G.gradient(b[sp.Symbol("k", integer=True)])


def test_a_gradient_written_by_hand_may_be_keyed_by_symbols() -> None:
    plain = sp.symbols("x y")
    check = ew.check_gradient(
        lambda x, y: x * x * y, lambda x, y: {plain[1]: x * x, "x": 2 * x * y}, 1.0, 2.0, wrt=plain
    )
    assert check.agrees


# --- functions of time --------------------------------------------------------------------------------------------


def test_a_double_pendulum_has_sympys_equations() -> None:
    m1, m2, l1, l2, g = sp.symbols("m1 m2 l1 l2 g", positive=True)
    p, r = dynamicsymbols("p r")
    pd, rd = dynamicsymbols("p r", 1)
    speed = l1**2 * pd**2 + l2**2 * rd**2 + 2 * l1 * l2 * pd * rd * sp.cos(p - r)
    L = (m1 * l1**2 * pd**2 + m2 * speed) / 2 + (m1 + m2) * g * l1 * sp.cos(p) + m2 * g * l2 * sp.cos(r)
    at = {p: 0.3, r: -0.8, pd: 1.1, rd: 0.7, m1: 2, m2: 3, l1: 1.5, l2: 0.75, g: 9.81}
    G = ew.graph(L)
    assert set(G.inputs) == {"p", "r", "p_t", "r_t", "m1", "m2", "l1", "l2", "g"}
    # d/dt ∂L/∂q' - ∂L/∂q = M q'' + …: the mass matrix is the Hessian in the velocities.
    method = LagrangesMethod(L, [p, r])
    method.form_lagranges_equations()
    mass = np.array(method.mass_matrix.subs(at), dtype=float)
    hessian = np.array(G.hessian([pd, rd]).simplify().evaluate(at).result)
    assert hessian == pytest.approx(mass, rel=1e-12)
    at |= {p.diff(t, 2): 0.4, r.diff(t, 2): -0.9}
    equations = ew.graph(method.eom)
    assert {"p_tt", "r_tt"} <= set(equations.inputs)
    assert equations.evaluate(at).outputs == pytest.approx([float(e.subs(at)) for e in method.eom], rel=1e-12)


def test_functions_of_several_symbols_and_at_places() -> None:
    u, f = sp.Function("u")(x, y), sp.Function("f")
    assert ew.graph(u.diff(x, 2) + u.diff(x, y) * u).inputs == ("u", "u_xx", "u_xy")
    tau = sp.Symbol("tau")
    delayed = f(tau) - f(tau - 1) + f(0) + f(tau).diff(tau)
    G = ew.graph(delayed)
    assert set(G.inputs) == {"f", "f(tau - 1)", "f(0)", "f_tau"}
    assert G.evaluate({f(tau): 2, f(tau - 1): 3, f(0): 5, f(tau).diff(tau): 7}).outputs == (11.0,)
    compile(G.gradient().to_python(), "source", "exec")
    assert "f" in G.to_latex() and str(G.to_sympy())


def test_a_function_of_an_input_is_said_to_be_one_of_its_own() -> None:
    f = sp.Function("f")
    with pytest.raises(UnsupportedError, match=r"f\(x\) depends on x.*functions=.*inputs=\["):
        ew.graph(x * f(x))
    G = ew.graph(x * f(x), inputs=[x, f(x)])
    assert G.gradient(x).evaluate(2.0, 5.0).outputs == (5.0,)
    # In mechanics a force depends on time, and partial derivatives are meant.
    assert ew.graph(q * sp.sin(t)).inputs == ("q", "t")
    op = ew.op("f", "x", value="x*x", partials="2*x")
    assert ew.graph(x * f(x), functions={"f": op}).gradient().evaluate(x=2.0).outputs == (12.0,)
    with pytest.raises(InputError, match=r"f\(x\) and f\(y\).*functions="):
        ew.graph(f(x) + f(y))


def test_what_sympy_has_not_carried_out() -> None:
    assert ew.graph(sp.Derivative(sp.sin(x) * y, x)).evaluate({x: 0.5, y: 2}).outputs[0] == 2 * np.cos(0.5)
    assert ew.graph(sp.Derivative(q**2, t)).inputs == ("q", "q_t")
    assert ew.graph(sp.Subs(x**2, x, y)).inputs == ("y",)
    # Not the derivative of a function of time: its argument is an expression.
    assert ew.graph(sp.Derivative(x**3, (x, 2))).evaluate({x: 2}).outputs == (12.0,)
    with pytest.raises(UnsupportedError, match=r"Integral.*doit"):
        ew.graph(sp.Integral(sp.Function("f")(x), x))


def test_a_lambda_has_its_arguments_as_inputs() -> None:
    G = ew.graph(sp.Lambda((y, x), x - 2 * y))
    assert G.inputs == ("y", "x") and G.evaluate(1.0, 5.0).outputs == (3.0,)
    assert ew.graph(sp.Lambda(((x, y), t), x * y * t)).inputs == ("x", "y", "t")
    assert ew.graph(sp.Lambda(x, sp.Integer(3))).gradient().evaluate(1.0).outputs == (0.0,)
