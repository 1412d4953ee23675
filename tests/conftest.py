"""Options of the test suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from view.browser import close_browser


@pytest.fixture(autouse=True, scope="module")
def _browser_of_a_module() -> Iterator[None]:
    yield
    close_browser()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files from what is printed now")
