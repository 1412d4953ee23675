"""What a trace does before and after the user's function: how inputs are bound, and what is looked up once."""

from __future__ import annotations

import functools
import inspect
import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends import reached as module
from edgewise.frontends.reached import reached


def wrapped(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def call(*args: Any, **options: Any) -> Any:
        return fn(*args, **options)

    return call


def signed(a: Any, b: Any) -> Any:
    return a - 2 * b


signed.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in ("q", "r")]
)

# The function, the scalars' names, the groups' lengths, and what goes in where: by an outside judge, Python itself.
CALLS: list[tuple[Callable[..., Any], tuple[str, ...], dict[str, int]]] = [
    (lambda x, y: x - 2 * y, (), {}),
    (lambda x, y=3.0: x - 2 * y, (), {}),
    (lambda x, y=3.0: x - 2 * y, ("x", "y"), {}),
    (lambda x, y: x - 2 * y, ("y", "x"), {}),
    (lambda w, x: x * w[0] - w[1], ("x",), {"w": 2}),
    (lambda x, w: x * w[0] - w[1], ("x",), {"w": 2}),
    (lambda x, v: x * v[0] - v[1], ("x",), {"w": 2}),
    (lambda a, w, b: a * w[0] - b * w[1], ("p", "q"), {"w": 2}),
    (lambda w, v: w[0] - 2 * v[1], (), {"v": 2, "w": 2}),
    (lambda x, /, y: x - 2 * y, ("x", "y"), {}),
    (lambda x, *, y: x - 2 * y, ("x", "y"), {}),
    (lambda *xs: xs[0] - 2 * xs[1], ("x", "y"), {}),
    (lambda x, **more: x - 2 * more["w"][0], ("x",), {"w": 1}),
    (wrapped(lambda x, y: x - 2 * y), (), {}),
    (signed, ("q", "r"), {}),
    (functools.partial(lambda x, y: x - 2 * y, y=4.0), ("x",), {}),
    (math.hypot, ("x", "y"), {}),
]


@pytest.mark.parametrize("case", range(len(CALLS)))
def test_inputs_go_where_a_call_puts_them(case: int) -> None:
    fn, names, groups = CALLS[case]
    graph = ew.trace(fn, *names, **groups)
    values = {p.name: np.arange(1.0, 1.0 + p.size) / 4 if p.shape else 0.75 + k for k, p in enumerate(graph.parameters)}
    scalars = [float(values[name]) for name in names or [p.name for p in graph.parameters if not p.shape]]
    parameters = inspect.signature(fn).parameters if fn is not math.hypot else {}
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    keyed = {name: values[name] for name in groups if name in parameters or takes_any}
    only = {p.name for p in parameters.values() if p.kind is p.KEYWORD_ONLY}
    keyed |= {name: values[name] for name in names if name in only}
    before = [name for name in parameters if name in keyed and name not in only]
    free = iter([*[s for n, s in zip(names or [""] * 9, scalars, strict=False) if n not in only],
                 *[values[name] for name in groups if name not in keyed]])  # fmt: skip
    if before and not takes_any:
        args = [keyed.pop(name) if name in keyed else next(free) for name in parameters if name not in only]
    else:
        args = list(free)
    assert graph.evaluate(values).outputs[0] == fn(*args, **keyed)


@pytest.mark.parametrize("names", [("x",), ("x", "y", "z")])
def test_too_few_and_too_many_inputs_are_said(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="cannot be called with the inputs"):
        ew.trace(lambda x, y: x - 2 * y, *names)


def test_a_plain_function_is_bound_without_a_signature_object(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("inspect.signature takes longer than a small trace")

    monkeypatch.setattr(inspect, "signature", refuse)
    assert len(ew.trace(lambda x, w: x * w[0], "x", w=1)) == 3


class Unhashable(type):
    """A metaclass that compares, and so forbids hashes."""

    def __eq__(cls, other: object) -> bool:
        return cls is other

    __hash__ = None  # type: ignore[assignment]


class Scale(metaclass=Unhashable):
    factor = 2.0

    def __call__(self, x: Any) -> Any:
        return math.exp(x) * self.factor


SCALE, GENERATOR, SYSTEM = Scale(), random.Random(3), random.SystemRandom()


def test_objects_of_any_class_are_looked_through() -> None:
    assert ew.trace(lambda x: SCALE(x), "x").evaluate(x=0.5).outputs == (2.0 * math.exp(0.5),)


def test_generators_are_found_and_others_are_not() -> None:
    places, names = reached(lambda x: x * GENERATOR.random() + SYSTEM.random() + len("ab"), {id(len): None})
    assert {name for _, name, _ in places} == {"GENERATOR", "len"}
    assert names >= {"GENERATOR", "random", "SYSTEM", "len"}
    with pytest.raises(UnsupportedError, match="draws random numbers"):
        ew.trace(lambda x: x * GENERATOR.random(), "x")


def test_what_is_remembered_of_classes_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 8)
    monkeypatch.setattr(module, "_ROLES", {})
    for k in range(50):
        thing = type(f"Thing{k}", (), {"__call__": lambda self, x: x + 1})()
        assert len(ew.trace(lambda x, thing=thing: thing(x), "x")) == 3
        assert len(module._ROLES) <= 8


def test_a_name_that_is_replaced_during_a_trace_stays_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    original, ones = np.zeros, np.ones

    def mine(*args: Any, **options: Any) -> Any:
        return original(*args, **options)

    def replacing(x: Any) -> Any:
        np.zeros = mine
        return x

    monkeypatch.setattr(np, "zeros", original)  # restored afterwards
    ew.trace(replacing, "x")
    assert np.zeros is mine
    assert np.ones is ones
