"""A gradient that was written by hand, compared with ours, and what is wrong with it."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from edgewise import accuracy, lower, simplify
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.api.graph import Wrt
from edgewise.api.ledger_view import LedgerEntry
from edgewise.api.ways_in import trace
from edgewise.errors import InputError
from edgewise.evaluate import bind
from edgewise.evaluate.blame import blamed
from edgewise.frontends.naming import by_name
from edgewise.frontends.trace import signature_of
from edgewise.graph import node_text, tensor
from edgewise.shown import shown

__all__ = ["GradientCheck", "check_gradient"]

ALL: Final = 53 * math.log10(2)
"""The decimal digits of a double."""
FEW: Final = 12.0
"""Digits below which they are told of."""


@shown
@dataclass(frozen=True)
class GradientCheck:
    """Whether a gradient agrees, and if not where: true or false as it stands.

    `input` is the first entry of an input in which it differs, with the `expected` and the `found` number; `edges` the
    entries of `graph.edges` whose contribution is at `fault`: "missing", "doubled", "of the wrong sign", "transposed"
    or "multiplied by …". There is one, or those between two nodes where an operation reads a node several times, as x*x
    does, or none where no single edge explains the difference.

    `digits` are the decimal digits in which each derivative agrees with the exact one, by the names of the entries, at
    the worst of the points; 15.95 are those of a double. What is exact is known by ball arithmetic; where an operation
    has no value there, and for large arrays, ours stands for it.
    """

    agrees: bool
    message: str
    graph: DerivativeGraph
    input: str = ""
    expected: float = 0.0
    found: float = 0.0
    fault: str = ""
    edges: tuple[LedgerEntry, ...] = ()
    digits: Mapping[str, float] = field(default_factory=dict)

    @property
    def edge(self) -> LedgerEntry | None:
        """The first of the edges at fault, None where there is none."""
        return self.edges[0] if self.edges else None

    def __bool__(self) -> bool:
        return self.agrees

    def __str__(self) -> str:
        return self.message


def check_gradient(
    fn: Callable[..., Any],
    grad_fn: Callable[..., Any],
    /,
    *values: Any,
    wrt: Wrt = None,
    points: int = 3,
    seed: int = 0,
    rtol: float = 1e-6,
    **named: Any,
) -> GradientCheck:
    """Compare `grad_fn`, written by hand, with the gradient of `fn` at the given values and at points near them.

    Values are numbers or arrays, by position or by name; without any, the parameters of `fn` are scalars and the points
    are drawn. `grad_fn` takes what `fn` takes and returns the derivative in each input of `wrt` (all), a tuple of them
    where there are several, or a dictionary by name. Raises InputError for a result of another form.

    >>> import edgewise as ew, numpy as np
    >>> def f(x, y):
    ...     return np.sin(x)*y + x*x
    >>> bool(ew.check_gradient(f, lambda x, y: (np.cos(x)*y + 2*x, np.sin(x))))
    True
    >>> report = ew.check_gradient(f, lambda x, y: (2*x - np.cos(x)*y, np.sin(x)))
    >>> report.input, report.fault, report.edge.consumer, report.graph.base.text(report.edge.consumer)
    ('x', 'of the wrong sign', 2, 'sin(x)')
    >>> rough = ew.check_gradient(lambda x: (1 - np.cos(x))/x**2, lambda x: -x/12, 1e-3)
    >>> print(rough, round(rough.digits["x"], 1))
    the gradients agree at 3 points, in x to 7.2 digits only 7.2
    """
    given = _given(fn, values, named)
    _takes(grad_fn, given)
    graph = _traced(fn, given)
    derivative = graph.gradient(wrt)
    names = [parameter.name for parameter in derivative.derivative.wrt.parameters]
    rng = np.random.default_rng(seed)
    runs: list[Any] = []
    given_at: list[dict[str, Any]] = []
    theirs: list[Any] = []
    sizes: Mapping[str, int] = {}
    for number in range(points):
        point = given if number == 0 and (values or named) else _near(given, rng)
        sizes = bind(graph.tape, [], point)[1]
        run = derivative.evaluate(point)
        found = _parts(grad_fn(*point.values()), names, [np.shape(point[name]) for name in names])
        if all(np.isfinite(run.values[i]).all() for i in (*graph.outputs, *derivative.outputs)):
            runs.append(run.values)
            given_at.append(point)
            theirs.append(found)
    if not runs:
        raise InputError(
            "the function or its gradient is NaN or infinite at every point", hint="give values inside the domain"
        )
    labels = [label for name in names for label in _entries(name, np.shape(given[name]))]
    digits = _digits(derivative, labels, given_at, runs, theirs)
    for run, found in zip(runs, theirs, strict=True):
        ours = np.concatenate([np.ravel(run[i]) for i in derivative.outputs])
        wrong = np.abs(found - ours) > rtol * np.maximum(1.0, np.maximum(np.abs(ours), np.abs(found)))
        wrong |= ~np.isfinite(found)
        if wrong.any():
            k = int(np.argmax(wrong))
            wrong_at = labels[k], float(ours[k]), float(found[k])
            return replace(_report(derivative, runs, theirs, sizes, rtol, *wrong_at), digits=digits)
    least = min(labels, key=lambda label: digits[label]) if labels else ""
    few = f", in {least} to {digits[least]:.1f} digits only" if labels and digits[least] < FEW else ""
    return GradientCheck(True, f"the gradients agree at {len(runs)} points{few}", derivative, digits=digits)


def _digits(
    derivative: DerivativeGraph, labels: list[str], points: list[dict[str, Any]], runs: Any, theirs: Any
) -> dict[str, float]:
    """In how many decimal digits each derivative agrees with the exact one, at the worst point."""
    found = np.full(len(labels), ALL)
    exact = _exact(derivative, points)
    for k, (run, numbers) in enumerate(zip(runs, theirs, strict=True)):
        true = np.concatenate([np.ravel(run[i]) for i in derivative.outputs]) if exact is None else exact[k]
        with np.errstate(all="ignore"):
            off = np.where(numbers == true, 0.0, np.abs(numbers - true) / np.abs(true))
            digits = np.clip(-np.log10(np.maximum(off, 10.0**-ALL)), 0.0, ALL)
        digits = np.where(np.isnan(true), ALL, np.where(np.isnan(off), 0.0, digits))
        found = np.minimum(found, digits)
    return dict(zip(labels, found.tolist(), strict=True))


def _exact(derivative: DerivativeGraph, points: list[dict[str, Any]]) -> Any:
    """The exact derivatives at each point, flat and rounded to doubles; None where they are not known."""
    whole, wanted = derivative.tape, derivative.returns()[-1:]
    if whole.has_tensors and not lower.better_in_scalars(whole, len(points)):
        return None
    tape, results = simplify.in_scalars(whole, wanted, {}) if whole.has_tensors else (whole, wanted)
    nodes = [node for result in results for node in result.nodes]
    balls = accuracy.Balls(tape)
    if balls.without:
        return None
    flat = [[number for value in point.values() for number in np.ravel(value).tolist()] for point in points]
    return [accuracy.exact_values(balls, point, nodes)[nodes] for point in flat]


def _report(
    derivative: DerivativeGraph, runs: Any, theirs: Any, sizes: Any, rtol: float, label: str, ours: float, found: float
) -> GradientCheck:
    start = f"the derivative in {label} is {found:.8g}, and ours is {ours:.8g}"
    blame = blamed(derivative.derivative, runs, theirs, sizes, rtol)
    if blame is None:
        return GradientCheck(False, f"{start}; no single edge explains the difference", derivative, label, ours, found)
    edges, base = tuple(derivative.edges[row] for row in blame.rows), derivative.base.tape
    edge, where = edges[0], base.line(edges[0].consumer)
    ends = f"from {node_text(base, edge.parent, 40)} to {node_text(base, edge.consumer, 60)}"
    which = {1: "the contribution of the edge", 2: "the contributions of both edges"}.get(
        len(edges), f"the contributions of all {len(edges)} edges"
    )
    verb = "is" if len(edges) == 1 else "are"
    message = f"{start}: {which} {ends}{f' ({where})' if where else ''} {verb} {blame.fault}"
    return GradientCheck(False, message, derivative, label, ours, found, blame.fault, edges)


def _given(fn: Callable[..., Any], values: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
    """The values by name, in the order of the function's parameters; zeros where none are given."""
    try:
        signature = inspect.signature(fn)
        if values or named:
            return dict(signature.bind(*values, **named).arguments)
    except (TypeError, ValueError) as error:
        raise InputError(f"the values do not fit the function: {error}", hint="give one value for each input") from None
    return {name: 0.0 for name, p in signature.parameters.items() if p.default is p.empty}


def _takes(grad_fn: Callable[..., Any], given: Mapping[str, Any]) -> None:
    """The gradient takes what the function takes, by position."""
    signature = signature_of(grad_fn)
    try:
        if signature is not None:
            signature.bind(*given.values())
    except TypeError as error:
        raise InputError(
            f"the gradient cannot be called with {', '.join(given) or 'nothing'}: {error}",
            hint="let it take what the function takes",
        ) from None


def _traced(fn: Callable[..., Any], given: Mapping[str, Any]) -> Any:
    """The graph: of tensors, so that one edge stands for one operation on arrays."""
    inputs: dict[str, Any] = {}
    for name, value in given.items():
        array = np.asarray(value)
        if array.dtype.kind not in "fiub":
            raise InputError(
                f"the value of {name!r} is not real numbers: {value!r:.60}", hint="give a float or an array"
            )
        inputs[name] = tensor(*array.shape, dtype=int if array.shape and array.dtype.kind in "iu" else float)
    return trace(fn, **inputs)


def _near(given: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """Numbers near the given ones; whole numbers in arrays stay."""
    drawn = {}
    for name, value in given.items():
        array = np.asarray(value)
        whole = array.shape and array.dtype.kind in "iu"
        drawn[name] = value if whole else array + rng.normal(size=array.shape) * (0.1 * np.abs(array) + (array == 0))
    return {name: value if np.shape(value) else float(value) for name, value in drawn.items()}


def _parts(result: Any, names: list[str], shapes: list[tuple[int, ...]]) -> Any:
    """What the user's gradient returned, flat, in the order of the inputs."""
    if isinstance(result, Mapping):
        result = by_name(result)
        missing = next((name for name in names if name not in result), None)
        if missing is not None:
            raise InputError(
                f"the gradient has no entry {missing!r}", hint=f"return one for each of {', '.join(names)}"
            )
        result = tuple(result[name] for name in names)
    parts = list(result) if isinstance(result, (tuple, list)) and len(names) > 1 else [result]
    if len(parts) != len(names):
        raise InputError(
            f"the gradient has {len(parts)} part{'s' if len(parts) > 1 else ''} for the inputs {', '.join(names)}",
            hint="return one for each, or say wrt= which it is for",
        )
    for name, part, shape in zip(names, parts, shapes, strict=True):
        if np.shape(part) != shape:
            turned = np.shape(part) == shape[::-1]
            raise InputError(
                f"the gradient in {name!r} has shape {np.shape(part)}, and the input {shape}",
                hint="it is transposed" if turned else "a gradient has its input's shape",
            )
    try:
        if any(part is None for part in parts):  # which NumPy takes for NaN
            raise TypeError
        return np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in parts])
    except (TypeError, ValueError):
        raise InputError(
            f"the gradient returned {result!r:.80}", hint="return a number or an array for each input"
        ) from None


def _entries(name: str, shape: tuple[int, ...]) -> list[str]:
    return [f"{name}[{', '.join(map(str, place))}]" for place in np.ndindex(*shape)] if shape else [name]
