"""All six comparisons write nodes, in every front end and back end; structure is compared by name."""

import operator
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import InputError, SymbolicBoolError, UnsupportedError
from edgewise.lower import BACKENDS
from edgewise.ops import OPS
from peers import available

COMPARISONS = {
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "eq": operator.eq, "ne": operator.ne,
}  # fmt: skip
POINTS = [(1.0, 5.0), (5.0, 1.0), (2.0, 2.0), (-0.0, 0.0)]


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_comparison_is_a_node_in_every_front_end(name: str) -> None:
    compare = COMPARISONS[name]
    x, y = sp.symbols("x y")
    relation = {"lt": sp.Lt, "le": sp.Le, "gt": sp.Gt, "ge": sp.Ge, "eq": sp.Eq, "ne": sp.Ne}[name](x, y)
    text = ew.parse(f"where(x {OPS[name].symbol} y, 2*x, 3*y)")
    made = [
        text,
        ew.trace(lambda x, y: np.where(compare(x, y), 2 * x, 3 * y)),
        ew.trace(lambda w: np.where(compare(w[:1], w[1:]), 2 * w[:1], 3 * w[1:])[0], w=2),
        ew.graph(sp.Piecewise((2 * x, relation), (3 * y, True)), inputs=["x", "y"]),
        ew.Graph.from_json(text.to_json()),
        ew.Graph.from_networkx(text.to_networkx()),
    ]
    for graph in made:
        for B in (graph.gradient(), graph.gradient().simplify()):
            for a, b in POINTS:
                found = B.evaluate(np.array([a, b])) if graph.parameters[0].shape else B.evaluate(a, b)
                assert np.array(found.result).tolist() == ([2.0, 0.0] if compare(a, b) else [0.0, 3.0])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_comparison_is_a_node_in_every_back_end(backend: str) -> None:
    available(backend)
    G = ew.trace(lambda x, y: sum(10**k * c(x, y) * x for k, c in enumerate(COMPARISONS.values())))
    for f in (G.gradient().compile(backend), G.gradient().simplify().compile(backend)):
        for a, b in POINTS:
            wanted = sum(10**k * compare(a, b) for k, compare in enumerate(COMPARISONS.values()))
            value, gradient = f(a, b)
            assert float(value) == wanted * a
            assert [float(slope) for slope in gradient] == [wanted, 0.0]


@pytest.mark.parametrize("name", COMPARISONS)
def test_comparisons_of_arrays_tensors_lists_and_ufuncs(name: str) -> None:
    compare, data = COMPARISONS[name], np.array([1.0, 2.0, 3.0])
    ufunc = {"lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal}.get(
        name, np.equal if name == "eq" else np.not_equal
    )
    sides: list[Any] = [2, np.float32(2), Fraction(5, 2), np.array([3.0, 2.0, 1.0]), [3, 2, 1], (3.0, 2.0, 1.0)]
    for side in sides:
        right = compare(data, np.asarray(side, dtype=float)) * 1.0
        left = compare(np.asarray(side, dtype=float), data) * 1.0
        for shape in (3, ew.tensor(3)):
            for write, wanted in (
                (lambda w, side=side: compare(w, side) * 1.0, right),
                (lambda w, side=side: compare(side, w) * 1.0, left),
                (lambda w, side=side: ufunc(w, side) * 1.0, right),
            ):
                assert np.array_equal(ew.trace(write, w=shape).compile()(data), wanted)


def test_a_removable_singularity_that_the_user_removes() -> None:
    def sinc(x: Any) -> Any:
        return np.where(x == 0, 1.0, np.sin(x) / x)

    assert ew.grad(sinc)(0.0) == 0.0
    B = ew.trace(lambda x: np.sum(sinc(x)), x=ew.tensor("n")).gradient()
    for made in (B, B.simplify()):
        assert made.compile()(np.array([0.0, 1.0]))[1] == pytest.approx([0.0, np.cos(1) - np.sin(1)])
    assert ew.hessian(sinc)(0.0) == 0.0


def test_truth_among_truths() -> None:
    G = ew.trace(lambda x, y: np.where((x > 0) == True, x, y) + 3 * ((x > 0) != (y > 0)), "x", "y")  # noqa: E712
    for backend in ("python", "numpy", "c", "llvm"):
        for made in (G, G.simplify()):
            assert float(made.compile(backend)(2.0, -7.0)) == 5.0
            assert float(made.compile(backend)(-2.0, -7.0)) == -7.0


TRUTHS: list[Callable[[Any, Any], Any]] = [
    lambda x, y: 2 * x if x == y else x * y,
    lambda x, y: 2 * x if x != y else x * y,
    lambda x, y: x in (0, 1),
    lambda x, y: x in [y],
    lambda x, y: [y].index(x),
    lambda x, y: 0 < x < y,
    lambda x, y: x == 0 or y,
    lambda x, y: not x == y,  # noqa: SIM201
    lambda x, y: (x, y) == (y, x),
]


@pytest.mark.parametrize("write", TRUTHS)
@pytest.mark.parametrize("shape", [None, ew.tensor()])
def test_truth_is_refused_with_the_line_that_asks(write: Any, shape: Any) -> None:
    with pytest.raises(SymbolicBoolError, match=rf"test_comparisons\.py:{write.__code__.co_firstlineno}.*where"):
        ew.trace(write, "x", "y") if shape is None else ew.trace(write, x=shape, y=shape)
    with pytest.raises(SymbolicBoolError, match=rf"test_comparisons\.py:{write.__code__.co_firstlineno}"):
        write(*ew.symbols("x y"))


def test_what_is_no_number_is_never_equal_and_never_silently_so() -> None:
    x, _ = ew.symbols("x y")
    for other in (None, "x", b"x", ..., {}, set(), int, len, lambda: 0):
        for handle in (x, ew.tensor("n", name="T")):
            assert (handle == other) is False
            assert (handle != other) is True
            assert (other == handle) is False
    assert (ew.symbols("w", shape=2) == None).tolist() == [False, False]  # noqa: E711
    for odd in (object(), 1j, sp.Symbol("x")):
        with pytest.raises(UnsupportedError):
            _ = x == odd


def test_handles_are_keys_by_identity() -> None:
    x, y = ew.symbols("x y")
    nodes = [x + k for k in range(2000)]
    places = {node: k for k, node in enumerate(nodes)}
    assert [places[node] for node in nodes] == list(range(2000))
    assert x not in {y}
    assert len({x, x, y}) == 2


SAME: list[tuple[Callable[..., Any], Callable[..., Any], bool]] = [
    (lambda x, y: x * y + x * y, lambda x, y: (lambda p: p + p)(x * y), True),
    (lambda x, y: x + y, lambda x, y: y + x, False),
    (lambda x, y: x**2, lambda x, y: x**2.0, True),  # a whole exponent is a whole number
    (lambda x, y: x * 2, lambda x, y: x * 2.0, False),
    (lambda x, y: x * True, lambda x, y: x * 1, False),
    (lambda x, y: x * 0.0, lambda x, y: x * -0.0, False),
    (lambda x, y: x**3, lambda x, y: x**2, False),
    (lambda x, y: [x, (y, 1)], lambda x, y: [x, (y, 1)], True),
    (lambda x, y: [x, y], lambda x, y: (x, y), False),
    (lambda x, y: {"a": x}, lambda x, y: {"b": x}, False),
    (lambda x, y: ew.polygamma(2, x), lambda x, y: ew.polygamma(1, x), False),
    (lambda x, y: ew.sin(x), lambda x, y: ew.sin(y), False),
]


@pytest.mark.parametrize(("one", "two", "wanted"), SAME)
def test_same_compares_structure_up_to_sharing(one: Any, two: Any, wanted: bool) -> None:
    for share in (False, True):
        a, b = one(*ew.symbols("x y")), two(*ew.symbols("y x", share=share)[::-1])
        assert ew.same(a, b) is wanted
        assert ew.same(b, a) is wanted
        G, H = (ew.graph(value, inputs=["x", "y"]) for value in (a, b))
        assert (G == H) is wanted
        assert (pickle.loads(pickle.dumps(G)) == H) is wanted


def test_graphs_are_equal_whatever_the_numbering() -> None:
    G, H = ew.parse("a = sin(x); b = cos(y); a*b"), ew.parse("b = cos(y); a = sin(x); a*b", inputs=["x", "y"])
    assert G == H
    assert ew.parse("sin(x)*cos(y)", inputs=["y", "x"]) != G
    assert ew.parse("sin(x)*cos(y)", inputs=["x", "y", "z"]) != G
    assert G.gradient() != G
    assert G.gradient() == H.gradient()
    assert G.gradient() == pickle.loads(pickle.dumps(H.gradient()))
    assert G.gradient("x") != G.gradient("y")
    T = ew.parse("sum(X @ w)", shapes="X: n,d; w: d")
    assert ew.Graph.from_json(T.to_json()) == T
    assert ew.parse("sum(X @ w)", shapes="X: m,d; w: d") != T
    x = ew.symbols("x")
    sech = ew.op("gdf", value="1/cosh(x)", partials="-out*tanh(x)")
    flat = ew.op("gdf", value="1/cosh(x)", partials=[None])
    assert ew.graph(sech(x)) == pickle.loads(pickle.dumps(ew.graph(sech(x))))
    assert ew.graph(sech(x)) != ew.graph(flat(x))
    with pytest.raises(InputError, match="two graphs"):
        G.equals([3])


def test_same_is_linear_and_does_not_recurse() -> None:
    ends = []
    for _ in range(2):
        node = ew.symbols("x")
        for _ in range(2000):  # as a tree it has 2^2000 leaves
            node = ew.sin(node) * node
        ends.append(node)
    assert ew.same(*ends)
    assert not ew.same(ends[0], ends[1] * 2)
    assert ew.graph(ends[0]) == ew.graph(ends[1])
