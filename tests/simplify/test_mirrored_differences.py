"""Of a difference and its mirror neither is cancelled alone: at 1e16 x - (y + x) is 0 where its mirror is made y."""

from __future__ import annotations

from itertools import permutations, product

import pytest

import edgewise as ew

SUMS = ["y + x", "x/y + x", "x*y + x", "sin(y) + x", "x - exp(y)", "2*y + x", "y + 1 + x"]
OF_TWO = ["max(%s, %s)", "min(%s, %s)", "logaddexp(%s, %s)"]


@pytest.mark.parametrize(("form", "text"), [*product(OF_TWO, SUMS)])
def test_slopes_of_what_shares_a_term_add_up_to_one(form: str, text: str) -> None:
    """f(s, t) has slopes that add up to 1; where t is s and something small, the gradient must have that too."""
    for pair in permutations(("x", text)):
        f = ew.parse(form % pair, inputs=["x", "y"])
        s, t = (ew.parse(part, inputs=["x", "y"]).gradient("x") for part in ("x", text))
        for level in ("exact", "real", "domain"):
            slope = f.gradient("x").simplify(level)
            for x, y in ((1e16, 0.5), (1e16, 1e-3), (-3e17, 0.25), (0.75, 0.5)):
                least, most = sorted(float(graph.evaluate(x, y).outputs[0]) for graph in (s, t))
                assert least - 1e-9 <= float(slope.evaluate(x, y).outputs[0]) <= most + 1e-9, (pair, level, x)
