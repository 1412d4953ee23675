"""Slopes of asin and acos outside [-1, 1]: NaN at every size, for a product that overflows is no number either."""

from __future__ import annotations

import math
import shutil
import warnings

import numpy as np
import pytest

import edgewise as ew

WITH_C = pytest.param("c", marks=pytest.mark.skipif(not shutil.which("gcc"), reason="there is no compiler"))


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm", WITH_C])
@pytest.mark.parametrize("name", ["asin", "acos"])
def test_there_is_no_slope_at_any_size(name: str, backend: str) -> None:
    gradient = ew.parse(f"{name}(x)").gradient()
    for graph in (gradient, gradient.simplify()):
        slope = graph.compile(backend)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for x in (2.0, -2.0, 1e100, -1e155, 1e200, 1e308, -math.inf, math.inf):
                assert math.isnan(float(np.ravel(slope(x)[1])[0])), x
            assert float(np.ravel(slope(0.6)[1])[0]) == pytest.approx(1.25 if name == "asin" else -1.25, rel=1e-15)
            assert abs(float(np.ravel(slope(1.0)[1])[0])) == math.inf
