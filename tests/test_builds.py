"""Compiled, checked and plain builds: the same results, and an installation that ends well without a compiler."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import build_results
import edgewise as ew
from edgewise import built
from edgewise.api.graph import Graph
from edgewise.built import COMPILED, check_build, held, stale_modules
from strategies import tapes
from workload_graphs import workload_graph
from workloads import chain, esin, gmm, lennard_jones, mlp, rosenbrock, speelpenning

ROOT = Path(ew.__file__).parents[2]
EXTENSIONS = ("*.so", "*.pyd")
SMALL = (speelpenning(20), rosenbrock(30), lennard_jones(4), mlp(4, 4, 3), gmm(2, 2, 5), esin(30), chain(300))

needs_sources = pytest.mark.skipif(not (ROOT / "setup.py").exists(), reason="installed without its sources")


def test_what_is_compiled_is_what_the_sources_say() -> None:
    """If this fails: `python setup.py build_ext --inplace`."""
    assert stale_modules() == []


@needs_sources
@pytest.mark.skipif(not COMPILED, reason="nothing is compiled here")
def test_every_module_that_is_to_be_compiled_is() -> None:
    record = json.loads((Path(ew.__file__).parent / "built.json").read_text(encoding="utf-8"))["sources"]
    files = [file for file in (ROOT / "src").rglob("*.py") if "\nimport cython\n" in file.read_text(encoding="utf-8")]
    assert sorted(record) == sorted(".".join(file.relative_to(ROOT / "src").with_suffix("").parts) for file in files)


def test_a_stale_build_is_named_and_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "src" / "edgewise"
    home.mkdir(parents=True)
    (tmp_path / "setup.py").touch()
    for name in ("one", "two"):
        (home / f"{name}.py").write_text(f"# {name}\n")
    sources = {f"edgewise.{name}": built.digest(home / f"{name}.py") for name in ("one", "two")}
    (home / "built.json").write_text(json.dumps({"kind": "release", "sources": sources}))
    monkeypatch.setattr(built, "_HOME", home)
    monkeypatch.setattr(built, "COMPILED", True)
    assert stale_modules() == stale_modules(quickly=True) == []
    (home / "two.py").write_text("# changed\n")
    os.utime(home / "two.py", (0, 4e9))
    assert stale_modules() == stale_modules(quickly=True) == ["edgewise.two"]
    (home / "one.pxd").write_text("# declared\n")
    assert stale_modules() == ["edgewise.one", "edgewise.two"]
    said: list[str] = []
    monkeypatch.setattr(logging.getLogger("edgewise"), "warning", lambda text, *args: said.append(text % args))
    check_build.cache_clear()
    check_build()
    check_build()
    assert len(said) == 1 and "edgewise.two" in said[0] and "build_ext --inplace" in said[0]
    check_build.cache_clear()


def test_held_reads_and_writes_the_array_itself() -> None:
    np = pytest.importorskip("numpy")
    column = np.arange(4)
    held(column)[2] = 7
    assert column.tolist() == [0, 1, 7, 3]


# --- other builds ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of graphs: random ones with sharing, over every operation, and the workloads of the benchmarks."""
    folder = tmp_path_factory.mktemp("graphs")
    texts: list[str] = []

    @settings(max_examples=150, database=None, derandomize=True, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck), deadline=None)  # fmt: skip
    @given(tapes())
    def collect(tape: object) -> None:
        texts.append(Graph(tape).to_json())

    collect()
    texts += [workload_graph(workload).to_json() for workload in SMALL]
    for number, text in enumerate(texts):
        (folder / f"{number:03}.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Callable[..., tuple[Path, subprocess.CompletedProcess[str] | None]]:
    """A function that makes a copy of the sources, without what is compiled or built as `kind`."""

    def make(kind: str, **environment: str) -> tuple[Path, subprocess.CompletedProcess[str] | None]:
        place = tmp_path / kind
        skipped = shutil.ignore_patterns(*EXTENSIONS, "built.json", "__pycache__", "*.egg-info")
        shutil.copytree(ROOT / "src", place / "src", ignore=skipped)
        for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, place / name)
        if kind == "plain":
            return place, None
        done = subprocess.run(
            [sys.executable, "setup.py", "-q", "build_ext", "--inplace"], cwd=place, capture_output=True, text=True,
            env={**os.environ, "EDGEWISE_BUILD": kind, **environment},
        )  # fmt: skip
        return place, done

    return make


def results(place: Path, graphs: Path) -> Iterator[str]:
    """What the library in a place makes of the graphs; first whether it is compiled."""
    env = {**os.environ, "PYTHONPATH": str(place / "src")}
    command = [sys.executable, build_results.__file__, str(graphs)]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return iter(done.stdout.splitlines())


@needs_sources
@pytest.mark.slow
def test_plain_checked_and_release_builds_agree(graphs: Path, copy: Callable[..., tuple[Path, object]]) -> None:
    pytest.importorskip("Cython")
    plain = list(results(copy("plain")[0], graphs))
    assert plain[0] == "False" and len(plain) > 150
    here = list(results(ROOT, graphs))
    assert here[1:] == plain[1:]
    if not COMPILED:
        pytest.skip("no compiler here")
    checked, done = copy("checked")
    found = list(results(checked, graphs))
    assert found[0] == "True", done
    assert found[1:] == plain[1:]


@needs_sources
@pytest.mark.slow
def test_without_a_compiler_the_build_succeeds_and_plain_python_runs(
    tmp_path: Path, copy: Callable[..., tuple[Path, subprocess.CompletedProcess[str]]]
) -> None:
    pytest.importorskip("Cython")
    broken = tmp_path / "broken-compiler"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    for compiler in (str(tmp_path / "none"), str(broken)):
        place, done = copy("release", CC=compiler)
        assert done.returncode == 0, done.stderr
        assert not any(file for kind in EXTENSIONS for file in (place / "src").rglob(kind))
        empty = tmp_path / "empty"
        empty.mkdir(exist_ok=True)
        assert list(results(place, empty)) == ["False"]
        shutil.rmtree(place)
