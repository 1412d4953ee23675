"""Source that runs under JAX and torch agrees with the reference interpreter, and can be transformed again."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.lower.python import libraries
from peers import library

TARGET_NAMES = ("jax", "torch")
pytestmark = pytest.mark.peer


def flat(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(np.asarray(value))]


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

    monkeypatch.setattr(libraries, "import_module", missing)
    with pytest.raises(LoweringError, match=rf'pip install "edgewise\[{target}\]"'):
        ew.parse("x").compile(target)
