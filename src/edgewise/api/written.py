"""What a graph is written as: source, compiled code, JSON, networkx, SymPy, LaTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from edgewise import accuracy, evaluate, lower, simplify
from edgewise.api.differentiated import Differentiated
from edgewise.errors import InputError, LoweringError, did_you_mean
from edgewise.graph import Returns, Tape, for_scalars
from edgewise.ops import Op

if TYPE_CHECKING:
    from edgewise.api.graph import Graph
    from edgewise.lower import Compiled, Program
    from edgewise.simplify import Report

__all__ = ["Written"]

Only = str | Sequence[str] | None
"""Which results a function returns, by name; None stands for all."""


class Written(Differentiated):
    """The ways out of a graph, and the ways back in from what others read too."""

    __slots__ = ()

    _graph: ClassVar[type[Graph]]
    """The class of what is read, which is built on this one."""

    if TYPE_CHECKING:
        report: Report | None

        def returns(self) -> tuple[Returns, ...]: ...

    def _roles(self) -> dict[int, str]:
        """Names that the generated code should give to nodes."""
        return {}

    def program(self, only: Only = None) -> Program:
        """The scheduled, named form that every target prints from: of all results, or of those that `only` names."""
        return lower.lower(self.tape, self._chosen(only), roles=self._roles(), base=self._first())

    def _chosen(self, only: Only) -> tuple[Returns, ...]:
        """The results, or those of some names, in the order of these."""
        results = self.returns()
        if only is None:
            return results
        names = [only] if isinstance(only, str) else list(only)
        known = [result.name for result in results]
        for name in names or [""]:
            if name not in known:
                hint = f"{did_you_mean(str(name), known)}its results are {', '.join(known)}"
                raise InputError(f"there is no result {name!r:.60}" if names else "no result is chosen", hint=hint)
        return tuple(result for name in dict.fromkeys(names) for result in results if result.name == name)

    def _first(self) -> Tape:
        """The tape of 𝒢."""
        return self.tape

    def _program(
        self, target: str | None, sizes: Mapping[str, int], only: Only = None, error_bound: bool = False
    ) -> Program:
        """The same as a target takes it: on scalars, where named dimensions have these numbers, if it must.

        With `error_bound` with a bound of the rounding error of each result behind the results.
        """
        whole = lower.takes(self.tape, target, sizes)
        if not error_bound:
            if whole:
                return self.program(only)
            return lower.lower(*simplify.in_scalars(self.tape, self._chosen(only), sizes))
        tape, results = self.tape, self._chosen(only)
        given = (tape, results) if whole else simplify.in_scalars(tape, results, sizes)
        made, returned, roles = accuracy.with_bounds(*given, self._roles() if whole else {})
        return lower.lower(made, returned, roles=roles)

    def _complex_program(self, only: Only) -> Program:
        """The program for complex numbers in all inputs."""
        results = self._chosen(only)
        tape = for_scalars(self.tape, 'dtype="complex128"')
        made, new = evaluate.holomorphic(tape, [node for r in results for node in r.nodes], tape.inputs)
        roles = {int(new[node]): name for node, name in self._roles().items()}
        return lower.lower(made, [result.moved(new) for result in results], roles=roles)

    def to_python(
        self,
        name: str = "f",
        target: str | None = None,
        *,
        free: bool = False,
        only: Only = None,
        error_bound: bool = False,
        certify: bool = False,
        dtype: str = "float64",
        **sizes: int,
    ) -> str:
        """Readable Python source of a module with one function `name` for the values and derivatives of the graph.

        `target` is "math" (floats; the usual one for scalars), "numpy" (arrays that broadcast; the usual one for
        tensors, and for scalars where `math` lacks a function), "jax" or "torch". With `free` a value is deleted where
        nothing reads it any more: on large arrays a graph made by `schedule(memory)` then holds no more of them.
        Tensors of small shapes are written for "math" as scalars, with numbers for the named dimensions (`n=2`).

        With `only`, a name or several, the function returns these results, in this order, and computes what they need.
        With `error_bound` it returns behind them, nested alike, a bound of the rounding error of each number: see
        `edgewise.accuracy.bounds`. With `certify` the file carries a certificate and tests itself when it is run:
        see `edgewise.accuracy.certificates`. Both are for scalars: tensors raise UnsupportedError. With the `dtype`
        "complex128" the function is of NumPy and of complex numbers: the graph must be holomorphic, see
        `edgewise.evaluate.holomorphic`, or an UnsupportedError says where it is not.

        >>> import edgewise as ew
        >>> print(*ew.parse("exp(x)*y").hessian().simplify().to_python(only="hessian").splitlines()[-3:], sep="\\n")
            d_out_d_y = math.exp(x)
            d_out_d_x = d_out_d_y*y
            return ((d_out_d_x, d_out_d_y), (d_out_d_y, 0.0))
        >>> print(*ew.parse("x*y").to_python(error_bound=True).splitlines()[-3:], sep="\\n")
            v1 = x*y
            v2 = abs(v1)*1.1102240834163406e-16 + 5e-324
            return v1, v2
        """
        if dtype not in ("float64", "complex128"):
            raise LoweringError(f"there is no precision {dtype!r:.40}", hint='use "float64" or "complex128"')
        if dtype == "complex128" and (error_bound or certify or target not in (None, "numpy")):
            raise LoweringError(
                'dtype="complex128" is for the target "numpy", without bounds and certificates', hint="leave them out"
            )
        real = dtype == "float64"
        program = self._program(target, sizes, only, error_bound) if real else self._complex_program(only)
        source = lower.python_source(program, name, target, free=free, dtype=dtype)
        if not certify:
            return source.text
        if target in ("jax", "torch"):
            raise LoweringError(f"certify=True is not for {target!r}", hint='use the target "math" or "numpy"')
        return accuracy.certified(source.text, "Python", source.name, program, self.report)

    def to_c(
        self,
        name: str = "f",
        dtype: str = "double",
        *,
        header: bool = False,
        only: Only = None,
        error_bound: bool = False,
        certify: bool = False,
        **sizes: int,
    ) -> str:
        """One self-contained C99 file with a function `name` for the values and derivatives, or its header.

        Scalars come by value, groups as arrays; results go to arrays, flat, row by row. `<name>_many` computes many
        points. `dtype` is "double" or "float", `only` chooses results, and `error_bound` gives each an array of bounds
        of its rounding error, in doubles, as for `to_python`. With `certify` the file carries a certificate, and a
        `main` that tests it where EDGEWISE_SELF_TEST is defined. Tensors of small shapes are
        written as groups of scalars, with numbers for the named dimensions.

        >>> import edgewise as ew
        >>> header = ew.parse("x*y").gradient().to_c(header=True)
        >>> print(*(line for line in header.splitlines() if "value[1]" in line))
        void f(double x, double y, double value[1], double gradient[2]);
        >>> header = ew.parse("x @ x", shapes="x: n").gradient().to_c(header=True, n=3)
        >>> print(*(line for line in header.splitlines() if "value[1]" in line))
        void f(const double x[3], double value[1], double gradient[3]);
        """
        asked = "error_bound" if error_bound else "certify"
        if (error_bound or certify) and dtype != "double":
            raise LoweringError(f"{asked}=True is for doubles, and dtype is {dtype!r}", hint='use dtype="double"')
        program = self._program("c", sizes, only, error_bound)
        source = lower.c_source(program, name, dtype)
        if header:
            return source.header
        return accuracy.certified(source.source, "C", source.name, program, self.report) if certify else source.source

    def to_js(
        self,
        name: str = "f",
        *,
        module: bool = True,
        only: Only = None,
        error_bound: bool = False,
        certify: bool = False,
        **sizes: int,
    ) -> str:
        """JavaScript with a function `name` for the values and derivatives: an ES module, or a script to put inline.

        Numbers come and go as numbers, groups as arrays nested by their shape. Several results are an array of them;
        `only` chooses some, `error_bound` adds bounds of their rounding errors, and with `certify` node tests the file
        when it runs it, as for `to_python`.
        Tensors of small shapes are written as groups of scalars, with numbers for the named dimensions.

        >>> import edgewise as ew
        >>> print(ew.parse("x*y").to_js().partition("export ")[2])
        function f(x, y) {
            const v1 = x*y;
            return v1;
        }
        <BLANKLINE>
        """
        program = self._program("js", sizes, only, error_bound)
        source = lower.js_source(program, name, module=module)
        language = "JavaScript" if module else "JavaScript script"
        return accuracy.certified(source, language, name, program, self.report) if certify else source

    def compile(
        self,
        backend: str | None = None,
        name: str = "f",
        *,
        dtype: Any = "float64",
        only: Only = None,
        **sizes: int,
    ) -> Compiled:
        """A fast callable. `backend` is "llvm" (native code, the usual one for scalars, and for arrays that broadcast),
        "numpy" (the usual one for tensors), "python", "c", "jax" (jitted) or "torch".

        A graph returns its value, a gradient `(value, gradient)`, a Jacobian `(value, jacobian)`, a tangent `(value,
        tangent)`, a Hessian `(value, gradient, hessian)`; derivatives come in `wrt` order, one alone comes bare. `only`
        chooses results, as for `to_python`: `compile(only="gradient")` returns the gradient alone.
        `.source` is the text that runs. Native code is ready at once and becomes faster while it is used: `.tier`,
        `.wait()`; see `lower.llvm`. For "llvm", "c" and "python" tensors are of small shapes: named dimensions get
        numbers, and the graph of scalars is simplified and compiled. With `dtype="float32"`, which "llvm" takes, all
        numbers are of single precision: twice as many at once.

        >>> import edgewise as ew
        >>> f = ew.parse("x @ A @ x", shapes="x: n; A: n,n").gradient("x").compile("llvm", n=2)
        >>> f([1.0, 2.0], [[1.0, 0.0], [0.0, 3.0]])
        (13.0, array([ 2., 12.]))
        """
        return lower.compile_program(self._program(backend, sizes, only), backend, name, dtype)

    def to_json(self, indent: int | None = None) -> str:
        """The graph as versioned, checksummed JSON. A derivative graph's ledger is not part of it."""
        from edgewise.exchange.json import to_json

        return to_json(self.tape, indent)

    @classmethod
    def from_json(cls, text: str, *, functions: Mapping[str, Op] | None = None) -> Graph:
        """The graph of `to_json`. `functions` gives the user's operations by name."""
        from edgewise.exchange.json import from_json

        return cls._graph(from_json(text, operations=functions))

    def to_networkx(self) -> Any:
        """A networkx MultiDiGraph: edges run from argument to consumer, keyed by position."""
        from edgewise.exchange.networkx import to_networkx

        return to_networkx(self.tape)

    @classmethod
    def from_networkx(cls, source: Any, *, functions: Mapping[str, Op] | None = None) -> Graph:
        """The graph of a networkx MultiDiGraph whose nodes carry `op` (and `name`, `value`, `parameter`, `shape`)."""
        from edgewise.exchange.networkx import from_networkx

        return cls._graph(from_networkx(source, operations=functions))

    def to_sympy(self) -> Any:
        """The outputs of a graph of scalars as SymPy expressions, nested as they were given."""
        from edgewise.write.sympy import to_sympy

        return to_sympy(for_scalars(self.tape, "to_sympy()"))

    def to_latex(self) -> str:
        r"""The outputs as LaTeX; a large graph as a list of assignments.

        Tensors are in matrix notation, and those of more than two axes by their entries, [A_{ik} B_{lj}]_{ijkl}.

        >>> import edgewise as ew
        >>> ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w").simplify().to_latex()
        '2\\,X^\\top (X w - y)'
        """
        from edgewise.write.latex import to_latex

        return to_latex(self.tape)
