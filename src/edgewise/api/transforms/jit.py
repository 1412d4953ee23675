"""`jit`: a function traced once for the shapes of its arguments, and compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edgewise.api.transforms.arguments import Argnums, Arguments, Function
from edgewise.api.transforms.compiling import Compiler
from edgewise.api.transforms.derived import checked, wrapped
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
    function = Function(checked(fn, "jit"))
    tracer, compiler = Tracer(function, [way for way in WAYS if way.data], kept=True), Compiler()
    known: dict[Any, Any] = {}

    def call(*args: Any, **keywords: Any) -> Any:
        given = Arguments(function, args, keywords)
        given.choose((), static)
        if given.symbolic:
            return fn(*args, **keywords)
        key = given.key()
        if key not in known:
            found = tracer(given, whole=False)
            known[key] = found.inputs, found.outputs, compiler.values(found.tape)
        inputs, outputs, run = known[key]
        numbers = run([given.leaves[k] for k in inputs]) if outputs.symbolic else []
        return outputs.value(outputs.filled(numbers))

    return wrapped(function, call, "jit", "compiled form")
