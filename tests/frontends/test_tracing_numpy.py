"""The modules that a trace changes: restored whatever happens, originals for everyone else, any number of threads."""

from __future__ import annotations

import contextlib
import functools
import math
import random
import sys
import tempfile
import threading
from typing import Any

import numpy as np
import pytest
import scipy.special
import scipy.stats
from numpy import asarray, eye, zeros
from scipy.special import logsumexp

import edgewise as ew

NAMESPACES = [
    np,
    np.linalg,
    np.random,
    sys.modules["time"],
    sys.modules["datetime"],
    math,
    random,
    scipy.special,
    scipy.linalg,
    sys.modules[__name__],
]
CLASSES = [
    random.Random,
    random.SystemRandom,
    scipy.stats.rv_continuous.__base__,
    type(scipy.stats.multivariate_normal).__base__,
]


def snapshot() -> list[dict[str, Any]]:
    return [dict(vars(space)) for space in [*NAMESPACES, *CLASSES]]


def same(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> bool:
    return all(list(a) == list(b) and all(a[key] is b[key] for key in a) for a, b in zip(before, after, strict=True))


def uses_names(x: Any) -> Any:
    made = zeros(len(x))
    made[0] = x[0] + logsumexp(x) + math.exp(x[1])
    return eye(len(x)) @ asarray(made) @ x


def ends_in(error: BaseException) -> Any:
    def f(x: Any) -> Any:
        assert np.zeros is not Originals.zeros
        zeros(len(x))
        raise error

    return f


class Originals:
    zeros = staticmethod(np.zeros)  # where no trace looks for names to replace


@pytest.mark.parametrize("error", [None, ValueError("mine"), KeyboardInterrupt(), SystemExit(1), RecursionError()])
def test_everything_is_restored(error: BaseException | None) -> None:
    ew.trace(uses_names, x=2)  # what is imported on the way is there now
    before = snapshot()
    if error is None:
        ew.trace(uses_names, x=3)
    else:
        with pytest.raises((type(error), ew.EdgewiseError)):
            ew.trace(ends_in(error), x=3)
    assert same(before, snapshot())
    assert np.zeros is Originals.zeros
    assert type(np.zeros(3)) is np.ndarray


def test_restored_when_an_interrupt_strikes_while_stand_ins_are_put_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import edgewise.frontends.tracing_numpy as tracing

    ew.trace(uses_names, x=2)
    before = snapshot()
    put, calls = tracing._put, []

    def interrupted(holder: Any, name: str, value: Any) -> None:
        calls.append(name)
        put(holder, name, value)
        if len(calls) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(tracing, "_put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ew.trace(uses_names, x=2)
    assert len(calls) > 3
    assert same(before, snapshot())


def test_traces_within_traces() -> None:
    def inner(y: Any) -> Any:
        made = np.zeros(2)
        made[0] = y
        return made.sum()

    def outer(x: Any) -> Any:
        made = zeros(2)
        made[1] = x * ew.trace(inner, "y").gradient().evaluate(y=2.0).outputs[0]
        return made.sum()

    before = snapshot()
    assert ew.trace(outer, "x").gradient().evaluate(x=3.0).outputs == (1.0,)
    assert same(before, snapshot())


def test_a_trace_within_a_trace_that_fails() -> None:
    def outer(x: Any) -> Any:
        with contextlib.suppress(ValueError):
            ew.trace(ends_in(ValueError("mine")), x=2)
        made = np.zeros(2)
        made[1] = x
        return made.sum()

    assert ew.trace(outer, "x").evaluate(x=3.0).outputs == (3.0,)
    assert np.zeros is Originals.zeros


@pytest.mark.slow
def test_threads_that_trace_and_threads_that_use_numpy() -> None:
    before = snapshot()
    stop = threading.Event()
    wrong: list[Any] = []

    def numbers() -> None:
        while not stop.is_set():
            made = np.zeros(3), np.asarray([1.0, 2.0]), zeros(2), np.eye(2), np.random.rand(2), len([1])
            if any(type(part) is not np.ndarray for part in made[:-1]) or math.exp(0.0) != 1.0:
                wrong.append([type(part) for part in made])

    def tracing(seed: int) -> None:
        try:
            for k in range(15):
                G = ew.trace(uses_names, x=2 + (k + seed) % 3)
                if len(G.inputs) != 2 + (k + seed) % 3:
                    wrong.append(G)
                with contextlib.suppress(ValueError):
                    ew.trace(ends_in(ValueError("mine")), x=2)
        except BaseException as error:
            wrong.append(error)

    users = [threading.Thread(target=numbers) for _ in range(2)]
    tracers = [threading.Thread(target=tracing, args=(k,)) for k in range(4)]
    for thread in users + tracers:
        thread.start()
    for thread in tracers:
        thread.join()
    stop.set()
    for thread in users:
        thread.join()
    assert not wrong
    assert same(before, snapshot())


def test_libraries_and_other_threads_keep_the_originals() -> None:
    seen: list[Any] = []

    def f(x: Any) -> Any:
        thread = threading.Thread(target=lambda: seen.append(type(np.zeros(2))))
        thread.start()
        thread.join()
        seen.append(type(scipy.special.roots_legendre(3)[0]))
        seen.append(
            np.zeros == Originals.zeros
            and hash(np.zeros) == hash(Originals.zeros)
            and isinstance(np.array([1]), np.ndarray)
        )
        seen.append(isinstance(np.random.default_rng(1), np.random.Generator))
        return x

    ew.trace(f, "x")
    assert seen == [np.ndarray, np.ndarray, True, True]


# --- what is reached -------------------------------------------------------------------------------------------------


def helper(n: int) -> Any:
    return zeros(n)


class Model:
    def __init__(self, inner: Any = None) -> None:
        self.inner = inner

    def __call__(self, x: Any) -> Any:
        made = self.made(2)
        made[0] = x
        return made.sum()

    def made(self, n: int) -> Any:
        return self.inner.made(n) if self.inner else helper(n)


def decorated(f: Any) -> Any:
    @functools.wraps(f)
    def call(*args: Any) -> Any:
        return f(*args)

    return call


def through(make: Any, x: Any) -> Any:
    made = make(2)
    made[0] = x
    return made.sum()


LOCAL = np.zeros


def closed(make: Any) -> Any:
    def f(x: Any) -> Any:
        made = make(2)
        made[0] = x
        return made.sum()

    return f


@pytest.mark.parametrize(
    "f",
    [
        Model(), Model(Model()), Model().__call__, decorated(Model()), functools.partial(through, helper),
        closed(zeros), closed(helper), lambda x: closed(helper)(x), lambda x: through(LOCAL, x),
        lambda x: next(through(make, x) for make in (helper,)),
    ],
)  # fmt: skip
def test_imported_names_are_found_where_code_is_reached(f: Any) -> None:
    cells = [cell.cell_contents for cell in getattr(f, "__closure__", None) or ()]
    before = snapshot()
    assert ew.trace(lambda x: f(x), "x").evaluate(x=2.0).outputs == (2.0,)
    assert same(before, snapshot())
    assert all(a is b.cell_contents for a, b in zip(cells, getattr(f, "__closure__", None) or (), strict=True))


# --- draws -----------------------------------------------------------------------------------------------------------

RNG = np.random.default_rng(0)
OLD = np.random.RandomState(0)
DICE = random.Random(0)


class Noisy:
    def __init__(self) -> None:
        self.rng = np.random.default_rng(0)

    def energy(self, x: Any) -> Any:
        return x + self.rng.normal()


def of_closure() -> Any:
    rng = np.random.default_rng(0)
    return lambda x: x * rng.uniform()


DRAWS = {
    "np.random.rand": lambda x: x * np.random.rand(),
    "np.random.normal": lambda x: x * np.random.normal(0, 1, 3).sum(),
    "np.random.shuffle": lambda x: np.random.shuffle([1, 2]) or x,
    "random.random": lambda x: x * random.random(),
    "random.choice": lambda x: x * random.choice([1, 2]),
    "unseeded": lambda x: x * np.random.default_rng().normal(),
    "unseeded, new": lambda x: x * np.random.Generator(np.random.PCG64()).normal(),
    "unseeded, random": lambda x: x * random.Random().random(),
    "global generator": lambda x: x * RNG.normal(),
    "global RandomState": lambda x: x * OLD.normal(),
    "global Random": lambda x: x * DICE.gauss(0, 1),
    "closure": of_closure(),
    "method": Noisy().energy,
    "default": lambda x, rng=np.random.default_rng(0): x * rng.normal(),  # noqa: B008
    "scipy.stats": lambda x: x * scipy.stats.norm.rvs(),
    "scipy.stats, frozen": lambda x: x * scipy.stats.gamma(2.0).rvs(),
    "scipy.stats, many": lambda x: x * scipy.stats.multivariate_normal([0.0, 0.0]).rvs()[0],
}


@pytest.mark.parametrize("name", DRAWS)
def test_a_draw_is_refused(name: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=r"draws.*test_tracing_numpy\.py:\d+.*draw outside"):
        ew.trace(DRAWS[name], "x")


@pytest.mark.parametrize("name", DRAWS)
def test_a_draw_is_allowed_where_every_call_traces_anew(name: str) -> None:
    from edgewise.frontends.tracing_numpy import draws_are_fresh

    with draws_are_fresh():
        ew.trace(DRAWS[name], "x")


def seeded(x: Any) -> Any:
    np.random.seed(3)
    random.seed(4)
    return x * np.random.rand() * random.random()


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x * np.random.default_rng(3).normal(),
        lambda x: x * np.random.RandomState(3).normal(),
        lambda x: x * random.Random(3).random(),
        lambda x: x * np.random.Generator(np.random.PCG64(3)).normal(),
        lambda x: x * len(tempfile.mktemp()[:1]),  # a library's own draws
        lambda x: x * scipy.stats.norm.rvs(random_state=3),
        lambda x: x * len(repr(RNG)) + (np.random.get_state() is None),
        seeded,
    ],
)
def test_numbers_of_a_fixed_seed_are_the_same_at_every_call(f: Any) -> None:
    assert ew.trace(f, "x").evaluate(x=2.0).outputs[0] == pytest.approx(float(f(2.0)))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: np.random.default_rng(0).normal(size=3),
        lambda: np.random.default_rng(0).uniform(0.0, [1.0, 2.0, 3.0]),
        lambda: np.random.Generator(np.random.PCG64(1)).choice([1.0, 2.0, 3.0], size=3, replace=False),
        lambda: np.random.default_rng(0).permutation(3) + 1.0,
        lambda: np.random.RandomState(0).dirichlet(np.ones(3)),
        lambda: np.random.default_rng(0).multivariate_normal(np.zeros(3), np.eye(3)),
        lambda: np.array(np.random.SeedSequence(0).generate_state(3), float),
        lambda: __import__("scipy.spatial").spatial.cKDTree([[0.0], [2.0], [5.0]]).query([[1.8], [0.1], [9.0]])[0],
    ],
)
def test_compiled_libraries_keep_numpy(draw: Any) -> None:
    """They make arrays by the names of NumPy, without a frame in which to see that a library asks."""
    x, before = np.array([1.0, 2.0, 3.0]), np.empty
    assert np.array_equal(ew.grad(lambda x: np.sum(x * draw()))(x), draw())
    assert np.array_equal(ew.trace(lambda x: np.sum(x * draw()), x=3).gradient().evaluate(x=x).outputs[-3:], draw())
    assert np.empty is before and sys.modules["numpy.random._generator"].np is np  # type: ignore[attr-defined]
