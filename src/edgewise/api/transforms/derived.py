"""`grad`, `value_and_grad`, `jacobian`, `hessian`: traced anew at each call, compiled once for each distinct graph."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from edgewise.api.graph import Graph
from edgewise.api.transforms.arguments import Argnums, Arguments, Function
from edgewise.api.transforms.compiling import Compiler
from edgewise.api.transforms.inner import differentiated_inside
from edgewise.api.transforms.tracing import Outputs, Tracer
from edgewise.errors import DifferentiationError, InputError
from edgewise.frontends.trace import tracing

__all__ = ["checked", "grad", "hessian", "jacobian", "value_and_grad", "wrapped"]


def checked(fn: Any, what: str) -> Callable[..., Any]:
    """The function itself; a line that says what to call where it is a graph, a text or a formula."""
    if callable(fn) and not isinstance(fn, type) and not hasattr(fn, "free_symbols"):
        return fn  # type: ignore[no-any-return]
    call = {"grad": "gradient", "value_and_grad": "gradient"}.get(what, what)
    method = f".{call}()" if call in ("gradient", "jacobian", "hessian") else ".simplify()"
    if isinstance(fn, Graph):
        hint = f"a graph has it itself: G{method}, and then .simplify().compile()"
    elif isinstance(fn, str):
        hint = f"write edgewise.parse({fn!r:.60}){method}.simplify().compile()"
    else:
        hint = f"give a function, or write edgewise.graph(…){method}"
    raise InputError(f"edgewise.{what} takes a function and got {fn!r:.60} of type {type(fn).__name__}", hint=hint)


def wrapped(fn: Function, made: Callable[..., Any], what: str, returns: str) -> Callable[..., Any]:
    """`made` under the name, the signature and the place of the function it is made of."""

    def function(*args: Any, **keywords: Any) -> Any:
        return made(*args, **keywords)

    functools.update_wrapper(function, fn.call, assigned=("__module__",), updated=())
    function.__name__ = function.__qualname__ = f"{what}_{fn.name}"
    function.__doc__ = f"The {returns} of {fn.name}, by edgewise."
    if fn.signature is not None:
        own = fn.signature.replace(return_annotation=inspect.Signature.empty)
        setattr(function, "__signature__", own)  # noqa: B010
    return function


class _Derived:
    """One function of another: what is asked, and what has been compiled."""

    def __init__(self, fn: Function, kind: str, argnums: Argnums, has_aux: bool, static: Argnums) -> None:
        self.fn, self.kind, self.argnums, self.has_aux, self.static = fn, kind, argnums, has_aux, static
        self._trace, self._compiler = Tracer(fn), Compiler()

    def __call__(self, args: Sequence[Any], keywords: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
        """The value, the gradient, the derivative of the kind that is asked for, and what came beside the value."""
        call = Arguments(self.fn, args, keywords)
        call.choose(self.argnums, self.static)
        outer, places = tracing(), tuple(call.differentiated)
        # Inside another trace the function may read, by its closure, what is symbolic there.
        if call.symbolic or outer is not None:
            outputs, numbers, blocks = differentiated_inside(self.fn, call, self.kind, self.has_aux, outer)
        else:
            found = self._trace(call, has_aux=self.has_aux)
            outputs = found.outputs
            self.check(outputs)
            run = self._compiler.derivatives(found.tape, self.kind, found.names, outputs.values)
            numbers, blocks = run([call.leaves[k] for k in found.inputs])
            places = found.wanted
            blocks = _typed(blocks, [call.leaves[k] for k in places])
        leaves = outputs.filled(numbers)
        single = isinstance(self.argnums, (int, str))
        aux = outputs.beside(leaves) if self.has_aux else None
        value = outputs.value(leaves)
        rows = [call.nested(dict(zip(places, row, strict=True)), single) for row in blocks["first"]]
        first = rows[0] if self.kind != "jacobian" else outputs.value([*rows])
        second = None
        if self.kind == "hessian":
            inner = [call.nested(dict(zip(places, row, strict=True)), single) for row in blocks["second"]]
            second = call.nested(dict(zip(places, inner, strict=True)), single)
        return value, first, second, aux

    def check(self, outputs: Outputs) -> None:
        """A gradient is that of one number."""
        if self.kind == "jacobian":
            return
        if outputs.shapes != [()]:
            shapes = ", ".join(map(str, outputs.shapes[:5])) or "none"
            raise DifferentiationError(
                f"{self.fn.name} returned {outputs.values} results of shape {shapes}, and a {self.kind} is that of "
                "one number",
                hint="use edgewise.jacobian, sum the results up, or give what comes second has_aux=True",
            )


def _typed(blocks: dict[str, Any], leaves: Sequence[Any]) -> dict[str, Any]:
    """Derivatives in the precision of what they are taken in: that of float32 is float32, as in JAX."""
    dtypes = [getattr(leaf, "dtype", None) for leaf in leaves]
    narrow = [np.dtype(str(d)) if str(d) in ("float32", "float16") else None for d in dtypes]
    if not any(narrow):
        return blocks
    rows = [[_cast(part, d) for part, d in zip(row, narrow, strict=True)] for row in blocks["first"]]
    second = blocks["second"] and [
        [_cast(part, d) for part, d in zip(row, narrow, strict=True)] for row in blocks["second"]
    ]
    return {"first": rows, "second": second}


def _cast(part: Any, dtype: Any) -> Any:
    return part if dtype is None else np.asarray(part).astype(dtype)[()]


def _made(fn: Any, kind: str, what: str, argnums: Argnums, has_aux: bool, static: Argnums, pick: Any) -> Any:
    function = Function(checked(fn, what))
    derived = _Derived(function, kind, argnums, has_aux, static)

    def call(*args: Any, **keywords: Any) -> Any:
        return pick(*derived(args, keywords))

    return wrapped(function, call, what, what.replace("_", " "))


def grad(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The gradient of a function that returns one number, as a function of the same arguments.

    `argnums` says in which arguments, by number or by name; several give a tuple. An argument is a number, an array, or
    a container of them (a list, tuple, named tuple, dictionary, dataclass, nested as they come), and its gradient has
    the same container and shapes; what is no number in it gets None. With `has_aux` the function returns (value, aux),
    and what comes back is (gradient, aux).

    The function is traced anew at each call, so that whatever it reads is read again, and compiled once for each
    distinct graph; `edgewise.jit` traces once. Floats and arrays that are not differentiated are inputs of the graph;
    whole numbers, strings, functions and other objects, and the arguments listed in `static`, go into the function as
    they are. Raises DifferentiationError where the result is not one number.

    >>> import edgewise as ew, numpy as np
    >>> ew.grad(lambda x: x**3)(2.0)
    12.0
    >>> def loss(p, X, y):
    ...     return np.sum((X @ p["w"] + p["b"] - y)**2)
    >>> ew.grad(loss)({"w": np.array([1.0, 2.0]), "b": 0.5}, np.eye(2), np.zeros(2))
    {'w': array([3., 5.]), 'b': 8.0}
    """
    pick = (lambda value, first, second, aux: (first, aux)) if has_aux else (lambda value, first, second, aux: first)
    return _made(fn, "gradient", "grad", argnums, has_aux, static, pick)


def value_and_grad(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The value and the gradient, sharing their work: (value, gradient), or ((value, aux), gradient). See `grad`.

    >>> import edgewise as ew
    >>> ew.value_and_grad(lambda x: x**3)(2.0)
    (8.0, 12.0)
    """
    if has_aux:
        pick: Any = lambda value, first, second, aux: ((value, aux), first)
    else:
        pick = lambda value, first, second, aux: (value, first)
    return _made(fn, "gradient", "value_and_grad", argnums, has_aux, static, pick)


def jacobian(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The Jacobian of a function of numbers, arrays and containers of them, nested [output][argument] as in JAX.

    The derivative of an output of shape p in an argument of shape q has the shape p + q. See `grad` for the arguments.

    >>> import edgewise as ew, numpy as np
    >>> ew.jacobian(lambda w: w * w)(np.array([1.0, 2.0]))
    array([[2., 0.],
           [0., 4.]])
    """
    pick = (lambda value, first, second, aux: (first, aux)) if has_aux else (lambda value, first, second, aux: first)
    return _made(fn, "jacobian", "jacobian", argnums, has_aux, static, pick)


def hessian(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The Hessian of a function that returns one number, nested [argument][argument]. See `grad` for the arguments.

    >>> import edgewise as ew
    >>> ew.hessian(lambda x: x**3)(2.0)
    12.0
    """
    pick = (lambda value, first, second, aux: (second, aux)) if has_aux else (lambda value, first, second, aux: second)
    return _made(fn, "hessian", "hessian", argnums, has_aux, static, pick)
