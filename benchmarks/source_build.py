"""What does building from source cost: the compiler's time on one core, and the size of what it makes."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measure import held_to
from question import Bound, Options, Question, Row, View, row

ROOT = Path(__file__).resolve().parent.parent
FILES = ("setup.py", "pyproject.toml", "README.md", "LICENSE")
ENDINGS = (".so", ".pyd", ".dylib")


def missing() -> str:
    """Why there is nothing to build here; empty where there is."""
    if not (ROOT / "setup.py").is_file():
        return "there is no setup.py"
    if importlib.util.find_spec("Cython") is None:
        return "Cython is not installed (pip install cython)"
    if not any(map(shutil.which, (os.environ.get("CC") or "cc", "gcc", "clang", "cl"))):
        return "there is no C compiler"
    return ""


def scratch(folder: Path, quick: bool) -> None:
    """The sources without anything that was built; of a quick run one compiled module and what is around it."""
    for name in FILES:
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder)
    for file in sorted((ROOT / "src").rglob("*")):
        if file.suffix not in (".py", ".pxd", ".pyi", ".typed"):
            continue
        compiled = file.suffix == ".py" and re.search(r"^import cython$", file.read_text(encoding="utf-8"), re.M)
        if quick and (file.suffix == ".pxd" or (compiled and file.name != "reachable.py")):
            continue
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


def measure(options: Options) -> Iterator[Row]:
    if why := missing():
        print(f"  left out: {why}", flush=True)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scratch(folder, options.quick)
        with held_to(1):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "setup.py", "build_ext", "--inplace"], cwd=folder, capture_output=True, text=True
            )
            seconds = time.perf_counter() - start
        if done.returncode:
            raise RuntimeError(f"the build failed: {done.stderr.strip().splitlines()[-1]}")
        made = [file for file in (folder / "src").rglob("*") if file.suffix in ENDINGS]
        if not made:
            print("  left out: nothing was compiled", flush=True)
            return
        yield row("build", "all extension modules", "edgewise", seconds)
        yield row("build-size", "all extension modules", "edgewise", sum(file.stat().st_size for file in made))


QUESTION = Question(
    "build",
    "What does building from source cost?",
    "`python setup.py build_ext --inplace` in a fresh copy of the sources, held to one core: the time of Cython and the"
    " C compiler; then the size of all extension files as they are installed.",
    measure,
    (
        View("build", "Building the extension modules on one core", "s", "edgewise", bounds=(Bound(limit=70.0),)),
        View("build-size", "The extension files", "B", "edgewise", bounds=(Bound(limit=3e6),)),
    ),
)
