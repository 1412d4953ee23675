"""NumPy's functions that are written once for scalars, arrays of them and tensors: judged by NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    # Where several conditions hold, the first counts for select, and the last for piecewise.
    "select": lambda x: np.select([x > 0, x > 1], [10.0 * x, x * x], 3.0),
    "piecewise": lambda x: np.piecewise(x, [x > 0, x > 1], [lambda v: 10.0 * v, lambda v: v * v]),
    "piecewise, else": lambda x: np.piecewise(x, [x > 0, x > 1], [lambda v: v, lambda v: v * v, lambda v: -v]),
    "isclose": lambda x: np.isclose(x, 2.0 + 1e-9) * x,
    "isclose, of NaN too": lambda x: np.isclose(x, np.log(x), equal_nan=True) * 1.0,
    "multi_dot": lambda x: np.linalg.multi_dot([x[:3], x[1:, None], x[None, :2]]),
}
POINT = np.array([-1.5, 0.5, 2.0, np.nan])


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("shape", [4, ew.tensor(4)], ids=["scalars", "tensor"])
def test_values_are_those_of_numpy(name: str, shape: Any) -> None:
    with np.errstate(invalid="ignore"):
        expected = FUNCTIONS[name](POINT)
    np.testing.assert_array_equal(ew.trace(FUNCTIONS[name], x=shape).evaluate(x=POINT).result, expected)
