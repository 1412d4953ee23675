"""Black–Scholes in batches: the call's price and its five first derivatives, beside JAX, SymPy and CasADi."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np

import edgewise as ew
from measure import apart, best
from question import Bound, Options, Question, Row, View, row
from workloads import black_scholes as option

NAMES = ("S", "K", "r", "sigma", "T")
MOST = {"CasADi": 1_000_000}
"""The most points for a peer that would take gigabytes beyond."""


def price(m: Any, *given: Any) -> Any:
    """The call's price, over a namespace of functions."""
    return option().build(m, given)


def market(points: int) -> list[Any]:
    rng = np.random.default_rng(0)
    ranges = ((80, 120), (80, 120), (0.0, 0.1), (0.1, 0.5), (0.2, 2.0))
    return [rng.uniform(low, high, points) for low, high in ranges]


def seconds(run: Callable[[], Any], points: int) -> float:
    """The best of several runs after a first one: many of them where they are short."""
    run()
    return best(run, max(4, min(200, 3_000_000 // points)))[0]


def memory_limit(points: int, threads: int) -> float:
    """Eleven arrays through memory: five read and six written."""
    sources, targets = market(points), [np.zeros(points) for _ in range(6)]

    def copy(part: int) -> None:
        piece = slice(part * points // threads, (part + 1) * points // threads)
        for k, target in enumerate(targets):
            if k < 5:
                np.copyto(target[piece], sources[k][piece])
            else:
                target[piece] = 1.0

    if threads == 1 or points < 100_000:  # a pool would cost more than it copies
        threads = 1
        return seconds(lambda: copy(0), points)
    with ThreadPoolExecutor(threads) as pool:
        return seconds(lambda: list(pool.map(copy, range(threads))), points)


def ours() -> Any:
    graph = ew.graph(price(ew, *ew.symbols(list(NAMES))), inputs=NAMES)
    function = graph.gradient().simplify().compile()
    function.wait()
    return function


def jax_times(send: Callable[[str, Any], None], sizes: list[int]) -> None:
    import jax
    import jax.numpy as jnp
    from jax.scipy.special import erf

    jax.config.update("jax_enable_x64", True)
    functions = SimpleNamespace(log=jnp.log, sqrt=jnp.sqrt, exp=jnp.exp, erf=erf)
    derived = jax.value_and_grad(lambda *args: price(functions, *args), argnums=tuple(range(5)))
    function = jax.jit(jax.vmap(derived))
    for points in sizes:
        arrays = [jnp.asarray(a) for a in market(points)]
        send(str(points), seconds(lambda arrays=arrays: jax.block_until_ready(function(*arrays)), points))


def sympy_times(send: Callable[[str, Any], None], sizes: list[int]) -> None:
    import sympy as sp

    symbols = sp.symbols(NAMES, positive=True)
    value = price(sp, *symbols)
    function = sp.lambdify(symbols, [value, *(sp.diff(value, s) for s in symbols)], ["numpy", "scipy"], cse=True)
    for points in sizes:
        arrays = market(points)
        send(str(points), seconds(lambda arrays=arrays: function(*arrays), points))


def casadi_times(send: Callable[[str, Any], None], sizes: list[int]) -> None:
    import casadi as ca

    symbols = [ca.SX.sym(name) for name in NAMES]
    value = price(ca, *symbols)
    function = ca.Function("f", symbols, [value, *(ca.gradient(value, s) for s in symbols)])
    for points in sizes:
        mapped = function.map(points)
        rows = [ca.DM(a).T for a in market(points)]
        send(str(points), seconds(lambda mapped=mapped, rows=rows: mapped(*rows), points))


PEERS = (("JAX", "jax", jax_times), ("SymPy", "sympy", sympy_times), ("CasADi", "casadi", casadi_times))


def measure(options: Options) -> Iterator[Row]:
    sizes = [10, 100] if options.quick else [10**k for k in range(2, 8)]
    function, cores = ours(), os.cpu_count() or 1
    for points in sizes:
        arrays, out = market(points), (np.empty(points), tuple(np.empty(points) for _ in NAMES))
        ways: dict[str, Callable[[], Any]] = {
            "edgewise, all cores": lambda a=arrays, o=out: function(*a, out=o, threads=cores),
            "edgewise, 1 core": lambda a=arrays, o=out: function(*a, out=o, threads=1),
            "edgewise, new arrays": lambda a=arrays: function(*a, threads=cores),
        }
        for who, run in ways.items():
            yield row("batches", "Black–Scholes", who, seconds(run, points), at=points)
        yield row("batches", "Black–Scholes", "memory limit", memory_limit(points, cores), at=points)
    for who, module, times in PEERS:
        if options.has(module):
            theirs = apart(times, [points for points in sizes if points <= MOST.get(who, points)])
            for points, time in theirs.items():
                yield row("batches", "Black–Scholes", who, time, at=int(points))


QUESTION = Question(
    "batches",
    "What does a batch cost?",
    "The price of a call option and its five first derivatives at many points, every library with the same formula"
    " and the same arrays: ours with `out=` and as many threads as there are cores, JAX by"
    " `jit(vmap(value_and_grad))`, SymPy by `lambdify(cse=True)` on NumPy and SciPy, CasADi by `map`. The memory limit"
    " is what reading five arrays and writing six costs, measured by copying as many with as many threads.",
    measure,
    (
        View(
            "batches",
            "Black–Scholes with five derivatives",
            "s",
            "edgewise, all cores",
            kind="lines",
            along="points",
            each="point",
            limits=("memory limit",),
            bounds=(
                Bound("memory limit", 1 / 2, at=1_000_000),
                Bound("JAX", 3, at=1_000_000),
                Bound("SymPy", 8, at=1_000_000),
            ),
        ),
    ),
)
