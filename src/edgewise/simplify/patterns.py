"""Rules compiled for matching: what a rule needs of a node, its arguments, and theirs.

A first look at a node asks only for its operation and the classes of its first two arguments; a table over those
three numbers says which rules may apply, for all nodes at once. Almost no node passes, so the careful comparison
runs on few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.errors import OperationError
from edgewise.ops import CODE, N_BUILTIN, OPS
from edgewise.ops.formula import parse_expression, walk
from edgewise.ops.op import E, Number, SymbolicConstant
from edgewise.simplify.rules import LEVELS, RULES, Rule

__all__ = [
    "CLASSES",
    "MINUS_ONE",
    "NONE",
    "NUMBER",
    "ONE",
    "SCALED",
    "ZERO",
    "Pattern",
    "Rulebook",
    "TWO",
    "Variant",
    "number_class",
    "rulebook",
]

# Classes of a node as an argument: its operation code, or one of these.
ZERO, ONE, MINUS_ONE, TWO, NUMBER, SCALED, NONE = range(N_BUILTIN, N_BUILTIN + 7)
CLASSES: Final = N_BUILTIN + 7
"""`SCALED` is a product with a constant factor, `NUMBER` another constant, `NONE` a missing argument. The exponent of
a `power` stands as its second argument."""

MUL, POWER = CODE["mul"], CODE["power"]
_COMMUTATIVE: Final = frozenset(op.name for op in OPS.values() if op.commutative)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A formula as a tree: `kind` is "any" (a variable), "number" (a constant variable), "literal", or "op"."""

    kind: str
    name: str = ""
    value: Any = None
    args: tuple[Pattern, ...] = ()

    @property
    def constant(self) -> bool:
        return self.kind in ("number", "literal")


class _PatternAlgebra:
    """Writes a formula as a Pattern: x, y, z, w stand for any node, c and d for constants."""

    def name(self, name: str) -> Pattern:
        if name == "e":
            return Pattern("literal", value=E)
        return Pattern("number" if name in ("c", "d") else "any", name)

    def number(self, value: Number) -> Pattern:
        return Pattern("literal", value=value)

    def entry(self, name: str, index: tuple[int, ...]) -> Pattern:
        raise OperationError("rules are about scalars")

    def call(self, op: str, args: Sequence[Pattern]) -> Pattern:
        if op == "neg" and args[0].kind == "literal":
            return Pattern("literal", value=-args[0].value)
        if op == "pow" and args[1].constant:
            return Pattern("op", "power", args[1], (args[0],))
        if op == "div" and all(arg.kind == "literal" for arg in args):
            return Pattern("literal", value=args[0].value / args[1].value)
        return Pattern("op", op, None, tuple(args))


def _pattern(text: str) -> Pattern:
    return walk(parse_expression(text), _PatternAlgebra())


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a rule's pattern: commutative arguments in one of their orders."""

    number: int
    rule: Rule
    pattern: Pattern
    replacement: Pattern
    guard: tuple[str, str] | None
    size: int


def _orders(pattern: Pattern) -> list[Pattern]:
    """The pattern with the arguments of its commutative operations in every order."""
    if pattern.kind != "op":
        return [pattern]
    found: list[Pattern] = []
    if pattern.name == "mul" and pattern.args[0] == pattern.args[1]:
        # A square has two spellings, x*x and x**2.
        square = Pattern("literal", value=2)
        found = [Pattern("op", "power", square, (arg,)) for arg in _orders(pattern.args[0])]
    for args in product(*(_orders(arg) for arg in pattern.args)):
        found.append(Pattern("op", pattern.name, pattern.value, args))
        if pattern.name in _COMMUTATIVE and args[0] != args[1]:
            found.append(Pattern("op", pattern.name, pattern.value, args[::-1]))
    return list(dict.fromkeys(found))


def number_class(value: Number) -> int:
    """The class of a constant. Equal numbers of different types are in one class: 1 and 1.0 are both units."""
    if isinstance(value, (bool, SymbolicConstant)):
        return NUMBER
    return {0: ZERO, 1: ONE, -1: MINUS_ONE, 2: TWO}.get(value, NUMBER)  # type: ignore[arg-type]


def _classes(pattern: Pattern) -> list[int]:
    """The argument classes that may match."""
    if pattern.kind == "any":
        return list(range(CLASSES))
    if pattern.kind == "number":
        return [ZERO, ONE, MINUS_ONE, TWO, NUMBER]
    if pattern.kind == "literal":
        return [number_class(pattern.value)]
    if pattern.name == "mul":
        scaled = any(arg.constant for arg in pattern.args)
        return [SCALED] if scaled else [MUL, SCALED]
    return [CODE[pattern.name]]


def _size(pattern: Pattern) -> int:
    """Operations of a replacement on its variables; constants among themselves are folded."""
    if pattern.kind != "op":
        return 0
    below = sum(_size(arg) for arg in pattern.args)
    return below + (0 if all(_is_constant(arg) for arg in pattern.args) else 1)


def _is_constant(pattern: Pattern) -> bool:
    return pattern.constant or (pattern.kind == "op" and all(_is_constant(arg) for arg in pattern.args))


@dataclass(frozen=True, eq=False)
class Rulebook:
    """The rules of a level, indexed.

    `same_bits` says that no result may change in its last bit: the level is "exact".

    `trigger[op, class of first argument, class of second]` says whether some rule may match, `same[op]` whether one may
    match equal arguments. `projects[...]` is 1 or 2 where the node certainly is its first or second argument, with
    the rule's number in `by`. `variants[(op, class, class)]` are the rules to compare.
    """

    trigger: npt.NDArray[np.bool_]
    same: npt.NDArray[np.bool_]
    projects: npt.NDArray[np.uint8]
    by: npt.NDArray[np.int16]
    variants: dict[tuple[int, int, int], tuple[Variant, ...]]
    equal: dict[int, tuple[Variant, ...]]
    same_bits: bool

    def candidates(self, op: int, first: int, second: int, same: bool) -> tuple[Variant, ...]:
        """The variants whose first look a node passes."""
        found = self.variants.get((op, first, second), ())
        return found + self.equal.get(op, ()) if same else found


@cache
def rulebook(level: str) -> Rulebook:
    """The rules up to a level, compiled. Made once: the rules are constants."""
    trigger = np.zeros((N_BUILTIN + 1, CLASSES, CLASSES), dtype=bool)
    same = np.zeros(N_BUILTIN + 1, dtype=bool)
    projects = np.zeros((N_BUILTIN + 1, CLASSES, CLASSES), dtype=np.uint8)
    by = np.zeros((N_BUILTIN + 1, CLASSES, CLASSES), dtype=np.int16)
    lists: dict[tuple[int, int, int], list[Variant]] = {}
    equal: dict[int, list[Variant]] = {}
    for number, rule in enumerate(RULES):
        if LEVELS.index(rule.tier) > LEVELS.index(level):
            continue
        replacement = _pattern(rule.replacement)
        guard = tuple(rule.guard.split(" ", 1)) if rule.guard else None
        for pattern in _orders(_pattern(rule.pattern)):
            variant = Variant(number, rule, pattern, replacement, guard, _size(replacement))  # type: ignore[arg-type]
            code = CODE[pattern.name]
            args = pattern.args
            if len(args) == 2 and args[0] == args[1] and args[0].kind == "any":
                same[code] = True
                equal.setdefault(code, []).append(variant)
                continue
            first = _classes(args[0])
            second = _classes(args[1]) if len(args) > 1 else _classes(pattern.value) if pattern.value else [NONE]
            trigger[np.ix_([code], first, second)] = True
            for a, b in product(first, second):
                lists.setdefault((code, a, b), []).append(variant)
            for k, arg in enumerate(args[:2]):
                other = args[1 - k] if len(args) == 2 else None
                if replacement == arg and arg.kind == "any" and other is not None and other.kind == "literal":
                    projects[np.ix_([code], first, second)] = k + 1
                    by[np.ix_([code], first, second)] = number
                if (
                    replacement == arg
                    and arg.kind == "literal"
                    and other is not None
                    and other.kind == "any"
                    and not guard
                ):
                    projects[np.ix_([code], first, second)] = k + 1
                    by[np.ix_([code], first, second)] = number
    trigger &= projects == 0
    variants = {k: tuple(v) for k, v in lists.items()}
    return Rulebook(trigger, same, projects, by, variants, {k: tuple(v) for k, v in equal.items()}, level == LEVELS[0])
