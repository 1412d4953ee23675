"""Which results a function returns: `only=` of everything that prints or compiles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers
from edgewise.cli import main
from edgewise.errors import InputError

H = ew.parse("exp(x)*y**2 + sin(x*y)").hessian().simplify()


@pytest.mark.parametrize("backend", ["llvm", "python", "numpy", "c", "jax"])
def test_a_function_of_some_results(backend: str) -> None:
    peers.available(backend)
    value, gradient, hessian = (np.asarray(part) for part in H.compile(backend)(0.5, 2.0))
    assert np.asarray(H.compile(backend, only="hessian")(0.5, 2.0)).tolist() == hessian.tolist()
    second, first = H.compile(backend, only=["hessian", "value"])(0.5, 2.0)
    assert np.asarray(second).tolist() == hessian.tolist() and float(first) == float(value)
    assert np.asarray(H.compile(backend, only=("gradient",))(0.5, 2.0)).tolist() == gradient.tolist()


def test_nothing_is_computed_for_the_others() -> None:
    counts = {only: H.program(only).operations for only in ("value", "gradient", "hessian")}
    assert counts["value"] < counts["gradient"] < H.program().operations
    source = H.to_python(only="value")
    assert "in 6 operations" in source and "Returns value." in source and "hessian" not in source
    assert "double hessian[4]" in H.to_c(only="hessian", header=True) and "gradient" not in H.to_c(only="hessian")
    assert "@returns [hessian, value]" in H.to_js(only=["hessian", "value"])


def test_of_tensors_of_any_order_and_of_a_graph() -> None:
    L = ew.parse("sum(exp(A @ x))", shapes="A: m,n; x: n").gradient("x").simplify()
    a, x = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([0.3, 0.2])
    wanted = L.compile()(a, x)[1]
    assert L.compile(only="gradient")(a, x).tolist() == wanted.tolist()
    assert L.compile("llvm", only="gradient", m=2, n=2)(a, x) == pytest.approx(wanted)
    assert "sum(exp" not in L.to_python(only="gradient") and "value" not in L.to_python(only="gradient")
    D = ew.parse("x**3*y").derivatives(3)
    assert D.compile(only="d3")(2.0, 5.0).tolist() == [30.0, 12.0, 0.0, 0.0]
    assert ew.parse("x*y").compile(only="value")(2.0, 3.0) == 6.0


@pytest.mark.parametrize(
    ("only", "what"),
    [
        ("hesian", "there is no result 'hesian'; did you mean 'hessian'\\? its results are value, gradient, hessian"),
        (["value", "d3"], "there is no result 'd3'; its results are value, gradient, hessian"),
        ([], "no result is chosen; its results are value, gradient, hessian"),
        ([3], "there is no result 3; its results are"),
    ],
)
def test_names_that_are_none_are_told(only: Any, what: str) -> None:
    for call in (H.compile, H.to_python, H.to_c, H.to_js, H.program):
        with pytest.raises(InputError, match=what):
            call(only=only)


def test_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    for given in (["--at", "x=1,y=2"], ["--target", "js"]):
        with pytest.raises(SystemExit):
            main(["hessian", "exp(x)*y", "--only", "hessian", *given])
        out = capsys.readouterr().out
        assert "hessian" in out and "gradient" not in out
    with pytest.raises(SystemExit) as stop:
        main(["grad", "x*y", "--only", "value,value", "--at", "x=2,y=3"])
    assert not stop.value.code and capsys.readouterr().out == "value = 6.0\n"
