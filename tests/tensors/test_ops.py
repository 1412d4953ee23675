"""Every row of the tensor table: its value, its derivatives against JAX, adjointness, second order."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from edgewise.ops import TENSORS
from tensor_rows import ROWS, Row, drawn, jax_namespace, traced

by_row = pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])


@cache
def peer() -> Any:
    pytest.importorskip("jax", reason="JAX is an optional peer")
    return jax_namespace()


@by_row
def test_value_and_jacobian_are_those_of_jax(row: Row) -> None:
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    xp, values = peer(), drawn(row)
    G = traced(row)
    run = G.evaluate(dict(zip(G.inputs, values, strict=True)))
    np.testing.assert_allclose(run.outputs[0], row.function(xp, *values), rtol=1e-10, atol=1e-12)
    wanted = jax.jacobian(lambda *args: row.function(xp, *args), argnums=tuple(range(len(values))))(*values)
    for order in ("forward", "reverse"):
        J = G.jacobian(order=order)
        for graph in (J, J.simplify()):
            for found, right in zip(graph.evaluate({}, *values).outputs, wanted, strict=True):
                assert np.shape(found) == right.shape
                np.testing.assert_allclose(found, right, rtol=1e-8, atol=1e-9)


LINEAR = {
    "contract", "reshape", "index", "unindex", "concatenate", "take", "cumsum", "tril", "triu", "windows", "overlap",
    "add", "sub", "mul", "neg", "power", "input", "const", "size", "eye", "array",
}  # fmt: skip
"""What polynomials of tensors are made of: their second derivatives are those of products."""

curved = [row for row in ROWS if not {op.name for op in map(traced(row).tape.op, range(len(traced(row))))} <= LINEAR]


@pytest.mark.parametrize("row", curved, ids=[row.name for row in curved])
def test_hessian_of_a_weighted_sum_is_that_of_jax(row: Row) -> None:
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    xp, values = peer(), drawn(row, seed=3)
    shape = np.shape(row.function(xp, *values))
    weights = np.random.default_rng(5).normal(size=shape)

    def scalar(space: Any, *args: Any) -> Any:
        out = row.function(space, *args)
        return space.np.sum(out * weights * out) if shape else out * out

    G = traced(row._replace(function=scalar), numbers=True)
    H = G.hessian()
    wanted = jax.hessian(lambda *args: scalar(xp, *args), argnums=tuple(range(len(values))))(*values)
    flat = [entry for line in wanted for entry in line]
    for graph in (H, H.simplify()):
        for found, right in zip(graph.evaluate({}, *values).outputs, flat, strict=True):
            np.testing.assert_allclose(found, right, rtol=1e-7, atol=1e-7)


@by_row
def test_hessian_times_direction_is_the_change_of_the_gradient(row: Row) -> None:
    values, rng = drawn(row, seed=13), np.random.default_rng(17)
    G = traced(row._replace(function=lambda space, *args: np.sum(np.sin(row.function(space, *args)))))
    dots = [rng.normal(size=np.shape(value)) for value in values]
    if row.draw == "definite":
        dots[0] = (dots[0] + dots[0].T) / 2
    found = G.hvp().simplify().evaluate({}, *values, *dots).outputs
    B, step = G.gradient(), 1e-6
    ahead = B.evaluate({}, *(v + step * d for v, d in zip(values, dots, strict=True))).outputs
    behind = B.evaluate({}, *(v - step * d for v, d in zip(values, dots, strict=True))).outputs
    for product, up, down in zip(found, ahead, behind, strict=True):
        np.testing.assert_allclose((up - down) / (2 * step), product, rtol=1e-4, atol=1e-4)


@by_row
def test_jvp_and_vjp_are_adjoint(row: Row) -> None:
    """ȳ·(J ẋ) = (ȳ J)·ẋ for random directions: what forward and reverse mode say of one edge is one linear map."""
    values, rng = drawn(row, seed=7), np.random.default_rng(11)
    G = traced(row)
    dots = [rng.normal(size=np.shape(value)) for value in values]
    if row.draw == "definite":  # NumPy reads one triangle: a change is one of symmetric matrices
        dots[0] = (dots[0] + dots[0].T) / 2
    forward = G.jvp().evaluate({}, *values, *dots).outputs[0]
    bar = rng.normal(size=np.shape(forward))
    backward = G.vjp().evaluate({}, *values, bar).outputs
    left = np.sum(bar * forward)
    right = sum(np.sum(b * d) for b, d in zip(backward, dots, strict=True))
    np.testing.assert_allclose(left, right, rtol=1e-9)
    # The direction is the one that values change in.
    step = 1e-6
    ahead = G.evaluate({}, *(v + step * d for v, d in zip(values, dots, strict=True))).outputs[0]
    behind = G.evaluate({}, *(v - step * d for v, d in zip(values, dots, strict=True))).outputs[0]
    np.testing.assert_allclose((ahead - behind) / (2 * step), forward, rtol=2e-5, atol=2e-6)


def test_every_operation_of_the_table_is_in_some_row() -> None:
    used: set[str] = set()
    for row in ROWS:
        G = traced(row)
        for graph in (G, G.jacobian(order="reverse"), G.jacobian(order="forward")):
            used |= {graph.tape.op(i).name for i in range(len(graph))}
    # A node for a dimension and one for places only come from named dimensions and integer inputs.
    assert {op.name for op in TENSORS} - used <= {"size", "arange"}


@pytest.mark.parametrize("op", TENSORS, ids=[op.name for op in TENSORS])
def test_a_row_is_complete(op: Any) -> None:
    assert op.doc
    if op.variadic:
        assert op.rules
    else:
        assert len(op.rules) == len(op.args)
        assert all(rule is not None or name == "where" for rule, name in zip(op.rules, op.args, strict=True))
    assert not op.kinks or op.convention
