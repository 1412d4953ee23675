"""The gradient of a model of arrays as the source we print, and its Hessian in closed form: beside JAX."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import edgewise as ew
from measure import apart, per_call
from models import MODELS, Model, model
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


def calls(send: Callable[[str, Any], None], name: str, hessian: bool, quick: bool, with_jax: bool) -> None:
    """Seconds of a call in every way, one after the other in this process; flops as XLA counts them."""
    entry, series = model(name), 0.01 if quick else 0.5
    sizes = entry.test if quick else entry.timing
    derivative, arrays = differentiated(entry, hessian), list(entry.inputs(sizes).values())
    ours = derivative.compile(backend="numpy")
    result = ours(*arrays)
    send("edgewise, NumPy", per_call(lambda: ours(*arrays), series))
    if not with_jax:
        return
    import jax

    jax.config.update("jax_enable_x64", True)
    on_device = [jax.numpy.asarray(array) for array in arrays]
    makers = {
        "edgewise, JAX": derivative.compile(backend="jax").function,
        "JAX": jax.hessian(entry.reference, entry.argnums[0])
        if hessian
        else jax.value_and_grad(entry.reference, entry.argnums if len(entry.argnums) > 1 else entry.argnums[0]),
    }
    for who, made in makers.items():
        function = jax.jit(made).lower(*on_device).compile()
        theirs = function(*on_device)
        agree(result[-1] if hessian and who == "JAX" else result, theirs, f"{name}: {who}")
        send(who, per_call(lambda function=function: jax.block_until_ready(function(*on_device)), series))
        send(f"{who.removesuffix(', JAX')}{COUNTED}", int(function.cost_analysis()["flops"]))


def measure(options: Options) -> Iterator[Row]:
    given = options.quick, options.has("jax")
    for entry in MODELS:
        sizes = entry.test if options.quick else entry.timing
        cost = differentiated(entry, hessian=False).cost()
        yield row("model-flops", entry.name, "edgewise", int(cost.operations.at(**sizes)))
        for who, value in apart(calls, entry.name, False, *given).items():
            if who.endswith(COUNTED):
                yield row("model-flops", entry.name, who, value)
            else:
                yield row("models", entry.name, who, value)
    for entry in MODELS:
        if entry.hessian:
            for who, value in apart(calls, entry.name, True, *given).items():
                if not who.endswith(COUNTED):
                    yield row("model-hessians", entry.name, who, value)


def sizes_told() -> str:
    return "; ".join(
        f"{entry.name} {', '.join(f'{name} = {size:,}' for name, size in entry.timing.items())}" for entry in MODELS
    )


QUESTION = Question(
    "tensors",
    "What does the gradient of a model cost, as source?",
    "The functions of `models.py`, plain NumPy, traced once with named dimensions. Ours is the simplified gradient by"
    ' `compile("numpy")`, which runs the source that is printed, and the source of `target="jax"` under `jit`; JAX is'
    " `jit(value_and_grad)` of the same model in jax.numpy, and `jit(hessian)`, which returns the Hessian alone where"
    " ours return value, gradient and Hessian. All three run in one process, one after the other, on the same arrays in"
    " double precision, and their results are compared; OpenBLAS and XLA both have as many threads as there are cores."
    " Flops are those of our own count at these sizes, and those of XLA's `cost_analysis` of the compiled function"
    " (which sees nothing inside LAPACK). Sizes: " + sizes_told() + ".",
    measure,
    (
        View(
            "models",
            "Value and gradient of a model",
            "s",
            "edgewise, NumPy",
            bounds=(Bound("JAX", 1 / 1.2),),
        ),
        View(
            "model-hessians",
            "Value, gradient and Hessian of a model",
            "s",
            "edgewise, NumPy",
            bounds=(
                Bound("JAX", 5, who="edgewise, JAX", works=("logistic regression",)),
                Bound("JAX", who="edgewise, JAX"),
            ),
        ),
        View(
            "model-flops",
            "Operations of value and gradient of a model",
            "operations",
            "edgewise",
            bounds=(Bound("JAX, by XLA", who="edgewise, by XLA"),),
        ),
    ),
)
