"""Tracing unmodified Python and NumPy code."""

from __future__ import annotations

import functools
import math
import re
from fractions import Fraction

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import GraphError, SymbolicBoolError, UnsupportedError
from edgewise.graph import FUNCTIONS
from edgewise.ops import OPS

W = np.array([0.3, 1.7, 0.9, 2.2])

NUMPY_CODE = {
    "sum of exp": lambda w: np.sum(np.exp(w)),
    "dot": lambda w: np.dot(w, w[::-1]) + w @ w,
    "where": lambda w: np.sum(np.where(w > 1, w**2, -w)),
    "maximum": lambda w: np.max(np.maximum(w, 1.0)) + np.min(w),
    "norm": lambda w: np.linalg.norm(w),
    "mean and var": lambda w: np.mean(w) + np.var(w) + np.std(w),
    "clip": lambda w: np.sum(np.clip(w, 0.5, 2.0)) + np.clip(w[0], None, 0.1),
    "cumsum": lambda w: np.cumsum(w)[-2] * np.prod(w),
    "stack": lambda w: np.sum(np.stack([w, 2 * w]) * np.ones((2, 4))) + np.concatenate([w, w])[5],
    "broadcast": lambda w: np.sum(w[:, None] * w[None, :] - np.eye(4)),
    "outer": lambda w: np.sum(np.outer(w, np.arange(4.0))),
    "reshape": lambda w: np.trace(w.reshape(2, 2)) + w.reshape(2, 2).T[0, 1],
    "einsum": lambda w: np.einsum("i,i->", w, w),
    "ufuncs": lambda w: np.sum(np.log1p(w) + np.arctan2(w, 2.0) + np.hypot(w, 1) + np.sinc(w) + np.square(w)),
    "heaviside": lambda w: np.sum(np.heaviside(w - 1, 0.5) * w + np.sign(w) + np.floor(w) + np.abs(-w)),
    "logaddexp": lambda w: np.logaddexp.reduce(w) + np.add.reduce(w) + np.multiply.accumulate(w)[2],
    "loop": lambda w: sum(float(k) * v for k, v in enumerate(w)),
    "in place on a copy": lambda w: inplace(w),
    "comparisons": lambda w: np.sum((w > 1) * w + ((w > 0.5) & (w < 2)) * 1.0),
    "operators": lambda w: np.sum(2**w + w % 0.7 + w // 0.4 + (-w) ** 2 + 1 / w + (+w)),
    "float64 scalars": lambda w: np.float64(2.0) * w[0] + w[1] * np.float64(3) - np.int64(2) / w[2],
    "trapezoid": lambda w: np.sum((w[1:] + w[:-1]) / 2),
    "average": lambda w: np.average(w, weights=np.arange(1.0, 5.0)),
    "polyval": lambda w: np.polyval(w, 0.5),
}


def inplace(w: np.ndarray) -> object:
    w = w.copy()
    w[0] = w[1] * 2
    w += 1
    return np.sum(w * w)


@pytest.mark.parametrize("name", NUMPY_CODE)
def test_unmodified_numpy_code(name: str) -> None:
    function = NUMPY_CODE[name]
    G = ew.trace(function, w=4)
    assert G.evaluate(W).outputs[0] == pytest.approx(float(function(W)), rel=1e-12)


def test_inputs_are_safe_from_in_place_changes() -> None:
    def change(w: np.ndarray) -> object:
        w[0] = 1.0
        return w[0] * w[1]

    assert ew.trace(change, w=2).gradient().evaluate(w=[3.0, 5.0]).outputs == (0.0, 1.0)


def test_parameters_are_read_off_the_signature() -> None:
    assert ew.trace(lambda a, b, c=3: a * c).inputs == ("a", "b")
    assert ew.trace(lambda x, w: x * w[1], "x", w=2).inputs == ("x", "w[0]", "w[1]")
    assert ew.trace(lambda *args: args[0] * args[1], "p", "q").inputs == ("p", "q")
    with pytest.raises(ew.EdgewiseError, match="name them"):
        ew.trace(lambda *args: args[0])


def test_results_may_be_nested() -> None:
    G = ew.trace(lambda x: {"a": (x, 2 * x), "b": np.array([x, 1.0])}, "x")
    result = G.evaluate(x=3.0).result
    assert result["a"] == (3.0, 6.0)
    assert result["b"].tolist() == [3.0, 1.0]


def branch(x: object) -> object:
    if x > 0:
        return x
    return -x


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (branch, r"ew|edgewise\.where\(condition, a, b\)"),
        (lambda x: 0 < x < 1, "condition & other"),
        (lambda x: float(x), r"float\(\)"),
        (lambda x: None, "not an expression"),
        (lambda x: "text", "not an expression"),
        (lambda x: x * 1j, "complex"),
        (lambda x: x * math.nan, "nan"),
        (lambda x: x * [1, [2, 3]], "list"),
        (lambda x: np.linalg.svd(np.array([[x, 1], [1, x]])), "svd"),
        (lambda x: np.where(np.stack([x, x]) > 0), "depends on the data"),
    ],
)
def test_what_cannot_be_traced_says_how_to_write_it(function: object, message: str) -> None:
    with pytest.raises((ew.EdgewiseError, TypeError), match=message):
        ew.trace(function, "x")


def test_errors_name_the_users_line() -> None:
    line = branch.__code__.co_firstlineno + 1
    with pytest.raises(ew.EdgewiseError, match=re.escape(f"test_trace.py:{line}")):
        ew.trace(branch)


def test_nodes_remember_the_users_line() -> None:
    G = ew.trace(lambda w: np.sum(np.exp(w)), w=2)
    assert all("test_trace.py" in G.tape.line(node) for node in range(2, len(G)))


def test_graphs_do_not_mix() -> None:
    outside = ew.symbols("outside")
    with pytest.raises(ew.EdgewiseError, match="parameter of the traced function"):
        ew.trace(lambda x: x * outside, "x")
    x, y = ew.symbols("x"), ew.symbols("y")
    G = ew.graph(x * x)
    with pytest.raises(ew.EdgewiseError, match="not a node of this graph"):
        G.gradient(y)


def test_our_functions_compute_on_plain_numbers_too() -> None:
    assert ew.exp(0.0) == 1.0
    assert ew.where(True, 2.0, 3.0) == 2.0
    assert ew.polygamma(1, 1.0) == pytest.approx(math.pi**2 / 6)
    with pytest.raises(ew.EdgewiseError, match="takes 1 argument"):
        ew.exp(1, 2)


# --- how inputs are handed over ---------------------------------------------------------------------------------


def calls() -> dict[str, tuple[object, tuple[str, ...], dict[str, object], float]]:
    """Functions of x = 2 and w = [3, 5] whatever their parameters are called, and what they return."""
    only_x = lambda x: x * 10
    return {
        "a group before a scalar": (lambda w, x: x * w[0] - w[1], ("x",), {"w": 2}, 1.0),
        "a group between scalars": (lambda a, w, b: a * w[1] - b, ("x", "x2"), {"w": 2}, 10.0 - 7.0),
        "keyword-only": (lambda x, *, w: x - w[1], ("x",), {"w": 2}, -3.0),
        "other names": (lambda a, b: a - b[1], ("x",), {"w": 2}, -3.0),
        "a default between": (lambda x, scale=10, w=None: x * scale - w[0], ("x",), {"w": 2}, 17.0),
        "a default kept": (lambda x, scale=10: x * scale, (), {}, 20.0),
        "star args": (lambda *a: a[0] - a[1][1], ("x",), {"w": 2}, -3.0),
        "star keywords": (lambda x, **k: x - k["w"][1], ("x",), {"w": 2}, -3.0),
        "own keyword-only": (lambda *, x: x * 10, (), {}, 20.0),
        "positional-only": (positional_only, (), {}, 20.0),
        "partial": (functools.partial(lambda s, x: x * s, 10), ("x",), {}, 20.0),
        "method": (Scale(10).apply, (), {}, 20.0),
        "an object": (Scale(10), (), {}, 20.0),
        "a scalar group": (only_x, (), {"x": ()}, 20.0),
        "a NumPy integer": (lambda x, w: x - w[1], ("x",), {"w": np.int64(2)}, -3.0),
        "a shape": (lambda x, w: x - w[0, 1], ("x",), {"w": (1, 2)}, -3.0),
    }


def positional_only(x: float, /) -> float:
    return x * 10


class Scale:
    def __init__(self, factor: float) -> None:
        self.factor = factor

    def apply(self, x: float) -> float:
        return x * self.factor

    __call__ = apply


@pytest.mark.parametrize("name", calls())
def test_inputs_go_to_the_parameters_they_are_named_after(name: str) -> None:
    function, names, groups, value = calls()[name]
    tape = ew.trace(function, *names, **groups).tape
    known = {"x": 2.0, "x2": 7.0, "w": np.reshape([3.0, 5.0], groups.get("w", 2))}
    point = {parameter.name: known[parameter.name] for parameter in tape.parameters}
    assert ew.Graph(tape).evaluate(point).outputs == (value,)


@pytest.mark.parametrize(
    ("function", "names", "groups", "message"),
    [
        (lambda x, y: x, ("x",), {}, r"\(x, y\) cannot be called with the inputs x: missing"),
        (lambda x: x, ("x", "y"), {}, "too many"),
        (lambda x: x, (), {"w": 2, "v": 3}, "too many"),
        (lambda x: x, ("x", "x"), {}, "'x' is named twice"),
        (lambda x: x, (3,), {}, "cannot name an input"),
        (lambda x: x, ("",), {}, "cannot name an input"),
        (lambda x: x, ("\ud800",), {}, "cannot name an input; use a string that UTF-8 can write"),
        (3, ("x",), {}, "of type int cannot be traced"),
        (lambda w: w, (), {"w": -1}, "shape -1"),
        (lambda w: w, (), {"w": 2.5}, "shape 2.5"),
        (lambda w: w, (), {"w": "ab"}, "shape 'ab'"),
        (lambda w: w, (), {"w": True}, "shape True"),
        (lambda w: w, (), {"w": (2, -3)}, r"shape \(2, -3\)"),
        (lambda w: w, (), {"w": None}, "shape None"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(function: object, names: object, groups: object, message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        ew.trace(function, *names, **groups)


def test_declared_inputs_stay_used_or_not() -> None:
    G = ew.trace(lambda x, y, w, v: 2 * y, "x", "y", w=2, v=0)
    assert G.inputs == ("x", "y", "w[0]", "w[1]")
    assert [parameter.shape for parameter in G.parameters] == [(), (), (2,), (0,)]
    assert G.evaluate(x=1.0, y=2.0, w=[0, 0], v=[]).outputs == (4.0,)


# --- more of NumPy ----------------------------------------------------------------------------------------------

M = np.array([[0.3, 1.7, 0.9], [2.2, 0.4, 1.1]])
MATRIX_CODE = {
    "sum of all": lambda m: np.sum(m) + m.sum() + m.mean() + m.var(),
    "sum along axes": lambda m: np.sum(np.sum(m, axis=0) ** 2) + np.sum(m.sum(axis=-1, keepdims=True) * m),
    "products": lambda m: np.sum(m @ m.T) + np.trace(m.T @ m) + np.prod(m, axis=1)[1],
    "norms": lambda m: np.linalg.norm(m) + np.linalg.norm(m, "fro") + np.sum(np.linalg.norm(m, axis=1)),
    "vector norms": lambda m: sum(np.linalg.norm(m[0], p) for p in (1, 2, 3, 1.5, np.inf, -np.inf)),
    "norms along": lambda m: np.sum(np.linalg.norm(m, 1, axis=0, keepdims=True)) + np.max(np.linalg.norm(m, 2, 1)),
    "norm of a list": lambda m: np.linalg.norm([m[0, 0], m[1, 1]]),
    "softmax": lambda m: np.sum((np.exp(m - m.max(axis=1, keepdims=True)).T / np.arange(1.0, 3.0)).T),
    "method clip": lambda m: m.clip(0.5, 1.0).sum() + m.clip(max=0.6).sum(),
    "select": lambda m: np.sum(np.select([m > 1, m > 0.5], [m**2, -m], 3.0)),
    "where with numbers": lambda m: np.sum(np.where(m > 1, 1.0, np.where(m < 0.4, m, 0))),
    "cross and kron": lambda m: np.sum(np.cross(m[0], m[1])) + np.sum(np.kron(m[0], m[1]) ** 2),
    "vdot and inner": lambda m: np.vdot(m[0], m[1]) + np.inner(m[0], m[1]) + np.tensordot(m, m),
    "cumulative": lambda m: np.sum(np.cumsum(m, axis=1) * np.cumprod(m, axis=0)) + np.sum(np.diff(m)),
    "rearranged": lambda m: np.sum(np.roll(m, 1) * m + np.flip(m) * m[::-1]) + np.concatenate([m, m])[3, 2],
    "stacked": lambda m: np.sum(np.vstack([m, m]) ** 2) + np.hstack([m[0], 1.0])[-1] + np.ravel(m)[4],
    "zeros_like": lambda m: filled(m),
    "variance of a plain array": lambda m: np.var(np.array([m[0, 0], m[0, 1]])) + np.std(np.array(m[1])),
    "all and any": lambda m: np.all(m > 0) * 2.0 + np.any(m > 2, axis=0)[0],
    "empty": lambda m: np.sum(m[:0]) + np.sum(np.sum(m[:, :0], axis=1)) + np.prod(m[0][:0]),
}


def filled(m: np.ndarray) -> object:
    rows = np.zeros_like(m)
    for k in range(2):
        rows[k] = m[k] * (k + 1)
    rows[0, 0] = 5.0
    return rows.sum()


@pytest.mark.parametrize("name", MATRIX_CODE)
def test_unmodified_numpy_code_on_matrices(name: str) -> None:
    function = MATRIX_CODE[name]
    assert ew.trace(function, m=(2, 3)).evaluate(M).outputs[0] == pytest.approx(float(function(M)), rel=1e-12)


PLAIN_CODE = {
    "horner": lambda x, y: functools.reduce(lambda total, c: total * x + c, (1, 2.5, Fraction(1, 3)), y),
    "loop": lambda x, y: sum((x + k) ** 2 / (y + k) for k in range(5)),
    "divisions": lambda x, y: x // y + x % y + 7 // y + (-x) % 2 - abs(-x) + round(x) + math.floor(y) + math.ceil(x),
    "powers": lambda x, y: x**y + 2**x + x**0.5 + x**-2 + pow(y, 3),
}


@pytest.mark.parametrize("name", PLAIN_CODE)
def test_plain_python_code(name: str) -> None:
    function = PLAIN_CODE[name]
    result = ew.trace(function, "x", "y").evaluate(x=2.75, y=1.3).outputs[0]
    assert result == pytest.approx(function(2.75, 1.3), rel=1e-13)


def test_every_function_of_the_table_can_be_traced() -> None:
    for name, function in FUNCTIONS.items():
        row = OPS[name]
        order = (2,) if row.parameter else ()
        tape = ew.trace(lambda *xs, f=function, n=order: f(*n, *xs), *row.args).tape
        assert tape.op(len(tape) - 1) is row


# --- what cannot be traced --------------------------------------------------------------------------------------


def with_loop(x: object) -> object:
    while x < 3:
        x = x * 2
    return x


def with_float(x: object) -> object:
    return 1 + float(x)


def with_mask(w: np.ndarray) -> object:
    return w[w > 0] ** 2 @ w[w < 1]


def with_places(w: np.ndarray) -> object:
    w = w.copy()
    return w[np.nonzero(w)[0]].sum()


def with_float_array(x: object, a: np.ndarray = np.zeros(3)) -> object:  # noqa: B008
    a[0] = x
    return a.sum()


def with_partition(w: np.ndarray) -> object:
    return np.unique(w)[0]


def with_list(x: object) -> object:
    return x + [1, [2, 3]]


def without_end(x: object) -> object:
    return without_end(x)


OUTSIDE = ew.symbols("outside")


def with_outside(x: object) -> object:
    return x * OUTSIDE


@pytest.mark.parametrize(
    ("function", "offset", "error", "message"),
    [
        (with_loop, 1, SymbolicBoolError, r"edgewise\.where\(condition, a, b\)"),
        (with_float, 1, UnsupportedError, r"float\(\)"),
        (with_mask, 1, UnsupportedError, r"np\.where\(condition, a, b\)"),
        (with_places, 2, UnsupportedError, r"np\.where"),
        (with_float_array, 1, UnsupportedError, r"of one from outside"),
        (with_partition, 1, UnsupportedError, "outside"),
        (with_list, 1, UnsupportedError, "list"),
        (without_end, 1, UnsupportedError, "write the recursion as a loop"),
        (with_outside, 1, GraphError, "parameter of the traced function"),
    ],
)
def test_every_refusal_names_the_users_line(function: object, offset: int, error: type, message: str) -> None:
    line = re.escape(f"test_trace.py:{function.__code__.co_firstlineno + offset})")
    inputs = {"w": 3} if "w" in function.__code__.co_varnames[:1] else {"x": ()}
    with pytest.raises(error, match=f"{line}; .*{message}|{message}.*{line}"):
        ew.trace(function, **inputs)


def test_the_users_own_errors_pass_through() -> None:
    with pytest.raises(ZeroDivisionError):
        ew.trace(lambda x: x / (1 // 0), "x")
    with pytest.raises(IndexError, match="out of bounds"):
        ew.trace(lambda w: w[5], w=2)


def itself() -> list[object]:
    nest: list[object] = []
    nest.append(nest)
    return nest


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (lambda x: OUTSIDE, "from outside"),
        (lambda x: [x, OUTSIDE], "from outside"),
        (lambda x: {1: x}, "key 1 of type int"),
        (lambda x: {x}, "set"),
        (lambda x: (v for v in [x]), "generator"),
        (lambda x: np.array(["a"]), "'a'"),
        (lambda x: np.array([x, None]), "None"),
        (lambda x: [x, None], "None"),
        (lambda x: math.nan, "nan"),
        (lambda x: itself(), "holds itself"),
        (lambda x: 1j, "complex"),
        (lambda x: print, "print"),
    ],
)
def test_results_that_are_not_expressions_are_refused(result: object, message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        ew.trace(result, "x")


def test_expressions_do_not_outlive_their_trace_into_another() -> None:
    kept = []
    ew.trace(lambda x: kept.append(x) or x, "x")
    with pytest.raises(GraphError, match="parameter of the traced function"):
        ew.trace(lambda x: x * kept[0], "x")
    with pytest.raises(GraphError):
        ew.trace(lambda x: kept[0], "x")


def test_graphs_of_expressions_share_the_rules_of_results() -> None:
    x, y = ew.symbols("x"), ew.symbols("y")
    G = ew.graph({"a": [x * y, 3], "b": np.array([x, y])})
    assert G.evaluate(x=2.0, y=5.0).result["a"] == [10.0, 3.0]
    assert ew.graph([1, 2.5]).evaluate().outputs == (1.0, 2.5)
    with pytest.raises(UnsupportedError, match="key 1"):
        ew.graph({1: x})


def test_sharing_merges_while_tracing() -> None:
    def f(x: object) -> object:
        return ew.sin(x) * ew.sin(x)

    assert len(ew.trace(f, "x")) == 4
    assert len(ew.trace(f, "x", share=True)) == 3
