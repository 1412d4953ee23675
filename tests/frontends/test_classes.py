"""What a traced function finds when it asks for the class of an argument: that of the number or array it stands for."""

from __future__ import annotations

import collections.abc
import functools
import numbers
from collections.abc import Callable
from typing import Any, SupportsFloat

import numpy as np
import pytest

import edgewise as ew

ONE, ARRAY = 1.5, np.array([0.5, 2.0])


@functools.singledispatch
def dispatched(x: Any) -> Any:
    return x**3


@dispatched.register
def _(x: float) -> Any:
    return x**2


@dispatched.register
def _(x: np.ndarray) -> Any:
    return np.sum(x**4)


class Dispatching:
    @functools.singledispatchmethod
    def value(self, x: Any) -> Any:
        return x**3

    @value.register
    def _(self, x: float) -> Any:
        return x**2


def matched(x: Any) -> Any:
    match x:
        case bool() | int():
            return x
        case float():
            return x**2
        case np.ndarray():
            return np.sum(x**4)
        case _:
            return x**3


def in_a_helper(x: Any) -> Any:
    def power(value: Any) -> int:
        return 2 if isinstance(value, float) else 3

    return x ** power(x)


def with_a_metaclass(x: Any) -> Any:
    class Meta(type):
        pass

    class Held(metaclass=Meta):
        scale = 2.0

    count = 3
    assert isinstance(Held, type) and type(Held) is Meta and type(count) is int
    return x * type("Made", (Held,), {}).scale


NUMBERS: dict[str, Callable[[Any], Any]] = {
    "isinstance float": lambda x: x**2 if isinstance(x, float) else x**3,
    "isinstance of a tuple": lambda x: x**2 if isinstance(x, (int, float, np.number)) else x**3,
    "isinstance of a union": lambda x: x**2 if isinstance(x, int | float) else x**3,
    "isinstance Number": lambda x: x**2 if isinstance(x, numbers.Number) else x**3,
    "isinstance Real": lambda x: x**2 if isinstance(x, numbers.Real) else x**3,
    "SupportsFloat": lambda x: x**2 if isinstance(x, SupportsFloat) else x**3,
    "isinstance of a result": lambda x: x**2 if isinstance(np.sin(x) + 1, float) else x**3,
    "no int": lambda x: x**3 if isinstance(x, (int, np.integer)) else x**2,
    "no bool": lambda x: x**3 if isinstance(x, bool) else x**2,
    "no array": lambda x: x**3 if isinstance(x, np.ndarray) else x**2,
    "no iterable": lambda x: x**3 if isinstance(x, collections.abc.Iterable) else x**2,
    "a comparison is a truth": lambda x: x**2 if isinstance(x > 1, bool) else x**3,
    "type is": lambda x: x**2 if type(x) is float else x**3,
    "type ==": lambda x: x**2 if type(x) == float else x**3,  # noqa: E721
    "type in": lambda x: x**2 if type(x) in (int, float) else x**3,
    "name of the type": lambda x: x**2 if type(x).__name__ == "float" else x**3,
    "the type as a function": lambda x: x ** type(x)(2),
    "class": lambda x: x**2 if x.__class__ is float else x**3,
    "our own class": lambda x: x**2 if isinstance(x, (float, ew.Expr)) else x**3,
    "dispatched": dispatched,
    "dispatched inside": lambda x: dispatched(x),
    "dispatched method": lambda x: Dispatching().value(x),
    "matched": matched,
    "in a helper": in_a_helper,
    "with a metaclass": with_a_metaclass,
}
ARRAYS: dict[str, Callable[[Any], Any]] = {
    "isinstance": lambda x: np.sum(x**2) if isinstance(x, np.ndarray) else np.sum(x) ** 3,
    "isinstance of a result": lambda x: np.sum(x**2) if isinstance(x * 2, np.ndarray) else np.sum(x) ** 3,
    "no number": lambda x: np.sum(x) ** 3 if isinstance(x, (float, int)) else np.sum(x**2),
    "an entry": lambda x: np.sum(x**2) if isinstance(x[0], float) else np.sum(x) ** 3,
    "a sum": lambda x: np.sum(x**2) if isinstance(np.sum(x), float) else np.sum(x) ** 3,
    "sequence": lambda x: np.sum(x) ** 3 if isinstance(x, collections.abc.Sequence) else np.sum(x**2),
    "type is": lambda x: np.sum(x**2) if type(x) is np.ndarray else np.sum(x) ** 3,
    "of what is filled": lambda x: np.sum(x**2) if type(np.zeros(2)) is np.ndarray else np.sum(x) ** 3,
    "dispatched": dispatched,
    "matched": matched,
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_a_float(name: str) -> None:
    f = NUMBERS[name]
    value, slope = ew.value_and_grad(f)(ONE)
    assert value == pytest.approx(f(ONE), rel=1e-14)
    assert slope == pytest.approx((f(ONE + 1e-6) - f(ONE - 1e-6)) / 2e-6, rel=1e-6)
    assert ew.trace(f, "x").compile(backend="numpy")(ONE) == pytest.approx(f(ONE), rel=1e-14)
    assert ew.grad(lambda y: ew.grad(f)(y))(ONE) == pytest.approx(ew.hessian(f)(ONE))


@pytest.mark.parametrize("declared", [{"x": 2}, {"x": ew.tensor(2)}, {"x": ew.tensor("n")}], ids=str)
@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_is_an_ndarray(name: str, declared: Any) -> None:
    f = ARRAYS[name]
    assert ew.trace(f, **declared).compile(backend="numpy")(ARRAY) == pytest.approx(f(ARRAY), rel=1e-14)
    assert ew.value_and_grad(f)(ARRAY)[0] == pytest.approx(f(ARRAY), rel=1e-14)


def test_outside_a_trace_expressions_are_what_they_are() -> None:
    x, X = ew.symbols("x"), ew.tensor("n", name="X")
    assert type(x) is ew.Expr and not isinstance(x, float) and not isinstance(X, np.ndarray)
    ew.trace(lambda x: x**2 if isinstance(x, float) else x, "x")
    assert type is __builtins__["type"] if isinstance(__builtins__, dict) else type is __builtins__.type
