"""Python's built-in functions on what is traced: what Python computes, or a line that says what to write."""

from __future__ import annotations

import builtins
import math
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import EdgewiseError

AT = np.array([1.7, -2.3, 0.6])


def largest(values: Any) -> Any:
    return max(values)


class Box:
    bound = 0.5

    def __call__(self, x: Any) -> Any:
        return sum(min(max(v, -self.bound), self.bound) ** 2 for v in x)


COMPUTED: dict[str, Any] = {
    "max of two": lambda x: max(x[0], x[1]) ** 2,
    "max with a number": lambda x: max(0, x[1]) + x[0] * max(x[0], 2.5),
    "max of many": lambda x: max(x[1], -5, x[0], 0.3) * x[2],
    "max of a list": lambda x: max([x[0] * x[1], x[2]]),
    "max of an array": lambda x: max(abs(x)) ** 2,
    "max of a generator": lambda x: max(v * v for v in x),
    "max of a map": lambda x: max(map(abs, x)),
    "max in a helper": lambda x: largest((x[0], 3 * x[2])),
    "max of single entries": lambda x: max(x[:1], 0.5).sum(),
    "min": lambda x: min(x[0] ** 2, 3, x[1]) * x[2],
    "min of an array": lambda x: min(x) * x[0],
    "method": Box(),
    "max of numbers": lambda x: x[0] * max(3, 4.5) * max((2, 3), (1, 9))[0] * max([], default=2) * max(-3, 2, key=abs),
    "sum": lambda x: sum(x) * x[0],
    "sum from": lambda x: sum(x * x, 3.5),
    "sum of rows": lambda x: sum(x[:, None] * x)[1],
    "sum of lists": lambda x: sum([[1], [2]], start=[])[1] * x[0],  # noqa: RUF017
    "sum of a generator": lambda x: sum(k * v for k, v in enumerate(x)),
    "any and all of numbers": lambda x: x[0] * (any([0, 2]) + all([True, 1]) + all([]) + any(k > 2 for k in range(9))),
    "np.any, np.all": lambda x: np.where(np.any([x[0] > 9, x[1] < 0]) & np.all([x[0] > 0, x[2] > 0]), x[0], x[1]),
    "sorted numbers": lambda x: x[0] * sorted([3, -2], reverse=True, key=abs)[0],
    "len": lambda x: len(x) * x[0],
    "abs": lambda x: abs(x[1]) + abs(x)[0],
    "round": lambda x: round(x[0]) * x[0] + round(x[1]),
    "divmod": lambda x: divmod(x[0], 3)[1] + divmod(7, x[1])[0] * x[2],
    "pow": lambda x: pow(x[0], 2) + pow(2, x[1]),
    "math's parts": lambda x: math.floor(x[0]) + math.ceil(x[1]) + math.trunc(x[1]) + math.fmod(x[1], 2) * x[0],
    "math's halves": lambda x: math.modf(x[0])[0] * math.ldexp(x[2], 3) + math.remainder(x[0], 0.5),
    "math's tests": lambda x: np.where(math.isinf(x[0]) | math.isnan(x[1]), 0, x[0] * math.isfinite(x[2])),
}

WHOLE = ("max of an array", "min of an array", "sum", "sum from", "sum of rows")
"""Those that need no length."""


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        *((name, declared) for name in COMPUTED for declared in (3, ew.tensor(3))),
        *((name, ew.tensor("n")) for name in WHOLE),
    ],
)
def test_value_and_gradient(name: str, declared: Any) -> None:
    f = COMPUTED[name]
    graph = ew.trace(f, x=declared)
    assert graph.evaluate(x=AT).outputs[0] == pytest.approx(float(f(AT)), rel=1e-13)
    steps = [np.eye(3)[k] * 1e-6 for k in range(3)]
    slope = [(float(f(AT + step)) - float(f(AT - step))) / 2e-6 for step in steps]
    assert graph.gradient().simplify().compile()(AT)[1] == pytest.approx(slope, abs=1e-7)
    assert ew.grad(f)(AT) == pytest.approx(slope, abs=1e-7)


def test_a_sum_of_a_tensor_is_one_operation() -> None:
    assert len(ew.trace(lambda x: sum(x), x=ew.tensor(50))) == 2


def test_built_in_names_are_restored() -> None:
    before = dict(globals()), dict(vars(builtins))
    ew.trace(Box(), x=3)
    with pytest.raises(EdgewiseError):
        ew.trace(lambda x: sorted(x, key=abs)[0], x=3)
    assert (dict(globals()), dict(vars(builtins))) == before
    assert "max" not in globals()


REFUSED: dict[str, tuple[Any, str]] = {
    "key": (lambda x: max(x[0], x[1], key=abs), r"^max of expressions with key= .*np\.max\(x\).*np\.where"),
    "arrays": (lambda x: max(x, 0), r"^max of arrays .*np\.maximum\(a, b\).*np\.max\(x\)"),
    "tuples": (lambda x: min((x[0], 1), (x[1], 2)), r"^min of arrays .*np\.minimum"),
    "any": (lambda x: x[0] if any(v > 0 for v in x) else x[1], r"^any asks for the truth of .* > 0.*a \| b.*np\.any"),
    "all": (lambda x: x[0] * all([True, x[0] > 0]), r"^all asks for the truth of .*a & b.*np\.all"),
    "sorted": (lambda x: sorted(x, key=abs)[0], r"^sorted .*depends on the data.*np\.sort"),
    "sorted by key": (lambda x: sorted(x, key=abs, reverse=True)[0], r"^sorted .*np\.argsort"),
    "float of truth": (lambda x: float(x[0] >= 0), r"^x\[0\] >= 0 is symbolic.*leave float\(\) away.*np\.where"),
    "int of truth": (lambda x: int((x[0] > 0) & (x[1] > 0)), r"symbolic.*leave int\(\) away.*np\.where"),
    "float": (lambda x: float(x[0]), r"^x\[0\] is symbolic.*leave float\(\) away"),
    "int": (lambda x: int(x[0]), r"^x\[0\] is symbolic.*np\.trunc.*instead of int"),
    "range": (lambda x: sum(range(x[0])), r"^x\[0\] is symbolic.*range.*whole number"),
    "modulus": (lambda x: pow(x[0], 2, 5), r"^pow with a modulus.*x\*\*y % z"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    f, message = REFUSED[name]
    for make in (
        lambda: ew.trace(f, x=3),
        lambda: ew.trace(f, x=ew.tensor(3)),
        lambda: ew.jit(f)(AT),
        lambda: ew.grad(f)(AT),
    ):
        with pytest.raises(EdgewiseError, match=message) as caught:
            make()
        assert "test_builtins.py:" in str(caught.value)
        assert "\n" not in str(caught.value)
