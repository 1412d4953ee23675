"""A newcomer adds one row of tensors to a copy of the library: nothing else is needed for every use there is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from edgewise.ops import TENSORS
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


# --- one fact, one place ---------------------------------------------------------------------------------------------

INDEX_NOTATION = frozenset(
    "array arange concatenate contract eye index pick reshape size take unindex unpick untake windows overlap".split()
)
"""Rows that are the graph's own structure: they are written by handles and passes, and people do not call them."""

PLACES = {
    "ops/tensors/": "the table",
    "ops/result_shapes.py": "what an error calls the operation",
    "lower/python/tensor_styles.py": "what is native to JAX and torch",
    "simplify/": "rules of rewriting, by what they rewrite",
    "graph/tensors/numpy_": "NumPy's names",
    "graph/tensors/fourier.py": "complex numbers as pairs",
    "graph/arrays/array_functions.py": "NumPy's names",
    "graph/arrays/array.py": "NumPy's names",
    "graph/arrays/refused_functions.py": "NumPy's names",
    "graph/tensors/selected.py": "NumPy's names",
    "graph/tensors/tensor_numpy.py": "NumPy's names",
    "graph/tensors/tensor.py": "NumPy's names of methods",
    "graph/tensors/tensor_writers.py": "functions with arguments of their own",
    "frontends/stand_ins": "NumPy's and SciPy's names",
    "frontends/text_functions.py": "functions with arguments of their own",
    "differentiate/": "the slope of a norm where it is 0, and roots of sums of squares",
    "lower/python/known_sums.py": "softmax beside its sum",
    "native.py": "NumPy's names",
}
"""Where operations on tensors are told apart by name, and why."""


def literals(path: Path) -> Iterator[str]:
    """The texts of a module, what it is said to export aside."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    exports = [
        node for node in module.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    aside = {id(part) for node in exports for part in ast.walk(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


def test_operations_are_told_apart_by_name_only_where_that_is_said() -> None:
    names = {row.name for row in TENSORS} - INDEX_NOTATION
    source, found = ROOT / "src/edgewise", set()
    for path in sorted(source.rglob("*.py")):
        own = path.relative_to(source).as_posix()
        said = names.intersection(literals(path))
        place = next((place for place in PLACES if own.startswith(place)), None)
        assert not said or place is not None, f"{own} knows {', '.join(sorted(said))}: that belongs into the rows"
        if said:
            found.add(place)
    assert found == PLACES.keys(), f"nothing is said in {PLACES.keys() - found}"
