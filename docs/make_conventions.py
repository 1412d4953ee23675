"""Write conventions.md from the operation table: python docs/make_conventions.py."""

from __future__ import annotations

from pathlib import Path

from edgewise.ops import TABLE, TENSORS

HEAD = """# Conventions at special points

Where no derivative exists, edgewise follows one convention, the same in every front end, mode and target. This page is
written from the operation table by `python docs/make_conventions.py`; each line is tested in
`tests/ops/test_conventions.py`.

Operations that are constant between jumps (`sign`, `floor`, `ceil`, `round`, `heaviside`, comparisons, `and`, `or`,
`not`) carry no edge: their derivative is zero wherever it exists, and they are absent from the linearised graph.

| operation | where | convention |
|---|---|---|
"""


TENSOR_HEAD = """
Operations on tensors:

| operation | where | convention |
|---|---|---|
"""

ASSUMED = """
What the derivatives of operations on matrices assume of numbers that they cannot see; NumPy raises its own error, or
returns infinities, where the numbers do not fulfil it. Emitted source repeats the assumption in its docstring.

| operation | assumption |
|---|---|
"""


def text() -> str:
    """The page."""
    rows = [f"| `{op.name}` | {op.kinks or 'everywhere'} | {op.convention} |" for op in TABLE if op.convention]
    tensors = [f"| `{op.name}` | {op.kinks or 'everywhere'} | {op.convention} |" for op in TENSORS if op.convention]
    assumed = [f"| `{op.name}` | {op.assumes} |" for op in TENSORS if op.assumes]
    return "\n".join([HEAD + "\n".join(rows), TENSOR_HEAD + "\n".join(tensors), ASSUMED + "\n".join(assumed), ""])


if __name__ == "__main__":
    Path(__file__).with_name("conventions.md").write_text(text(), encoding="utf-8")
