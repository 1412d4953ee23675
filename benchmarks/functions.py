"""What a call of `edgewise.grad(f)` costs, which runs `f` on symbols anew: its parts beside it, and JAX."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import edgewise as ew
from measure import per_call
from question import Bound, Options, Question, Row, View, row

NEW, TRACE, COMPILED, ONCE = "grad, traced anew", "the trace alone", "the compiled gradient", "jit(grad), traced once"
PARTS = "trace and compiled gradient together"


def thirty(np: Any) -> Callable[..., Any]:
    """A formula of thirty nodes in three numbers."""

    def f(x: Any, y: Any, z: Any) -> Any:
        a = np.sin(x * y) + np.exp(-(z**2))
        b = np.tanh(a * x) + y / (1 + z * z)
        c = np.log(1 + np.exp(b)) * a
        return a * b + c * np.cos(x + c) - np.sqrt(1 + b * b) * x

    return f


def logistic(np: Any) -> Callable[..., Any]:
    """The loss of a logistic regression, in a vector, its data beside it."""
    return lambda w, X, y: np.mean(np.log1p(np.exp(-y * (X @ w))))


def network(np: Any) -> Callable[..., Any]:
    """Two layers, their weights in a dictionary."""
    return lambda p, X, y: np.mean((np.tanh(X @ p["W"] + p["b"]) @ p["v"] - y) ** 2)


def works(quick: bool) -> Iterator[tuple[str, Callable[[Any], Callable[..., Any]], tuple[Any, ...], Any]]:
    """Each function of a namespace like NumPy's, its arguments, and what `trace` is told of these."""
    random, (n, d, h) = np.random.default_rng(0), (4, 2, 2) if quick else (200, 16, 8)
    X, y = random.normal(size=(n, d)), np.sign(random.normal(size=n))
    p = {"W": random.normal(size=(d, h)), "b": np.zeros(h), "v": random.normal(size=h)}
    yield "thirty nodes", thirty, (1.0, 2.0, 3.0), {}
    named = {"w": ew.tensor(d), "X": ew.tensor(n, d), "y": ew.tensor(n)}
    yield "logistic regression", logistic, (random.normal(size=d), X, y), named
    apart = {"W": ew.tensor(d, h), "b": ew.tensor(h), "v": ew.tensor(h), "X": ew.tensor(n, d), "y": ew.tensor(n)}
    yield "network of two layers", network, (p, X, y), apart


def timed(seconds: float, call: Callable[..., Any], *args: Any) -> float:
    return per_call(lambda: call(*args), seconds)


def measure(options: Options) -> Iterator[Row]:
    seconds = 0.02 if options.quick else 0.5
    for work, make, args, groups in works(options.quick):
        f, flat, argnums = make(np), [*args], 0 if groups else (0, 1, 2)
        if isinstance(args[0], dict):
            flat = [*args[0].values(), *args[1:]]
            f = lambda W, b, v, X, y, whole=f: whole({"W": W, "b": b, "v": v}, X, y)
        trace = lambda f=f, groups=groups: ew.trace(f, **groups) if groups else ew.trace(f, "x", "y", "z")
        compiled = trace().gradient([*groups][: len(flat) - 2] or None).simplify().compile()
        anew = ew.grad(make(np), argnums)
        parts = {TRACE: timed(seconds, trace), COMPILED: timed(seconds, compiled, *flat)}
        yield row("functions", work, NEW, timed(seconds, anew, *args))
        yield row("functions", work, PARTS, sum(parts.values()))
        for who, value in parts.items():
            yield row("functions", work, who, value)
        yield row("functions", work, ONCE, timed(seconds, ew.jit(anew), *args))
        if options.has("jax"):
            import jax

            derived = jax.grad(make(jax.numpy), argnums)
            for who, run in (("jax.grad", derived), ("jax.jit(jax.grad)", jax.jit(derived))):
                ready = lambda *args, run=run: jax.block_until_ready(run(*args))
                yield row("functions", work, who, timed(seconds, ready, *args))


QUESTION = Question(
    "functions",
    "What does it cost to trace anew?",
    "A call of `edgewise.grad(f)` after the first, which runs f on symbols and finds the graph compiled; beside it the"
    " two things that it cannot do without, and JAX, which runs f anew too unless it is jitted.",
    measure,
    (
        View(
            "functions",
            "A call of the gradient of a function, after the first",
            "s",
            NEW,
            bounds=(Bound(PARTS, factor=1 / 3),),
        ),
    ),
)
