"""Source that runs under JAX and torch agrees with the reference interpreter, and can be transformed again."""

from __future__ import annotations

import importlib
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api import Graph
from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Tape
from edgewise.lower.python_targets import TARGETS
from edgewise.ops import Op
from rows import CASES, row_tape, sample
from strategies import KINKED, SMOOTH, tapes_with_points

TARGET_NAMES = ("jax", "torch")
LOOSE = {("polygamma", "torch"): 1e-9}  # torch's own accuracy
pytestmark = pytest.mark.peer


def library(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} is a peer, not a test dependency: pip install {name}")


def flat(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(np.asarray(value))]


@pytest.mark.parametrize("target", TARGET_NAMES)
@pytest.mark.parametrize(("op", "parameter"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_every_operation(op: Op, parameter: Any, target: str) -> None:
    library(target)
    tape = row_tape(op, parameter)
    if TARGETS[target].spelled.get(op.name) == "":
        with pytest.raises(LoweringError, match=f"{target} has no function for the operation '{op.name}'"):
            Graph(tape).to_python(target=target)
        return
    columns = [np.array(column, dtype=float) for column in zip(*sample(op, parameter), strict=True)]
    with np.errstate(all="ignore"):
        expected = np.asarray(forward_propagation(tape, columns).outputs[0], dtype=float)
    got = np.asarray(Graph(tape).compile(target)(*columns), dtype=float)
    inside = np.isfinite(np.broadcast_to(expected, got.shape))
    relative = LOOSE.get((op.name, target), 3e-12)
    np.testing.assert_allclose(got[inside], np.broadcast_to(expected, got.shape)[inside], rtol=relative, atol=1e-14)


@pytest.mark.parametrize("target", TARGET_NAMES)
@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED, "where"), max_outputs=2, max_ops=12))
@settings(deadline=None, max_examples=12)
def test_random_graphs_and_their_derivatives(target: str, case: tuple[Tape, list[float]]) -> None:
    library(target)
    tape, point = case
    J = Graph(tape).jacobian().simplify()
    run = forward_propagation(J.tape, point)
    expected = [float(run.values[n]) for r in J.returns() for n in r.nodes]
    size = max([1.0, *(abs(v) for v in expected if np.isfinite(v))])
    assert flat(J.compile(target)(*point)) == pytest.approx(expected, rel=1e-11, abs=1e-11 * size, nan_ok=True)


def test_jax_transforms_the_source_again() -> None:
    jax = library("jax")
    f = ew.parse("x**3*sin(y) + where(x > 0, sqrt(x), 0)").compile("jax")
    xs = np.linspace(0.5, 2.0, 4)
    got = jax.vmap(f.function, in_axes=(0, None))(xs, 0.3)
    np.testing.assert_allclose(got, xs**3 * np.sin(0.3) + np.sqrt(xs), rtol=1e-6)
    # Differentiated again, the branch that is not selected brings no NaN: its argument is what where selects on.
    assert float(jax.grad(f.function)(2.0, 0.3)) == pytest.approx(12 * np.sin(0.3) + 0.5 / np.sqrt(2.0), rel=1e-6)
    assert float(jax.jit(f.function)(2.0, 0.3)) == pytest.approx(float(f(2.0, 0.3)), rel=1e-6)


def test_torch_follows_the_source() -> None:
    torch = library("torch")
    f = ew.parse("x**3*sin(y)").compile("torch")
    x = torch.tensor([0.5, 2.0], dtype=torch.float64, requires_grad=True)
    f.function(x, 0.3).sum().backward()
    np.testing.assert_allclose(x.grad.numpy(), 3 * np.array([0.25, 4.0]) * np.sin(0.3))


@pytest.mark.parametrize("target", TARGET_NAMES)
def test_groups_batches_names_and_pickles(target: str) -> None:
    library(target)
    w, b = ew.symbols("w", shape=3), ew.symbols("b")
    B = ew.graph(ew.tanh(w[0] * b + w[1]) * w[2]).gradient().simplify()
    f, point = pickle.loads(pickle.dumps(B.compile(target, name="layer"))), np.array([0.1, 0.2, 0.3])
    expected = B.compile("numpy")(point, 0.5)
    assert flat(f(point, b=0.5)) == pytest.approx(flat(expected), rel=1e-13)
    assert "def layer(w, b):" in f.source


@pytest.mark.parametrize("target", TARGET_NAMES)
def test_wrong_arguments_are_refused(target: str) -> None:
    library(target)
    f = ew.parse("x*y").compile(target)
    for wrong in (1j, "a", None):
        with pytest.raises(InputError, match="real numbers"):
            f(wrong, 2.0)
    with pytest.raises(ShapeError, match="broadcast"):
        f(np.zeros(3), np.zeros(2))


@pytest.mark.parametrize("target", TARGET_NAMES)
def test_what_a_library_cannot_follow_is_refused(target: str) -> None:
    twice = ew.op("twice", "x", value=lambda x: 2 * x, partials="2")
    with pytest.raises(LoweringError, match=rf"'twice'.*{target} cannot follow"):
        ew.graph(twice(ew.symbols("x"))).to_python(target=target)
    with pytest.raises(LoweringError, match='sparse="coo"'):
        ew.parse("[x*y, x]").jacobian(sparse="dense").to_python(target=target)


@pytest.mark.parametrize("target", TARGET_NAMES)
def test_a_missing_library_names_the_extra(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(LoweringError, match=rf'pip install "edgewise\[{target}\]"'):
        ew.parse("x").compile(target)
