"""How many digits do derivatives lose? FPBench's 114 formulas without loops, beside JAX, SymPy and CasADi.

The formulas are those of https://fpbench.org (Damouche, Martel, Panchekha, Qiu, Sanchez-Stern and Tatlock, *Toward a
standard benchmark format and suite for floating-point analysis*, NSV 2016), written anew: name, inputs, condition and
formula, one a line, in fpbench.tsv.
"""

from __future__ import annotations

import ast
import math
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

import edgewise as ew
from edgewise.accuracy import Balls, bits_of_error, sampled, with_bounds
from edgewise.accuracy.samples import doubles_between
from edgewise.evaluate import forward_propagation
from measure import per_call
from question import Bound, Options, Question, Row, View, row

LARGEST = float(np.finfo(np.float64).max)
BATCH, BATCHES = 256, 400
ACCURATE, SIMPLIFIED, WRITTEN = "accurate", "simplified", "as written"
VALUES, FIRST, SECOND = "values", "first derivatives", "second derivatives"
WORSE = "more than as written, the most"
OPERATIONS, CALL = "operations", "time of a call"
TELLING = 2.0
"""Mean bits of error from which on a core is shown by itself."""

LEAST = 0.01
"""What stands for no bit at all: axes are logarithmic."""

QUICK = ("logexp (fptaylor-extra)", "NMSE example 3.1", "NMSE example 3.4", "squareRoot3")


class Core:
    """A formula with its points: doubles within the condition, each as likely as any other."""

    def __init__(self, line: str, points: int) -> None:
        self.name, inputs, self.condition, self.formula = line.rstrip("\n").split("\t")
        self.inputs = inputs.split()
        self.ranges = ranges(self.condition, self.inputs)
        self.graph = ew.parse(self.formula, inputs=self.inputs)
        self.points = self.drawn(points)

    def drawn(self, count: int) -> list[np.ndarray]:
        """Where too few doubles meet the condition, numbers uniform within it."""
        random, found = np.random.default_rng(7), []
        within = ew.parse(self.condition, inputs=self.inputs) if self.condition else None
        for k in range(BATCHES):
            columns = [self.column(name, random, uniform=k >= BATCHES // 2) for name in self.inputs]
            batch = np.array(columns)
            if within is not None:
                batch = batch[:, np.broadcast_to(within.evaluate(*batch).outputs[0] != 0, BATCH)]
            found.append(batch)
            if sum(batch.shape[1] for batch in found) >= count:
                break
        return list(np.concatenate(found, axis=1)[:, :count])

    def column(self, name: str, random: np.random.Generator, *, uniform: bool) -> np.ndarray:
        if uniform:
            return random.uniform(*self.ranges.get(name, (-1e3, 1e3)), BATCH)
        return doubles_between(*self.ranges.get(name, (-LARGEST, LARGEST)), BATCH, random)

    def function(self, namespace: Any, chosen: Callable[..., Any]) -> Callable[..., Any]:
        """The formula over a library's functions."""
        names = {"where": chosen, **{name: getattr(namespace, name) for name in ("sqrt", "exp", "log")}}
        names.update({name: getattr(namespace, name) for name in ("sin", "cos", "tan")})
        names["atan"] = getattr(namespace, "atan", None) or namespace.arctan
        *steps, last = self.formula.split("; ")
        source = "\n    ".join([f"def f({', '.join(self.inputs)}):", *steps, f"return {last}"])
        exec(source, names)
        return names["f"]

    def tried(self, graph: Any, kind: str) -> list[int]:
        """The nodes that are measured: of a Hessian its diagonal; what depends on no input is left out by `truth`."""
        nodes = graph.returns()[-1].nodes
        return list(nodes[:: len(self.inputs) + 1]) if kind == SECOND else list(nodes)

    @cached_property
    def written(self) -> dict[str, Any]:
        return {VALUES: self.graph, FIRST: self.graph.gradient(), SECOND: self.graph.hessian()}


def ranges(condition: str, inputs: Sequence[str]) -> dict[str, tuple[float, float]]:
    """The bounds that a condition has for single inputs."""
    found: dict[str, tuple[float, float]] = {}
    parsed = ast.parse(condition or "0", mode="eval").body
    for part in parsed.values if isinstance(parsed, ast.BoolOp) else [parsed]:
        if not isinstance(part, ast.Compare) or isinstance(part.ops[0], ast.NotEq):
            continue
        left, right = part.left, part.comparators[0]
        strict, less = isinstance(part.ops[0], (ast.Lt, ast.Gt)), isinstance(part.ops[0], (ast.Lt, ast.LtE))
        name, number = (left, right) if isinstance(left, ast.Name) else (right, left)
        if not isinstance(name, ast.Name) or name.id not in inputs or any(map(_named, ast.walk(number))):
            continue
        bound, below = float(eval(ast.unparse(number))), (name is left) == less
        if strict:
            bound = float(np.nextafter(bound, -np.inf if below else np.inf))
        low, high = found.get(name.id, (-LARGEST, LARGEST))
        found[name.id] = (low, min(high, bound)) if below else (max(low, bound), high)
    return found


def _named(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


# --- errors ---------------------------------------------------------------------------------------------------------


class Errors:
    """Bits of error by way: the mean of each core, and where no number was found though there is one."""

    def __init__(self) -> None:
        self.bits: dict[str, dict[str, float]] = {}
        self.lost: dict[str, int] = {}

    def add(self, who: str, core: str, exact: Sequence[np.ndarray], found: Sequence[np.ndarray]) -> None:
        means, lost = [], 0
        for truth, values in zip(exact, found, strict=True):
            size = np.abs(truth)
            normal = np.isfinite(truth) & ((size == 0) | (size >= np.finfo(np.float64).tiny))
            if normal.any():
                values = np.broadcast_to(np.asarray(values, dtype=np.float64), truth.shape)[normal]
                means.append(bits_of_error(values, truth[normal]).mean())
                lost += int((~np.isfinite(values)).sum())
        if means:
            self.bits.setdefault(who, {})[core] = float(np.mean(means))
            self.lost[who] = self.lost.get(who, 0) + lost

    def mean(self, who: str) -> float:
        return float(np.mean(list(self.bits[who].values())))


def numbers(graph: Any, nodes: Sequence[int], core: Core) -> list[np.ndarray]:
    """What doubles make of some nodes at the core's points."""
    values = forward_propagation(graph.tape, core.points).values
    return [np.asarray(values[node], dtype=np.float64) for node in nodes]


def excesses(graph: Any, core: Core) -> list[float]:
    """How many times the true error the bounds of the last result are; an AssertionError where one is less."""
    results = graph.returns()[-1:]
    made, (_, bounds), _ = with_bounds(graph.tape, results, {})
    balls, values, found = Balls(graph.tape), forward_propagation(made, core.points).values, []
    for k, point in enumerate(zip(*(column.tolist() for column in core.points), strict=True)):
        exact = balls.known(point, results[0].nodes, 120)
        for node, bound in zip(results[0].nodes, bounds.nodes, strict=True):
            number, most = (float(np.broadcast_to(values[i], len(core.points[0]))[k]) for i in (node, bound))
            size = abs(float(exact[node].mid())) if exact[node].rel_accuracy_bits() >= 60 else math.nan
            if not (2.0**-1021 < size < LARGEST and math.isfinite(number) and math.isfinite(most)):
                continue
            error = float(abs(exact[node] - number).mid())
            assert most >= error, f"{core.name}: the error at {point} is {error}, and its bound {most}"
            found += [most / error] if error else []
    return found


# --- peers ----------------------------------------------------------------------------------------------------------


def jax_numbers(core: Core) -> dict[str, list[np.ndarray]]:
    import jax

    with jax.enable_x64(True):
        f, places = core.function(jax.numpy, jax.numpy.where), tuple(range(len(core.inputs)))
        second = lambda *x: [jax.grad(jax.grad(f, k), k)(*x) for k in places]
        made = {}
        for kind, run in ((VALUES, lambda *x: [f(*x)]), (FIRST, jax.grad(f, places)), (SECOND, second)):
            made[kind] = list(map(np.asarray, jax.jit(jax.vmap(run))(*core.points)))
    return made


def sympy_numbers(core: Core) -> dict[str, list[np.ndarray]]:
    import sympy as sp

    x = sp.symbols(core.inputs, real=True)
    value = core.function(sp, lambda c, a, b: sp.Piecewise((a, c), (b, True)))(*x)
    made = {}
    for kind, parts in (
        (VALUES, [value]), (FIRST, [sp.diff(value, v) for v in x]), (SECOND, [sp.diff(value, v, 2) for v in x]),
    ):  # fmt: skip
        with np.errstate(all="ignore"):
            made[kind] = sp.lambdify(x, parts, "numpy", cse=True)(*core.points)
    return made


def casadi_numbers(core: Core) -> dict[str, list[np.ndarray]]:
    import casadi as ca

    x = [ca.SX.sym(name) for name in core.inputs]
    value = core.function(ca, ca.if_else)(*x)
    first = [ca.gradient(value, v) for v in x]
    made = {}
    for kind, parts in ((VALUES, [value]), (FIRST, first), (SECOND, [ca.gradient(g, v) for g, v in zip(first, x)])):
        run = ca.Function("f", x, [ca.densify(ca.SX(part)) for part in parts]).map(len(core.points[0]))
        results = run.call([ca.DM(column).T for column in core.points])
        made[kind] = [np.asarray(result.full()).ravel() for result in results]
    return made


PEERS = (("jax", "JAX", jax_numbers), ("sympy", "SymPy", sympy_numbers), ("casadi", "CasADi", casadi_numbers))


# --- the question ---------------------------------------------------------------------------------------------------


def cores(options: Options) -> Iterator[Core]:
    lines = Path(__file__).with_name("fpbench.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        if not options.quick or line.split("\t")[0] in QUICK:
            yield Core(line, 16 if options.quick else 64)


def measure(options: Options) -> Iterator[Row]:
    errors = {kind: Errors() for kind in (VALUES, FIRST, SECOND)}
    costs: dict[str, list[tuple[float, float]]] = {OPERATIONS: [], CALL: []}
    searches: dict[str, list[float]] = {kind: [] for kind in errors}
    bounds: dict[str, list[float]] = {VALUES: [], FIRST: []}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for core in cores(options):
            theirs = {who: run(core) for module, who, run in PEERS if options.has(module)}
            for kind, judged in errors.items():
                made, seconds = ours(core, kind, options)
                searches[kind].append(seconds)
                compared(core, kind, judged, made, theirs)
                if kind in bounds:
                    bounds[kind] += excesses(made[SIMPLIFIED], core)
                if kind == FIRST:
                    for what, pair in cost(core, made, options).items():
                        costs[what].append(pair)
    yield from summed(errors)
    for kind, seconds in searches.items():
        yield row("accuracy-search", kind, "mean of a core", float(np.mean(seconds)))
        yield row("accuracy-search", kind, "the longest", max(seconds))
    for kind, found in bounds.items():
        yield row("accuracy-bound", kind, "edgewise", float(np.median(found)))
    for what, pairs in costs.items():
        quotients = [after / before for after, before in pairs]
        mean = math.exp(float(np.mean(np.log(quotients))))
        yield row("accuracy-cost", what, ACCURATE, mean)
        yield row("accuracy-cost", what, "the most of a core", max(quotients))


def ours(core: Core, kind: str, options: Options) -> tuple[dict[str, Any], float]:
    """The graph in its three forms, and the seconds that the search took."""
    written = core.written[kind]
    simplified, start = written.simplify(), time.perf_counter()
    accurate = written.simplify(
        "accurate", ranges=core.ranges, where=core.condition or None, seed=options.seed,
        seconds=min(options.search, 10.0), points=32 if options.quick else 256,
    )  # fmt: skip
    return {ACCURATE: accurate, SIMPLIFIED: simplified, WRITTEN: written}, time.perf_counter() - start


def compared(core: Core, kind: str, judged: Errors, made: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Every way beside the exact values of the graph as it is written."""
    written = made[WRITTEN]
    nodes = core.tried(written, kind)
    varying = written.tape.depends_on(written.tape.inputs)
    places = [k for k, node in enumerate(nodes) if varying[node]]
    exact = sampled(written.tape, nodes, {}, 0, 0, given=core.points).exact
    truth = [exact[nodes[k]] for k in places]
    for who, graph in made.items():
        found = numbers(graph, core.tried(graph, kind), core)
        judged.add(who, core.name, truth, [found[k] for k in places])
    for who, found in theirs.items():
        judged.add(who, core.name, truth, [found[kind][k] for k in places])


def cost(core: Core, made: Mapping[str, Any], options: Options) -> dict[str, tuple[float, float]]:
    """Operations and time of a call of compiled code, of the accurate and of the simplified form."""
    series, point = 0.01 if options.quick else 0.05, [float(column[0]) for column in core.points]
    pairs: dict[str, list[float]] = {OPERATIONS: [], CALL: []}
    for who in (ACCURATE, SIMPLIFIED):
        pairs[OPERATIONS].append(max(made[who].cost().operations, 1))
        function = made[who].compile()
        function.wait()
        bound = function.buffers()
        for name, value in zip(core.inputs, point, strict=True):
            bound.inputs[name][...] = value
        pairs[CALL].append(per_call(bound, series))
    return {what: (accurate, simplified) for what, (accurate, simplified) in pairs.items()}


def summed(errors: Mapping[str, Errors]) -> Iterator[Row]:
    for kind, judged in errors.items():
        for who in judged.bits:
            yield row("accuracy", kind, who, max(judged.mean(who), LEAST))
    for kind, judged in errors.items():
        for who, lost in judged.lost.items():
            yield row("accuracy-lost", kind, who, lost)
    first = errors[FIRST].bits
    beyond: dict[str, float] = {}
    for who in (ACCURATE, SIMPLIFIED):
        beyond = {name: first[who][name] - bits for name, bits in first[WRITTEN].items()}
        yield row("accuracy-cores", WORSE, who, max(LEAST, *beyond.values()))
    for name, bits in first[ACCURATE].items():
        if bits >= TELLING or beyond[name] > 1:
            for who, judged in first.items():
                yield row("accuracy-cores", name, who, max(judged[name], LEAST))


QUESTION = Question(
    "accuracy",
    "How many digits do derivatives lose?",
    "FPBench's 114 formulas without loops (`fpbench.tsv`), each at 64 doubles within its condition, of which one is as"
    " likely as another, beside exact values by ball arithmetic. Bits of error are log₂ of one more than the doubles"
    " between a number and the exact one, 64 for NaN: the mean over points, over the results of a formula (of a Hessian"
    " its diagonal), and over formulas. Not finite are points at which the exact result is a normal number. JAX is"
    " jitted with 64 bits, SymPy is `diff` and `lambdify(…, cse=True)` for NumPy, CasADi is SX. Accurate is"
    ' `simplify("accurate", ranges=…, where=…)` in at most ten seconds; the cost is that of first derivatives over'
    " that of the simplified ones, time by native code. Formulas are shown by themselves whose derivatives lose two"
    " bits and more after the search, or one more by being simplified. Bounds are those of `error_bound=True`: a run"
    " fails where one is less than the true error of a normal number.",
    measure,
    (
        View(
            "accuracy",
            "Mean bits of error of 114 formulas",
            "bits",
            ACCURATE,
            bounds=(
                Bound(limit=1.5, works=(FIRST,)),
                Bound(limit=3.0, works=(SECOND,)),
                Bound(limit=6.0, works=(FIRST,), who=SIMPLIFIED),
            ),
        ),
        View(
            "accuracy-lost",
            "Results that are not finite though the exact ones are normal numbers",
            "results",
            ACCURATE,
            compare=False,
            bounds=(Bound(limit=0.5, works=(FIRST,)), Bound(limit=100.0, works=(FIRST,), who=SIMPLIFIED)),
        ),
        View(
            "accuracy-cores",
            "Mean bits of error of single formulas' first derivatives",
            "bits",
            ACCURATE,
            compare=False,
            bounds=(Bound(limit=1.0, works=(WORSE,), who=SIMPLIFIED),),
        ),
        View(
            "accuracy-bound",
            "Bounds of the rounding error over the true error, the median",
            "times",
            "edgewise",
            bounds=(Bound(limit=100.0),),
        ),
        View(
            "accuracy-cost",
            "The cost of accurate first derivatives, over that of the simplified ones",
            "times",
            ACCURATE,
            compare=False,
            bounds=(Bound(limit=2.0, works=(OPERATIONS,)), Bound(limit=1.5, works=(CALL,))),
        ),
        View(
            "accuracy-search",
            "Seconds of the search for accurate forms",
            "s",
            "mean of a core",
            compare=False,
            bounds=(Bound(limit=10.0, works=(FIRST, SECOND), who="the longest"),),
        ),
    ),
)
