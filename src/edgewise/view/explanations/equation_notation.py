"""How a derivation is written, as text and as LaTeX: every part of an equation in its own spelling."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Final

import numpy as np

from edgewise.differentiate.names import DerivativeNames
from edgewise.errors import UnsupportedError
from edgewise.graph import node_text
from edgewise.graph.names import Names, Quotient, Spelled
from edgewise.view.explanations import equations as eq
from edgewise.view.spellings import number, plain
from edgewise.write.latex import to_latex
from edgewise.write.latex.latex_names import escaped, latex_names, latex_spelled

__all__ = ["Latex", "Notation", "Text", "formula_text"]

LONG: Final = 4000
"""More characters than any formula that is shown."""

SMALL: Final = 12
"""The most entries of an array that is shown as a matrix."""


class Notation(ABC):
    """A way of writing. `names` are those of a derivative's nodes, or of a graph's; `reverse` is the direction.

    The texts say how parts are put together: something `at` a position, the `change` of a formula in a value, a product
    (`times`), what stands in `brackets`, a `call` with its arguments and the `comma` between these, and how a formula
    is `set` among words.
    """

    at: ClassVar[str]
    change: ClassVar[str]
    times: ClassVar[str]
    brackets: ClassVar[str]
    call: ClassVar[str]
    comma: ClassVar[str] = ", "
    set: ClassVar[str] = "{}"

    def __init__(self, names: Names, reverse: bool) -> None:
        self.names, self.reverse = names, reverse

    def named(self, node: int) -> Spelled:
        """The name of a node of 𝒢; ~i is node i of ℬ, an input that only ℬ has."""
        base = self.names.base if isinstance(self.names, DerivativeNames) else self.names
        return base.symbol(node) if node >= 0 else self.names.symbol(~node)

    def write(self, side: eq.Side) -> str:
        """A part of an equation."""
        match side:
            case eq.Value(node):
                return self.value(node)
            case eq.Arrived(node, 0):
                return self.arrived(node)
            case eq.Arrived(node, degree):
                return self.coefficient(node, degree)
            case eq.Partial(above, below, position):
                return self.spelled(Quotient(self.named(above), (self.named(below),), position))
            case eq.Higher(above, nodes):
                return self.spelled(Quotient(self.named(above), tuple(map(self.named, nodes))))
            case eq.Change():
                inside = self.brackets.format(self.formula(side.formula))
                return self.placed(self.change.format(inside, self.value(side.below.node)), side.position)
            case eq.Times():
                return self.times.format(self.factor(side.left), self.factor(side.right))
            case eq.Pull():
                parts = [self.write(side.consumer), self.write(side.parent), self.write(side.arrived)]
                if side.position >= 0:
                    parts.insert(2, str(side.position))
                inside = self.brackets.format(self.comma.join(parts))
                return self.call.format("bprop" if self.reverse else "jvp", inside)
            case eq.Formula():
                return self.formula(side)

    def placed(self, made: str, position: int) -> str:
        """What is taken at a position, where it has one."""
        return made if position < 0 else self.at.format(made, position)

    def factor(self, side: eq.Name | eq.Formula) -> str:
        """A factor: what may be a sum stands in brackets."""
        return self.brackets.format(self.formula(side)) if isinstance(side, eq.Formula) else self.write(side)

    def words(self, words: eq.Words) -> str:
        """Words in which formulas stand."""
        return "".join(self.plain(part) if isinstance(part, str) else self.shown(part) for part in words)

    def shown(self, side: eq.Side) -> str:
        """A part of an equation as it stands among words."""
        return self.set.format(self.write(side))

    def plain(self, text: str) -> str:
        """Words alone."""
        return text

    def value(self, node: int) -> str:
        """A node by name."""
        return self.spelled(self.named(node))

    @abstractmethod
    def spelled(self, name: Spelled) -> str: ...

    @abstractmethod
    def arrived(self, node: int) -> str: ...

    @abstractmethod
    def coefficient(self, node: int, degree: int) -> str: ...

    @abstractmethod
    def formula(self, formula: eq.Formula) -> str: ...

    @abstractmethod
    def number(self, value: Any) -> str: ...


class Text(Notation):
    """Plain text; formulas are in the language that `parse` reads."""

    at, change, times, brackets, call = "{} at {}", "∂{}/∂{}", "{} · {}", "({})", "{}{}"

    def spelled(self, name: Spelled) -> str:
        return plain(str(name))

    def arrived(self, node: int) -> str:
        return f"{'grad_table' if self.reverse else 'tangent'}[{self.value(node)}]"

    def coefficient(self, node: int, degree: int) -> str:
        return f"c{degree}[{self.value(node)}]"

    def formula(self, formula: eq.Formula) -> str:
        return formula_text(formula, [self.write(name) for name in formula.names])

    def number(self, value: Any) -> str:
        return number(value)


class Latex(Notation):
    r"""LaTeX for amsmath and MathJax; but for arrays and cases, mathtext reads it too.

    A derivative that has arrived is x̄ in reverse and ẋ in forward mode, as in Griewank and Walther. The coefficient
    of t² is [t²] x.
    """

    at, times, brackets, set = r"\left.{}\right|_{{{}}}", r"{} \cdot {}", r"\left({}\right)", "${}$"
    change, call = r"\frac{{\partial}}{{\partial {1}}}{0}", r"\mathrm{{{}}}{}"

    def __init__(self, names: Names, reverse: bool) -> None:
        super().__init__(names, reverse)
        self.shown_names: dict[str, str] = {}

    def spelled(self, name: Spelled) -> str:
        return latex_spelled(name, self._word)

    def _word(self, name: str) -> str:
        """A word in a name; what would look like another one gets a number."""
        if name not in self.shown_names:
            self.shown_names = latex_names([*self.shown_names, name])
        return self.shown_names[name]

    def arrived(self, node: int) -> str:
        shown = self.value(node)
        letter = re.match(r"(?:[A-Za-z]|\\(?!mathrm)[A-Za-z]+)(?=[_^]|$)", shown)
        if letter is None:
            return rf"\overline{{{shown}}}" if self.reverse else rf"\dot{{{shown}}}"
        return rf"\{'bar' if self.reverse else 'dot'}{{{letter[0]}}}{shown[letter.end() :]}"

    def coefficient(self, node: int, degree: int) -> str:
        return rf"\left[t^{{{degree}}}\right] {self.value(node)}"

    def formula(self, formula: eq.Formula) -> str:
        tape = formula.tape
        shown = {str(tape.attrs[i]): self.write(name) for i, name in zip(tape.inputs, formula.names, strict=True)}
        try:
            return to_latex(tape, shown, written=formula.written)
        except UnsupportedError:  # a constant that is no real number to SymPy
            return escaped(Text(self.names, self.reverse).formula(formula))

    def number(self, value: Any) -> str:
        """A number, or a small array as a matrix; of a larger one nothing."""
        array = np.asarray(value)
        if array.ndim == 0:
            digits, e, power = number(value).partition("e")
            if e:
                return rf"{digits} \cdot 10^{{{int(power)}}}"
            return {"nan": r"\mathrm{nan}", "inf": r"\infty", "-inf": r"-\infty"}.get(digits, digits)
        if array.ndim > 2 or array.size > SMALL:
            return ""
        rows = array[:, None] if array.ndim == 1 else array
        lines = (" & ".join(map(self.number, row)) for row in rows)
        return r"\begin{bmatrix} " + r" \\ ".join(lines) + r" \end{bmatrix}"

    def plain(self, text: str) -> str:
        """Words of our own, and among them what the user's operations and lines are called."""
        text = re.sub(r"[\\{}$%&#_^~<>]+", lambda found: f"${escaped(found[0])}$", text)
        return "".join(_SIGNS.get(ch, ch) for ch in text)


_SIGNS: Final = {"𝒢": r"$\mathcal{G}$", "ℬ": r"$\mathcal{B}$", "→": r"$\to$", "∂": r"$\partial$"}


def formula_text(formula: eq.Formula, names: Sequence[str]) -> str:
    """A formula as text, with these names of what it reads."""
    tape = formula.tape
    return node_text(tape, tape.outputs[0], LONG, dict(zip(tape.inputs, names, strict=True)))
