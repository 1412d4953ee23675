"""What of a long table is tried by the quick run of the tests: the run of all of them tries the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

__all__ = ["one_in"]


def one_in(count: int, cases: Iterable[Any]) -> list[Any]:
    """The cases as parameters of a test, all but one in so many of them marked as slow."""
    values = [case if type(case) is tuple else (case,) for case in cases]
    return [pytest.param(*case, marks=[pytest.mark.slow] if k % count else []) for k, case in enumerate(values)]
