"""NumPy's and SciPy's ufuncs on scalars, arrays of scalars and tensors: right, or refused in one line."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from scipy import special as sc

import edgewise as ew
from edgewise.errors import EdgewiseError, UnsupportedError
from edgewise.graph.composed import COMPOSED, SCIPY, UFUNCS
from edgewise.lower import BACKENDS
from edgewise.ops import TABLE
from peers import available

KNOWN = {*UFUNCS, *COMPOSED, *SCIPY}
POINTS = (np.array([0.3, 0.7, 0.9, 0.2]), np.array([0.6, 0.5, 0.1, -1.2]), np.array([2.0, 3.0, 1.5, 0.4]))
WHOLE = ("gcd", "lcm", "left_shift", "right_shift", "bitwise_count", "isnat", "frexp", "nextafter", "spacing")
TRUTHS = ("bitwise_and", "bitwise_or", "bitwise_xor", "invert")
ON_ARRAYS = ("matmul", "matvec", "vecmat", "vecdot")


def ufuncs(space: Any) -> list[np.ufunc]:
    """Each ufunc of a module once."""
    found = {}
    for name in dir(space):
        if isinstance(getattr(space, name), np.ufunc):
            found[getattr(space, name).__name__] = getattr(space, name)
    return list(found.values())


def ordered(name: str) -> bool:
    """Whether the first argument is an order or a degree."""
    return name.startswith("eval_") or any(op.parameter and name in op.scipy.split() for op in TABLE)


def arguments(ufunc: np.ufunc) -> tuple[Any, ...]:
    name = ufunc.__name__
    if name in TRUTHS:
        return tuple(point > 0.4 for point in POINTS[: ufunc.nin])
    if ordered(name):
        return (3, *(abs(p) + 0.1 for p in POINTS[1 : ufunc.nin - 1]), POINTS[0])
    if name in ("kl_div", "rel_entr", "power", "float_power", "poch", "chdtr", "chdtrc"):
        return POINTS[0], POINTS[2]
    if name in ("betainc", "betaincc", "fdtr", "fdtrc", "gdtr", "gdtrc"):
        return POINTS[2], POINTS[2], POINTS[0]
    if name in ("bdtr", "bdtrc", "nbdtr", "nbdtrc", "pdtr", "pdtrc"):  # of counts
        return (*(np.array([1, 2, 0, 3]) + 2 * k for k in range(ufunc.nin - 1)), POINTS[0])
    if name == "ldexp":
        return POINTS[0], np.array([1, 2, -1, 0])
    return (POINTS[2],) if name == "arccosh" else POINTS[: ufunc.nin]


def flat(values: Any) -> np.ndarray:
    parts = values if isinstance(values, (tuple, list)) else [values]
    return np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in parts])


@pytest.mark.parametrize("space", [np, sc])
@pytest.mark.filterwarnings("ignore:invalid value|divide by zero:RuntimeWarning")
def test_each_ufunc_is_right_or_refused_in_one_line(space: Any) -> None:
    for ufunc in ufuncs(space):
        if ufunc.__name__ in ON_ARRAYS:
            continue
        if ufunc.__name__ not in KNOWN:
            with pytest.raises(
                UnsupportedError, match=rf"{ufunc.__name__} has no operation.*test_ufuncs\.py:\d+"
            ) as said:
                ufunc(*ew.symbols([f"x{k}" for k in range(max(ufunc.nin, 2))])[: ufunc.nin])
            assert "\n" not in str(said.value)
            continue
        given = arguments(ufunc)
        fixed = given[:1] if ordered(ufunc.__name__) else ()
        named = {f"a{k}": value for k, value in enumerate(given[len(fixed) :])}
        with np.errstate(all="ignore"):
            wanted = flat(ufunc(*given))
        for shape in (4, ew.tensor("n")):
            write = on(ufunc, *fixed)
            G = ew.trace(write, **dict.fromkeys(named, shape))
            for made in (G, G.simplify()):
                found = flat(made.evaluate(named).result)
                assert np.allclose(found, wanted, rtol=1e-13, atol=1e-15, equal_nan=True), (ufunc, shape)
        first = [float(np.ravel(value)[0]) for value in named.values()]
        one = ew.trace(write, *named).evaluate(*first)
        with np.errstate(all="ignore"):
            assert np.allclose(flat(one.result), flat(ufunc(*fixed, *(value[0] for value in named.values()))))


def on(ufunc: np.ufunc, *fixed: Any) -> Callable[..., Any]:
    return lambda *args, **arrays: ufunc(*fixed, *args, *arrays.values())


def test_ufuncs_on_whole_arrays() -> None:
    A, x = np.arange(9.0).reshape(3, 3), np.array([1.0, -2.0, 0.5])
    for name in ON_ARRAYS:
        if not hasattr(np, name):
            continue
        f, given = getattr(np, name), {"vecdot": (A, A), "matvec": (A, x), "vecmat": (x, A), "matmul": (A, A)}[name]
        G = ew.trace(lambda a, b, f=f: f(a, b), a=given[0].shape, b=given[1].shape)
        assert np.allclose(G.evaluate(*given).result, f(*given))


SAMPLE = np.random.default_rng(5)
SMALL = 10.0 ** SAMPLE.uniform(-15, 0, 12)
SIGNED = np.concatenate((SMALL, -SMALL, [0.3, -0.7]))
WIDE = 10.0 ** SAMPLE.uniform(-30, 30, 24)
REFERENCES: dict[str, tuple[Callable[..., Any], list[Any], float]] = {
    "logit": (lambda p: mp.log(p / (1 - p)), [np.concatenate((SMALL * 0.9, 1 - SMALL * 0.5, 0.5 + SIGNED / 3))], 1e-15),
    "log_expit": (lambda x: -mp.log1p(mp.exp(-x)), [np.concatenate((SIGNED, [700.0, -800.0, 36.0, -37.0]))], 1e-15),
    "entr": (lambda x: -x * mp.log(x), [WIDE], 1e-15),
    "rel_entr": (lambda x, y: x * mp.log(x / y), [WIDE, WIDE * (1 + np.resize(SIGNED, 24) / 2)], 1e-15),
    "kl_div": (lambda x, y: x * mp.log(x / y) - x + y, [WIDE, WIDE * (1 + np.resize(SIGNED, 24) / 2)], 2e-15),
    "exprel": (lambda x: mp.expm1(x) / x, [np.concatenate((SIGNED, [0.5, -0.5, 3.0, -40.0, 600.0]))], 3e-15),
    "boxcox": (lambda x, p: mp.expm1(p * mp.log(x)) / p, [WIDE, np.resize(SIGNED, 24)], 8e-15),
    "inv_boxcox": (lambda y, p: mp.exp(mp.log1p(p * y) / p), [np.linspace(0.1, 3, 24), np.resize(SMALL, 24)], 8e-15),
    "cosm1": (lambda x: mp.cos(x) - 1, [np.concatenate((SIGNED, [3.0, -2.0]))], 1e-15),
    "powm1": (lambda x, y: mp.power(x, y) - 1, [np.linspace(0.1, 9, 24), np.resize(SIGNED, 24)], 2e-15),
    "ndtr": (mp.ncdf, [np.array([-9.0, -3.0, -1e-9, 0.5, 4.0])], 2e-14),
    "rgamma": (mp.rgamma, [np.array([-4.0, -3.5, -1e-9, 0.2, 0.6, 5.0, 150.0])], 2e-14),
    "pseudo_huber": (
        lambda d, r: d * d * (mp.sqrt(1 + (r / d) ** 2) - 1),
        [np.linspace(0.1, 9, 24), np.resize([*SMALL, 3e9], 24)],
        2e-15,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFERENCES)
def test_compositions_keep_their_digits_and_those_of_their_slopes(name: str) -> None:
    reference, given, allowed = REFERENCES[name]
    names = [f"x{k}" for k in range(len(given))]
    B = ew.trace(lambda *args: COMPOSED[name](*args), *names).gradient()
    found = [
        np.array(
            [
                np.broadcast_to(v, given[0].shape)
                for v in (made.base.evaluate(*given).outputs + made.evaluate(*given).outputs)
            ]
        )
        for made in (B, B.simplify())
    ]
    floor = {"rel_entr": 1e-3, "powm1": 1e-3, "boxcox": 1e-3, "pseudo_huber": 1e-40}.get(name, 1e-300)
    with mp.workdps(70):
        for n, at in enumerate(zip(*given, strict=True)):
            exact = [mp.mpf(float(value)) for value in at]
            right = [reference(*exact)]
            for k, point in enumerate(exact):
                # In steps relative to the point, so that tiny points stay inside the domain.
                along = lambda s, k=k, e=exact: reference(*(v * (1 + s) if i == k else v for i, v in enumerate(e)))
                right.append(mp.diff(along, 0) / point)
            for got in found:
                for a, b in zip(got[:, n], right, strict=True):
                    assert abs(mp.mpf(float(a)) - b) <= 8 * allowed * max(abs(b), floor), (at, a, b)


SPECIAL: dict[str, list[tuple[Any, ...]]] = {
    "xlogy": [(0.0, 0.0), (0.0, -1.0), (0.0, np.inf), (2.0, 0.0), (0.0, 3.0)],
    "xlog1py": [(0.0, -1.0), (0.0, -3.0), (2.0, -1.0)],
    "entr": [(0.0,), (-1.0,), (np.inf,)],
    "rel_entr": [(0.0, 0.0), (0.0, 2.0), (1.0, 0.0), (-1.0, 2.0), (1e-300, 1e300)],
    "kl_div": [(0.0, 0.0), (0.0, 2.0), (1.0, 0.0), (-1.0, 2.0), (2.0, 2.0)],
    "logit": [(0.0,), (1.0,), (0.5,), (-1.0,)],
    "exprel": [(0.0,), (-np.inf,), (1000.0,)],
    "boxcox": [(2.0, 0.0), (0.0, 2.0), (0.0, 0.0), (0.0, -1.0), (3.0, 1e-30)],
    "inv_boxcox": [(2.0, 0.0), (0.0, 2.0)],
    "huber": [(-1.0, 2.0), (0.0, 2.0), (1.0, 1.0), (1.0, -3.0)],
    "pseudo_huber": [(-1.0, 2.0), (0.0, 2.0), (1.0, 0.0)],
    "log_ndtr": [(-np.inf,), (np.inf,), (0.0,), (-1.0,)],
    "erfcx": [(-30.0,), (np.inf,), (0.0,)],
    "rgamma": [(0.0,), (-1.0,), (-2.0,), (200.0,)],
    "signbit": [(-0.0,), (0.0,), (-np.inf,)],
    "copysign": [(2.0, -0.0), (-2.0, 0.0)],
    "fmax": [(np.nan, 1.0), (1.0, np.nan), (2.0, 1.0)],
    "fmin": [(np.nan, 1.0), (1.0, np.nan), (2.0, 1.0)],
    "fmod": [(-7.5, 2.0), (7.5, -2.0), (1e300, 3.0)],
    "floor_divide": [(1.0, 0.1), (7.0, 2.0), (-7.0, 2.0), (-1.0, 0.1), (0.3, 0.1)],
    "trunc": [(-1.5,), (1.5,)],
    "modf": [(-1.5,), (1.5,)],
    "divmod": [(-7.5, 2.0), (1.0, 0.1)],
    "isfinite": [(np.inf,), (np.nan,), (1.0,)],
    "isinf": [(-np.inf,), (np.nan,), (1.0,)],
    "logaddexp2": [(2000.0, 1999.0), (-3000.0, -2999.0)],
    "heaviside": [(0.0, 0.3), (1.0, 0.3)],
}


@pytest.mark.parametrize("name", SPECIAL)
def test_special_points_are_those_of_numpy_and_scipy(name: str) -> None:
    ufunc = getattr(np, name, None) or getattr(sc, name)
    G = ew.trace(lambda *args: ufunc(*args), *(f"x{k}" for k in range(ufunc.nin)))
    for at in SPECIAL[name]:
        with np.errstate(all="ignore"):
            wanted = flat(ufunc(*at))
        for made in (G, G.simplify("exact")):
            assert np.allclose(flat(made.evaluate(*at).result), wanted, rtol=1e-14, equal_nan=True), at


@pytest.mark.parametrize("backend", BACKENDS)
def test_compositions_on_every_back_end(backend: str) -> None:
    available(backend)
    names = ["logit", "xlogy", "rgamma", "fmod", "floor_divide", "huber"]
    names += [] if backend in ("jax", "torch") else ["kl_div", "boxcox"]
    write = lambda x, y: [COMPOSED[n](*((x, y) if n not in ("logit", "rgamma") else (x,))) for n in names]
    G = ew.trace(write, "x", "y")
    f = G.jacobian().simplify().compile(backend)
    value, slopes = f(0.3, 0.7)
    found = G.jacobian().evaluate(0.3, 0.7)
    assert [float(v) for v in value] == pytest.approx(G.evaluate(0.3, 0.7).outputs, rel=1e-12)
    assert [float(v) for row in slopes for v in row] == pytest.approx(flat(found.result).tolist(), rel=1e-12)


def test_reductions_masks_and_places() -> None:
    A = np.arange(6.0).reshape(2, 3) - 2
    cases: list[Callable[[Any], Any]] = [
        lambda a: np.sum(a, where=np.array([True, False, True])),
        lambda a: np.sum(a, where=a > 0, initial=2.0),
        lambda a: np.prod(a, axis=0, where=a != 0),
        lambda a: np.max(a, axis=1, where=a < 2, initial=-9.0),
        lambda a: np.sum(a, axis=(0, 1), initial=3.0),
        lambda a: np.any(a > 2, axis=1) * 1.0 + np.all(a, axis=1),
        lambda a: np.logical_and.accumulate(a[0]) * 1.0,
        lambda a: np.multiply.outer(a[0], a[1]),
        lambda a: np.add(a, a, out=a * 0, where=np.array([True, False, True])),
        lambda a: added(a),
        lambda a: a.astype(int) + (a > 0).astype(float) + a.astype(bool) * 1,
        lambda a: np.vectorize(lambda t: t * t)(a),
        lambda a: a // 2 + a // 0.3 + a % 2 + 7 // (a + 5),
        lambda a: divmod(a[0, 0], 3)[0] + divmod(a[0, 0], 3)[1] + ((a > 0) ^ (a > 1)),
    ]
    for write in cases:
        for made in (ew.trace(write, a=(2, 3)), ew.trace(write, a=(2, 3)).simplify()):
            assert np.allclose(np.asarray(made.evaluate(A.copy()).result, dtype=float), write(A.copy()))


def added(a: Any) -> Any:
    total = a * 0
    np.add.at(total, ([0, 0, 1], [1, 1, 2]), a[1])
    np.multiply.at(total, (slice(None), [2]), 3.0)
    return total


def test_lists_tuples_and_all_kinds_of_numbers_are_operands() -> None:
    w, data = ew.symbols("w", shape=3), np.array([0.5, 2.0, 3.0])
    cases = [
        (lambda a: a[0] - [3, 5, 2]), (lambda a: a + [1.0, 2.0, 3.0]), (lambda a: [1, 2, 3] * a),
        (lambda a: (1, 2, 3) / a), (lambda a: a[1] ** [1, 2]), (lambda a: [2.0, 3.0] ** a[1]),
        (lambda a: a > [0, 2, 9]),
        (lambda a: a @ [1, 2, 3]), (lambda a: True * a + np.int8(2)), (lambda a: a[0] + np.array([1, 2])),
        (lambda a: np.float32(0.5) * a), (lambda a: a**True), (lambda a: [[1, 2, 3], [4, 5, 6]] - a),
    ]  # fmt: skip
    for write in cases:
        G = ew.graph(write(w))
        assert np.allclose(np.asarray(G.evaluate(w=data).result, dtype=float), np.asarray(write(data), dtype=float))
    assert ew.graph(ew.symbols("x") * Fraction(1, 3) + [ew.symbols("y")]).evaluate(True, 2).outputs == (2 + 1 / 3,)
    for odd in ([1, "a"], [None], [[1, 2], [3]], (1j,)):
        with pytest.raises(EdgewiseError):
            _ = w[0] + odd


def test_what_needs_a_number_says_what_to_write() -> None:
    x, w = ew.symbols("x"), ew.symbols("w", shape=3)
    for attempt, hint in [
        (lambda: __import__("math").sin(x), "edgewise.exp for math"), (lambda: float(x), "leave float"),
        (lambda: int(x), "np.trunc"), (lambda: range(x), "where"), (lambda: [1, 2][x], "where"),
        (lambda: complex(x), "symbolic"), (lambda: x.astype(complex), "real"), (lambda: w.astype(str), "real"),
        (lambda: np.sum(w, dtype=int), "trunc"), (lambda: w.argsort(), "order"), (lambda: w.argmax(), "np.max"),
        (lambda: np.unique(w), "outside"), (lambda: np.nonzero(w), "np.where"), (lambda: np.histogram(w), "bin"),
        (lambda: np.allclose(w, w), "np.all"), (lambda: sorted(w), "where"), (lambda: np.median(w), "places"),
    ]:  # fmt: skip
        with pytest.raises(EdgewiseError, match=hint) as said:
            attempt()
        assert "test_ufuncs.py" in str(said.value)
        assert "\n" not in str(said.value)
