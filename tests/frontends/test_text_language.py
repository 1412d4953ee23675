"""What a user writes: names, constants, extremes, axes, logic; what is refused says what to write."""

from __future__ import annotations

import contextlib
import math
import random
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import EdgewiseError, OperationError, ParseError

POINT = {"x": 0.6, "y": -1.3}

VALUES = [
    ("ln(x)", math.log(0.6)), ("arcsin(x)", math.asin(0.6)), ("arctan(x)", math.atan(0.6)), ("sgn(y)", -1.0),
    ("arsinh(x)", math.asinh(0.6)), ("tg(x)", math.tan(0.6)), ("arctg(y)", math.atan(-1.3)), ("π*x", math.pi * 0.6),
    ("x² + 2·y − x÷4", 0.36 - 2.6 - 0.15), ("x⁻²", 0.6**-2), ("log(x, 2)", math.log2(0.6)), ("max(x, y, 1, 0.2)", 1.0),
    ("min(x, y, 1)", -1.3), ("0 < x < 1", 1.0), ("0 < x < 1 < y", 0.0), ("x // y", -1.0), ("x % y", 0.6 % -1.3),
    ("x**(1/2)", 0.6**0.5), ("x**-2", 0.6**-2), ("-x**2", -0.36), ("(-x)**2", 0.36), ("2**3**2*x", 512 * 0.6),
    ("x if x > y else y", 0.6), ("True + x", 1.6), ("1_000*x", 600.0), ("0x10*x", 9.6), ("fmod(x, 0.25)", 0.6 % 0.25),
    # Numbers in logic are true where they are not zero, and what logic says is 0 or 1, never one of its arguments.
    ("(x and x) + y", -0.3), ("(y or x)*2", 2.0), ("(not x) + y", -1.3), ("(x & y) + (0 | 0)", 1.0), ("~x + 3", 3.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_one_value_everywhere(text: str, value: float) -> None:
    G = ew.parse(text, inputs=["x", "y"])
    assert G.evaluate(POINT).outputs[0] == pytest.approx(value, rel=1e-14)
    for backend in ("python", "numpy"):
        assert float(G.compile(backend=backend)(**POINT)) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("1/(gamma - 1)*p", ("gamma", "p")),
        ("gamma(y)*gamma + psi", ("y", "gamma", "psi")),
        ("Chi**2 + Chi(x)", ("Chi", "x")),
        ("beta*zeta", ("beta", "zeta")),
    ],
)
def test_letters_without_arguments_are_inputs(text: str, inputs: tuple[str, ...]) -> None:
    """Functions that have the name of a letter are still functions where they have arguments, and text is read back."""
    G = ew.parse(text)
    assert G.inputs == inputs
    assert ew.parse(G.text()) == G


def test_logic_on_numbers_in_native_code() -> None:
    G = ew.parse("[(x and x) + y, (y or x)*2, (not x) + y, (x & y) + (0 | 0), ~x + 3]", inputs=["x", "y"])
    for backend in ("c", "llvm"):
        np.testing.assert_allclose(G.compile(backend=backend)(0.6, -1.3), [-0.3, 2.0, -1.3, 1.0, 3.0], rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("sen(x)", OperationError, "did you mean .*sin"),
        ("sqr(x)", OperationError, r"x\*\*2, or sqrt"),
        ("lg(x)", OperationError, r"log10\(x\) or log2\(x\)"),
        ("cot(x)", OperationError, r"1/tan\(x\)"),
        ("a(x + 1)", OperationError, r"a\*\(…\) for a product"),
        ("k = x + 1; k(x + 1)", OperationError, r"k\*\(…\) for a product"),
        ("np.sin(x)", ParseError, r"write functions as sin\(x\)"),
        ("sin(x=1)", ParseError, "values in their order"),
        ("nan*x", ParseError, "leave it away"),
        ("true and x", ParseError, "write True"),
        ("x @ y", ParseError, "declare shapes"),
        ("x[0]", ParseError, "groups="),
        ("x[y]", ParseError, "whole numbers"),
        ("sum(x)", OperationError, "declare their shapes"),
        ("norm(x, 2)", OperationError, "declare their shapes"),
        ("max(x)", ParseError, r"write max\(x, y\)"),
        ("[x, [y]]", ParseError, "listed once, at the end"),
    ],
)
def test_refusals_of_scalar_texts(text: str, error: type[EdgewiseError], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        ew.parse(text)
    assert "character" in caught.value.line
    assert "\n" not in str(caught.value)


# --- tensors ----------------------------------------------------------------------------------------------------------

SHAPES = "X: n,d; w: d; y: n; c:"
RNG = np.random.default_rng(1)
ARRAYS: dict[str, Any] = {"X": RNG.normal(size=(4, 3)), "w": RNG.normal(size=3), "y": RNG.normal(size=4), "c": 0.3}

MEANINGS = [
    ("sum(max(1 - y*(X @ w), 0))", lambda X, w, y, c: np.sum(np.maximum(1 - y * (X @ w), 0))),
    ("max(0, X)", lambda X, w, y, c: np.maximum(0, X)),
    ("max(X, 0)", lambda X, w, y, c: np.maximum(X, 0)),
    ("max(X, 0.5)", lambda X, w, y, c: np.maximum(X, 0.5)),
    ("max(w, 1)", lambda X, w, y, c: np.maximum(w, 1)),
    ("min(w, -1)", lambda X, w, y, c: np.minimum(w, -1)),
    ("max(X, w)", lambda X, w, y, c: np.maximum(X, w)),
    ("max(w, c, 0, w**2)", lambda X, w, y, c: np.maximum(np.maximum(np.maximum(w, c), 0), w**2)),
    ("max(X, axis=1)", lambda X, w, y, c: np.max(X, axis=1)),
    ("min(X)", lambda X, w, y, c: np.min(X)),
    ("max(X, axis=(0, 1))", lambda X, w, y, c: np.max(X)),
    ("amax(X, 0)", lambda X, w, y, c: np.max(X, 0)),
    ("max(X, axis=0, keepdims=True)", lambda X, w, y, c: np.max(X, axis=0, keepdims=True)),
    ("X.max(0)", lambda X, w, y, c: X.max(0)),
    ("maximum(X, 1)", lambda X, w, y, c: np.maximum(X, 1)),
    ("sum(X, 1)", lambda X, w, y, c: np.sum(X, 1)),
    ("mean(X, 0)", lambda X, w, y, c: np.mean(X, 0)),
    ("norm(w, 1)", lambda X, w, y, c: np.linalg.norm(w, 1)),
    ("norm(w, 2)", lambda X, w, y, c: np.linalg.norm(w, 2)),
    ("softmax(X, 0)", lambda X, w, y, c: np.exp(X) / np.exp(X).sum(0)),
    ("prod(X, 0)", lambda X, w, y, c: np.prod(X, 0)),
    ("log(abs(w), 2)", lambda X, w, y, c: np.log2(np.abs(w))),
    ("hypot(w, c, 1)", lambda X, w, y, c: np.hypot(np.hypot(w, c), 1)),
    ("0 < w < 1", lambda X, w, y, c: (w > 0) & (w < 1)),
    ("w // 2", lambda X, w, y, c: w // 2),
    ("clip(w, low=0, high=1)", lambda X, w, y, c: np.clip(w, 0, 1)),
    ("X / (2*n)", lambda X, w, y, c: X / 8),
    ("w*(1/3)", lambda X, w, y, c: w / 3),
    ("w²·n", lambda X, w, y, c: w**2 * 4),
    ("not (w > 0)", lambda X, w, y, c: ~(w > 0)),
    ("w and c", lambda X, w, y, c: np.logical_and(w, c)),
    ("n // 3 * w", lambda X, w, y, c: w),
]


@pytest.mark.parametrize(("text", "function"), MEANINGS, ids=[row[0] for row in MEANINGS])
def test_meanings_of_tensor_texts(text: str, function: Any) -> None:
    found = ew.parse(text, shapes=SHAPES).evaluate(ARRAYS).outputs[0]
    np.testing.assert_allclose(found, function(**ARRAYS), rtol=1e-13)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("max(X, 1)", r"maximum\(x, 1\) for the entries, or max\(x, axis=1\)"),
        ("min(X, -1)", r"minimum\(x, -1\) for the entries, or min\(x, axis=-1\)"),
        ("max(X, (0, 1))", r"axis=\(0, 1\)"),
        ("max(w, 0, axis=0)", "takes no axis"),
        ("max(X, None)", "takes no axis"),
        ("sum(w, c)", "the second argument of sum is an axis"),
        ("mean(X, 0.5)", "the second argument of mean is an axis"),
        ("logsumexp(w, c)", "second argument of logsumexp is an axis"),
        ("sum(3)", "sum of a number"),
        ("max()", "missing"),
        ("clip(w, min=0)", r"no argument 'min' .*; it takes x, low, high"),
        ("x^2", r"write powers as \*\*"),
        ("np.sum(X)", "is a module"),
        ("W @ w", "did you mean w|no declared shape"),
        ("X.tolist()", "no method 'tolist'"),
        ("X.named('a')", "no method 'named'"),
        ("[1, 2] + w", r"write numbers as array\(\[1, 2\]\)"),
        ("'a'*w", "an operator on 'a'"),
        ("foo(w)", "no function 'foo'"),
        ("w(X)", r"w\*\(…\) for a product"),
    ],
)
def test_refusals_of_tensor_texts(text: str, message: str) -> None:
    with pytest.raises(EdgewiseError, match=message) as caught:
        ew.parse(text, shapes=SHAPES)
    assert "character" in caught.value.line
    assert "\n" not in str(caught.value)


def test_shapes_are_declared_with_a_colon_or_an_equals_sign() -> None:
    assert ew.parse("X @ w", shapes="X=n,2; w=2").shape(2) == ew.parse("X @ w", shapes="X: n,2; w: 2").shape(2)


# --- fuzz -------------------------------------------------------------------------------------------------------------

PIECES = [
    *"x y w z n X A pi e 1 0 2.5 9 64 1e999 1j 0x1 ( ) [ ] { } , : ; = + - * / ** // % ^ ~ @ . & | < > == != !".split(),
    *"sin min max log polygamma where sum einsum placed s_ array full zeros take reshape norm softmax · √ ¬".split(),
    *"lambda if else for in not and or is True None inf nan __import__ f' ' \" ... .T [0] [-1] [1:2] [None] #".split(),
    *(" ", "\n", "\t", "\0", "\\", "\ud800", "\u200f", "ﬁ", "axis=0", "'ij,jk->ik'", "x" * 300, "**x" * 20, "(" * 50),
]
WHOLE = [
    "sum(max(1 - y*(X@w), 0))",
    "x if x > 0 else -x",
    "s = x*y; s + sin(s)",
    "[x*y, x/y]",
    "placed(y, (n,), s_[:])",
]


@pytest.mark.parametrize("seed", range(4))
def test_a_text_ends_in_a_graph_or_an_error_of_ours(seed: int) -> None:
    draw = random.Random(seed)
    read = 0
    for _ in range(500):
        text = draw.choice(["", " "]).join(draw.choice(PIECES) for _ in range(draw.randint(1, 12)))
        if draw.random() < 0.4:
            text = draw.choice(WHOLE)
            for _ in range(draw.randint(1, 3)):
                at = draw.randrange(len(text) + 1)
                text = text[:at] + draw.choice(PIECES) + text[at + draw.randint(0, 2) :]
        for options in ({"groups": {"w": 2}}, {"shapes": "X: n,d; A: d,d; w: d; y: n; x:"}):
            with contextlib.suppress(EdgewiseError):
                G = ew.parse(text, **options)
                G.tape.check()
                assert len(G.text()) > 0
                read += 1
    assert read > 20
