"""The expressions that SymPy's own tests of matrix derivatives differentiate, differentiated by edgewise.

They are those of `sympy/matrices/expressions/tests/test_derivatives.py`, with what they are differentiated in. Each is
written with symbolic dimensions, its Jacobian and, where it is a number, its gradient taken, and both compared with
central differences of SymPy's value of the same expression in 60-digit numbers. SymPy's derivative is not read: some
of its tests say that it is wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy.matrices.expressions import hadamard_power, hadamard_product

import edgewise as ew
from edgewise.errors import DifferentiationError, EdgewiseError, UnsupportedError
from quickly import one_in

SIZE = 2
MATRICES, VECTORS, SCALARS = "XABCD", "xyabcd", ("i", "mu")


def names(k: Any) -> dict[str, Any]:
    """What the texts are written in."""
    given = {name: getattr(sp, name) for name in (
        "KroneckerProduct", "Rational", "S", "exp", "log", "sqrt", "cos", "sin", "tan", "Determinant", "DiagMatrix",
        "HadamardPower", "HadamardProduct", "OneMatrix", "Inverse", "MatAdd", "MatMul", "Identity", "Trace", "Sum",
    )}  # fmt: skip
    given |= {name: sp.MatrixSymbol(name, k, k) for name in MATRICES}
    given |= {name: sp.MatrixSymbol(name, k, 1) for name in VECTORS}
    given |= {name: sp.Symbol(name) for name in (*SCALARS, "j", "m", "n")}
    return given | {"k": k, "hadamard_power": hadamard_power, "hadamard_product": hadamard_product}


OF_A_NUMBER = """
A; A*(X + B)*c; x; x.T*y; x*x.T; x + y; hadamard_power(x, 2); hadamard_power(x, i); hadamard_product(x, y)
hadamard_product(i*OneMatrix(k, 1), x, y); i*x; sin(i)*A*B*x; x.applyfunc(sin); Trace(i**2*X)
(i**2*x).applyfunc(sin); (log(i)*A*B).applyfunc(sin); (i**2*x).applyfunc(sin)[0, 0]
"""

OF_A_VECTOR = """
2*mu*x; MatMul(x.T, OneMatrix(k, 1)); x; x.T; x[0, 0]; x.T*a; (x.T*a)[0, 0]; a.T*x
(B*x + b).T*C*(D*x + d); x.T*B*x; (x.T*B*x)[0, 0]; x*x.T*x; x.T*y; (x.T*y)[0, 0]; (x.T*y)**S.Half; (x.T*x)**S.Half
(c.T*a*x.T*b)**S.Half; (c.T*a*x.T*b)**Rational(1, 3); x.applyfunc(tan); x.applyfunc(tan)[1, 0]; A*x.applyfunc(exp)
x.T*A*x + k*y.applyfunc(sin).T*x; x.applyfunc(sin).T*y; hadamard_product(a, x, b); hadamard_power(x, 2)
hadamard_power(x.T, 2); hadamard_power(x, S.Half); DiagMatrix(hadamard_product(b, x)); 2*DiagMatrix(x)
x/sqrt(x.T*x); KroneckerProduct(Identity(k), x.T*x) + 2*x*x.T
"""

OF_A = """
A; A.T; 2*A; MatAdd(A, A); A + B; Trace(A)*A; (Trace(A)*A)[0, 1]; 3*Trace(A); Trace(A)**2; Trace(Trace(A)*A)
Trace(Trace(Trace(A)*A)*A)
"""

OF_X = """
a.T*Inverse(X)*b; Determinant(Inverse(X)); Trace(A*Inverse(X)*B); Trace(Inverse(X + A))
a.T*X*b; a.T*X.T*b; a.T*X*a; a.T*X.T*a; b.T*X.T*X*c; b.T*X.T*D*X*c; (X*b + c).T*D*(X*b + c)
((X*b + c).T*D*(X*b + c))[0, 0]; Trace(X); Trace(X).rewrite(Sum); Trace(X*A); Trace(X*A).rewrite(Sum); Trace(A*X*B)
Trace(A*X*B).rewrite(Sum); Trace(A*X.T*B); Trace(X.T*A); Trace(A*X.T); Trace(X)*Trace(X); Trace(X**2); Trace(X**2*B)
Trace(MatMul(X, X, B)); Trace(X.T*B*X); Trace(B*X*X.T); Trace(X*X.T*B); Trace(X*B*X.T); Trace(B*X.T*X)
Trace(X.T*X*B); Trace(A*X*B*X); Trace(X.T*X); Trace(X*X.T); Trace(B.T*X.T*C*X*B); Trace(X.T*B*X*C)
Trace(A*X*B*X.T*C); Trace((A*X*B + C)*(A*X*B + C).T); Trace(B.T*X.T*C*X*X.T*C*X*B); Trace(A*X**(-1)*B)
Trace(Inverse(X.T*C*X)*A); Trace((X.T*C*X).inv()*(X.T*B*X)); Trace((A + X.T*C*X).inv()*(X.T*B*X))
a.T*(A*X*(X.T*B + X*A) + B.T*X.T*(a*b.T*(X*D*X.T + X*(X.T*B + A*X)*D*B - X.T*C.T*A)*B + B*(X*D.T + B*A*X*A.T - 3*X*D))*B + 42*X*B*X.T*A.T*(X + X.T))*b
(a.T*X*b)**S.Half; d.T*x*(a.T*X*b)**S.Half*y.T*c; (a.T*X*b).applyfunc(sin); a.T*X.applyfunc(sin)*b
a.T*(A*X*B).applyfunc(sin)*b; a.T*(A*X*b).applyfunc(sin)*b.T; a.T*A*X.applyfunc(sin)*B*b
a.T*(A*X.applyfunc(sin)*B).applyfunc(log)*b; a.T*(X.applyfunc(sin)).applyfunc(log)*b
a.T*hadamard_product(A, X, B)*b; hadamard_power(a.T*X*b, 2); hadamard_power(a.T*X*b, S.Half); KroneckerProduct(A, X)
Trace(KroneckerProduct(A, X)); Trace(KroneckerProduct(X, X)); Trace(X**5); Trace(A*X**5)
"""  # noqa: E501

WRITTEN = [
    (text.strip(), variable)
    for variable, texts in (("i", OF_A_NUMBER), ("x", OF_A_VECTOR), ("A", OF_A), ("X", OF_X))
    for line in texts.strip().splitlines()
    for text in line.split(";")
]

REFUSED: dict[str, tuple[type[EdgewiseError], str]] = {
    "x[i, 0]": (UnsupportedError, "an entry at a place that is a symbol, not a number"),
    "x.applyfunc(tan)[i, 0]": (UnsupportedError, "an entry at a place that is a symbol"),
    "(Trace(A)*A)[i, j]": (UnsupportedError, "an entry at a place that is a symbol"),
    "(a.T*X*b)[0, 0] + X[m, n]": (UnsupportedError, "an entry at a place that is a symbol"),
    "Trace(X**k)": (UnsupportedError, "a power whose exponent is a dimension"),
    "Trace(A*X**k)": (UnsupportedError, "a power whose exponent is a dimension"),
}
"""What is refused, with the reason. Every one of these raises, and nothing else of the lists does."""


def numbers(seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    shapes = {
        **dict.fromkeys(MATRICES, (SIZE, SIZE)),
        **dict.fromkeys(VECTORS, (SIZE, 1)),
        **dict.fromkeys(SCALARS, ()),
    }
    return {name: rng.uniform(0.2, 0.9, shape) + 0.8 * np.eye(*shape) if shape == (SIZE, SIZE)
            else rng.uniform(0.2, 0.9, shape) for name, shape in shapes.items()}  # fmt: skip


def sympys(expression: Any, values: dict[str, Any], variable: str, moved: Any) -> Any:
    """SymPy's value in 60-digit numbers, an amount added to each entry of the variable."""
    given = names(sp.Integer(SIZE))
    replaced: dict[Any, Any] = {}
    for name, value in values.items():
        entries = [sp.Float(entry, 60) for entry in np.ravel(value)]
        if name == variable:
            entries = [entry + amount for entry, amount in zip(entries, np.ravel(moved), strict=True)]
        replaced[given[name]] = sp.ImmutableMatrix(*value.shape, entries) if np.ndim(value) else entries[0]
    result = expression.xreplace(replaced)
    result = result.as_explicit() if hasattr(result, "as_explicit") else result.doit()
    if isinstance(result, sp.MatrixBase):
        result = result.applyfunc(lambda entry: entry.doit()).tolist()
    return np.array(result, dtype=object)


def written_out(text: str) -> Any:
    """The expression of a text in numbered dimensions, as SymPy evaluates it."""
    # SymPy does not evaluate powers of the entries of an explicit matrix.
    index = sp.Dummy("e")
    expression = eval(text, names(sp.Integer(SIZE)))  # the texts stand in this file
    return expression.replace(sp.HadamardPower, lambda base, p: base.applyfunc(sp.Lambda(index, index**p)))


def differences(text: str, variable: str, values: dict[str, Any]) -> Any:
    """The derivative of shape (value's shape, variable's shape) by central differences."""
    expression, shape, step = written_out(text), np.shape(values[variable]), sp.Float("1e-20", 60)
    columns = []
    for direction in np.eye(int(np.prod(shape)), dtype=int):
        ends = [sympys(expression, values, variable, [sign * step * int(d) for d in direction]) for sign in (1, -1)]
        columns.append(np.asarray((ends[0] - ends[1]) / (2 * step)))
    derivative = np.stack(columns, axis=-1).astype(float)
    return derivative.reshape(derivative.shape[:-1] + shape)


def graph_of(text: str, variable: str) -> Any:
    """The graph of a text, of which a number that it does not depend on is an input too."""
    expression = eval(text, names(sp.Symbol("k")))  # the texts stand in this file
    graph = ew.graph(expression)
    inputs = [parameter.name for parameter in graph.parameters]
    return graph if variable in inputs else ew.graph(expression, inputs=[*inputs, variable])


@pytest.mark.slow
@pytest.mark.parametrize(("text", "variable"), WRITTEN, ids=lambda value: value[:60])
def test_jacobians_are_those_of_sympys_values(text: str, variable: str) -> None:
    G, values = graph_of(text, variable), numbers(1)
    wanted = differences(text, variable, values)
    used = {parameter.name: values[parameter.name] for parameter in G.parameters}
    close = {"rtol": 1e-9, "atol": 1e-9 * max(1.0, float(np.max(np.abs(wanted))))}
    for order in ("auto", "forward", "reverse"):
        J = G.jacobian(variable, order)
        for made in (J, J.simplify()):
            found = made.evaluate(used).outputs[0]
            assert np.shape(found) == wanted.shape
            np.testing.assert_allclose(found, wanted, **close)
    shape = np.shape(values[variable])
    if wanted.size == np.size(values[variable]):  # of one number, or of a matrix of one entry
        B, slope = G.gradient(variable).simplify(), wanted.reshape(shape)
        np.testing.assert_allclose(B.evaluate(used).outputs[0], slope, **close)
        np.testing.assert_allclose(B.compile()(**used)[1], slope, **close)
    else:
        with pytest.raises(DifferentiationError, match="jacobian"):
            G.gradient(variable)


@pytest.mark.parametrize(("text", "variable"), one_in(3, WRITTEN), ids=lambda value: value[:60])
def test_hessians_are_those_of_sympys_values(text: str, variable: str) -> None:
    G, values = graph_of(text, variable), numbers(2)
    if any(length != 1 for length in G.shape(G.outputs[0])):
        with pytest.raises(DifferentiationError):
            G.hessian(variable)
        return
    used = {parameter.name: values[parameter.name] for parameter in G.parameters}
    H = G.hessian(variable).simplify().evaluate(used).outputs[-1]
    rank, step, expression = np.ndim(values[variable]), sp.Float("1e-15", 60), written_out(text)
    direction = np.random.default_rng(3).integers(1, 9, np.shape(values[variable])) * 0.25
    low, middle, high = (
        sympys(expression, values, variable, [sign * step * sp.Float(d) for d in np.ravel(direction)])
        for sign in (-1, 0, 1)
    )
    wanted = float(np.asarray((high - 2 * middle + low) / step**2).item())
    found = np.tensordot(np.tensordot(H, direction, rank), direction, rank)
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)


def test_refusals_are_those_listed() -> None:
    assert not REFUSED.keys() & {text for text, _ in WRITTEN}
    for text, (kind, _) in REFUSED.items():
        with pytest.raises(kind):
            ew.graph(eval(text, names(sp.Symbol("k"))))


def test_most_of_sympys_expressions_are_there() -> None:
    assert len(set(WRITTEN)) == len(WRITTEN) >= 110


def test_a_matrix_that_does_not_depend_on_another_has_the_derivative_zero() -> None:
    given = names(sp.Symbol("k"))
    J = ew.graph([given["X"], given["A"]]).jacobian("A").simplify()
    first, second = J.evaluate(X=np.ones((2, 2)), A=np.ones((2, 2))).result
    np.testing.assert_array_equal(first, np.zeros((2, 2, 2, 2)))
    np.testing.assert_array_equal(second, np.eye(4).reshape(2, 2, 2, 2))
