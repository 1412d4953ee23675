"""The check of one row of the operation table against mpmath, as functions that say what is wrong.

The tests of the table call them on its rows; the mutation tests call them on rows made wrong on purpose.
"""

from __future__ import annotations

import itertools
import math
import re
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np

import oracles
from edgewise.differentiate import gradient, jacobian, resolve_wrt
from edgewise.evaluate import forward_propagation, local_partial
from edgewise.frontends.text import parse
from edgewise.graph import Builder, Edge, Layout, Tape
from edgewise.ops import TABLE, Op, Refusal
from edgewise.ops.numpy_sources import NUMPY_SOURCES

ROWS = [op for op in TABLE if op.name not in ("const", "input")]
PARAMETERS: dict[str, tuple[Any, ...]] = {
    "power": (0, 1, 2, 3, 5, -1, -2, Fraction(1, 2), Fraction(-3, 2), Fraction(1, 3), 2.5, -0.75, 0.0, 1.0, 2.0),
    "polygamma": (1, 2, 3),
    "spherical_jn": (1, 2, 3, 4),
    **dict.fromkeys(
        ("besselj", "bessely", "besseli", "besselk", "besselie", "besselke"),
        (0, 1, 2, 5, Fraction(1, 3), Fraction(5, 2), 0.7, Fraction(-1, 2)),
    ),
    "expint": (0, 1, 2, 5),
    "inerfcx": (1, 2, 3),
    "expmoment": (1, 2, 5),
}
CASES = [(op, parameter) for op in ROWS for parameter in PARAMETERS.get(op.name, (None,))]
SCIPYS = frozenset(
    op.name for op in ROWS if (op.scipy or op.name in NUMPY_SOURCES) and not op.computed and not op.numpy
)
"""Rows that SciPy alone computes: programs for anything but NumPy and LLVM refuse them by name."""
REFUSED = frozenset(op.name for op in ROWS if any(isinstance(partial, Refusal) for partial in op.partials))
"""Rows that refuse a derivative in some argument."""
JAXS = frozenset(("gammainc", "gammaincc", "betainc"))
"""Those of them that JAX has too."""

MESH = {
    1: (
        -30.0,
        -8.3,
        -3.7,
        -1.3,
        -0.998,
        -0.71,
        -0.2,
        -1e-3,
        0.0,
        1e-3,
        0.02,
        0.11,
        0.3,
        0.47,
        0.62,
        0.83,
        0.998,
        1.02,
        1.2,
        1.5,
        1.9,
        2.7,
        4.6,
        8.4,
        30.0,
    ),
    2: (-30.0, -2.3, -0.6, -1e-3, 0.0, 0.4, 1.7, 3.1, 30.0),
    3: (-2.3, -0.6, 0.0, 0.4, 1.7, 3.1),
}

# Rows of which the mesh has too few arguments.
OWN_MESH = {"lambertwm1": tuple(-x for x in (0.36, 0.33, 0.27, 0.2, 0.14, 0.08, 0.03, 4e-3, 1e-3, 1e-6, 1e-12))}

RELATIVE = 1e-9
# Numerical differentiation at 80 digits leaves noise of this size where the exact derivative is zero.
NOISE = 1e-25
# Rows whose partial reuses the result and cancels where the derivative is small beside 1: the error is then a few
# roundings of a number of size 1, whatever the size of the derivative. Every other row is held to RELATIVE alone.
ABSOLUTE = {
    "tanh": 1e-15,  # 1 - out², far out
    "sigmoid": 1e-15,  # out (1 - out), far right
    "softplus": 1e-15,  # the second partial is sigmoid's first
    "logaddexp": 1e-15,  # the same
    "atan2": 1e-9,  # the second partial is 1/r² - 2x²/r⁴, on a diagonal; r² >= 1e-6 on the mesh
    **dict.fromkeys(("fresnels", "fresnelc"), 1e-10),  # the angle pi*x**2/2, rounded at 1400, times pi*x
    "hypot": 1e-12,  # the second partial is (1 - (x/out)²)/out, beside an axis; out >= 1e-3 on the mesh
}

# Where the value jumps though its slope is the same on both sides: no difference can be taken across.
CUTS = {"atan2": "y == 0 and x < 0"}

# Where the values are beyond the doubles.
BEYOND = {**dict.fromkeys(("erfcx", "inerfcx"), "x < -26"), "erfi": "x < -26 or x > 26", "expsq": "c*x*x > 700"}


def row_tape(op: Op, parameter: Any = None) -> Tape:
    """The graph of one operation of inputs; a mutated row stands in for the table's as a custom operation."""
    builder = Builder()
    nodes = [builder.input(name) for name in op.args]
    node = builder.add(builder.code(op), nodes, parameter)
    return builder.freeze([node], Layout(), list(op.args))[0]


def holds(formula: str, op: Op, points: list[tuple[float, ...]]) -> np.ndarray:
    """Where a formula of the row's arguments holds, for many points at once."""
    value = forward_propagation(parse(formula, inputs=list(op.args)), [np.array(c) for c in zip(*points)]).outputs[0]
    return np.broadcast_to(np.asarray(value, dtype=bool), len(points))


def sample(op: Op, parameter: Any = None, count: int = 40) -> list[tuple[float, ...]]:
    """Points of the mesh inside the row's domain and away from its kinks, spread over the mesh."""
    axes = [OWN_MESH.get(_name(op), MESH[op.arity])] * op.arity
    if op.selects:
        axes = [(0.0, 1.0), MESH[2], MESH[2]]
    points = list(itertools.product(*axes))
    if op.domain == "power":
        whole = isinstance(parameter, int)
        inside = np.array([x > 0 or (whole and (x != 0 or parameter >= 0)) for (x,) in points])
    else:
        domain = re.sub(rf"\b{op.parameter}\b", f"({parameter})", op.domain) if op.parameter else op.domain
        inside = holds(domain, op, points) if op.domain else np.ones(len(points), dtype=bool)
    if op.kinks and not op.selects:
        inside = inside & ~holds(op.kinks, op, points)
    for excluded in (CUTS, BEYOND):
        if _name(op) in excluded:
            inside = inside & ~holds(excluded[_name(op)], op, points)
    found = [point for point, keep in zip(points, inside.tolist(), strict=True) if keep]
    # A stride with a factor in common with the mesh would pass over some values of an argument altogether.
    stride = max(1, len(found) // count)
    while math.gcd(stride, len(axes[-1])) > 1:
        stride += 1
    return found[::stride]


def value_errors(op: Op, parameter: Any = None) -> list[str]:
    """Where the value of the row differs from mpmath's."""
    tape = row_tape(op, parameter)
    errors = []
    with mp.workdps(40):
        for point in sample(op, parameter):
            got = forward_propagation(tape, point).outputs[0]
            exact = oracles.mp_value(_name(op), [mp.mpf(v) for v in point], parameter)
            if not oracles.close(got, exact, 1e-12, 1e-15):
                errors.append(f"{op.name}({parameter}) at {point}: {got} and {mp.nstr(exact, 15)}")
    return errors


def partial_errors(op: Op, parameter: Any = None) -> list[str]:
    """Where the row's first and second partials differ from mpmath's, as numbers and as graphs, in both directions."""
    tape = row_tape(op, parameter)
    refused = [k for k, partial in enumerate(op.partials) if isinstance(partial, Refusal)]
    kept = [k for k in range(op.arity) if k not in refused]
    wrt = resolve_wrt(tape, [op.args[k] for k in kept])
    first = gradient(tape, wrt, ())
    graphs = {
        "reverse": (first.tape, jacobian(first.tape, wrt, (), "reverse").tape),
        "forward": (jacobian(tape, wrt, (), "forward").tape, jacobian(first.tape, wrt, (), "forward").tape),
    }
    n, name, errors = op.arity, _name(op), []
    edges = [Edge(tape.outputs[0], k, k) for k in kept]
    single = [tuple(int(a == k) for a in range(n)) for k in kept]
    double = [tuple(p + q for p, q in zip(s, t, strict=True)) for s in single for t in single]
    seen: dict[tuple[Any, ...], Any] = {}  # the derivatives of a point share what they are differences of

    def f(*args: Any) -> Any:
        if args not in seen:
            seen[args] = oracles.mp_value(name, args, parameter)
        return seen[args]

    for point in sample(op, parameter):
        seen.clear()
        run = forward_propagation(tape, point)
        got = [("the local partial", o, local_partial(tape, e, run.values)) for o, e in zip(single, edges, strict=True)]
        for direction, (one, two) in graphs.items():
            values = [*forward_propagation(one, point).outputs, *forward_propagation(two, point).outputs]
            got += [(direction, o, v) for o, v in zip(single + double, values, strict=True)]
        with mp.workdps(80):
            # A condition has no derivative: it jumps.
            orders = [o for o in dict.fromkeys(single + double) if not (op.selects and o[0])]
            exact = {o: oracles.mp_derivative(f, point, o) for o in orders}
            for where, order, value in got:
                if order in exact and not oracles.close(
                    0.0 if value is None else value, exact[order], RELATIVE, ABSOLUTE.get(name, NOISE)
                ):
                    errors.append(
                        f"{op.name}({parameter}) {where}, order {order} at {point}: {value} and "
                        f"{mp.nstr(exact[order], 15)}"
                    )
    return errors


def _name(op: Op) -> str:
    return op.name.removeprefix("mutant_")
