"""Optimised code on disk: used by the next process, told apart by all it depends on, and never a reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import edgewise as ew
from edgewise.lower.llvm import llvm_images, llvm_machine
from edgewise.lower.llvm.llvm_cache import keep, kept, key_of
from edgewise.lower.llvm.llvm_text import made_from

G = ew.parse("sin(x)*y + digamma(x)").gradient().simplify()
EXPECTED = G.compile("numpy")(0.5, 2.0)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "not" / "there"))
    return tmp_path / "not" / "there"


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_without_a_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EDGEWISE_CACHE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert key_of(["a"]) is None
    keep(None, [b"x"])
    assert G.compile().wait()(0.5, 2.0)[0] == pytest.approx(EXPECTED[0], rel=1e-14)
    assert files(tmp_path) == []


def test_code_is_used_again_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    f = G.compile().wait()
    points = np.linspace(0.5, 2.0, 50)
    first, batch = f(0.5, 2.0), f(points, 2.0)
    assert len(files(folder)) >= 2  # for numbers and for vectors

    def fail(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(llvm_images, "making", fail)
    again = G.compile()
    assert 1 in again._jobs  # without a call
    assert again.wait().tier == "optimised"
    assert again(0.5, 2.0) == first
    np.testing.assert_array_equal(again(points, 2.0)[1], batch[1])


def test_another_graph_constant_width_or_processor_is_another_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("x*y + 2.0", "x*y + 3.0", "x + y*2.0", "x*y - 2.0", "x*sin(y) + 2.0")
    rows = [ew.parse(text, inputs=["x", "y"]).compile().rows for text in texts]
    names = {key_of(made_from(r, width)) for r in rows for width in (1, 8)}
    machine = llvm_machine.machine()
    monkeypatch.setattr(machine, "features", "-avx2")
    names |= {key_of(made_from(r, 1)) for r in rows}
    assert len(names) == 3 * len(texts)


@pytest.mark.parametrize("damage", [b"", b"edgewise code 1\n", None, "cut"])
def test_a_damaged_file_is_as_good_as_none(folder: Path, damage: bytes | str | None) -> None:
    G.compile().wait()
    for path in files(folder):
        data = path.read_bytes()
        changed = data[:-5] if damage == "cut" else data[:-1] + bytes([data[-1] ^ 1]) if damage is None else damage
        path.write_bytes(changed if isinstance(changed, bytes) else b"")
        assert kept(path.name) is None
    f = G.compile().wait()
    assert f(0.5, 2.0)[0] == pytest.approx(EXPECTED[0], rel=1e-14)
    assert all(kept(path.name) for path in files(folder))  # written anew


@pytest.mark.parametrize("what", ["a file", "read-only", "no name"])
def test_a_folder_that_cannot_be_used_is_no_error(what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "place"
    if what == "a file":
        place.write_text("taken")
    elif what == "read-only":
        place.mkdir(mode=0o500)
    monkeypatch.setenv("EDGEWISE_CACHE", "" if what == "no name" else str(place))
    assert G.compile().wait()(0.5, 2.0)[0] == pytest.approx(EXPECTED[0], rel=1e-14)


SCRIPT = """
import edgewise as ew
f = ew.parse("x*exp(y) + gamma(x)").gradient().compile().wait()
assert f.tier == "optimised"
print(f(1.5, 2.0))
"""


def test_two_processes_at_a_time(folder: Path) -> None:
    """Code made by one process runs in another, where everything stands at other addresses."""
    command = [sys.executable, "-c", SCRIPT]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) for _ in range(2)]
    texts = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    before = {path: path.stat().st_mtime_ns for path in files(folder)}
    texts.append(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)
    assert len(set(texts)) == 1
    assert {path: path.stat().st_mtime_ns for path in files(folder)} == before
    assert not [path for path in before if path.name.startswith(".")]
