"""`grad`, `value_and_grad`, `jacobian`, `hessian`: traced anew at each call, compiled once for each distinct graph."""

from __future__ import annotations

import functools
import inspect
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.api.graph import Graph
from edgewise.api.transforms.arguments import Argnums, Arguments, Function, listed, name_of
from edgewise.api.transforms.compiling import compiled_derivatives, split_outputs
from edgewise.api.transforms.inner import differentiated_inside
from edgewise.api.transforms.tracing import Outputs, Tracer
from edgewise.errors import InputError
from edgewise.frontends.trace import tracing
from edgewise.graph.written_anew import compacted

__all__ = ["Transformed", "checked", "grad", "hessian", "jacobian", "value_and_grad"]


_LIST: Final = "a list, [… for …], instead of what yields or awaits them"
_UNREAD: Final = {
    inspect.isgeneratorfunction: "generator function",
    inspect.iscoroutinefunction: "coroutine function",
    inspect.isasyncgenfunction: "asynchronous generator function",
}


def checked(fn: Any, what: str) -> Callable[..., Any]:
    """The function itself; a line that says what to call where it is a graph, a text or a formula."""
    if callable(fn) and not isinstance(fn, type) and not hasattr(fn, "free_symbols"):
        for asks, kind in _UNREAD.items():
            if asks(fn):
                raise InputError(f"{name_of(fn)} is a {kind}", hint=f"give a function that returns its values: {_LIST}")
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


class Transformed:
    """A function made of a function, under its signature and in its place; it pickles where that function does."""

    def __init__(
        self,
        fn: Function,
        made: Callable[..., Any],
        returns: str,
        again: functools.partial[Any],
        graph: Callable[[Arguments], Graph] | None = None,
    ) -> None:
        functools.update_wrapper(self, fn.call, assigned=("__module__",), updated=())
        self.__name__ = self.__qualname__ = f"{again.func.__name__}_{fn.name}"
        self.__doc__ = f"The {returns} of {fn.name}, by edgewise."
        self._fn, self._made, self._again, self._graph = fn, made, again, graph
        if fn.signature is not None:
            self.__signature__ = fn.signature.replace(return_annotation=inspect.Signature.empty)

    def __call__(self, /, *args: Any, **keywords: Any) -> Any:
        """The function's result for these arguments."""
        return self._made(*args, **keywords)

    def graph(self, /, *args: Any, **keywords: Any) -> Graph:
        """What is compiled for such arguments, as a graph: to print as source, to look at, to differentiate again.

        Of `grad` and its siblings it is ℬ as algorithm 6.2 writes it, of `jit` 𝒢. An argument is an example, of which
        kinds and shapes count, or declared as `edgewise.tensor("n", "d")`, in containers too; inputs are called after
        their places, w or params['b']. What the function returns beside its value is no part of it. Raises
        UnsupportedError where the function needs the values of arguments that are declared.

        >>> import edgewise as ew, numpy as np
        >>> def loss(p, X, y):
        ...     return np.sum((X @ p["w"] + p["b"] - y)**2)
        >>> B = ew.grad(loss).graph({"w": ew.tensor("d"), "b": ew.tensor()}, ew.tensor("n", "d"), ew.tensor("n"))
        >>> B.inputs
        ("p['b']", "p['w']", 'X', 'y')
        >>> print(B.simplify().text())
        u12 = 2*(X @ p['w'] + p['b'] - y)
        (sum(u12), X.T @ u12)
        """
        if self._graph is None:
            raise InputError(f"{self.__name__} is no graph", hint="take that of the function of one example")
        call = Arguments(self._fn, args, keywords)
        if call.symbolic:
            raise InputError("a graph is asked for inside a function that is traced", hint="ask for it outside")
        return self._graph(call)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)

    def __repr__(self) -> str:
        return f"<{self.__name__}{getattr(self, '__signature__', '(…)')}>"

    def __reduce__(self) -> Any:
        # As a decorator it has taken the place of its function, and goes by that name.
        original = self._again.args[0]
        found: Any = sys.modules.get(self.__module__)
        for part in getattr(original, "__qualname__", "").split("."):
            found = getattr(found, part, None)
        return original.__qualname__ if found is self else (_again, (self._again,))


def _again(made: functools.partial[Any]) -> Any:
    return made()


class _Derived:
    """One function of another: what is asked."""

    def __init__(self, fn: Function, kind: str, argnums: Argnums, has_aux: bool, static: Argnums) -> None:
        self.fn, self.kind, self.has_aux, self.static = fn, kind, has_aux, listed(static, "static")
        self.argnums, self.single = listed(argnums, "argnums"), isinstance(argnums, (int, str, np.integer))
        self._trace = Tracer(fn)

    def graph(self, call: Arguments) -> Graph:
        """ℬ for such arguments, as written."""
        call.choose(self.argnums, self.static)
        found = self._trace(call, has_aux=self.has_aux)
        self.check(found.outputs)
        own, beside = split_outputs(found.tape, found.outputs.values, single=self.kind != "jacobian")
        own = own if beside is None else compacted(own, (*own.outputs, *own.inputs))[0]
        derivative: Graph = getattr(Graph(own), self.kind)(list(found.names))
        return derivative

    def __call__(self, args: Sequence[Any], keywords: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
        """The value, the gradient, the derivative of the kind that is asked for, and what came beside the value."""
        call = Arguments(self.fn, args, keywords)
        call.choose(self.argnums, self.static)
        call.numbers_only()
        outer, places = tracing(), tuple(call.differentiated)
        # Inside another trace the function may read, by its closure, what is symbolic there.
        if call.symbolic or outer is not None:
            outputs, numbers, blocks = differentiated_inside(self.fn, call, self.kind, self.has_aux, outer)
        else:
            found = self._trace(call, has_aux=self.has_aux)
            outputs = found.outputs
            self.check(outputs)
            run = compiled_derivatives(found.tape, self.kind, found.names, outputs.values)
            numbers, blocks = run([call.leaves[k] for k in found.inputs])
            places = found.wanted
            blocks = _typed(blocks, [call.leaves[k] for k in places])
        leaves = outputs.filled(numbers)
        aux = outputs.beside(leaves) if self.has_aux else None
        value = outputs.value(leaves)
        rows = [call.nested(dict(zip(places, row, strict=True)), self.single) for row in blocks["first"]]
        first = rows[0] if self.kind != "jacobian" else outputs.value([*rows])
        second = None
        if self.kind == "hessian":
            inner = [call.nested(dict(zip(places, row, strict=True)), self.single) for row in blocks["second"]]
            second = call.nested(dict(zip(places, inner, strict=True)), self.single)
        return value, first, second, aux

    def check(self, outputs: Outputs) -> None:
        """A gradient is that of one number."""
        if self.kind == "jacobian":
            return
        if outputs.shapes != [()]:
            shapes = ", ".join(map(str, outputs.shapes[:5])) or "none"
            raise self.fn.returned(
                f"{outputs.values} results of shape {shapes}, and a {self.kind} is that of one number",
                "use edgewise.jacobian, sum the results up, or give what comes second has_aux=True",
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


def _made(fn: Any, kind: str, what: Any, returns: str, argnums: Argnums, has_aux: bool, static: Argnums) -> Any:
    function = Function(checked(fn, what.__name__))
    derived = _Derived(function, kind, argnums, has_aux, static)

    def call(*args: Any, **keywords: Any) -> Any:
        value, first, second, aux = derived(args, keywords)
        wanted = second if kind == "hessian" else first
        if what is value_and_grad:
            return ((value, aux) if has_aux else value), wanted
        return (wanted, aux) if has_aux else wanted

    again = functools.partial(what, fn, argnums, has_aux=has_aux, static=static)
    return Transformed(function, call, returns, again, derived.graph)


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
    return _made(fn, "gradient", grad, "gradient", argnums, has_aux, static)


def value_and_grad(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The value and the gradient, sharing their work: (value, gradient), or ((value, aux), gradient). See `grad`.

    >>> import edgewise as ew
    >>> ew.value_and_grad(lambda x: x**3)(2.0)
    (8.0, 12.0)
    """
    return _made(fn, "gradient", value_and_grad, "value and the gradient", argnums, has_aux, static)


def jacobian(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The Jacobian of a function of numbers, arrays and containers of them, nested [output][argument] as in JAX.

    The derivative of an output of shape p in an argument of shape q has the shape p + q. See `grad` for the arguments.

    >>> import edgewise as ew, numpy as np
    >>> ew.jacobian(lambda w: w * w)(np.array([1.0, 2.0]))
    array([[2., 0.],
           [0., 4.]])
    """
    return _made(fn, "jacobian", jacobian, "Jacobian", argnums, has_aux, static)


def hessian(fn: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, static: Argnums = ()) -> Any:
    """The Hessian of a function that returns one number, nested [argument][argument]. See `grad` for the arguments.

    >>> import edgewise as ew
    >>> ew.hessian(lambda x: x**3)(2.0)
    12.0
    """
    return _made(fn, "hessian", hessian, "Hessian", argnums, has_aux, static)
