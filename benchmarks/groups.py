"""Many points and many groups at once: value and gradient beside heyoka, which makes vector code, and Symbolica."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

import edgewise as ew
from measure import apart, best, build, flat
from question import Bound, Options, Question, Row, View, row
from workloads import Workload, named

POINTS = ("r3bp()", "correlation()", "black_scholes()")
GROUPS = ("lennard_jones(20)", "mlp(16,16,16)", "gmm(6,5,60)")
CHECKED = 5
"""So many points of every peer are compared with ours before it is timed."""

Send = Callable[[Any, Any], None]


def data(workload: Workload, points: int) -> np.ndarray:
    """Inputs at many points around the usual one: a row for each input."""
    middle = np.array(workload.point())[:, None]
    return middle * np.random.default_rng(0).uniform(0.95, 1.05, (workload.size, points))


def seconds(run: Callable[[], Any], quick: bool) -> float:
    run()
    return best(run, 3 if quick else 30)[0]


def our_points(send: Send, name: str, points: int, quick: bool) -> None:
    """Each input and each result an array of its own."""
    workload = named(name)
    names = [f"x{k}" for k in range(workload.size)]
    graph = ew.graph(workload.build(ew, ew.symbols(" ".join(names))), inputs=names)
    arrays, results = list(data(workload, points)), [np.empty(points) for _ in range(workload.size + 1)]
    outs = {"value": results[0], "value and gradient": (results[0], tuple(results[1:]))}
    for what, made in (("value", graph), ("value and gradient", graph.gradient())):
        function = made.simplify().compile()
        function.wait()
        send(what, seconds(lambda f=function, o=outs[what]: f(*arrays, out=o, threads=1), quick))
    send("results", [array[:CHECKED].tolist() for array in results])


def our_groups(send: Send, name: str, groups: int, quick: bool) -> None:
    """The groups below each other: (groups, inputs)."""
    workload = named(name)
    function = build(workload).gradient().simplify().compile()
    x = np.ascontiguousarray(data(workload, groups).T)
    value, gradient = np.empty(groups), np.empty((groups, workload.size))
    call = lambda: function(x, out=(value, gradient), threads=1)
    seconds(call, quick)  # calls earn the code of batches of groups, for which `wait` alone does not ask
    function.wait()
    send("value and gradient", seconds(call, quick))
    send("results", [value[:CHECKED].tolist(), *gradient[:CHECKED].T.tolist()])


def heyoka_times(send: Send, name: str, points: int, quick: bool) -> None:
    """The compiled function that is the faster one of heyoka's two kinds, a row for each input and each result."""
    import heyoka as hy

    workload = named(name)
    x = list(hy.make_vars(*(f"x{k}" for k in range(workload.size))))
    f = workload.build(hy, x)
    gradient = hy.diff_tensors([f], x, diff_order=1).gradient
    inputs, results = data(workload, points), np.empty((workload.size + 1, points))
    for what, made in (("value", [f]), ("value and gradient", [f, *gradient])):
        if what == "value" and name not in POINTS:
            continue
        function = hy.cfunc(made, vars=x, compact_mode=name == "gmm(6,5,60)")
        outputs = results[: len(made)]
        function(inputs, outputs=outputs)
        if len(made) > 1:
            send("results", results[:, :CHECKED].tolist())
        send(what, seconds(lambda f=function, o=outputs: f(inputs, outputs=o), quick))


def symbolica_times(send: Send, name: str, points: int, quick: bool) -> None:
    """The evaluator after its own optimisation, compiled by its own compiler, on one core as its free licence wants."""
    import symbolica as sy

    workload = named(name)
    m = SimpleNamespace(
        **{f: (lambda value, f=f: getattr(value, f)()) for f in ("exp", "log", "sin", "tanh", "sqrt", "erf")}
    )
    x = [sy.S(f"x{k}") for k in range(workload.size)]
    f = workload.build(m, x)
    inputs = np.ascontiguousarray(data(workload, points).T)
    for what, made in (("value", [f]), ("value and gradient", [f, *(f.derivative(v) for v in x)])):
        function = sy.Expression.evaluator_multiple(made, x, n_cores=1, jit_compile=True)
        results = np.asarray(function.evaluate(inputs[:CHECKED]))
        if len(made) > 1:
            send("results", results.T.tolist())
        send(what, seconds(lambda f=function: f.evaluate(inputs), quick))


PEERS = (("heyoka", "heyoka", heyoka_times), ("Symbolica", "symbolica", symbolica_times))


def beside(
    view: str, ours: Callable[..., None], name: str, points: int, options: Options, peers: tuple[Any, ...] = PEERS
) -> Iterator[Row]:
    """A workload in every way, each in a process of its own that is held to one core."""
    told = name.replace("()", "")
    sent = apart(ours, name, points, options.quick, cores=1)
    whats = [what for what in ("value", "value and gradient") if what in sent]
    for what in whats:
        yield row(view, f"{told}: {what}", "edgewise", sent[what])
    for who, module, work in peers:
        if not options.has(module):
            continue
        theirs = apart(work, name, points, options.quick, patience=8 * options.patience, cores=1)
        if "results" in theirs:
            np.testing.assert_allclose(
                flat(theirs["results"]), flat(sent["results"]), rtol=1e-7, atol=1e-9, err_msg=f"{who}: {name}"
            )
        for what in whats:
            ended = what in theirs
            value = theirs[what] if ended else 8 * options.patience
            yield row(view, f"{told}: {what}", who, value, least=not ended)


def measure(options: Options) -> Iterator[Row]:
    for name in POINTS[:1] if options.quick else POINTS:
        yield from beside("points", our_points, name, 1000 if options.quick else 1_000_000, options)
    for name in ("lennard_jones(3)",) if options.quick else GROUPS:
        yield from beside("groups", our_groups, name, 20 if options.quick else 1000, options, PEERS[:1])


QUESTION = Question(
    "groups",
    "What do many points and many groups cost, on one thread?",
    "A million points of a small formula, each input an array, and value and gradient of a large one for a thousand"
    " groups of inputs at once. heyoka's is `cfunc` of the expressions and `diff_tensors`, vector code by LLVM as ours"
    " is; Symbolica's is `evaluator_multiple` of the expressions and their `derivative`s, optimised and compiled by"
    " itself, on one core, as its licence without a fee allows. Each runs in a process of its own, held to one core."
    " What a peer computes at the first points is compared with ours before it is timed; one that is not ready when"
    " patience is over has a figure with >.",
    measure,
    (
        View(
            "points",
            "A million points, one thread",
            "s",
            "edgewise",
            bounds=(Bound("heyoka", 1.1, works=("r3bp: value", "r3bp: value and gradient")), Bound("Symbolica")),
        ),
        View("groups", "A thousand groups, one thread", "s", "edgewise", bounds=(Bound("heyoka", 1.1),)),
    ),
)
