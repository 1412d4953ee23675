"""Results that are the same at every point: arrays where the inputs are, in printed NumPy, JAX and torch source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from peers import available

TWO = ew.parse("[x + y, 3*x, 7]", inputs=["x", "y"])
GRAPHS = {
    "gradient": ew.parse("x + y").gradient().simplify(),
    "of one": ew.parse("2*x").gradient().simplify(),
    "hessian": ew.parse("x + y").hessian().simplify(),
    "jacobian": TWO.jacobian().simplify(),
    "sparse": TWO.jacobian(sparse="coo").simplify(),
    "tangent": TWO.tangent("x").simplify(),
    "group": ew.trace(lambda w, s: w * 2 + s * w[0], w=2, s=()).jacobian().simplify(),
    "names": ew.parse("shape + shape_2").gradient().simplify(),
    "many": ew.graph(sum(ew.symbols(" ".join(f"x{k}" for k in range(900)))) + 1.0).gradient(),
}


def shapes(value: Any) -> Any:
    if isinstance(value, dict):
        value = tuple(value.values())
    return [shapes(item) for item in value] if isinstance(value, (tuple, list)) else tuple(np.shape(value))


@pytest.mark.parametrize("target", ["numpy", *(pytest.param(t, marks=pytest.mark.peer) for t in ("jax", "torch"))])
@pytest.mark.parametrize("name", GRAPHS)
def test_constants_are_arrays_where_the_inputs_are(name: str, target: str) -> None:
    available(target)
    H = GRAPHS[name]
    if (name, target) == ("many", "jax"):
        pytest.skip("XLA takes seconds")
    here: dict[str, Any] = {}
    exec(H.to_python("f", target), here)
    convert = {"numpy": np.asarray}.get(target)
    if convert is None:
        library = __import__(target)
        convert = library.as_tensor if target == "torch" else library.numpy.asarray
    arrays = [np.ones(p.shape) if p.shape else np.linspace(0, 1, 6).reshape(2, 3) for p in H.parameters]
    numbers = [np.ones(p.shape) if p.shape else 1.0 for p in H.parameters]
    assert shapes(here["f"](*map(convert, arrays))) == shapes(H.compile("llvm")(*arrays))
    assert shapes(here["f"](*(convert(n) if np.ndim(n) else n for n in numbers))) == shapes(H.compile("llvm")(*numbers))
    if name not in ("group", "many", "sparse"):  # and of a column and a row
        column, row = np.ones((2, 1)), np.ones((1, 3))
        given = [column, row][: len(arrays)]
        constant = here["f"](*map(convert, given))
        assert shapes(constant)[-1] == shapes(H.compile("numpy")(*given))[-1] or name == "tangent"


def test_only_what_is_the_same_at_every_point_is_filled() -> None:
    assert "full" not in ew.parse("x*y + sin(x)").gradient().simplify().to_python(target="numpy")
    assert "full" not in GRAPHS["gradient"].to_python(target="math")
    assert GRAPHS["gradient"].to_python(target="numpy").count("np.full(shape, 1.0)[()]") == 2
    group = ew.trace(lambda w: w * 2, w=2).jacobian().simplify()
    assert "full" not in group.to_python(target="numpy")
