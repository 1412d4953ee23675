"""Every use of an operation on tensors, for rows that a newcomer has just added: run as a script, it prints failures.

It runs against a copy of the library with the rows in its table: `python tests/new_tensor_row_uses.py`.
"""

from __future__ import annotations

import inspect
import json
import pickle
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

import edgewise as ew
from edgewise.errors import EdgewiseError, LoweringError, UnsupportedError
from edgewise.ops import tensor_op
from peers import available

ROWS = """    row("running_logsumexp", "x", lambda x, axis: np.logaddexp.accumulate(x, axis=axis), shapes.same,
        lambda t, d, out, x, p: t.cumsum(t.exp(x[0])*d, p)*t.exp(-out),
        doc="running logarithms of sums of exponentials", form=forms.AXIS,
        computed=lambda t, x, p: t.log(t.cumsum(t.exp(x[0]), p))),
    row("geometric_mean", "x", lambda x, axes: np.exp(np.mean(np.log(x), axis=axes)), shapes.reduce,
        lambda t, d, out, x, p: out*t.mean(d/x[0], p),
        doc="the geometric mean over axes", form=forms.AXES),
    row("running_total", "x", lambda x, axis: np.cumsum(x, axis), shapes.same,
        lambda t, d, out, x, p: t.cumsum(d, p, True),
        doc="running sums, entries without a number left out", form=forms.AXIS, linear=(0,), numpy="nancumsum"),
"""
"""What is added to a file of `ops/tensors/`: a row with `computed`, one without, and one that NumPy has a name for."""


class Case(NamedTuple):
    """A row: its value in NumPy for complex numbers too, and what there is no way to."""

    name: str
    value: Callable[[Any, Any], Any]
    libraries: bool = False  # whether JAX and torch are written
    scalars: bool = False  # whether it has a form in scalars
    numpy: str = ""


CASES = (
    Case("running_logsumexp", lambda x, axis: np.log(np.cumsum(np.exp(x), axis)), True, True),
    Case("geometric_mean", lambda x, axis: np.exp(np.mean(np.log(x), axis))),
    Case("running_total", lambda x, axis: np.cumsum(x, axis), False, True, "nancumsum"),
)

X = np.random.default_rng(3).uniform(0.5, 2.0, (3, 4))
V = np.random.default_rng(4).normal(size=X.shape)


def objective(case: Case, x: Any) -> Any:
    """What is differentiated, on numbers: complex ones show the slope in their imaginary part."""
    return np.sum(np.sin(case.value(x, 1)) ** 2) + np.sum(case.value(x, 0))


def slopes(case: Case, x: Any) -> Any:
    found = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        moved = x.astype(complex)
        moved[place] += 1e-30j
        found[place] = objective(case, moved).imag / 1e-30
    return found


def graph(case: Case, *shape: Any) -> ew.Graph:
    f = getattr(ew, case.name)
    return ew.trace(lambda X: np.sum(np.sin(f(X, axis=1)) ** 2) + np.sum(f(X, 0)), X=ew.tensor(*shape or ("n", "m")))


USES: dict[str, Callable[[Case, ew.Graph], None]] = {}


def use(function: Callable[[Case, ew.Graph], None]) -> Callable[[Case, ew.Graph], None]:
    USES[function.__name__] = function
    return function


def near(found: Any, wanted: Any, rtol: float = 1e-11) -> None:
    np.testing.assert_allclose(np.asarray(found, dtype=float), wanted, rtol=rtol, atol=1e-12)


def refused(kind: type[EdgewiseError], call: Callable[[], Any]) -> EdgewiseError:
    try:
        call()
    except kind as error:
        return error
    raise AssertionError("nothing is refused")


def bends(case: Case) -> Any:
    """The Hessian times V, by differences of exact slopes."""
    return (slopes(case, X + 1e-5 * V) - slopes(case, X - 1e-5 * V)) / 2e-5


@use
def shown(case: Case, G: ew.Graph) -> None:
    f = getattr(ew, case.name)
    assert case.name in repr(G) and tensor_op(case.name).doc in f.__doc__ and case.name in ew.__all__
    assert case.numpy or list(inspect.signature(f).parameters)[:2] == ["x", "axis"]


@use
def text_and_back(case: Case, G: ew.Graph) -> None:
    text = G.text(G.outputs[0])
    assert f"{case.name}(X, axis=-" in text
    assert ew.parse(text, shapes="X: n,m") == G
    assert ew.parse(f"sum(sin({case.name}(X, axis=1))**2) + sum({case.name}(X, 0))", shapes="X: n,m") == G


@use
def numbers_and_arrays_of_scalars(case: Case, G: ew.Graph) -> None:
    f = getattr(ew, case.name)
    near(f(X, axis=0), case.value(X, 0))
    if case.scalars and not case.numpy:
        W = ew.symbols("W", shape=(3, 4))
        near(ew.graph(np.sum(np.sin(f(W, axis=1)) ** 2) + np.sum(f(W, 0))).gradient().evaluate(X).outputs,
             slopes(case, X).ravel())  # fmt: skip


@use
def numpys_name(case: Case, G: ew.Graph) -> None:
    if case.numpy:
        f = getattr(np, case.numpy)
        made = ew.trace(lambda X: np.sum(np.sin(f(X, axis=1)) ** 2) + np.sum(f(a=X, axis=0)), X=ew.tensor("n", "m"))
        assert made == G
        assert ew.parse(f"{case.numpy}(X, axis=0)", shapes="X: n,m").tape.op(1).name == case.name


@use
def mistakes_are_told(case: Case, G: ew.Graph) -> None:
    f = getattr(ew, case.name)
    for wrong in ({"axis": 7}, {"axes": 1}):
        assert refused(EdgewiseError, lambda wrong=wrong: ew.trace(lambda X: f(X, **wrong), X=ew.tensor(2, 3))).hint


@use
def latex(case: Case, G: ew.Graph) -> None:
    shown = case.name.replace("_", "\\_")
    assert f"\\operatorname{{{shown}}}_{{\\mathrm{{rows}}}}(X)" in G.to_latex()


@use
def sympy(case: Case, G: ew.Graph) -> None:
    if not case.scalars:
        return
    there = G.scalarize(n=2, m=2).to_sympy()
    at = X[:2, :2]
    symbols = sorted(there.free_symbols, key=str)
    near(float(there.diff(symbols[1]).subs(dict(zip(symbols, at.ravel())))), slopes(case, at)[0, 1])


@use
def json_networkx_pickle(case: Case, G: ew.Graph) -> None:
    assert ew.Graph.from_json(G.to_json()) == G
    assert ew.Graph.from_networkx(G.to_networkx()) == G
    assert pickle.loads(pickle.dumps(G)) == G


@use
def evaluated(case: Case, G: ew.Graph) -> None:
    near(G.evaluate(X).result, objective(case, X))
    assert case.name in str(G.gradient().steps(X=X))


@use
def first_derivatives(case: Case, G: ew.Graph) -> None:
    wanted = slopes(case, X)
    for B in (G.gradient(), G.jacobian(order="forward"), G.jacobian(order="reverse")):
        near(np.reshape(B.evaluate(X).outputs[0], X.shape), wanted)
    near(G.jvp().evaluate(X, V).outputs[0], np.sum(wanted * V))
    near(G.vjp().evaluate(X, 2.0).outputs[0], 2 * wanted)
    near(G.tangent("X").evaluate(X).outputs[0], wanted)


@use
def second_derivatives(case: Case, G: ew.Graph) -> None:
    wanted = bends(case)
    for H in (G.hessian(), G.gradient().jacobian()):
        near(np.tensordot(np.reshape(H.evaluate(X).result, (3, 4, 3, 4)), V), wanted, 1e-6)
    near(G.hvp().evaluate(X, V).outputs[0], wanted, 1e-6)


@use
def simplified(case: Case, G: ew.Graph) -> None:
    for level in ("exact", "real", "domain"):
        near(G.gradient().simplify(level).evaluate(X).outputs[0], slopes(case, X))
        near(G.hvp().simplify(level).evaluate(X, V).outputs[0], bends(case), 1e-6)


@use
def programs(case: Case, G: ew.Graph) -> None:
    S = G.gradient().simplify()
    for target in ("numpy", "jax", "torch"):
        if target != "numpy" and not case.libraries and not case.numpy:
            error = refused(LoweringError, lambda target=target: S.to_python(target=target))
            assert case.name in error.what
            assert "numpy" in str(error.hint)
        elif (target == "numpy" or case.libraries or target == "jax") and available(target):
            value, gradient = S.compile(target)(X)
            near(value, objective(case, X))
            near(gradient, slopes(case, X))
    near(G.hvp().simplify().compile("numpy")(X, V)[-1], bends(case), 1e-6)


@use
def native_code_and_other_languages(case: Case, G: ew.Graph) -> None:
    S = graph(case, 3, 4).gradient().simplify()
    for backend in ("llvm", "python", *(["c"] if shutil.which("gcc") or shutil.which("cc") else [])):
        if case.scalars:
            near(S.compile(backend)(X)[1], slopes(case, X))
        else:
            assert case.name in refused(UnsupportedError, lambda backend=backend: S.compile(backend)).what
    if case.scalars and shutil.which("node"):
        source = f"{S.to_js('f')}\nconsole.log(JSON.stringify(f({X.tolist()})));"
        run = subprocess.run(["node", "--input-type=module", "-e", source], capture_output=True, text=True, check=True)
        near(json.loads(run.stdout)[1], slopes(case, X))


@use
def costs_and_structure(case: Case, G: ew.Graph) -> None:
    assert G.cost().by_kind[case.name] == 2
    one = graph(case, 3, 4).cost().work
    assert G.cost().at(n=3, m=4)["work"] == one > 20
    if case.name == "running_logsumexp":  # as much as what it is computed by
        made = ew.trace(
            lambda X: np.sum(np.sin(np.log(np.cumsum(np.exp(X), 1))) ** 2) + np.sum(np.log(np.cumsum(np.exp(X), 0))),
            X=ew.tensor(3, 4),
        )
        assert one == made.cost().work
    if case.scalars:
        small = graph(case, 2, 2).scalarize()
        assert (small.sparsity().nnz, small.hessian_sparsity().nnz) == (4, 12 if case.libraries else 8)


@use
def explanations(case: Case, G: ew.Graph) -> None:
    B = G.gradient()
    told = str(B.explain())
    assert f"differential of {case.name}" in told or "linearity" in told
    assert case.name in str(G.explain() if hasattr(G, "explain") else told)
    assert B.special_points() == []


@use
def pictures(case: Case, G: ew.Graph) -> None:
    B = G.gradient()
    assert case.name in B.to_dot() and case.name in B.explore().html
    assert case.name.replace("_", "#95;") in B.to_mermaid()
    if find_spec("pygraphviz"):
        assert "<svg" in B.to_svg()


def main() -> int:
    failed = 0
    for case in CASES:
        G = graph(case)
        for name, function in USES.items():
            try:
                function(case, G)
            except Exception:
                failed += 1
                print(f"--- {name} of {case.name}\n{traceback.format_exc()}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
