"""subs, equals, expand and series on random graphs with sharing, judged by mpmath and SymPy."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath as mp
import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.graph import Tape
from oracles import mp_evaluate, mp_number
from strategies import tapes

FEW, MANY = 12, 1000
NUMBERS = st.one_of(
    st.integers(-2, 2),
    st.sampled_from([Fraction(1, 2), Fraction(-3, 4), Fraction(5, 3)]),
    st.sampled_from([0.25, -1.5]),
)


sizes = pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])


def on_random(count: int, check: Callable[..., None], *strategies: Any) -> None:
    """Run a check on so many drawn examples, always the same ones."""
    options = settings(
        deadline=None, max_examples=count, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    options(given(*strategies)(check))()


def value(tape: Tape, point: dict[str, Any], output: int = 0) -> Any:
    """The value in mpmath."""
    return mp_evaluate(tape, [point[name] for name in tape.input_names()])[tape.outputs[output]]


def near(found: Any, wanted: Any, digits: int = 25) -> bool:
    return bool(abs(found - wanted) <= mp.mpf(10) ** -digits * max(1, abs(wanted)))


# --- subs -------------------------------------------------------------------------------------------------------------


def check_subs(tape: Tape, numbers: list[Any], kinds: list[int]) -> None:
    """Each input stays, gets a number, or a formula of the others; all at once, as mpmath computes it."""
    graph, names = ew.Graph(tape), tape.input_names()
    given: dict[str, Any] = {}
    with mp.workdps(40):
        point = {name: mp_number(number) for name, number in zip(names, numbers, strict=False)}
        wanted = dict(point)
        for k, (name, kind) in enumerate(zip(names, kinds, strict=False)):
            other = names[(k + 1) % len(names)]
            if kind == 1:
                given[name] = numbers[k]
            elif kind == 2:
                given[name] = f"{other} + 1/2"
                wanted[name] = point[other] + mp.mpf(1) / 2
        found = graph.subs(given)
        assert near(value(found.tape, point), value(tape, wanted), 12 if _has_doubles(tape, given) else 30)
    brought = {names[(k + 1) % len(names)] for k, kind in enumerate(kinds[: len(names)]) if kind == 2}
    kept = [name for name in names if name not in given or name in brought]
    assert [name for name in kept if name in found.inputs] == list(found.inputs)
    assert set(names) - set(given) <= set(found.inputs)


def _has_doubles(tape: Tape, given: dict[str, Any]) -> bool:
    """Where a double goes in, what is made of it is rounded."""
    return any(type(v) is float for v in [*tape.constants().values(), *given.values()])


SUBS = (
    tapes(max_ops=14),
    st.lists(NUMBERS, min_size=4, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)


@sizes
def test_subs(count: int) -> None:
    on_random(count, check_subs, *SUBS)


# --- equals -----------------------------------------------------------------------------------------------------------


def check_equals(tape: Tape, change: int) -> None:
    """A graph equals what SymPy makes of it, and what it is when it is rearranged; not what is a little more."""
    graph = ew.Graph(tape)
    again = ew.graph(sp.expand(graph.to_sympy(), power_exp=False, log=False), inputs=graph.inputs)
    for other in (again, graph.simplify(), graph.expand(), 2 * graph - graph):
        verdict = graph.equals(other)
        assert verdict, verdict
        assert verdict.proved or "digits" in verdict.how
    changed = (graph + Fraction(1, 10**6), graph * (1 + Fraction(1, 10**6)), ew.cos(graph), graph**2 + 2)[change]
    verdict = graph.equals(changed)
    with mp.workdps(60):
        if verdict:  # where both are 0
            for place in (-1.25, 0.5, 0.75):
                point = {name: mp.mpf(place) / (k + 1) for k, name in enumerate(tape.input_names())}
                assert near(value(tape, point), value(changed.tape, point), 12)
        else:
            assert verdict.point is not None and verdict.values is not None
            point = {name: mp.mpf(number) for name, number in verdict.point.items()}
            both = [value(one, point) for one in (tape, changed.tape)]
            assert not near(both[0], both[1], 13)
            assert all(near(found, exact, 12) for found, exact in zip(verdict.values, both, strict=True))


EQUALS = (tapes(max_ops=10), st.integers(0, 3))


@sizes
def test_equals(count: int) -> None:
    on_random(count, check_equals, *EQUALS)


# --- evalf ------------------------------------------------------------------------------------------------------------


def check_evalf(tape: Tape, at: list[float], digits: int) -> None:
    """All digits are those of mpmath."""
    point = dict(zip(tape.input_names(), at, strict=False))
    found = ew.Graph(tape).evalf(digits, point)
    with mp.workdps(digits + 60):
        wanted = value(tape, {name: mp.mpf(number) for name, number in point.items()})
        assert abs(mp.mpf(str(found)) - wanted) <= mp.mpf(10) ** (1 - digits) * abs(wanted)


GRID = st.integers(-2048, 2048).map(lambda number: number / 1024)
EVALF = (tapes(max_ops=14), st.lists(GRID, min_size=4, max_size=4), st.sampled_from([5, 16, 40, 100]))


@sizes
def test_evalf(count: int) -> None:
    on_random(count, check_evalf, *EVALF)


# --- expand -----------------------------------------------------------------------------------------------------------


def check_expand(tape: Tape) -> None:
    """The value stays."""
    graph = ew.Graph(tape)
    found = graph.expand()
    with mp.workdps(40):
        for place in (-1.25, 0.5, 1.75):
            point = {name: mp.mpf(place) / (k + 1) for k, name in enumerate(tape.input_names())}
            exact = not _has_doubles(tape, {})
            assert near(value(found.tape, point), value(tape, point), 25 if exact else 9)


EXPAND = (tapes(max_ops=10),)


@sizes
def test_expand(count: int) -> None:
    on_random(count, check_expand, *EXPAND)


def check_terms(tape: Tape) -> None:
    """Sums, products and powers come out as SymPy has them, term by term, inside functions too."""
    if not _has_doubles(tape, {}):
        graph = ew.Graph(tape)
        assert graph.expand().to_sympy() == sp.expand(graph.to_sympy())


TERMS = (tapes(operations=("add", "sub", "mul", "neg", "mul", "cos", "atan"), max_ops=8, guarded=False),)


@sizes
def test_terms(count: int) -> None:
    on_random(count, check_terms, *TERMS)


# --- series -----------------------------------------------------------------------------------------------------------


def check_series(tape: Tape, at: Any, terms: int) -> None:
    """The coefficients are the derivatives that mpmath finds by differences."""
    graph = ew.Graph(tape)
    name = graph.inputs[0]
    found = graph.series(name, at, terms)
    assert found.inputs == graph.inputs
    others = {other: mp.mpf(3) / (4 + k) for k, other in enumerate(graph.inputs)}
    with mp.workdps(60):
        center = mp_number(at)
        wanted = mp.taylor(lambda x: value(tape, {**others, name: x}), center, terms - 1)
        exact = not _has_doubles(tape, {"": at})
        for step in (mp.mpf(0), mp.mpf(1) / 3, mp.mpf(-2)):
            polynomial = sum(coefficient * step**k for k, coefficient in enumerate(wanted))
            assert near(value(found.tape, {**others, name: center + step}), polynomial, 20 if exact else 9)


SERIES = (tapes(max_ops=8), st.sampled_from([0, 1, Fraction(-1, 2), 0.75]), st.integers(1, 5))


@sizes
def test_series(count: int) -> None:
    on_random(count, check_series, *SERIES)
