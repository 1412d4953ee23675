"""In-place changes: NumPy changes the array that several names and views share; so do tensors, or they refuse."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import ShapeError, UnsupportedError


def the_input(x):
    x *= 2
    return np.sum(x**2)


def another_name_of_it(x):
    y = x
    y += 1
    return np.sum(x**2)


def a_view_of_it(x):
    y = x.T
    y += 1
    return np.sum(x**2)


def it_under_a_view(x):
    y = x.reshape(-1)
    x *= 3
    return np.sum(y**2)


def an_entry_of_a_turned_copy(x):
    y = x.copy()
    z = y.T
    z[0] = 1
    return np.sum(y**3)


def an_entry_of_a_copy_in_another_shape(x):
    y = x.copy()
    z = y.reshape(-1)
    z[2] = 1
    y[0, 0] = 7
    return np.sum(y**3 * x) + np.sum(z * z)


def a_copy_under_a_flipped_view(x):
    y = x.copy()
    z = np.flip(y)
    y[0] = 1
    return np.sum(z**3 * x)


def a_copy(x):
    y = np.copy(x)
    y += 1
    return np.sum(y * x**2)


def what_plus_returns(x):
    y = +x
    y += 1
    return np.sum(y * x**2)


def what_astype_returns(x):
    y = x.astype(float)
    y += 1
    return np.sum(y * x**2)


def what_flatten_returns(x):
    y = x.flatten()
    y += 1
    return np.sum(y * y * x[0, 0])


def a_product(x):
    h = x @ x.T
    h += 1
    return np.sum(h)


def a_result_under_a_slice(x):
    y = x * 1
    z = y[1:]
    y += 1
    return np.sum(y) + np.sum(z**2)


def what_was_put_into_an_array(x):
    y = np.zeros(x.shape)
    y[0] = x[0]
    x += 1
    return np.sum(y**2 * x)


def what_was_selected_from(x):
    y = x[x > 1]
    x += 1
    return np.sum(y**2)


def rows_one_by_one(x):
    for row in x:
        row *= 2
    return np.sum(x**2)


def an_array_of_numbers_under_a_flipped_view(x):
    y = np.zeros(x.shape)
    y[0] = x[0]
    z = np.flip(y)
    y[0] = 5
    return np.sum(z**2 * x)


def a_row_of_a_copy(x):
    y = x.copy()
    z = y[0]
    z += 1
    return np.sum(y**2 * x)


def a_copy_in_another_shape(x):
    y = x.copy()
    z = y.T.reshape(-1)
    z += 1
    return np.sum(y**2 * x) + np.sum(z)


def a_number(x):
    s = np.sum(x)
    r = s
    r += 1
    return s * r


def a_copy_to_a_power(x):
    y = x.copy()
    y **= 2
    return np.sum(y * x)


def a_copy_under_an_axis_more(x):
    y = x.copy()
    z = np.squeeze(y[None])
    z[0] = 2
    return np.sum(y * y)


def a_slice_of_a_turned_copy(x):
    y = x.copy()
    z = np.swapaxes(y, 0, 1)[1:]
    z *= 2
    return np.sum(y * y * x)


def what_positive_returns(x):
    y = np.positive(x)
    y += 1
    return np.sum(y * x)


def what_conj_returns(x):
    y = np.conj(x)
    y += 1
    return np.sum(y * x)


def a_part_of_a_split(x):
    parts = np.split(x, [1])
    parts[0] += 1
    return np.sum(x**2)


def it_ravelled(x):
    y = x.ravel()
    y -= 1
    return np.sum(x**2)


def a_row_of_a_turned_copy(x):
    y = x.copy()
    y.T[0] += 3
    return np.sum(y * y * x)


def its_real_part(x):
    y = x.real
    y += 1
    return np.sum(x * x)


def it_where_no_view_is_left(x):
    y = np.transpose(x)
    del y
    x += 1
    return np.sum(x * x)


def what_one_piece_put_together_is(x):
    y = np.concatenate([x])
    y += 1
    return np.sum(x * x * y)


def an_array_of_its_entries(x):
    y = np.array(x)
    y += 1
    return np.sum(y * x**2)


REFUSED = [
    what_one_piece_put_together_is,
    a_view_of_it,
    it_under_a_view,
    a_copy_under_a_flipped_view,
    an_array_of_numbers_under_a_flipped_view,
    a_copy_in_another_shape,
    a_copy_under_an_axis_more,
    a_part_of_a_split,
    it_ravelled,
]

FOLLOWED = [
    a_result_under_a_slice,
    an_array_of_its_entries,
    the_input,
    another_name_of_it,
    an_entry_of_a_turned_copy,
    an_entry_of_a_copy_in_another_shape,
    a_copy,
    what_plus_returns,
    what_astype_returns,
    what_flatten_returns,
    a_product,
    what_was_put_into_an_array,
    what_was_selected_from,
    a_row_of_a_copy,
    a_number,
    a_copy_to_a_power,
    a_slice_of_a_turned_copy,
    what_positive_returns,
    what_conj_returns,
    a_row_of_a_turned_copy,
    its_real_part,
    it_where_no_view_is_left,
]

X = np.arange(6.0).reshape(2, 3) / 3 + 0.3


def slope(fn):
    steps = [1e-4 * np.eye(6)[k].reshape(2, 3) for k in range(6)]
    return np.array([fn(X + step) - fn(X - step) for step in steps]).reshape(2, 3) / 2e-4


@pytest.mark.parametrize("fn", FOLLOWED, ids=lambda fn: fn.__name__)
@pytest.mark.parametrize("shape", [(2, 3), ("n", "m")], ids=["numbers", "names"])
def test_followed(fn, shape):
    graph = ew.trace(fn, x=ew.tensor(*shape))
    assert np.allclose(graph.compile()(X), fn(X.copy()))


def test_rows_one_by_one_follow():
    assert np.allclose(ew.trace(rows_one_by_one, x=ew.tensor(2, 3)).compile()(X), rows_one_by_one(X.copy()))


@pytest.mark.parametrize("fn", REFUSED, ids=lambda fn: fn.__name__)
@pytest.mark.parametrize("shape", [(2, 3), ("n", "m")], ids=["numbers", "names"])
def test_a_view_that_would_not_follow_is_refused_with_the_line(fn, shape):
    with pytest.raises(UnsupportedError, match=r"test_in_place\.py:\d+"):
        ew.trace(fn, x=ew.tensor(*shape))


@pytest.mark.parametrize("fn", [*FOLLOWED, *REFUSED, rows_one_by_one], ids=lambda fn: fn.__name__)
def test_values_and_gradients_are_numpys_whichever_way_is_traced(fn):
    given = X.copy()
    value, gradient = ew.value_and_grad(fn)(given)
    assert np.array_equal(given, X)
    assert np.allclose(value, fn(X.copy()))
    assert np.allclose(gradient, slope(fn), rtol=1e-6)


def test_a_change_of_shape_is_refused():
    def grows(x, y):
        x += y
        return np.sum(x)

    with pytest.raises(ShapeError, match=r"shape \(m,\) is changed in place to shape \(n, m\)"):
        ew.trace(grows, x=ew.tensor("m"), y=ew.tensor("n", "m"))
