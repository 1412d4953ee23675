"""The source of a row's value as a program for NumPy has it: it computes what the value computes, or there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from edgewise.lower.python.value_sources import value_source
from edgewise.ops import TENSORS

X = np.random.default_rng(1).normal(size=(3, 4))
BESIDE, LATER = (lambda x, axis: np.max(x, axis) - 1, lambda x, axis: np.min(x, axis) + 1)


def documented(x: Any, axis: int = 0) -> Any:
    """With a docstring, annotations, a local name and a nested function."""
    width: float = float(np.ptp(x))

    def scaled(y: Any) -> Any:
        return y / width

    return np.sum([scaled(row) for row in np.moveaxis(x, axis, 0)], axis=0)


def _shifted(by: float) -> Callable[..., Any]:
    return lambda x, axis: np.sum(x + by, axis)


def reads_another(x: Any, axis: int) -> Any:
    return documented(x, axis)


def imports(x: Any, axis: int) -> Any:
    from scipy import special

    return special.logsumexp(x, axis=axis)


@pytest.mark.parametrize("function", [BESIDE, LATER, documented, np.linalg.norm, np.sum, np.cumsum, np.logaddexp])
def test_the_text_computes_what_the_function_does(function: Any) -> None:
    text = value_source(function, "_f")
    assert text is not None
    names: dict[str, Any] = {"np": np}
    exec(text, names)
    args = (X, X[::-1]) if function is np.logaddexp else (X, None, 0) if function is np.linalg.norm else (X, 0)
    np.testing.assert_array_equal(names["_f"](*args), function(*args))


@pytest.mark.parametrize("function", [_shifted(1.0), reads_another, imports, max, int.bit_length])
def test_what_needs_more_than_numpy_has_none(function: Any) -> None:
    assert value_source(function, "_f") is None


def test_values_of_the_table_are_told_apart() -> None:
    texts = {row.name: value_source(row.value, "_f") for row in TENSORS}
    assert texts["sort"] == "def _f(x, axis):\n    return np.sort(x, axis=axis)"
    assert texts["inv"] == "def _f(*args):\n    return np.linalg.inv(*args)"
    known = [text for text in texts.values() if text is not None]
    assert len(set(known)) == len(known) > 20
