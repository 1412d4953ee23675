"""`grad`, `value_and_grad`, `jacobian`, `hessian`, `jit`: containers, names, what is read anew, what is refused."""

from __future__ import annotations

import collections
import dataclasses
import inspect
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import DifferentiationError, EdgewiseError, InputError, ShapeError, SymbolicBoolError


@dataclasses.dataclass(frozen=True)
class Layer:
    weight: Any
    bias: Any = 0.0
    activation: Any = np.tanh
    name: str = "layer"

    def __call__(self, x: Any) -> Any:
        return self.activation(self.weight * x + self.bias)


@dataclasses.dataclass(slots=True)
class Slotted:
    x: Any
    y: Any


class Attrs:
    """A class as `attrs` makes them, with their mark."""

    __attrs_attrs__ = (type("Field", (), {"name": "x"}), type("Field", (), {"name": "y"}))

    def __init__(self, x: Any, y: Any) -> None:
        self.x, self.y = x, y


Pair = collections.namedtuple("Pair", "x y")

CONTAINERS = {
    "list": [2.0, 3.0],
    "tuple": (2.0, 3.0),
    "named tuple": Pair(2.0, 3.0),
    "dict": {"y": 3.0, "x": 2.0},
    "ordered dict": collections.OrderedDict(x=2.0, y=3.0),
    "default dict": collections.defaultdict(float, x=2.0, y=3.0),
    "deque": collections.deque([2.0, 3.0]),
    "dataclass with slots": Slotted(2.0, 3.0),
    "attrs class": Attrs(2.0, 3.0),
}


def both(tree: Any) -> tuple[Any, Any]:
    if isinstance(tree, dict):
        return tree["x"], tree["y"]
    return (tree.x, tree.y) if hasattr(tree, "x") else (tree[0], tree[1])


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_derivative_has_the_container_of_its_argument(name: str) -> None:
    def f(tree: Any) -> Any:
        x, y = both(tree)
        return x**2 * y

    found = ew.grad(f)(CONTAINERS[name])
    assert type(found) is type(CONTAINERS[name])
    assert both(found) == (12.0, 4.0)
    second = ew.hessian(f)(CONTAINERS[name])
    assert [both(row) for row in both(second)] == [(6.0, 4.0), (4.0, 0.0)]


def test_containers_nest_and_hold_what_is_no_number() -> None:
    layers = {"first": Layer(np.array([1.0, 2.0])), "rest": [Layer(0.5, 0.25, np.sin), (None, "text")]}

    def f(tree: Any, x: Any) -> Any:
        return tree["rest"][0](np.sum(tree["first"](x)))

    found = ew.grad(f)(layers, 0.3)
    inner = np.tanh(np.array([1.0, 2.0]) * 0.3)
    outer = np.cos(0.5 * inner.sum() + 0.25)
    assert found["first"].weight == pytest.approx(outer * 0.5 * 0.3 * (1 - inner**2), rel=1e-14)
    assert found["first"].bias == pytest.approx(outer * 0.5 * (1 - inner**2).sum(), rel=1e-14)
    assert found["rest"][0].weight == pytest.approx(outer * inner.sum(), rel=1e-14)
    assert found["first"].activation is None and found["first"].name is None and found["rest"][1] == (None, None)


def test_whole_numbers_in_a_container_are_counts_where_they_must_be() -> None:
    found = ew.grad(lambda p: sum(p["x"] ** k for k in range(p["n"])))({"x": 2.0, "n": 4})
    assert found == {"x": 17.0, "n": None}
    assert ew.grad(lambda p: p["x"] * p["n"])({"x": 2.0, "n": 4}) == {"x": 4.0, "n": 2.0}


def area(width: Any, height: Any = 3.0, *, scale: Any = 2.0) -> Any:
    return width**2 * height * scale


@pytest.mark.parametrize(
    ("argnums", "expected"),
    [
        (0, 24.0),
        (1, 8.0),
        (-1, 8.0),
        ("height", 8.0),
        ("scale", 12.0),
        (("scale", 0), (12.0, 24.0)),
        ([1], (8.0,)),
    ],
)
def test_arguments_by_number_and_by_name(argnums: Any, expected: Any) -> None:
    derived = ew.grad(area, argnums)
    assert derived(2.0, 3.0, scale=2.0) == expected
    if argnums != -1:
        # However they are handed over.
        assert derived(2.0, height=3.0, scale=2.0) == expected
        assert derived(height=3.0, scale=2.0, width=2.0) == expected
    if argnums in ("height", "scale"):
        assert derived(2.0) == expected  # its default


def test_what_comes_beside_the_value() -> None:
    def f(x: Any, label: str) -> Any:
        return np.sum(x**2), {"twice": 2 * x, "label": label, "count": len(x), "none": None}

    x = np.array([1.0, 3.0])
    gradient, aux = ew.grad(f, has_aux=True)(x, "a")
    assert gradient.tolist() == [2.0, 6.0]
    assert aux["twice"].tolist() == [2.0, 6.0]
    assert (aux["label"], aux["count"], aux["none"]) == ("a", 2, None)
    (value, aux), gradient = ew.value_and_grad(f, has_aux=True)(x, "b")
    assert (value, aux["label"], gradient.tolist()) == (10.0, "b", [2.0, 6.0])
    assert ew.hessian(f, has_aux=True)(x, "c")[0].tolist() == [[2.0, 0.0], [0.0, 2.0]]
    assert ew.jacobian(lambda x: (x * x, "d"), has_aux=True)(x)[1] == "d"


def test_what_is_no_number_goes_in_as_it_is() -> None:
    def f(x: Any, power: int, mode: str, function: Any, flag: bool = True) -> Any:
        total = sum(function(x) ** k for k in range(power))
        return total if mode == "plain" and flag else -total

    assert ew.grad(f)(2.0, 3, "plain", lambda x: x) == 5.0
    assert ew.grad(f)(2.0, 4, "plain", lambda x: x) == 17.0
    assert ew.grad(f)(2.0, 4, "turned", lambda x: x) == -17.0
    assert ew.grad(f)(2.0, 4, "plain", lambda x: x, flag=False) == -17.0
    assert ew.grad(lambda x, y: x * y.value)(2.0, type("Box", (), {"value": 7.0})()) == 7.0


def test_data_that_decides_is_a_constant_of_the_call() -> None:
    def f(x: Any, threshold: Any, table: Any) -> Any:
        return x * table[0] if threshold > 0 else x * table[int(-threshold)]

    derived = ew.grad(f)
    assert [derived(1.0, t, np.array([2.0, 3.0])) for t in (1.0, -1.0, 1.0)] == [2.0, 3.0, 2.0]
    assert ew.grad(lambda x, t: x * t, static="t")(1.0, 4.0) == 4.0
    mask = np.array([True, False, True])
    assert ew.grad(lambda x, m: np.sum(x[m] ** 2))(np.arange(3.0), mask).tolist() == [0.0, 0.0, 4.0]


class Model:
    stiffness = 2.0

    def energy(self, x: Any, y: Any = 1.0) -> Any:
        return self.stiffness * x**2 * y

    force = ew.grad(energy, 1)


SCALE = 2.0


def test_nothing_is_stale() -> None:
    model = Model()
    derived = ew.grad(model.energy)
    assert derived(1.0) == 4.0
    model.stiffness = 5.0
    assert derived(1.0) == 10.0
    assert model.force(1.0) == 10.0 and Model.force(model, 1.0) == 10.0  # the second time by a method of the class
    weights = np.array([1.0, 2.0])
    weighted = ew.grad(lambda x: np.sum(weights * x))
    assert weighted(np.zeros(2)).tolist() == [1.0, 2.0]
    weights[0] = 7.0
    assert weighted(np.zeros(2)).tolist() == [7.0, 2.0]
    global SCALE
    by_global = ew.grad(lambda x: SCALE * x)
    assert by_global(1.0) == 2.0
    SCALE = 3.0
    try:
        assert by_global(1.0) == 3.0
    finally:
        SCALE = 2.0
    random = np.random.default_rng(1)
    drawn = ew.grad(lambda x: x * float(random.normal()))
    assert drawn(1.0) != drawn(1.0)


def test_jit_traces_once() -> None:
    calls = []

    def f(x: Any, power: int = 2) -> Any:
        calls.append(power)
        return {"value": np.sum(x**power), "pair": (x, 1.0)}

    compiled = ew.jit(f)
    x = np.array([1.0, 2.0])
    assert compiled(x)["value"] == 5.0 and compiled(x + 1)["value"] == 13.0
    assert calls == [2]
    assert compiled(x, 3)["value"] == 9.0 and compiled(x, power=3)["value"] == 9.0
    assert calls == [2, 3, 3]
    assert compiled(2.0) == {"value": 4.0, "pair": (2.0, 1.0)}
    model = Model()
    frozen = ew.jit(ew.grad(model.energy))
    assert frozen(1.0) == 4.0
    model.stiffness = 5.0
    assert frozen(1.0) == 4.0
    with pytest.raises(SymbolicBoolError, match=r"x > 0.*test_transforms.py"):
        ew.jit(lambda x: x if x > 0 else -x)(1.0)


def test_each_distinct_graph_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from edgewise import lower

    made = []
    whole = lower.compile_program
    monkeypatch.setattr("edgewise.lower.compile_program", lambda *a, **k: made.append(1) or whole(*a, **k))
    monkeypatch.setattr("edgewise.api.transforms.compiling._held", collections.OrderedDict())
    derived = ew.grad(lambda x, n: sum(x**k for k in range(n)))
    for n in (3, 4, 3, 4, 3):
        derived(2.0, n)
    assert len(made) == 2


def test_derivatives_inside_derivatives() -> None:
    assert ew.grad(ew.grad(ew.grad(lambda x: x**4)))(2.0) == 48.0
    # What the inner function reads by its closure is held fixed, also where it is its own argument.
    assert ew.grad(lambda x: ew.grad(lambda y: x * y**2)(2.0))(3.0) == 4.0
    assert ew.grad(lambda x: x * ew.grad(lambda y: x + y)(1.0))(3.0) == 1.0
    assert ew.grad(lambda x: ew.grad(lambda y: x * y)(x))(3.0) == 1.0
    a = np.array([[1.0, 2.0], [3.0, 4.0]])
    x, v = np.array([0.3, -0.2]), np.array([1.0, 2.0])

    def f(x: Any) -> Any:
        return np.sum(np.sin(a @ x))

    hessian = ew.hessian(f)(x)
    assert hessian == pytest.approx(-a.T @ np.diag(np.sin(a @ x)) @ a, rel=1e-13)
    assert ew.grad(lambda x: ew.grad(f)(x) @ v)(x) == pytest.approx(hessian @ v, rel=1e-13)
    assert ew.jacobian(ew.grad(f))(x) == pytest.approx(hessian, rel=1e-13)
    third = -np.einsum("k,ki,kj,kl->ijl", np.cos(a @ x), a, a, a)
    assert ew.jacobian(ew.hessian(f))(x) == pytest.approx(third, rel=1e-12)
    assert ew.jit(ew.grad(f))(x) == pytest.approx(ew.grad(f)(x), rel=1e-15)
    t = ew.symbols("t")
    graph = ew.graph(ew.grad(lambda s: s**3)(t)).simplify()
    assert graph.text(graph.outputs[0]) == "3*t**2"


def test_arrays_are_tensors_where_that_is_better() -> None:
    a = np.array([[0.0, 2.0], [1.0, 1.0]])  # without exchanging rows there is no way through
    b = np.array([1.0, 3.0])
    assert ew.grad(np.linalg.det)(a) == pytest.approx(np.linalg.det(a) * np.linalg.inv(a).T, rel=1e-14)
    x = np.linalg.solve(a, b)
    found = ew.grad(lambda a, b: np.sum(np.linalg.solve(a, b)), (0, 1))(a, b)
    back = np.linalg.solve(a.T, np.ones(2))
    assert found[0] == pytest.approx(-np.outer(back, x), rel=1e-13)
    assert found[1] == pytest.approx(back, rel=1e-13)
    large = np.linspace(-30, 30, 5_000)
    assert ew.grad(lambda x: np.sum(np.tanh(x)))(large) == pytest.approx(1 / np.cosh(large) ** 2, abs=1e-13)

    def one_by_one(x: Any) -> Any:
        total = 0.0
        for k in range(len(x) - 1):
            total = total + (x[k + 1] - x[k] ** 2) ** 2
        return total

    x = np.linspace(-1, 1, 12)
    inner = x[1:] - x[:-1] ** 2
    assert ew.grad(one_by_one)(x) == pytest.approx(
        2 * np.concatenate([[0], inner]) - np.concatenate([4 * x[:-1] * inner, [0]]), abs=1e-14
    )

    def in_place(x: Any) -> Any:
        x[0] = x[1] * 2
        return np.sum(x**2)

    assert ew.grad(in_place)(np.array([5.0, 1.0])).tolist() == [0.0, 10.0]


@pytest.mark.parametrize("value", [3, 3.0, True, Fraction(3), np.float32(3), np.int64(3), np.array(3.0), np.array(3)])
def test_every_real_number_is_taken(value: Any) -> None:
    assert ew.grad(lambda x: x**2)(value) == 2 * float(value)


def test_float32_in_gives_float32_out() -> None:
    x = np.arange(3, dtype=np.float32)
    assert ew.grad(lambda x: np.sum(x**2))(x).dtype == np.float32
    assert ew.hessian(lambda x: np.sum(x**2))(x).dtype == np.float32
    mixed = ew.grad(lambda x, y: np.sum(x * y), (0, 1))(x, np.ones(3))
    assert [part.dtype for part in mixed] == [np.float32, np.float64]
    assert ew.grad(lambda x: np.sum(x**2))(np.arange(3)).dtype == np.float64


def test_a_derived_function_looks_like_its_own() -> None:
    derived = ew.grad(area, "scale")
    assert derived.__name__ == "grad_area" and derived.__module__ == __name__
    assert list(inspect.signature(derived).parameters) == ["width", "height", "scale"]
    assert ew.jacobian(np.sin)(0.0) == 1.0  # a function without a signature of Python's


REFUSED: dict[str, tuple[Any, type, str]] = {
    "a text": (lambda: ew.grad("x**2"), InputError, r"edgewise\.parse\('x\*\*2'\)\.gradient\(\)"),
    "a graph": (lambda: ew.hessian(ew.parse("x**2")), InputError, r"G\.hessian\(\)"),
    "a number": (lambda: ew.jit(3), InputError, "takes a function"),
    "no number": (lambda: ew.grad(lambda x: x)("a"), InputError, "holds no number"),
    "too few arguments": (lambda: ew.grad(lambda x: x, 1)(1.0), InputError, "without the argument 1"),
    "no such name": (lambda: ew.grad(lambda x: x, "y")(1.0), InputError, "names no argument.*its arguments are x"),
    "static and differentiated": (lambda: ew.grad(lambda x: x, static=0)(1.0), InputError, "one of them"),
    "a complex number": (lambda: ew.grad(lambda x: x)(1j), InputError, "complex"),
    "an array": (lambda: ew.grad(lambda x: x * np.ones(2))(1.0), DifferentiationError, r"shape \(2,\).*jacobian"),
    "two results": (lambda: ew.hessian(lambda x: (x, x))(1.0), DifferentiationError, "2 results"),
    "nothing": (lambda: ew.grad(lambda x: None)(1.0), DifferentiationError, "returned None"),
    "no aux": (lambda: ew.grad(lambda x: x, has_aux=True)(1.0), DifferentiationError, "has_aux"),
    "a branch": (lambda: ew.grad(lambda x: x if x > 0 else -x)(1.0), SymbolicBoolError, r"x > 0.*test_transforms\.py"),
    "shapes": (lambda: ew.grad(lambda x: np.sum(x @ np.ones(3)))(np.ones(2)), ShapeError, r"test_transforms\.py"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_say_what_to_do(name: str) -> None:
    call, kind, words = REFUSED[name]
    with pytest.raises(kind, match=words) as caught:
        call()
    assert isinstance(caught.value, EdgewiseError) and caught.value.hint and "\n" not in str(caught.value)
