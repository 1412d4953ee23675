"""The gate runs the quick tests once: its last run takes what the first one did not run, and nothing falls between."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

pytest_plugins = "pytester"

HERE = Path(__file__).parent
TESTS = """
import pytest

def test_quick(): pass

@pytest.mark.parametrize("name", ["a b", "\\n", "ü", "::[x]"])
def test_of_a_table(name): pass

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.peer
def test_that_looks_whether_a_peer_is_there(): pass

def test_without_its_peer():
    pytest.importorskip("a_peer")

@pytest.mark.xfail(reason="known")
def test_expected_to_fail(): assert False

@pytest.fixture
def peer(): pytest.importorskip("a_peer")

def test_of_a_fixture_without_its_peer(peer): pass
"""
FILE = "import pytest\na_peer = pytest.importorskip('a_peer')\ndef test_of_a_whole_file(): pass\n"


def ran(result: pytest.RunResult) -> set[str]:
    said = re.findall(r"::(test_\w+).* (?:PASSED|XFAIL)|(?:PASSED|XFAIL) \S+::(test_\w+)", result.stdout.str())
    return {one or other for one, other in said}


@pytest.mark.parametrize("workers", [[], pytest.param(["-n", "2"], marks=pytest.mark.slow)], ids=["one", "two"])
def test_each_test_runs_and_the_quick_ones_once(pytester: pytest.Pytester, workers: list[str]) -> None:
    pytester.makeconftest((HERE / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n    slow: x\n    peer: x\naddopts = -m 'not slow' -v -p no:cacheprovider\n")
    pytester.makepyfile(test_some=TESTS, test_file=FILE)
    run = pytester.runpytest_subprocess if workers else pytester.runpytest_inprocess
    first = ran(run(*workers, "--passed=done"))
    pytester.makepyfile(a_peer="")
    second = ran(run(*workers, "-m", "", "--but=done"))
    always = {"test_that_looks_whether_a_peer_is_there", "test_expected_to_fail"}
    assert first == {"test_quick", "test_of_a_table", *always}
    assert second == {
        "test_slow", "test_without_its_peer", "test_of_a_fixture_without_its_peer", "test_of_a_whole_file", *always,
    }  # fmt: skip


def test_what_looks_whether_a_peer_is_there_and_does_not_skip_is_marked() -> None:
    """With the peers it is another test: it runs again."""
    looks = re.compile(r"find_spec\(|except (?:ImportError|ModuleNotFoundError)")
    for path in sorted(HERE.rglob("test_*.py")):
        for block in re.split(r"\n\n\n", path.read_text(encoding="utf-8"))[1:]:
            if looks.search(block) and "pytest.skip(" not in block:
                assert re.search(r"@pytest\.mark\.(peer|slow)", block), f"{path.name}: {block[:200]}"


def test_the_lowest_versions_can_be_installed_with_the_tests() -> None:
    """The gate pins each requirement to its lower bound: an extra that asks for more of one cannot be met."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split("[>=<]", each)[0] for each in project["dependencies"]}
    for name, extra in project["optional-dependencies"].items():
        assert not needed & {re.split(r"[\[>=<]", each)[0] for each in extra}, name
