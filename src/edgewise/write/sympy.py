"""Graphs as SymPy expressions and as LaTeX."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import sympy as sp
from mpmath.libmp import NoConvergence
from sympy.printing.latex import LatexPrinter

from edgewise.errors import UnsupportedError
from edgewise.graph import Layout, Tape
from edgewise.ops import CONST, INPUT, OPS, Number, Op, SymbolicConstant, computed_template
from edgewise.ops.formula import written
from edgewise.write.latex.latex_names import escaped, latex_names, unused_letter
from edgewise.write.sympy_operations import REPEATED, SPELLED, is_truth, real, selection, sympy_number, truth

__all__ = ["Writer", "nodes_to_sympy", "step_to_latex", "step_to_sympy", "to_latex", "to_sympy"]

MAX_TREE = 2000
"""The largest expression tree, in nodes, that is printed as one formula."""

MAX_SIMPLIFIED = 300
"""The largest expression tree, in nodes, that SymPy simplifies as it is made."""

MAX_LINE = 12
"""The most operations of one line of the list that a larger graph is printed as."""

MAX_BITS = 4000
"""The largest exact number, in bits, that SymPy may make of constants; what would be larger is left as written."""

_POWERS: Final = ("power", "pow", "exp2", "exp")
_EXPANDED: Final = (*_POWERS, "gamma", "lgamma", "digamma", "polygamma", "cosh", "sinh", "tanh")
"""Operations of which SymPy makes exact numbers as large as an argument's value, not as large as its digits."""

_ROUNDED: Final = ("floor", "ceil", "round", "mod")
"""Operations of which SymPy looks for all digits of the argument before the point."""

FEW_BITS: Final = 10
"""Up to which size of a constant, in bits, SymPy may look for the value of a special function there."""

_JOINED: Final = ("add", "sub", "mul", "div", "neg", "mod")
"""Operations that are written between or before their arguments, and need brackets as a part of another."""

_LOGICAL: Final = ("and", "or", "not")

_HYPERBOLIC: Final = ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh")
"""Functions of which SymPy asks whether they are real and finite, part by part, and again for every function around
them: of one of the other of the third it may take minutes.
"""


def to_sympy(tape: Tape, nodes: Sequence[int] | None = None, symbols: Mapping[int, Any] | None = None) -> Any:
    """The outputs as SymPy expressions in the nesting of the graph, or a list of the expressions of some nodes.

    `symbols` stand for the inputs where they are given. By default an input is a symbol of which SymPy is told what is
    promised of it, or the function that it is, q(t), and its derivative.

    Arrays of one or two dimensions become matrices, others SymPy arrays. A subexpression whose tree is large is left
    as it is written; smaller ones SymPy simplifies as it always does.

    >>> from edgewise import parse
    >>> to_sympy(parse("x*exp(y)").tape)
    x*exp(y)
    """
    symbols = _symbols(tape) if symbols is None else symbols
    if nodes is not None:
        return nodes_to_sympy(tape, nodes, symbols)
    return _nest(tape.layout, iter(nodes_to_sympy(tape, tape.outputs, symbols)))


def _symbols(tape: Tape) -> dict[int, Any]:
    """What SymPy calls the inputs: functions and their derivatives are such, and what is promised of values is said."""
    found: dict[int, Any] = {}
    for parameter, nodes in tape.by_parameter():
        promised = {parameter.sign: True} if parameter.sign else {}
        for node in nodes:
            found[node] = sp.Symbol(tape.attrs[node], **promised)
        if parameter.dependent is not None and parameter.dependent.of_variables:
            function, of, by = parameter.dependent
            known = sp.Function(function, **({} if by else promised))(*map(sp.Symbol, of))
            found[nodes[0]] = sp.Derivative(known, *map(sp.Symbol, by)) if by else known
    return found


def _nest(layout: Layout, values: Iterator[Any]) -> Any:
    if layout.kind == "array":
        if layout.shape == ():
            return next(values)
        entries = [next(values) for _ in range(layout.size)]
        if len(layout.shape) > 2:
            return sp.ImmutableDenseNDimArray(entries, layout.shape)
        rows, columns = layout.shape if len(layout.shape) == 2 else (layout.shape[0], 1)
        return sp.ImmutableDenseMatrix(rows, columns, entries)
    if layout.pattern is not None:
        places = zip(layout.pattern.rows.tolist(), layout.pattern.columns.tolist(), strict=True)
        return sp.ImmutableSparseMatrix(*layout.shape, {place: next(values) for place in places})
    parts = [_nest(child, values) for child in layout.children]
    if layout.kind == "dict":
        return dict(zip(layout.keys, parts, strict=True))
    return parts if layout.kind == "list" else tuple(parts)


def nodes_to_sympy(
    tape: Tape, nodes: Sequence[int], symbols: Mapping[int, Any] | None = None, *, bounded: bool = False
) -> list[Any]:
    """The SymPy expressions of some nodes; a node of the graph is one SymPy object wherever it is used.

    With `bounded` an UnsupportedError says that they hold constants, such as 9**9**9, that SymPy's printers and
    methods would evaluate without end.
    """
    writer = Writer(tape, nodes)
    for i, symbol in (symbols or {}).items():
        writer.known[i], writer.needed[i] = symbol, False
        writer.note(i, None)
    try:
        for i, code, args in tape.rows():
            if writer.needed[i]:
                writer.write(i, code, args)
    except RecursionError:
        raise UnsupportedError(
            f"the graph of {len(tape)} nodes is too deep for SymPy", hint="print it as source with to_python"
        ) from None
    if bounded and any(map(writer.is_large, nodes)):
        raise UnsupportedError("the constants are too large for SymPy to print", hint="print the formula as text")
    return [writer.known[i] for i in nodes]


def step_to_sympy(tape: Tape, node: int, names: Mapping[int, str]) -> Any:
    """One operation as a SymPy expression of symbols: `names` are those of its arguments, the others are numbers.

    >>> from edgewise import parse
    >>> step_to_sympy(parse("exp(x*y) + sin(x)").tape, 5, {3: "a", 4: "b"})
    a + b
    """
    writer, args = _step(tape, node, names)
    if writer.is_large(node):
        raise UnsupportedError("the constants are too large for SymPy to print", hint="print the formula as text")
    return writer.made(node, args)


def _step(tape: Tape, node: int, names: Mapping[int, str]) -> tuple[Writer, list[Any]]:
    """The writer of one operation, and its arguments."""
    writer = Writer(tape, [], _operator)
    for j in tape.arguments(node):
        writer.known[j] = sp.Symbol(names[j]) if j in names else sympy_number(tape.attrs[j])
        writer.note(j, None if j in names else tape.attrs[j])
    writer.bits[node] = writer.bits_of(tape.op(node), tape.arguments(node), tape.attrs.get(node))
    return writer, [writer.known[j] for j in tape.arguments(node)]


class Writer:
    """Makes SymPy objects of nodes in the order of their numbers; `known` holds them."""

    def __init__(self, tape: Tape, nodes: Sequence[int], function: Callable[[str], Any] = sp.Function) -> None:
        self.tape, self.function = tape, function
        self.known: dict[int, Any] = {}
        self.size = [1] * len(tape)
        self.nested = [0] * len(tape)  # how many functions, one of the other
        self.bits: dict[int, int] = {}
        self.fixed: set[int] = set()  # constants, and what is made of nothing else
        self.needed = tape.live(nodes).tolist()

    def write(self, i: int, code: int, args: Sequence[int]) -> None:
        """The expression of one node; its arguments have theirs."""
        tape = self.tape
        if code in (INPUT, CONST):
            self.known[i] = sp.Symbol(tape.attrs[i]) if code == INPUT else sympy_number(tape.attrs[i])
            self.note(i, None if code == INPUT else tape.attrs[i])
            return
        op = tape.op_of_code(code)
        # The tree of a graph can be exponentially larger than the graph: the sum is cut off.
        copies = tape.attrs[i] + 4 if op.name == "inerfcx" else REPEATED.get(op.name, 1)
        below = copies * sum(self.size[j] for j in args)
        self.size[i] = min(MAX_TREE + 1, 1 + below)
        self.bits[i] = min(MAX_BITS + 1, self.bits_of(op, args, tape.attrs.get(i)))
        self.nested[i] = (op.name in _HYPERBOLIC) + max((self.nested[j] for j in args), default=0)
        if self.fixed.issuperset(args):
            self.fixed.add(i)
        parts = [self.known[j] for j in args]
        try:
            with sp.evaluate(self.size[i] <= MAX_SIMPLIFIED and not self.is_large(i)):
                # For LaTeX one of another is a function of which SymPy knows nothing but the name.
                unknown = self.function is _operator and op.name in _HYPERBOLIC and self.nested[i] > 1
                made = sp.Function(op.name)(*parts) if unknown else self.apply(op, parts, tape.attrs.get(i))
        except (TypeError, ValueError) as error:
            raise UnsupportedError(
                f"{tape.describe(i)} has no real value in SymPy: {error}", hint="change the constants it is made of"
            ) from None
        except (ArithmeticError, AssertionError, NoConvergence, RecursionError) as error:
            if isinstance(error, RecursionError) and self.size[i] > MAX_SIMPLIFIED:
                raise
            # It is of the value that SymPy looked for, as that of x % 0.
            made = self.made(i, parts)
            self.bits[i] = MAX_BITS + 1
        if made is sp.zoo or made is sp.nan:  # conditions on these SymPy may rewrite without end
            self.bits[i] = MAX_BITS + 1
        if self.size[i] > MAX_SIMPLIFIED:
            # SymPy finds these by recursion and then remembers them: from below, each is one step.
            hash(made), getattr(made, "is_commutative", None)
        if getattr(made, "is_Number", False):
            self.size[i], self.nested[i] = 1, 0
        self.known[i] = made

    def made(self, node: int, args: Sequence[Any]) -> Any:
        """One operation as it is written."""
        with sp.evaluate(False):
            return self.apply(self.tape.op(node), args, self.tape.attrs.get(node))

    def note(self, i: int, value: Number | None) -> None:
        """Note what a leaf is: a constant, or None for a symbol."""
        self.bits[i] = 1
        if value is None:
            return
        self.fixed.add(i)
        if isinstance(value, Fraction):
            self.bits[i] = value.numerator.bit_length() + value.denominator.bit_length()
        elif isinstance(value, int):
            self.bits[i] = value.bit_length()
        elif isinstance(value, float):
            self.bits[i] = max(1, math.frexp(value)[1]) if math.isfinite(value) else 1

    def is_large(self, i: int) -> bool:
        """Whether SymPy could make a number without bound of the constants below: 9**9**9*x would never end."""
        return self.bits[i] > MAX_BITS

    def bits_of(self, op: Op, args: Sequence[int], parameter: Any) -> int:
        """A bound on the bits of the exact numbers that SymPy could make of the constants in a node."""
        below = [self.bits[j] for j in args]
        largest = max(below, default=0)
        if largest > MAX_BITS:
            return largest
        if op.name in ("mul", "div"):
            return sum(below)
        if op.name in ("add", "sub"):
            return largest + 1
        if op.name == "power":
            times: float = abs(float(parameter) if isinstance(parameter, SymbolicConstant) else parameter)
            return below[0] * math.ceil(min(max(1, times), MAX_BITS + 1))
        if op.name in _EXPANDED and (op.name == "exp" or args[-1] in self.fixed):
            return below[0] << min(below[-1], 20)
        fixed = [self.bits[j] for j in args if j in self.fixed]
        elementary = isinstance(op.value, np.ufunc) and op.name not in _ROUNDED  # NumPy's own
        if fixed and not op.custom and not elementary:
            order = int(parameter).bit_length() if op.parameter else 0
            return MAX_BITS + 1 if max(*fixed, order) > FEW_BITS else largest
        return largest

    def apply(self, op: Op, args: Sequence[Any], parameter: Any) -> Any:
        """One operation in SymPy: by its name, as spelled here, or by the definition in its row."""
        if op.name == "where":
            return selection(*args)
        made = [truth(x) if op.name in _LOGICAL else real(x) for x in args]
        if op.custom:
            return self.function(op.name)(*made)
        if op.parameter:
            made.insert(0, sympy_number(parameter))
        if op.name in SPELLED:
            return SPELLED[op.name](*made)
        if op.definition:
            names = dict(zip(op.args, made, strict=True))
            return written(op.definition, names, sympy_number, lambda name, on: self.apply(OPS[name], on, None))
        # SymPy's loggamma is complex for x < 0, ours is log|gamma(x)|: they agree for x > 0.
        named = [getattr(sp, name) for name in (*op.sympy.split(), op.name) if hasattr(sp, name)]
        formula = computed_template(op, parameter) if not named and self.function is not _operator else None
        if formula is not None:
            return formula.write(made, sympy_number, self.apply)
        return (named or [self.function(op.name)])[0](*made)


# --- LaTeX --------------------------------------------------------------------------------------------------------


def _operator(name: str) -> Any:
    """An undefined function that LaTeX shows by this name."""
    return sp.Function(escaped(name).replace("mathrm", "operatorname", 1))


class _Printer(LatexPrinter):  # type: ignore[misc]
    """SymPy's, which has no power of what is piecewise."""

    def _print_Piecewise(self, expression: Any, exp: str | None = None) -> str:
        text = super()._print_Piecewise(expression)
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


def _latex(value: Any, settings: Mapping[str, Any]) -> str:
    return str(_Printer(settings).doprint(value))


def to_latex(tape: Tape, nodes: Sequence[int] | None = None, shown: Mapping[str, str] | None = None) -> str:
    r"""The outputs, or some nodes, as LaTeX. A graph whose tree is large becomes a list of assignments to u_1, u_2, …

    `shown` is the LaTeX of the inputs' names, where it is given.

    >>> from edgewise import parse
    >>> to_latex(parse("sqrt(x)/theta_1").tape)
    '\\frac{\\sqrt{x}}{\\theta_{1}}'
    """
    roots = tape.outputs if nodes is None else tuple(nodes)
    # Symbols keep their exact names, and are only shown otherwise: two that look alike stay two.
    shown = latex_names(tape.input_names()) if shown is None else shown
    letter = unused_letter(shown)
    writer = Writer(tape, roots, _operator)
    symbols = {sp.Symbol(name): text for name, text in shown.items()}
    settings: dict[str, Any] = {"order": "none", "symbol_names": symbols}
    whole = _tree_size(tape, roots) <= MAX_TREE
    uses, results = np.bincount(tape.args, minlength=len(tape)).tolist(), set(roots)
    lines = []
    for i, code, args in tape.rows():
        if not writer.needed[i]:
            continue
        writer.write(i, code, args)
        if code in (INPUT, CONST):
            continue
        if whole:
            if writer.is_large(i) and not is_truth(writer.known[i]):
                # SymPy's printer evaluates what it prints: it gets the text alone.
                text = _as_written(tape, i, [writer.known[j] for j in args], writer.known[i], settings)
                if uses[i] and tape.op(i).name in _JOINED:
                    text = rf"\left({text}\right)"
                writer.known[i] = _unused_symbol(f"{letter}_{i + 1}", shown)
                symbols[writer.known[i]] = text
            continue
        if uses[i] > 1 or writer.size[i] > MAX_LINE or i in results:
            text = f"{letter}_{{{i + 1}}}"
            lines.append(f"{text} &= {_latex(writer.known[i], settings)}")
            intermediate = _unused_symbol(f"{letter}_{i + 1}", shown)
            symbols[intermediate] = text
            writer.known[i], writer.size[i] = intermediate, 1
    if lines:
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
    values = [writer.known[i] for i in roots]
    return _latex(values if nodes is not None else _nest(tape.layout, iter(values)), settings)


def _as_written(tape: Tape, node: int, args: Sequence[Any], made: Any, settings: Mapping[str, Any]) -> str:
    """One operation in LaTeX, of which large arguments are symbols."""
    name = tape.op(node).name
    if name not in ("power", "pow"):
        return _latex(made, settings)
    exponent = args[1] if name == "pow" else sympy_number(tape.attrs[node])
    base = _latex(args[0], settings)
    bracketed = base.startswith(r"\left(") and base.endswith(r"\right)") and base.count(r"\left(") == 1
    if not (args[0].is_Integer and args[0] >= 0) and not bracketed and (len(base) > 1 or not base.isalpha()):
        base = rf"\left({base}\right)"
    return f"{base}^{{{_latex(exponent, settings)}}}"


def step_to_latex(tape: Tape, node: int, shown: Mapping[str, str]) -> str:
    r"""One operation on inputs and numbers as LaTeX, as it is written; `shown` is the LaTeX of the inputs' names.

    >>> from edgewise import parse
    >>> step_to_latex(parse("x*x").tape, 1, {"x": "a"}), to_latex(parse("x*x").tape, shown={"x": "a"})
    ('a a', 'a^{2}')
    """
    names = {j: tape.attrs[j] for j in tape.arguments(node) if tape.ops[j] == INPUT}
    symbols = {sp.Symbol(name): text for name, text in shown.items()}
    settings: dict[str, Any] = {"order": "none", "symbol_names": symbols}
    writer, args = _step(tape, node, names)
    if writer.is_large(node):
        return _as_written(tape, node, args, writer.made(node, args), settings)
    return _latex(writer.made(node, args), settings)


def _unused_symbol(name: str, taken: Mapping[str, str]) -> Any:
    while name in taken:
        name += "_"
    return sp.Symbol(name)


def _tree_size(tape: Tape, roots: Sequence[int]) -> int:
    """Nodes of the trees below the roots, cut off above the limit."""
    sizes = [1] * len(tape)
    for i, _, args in tape.rows():
        sizes[i] = min(MAX_TREE + 1, 1 + sum(sizes[j] for j in args))
    return sum(sizes[i] for i in roots)
