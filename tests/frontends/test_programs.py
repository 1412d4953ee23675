"""Programs as NumPy's and SciPy's users write them, traced unmodified: they are right by every door."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers
from programs import PROGRAMS, Program, by_differences, by_jax, copied

for kind in ("statistical", "learning", "physical", "idioms", "strangers", "waves", "corners"):
    importlib.import_module(f"programs.{kind}")

EVERY = pytest.mark.parametrize("entry", PROGRAMS, ids=lambda entry: entry.name)


def close(got: Any, expected: Any, tolerance: float) -> None:
    """Equal but for a part of the largest entry, with the same shape."""
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance * max(1.0, np.abs(expected).max(initial=0)))


def derived(entry: Program, declared: Any, values: Any, simplified: bool) -> list[Any]:
    """The value and the derivative in each of `wrt`, of the graph with inputs that are declared so."""
    G = ew.trace(entry.fn, **declared)
    scalar = np.ndim(entry.fn(**copied(values))) == 0
    D = (G.gradient if scalar else G.jacobian)(wrt=list(entry.wrt))
    if scalar and not simplified:
        return [G.evaluate(values).result, *D.evaluate(values).outputs]
    value, derivative = D.simplify().compile()(*values.values())
    return [value, *(derivative if len(entry.wrt) > 1 else [derivative])]


@EVERY
def test_as_written_it_is_numpys_value_and_slope(entry: Program) -> None:
    """With names for dimensions, by the reference interpreter."""
    values = entry.values()
    value, *first = derived(entry, entry.tensors(entry.named), values, simplified=False)
    expected, slopes = by_differences(entry, values)
    close(value, expected, 1e-12)
    for got, slope in zip(first, slopes, strict=True):
        close(got, slope, 2e-7)


@pytest.mark.slow
@EVERY
def test_by_every_door_it_is_what_jax_says(entry: Program) -> None:
    """`ew.grad`, `ew.hessian`, tensors of numbered and of named dimensions, arrays of scalars."""
    peers.available("jax")
    values = entry.values()
    second, tolerance = None, 1e-9
    if entry.judge == "jax":
        value, first, second = by_jax(entry, values)
    else:
        (value, first), tolerance = by_differences(entry, values), 2e-7
    door = ew.jacobian if np.ndim(value) else ew.grad
    found = door(entry.fn, entry.wrt if len(entry.wrt) > 1 else entry.wrt[0])(**values)
    for got, expected in zip(found if len(entry.wrt) > 1 else [found], first, strict=True):
        close(got, expected, tolerance)
    if second is not None:
        close(ew.hessian(entry.fn, entry.wrt[-1])(**values), second, tolerance)
    declared = [entry.tensors(named) for named in ((False, True) if entry.named else (False,))]
    if not any(how.startswith("labels") for how in entry.how.values()):
        declared.append({key: entry.shape(key) for key in entry.shapes})
    for inputs in declared:
        for got, expected in zip(derived(entry, inputs, values, simplified=True), [value, *first], strict=True):
            close(got, expected, tolerance)
