"""What cannot be an index, an axis or an order is refused as NumPy refuses it; lengths compare as numbers do."""

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.graph import whole_text
from edgewise.ops import dimension
from edgewise.ops.dims import smaller

SHAPES = "X: n,d; A: n,n; B: 3,3; v: 3; x:"
VALUES = {"X": np.ones((4, 2)), "A": np.arange(16.0).reshape(4, 4), "B": np.eye(3), "v": np.arange(3.0), "x": 2.0}

REFUSED = [
    "v[1.5]", "X[1.0]", "X[:, 0.5]", "v[1/2]", 'v["a"]', "v[[0, 1.5]]", "take(v, 1.5)", "take(v, [0.5])", "v[True]",
    "einsum(v)", "sum(A, axis=(0, 0))", "sum(A, axis=(0, -2))", "diff(v, n=-1)", "one_hot(5, 3)", "one_hot(3, 10**12)",
    "v[1.0:2]", "v[10**30]",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_texts_with_a_wrong_index_are_refused(text: str) -> None:
    with pytest.raises(ew.EdgewiseError, match="character 1"):
        ew.parse(text, shapes=SHAPES)


@pytest.mark.parametrize("index", [1.5, np.float64(1), "a", (0, 1.0), [0.5], np.array(1.0), 1j])
def test_traced_functions_with_a_wrong_index_are_refused(index: Any) -> None:
    with pytest.raises(ew.EdgewiseError, match="an index of type"):
        ew.trace(lambda X: X[index], X=ew.tensor(3, 3))


@pytest.mark.parametrize("index", [np.int64(1), np.uint8(2), np.array(1), -1])
def test_whole_numbers_of_numpy_are_indices(index: Any) -> None:
    given = np.arange(9.0).reshape(3, 3)
    assert np.array_equal(ew.trace(lambda X: X[index], X=ew.tensor(3, 3)).evaluate(X=given).result, given[index])


@pytest.mark.parametrize("offset", range(-6, 7))
@pytest.mark.parametrize("shape", [(4, 4), (4, 2), (2, 5)])
def test_diagonals_beside_the_main_one(shape: tuple[int, int], offset: int) -> None:
    given = np.arange(1.0, 1 + shape[0] * shape[1]).reshape(shape)
    traced = ew.trace(lambda X: (np.trace(X, offset), np.diagonal(X, offset)), X=ew.tensor(*shape))
    total, diagonal = traced.evaluate(X=given).result
    assert total == np.trace(given, offset)
    assert np.array_equal(diagonal, np.diagonal(given, offset))


@pytest.mark.parametrize("offset", range(-3, 4))
def test_diagonals_of_named_lengths(offset: int) -> None:
    graph = ew.trace(lambda A: np.trace(A, offset) ** 2, A=ew.tensor("n", "n"))
    _, gradient = graph.gradient().simplify().compile(backend="numpy")(VALUES["A"])
    assert graph.evaluate(A=VALUES["A"]).result == np.trace(VALUES["A"], offset) ** 2
    assert np.array_equal(gradient, 2 * np.trace(VALUES["A"], offset) * np.eye(4, k=offset))
    again = ew.parse(whole_text(graph.tape, graph.tape.outputs), shapes="A: n,n")
    assert again.evaluate(A=VALUES["A"]).result == np.trace(VALUES["A"], offset) ** 2


def test_the_smaller_of_two_lengths() -> None:
    n, m = dimension("n"), dimension("m")
    for one, two, found in [(n, n - 1, n - 1), (n - 1, n, n - 1), (n, n + 2, n), (n, m + n, n), (n - 1, n - 2, n - 2)]:
        assert smaller(one, two) == found
    assert smaller(n, m - 1).subs({n: 5, m: 3}) == 2
    assert smaller(n, m - 1).subs({n: 5}).subs({m: 30}) == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("diff(v, n=7)", np.diff(VALUES["v"], n=7)), ("trace(A, 1)", 18.0), ("[v, X.shape]", [VALUES["v"], [4, 2]]),
        ("[[x, 1], [2, 3]]", [[2, 1], [2, 3]]), ("one_hot([[0, 1], [2, -1]], 3)", np.eye(3)[[[0, 1], [2, -1]]]),
        ("one_hot(31, 10**6)[31]", 1.0), ("diag(B, 3)", []), ("diagonal(B, -7)", []),
    ],
)  # fmt: skip
def test_texts_that_numpy_takes(text: str, value: Any) -> None:
    found = ew.parse(text, shapes=SHAPES).evaluate(**VALUES).result
    found, value = (list(found), list(value)) if isinstance(value, list) else ([found], [value])
    assert len(found) == len(value)
    assert all(np.array_equal(one, two) for one, two in zip(found, value, strict=True))


def test_infinite_constants_fold_without_a_warning(recwarn: pytest.WarningsRecorder) -> None:
    with pytest.raises(ew.EdgewiseError, match="nan"):
        ew.parse("radial(inf, -1)", shapes="x:")
    assert not recwarn.list


@pytest.mark.parametrize(
    "text",
    [
        "X[n]", "X[n + 2]", "X[:, -d - 1]", "A[n, 0]", "triu(v)", "tril(x)", "triu(A, 0.5)", "tril(A, None)",
        "pad(v, 1.5)",
        "pad(v, -1)", "pad(X, ((0, 1.5), (0, 0)))", "searchsorted(v, x, v)", 'searchsorted(v, x, "middle")',
    ],
)  # fmt: skip
def test_what_numpy_refuses_is_refused(text: str) -> None:
    with pytest.raises(ew.EdgewiseError, match="character 1"):
        ew.parse(text, shapes=SHAPES)


@pytest.mark.parametrize("text", ["X[3:1]", "X[:, 5:2]", "A[2:2]", "X[7:2:2]"])
def test_ranges_that_end_before_they_begin_are_empty(text: str) -> None:
    graph = ew.parse(text, shapes=SHAPES)
    assert 0 in graph.evaluate(**VALUES).result.shape
    assert ew.Graph.from_json(graph.to_json()).evaluate(**VALUES).result.size == 0


@pytest.mark.parametrize(
    "text",
    [
        "w[0]", "w[-1]", "w[n - 1]", "w[-n]", "[w, X.shape]", "log(X.shape)[0]*x", "(0 > x - 3)*x",
        "(min(1e300, 2) < x)*x",
        "(24 <= erfc(x))*x", "[x, [inf, x]]", "trace(A, 1)", "pad(w, ((n, 2),))[0]", "sum(triu(A, 1))", "max(2, 0.5)*x",
    ],
)  # fmt: skip
def test_such_texts_parse_back_with_their_gradients(text: str) -> None:
    shapes = "X: n,d; A: n,n; w: d; x:"
    graphs = [ew.parse(text, shapes=shapes)]
    if graphs[0].tape.shape(graphs[0].tape.outputs[0]) == () and len(graphs[0].outputs) == 1:
        graphs.append(graphs[0].gradient())
        graphs.append(graphs[1].simplify())
    for graph in graphs:
        tape = graph.tape
        nest = tape.layout.kind if tape.layout.kind in ("list", "tuple") else ""
        whole = whole_text(tape, tape.outputs, nest)
        again = ew.parse(whole, shapes=shapes)
        assert whole_text(again.tape, again.tape.outputs, nest) == whole
