"""Write conventions.md from the operation table: python docs/make_conventions.py."""

from __future__ import annotations

from pathlib import Path

from edgewise.ops import TABLE

HEAD = """# Conventions at special points

Where no derivative exists, edgewise follows one convention, the same in every front end, mode and target. This page is
written from the operation table by `python docs/make_conventions.py`; each line is tested in
`tests/ops/test_conventions.py`.

Operations that are constant between jumps (`sign`, `floor`, `ceil`, `round`, `heaviside`, comparisons, `and`, `or`,
`not`) carry no edge: their derivative is zero wherever it exists, and they are absent from the linearised graph.

| operation | where | convention |
|---|---|---|
"""


def text() -> str:
    """The page."""
    rows = [f"| `{op.name}` | {op.kinks or 'everywhere'} | {op.convention} |" for op in TABLE if op.convention]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("conventions.md").write_text(text(), encoding="utf-8")
