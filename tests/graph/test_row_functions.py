"""The functions of the tensor table, by name: numbers, tensors, arrays of scalars, and what they refuse."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import EdgewiseError, InputError
from edgewise.graph.tensors.row_functions import ROW_FUNCTIONS, numpy_function
from edgewise.ops import tensor_op

RNG = np.random.default_rng(9)
A = RNG.normal(size=(3, 3))
POSITIVE = A @ A.T + np.diag([1.0, 2.0, 3.0])
GIVEN: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("cholesky", "eigvalsh", "eigenvectors"), (POSITIVE,)),
    "solve": (POSITIVE, A),
    "recurrence": (A, A[::-1]),
    "searchsorted": (np.arange(3.0), A[0]),
}
"""Arguments; a matrix where nothing is said."""


@pytest.mark.parametrize("name", ROW_FUNCTIONS)
def test_a_function_computes_on_numbers_what_its_graph_does(name: str) -> None:
    function, args = ROW_FUNCTIONS[name], GIVEN.get(name, (A,))
    row = tensor_op(name)
    assert name in ew.__all__
    assert row.doc in function.__doc__
    names = "abc"[: len(args)]
    made = eval(f"lambda {', '.join(names)}: function({', '.join(names)})", {"function": function})
    G = ew.trace(made, **{one: ew.tensor(*np.shape(arg)) for one, arg in zip(names, args, strict=True)})
    np.testing.assert_allclose(function(*args), G.evaluate(*args).result, rtol=1e-13, atol=1e-14)
    if (own := numpy_function(row)) is not None:
        np.testing.assert_allclose(function(*args), own(*args), rtol=1e-13)


WITH_KEYWORDS = [name for name, f in ROW_FUNCTIONS.items() if "axis" in inspect.signature(f).parameters]


@pytest.mark.parametrize("name", WITH_KEYWORDS)
def test_axes_are_named_as_numpy_names_them(name: str) -> None:
    function, args = ROW_FUNCTIONS[name], GIVEN.get(name, (A,))
    first, last = function(*args, axis=0), function(*args, axis=-2)
    np.testing.assert_array_equal(first, last)
    assert not np.array_equal(first, function(*args, axis=1))
    if "keepdims" in inspect.signature(function).parameters:
        assert np.shape(function(*args, axis=0, keepdims=True)) == (1, 3)
    for wrong in ({"axis": 2}, {"axes": 0}, {"axis": 0, "keep": True}):
        with pytest.raises((EdgewiseError, np.exceptions.AxisError)):
            function(*args, **wrong)


def test_none_is_all_entries() -> None:
    for name in ("softmax", "running_argmax", "cosine_sums"):
        row = ROW_FUNCTIONS[name]
        np.testing.assert_array_equal(row(A, axis=None), row(A.ravel()))
        G = ew.trace(lambda a, row=row: row(a, axis=None), a=ew.tensor("n", "m"))
        np.testing.assert_allclose(G.evaluate(A).result, row(A.ravel()), rtol=1e-14)


def test_arrays_of_scalars_are_written_entry_by_entry() -> None:
    w = ew.symbols("w", shape=(3, 3))
    for name in ("logdet", "adjugate", "unit", "softmax", "recurrence", "running_argmax", "sine_sums"):
        function = ROW_FUNCTIONS[name]
        args = (w, 2.0 * w) if name == "recurrence" else (w,)
        numbers = (A, 2.0 * A) if name == "recurrence" else (A,)
        found = ew.graph(function(*args)).evaluate(A).result
        np.testing.assert_allclose(found, function(*numbers), rtol=1e-10, atol=1e-12, err_msg=name)


def test_mistakes_are_told() -> None:
    with pytest.raises(InputError, match=r"unit got an argument 'ax' .*; it takes x, axis"):
        ew.unit(A, ax=1)
    with pytest.raises(InputError, match=r"recurrence got no 'b'"):
        ew.recurrence(A)
    with pytest.raises(InputError, match=r"inv: .*argument"):
        ew.inv(A, A, A)
    with pytest.raises(EdgewiseError, match="square matrices"):
        ew.logdet(A[:2])
