"""The published identities against JAX, and our derivatives against both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest

pytest.importorskip("jax", reason="jax is a peer, not a test dependency: pip install jax")

from closed_forms import operations, ours, published_operations
from cookbook import IDENTITIES
from identity import Identity
from not_yet import NOT_YET
from reading import derivative, draw, read

import edgewise as ew
from quickly import one_in

pytestmark = pytest.mark.peer

DRAWS = 1
ROWS = {row.name: row for row in IDENTITIES}


def test_every_row_has_a_name_and_a_formula_of_its_own() -> None:
    assert len(ROWS) == len(IDENTITIES) >= 100
    assert all(bool(row.published) != bool(row.reference) for row in IDENTITIES)


@cache
def expected(name: str, seed: int) -> tuple[dict[str, int], dict[str, Any], Any]:
    """Dimensions, inputs, and the derivative by JAX."""
    row = ROWS[name]
    extents, values = draw(row, seed)
    return extents, values, derivative(row, extents, values)


def agrees(got: Any, wanted: Any) -> bool:
    """Equal in shape, and to 1e-9 of the largest entry."""
    same = np.shape(got) == np.shape(wanted)
    return same and bool(np.max(np.abs(np.asarray(got) - wanted)) <= 1e-9 * np.max(np.abs(wanted)))


@pytest.mark.parametrize("name", one_in(4, ROWS))
def test_the_published_formula_is_the_derivative(name: str) -> None:
    row: Identity = ROWS[name]
    for seed in range(DRAWS):
        extents, values, wanted = expected(name, seed)
        assert agrees(read(row.formula, {**extents, **values}), wanted)


def rows(part: str, names: Iterable[str]) -> list[Any]:
    """The names as parameters of a test; what `NOT_YET` lists has to fail it."""
    fails = {
        name: [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)]
        for name, reason in NOT_YET[part].items()
    }
    return [pytest.param(name, marks=fails.get(name, [])) for name in names]


def test_only_rows_of_the_table_are_listed_as_not_yet() -> None:
    assert all(reasons.keys() <= ROWS.keys() for reasons in NOT_YET.values())


@pytest.mark.parametrize("name", rows("value", ROWS))
def test_our_derivative_agrees_with_jax(name: str) -> None:
    derivative_graph = ours(ROWS[name])
    for seed in range(DRAWS):
        _, values, wanted = expected(name, seed)
        [got] = derivative_graph.evaluate(values).outputs
        assert agrees(got, wanted)


@pytest.mark.parametrize("name", rows("source", ROWS))
def test_the_source_of_our_derivative_agrees_with_jax(name: str) -> None:
    function = ours(ROWS[name]).compile(backend="numpy")
    _, values, wanted = expected(name, 0)
    assert agrees(function(**values)[-1], wanted)


@pytest.mark.parametrize("name", rows("products", ROWS))
def test_products_with_the_derivative_in_either_mode(name: str) -> None:
    """J·d and b·J as written, without J; for a second derivative H·d."""
    row = ROWS[name]
    _, values, wanted = expected(name, 0)
    G = ew.parse(row.text, shapes=row.shapes)
    rng = np.random.default_rng(len(name))
    d = rng.standard_normal(values[row.wrt].shape)
    b = rng.standard_normal(wanted.shape[: wanted.ndim - d.ndim])
    forward = G.hvp if row.kind == "hessian" else G.jvp
    [got] = forward(wrt=[row.wrt]).evaluate({**values, row.wrt + "_dot": d}).outputs
    assert agrees(got, np.tensordot(wanted, d, d.ndim))
    if row.kind != "hessian":
        [got] = G.vjp(wrt=[row.wrt]).evaluate({**values, "out_bar": b}).outputs
        assert agrees(got, np.tensordot(b, wanted, b.ndim))


@pytest.mark.parametrize("name", rows("length", [row.name for row in IDENTITIES if row.published]))
def test_our_closed_form_is_no_longer_than_the_published_one(name: str) -> None:
    row = ROWS[name]
    assert operations(ours(row).tape) <= published_operations(row)
