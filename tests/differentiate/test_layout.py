"""How derivatives are nested: [output][input], whatever container the outputs came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew

x, y = sp.symbols("x y")
AT = (2.0, 3.0)
ENTRIES = [x * y, x**2, y**3]
TRUE = [[3.0, 2.0], [4.0, 0.0], [0.0, 27.0]]
ORDERS: list[dict[str, Any]] = [{"order": order} for order in ("forward", "reverse", "markowitz", "auto")]
SIX = [[ENTRIES, ENTRIES[::-1]]]

CONTAINERS: dict[str, tuple[Any, tuple[int, ...], tuple[int, ...]]] = {
    "column": (sp.Matrix(ENTRIES), (3, 1), (3, 2)),
    "row": (sp.Matrix([ENTRIES]), (1, 3), (3, 2)),
    "immutable": (sp.ImmutableMatrix(ENTRIES), (3, 1), (3, 2)),
    "sparse matrix": (sp.SparseMatrix(ENTRIES), (3, 1), (3, 2)),
    "array": (np.array(ENTRIES), (3,), (3, 2)),
    "sympy array": (sp.Array(ENTRIES), (3,), (3, 2)),
    "list": (ENTRIES, (3,), (3, 2)),
    "tuple": (tuple(ENTRIES), (3,), (3, 2)),
    "sympy tuple": (sp.Tuple(*ENTRIES), (3,), (3, 2)),
    "matrix": (sp.Matrix(SIX[0]), (2, 3), (2, 3, 2)),
    "square array": (np.array(SIX[0]), (2, 3), (2, 3, 2)),
    "rank 3": (sp.Array(SIX), (1, 2, 3), (1, 2, 3, 2)),
    "list of rows": (SIX[0], (2, 3), (2, 3, 2)),
    "list of columns": ([sp.Matrix(row) for row in SIX[0]], (2, 3, 1), (2, 3, 2)),
    "one entry": (sp.Matrix([x * y]), (1, 1), (1, 2)),
}


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order["order"])
@pytest.mark.parametrize("name", CONTAINERS)
def test_jacobians_are_output_by_input_in_every_container(name: str, order: dict[str, Any]) -> None:
    outputs, own, nested = CONTAINERS[name]
    J = ew.graph(outputs, inputs=["x", "y"]).jacobian(**order)
    entries = sp.flatten(np.array(outputs))
    flat = [float(entry.subs({x: 2, y: 3})) for entry in entries]
    truth = [[float(entry.diff(v).subs({x: 2, y: 3})) for v in (x, y)] for entry in entries]
    for graph in (J, J.simplify()):
        for backend in ("python", "numpy"):
            value, jacobian = graph.compile(backend)(*AT)
            assert np.shape(value) == own and np.shape(jacobian) == nested
            assert np.ravel(value).tolist() == flat
            assert np.reshape(jacobian, (-1, 2)).tolist() == truth
    value, jacobian = J.compile("llvm")(np.full(4, 2.0), np.full(4, 3.0))
    if isinstance(jacobian, np.ndarray):
        assert jacobian.shape == (4, *nested) and np.reshape(jacobian, (4, -1, 2))[3].tolist() == truth
    assert np.shape(J.evaluate(*AT).result) == nested


def test_the_listed_values() -> None:
    for outputs in (sp.Matrix(ENTRIES), sp.Matrix([ENTRIES]), np.array(ENTRIES), sp.Array(ENTRIES)):
        assert ew.graph(outputs).jacobian().compile()(*AT)[1].tolist() == TRUE
    traced = ew.trace(lambda x, y: np.array([x * y, x**2, y**3]), "x", "y")
    assert traced.jacobian().compile()(*AT)[1].tolist() == TRUE
    named = ew.graph({"a": sp.Matrix(ENTRIES), "b": (ENTRIES[0], 1)}).jacobian().compile()(*AT)[1]
    assert named["a"].tolist() == TRUE and named["b"] == ((3.0, 2.0), (0.0, 0.0))


def test_one_input_adds_no_axis() -> None:
    for outputs, shape in ((sp.Matrix(ENTRIES), (3, 1)), (sp.Matrix([ENTRIES]), (1, 3)), (np.array(ENTRIES), (3,))):
        G = ew.graph(outputs)
        for B in (G.tangent("y"), G.jacobian("y"), G.jacobian(["y"], "reverse")):
            derivative = B.compile()(*AT)[1]
            assert derivative.shape == shape and derivative.ravel().tolist() == [2.0, 0.0, 27.0]


PRODUCTS: list[tuple[str, Callable[[Any], Any]]] = [
    ("jvp", lambda G: G.jvp().compile()(*AT, 1.0, 10.0)[1]),
    ("tangent", lambda G: G.tangent("x").compile()(*AT)[1]),
]


@pytest.mark.parametrize("name", CONTAINERS)
def test_products_and_tangents_have_the_outputs_own_shape(name: str) -> None:
    outputs, own, _ = CONTAINERS[name]
    G = ew.graph(outputs, inputs=["x", "y"])
    for _, make in PRODUCTS:
        assert np.shape(make(G)) == own
    J = np.reshape(G.jacobian().compile()(*AT)[1], (-1, 2))
    assert np.ravel(PRODUCTS[0][1](G)).tolist() == (J @ [1.0, 10.0]).tolist()
    bar = np.arange(1.0, 1 + len(J))
    shape = own if G.tape.layout.kind == "array" else (len(J),)
    assert G.vjp().compile()(*AT, bar.reshape(shape))[1] == pytest.approx(tuple(bar @ J))


@pytest.mark.parametrize("kind", ["dense", "coo", "scipy"])
@pytest.mark.parametrize("name", CONTAINERS)
def test_sparse_jacobians_are_flat_output_by_flat_input(name: str, kind: str) -> None:
    G = ew.graph(CONTAINERS[name][0], inputs=["x", "y"])
    dense = np.reshape(G.jacobian().compile()(*AT)[1], (-1, 2))
    found = G.jacobian(sparse=kind).compile()(*AT)[1]
    if kind == "coo":
        rows, columns, values = found
        found = np.zeros_like(dense)
        found[rows, columns] = values
    assert np.array_equal(found.toarray() if kind == "scipy" else found, dense)


def test_groups_stay_apart_as_in_jax() -> None:
    def function(x: Any, w: Any) -> Any:
        return np.array([x * w[0], x * x, w[0] * w[1]])

    G = ew.trace(function, x=(), w=2)
    in_x, in_w = G.jacobian().compile()(2.0, [3.0, 5.0])[1]
    assert in_x.tolist() == [3, 4, 0] and in_w.tolist() == [[2, 0], [0, 0], [5, 3]]
    # Entries of a group are scalars.
    for wrt in (["x", "w[0]"], ["w[0]", "x"]):
        columns = {"x": [3, 4, 0], "w[0]": [2, 0, 5]}
        found = G.jacobian(wrt).compile()(2.0, [3.0, 5.0])[1]
        assert found.T.tolist() == [columns[name] for name in wrt]


@pytest.mark.parametrize("order", ["forward", "reverse"])
def test_tensors_in_several_scalars(order: str) -> None:
    n = sp.Symbol("n")
    A, b = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("b", n, 1)
    at = {"A": np.array([[2.0, 1.0], [0.0, 3.0]]), "b": np.array([[5.0], [7.0]]), "x": 2.0, "y": 3.0}
    column = ew.graph(x * A * b + y**2 * b)
    for B in (column.jacobian(["x", "y"], order), column.jacobian(["x", "y"], order).simplify()):
        value, jacobian = B.compile("numpy")(**at)
        assert value.shape == (2, 1)
        assert jacobian.tolist() == [[17.0, 30.0], [21.0, 42.0]]
    square = ew.graph(x * A + y * A.T).jacobian(["y", "x"], order).evaluate({k: at[k] for k in "Axy"}).result
    assert square.tolist() == np.stack([at["A"].T, at["A"]], -1).tolist()
    mixed = column.jacobian(["x", "b"], order).evaluate(at).result
    assert [part.shape for part in mixed] == [(2, 1), (2, 1, 2, 1)]


def test_a_matrix_of_one_entry_has_a_gradient_and_a_hessian() -> None:
    G = ew.graph(sp.Matrix([[x * y**2]]))
    value, gradient, hessian = G.hessian().compile()(*AT)
    assert value.shape == (1, 1) and gradient == (9.0, 12.0) and hessian == ((0.0, 6.0), (6.0, 4.0))
    assert G.gradient().compile()(*AT)[1] == (9.0, 12.0)
    n = sp.Symbol("n")
    A, b = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("b", n, 1)
    K, u = np.array([[2.0, 1.0], [0.0, 3.0]]), np.array([[5.0], [7.0]])
    for B in (ew.graph(b.T * A * b).hessian("b"), ew.graph(b.T * A * b).hessian("b").simplify()):
        value, gradient, hessian = B.compile("numpy")(A=K, b=u)
        assert value.shape == (1, 1) and gradient == pytest.approx((K + K.T) @ u)
        assert hessian[:, 0, :, 0] == pytest.approx(K + K.T)
    with pytest.raises(ew.EdgewiseError, match="jacobian"):
        ew.graph(sp.Matrix([x, y])).gradient()
