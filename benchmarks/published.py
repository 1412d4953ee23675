"""Tasks that peers have published, with their figures; our counts beside them, and SymPy's in the same run.

The definitions are our own, written from the published descriptions: SymForce's benchmark `inverse_compose_jacobian`,
and `ODE.jl`, `SphericalHarmonics.jl` and `rosenbrock` of FastDifferentiation.jl's benchmarks. Counts are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import edgewise as ew
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.api.graph import Graph
from measure import best
from question import Bound, Options, Question, Row, View, row
from workloads import rosenbrock

__all__ = ["POSE_BOUND", "RATES", "RATIOS", "derivative_ratio", "ode", "pendulum", "pose", "spherical_harmonics"]

POSE_BOUND = 91
"""Operations of SymForce's generated `PoseInverseComposePointWithJacobian0`: value and Jacobian together."""

RATIOS = {"rosenbrock gradient": 1.13, "spherical harmonics": 2.4}
"""FastDifferentiation.jl's published operations of the Jacobian over those of the function, at the largest sizes."""

HAND_WRITTEN_ODE = 72
"""Operations of the Jacobian written by hand in `ODE.jl`, each common subexpression counted once."""


# --- rigid bodies (SymForce) ----------------------------------------------------------------------------------------

Matrix = list[list[Any]]


def rotation(q: Sequence[Any]) -> Matrix:
    """The rotation matrix of a unit quaternion (x, y, z, w)."""
    x, y, z, w = q
    return [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]


def quaternion_product(p: Sequence[Any], q: Sequence[Any]) -> list[Any]:
    """Hamilton's product of quaternions (x, y, z, w)."""
    x, y, z, w = p
    a, b, c, d = q
    return [
        w * a + x * d + y * c - z * b,
        w * b - x * c + y * d + z * a,
        w * c + x * b - y * a + z * d,
        w * d - x * a - y * b - z * c,
    ]


def matrix_product(a: Matrix, b: Matrix) -> Matrix:
    return [[sum((a[i][k] * b[k][j] for k in range(1, 3)), a[i][0] * b[0][j]) for j in range(3)] for i in range(3)]


def inverse_compose_point(r: Matrix, t: Sequence[Any], p: Sequence[Any]) -> list[Any]:
    """The inverse of the pose (r, t) applied to the point p: its inverse is (rᵀ, -rᵀ t)."""

    def turned(v: Sequence[Any]) -> list[Any]:
        return [r[0][k] * v[0] + r[1][k] * v[1] + r[2][k] * v[2] for k in range(3)]

    shift = [-entry for entry in turned(t)]
    return [a + b for a, b in zip(turned(p), shift, strict=True)]


def pose(retraction: str) -> DerivativeGraph:
    """`pose3_inverse_compose_point` with its 3 x 6 Jacobian in the tangent space of the pose, at the pose itself.

    A pose is a unit quaternion and a translation. The tangent space is that of SO(3) x R³: a small rotation v turns the
    frame by R exp(v), and translations add. To first order exp(v) is the "quaternion" (v/2, 1), multiplied as
    quaternions as SymForce does, or the "matrix" I + [v]×, multiplied as matrices. On unit quaternions the two agree.
    """
    q, t, p = ew.symbols("qx qy qz qw"), ew.symbols("tx ty tz"), ew.symbols("px py pz")
    # The small rotation: three different nodes that are zero.
    v = [entry - entry for entry in q[:3]]
    if retraction == "quaternion":
        turned = rotation(quaternion_product(q, [entry / 2 for entry in v] + [1]))
    else:
        a, b, c = v
        turned = matrix_product(rotation(q), [[1, -c, b], [c, 1, -a], [-b, a, 1]])
    names = ["qx", "qy", "qz", "qw", "tx", "ty", "tz", "px", "py", "pz"]
    return ew.graph(inverse_compose_point(turned, t, p), inputs=names).jacobian([*v, *t], sparse="dense")


# --- FastDifferentiation.jl -----------------------------------------------------------------------------------------

RATES = (
    0.35, 26.6, 12300.0, 0.00086, 0.00082, 15000.0, 0.00013, 24000.0, 16500.0, 9000.0, 0.022, 12000.0, 1.88, 16300.0,
    4.8e6, 0.00035, 0.0175, 1e8, 4.44e11, 1240.0, 2.1, 5.78, 0.0474, 1780.0, 3.12,
)  # fmt: skip
"""The 25 rate constants of the pollution problem (Verwer 1994), as `ODE.jl` has them."""

# Reaction → the species that it consumes as the factors of its rate, and what it produces; species count from 1.
REACTIONS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((1,), (2, 3)), ((2, 4), (1,)), ((5, 2), (6, 1)), ((7,), (5, 5, 8)), ((7,), (8,)), ((7, 6), (5, 8)),
    ((9,), (5, 8, 10)), ((9, 6), (11,)), ((11, 2), (10, 12, 1)), ((11, 1), (13,)), ((13,), (11, 1)),
    ((10, 2), (14, 1)), ((14,), (7, 5)), ((1, 6), (15,)), ((3,), (4,)), ((4,), (16,)), ((4,), (3,)),
    ((16,), (6, 6)), ((16,), (3,)), ((17, 6), (5, 18)), ((19,), (2,)), ((19,), (1, 3)), ((1, 4), (19,)),
    ((19, 1), (20,)), ((20,), (19, 1)),
)  # fmt: skip


def ode(y: Sequence[Any]) -> list[Any]:
    """The pollution problem: 20 species, 25 reactions; the time derivative of each species."""
    rates = []
    for k, (consumed, _) in zip(RATES, REACTIONS, strict=True):
        rate: Any = k
        for species in consumed:
            rate = rate * y[species - 1]
        rates.append(rate)
    slopes: list[Any] = [None] * 20
    for rate, (consumed, produced) in zip(rates, REACTIONS, strict=True):
        for species in produced:
            slopes[species - 1] = rate if slopes[species - 1] is None else slopes[species - 1] + rate
        for species in consumed:
            slopes[species - 1] = -rate if slopes[species - 1] is None else slopes[species - 1] - rate
    return slopes


def spherical_harmonics(max_l: int, x: Any, y: Any, z: Any) -> list[Any]:
    """The real spherical harmonics of degrees below `max_l` by recurrence: max_l² functions of a point.

    The recurrences of `SphericalHarmonics.jl` with as many operations, but the true ones: there sine and cosine have
    changed places, and those of twice the angle vanish.
    """
    sine, cosine = [0], [1]
    for _ in range(1, max_l):
        s, c = sine[-1], cosine[-1]
        sine.append(x * s + y * c)
        cosine.append(x * c - y * s)
    legendre: dict[tuple[int, int], Any] = {(0, 0): 1.0}
    found = []
    for degree in range(max_l):
        for m in range(degree + 1):
            if 0 < m == degree:
                legendre[m, m] = (1 - 2 * m) * legendre[m - 1, m - 1]
            elif m == degree - 1:
                legendre[degree, m] = (2 * m + 1) * z * legendre[m, m]
            elif degree:
                a, b = (2 * degree - 1) / (degree - m), (degree + m - 1) / (degree - m)
                legendre[degree, m] = a * z * legendre[degree - 1, m] - b * legendre[degree - 2, m]
        for m in range(-degree, degree + 1):
            k = abs(m)
            share = math.factorial(degree - k) / math.factorial(degree + k)
            norm = math.sqrt((2 * degree + 1) / (4 * math.pi) * share * (2 if m else 1))
            found.append(norm * legendre[degree, k] * (sine[k] if m < 0 else cosine[k]))
    return found


def operations(graph: Graph) -> int:
    return graph.cost().operations


def derivative_ratio(G: Graph, B: Graph) -> tuple[int, int]:
    """Operations of the derivatives alone, simplified, and of the function with common subexpressions merged."""
    return operations(Graph(B.tape).simplify()), operations(G.simplify("exact"))


def fast_differentiation_tasks() -> dict[str, tuple[Graph, Graph]]:
    """Each task's function and its Jacobian as graphs."""
    x, y, z = ew.symbols("x y z")
    scalar = ew.graph(rosenbrock(1000).build(None, list(ew.symbols("x", shape=1000))))
    harmonics = ew.graph(spherical_harmonics(40, x, y, z))
    pollution = ew.graph(ode(list(ew.symbols("y", shape=20))))
    return {
        "rosenbrock gradient": (scalar, scalar.gradient()),
        "spherical harmonics": (harmonics, harmonics.jacobian()),
        "pollution ODE": (pollution, pollution.jacobian(order="forward")),
    }


# --- the n-link pendulum on a cart (SymPy) --------------------------------------------------------------------------


@dataclass(frozen=True)
class Pendulum:
    """Equations of motion M(q) d(q, u)/dt - f(q, u) = 0 as a SymPy column, the states, and all symbols."""

    equations: Any
    states: tuple[Any, ...]
    symbols: tuple[Any, ...]


def pendulum(n: int) -> Pendulum:
    """`sympy.physics.mechanics.models.n_link_pendulum_on_cart(n)`, its time functions replaced by plain symbols."""
    import sympy as sp
    from sympy.core.function import AppliedUndef
    from sympy.physics.mechanics import dynamicsymbols
    from sympy.physics.mechanics.models import n_link_pendulum_on_cart

    kane = n_link_pendulum_on_cart(n)
    states = [*kane.q, *kane.u]
    rates = [state.diff(dynamicsymbols._t) for state in states]
    equations = kane.mass_matrix_full * sp.Matrix(rates) - kane.forcing_full
    equations = equations.xreplace({r: sp.Symbol(f"{s.func}_dot") for r, s in zip(rates, states, strict=True)})
    equations = equations.xreplace({f: sp.Symbol(str(f.func)) for f in equations.atoms(AppliedUndef)})
    plain = [sp.Symbol(str(state.func)) for state in states]
    every = sorted(equations.free_symbols | set(plain), key=str)
    return Pendulum(equations, tuple(plain), tuple(every))


def our_jacobian(task: Pendulum) -> DerivativeGraph:
    """From the SymPy column to a simplified graph of the equations and their Jacobian."""
    graph = ew.graph(task.equations, inputs=[s.name for s in task.symbols])
    return graph.jacobian([s.name for s in task.states], sparse="dense").simplify()


def built(task: Pendulum, backend: str) -> Any:
    """From the SymPy column to a function."""
    return our_jacobian(task).compile(backend)


def sympy_operations(*matrices: Any) -> int:
    """SymPy's own count after its `cse`."""
    import sympy as sp

    shared, reduced = sp.cse(list(matrices))
    return sum(e.count_ops() for _, e in shared) + sum(e.count_ops() for matrix in reduced for e in matrix)


def sparse_rosenbrock(n: int) -> DerivativeGraph:
    """From nothing to the simplified sparse Hessian."""
    return ew.graph(rosenbrock(n).build(None, list(ew.symbols("x", shape=n)))).hessian(sparse=True).simplify()


def pendulum_rows(n: int) -> Iterator[Row]:
    """From the SymPy column to a function and an operation count, ours and SymPy's."""
    import sympy as sp
    from sympy.core.cache import clear_cache

    task = pendulum(n)

    def theirs() -> Any:
        clear_cache()  # a second differentiation would otherwise be read off the first
        jacobian = task.equations.jacobian(task.states)
        sp.lambdify(task.symbols, [task.equations, jacobian], cse=True)
        return jacobian

    J = our_jacobian(task)
    ours, source = (best(partial(built, task, backend), 8)[0] for backend in ("llvm", "python"))
    sympy, jacobian = best(theirs, 2)
    yield row("pendulum", "pendulum", "edgewise", ours, at=n)
    yield row("pendulum", "pendulum", "edgewise, as Python source", source, at=n)
    yield row("pendulum", "pendulum", "SymPy", sympy, at=n)
    yield row("published", f"pendulum({n}): equations and Jacobian", "edgewise", operations(J))
    yield row(
        "published", f"pendulum({n}): equations and Jacobian", "SymPy", sympy_operations(task.equations, jacobian)
    )


def measure(options: Options) -> Iterator[Row]:
    for retraction, name in (("matrix", "matrices"), ("quaternion", "quaternions")):
        work = f"SymForce: pose, rotations as {name}"
        yield row("published", work, "edgewise", operations(pose(retraction).simplify(expand=True)))
        yield row("published", work, "published", POSE_BOUND)
    for name, (G, B) in fast_differentiation_tasks().items():
        derivative, function = derivative_ratio(G, B)
        work = f"FastDifferentiation: {name}"
        if name in RATIOS:
            yield row("published", f"{work}, over function", "edgewise", derivative / function)
            yield row("published", f"{work}, over function", "published", RATIOS[name])
        else:
            yield row("published", work, "edgewise", derivative)
            yield row("published", work, "published", HAND_WRITTEN_ODE)
    for n in () if not options.has("sympy") else (1,) if options.quick else (1, 2, 4, 8):
        yield from pendulum_rows(n)


QUESTION = Question(
    "published",
    "What of the tasks that peers have published?",
    "SymForce's `pose3_inverse_compose_point` with Jacobian, and the tasks of FastDifferentiation.jl, against the"
    " figures they publish; `n_link_pendulum_on_cart(n)` against SymPy's `jacobian` and `lambdify(cse=True)`, ours"
    " by `compile()` from the same SymPy matrix, with Python source beside. A figure"
    " over the function is the operations of the derivatives alone, simplified, over those of the function with common"
    " subexpressions merged, as FastDifferentiation.jl counts; it does not count negations, we do. The pollution ODE's"
    " published count is that of its Jacobian written by hand, each common subexpression counted once.",
    measure,
    (
        View(
            "published",
            "Operations over the published ones",
            "operations",
            "edgewise",
            kind="quotients",
            bounds=(Bound("published"), Bound("SymPy", works=("pendulum(8): equations and Jacobian",))),
        ),
        View(
            "pendulum",
            "Jacobian of the pendulum on a cart, built and compiled",
            "s",
            "edgewise",
            kind="lines",
            along="links of the pendulum",
            bounds=(Bound("SymPy", 50, at=8),),
        ),
    ),
)
