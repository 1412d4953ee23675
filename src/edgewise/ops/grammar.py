"""The grammar of formulas: text → a postfix program, read once from left to right with stacks of our own.

It is that of Python's expressions and assignments, as far as formulas have use for it. Operands go straight to the
program, operators wait on a stack until one that binds less follows (Dijkstra's shunting yard), and every bracket opens
a frame. Neither depth nor length costs recursion, and time and memory are linear in the text.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from edgewise.errors import ParseError
from edgewise.ops.postfix import Expression, Statement
from edgewise.ops.shunting_yard import LINES, TERNARY, Frame, ShuntingYard
from edgewise.ops.tokens import SAME, SUPERSCRIPT, WORDS, meant, name_of, number_of, place, shorten, spelled, symbol

__all__ = ["SYMBOLS", "read_statements"]

SYMBOLS: Final = 3_000_000
"""The longest formula in names, numbers and signs: a sum of more than a million terms."""

_CLOSED: Final = {"(": ")", "[": "]"}


def read_statements(text: str, what: str = "formula") -> list[Statement]:
    """The statements of a text; a ParseError that points at the place where it is not of the language."""
    return _Reader(text.removeprefix("\ufeff"), what).read()  # a mark of some editors that it is Unicode


class _Reader(ShuntingYard):
    def __init__(self, text: str, what: str) -> None:
        super().__init__(text, what)
        self.statements: list[Statement] = []
        self.bare = False
        """Whether the last token was a name or an attribute: what stands before a call."""
        self.line, self.column = 0, -1
        """Where the line begins, and how far the lines before it are indented."""
        self.in_line = False
        """Whether a statement came before on this line."""
        self.target: str | None = None
        """The name that the statement assigns to."""
        self.open_statement()

    # --- the loop -----------------------------------------------------------------------------------------------

    def read(self) -> list[Statement]:
        at = 0
        try:
            pattern = symbol(self.text.isascii())
            if len(self.text) > SYMBOLS and (beyond := next(islice(pattern.finditer(self.text), SYMBOLS, None), None)):
                at = beyond.start(str(beyond.lastgroup))  # said before all of them are read
                raise ParseError(f"a formula of more than {SYMBOLS} symbols", hint="hand over long data as arrays")
            for match in pattern.finditer(self.text):
                kind = str(match.lastgroup)
                token, at = match[kind], match.start(kind)
                self.take(kind, token, at, at + len(token))
        except ParseError as error:  # what the reading of a symbol raises does not know where it stands
            raise ParseError(error.what, hint=error.hint, line=error.line or place(self.text, at, self.what)) from None
        return self.statements

    def take(self, kind: str, token: str, at: int, end: int) -> None:
        """The next symbol."""
        if not self.begun and kind not in ("line", "end", "comment"):
            self.begin(token, at)
        if kind == "name" and token not in WORDS:
            if not self.operand:
                self.missing_operator(token)
            self.emit("name", name_of(token), 0, at, end)
            self.operand, self.bare = False, True
            return
        bare, self.bare = self.bare, self.bare and kind in ("comment", "line")
        match kind:
            case "sign":
                self.sign(SAME.get(token, token), at, end, bare)
            case "number":
                if not self.operand:
                    self.missing_operator(token)
                self.emit("number", number_of(token), 0, at, end)
                self.operand = False
            case "line" | "end":
                if len(self.frames) == 1:
                    self.close_statement(token, at)
                    self.in_line = token == ";"
                    self.line = end if token != ";" else self.line
                elif token == ";" or kind == "end":
                    self.end = self.frames[-1].position
                    raise ParseError(
                        f"{self.frames[-1].bracket!r} is not closed",
                        hint=f"close it with {_CLOSED[self.frames[-1].bracket]}",
                        line=place(self.text, self.end, self.what),
                    )
            case "name":
                self.word(token, at, end)
            case "attribute":
                if self.operand:
                    self.missing_value(".")
                self.emit("attribute", name_of(token[1:]), 1, -1, end)
                self.bare = True
            case "superscript":
                if self.operand:
                    raise ParseError(f"{token!r} has no base", hint="write powers as x**2")
                digits = token.translate(SUPERSCRIPT)
                self.emit("number", number_of(digits.lstrip("-")) * (-1 if digits[0] == "-" else 1), 0, at, end)
                self.emit("op", "pow", 2, -1, end)
            case "text":
                if not self.operand:
                    raise ParseError(f"{shorten(token)} is a text, which has no place here", hint="leave it away")
                self.emit("text", token[1:-1], 0, at, end)
                self.operand = False
            case "other" | "unknown":
                raise ParseError(f"{spelled(token)} is not part of the language", hint=meant(token))

    # --- signs --------------------------------------------------------------------------------------------------

    def sign(self, sign: str, at: int, end: int, bare: bool) -> None:
        """An operator, a bracket, a comma, a colon or an equals sign."""
        match sign:
            case "-" | "+" | "~" if self.operand:
                self.prefix(sign, at)
            case "(" | "[":
                self.open(sign, at, bare)
            case ")" | "]":
                self.close(sign, end)
            case ",":
                decimal = self.text[at - 1 : at].isdigit() and self.text[end : end + 1].isdigit()
                if decimal and not self.frames[-1].kind and self.code.kinds[-1] == "number":
                    raise ParseError(
                        "a comma between digits", hint="write decimals with a point, 0.5, and several outputs as [1, 2]"
                    )
                self.close_item(sign, at)
                self.operand = True
            case ":":
                self.colon()
            case "=":
                self.equals()
            case "...":
                if not self.operand:
                    self.missing_operator(sign)
                self.emit("ellipsis", ..., 0, at, end)
                self.operand = False
            case _:
                self.binary(sign)

    def equals(self) -> None:
        """`name = …`, a statement's or an argument's."""
        frame, code = self.frames[-1], self.code
        named = not self.operand and len(code.kinds) == frame.mark + 1 and code.kinds[-1] == "name"
        if named and frame.kind in ("call", "method") and len(self.operators) == frame.operators:
            if frame.named < 0:
                frame.named = frame.items
            frame.keywords.append(code.values[-1])
        elif named and frame.kind == "" and not frame.items and self.target is None and not self.operators:
            self.target = code.values[-1]
        elif frame.kind == "":
            hint = "write steps as name = expression, and comparisons with =="
            raise ParseError("this is not an assignment to one name", hint=hint)
        else:
            raise ParseError("'=' has no place here", hint="write == to compare; a step is name = expression")
        code.cut(len(code.kinds) - 1)
        self.starts.pop()
        self.operand = True

    # --- brackets -----------------------------------------------------------------------------------------------

    def open(self, sign: str, at: int, bare: bool) -> None:
        """A bracket: a group or a list, or behind a value its arguments or an index."""
        code = self.code
        frame = Frame(sign, at, at, len(self.operators), len(code.kinds), len(code.kinds))
        if not self.operand:
            frame.start = self.starts[-1]
            if sign == "[":
                frame.kind = "index"
            elif not bare:
                left = " ".join(self.text[frame.start : min(self.end, frame.start + 40)].split())
                raise ParseError(
                    "a value is called like a function",
                    hint=f"write products with *: {left if len(left) <= 30 else '(…)'}*(…)",
                )
            else:
                frame.kind = "call" if code.kinds[-1] == "name" else "method"
                frame.name = code.values[-1]
                code.cut(len(code.kinds) - 1)
                if frame.kind == "call":
                    self.starts.pop()
                frame.first = frame.mark = len(code.kinds)
        self.frames.append(frame)
        self.operand = True

    def close_item(self, sign: str, at: int) -> None:
        """The end of an item of the innermost bracket; nothing where it is empty."""
        frame = self.frames[-1]
        if self.operand and len(self.operators) > frame.operators:
            self.missing_value(sign)
        if self.operand and frame.parts is None:
            if sign == "," or (frame.kind == "index" and not frame.items):
                self.missing_value(sign)
            return
        self.reduce(TERNARY)
        if len(self.operators) > frame.operators:
            raise ParseError("'if' without else", hint="write a if condition else b")
        if frame.parts is not None:
            parts = (*frame.parts, not self.operand)
            self.emit("slice", parts, sum(parts), -1 if sum(parts) else at - 1, at)
            frame.parts = None
        frame.items += 1
        frame.mark = len(self.code.kinds)
        if frame.named >= 0 and frame.items != frame.named + len(frame.keywords):
            raise ParseError("an argument without a name stands behind one with a name", hint="write name=value last")

    def close(self, sign: str, end: int) -> None:
        """A closing bracket: what it closes becomes an instruction."""
        frame = self.frames[-1]
        if not frame.kind or _CLOSED[frame.bracket] != sign:
            shown = f"closes nothing; {frame.bracket!r} is open" if frame.kind else "closes nothing"
            raise ParseError(f"{sign!r} {shown}", hint="give each bracket its other half")
        comma = self.operand and frame.items > 0 and frame.parts is None
        self.close_item(sign, end - 1)
        self.frames.pop()
        items, value = frame.items, (frame.name, tuple(frame.keywords))
        match frame.kind:
            case "(" if items == 1 and not comma:
                self.starts[-1], self.end = frame.start, end
            case "(" | "[":
                self.emit("tuple" if frame.kind == "(" else "list", None, items, frame.start, end)
            case "call":
                self.emit("keyword_call" if frame.keywords else "call", value if frame.keywords else frame.name,
                          items, frame.start, end)  # fmt: skip
            case "method":
                self.emit("method", value, items + 1, -1, end)
            case _:
                self.index(frame, comma, end)
        self.operand = False

    def index(self, frame: Frame, comma: bool, end: int) -> None:
        """`value[…]`; of a name with whole numbers it is an entry, of which nothing is left on the stack."""
        code = self.code
        first = frame.first
        index: list[int] = []
        for k in range(first, len(code.kinds)):
            if code.kinds[k] == "number" and type(code.values[k]) is int:
                index.append(code.values[k])
            else:
                break
        else:
            if code.kinds[first - 1] == "name" and code.starts[first - 1] == frame.start and len(index) == frame.items:
                name = code.values[first - 1]
                code.cut(first - 1)
                del self.starts[len(self.starts) - frame.items - 1 :]
                whole = index[0] if frame.items == 1 and not comma else tuple(index)
                self.emit("entry", (name, whole), 0, frame.start, end)
                return
        if frame.items > 1 or comma:
            self.emit("tuple", None, frame.items, -1, end)
        self.emit("index", None, 2, -1, end)

    def colon(self) -> None:
        """A colon of a slice."""
        frame = self.frames[-1]
        if frame.kind != "index":
            raise ParseError("':' has no place here", hint="slices stand in brackets: x[1:3]")
        if len(frame.parts or ()) == 2:
            raise ParseError("a slice has three parts at most", hint="write start:stop:step")
        self.reduce(TERNARY)
        if len(self.operators) > frame.operators:
            self.missing_value(":")
        frame.parts = (*(frame.parts or ()), not self.operand)
        self.operand = True

    # --- statements ---------------------------------------------------------------------------------------------

    def open_statement(self) -> None:
        """A new statement, which begins with the next symbol."""
        first = len(self.code.kinds)
        self.frames = [Frame("", 0, 0, 0, first, first)]
        self.first, self.target, self.operand, self.bare, self.begun = first, None, True, False, False

    def begin(self, token: str, at: int) -> None:
        """The first symbol of a statement. Lines that stand together are indented alike; the first need not be."""
        self.begun = True
        if self.in_line:
            return
        column = at - self.line
        if self.statements and (
            (self.column >= 0 and column != self.column) or token in "+*/" or (token == "-" and column)
        ):
            raise ParseError("this line does not begin as the one before it", hint=LINES)
        self.column = column if self.statements else -1

    def close_statement(self, sign: str, at: int) -> None:
        """The end of a line, or a semicolon."""
        frame = self.frames[-1]
        nothing = len(self.code.kinds) == self.first and not self.operators and self.target is None
        if nothing and not frame.items:
            return
        if self.operand and (self.operators or not frame.items):
            self.missing_value("the end of the line" if sign else "the end")
        comma = self.operand
        self.close_item(sign, at)
        if frame.items > 1 or comma:
            self.emit("tuple", None, frame.items, -1, at)
        self.statements.append(Statement(self.target, Expression(self.code, self.first, len(self.code.kinds))))
        self.starts.clear()
        self.open_statement()
