"""SymPy into graphs: values, derivatives, sharing, depth, and what is refused."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from sympy.codegen import cfunctions as c
from sympy.utilities.lambdify import implemented_function

import edgewise as ew
from edgewise.errors import InputError, OperationError, UnsupportedError
from edgewise.evaluate import forward_propagation
from edgewise.frontends.sympy import from_sympy

x, y, z = sp.symbols("x y z")
a, b = sp.symbols("a b")
k, m = sp.symbols("k m", integer=True)
X, Y = 0.437, 1.213
"""Where everything below is defined and smooth."""

SMOOTH = [
    x + y, 1 - x, -x - y, x - 2 * y, -3 * x * y, x / y, 2 * x / 3, -x / (3 * y), 1 / (x * y), x / y**2 / 7,
    sp.pi * x + sp.E,
    x**3, x**-2, x ** sp.Rational(2, 3), x**1.5, 1 / sp.sqrt(x), y / sp.sqrt(x), x**y, 2**x, y**sp.pi,
    x ** sp.sqrt(2), sp.Rational(1, 2) ** x,
    sp.exp(-x), sp.log(x), sp.log(x, y), sp.sin(x) * sp.cos(y), sp.tan(x), sp.cot(x), sp.sec(x), sp.csc(x),
    sp.asin(x), sp.acos(x), sp.atan(x), sp.acot(x), sp.asec(1 + y), sp.acsc(1 + y), sp.atan2(y, x), sp.sinh(x),
    sp.cosh(x), sp.tanh(x), sp.coth(x), sp.sech(x), sp.csch(x), sp.asinh(x), sp.acosh(y), sp.atanh(x), sp.acoth(y),
    sp.asech(x),
    sp.acsch(x), sp.erf(x), sp.erfc(x), sp.erfinv(x), sp.erf2(x, y), sp.erfcinv(x), sp.gamma(y), sp.loggamma(y),
    sp.digamma(y),
    sp.polygamma(1, y), sp.polygamma(3, y), sp.factorial(x), sp.binomial(y, x), sp.beta(x, y), sp.rf(x, y),
    sp.sinc(x), sp.jn(2, y),
    sp.cbrt(x), sp.root(x, 5), sp.Mod(x, y), sp.frac(y), sp.Abs(x - y), sp.Max(x, y, x * y), sp.Min(x, y),
    sp.EulerGamma * x, sp.Float("0.1", 40) * x,
    c.expm1(x), c.log1p(x), c.exp2(x), c.log2(x), c.log10(x), c.Sqrt(x), c.Cbrt(x), c.hypot(x, y), c.fma(x, y, 2),
    sp.Piecewise((x**2, x > y), (sp.sin(x), x < 0), (x * y, True)), sp.Sum(x**k / k, (k, 1, 5)),
    sp.Product(x + k, (k, 0, 3)),
    sp.Sum(x**k * m, (k, 1, m), (m, 1, 3)), sp.Sum(sp.Sum(x * k, (k, 1, 2)) * k, (k, 1, 2)), sp.sqrt(2) * x,
    sp.UnevaluatedExpr(x) * 2, x * sp.Product(k, (k, 5, 2)), sp.Sum(x**k, (k, 5, 1)), sp.Product(x + k, (k, 6, 2)),
    sp.Sum(x**k / sp.factorial(k), (k, 0, 20)), sp.Sum(sp.binomial(9, k) * x**k * (1 - x) ** (9 - k), (k, 0, 9)),
    sp.Sum((-1) ** k * sp.exp(-k * x) * sp.cos(k * y) / (k + x), (k, -3, 4)), sp.Sum(k**x + (-k) ** 2 * x, (k, 1, 5)),
    sp.Sum((x + k) ** 2 / (2 * k + 1) + k * x * y + sp.pi * k * x + sp.sqrt(k) * x, (k, 0, 7)),
    sp.Sum(sp.Piecewise((x, k < 3), (x * y, True)), (k, 1, 5)), sp.Sum(sp.besselj(k, x) * x, (k, 0, 3)),
    sp.Sum(k**2, (k, 1, 10)) * x, sp.Product(1 + x / (k - 3) ** 2, (k, 4, 9)), sp.Sum(sp.sin(k) * x / k, (k, 1, 4)),
    sp.Sum(y * sp.Sum(x**k, (k, m, 2)), (m, 1, 5)), y * sp.SingularityFunction(x, sp.Rational(1, 4), 3),
    sp.SingularityFunction(x, y, 2) + y,
]  # fmt: skip
STEPS = [
    sp.sign(x - y), sp.floor(3 * x), sp.ceiling(3 * x), sp.Heaviside(x - y), sp.Heaviside(x - x * sp.Rational(1), 3),
    *(sp.Piecewise((1, condition), (2, True)) for condition in [
        sp.Lt(x, y), sp.Le(x, y), sp.Gt(x, y), sp.Ge(x, y), sp.Eq(x, y), sp.Ne(x, y), sp.And(x < y, y < 1),
        sp.Or(x < y, y < 1), sp.Not(sp.Eq(x, y)),
        sp.Xor(x < y, y > 1, x > 0), sp.Equivalent(x < y, y < 1, x > 0), sp.ITE(x < y, y > 1, x > 1),
        sp.Implies(x < y, y < 1),
    ]),
]  # fmt: skip


def value(expression: Any, **at: float) -> Any:
    tape = from_sympy(expression, inputs=list(at))
    return forward_propagation(tape, list(at.values())).outputs[0]


# What SymPy's own printer to mpmath has no words for.
_WORDS = {
    "erfcinv": lambda t: mp.erfinv(1 - t),
    "exp2": lambda t: mp.power(2, t),
    "Cbrt": mp.cbrt,
    "fma": lambda p, q, r: p * q + r,
}


def numeric(expression: Any) -> Any:
    """SymPy's own value of an expression of x and y, as a function at the working precision of mpmath."""
    done = expression.doit() if expression.has(sp.Sum, sp.Product, sp.UnevaluatedExpr) else expression
    return sp.lambdify([x, y], done.rewrite(sp.besselj) if done.has(sp.jn) else done, [_WORDS, "mpmath"])


@pytest.mark.parametrize("expression", SMOOTH + STEPS, ids=str)
def test_values_are_sympys(expression: Any) -> None:
    with mp.workdps(30):
        exact = mp.re(numeric(expression)(mp.mpf(X), mp.mpf(Y)))
        assert float(value(expression, x=X, y=Y)) == pytest.approx(float(exact), rel=1e-11)


@pytest.mark.parametrize("expression", SMOOTH, ids=str)
def test_gradients_are_those_of_sympys_values(expression: Any) -> None:
    gradient = ew.graph(expression, inputs=["x", "y"]).gradient().evaluate(x=X, y=Y).outputs
    with mp.workdps(40):
        at, h = [mp.mpf(X), mp.mpf(Y)], mp.mpf(10) ** -13
        function = numeric(expression)
        for i, derivative in enumerate(gradient):
            up, down = list(at), list(at)
            up[i] += h
            down[i] -= h
            slope = mp.re(function(*up) - function(*down)) / (2 * h)
            assert float(derivative) == pytest.approx(float(slope), rel=1e-9, abs=1e-11)


def test_natural_form_costs_what_a_person_would_write() -> None:
    costs = {
        x - y: 1, x + 1: 1, 1 - x: 1, -x: 1, x / y: 1, x / 2: 1, 2 * x / 3: 1, 1 / x: 1, x / (y * z): 2, -x * y: 2,
        -2 * x: 1, x - 2 * y: 2, 1 / sp.sqrt(x): 2, sp.sqrt(x): 1, x**2: 1, sp.exp(-x): 2,
    }  # fmt: skip
    for expression, operations in costs.items():
        tape = from_sympy(expression)
        assert len(tape) - len(tape.inputs) - len(tape.constants()) == operations, expression


def test_exact_numbers_stay_exact() -> None:
    constants = list(from_sympy([sp.Rational(2, 3) * x + 10**30, sp.pi, sp.E * x, sp.Float(0.5)]).constants().values())
    assert {repr(value) for value in constants} == {"Fraction(2, 3)", repr(10**30), "pi", "e", "0.5"}


def test_layouts_follow_the_nesting() -> None:
    matrix = sp.Matrix([[x, y, 1], [0, x * y, 2.5]])
    made = {"m": matrix, 3: [x, (y, 2)], "a": sp.Array([[[x], [y]]]), "s": sp.Array(x), "t": sp.SparseMatrix([[x, 0]])}
    result = forward_propagation(from_sympy(made), [2.0, 3.0]).result
    assert result["m"].tolist() == [[2, 3, 1], [0, 6, 2.5]] and result["a"].shape == (1, 2, 1)
    assert result["3"] == [2.0, (3.0, 2)] and result["s"] == 2.0 and result["t"].tolist() == [[2, 0]]
    with pytest.raises(InputError, match="the same text"):
        from_sympy({1: x, "1": y})


def test_inputs_come_in_natural_order_or_as_listed() -> None:
    names = ["x10", "x2", "b", "x²", "x02", "x" + "9" * 5000]
    tape = from_sympy(sum(sp.Symbol(name) for name in names))
    assert tape.input_names() == ("b", "x02", "x2", "x10", "x" + "9" * 5000, "x²")
    assert from_sympy(x * y, inputs=["y", "unused", "x"]).input_names() == ("y", "unused", "x")
    with pytest.raises(InputError, match="'y'"):
        from_sympy(x * y, inputs=["x"])
    for wrong in ("xy", ["x", "y", "x"]):
        with pytest.raises(InputError, match="different names"):
            from_sympy(x * y, inputs=wrong)
    with pytest.raises(InputError, match="two different SymPy symbols are called 'x'"):
        from_sympy(x + sp.Symbol("x", real=True))


def test_indexed_symbols_are_inputs() -> None:
    base, matrix = sp.IndexedBase("b"), sp.MatrixSymbol("A", 2, 2)
    assert from_sympy(sp.Sum(base[k] * x, (k, 0, 2))).input_names() == ("b[0]", "b[1]", "b[2]", "x")
    assert from_sympy(matrix.as_explicit()).input_names() == ("A[0,0]", "A[0,1]", "A[1,0]", "A[1,1]")
    with pytest.raises(UnsupportedError, match="integer"):
        from_sympy(base[k])


def test_a_shared_subexpression_is_one_node() -> None:
    e = x
    for _ in range(60):
        e = sp.Mul(e, sp.sin(e, evaluate=False), evaluate=False)
    assert len(from_sympy(e)) == 121
    s = sp.sin(x + y)
    assert len(from_sympy([s, s**2, sp.exp(s), sp.sin(y + x)])) == 6


@pytest.mark.parametrize(
    ("step", "nodes"),
    [
        (lambda e: sp.sin(e, evaluate=False), 10_001),
        (lambda e: sp.Add(e, 1, evaluate=False), 10_002),
        (lambda e: sp.Pow(e, -2, evaluate=False), 20_002),
    ],
)
def test_depth_is_no_limit(step: Any, nodes: int) -> None:
    def nested() -> Any:
        e = x
        for _ in range(10_000):
            e = step(e)
        return e

    # Built twice, the two are equal but not the same objects: to compare them SymPy would recurse.
    tape = from_sympy([nested(), nested()])
    assert len(tape) == nodes and tape.outputs[0] == tape.outputs[1]


def test_a_recursion_inside_sympy_is_a_typed_error() -> None:
    e = x
    for _ in range(5000):
        e = sp.sin(e, evaluate=False)
    # SymPy cannot make such a sum itself; to write it out it would have to replace x at the bottom.
    e = sp.Basic.__new__(sp.Sum, e, sp.Tuple(x, 1, 2))
    with pytest.raises(UnsupportedError, match="nested too deeply for SymPy itself"):
        from_sympy(e)


A = sp.MatrixSymbol("A", 2, 2)
f = sp.Function("f")
REFUSED = [
    (sp.Derivative(sp.Integral(sp.exp(x**x), x), x, y) + f(x) * x, r"f\(x\) depends on x"),
    (sp.Integral(sp.exp(x**x), x), r"Integral.*doit"),
    (sp.Limit(sp.sin(x) / x, x, 0), "doit"),
    (sp.Subs(f(x).diff(x), x, sp.sin(y)), "substitute before"), (x + sp.I, "imaginary part"),
    (sp.zoo, "divides by zero"), (sp.nan, "no value"), (sp.DiracDelta(x), "distribution"),
    (sp.Permanent(A), "determinant"), (sp.Function("g")(A), "no operation|function g"), (A[k, m], "integer"),
    (f(x) * x, r"f\(x\) depends on x.*edgewise.op"),
    (sp.LambertW(x, 1), "LambertW.*edgewise.op"), (sp.O(x**2), "removeO"),
    (sp.Sum(x, (k, 1, m)), "integer bounds"),
    (sp.Sum(x, (k, 1, 10**7)), "terms"),
    (sp.SingularityFunction(x, 1, -1), "distribution"), (sp.polygamma(x, y), "whole number"),
    (sp.Pow(-2, sp.Rational(1, 3)), "complex"),
    (sp.Symbol("n", commutative=False), "real number"), (sp.Symbol("j", imaginary=True), "real number"),
    (1j, "complex"), ("x", "str"), ({x}, "set"),
    (sp.Poly(x**2, x), "as_expr"), (sp.FiniteSet(x), "FiniteSet"), (sp.IndexedBase("b") , "index"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_is_not_a_real_expression_is_refused_by_name(expression: Any, message: str) -> None:
    with pytest.raises(UnsupportedError, match=message):
        from_sympy(expression)


def test_empty_sums_and_branches_not_taken() -> None:
    assert value(sp.Sum(x, (k, 3, 2)), x=2.0) == 0 and value(sp.Product(x, (k, 3, 2)), x=2.0) == 1
    safe = sp.Piecewise((sp.log(x), x > 0), (0, True))
    assert ew.graph(safe).gradient().evaluate(x=-1.0).outputs == (0.0,)
    assert ew.graph(sp.Max(x, y)).gradient().evaluate(x=1.0, y=1.0).outputs == (0.5, 0.5)


# --- the user's functions -----------------------------------------------------------------------------------------


class cube(sp.Function):
    """Differentiates to an expression of its argument."""

    def fdiff(self, argindex: int = 1) -> Any:
        return 3 * self.args[0] ** 2

    def _eval_evalf(self, prec: int) -> Any:
        return (self.args[0] ** 3).evalf()


class Odd(sp.Function):
    """sinh under another name: its derivative is Even, whose derivative is Odd."""

    def fdiff(self, argindex: int = 1) -> Any:
        return Even(self.args[0])

    def _eval_evalf(self, prec: int) -> Any:
        return sp.sinh(self.args[0]).evalf()


class Even(sp.Function):
    """cosh under another name."""

    def fdiff(self, argindex: int = 1) -> Any:
        return Odd(self.args[0])

    def _eval_evalf(self, prec: int) -> Any:
        return sp.cosh(self.args[0]).evalf()


def endless(n: int) -> Any:
    """The constant n whose derivative is, by name, the constant n + 1: a new function for each derivative."""

    def fdiff(self: Any, argindex: int = 1) -> Any:
        return endless(n + 1)(self.args[0])

    return type(f"f{n}", (sp.Function,), {"fdiff": fdiff, "_eval_evalf": lambda self, prec: sp.Float(n)})


class frac(sp.Function):
    """Not SymPy's frac."""

    def fdiff(self, argindex: int = 1) -> Any:
        return sp.S(2)

    def _eval_evalf(self, prec: int) -> Any:
        return (2 * self.args[0]).evalf()


def test_functions_with_fdiff_are_operations() -> None:
    graph = ew.graph(cube(x) * y + cube(y))
    assert graph.evaluate(x=2.0, y=3.0).outputs == (51.0,)
    assert graph.gradient().evaluate(x=2.0, y=3.0).outputs == (36.0, 35.0)
    assert len(graph.tape.custom) == 1
    assert pickle.loads(pickle.dumps(graph.tape)).custom[0].name == "cube"
    assert value(frac(x), x=3.25) == 6.5


def test_derivatives_may_go_round_or_on_for_ever() -> None:
    graph = ew.graph(Odd(x) + Even(x))
    first = graph.gradient()
    assert first.evaluate(x=0.5).outputs[0] == pytest.approx(float(mp.exp(0.5)))
    assert {op.name for op in first.tape.custom} == {"Odd", "Even"} and len(first.tape.custom) == 2
    assert first.gradient().evaluate(x=0.5).outputs[0] == pytest.approx(float(mp.exp(0.5)))
    third = ew.graph(endless(0)(x)).gradient().gradient().gradient()
    assert third.evaluate(x=0.5).outputs == (3.0,)


def test_implementations_have_values_and_say_when_a_derivative_is_missing() -> None:
    g = implemented_function("g", lambda t: t**2 + 1)
    assert value(g(x) * y, x=3.0, y=2.0) == 20.0
    with pytest.raises(UnsupportedError, match="derivative of g in argument 1"):
        ew.graph(g(x)).gradient()
    other = implemented_function("g", lambda t: t)
    with pytest.raises(UnsupportedError, match=r"two different functions.*called g"):
        from_sympy(g(x) + other(x))


def test_undefined_functions_stand_for_operations_given() -> None:
    op = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2").op
    assert ew.graph(f(x), functions={"f": op}).gradient().evaluate(x=1.0).outputs == (0.25,)
    with pytest.raises(OperationError, match="takes 1"):
        from_sympy(f(x, y), functions={"f": op})


def test_a_function_without_a_number_says_so() -> None:
    class opaque(sp.Function):
        def fdiff(self, argindex: int = 1) -> Any:
            return sp.S.One

    with pytest.raises(UnsupportedError, match=r"opaque.*_eval_evalf"):
        value(opaque(x), x=1.0)


def test_the_graph_is_the_same_for_every_hash_seed() -> None:
    code = (
        "import sympy as sp; from edgewise.frontends.sympy import from_sympy; "
        "v = sp.symbols('x1:12'); k = sp.Symbol('k'); "
        "e = sp.expand((sum(v[:4]) - 1)**2)/sp.sqrt(v[5]) + sp.Max(*v); "
        "p = sp.Piecewise((e, sp.And(*(t > 0 for t in v))), (1, True)); "
        "t = from_sympy([p, sp.Sum(v[0]**k, (k, 1, 4))]); "
        "print(t.input_names(), t.ops.tolist(), t.args.tolist(), t.attrs)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1 and "x10" in runs.pop()


def test_symbols_are_real_numbers() -> None:
    # SymPy splits floor(x) of a symbol that it takes to be complex into floor(re(x)) + I*floor(im(x)) and the like.
    assert ew.graph(sp.re(x) + 3 * sp.im(x)).evaluate(x=2.0).outputs == (2.0,)


def test_numpy_arrays_of_sympys_expressions() -> None:
    x, y = sp.symbols("x y")
    G = ew.graph(np.array([[0, x * y], [sp.sin(x), 1]]))
    assert G.evaluate(x=0.5, y=2.0).result.tolist() == [[0.0, 1.0], [np.sin(0.5), 1.0]]
    assert ew.graph({"a": np.array([x, y])}).inputs == ("x", "y")


@pytest.mark.parametrize("kind", [sp.Sum, sp.Product])
def test_long_sums_and_products_are_read_without_sympys_canonical_forms(
    kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = []
    plain = sp.Basic.xreplace
    monkeypatch.setattr(sp.Basic, "xreplace", lambda e, rule: replaced.append(e) or plain(e, rule))
    expression = kind(1 + sp.sin(k * x) / k**3, (k, 1, 3000))
    terms = [1 + mp.sin(n * mp.mpf(0.7)) / mp.mpf(n) ** 3 for n in range(1, 3001)]
    expected = mp.fsum(terms) if kind is sp.Sum else mp.fprod(terms)
    assert value(expression, x=0.7) == pytest.approx(float(expected), rel=1e-12)
    assert len(replaced) <= 3  # a term in which k is 1 is one that SymPy writes shorter
