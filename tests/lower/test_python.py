"""Emitted source: right, readable, flat, safe."""

from __future__ import annotations

import ast
import math
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import LoweringError
from edgewise.graph import Tape
from edgewise.lower import TARGETS, python_source
from edgewise.ops import TABLE
from rows import SCIPYS
from strategies import KINKED, SMOOTH, tapes, tapes_with_points

GOLDEN = Path(__file__).parent.parent / "golden"

EXAMPLES = {
    "readme": ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient().simplify(),
    "branches": ew.parse("where(x > 0, sqrt(x), 0)*y").gradient().simplify(),
    "group": ew.trace(lambda w, b: [np.tanh(w @ w) + b, w[0] * b], w=3, b=()).jacobian().simplify(),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_files(name: str, target: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}_{target}.py.txt"
    text = EXAMPLES[name].to_python("f", target)
    if request.config.getoption("--update"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.slow
@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED, "div", "sqrt", "exp", "log", "hypot"), max_outputs=2))
@settings(deadline=None, max_examples=120)
def test_targets_agree_with_the_interpreter(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    graph = Graph(tape)
    for derivative in (graph.jacobian(), graph.jacobian().simplify()):
        run = derivative.evaluate(*point)
        expected = np.array([run.values[n] for r in derivative.returns() for n in r.nodes])
        with np.errstate(all="ignore"):
            got = np.array(flat(derivative.compile("numpy")(*point)))
        finite = np.isfinite(expected) & (abs(expected) < 1e12)
        assert got[finite] == pytest.approx(expected[finite], rel=1e-10, abs=1e-10)
        got = np.array(flat(derivative.compile("python")(*point)))
        assert got[finite] == pytest.approx(expected[finite], rel=1e-10, abs=1e-10)


def flat(value: object) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(value)]


@pytest.mark.parametrize("target", ["python", "numpy"])
def test_every_operation_is_spelled(target: str) -> None:
    for op in TABLE:
        if op.name in ("const", "input"):
            continue
        point = {
            "acosh": 1.4,
            "acoth": 1.4,
            "log1mexp": -0.4,
            "lambertwm1": -0.3,
            "hurwitz_zeta": 1.4,
            "power": 0.6,
        }.get(op.name, 0.4)
        args = [point + 0.1 * k for k in range(op.arity)]
        x = ew.symbols([f"x{k}" for k in range(op.arity)])
        names = [x] if op.arity == 1 else list(x)
        parameter = {"power": 3, "polygamma": 2}.get(op.name, 2 if op.parameter else None)
        from edgewise.graph import apply_op

        G = ew.graph(apply_op(op, names, parameter), inputs=[f"x{k}" for k in range(op.arity)])
        if target == "python" and op.name in SCIPYS:
            with pytest.raises(LoweringError, match=f"math has no function for the operation '{op.name}'"):
                G.compile(target)
            continue
        assert float(G.compile(target)(*args)) == pytest.approx(G.evaluate(*args).outputs[0], rel=1e-13), op.name


@pytest.mark.parametrize("text", ["besselj(1/3, x)*sin(x)", "gammainc(2, x)"])
def test_what_math_lacks_is_written_for_numpy_unless_math_was_asked_for(text: str) -> None:
    B = ew.parse(text).gradient().simplify()
    assert B.to_python() == B.to_python(target="numpy")
    assert "special." in B.explore()._repr_html_()
    with pytest.raises(LoweringError, match="math has no function"):
        B.to_python(target="math")


def test_numpy_broadcasts() -> None:
    f = ew.parse("x*exp(y) + erf(x)").gradient().simplify().compile("numpy")
    x, y = np.linspace(-1, 1, 5)[:, None], np.linspace(0, 1, 3)
    value, (dx, dy) = f(x, y)
    assert value.shape == dx.shape == dy.shape == (5, 3)
    assert dy[2, 1] == pytest.approx(0.0)
    # As a ufunc's, every result has the common shape, also one that depends on fewer inputs.
    value, (dx, dy) = ew.parse("x + 2*y").gradient().compile()(np.zeros(4), 1.0)
    assert value.shape == dx.shape == dy.shape == (4,)
    assert dy.tolist() == [2.0] * 4
    assert ew.graph(np.array([ew.symbols("a"), 1])).compile()(np.zeros(3)).shape == (3, 2)
    assert f(np.int64(2), 1)[0] == pytest.approx(f(2.0, 1.0)[0])


HOSTILE = [
    "lambda", "class", "print", "math", "np", "None", "θ", r"\theta_{1}", "x; import os", "a\nb", "'''", '"""', "\\",
    "x" * 300, "__import__('os')", "ﬁ", "fi", "a.b", "w[3]", "1x", "def", "match", "\u202eabc", "v1", "_part_1", "f",
    "", " ",
]  # fmt: skip


@pytest.mark.parametrize("target", ["python", "numpy"])
def test_any_symbol_name_is_survived(target: str) -> None:
    names = [name for name in HOSTILE if name]
    symbols = ew.symbols(names)
    total = symbols[0] * 1.0
    for k, symbol in enumerate(symbols[1:]):
        total = total + (k + 2) * ew.sin(symbol)
    B = ew.graph(total, inputs=names).gradient().simplify()
    point = [0.1 * k for k in range(len(names))]
    f = B.compile(target)
    tree = ast.parse(f.source)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called <= {"map", "float", "bool"}
    assert flat(f(*point)[1]) == pytest.approx(B.evaluate(*point).outputs)
    assert f(**dict(zip(names, point, strict=True)))[0] == pytest.approx(f(*point)[0])


def test_long_sources_are_split() -> None:
    x = ew.symbols("x", shape=50)
    e = x[0]
    for k in range(3000):
        e = ew.sin(e) * x[k % 50] + x[(7 * k) % 50]
    B = ew.graph(e).gradient("x")
    f = B.compile("python")
    assert f.source.count("def _part_") > 5
    assert max(len(block.splitlines()) for block in f.source.split("def ")) < 4000
    point = [0.01 * k for k in range(50)]
    assert f(point)[1].tolist() == pytest.approx(list(B.evaluate(point).outputs), rel=1e-9)
    assert max(map(len, f.source.splitlines())) < 200


def test_no_line_grows_with_the_depth() -> None:
    x = ew.symbols("x")
    e = x
    for _ in range(500):
        e = 1 / (1 + e)
    assert max(map(len, ew.graph(e).to_python().splitlines())) < 120


@pytest.mark.parametrize("target", ["python", "numpy"])
def test_arrays_of_mostly_zeros_are_filled_at_the_others(target: str) -> None:
    H = ew.trace(lambda w: (w[1:] * w[:-1] ** 2).sum(), w=20).hessian().simplify()
    f = H.compile(target)
    w = np.linspace(0.5, 1.5, 20)
    assert "_scattered(400, [" in f.source
    assert len(f.source) < 6000
    assert f(w)[2].ravel().tolist() == pytest.approx(list(H.evaluate(w).outputs))


def test_labels_name_variables() -> None:
    source = ew.parse("hidden = tanh(x*w); loss = (hidden - y)**2; loss*1").gradient("w").to_python()
    assert "hidden = math.tanh" in source
    assert "d_loss_d_hidden" in source or "d_out_d_hidden" in source


def test_wrong_arguments_are_refused() -> None:
    f = ew.trace(lambda w, b: (w * b).sum(), w=3, b=()).compile()
    for call in (lambda: f([1, 2], 3), lambda: f([1, 2, 3]), lambda: f([1, 2, 3], 4, 5), lambda: f([1, 2, 3], c=1)):
        with pytest.raises(ew.EdgewiseError):
            call()
    assert f(b=2.0, w=[1, 2, 3]) == 12.0
    with pytest.raises(ew.EdgewiseError, match="math, numpy"):
        ew.parse("x").to_python(target="fortran")
    with pytest.raises(ew.EdgewiseError, match="back end"):
        ew.parse("x").compile("gpu")


def test_compiled_functions_pickle() -> None:
    f = pickle.loads(pickle.dumps(ew.parse("x*y").gradient().compile("python")))
    assert f(2.0, 3.0) == (6.0, (3.0, 2.0))


def test_results_are_nested_as_jax_nests_them() -> None:
    x, y = ew.symbols("x y")
    G = ew.graph([x * y, x + y])
    assert G.jacobian().compile("python")(2.0, 3.0) == ([6.0, 5.0], [(3.0, 2.0), (1.0, 1.0)])
    assert all(type(entry) is float for row in G.jacobian().compile("python")(2.0, 3.0)[1] for entry in row)
    assert "a_bar = " in ew.parse("[a*b, sin(a)*b]").vjp().simplify().to_python()
    assert "out_dot = " in ew.parse("a*b + sin(a)*b").jvp().to_python()
    assert "hvp_a = " in ew.parse("a*b*b + sin(a)").hvp().simplify().to_python()
    assert G.jacobian("x").compile("python")(2.0, 3.0)[1] == [3.0, 1]
    value, gradient, hessian = ew.parse("x*x*y").hessian().compile("python")(2.0, 3.0)
    assert (value, gradient, hessian) == (12.0, (12.0, 4.0), ((6.0, 4.0), (4.0, 0)))
    assert G.tangent("x").compile("python")(2.0, 3.0)[1] == [3.0, 1]
    w = ew.symbols("w", shape=(2, 2))
    value, jacobian = ew.graph(w @ w).jacobian().compile()(np.eye(2))
    assert jacobian.shape == (2, 2, 2, 2)
    named = ew.graph({"a": x, "b": [y]}).compile("python")(1.0, 2.0)
    assert named == {"a": 1.0, "b": [2.0]}


def test_exact_constants_reach_the_source_exactly() -> None:
    assert "x/3" in ew.parse("x/3").to_python()
    assert "math.pi" in ew.parse("pi*x").to_python()
    assert ew.parse("x**(1/3)").compile("python")(8.0) == pytest.approx(2.0)
    assert math.isnan(ew.parse("x**(1/3)").compile("python")(-8.0))  # not a complex number
    assert math.isnan(ew.parse("x**(1/3)").evaluate(x=-8.0).outputs[0])


@given(tapes(operations=(*SMOOTH, *KINKED), max_ops=30))
@settings(max_examples=30, deadline=None)
def test_lines_tell_which_nodes_they_compute(tape: Tape) -> None:
    for program in (ew.Graph(tape).program(), ew.Graph(tape).gradient().program()):
        for target in ("math", "numpy"):
            source = python_source(program, "f", target)
            lines = source.text.splitlines()
            computed = source.computed()
            # Every node is computed in one line, behind the lines of what it is made of.
            place = {node: number for number, nodes in computed.items() for node in nodes}
            assert sorted(place) == sorted(program.order)
            assert len(place) == sum(map(len, computed.values()))
            for node, number in place.items():
                assert all(place.get(j, 0) <= number for j in program.tape.arguments(node))
            assert all(" = " in lines[number - 1] for number in computed)
