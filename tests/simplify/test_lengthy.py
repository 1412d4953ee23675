"""Graphs that say the same over and over are shortened before they are differentiated."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew


def polynomial(terms: int, seed: int = 3) -> ew.Graph:
    """Many products of powers of six inputs with whole coefficients, written out."""
    rng = np.random.default_rng(seed)
    parts = []
    for _ in range(terms):
        exponents = rng.multinomial(5, [1 / 6] * 6)
        powers = [f"{name}**{e}" if e > 1 else name for name, e in zip("abcdef", exponents.tolist(), strict=True) if e]
        parts.append(f"{rng.integers(1, 100)}*{'*'.join(powers)}")
    return ew.parse(" + ".join(parts), inputs=list("abcdef"))


@pytest.mark.parametrize("kind", ["gradient", "jacobian", "derivatives"])
def test_a_long_polynomial_is_differentiated_in_its_short_form(kind: str) -> None:
    G = polynomial(900)
    B = G.derivatives(1) if kind == "derivatives" else getattr(G, kind)()
    S = B.simplify()
    short = G.simplify()
    assert len(S.base) == len(short) < len(G) / 3
    again = short.derivatives(1) if kind == "derivatives" else getattr(short, kind)()
    assert S.cost().operations == again.simplify().cost().operations
    point = dict(zip("abcdef", (0.3, -0.7, 1.2, 0.9, -1.1, 0.5), strict=True))
    assert np.asarray(S.evaluate(point).outputs) == pytest.approx(np.asarray(B.evaluate(point).outputs), rel=1e-11)
    # The ledger is that of the short form: an entry for each of its edges.
    assert len(S.edges) == len(again.edges) and all(e.partial >= 0 for e in S.edges)


def test_second_derivatives_too() -> None:
    H = polynomial(900).hessian()
    S = H.simplify()
    assert 4 * S.cost().operations < H.cost().operations
    point = dict(zip("abcdef", (0.3, -0.7, 1.2, 0.9, -1.1, 0.5), strict=True))
    assert np.asarray(S.evaluate(point).outputs) == pytest.approx(np.asarray(H.evaluate(point).outputs), rel=1e-10)


def test_others_are_differentiated_as_they_are() -> None:
    for G in (polynomial(30), ew.parse("sin(x*y)*x + exp(x*y)")):
        assert G.gradient().simplify().base is not None
        assert len(G.gradient().simplify().base) == len(G)
    assert len(polynomial(900).gradient().simplify("exact").base) == len(polynomial(900))
