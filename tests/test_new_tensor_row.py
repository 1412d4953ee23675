"""A newcomer adds one row of tensors to a copy of the library: nothing else is needed for every use there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from new_tensor_row_uses import CASES, ROWS
from test_new_row import ROOT, copy, edited, run

__all__ = ["copy"]

END = ")  # fmt: skip\n\nALONG_AXES"
USES = str(ROOT / "tests/new_tensor_row_uses.py")


def added(copy: Path, rows: str) -> None:
    """The rows as the last of a kind."""
    edited(copy / "edgewise/ops/tensors/along_axes.py", END, f"{rows}{END}")


@pytest.mark.slow
def test_one_row_serves_every_use(copy: Path) -> None:
    added(copy, ROWS)
    done = run(copy, USES)
    assert done.returncode == 0, done.stdout + done.stderr
    page = "import sys; sys.path.insert(0, 'docs'); import make_pages; print(make_pages.tensors(), make_pages.stub())"
    shown = run(copy, "-c", page, cwd=ROOT)
    for case in CASES:
        assert f"| `{case.name}` |" in shown.stdout and f"\ndef {case.name}(" in shown.stdout, shown.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "wrong", "noticed"),
    [
        ("t.exp(-out)", "t.exp(out)", 5),
        ("out*t.mean(d/x[0], p)", "-out*t.mean(d/x[0], p)", 4),
        ("t.log(t.cumsum(t.exp(x[0]), p))", "t.log(t.cumsum(t.exp(x[0]), p, True))", 3),
        ("linear=(0,)", "linear=()", 5),
    ],
)
def test_the_uses_notice_a_wrong_row(copy: Path, right: str, wrong: str, noticed: int) -> None:
    assert ROWS.count(right) == 1
    added(copy, ROWS.replace(right, wrong))
    assert run(copy, USES).returncode >= noticed
