"""Printing never asks SymPy to evaluate: towers of constants stay as they were written, in bounded time."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import UnsupportedError
from edgewise.graph import Builder, Layout, add_op
from edgewise.ops import OPS
from edgewise.write.sympy import step_to_latex, step_to_sympy

SECONDS = 20
HUGE = 1_000_000_007

TOWERS = {
    "9**9**9*x": r"9^{387420489} x",
    "9**-9**9*x": r"9^{-387420489} x",
    "9**-387420489*x": r"9^{-387420489} x",
    "(-9)**9**9*x": r"\left(-9\right)^{387420489} x",
    "(2/3)**1000000007*x": r"\left(\frac{2}{3}\right)^{1000000007} x",
    f"(2*x)**{HUGE}": r"\left(2 x\right)^{1000000007}",
    "((((2*x)**64)**64)**64)**64": r"\left(\left(\left(18446744073709551616 x^{64}\right)^{64}\right)^{64}\right)^{64}",
    f"gamma({HUGE})*x": r"\Gamma\left(1000000007\right) x",
    f"polygamma(1, {HUGE})*x": r"\operatorname{polygamma}{\left(1,1000000007 \right)} x",
    f"exp2({HUGE})*x": r"2^{1000000007} x",
    f"exp({HUGE}*log(2))*x": r"e^{1000000007 \log{\left(2 \right)}} x",
    "x/9**9**9": r"\frac{x}{9^{387420489}}",
    "x**9**9**9": r"x^{9^{387420489}}",
    "(9**9**9)**(9**9**9) + x": r"\left(9^{387420489}\right)^{9^{387420489}} + x",
    "(9**9**9 + 1)*x": r"\left(9^{387420489} + 1\right) x",
    "floor(9**9**9*x) + max(9**9**9, x)": (
        r"\left\lfloor{\left(9^{387420489} x\right)}\right\rfloor + \max\left(9^{387420489}, x\right)"
    ),
    "where(9**9**9 > x, sqrt(9**9**9), x)": (
        r"\begin{cases} \sqrt{9^{387420489}} & \text{for}\: 9^{387420489} > x \\x & \text{otherwise} \end{cases}"
    ),
}

USES: dict[str, Callable[[Any], Any]] = {
    "LaTeX of the gradient": lambda G: G.gradient().to_latex(),
    "SymPy": lambda G: (G.to_sympy(), G.gradient().to_sympy()),
    "notebook": lambda G: (G._repr_mimebundle_(), G.gradient()._repr_mimebundle_(), repr(G)),
    "explanation": lambda G: [getattr(G.gradient().explain(), form) for form in ("text", "latex", "html")],
    "picture": lambda G: (G.to_svg(), G.to_dot(), G.gradient().to_mermaid()),
}


@pytest.fixture(autouse=True)
def deadline() -> Iterator[None]:
    """SymPy's own integers cannot be waited for."""

    def late(*_: Any) -> None:
        raise TimeoutError(f"more than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("text", TOWERS)
def test_latex_is_as_written(text: str) -> None:
    assert ew.parse(text).to_latex() == TOWERS[text]


@pytest.mark.parametrize("text", ["9**9**9*x", f"(2*x)**{HUGE}", "x/9**9**9", "x**9**9**9", f"gamma({HUGE})*x"])
@pytest.mark.parametrize("use", USES)
def test_every_form_ends(text: str, use: str) -> None:
    assert USES[use](ew.parse(text))


@pytest.mark.parametrize("text", TOWERS)
def test_sympys_expression_comes_back(text: str) -> None:
    G = ew.parse(text)
    back = ew.graph(G.to_sympy(), inputs=["x"])
    for at in (0.5, -1.0):
        one, other = G.evaluate(at).outputs, back.evaluate(at).outputs
        assert np.array_equal(one, other, equal_nan=True)


def test_chains_of_squares_are_bounded() -> None:
    G = ew.parse("; ".join(["a = 3", *["a = a*a"] * 60, "a*x"]))
    assert G.to_latex().count("&=") > 50 and isinstance(G.to_sympy(), sp.Mul)


def test_one_step_of_a_tower() -> None:
    builder = Builder()
    power = add_op(builder, OPS["power"], [builder.constant(9)], -387420489)
    tape = builder.freeze([power], Layout())[0]
    assert step_to_latex(tape, power, {}) == "9^{-387420489}"
    with pytest.raises(UnsupportedError, match="too large for SymPy"):
        step_to_sympy(tape, power, {})


def test_numbers_of_moderate_size_are_numbers() -> None:
    assert ew.parse("2**10*x/3").to_latex() == r"\frac{1024 x}{3}"
    assert ew.parse("9**9*x").to_sympy() == 387420489 * sp.Symbol("x")
