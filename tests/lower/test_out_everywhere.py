"""`out=` and `threads=` of every back end, of scalars, groups, tensors, dictionaries and sparse results."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers
from edgewise.errors import EdgewiseError, InputError, ShapeError

POINTS = np.random.default_rng(5).normal(size=(6, 3, 3)) + 4 * np.eye(3)
BACKENDS = ["llvm", "numpy", "python", "c"]


def solved(A: Any, b: Any) -> Any:
    return b @ np.linalg.solve(A, b)


GRAPHS: dict[str, tuple[Callable[[], Any], tuple[Any, ...]]] = {
    "scalars": (lambda: ew.parse("exp(-x*y)*sin(x) + y").gradient(), (POINTS[:, 0, 0], 2.0)),
    "broadcast scalars": (lambda: ew.parse("x*y").gradient(), (POINTS[:, 0, :1], POINTS[:, 0, 0])),
    "a group": (lambda: ew.trace(lambda s, w: s * np.sum(np.sin(w)), "s", w=3).hessian(), (1.5, POINTS[:, 0])),
    "dictionary": (lambda: ew.trace(lambda x, y: {"p": x * y, "s": [x + y]}, "x", "y"), (POINTS[:, 0, 0], 2.0)),
    "coordinates": (lambda: ew.parse("[x*y, 2, sin(x)]").jacobian(sparse="coo"), (POINTS[:, 0, 0], 2.0)),
    "filled in": (lambda: ew.parse("[x*y, 2, sin(x)]").jacobian(sparse="dense"), (POINTS[:, 0, 0], 2.0)),
    "tensors": (
        lambda: ew.trace(solved, A=ew.tensor(3, 3), b=ew.tensor(3)).gradient(),
        (POINTS, POINTS[:, 0]),
    ),
    "shared tensor": (
        lambda: ew.trace(solved, A=ew.tensor(3, 3), b=ew.tensor(3)).gradient(),
        (POINTS[0], POINTS[:, 0]),
    ),
}


def parts(result: Any) -> Iterator[Any]:
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, (tuple, list)):
        for item in result:
            yield from parts(item)
    else:
        yield result


def like(result: Any, make: Callable[[Any], Any]) -> Any:
    if isinstance(result, dict):
        return {key: like(item, make) for key, item in result.items()}
    return type(result)(like(item, make) for item in result) if isinstance(result, (tuple, list)) else make(result)


def first_changed(result: Any, change: Callable[[Any], Any]) -> Any:
    done: list[bool] = []

    def changed(array: Any) -> Any:
        done.append(True)
        return change(array) if len(done) == 1 else array

    return like(result, changed)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", GRAPHS)
def test_results_go_into_the_arrays_that_are_given(name: str, backend: str) -> None:
    peers.available(backend)
    make, args = GRAPHS[name]
    f = make().simplify().compile(backend)
    expected = f(*args)
    for threads in (1, 2, 0, 4, 50):
        for found, right in zip(parts(f(*args, threads=threads)), parts(expected), strict=True):
            assert np.array_equal(found, right)
    if name in ("coordinates", "filled in"):
        with pytest.raises(InputError, match="a sparse matrix"):
            f(*args, out=expected)
        return
    strided = lambda a: np.empty((*np.shape(a), 2))[..., 0]
    for new in (lambda a: np.empty(np.shape(a)), strided):
        for threads in (None, 2):
            out = like(expected, new)
            assert f(*args, out=out, threads=threads) is out
            for found, right in zip(parts(out), parts(expected), strict=True):
                assert np.array_equal(found, right)
    single = tuple(np.float32(arg) for arg in args)
    out = like(expected, lambda a: np.empty(np.shape(a), np.float32))
    for found, right in zip(parts(f(*single, out=out)), parts(f(*single)), strict=True):
        assert found.dtype == np.float32 and np.array_equal(found, right)

    shape = np.shape(next(parts(expected)))
    wrong = {
        "has the shape": lambda a: np.empty((*shape, 1)),
        "has the type float32": lambda a: np.empty(shape, np.float32),
        "has the type int64": lambda a: np.empty(shape, int),
        "is read-only": lambda a: np.frombuffer(a.tobytes()).reshape(shape),
        "is broadcast": lambda a: np.broadcast_to(np.empty(()), shape),
        "is a list; give an array": lambda a: a.tolist(),
    }
    for message, change in wrong.items():
        with pytest.raises(EdgewiseError, match="read-only|is broadcast" if "broadcast" in message else message):
            f(*args, out=first_changed(like(expected, lambda a: np.full(np.shape(a), 7.0)), change))


@pytest.mark.parametrize("backend", BACKENDS)
def test_arrays_that_share_memory_or_are_nested_otherwise(backend: str) -> None:
    peers.available(backend)
    f = ew.parse("x*y").gradient().compile(backend)
    x = np.linspace(1, 2, 6)
    one, two = np.empty(6), np.empty(12)
    for out, message in (
        ((x, (one, two[:6])), "shares memory with an input"),
        ((one, (one, two[:6])), "shares memory with array 1"),
        ((one, (two[:6], two[3:9])), "array 1 of out shares memory with array 2"),
        ((one, two[:6], two[6:]), "out is not a tuple of 2"),
        (one, "out is not a tuple of 2"),
        ({"value": one}, "out is not a tuple of 2"),
        ((one, np.empty((2, 6))), r"out\[1\] is not a tuple of 2"),
    ):
        with pytest.raises(InputError, match=message):
            f(x, 2.0, out=out)
    interleaved = np.empty((6, 3))
    f(x, 2.0, out=(interleaved[:, 0], (interleaved[:, 1], interleaved[:, 2])))
    assert np.array_equal(interleaved, np.stack([2 * x, np.full(6, 2.0), x], axis=1))
    for threads in (-1, 1.5, "2", True):
        with pytest.raises(InputError, match="threads is"):
            f(x, 2.0, threads=threads)
    with pytest.raises(ShapeError, match="shape"):
        f(x, np.ones(5), threads=2)


@pytest.mark.parametrize("backend", BACKENDS)
def test_inputs_that_are_called_so(backend: str) -> None:
    peers.available(backend)
    f = ew.parse("out*threads").compile(backend)
    assert f(out=2.0, threads=3.0) == f(2.0, threads=3.0) == 6.0
    assert list(inspect.signature(f).parameters) == ["out", "threads"]
    g = ew.parse("x*y").compile(backend)
    assert list(inspect.signature(g).parameters) == ["x", "y", "out", "threads"]


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_libraries_have_arrays_and_threads_of_their_own(backend: str) -> None:
    peers.available(backend)
    tensors = ew.parse("sum(x)", shapes="x: n")
    for f, args in ((ew.parse("x*y").compile(backend), (1.0, 2.0)), (tensors.compile(backend), (np.ones(2),))):
        with pytest.raises(InputError, match=r'out= and threads= of a library.*use the back end "llvm" or "numpy"'):
            f(*args, out=np.empty(()), threads=2)
        assert "out" not in inspect.signature(f).parameters
