"""Random graphs with sharing: every operation draws its arguments from all nodes before it.

Choices are drawn from tuples and lists in a fixed order, so the same seed gives the same graph on every run, and
Hypothesis shrinks towards few operations on the first input.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

import edgewise as ew
from edgewise.graph import Builder, Layout, Tape, add_op
from edgewise.ops import CODE, OPS, TABLE, Refusal
from rows import REFUSED, SCIPYS
from special_judge import POINTS

# Smooth everywhere, bounded or slowly growing: derivatives of random compositions stay well conditioned.
SMOOTH = ("add", "sub", "mul", "neg", "sin", "cos", "tanh", "atan", "sigmoid", "softplus", "asinh", "erf", "logaddexp")
KINKED = ("abs", "max", "min", "relu", "where", "clip")
PARAMETRIC = tuple(op.name for op in TABLE if op.parameter)
# Every operation of the table, those with poles, kinks, jumps and logic too: for structure, and for values that may
# be NaN or infinite as long as every way of computing agrees on it.
# Those that refuse a derivative have tests of their own.
EVERY = tuple(
    op.name
    for op in TABLE
    if op.args and op.name not in PARAMETRIC and not any(isinstance(partial, Refusal) for partial in op.partials)
)


def _one_plus_square(builder: Builder, x: int) -> int:
    return builder.add(CODE["add"], [builder.constant(1), builder.add(CODE["mul"], [x, x])])


# Operations that are smooth only on a part of the line, on arguments that cannot leave it.
GUARDED: dict[str, Callable[[Builder, int], int]] = {
    "square": lambda b, x: b.add(CODE["power"], [x], 2),
    "sqrt of 1 + x*x": lambda b, x: b.add(CODE["sqrt"], [_one_plus_square(b, x)]),
    "log of 1 + x*x": lambda b, x: b.add(CODE["log"], [_one_plus_square(b, x)]),
    "1/(1 + x*x)": lambda b, x: b.add(CODE["div"], [b.constant(1), _one_plus_square(b, x)]),
    "(1 + x*x)**-3/2": lambda b, x: b.add(CODE["power"], [_one_plus_square(b, x)], Fraction(-3, 2)),
    "exp of tanh": lambda b, x: b.add(CODE["exp"], [b.add(CODE["tanh"], [x])]),
}


@st.composite
def tapes(
    draw: Any,
    operations: tuple[str, ...] = SMOOTH,
    max_ops: int = 20,
    max_outputs: int = 1,
    share: bool | None = None,
    guarded: bool = True,
) -> Tape:
    """A graph of 1 to 4 inputs, a few constants and up to `max_ops` of the operations, the guarded ones among them."""
    builder = Builder(share=draw(st.booleans()) if share is None else share)
    nodes = [builder.input(f"x{k}") for k in range(draw(st.integers(1, 4)))]
    n_inputs = len(nodes)
    numbers = st.one_of(
        st.integers(-3, 3), st.sampled_from([Fraction(1, 3), Fraction(-3, 2)]), st.sampled_from([0.5, -1.25, 2.0])
    )
    nodes += [builder.constant(value) for value in draw(st.lists(numbers, max_size=3))]
    made: list[int] = []
    degree = dict.fromkeys(nodes, 1)
    for _ in range(draw(st.integers(1, max_ops))):
        name = draw(st.sampled_from([*operations, *(GUARDED if guarded else ("square",))]))
        pick = st.sampled_from(nodes + made)
        if name in GUARDED:
            args = [draw(pick)]
            node = GUARDED[name](builder, args[0])
        elif name == "where":
            condition = builder.add(CODE["lt"], [draw(pick), draw(pick)])
            args = [draw(pick), draw(pick)]
            node = builder.add(CODE["where"], [condition, *args])
        else:
            args = [draw(pick) for _ in range(OPS[name].arity)]
            node = add_op(builder, OPS[name], args)
        grown = (
            sum(degree[j] for j in args) if name == "mul" else max(degree[j] for j in args) * (1 + (name == "square"))
        )
        if grown > 4:
            # Products of products are squashed before they leave double precision.
            node, grown = builder.add(CODE["asinh"], [node]), 1
        degree[node] = grown
        made.append(node)
    # The first output reads every operation that nobody else reads: freezing would drop what is not needed. The last
    # step grows slowly and is never flat, so that no derivative hides below a tolerance.
    read = {j for node in builder.nodes for j in node[1:]}
    loose = [node for node in dict.fromkeys(made) if node not in read] or made[-1:]
    total = loose[0]
    for node in loose[1:]:
        total = builder.add(CODE["add"], [total, node])
    made.append(builder.add(CODE["asinh"], [total]))
    outputs = [made[-1]]
    # Further outputs may be anything: an input, a constant, an inner node, the same node again.
    outputs += draw(st.lists(st.sampled_from(made + nodes), max_size=max_outputs - 1)) if max_outputs > 1 else []
    layout = Layout.of_tuple([Layout()] * len(outputs))
    tape, _ = builder.freeze(outputs, layout, [f"x{k}" for k in range(n_inputs)])
    return tape


def points(tape: Tape) -> Any:
    """Inputs away from the edges of double precision."""
    one = st.floats(-2, 2, allow_nan=False).map(lambda value: round(value, 3))
    return st.lists(one, min_size=len(tape.inputs), max_size=len(tape.inputs))


@st.composite
def tapes_with_points(draw: Any, **options: Any) -> tuple[Tape, list[float]]:
    """A random graph and a point to evaluate it at."""
    tape = draw(tapes(**options))
    return tape, draw(points(tape))


# --- graphs at special points ----------------------------------------------------------------------------------------

EXPONENTS = {"power": (2, 3, -1, -2, 0.5, 1.5, -0.5), "spherical_jn": (0, 1, 2)}
NAMED = tuple(
    op.name
    for op in TABLE
    if op.args and (not op.parameter or op.name in EXPONENTS) and op.name not in SCIPYS | REFUSED
)
"""mpmath steps through all numbers from a negative one in polygamma."""
COUNT = 12


@st.composite
def special_graphs(draw: Any) -> tuple[Any, list[Any]]:
    """A graph of up to three inputs over the whole table, and points for it, a column for each input."""
    builder = Builder(share=draw(st.booleans()))
    nodes = [builder.input(f"x{k}") for k in range(draw(st.integers(1, 3)))]
    inputs = len(nodes)
    nodes += [
        builder.constant(value) for value in draw(st.lists(st.sampled_from((0, 1, 2, -1, 0.5, -2.5)), max_size=2))
    ]
    for _ in range(draw(st.integers(3, 12))):
        name, pick = draw(st.sampled_from(NAMED)), st.sampled_from(nodes[::-1])
        if name == "where":
            test = builder.add(CODE[draw(st.sampled_from(("lt", "le", "eq", "ne")))], [draw(pick), draw(pick)])
            nodes.append(builder.add(CODE[name], [test, draw(pick), draw(pick)]))
        elif name in EXPONENTS:
            nodes.append(builder.add(CODE[name], [draw(pick)], draw(st.sampled_from(EXPONENTS[name]))))
        else:
            nodes.append(add_op(builder, OPS[name], [draw(pick) for _ in OPS[name].args]))
    last = nodes[-1]
    if OPS[TABLE[builder.nodes[last][0]].name].boolean:
        last = builder.add(CODE["where"], [last, nodes[0], nodes[-2]])
    tape = builder.freeze([last], Layout(), [f"x{k}" for k in range(inputs)])[0]
    column = st.lists(st.sampled_from(POINTS.tolist()), min_size=COUNT, max_size=COUNT).map(np.array)
    return ew.Graph(tape), [draw(column) for _ in range(inputs)]
