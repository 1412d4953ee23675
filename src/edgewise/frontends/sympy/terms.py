"""The terms of a finite sum or product, one for each value of its index.

SymPy's own replacement takes a millisecond for a term, most of it to bring anew into canonical form what the index has
nothing to do with. What the index alone decides, as 1/k**2, is a number; the rest is put together around it as it
stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import prod
from typing import Any, Final

import sympy as sp

from edgewise.frontends.sympy.function_table import SAME
from edgewise.frontends.sympy.user_functions import is_sympys

__all__ = ["terms"]

TOLD_APART: Final = (sp.S.Zero, sp.S.One, sp.S.NegativeOne)
"""Numbers by which SymPy writes a term shorter."""


def terms(term: Any, variable: Any, numbers: Iterable[int]) -> list[Any]:
    """The term with each of these numbers in the place of a variable."""
    # xreplace is quick, but does not know that an inner index may have the same name.
    quick = not term.has(sp.Sum, sp.Product, sp.Derivative, sp.Integral, sp.Subs)
    around = _Around(term, variable) if quick else None
    found = []
    for k in map(sp.Integer, numbers):
        made = around.at(k) if around is not None and around.known else None
        if made is None:
            made = term.xreplace({variable: k}) if quick else term.subs(variable, k)
        found.append(made)
    return found


class _Around:
    """A term as steps: what the index alone decides, and what is put together around it.

    A step says of an expression which steps are its arguments; of what the index has nothing to do with there is none.
    """

    def __init__(self, term: Any, variable: Any) -> None:
        self.variable, self.known = variable, True
        self.alone: list[tuple[int, Any, list[Any] | None]] = []
        self.steps: list[tuple[int, Any, list[Any]]] = []
        self.places: dict[Any, int] = {}
        todo = [(term, False)]
        while todo and self.known:
            item, ready = todo.pop()
            if item in self.places or variable not in item.free_symbols:
                continue
            if item.free_symbols == {variable}:
                self.alone.append((self._place(item), item, _rational(item, variable)))
            elif not _is_plain(item):
                self.known = False
            elif not ready:
                todo.append((item, True))
                todo.extend((part, False) for part in self._parts(item))
            else:
                parts = [self.places.get(part, part) for part in self._parts(item)]
                self.steps.append((self._place(item), item.func, parts))

    def _place(self, item: Any) -> int:
        return self.places.setdefault(item, len(self.places))

    def _parts(self, item: Any) -> list[Any]:
        """The arguments; of a sum or product those that the index decides are one, in front."""
        if not (item.is_Add or item.is_Mul):
            return list(item.args)
        alone = [part for part in item.args if part.free_symbols <= {self.variable}]
        if not any(part.free_symbols for part in alone):
            return list(item.args)
        return [item.func(*alone), *(part for part in item.args if part not in alone)]

    def at(self, k: Any) -> Any:
        """The term at a number; None where SymPy writes it shorter, or has no number."""
        values: list[Any] = [None] * len(self.places)
        for place, item, postfix in self.alone:
            value = values[place] = _number(item, postfix, self.variable, k)
            if value in TOLD_APART or value.is_finite is not True:
                return None
        for place, function, parts in self.steps:
            args = [values[part] if type(part) is int else part for part in parts]
            values[place] = function(*args, evaluate=False)
        return values[-1] if self.steps or self.alone else None


def _is_plain(item: Any) -> bool:
    """Whether an expression is arithmetic, or a function that is one operation."""
    if item.is_Add or item.is_Mul or item.is_Pow:
        return all(isinstance(part, sp.Expr) and part.is_commutative for part in item.args)
    return isinstance(item, sp.Function) and is_sympys(type(item)) and type(item).__name__ in SAME


def _rational(item: Any, variable: Any) -> list[Any] | None:
    """A sum, product or whole power of one variable and rational numbers in postfix form; None for anything else."""
    made: list[Any] = []
    todo: list[Any] = [item]
    while todo:
        part = todo.pop()
        if type(part) is tuple:
            made.append(part)
        elif part == variable:
            made.append(None)
        elif part.is_Rational:
            made.append(Fraction(int(part.p), int(part.q)))
        elif part.is_Pow and part.exp.is_Integer:
            todo += [(pow, int(part.exp)), part.base]
        elif part.is_Add or part.is_Mul:
            todo.append((sum if part.is_Add else prod, len(part.args)))
            todo.extend(part.args)
        else:
            return None
    return made


def _number(item: Any, postfix: list[Any] | None, variable: Any, k: Any) -> Any:
    """What an expression of one variable is at a number."""
    if postfix is None:
        return item.xreplace({variable: k})
    stack: list[Any] = []
    for part in postfix:
        if type(part) is not tuple:
            stack.append(Fraction(int(k)) if part is None else part)
            continue
        function, n = part
        if function is pow:
            if n < 0 and not stack[-1]:
                return sp.zoo
            stack[-1] = stack[-1] ** n
        else:
            stack[-n:] = [function(stack[-n:])]
    (value,) = stack
    return sp.Rational(value.numerator, value.denominator)
