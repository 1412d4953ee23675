"""Growing graphs: the builder, merging, handles and arrays of them, against Python's and NumPy's own numbers."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.errors import EdgewiseError, GraphError, InputError, SymbolicBoolError, UnsupportedError
from edgewise.graph import Builder, Expr, ExprArray, Layout, Parameter, Tape, as_expressions, exact_number
from edgewise.graph.composed import UFUNCS
from edgewise.ops import CODE, CONST, INPUT, OPS
from strategies import EVERY, tapes

# --- the builder ----------------------------------------------------------------------------------------------------


def rebuilt(tape: Tape, share: bool) -> tuple[Builder, list[int]]:
    """The nodes of a graph added one by one to a new builder."""
    builder, new = Builder(share=share), []
    for i, code, args in tape.rows():
        if code == INPUT:
            new.append(builder.input(tape.attrs[i]))
        elif code == CONST:
            new.append(builder.constant(tape.attrs[i]))
        else:
            new.append(builder.add(code, [new[j] for j in args], tape.attrs.get(i)))
    return builder, new


@given(tapes(operations=EVERY, max_outputs=2, share=False))
@settings(deadline=None, max_examples=60)
def test_hash_consing_leaves_no_two_nodes_alike(tape: Tape) -> None:
    plain, where = rebuilt(tape, share=False)
    assert where == list(range(len(tape)))
    shared, where = rebuilt(tape, share=True)
    keys = [(node, repr(type(shared.attrs.get(i))), repr(shared.attrs.get(i))) for i, node in enumerate(shared.nodes)]
    assert len(set(keys)) == len(keys)
    assert len(shared.nodes) <= len(plain.nodes)
    again, twice = rebuilt(shared.freeze([where[i] for i in tape.outputs], tape.layout)[0], share=True)
    assert len(again.nodes) == len(twice)


def test_parameters_keep_nodes_apart() -> None:
    builder = Builder(share=True)
    x = builder.input("x")
    nodes = [builder.add(CODE["power"], [x], value) for value in (2, 2.0, Fraction(1, 2), 0.5, 2)]
    assert len(set(nodes)) == 4
    assert nodes[0] == nodes[4]


def test_one_name_is_one_input() -> None:
    builder = Builder()
    assert builder.input("x") == builder.input("x") != builder.input("y")
    for name in ("", None, 3):
        with pytest.raises(InputError):
            builder.input(name)


def test_groups_are_declared_once_with_one_shape() -> None:
    builder = Builder()
    nodes = builder.group("X", (2, 2))
    assert [builder.attrs[node] for node in nodes] == ["X[0,0]", "X[0,1]", "X[1,0]", "X[1,1]"]
    assert builder.group("X", (2, 2)) == nodes
    with pytest.raises(GraphError, match="declared again"):
        builder.group("X", (4,))
    tape, _ = builder.freeze([nodes[3]], Layout())
    # A group is handed over as one array, so all of it stays.
    assert tape.parameters == (Parameter("X", (2, 2)),)
    assert len(tape.inputs) == 4


def test_freezing_puts_inputs_first_in_the_order_that_is_asked() -> None:
    builder = Builder()
    two = builder.constant(2)
    x, y = builder.input("x"), builder.input("y")
    product = builder.add(CODE["mul"], [two, y])
    builder.add(CODE["sin"], [x])  # nobody needs it
    output = builder.add(CODE["sub"], [product, x])
    tape, new = builder.freeze([output], Layout())
    assert tape.input_names() == ("x", "y")
    assert tape.inputs == (0, 1)
    assert [tape.op(i).name for i in range(len(tape))] == ["input", "input", "const", "mul", "sub"]
    assert new.tolist() == [2, 0, 1, 3, -1, 4]
    turned, _ = builder.freeze([output], Layout(), ["y", "x"])
    assert turned.input_names() == ("y", "x")
    assert ew.Graph(turned).evaluate(y=3.0, x=1.0).outputs == ew.Graph(tape).evaluate(y=3.0, x=1.0).outputs == (5.0,)
    assert tape.check() is tape
    assert turned.check() is turned


@given(st.integers(0, 2**32), st.booleans())
@settings(deadline=None, max_examples=30)
def test_merging_keeps_the_values_of_both(seed: int, share: bool) -> None:
    rng = np.random.default_rng(seed)

    def grown(names: str) -> Any:
        made = list(ew.symbols(names, share=share))
        for _ in range(6):
            a, b = rng.choice(len(made), 2)
            made.append([ew.sin(made[a]), made[a] * made[b], made[a] + 2, made[a] - made[b]][rng.integers(4)])
        return made[-1]

    first, second = grown("x y"), grown("y z")
    at = {"x": 0.3, "y": -0.8, "z": 1.1}

    def value(expression: Any) -> float:
        G = ew.graph(expression)
        return G.evaluate({name: at[name] for name in G.inputs}).outputs[0]

    a, b = value(first), value(second)
    assert value(first * second) == pytest.approx(a * b, rel=1e-14)
    assert (value(first), value(second)) == (a, b)
    assert value(second - first) == pytest.approx(b - a, rel=1e-13, abs=1e-14)


def test_chains_of_merges_are_followed() -> None:
    parts = [ew.symbols(f"x{k}") for k in range(50)]
    total = parts[0]
    for part in parts[1:]:
        total = part + total  # the builder of the new part takes over all that came before
    G = ew.graph(total)
    assert sorted(G.inputs) == sorted(f"x{k}" for k in range(50))
    assert G.evaluate(dict.fromkeys(G.inputs, 1.0)).outputs == (50.0,)
    assert repr(parts[0]) == "x0"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (np.float32(0.5), float), (np.int8(3), int), (np.bool_(True), bool), (np.array(2.5), float), (True, bool),
        (Fraction(4, 2), int), (Fraction(1, 3), Fraction), (10**40, int), (ew.pi, type(ew.pi)),
    ],
)  # fmt: skip
def test_numbers_keep_their_kind(value: Any, kind: type) -> None:
    exact = exact_number(value)
    assert type(exact) is kind
    assert float(exact) == float(value)


# --- handles --------------------------------------------------------------------------------------------------------

BINARY = [
    operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow,
    operator.lt, operator.le, operator.gt, operator.ge,
]  # fmt: skip
numbers = st.one_of(
    st.integers(-4, 4), st.floats(-4, 4).map(lambda v: round(v, 2)), st.sampled_from([Fraction(1, 2), Fraction(-7, 3)])
)


@given(st.sampled_from(BINARY), st.floats(-4, 4).map(lambda v: round(v, 2)), numbers, st.booleans(), st.booleans())
@settings(deadline=None, max_examples=200)
def test_operators_are_pythons(function: Any, x: float, other: Any, reflected: bool, symbolic: bool) -> None:
    if symbolic:
        (a, b), names = ew.symbols("a b"), {"a": x, "b": float(other)}
        expression = function(b, a) if reflected else function(a, b)
    else:
        a, names = ew.symbols("a"), {"a": x}
        expression = function(other, a) if reflected else function(a, other)
    left, right = (float(other), x) if reflected else (x, float(other))
    try:
        expected = function(left, right)
    except ZeroDivisionError:
        return
    if isinstance(expected, complex):
        return
    got = ew.graph(expression, inputs=list(names)).evaluate(names).outputs[0]
    if function is operator.floordiv and left / right == round(left / right):
        return  # floor(x/y) and Python's x//y may differ where x/y is rounded to a whole number
    assert float(got) == pytest.approx(float(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda x, y: 1 if x > y else 2,
        lambda x, y: x > 0 and y > 0,
        lambda x, y: x > 0 or y > 0,
        lambda x, y: not x,
        lambda x, y: max(x, y),
        lambda x, y: 0 < x < 1,
        lambda x, y: sorted([x, y]),
        lambda x, y: any([x > 0]),
        lambda x, y: [1 for z in [x] if z < y],
    ],
)
def test_a_condition_decides_no_branch(attempt: Any) -> None:
    with pytest.raises(SymbolicBoolError, match=r"edgewise\.where\(condition, a, b\)"):
        attempt(*ew.symbols("x y"))


@pytest.mark.parametrize("kind", [float, int, complex, operator.index])
def test_no_number_before_evaluation(kind: Any) -> None:
    with pytest.raises(UnsupportedError, match="symbolic"):
        kind(ew.symbols("x"))


def test_rounding_to_digits() -> None:
    x = ew.symbols("x")
    for digits in (None, 0, 2, -1):
        G = ew.graph([round(x, digits)])
        assert isinstance(round(x, digits), Expr)
        assert G.evaluate(x=1234.5678).outputs == (round(1234.5678, digits),)


# --- NumPy ----------------------------------------------------------------------------------------------------------

# Points of each operation's domain; two arguments where it takes two.
ARGUMENTS = {"acosh": (1.3, 2.5), "atanh": (-0.4, 0.6), "asin": (-0.4, 0.6), "acos": (-0.4, 0.6), "log1p": (-0.4, 3.0)}
LOGIC = ("and", "or", "not")


@pytest.mark.parametrize("name", [name for name in UFUNCS if isinstance(getattr(np, name, None), np.ufunc)])
def test_ufuncs_on_handles_and_arrays_are_numpys(name: str) -> None:
    ufunc, op = getattr(np, name), OPS[UFUNCS[name]]
    first = np.array(ARGUMENTS.get(op.name, (0.4, 2.6)))
    if op.name in LOGIC:
        first = np.array([0.0, 1.0])
    arrays = [first, np.array([0.7, 1.0])][: op.arity]
    expected = ufunc(*(a.astype(bool) if name.startswith(("bitwise", "invert")) else a for a in arrays))
    groups = [ew.symbols(letter, shape=2) for letter in "ab"[: op.arity]]
    at = dict(zip("ab", arrays, strict=False))
    written = ufunc(*groups)
    assert isinstance(written, ExprArray)
    assert ew.graph(written).evaluate(at).outputs == pytest.approx(tuple(np.asarray(expected, dtype=float)))
    alone = ufunc(*(group[1] for group in groups))
    assert isinstance(alone, Expr)
    assert float(ew.graph(alone).evaluate(at).outputs[0]) == pytest.approx(float(expected[1]))


W, V = np.array([0.4, -1.7, 2.3, 0.9]), np.array([1.5, 0.2, -0.6, 3.0])
ARRAY_CODE = {
    "sum": lambda m, w, v: m.sum(w * v),
    "prod": lambda m, w, v: m.prod(w),
    "mean and var": lambda m, w, v: m.mean(w) + m.var(v),
    "dot": lambda m, w, v: m.dot(w, v) + w @ v,
    "cumsum": lambda m, w, v: m.cumsum(w),
    "outer": lambda m, w, v: m.outer(w, v),
    "matmul": lambda m, w, v: w.reshape(2, 2) @ v.reshape(2, 2),
    "max and min": lambda m, w, v: m.max(w) - m.min(v),
    "maximum": lambda m, w, v: m.maximum(w, v) + m.minimum(w, 0.5),
    "where": lambda m, w, v: m.where(w > v, w, v * 2),
    "clip": lambda m, w, v: m.clip(w, -1.0, 1.0) + w.clip(0, 1) + m.clip(v, None, 1.0),
    "diff": lambda m, w, v: m.diff(w),
    "slices": lambda m, w, v: w[1:] * v[:-1] - w[::-1][:3],
    "concatenate": lambda m, w, v: m.concatenate([w, v]) ** 2,
    "stack": lambda m, w, v: m.stack([w, v]).T,
    "axis": lambda m, w, v: m.sum(w.reshape(2, 2), axis=1) + m.prod(v.reshape(2, 2), axis=0),
    "broadcasting": lambda m, w, v: (w[:, None] - v[None, :]) ** 2,
    "norm": lambda m, w, v: m.linalg.norm(w) + m.linalg.norm(v, 1) + m.linalg.norm(v, m.inf),
    "in place": lambda m, w, v: _in_place(w, v),
    "composed": lambda m, w, v: m.square(w) + m.reciprocal(v) + m.copysign(w, v) + m.radians(w) + m.heaviside(w, 0.5),
    "sinc": lambda m, w, v: m.sinc(w),
}


def _in_place(w: Any, v: Any) -> Any:
    t = w * 1
    t += v
    t[1:3] *= 2
    t -= 1
    return t


@pytest.mark.parametrize("name", ARRAY_CODE)
def test_array_code_is_numpys(name: str) -> None:
    expected = np.asarray(ARRAY_CODE[name](np, W, V))
    G = ew.trace(lambda w, v: ARRAY_CODE[name](np, w, v), w=4, v=4)
    assert np.asarray(G.evaluate(W, V).result) == pytest.approx(expected, rel=1e-13)


def test_arrays_of_expressions_and_numbers() -> None:
    x = ew.symbols("x")
    array = as_expressions([x, 2, x * 3])
    assert isinstance(array, ExprArray)
    assert array.shape == (3,)
    assert ew.graph(array + np.array([1.0, 2.0, 3.0])).evaluate(x=1.0).outputs == (2.0, 4.0, 6.0)
    assert ew.graph(np.array([1.0, 2.0]) * x).evaluate(x=3.0).outputs == (3.0, 6.0)
    assert ew.graph(x * np.array([1.0, 2.0])).evaluate(x=3.0).outputs == (3.0, 6.0)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda w: np.where(w > 0),
        lambda w: np.add(w, 1, where=np.array([True, False, True])),
        lambda w: np.add(w, 1, out=np.zeros(3)),
        lambda w: np.spacing(w),
        lambda w: np.add.at(np.zeros(3), [0], w[0]),
        lambda w: np.linalg.norm(w[None], "nuc"),
        lambda w: np.sort(w),
        lambda w: np.argmax(w),
        lambda w: bool(np.all(w > 0)),
        lambda w: np.zeros(3) + float(w[0]),
    ],
)
def test_what_has_no_graph_is_refused(attempt: Any) -> None:
    with pytest.raises(EdgewiseError):
        attempt(ew.symbols("w", shape=3))


# --- nesting --------------------------------------------------------------------------------------------------------

layouts = st.recursive(
    st.lists(st.integers(1, 3), max_size=2).map(lambda shape: Layout(shape=tuple(shape))),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Layout("list", (), tuple(c))),
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Layout("tuple", (), tuple(c))),
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Layout("dict", (), tuple(c), tuple("abc"[: len(c)]))),
    ),
    max_leaves=5,
)


def flat(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [v for item in value.values() for v in flat(item)]
    if isinstance(value, (list, tuple)):
        return [v for item in value for v in flat(item)]
    return np.ravel(value).tolist()


@given(layouts)
@settings(deadline=None, max_examples=80)
def test_packing_nests_and_loses_nothing(layout: Layout) -> None:
    values = [float(k) for k in range(layout.size)]
    assert flat(layout.pack(values)) == values
    assert Layout.from_data(layout.to_data()) == layout
    assert layout.size == sum(int(np.prod(leaf.shape)) for leaf in layout.leaves())


@given(layouts, layouts)
@settings(deadline=None, max_examples=60)
def test_outer_nestings_multiply(outer: Layout, inner: Layout) -> None:
    both = outer.outer(inner)
    assert both.size == outer.size * inner.size
    # An array in several numbers is one array.
    parts = len(list(inner.leaves()))
    assert len(list(both.leaves())) == sum(1 if leaf.joins(inner) else parts for leaf in outer.leaves())
    shapes = [
        shape
        for a in outer.leaves()
        for shape in ([a.outer(inner).shape] if a.joins(inner) else [a.shape + b.shape for b in inner.leaves()])
    ]
    assert [leaf.shape for leaf in both.leaves()] == shapes
    assert outer.outer(Layout()) == outer
    assert Layout().outer(inner) == inner
