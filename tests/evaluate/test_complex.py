"""Complex numbers in holomorphic graphs: values beside mpmath, derivatives by the complex step, refusals elsewhere."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
import oracles
import rows
import strategies
from edgewise.errors import InputError, LoweringError, UnsupportedError
from edgewise.graph import Builder, Layout, Tape
from edgewise.ops import Op

STEP = 1e-30
"""Squier and Martins, Sturdza and Alonso: the imaginary part of f(x + ih)/h is the derivative, and nothing cancels."""

REAL = frozenset(
    "lt le gt ge eq ne and or not where abs sign min max clip relu heaviside floor ceil round mod cbrt atan2".split()
)
"""Rows that are refused, whatever else is: comparisons, selections, steps and kinks."""


HOLOMORPHIC = frozenset(
    """add sub mul div neg power pow sqrt exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan hypot sinh cosh
    tanh asinh acosh atanh erf erfc gamma sigmoid softplus logaddexp logit xlogy xlog1py gammapdf""".split()
)
"""Rows that are never refused; others may be."""


def called(op: Op, parameter: Any) -> ew.Graph:
    return ew.Graph(rows.row_tape(op, parameter))


def derivatives(graph: ew.Graph, point: dict[str, float]) -> list[float]:
    """The gradient by the complex step."""
    return [
        graph.evaluate({**point, name: complex(value, STEP)}).outputs[0].imag / STEP for name, value in point.items()
    ]


def refused(graph: ew.Graph, point: dict[str, float]) -> str:
    try:
        derivatives(graph, point)
    except UnsupportedError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("op", "parameter"), rows.CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_rows_are_holomorphic_or_refused(op: Op, parameter: Any) -> None:
    """The complex step gives the partials of the rows, and values beside the real line are mpmath's."""
    graph, points = called(op, parameter), rows.sample(op, parameter, 6)
    names = graph.inputs
    first = dict(zip(names, points[0], strict=True))
    if op.name in REAL:
        with pytest.raises(UnsupportedError, match=f"{op.name} at .*is not holomorphic: {op.name} "):
            graph.evaluate({name: complex(value, 0.1) for name, value in first.items()})
        return
    refusal = refused(graph, first)
    if refusal:
        assert "has no function of complex numbers here" in refusal and op.name not in HOLOMORPHIC
        return
    compared = 0
    for point in points:
        given = dict(zip(names, point, strict=True))
        if op.name == "gamma" and point[0] < 0:  # SciPy's is right as a whole there, and its smaller part is not
            continue
        found = derivatives(graph, given)
        exact = graph.gradient().evaluate(given).outputs
        if all(np.isfinite(exact)) and max(map(abs, exact)) < 1e100:
            np.testing.assert_allclose(found, exact, rtol=1e-9, atol=1e-12)
            compared += 1
            beside = {name: complex(value, 0.01) for name, value in given.items()}
            with mp.workdps(40):
                there = _at(op, [mp.mpc(z) for z in beside.values()], parameter)
            assert graph.evaluate(beside).outputs[0] == pytest.approx(complex(there), rel=1e-9, abs=1e-12)
    assert compared


def _at(op: Op, z: list[Any], parameter: Any) -> Any:
    if op.name == "hypot":
        return mp.sqrt(z[0] ** 2 + z[1] ** 2)
    if op.name == "power":
        return z[0] ** (parameter if isinstance(parameter, int) else mp.mpf(float(parameter)))
    return oracles.mp_value(op.name, z, parameter)


@settings(max_examples=40, deadline=None)
@given(strategies.tapes(strategies.SMOOTH))
def test_the_complex_step_of_random_graphs(tape: Tape) -> None:
    """By the interpreter and by the emitted function."""
    graph = ew.Graph(tape)
    point = {name: 0.3 + 0.4 * k for k, name in enumerate(graph.inputs)}
    exact = graph.gradient().evaluate(point).outputs
    if not (np.isfinite(exact).all() and np.abs(exact).max() < 1e6):
        return
    scale = 1e-10 * max(1.0, np.abs(exact).max())
    np.testing.assert_allclose(derivatives(graph, point), exact, rtol=1e-8, atol=scale)
    f = function(graph.to_python(dtype="complex128"))
    for k, name in enumerate(point):
        moved = {**point, name: complex(point[name], STEP)}
        assert np.imag(f(*moved.values())) / STEP == pytest.approx(exact[k], rel=1e-8, abs=scale)


def function(source: str) -> Any:
    names: dict[str, Any] = {}
    exec(source, names)
    return names["f"]


def test_real_inputs_may_select_and_compare() -> None:
    graph = ew.parse("where(y > 0, x**2, abs(y)*x)")
    assert graph.evaluate(x=2j, y=1.0).outputs == (-4,)
    assert graph.evaluate(x=2j, y=-3.0).outputs == (6j,)
    with pytest.raises(UnsupportedError, match=r"y > 0, gt at .* gt is for real numbers, which have an order"):
        graph.evaluate(x=2.0, y=1j)


def test_arrays_groups_and_derivative_graphs() -> None:
    x = ew.symbols("x", shape=(2, 2))
    graph = ew.graph(x[0, 0] * x[1, 1] - x[0, 1] * x[1, 0])
    matrix = np.array([[1j, 2], [3, 4 - 1j]])
    assert graph.evaluate(matrix).result == pytest.approx(np.linalg.det(matrix))
    np.testing.assert_allclose(graph.gradient().evaluate(matrix.tolist()).result, [[4 - 1j, -3], [-2, 1j]])
    np.testing.assert_allclose(ew.parse("x*y").evaluate(x=np.array([1j, 2]), y=3).result, [3j, 6])
    f = function(graph.hessian(sparse="dense").simplify().to_python(dtype="complex128"))
    value, gradient, hessian = f(matrix)
    assert value == pytest.approx(np.linalg.det(matrix)) and gradient.dtype == hessian.dtype == complex
    np.testing.assert_allclose(gradient, [[4 - 1j, -3], [-2, 1j]])


def test_the_users_formula_is_written_out() -> None:
    wave = ew.op("wave", value="sigmoid(x)*sin(x)", partials="sigmoid(x)*((1 - sigmoid(x))*sin(x) + cos(x))")
    bent = ew.op("bent", value="abs(x)*x", partials="2*abs(x)")
    given = {"x": 0.7}
    graph = ew.graph(wave(ew.symbols("x")))
    assert derivatives(graph, given) == pytest.approx(graph.gradient().evaluate(given).outputs)
    with pytest.raises(UnsupportedError, match="bent is written with abs, which has a kink where x == 0"):
        ew.graph(bent(ew.symbols("x"))).evaluate(1j)


def test_a_dead_kink_is_no_reason() -> None:
    builder = Builder()
    x = builder.input("x")
    builder.add(ew.ops.CODE["abs"], [x])
    tape = builder.whole([builder.add(ew.ops.CODE["exp"], [x])], Layout())
    assert ew.Graph(tape).evaluate(1j).outputs[0] == pytest.approx(np.exp(1j))


def test_what_is_refused() -> None:
    with pytest.raises(UnsupportedError, match=r"evaluate\(\) at complex numbers is for graphs of scalars"):
        ew.parse("sum(x)", shapes="x: n").evaluate(x=np.array([1j]))
    with pytest.raises(InputError, match="no value was given for the input 'y'"):
        ew.parse("x*y").evaluate(x=1j)
    with pytest.raises(UnsupportedError, match="is not holomorphic: relu has a kink where x == 0"):
        ew.parse("relu(x)").to_python(dtype="complex128")
    with pytest.raises(LoweringError, match=r"is for the target .numpy., without bounds and certificates"):
        ew.parse("x").to_python(target="jax", dtype="complex128")
    with pytest.raises(LoweringError, match="there is no precision 'float16'"):
        ew.parse("x").to_python(dtype="float16")
