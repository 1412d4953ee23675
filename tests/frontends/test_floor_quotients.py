"""Quotients and remainders in texts are NumPy's and Python's, whatever rounding does to x/y."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew

PAIRS = [
    (1.0, 0.1),
    (-1.0, 0.1),
    (7.0, 2.0),
    (-7.0, 2.0),
    (6.0, 0.1),
    (0.3, 0.1),
    (-0.3, -0.1),
    (5.0, -3.0),
    (1e10, 0.7),
]


@pytest.mark.parametrize(("text", "numpys"), [("x // y", np.floor_divide), ("x % y", np.mod), ("mod(x, y)", np.mod)])
def test_of_variables(text, numpys):
    x, y = np.array(PAIRS).T
    wanted = numpys(x, y)
    tensors, scalar = ew.parse(text, shapes="x: n; y: n"), ew.parse(text)
    assert np.array_equal(tensors.evaluate(x=x, y=y).outputs[0], wanted)
    assert np.array_equal(tensors.compile()(x, y), wanted)
    assert [scalar.evaluate(x=a, y=b).outputs[0] for a, b in PAIRS] == wanted.tolist()
    assert [float(scalar.compile()(a, b)) for a, b in PAIRS] == wanted.tolist()


@pytest.mark.parametrize("text", ["1 // 0.1", "1 % 0.1", "3 // 2", "-7 // 2", "-1 // 0.1", "6 // 0.25"])
def test_of_numbers(text):
    assert ew.parse(text).evaluate().outputs == (eval(text),)
    assert ew.parse(text + " + 0*x[0]", shapes="x: n").evaluate(x=np.ones(1)).outputs == (eval(text),)


def test_a_traced_quotient_is_written_as_the_text_is():
    for text in ("x // y", "x // 2", "x // 0.1", "1 // x"):
        traced = ew.trace(lambda x, y, text=text: eval(text, {"x": x, "y": y}) + 0 * y, x=(), y=())
        assert traced.to_json() and ew.parse(text + " + 0*y").text() == traced.text()
