"""What a graph is written as: source, compiled code, JSON, networkx, SymPy, LaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from edgewise.frontends import json, networkx
from edgewise.graph import Returns, Tape
from edgewise.lower import Compiled, Program, c_source, compile_program, js_source, lower, python_source
from edgewise.ops import Op

if TYPE_CHECKING:
    from edgewise.api.graph import Graph

__all__ = ["Written"]


class Written:
    """The ways out of a graph, and the ways back in from what others read too."""

    __slots__ = ()

    if TYPE_CHECKING:
        tape: Tape

        def returns(self) -> tuple[Returns, ...]: ...

    def _roles(self) -> dict[int, str]:
        """Names that the generated code should give to nodes."""
        return {}

    def program(self) -> Program:
        """The scheduled, named form that every target prints from."""
        return lower(self.tape, self.returns(), roles=self._roles())

    def to_python(self, name: str = "f", target: str = "math", *, free: bool = False) -> str:
        """Readable Python source of a module with one function `name` for the values and derivatives of the graph.

        `target` is "math" (floats), "numpy" (arrays that broadcast), "jax" or "torch". With `free` a value is deleted
        where nothing reads it any more: on large arrays a graph made by `schedule(memory)` then holds no more of them.
        """
        return python_source(self.program(), name, target, free=free).text

    def to_c(self, name: str = "f", dtype: str = "double", *, header: bool = False) -> str:
        """One self-contained C99 file with a function `name` for the values and derivatives, or its header.

        Scalars come by value, groups as arrays; results go to arrays, flat, row by row. `<name>_many` computes many
        points. `dtype` is "double" or "float".

        >>> import edgewise as ew
        >>> header = ew.parse("x*y").gradient().to_c(header=True)
        >>> print(*(line for line in header.splitlines() if "value[1]" in line))
        void f(double x, double y, double value[1], double gradient[2]);
        """
        source = c_source(self.program(), name, dtype)
        return source.header if header else source.source

    def to_js(self, name: str = "f", *, module: bool = True) -> str:
        """JavaScript with a function `name` for the values and derivatives: an ES module, or a script to put inline.

        Numbers come and go as numbers, groups as arrays nested by their shape. Several results are an array of them.

        >>> import edgewise as ew
        >>> print(ew.parse("x*y").to_js().partition("export ")[2])
        function f(x, y) {
            const v1 = x*y;
            return v1;
        }
        <BLANKLINE>
        """
        return js_source(self.program(), name, module=module)

    def compile(self, backend: str = "llvm", name: str = "f") -> Compiled:
        """A fast callable. `backend` is "llvm" (native code; scalars, and arrays that broadcast), "numpy" or "python".

        A graph returns its value, a gradient `(value, gradient)`, a Jacobian `(value, jacobian)`, a tangent `(value,
        tangent)`, a Hessian `(value, gradient, hessian)`; derivatives come in `wrt` order, one alone comes bare.
        `.source` is the text that runs. Native code is ready at once and becomes faster while it is used: `.tier`,
        `.wait()`; see `lower.llvm`.
        """
        return compile_program(self.program(), backend, name)

    def to_json(self, indent: int | None = None) -> str:
        """The graph as versioned, checksummed JSON. A derivative graph's ledger is not part of it."""
        return json.to_json(self.tape, indent)

    @classmethod
    def from_json(cls, text: str, *, functions: Mapping[str, Op] | None = None) -> Graph:
        """The graph of `to_json`. `functions` gives the user's operations by name."""
        from edgewise.api.tensor import graph_of

        return graph_of(json.from_json(text, operations=functions))

    def to_networkx(self) -> Any:
        """A networkx MultiDiGraph: edges run from argument to consumer, keyed by position."""
        return networkx.to_networkx(self.tape)

    @classmethod
    def from_networkx(cls, source: Any, *, functions: Mapping[str, Op] | None = None) -> Graph:
        """The graph of a networkx MultiDiGraph whose nodes carry `op` (and `name`, `value`, `parameter`, `shape`)."""
        from edgewise.api.tensor import graph_of

        return graph_of(networkx.from_networkx(source, operations=functions))

    def to_sympy(self) -> Any:
        """The outputs as SymPy expressions, nested as they were given."""
        from edgewise.frontends.sympy_out import to_sympy

        return to_sympy(self.tape)

    def to_latex(self) -> str:
        """The outputs as LaTeX; a large graph as a list of assignments."""
        from edgewise.frontends.sympy_out import to_latex

        return to_latex(self.tape)
