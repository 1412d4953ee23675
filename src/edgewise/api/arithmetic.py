"""Arithmetic between graphs: sums, products and functions of their outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from edgewise import algebra
from edgewise.errors import UnsupportedError
from edgewise.frontends.naming import is_sympy
from edgewise.graph import Expr, Tape
from edgewise.graph.arrays.same import same_graphs

if TYPE_CHECKING:
    from edgewise.api.graph import Graph

__all__ = ["Arithmetic"]


class Arithmetic(np.lib.mixins.NDArrayOperatorsMixin):
    """Python's operators and NumPy's functions of graphs, output by output; inputs of the same name are one.

    >>> import edgewise as ew, numpy as np
    >>> T, V = ew.parse("m*v**2/2"), ew.parse("k*x**2/2")
    >>> for G in (T - V, 2*T, np.sin(V), ew.sqrt(T)**3):
    ...     print(G.text(), G.inputs)
    m*v**2/2 - k*x**2/2 ('m', 'v', 'k', 'x')
    2*(m*v**2/2) ('m', 'v')
    sin(k*x**2/2) ('k', 'x')
    sqrt(m*v**2/2)**3 ('m', 'v')
    """

    __slots__ = ()

    _graph: ClassVar[type[Graph]]

    if TYPE_CHECKING:
        tape: Tape

        def returns(self) -> Any: ...

    def _of_outputs(self, function: Callable[..., Any], *args: Any) -> Graph:
        """The graph of a function of outputs, of this graph and others, and of what else it takes."""
        what = f"{getattr(function, '__name__', 'a function')}()"
        return self._graph(algebra.mapped(function, [_plain(arg) for arg in args], what))

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__" or kwargs:
            said = f".{method}" if method != "__call__" else f" with {next(iter(kwargs))}="
            raise UnsupportedError(f"np.{ufunc.__name__}{said} of a graph", hint="trace a function that does it")
        return self._of_outputs(ufunc, *inputs)

    def __eq__(self, other: object) -> bool:
        """Whether two graphs are the same formulas of the same inputs, as in SymPy; `equals` asks for equal values."""
        if not isinstance(other, Arithmetic):
            return False if isinstance(other, Expr) else NotImplemented
        return same_graphs((self.tape, self.returns()), (other.tape, other.returns()))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.tape.input_names(), len(self.tape.outputs)))


def _plain(value: Any) -> Any:
    """A graph as its tape, and so what is SymPy's."""
    if isinstance(value, Arithmetic):
        return value.tape
    if is_sympy(value):
        from edgewise.frontends.sympy import from_sympy

        return from_sympy(value)
    return value
