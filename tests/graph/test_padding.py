"""`np.pad` in every mode, on arrays of scalars and on tensors: NumPy's values, and Jacobians."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew

M = np.random.default_rng(3).normal(size=(3, 4))
OPTIONS: list[tuple[str, dict[str, Any]]] = [
    ("constant", {"constant_values": 3.0}), ("constant", {"constant_values": ((1, 2), (3, 4))}), ("edge", {}),
    ("reflect", {}), ("wrap", {}), ("symmetric", {}), ("linear_ramp", {}),
    ("linear_ramp", {"end_values": ((1, 2), (3, 4))}),
    ("symmetric", {"reflect_type": "odd"}), ("mean", {}), ("mean", {"stat_length": ((1, 2), (2, 1))}),
    ("maximum", {"stat_length": 2}), ("minimum", {}), ("median", {}),
]  # fmt: skip


@pytest.mark.parametrize("widths", [1, ((1, 0), (0, 2)), ((0, 3), (2, 1)), ((4, 1), (0, 5))])
@pytest.mark.parametrize(("mode", "options"), OPTIONS)
def test_every_mode_is_numpys(mode: Any, options: Any, widths: Any) -> None:
    if options.get("reflect_type") == "odd" and widths == ((4, 1), (0, 5)):
        return  # refused: farther than the axis is long
    wanted = np.pad(M, widths, mode, **options)
    for declared in (ew.tensor(3, 4), (3, 4)):
        if declared == (3, 4) and mode == "median":
            continue
        graph = ew.trace(lambda x: np.pad(x, widths, mode, **options), x=declared)
        value, slopes = graph.jacobian().compile()(M)
        assert np.allclose(value, wanted, rtol=1e-14)
        change = 1e-3 * np.cos(np.arange(12.0)).reshape(3, 4)  # all modes are linear or nearly so, up to a constant
        ends = np.pad(M + change, widths, mode, **options) - np.pad(M - change, widths, mode, **options)
        assert np.allclose(np.tensordot(slopes, change, 2), ends / 2, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("mode", ["edge", "reflect", "wrap", "symmetric", "linear_ramp", "mean", "maximum"])
def test_named_lengths(mode: Any) -> None:
    graph = ew.trace(lambda x: np.pad(x, ((1, 2), (2, 1)), mode), x=ew.tensor("n", "m"))
    assert np.allclose(graph.compile()(M), np.pad(M, ((1, 2), (2, 1)), mode), rtol=1e-14)


def test_what_is_refused() -> None:
    for f, said in (
        (lambda x: np.pad(x, 1, "empty"), "use one of 'constant'"),
        (lambda x: np.pad(x, 1, "edge", end_values=2.0), "end_values="),
        (lambda x: np.pad(x, -1), "none negative"),
    ):
        with pytest.raises(ew.EdgewiseError, match=said):
            ew.trace(f, x=ew.tensor(3))
