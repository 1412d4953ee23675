"""Options of the test suite."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files from what is printed now")
    parser.addoption("--passed", type=Path, help="write the names of the tests that pass to this file")
    parser.addoption(
        "--but", type=Path, help="leave out what passed in an earlier run, which wrote this file, and is no peer's"
    )


QUICK_NOTEBOOKS = ("01_tour", "02_by_hand")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.suffix == ".ipynb" and item.path.stem not in QUICK_NOTEBOOKS:
            item.add_marker(pytest.mark.slow)  # each starts a kernel of its own
    if earlier := config.getoption("--but"):
        done = set(earlier.read_text(encoding="utf-8").split("\0"))
        again = {item: item.nodeid not in done or item.get_closest_marker("peer") is not None for item in items}
        config.hook.pytest_deselected(items=[item for item, wanted in again.items() if not wanted])
        items[:] = [item for item, wanted in again.items() if wanted]


class Passed:
    """Writes down what passed. Skipped, expected to fail or failed is not."""

    def __init__(self, path: Path) -> None:
        self.path, self.names = path, list[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed and not hasattr(report, "wasxfail"):
            self.names.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.path.write_text("\0".join(self.names), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    # Workers report to the process that started them.
    if (path := config.getoption("--passed")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Passed(path))
