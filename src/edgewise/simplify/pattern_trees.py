"""The formulas of rules as trees, and which of them are sums or products of two parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any, Final

from edgewise.ops import CODE, OPS, TENSOR_CODE
from edgewise.ops.formula import Algebra, parse_expression, walk
from edgewise.ops.op import E, Number
from edgewise.simplify.rules import Rule

__all__ = [
    "COMMUTATIVE", "FAMILIES", "OF_CONSTANTS", "Family", "Pattern", "code_of", "holder", "is_pair", "orders", "path",
    "pattern_of",
]  # fmt: skip

COMMUTATIVE: Final = frozenset(op.name for op in OPS.values() if op.commutative)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A formula as a tree: `kind` is "any" (a variable), "number" (a constant variable), "axes" (a parameter
    of a tensor operation), "literal", or "op"."""

    kind: str
    name: str = ""
    value: Any = None
    args: tuple[Pattern, ...] = ()
    code: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        code = code_of(self.name) if self.kind == "op" and self.name not in ("spread", "entries") else -1
        object.__setattr__(self, "code", code)

    @property
    def constant(self) -> bool:
        return self.kind in ("number", "literal")

    @property
    def is_number(self) -> bool:
        """Whether it is a constant, or made of constants alone."""
        return self.constant or (self.kind == "op" and all(arg.is_number for arg in self.args))


def code_of(name: str) -> int:
    """The code of an operation that a rule names."""
    if name == "sum":
        name = "contract"
    return CODE[name] if name in CODE else TENSOR_CODE[name]


class _PatternAlgebra(Algebra[Pattern]):
    """Writes a formula as a Pattern: v to z stand for any node, c and d for constants, a and p for parameters."""

    def name(self, name: str) -> Pattern:
        if name == "e":
            return Pattern("literal", value=E)
        return Pattern({"c": "number", "d": "number", "a": "axes", "p": "axes"}.get(name, "any"), name)

    def number(self, value: Number) -> Pattern:
        return Pattern("literal", value=value)

    def call(self, op: str, args: Sequence[Pattern]) -> Pattern:
        if op == "neg" and args[0].kind == "literal":
            return Pattern("literal", value=-args[0].value)
        if op == "pow" and args[1].is_number:
            return Pattern("op", "power", args[1], (args[0],))
        if op in OPS and OPS[op].parameter:
            return Pattern("op", op, args[0], tuple(args[1:]))
        if op == "div" and all(arg.kind == "literal" for arg in args):
            return Pattern("literal", value=Fraction(args[0].value, args[1].value))
        return Pattern("op", op, None, tuple(args))


@cache
def pattern_of(text: str) -> Pattern:
    """A formula of a rule as a tree."""
    return walk(parse_expression(text), _PatternAlgebra())


def orders(pattern: Pattern) -> list[Pattern]:
    """The pattern with the arguments of its commutative operations in every order."""
    if pattern.kind != "op":
        return [pattern]
    found: list[Pattern] = []
    if pattern.name == "mul" and pattern.args[0] == pattern.args[1]:
        # A square has two spellings, x*x and x**2.
        square = Pattern("literal", value=2)
        found = [Pattern("op", "power", square, (arg,)) for arg in orders(pattern.args[0])]
    for args in product(*(orders(arg) for arg in pattern.args)):
        found.append(Pattern("op", pattern.name, pattern.value, args))
        if pattern.name in COMMUTATIVE and args[0] != args[1]:
            found.append(Pattern("op", pattern.name, pattern.value, args[::-1]))
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Family:
    """An operation and its inverse, of which long sums and products are made."""

    plus: int
    minus: int
    unit: int


FAMILIES: Final = {
    code: Family(CODE[plus], CODE[minus], unit)
    for plus, minus, unit in (("add", "sub", 0), ("mul", "div", 1))
    for code in (CODE[plus], CODE[minus])
}

OF_CONSTANTS: Final = tuple(
    Rule(f"gather constant {name}", "real", formula, formula)
    for name, formula in (("terms", "c + d"), ("terms", "c - d"), ("factors", "c*d"), ("factors", "c/d"))
)
"""What the rules of these names say of two constants that stand anywhere in a longer sum or product."""


def _bounded(part: Pattern) -> bool:
    return part.constant or (part.name in OPS and OPS[part.name].bounded)


def holder(pattern: Pattern, replacement: Pattern) -> int:
    """Which of two parts gives what they become its place: 0 or 1, or -1 for whichever comes first.

    The sign of a factor may come to where the factor stands, and no product on the way becomes larger or smaller.
    """
    if FAMILIES[CODE[pattern.name]].unit == 0 or _bounded(replacement):
        return -1
    return int(_bounded(pattern.args[0]))


def is_pair(pattern: Pattern, replacement: Pattern) -> bool:
    """Whether it is a sum or product of two parts that can stand anywhere in a longer one.

    Two factors without bound cannot: what comes of them may overflow where the product as it is written does not.
    """
    family = FAMILIES.get(CODE.get(pattern.name, -1))
    if pattern.kind != "op" or family is None:
        return False
    one, two = pattern.args
    inner = (family.plus, family.minus, CODE["neg"])
    # A part of the same kind would be terms of the longer one, unless others read it; only numbers in it are worth it.
    if any(CODE.get(arg.name) in inner and not any(part.constant for part in arg.args) for arg in pattern.args):
        return False
    if all(arg.kind == "number" for arg in pattern.args):
        return True
    if family.unit == 1 and not any(map(_bounded, (one, two, replacement))):
        return False
    if one == two:
        return True
    if "number" in (one.kind, two.kind) or "op" not in (one.kind, two.kind):
        return False
    # A part that may be anything is one that the other part names.
    return all(arg.kind != "any" or path(arg.name, other) is not None for arg, other in ((one, two), (two, one)))


def path(variable: str, pattern: Pattern) -> list[tuple[int, int]] | None:
    """How a variable is reached in a pattern: the operations on the way, and which of their arguments; None: not.

    Before a step is taken, the operations that its other arguments must be, as (-3 - operation, argument).
    """
    if pattern.kind == "any":
        return [] if pattern.name == variable else None
    for k, arg in enumerate(pattern.args):
        below = path(variable, arg)
        if below is not None and pattern.name in CODE:
            others = [(-3 - CODE[a.name], j) for j, a in enumerate(pattern.args) if j != k and a.name in CODE]
            return [*others, (CODE[pattern.name], k), *below]
    return None
