"""Numbers flow as IEEE 754 says, without warnings, in every back end: single calls, batches, single precision."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers

FORMULAS = ["x/y", "log(x) + y", "sqrt(x)*y", "exp(x)*y", "x**y", "gamma(x)*y", "sinh(x)/y", "erfinv(x) + y"]
POINTS: list[tuple[Any, Any]] = [
    (-1.0, 0.0), (0.0, 0.0), (1000.0, 0.0), (float("nan"), 1.0), (float("inf"), 0.0), (1e200, 1.0),
    (np.float64(-1.0), np.float64(0.0)), (np.array([-1.0, 0.0, 1e3]), np.zeros(3)), (np.float32([-1.0, 1e3]), 0.0),
]  # fmt: skip


@pytest.mark.parametrize("backend", ["llvm", "numpy", "python", "c"])
def test_nothing_is_said_of_infinities(backend: str) -> None:
    peers.available(backend)
    outputs = ew.parse(f"[{', '.join(FORMULAS)}]")
    compiled = [outputs.compile(backend), outputs.jacobian().compile(backend)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for point in POINTS:
            for f in compiled:
                f(*point)
    assert np.isinf(compiled[0](1.0, 0.0)[0]) and np.isnan(compiled[0](-1.0, 0.0)[1])
