"""Rows without a formula for a derivative in some argument: refused by name where it is wanted, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from scipy import special

import edgewise as ew
import oracles
from edgewise.errors import DifferentiationError
from edgewise.ops import TABLE, Op, Refusal

REFUSED = [(op, k) for op in TABLE for k, partial in enumerate(op.partials) if isinstance(partial, Refusal)]
AT = {"s": 2.5, "q": 1.5, "a": 2.0, "b": 3.0, "x": 0.3}

WAYS: dict[str, Callable[[ew.Graph, Any], Any]] = {
    "gradient": lambda G, wrt: G.gradient(wrt),
    "forward": lambda G, wrt: G.jacobian(wrt=wrt, order="forward"),
    "reverse": lambda G, wrt: G.jacobian(wrt=wrt, order="reverse"),
    "eliminated": lambda G, wrt: G.jacobian(wrt=wrt, order="markowitz"),
    "tangent": lambda G, wrt: G.tangent(wrt[0]),
    "vjp": lambda G, wrt: G.vjp(wrt),
    "hessian": lambda G, wrt: G.hessian(wrt),
}


def written(op: Op) -> ew.Graph:
    return ew.parse(f"t = {op.name}({', '.join(op.args)}); t*t + {' + '.join(op.args)}")


def test_there_are_such_rows() -> None:
    assert {op.name for op, _ in REFUSED} >= {"gammainc", "gammaincc", "betainc"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("op", "position"), REFUSED, ids=str)
def test_a_derivative_through_it_is_refused_by_name(op: Op, position: int, way: str) -> None:
    G, name = written(op), op.args[position]
    with pytest.raises(
        DifferentiationError, match=rf"derivative of {op.name} in its argument {name} at \w+.*wrt="
    ) as said:
        WAYS[way](G, [name])
    assert "\n" not in str(said.value)
    with pytest.raises(DifferentiationError, match=op.name):
        G.back_propagate({arg: AT[arg] for arg in op.args})


@pytest.mark.parametrize("way", [way for way in WAYS if way != "hessian"])
@pytest.mark.parametrize("op", dict.fromkeys(op for op, _ in REFUSED), ids=str)
def test_the_other_arguments_have_theirs(op: Op, way: str) -> None:
    free = [k for k, partial in enumerate(op.partials) if not isinstance(partial, Refusal)]
    names, point = [op.args[k] for k in free], [AT[arg] for arg in op.args]
    B = WAYS[way](written(op), names)
    given = {arg: AT[arg] for arg in op.args} | ({"ct": 1.0} if way == "vjp" else {})
    found = B.evaluate(*given.values()).outputs
    with mp.workdps(60):
        value = oracles.mp_value(op.name, [mp.mpf(v) for v in point])
        slopes = [
            oracles.mp_derivative(
                lambda *a: oracles.mp_value(op.name, a), point, [int(j == k) for j in range(op.arity)]
            )
            for k in free
        ]
        assert np.allclose(np.ravel(found), [float(2 * value * slope + 1) for slope in slopes], rtol=1e-12)


def test_users_are_told_their_line_and_may_hold_the_argument() -> None:
    def f(a: Any, x: Any) -> Any:
        return special.gammainc(a, x) * a

    with pytest.raises(DifferentiationError, match=r"gammainc in its argument a at \w+.*test_refused_partials\.py:\d+"):
        ew.trace(f, "a", "x").gradient()
    slope = math.exp(-0.5) * 0.5  # x*exp(-x), at a = 2
    assert ew.trace(f, "a", "x").gradient("x").compile()(2.0, 0.5)[1] == pytest.approx(2 * slope, rel=1e-14)
    assert ew.grad(lambda x: f(2.0, x))(0.5) == pytest.approx(2 * slope, rel=1e-14)
    assert ew.trace(f, "a", "x").sparsity().nnz == 2  # it is not zero


def test_tensors_too() -> None:
    G = ew.trace(lambda a, X: np.sum(special.gammaincc(a, X)), a=ew.tensor(), X=ew.tensor("n"))
    for derive in (G.gradient, G.jvp, lambda: G.gradient("a"), G.hessian):
        with pytest.raises(DifferentiationError, match="gammaincc in its argument a"):
            derive()
    X = np.array([0.5, 2.0])
    assert np.allclose(G.gradient("X").evaluate(2.0, X).outputs[0], -X * np.exp(-X), rtol=1e-14)
    assert np.allclose(G.hessian("X").evaluate(2.0, X).outputs[0], np.diag((X - 1) * np.exp(-X)), rtol=1e-13)


def test_an_operation_of_the_users_may_have_such_an_argument() -> None:
    struve = ew.op(
        "struve", "v x", value=special.struve, partials=[Refusal("no formula is known"), lambda v, x: 0 * x + 1]
    )
    G = ew.trace(lambda v, x: struve(v, x), "v", "x")
    assert G.gradient("x").evaluate(0.5, 1.5).outputs == (1.0,)
    with pytest.raises(DifferentiationError, match=r"struve in its argument v at out.*no formula is known"):
        G.gradient()
