"""What has become faster? Tracing for each node, long chains and deep networks, beside an earlier state.

Only what every state of the library has is used here: `run.py earlier --before SRC` gives the earlier one's folder.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

import edgewise as ew
from measure import TINY, best, build, elsewhere, traced
from question import Bound, Options, Question, Row, View, row
from workloads import WORKLOADS, chain, named

HERE = str(Path(ew.__file__).parent.parent)
Send = Callable[[Any, Any], None]


# --- tracing --------------------------------------------------------------------------------------------------------


def tracing(send: Send, names: list[str], times: int) -> None:
    """Seconds for each node of the workloads, by symbols and from a function whose lines are kept."""
    for name in names:
        workload = named(name)
        for who, run in (("symbols", lambda w=workload: build(w)), ("trace", lambda w=workload: traced(w))):
            seconds, graph = best(run, times)
            send(f"{who} {name}", seconds / len(graph))


def casadi_building(name: str, times: int) -> float:
    """Seconds for each instruction that CasADi notes."""
    import casadi as ca

    workload = named(name)
    x = ca.SX.sym("x", workload.size)
    seconds, f = best(lambda: workload.build(ca, [x[k] for k in range(workload.size)]), times)
    return seconds / ca.Function("f", [x], [f]).n_instructions()


# --- deep graphs ----------------------------------------------------------------------------------------------------


def softmax(scores: Any) -> Any:
    """Along the last axis, as one writes it."""
    weights = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return weights / np.sum(weights, axis=-1, keepdims=True)


def transformer(X: Any, Q: Any, K: Any, V: Any, W1: Any, W2: Any, Y: Any) -> Any:
    """Layers of attention and of a network for each word, each with what came before added and normalised."""
    for k in range(Q.shape[0]):
        scores = (X @ Q[k]) @ (X @ K[k]).T / np.sqrt(Q.shape[2])
        X = X + softmax(scores) @ (X @ V[k])
        X = X / np.sqrt(np.mean(X**2, axis=-1, keepdims=True) + 1e-6)
        X = X + np.tanh(X @ W1[k]) @ W2[k]
        X = X / np.sqrt(np.mean(X**2, axis=-1, keepdims=True) + 1e-6)
    return np.sum((X - Y) ** 2)


def recurrent(x: Any, h: Any, W: Any, U: Any, steps: int) -> Any:
    """A recurrent network, its steps one after the other."""
    for _ in range(steps):
        h = np.tanh(W @ h + U @ x)
    return np.sum(h**2)


def networks(layers: int, steps: int) -> dict[str, Callable[[], Any]]:
    """The graphs by name."""
    t = ew.tensor
    of_words = {"X": t("n", "d"), **{k: t(layers, "d", "d") for k in "QKV"}, "W1": t(layers, "d", "h")}
    of_words |= {"W2": t(layers, "h", "d"), "Y": t("n", "d")}
    of_steps = {"x": t("m"), "h": t("n"), "W": t("n", "n"), "U": t("n", "m")}
    return {
        f"transformer, {layers} layers": lambda: ew.trace(transformer, **of_words),
        f"network, {steps} steps": lambda: ew.trace(lambda x, h, W, U: recurrent(x, h, W, U, steps), **of_steps),
    }


def deep(send: Send, layers: int, steps: int) -> None:
    """Seconds from the function to the simplified gradient in everything, and whether it has the value's slope."""
    for graph in networks(2, 3).values():
        graph().gradient().simplify()  # what is loaded once
    for name, graph in networks(layers, steps).items():
        seconds, derivative = best(lambda graph=graph: graph().gradient().simplify(), 2)
        send(name, seconds)
        send(f"slope {name}", slope_error(graph(), derivative))


def slope_error(graph: Any, derivative: Any) -> float:
    """How far the gradient is from the central difference in a direction, over the larger of both."""
    rng, sizes = np.random.default_rng(0), {"n": 3, "d": 4, "h": 5, "m": 2}
    shapes = {p.name: tuple(sizes.get(str(s), s) for s in p.shape) for p in graph.tape.parameters}
    at = {name: 0.3 * rng.normal(size=shape) for name, shape in shapes.items()}
    along = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    f = graph.compile("numpy")
    ahead, behind = (f(**{name: at[name] + step * along[name] for name in at}) for step in (1e-5, -1e-5))
    _, gradient = derivative.compile("numpy")(**at)
    slope = sum(float(np.sum(part * along[name])) for part, name in zip(gradient, at, strict=True))
    expected = float(ahead - behind) / 2e-5
    return abs(slope - expected) / max(abs(slope), abs(expected))


def long(send: Send, links: int) -> None:
    """Seconds of each stage of a chain sin(sin(… x)), after a shorter one."""
    for n in (min(links, 20_000), links):
        stages: dict[str, float] = {}

        def timed(name: str, run: Callable[[], Any], stages: dict[str, float] = stages) -> Any:
            start = time.perf_counter()
            made = run()
            stages[name] = time.perf_counter() - start
            return made

        graph = timed("build", lambda n=n: build(chain(n)))
        written = timed("gradient", graph.gradient)
        simplified = timed("simplify", written.simplify)
        timed("print", simplified.to_python)
        (slope,) = timed("evaluate", lambda s=simplified: s.evaluate(np.array([0.5])).outputs)
        x, expected = 0.5, 1.0
        for _ in range(n):
            expected, x = expected * math.cos(x), math.sin(x)
        np.testing.assert_allclose(slope, expected, rtol=1e-9, atol=1e-300)
    for name, seconds in stages.items():
        send(name, seconds)


def measure(options: Options) -> Iterator[Row]:
    names = [*TINY] if options.quick else [workload.name for workload in WORKLOADS]
    times = 2 if options.quick else 7
    states = {"edgewise": HERE, **({"before": options.before} if options.before else {})}
    found = {state: elsewhere(folder, tracing, names, times) for state, folder in states.items()}
    for name in names:
        yield row("tracing", name, "edgewise", found["edgewise"][f"trace {name}"])
        yield row("tracing", name, "edgewise, symbols", found["edgewise"][f"symbols {name}"])
        if "before" in found:
            yield row("tracing", name, "before, symbols", found["before"][f"symbols {name}"])
            yield row("tracing", name, "before, trace", found["before"][f"trace {name}"])
        if options.has("casadi"):
            yield row("tracing", name, "CasADi", casadi_building(name, times))
    for state, folder in states.items():
        sent = elsewhere(folder, deep, *((2, 4) if options.quick else (12, 100)))
        for name, seconds in sent.items():
            if not name.startswith("slope"):
                assert sent[f"slope {name}"] < 1e-5, f"the gradient of the {name} is wrong"
                yield row("earlier", name, state, seconds)
    links = 300 if options.quick else 1_000_000
    for state, folder in states.items():
        for stage, seconds in elsewhere(folder, long, links).items():
            yield row("earlier", f"chain of {links:,}: {stage}", state, seconds)


MILLION = tuple(f"chain of 1,000,000: {stage}" for stage in ("simplify", "print", "evaluate"))
QUESTION = Question(
    "earlier",
    "What has become faster?",
    "The same programs with the edgewise of this folder and with an earlier state (`--before`), each in a process of"
    " its own. Tracing is for each node: from a Python function with the user's line for each operation, and by"
    " `ew.symbols`; CasADi's is building SX, for each instruction. Deep networks are traced, differentiated in"
    " everything and simplified, with named dimensions; their gradients are compared with central differences.",
    measure,
    (
        View(
            "tracing",
            "Tracing, for each node",
            "s",
            "edgewise",
            bounds=(
                Bound("before, symbols", 1 / 0.45),
                Bound("before, symbols", 1 / 0.35, who="edgewise, symbols"),
                Bound("CasADi"),
            ),
        ),
        View(
            "earlier",
            "Deep graphs, now and before",
            "s",
            "edgewise",
            bounds=(Bound("before", 2, works=(*MILLION, "transformer, 12 layers", "network, 100 steps")),),
        ),
    ),
)
