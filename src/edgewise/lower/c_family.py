"""What C and JavaScript have in common: how expressions, functions and parts of them are written."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Final

from edgewise.errors import LoweringError
from edgewise.graph import Builder, Layout
from edgewise.lower.cutting import cut
from edgewise.lower.described import indented, row_call
from edgewise.lower.names import AsciiNamer
from edgewise.lower.program import Program, lower, real
from edgewise.lower.statements import Statements, statements
from edgewise.ops import Op, SymbolicConstant
from edgewise.ops.notation import ATOM, COMPARISON, CONDITIONAL, INFIX, PRODUCT, SUM, UNARY, Piece, at_least

__all__ = ["PART", "CFamily", "indented", "one_operation"]

PART: Final = 1000
"""The most assignments in one function: compilers take more than time in proportion beyond."""

# Operation: (symbol, own strength, least strength of the left operand, of the right operand), by C's grammar.
_LOGICAL = CONDITIONAL + 1
_INFIX: Final = {
    **{name: row for name, row in INFIX.items() if name not in ("mod", "pow")},
    # Both operands of && and || stand in parentheses unless they are comparisons: compilers ask for it.
    "and": (" && ", _LOGICAL, COMPARISON, COMPARISON),
    "or": (" || ", _LOGICAL, COMPARISON, COMPARISON),
}


def one_operation(op: Op, names: Sequence[str], parameter: Any = None) -> Program:
    """The program that does one operation on numbers of these names."""
    builder = Builder()
    node = builder.add(builder.code(op), [builder.input(name) for name in names], parameter)
    tape, _ = builder.freeze([node], Layout(), list(names))
    return lower(tape, tape.returns())


class CFamily(ABC):
    """Prints one program. A language supplies its words: names, numbers, functions, declarations."""

    language: ClassVar[str]
    reserved: ClassVar[frozenset[str]]
    exact: ClassVar[str] = ""
    """What stands behind the signs == and != in it."""
    native: ClassVar[Mapping[str, str]]
    """The functions of its own by the operations that they are; those whose names begin with ew_ are brought along."""
    instead: ClassVar[str]
    """What to do about an operation that it has not."""
    truths: ClassVar[tuple[str, str]]
    """How it writes False and True."""
    beside: ClassVar[tuple[str, ...]] = ()
    """Endings of the program's name that name further functions."""

    def __init__(self, program: Program, name: str) -> None:
        self.program = program
        self.namer = AsciiNamer(self.reserved)
        self.name = self.namer.name(name, "f")
        self.namer.taken |= {f"{self.name}{ending}" for ending in self.beside}
        self.naming = program.naming(self.namer)
        self.helpers: set[str] = set()
        self.made: dict[str, str] = {}  # functions for operations that are computed as their rows say
        self.within = ""  # which of these is being written

    # --- words --------------------------------------------------------------------------------------------------

    @abstractmethod
    def constant(self, value: SymbolicConstant) -> str:
        """A constant with a name."""

    @abstractmethod
    def number(self, value: float) -> str:
        """A number with every digit that matters."""

    @abstractmethod
    def counted(self, truth: Piece) -> Piece:
        """A truth as 0 or 1."""

    @abstractmethod
    def raised(self, base: str, exponent: str) -> str:
        """A power."""

    @abstractmethod
    def declared(self, name: str, text: str) -> str:
        """The statement that gives a value its name."""

    @abstractmethod
    def parameters(self) -> list[str]:
        """The declarations of the program's parameters."""

    @abstractmethod
    def head(self, name: str, parameters: Sequence[str], value: bool) -> str:
        """The line before the body of a function of the source's own, which hands over a value or nothing."""

    @abstractmethod
    def slots(self, count: int) -> tuple[str, str]:
        """The statement that makes the array v of values that cross the borders of parts, and v as a parameter."""

    def remark(self, text: str) -> str:
        """A comment of one line."""
        return f"/* {text} */"

    def unread(self, names: Sequence[str], lines: Sequence[str]) -> list[str]:
        """Statements that tell a compiler which parameters are not read on purpose."""
        return []

    @abstractmethod
    def fresh(self, program: Program, name: str) -> CFamily:
        """A printer of another program for the same file."""

    # --- values ---------------------------------------------------------------------------------------------------

    def literal(self, value: Any) -> Piece:
        """A constant as the machine's number: no integer division."""
        if isinstance(value, SymbolicConstant):
            return self.constant(value), ATOM
        if isinstance(value, bool):
            return self.truths[value], ATOM
        if isinstance(value, Fraction) and max(abs(value.numerator), value.denominator) <= 2**53:
            top, bottom = (self.literal(part)[0] for part in value.as_integer_ratio())
            return f"{top}/{bottom}", PRODUCT
        text = self.number(real(value))
        return text, UNARY if text.startswith("-") else ATOM

    def call(self, node: int, args: Sequence[Piece]) -> Piece:
        """The text of an operation on its arguments' texts."""
        tape = self.program.tape
        op, parameter, nodes = tape.op(node), tape.attrs.get(node), tape.arguments(node)
        if op.custom:
            raise LoweringError(
                f"the user's operation {op.name!r} of {tape.names.text(node)} is a NumPy function, which "
                f"{self.language} cannot call",
                hint=f"give its value as a formula, or {self.instead}",
                line=tape.line(node),
            )
        args = [self.operand(op, k, j, piece) for k, (j, piece) in enumerate(zip(nodes, args, strict=True))]
        if op.name in _INFIX:
            symbol, own, left, right = _INFIX[op.name]
            symbol = symbol.replace("= ", f"={self.exact} ") if op.name in ("eq", "ne") else symbol
            return f"{at_least(args[0], left)}{symbol}{at_least(args[1], right)}", own
        if op.name == "neg":
            return f"-{at_least(args[0], ATOM)}", UNARY
        if op.name == "not":
            # `!` of a number would find NaN to be 0 in one language and not in the other.
            return (f"!{at_least(args[0], ATOM)}", UNARY) if self.truth(nodes[0]) else self.zero(args[0], "=")
        if op.name == "where":
            test, yes, no = (at_least(arg, _LOGICAL) for arg in args)
            return f"{test} ? {yes} : {no}", CONDITIONAL
        if op.name == "power":
            return self.power(args[0], parameter)
        spelled = self.spelling(op, parameter)
        self.helpers.update(re.findall(r"ew_\w+", spelled))
        return spelled.format(*(text for text, _ in args)), ATOM

    def zero(self, piece: Piece, sign: str) -> Piece:
        """Whether a number is 0 ("=") or not ("!")."""
        return f"{at_least(piece, SUM)} {sign}={self.exact} {self.number(0.0)}", COMPARISON

    def truth(self, node: int) -> bool:
        """Whether a node's text is a truth."""
        return self.program.tape.op(node).boolean or isinstance(self.program.constants.get(node), bool)

    def operand(self, op: Op, position: int, node: int, piece: Piece) -> Piece:
        """An argument as its place needs it: numbers and truth are kept apart."""
        tested = op.name in ("and", "or") or (op.name == "where" and position == 0)
        if tested and not self.truth(node):
            return self.zero(piece, "!")
        if tested or op.name == "not" or not self.truth(node):
            return piece
        return self.counted(piece)

    def spelling(self, op: Op, parameter: Any) -> str:
        """The call of an operation with places for its arguments; of one that is computed as its row says."""
        if op.name in self.native:
            return f"{self.native[op.name]}({', '.join(f'{{{k}}}' for k in range(op.arity))})"

        def written(program: Program, name: str) -> str:
            inner = self.fresh(program, op.name)
            inner.made, inner.helpers = self.made, self.helpers
            inner.within = self.within or f", with which {op.name!r} is computed"
            return inner.function(name, op.doc)

        spelled = row_call(op, parameter, "ew_", self.made, written)
        if not spelled:
            order = f" of order {parameter}" if op.parameter else ""
            raise LoweringError(
                f"{self.language} has no function for the operation {op.name!r}{order}{self.within}", hint=self.instead
            )
        return spelled

    def result(self, node: int, piece: Piece) -> str:
        """A value as it is handed over, a number."""
        return self.counted(piece)[0] if self.truth(node) else piece[0]

    def power(self, base: Piece, exponent: Any) -> Piece:
        if exponent == 0.5:
            return f"{self.native['sqrt']}({base[0]})", ATOM
        if exponent == -1:
            return f"{self.number(1.0)}/{at_least(base, UNARY)}", PRODUCT
        if exponent in (2, 3):
            if base[1] == ATOM and base[0].isidentifier():
                return "*".join([base[0]] * int(exponent)), PRODUCT
            helper = "ew_square" if exponent == 2 else "ew_cube"
            self.helpers.add(helper)
            return f"{helper}({base[0]})", ATOM
        return self.raised(base[0], self.literal(exponent)[0]), ATOM

    def expression(self) -> tuple[list[str], str]:
        """The program as statements and the expression of its one result."""
        lines = statements(self.program, self.naming.names, self.namer, self.literal, self.call)
        (node,) = self.program.result_nodes
        if lines.nodes == [node]:
            return [], self.result(node, (lines.texts[0], CONDITIONAL))
        return [self.declared(*pair) for pair in lines.pairs()], self.result(node, lines.piece(node))

    # --- functions ------------------------------------------------------------------------------------------------

    def function(self, name: str, doc: str) -> str:
        """The program as a function of numbers that other functions call."""
        lines = statements(self.program, self.naming.names, self.namer, self.literal, self.call, inline=80)
        body = [*(self.declared(*pair) for pair in lines.pairs(0, len(lines) - 1)), f"return {lines.texts[-1]};"]
        return "\n".join([self.remark(doc), self.head(name, self.parameters(), True), *indented(body), "}"])

    def body(self) -> tuple[list[str], list[str], dict[int, str]]:
        """The functions that a long program is cut into, the statements, and the text of each node that is a result."""
        names = dict(self.naming.names)
        for (parameter, entries), name in zip(self.program.tape.by_parameter(), self.naming.parameters, strict=True):
            if parameter.shape:  # entries are read where they stand
                names.update(zip(entries, self.places(name, parameter.shape), strict=True))
        lines = statements(self.program, names, self.namer, self.literal, self.call)
        texts = {node: self.result(node, lines.piece(node)) for node in self.program.result_nodes}
        parts, body, places_of = self.split(lines)
        return parts, body, {**texts, **places_of}

    @abstractmethod
    def places(self, name: str, shape: Sequence[int]) -> list[str]:
        """The entries of a group, row by row."""

    def split(self, lines: Statements) -> tuple[list[str], list[str], dict[int, str]]:
        """The assignments; many as functions, and values that cross a border in the slots of the array v."""
        if len(lines) <= PART:
            return [], [self.declared(*pair) for pair in lines.pairs()], {}
        whole = cut(self.program, lines, PART, ())
        declaration, parameter = self.slots(whole.slots)
        parts = []
        for k, part in enumerate(whole.parts):
            text = [self.declared(lines.name(node), f"v[{slot}]") for node, slot in part.load]
            text += [self.declared(*pair) for pair in lines.pairs(part.first, part.last)]
            text += [f"v[{slot}] = {lines.name(node)};" for node, slot in part.store]
            text += self.unread([*self.naming.parameters, "v"], text)
            head = self.head(f"ew_part_{k + 1}", [*self.parameters(), parameter], False)
            parts.append("\n".join([head, *indented(text), "}"]))
        call = ", ".join([*self.naming.parameters, "v"])
        body = [declaration, *(f"ew_part_{k + 1}({call});" for k in range(len(whole.parts)))]
        return parts, body, {node: f"v[{slot}]" for node, slot in whole.final.items()}
