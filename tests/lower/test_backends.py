"""One test for every back end: each operation, the special points, random graphs, and what is refused."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import LoweringError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Tape
from edgewise.lower.backends import BACKENDS
from edgewise.lower.python.compiled_library import LARGEST
from edgewise.ops import Op
from ops.test_conventions import MORE_UNSELECTED, POINTS, SECOND, UNSELECTED
from peers import LIBRARIES, available
from quickly import one_in
from rows import CASES, JAXS, SCIPYS, row_tape, sample
from strategies import KINKED, SMOOTH, tapes_with_points

EACH = [pytest.param(name, marks=pytest.mark.peer if name in LIBRARIES else ()) for name in BACKENDS]
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.0, 1e300, -1e300, 710.0, math.inf, -math.inf, math.nan)

LOOSE = {("cbrt", "torch"): 1e-14}
"""The accuracy of a library's own functions where it is less than 3e-12."""


def flat(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(np.asarray(value))]


def missing(backend: str) -> frozenset[str]:
    """The operations that a back end refuses."""
    if backend in ("numpy", "llvm"):
        return frozenset()
    return SCIPYS - JAXS if backend == "jax" else SCIPYS


def reference(tape: Tape, columns: list[Any]) -> Any:
    with np.errstate(all="ignore"):
        return np.asarray(forward_propagation(tape, columns).outputs[0], dtype=float)


@pytest.mark.parametrize("backend", EACH)
@pytest.mark.parametrize(("op", "parameter"), one_in(2, CASES), ids=lambda value: getattr(value, "name", str(value)))
def test_every_operation(op: Op, parameter: Any, backend: str) -> None:
    available(backend)
    tape = row_tape(op, parameter)
    if op.name in missing(backend):
        with pytest.raises(LoweringError, match=f"has no function for the operation '{op.name}'"):
            Graph(tape).compile(backend)
        return
    points = sample(op, parameter)
    if backend not in LIBRARIES:
        axis = SPECIAL if op.arity < 3 else SPECIAL[::3]
        points = [*points, *itertools.product(axis, repeat=op.arity)]
    if op.name in ("sin", "cos", "tan", "mod", "gamma", "lgamma", "digamma", "polygamma"):
        points = [p for p in points if not any(1e100 < abs(x) < math.inf for x in p)]
    columns = [np.array(column, dtype=float) for column in zip(*points, strict=True)]
    expected = np.broadcast_to(reference(tape, columns), len(points))
    with np.errstate(all="ignore"):
        f = Graph(tape).compile(backend)
        if backend == "python":  # floats one by one
            got = np.array([f(*point) for point in points])
        else:
            got = np.broadcast_to(np.asarray(f(*columns), dtype=float), len(points))
    inside = np.isfinite(expected) if backend in LIBRARIES else np.full(len(points), True)
    relative = LOOSE.get((op.name, backend), 3e-12)
    np.testing.assert_allclose(got[inside], expected[inside], rtol=relative, atol=1e-14)


# formula, point, order of the derivative, its exact value
TABLE_OF_POINTS = [
    *((formula, point, 1, list(gradient)) for formula, point, gradient in POINTS),
    *((formula, {"x": x}, 1, [first]) for formula, x, first, _ in (*UNSELECTED, *MORE_UNSELECTED)),
    *((formula, {"x": x}, 2, [second]) for formula, x, _, second in (*UNSELECTED, *MORE_UNSELECTED)),
    *((formula, point, 2, list(hessian)) for formula, point, hessian in SECOND),
]


@pytest.mark.parametrize("backend", EACH)
@pytest.mark.parametrize(("formula", "point", "order", "expected"), one_in(3, TABLE_OF_POINTS))
def test_conventions_at_special_points(
    formula: str, point: dict[str, float], order: int, expected: list[float], backend: str
) -> None:
    available(backend)
    G = ew.parse(formula, inputs=list(point))
    derivative = (G.gradient() if order == 1 else G.hessian()).simplify()
    if {G.op(node) for node in range(len(G))} & missing(backend):
        with pytest.raises(LoweringError, match="has no function"):
            derivative.compile(backend)
        return
    with np.errstate(all="ignore"):
        got = flat(derivative.compile(backend)(**point))[-len(expected) :]
    np.testing.assert_allclose(got, expected, rtol=1e-15, atol=0)


@pytest.mark.slow
@pytest.mark.parametrize("backend", EACH)
@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED, "div", "where"), max_outputs=2, max_ops=14))
@settings(deadline=None, max_examples=15)
def test_random_graphs_and_their_derivatives(backend: str, case: tuple[Tape, list[float]]) -> None:
    available(backend)
    tape, point = case
    J = Graph(tape).jacobian().simplify()
    with np.errstate(all="ignore"):
        run = forward_propagation(J.tape, point)
        got = flat(J.compile(backend)(*point))
    expected = [float(run.values[n]) for r in J.returns() for n in r.nodes]
    size = max([1.0, *(abs(v) for v in expected if math.isfinite(v))])
    tolerance = 1e-11 if backend in LIBRARIES else 1e-12
    assert got == pytest.approx(expected, rel=tolerance, abs=tolerance * size, nan_ok=True)


@pytest.mark.parametrize("backend", EACH)
def test_groups_nesting_and_names(backend: str) -> None:
    available(backend)
    w, b = ew.symbols("w", shape=(2, 2)), ew.symbols("b")
    S = ew.graph({"loss": ew.tanh(w[0, 0] * b + w[1, 1]) * w[0, 1], "rest": [w[1, 0], b]}).jacobian().simplify()
    point = np.array([[0.1, 0.2], [0.3, 0.4]])
    expected = S.evaluate(w=point, b=0.5)
    got = S.compile(backend, name="layer")(b=0.5, w=point)
    values = [expected.values[n] for r in S.returns() for n in r.nodes]
    assert flat_all(got) == pytest.approx(values, rel=1e-13)


def flat_all(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [x for item in value.values() for x in flat_all(item)]
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat_all(item)]
    return flat(value)


@pytest.mark.parametrize("kind", ["coo", "dense", "scipy"])
@pytest.mark.parametrize("backend", EACH)
def test_sparse_matrices(backend: str, kind: str) -> None:
    available(backend)
    J = ew.parse("[x*y, sin(x), z]").jacobian(sparse=kind).simplify()
    if backend in LIBRARIES and kind != "coo":
        with pytest.raises(LoweringError, match='sparse="coo"'):
            J.compile(backend)
        return
    matrix = J.compile(backend)(0.5, 2.0, 1.0)[1]
    if kind == "coo":
        rows, columns, values = (np.asarray(part) for part in matrix)
        matrix = np.zeros((3, 3))
        matrix[rows.astype(int), columns.astype(int)] = values
    elif kind == "scipy":
        matrix = matrix.toarray()
    np.testing.assert_allclose(matrix, [[2.0, 0.5, 0.0], [math.cos(0.5), 0.0, 0.0], [0.0, 0.0, 1.0]], rtol=1e-15)


@pytest.mark.parametrize("backend", EACH)
def test_functions_of_the_user(backend: str) -> None:
    available(backend)
    twice = ew.op("twice_of_numpy", "x", value=lambda x: np.multiply(x, 2.0), partials="2")
    G = ew.graph(twice(ew.symbols("x")))
    if backend in ("llvm", "numpy", "python"):
        assert float(G.compile(backend)(1.5)) == 3.0
    else:
        with pytest.raises(LoweringError, match="'twice_of_numpy'"):
            G.compile(backend)


@pytest.mark.parametrize("backend", EACH)
def test_arrays(backend: str) -> None:
    available(backend)
    f, x = ew.parse("x*y + sin(x)").gradient().compile(backend), np.linspace(0.0, 1.0, 5)
    value, (dx, dy) = f(x, 2.0)
    np.testing.assert_allclose(np.asarray(value), 2 * x + np.sin(x), rtol=1e-14)
    np.testing.assert_allclose(np.asarray(dx), 2 + np.cos(x), rtol=1e-14)
    np.testing.assert_allclose(np.asarray(dy), x, rtol=1e-14)


def test_graphs_that_are_too_large_for_jax() -> None:
    available("jax")
    y = ew.symbols("x")
    for _ in range(LARGEST + 1):
        y = ew.sin(y)
    with pytest.raises(LoweringError, match=r"20,001 operations .* use \"llvm\""):
        ew.graph(y).compile("jax")


def test_the_page_of_back_ends_is_true() -> None:
    """The rows that name back ends, operations and sizes, against the code."""
    page = (Path(__file__).parents[2] / "docs" / "compiled.md").read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("|")]
    rows = {cells[0].strip("| "): cells for cells in lines}
    assert [cell.strip("|` ") for cell in lines[0] if cell.strip("| ")] == list(BACKENDS)
    assert {cell.strip() for cell in rows["operations of the table"][1:]} <= {"all", "the same"}
    assert f"up to {LARGEST:,}" in rows["size"][5]
