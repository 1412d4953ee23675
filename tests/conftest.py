"""Options of the test suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files from what is printed now")


QUICK_NOTEBOOKS = ("01_tour", "02_by_hand")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.suffix == ".ipynb" and item.path.stem not in QUICK_NOTEBOOKS:
            item.add_marker(pytest.mark.slow)  # each starts a kernel of its own
