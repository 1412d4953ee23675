"""Random graphs with sharing: every operation draws its arguments from all nodes before it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from edgewise.graph import Builder, Layout, Tape, add_op
from edgewise.ops import CODE, OPS

# Smooth everywhere, bounded or slowly growing: derivatives of random compositions stay well conditioned.
SMOOTH = ("add", "sub", "mul", "neg", "sin", "cos", "tanh", "atan", "sigmoid", "softplus", "asinh", "erf", "logaddexp")
KINKED = ("abs", "max", "min", "relu", "where", "clip")


@st.composite
def tapes(
    draw: Any, operations: tuple[str, ...] = SMOOTH, max_ops: int = 20, max_outputs: int = 1, share: bool | None = None
) -> Tape:
    """A graph of 1 to 3 inputs, a few constants and up to `max_ops` operations."""
    builder = Builder(share=draw(st.booleans()) if share is None else share)
    nodes = [builder.input(f"x{k}") for k in range(draw(st.integers(1, 3)))]
    n_inputs = len(nodes)
    numbers = st.one_of(
        st.integers(-3, 3), st.sampled_from([Fraction(1, 3), Fraction(-3, 2)]), st.sampled_from([0.5, -1.25, 2.0])
    )
    nodes += [builder.constant(value) for value in draw(st.lists(numbers, max_size=3))]
    made: list[int] = []
    for _ in range(draw(st.integers(1, max_ops))):
        name = draw(st.sampled_from([*operations, "square"]))
        pick = st.sampled_from(nodes + made)
        if name == "square":
            made.append(builder.add(CODE["power"], [draw(pick)], 2))
        elif name == "where":
            condition = builder.add(CODE["lt"], [draw(pick), draw(pick)])
            made.append(builder.add(CODE["where"], [condition, draw(pick), draw(pick)]))
        else:
            made.append(add_op(builder, OPS[name], [draw(pick) for _ in range(OPS[name].arity)]))
    # Values are squashed now and then so that products of products do not overflow.
    made.append(builder.add(CODE["tanh"], [made[-1]]))
    outputs = [made[-1]]
    outputs += draw(st.lists(st.sampled_from(made), max_size=max_outputs - 1)) if max_outputs > 1 else []
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
