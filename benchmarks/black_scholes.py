"""Black–Scholes on a million points: the call's price and its five first derivatives, beside JAX, SymPy and CasADi.

    pip install -e ".[bench]" jax
    python benchmarks/black_scholes.py

Every library gets the same formula and the same arrays, and the figure is the best of several runs. The limit is what
reading five arrays and writing six costs, measured by copying as many.
"""

from __future__ import annotations

import importlib.util
import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np

import edgewise as ew
from run import best

NAMES = ("S", "K", "r", "sigma", "T")
POINTS = 1_000_000


def price(m: Any, S: Any, K: Any, r: Any, sigma: Any, T: Any) -> Any:
    """The call's price, over a namespace of functions."""
    d1 = (m.log(S / K) + (r + sigma * sigma / 2) * T) / (sigma * m.sqrt(T))
    d2 = d1 - sigma * m.sqrt(T)
    return S * (1 + m.erf(d1 / math.sqrt(2))) / 2 - K * m.exp(-r * T) * (1 + m.erf(d2 / math.sqrt(2))) / 2


def market(points: int = POINTS) -> list[Any]:
    rng = np.random.default_rng(0)
    ranges = ((80, 120), (80, 120), (0.0, 0.1), (0.1, 0.5), (0.2, 2.0))
    return [rng.uniform(low, high, points) for low, high in ranges]


def milliseconds(run: Callable[[], Any], times: int = 15) -> float:
    run()
    return best(run, times)[0] * 1e3


def memory_limit(threads: int) -> float:
    """Eleven arrays through memory: five read and six written."""
    sources, targets = market(), [np.zeros(POINTS) for _ in range(6)]

    def copy(part: int) -> None:
        piece = slice(part * POINTS // threads, (part + 1) * POINTS // threads)
        for k, target in enumerate(targets):
            if k < 5:
                np.copyto(target[piece], sources[k][piece])
            else:
                target[piece] = 1.0

    with ThreadPoolExecutor(threads) as pool:
        return milliseconds(lambda: list(pool.map(copy, range(threads))))


def ours(threads: int, fresh: bool = False) -> float:
    graph = ew.graph(price(ew, *ew.symbols(list(NAMES))), inputs=NAMES)
    function: Any = graph.gradient().simplify().compile()
    function.wait()
    arrays, out = market(), (np.empty(POINTS), tuple(np.empty(POINTS) for _ in NAMES))
    if fresh:
        return milliseconds(lambda: function(*arrays, threads=threads))
    return milliseconds(lambda: function(*arrays, out=out, threads=threads))


def jax_time() -> float:
    import jax
    import jax.numpy as jnp
    from jax.scipy.special import erf

    jax.config.update("jax_enable_x64", True)
    functions = SimpleNamespace(log=jnp.log, sqrt=jnp.sqrt, exp=jnp.exp, erf=erf)
    derived = jax.value_and_grad(lambda *args: price(functions, *args), argnums=tuple(range(5)))
    function, arrays = jax.jit(jax.vmap(derived)), [jnp.asarray(a) for a in market()]
    return milliseconds(lambda: jax.block_until_ready(function(*arrays)))


def sympy_time() -> float:
    import sympy as sp

    symbols = sp.symbols(NAMES, positive=True)
    value = price(sp, *symbols)
    function = sp.lambdify(symbols, [value, *(sp.diff(value, s) for s in symbols)], ["numpy", "scipy"], cse=True)
    arrays = market()
    return milliseconds(lambda: function(*arrays), 5)


def casadi_time() -> float:
    import casadi as ca

    symbols = [ca.SX.sym(name) for name in NAMES]
    value = price(ca, *symbols)
    function = ca.Function("f", symbols, [value, *(ca.gradient(value, s) for s in symbols)])
    arrays = market()
    mapped = function.map(POINTS)
    rows = [ca.DM(a).T for a in arrays]
    return milliseconds(lambda: mapped(*rows), 3)


def main() -> None:
    cores = os.cpu_count() or 1
    mine = ours(cores)
    print("| way | ms | over ours |\n|---|---|---|")
    rows = [
        (f"edgewise, {cores} threads, `out=`", lambda: mine),
        (f"edgewise, {cores} threads, new arrays", lambda: ours(cores, True)),
        ("edgewise, 1 thread, `out=`", lambda: ours(1)),
        (f"eleven arrays through memory, {cores} threads", lambda: memory_limit(cores)),
    ]
    peers = [
        ("JAX, jit of vmap", "jax", jax_time),
        ("SymPy, lambdify(cse=True)", "sympy", sympy_time),
        ("CasADi, map", "casadi", casadi_time),
    ]
    rows += [(name, run) for name, module, run in peers if importlib.util.find_spec(module)]
    for name, run in rows:
        time = run()
        print(f"| {name} | {time:.1f} | {time / mine:.1f} |", flush=True)


if __name__ == "__main__":
    main()
