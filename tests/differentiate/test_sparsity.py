"""Structural sparsity, and derivatives of which only the structural nonzeros are computed."""

from __future__ import annotations

import pickle
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import edgewise as ew
import oracles
from edgewise.api.graph import Graph
from edgewise.differentiate import hessian_sparsity, jacobian_sparsity, resolve_wrt
from edgewise.errors import DifferentiationError, FormatError, InputError, ShapeError
from edgewise.graph import SPARSE, Builder, Layout, Pattern, Tape
from edgewise.ops import CODE, CONST
from strategies import EVERY, KINKED, SMOOTH, tapes, tapes_with_points
from workload_graphs import workload_graph
from workloads import lennard_jones, rosenbrock


def entries(pattern: Pattern) -> set[tuple[int, int]]:
    return set(zip(pattern.rows.tolist(), pattern.columns.tolist(), strict=True))


def every(tape: Tape) -> Any:
    return resolve_wrt(tape, None)


@st.composite
def growing(draw: Any) -> Tape:
    """A graph of sums, products and exponentials of positive numbers, with sharing: no two derivatives cancel."""
    builder = Builder()
    nodes = [builder.input(f"x{k}") for k in range(draw(st.integers(2, 5)))]
    names = [builder.nodes[n] for n in nodes]
    nodes.append(builder.constant(draw(st.sampled_from([1, 2, 0.5]))))
    for _ in range(draw(st.integers(1, 8))):
        pick = st.sampled_from(nodes)
        kind = draw(st.sampled_from(["add", "mul", "mul", "exp", "square"]))
        if kind == "square":
            nodes.append(builder.add(CODE["power"], [draw(pick)], 2))
        else:
            nodes.append(builder.add(CODE[kind], [draw(pick) for _ in range(1 if kind == "exp" else 2)]))
    outputs = [nodes[-1], *draw(st.lists(st.sampled_from(nodes), max_size=2))]
    inputs = [f"x{k}" for k in range(len(names))]
    return builder.freeze(outputs, Layout.of_tuple([Layout()] * len(outputs)), inputs)[0]


# --- patterns -------------------------------------------------------------------------------------------------------


@given(growing())
@settings(deadline=None, max_examples=80)
def test_patterns_are_exact_where_nothing_cancels(tape: Tape) -> None:
    import sympy as sp

    from edgewise.write.sympy import nodes_to_sympy

    symbols = [sp.Symbol(name) for name in tape.input_names()]
    values = nodes_to_sympy(tape, tape.outputs)
    n = len(symbols)
    slopes = [[sp.diff(value, s) for s in symbols] for value in values]
    expected = {(i, j) for i, row in enumerate(slopes) for j, slope in enumerate(row) if slope != 0}
    assert entries(jacobian_sparsity(tape, every(tape))) == expected
    scalar = Graph(tape).tape if len(tape.outputs) == 1 else None
    if scalar is not None:
        second = {(i, j) for i in range(n) for j in range(n) if sp.diff(slopes[0][i], symbols[j]) != 0}
        assert entries(hessian_sparsity(tape, every(tape))) == second


@given(tapes_with_points(max_ops=8))
@settings(deadline=None, max_examples=40)
def test_no_nonzero_of_sympy_is_missed(case: tuple[Tape, list[float]]) -> None:
    import sympy as sp

    tape, point = case
    function, symbols = oracles.sympy_function(tape, tape.outputs[0])
    at = dict(zip(symbols, map(sp.Rational, point), strict=True))
    jacobian, hessian = (entries(f(tape, every(tape))) for f in (jacobian_sparsity, hessian_sparsity))
    for i, a in enumerate(symbols):
        slope = sp.diff(function, a)
        assert (0, i) in jacobian or abs(slope.evalf(30, subs=at)) < 1e-12
        for j, b in enumerate(symbols[: i + 1]):
            assert {(i, j), (j, i)} <= hessian or abs(sp.diff(slope, b).evalf(30, subs=at)) < 1e-12


@given(tapes(operations=EVERY, max_ops=25, max_outputs=4), st.data())
@settings(deadline=None, max_examples=80)
def test_a_jacobian_pattern_is_reachability_along_edges_with_a_derivative(tape: Tape, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.integers(0, len(tape) - 1), max_size=4))
    assert entries(jacobian_sparsity(tape, resolve_wrt(tape, wanted))) == reachable(tape, wanted)


def reachable(tape: Tape, wanted: list[int]) -> set[tuple[int, int]]:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(tape)))
    zero = {i for i, code, _ in tape.rows() if code == CONST and tape.attrs[i] == 0}
    for i, code, args in tape.rows():  # a multiple of 0 is 0
        name = tape.op_of_code(code).name
        if (name == "mul" and not zero.isdisjoint(args)) or (name in ("div", "neg") and args[0] in zero):
            zero.add(i)
    for edge in tape.edges():
        name, args = tape.op(edge.consumer).name, tape.arguments(edge.consumer)
        flat = name == "power" and tape.attrs[edge.consumer] == 0
        flat |= name in ("mul", "div") and args[1 - edge.position] in zero and (name == "mul" or edge.position == 1)
        if tape.op(edge.consumer).partials[edge.position] is not None and not flat:
            graph.add_edge(edge.parent, edge.consumer)
    above = {j: nx.descendants(graph, j) | {j} for j in set(wanted)}
    return {(m, k) for m, i in enumerate(tape.outputs) for k, j in enumerate(wanted) if i in above[j]}


@pytest.mark.parametrize(("n", "m"), [(700, 130), (130, 700)])
def test_many_words_of_sweeps(n: int, m: int) -> None:
    rng = random.Random(n)
    x = list(ew.symbols("x", shape=n))
    for _ in range(4000):
        a, b = rng.sample(x[-n:], 2)
        x.append(a * b if rng.random() < 0.5 else ew.sin(a) + ew.floor(b))
    G = ew.graph(rng.sample(x[-2 * m :], m))
    assert entries(G.sparsity()) == reachable(G.tape, list(G.tape.inputs))


def test_local_patterns_of_long_graphs_take_memory_in_proportion_to_their_nonzeros() -> None:
    n = 50_000
    x = ew.symbols("x", shape=n)
    pattern = ew.graph(list(x[1:] * x[:-1] + x[1:])).sparsity()
    assert pattern.nnz == 2 * (n - 1)
    assert pattern.shape == (n - 1, n)
    assert (pattern.columns.reshape(-1, 2) == np.arange(n - 1)[:, None] + [0, 1]).all()


def test_only_nonlinear_interactions_are_second_derivatives() -> None:
    def pairs(text: str) -> set[tuple[int, int]]:
        return entries(ew.parse(text, inputs=["x", "y", "z"]).hessian_sparsity())

    assert pairs("x + 2*y - z/3 + abs(x) + max(y, z) + relu(x - y)") == set()
    assert pairs("x*y + z") == {(0, 1), (1, 0)}
    assert pairs("x/y") == {(0, 1), (1, 0), (1, 1)}
    assert pairs("exp(x + y) + z**2") == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)}
    assert pairs("where(x > 0, y*z, x)") == {(1, 2), (2, 1)}


def test_a_structural_zero_is_one_on_both_sides_of_the_diagonal() -> None:
    total = ew.op("total", "x y", value="x + y", partials=["1", "1 + x - x"])
    G = ew.trace(lambda x, y: total(x, y), "x", "y")
    assert G.gradient().sparsity().nnz == 1
    assert G.hessian_sparsity().nnz == 0
    assert G.hessian(sparse="dense", order="sweeps").evaluate(1.0, 2.0).result.tolist() == [[0, 0], [0, 0]]


def test_patterns_as_data_and_as_matrices() -> None:
    pattern = ew.parse("[x*y, z**2, 1, x]").sparsity()
    assert pattern.shape == (4, 3)
    assert (pattern.nnz, pattern.density) == (4, 4 / 12)
    assert (pattern.to_scipy().toarray() == pattern.to_dense()).all()
    assert Pattern.from_data(pattern.to_data()) == pattern
    assert hash(Pattern.from_data(pattern.to_data())) == hash(pattern)
    assert pattern != Pattern.of([0], [0], (4, 3))
    assert Pattern.of([1, 0, 1], [0, 2, 0], (4, 3)).rows.tolist() == [0, 1]
    with pytest.raises(ValueError, match="read-only"):
        pattern.rows[0] = 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        None,
        {"rows": [0], "columns": [0, 1], "shape": [2, 2]},
        {"rows": [2], "columns": [0], "shape": [2, 2]},
        {"rows": [1, 0], "columns": [0, 0], "shape": [2, 2]},
        {"rows": [0, 0], "columns": [1, 1], "shape": [2, 2]},
        {"rows": [0], "columns": [-1], "shape": [2, 2]},
        {"rows": [0], "columns": [0], "shape": [2, 2, 2]},
        {"rows": "a", "columns": [0], "shape": [2, 2]},
    ],
)
def test_data_that_is_no_pattern(data: Any) -> None:
    with pytest.raises(FormatError, match="sparsity pattern"):
        Pattern.from_data(data)


# --- sparse derivatives ---------------------------------------------------------------------------------------------


def as_dense(kind: str, result: Any, shape: tuple[int, int]) -> Any:
    if kind == "scipy":
        assert isinstance(result, sparse.csr_array)
        assert result.has_canonical_format
        return result.toarray()
    if kind == "coo":
        rows, columns, values = result
        matrix = np.zeros(np.shape(values)[:-1] + shape)
        matrix[..., rows, columns] = values
        return matrix
    return result


@given(tapes_with_points(operations=(*SMOOTH, *KINKED), max_ops=20, max_outputs=4), st.data())
@settings(deadline=None, max_examples=60)
def test_sparse_jacobians_are_the_dense_ones(case: tuple[Tape, list[float]], data: st.DataObject) -> None:
    tape, point = case
    graph, shape = Graph(tape), (len(tape.outputs), len(tape.inputs))
    order = data.draw(st.sampled_from(["auto", "forward", "reverse"]))
    expected = np.reshape(graph.jacobian(order=order).evaluate(*point).outputs, shape)
    for kind in SPARSE:
        J = graph.jacobian(order=order, sparse=kind)
        assert len(J.outputs) == graph.sparsity().nnz
        close(as_dense(kind, J.evaluate(*point).result, shape), expected)
        backend = data.draw(st.sampled_from(["python", "numpy"]))
        close(as_dense(kind, J.simplify().compile(backend)(*point)[1], shape), expected)


@pytest.mark.slow
@given(tapes_with_points(operations=(*SMOOTH, *KINKED), max_ops=16), st.data())
@settings(deadline=None, max_examples=80)
def test_sparse_hessians_are_the_dense_ones(case: tuple[Tape, list[float]], data: st.DataObject) -> None:
    tape, point = case
    graph, n = Graph(tape), len(tape.inputs)
    expected = np.reshape(graph.hessian().evaluate(*point).outputs, (n, n))
    for kind in SPARSE:
        H = graph.hessian(sparse=kind, order=data.draw(st.sampled_from(["auto", "sweeps"])))
        close(as_dense(kind, H.evaluate(*point).result, (n, n)), expected)
        value, gradient, hessian = H.simplify().compile(data.draw(st.sampled_from(["python", "numpy"])))(*point)
        assert value == pytest.approx(graph.evaluate(*point).outputs[0], rel=1e-9, abs=1e-9)
        close(np.ravel(gradient), np.ravel(graph.gradient().evaluate(*point).outputs))
        close(as_dense(kind, hessian, (n, n)), expected)


@pytest.mark.parametrize("text", ["asinh(x + 1 + abs(x) + max(x, 3*x))", "cos(hypot(x, y)) + min(x, y)**2"])
def test_a_length_beside_a_selection_has_its_limit(text: str) -> None:
    graph = ew.parse(text)
    zero, n = [0.0] * len(graph.inputs), len(graph.inputs)
    expected = np.reshape(graph.hessian().evaluate(*zero).outputs, (n, n))
    for order in ("auto", "sweeps"):
        found = graph.hessian(sparse="dense", order=order).evaluate(*zero).outputs
        close(np.reshape(found, (n, n)), expected)


def close(values: Any, expected: Any) -> None:
    scale = 1 + np.abs(expected).max(initial=0.0)
    assert np.abs(np.asarray(values) - expected).max(initial=0.0) <= 1e-9 * scale


@given(tapes(max_ops=20))
@settings(deadline=None, max_examples=40)
def test_one_triangle_is_computed_and_the_other_is_its_image(tape: Tape) -> None:
    H = Graph(tape).hessian(sparse=True, order="sweeps")
    pattern = H.tape.layout.pattern
    assert pattern is not None
    node = dict(zip(zip(pattern.rows.tolist(), pattern.columns.tolist()), H.outputs, strict=True))
    assert all(node[j, i] == made for (i, j), made in node.items())
    ledger = H.derivative.ledger
    whole = Graph(tape).hessian(order="sweeps")
    assert len(ledger) <= len(whole.edges)
    # Every edge of every sweep lies on the way to an entry that is asked for: no product is written in vain.
    alive = H.tape.live([n for result in H.returns() for n in result.nodes])
    assert alive[ledger.product].all()


def test_the_triangle_is_cheaper_than_the_whole() -> None:
    G = workload_graph(lennard_jones(3))
    whole = G.gradient().jacobian(order="reverse")
    for half in (G.hessian(sparse=True, order="sweeps"), G.hessian()):
        assert len(half.edges) < len(whole.edges)
        assert half.cost().operations < whole.cost().operations


def test_the_hessian_of_rosenbrock_takes_operations_in_proportion_to_its_size() -> None:
    count = {n: workload_graph(rosenbrock(n)).hessian(sparse=True) for n in (500, 1000)}
    written = {n: H.cost().operations for n, H in count.items()}
    simple = {n: H.simplify().cost().operations for n, H in count.items()}
    assert written[1000] - written[500] == 500 * 41
    assert simple[1000] <= 20 * 1000
    assert simple[1000] - 2 * simple[500] <= 40
    pattern = count[1000].tape.layout.pattern
    assert pattern is not None
    assert pattern.nnz == 3 * 1000 - 2
    n, point = 6, np.array(rosenbrock(6).point())
    small = workload_graph(rosenbrock(n))
    hessian = small.hessian(sparse=True).simplify().compile()(point)[2].toarray()
    diagonal = np.full(n, 0.0)
    diagonal[:-1] += 1200 * point[:-1] ** 2 - 400 * point[1:] + 2
    diagonal[1:] += 200
    exact = np.diag(diagonal) + np.diag(-400 * point[:-1], 1) + np.diag(-400 * point[:-1], -1)
    assert hessian == pytest.approx(exact, rel=1e-12)


def test_nothing_is_computed_for_structural_zeros() -> None:
    x = ew.symbols("x", shape=40)
    J = ew.graph(list(ew.sin(x) * x)).jacobian(sparse="coo")
    assert J.sparsity().nnz == 40
    assert len(J.outputs) == 40
    assert not any(value == 0 for value in J.tape.constants().values())


def test_inner_nodes_groups_and_repeated_names() -> None:
    G = ew.trace(lambda w, b: [np.sum(w[1:] * w[:-1]) * b, b * b], w=4, b=())
    point = {"w": np.array([1.0, 2.0, 3.0, 4.0]), "b": 2.0}
    J = G.jacobian(wrt=["b", "w[2]", "b"], sparse="dense")
    assert J.evaluate(point).result.tolist() == [[20, 12, 20], [4, 0, 4]]
    assert G.jacobian(wrt="w", sparse="dense").simplify().compile()(**point)[1].tolist() == [[4, 8, 12, 6], [0] * 4]
    inner = G.outputs[1]
    assert entries(G.sparsity(wrt=inner)) == {(1, 0)}


def test_batches_of_matrices() -> None:
    G = ew.parse("x*y*z + exp(x)")
    x = np.linspace(0, 1, 5)
    expected = np.array([G.hessian(sparse="dense").evaluate(v, 2.0, 3.0).result for v in x])
    assert expected.shape == (5, 3, 3)
    dense = G.hessian(sparse="dense").compile()(x, 2.0, 3.0)[2]
    assert dense == pytest.approx(expected)
    rows, columns, values = G.hessian(sparse="coo").compile()(x, 2.0, 3.0)[2]
    assert values.shape == (5, 7)
    assert values == pytest.approx(expected[:, rows, columns])
    working = ew.parse("x*y + x*0 + z**2").hessian(sparse="coo").simplify().compile()
    assert working(x, 1.0, 1.0)[2][2].shape == (5, 3)
    for call in (G.hessian(sparse="scipy").compile(), lambda *a: G.hessian(sparse="scipy").evaluate(*a).result):
        with pytest.raises(ShapeError, match="holds numbers"):
            call(x, 2.0, 3.0)


def test_empty_matrices() -> None:
    for kind in SPARSE:
        H = ew.parse("x + y").hessian(sparse=kind).simplify()
        assert as_dense(kind, H.compile()(1.0, 2.0)[2], (2, 2)).tolist() == [[0, 0], [0, 0]]
        J = ew.parse("[1, 2]", inputs=["x"]).jacobian(sparse=kind)
        assert as_dense(kind, J.compile("python")(1.0)[1], (2, 1)).tolist() == [[0], [0]]
        assert as_dense(kind, J.evaluate(1.0).result, (2, 1)).tolist() == [[0], [0]]


def test_what_is_handed_over_cannot_spoil_the_next_call() -> None:
    f = ew.parse("x*y").hessian(sparse="coo").compile()
    with pytest.raises(ValueError, match="read-only"):
        f(1.0, 2.0)[2][0][0] = 7
    g = ew.parse("x*y").hessian(sparse="scipy").compile()
    first = g(1.0, 2.0)[2]
    first.data[:] = 7
    first.indices[:] = 0
    assert g(1.0, 2.0)[2].toarray().tolist() == [[0, 1], [1, 0]]


def test_sparse_matrices_go_everywhere_that_graphs_go() -> None:
    H = ew.parse("x**2*y + exp(z)").hessian(sparse="coo")
    expected = H.evaluate(1.5, 2.0, 0.5).outputs
    layout = H.tape.layout
    for again in (pickle.loads(pickle.dumps(H)), Graph.from_json(H.to_json()), Graph.from_networkx(H.to_networkx())):
        assert again.tape.layout == layout
        assert again.evaluate(1.5, 2.0, 0.5).outputs == expected
    assert str(H.to_sympy()) == "Matrix([[2*y, 2*x, 0], [2*x, 0, 0], [0, 0, exp(z)]])"
    assert str(ew.parse("[x*y, z]").jacobian(sparse=True).to_sympy()) == "Matrix([[y, x, 0], [0, 0, 1]])"
    third = H.jacobian("x").evaluate(1.5, 2.0, 0.5).result
    assert third.tolist() == [0.0, 2.0, 2.0, 0.0]
    assert H.tangent("y").evaluate(1.5, 2.0, 0.5).result[2].tolist() == [2.0, 0.0, 0.0, 0.0]
    source = H.simplify().to_python(name="hessian")
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    rows, columns, values = namespace["hessian"](1.5, 2.0, 0.5)[2]
    assert (rows.tolist(), columns.tolist()) == ([0, 0, 1, 2], [0, 1, 0, 2])
    assert values == pytest.approx(expected)


def _small_model(choose: random.Random) -> tuple[list[Any], list[Any]]:
    """Outputs that share subexpressions and read a few inputs each."""
    x = list(ew.symbols(" ".join(f"x{k}" for k in range(choose.choice([2, 3, 5, 8])))))

    def made(of: list[Any], depth: int) -> Any:
        if not depth:
            return choose.choice(of)
        a, b = made(of, depth - 1), made(of, depth - 1)
        return choose.choice([a * b, a * b, a + b, a - b, ew.sin(a), ew.exp(b), a / (2 + b * b)])

    shared = [made(x, 2) for _ in range(choose.randint(1, 3))]
    return [made(choose.sample(x, 2) + shared, 2) for _ in range(choose.choice([2, 4]))], x


def test_sparse_results_never_take_more_operations_than_dense_ones() -> None:
    choose = random.Random(3)
    for _ in range(40):
        outputs, x = _small_model(choose)
        G, one = ew.graph(outputs, inputs=x), ew.graph(outputs[0] * outputs[1], inputs=x)
        point = np.linspace(0.3, 1.1, len(x))
        dense, coo = G.jacobian().simplify(), G.jacobian(sparse="coo").simplify()
        assert coo.cost().operations <= dense.cost().operations
        whole, few = one.hessian().simplify(), one.hessian(sparse="coo").simplify()
        assert few.cost().operations <= whole.cost().operations
        filled = one.hessian(sparse="dense", order="dense").simplify().evaluate(*point).result
        np.testing.assert_allclose(filled, np.array(whole.evaluate(*point).result, dtype=float), rtol=1e-9, atol=1e-12)
        filled = G.jacobian(sparse="dense", order="markowitz").simplify().evaluate(*point).result
        np.testing.assert_allclose(filled, np.array(dense.evaluate(*point).result, dtype=float), rtol=1e-10, atol=1e-13)


def test_forms_and_orders_that_do_not_exist() -> None:
    G = ew.parse("x*y")
    with pytest.raises(DifferentiationError, match=r"'csr'.*'dense', 'coo', 'scipy'"):
        G.hessian(sparse="csr")
    with pytest.raises(DifferentiationError, match="'rows'"):
        G.jacobian(sparse=True, order="rows")
    with pytest.raises(DifferentiationError, match="'columns'"):
        G.hessian(sparse=True, order="columns")
    with pytest.raises(DifferentiationError, match="no branches"):
        ew.parse("where(x > 0, x*y, y)").hessian(sparse=True, order="push")
    with pytest.raises(InputError, match="is for sparse Hessians"):
        G.hessian(order="push")
    with pytest.raises(DifferentiationError, match="scalar output"):
        ew.parse("[x, y]").hessian_sparsity()
    with pytest.raises(InputError, match="'q' is not an input"):
        G.sparsity("q")


@pytest.mark.peer
def test_sparse_hessians_agree_with_jax() -> None:
    jax = pytest.importorskip("jax", reason="jax is a peer, not a test dependency: pip install jax")
    jax.config.update("jax_enable_x64", True)

    def function(m: Any, w: Any) -> Any:
        return m.sum(m.sin(w[1:] * w[:-1])) + m.tanh(w[0] + w[3]) ** 2 + m.log(1 + w[2] ** 2) / w[5]

    point = np.array([0.4, 1.7, 0.9, 2.3, -0.6, 1.1])
    H = ew.trace(lambda w: function(np, w), w=6).hessian(sparse=True)
    expected = np.asarray(jax.hessian(lambda w: function(jax.numpy, w))(point))
    assert H.simplify().compile()(point)[2].toarray() == pytest.approx(expected, rel=1e-10, abs=1e-13)
    assert (H.base.sparsity().to_dense() == (expected != 0)).all()


@pytest.mark.parametrize(
    "text",
    [
        "m*c**2/sqrt(1 - v**2/c**2)", "(1 + v/c)/sqrt(1 - v**2/c**2)*w", "n*(exp(-p*e*cos(t)/(k*T)) + 1)",
        "q*sqrt(x**2 + y**2)/z", "exp(-((t - s)/g)**2/2)/(sqrt(2*pi)*g)", "a*b/c + c*d/e + tanh(a*e)",
    ],
)  # fmt: skip
def test_sparse_hessians_take_no_more_operations_than_dense_ones(text: str) -> None:
    G = ew.parse(text)
    dense, sparse = G.hessian(), G.hessian(sparse="dense")
    assert sparse.simplify().cost().operations <= dense.simplify().cost().operations
    point = {name: 0.2 if name == "v" else 0.9 - 0.1 * k for k, name in enumerate(G.inputs)}
    wanted, found = (np.array(graph.compile("python")(**point)[2], dtype=float) for graph in (dense, sparse))
    assert found == pytest.approx(wanted, rel=1e-12)
