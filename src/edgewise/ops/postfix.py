"""A formula as a postfix program: what the grammar reads a text into, and what is walked."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

from edgewise.errors import ParseError
from edgewise.ops.tokens import place, shorten

__all__ = ["Code", "Expression", "Statement", "not_scalar"]


class Code:
    """A postfix program in columns. Instruction k has a kind, a value, and takes `counts[k]` results from the stack.

    Kinds: "number", "name", "text" and "ellipsis" are operands; "entry" is `name[1, 2]` with the value (name, index);
    "op" an operator with the name of its operation; "compare" a chain "lt le"; "if" takes value, condition and
    alternative; "call" has a function's name, "keyword_call" and "method" have (name, names of keywords); "attribute",
    "index", "slice" (its value says which of the three parts are there), "tuple" and "list".
    """

    __slots__ = ("counts", "ends", "kinds", "starts", "text", "values", "what")

    def __init__(self, text: str, what: str) -> None:
        self.text, self.what = text, what
        self.kinds: list[str] = []
        self.values: list[Any] = []
        self.counts: list[int] = []
        self.starts, self.ends = array("q"), array("q")

    def source(self, k: int) -> str:
        """The text of an instruction with its operands, shortened."""
        start, end = self.starts[k], self.ends[k]
        return self.text[start:end] if end - start <= 60 else self.text[start : start + 59] + "…"

    def place(self, k: int) -> str:
        """Where an instruction stands, for messages."""
        return place(self.text, self.starts[k], self.what)

    def cut(self, length: int) -> None:
        """Take back the instructions from `length` on."""
        for column in (self.kinds, self.values, self.counts, self.starts, self.ends):
            del column[length:]


class Expression(NamedTuple):
    """A range of a program that leaves one value."""

    code: Code
    first: int
    stop: int


class Statement(NamedTuple):
    """`target = expression`, or an expression alone."""

    target: str | None
    expression: Expression


def not_scalar(code: Code, k: int) -> ParseError:
    """Why an instruction has no meaning on numbers."""
    kind, value = code.kinds[k], code.values[k]
    tensors = 'declare shapes for tensors: shapes="X: n,d; w: d"'
    what, hint = {
        "op": ("the matrix product @ of numbers", tensors),
        "number": ("None is not a real number", "write a number"),
        "text": (f"the text {shorten(str(value), 30)!r} is not a real number", "write numbers and names"),
        "ellipsis": ("... is not a real number", "write the terms out"),
        "keyword_call": ("a function of numbers takes no named arguments", "write the values in their order"),
        "method": (f"numbers have no method {str(value)[2:20]}", "write functions as sin(x), without np. or math."),
        "attribute": (f"numbers have no attribute {shorten(str(value), 30)}", "write names without a dot"),
        "index": (
            f"{code.source(k)!r} is no entry of a declared group",
            f"entries are read by whole numbers: w[0], X[1, 2]; {tensors}",
        ),
        "slice": ("a range of entries among numbers", f"entries are read by whole numbers: w[0]; {tensors}"),
        "tuple": ("several values where one is expected", "several outputs are listed once, at the end: x*y, x + y"),
        "list": ("several values where one is expected", "several outputs are listed once, at the end: x*y, x + y"),
    }[kind]
    if kind == "method":
        what = f"numbers have no method {shorten(value[0], 30)!r}"
    return ParseError(what, hint=hint)
