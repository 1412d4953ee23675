"""SymPy is never asked for what it computes without end, or cannot: functions at constants, x % 0, huge orders."""

import threading

import mpmath as mp
import pytest
import sympy as sp

import edgewise as ew

CONSTANTS = [
    "5 % 0*x", "x % 0", "x // 0", "1/(0*x) % 0", "0.5/-0.0 + x", "gamma(-3)*x", "digamma(0) + x", "lgamma(-0.0)*x",
    "gamma(1e300)*x", "erfc(lgamma(1e300))*x", "lambertw(2**1e300)", "gammapdf(9**9, x) == 3", "betapdf(x, 9**9, 2.0)",
    "betapdf(x, 10**6, 10**6)", "betainc(pi, 10**6, x)", "gammainc(2**70, x) > y", "gammainc(10**6, 10**20)*x",
    "y % airybiprime(9**9) + 2**70 > x", "max(x, y)**gammapdf(10**6, y)", "hurwitz_zeta(1000000, 10)*x",
    "ellipd((x <= 10**6) != gammapdf(pi, y))", "betapdf(64, 10**24, x) % 7", "airyai(1e5)*x", "expi(0)*x", "inf*0*x",
    "2.5**9999*x", "not heaviside(inf) or erfc(lgamma(1e300))", "9**9**betapdf(y, 1000000, 1) != x", "inerfcx(60, x)",
]  # fmt: skip


@pytest.mark.parametrize("text", CONSTANTS)
def test_constants_are_printed_and_converted_at_once(text: str) -> None:
    graph = ew.parse(text)
    done: list[str] = []

    def work() -> None:
        done.extend((graph.to_latex(), type(graph.to_sympy()).__name__))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(20)
    assert len(done) == 2
    assert done[0]


def test_a_power_beyond_doubles_is_printed() -> None:
    x = sp.Symbol("x")
    exponent = 2**4000
    assert str(exponent) in ew.graph(sp.Pow(x, exponent, evaluate=False)).to_latex()


@pytest.mark.parametrize("order", [0, 1, 2, 3, 7, 12])
def test_repeated_integrals_are_right_and_short(order: int) -> None:
    graph = ew.parse("erfcx(x)" if order == 0 else f"inerfcx({order}, x)")
    formula = graph.to_sympy()
    (x,) = formula.free_symbols
    with mp.workdps(60):
        place = mp.mpf("0.7")
        want = mp.exp(place**2) * mp.quad(
            lambda t: 2 / mp.sqrt(mp.pi) * (t - place) ** order / mp.factorial(order) * mp.exp(-t * t),
            [place, 3, mp.inf],
        )
        assert abs(formula.evalf(60, subs={x: sp.Rational(7, 10)}) - want) < mp.mpf("1e-30") * want
    assert sp.count_ops(formula) < 12 * order + 20


def test_an_order_without_formula_is_a_typed_error() -> None:
    with pytest.raises(ew.EdgewiseError, match="inerfcx of the order 1000 has no formula; give it a smaller order"):
        ew.parse("inerfcx(1000, x)").evaluate(x=1.5)
