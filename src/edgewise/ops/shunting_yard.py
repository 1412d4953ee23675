"""The operators of a formula while it is read: they wait until one that binds less follows (Dijkstra's shunting yard).

Operands go straight to the program. Every bracket opens a frame, whose operators do not touch those outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from edgewise.errors import ParseError
from edgewise.ops.postfix import Code
from edgewise.ops.tokens import shorten

__all__ = ["LINES", "TERNARY", "Frame", "ShuntingYard"]

_WAITING, TERNARY, _OR, _AND, _NOT, _COMPARE, _BITOR, _BITAND, _SUM, _PRODUCT, _UNARY, _POWER = range(-1, 11)
_BINARY: Final = {
    "+": (_SUM, "add"), "-": (_SUM, "sub"), "*": (_PRODUCT, "mul"), "/": (_PRODUCT, "div"),
    "//": (_PRODUCT, "floordiv"), "%": (_PRODUCT, "mod"), "@": (_PRODUCT, "matmul"), "**": (_POWER, "pow"),
    "&": (_BITAND, "and"), "|": (_BITOR, "or"), "and": (_AND, "and"), "or": (_OR, "or"),
}  # fmt: skip
_COMPARISONS: Final = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
_PREFIX: Final = {"-": "neg", "+": "", "~": "not"}
LINES: Final = "put a formula of several lines in parentheses"
_INSTEAD: Final = {
    "lambda": "call the quantity lam, or trace a function with edgewise.trace", "is": "write ==",
    "in": "write comparisons with ==, and `or` between them", "not": "write != for unequal",
    "for": "write the terms out, or trace a function with edgewise.trace",
    "import": "functions need no import: write sin(x)", "from": "functions need no import: write sin(x)",
    "return": "the last line is the result, without return", "def": "trace a function with edgewise.trace",
}  # fmt: skip
_CONSTANTS: Final = {"True": True, "False": False, "None": None}


@dataclass(slots=True, eq=False, repr=False)
class Frame:
    """An open bracket: "" is the statement itself, "call" and "method" and "index" stand behind what they belong to."""

    kind: str
    position: int
    start: int
    operators: int
    """How many operators wait outside."""
    first: int
    """Where its items begin in the program."""
    mark: int
    """Where the current item begins."""
    name: str = ""
    items: int = 0
    keywords: list[str] = field(default_factory=list)
    named: int = -1
    """Where the arguments with names begin."""
    parts: tuple[bool, ...] | None = None
    """Of the current item the parts of a slice, up to its last colon."""

    @property
    def bracket(self) -> str:
        return "[" if self.kind in ("[", "index") else "("


class ShuntingYard:
    """A program in the making: the operators that wait, and where the text of each value on the stack begins."""

    def __init__(self, text: str, what: str) -> None:
        self.text, self.what = text, what
        self.code = Code(text, what)
        self.frames: list[Frame] = []
        self.operators: list[tuple[int, str, Any, int, int]] = []
        """Strength, kind, value, count, and of a prefix the place where it stands."""
        self.starts: list[int] = []
        """Where the text of each value on the stack begins."""
        self.end = 0
        self.operand = True
        """Whether a value is expected next, and not an operator."""

    def emit(self, kind: str, value: Any, count: int, start: int, end: int) -> None:
        """Append an instruction; its text begins at `start`, or at that of its first operand where `start` is -1."""
        code, starts = self.code, self.starts
        if count:
            if start < 0:
                start = starts[-count]
            del starts[-count:]
        starts.append(start)
        code.kinds.append(kind)
        code.values.append(value)
        code.counts.append(count)
        code.starts.append(start)
        code.ends.append(end)
        self.end = end

    def reduce(self, least: int) -> None:
        """Write the waiting operators of this frame that bind at least as strongly as `least`."""
        operators, outside = self.operators, self.frames[-1].operators
        while len(operators) > outside and operators[-1][0] >= least:
            _, kind, value, count, at = operators.pop()
            if value == "":  # a plus before a value says nothing
                self.starts[-1] = at
                continue
            code = self.code
            literal = value == "neg" and code.kinds[-1] == "number" and code.starts[-1] == self.starts[-1]
            if literal and type(code.values[-1]) in (int, float):  # -2 is a number; -(2) is an operation on one
                code.values[-1] *= -1
                code.starts[-1] = self.starts[-1] = at
                continue
            self.emit(kind, " ".join(value) if kind == "compare" else value, count, at, self.end)

    def word(self, word: str, at: int, end: int) -> None:
        """A word that is no name."""
        operators, outside = self.operators, self.frames[-1].operators
        if word in _CONSTANTS:
            if not self.operand:
                self.missing_operator(word)
            self.emit("number", _CONSTANTS[word], 0, at, end)
            self.operand = False
        elif word == "not" and self.operand:
            if len(operators) > outside and operators[-1][0] > _NOT:
                raise ParseError("'not' stands behind an operator that binds more strongly", hint="write (not x)")
            operators.append((_NOT, "op", "not", 1, at))
        elif word in ("and", "or"):
            self.binary(word)
        elif word in ("if", "else"):
            if self.operand:
                self.missing_value(word)
            self.reduce(_OR if word == "if" else TERNARY)
            if word == "if":
                operators.append((_WAITING, "if", None, 3, -1))
            elif len(operators) == outside:
                raise ParseError("'else' without if", hint="write a if condition else b")
            else:
                operators[-1] = (TERNARY, "if", None, 3, -1)
            self.operand = True
        else:
            raise ParseError(
                f"{word!r} is a word of Python that formulas do not have",
                hint=_INSTEAD.get(word, "choose another name, or trace a function with edgewise.trace"),
            )

    def binary(self, sign: str) -> None:
        """An operator between two values."""
        if self.operand:
            self.missing_value(sign)
        operators, outside = self.operators, self.frames[-1].operators
        if sign in _COMPARISONS:
            if len(operators) > outside and operators[-1][0] in (_BITAND, _BITOR):
                self.strength()
            self.reduce(_COMPARE + 1)
            if len(operators) > outside and operators[-1][0] == _COMPARE:
                _, _, names, count, _ = operators.pop()
                names.append(_COMPARISONS[sign])
                operators.append((_COMPARE, "compare", names, count + 1, -1))
            else:
                operators.append((_COMPARE, "compare", [_COMPARISONS[sign]], 2, -1))
        else:
            if sign == "~":
                self.missing_operator(sign)
            strength, name = _BINARY[sign]
            self.reduce(strength + (strength == _POWER))  # powers wait for those behind them: a**b**c is a**(b**c)
            if strength in (_BITAND, _BITOR) and len(operators) > outside and operators[-1][0] == _COMPARE:
                self.strength()
            operators.append((strength, "op", name, 2, -1))
        self.operand = True

    def strength(self) -> NoReturn:
        raise ParseError(
            "& and | bind more strongly than comparisons", hint="write (a < b) & (c < d), or a < b and c < d"
        )

    def prefix(self, sign: str, at: int) -> None:
        """A sign before a value."""
        self.operators.append((_UNARY, "op", _PREFIX[sign], 1, at))

    def missing_operator(self, token: str) -> NoReturn:
        left = self.text[self.starts[-1] : self.end]
        left = " ".join(left.split()) if len(left) <= 30 else "…"
        raise ParseError(
            f"no operator stands between {left!r} and {shorten(token)!r}",
            hint=f"write {left}*{shorten(token)}"
            + ("" if left[:1].isdigit() else f", or {left}({shorten(token)}) for a function"),
        )

    def missing_value(self, sign: str) -> NoReturn:
        shown = sign if sign.startswith("the ") else repr(sign)
        hint = "write it there" if sign.startswith("the ") else "write what it is applied to"
        if sign == "|":
            hint = "write abs(x)"
        elif sign in ("*", "**") and self.frames[-1].kind in ("call", "method", "[", "("):
            hint = "a starred argument has no meaning in a formula: write the arguments out"
        elif sign == "the end of the line":
            hint = LINES
        raise ParseError(f"a value is missing before {shown}", hint=hint)
