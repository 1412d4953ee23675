"""Native code computes what the reference interpreter computes, in every tier."""

from __future__ import annotations

import gc
import itertools
import math
import pickle
import subprocess
import sys
import threading
import weakref
from fractions import Fraction
from typing import Any

import llvmlite.binding as binding
import mpmath as mp
import numpy as np
import psutil
import pytest
from hypothesis import given, settings
from native_tiers import TIERS, interpreted, results

import edgewise as ew
import oracles
from edgewise.api.graph import Graph
from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Tape
from edgewise.lower.llvm import compiled_llvm as llvm
from edgewise.lower.llvm import llvm_images, llvm_loop
from edgewise.lower.llvm.compiled_llvm import NativeCompiled
from edgewise.lower.llvm.llvm_machine import machine
from edgewise.ops import Op
from ops.test_conventions import MORE_UNSELECTED, POINTS, SECOND, UNSELECTED
from quickly import one_in
from rows import CASES, row_tape, sample
from strategies import EVERY, KINKED, SMOOTH, tapes_with_points

INF, NAN = math.inf, math.nan


def reference(tape: Tape, point: Any) -> list[float]:
    with np.errstate(all="ignore"):
        return [float(v) for v in forward_propagation(tape, [np.float64(v) for v in point]).outputs]


def agree(got: list[float], expected: list[float], relative: float = 1e-12) -> bool:
    """NaN with NaN, infinities and zeros with their signs exactly, other numbers to a few units in the last place."""
    return all(
        (math.isnan(g) and math.isnan(e))
        or (g == e and (g != 0 or math.copysign(1, g) == math.copysign(1, e)))
        or 0 < abs(g - e) <= relative * abs(e)
        for g, e in zip(got, expected, strict=True)
    )


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_every_operation_in_every_tier(op: Op, parameter: Any) -> None:
    tape = row_tape(op, parameter)
    points = sample(op, parameter)
    for tier, found in results(Graph(tape), points).items():
        for point, got in zip(points, found, strict=True):
            assert agree(got, reference(tape, point)), (tier, point, got, reference(tape, point))


SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.0, 1e-310, -5e-324, 1e300, -1e300, 710.0, -746.0, 1e22, INF, -INF, NAN)


@pytest.mark.parametrize(("op", "parameter"), one_in(3, CASES), ids=lambda value: getattr(value, "name", str(value)))
def test_every_operation_at_the_ends_of_the_line(op: Op, parameter: Any) -> None:
    tape = row_tape(op, parameter)
    axis = SPECIAL if op.arity < 3 else SPECIAL[::3]
    points = list(itertools.product(axis, repeat=op.arity))
    wrong = []
    for tier, found in results(Graph(tape), points).items():
        for point, got in zip(points, found, strict=True):
            expected = reference(tape, point)
            if not agree(got, expected):
                wrong.append((tier, point, got, expected))
    assert not wrong, (len(wrong), wrong[:8])


# formula, point, exact value or derivatives
TABLE_OF_POINTS = [
    *((formula, point, 1, list(gradient)) for formula, point, gradient in POINTS),
    *((formula, {"x": x}, 1, [first]) for formula, x, first, _ in (*UNSELECTED, *MORE_UNSELECTED)),
    *((formula, {"x": x}, 2, [second]) for formula, x, _, second in (*UNSELECTED, *MORE_UNSELECTED)),
    *((formula, point, 2, list(hessian)) for formula, point, hessian in SECOND),
]


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize(("formula", "point", "order", "expected"), one_in(3, TABLE_OF_POINTS))
def test_conventions_at_special_points(
    formula: str, point: dict[str, float], order: int, expected: list[float], simplified: bool
) -> None:
    G = ew.parse(formula, inputs=list(point))
    derivative = G.gradient() if order == 1 else G.hessian()
    derivative = derivative.simplify() if simplified else derivative
    for tier, found in results(derivative, [list(point.values())]).items():
        got = found[0][-len(expected) :]
        if (formula, order) in ROUNDED:
            assert got == pytest.approx(expected, rel=1e-15), tier
        else:
            assert all(g == e or (math.isnan(g) and math.isnan(e)) for g, e in zip(got, expected)), (tier, got)


ROUNDED = {("sinc(x)", 2)}  # -1/3 is no double


@pytest.mark.slow
@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED), max_outputs=2))
@settings(deadline=None, max_examples=40)
def test_random_graphs_and_their_derivatives(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    for graph in (Graph(tape), Graph(tape).jacobian(), Graph(tape).jacobian().simplify()):
        run = forward_propagation(graph.tape, point)
        expected = [float(run.values[n]) for r in graph.returns() for n in r.nodes]
        size = max(1.0, max(map(abs, expected), default=0.0))
        found = results(graph, [point, [0.0] * len(point), point])
        for tier in TIERS:
            # Where a sum cancels, both are as far from the exact value as the largest term is long.
            assert found[tier][0] == pytest.approx(expected, rel=1e-12, abs=1e-12 * size, nan_ok=True), tier
            assert np.array_equal(found[tier][0], found[tier][2], equal_nan=True)
        assert np.array_equal(found[TIERS[0]], found[TIERS[1]], equal_nan=True)  # the same rows, the same bits
        assert np.array_equal(found[TIERS[2]], found[TIERS[3]], equal_nan=True)


@pytest.mark.slow
@given(case=tapes_with_points(operations=EVERY, max_outputs=3, max_ops=12))
@settings(deadline=None, max_examples=40)
def test_random_graphs_outside_their_domains(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    expected = reference(tape, point)
    run = [float(v) for v in np.ravel(forward_propagation(tape, point).values)]
    tame = all(math.isfinite(v) and abs(v) < 1e6 for v in run)
    for tier, found in results(Graph(tape), [point]).items():
        for got, value in zip(found[0], expected, strict=True):
            if math.isnan(value) or math.isinf(value):
                assert got == value or math.isnan(got), tier
            elif tame and not any(tape.op_of_code(c).name in STEPS for c in set(tape.ops.tolist())):
                assert got == pytest.approx(value, rel=1e-9, abs=1e-9), tier


# Where a value jumps, one unit in the last place of what it is taken of decides.
STEPS = {"sign", "heaviside", "floor", "ceil", "round", "mod", "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not",
         "where", "gamma", "digamma", "lgamma", "erfinv", "tan", "pow", "power", "div", "acosh", "log", "sqrt", "atan2",
         "clip", "min", "max", "abs"}  # fmt: skip


def test_well_conditioned_graphs_against_mpmath() -> None:
    G = ew.parse("log(1 + exp(x*y)) + sin(x)*x**3 + tanh(y)**2/(1 + x*x) + erf(x*y)").hessian().simplify()
    rng = np.random.default_rng(1)
    points = rng.uniform(-2, 2, (20, 2)).tolist()
    found = results(G, points)
    for k, point in enumerate(points):
        with mp.workdps(40):
            values = oracles.mp_evaluate(G.tape, point)
            exact = [float(values[n]) for r in G.returns() for n in r.nodes]
        for tier in TIERS:
            assert found[tier][k] == pytest.approx(exact, rel=1e-12, abs=1e-13), tier


# --- calls ------------------------------------------------------------------------------------------------------------


def test_what_comes_back_is_nested_as_the_outputs_are() -> None:
    x, y = ew.symbols("x y")
    f = ew.graph({"a": [x * y, 3], "b": (x, x, y)}).compile()
    assert f(2.0, 5.0) == {"a": [10.0, 3.0], "b": (2.0, 2.0, 5.0)}
    assert f(y=5, x=np.float32(2)) == {"a": [10.0, 3.0], "b": (2.0, 2.0, 5.0)}
    g = ew.trace(lambda w, s: np.sum(w * w) * s, w=(2, 2), s=()).gradient().simplify().compile()
    value, (dw, ds) = g([[1, 2], [3, 4]], 2)
    assert (value, ds) == (60.0, 30.0)
    assert dw.tolist() == [[4.0, 8.0], [12.0, 16.0]]
    assert g(np.ones((2, 2), order="F", dtype="f4")[::-1], 1.0)[0] == 4.0


def test_results_do_not_share_memory_with_the_next_call() -> None:
    g = ew.trace(lambda w: np.sum(w * w), w=3).gradient().compile()
    first = g(np.ones(3))[1]
    g(np.zeros(3))
    assert first.tolist() == [2.0, 2.0, 2.0]


def test_bound_arrays() -> None:
    f = ew.trace(lambda w, s: np.sum(w * w) * s, w=3, s=()).gradient().simplify().compile()
    for _ in range(2):
        bound = f.buffers()
        bound.inputs["w"][:] = [1.0, 2.0, 3.0]
        bound.inputs["s"][...] = 2.0
        bound()
        assert bound.results.tolist() == [28.0, 4.0, 8.0, 12.0, 14.0]
        f.wait()
        bound()  # the same arrays, now by optimised code
        assert bound.results.tolist() == [28.0, 4.0, 8.0, 12.0, 14.0]


def test_a_list_that_should_be_unpacked() -> None:
    with pytest.raises(InputError, match=r"no value was given for the input 'y'; .*f\(\*values\)"):
        ew.parse("x*y").compile()([1.0, 2.0])


@pytest.mark.parametrize(
    ("args", "named", "error", "message"),
    [
        ((1.0,), {}, InputError, "no value was given for the input 's'; the inputs are w, s"),
        (([1.0, 2.0],), {}, InputError, "no value was given for the input 's'; the inputs are w, s"),
        ((np.ones(3), 1.0, 2.0), {}, InputError, "3 values were given for 2 inputs"),
        ((np.ones(3), 1.0), {"q": 1.0}, InputError, "'q' is not an input"),
        ((np.ones(3), 1.0), {"s": 1.0}, InputError, "given twice"),
        ((np.ones(4), 1.0), {}, ShapeError, "the group 'w' was given an array of shape"),
        ((np.ones(1), 1.0), {}, ShapeError, "the group 'w' was given an array of shape"),
        ((1.0, 1.0), {}, ShapeError, "the group 'w'"),
        (("abc", 1.0), {}, InputError, "of type str"),
        ((np.ones(3, dtype=complex), 1.0), {}, InputError, "of type ndarray"),
        ((np.ones(3), 1j), {}, InputError, "of type complex"),
        ((np.ones(3), None), {}, InputError, "of type NoneType"),
        (([1.0, [2.0]], 1.0), {}, InputError, "of type list"),
    ],
)
def test_bad_input(args: Any, named: Any, error: type[Exception], message: str) -> None:
    f = ew.trace(lambda w, s: np.sum(w * w) * s, w=3, s=()).compile()
    with pytest.raises(error, match=message):
        f(*args, **named)
    assert f(np.ones(3), 2.0) == 6.0


def test_one_group_of_the_wrong_shape() -> None:
    f = ew.trace(lambda w: np.sum(w * w), w=3).compile()
    with pytest.raises(ShapeError, match="its shape is"):
        f(np.ones(4))
    with pytest.raises(ShapeError, match="its shape is"):
        f(np.ones((3, 1)))


def test_graphs_without_inputs_or_without_operations() -> None:
    x, y = ew.symbols("x y")
    assert ew.graph([x, 2, x, y], inputs=["x", "y"]).compile()(3.0, 4.0) == [3.0, 2.0, 3.0, 4.0]
    f = ew.graph([7], inputs=[]).compile()
    assert f() == [7.0]
    assert f.wait()() == [7.0]


def test_constants_beyond_doubles_are_refused() -> None:
    x = ew.symbols("x")
    with pytest.raises(ew.EdgewiseError, match="largest double"):
        ew.graph(x * 10**400).compile()
    assert ew.graph(x * Fraction(1, 3)).compile()(3.0) == 1.0


# --- a user's operations ----------------------------------------------------------------------------------------------


def test_custom_operations_in_every_tier() -> None:
    swish = ew.op(
        "swish_native",
        "x y",
        value=lambda x, y: x / (1 + np.exp(-y)),
        partials=["1/(1 + exp(-y))", "x*exp(-y)/(1 + exp(-y))**2"],
    )
    three = ew.op("three_native", "x y z", value="x*y + z", partials=["y", "x", "1"])
    five = ew.op(
        "five_native", "a b c d e", value="a*b*c*d*e", partials=["b*c*d*e", "a*c*d*e", "a*b*d*e", "a*b*c*e", "a*b*c*d"]
    )
    G = ew.trace(lambda x, y: swish(x, y) + three(x, y, x) * five(x, y, x, y, x), "x", "y").gradient().simplify()
    points = [[0.3, -1.2], [2.0, 0.5], [0.0, 0.0]]
    for tier, found in results(G, points).items():
        for point, got in zip(points, found, strict=True):
            run = G.evaluate(*point)
            expected = [run.values[n] for r in G.returns() for n in r.nodes]
            assert got == pytest.approx(expected, rel=1e-14), tier


def test_an_exception_of_a_custom_operation_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm_loop, "WORTH", 10_000)

    def strict(x: Any) -> Any:
        if np.any(np.asarray(x) < 0):
            raise ZeroDivisionError("negative")
        return x * 2.0

    f = ew.trace(ew.op("strict_native", value=strict, partials="2"), "x").compile()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError, match="negative"):
            f(-1.0)
        with pytest.raises(ZeroDivisionError, match="negative"):
            f(np.array([1.0, -1.0]))
        with pytest.raises(ZeroDivisionError, match="negative"):
            f(np.linspace(5.0, -1.0, 50_000), threads=2)
        bound = f.buffers()
        bound.inputs["x"][...] = -1.0
        with pytest.raises(ZeroDivisionError, match="negative"):
            bound()
        assert f(3.0) == 6.0  # nothing of the error is left
        f.wait()


# --- tiers, threads, life ---------------------------------------------------------------------------------------------


def long_graph(n: int) -> ew.Graph:
    x = ew.symbols("x")
    e = x
    for k in range(n):
        e = ew.sin(e) * x + ew.cos(e) * (k % 3) / 4
    return ew.graph(e)


def test_a_graph_of_many_parts() -> None:
    G = long_graph(700).gradient().simplify()
    found = results(G, [[0.7], [-1.3]])
    assert len(G.compile().rows.borders) > 5
    assert np.array_equal(found[TIERS[0]], found[TIERS[1]])
    for k, x in enumerate((0.7, -1.3)):
        run = G.evaluate(x)
        assert found[TIERS[1]][k] == pytest.approx([run.values[n] for r in G.returns() for n in r.nodes], rel=1e-9)


def test_large_graphs_stay_on_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm, "LIMIT", 10)
    f = long_graph(20).compile()
    assert f.wait().tier == "interpreter"
    assert f(0.3) == pytest.approx(long_graph(20).evaluate(0.3).outputs[0], rel=1e-12)


def test_a_failing_compiler_is_told_and_the_interpreter_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("out of registers")

    monkeypatch.setattr(llvm_images, "parts_text", fail)
    f = ew.parse("x*y").compile()
    with pytest.raises(LoweringError, match="out of registers"):
        f.wait()
    assert (f(2.0, 3.0), f.tier) == (6.0, "interpreter")


def test_source_is_text_that_llvm_reads() -> None:
    f = ew.parse("sigmoid(x)*y + where(x > y, x**5, gamma(y))").gradient().simplify().compile()
    assert "@op.sigmoid" in f.source
    for module in f.source.split("\n\n\n"):
        binding.parse_assembly(module, binding.create_context()).verify()


def test_without_llvmlite_numpy_serves_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    with pytest.warns(RuntimeWarning, match="llvmlite is missing.*pip install llvmlite"):
        f = ew.parse("x*y").compile()
    assert f(2.0, 3.0) == 6.0
    assert "def f(x, y)" in f.source


def test_threads_that_share_a_function_agree_with_one() -> None:
    G = long_graph(50).gradient().simplify()
    points = np.linspace(-2, 2, 400).tolist()
    for f in (interpreted(G), G.compile().wait()):
        alone = [f(x) for x in points]
        found: dict[int, list[Any]] = {}

        def work(k: int, f: Any = f, found: dict[int, list[Any]] = found) -> None:
            found[k] = [f(x) for x in points]

        threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(found[k] == alone for k in range(4))


def test_pickling_compiles_again() -> None:
    for graph in (ew.parse("x*y + digamma(x)").gradient().simplify(), ew.trace(lambda w: w @ w, w=3).gradient()):
        for backend in ("llvm", "numpy", "python"):
            f = graph.compile(backend)
            copy = pickle.loads(pickle.dumps(f))
            args = (1.5, 2.0) if len(f.parameters) == 2 else (np.arange(3.0),)
            assert str(copy(*args)) == str(f(*args))
            assert type(copy) is type(f)


@pytest.mark.slow
def test_a_thousand_compiles_leak_nothing() -> None:
    G = ew.parse("sin(x)*y + exp(x*y)").gradient().simplify()
    program = G.program()
    process = psutil.Process()

    def some(count: int) -> None:
        for _ in range(count):
            f = NativeCompiled(program, "f").wait()
            f(0.5, 2.0)
            f(np.ones(3), 2.0)

    some(30)
    gc.collect()
    before = process.memory_info().rss
    some(970)
    gc.collect()
    grown = process.memory_info().rss - before
    assert grown < 970 * 5_000, grown  # an engine that stays takes some 200 kB


def test_a_function_that_is_gone_is_not_compiled() -> None:
    f = long_graph(3000).compile()
    f.start(1)
    code = weakref.ref(f)
    job = f._jobs[1]
    del f
    gc.collect()
    assert code() is None
    assert job.done.wait(60)
    assert len(job.made) < 20  # most of the parts were never made


SCRIPT = """
import os, sys
import edgewise as ew
x = ew.symbols("x")
e = x
for _ in range(3000):
    e = ew.sin(e) * x
f = ew.graph(e).compile()
f.start(1)
value = f(0.5)
if sys.argv[1] == "fork":
    g = ew.graph(ew.sin(x) * x).compile()
    child = os.fork()
    if child == 0:
        ok = f.wait()(0.5) == value and g.wait().tier == "optimised" and ew.graph(x * x).compile().wait()(3.0) == 9.0
        os._exit(0 if ok else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert f.wait()(0.5) == value
print("done")
"""


@pytest.mark.parametrize("how", ["exit", "fork"])
def test_processes_that_end_or_fork_while_code_is_made(how: str) -> None:
    if how == "fork" and not hasattr(__import__("os"), "fork"):
        pytest.skip("this platform does not fork")
    done = subprocess.run([sys.executable, "-c", SCRIPT, how], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "done", "")


def test_the_machine_is_one_in_a_process() -> None:
    assert machine() is machine()
