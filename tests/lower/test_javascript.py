"""JavaScript under Node: the interpreter's values at ordinary and special points, in every layout, under any name."""

from __future__ import annotations

import math
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import EdgewiseError, LoweringError
from edgewise.graph import Tape
from edgewise.lower import js_operations
from edgewise.ops import OPS
from lower.node import NODE, needs_node, run
from lower.test_one_answer import ALL, differences, points, together
from rows import REFUSED, SCIPYS
from strategies import KINKED, SMOOTH, tapes_with_points

GOLDEN = Path(__file__).parent.parent / "golden"
EXAMPLES = {
    "readme": ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient().simplify(),
    "branches": ew.parse("where(x > 0, sqrt(x), 0)*y").gradient().simplify(),
    "group": ew.trace(lambda w, b: [np.tanh(w @ w) + b, w[0] * b], w=3, b=()).jacobian().simplify(),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_files(name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.js.txt"
    text = EXAMPLES[name].to_js()
    if request.config.getoption("--update"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert text == EXAMPLES[name].to_js()


def flat(value: Any) -> list[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(value)]


def plain(value: Any) -> Any:
    """A result of Python's as JavaScript has it: arrays for tuples."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value


# --- every operation ----------------------------------------------------------------------------------------------


def rows_of(arity: int) -> list[Any]:
    return [row for row in ALL if row[0].arity == arity and row[0].name not in SCIPYS]


@needs_node
def test_every_operation_has_the_interpreters_answer(tmp_path: Path) -> None:
    """All rows of the table, in a function of a module and as the arrow functions of a page."""
    at = {arity: points(arity) for arity in (1, 2, 3)}
    calls = [(together(rows_of(arity)).to_js(), "f", at[arity]) for arity in at]
    for arity in at:
        arrows = (
            f"const all = {js_operations(rows_of(arity))};\nexport const f = (...args) => all.map(f => f(...args));"
        )
        calls.append((arrows, "f", at[arity]))
    wrong = []
    for arity, found in zip([1, 2, 3, 1, 2, 3], run(tmp_path, calls), strict=True):
        columns = [np.array(column) for column in zip(*at[arity], strict=True)]
        with np.errstate(all="ignore"):
            expected = Graph(together(rows_of(arity)).tape).evaluate(*columns).outputs
        for (op, parameter), got, wanted in zip(rows_of(arity), np.array(found).T, expected, strict=True):
            whole = np.broadcast_to(np.asarray(wanted, dtype=float), len(columns[0]))
            wrong += differences(op, parameter, got, whole, 1e-13)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@needs_node
def test_every_derivative_has_the_interpreters_answer(tmp_path: Path) -> None:
    """Jacobians of all rows, as they are written and simplified, and Jacobians of these."""
    mesh = {1: points(1), 2: points(2)[::7], 3: points(3)[::13]}
    cases = []
    for arity in mesh:
        for row in [row for row in rows_of(arity) if row[0].name not in REFUSED]:
            first = together([row]).jacobian()
            second = [Graph(first.tape).jacobian()] if arity < 3 else []
            cases += [(row, mesh[arity], graph) for graph in (first, first.simplify(), *second)]
    wrong = []
    for ((op, parameter), at, graph), found in zip(
        cases, run(tmp_path, [(graph.to_js(), "f", at) for _, at, graph in cases]), strict=True
    ):
        columns = [np.array(column) for column in zip(*at, strict=True)]
        with np.errstate(all="ignore"):
            values = graph.evaluate(*columns).values
        nodes = [node for result in graph.returns() for node in result.nodes]
        wanted = np.array([np.broadcast_to(np.asarray(values[node], dtype=float), len(at)) for node in nodes])
        got = np.array([flat(result) for result in found]).T
        near = np.isclose(got, wanted, rtol=1e-11, atol=1e-300, equal_nan=True)
        if op.name in ("lgamma", "digamma", "polygamma"):  # outside the domain SciPy has few digits
            near |= (columns[0] < 0) & (np.isfinite(got) == np.isfinite(wanted))
        bad = np.argwhere(~near)[:3].tolist()
        wrong += [f"{op.name}({parameter}) at {at[k]}: {got[n, k]} and {wanted[n, k]}" for n, k in bad]
    assert not wrong, "\n".join(wrong)


def test_what_it_has_not_is_refused_by_name() -> None:
    with pytest.raises(LoweringError, match=r"JavaScript has no function for the operation 'polygamma' of order 101"):
        ew.parse("polygamma(101, x)").to_js()
    twice = ew.op("twice", "x", value=lambda x: 2 * x, partials="2")
    with pytest.raises(LoweringError, match=r"'twice' of out is a NumPy function, which JavaScript cannot call"):
        ew.graph(twice(ew.symbols("x"))).to_js()
    with pytest.raises(LoweringError, match='sparse="coo"'):
        ew.parse("[x*y, sin(x), z]").jacobian(sparse="scipy").to_js()
    with pytest.raises(LoweringError, match="largest double"):
        ew.graph(ew.symbols("x") * 10**400).to_js()
    with pytest.raises(EdgewiseError, match="n="):
        ew.parse("x @ x", shapes="x: n").to_js()


# --- whole graphs -------------------------------------------------------------------------------------------------

GRAPHS = {
    "a gradient": (lambda: ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient().simplify(), (0.3, 0.7)),
    "a Hessian": (lambda: ew.parse("x*exp(x*y) + y**2.5").hessian().simplify(), (0.3, 0.7)),
    "a Jacobian": (lambda: ew.parse("[x*y, sin(x), x/y]").jacobian(), (0.3, 0.7)),
    "of groups": (
        lambda: ew.trace(lambda w, A, b: [np.tanh(A @ w) + b, w[0] * b], w=2, A=(3, 2), b=()).jacobian(),
        ([0.3, -0.2], [[1.0, 2.0], [0.5, -1.5], [3.0, 0.0]], 0.9),
    ),
    "in a dictionary": (
        lambda: ew.graph({"__proto__": ew.symbols("x") * 2, "</script>": [ew.symbols("x")], 'a"b': 3}).jacobian(),
        (1.5,),
    ),
    "one result": (lambda: ew.parse("x*y"), (2.0, 3.0)),
    "truth": (lambda: ew.parse("[x < y, (x < y) + (y > 0), (x < y) == 1, not x, (x and y)*2, x or y]"), (2.0, 0.0)),
    "numbers as conditions": (lambda: ew.parse("where(3*x, y, 1) + where(x < y, x > 0, y) + where(1 > 0, x, y)"),
                              (-1.0, math.nan)),
    "constants": (lambda: ew.parse("[1, pi, e, 1/3, -2.5e-7, x*inf, -0.0, 2**0.5]", inputs=["x"]).jacobian(), (-1.0,)),
    "no inputs": (lambda: ew.parse("[1, pi]"), ()),
    "signs": (lambda: ew.parse("-(x % y) - -x**3/-y - (-x)**2 + x*-y - (x - -y)"), (2.5, -0.7)),
    "powers": (lambda: ew.parse("[x**inf, x**-inf, y**inf, (-x)**inf, x**(1/3), x**-1, y**0, (x*y)**2, (x*y)**3]"),
               (1.0, 0.7)),
    "a sparse matrix": (lambda: ew.parse("[x*y, sin(x), z]").jacobian(sparse="coo"), (0.3, 0.7, 0.1)),
    "a matrix filled in": (
        lambda: ew.graph([s * 3 for s in ew.symbols(" ".join(f"x{k}" for k in range(30)))]).jacobian(sparse="dense"),
        tuple(range(30)),
    ),
    "a vector function": (lambda: ew.parse("sum(x*x)*x", shapes="x: 3").scalarize().jacobian(), ([0.1, 0.2, 0.3],)),
}  # fmt: skip


@needs_node
def test_graphs_of_every_kind(tmp_path: Path) -> None:
    graphs = {name: (make(), point) for name, (make, point) in GRAPHS.items()}
    found = run(tmp_path, [(graph.to_js(), "f", [point]) for graph, point in graphs.values()])
    for (name, (graph, point)), (got,) in zip(graphs.items(), found, strict=True):
        wanted = plain(graph.compile("numpy")(*point))
        np.testing.assert_allclose(flat(got), flat(wanted), rtol=1e-13, err_msg=name)
        assert shape(got) == shape(wanted), name


def shape(value: Any) -> Any:
    """The nesting of a result."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else ()


@pytest.mark.slow
@needs_node
@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED, "div", "sqrt", "exp", "log", "hypot"), max_outputs=2))
@settings(deadline=None, max_examples=25)
def test_random_graphs(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    graphs = [Graph(tape).jacobian(), Graph(tape).jacobian().simplify()]
    with TemporaryDirectory() as folder:
        found = run(Path(folder), [(graph.to_js(), "f", [point]) for graph in graphs])
    for graph, (got,) in zip(graphs, found, strict=True):
        run_of = graph.evaluate(*point)
        expected = np.array([run_of.values[node] for result in graph.returns() for node in result.nodes], dtype=float)
        finite = np.isfinite(expected) & (abs(expected) < 1e12)
        assert np.array(flat(got))[finite] == pytest.approx(expected[finite], rel=1e-10, abs=1e-10)


@needs_node
def test_shapes_of_tensors_get_numbers(tmp_path: Path) -> None:
    B = ew.parse("x @ A @ x", shapes="x: n; A: n,n").gradient("x")
    ((got,),) = run(tmp_path, [(B.to_js(n=2), "f", [([1.0, 2.0], [[1.0, 0.0], [0.0, 3.0]])])])
    assert got == [13.0, [2.0, 12.0]]


@needs_node
def test_any_name_is_survived(tmp_path: Path) -> None:
    names = """var await arguments Math NaN undefined v ew_max function let θ \\theta_{1} π Float64Array x_1 yield
    static constructor __proto__ eval v1 f this enum""".split()
    symbols = [ew.symbols(name) for name in names]
    G = ew.graph(sum((k + 1) * ew.sin(s) + ew.relu(s) for k, s in enumerate(symbols))).gradient()
    values = [0.1 * k + 0.05 for k in range(len(symbols))]
    calls = [(G.to_js(name), found, [values]) for name, found in (("f", "f"), ("delete", "delete_2"), ("ε", "epsilon"))]
    for ((_, gradient),) in run(tmp_path, calls):
        assert gradient == pytest.approx([(k + 1) * math.cos(v) + 1 for k, v in enumerate(values)])


@needs_node
def test_a_script_keeps_what_it_brings_along_to_itself(tmp_path: Path) -> None:
    """Two functions in one script, each with functions of its own."""
    one, two = ew.parse("relu(x)*x % 3").to_js("one", module=False), ew.parse("max(x, 2)").to_js("two", module=False)
    plain_one = ew.parse("x*x").to_js("three", module=False)
    assert "export" not in one + two + plain_one and plain_one.startswith("/**")
    (tmp_path / "s.js").write_text(f"{one}{two}{plain_one}console.log(one(2.5), two(1), three(3), typeof ew_max);")
    assert NODE is not None
    done = subprocess.run([NODE, "s.js"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0.25", "2", "9", "undefined"]


@pytest.mark.slow
@needs_node
def test_a_large_graph_is_cut_into_functions(tmp_path: Path) -> None:
    """10^5 operations: Node takes them, and the values are NumPy's."""
    n = 12_000
    x = ew.symbols("x", shape=n)
    S = ew.graph(sum(ew.sin(x[k] * x[k + 1]) * x[k] for k in range(n - 1))).gradient()
    assert S.program().operations > 100_000
    text = S.to_js()
    assert text.count("function ew_part_") > 50 and max(map(len, text.splitlines())) < 400
    point = np.linspace(-1, 1, n)
    ((got,),) = run(tmp_path, [(text, "f", [[point]])])
    value = math.fsum(np.sin(point[:-1] * point[1:]) * point[:-1])
    cosine = np.cos(point[:-1] * point[1:]) * point[:-1]
    slope = np.append(np.sin(point[:-1] * point[1:]) + cosine * point[1:], 0.0)
    slope[1:] += cosine * point[:-1]
    assert got[0] == pytest.approx(value, abs=1e-9)
    np.testing.assert_allclose(got[1], slope, rtol=1e-12, atol=1e-15)


def test_formulas_in_comments_and_keys_end_no_script() -> None:
    x = ew.symbols("x")
    text = ew.graph({"</script><!--": x * 2}).to_js()
    assert "</" not in text and "<!" not in text and "\\u003c/script>" in text


def test_js_operations_of_a_formula_are_one_function() -> None:
    softsign = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    assert js_operations([(softsign.op, None), (OPS["add"], None)]).count("=>") == 2
