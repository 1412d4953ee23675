"""SymPy's matrix and array expressions as tensor graphs, against SymPy's own evaluation in exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.combinatorics import Permutation
from sympy.matrices.expressions.companion import CompanionMatrix
from sympy.matrices.expressions.diagonal import DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.dotproduct import DotProduct
from sympy.matrices.expressions.permutation import MatrixPermute, PermutationMatrix
from sympy.tensor.array.expressions import (
    ArrayAdd,
    ArrayContraction,
    ArrayDiagonal,
    ArrayElement,
    ArrayElementwiseApplyFunc,
    ArraySymbol,
    ArrayTensorProduct,
    OneArray,
    PermuteDims,
    Reshape,
    ZeroArray,
)

import edgewise as ew
from edgewise.errors import EdgewiseError, InputError, ShapeError, UnsupportedError

N, M = 3, 2
n, m = sp.symbols("n m")
s, t, i, j = sp.symbols("s t i j")
R = sp.Rational


class Symbols:
    """The symbols of a case; their shapes in numbers or in symbols."""

    def __init__(self, n: Any, m: Any) -> None:
        self.n, self.m = n, m
        self.A, self.B = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("B", n, n)
        self.X = sp.MatrixSymbol("X", n, m)
        self.x, self.y = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("y", n, 1)
        self.T, self.U = ArraySymbol("T", (2, n, m)), ArraySymbol("U", (n, n))
        self.v = ArraySymbol("v", (n,))

    def named(self) -> dict[str, Any]:
        return {str(value.name): value for value in vars(self).values() if hasattr(value, "shape")}


SYMBOLIC, NUMERIC = Symbols(n, m), Symbols(sp.Integer(N), sp.Integer(M))


def exact_values(seed: int = 0) -> dict[str, Any]:
    """Fractions for every symbol; A and B are far from singular, and all entries are positive."""
    rng = np.random.default_rng(seed)
    values: dict[str, Any] = {"s": R(3, 7), "t": R(5, 4)}
    for name, symbol in NUMERIC.named().items():
        shape = tuple(map(int, symbol.shape))
        entries = rng.integers(1, 9, shape)
        if name in "AB":
            entries = entries + 8 * np.eye(N, dtype=int)
        whole = [R(int(entry), 7) for entry in entries.ravel()]
        values[name] = sp.ImmutableMatrix(*shape, whole) if len(shape) == 2 and name != "U" else sp.Array(whole, shape)
    return values


def as_numbers(value: Any) -> Any:
    if isinstance(value, sp.MatrixBase):
        return np.array([float(entry) for entry in value.flat()]).reshape(value.shape)
    if isinstance(value, sp.NDimArray):
        return np.array([float(value[place]) for place in np.ndindex(*value.shape)]).reshape(value.shape)
    return float(value)


def sympys(expression: Any, values: Mapping[str, Any]) -> Any:
    """SymPy's value: the fractions put in, and every entry written out."""
    given = {symbol: values[name] for name, symbol in NUMERIC.named().items()}
    numbers = {s: values["s"], t: values["t"]}
    if expression.has(DiagonalMatrix, DiagonalOf, ArrayElement, sp.Sum, sp.Product):  # SymPy's take no explicit matrix
        expression = expression.as_explicit() if hasattr(expression, "as_explicit") else expression.doit()
        numbers |= {symbol[place]: values[name][place] for name, symbol in NUMERIC.named().items()
                    for place in np.ndindex(*map(int, symbol.shape))}  # fmt: skip
        return as_numbers(expression.xreplace(numbers))
    expression = expression.xreplace({**given, **numbers})
    if hasattr(expression, "as_explicit"):
        expression = expression.as_explicit()
    return as_numbers(expression.doit())


def check(name: str, build: Callable[[Symbols], Any], functions: Any = None) -> None:
    values = exact_values()
    wanted = sympys(SAME.get(name, build)(NUMERIC), values)
    numbers = {name: as_numbers(value) for name, value in values.items()}
    numbers |= {f"{name}[{','.join(map(str, place))}]": entry for name, value in numbers.items()
                for place, entry in np.ndenumerate(value)}  # fmt: skip
    for symbols in (SYMBOLIC, NUMERIC):
        G = ew.graph(build(symbols), functions=functions)
        found = G.evaluate({p.name: numbers[p.name] for p in G.parameters}).outputs[0]
        assert np.shape(found) == np.shape(wanted)
        np.testing.assert_allclose(found, wanted, rtol=1e-12)


CASES: dict[str, Callable[[Symbols], Any]] = {
    "MatrixSymbol": lambda o: o.X,
    "MatMul": lambda o: o.A * o.X,
    "MatMul with numbers": lambda o: -2 * s * o.A * o.B / 3,
    "MatMul negated": lambda o: -o.A,
    "MatMul of rows and columns": lambda o: o.x.T * o.A * o.y,
    "MatMul not evaluated": lambda o: sp.MatMul(o.A, sp.MatMul(o.B, o.X), evaluate=False),
    "MatAdd": lambda o: o.A + 2 * o.B - o.A.T / s,
    "MatAdd negative first": lambda o: -o.A - o.B,
    "MatPow 3": lambda o: o.A**3,
    "MatPow 0": lambda o: o.A**0 * o.X,
    "MatPow -2": lambda o: o.A**-2,
    "MatPow of one entry": lambda o: (o.x.T * o.y) ** R(1, 2),
    "MatPow of one entry, negative": lambda o: (o.x.T * o.y) ** R(-2, 3),
    "MatPow of one entry, symbolic": lambda o: (o.x.T * o.y) ** s,
    "Inverse": lambda o: (o.A + o.B).I * o.x,
    "Transpose": lambda o: o.X.T * o.A.T,
    "Adjoint": lambda o: sp.Adjoint(o.A) * o.X,
    "conjugate": lambda o: o.A.conjugate() + o.B,
    "Trace": lambda o: sp.Trace(o.A * o.B),
    "Determinant": lambda o: sp.Determinant(o.A),
    "det of a product": lambda o: sp.det(o.A.T * o.B),
    "scalars of matrices": lambda o: sp.log(sp.Determinant(o.A)) * sp.sqrt(sp.Trace(o.X.T * o.X)) - s**2,
    "greatest and branches": lambda o: sp.Max(sp.Trace(o.A), s, 1) + sp.Piecewise((sp.Trace(o.B), s > t), (s, True)),
    "finite sum of traces": lambda o: sp.Sum(sp.Trace(o.A**i) / i, (i, 1, 3)),
    "scalar times matrix": lambda o: sp.Trace(o.A) * o.A * sp.sin(s),
    "function of one entry": lambda o: sp.log(o.x.T * o.y) + sp.exp(-(o.y.T * o.y)[0, 0]),
    "HadamardProduct": lambda o: sp.HadamardProduct(o.A, o.B, o.A),
    "HadamardProduct with a number": lambda o: sp.hadamard_product(s * sp.OneMatrix(o.n, 1), o.x, o.y),
    "HadamardPower": lambda o: sp.HadamardPower(o.A, 2),
    "HadamardPower negative": lambda o: sp.HadamardPower(o.A, R(-1, 2)),
    "HadamardPower symbolic": lambda o: sp.HadamardPower(o.A, s + 1),
    "HadamardPower by a matrix": lambda o: sp.HadamardPower(o.A, o.B),
    "HadamardPower of a number": lambda o: sp.HadamardPower(2, o.B),
    "HadamardPower of one entry": lambda o: sp.HadamardPower(o.x.T * o.y, 2),
    "ElementwiseApplyFunction": lambda o: o.A.applyfunc(sp.sin) * o.X,
    "applyfunc of a Lambda": lambda o: o.X.applyfunc(sp.Lambda(i, i**2 * sp.exp(-i) + s)),
    "applyfunc of a constant": lambda o: o.X.applyfunc(sp.Lambda(i, s)),
    "applyfunc with a scalar of a matrix": lambda o: o.X.applyfunc(sp.Lambda(i, i * sp.Trace(o.A) + s)),
    "applyfunc of applyfunc": lambda o: (o.A * o.X.applyfunc(sp.tanh)).applyfunc(sp.log),
    "applyfunc of Piecewise": lambda o: o.X.applyfunc(sp.Lambda(i, sp.Piecewise((i, i > R(1, 2)), (0, True)))),
    "applyfunc of one entry": lambda o: (o.x.T * o.A * o.y).applyfunc(sp.sin),
    "DotProduct": lambda o: DotProduct(o.x, o.y),
    "DotProduct of rows": lambda o: s * DotProduct(o.x.T, o.y) + DotProduct(o.x, o.y.T),
    "KroneckerProduct": lambda o: sp.KroneckerProduct(o.A, o.X),
    "KroneckerProduct of three": lambda o: sp.KroneckerProduct(o.x, o.X, o.y),
    "Identity": lambda o: sp.Identity(o.n) + o.A,
    "Identity times a number": lambda o: o.A - s * sp.Identity(o.n),
    "ZeroMatrix": lambda o: sp.MatAdd(sp.ZeroMatrix(o.n, o.m), o.X, evaluate=False),
    "OneMatrix": lambda o: sp.OneMatrix(o.m, o.n) * o.X,
    "DiagMatrix": lambda o: sp.diagonalize_vector(o.x) * o.A,
    "DiagMatrix of a row": lambda o: sp.DiagMatrix(o.x.T) * o.A,
    "DiagonalMatrix": lambda o: DiagonalMatrix(o.A) * o.B,
    "DiagonalMatrix not square": lambda o: DiagonalMatrix(o.X),
    "DiagonalOf": lambda o: DiagonalOf(o.A * o.B),
    "BlockMatrix": lambda o: sp.BlockMatrix([[o.A, o.X], [o.X.T, sp.Identity(o.m)]]),
    "BlockMatrix with numbers": lambda o: sp.BlockMatrix([[o.A, o.x], [o.y.T, sp.ImmutableMatrix([[s]])]]),
    "BlockDiagMatrix": lambda o: sp.BlockDiagMatrix(o.A, o.X),
    "MatrixSlice": lambda o: o.A[:2, 1:3] * o.X[:2, :],
    "MatrixSlice to the end": lambda o: o.A[1:, :],
    "MatrixElement": lambda o: o.A[0, 1] * sp.Trace(o.B),
    "MatrixElement of a row": lambda o: (o.x.T[0, 1] + s * o.x[2, 0]) * sp.Trace(o.B),
    "MatrixElement at the end": lambda o: o.A[o.n - 1, 0] * o.X,
    "explicit numbers": lambda o: o.A[:3, :3] * sp.ImmutableMatrix([[1, 2], [3, 4], [R(1, 3), 5]]),
    "explicit rows": lambda o: o.A[:3, :3] * sp.ImmutableMatrix([[1, 2, s], [0, R(1, 2), sp.pi], [t, sp.sqrt(2), 5]]),
    "explicit expressions": lambda o: sp.ImmutableMatrix([[s, t * s, 1]]) * o.A[:3, :2],
    "explicit entries": lambda o: sp.ImmutableMatrix([[o.x[0, 0], sp.Trace(o.A)], [1, o.X[1, 0]]]) * o.X[:2, :],
    "PermutationMatrix": lambda o: PermutationMatrix(Permutation(0, 2, 1)) * o.X[:3, :],
    "MatrixPermute": lambda o: MatrixPermute(o.X[:3, :], Permutation(0, 2, 1)),
    "FunctionMatrix": lambda o: sp.FunctionMatrix(o.n, o.n, sp.Lambda((i, j), s**i + j)) * o.x,
    "entry of a product": lambda o: (o.x.T * o.A * o.x)[0, 0] * sp.Trace(o.B),
    "entry of an inverse": lambda o: sp.log((o.x.T * o.A * o.x)[0, 0]) * o.B,
    "dimension as a number": lambda o: o.n * o.A.applyfunc(sp.sin) * o.X / o.m,
}  # fmt: skip

ARRAYS: dict[str, Callable[[Symbols], Any]] = {
    "ArraySymbol": lambda o: o.T,
    "ArrayElement": lambda o: o.T[1, 0, 1] * s,
    "ArrayTensorProduct": lambda o: ArrayTensorProduct(o.U, o.x, o.v),
    "ArrayTensorProduct with a number": lambda o: ArrayTensorProduct(2 * o.A, o.v),
    "ArrayContraction": lambda o: ArrayContraction(ArrayTensorProduct(o.A, o.T), (1, 3)),
    "ArrayContraction of three axes": lambda o: ArrayContraction(ArrayTensorProduct(o.v, o.A, o.v), (0, 1, 3)),
    "ArrayContraction of an axis": lambda o: ArrayContraction(o.T, (1,)),
    "ArrayContraction twice": lambda o: ArrayContraction(ArrayTensorProduct(o.A, o.U, o.B), (1, 2), (3, 5)),
    "ArrayDiagonal": lambda o: ArrayDiagonal(ArrayTensorProduct(o.A, o.x), (0, 2)),
    "ArrayDiagonal of two": lambda o: ArrayDiagonal(ArrayTensorProduct(o.A, o.U, o.v), (0, 3), (1, 4)),
    "ArrayContraction of ArrayDiagonal": lambda o: ArrayContraction(
        ArrayDiagonal(ArrayTensorProduct(o.A, o.T, o.x), (1, 3, 5)), (0, 4)),
    "PermuteDims": lambda o: PermuteDims(o.T, [2, 0, 1]),
    "PermuteDims of a product": lambda o: PermuteDims(ArrayTensorProduct(o.U, o.X), [3, 0, 2, 1]),
    "ArrayDiagonal of PermuteDims": lambda o: ArrayDiagonal(
        PermuteDims(ArrayTensorProduct(o.U, o.A), [2, 0, 3, 1]), (0, 3)),
    "ArrayAdd": lambda o: ArrayAdd(o.U, o.A, PermuteDims(o.U, [1, 0])),
    "ArrayElementwiseApplyFunc": lambda o: ArrayElementwiseApplyFunc(sp.sin, o.T),
    "apply a Lambda": lambda o: ArrayElementwiseApplyFunc(sp.Lambda(i, i**2 + s), ArrayTensorProduct(o.v, o.v)),
    "Reshape": lambda o: Reshape(o.T, (o.n, 2 * o.m)),
    "ZeroArray": lambda o: ArrayAdd(o.T, ZeroArray(2, o.n, o.m)) if o is NUMERIC else o.T,
    "OneArray": lambda o: ArrayTensorProduct(OneArray(2, o.n), o.v) if o is SYMBOLIC else ArrayTensorProduct(
        sp.Array([[1] * N] * 2), o.v),
    "explicit Array": lambda o: ArrayContraction(ArrayTensorProduct(sp.Array([[1, s], [2, 3]]), o.T), (1, 2)),
}  # fmt: skip


SUMS: dict[str, Callable[[Symbols], Any]] = {
    "product of entries": lambda o: sp.Sum(o.x[i, 0] * sp.log(o.y[i, 0]), (i, 0, o.n - 1)),
    "entries of a matrix": lambda o: sp.Sum(sp.sin(o.A[i, j] + o.x[j, 0]), (i, 0, o.n - 1), (j, 0, o.n - 1)),
    "diagonal": lambda o: sp.Sum(o.A[i, i] / o.x[i, 0], (i, 0, o.n - 1)),
    "index as a number": lambda o: sp.Sum(s * i**2 * o.x[i, 0], (i, 0, o.n - 1)),
    "index from 1": lambda o: sp.Sum(i * o.x[i - 1, 0], (i, 1, o.n)),
    "no entry": lambda o: sp.Sum(s, (i, 0, o.n - 1)) * o.x[0, 0],
    "neighbours": lambda o: sp.Sum((o.x[i + 1, 0] - o.x[i, 0]) ** 2, (i, 0, o.n - 2)),
    "reversed": lambda o: sp.Sum(o.x[i, 0] * o.y[o.n - 1 - i, 0], (i, 0, o.n - 1)),
    "nested": lambda o: sp.Sum((o.y[i, 0] + sp.Sum(o.A[i, j] * o.x[j, 0], (j, 0, o.n - 1))) ** 2, (i, 0, o.n - 1)),
    "same name inside": lambda o: sp.Sum(o.x[i, 0] * sp.Sum(o.y[i, 0], (i, 0, o.n - 1)), (i, 0, o.n - 1)),
    "product": lambda o: sp.Product(o.x[i, 0] + s, (i, 0, o.n - 1)),
    "product of a constant": lambda o: sp.Product(o.x[0, 0], (i, 0, o.n - 1)),
    "delta": lambda o: sp.Sum(sp.KroneckerDelta(i, 1) * o.x[i, 0], (i, 0, o.n - 1)),
    "numbers and symbols": lambda o: sp.Sum(o.x[i, 0] * o.X[i, j], (i, 0, o.n - 1), (j, 0, 1)),
    "one index in another": lambda o: sp.Sum(sp.Piecewise((o.A[i, j], o.A[i, j] > o.x[i, 0]), (0, True)),
                                             (i, 0, o.n - 1), (j, 0, o.n - 1)),
    "array entries": lambda o: sp.Sum(o.T[1, i, j] * o.U[i, 0], (i, 0, o.n - 1), (j, 0, o.m - 1)),
}  # fmt: skip

SAME: dict[str, Callable[[Symbols], Any]] = {
    "function of one entry": lambda o: sp.log((o.x.T * o.y)[0, 0]) + sp.exp(-(o.y.T * o.y)[0, 0]),
    "finite sum of traces": lambda o: sp.Trace(o.A) + sp.Trace(o.A**2) / 2 + sp.Trace(o.A**3) / 3,
    "ArrayAdd": lambda o: PermuteDims(o.U, [1, 0]).as_explicit() + o.U.as_explicit() + sp.Array(o.A.as_explicit()),
}
"""What SymPy evaluates in place of a case that it cannot: functions and sums of numbers of matrices, mixed sums."""


@pytest.mark.parametrize("name", CASES)
def test_matrix_expressions_have_sympys_values(name: str) -> None:
    check(name, CASES[name])


@pytest.mark.parametrize("name", ARRAYS)
def test_array_expressions_have_sympys_values(name: str) -> None:
    check(name, ARRAYS[name])


@pytest.mark.parametrize("name", SUMS)
def test_sums_over_entries_have_sympys_values(name: str) -> None:
    check(name, SUMS[name])


# --- graphs -------------------------------------------------------------------------------------------------------

o = SYMBOLIC


def test_inputs_are_tensors_in_natural_order_and_dimensions_are_named() -> None:
    x2, x10 = sp.MatrixSymbol("x2", n, 1), sp.MatrixSymbol("x10", 2 * n + 1, n)
    G = ew.graph(s * x10 * x2)
    assert [(p.name, str(p.shape)) for p in G.parameters] == [
        ("s", "()"), ("x2", "(n, 1)"), ("x10", "(2*n + 1, n)")]  # fmt: skip
    G = ew.graph(o.A * o.x, inputs=["c", "x", "A"])
    assert G.inputs == ("c", "x", "A") and G.shape("x") == G.shape(G.outputs[0])
    with pytest.raises(InputError, match="'A', which is not listed"):
        ew.graph(o.A * o.x, inputs=["x"])
    with pytest.raises(InputError, match="'n' is a dimension"):
        ew.graph(o.A * o.x, inputs=["n", "x", "A"])


def test_outputs_are_nested_as_they_were_given() -> None:
    numbers = {name: as_numbers(value) for name, value in exact_values().items()}
    made = {"m": o.A * o.x, "l": [sp.Trace(o.A), (s, sp.ImmutableMatrix([[s, sp.Determinant(o.A)]]))]}
    made["a"] = np.array([s, sp.Trace(o.A)])
    made["n"] = sp.MutableDenseNDimArray([[1, sp.Trace(o.A)]])
    result = ew.graph(made).evaluate({name: numbers[name] for name in ("A", "x", "s")}).result
    A = numbers["A"]
    np.testing.assert_allclose(result["m"], A @ numbers["x"])
    np.testing.assert_allclose(result["l"][1][1], [[numbers["s"], np.linalg.det(A)]])
    assert result["l"][0] == np.trace(A) and result["l"][1][0] == numbers["s"]
    np.testing.assert_allclose(result["a"], [numbers["s"], np.trace(A)])
    np.testing.assert_allclose(result["n"], [[1, np.trace(A)]])


def test_entries_of_a_matrix_symbol_alone_are_scalars() -> None:
    A = NUMERIC.A
    assert ew.graph(A.as_explicit()).inputs[:2] == ("A[0,0]", "A[0,1]")
    assert ew.graph(A[0, 0] * A[1, 1]).inputs == ("A[0,0]", "A[1,1]")
    assert ew.graph([A[0, 0], sp.Trace(A)]).inputs == ("A",)


def test_what_is_shared_is_one_node() -> None:
    inverse = (o.A + o.B).I
    assert len(ew.graph([inverse * o.x, o.y.T * inverse, sp.Trace(inverse)])) == 10
    G = ew.graph([sp.Sum(o.x[i, 0] ** 2, (i, 0, n - 1)), sp.Sum(o.x[j, 0] ** 2, (j, 0, n - 1))])
    assert G.outputs[0] == G.outputs[1]


def test_contractions_of_products_are_one_contraction() -> None:
    product = ArrayTensorProduct(o.U, o.A, o.v)
    G = ew.graph(ArrayContraction(product, (1, 2), (3, 4)))
    assert [G.op(node) for node in G.outputs] == ["contract"] and len(G) == 4


def test_closed_forms_read_as_in_matrix_notation() -> None:
    quadratic = [(o.x.T * o.A * o.x)[0, 0], sp.Sum(o.x[i, 0] * o.A[i, j] * o.x[j, 0], (i, 0, n - 1), (j, 0, n - 1))]
    for form in quadratic:
        assert ew.graph(form).gradient("x").simplify().to_latex() == r"(A + A^\top) x"
    assert ew.graph(sp.Trace(o.A * o.x * o.x.T)).gradient("x").simplify().to_latex() == r"A x + A^\top x"


def test_generated_code_has_explicit_matrices_in_it() -> None:
    G = ew.graph(sp.Trace(o.A[:2, :2] * sp.ImmutableMatrix([[1, s], [sp.pi, R(1, 2)]])))
    A = np.array([[1.0, 2.0], [3.0, 4.0]])
    value, (dA, ds) = G.gradient().simplify().compile()(A, 0.25)
    assert value == pytest.approx(1 + 2 * np.pi + 3 * 0.25 + 2) and ds == 3
    np.testing.assert_allclose(dA, [[1, np.pi], [0.25, 0.5]])
    assert ew.graph([sp.ImmutableMatrix(0, 3, []), o.A]).evaluate(A=A).outputs[0].shape == (0, 3)


def test_functions_of_the_user_act_on_each_entry() -> None:
    softsign = ew.op("soft", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    f = sp.Function("f")
    G = ew.graph(o.x.applyfunc(f), functions={"f": softsign.op})
    np.testing.assert_allclose(G.evaluate(x=np.array([[1.0], [-3.0]])).outputs[0], [[0.5], [-0.75]])


@pytest.mark.slow
def test_long_sums_and_products_are_read_without_recursion() -> None:
    symbols = [sp.MatrixSymbol(f"A{k}", n, n) for k in range(400)]
    G = ew.graph(sp.Trace(sp.MatMul(*symbols)) + sp.Trace(sp.MatAdd(*symbols)))
    assert G.evaluate({symbol.name: np.eye(2) for symbol in symbols}).outputs[0] == 2 + 800
    deep: Any = o.A
    for _ in range(20_000):
        deep = sp.Basic.__new__(sp.Transpose, deep)
    assert len(ew.graph(deep).inputs) == 1


# --- bad input ----------------------------------------------------------------------------------------------------

k = sp.Symbol("k")
mixed = np.empty(2, dtype=object)
mixed[0], mixed[1] = s, o.A
REFUSED: list[tuple[Any, type[EdgewiseError], str]] = [
    (o.A**k, UnsupportedError, r"MatPow A\*\*k has the exponent k.*HadamardPower"),
    (o.A**n, UnsupportedError, "MatPow"),
    (sp.exp(o.A), UnsupportedError, r"exp exp\(A\) is a function of numbers, and MatrixSymbol A.*applyfunc"),
    (sp.Permanent(o.A), UnsupportedError, "Permanent.*determinant"),
    (sp.Derivative(sp.Trace(o.A * o.A), o.A), UnsupportedError, "Derivative.*differentiate the graph"),
    (o.A[i, j] * sp.Trace(o.A), UnsupportedError, r"MatrixElement A\[i, j\] has a place i"),
    (sp.Sum(o.x[i, 0], (i, 0, k)) * sp.Trace(o.A), UnsupportedError, "Sum.* a bound k.*dimensions of the matrices"),
    (sp.Sum(o.x[i**2, 0], (i, 0, n - 1)), UnsupportedError, "no index of a sum, nor one moved"),
    (sp.Sum(o.x[i, 0], (i, 0, n)), UnsupportedError, "outside the matrix"),
    (sp.Sum(o.x[i - 1, 0], (i, 0, n - 1)), UnsupportedError, "outside the matrix"),
    (sp.Sum(sp.Trace(o.x[i, 0] * o.A), (i, 0, n - 1)), UnsupportedError, "beside a bound index.*in the MatMul"),
    (sp.OneMatrix(k, n) * o.A, UnsupportedError, "OneMatrix.* dimension k"),
    (sp.FunctionMatrix(n, n, sp.Lambda((i, j), sp.Function("g")(i))) * o.A, UnsupportedError, "function g"),
    (CompanionMatrix(sp.Poly([1, 2, 3], k)) * NUMERIC.A[:2, :2], UnsupportedError, "CompanionMatrix"),
    (o.A[: n : 2, :], UnsupportedError, "MatrixSlice.*every 2th"),
    (sp.Trace(o.A) * sp.Symbol("A"), InputError, "two different SymPy symbols are called 'A'"),
    ([sp.Trace(o.A), sp.MatrixSymbol("A", 2, 2)], InputError, "two different"),
    (sp.MatrixSymbol("n", n, 1), InputError, "both an input and a dimension"),
    (sp.MatrixSymbol("Z", sp.Symbol("n'"), 1), InputError, "cannot name a dimension"),
    ([mixed, o.A], UnsupportedError, "array of matrices"),
    ([o.A, "x"], UnsupportedError, "str"),
    (2 * o.T, UnsupportedError, "Mul .*and ArraySymbol T has the shape"),
    (o.T + o.U, UnsupportedError, "Add .* is a function of numbers"),
    (sp.Sum(o.A**i, (i, 1, 3)), UnsupportedError, "Sum .* is a function of numbers"),
    (sp.Piecewise((o.A, s > 0), (o.B, True)), UnsupportedError, "Piecewise .* is a function of numbers"),
    (sp.I * o.A, UnsupportedError, "imaginary part"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "kind", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_has_no_graph_is_refused_by_name(expression: Any, kind: type[EdgewiseError], message: str) -> None:
    with pytest.raises(kind, match=message):
        ew.graph(expression)


def test_shapes_that_do_not_fit_name_the_expression_and_both_shapes() -> None:
    with pytest.raises(ShapeError, match=r"\(n, n\) and \(m, 1\).*in the MatMul A\*z"):
        ew.graph(o.A * sp.MatrixSymbol("z", m, 1))
    with pytest.raises(EdgewiseError, match="jacobian"):
        ew.graph(o.A * o.x).gradient()
    with pytest.raises(ShapeError, match="'n'"):
        ew.graph(o.A * o.x).evaluate(A=np.eye(3), x=np.ones((2, 1)))


# --- random expressions -------------------------------------------------------------------------------------------


@st.composite
def expressions(draw: st.DrawFn) -> Callable[[Symbols], Any]:
    """A function of the symbols to one number, built of matrices that are used again and again."""
    places = st.integers(0, 9)
    steps = draw(st.lists(st.tuples(st.integers(0, len(STEPS) - 1), places, places), max_size=6))

    def build(given: Symbols) -> Any:
        square, columns = [given.A, given.B], [given.x, given.y]
        for step, first, second in steps:
            made = STEPS[step](given, *(pool[-1 - which % len(pool)] for pool in (square, columns)
                                        for which in (first, second)))  # fmt: skip
            (columns if made.shape[1] == 1 else square).append(made)
        return sp.Trace(square[-1] * square[-2]) + sp.Trace(columns[-1].T * square[-1] * columns[-2])

    return build


STEPS: list[Callable[..., Any]] = [
    lambda o, A, B, x, y: A * B / 4,
    lambda o, A, B, x, y: A - s * B.T,
    lambda o, A, B, x, y: sp.HadamardProduct(A, B),
    lambda o, A, B, x, y: A.applyfunc(sp.sin),
    lambda o, A, B, x, y: sp.Trace(A) * B / 8,
    lambda o, A, B, x, y: x * y.T,
    lambda o, A, B, x, y: sp.HadamardProduct(x * y.T, A) - B.T,
    lambda o, A, B, x, y: (A.applyfunc(sp.sin) / 9 + 3 * sp.Identity(o.n)).I,
    lambda o, A, B, x, y: A * x / 3,
    lambda o, A, B, x, y: x.applyfunc(sp.cos) - y,
    lambda o, A, B, x, y: x.applyfunc(sp.Lambda(i, i**2)) + s * y,
    lambda o, A, B, x, y: sp.HadamardProduct(x, y),
]


def along(expression: Any, given: Symbols, values: Mapping[str, Any], dots: Mapping[str, Any]) -> tuple[Any, Any]:
    """SymPy's value, and its derivative in a direction by central differences of 60-digit numbers."""

    # SymPy makes powers of products, and does not evaluate them.
    expression = expression.replace(sp.HadamardPower, lambda base, power: base.applyfunc(sp.Lambda(i, i**power)))

    def at(step: Any) -> Any:
        moved = {name: [sp.Float(v, 60) + step * sp.Float(d, 60) for v, d in zip(np.ravel(value), np.ravel(dots[name]))]
                 for name, value in values.items()}  # fmt: skip
        replaced = {symbol: sp.ImmutableMatrix(*symbol.shape, moved[name]) for name, symbol in given.named().items()
                    if name in values}  # fmt: skip
        unit = {sp.Identity(2): sp.ImmutableMatrix.eye(2)}  # SymPy adds it to no explicit matrix
        return expression.xreplace({**replaced, **unit, s: moved["s"][0]}).doit()

    step = sp.Float("1e-20", 60)
    return float(at(sp.Integer(0))), float((at(step) - at(-step)) / (2 * step))


@settings(max_examples=30, deadline=None)
@given(expressions(), st.integers(0, 3))
def test_random_expressions_have_sympys_values_and_derivatives(build: Callable[[Symbols], Any], seed: int) -> None:
    small = Symbols(sp.Integer(2), sp.Integer(1))
    rng = np.random.default_rng(seed)
    shapes = {"A": (2, 2), "B": (2, 2), "s": (), "x": (2, 1), "y": (2, 1)}
    values, dots = ({name: rng.normal(size=shape) for name, shape in shapes.items()} for _ in range(2))
    G = ew.graph(build(SYMBOLIC))
    used = {p.name: values[p.name] for p in G.parameters}
    found = G.jvp().simplify().evaluate({**used, **{f"{name}_dot": dots[name] for name in used}}).outputs
    found = (G.evaluate(used).outputs[0], found[0])
    np.testing.assert_allclose(found, along(build(small), small, values, dots), rtol=1e-7, atol=1e-9)
    gradient = G.gradient().simplify().evaluate(used).outputs
    total = sum(np.sum(part * dots[name]) for name, part in zip(used, gradient, strict=True))
    np.testing.assert_allclose(total, found[1], rtol=1e-7, atol=1e-9)


# --- what such expressions have shown of the rooms below -------------------------------------------------------------


def test_a_chain_of_identities_is_simplified_to_the_same_value() -> None:
    G = ew.parse("eye(n)[:, :, None]*eye(n)[None]*B[None]", shapes="B: n,n")
    B = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_allclose(G.simplify().evaluate(B=B).outputs[0], G.evaluate(B=B).outputs[0])


def test_the_derivative_of_a_diagonal_part_is_simplified_to_the_same_value() -> None:
    J = ew.graph(DiagonalMatrix(o.A) * o.B).jacobian("A", "reverse")
    values = {"A": np.array([[1.0, 2.0], [3.0, 4.0]]), "B": np.array([[5.0, 6.0], [7.0, 9.0]])}
    np.testing.assert_allclose(J.simplify().evaluate(values).outputs[0], J.evaluate(values).outputs[0])


def test_columns_have_closed_forms_in_matrix_notation() -> None:
    latex = ew.graph(sp.Trace(o.x.T * o.A * o.x)).gradient("x").simplify().to_latex()
    assert "[" not in latex


def test_numbers_are_stacked_in_generated_code() -> None:
    ew.trace(lambda c: np.stack([c, 1]), c=ew.tensor()).compile()(2.0)
