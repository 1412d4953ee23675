"""`jit`: a function traced once for the shapes of its arguments, and compiled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from edgewise.api.graph import Graph
from edgewise.api.transforms.arguments import Argnums, Arguments, Function, listed
from edgewise.api.transforms.compiling import compiled_values
from edgewise.api.transforms.derived import Transformed, checked
from edgewise.api.transforms.tracing import WAYS, Tracer

__all__ = ["jit"]


def jit(fn: Callable[..., Any], *, static: Argnums = ()) -> Any:
    """The function traced once for each combination of containers, shapes and static arguments, and compiled.

    What the function reads beside its arguments (attributes, globals, the values of a closure) is frozen at the first
    call, and what it prints is printed once: `edgewise.grad` and its siblings trace anew at each call, and
    `jit(grad(fn))` traces once. Floats and arrays are inputs; whole numbers, strings, functions, other objects and the
    arguments listed in `static` are part of what is traced. The result may be any container of numbers and arrays.
    Raises UnsupportedError where the function asks for the values of its inputs, in a branch or as a count, and where
    it draws random numbers or reads a clock.

    >>> import edgewise as ew, numpy as np
    >>> step = ew.jit(lambda w, rate: w - rate*ew.grad(lambda v: np.sum(v**4))(w))
    >>> step(np.array([1.0, 2.0]), 0.1)
    array([ 0.6, -1.2])
    """
    function, fixed = Function(checked(fn, "jit")), listed(static, "static")
    tracer = Tracer(function, [way for way in WAYS if way.data], kept=True)
    known: dict[Any, Any] = {}

    def call(*args: Any, **keywords: Any) -> Any:
        given = Arguments(function, args, keywords)
        given.choose((), fixed)
        given.numbers_only()
        if given.symbolic:
            return fn(*args, **keywords)
        key = given.key()
        if key not in known:
            found = tracer(given, whole=False)
            symbolic = {*found.outputs.symbolic}
            fixed_leaves = [None if k in symbolic else leaf for k, leaf in enumerate(found.outputs.leaves)]
            outputs = replace(found.outputs, leaves=fixed_leaves)
            known[key] = found.inputs, outputs, compiled_values(found.tape)
        inputs, outputs, run = known[key]
        numbers = run([given.leaves[k] for k in inputs]) if outputs.symbolic else []
        # A caller may write into what it gets, into an array that no input enters too.
        own = [leaf.copy() if isinstance(leaf, np.ndarray) else leaf for leaf in outputs.leaves]
        return outputs.value(replace(outputs, leaves=own).filled(numbers))

    def graph(given: Arguments) -> Graph:
        given.choose((), fixed)
        return Graph(tracer(given, whole=False).tape)

    return Transformed(function, call, "compiled form", partial(jit, fn, static=static), graph)
