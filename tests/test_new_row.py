"""A newcomer adds one row, or one rule, to a copy of the library: nothing else is needed for every use there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from new_row_uses import ROW

ROOT = Path(__file__).parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the library's source."""
    made = tmp_path / "src"
    shutil.copytree(ROOT / "src", made, ignore=shutil.ignore_patterns("__pycache__"))
    return made


def run(copy: Path, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT / "tests")])}
    whole = [sys.executable, "-W", "ignore", *command]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, cwd=cwd)


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name} has no one place {before!r}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def added(copy: Path, row: str) -> None:
    """The row as the last of the table."""
    edited(copy / "edgewise/ops/table.py", ")  # fmt: skip\n\nOPS", f"{row})  # fmt: skip\n\nOPS")


@pytest.mark.slow
def test_one_row_serves_every_use(copy: Path) -> None:
    added(copy, ROW)
    done = run(copy, str(ROOT / "tests/new_row_uses.py"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_uses_notice_a_wrong_row(copy: Path) -> None:
    edited(
        copy / "edgewise/ops/table.py",
        ")  # fmt: skip\n\nOPS",
        f"{ROW.replace('1/cosh', '-1/cosh')})  # fmt: skip\n\nOPS",
    )
    assert run(copy, str(ROOT / "tests/new_row_uses.py")).returncode > 4


RULE = '    Rule("tangent of half an angle", "real", "sin(x)/(1 + cos(x))", "tan(x/2)"),\n'


@pytest.mark.slow
def test_one_line_is_a_rule_for_numbers_and_for_tensors(copy: Path) -> None:
    before = "    # --- signs ---"
    path = copy / "edgewise/simplify/rules.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, RULE + before), encoding="utf-8")
    script = """
import edgewise as ew
numbers = ew.parse("sin(a*b)/(1 + cos(a*b))").simplify()
tensors = ew.parse("sum(sin(v)/(1 + cos(v)))", shapes="v: n").simplify()
print(numbers.text(numbers.outputs[0]), tensors.text(tensors.outputs[0]), numbers.report.rules, sep=" | ")
"""
    done = run(copy, "-c", script)
    assert done.stdout.startswith("tan(a*b/2) | sum(tan(v/2)) | ") and "tangent of half an angle" in done.stdout, (
        done.stdout + done.stderr
    )


def test_the_page_for_newcomers_says_what_is_done_here() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert RULE.strip() in page
    for path in re.findall(r"\]\(([\w/.-]+)\)", page):
        assert (ROOT / path).exists(), path
    for section in ("An operation", "A rule", "A target", "A front end"):
        text = page.split(f"## {section}\n")[1].split("\n## ")[0]
        assert 0 < len(text.splitlines()) < 16, section
