"""A mask as an argument: static or closed over it is an index; as data, the line says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError

X, MASK = np.array([1.0, 2.0, 3.0]), np.array([True, False, True])

INDEXED: dict[str, Any] = {
    "sum": lambda x, mask: np.sum(x[mask] ** 2),
    "returned": lambda x, mask: x[mask],
    "negated": lambda x, mask: x[~mask],
    "sorted": lambda x, mask: np.sort(x[mask]),
    "places": lambda x, mask: x[np.nonzero(mask)],
}


@pytest.mark.parametrize("name", INDEXED)
def test_static_or_closed_over(name: str) -> None:
    f = INDEXED[name]
    assert ew.jit(f, static="mask")(X, MASK) == pytest.approx(f(X, MASK))
    assert ew.jit(lambda x: f(x, MASK))(X) == pytest.approx(f(X, MASK))


@pytest.mark.parametrize("name", ["returned", "negated", "sorted", "places"])
def test_as_data_the_line_says_what_to_write(name: str) -> None:
    for given in (MASK, X):  # a mask of truth, and one that is computed
        with pytest.raises(UnsupportedError, match=r'depends on the data.*np\.where.*closure.*static="mask"') as said:
            ew.jit((lambda x, w: INDEXED[name](x, w > 1)) if given is X else INDEXED[name])(X, given)
        assert "test_known_masks.py:" in str(said.value)
        assert "\n" not in str(said.value)
