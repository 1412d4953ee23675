"""What people also write in functions that are traced: values and slopes of NumPy's, or a refusal with a remedy."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import scipy.linalg as sl
import scipy.special as sp
import sympy
from scipy import optimize

import edgewise as ew
from edgewise.errors import EdgewiseError

X = np.array([0.3, -0.7, 1.2, 0.5, 2.1])
S = np.array([[2.0, 0.3, 0.1], [0.3, 1.5, 0.2], [0.1, 0.2, 1.8]])

TAKEN: dict[str, Callable[[Any], Any]] = {
    "rounded to digits": lambda x: sum(round(v, 1) * v for v in x),
    "isclose": lambda x: np.sum(np.where(np.isclose(x, [0.3, 0, 1.2, 0, 9]), x**2, x)),
    "isclose of infinities": lambda x: np.sum(np.where(np.isclose(x * np.inf, np.inf), x**2, x)),
    "math.isclose": lambda x: np.where(math.isclose(x[0], 0.3), x[0] ** 2, x[0]),
    "math.isclose within": lambda x: np.where(math.isclose(x[0], 0.31, abs_tol=0.1), x[0] ** 2, x[0]),
    "bincount": lambda x: np.sum(np.bincount([0, 1, 0, 2, 1], weights=x, minlength=5) ** 2),
    "sorted": lambda x: sum(k * v for k, v in enumerate(sorted(x))),
    "sorted in reverse": lambda x: sum(k * v for k, v in enumerate(sorted(x, reverse=True))),
    "cho_solve": lambda x: np.sum(sl.cho_solve(sl.cho_factor(S * x[4] + np.eye(3)), x[:3])),
    "legendre": lambda x: np.sum(sp.eval_legendre(3, x) + sp.eval_sh_legendre(4, x) + sp.eval_legendre(0, x)),
    "chebyshev": lambda x: np.sum(
        sp.eval_chebyt(4, x) + sp.eval_chebyu(3, x) + sp.eval_chebyc(3, x) + sp.eval_chebys(2, x) + sp.eval_chebyc(0, x)
    ),
    "shifted chebyshev": lambda x: np.sum(sp.eval_sh_chebyt(3, x) + sp.eval_sh_chebyu(2, x)),
    "laguerre": lambda x: np.sum(
        sp.eval_laguerre(3, x) + sp.eval_genlaguerre(3, 0.5, x) + sp.eval_genlaguerre(2, x, 1.0)
    ),
    "gegenbauer": lambda x: np.sum(sp.eval_gegenbauer(3, 0.7, x) + sp.eval_gegenbauer(2, x, 0.4)),
    "jacobi": lambda x: np.sum(sp.eval_jacobi(4, 0.3, 0.6, x) + sp.eval_jacobi(2, x**2, 0.5, 0.1)),
    "fmod": lambda x: np.sum(np.fmod(x, 0.37) ** 2),
    "out=": lambda x: np.sum(np.multiply(x, 2, out=np.zeros(5)) * x),
}


@pytest.mark.parametrize("name", TAKEN)
def test_value_and_gradient_are_numpys(name: str) -> None:
    f = TAKEN[name]
    value, gradient = ew.value_and_grad(f)(X)
    assert value == pytest.approx(float(f(X)), rel=1e-12)
    steps = 1e-6 * np.eye(5)
    slopes = [(float(f(X + h)) - float(f(X - h))) / 2e-6 for h in steps]
    if "isclose" not in name:
        assert gradient == pytest.approx(slopes, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", ["isclose", "isclose of infinities", "bincount", "jacobi", "out="])
def test_of_scalars_too(name: str) -> None:
    f = TAKEN[name]
    G = ew.trace(lambda *xs: f(np.array(xs)), "a", "b", "c", "d", "e")
    assert G.compile(backend="numpy")(*X) == pytest.approx(float(f(X)), rel=1e-12)


@pytest.mark.parametrize(
    ("function", "at"),
    [(math.sin, 0.5), (math.log, 2.0), (math.gamma, 2.5), (sp.gammaln, 2.5), (sp.logsumexp, X), (np.linalg.norm, X)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_function_of_a_library_itself(function: Any, at: Any) -> None:
    d = np.cos(np.asarray(at))
    slope = (function(at + 1e-6 * d) - function(at - 1e-6 * d)) / 2e-6
    assert np.sum(ew.grad(function)(at) * d) == pytest.approx(slope, rel=1e-7)
    assert ew.jit(function)(at) == pytest.approx(function(at), rel=1e-13)


REFUSED: list[tuple[Callable[[Any], Any], str]] = [
    (lambda x: sum(v for v in np.nditer(x)), r"np\.nditer reads numbers.*x\.flat"),
    (lambda x: np.linalg.qr(1j * np.outer(x, x))[0].real, r"np\.(linalg\.)?qr of complex .*z\.real"),
    (lambda x: abs(cmath.exp(1j * x[0])), r"no number yet.*np\.exp"),
    (lambda x: np.zeros(2, dtype=complex).__setitem__(0, 1j * x[0]), r"no number yet.*np\.stack"),
    (lambda x: np.fft.rfft(x).sizes, "no attribute 'sizes'"),
    (lambda x: np.cbrt(1j * x).real, r"np\.cbrt of complex .*exp, log"),
    (lambda x: {x[0] + 1: 1}[x[1]], "dictionary .*np.where"),
    (lambda x: Fraction(x[0]) * 1.0, "fractions takes numbers"),
    (lambda x: optimize.root(lambda y: y**3 - x[0], 1.0).x[0], "optimize takes numbers in root.*fixed number of steps"),
    (lambda x: optimize.least_squares(lambda y: y - x, np.zeros(3)).cost, "optimize takes numbers in least_squares"),
    (lambda x: np.sum(np.linalg.qr(x * S)[1]), r"qr .*np\.linalg\.cholesky\(A\.T @ A\)"),
    (lambda x: np.sum(np.bincount(x)), "one-hot"),
    (lambda x: sorted(x, key=lambda v: -v)[0], r"np\.argsort"),
    (lambda x: x * float((np.datetime64("now") - np.datetime64("2020-01-01")).astype(int)), "reads a clock"),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_refusals_say_the_remedy_and_the_line(number: int) -> None:
    f, message = REFUSED[number]
    with pytest.raises(EdgewiseError, match=message) as caught:
        ew.trace(f, x=3)
    assert "test_strangers.py:" in str(caught.value)


def test_sympys_equality_is_its_own_where_no_dimension_has_a_name() -> None:
    """To replace it takes longer than the trace of a small function."""
    ew.trace(lambda x: np.sum(x), x=ew.tensor("n"))
    own = sympy.Basic.__dict__["__eq__"]
    during = []

    def f(x: Any) -> Any:
        during.append(sympy.Basic.__dict__["__eq__"])
        return x * x

    ew.trace(f, "x")
    ew.trace(f, x=ew.tensor(3))
    ew.trace(f, x=ew.tensor("n"))
    assert [held is own for held in during] == [True, True, False]
    assert sympy.Basic.__dict__["__eq__"] is own


LENGTHS: dict[str, Callable[..., bool]] = {
    "a number": lambda x, y: x.shape[0] == 3,
    "another name": lambda x, y: x.shape[0] != y.shape[0],
    "a shape": lambda x, y: x.shape == (3,),
    "one of several": lambda x, y: x.shape[0] in (2, 3),
    "arithmetic": lambda x, y: x.shape[0] - 1 == 2,
    "even": lambda x, y: x.shape[0] % 2 == 0,
}


@pytest.mark.parametrize("asked", LENGTHS)
def test_whether_a_named_length_is_another_is_not_known(asked: str) -> None:
    def f(x: Any, y: Any) -> Any:
        return np.sum(x) if LENGTHS[asked](x, y) else np.sum(y) * 2

    with pytest.raises(EdgewiseError, match=r"named dimension has no number.*test_strangers\.py.*as a number"):
        ew.trace(f, x=ew.tensor("n"), y=ew.tensor("m"))
    values = {"x": np.arange(3.0), "y": np.ones(2)}
    assert ew.trace(f, x=ew.tensor(3), y=ew.tensor(2)).evaluate(values).outputs[0] == f(**values)


def test_what_is_known_of_named_lengths() -> None:
    def f(x: Any, y: Any) -> Any:
        assert x.shape == y.shape
        assert x.shape[0] != 0
        assert 2 * x.shape[0] - y.shape[0] == x.shape[0]
        assert sympy.Symbol("x") != sympy.Symbol("y")
        return x @ y

    assert ew.trace(f, x=ew.tensor("n"), y=ew.tensor("n")).compile()(X, X) == pytest.approx(X @ X)
    assert sympy.Symbol("n") != 3


def test_dates_that_are_no_clock() -> None:
    def f(x: Any) -> Any:
        days = (np.datetime64("2020-01-03") - np.datetime64("2020-01-01")).astype(int)
        assert isinstance(np.datetime64("2020-01-03"), np.datetime64)
        assert np.array(["2020-01-03"], dtype=np.datetime64).dtype.kind == "M"
        return x * days

    assert ew.trace(f, "x").compile()(3.0) == 6.0


@pytest.mark.parametrize("x", [-3.5, 3.5, -4.0, 0.0, math.inf])
@pytest.mark.parametrize("y", [2.0, -2.0, math.inf])
def test_fmod_in_a_text_is_that_of_c(x: float, y: float) -> None:
    G = ew.parse("fmod(x, y)")
    for backend in ("numpy", "python", "llvm"):
        with np.errstate(all="ignore"):
            assert G.compile(backend=backend)(x, y) == pytest.approx(float(np.fmod(x, y)), nan_ok=True)


@pytest.mark.parametrize(
    "number", [sympy.zeta(3), sympy.airyai(1), sympy.polylog(2, sympy.Rational(1, 3)), sympy.li(3)]
)
def test_sympys_functions_of_numbers_are_constants(number: Any) -> None:
    x = sympy.Symbol("x")
    assert ew.graph(number * x).compile()(2.0) == pytest.approx(float((2 * number).evalf(20)), rel=1e-15)
    with pytest.raises(EdgewiseError):
        ew.graph(sympy.polylog(x, 2)).gradient()


@pytest.mark.parametrize("text", ["[" * 70 + "sum(X@w)" + "]" * 70, "[[[1, 2], [3]], w]"])
def test_uneven_and_deep_lists_in_a_text_are_typed_errors(text: str) -> None:
    with pytest.raises(EdgewiseError):
        ew.parse(text, shapes="X: n,d; w: d")
