"""Arguments as strangers give them: containers, numbers and names of arguments, what is refused, nothing shared."""

from __future__ import annotations

import collections
import copy
import inspect
import pickle
import types
from collections.abc import AsyncIterator, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import DifferentiationError, EdgewiseError, InputError, ShapeError


class AttributeDict(dict[str, Any]):
    """The well-known recipe: its items are its attributes."""

    def __init__(self, *args: Any, **items: Any) -> None:
        super().__init__(*args, **items)
        self.__dict__ = self


class Bunch(dict[str, Any]):
    """Made by keywords alone, as scikit-learn has it."""

    def __init__(self, **items: Any) -> None:
        super().__init__(items)


class Items(list[Any]):
    pass


class Counted(dict[str, Any]):
    """Its constructor takes something else."""

    def __init__(self, count: int, value: float) -> None:
        super().__init__({str(k): value for k in range(count)})


CONTAINERS = {
    "attribute dict": AttributeDict(x=2.0, y=3.0),
    "bunch": Bunch(x=2.0, y=3.0),
    "namespace": types.SimpleNamespace(x=2.0, y=3.0),
    "mapping proxy": types.MappingProxyType({"x": 2.0, "y": 3.0}),
    "user dict": collections.UserDict(x=2.0, y=3.0),
    "chain map": collections.ChainMap({"x": 2.0, "y": 3.0}),
    "list": Items([2.0, 3.0]),
    "user list": collections.UserList([2.0, 3.0]),
    "nested": Items([AttributeDict(x=2.0, y=3.0), None])[:],
}


def both(tree: Any) -> tuple[Any, Any]:
    if isinstance(tree, types.SimpleNamespace):
        return tree.x, tree.y
    tree = tree[0] if isinstance(tree[0] if isinstance(tree, list) else 0, dict) else tree
    return (tree["x"], tree["y"]) if hasattr(tree, "keys") else (tree[0], tree[1])


@pytest.mark.parametrize("name", CONTAINERS)
def test_kin_of_lists_and_dictionaries_are_containers(name: str) -> None:
    given = CONTAINERS[name]
    f = lambda tree: both(tree)[0] ** 2 * both(tree)[1]
    found = ew.grad(f)(given)
    assert type(found) is type(given) and both(found) == (12.0, 4.0)
    assert type(ew.jit(lambda tree: tree)(given)) is type(given)
    assert ew.grad(lambda s, tree: s * both(tree)[1])(5.0, given) == 3.0  # as data


def test_what_cannot_be_made_of_other_values_is_itself() -> None:
    given = Counted(2, 3.0)
    assert ew.grad(lambda x, held: x * held["1"])(2.0, given) == 3.0
    with pytest.raises(InputError, match=r"holds no number to differentiate in: it is .*of type Counted; give"):
        ew.grad(lambda held: held["1"])(given)


def f(x: Any, /, y: Any, z: Any = 5.0, *rest: Any, w: Any = 7.0, **more: Any) -> Any:
    return x * y**2 * z**3 * w * sum(rest, 1.0) * more.get("v", 1.0)


@pytest.mark.parametrize(
    ("argnums", "args", "keywords", "expected"),
    [
        (2, (1.0, 1.0), {}, 3 * 25 * 7.0),  # a default, by number
        (1, (1.0,), {"y": 2.0}, 4 * 125 * 7.0),
        (-1, (1.0, 1.0, 2.0), {}, 3 * 4 * 7.0),
        (3, (1.0, 1.0, 1.0, 2.0), {}, 7.0),  # one of *rest
        (np.int64(0), (3.0, 1.0), {}, 125 * 7.0),
        ("w", (1.0, 1.0, 1.0, 2.0, 2.0), {}, 5.0),  # a keyword has no place among those by position
        ("w", (1.0, 1.0, 1.0, 2.0, 2.0), {"w": 1.0}, 5.0),
        ("v", (1.0, 1.0, 1.0), {"v": 2.0}, 7.0),
        ((0, 0), (3.0, 1.0, 1.0), {}, (7.0, 7.0)),
        (("x", 1, "y"), (3.0, 1.0, 1.0), {}, (7.0, 42.0, 42.0)),
        (np.array([0, 1]), (3.0, 1.0, 1.0), {}, (7.0, 42.0)),
        (range(2), (3.0, 1.0, 1.0), {}, (7.0, 42.0)),
        ((), (3.0, 1.0), {}, ()),
    ],
)
def test_arguments_are_chosen_by_number_and_name(argnums: Any, args: Any, keywords: Any, expected: Any) -> None:
    found = ew.grad(f, argnums)(*args, **keywords)
    assert found == expected and isinstance(found, tuple) == isinstance(expected, tuple)


def test_a_default_of_an_argument_that_stands_by_position_only() -> None:
    def g(x: Any, y: Any = 3.0, /) -> Any:
        return x * y**2

    assert ew.grad(g, 1)(2.0) == ew.grad(g, "y")(2.0) == 12.0


@pytest.mark.parametrize(
    ("argnums", "said"),
    [
        ("rest", r"names all of \*rest.*; its arguments are x, y, z, w, by position it was given 0, 1, 2, 3"),
        ("more", r"names all of \*\*more"),
        (9, "without the argument 9, which argnums asks for; its arguments are x, y, z, w"),
        (-9, "without the argument -9"),
        (1.0, "argnums is 1.0; give the number or the name of an argument"),
        (None, "argnums is None"),
        (True, "argnums is True"),
        ([[0], 1], r"argnums is \[\[0\], 1\]"),
    ],
)
def test_what_names_no_argument(argnums: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ew.grad(f, argnums)(1.0, 1.0, 1.0, 2.0)


NOTHING = [{}, [], None, "text", {"a": "text"}, {1.0, 2.0}, range(3), iter([1.0])]


@pytest.mark.parametrize("given", NOTHING, ids=lambda given: type(given).__name__)
def test_what_holds_no_number_is_shown_as_it_was_given(given: Any) -> None:
    with pytest.raises(InputError) as caught:
        ew.grad(lambda p: 1.0)(given)
    assert f"it is {given!r:.60} of type {type(given).__name__}; give a number" in str(caught.value)


def generator(x: Any) -> Iterator[Any]:
    yield x


async def coroutine(x: Any) -> Any:
    return x


async def asynchronous(x: Any) -> AsyncIterator[Any]:
    yield x


@pytest.mark.parametrize("door", ["grad", "value_and_grad", "jacobian", "hessian", "jit", "vmap"])
@pytest.mark.parametrize("fn", [generator, coroutine, asynchronous], ids=lambda fn: fn.__name__)
def test_functions_that_yield_or_are_awaited(door: str, fn: Any) -> None:
    with pytest.raises(InputError, match=f"{fn.__name__} is a .*function; give a function that returns"):
        getattr(ew, door)(fn)


@pytest.mark.parametrize("door", ["grad", "jacobian", "jit"])
def test_iterators_are_no_results(door: str) -> None:
    with pytest.raises(DifferentiationError, match=r"returned a (map|generator) .*; return its values in a list"):
        getattr(ew, door)(lambda x: map(np.sin, x))(np.ones(2))
    with pytest.raises(DifferentiationError, match=r"returned a (map|generator) .*; return its values in a list"):
        getattr(ew, door)(lambda x: (v for v in x))(np.ones(2))


def test_arrays_of_objects_are_arrays_of_numbers() -> None:
    g = ew.grad(lambda x: np.sum(x**2))
    assert g(np.array([1, 2.0, Fraction(1, 2)], dtype=object)).tolist() == [2.0, 4.0, 1.0]
    assert ew.grad(lambda x, data: np.sum(x * data))(2.0, np.array([1.0, 2.0], dtype=object)) == 3.0
    with pytest.raises(InputError, match=r"as in x\.filled"):
        g(np.ma.array([1.0, 2.0], mask=[True, False]))


def test_nothing_of_a_kept_trace_is_shared_with_callers() -> None:
    fixed = ew.jit(lambda x: (x, np.arange(3.0), {"ones": np.ones(2)}, [1.0]))
    first = fixed(np.zeros(2))
    first[1][:], first[2]["ones"][:], first[0][:] = 7.0, 7.0, 7.0
    first[3].append(2.0)
    second = fixed(np.zeros(2))
    assert second[1].tolist() == [0.0, 1.0, 2.0] and second[2]["ones"].tolist() == [1.0, 1.0]
    assert second[0].tolist() == [0.0, 0.0] and second[3] == [1.0]


@pytest.mark.parametrize("shape", [(0,), (0, 3), (0, 2, 3)])
def test_a_batch_of_no_examples_has_the_shapes_of_one(shape: Any) -> None:
    batch = np.zeros(shape)
    assert ew.vmap(np.sin)(batch).shape == shape
    assert ew.vmap(ew.grad(lambda x: np.sum(x**2)))(batch).shape == shape
    value, twice = ew.vmap(lambda x: (np.sum(x), 2 * x), out_axes=0)(batch)
    assert value.shape == (0,) and twice.shape == shape
    with pytest.raises(ShapeError, match="a batch of no examples"):
        ew.vmap(lambda x: float(np.sum(x)))(batch)


def cube(x: Any) -> Any:
    return np.sum(x**3)


@ew.grad
def square_slope(x: Any) -> Any:
    return x**2


MADE = {
    "grad": ew.grad(cube),
    "value_and_grad": ew.value_and_grad(cube),
    "jacobian": ew.jacobian(cube, argnums="x"),
    "hessian": ew.hessian(cube),
    "jit": ew.jit(cube),
    "vmap": ew.vmap(cube),
    "jit of grad": ew.jit(ew.grad(cube)),
    "vmap of grad": ew.vmap(ew.grad(cube), in_axes=1),
    "decorator": square_slope,
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_of_a_function_is_copied_and_sent_as_functions_are(name: str) -> None:
    made = MADE[name]
    x = 2.0 if name == "decorator" else np.array([[1.0, 2.0], [3.0, 4.0]])
    expected = made(x)
    for other in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        found = other(x)
        assert isinstance(found, tuple) == isinstance(expected, tuple)
        for part, same in zip(*((v if isinstance(v, tuple) else (v,)) for v in (found, expected)), strict=True):
            assert np.array_equal(part, same)
        assert list(inspect.signature(other).parameters) == ["x"] and other.__name__ == made.__name__
    assert repr(made).startswith(f"<{made.__name__}(x") and made.__doc__.endswith(", by edgewise.")
    if name == "decorator":
        assert pickle.loads(pickle.dumps(made)) is made


def test_as_a_decorator_it_is_a_method() -> None:
    class Spring:
        k = 3.0

        @ew.grad
        def wrong(self, x: Any) -> Any:
            return self.k * x**2

        force = ew.grad(lambda self, x: self.k * x**2, "x")

    assert Spring().force(2.0) == Spring.force(Spring(), 2.0) == 12.0
    with pytest.raises(EdgewiseError, match="holds no number"):
        Spring().wrong(2.0)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"out_axes": 1}, "out_axes is 1, and a result of one example has 0 axes; give one from -1 to 0"),
        ({"out_axes": "first"}, "out_axes is 'first'"),
        ({"in_axes": "rows"}, "in_axes has 'rows', which is no axis"),
        ({"in_axes": 1.0}, "in_axes has 1.0, which is no axis"),
        ({"in_axes": 2}, r"in_axes has 2 for an array of shape \(2, 3\)"),
        ({"in_axes": (0, 1)}, "in_axes has 2 entries and <lambda> was called with 1"),
    ],
)
def test_axes_of_a_batch_that_are_none(options: Any, said: str) -> None:
    for f in (lambda x: np.sum(x), lambda x: float(np.sum(x))):  # compiled, and example by example
        with pytest.raises((InputError, ShapeError), match=said):
            ew.vmap(f, **options)(np.ones((2, 3)))


def test_a_function_of_nothing_symbolic_is_compiled() -> None:
    assert ew.jit(lambda: 3.0)() == 3.0
    assert ew.jit(lambda n: n + 1)(2) == 3
    assert ew.jit(lambda n, name: np.ones(n) * len(name))(2, "ab").tolist() == [2.0, 2.0]
