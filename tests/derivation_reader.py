"""A reader of printed derivations: it computes every side of every equation by mpmath, from the text alone.

What it knows are the numbers of the inputs. All else it reads: a name holds what an equation before gave it, and +=
adds to that. Each equation's sides must be one number, and that of ℬ's node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from mpmath import mp

import latex_reader
from edgewise.view.explanations.explanation import Line, Section
from oracles import MPMATH, close

SIGNS = {"text": (" += ", " = "), "latex": (r" \;{+}{=}\; ", " = ")}
CHANGES = {
    "text": r"∂\((?P<inner>.*)\)/∂(?P<below>\S+)(?P<at> at \d+)?",
    "latex": r"(?P<at>\\left\.)?\\frac\{\\partial\}\{\\partial (?P<below>.*?)\}\\left\((?P<inner>.*)\\right\).*",
}
PRODUCTS = {"text": " · ", "latex": r" \cdot "}


class Replay:
    """The state while a derivation is read: `known` are the numbers of names as they are printed."""

    def __init__(self, notation: str, inputs: Mapping[str, float]) -> None:
        self.notation = notation
        self.known: dict[str, Any] = {name: mp.mpf(value) for name, value in inputs.items()}
        self.results: list[Any] = []
        self.checked = 0

    def run(self, sections: tuple[Section, ...], values: Callable[[int], float]) -> None:
        """Read all sections; `values` gives the number of a node of ℬ."""
        with mp.workdps(40):
            for section in sections:
                assert section.left_out == 0
                lines = [line for passage in section.passages for line in passage.lines]
                for line in lines:
                    self.line(line, values)
            self.results = [(sides[-1], line.node) for line in lines if (sides := self.sides(line)[2])]

    def sides(self, line: Line) -> tuple[str, bool, list[Any]]:
        """The name on the left, whether the equation adds to it, and the numbers on the right."""
        # The equal sign of a condition is none of the equation's.
        text = re.sub(
            r"for\}.*?(?= \\\\)", lambda found: found[0].replace(" = ", r" \eq "), getattr(line, self.notation)
        )
        plus, equal = SIGNS[self.notation]
        added = plus in text
        left, rest = text.split(plus if added else equal, 1)
        return left, added, [found for side in rest.split(equal) if (found := self.side(side)) is not None]

    def line(self, line: Line, values: Callable[[int], float]) -> None:
        left, added, sides = self.sides(line)
        if not sides:
            if line.rule and line.node >= 0:  # longer than what is shown: what it adds up to is checked all the same
                self.known[left] = values(line.node) + (self.known[left] if added else 0)
            return
        wanted = values(line.node) if line.node >= 0 else float(sides[0])
        for side in sides:
            assert close(wanted, side, 1e-7, 1e-8), (line, wanted, float(side))
        self.checked += len(sides)
        if line.rule == "added up":
            assert close(float(self.known[left]), sides[0], 1e-7, 1e-8), line
        self.known[left] = self.known[left] + sides[0] if added else sides[0]

    def side(self, text: str) -> Any:
        """The number of one side; None for the derivative of one of several places where the same argument stands."""
        if text in self.known:
            return self.known[text]
        if text in ("…", r"\dots"):
            return None  # longer than what is shown
        if re.fullmatch(r"∂(\S+)/∂\1|\\frac\{\\partial (.*)\}\{\\partial \2\}", text):
            return mp.mpf(1)
        factors = text.split(PRODUCTS[self.notation])
        if len(factors) == 2 and all(factor in self.known for factor in factors):
            return self.known[factors[0]] * self.known[factors[1]]
        change = re.fullmatch(CHANGES[self.notation], text)
        if change is not None:
            return None if change["at"] else self.derivative(change["inner"], change["below"])
        return self.formula(text)

    def derivative(self, inner: str, below: str) -> Any:
        """What stands before a rule: a difference quotient, extrapolated."""
        at = self.known[below]

        def difference(h: Any) -> Any:
            up, down = (self.formula(inner, {below: at + sign * h}) for sign in (1, -1))
            return (up - down) / (2 * h)

        h = mp.mpf(10) ** (-3 if self.notation == "latex" else -9)
        return (4 * difference(h / 2) - difference(h)) / 3

    def formula(self, text: str, moved: Mapping[str, Any] | None = None) -> Any:
        known = {**self.known, **(moved or {})}
        return _text(text, known) if self.notation == "text" else _latex(text, known)


def _text(text: str, known: Mapping[str, Any]) -> Any:
    """A formula in the language that `parse` reads; it is Python's where its names are."""
    names = sorted(known, key=len, reverse=True)
    pattern = rf"(?<![\w\]])(?:{'|'.join(map(re.escape, names))})(?![\w(\[])"
    place = {name: f"_{k}" for k, name in enumerate(names)}
    code = re.sub(pattern, lambda found: place[found[0]], text)
    scope = {place[name]: known[name] for name in names}
    return mp.mpf(eval(code, {"__builtins__": {}, **MPMATH, "pi": mp.pi, "e": mp.e}, scope))


def _latex(text: str, known: Mapping[str, Any]) -> Any:
    """A formula as SymPy sets it; of cases the first whose condition holds."""
    while cases := re.search(r"\\begin\{cases\} ((?:(?!\\begin\{cases\}).)*?) \\end\{cases\}", text, re.DOTALL):
        text = text[: cases.start()] + _case(cases[1], known) + text[cases.end() :]
    names = sorted(known, key=len, reverse=True)
    letters = {name: "\\n" + "".join("abcdefghij"[int(d)] for d in str(k)) for k, name in enumerate(names)}
    pattern = "|".join(rf"{re.escape(name)}(?![A-Za-z])" for name in names)
    text = re.sub(pattern, lambda found: letters[found[0]] + " ", text)
    values = {letters[name]: latex_reader.Value(float(known[name])) for name in names}
    values |= {r"\pi": latex_reader.Value(float(mp.pi)), "e": latex_reader.Value(float(mp.e))}
    return mp.mpf(float(_Scalars(text, values).whole().array))


def _case(text: str, known: Mapping[str, Any]) -> str:
    """The value of the case that holds, in brackets."""
    for row in text.split(r" \\"):
        value, _, condition = row.partition(" & ")
        if "otherwise" in condition or _holds(condition.strip().removeprefix(r"\text{for}\: "), known):
            return rf"\left({value}\right)"
    raise AssertionError(text)


def _holds(condition: str, known: Mapping[str, Any]) -> bool:
    """Whether a condition of equations and inequations, joined by signs of logic, is true."""
    for sign, joined in ((r" \vee ", any), (r" \wedge ", all)):
        if sign in condition:
            return joined(_holds(part, known) for part in condition.split(sign))
    left, sign, right = re.split(r" \\(eq|neq) ", condition)
    return (_latex(left, known) == _latex(right, known)) == (sign == "eq")


class _Scalars(latex_reader._Reader):
    """What SymPy writes and the LaTeX of tensors does not: brackets of any size, and functions by name."""

    FUNCTIONS = {"log": np.log, "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh, "cosh": np.cosh,
                 "sinh": np.sinh, "atan": np.arctan, "asinh": np.arcsinh}  # fmt: skip

    def scripted(self) -> latex_reader.Value:
        value = self.base()
        while self.peek() == "^":
            self.take()
            value = value.each(np.power, self.inside("{", "}"))
        return value

    def base(self) -> latex_reader.Value:
        token = self.peek()
        if token == "\\left":
            self.take()
            value = self.inside("(", "\\right")
            self.take(")")
            return value
        if token == "{":
            return self.inside("{", "}")
        if token == "e" and self.tokens[self.at + 1 : self.at + 2] == ["^"]:
            self.take()
            self.take("^")
            return self.inside("{", "}").each(np.exp)
        if token == "\\operatorname" or token.lstrip("\\") in self.FUNCTIONS:
            self.take()
            name = self.group() if token == "\\operatorname" else token[1:]
            power = latex_reader.Value(1.0)
            if self.peek() == "^":
                self.take()
                power = self.inside("{", "}")
            function = self.FUNCTIONS.get(name) or (lambda x: np.float64(MPMATH[name](mp.mpf(float(x)))))
            value = self.base().each(function)
            return value.each(np.power, power)
        return super().base()
