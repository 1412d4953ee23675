"""Every use of an operation, for one that a newcomer has just added as a row: run as a script, it prints its failures.

It runs against a copy of the library with the row in its table: `python tests/new_row_uses.py gudermannian`.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

import edgewise as ew

NAME = "gudermannian"
ROW = """    _row("gudermannian", "x", lambda x: 2*np.arctan(np.tanh(x/2)), "1/cosh(x)", doc="the gudermannian",
         computed="2*atan(tanh(x/2))"),
"""
"""What is added to `ops/table.py`. mpmath: gd(x) = 2 atan(tanh(x/2)), gd' = sech, gd'' = -sech tanh."""

AT = (0.7, 1.3)


def value(x: Any) -> Any:
    return 2 * np.arctan(np.tanh(np.asarray(x) / 2))


def slope(x: Any) -> Any:
    return 1 / np.cosh(x)


def bend(x: Any) -> Any:
    return -np.tanh(x) / np.cosh(x)


VALUE = value(0.91) + 0.7
GRADIENT = (1.3 * slope(0.91) + 1, 0.7 * slope(0.91))
CROSS = 0.91 * bend(0.91) + slope(0.91)
HESSIAN = np.array([[1.69 * bend(0.91), CROSS], [CROSS, 0.49 * bend(0.91)]])

USES: dict[str, Callable[[Any, ew.Graph], None]] = {}


def use(function: Callable[[Any, ew.Graph], None]) -> Callable[[Any, ew.Graph], None]:
    USES[function.__name__] = function
    return function


def near(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(np.asarray(found, dtype=float), wanted, rtol=1e-12, atol=1e-13)


@use
def shown(f: Any, G: ew.Graph) -> None:
    assert NAME in repr(G) and NAME in repr(f(ew.symbols("x"))) and f.__doc__.startswith("the gudermannian")


@use
def text_and_back(f: Any, G: ew.Graph) -> None:
    assert ew.parse(G.text(G.outputs[0])) == G


@use
def numbers_and_arrays(f: Any, G: ew.Graph) -> None:
    near(f(0.4), value(0.4))
    near(f(np.array([0.4, -3.0])), value([0.4, -3.0]))


@use
def traced(f: Any, G: ew.Graph) -> None:
    assert ew.trace(lambda x, y: f(x * y) + x, "x", "y") == G
    near(ew.grad(lambda v: np.sum(f(v)))(np.array([0.1, 0.2, 0.3])), slope(np.array([0.1, 0.2, 0.3])))


@use
def sympy_both_ways(f: Any, G: ew.Graph) -> None:
    there = G.to_sympy()
    near(float(there.diff("x").subs({"x": 0.7, "y": 1.3})), GRADIENT[0])
    near(ew.graph(there, inputs=["x", "y"]).evaluate(*AT).result, VALUE)


@use
def latex(f: Any, G: ew.Graph) -> None:
    assert NAME in G.to_latex()


@use
def json_networkx_pickle(f: Any, G: ew.Graph) -> None:
    assert ew.Graph.from_json(G.to_json()) == G
    assert ew.Graph.from_networkx(G.to_networkx()) == G
    assert pickle.loads(pickle.dumps(G)) == G


@use
def evaluated(f: Any, G: ew.Graph) -> None:
    near(G.evaluate(*AT, check_nans=True).result, VALUE)
    assert NAME in str(G.gradient().steps(x=0.7, y=1.3))


@use
def first_derivatives(f: Any, G: ew.Graph) -> None:
    for B in (G.gradient(), *(G.jacobian(order=order) for order in ("forward", "reverse", "markowitz"))):
        near(B.evaluate(*AT).outputs, GRADIENT)
    near(G.tangent("x").evaluate(*AT).outputs, GRADIENT[:1])
    near(G.jvp().evaluate(*AT, 1.0, 2.0).outputs, [GRADIENT[0] + 2 * GRADIENT[1]])
    near(G.vjp().evaluate(*AT, 2.0).outputs, np.multiply(2, GRADIENT))


@use
def second_derivatives(f: Any, G: ew.Graph) -> None:
    for H in (G.hessian(), G.hessian(sparse="dense"), G.gradient().jacobian()):
        near(np.reshape(H.evaluate(*AT).result, (2, 2)), HESSIAN)
    near(G.hvp().evaluate(*AT, 1.0, 0.0).outputs, HESSIAN[0])


@use
def simplified(f: Any, G: ew.Graph) -> None:
    for level in ("exact", "real", "domain"):
        near(np.reshape(G.hessian().simplify(level).evaluate(*AT).outputs, (2, 2)), HESSIAN)


@use
def sources_and_back_ends(f: Any, G: ew.Graph) -> None:
    S = G.hessian().simplify()
    for target in ("math", "numpy", "jax", "torch"):
        assert NAME in S.to_python(target=target)
    compilers = {"c": shutil.which("gcc") or shutil.which("cc"), "jax": find_spec("jax"), "torch": find_spec("torch")}
    for backend in ("llvm", "numpy", "python", "c", "jax", "torch"):
        if compilers.get(backend, True):
            near(np.asarray(S.compile(backend=backend)(*AT)[2], dtype=float), HESSIAN)


@use
def native_code_in_both_tiers(f: Any, G: ew.Graph) -> None:
    compiled = G.gradient().simplify().compile()
    near(compiled(*AT)[1], GRADIENT)
    many = np.linspace(-3, 3, 100_001)
    near(compiled(many, 1.0)[1][0], slope(many) + 1)


@use
def javascript(f: Any, G: ew.Graph) -> None:
    source = G.gradient().simplify().to_js("f")
    assert NAME in source
    if shutil.which("node"):
        run = ["node", "--input-type=module", "-e", source + "\nconsole.log(JSON.stringify(f(0.7, 1.3)));"]
        near(json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)[1], GRADIENT)


@use
def tensors(f: Any, G: ew.Graph) -> None:
    T, X = ew.trace(lambda X: np.sum(f(X)), X=ew.tensor("n")), np.array([0.1, -0.2])
    near(T.gradient().evaluate(X=X).outputs[0], slope(X))
    near(T.gradient().simplify().compile("numpy")(X)[1], slope(X))
    near(T.hessian().simplify().evaluate(X=X).outputs[0], np.diag(bend(X)))
    near(T.scalarize(n=2).evaluate(X).result, value(X).sum())
    assert (ew.parse(T.text(T.outputs[0]), shapes="X: n") == T) and (ew.Graph.from_json(T.to_json()) == T)
    assert NAME in T.gradient().to_python(target="jax") and NAME in T.to_latex()


@use
def costs_and_structure(f: Any, G: ew.Graph) -> None:
    assert G.cost().by_kind[NAME] == 1
    assert (G.sparsity().nnz, G.hessian_sparsity().nnz) == (2, 4)


@use
def explanations(f: Any, G: ew.Graph) -> None:
    B = G.gradient()
    assert f"derivative of {NAME}" in str(B.explain())
    assert B.special_points() == []


@use
def pictures(f: Any, G: ew.Graph) -> None:
    B = G.gradient()
    assert NAME in B.to_dot() and "gudermannian" in B.explore().html
    if find_spec("pygraphviz"):
        assert "<svg" in B.to_svg()


def main() -> int:
    x, y = ew.symbols("x y")
    failed = 0
    for name, function in USES.items():
        try:
            f = getattr(ew, NAME)
            function(f, ew.graph(f(x * y) + x, inputs=["x", "y"]))
        except Exception:
            failed += 1
            print(f"--- {name}\n{traceback.format_exc()}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
