"""Every row of the tensor table: its value, its derivatives against JAX, adjointness, second order."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from edgewise.ops import TENSORS
from tensor_rows import ROWS, Row, drawn, first_errors, jax_namespace, second_errors, traced

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


@pytest.mark.slow
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
    assert second_errors(row) == []


@by_row
def test_jvp_and_vjp_are_adjoint(row: Row) -> None:
    assert first_errors(row) == []


def test_every_operation_of_the_table_is_in_some_row() -> None:
    used: set[str] = set()
    for row in ROWS:
        G = traced(row)
        for graph in (G, G.jacobian(order="reverse"), G.jacobian(order="forward")):
            used |= {graph.tape.op(i).name for i in range(len(graph))}
    # A node for a dimension only comes from named dimensions.
    assert {op.name for op in TENSORS} - used <= {"size"}


@pytest.mark.parametrize("op", TENSORS, ids=[op.name for op in TENSORS])
def test_a_row_is_complete(op: Any) -> None:
    assert op.doc
    if op.places:
        assert not any(op.rules)
        return
    if op.variadic:
        assert op.rules
    else:
        assert len(op.rules) == len(op.args)
        assert all(rule is not None or name == "where" for rule, name in zip(op.rules, op.args, strict=True))
    assert not op.kinks or op.convention
