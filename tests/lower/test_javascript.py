"""JavaScript under Node: the values of the interpreter at ordinary and special points, in every layout, under any name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

import edgewise as ew
from edgewise.api import Graph
from edgewise.lower import js_operations
from lower.node import needs_node, run
from lower.test_one_answer import ALL, differences, points, together

GOLDEN = Path(__file__).parent.parent / "golden"
EXAMPLES = {
    "readme": ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient().simplify(),
    "branches": ew.parse("where(x > 0, sqrt(x), 0)*y").gradient().simplify(),
    "group": ew.trace(lambda w, b: [np.tanh(w @ w) + b, w[0] * b], w=3, b=()).jacobian().simplify(),
}


def flat(value: Any) -> list[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(value)]


def rows_of(arity: int) -> list[Any]:
    return [row for row in ALL if row[0].arity == arity]


@needs_node
def test_every_operation_has_the_interpreters_answer(tmp_path: Path) -> None:
    """All rows of the table, in a function of a module and as the arrow functions of a page."""
    given = {arity: points(arity) for arity in (1, 2, 3)}
    calls = [(together(rows_of(arity)).to_js(), "f", given[arity]) for arity in given]
    for arity in given:
        arrows = (
            f"const all = {js_operations(rows_of(arity))};\nexport const f = (...args) => all.map(f => f(...args));"
        )
        calls.append((arrows, "f", given[arity]))
    wrong = []
    for arity, found in zip([1, 2, 3, 1, 2, 3], run(tmp_path, calls), strict=True):
        columns = [np.array(column) for column in zip(*given[arity], strict=True)]
        with np.errstate(all="ignore"):
            expected = ew.api.Graph(together(rows_of(arity)).tape).evaluate(*columns).outputs
        for (op, parameter), got, wanted in zip(rows_of(arity), np.array(found).T, expected, strict=True):
            whole = np.broadcast_to(np.asarray(wanted, dtype=float), len(columns[0]))
            wrong += differences(op, parameter, got, whole, 1e-13)
    assert not wrong, "\n".join(wrong)


@needs_node
def test_every_derivative_has_the_interpreters_answer(tmp_path: Path) -> None:
    """First and second derivatives of all rows; as they are written and simplified."""
    mesh = {1: points(1), 2: points(2)[::7], 3: points(3)[::13]}
    cases = []
    for arity in mesh:
        for row in rows_of(arity):
            G = together([row])
            cases += [(row, arity, G.jacobian().simplify()), (row, arity, G.jacobian())]
            if row[0].arity < 3:
                cases.append((row, arity, Graph(G.tape).jacobian().jacobian()))
    found = run(tmp_path, [(graph.to_js(), "f", mesh[arity]) for _, arity, graph in cases])
    wrong = []
    for ((op, parameter), arity, graph), results in zip(cases, found, strict=True):
        with np.errstate(all="ignore"):
            wanted = graph.compile("numpy")
            for point, got in zip(mesh[arity], results, strict=True):
                numbers, expected = np.array(flat(got)), np.array(flat(wanted(*point)))
                near = np.isclose(numbers, expected, rtol=1e-11, atol=1e-300, equal_nan=True)
                if not near.all():
                    wrong.append(f"{op.name}({parameter}) at {point}: {numbers[~near]} and {expected[~near]}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:200])
