"""The gamma family in every back end: beside lgamma's zeros, and at large negative numbers, where sums are long."""

from __future__ import annotations

import math
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from node import needs_node, run

import edgewise as ew
from edgewise.lower.python.python_targets import TARGETS
from edgewise.ops import OPS
from peers import available

BACKENDS = ("evaluate", "python", "numpy", "llvm", "c", "jax", "torch")


@pytest.fixture(autouse=True)
def _is_installed(request: pytest.FixtureRequest) -> None:
    available(getattr(getattr(request.node, "callspec", None), "params", {}).get("backend", ""))


@pytest.fixture(autouse=True)
def _no_endless_sums() -> Iterator[None]:
    def stop(*_: Any) -> None:  # pragma: no cover
        pytest.fail("a sum goes on without end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def values(graph: Any, backend: str, points: list[float]) -> list[float]:
    if backend == "evaluate":
        return [float(np.asarray(graph.evaluate(x).outputs[0])) for x in points]
    f = graph.compile(backend)
    return [float(np.asarray(f(x))) for x in points]


@pytest.mark.parametrize("backend", BACKENDS)
def test_lgamma_beside_its_zeros(backend: str) -> None:
    offsets = [s * d for d in (1e-15, 1e-12, 1e-8, 1e-5, 1e-3, 0.02, 0.1, 0.3, 0.49) for s in (1, -1)]
    points = [zero + d for zero in (1.0, 2.0) for d in (0.0, *offsets)]
    with mp.workdps(40):
        for x, got in zip(points, values(ew.parse("lgamma(x)"), backend, points), strict=True):
            exact = mp.loggamma(mp.mpf(x))
            assert abs(mp.mpf(got) - exact) <= 6 * np.spacing(abs(float(exact))), (x, got)


def test_lgamma_in_a_branch_that_may_not_be_selected() -> None:
    f = ew.parse("where(x > 0, lgamma(x), x) + lgamma(x + 1.001)").compile("python")
    with mp.workdps(40):
        x = 1 - 1e-9
        exact = mp.loggamma(mp.mpf(x)) + mp.loggamma(mp.mpf(x + 1.001))
        assert f(x) == pytest.approx(float(exact), rel=1e-15)
        assert math.isclose(f(1e-3), float(mp.loggamma(1e-3) + mp.loggamma(1e-3 + 1.001)), rel_tol=1e-15)
    assert ew.parse("where(x == 0, 5, lgamma(x))").compile("python")(0.0) == 5


FAR = [-1e-20, -0.5, -3.25, -9.75, -20.25, -1000.75, -1e6 - 0.5, -1e9 - 0.25, -1e12 - 0.25, -1e15 - 0.25]


def exact_polygamma(n: int, x: float) -> Any:
    """By reflection, where mpmath too would sum without end."""
    y = mp.mpf(x)
    return (-1) ** n * mp.psi(n, 1 - y) - mp.pi * mp.diff(lambda t: mp.cot(mp.pi * t), y - mp.floor(y), n)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_polygamma_of_large_negative_numbers(backend: str, n: int) -> None:
    with mp.workdps(60):
        exact = [float(exact_polygamma(n, x)) for x in FAR]
    scale = float(math.factorial(n)) * 30.0
    for x, got, true in zip(FAR, values(ew.parse(f"polygamma({n}, x)"), backend, FAR), exact, strict=True):
        assert abs(got - true) <= 4e-15 * max(abs(true), scale), (x, got, true)


@pytest.mark.parametrize("backend", BACKENDS[1:])
def test_derivatives_of_the_gamma_family_far_below_0(backend: str) -> None:
    x = -1e12 - 0.25
    with mp.workdps(60):
        trigamma, next_one = (float(exact_polygamma(n, x)) for n in (1, 2))
    for text, wanted in (("gamma(x)", 0.0), ("lgamma(x)", trigamma), ("digamma(x)", next_one)):
        second = ew.parse(text).hessian("x").compile(backend)(x)[2]
        assert float(np.asarray(second).ravel()[0]) == pytest.approx(wanted, rel=1e-14)


@pytest.mark.parametrize("backend", BACKENDS)
def test_polygamma_of_poles_and_beyond(backend: str) -> None:
    poles = [0.0, -1.0, -1e16, -math.inf]
    assert values(ew.parse("polygamma(1, x)"), backend, poles) == [math.inf] * 4
    assert values(ew.parse("polygamma(2, x)"), backend, poles) == [-math.inf] * 4
    assert np.isnan(values(ew.parse("polygamma(2, x)"), backend, [math.nan])).all()


def test_arrays_of_both_signs() -> None:
    x = np.array([[2.5, -1e13 - 0.25], [-3.0, 1e9]])
    for n in (1, 2, 130):
        with np.errstate(all="ignore"):
            got = ew.parse(f"polygamma({n}, x)").compile("numpy")(x)
            assert got.tolist() == OPS["polygamma"].value(x, n).tolist()
            assert got.ravel()[0] == pytest.approx(float(mp.psi(n, 2.5)), rel=1e-13)
    assert "polygamma" not in TARGETS["jax"].own(OPS["polygamma"])


@needs_node
def test_javascript(tmp_path: Path) -> None:
    calls = [(ew.parse("polygamma(1, x)").to_js(), "f", [[x] for x in FAR]),
             (ew.parse("lgamma(x)").to_js(), "f", [[1 - 1e-9], [2 + 1e-9]])]  # fmt: skip
    poly, log = run(tmp_path, calls)
    with mp.workdps(60):
        assert poly == pytest.approx([float(exact_polygamma(1, x)) for x in FAR], rel=1e-14)
        assert log == pytest.approx([float(mp.loggamma(mp.mpf(x))) for x in (1 - 1e-9, 2 + 1e-9)], rel=1e-15)
