"""Derivations: every printed equation holds, each edge stands there once, and the last lines are the derivative."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from scipy import special

import edgewise as ew
import oracles
from derivation_reader import Replay
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.errors import InputError, UnsupportedError
from edgewise.evaluate import forward_propagation
from edgewise.ops import OPS, TABLE, TENSORS, template_of
from edgewise.write.latex.latex_names import latex_names
from quickly import one_in
from strategies import tapes_with_points

WAYS: dict[str, Callable[[Any], Any]] = {
    "gradient": lambda G: G.gradient(),
    "gradient simplified": lambda G: G.gradient().simplify(),
    "tangent": lambda G: G.tangent("x0"),
    "jvp": lambda G: G.jvp(),
    "taylor": lambda G: G.taylor(3),
    "taylor simplified": lambda G: G.taylor(2).simplify(),
    "vjp": lambda G: G.vjp(),
    "hvp": lambda G: G.hvp(),
    "hessian": lambda G: G.hessian(),
    "hessian simplified": lambda G: G.gradient().simplify().jacobian().simplify(),
    "reverse": lambda G: G.jacobian(order="reverse"),
    "forward": lambda G: G.jacobian(order="forward"),
    "markowitz": lambda G: G.jacobian(order="markowitz"),
    "markowitz simplified": lambda G: G.jacobian(order="markowitz").simplify(),
    "search": lambda G: G.jacobian(order="search", seconds=0.05, seed=1),
    "sparse": lambda G: G.jacobian(sparse="coo"),
}
ONE_OUTPUT = ("gradient", "gradient simplified", "hvp", "hessian", "hessian simplified")


def numbers_of(B: Any, point: list[float]) -> tuple[dict[str, float], Any]:
    """The inputs of ℬ, its own among them, and the numbers of all its nodes."""
    given = [*point, *(0.5 - 0.3 * k for k in range(len(B.tape.inputs) - len(point)))]
    return dict(zip(B.tape.input_names(), given, strict=True)), forward_propagation(B.tape, given).values


def replayed(B: Any, point: list[float], notation: str, sections: Any = None) -> Replay:
    """The derivation of B, read; the point is that of 𝒢's inputs."""
    named, values = numbers_of(B, point)
    if notation == "latex":
        named = dict(zip(latex_names(named).values(), named.values(), strict=True))
    replay = Replay(notation, named)
    replay.run(B.explain(limit=None).sections if sections is None else sections, lambda node: float(values[node]))
    return replay


@pytest.mark.parametrize("way", one_in(3, WAYS))
@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(tapes_with_points(max_ops=6, max_outputs=2), st.sampled_from(["text", "latex"]))
def test_every_equation_holds_and_the_last_are_the_derivative(way: str, graph: Any, notation: str) -> None:
    tape, point = graph
    assume(len(tape.outputs) == 1 or way not in ONE_OUTPUT)
    B = WAYS[way](ew.Graph(tape))
    sections = B.explain(limit=None).sections
    replay = replayed(B, point, notation, sections)
    _, values = numbers_of(B, point)
    nodes = B.derivative.results[-1].nodes
    wanted = [float(values[node]) for node in nodes]
    for value, node in replay.results:
        assert oracles.close(values[node], value, 1e-6, 1e-7)
    assert [line.node for passage in sections[-1].passages for line in passage.lines] == [*nodes]
    if way in ("gradient", "gradient simplified"):
        assert all(map(oracles.close, wanted, oracles.mp_gradient(tape, point, tape.outputs[0])))
    # Each edge of the ledger is one passage, in its order.
    shown = [passage.edge for section in sections for passage in section.passages]
    ledger = [(entry.consumer, entry.position, entry.parent) for entry in B.edges]
    assert [edge for edge in shown if edge is not None] == ledger


@pytest.mark.parametrize("simplified", [False, True])
def test_the_last_lines_are_sympys_derivatives(simplified: bool) -> None:
    G = ew.parse("exp(x*y)*sin(x) + log(1 + x**2)/y")
    B = G.gradient()
    lines = (B.simplify() if simplified else B).explain().sections[-1].passages
    x, y = sp.symbols("x y")
    f = sp.exp(x * y) * sp.sin(x) + sp.log(1 + x**2) / y
    for passage, symbol in zip(lines, (x, y), strict=True):
        shown = sp.sympify(passage.lines[0].text.rpartition(" = ")[2], {"log1p": lambda t: sp.log(1 + t)})
        assert sp.simplify(shown - sp.diff(f, symbol)) == 0


# A graph in which no two partials have the same number, nor 1 or 0, and none is its own negative.
BASE = "s = sin(x*y)*x; t = s*exp(y)/x; tanh(t)*s"
POINT = [0.7, -0.4]


def mutants(B: Any) -> Iterator[tuple[str, Any]]:
    """The ledger with two rows' partials, products or edges exchanged, and ℬ with one partial of another sign."""
    derivative, ledger = B.derivative, B.derivative.ledger
    values = numbers_of(B, POINT)[1]
    for name in ("partial", "product", "consumer", "parent"):
        column = getattr(ledger, name)
        for row in range(0, len(column) - 1, 2):
            if values[column[row]] != values[column[row + 1]]:
                moved = column.copy()
                moved[[row, row + 1]] = moved[[row + 1, row]]
                yield (
                    f"{name} {row}",
                    dataclasses.replace(derivative, ledger=dataclasses.replace(ledger, **{name: moved})),
                )


def test_a_wrong_ledger_is_noticed() -> None:
    B = ew.parse(BASE).gradient()
    assert replayed(B, POINT, "text").checked > 30
    count = 0
    for name, derivative in mutants(B):
        wrong = DerivativeGraph(derivative, B.base)
        try:
            replayed(wrong, POINT, "text")
        except (AssertionError, KeyError):
            count += 1
            continue
        pytest.fail(name)
    assert count > 10


@pytest.mark.parametrize("k", [0, 1])
def test_a_rule_with_the_wrong_sign_is_noticed(k: int) -> None:
    partials = ["cos(x)*y", "sin(x)"]
    right = ew.op("ripple", "x, y", value="sin(x)*y", partials=partials)
    oracles.MPMATH["ripple"] = lambda x, y: oracles.mp.sin(x) * y
    partials[k] = f"-{partials[k]}"
    wrong = ew.op("ripple", "x, y", value="sin(x)*y", partials=partials)
    try:
        for function, holds in ((right, True), (wrong, False)):
            B = ew.parse("ripple(x*y, y)*x", functions={"ripple": function.op}).gradient()
            if holds:
                replayed(B, POINT, "text")
            else:
                with pytest.raises(AssertionError, match="ripple"):
                    replayed(B, POINT, "text")
    finally:
        del oracles.MPMATH["ripple"]


def test_every_rule_has_a_name() -> None:
    for op in TABLE:
        for k in range(op.arity):
            if op.parameter or template_of(op, k, None) is not None:
                assert re.fullmatch(
                    r"[a-z]+ rule|selection|constant factor rule|derivative of \w+( in \w+)?", op.rule_in(k, op.arity)
                )
    names = [OPS[name].rule_in(0, 2) for name in ("add", "sub", "mul", "div", "power")]
    assert names == ["sum rule", "difference rule", "product rule", "quotient rule", "power rule"]
    assert (OPS["pow"].rule_in(0, 2), OPS["pow"].rule_in(1, 2)) == ("power rule", "exponential rule")
    assert all(op.rule_in(0, 1) for op in TENSORS)


def test_numbers_stand_at_the_end() -> None:
    B = ew.parse("x*sin(x)").gradient()
    text = B.explain(x=0.5).text
    assert "  x = 0.5\n" in text
    assert "∂u1/∂x = ∂(sin(x))/∂x = cos(x) = 0.877583" in text
    assert text.splitlines()[-1].endswith(f"= {np.sin(0.5) + 0.5 * np.cos(0.5):.6g}")
    values = B.evaluate(x=0.5).values
    for section in B.explain(x=0.5).sections:
        for passage in section.passages:
            for line in passage.lines:
                assert line.value == values[line.node]
    assert B.explain().sections[0].passages[0].lines[0].value is None
    # A batch, and values given in a mapping.
    assert "u1 = sin(x) = [0., 0.479426]" in B.explain({"x": np.array([0.0, 0.5])}).text


def test_a_multi_edge_names_its_position_and_parallel_edges_are_added() -> None:
    text = str(ew.parse("x*x").gradient().explain())
    assert "∂out/∂x at 0 = ∂(x*x)/∂x at 0 = x" in text
    assert "grad_table[x] = 2*x" in text
    J = str(ew.parse("s = x*x; [s*y, s + y]").jacobian(order="markowitz").explain())
    assert "parallel edges" in J
    assert "∂out0/∂x = ∂out0/∂s · ∂s/∂x" in J


def test_results_have_the_names_of_what_they_are() -> None:
    J = ew.parse("[x*y, y]").jacobian(order="reverse").explain().sections[-1]
    assert [p.lines[0].text for p in J.passages] == ["∂out0/∂x = y", "∂out0/∂y = x", "∂y/∂x = 0", "∂y/∂y = 1"]
    # Blocks of groups: all of one group first.
    G = ew.trace(lambda v, w: (v[0] * w[1], v * w[0]), v=2, w=2)
    lines = [passage.lines[0] for passage in G.jacobian().explain(limit=None).sections[-1].passages]
    values = G.jacobian().evaluate([2.0, 3.0], [5.0, 7.0]).values
    found = {line.text.split(" = ")[0]: values[line.node] for line in lines}
    product, *scaled = map(G.name, G.outputs)
    wanted = {
        f"∂{product}/∂v[0]": 7.0, f"∂{product}/∂v[1]": 0.0, f"∂{product}/∂w[0]": 0.0, f"∂{product}/∂w[1]": 2.0,
        f"∂{scaled[0]}/∂v[0]": 5.0, f"∂{scaled[0]}/∂v[1]": 0.0, f"∂{scaled[0]}/∂w[0]": 2.0, f"∂{scaled[0]}/∂w[1]": 0.0,
        f"∂{scaled[1]}/∂v[0]": 0.0, f"∂{scaled[1]}/∂v[1]": 5.0, f"∂{scaled[1]}/∂w[0]": 3.0, f"∂{scaled[1]}/∂w[1]": 0.0,
    }  # fmt: skip
    assert found == wanted
    H = ew.parse("x*x*y").hessian().explain().sections[-1]
    assert [p.lines[0].text.split(" = ")[0] for p in H.passages] == [
        "∂^2out/∂x^2", "∂^2out/∂x∂y", "∂^2out/∂x∂y", "∂^2out/∂y^2",
    ]  # fmt: skip
    S = ew.parse("[x*y, sin(y)]").jacobian(sparse="coo").explain().sections[-1]
    assert [p.lines[0].text for p in S.passages] == ["∂out0/∂x = y", "∂out0/∂y = x", "∂out1/∂y = cos(y)"]


def test_formulas_say_what_they_are_before_they_are_shortened() -> None:
    text = ew.parse("exp(x*y)").gradient().explain().text
    assert "∂out/∂u2 = ∂(exp(u2))/∂u2 = exp(u2) = out" in text
    # The constant 1 is not called by the name of a derivative that is 1.
    B = ew.parse("tanh(x @ x)", shapes="x: n").gradient().simplify()
    assert "bprop(out, u1, grad_table[out]) = sech(u1)**2" in B.explain().text

    def doubled(x: Any) -> Any:
        for _ in range(40):
            x = x * np.sin(x)
        return x

    # Long ones are left away, not cut; what the derivative starts from keeps its name.
    long = ew.trace(doubled, "x").gradient().explain(limit=None).text
    assert "…" not in long
    assert max(map(len, long.splitlines())) < 250


def test_limits_count_what_is_left_out() -> None:
    B = ew.trace(lambda w: np.sum(np.sin(w) * w), w=100).gradient()
    explanation = B.explain(limit=7)
    assert [len(section.passages) for section in explanation.sections] == [7, 8, 7]  # with the start of the sweep
    assert explanation.sections[1].left_out == len(B.edges) - 7
    assert f"… {len(B.edges) - 7} more steps; explain(limit=None) shows all" in explanation.text
    assert "more steps" in explanation.latex
    assert "more steps" in explanation.html
    J = ew.parse("[x*y, x + y, sin(x), cos(y)]").jacobian(order="reverse").explain(limit=3)
    assert sum(len([p for p in s.passages if p.edge]) + s.left_out for s in J.sections[1:-1]) == 6
    for way in ("reverse", "forward"):
        full = ew.parse("[x*y, x + y, sin(x), cos(y)]").jacobian(order=way).explain(limit=None)
        assert all(section.left_out == 0 for section in full.sections)


def test_bad_limits_and_values_are_refused() -> None:
    B = ew.parse("x*y").gradient()
    with pytest.raises(InputError, match="limit=0 leaves nothing to see"):
        B.explain(limit=0)
    with pytest.raises(InputError, match="no value was given for the input 'y'"):
        B.explain(x=1.0)


@pytest.mark.parametrize("text", ["x", "3", "[x, 3]", "[]", "floor(x)", "0*y", "1/x"])
def test_the_smallest_graphs_have_a_derivation(text: str) -> None:
    G = ew.parse(text, inputs=["x", "y"])
    B = G.gradient() if len(G.outputs) == 1 else G.jacobian()
    for explanation in (B.explain(), B.simplify().explain(x=0.5, y=2.0)):
        assert len(explanation.sections[-1].passages) == 2 * len(G.outputs)
        assert explanation.latex.count("{") == explanation.latex.count("}")
        assert explanation.html.count("<details") == explanation.html.count("</details>")


def test_what_sympy_cannot_write_is_text() -> None:
    B = ew.parse("max(sqrt(0 - 1), x)*x").gradient()
    with pytest.raises(UnsupportedError, match="no real value in SymPy"):
        B.to_latex()
    assert r"\mathrm{max(sqrt(-1),\ x)" in B.explain().latex
    assert "<mtext>max(sqrt(-1), x)" in B.explain().html


@pytest.mark.slow
def test_a_million_nodes_are_explained_in_passing() -> None:
    def chain(x: Any) -> Any:
        for _ in range(143_000):
            x = np.sin(x) * x
        return x

    B = ew.trace(chain, "x").gradient()
    assert len(B) > 1_000_000
    explanation = B.explain()
    assert len(explanation.text) + len(explanation.latex) + len(explanation._repr_html_()) < 500_000
    assert f"… {len(B.edges) - 60:,} more steps" in explanation.text
    # Many sweeps, and many ends of one.
    wide = ew.trace(lambda w: w * np.sin(w), w=3000)
    for B in (wide.jacobian(sparse="coo"), wide.jvp(), wide.vjp()):
        assert len(B.explain().text) < 60_000


# --- tensors -------------------------------------------------------------------------------------------------------

NUMPY = {
    name: getattr(np, name)
    for name in ("einsum", "ones", "eye", "tanh", "exp", "sum", "outer", "full", "log", "log1p", "transpose", "diag")
} | {"sech": lambda x: 1 / np.cosh(x), "sigmoid": special.expit, "softplus": lambda x: np.logaddexp(x, 0.0)}
TENSOR_GRAPHS = {
    "regression": ew.parse("sum(tanh(X @ w - y)**2) + w @ w", shapes="X: n,d; w: d; y: n"),
    "quadratic": ew.parse("x @ A @ x", shapes="x: n; A: n,n"),
    "logistic": ew.parse("sum(log(1 + exp(X @ w)) - y*(X @ w))", shapes="X: n,d; w: d; y: n"),
    "vector": ew.parse("exp(X @ w)*y", shapes="X: n,d; w: d; y: n"),
    "chain": ew.parse("sum(exp(A @ B) * C)", shapes="A: n,d; B: d,n; C: n,n"),
}


def numpys(text: str, known: dict[str, Any], sizes: dict[str, int]) -> Any:
    """A formula by NumPy; what is no identifier is called by one."""
    scope = {f"_{k}": value for k, value in enumerate(known.values())}
    for k, name in sorted(enumerate(known), key=lambda pair: -len(pair[1])):
        text = re.sub(rf"(?<![\w\[\"]){re.escape(name)}(?![\w\"])", f"_{k}", text)
    return eval(text, {**NUMPY, **sizes}, scope)


TENSOR_WAYS: dict[str, Callable[[Any], Any]] = {
    "gradient": lambda G: G.gradient(),
    "simplified": lambda G: G.gradient().simplify(),
    "jvp": lambda G: G.jvp(),
    "vjp": lambda G: G.vjp(),
    "reverse": lambda G: G.jacobian(order="reverse"),
    "forward": lambda G: G.jacobian(order="forward").simplify(),
    "hvp": lambda G: G.hvp("X").simplify(),
}


@pytest.mark.parametrize(
    ("name", "way"),
    [
        *((name, way) for name in ("quadratic", "logistic", "chain") for way in ("gradient", "simplified", "jvp")),
        *(("vector", way) for way in ("jvp", "vjp", "reverse", "forward")),
        ("regression", "gradient"),
        ("regression", "hvp"),
    ],
)
def test_equations_of_tensors_are_numpys(name: str, way: str) -> None:
    B = TENSOR_WAYS[way](TENSOR_GRAPHS[name])
    rng, sizes = np.random.default_rng(3), {"n": 3, "d": 2}
    inputs = {p.name: rng.uniform(0.2, 1.0, [sizes[str(k)] for k in p.shape]) for p in B.tape.parameters}
    values = B.evaluate(inputs).values
    known: dict[str, Any] = dict(inputs)
    checked = 0
    sections = B.explain(limit=None).sections
    for section in sections:
        for line in (line for passage in section.passages for line in passage.lines):
            left, *sides = re.split(r" \+?= ", line.text)
            wanted = values[line.node] if line.node >= 0 else None
            for side in sides:
                if not re.search(r"∂|bprop\(|jvp\(", side):
                    found = numpys(side, known, sizes)
                    wanted = found if wanted is None else wanted
                    np.testing.assert_allclose(
                        np.broadcast_to(found, np.shape(wanted)), wanted, 1e-9, 1e-12, err_msg=left
                    )
                    checked += 1
            if line.rule == "added up":
                np.testing.assert_allclose(known[left], wanted, rtol=1e-9, atol=1e-12)
            known[left] = known[left] + wanted if " += " in line.text else wanted
    assert checked > 5
    edges = [passage.edge for section in sections for passage in section.passages if passage.edge is not None]
    assert edges == [(entry.consumer, entry.position, entry.parent) for entry in B.edges]
