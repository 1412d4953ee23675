"""One answer everywhere: every operation at special points, on every back end, against the interpreter and mpmath.

The convention: values at ±0, ±inf, NaN, at poles and ties, of huge and of subnormal numbers are those of IEEE 754 and
C99 (`pow`, `lgamma`, `atan2`), of NumPy's minimum and maximum (NaN wins, of equal zeros the second), and a result that
is smaller than the smallest normal double may come as zero where a library's function has it so.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from native_tiers import interpreted

import edgewise as ew
import oracles
from edgewise.api.graph import Graph
from edgewise.evaluate import forward_propagation
from edgewise.graph import Builder, Layout
from edgewise.ops import OPS, Op
from peers import available
from rows import CASES, SCIPYS, row_tape

LARGEST, NORMAL, LEAST = 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324
POSITIVE = [
    0.0, LEAST, 1e-310, NORMAL, 1e-305, 1e-160, 1e-103, 1e-10, 1e-3, 0.49999999999999994, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0,
    20.0, 36.0, 40.0, 170.0, 170.5, 180.5, 710.0, 745.0, 746.0, 1e5, 1e15, 4503599627370497.5, 2.0**53, 1e17, 1e80,
    1e103, 1e154, 1e155, 1e300, LARGEST, math.inf,
]  # fmt: skip
ONE = [*POSITIVE, *(-x for x in POSITIVE), math.nan]
_SIZES = (0.0, 0.5, 1.0, 2.0, 3.0, LEAST, 1e-310, 1e-300, 700.0, 1e16, 1e300, LARGEST, math.inf)
TWO = [*_SIZES, *(-x for x in _SIZES), 1.5, 1e17, math.nan]
THREE = [0.0, -0.0, 1.0, -1.0, 2.0, 1e300, LEAST, math.inf, -math.inf, math.nan]
MORE: list[tuple[Op, Any]] = [
    *((OPS["power"], c) for c in (-3, -4, 7, 65, -65, Fraction(-1, 3), Fraction(2, 3), 0.5, -0.5, 1.5)),
    (OPS["polygamma"], 0), (OPS["polygamma"], 4), (OPS["spherical_jn"], 0),
]  # fmt: skip
ALL = [*CASES, *MORE]
OURS = ("python", "numpy", "llvm, interpreted", "llvm, optimised", "llvm, a batch interpreted", "llvm, a batch", "c")

# SciPy's own digits beside a negative pole, outside the domain, are not looked at; nor is its gamma there.
OUTSIDE = {"polygamma": "x < 0", "digamma": "x < 0 and x != floor(x) and x - floor(x) > 1 - 1e-15"}
NO_SIGN_OF_ZERO = {"erfinv"}


def points(arity: int) -> list[tuple[float, ...]]:
    return list(itertools.product({1: ONE, 2: TWO, 3: THREE}[arity], repeat=arity))


def together(rows: list[tuple[Op, Any]]) -> Graph:
    """One graph of operations that have as many arguments."""
    builder = Builder()
    inputs = [builder.input(name) for name in "xyz"[: rows[0][0].arity]]
    nodes = [builder.add(builder.code(op), inputs, parameter) for op, parameter in rows]
    return Graph(builder.freeze(nodes, Layout("list", (), (Layout(),) * len(nodes)))[0])


def results(graph: Graph, backend: str, given: list[tuple[float, ...]]) -> Any:
    """The values of each output at all points; one by one where the back end has a way of its own for numbers."""
    columns = [np.array(column) for column in zip(*given, strict=True)]
    with np.errstate(all="ignore"):
        if not backend.startswith(("llvm", "python")):
            return np.array([np.asarray(row, dtype=float) for row in graph.compile(backend)(*columns)])
        name = "python" if backend == "python" else "llvm"
        f: Any = interpreted(graph) if "interpreted" in backend else graph.compile(name)
        if "batch" not in backend:
            if backend == "llvm, optimised":
                f.wait()
            return np.array([f(*point) for point in given]).T
        if "interpreted" not in backend:
            f(*columns)
            f.wait()  # for vectors too
        return np.array(f(*columns))


def answers(backend: str, rows: list[tuple[Op, Any]]) -> Iterator[tuple[Op, Any, Any, Any]]:
    """(operation, parameter, the back end's values, the interpreter's) of each row."""
    for arity in (1, 2, 3):
        mine, given = [row for row in rows if row[0].arity == arity], points(arity)
        columns = [np.array(column) for column in zip(*given, strict=True)]
        # Under Python the first operation that raises sends the whole call to NumPy.
        for part in [[row] for row in mine] if backend == "python" else [mine]:
            run = forward_propagation(together(part).tape, columns).outputs
            found = results(together(part), backend, given)
            for (op, parameter), got, expected in zip(part, found, run, strict=True):
                yield op, parameter, got, np.broadcast_to(np.asarray(expected, dtype=float), len(given))


def same(got: Any, expected: Any, relative: float, zeros: bool = True) -> Any:
    """Where two answers are one."""
    with np.errstate(all="ignore"):
        equal = (got == expected) | (np.isnan(got) & np.isnan(expected))
        equal &= (np.signbit(got) == np.signbit(expected)) | (got != 0) | ~np.bool_(zeros)
        near = np.abs(got - expected) <= relative * np.abs(expected) + (0.0 if relative == 0 else NORMAL)
        return equal | (near & np.isfinite(expected) & np.isfinite(got) & ((got != 0) | (expected != 0)))


def differences(op: Op, parameter: Any, got: Any, expected: Any, relative: float) -> list[str]:
    given = points(op.arity)
    fits = same(got, expected, relative, op.name not in NO_SIGN_OF_ZERO)
    if op.name in OUTSIDE:
        column = np.array([x for (x,) in given])
        outside = forward_propagation(ew.parse(OUTSIDE[op.name], inputs=["x"]).tape, [column]).outputs[0]
        fits |= (np.asarray(outside) != 0) & (np.isfinite(got) == np.isfinite(expected))
    bad = np.flatnonzero(~fits)
    return [f"{op.name}({parameter}) at {given[k]}: {got[k]} and {expected[k]}" for k in bad[:5].tolist()]


@pytest.mark.parametrize("backend", OURS)
def test_every_operation_has_one_answer(backend: str) -> None:
    available(backend)
    wrong = []
    rows = [row for row in ALL if row[0].name not in SCIPYS or backend not in ("python", "c")]
    for op, parameter, got, expected in answers(backend, rows):
        wrong += differences(op, parameter, got, expected, 1e-13)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_the_interpreter_is_right() -> None:
    """mpmath where it has a finite real number: no overflow, nothing lost, subnormal numbers too."""
    wrong = []
    with mp.workdps(60), np.errstate(all="ignore"):
        for op, parameter in ALL:
            if op.arity > 1 or op.boolean or op.name in OUTSIDE or op.name in ("sigmoid", "gamma", "spherical_jn"):
                continue
            for x in ONE:
                if not math.isfinite(x) or (abs(x) > 1e17 and op.name in ("sin", "cos", "tan", "sinc")):
                    continue
                if op.name.startswith("airy") and x < -1e12:  # the phase is that of two doubles
                    continue
                try:
                    exact = oracles.mp_value(op.name, [mp.mpf(x)], parameter)
                    if not isinstance(exact, mp.mpf) or not mp.isfinite(exact) or abs(exact) > LARGEST:
                        continue
                except (ValueError, ZeroDivisionError, OverflowError, TypeError, mp.libmp.ComplexResult):
                    continue
                got = float(forward_propagation(row_tape(op, parameter), [x]).outputs[0])
                limit = 1e-12 * abs(exact) + 4 * LEAST
                if not abs(mp.mpf(got) - exact) <= limit:
                    wrong.append(f"{op.name}({parameter}) at {x}: {got} and {mp.nstr(exact, 17)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
@pytest.mark.parametrize("x", [LEAST, -1e-310, 1e-160, -1e-80, 9.9e-9, 1.1e-8])
def test_bessel_functions_near_zero_against_mpmath(order: int, x: float) -> None:
    with mp.workdps(60):
        z = mp.mpf(x)
        exact = mp.sqrt(mp.pi / 2 / abs(z)) * mp.besselj(order + mp.mpf(1) / 2, abs(z)) * (mp.sign(z) ** order)
        got = ew.parse(f"spherical_jn({order}, x)").evaluate(x).outputs[0]
        assert abs(got - exact) <= 1e-13 * abs(exact) + LEAST


# XLA takes subnormal numbers for zero, and at poles and far out these functions are the library's own.
THEIRS = {
    "jax": {"digamma", "polygamma", "spherical_jn", "sinc"},
    "torch": {"polygamma", "spherical_jn", "digamma", "mod"},
}
LOOSE = {"jax": 3e-12, "torch": 1e-13}


@pytest.mark.peer
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_libraries_have_the_same_answer_at_normal_numbers(backend: str) -> None:
    available(backend)
    wrong = []
    rows = [row for row in ALL if row[0].name not in THEIRS[backend] | SCIPYS]
    for op, parameter, got, expected in answers(backend, rows):
        columns = np.array(list(zip(*points(op.arity), strict=True)))
        with np.errstate(all="ignore"):
            normal = ((columns == 0) | ~(np.abs(columns) < 1e-305)).all(axis=0)
            normal &= ~((np.abs(expected) < 1e-307) & (np.abs(got) < 1e-307))
            if op.name.startswith("airy"):  # the phase in two doubles, which XLA contracts
                normal &= columns[0] > -1e15
            if op.name in ("sinh", "cosh", "hypot"):  # which overflow a little early
                normal &= ~(np.isinf(got) & (np.abs(expected) > 1e308))
        wrong += differences(op, parameter, np.where(normal, got, expected), expected, LOOSE[backend])
    assert not wrong, "\n".join(wrong)


WITH_NUMBERS = ["min(x, 1)", "max(x, 1)", "max(x, 0)", "min(x, 0)", "min(0, x)", "max(0, x)", "max(1, x)",
                "clip(x, 0, 1)", "clip(x, -1, 1)", "clip(0, x, 1)",
                "1/relu(x)", "1/floor(x)", "1/ceil(x)", "1/round(x)", "1/max(x, 0)",
                "x**0.5 + 1", "x**-2*1e300", "x**(1/2)", "where(x > 0, max(x, 2), floor(x))"]  # fmt: skip


@pytest.mark.parametrize("backend", OURS)
def test_operations_on_numbers_and_inputs(backend: str) -> None:
    available(backend)
    wrong, given = [], [(x,) for x in ONE]
    texts = [[text] for text in WITH_NUMBERS] if backend == "python" else [WITH_NUMBERS]
    got = np.concatenate([results(ew.parse(f"[{', '.join(part)}]"), backend, given) for part in texts])
    for text, found in zip(WITH_NUMBERS, got, strict=True):
        expected = np.asarray(ew.parse(text).evaluate(np.array(ONE)).outputs[0])
        bad = np.flatnonzero(~same(found, expected, 1e-15))
        wrong += [f"{text} at {ONE[k]}: {found[k]} and {expected[k]}" for k in bad.tolist()]
    assert not wrong, "\n".join(wrong)


def test_infinite_constants_are_printed_for_every_target() -> None:
    G = ew.parse("where(x > log(0), x, -log(0))")
    for target, word in (("math", "math.inf"), ("numpy", "np.inf"), ("jax", "jnp.inf"), ("torch", "torch.inf")):
        assert f"-{word}" in G.to_python(target=target)
    assert "-INFINITY" in G.to_c() and "-INFINITY" in G.to_c(dtype="float")
    for backend in ("llvm", "numpy", "python", "c"):
        available(backend)
        assert G.compile(backend)(2.0) == 2.0 and G.compile(backend)(-math.inf) == math.inf
