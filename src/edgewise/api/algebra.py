"""The habits of a computer algebra system: what one asks of a formula, and gets another formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import algebra
from edgewise.api.arithmetic import Arithmetic
from edgewise.api.parts import (
    Solution,
    bound_of,
    input_name,
    is_numeric,
    numbers_or_tape,
    pairs,
    real_number,
    replaced,
    tape_of,
)
from edgewise.errors import EdgewiseError, GraphError, InputError, UnsupportedError, did_you_mean
from edgewise.frontends.naming import by_name, name_of
from edgewise.graph import Parameter, for_scalars

if TYPE_CHECKING:
    from edgewise.algebra import Equality
    from edgewise.api.graph import Graph, Node

__all__ = ["Algebra"]


class Algebra(Arithmetic):
    """What is asked of a formula as in SymPy. An expression has these methods too, and they return expressions.

    Formulas that come back have their numbers computed, exactly where they are exact: sin(0) is 0 and sin(2) stays.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def inputs(self) -> tuple[str, ...]: ...

        @property
        def outputs(self) -> tuple[int, ...]: ...

        @property
        def parameters(self) -> tuple[Parameter, ...]: ...

        def evaluate(self, values: Any = None, /, *args: Any, **named: Any) -> Any: ...

        def node(self, key: Any) -> int: ...

        def text(self, node: Any = None, limit: int | None = 200) -> str: ...

        def to_latex(self) -> str: ...

        def to_sympy(self) -> Any: ...

        def _wrt(self, wrt: Any) -> Any: ...

    # --- values in the place of inputs ----------------------------------------------------------------------------

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The value at numbers, by position in input order, by name or in a mapping; a graph where some are missing or
        formulas.

        >>> import edgewise as ew
        >>> G = ew.parse("x**2*y + 1")
        >>> G(2, 3), G(y=3, x=2), G({"x": 2, "y": 3}), G(x=2).text(), G("a + 1", 3).text()
        (13.0, 13.0, 13.0, '4*y + 1', '3*(a + 1)**2 + 1')
        """
        if len(args) == 1 and isinstance(args[0], Mapping):
            named, args = by_name(args[0], named), tuple[Any, ...]()
        names = [parameter.name for parameter in self.parameters]
        given = {**dict(zip(names, args)), **named}
        live = self.tape.live(self.outputs)
        needed = {parameter.name for parameter, nodes in self.tape.by_parameter() if live[list(nodes)].any()}
        if all(map(is_numeric, given.values())) and (len(args) > len(names) or needed <= given.keys()):
            idle = {name: 0.0 for name in names if not args and name not in {*named, *needed} and name in self.inputs}
            numbers = [[real_number(value) for value in part] for part in (args, {**idle, **named}.values())]
            return self.evaluate(None, *numbers[0], **dict(zip({**idle, **named}, numbers[1], strict=True))).result
        if len(args) > len(names) or (args and len(args) + len(named) < len(names)):
            raise InputError(
                f"{len(args)} values were given for the {len(names)} inputs {', '.join(names[:20])}",
                hint="give one for each, or some by name, as in G(x=2)",
            )
        return self.subs([*zip(names, args), *named.items()])

    def subs(self, *args: Any, **named: Any) -> Graph:
        """The graph with numbers or formulas in the place of inputs, or of parts of the formula, all at the same time.

        Keys are names, expressions, SymPy's symbols, or formulas; values are numbers, formulas as text, expressions,
        graphs of one output, and arrays for groups and tensors. They come as a mapping, as pairs, as one key and its
        value, or by name. A symbol that does not occur is passed over, as in SymPy; a name that is no input's is an
        InputError. What is a number then is computed, exactly where it is exact.

        >>> import edgewise as ew
        >>> x, y, z = ew.symbols("x y z")
        >>> G = ew.graph(ew.sin(x*y)*x + y**2/3)
        >>> for H in (G.subs({x: y, y: x}), G.subs(x=0), G.subs("x*y", z), G.subs([("x", "pi/2"), ("y", 1)])):
        ...     print(H.text())
        sin(y*x)*y + x**2/3
        y**2/3
        sin(z)*x + y**2/3
        pi/2 + 1/3
        """
        return self._graph(algebra.substituted(self.tape, replaced(self._plain(), pairs(args, named))))

    @property
    def free_symbols(self) -> frozenset[str]:
        """The names of the inputs that the outputs depend on.

        >>> import edgewise as ew
        >>> sorted(ew.parse("x*y", inputs=["x", "y", "z"]).free_symbols)
        ['x', 'y']
        """
        live = self.tape.live(self.outputs)
        return frozenset(name for node, name in zip(self.tape.inputs, self.inputs, strict=True) if live[node])

    def evalf(self, digits: int = 15, subs: Mapping[Any, Any] | None = None, **values: Any) -> Any:
        """The value with any number of digits, as `decimal.Decimal`: `evaluate(…, digits=…)` under SymPy's name.

        >>> import edgewise as ew
        >>> ew.parse("sqrt(x)").evalf(30, x=2)
        Decimal('1.41421356237309504880168872421')
        """
        return self.evaluate(subs or {}, digits=digits, **values).result

    # --- derivatives, sums and products ---------------------------------------------------------------------------

    def diff(self, *variables: Any) -> Graph:
        """The derivative of the outputs as a plain graph, simplified: of any order, in inputs as in SymPy.

        `G.diff("x")`, `G.diff("x", 2)`, `G.diff("x", "y")`; of one input alone none needs to be named. In a group or a
        tensor its axes come last. `gradient()` and the others keep the ledger: which edge each derivative belongs to.

        In t it is the whole derivative where inputs are functions of t: SymPy's q(t), or `symbols("q", of="t")`; their
        rates are the inputs q_t, q_tt, whatever the name of an input may be otherwise.

        >>> import edgewise as ew
        >>> G = ew.parse("x**3*exp(2*y)")
        >>> G.diff("x").text(), G.diff("x", 2, "y").text()
        ('3*x**2*exp(2*y)', '12*x*exp(2*y)')
        >>> t, m, q = *ew.symbols("t m"), ew.symbols("q", of="t")
        >>> L = m*q.diff(t)**2/2 + m*ew.cos(q)
        >>> L.diff(q.diff(t)).diff(t) - L.diff(q)
        m*q_tt - (-m*sin(q))
        """
        graph = self._plain()
        for variable in self._variables(variables):
            name = input_name(variable)
            moving = algebra.rates(graph.tape, name) if isinstance(name, str) else {}
            if moving:
                made = graph.jvp(list(moving))
            else:
                try:
                    wrt = graph._wrt(variable)
                except (GraphError, InputError):
                    if isinstance(variable, str) or not isinstance(name, str):
                        raise
                    nothing = graph._of_outputs(np.multiply, 0, graph)  # a symbol that does not occur
                    return self._graph(algebra.with_known_values(nothing.tape))
                made = (graph.tangent(variable) if len(wrt.nodes) == 1 else graph.jacobian(variable)).simplify()
            last = made.returns()[-1]
            tape = algebra.only_outputs(made.tape, last.nodes, last.layout)
            instead = dict(zip(tape.inputs[len(tape.inputs) - len(moving) :], moving.values(), strict=True))
            if moving:
                tape = self._graph(algebra.substituted(tape, instead)).simplify().tape
            graph = self._graph(algebra.with_known_values(tape))
        return graph

    def expand(self) -> Graph:
        """Products and whole powers of sums multiplied out and like terms collected, inside functions too.

        Functions are not taken apart, exp(x + y) stays, and x/x is 1. `simplify(expand=True)` looks for what is
        shortest instead. UnsupportedError where the result had millions of terms, and for tensors.

        >>> import edgewise as ew
        >>> ew.parse("(x + y)**2 - y*(x + y)").expand().text()
        'x**2 + x*y'
        """
        return self._graph(algebra.expanded(algebra.with_known_values(self.tape)))

    def factor(self, *, seconds: float = 20.0) -> Graph:
        """The outputs as products of factors, which SymPy finds, in at most so many seconds.

        >>> import edgewise as ew
        >>> ew.parse("x**2 - y**2").factor().text()
        '(x + y)*(x - y)'
        """
        return self._graph(self._asked(self.factor, "the factors", seconds).factor())

    def collect(self, *variables: Node, seconds: float = 20.0) -> Graph:
        """The outputs as polynomials in some inputs, by SymPy.

        >>> import edgewise as ew
        >>> ew.parse("a*x + b*x + x**2*c").collect("x").text()
        'c*x**2 + x*(a + b)'
        """
        names = [self._input(variable) for variable in variables]
        return self._graph(self._asked(self.collect, "the polynomial", seconds).collect(names))

    def series(self, variable: Node = None, point: Any = 0, n: int = 6) -> Graph:
        """The Taylor polynomial in an input about a point, of degree n - 1; no O(x**n) stands for the rest.

        The coefficients are those of `taylor`, exact where the numbers are. Where these are not finite SymPy is asked,
        which knows that sin(x)/x is smooth at 0. UnsupportedError where there is no such series, as for log(x) and
        abs(x) at 0.

        >>> import edgewise as ew
        >>> ew.parse("exp(x)*y").series("x", 0, 3).text(), ew.parse("sin(x)/x").series(n=5).text()
        ('y + x*y + x**2*y/2', 'x**4/120 - x**2/6 + 1')
        """
        if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
            raise InputError(f"a series of {n!r:.60} terms", hint="give a whole number from 1 on")
        for_scalars(self.tape, "series()")
        node = self.tape.inputs[self.inputs.index(self._still(variable, "series()"))]
        return self._graph(algebra.taylor_polynomial(self.tape, node, numbers_or_tape(point), int(n)))

    # --- equality -------------------------------------------------------------------------------------------------

    def equals(self, other: Any) -> Equality:
        """Whether another graph, expression or number has the same value, as a function of the inputs by name.

        True or false as it stands; `.proved` says whether rules of algebra made one of the other, otherwise values at
        points are compared, with 50 digits, and `.how` says so, or where they differ. Where both are defined counts:
        x/x equals 1. `G == H` and `edgewise.same` ask for the same formula, and `edgewise.compare` tells more.

        >>> import edgewise as ew
        >>> ew.parse("(x + 1)**2").equals(ew.parse("x**2 + 2*x + 1"))
        <equal: by rules of simplification (equal values)>
        >>> ew.parse("sin(2*x)").equals(ew.parse("2*sin(x)*cos(x)")).how
        'to 30 digits at 6 points, not proved'
        >>> bool(ew.parse("sqrt(x**2)").equals(ew.parse("x")))
        False
        """
        tape = tape_of(other)
        if tape is None:
            try:
                made = numbers_or_tape(other)
            except EdgewiseError:
                raise InputError(
                    f"a graph is compared with a {type(other).__name__}", hint="compare two graphs, or give a number"
                ) from None
            tape = algebra.mapped(lambda: made, [], "a number")
        return algebra.equality(self.tape, tape)

    # --- what SymPy is asked --------------------------------------------------------------------------------------

    def solve(self, *unknowns: Node, seconds: float = 20.0) -> list[Any]:
        """The real solutions of outputs = 0 that SymPy finds: graphs, for several unknowns dictionaries of them, from
        which names and symbols take them.

        UnsupportedError where it finds no way, or takes longer than so many seconds; `compile()` and SciPy's root
        finders serve then.

        >>> import edgewise as ew
        >>> [found.text() for found in ew.parse("x**2 - a*x").solve("x")]
        ['0', 'a']
        >>> ew.parse("[x + y - 3, x - y - 1]").solve("x", "y")
        [{'x': <graph of 2: 1 nodes, 0 edges>, 'y': <graph of 1: 1 nodes, 0 edges>}]
        """
        names = [self._input(unknown) for unknown in unknowns] or [self._input(None)]
        found = self._asked(self.solve, f"the solutions in {', '.join(names)}", seconds).solve(names)
        graphs = [Solution((name, self._graph(tape)) for name, tape in solution.items()) for solution in found]
        return [solution[names[0]] for solution in graphs] if len(names) == 1 else graphs

    def integrate(self, variable: Any = None, *, seconds: float = 20.0) -> Graph:
        """An antiderivative in an input, or the integral over (input, from, to), that SymPy finds, of real numbers.

        An antiderivative is differentiated again and compared with the graph before it is returned. UnsupportedError
        where SymPy finds none, or takes longer than so many seconds.

        >>> import edgewise as ew
        >>> ew.parse("1/x").integrate().text(), ew.parse("x*exp(-x**2)").integrate(("x", 0, "b")).text()
        ('log(abs(x))', '1/2 - exp(-b**2)/2')
        """
        name, *bounds = variable if isinstance(variable, tuple) else (variable,)
        if len(bounds) not in (0, 2):
            raise InputError(f"integrate() was given {variable!r:.60}", hint='write "x", or ("x", 0, 1)')
        name = self._still(name, "integrate()")
        found = self._asked(self.integrate, f"the integral in {name}", seconds).integral(
            name, [bound_of(bound) for bound in bounds]
        )
        made = self._graph(found)
        if not bounds and (test := made.diff(name).equals(self)).point is not None and not test:
            raise GraphError(f"SymPy's integral in {name} has another derivative than the graph: {test.how}")
        return made

    def limit(self, variable: Node, point: Any, side: str = "+-", *, seconds: float = 20.0) -> Graph:
        """The limit where an input goes to a point, from both sides, or from one ("+" is from above), by SymPy.

        UnsupportedError where there is none: 1/x at 0 has two, one for each side.

        >>> import edgewise as ew
        >>> ew.parse("(1 - cos(x))/x**2").limit("x", 0)
        <graph of 1/2: 1 nodes, 0 edges>
        """
        if side not in ("+", "-", "+-"):
            raise InputError(f"there is no side {side!r:.60} of a point", hint='use "+", "-" or "+-"')
        name = self._still(variable, "limit()")
        return self._graph(self._asked(self.limit, f"the limit in {name}", seconds).limit(name, bound_of(point), side))

    # --- plots ----------------------------------------------------------------------------------------------------

    def plot(self, *ranges: Any, axes: Any = None, points: int = 400, **values: Any) -> Any:
        """The outputs as curves over one input, or one output as contours over two, on matplotlib axes.

        Ranges are (input, from, to), or an input alone, from -10 to 10; without any they are of all inputs that have no
        value. The axes are those given, or new ones, and returned. Needs matplotlib, `pip install "edgewise[plot]"`.

        >>> import edgewise as ew
        >>> from matplotlib.figure import Figure
        >>> axes = ew.parse("[a*sin(x), x**2]").plot(("x", 0, 3), a=2, axes=Figure().subplots())
        >>> [line.get_label() for line in axes.lines], axes.get_xlabel()
        (['a*sin(x)', 'x**2'], 'x')
        """
        from edgewise.view.plots.of_inputs import plot_outputs

        for_scalars(self.tape, "plot()")
        given = [item if isinstance(item, (tuple, list)) else (item,) for item in ranges]
        given = given or [(name,) for name in self.inputs if name not in values]
        if any(len(item) not in (1, 3) for item in given) or len(given) not in (1, 2):
            raise InputError(
                f"a plot is over one input or two, and was given {ranges or self.inputs!r:.80}",
                hint='write G.plot(("x", 0, 1), y=2)',
            )
        over = {self._input(name): (float(ends[0]), float(ends[1])) if ends else (-10.0, 10.0) for name, *ends in given}
        instead = replaced(self._plain(), values.items())
        free = {self.tape.inputs[self.inputs.index(name)] for name in over}
        graph = self._graph(algebra.substituted(self.tape, {i: v for i, v in instead.items() if i not in free}))
        labels = [self.text(node, 40) for node in self.outputs]
        return plot_outputs(lambda at: graph.evaluate(at).outputs, labels, over, points, axes)

    def _sympy_(self) -> Any:
        """What SymPy's own functions make of it: `sympy.sin(G)` and `sympy.sympify(G)` work."""
        return self.to_sympy()

    def _latex(self, printer: Any) -> str:
        """What `sympy.latex` prints."""
        return self.to_latex()

    # --- helpers --------------------------------------------------------------------------------------------------

    def _plain(self) -> Graph:
        """The graph without its ledger."""
        return self if type(self) is self._graph else self._graph(self.tape)

    def _asked(self, method: Callable[..., Any], what: str, seconds: float) -> algebra.Asked:
        """The graph as SymPy has it, which is asked for `what`."""
        return algebra.Asked(for_scalars(self.tape, f"{method.__name__}()"), what, seconds)

    def _input(self, key: Any) -> str:
        """The name of the input that a key stands for; None stands for the only one."""
        if key is None:
            if len(self.inputs) == 1:
                return self.inputs[0]
            raise InputError(f"in which of the inputs {', '.join(self.inputs[:20])}?", hint='name it, as in diff("x")')
        name = name_of(key)
        if isinstance(name, (int, np.integer)) and name in self.tape.inputs:
            name = self.inputs[self.tape.inputs.index(name)]
        if name not in self.inputs:
            raise InputError(
                f"{name!r:.60} is no input of the graph",
                hint=f"{did_you_mean(str(name), self.inputs)}its inputs are {', '.join(self.inputs[:20]) or 'none'}",
            )
        return str(name)

    def _still(self, key: Any, what: str) -> str:
        """The name of an input that no other input is a function of."""
        name = self._input(key)
        moving = [other for other in algebra.rates(self.tape, name) if other != name]
        if moving:
            hint = f"put formulas in the place of {', '.join(moving)} first, by subs()"
            raise UnsupportedError(f"{what} in {name}, of which {moving[0]} is a function", hint=hint)
        return name

    def _variables(self, given: Sequence[Any]) -> list[Any]:
        """The variables of a derivative, each as often as it is meant: x, 2, y are x, x, y."""
        flat = [part for item in given for part in (item if isinstance(item, (tuple, list)) else (item,))]
        found: list[Any] = []
        for item in flat:
            if isinstance(item, (int, np.integer)) and not isinstance(item, bool):
                if not found or item < 0:
                    raise InputError(f"diff() was given {item!r} as a variable", hint='write diff("x", 2), names first')
                found[-1:] = [found[-1]] * int(item)
            else:
                found.append(item)
        if flat:
            return found
        free = {name for p in self.parameters for name in (p.dependent.of if p.dependent else (p.name,))}
        moving = any(parameter.dependent for parameter in self.parameters)
        return [*free] if moving and len(free) == 1 else [self._input(None)]
