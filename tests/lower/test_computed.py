"""The stable formulas of rows have the values of the rows, and targets print them where they have nothing native."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Final

import numpy as np
import pytest

import edgewise as ew
from edgewise.evaluate import forward_propagation
from edgewise.lower.formulas import formula_tape
from edgewise.lower.python import python_printer as python
from edgewise.lower.python.python_targets import TARGETS
from edgewise.ops import OPS, TABLE, Op, computed_template

ROWS: Final = [op for op in TABLE if op.computed and not op.parameter]
POINTS: Final = (
    0.0, 0.3, -0.3, 1.0, -1.0, 2.0, 5e-324, -1e-300, 36.9, -36.9, 709.0, 800.0, -745.2, -800.0, 1e308, math.inf,
    -math.inf, math.nan,
)  # fmt: skip


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_the_formula_has_the_rows_value(op: Op) -> None:
    formula = computed_template(op)
    assert formula is not None
    points = np.array(list(itertools.product(POINTS, repeat=op.arity))).T
    with np.errstate(all="ignore"):
        found = np.broadcast_to(
            forward_propagation(formula_tape(op, formula), list(points)).outputs[0], points[0].shape
        )
        expected = op.value(*points)
    np.testing.assert_allclose(found, expected, rtol=1e-15, atol=0)


@pytest.mark.parametrize("target", ["math", "numpy", "jax", "torch"])
def test_a_target_prints_what_is_not_native(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its own function for any of them, a target has the same values by the rows' formulas."""
    library = pytest.importorskip(target)
    if target == "jax":
        library.config.update("jax_enable_x64", True)
    names = ("sigmoid", "softplus", "logaddexp", "heaviside", "erf", "erfc", "erfinv", "gamma", "lgamma", "digamma")
    spelled = {name: text for name, text in TARGETS[target].spelled.items() if name not in names}
    own = TARGETS[target].own
    poorer = replace(TARGETS[target], spelled=spelled, own=lambda op: "" if op.name in names else own(op))
    monkeypatch.setattr(python, "TARGETS", {**TARGETS, target: poorer})
    x, y = ew.symbols("x y")
    special = [ew.erf(x), ew.erfc(x), ew.erfinv(y / 4), ew.gamma(x), ew.lgamma(x), ew.digamma(x)]
    graph = ew.graph([ew.sigmoid(x), ew.softplus(x * y), ew.logaddexp(x, y), ew.heaviside(x), *special])
    text = graph.to_python(target=target)
    assert all(f"def _{name}(" in text for name in names)
    namespace: dict[str, object] = {}
    exec(text, namespace)
    for point in ((0.3, 2.0), (-800.5, 1.5), (800.0, 0.5), (1.7, -1.0), (12.0, 3.9)):
        found = [float(value) for value in namespace["f"](*point)]  # type: ignore[operator]
        expected = graph.evaluate(*point).outputs
        np.testing.assert_allclose(found, [float(v) for v in expected], rtol=4e-14)


def test_c_prints_what_is_not_native() -> None:
    x, y = ew.symbols("x y")
    source = ew.graph(ew.logaddexp(x, y) + ew.sigmoid(x)).to_c()
    assert "static double ew_logaddexp(double x, double y) {" in source
    assert "static double ew_sigmoid(double x) {" in source


def test_names_of_other_libraries_are_the_rows() -> None:
    assert OPS["sigmoid"].names == ("expit", "logistic")
    x = ew.symbols("x")
    special = pytest.importorskip("scipy.special")
    for name, row in (("expit", "sigmoid"), ("psi", "digamma"), ("gammaln", "lgamma")):
        graph = ew.graph(getattr(special, name)(x))
        assert graph.op(len(graph) - 1) == row
        assert ew.parse(f"{name}(x)") == graph
