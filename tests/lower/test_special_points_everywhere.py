"""Every operation and its derivatives, of numbers and of tensors, at special points, through every way out: compiled
for each library, printed and run, written as JSON or as text and read again.

The judge is the interpreter, which `test_one_answer.py` holds against mpmath. Where results differ by no more than what
moving each result by a last digit does, they are one. What else may differ stands in `REASONS`.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.ops import Op
from lower.test_one_answer import ALL, LARGEST, LEAST, NORMAL, ONE, TWO, together
from peers import available, where_loops_are_compiled
from rows import REFUSED, SCIPYS
from special_judge import moved_by_rounding

Case = tuple[Op, Any]
BETWEEN = (0.25, 1 - 2**-53, 1e-8, 26.5, 38.5, 171.7, 355.5, 709.9, 711.0, 744.5, 1023.5, 1074.6, math.pi, 1e22, 1e-154)
POINTS: dict[int, list[tuple[float, ...]]] = {
    1: [(x,) for x in (*ONE, *BETWEEN, *(-x for x in BETWEEN))],
    2: list(itertools.product((*TWO, 709.9, -744.5, -7.25, 1e-160), repeat=2))[::3],
    3: list(itertools.product((0.0, -0.0, 1.0, -1.0, 2.0, 0.5, 1e300, LEAST, -LEAST, math.inf, math.nan), repeat=3))[
        ::5
    ],
}
COLUMNS = {arity: [np.array(column) for column in zip(*at, strict=True)] for arity, at in POINTS.items()}

XLA = "XLA takes subnormal numbers, of what it computes underway too, for zero"
CONTRACTED = "XLA contracts a phase of two doubles"
FIRST = "XLA multiplies constants first"
ANGLE = "an angle of 1e16 is reduced otherwise, and is outside or not"
REASONS: dict[str, dict[str, tuple[Callable[..., bool], str]]] = {
    "jax": {
        **dict.fromkeys(("airyai", "airyaiprime", "airybi", "airybiprime"), (lambda x: x < -(2**52), CONTRACTED)),
        **dict.fromkeys(("fresnels", "fresnelc"), (lambda x: abs(x) > 1e150, FIRST)),
        **dict.fromkeys(("ellipkinc", "ellipeinc"), (lambda x, _: abs(x) > 2**53, ANGLE)),
        "hypot": (lambda x, y: abs(x) + abs(y) < 1e-150, "XLA makes one division by a square of two divisions"),
        "lambertwm1": (lambda x: abs(x) < 1e-150, XLA), "ellipd": (lambda x: abs(x) > 1e75, XLA),
        **dict.fromkeys(("hurwitz_zeta", "polygamma", "pow", "atan2", "gamma", "gammapdf", "betapdf", "digamma",
                         "lgamma", "log_ndtr", "mod"), (lambda *_: False, XLA)),
    },
    "torch": {"mod": (lambda x, y: abs(x) > LARGEST * min(abs(y), 1), "torch.remainder is NaN where x/y overflows"),
              "xlog1py": (lambda _, y: abs(y) < NORMAL, "torch.log1p is 0 at the least number")},
}  # fmt: skip
"""Way → operation → at which points its results may differ, and why. Such an operation is compiled alone: beside others
XLA associates their subnormal numbers in other ways."""

# SciPy's inverse error function has no sign at -0, and XLA's minimum takes -0 for smaller than 0.
UNSIGNED = {"jax": ("erfinv", "min", "max", "clip")}

# SciPy's own functions: few digits right of a negative pole, no subnormal values.
SCIPYS_OWN = {"digamma": "near a pole", "polygamma": "near a pole", "gamma": "near a pole", "lgamma": "near a pole"}


def rows(arity: int, way: str) -> list[Case]:
    alone = () if way in ("numpy", "numpy source", "json", "text", "llvm") else SCIPYS
    return [row for row in ALL if row[0].arity == arity and row[0].name not in {*REFUSED, *alone}]


def graph(part: Sequence[Case], order: int, simplified: bool) -> Graph:
    """A Jacobian of the operations, or the Jacobian of that; with the values that it is of."""
    made: Any = together(list(part)).jacobian()
    made = Graph(made.tape).jacobian() if order == 2 else made
    return made.simplify() if simplified else made  # type: ignore[no-any-return]


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def over(values: Sequence[Any], shape: tuple[int, ...]) -> Any:
    """Results over points, those of arrays entry by entry."""
    found: list[Any] = []
    for value in map(np.asarray, values):
        whole = value if value.ndim >= len(shape) else np.broadcast_to(value, shape)
        found.extend(np.moveaxis(whole.reshape(*shape, -1), -1, 0))
    return np.array(found, dtype=float)


def printed(made: Graph, target: str) -> Callable[..., Any]:
    names: dict[str, Any] = {}
    exec(made.to_python(target=target), names)
    return names["f"]  # type: ignore[no-any-return]


def by_numbers(made: Graph, columns: Sequence[Any]) -> Any:
    """Python's own source, number by number; NaN stands for what Python raises."""
    f, found = printed(made, "math"), []
    for point in zip(*(c.tolist() for c in columns), strict=True):
        values = None
        with contextlib.suppress(ValueError, ArithmeticError):
            values = [float(x) for leaf in leaves(f(*point)) for x in np.ravel(leaf)]
        found.append(values)
    width = max(len(values) for values in found if values)
    return np.array([values or [math.nan] * width for values in found]).T


def read_again(made: Graph, columns: Sequence[Any], way: str) -> Any:
    nodes = [node for result in made.returns() for node in result.nodes]
    plain = Graph(made.tape)
    if way == "json":
        again: Any = Graph.from_json(plain.to_json())
        values = again.evaluate(*columns).values
    else:
        names = list("xyz"[: len(columns)])
        texts = [plain.text(node, limit=None) for node in nodes]
        values = dict(zip(nodes, (ew.parse(t, inputs=names).evaluate(*columns).outputs[0] for t in texts), strict=True))
    return over([values[node] for node in nodes], columns[0].shape)


def run(made: Graph, way: str, columns: Sequence[Any]) -> Any:
    shape = columns[0].shape
    if way in ("json", "text"):
        return read_again(made, columns, way)
    if way == "math source":
        return by_numbers(made, columns)
    if way == "numpy source":
        return over(list(leaves(printed(made, "numpy")(*columns))), shape)
    return over(list(leaves(made.compile(way)(*columns))), shape)


def wrong(got: Any, expected: Any, relative: float = 1e-12) -> Any:
    """Where two results are not one: signs of zeros and NaN count, and subnormal digits."""
    one = (got == expected) & ((np.signbit(got) == np.signbit(expected)) | (got != 0))
    one |= np.isnan(got) & np.isnan(expected)
    near = np.abs(got - expected) <= relative * np.abs(expected) + 4 * LEAST
    return ~(one | (near & np.isfinite(got) & np.isfinite(expected)))


def by_rounding(made: Graph, node: int, point: Sequence[float], got: float, expected: float) -> bool:
    """Whether moving last digits carries as far."""
    if not (math.isfinite(got) and math.isfinite(expected)):
        return False
    moved = [x for x in moved_by_rounding(made.tape, node, point) if math.isfinite(x)]
    spread = max((abs(x - expected) for x in moved), default=0.0)
    return abs(got - expected) <= 8 * spread + 4 * LEAST


def subnormal(values: Sequence[Any], shape: tuple[int, ...]) -> Any:
    """Where some value is, or nearly: XLA takes it for zero."""
    found = np.zeros(shape, dtype=bool)
    for value in values:
        size = np.broadcast_to(np.abs(np.asarray(value, dtype=float)), shape)
        found |= (size > 0) & (size < 16 * NORMAL)
    return found


def excused(way: str, op: Op, point: Sequence[float]) -> bool:
    where, _ = REASONS.get(way, {}).get(op.name, (None, ""))
    return where is not None and where(*point)


def differences(made: Graph, part: Sequence[Case], way: str, columns: Sequence[Any]) -> list[str]:
    """What differs from the interpreter, by more than rounding and for no reason that is known."""
    shape, values = columns[0].shape, made.evaluate(*columns).values
    nodes = [node for result in made.returns() for node in result.nodes]
    expected, got = over([values[node] for node in nodes], shape), run(made, way, columns)
    bad = wrong(got, expected)
    if way == "jax":
        bad &= ~subnormal(values, shape) & ~subnormal([got, expected], got.shape)
    if way == "math source":
        bad &= ~np.isnan(got)
    told, first = [], 0
    for result in made.returns():
        width = len(result.nodes) // len(part)
        for k in range(len(result.nodes)):
            op, parameter = part[k // width]
            for j in np.flatnonzero(bad[first + k]).tolist():
                point = tuple(float(c[j]) for c in columns)
                x, y = float(got[first + k, j]), float(expected[first + k, j])
                beside = op.name in SCIPYS_OWN and point[0] < 0 and math.isfinite(x) == math.isfinite(y)
                unsigned = x == y == 0 and op.name in UNSIGNED.get(way, ("erfinv",))
                if excused(way, op, point) or beside or unsigned:
                    continue
                if not by_rounding(made, nodes[first + k], point, x, y):
                    told.append(f"{way}: {op.name}({parameter}) at {point}: {x} and {y}")
        first += len(result.nodes)
    return told


def everything(way: str, orders: Sequence[int], size: int, stride: int = 1) -> list[str]:
    available(way)
    told = []
    with np.errstate(all="ignore"):
        for arity, order, simplified in itertools.product((1, 2, 3), orders, (False, True)):
            mine, columns = rows(arity, way), [c[::stride] for c in COLUMNS[arity]]
            alone = [[row] for row in mine if row[0].name in REASONS.get(way, {})]
            others = [row for row in mine if row[0].name not in REASONS.get(way, {})]
            for part in (*alone, *(others[k : k + size] for k in range(0, len(others), size))):
                told += differences(graph(part, order, simplified), part, way, columns)
    return told


@where_loops_are_compiled
@pytest.mark.parametrize("way", ["json", "math source"])
def test_values_and_slopes(way: str) -> None:
    assert everything(way, [1], size=1, stride=3) == []


@pytest.mark.slow
@pytest.mark.parametrize("way", ["numpy source", "math source", "json", "text", "torch", "llvm"])
def test_values_and_derivatives_at_all_points(way: str) -> None:
    assert everything(way, [1, 2], size=1) == []


@pytest.mark.slow
@pytest.mark.peer
@pytest.mark.parametrize(("order", "stride"), [(1, 1), (2, 3)])
def test_values_and_derivatives_in_jax(order: int, stride: int) -> None:
    assert everything("jax", [order], size=10, stride=stride) == []


# --- tensors --------------------------------------------------------------------------------------------------------


def of_tensors(row: Case) -> Iterator[Any]:
    """The operation entry by entry, the gradient of its sum, and the product of the Hessian with ones."""
    made = together([row])
    text, names = made.text(made.tape.outputs[0], limit=None), "xyz"[: row[0].arity]
    shapes = "; ".join(f"{name}: n" for name in names)
    yield ew.parse(text, shapes=shapes), 0
    if row[0].name not in REFUSED and any(partial is not None for partial in row[0].partials):
        total = ew.parse(f"sum({text})", shapes=shapes)
        yield total.gradient(), 0
        yield total.hvp(), row[0].arity


def tensor_differences(way: str, one_in: int = 1) -> list[str]:
    available(way)
    told = []
    for row in [row for arity in (1, 2, 3) for row in rows(arity, way)][::one_in]:
        op, columns = row[0], COLUMNS[row[0].arity]
        for made, more in of_tensors(row):
            given = [*columns, *(np.ones_like(c) for c in columns[:more])]
            for whole in (made, made.simplify()):
                values = whole.evaluate(*given).values
                nodes = [node for result in whole.returns() for node in result.nodes]
                if way == "json":
                    again = Graph.from_json(Graph(whole.tape).to_json()).evaluate(*given).values
                    found = [again[node] for node in nodes]
                else:
                    found = list(leaves(whole.compile(way)(*given)))
                for node, got in zip(nodes, found, strict=True):
                    x, y = np.asarray(got, dtype=float), np.asarray(values[node], dtype=float)
                    assert x.shape == y.shape, (op.name, whole.text(limit=None))
                    if y.ndim == 0 or op.name in (*SCIPYS_OWN, "erfinv"):
                        continue  # sums in another order, or as with numbers
                    bad = wrong(x, y, 1e-9)
                    if way == "jax":
                        near = [v for v in values if np.shape(v) in ((), y.shape)]
                        bad &= ~subnormal(near, y.shape) & ~subnormal([x, y], y.shape)
                        bad &= (x != 0) | (y != 0) | (op.name not in UNSIGNED["jax"])
                    told += [
                        f"{way}: {op.name}({row[1]}) at {[float(c[j]) for c in columns]}: {x[j]} and {y[j]}"
                        for j in np.flatnonzero(bad & ~cancels(op)).tolist()
                        if not excused(way, op, [float(c[j]) for c in columns])
                    ]
    return told


def cancels(op: Op) -> bool:
    """Whether second derivatives are differences of nearly equal numbers, of which libraries leave other digits."""
    return op.name in ("gammapdf", "betapdf", "logit", "hypot", "tanh", "logcosh", "atan2")


@pytest.mark.slow
@pytest.mark.parametrize(("way", "one_in"), [("numpy", 1), ("torch", 1), ("json", 1), ("jax", 8)])
def test_tensors_and_their_derivatives_at_all_points(way: str, one_in: int) -> None:
    with np.errstate(all="ignore"):
        assert tensor_differences(way, one_in) == []


# --- kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "x"),
    [("sigmoid(x)", -709.9), ("sigmoid(x)", -744.5), ("relu(x)", -0.0), ("1/relu(x)", -0.0), ("cbrt(x)", -0.0),
     ("sinh(x)", -710.4), ("cosh(x)", 710.4), ("x % 3", -3.0), ("x % -3", 6.0), ("x**-2", 1e-154), ("x**-2", 1e155),
     ("x**-3", -1e103), ("x**-0.5", -math.inf), ("digamma(x)", 0.0), ("digamma(x)", -0.0), ("1/sign(x)", -0.0)],
)  # fmt: skip
@pytest.mark.parametrize("backend", ["numpy", "torch", "jax"])
def test_what_libraries_have_otherwise(text: str, x: float, backend: str) -> None:
    """Of numbers and of tensors."""
    available(backend)
    for made, given in ((ew.parse(text), x), (ew.parse(text, shapes="x: n"), np.array([x, x]))):
        with np.errstate(all="ignore"):
            expected = np.asarray(made.evaluate(given).outputs[0])
            found = np.asarray(made.compile(backend)(given))
        if backend != "jax" or abs(expected.max()) > NORMAL or not expected.any():  # XLA has no subnormal numbers
            np.testing.assert_allclose(found, expected, rtol=1e-13)
            assert (np.signbit(found) == np.signbit(expected)).all()


@pytest.mark.parametrize(
    ("text", "x"),
    [("acoth(x)", 1.0), ("acoth(x)", 0.5), ("logit(x)", 1.0), ("logit(x)", -2.0), ("xlogy(1, x)", 0.0),
     ("xlog1py(2, x)", -3.0), ("log1mexp(x)", 0.0), ("acsch(x)", -0.0), ("gamma(x)", -1e-310), ("gamma(x)", -2.0)],
)  # fmt: skip
def test_a_function_of_the_sources_own_in_a_branch_does_not_raise(text: str, x: float) -> None:
    made = ew.parse(f"where(c > 0, {text}, 7)", inputs=["x", "c"])
    f = printed(made, "math")
    assert f(x, -1.0) == 7.0
    with np.errstate(all="ignore"):
        np.testing.assert_equal(f(x, 1.0), made.evaluate(x, 1.0).outputs[0])


@pytest.mark.parametrize(("a", "x"), [(9.0, 730.0), (3.0, 709.9), (5.0, 744.0), (2.0, 700.0), (7.5, 650.0)])
@pytest.mark.parametrize("backend", ["numpy", "python", "llvm", "c", "torch"])
def test_a_density_keeps_its_digits_where_the_exponential_is_subnormal(a: float, x: float, backend: str) -> None:
    available(backend)
    with mp.workdps(40):
        exact = float(mp.power(x, a - 1) * mp.exp(-x) / mp.gamma(a))
    assert float(ew.parse("gammapdf(a, x)").compile(backend)(a, x)) == pytest.approx(exact, rel=1e-11)


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch"])
@pytest.mark.parametrize("size", [0.5, 1e8, 1e16, 1e300, -1e300])
def test_softmax_beside_its_sum(backend: str, size: float) -> None:
    available(backend)
    f = ew.parse("logsumexp(x)", shapes="x: n").gradient().simplify().compile(backend)
    np.testing.assert_allclose(np.asarray(f(np.array([size, size]))[1]), [0.5, 0.5], rtol=1e-12)


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch", "llvm", "python"])
def test_the_largest_so_far_is_nan_once_it_was(backend: str) -> None:
    available(backend)
    for ours in (np.maximum.accumulate, np.minimum.accumulate):
        made: Any = ew.trace(lambda a, g=ours: g(a), a=ew.tensor("n"))
        f = made.compile(backend, **({"n": 4} if backend in ("llvm", "python") else {}))
        for values in ([1.0, 2.0, math.nan, 5.0], [math.nan, 1.0, 2.0, 0.0], [3.0, -math.inf, math.nan, math.inf]):
            np.testing.assert_equal(np.asarray(f(np.array(values))), ours(np.array(values)))


@pytest.mark.peer
def test_torch_computes_with_functions_of_numbers_alone() -> None:
    available("torch")
    x = np.array([0.3, -1.2])
    for made in (
        ew.parse("sum(log_ndtr(x))", shapes="x: n").gradient(),
        ew.parse("x @ x", shapes="x: n").jacobian(order="reverse"),
        ew.parse("sum(x)*sum(x*x)", shapes="x: n").jacobian(order="reverse"),
    ):
        np.testing.assert_allclose(np.asarray(made.compile("torch")(x)[1]), made.evaluate(x).outputs[0], rtol=1e-12)
