"""The gradient of a model of arrays as the source we print, and its Hessian in closed form: beside JAX."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import edgewise as ew
from measure import apart, per_call
from models import MODELS, Model
from question import Bound, Options, Question, Row, View, row

COUNTED = ", by XLA"


def differentiated(entry: Model, hessian: bool) -> Any:
    """The simplified gradient or Hessian, with named dimensions."""
    graph = ew.trace(entry.function, **entry.tensors())
    wrt = list(entry.wrt)
    return (graph.hessian(wrt=wrt) if hessian else graph.gradient(wrt=wrt)).simplify()


def leaves(result: Any) -> list[np.ndarray]:
    """The arrays of nested tuples, in order."""
    if isinstance(result, (tuple, list)):
        return [array for part in result for array in leaves(part)]
    return [np.asarray(result)]


def agree(got: Any, expected: Any, what: str) -> None:
    """Equal to 1e-9 of the largest entry, array by array."""
    for one, other in zip(leaves(got), leaves(expected), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9 * np.abs(other).max(), err_msg=what)


def calls(send: Callable[[Any, Any], None], hessian: bool, quick: bool, with_jax: bool) -> None:
    """Seconds of a call of every model in every way, all in this process; flops as XLA counts them."""
    series = 0.01 if quick else 0.5
    for entry in MODELS:
        if entry.hessian or not hessian:
            arrays = list(entry.inputs(entry.test if quick else entry.timing).values())
            derivative = differentiated(entry, hessian)
            function = derivative.compile(backend="numpy").function
            result = function(*arrays)
            send((entry.name, "edgewise, NumPy"), per_call(lambda f=function, a=arrays: f(*a), series))
            if with_jax:
                for who, what, value in jax_calls(entry, derivative, arrays, result, hessian, series):
                    send((entry.name, f"{who}{what}"), value)


def jax_calls(
    entry: Model, derivative: Any, arrays: list[np.ndarray], result: Any, hessian: bool, series: float
) -> Iterator[tuple[str, str, Any]]:
    """Our source for JAX and JAX's own derivative, both through `jit`; their results are those of NumPy."""
    import jax

    jax.config.update("jax_enable_x64", True)
    on_device = [jax.numpy.asarray(array) for array in arrays]
    argnums = entry.argnums if len(entry.argnums) > 1 else entry.argnums[0]
    makers = {
        "edgewise": derivative.compile(backend="jax").function,
        "JAX": (jax.hessian if hessian else jax.value_and_grad)(entry.reference, argnums),
    }
    for who, made in makers.items():
        function = jax.jit(made).lower(*on_device).compile()
        theirs = function(*on_device)
        agree(result[-1] if hessian and who == "JAX" else result, theirs, f"{entry.name}: {who}")
        call = lambda f=function: jax.block_until_ready(f(*on_device))
        yield who, ", JAX" if who == "edgewise" else "", per_call(call, series)
        yield who, COUNTED, int(function.cost_analysis()["flops"])


def measure(options: Options) -> Iterator[Row]:
    given = options.quick, options.has("jax")
    for entry in MODELS:
        sizes = entry.test if options.quick else entry.timing
        cost = differentiated(entry, hessian=False).cost()
        yield row("model-flops", entry.name, "edgewise", cost.at(**sizes)["work"])
        yield row("model-flops", entry.name, "operation nodes", cost.operations)
    for view, hessian, cores in (("models", False, 1), ("models-all-cores", False, None), ("model-hessians", True, 1)):
        for (name, who), value in apart(calls, hessian, *given, cores=cores).items():
            if not who.endswith(COUNTED):
                yield row(view, name, who, value)
            elif view == "models":
                yield row("model-flops", name, who, value)


def sizes_told() -> str:
    return "; ".join(
        f"{entry.name} {', '.join(f'{name} = {size:,}' for name, size in entry.timing.items())}" for entry in MODELS
    )


QUESTION = Question(
    "tensors",
    "What does the gradient of a model cost, as source?",
    "The functions of `models.py`, plain NumPy, traced once with named dimensions. Ours is the simplified gradient, the"
    " source that `to_python` prints, called as it stands for NumPy and under `jit` for JAX; JAX is"
    " `jit(value_and_grad)` of the same model in jax.numpy. Of the Hessians, `jit(hessian)` returns the Hessian alone,"
    " ours value, gradient and Hessian. All run in one process, one after the other, on the same arrays in double"
    " precision, and their results are compared. OpenBLAS and XLA have one thread each, the process being held to one"
    " core; with all cores, as many as there are cores. Arithmetic is our own count at these sizes (`cost().at(…)`),"
    " then the flops that XLA's `cost_analysis` tells of the compiled functions, which sees nothing inside LAPACK."
    " Sizes: " + sizes_told() + ".",
    measure,
    (
        View(
            "models",
            "Value and gradient of a model, one core",
            "s",
            "edgewise, NumPy",
            bounds=(Bound("JAX", 1 / 1.2), Bound("JAX", 1 / 1.2, who="edgewise, JAX")),
        ),
        View(
            "models-all-cores",
            "Value and gradient of a model, all cores",
            "s",
            "edgewise, NumPy",
            bounds=(Bound("JAX", 1 / 1.2), Bound("JAX", 1 / 1.2, who="edgewise, JAX")),
        ),
        View(
            "model-hessians",
            "Hessian of a model, one core",
            "s",
            "edgewise, NumPy",
            bounds=(
                Bound("JAX", 5, who="edgewise, JAX", works=("logistic regression",)),
                Bound("JAX", who="edgewise, JAX"),
            ),
        ),
        View(
            "model-flops",
            "Arithmetic of value and gradient of a model",
            "operations",
            "edgewise",
            aside=("operation nodes",),
            bounds=(Bound("JAX, by XLA", who="edgewise, by XLA"),),
        ),
    ),
)
