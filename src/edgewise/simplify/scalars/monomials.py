"""Products, quotients, powers and roots in one form: a coefficient times whole powers of other nodes.

In this form factors cancel wherever they stand, 1/(b/a)/a is 1/b, and equal values are equal tuples, so that what is
wanted can be planned anew, with as few operations as there are (see `product_plans`). Sums are factors of the form:
what their terms have in common is taken out of them, and a sum and its negative are one. A root of x is a factor whose
square, or cube, is x.

What divides, and a root, may not vanish for good: it must be somewhere in the result, or the result would be defined
where the graph is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final, NamedTuple

from edgewise.graph import Tape
from edgewise.ops import CODE, CONST, number_key

__all__ = ["Atom", "Form", "Forms", "Powers", "Rational", "ratio", "size_of"]

ADD, SUB, MUL, DIV, NEG, POWER, SQRT, CBRT = (
    CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power", "sqrt", "cbrt")
)
LARGEST: Final = 64
"""The largest exponent of a power."""
MOST: Final = 12
"""The most factors of a product: what has more is a factor itself, or the pairs of factors would be too many."""

Powers = tuple[tuple[int, int], ...]
"""Exponents by atoms, sorted."""

Rational = int | Fraction


class Form(NamedTuple):
    """The value of a node: a coefficient times powers of atoms."""

    coefficient: Rational
    powers: Powers


class Atom(NamedTuple):
    """What is no product: an input, a constant that is no fraction, a function, or the sum of two forms.

    `root` is 2 or 3 where so many of it multiplied are its argument, and `base` are then the powers of that.
    """

    op: int
    attr: Any
    args: tuple[Form, ...]
    root: int = 0
    base: Powers = ()


ONE: Final = Form(1, ())


def attribute_key(attr: Any) -> Any:
    """What tells an attribute from another one: 2 from 2.0."""
    return attr if attr is None or isinstance(attr, str) else number_key(attr)


def size_of(a: Rational) -> Rational:
    """The absolute value."""
    return -a if a < 0 else a


def ratio(a: Rational, b: Rational) -> Rational:
    """a / b, exactly: an integer where it is one, as integers are faster."""
    found = Fraction(a) / b
    return found.numerator if found.denominator == 1 else found


def multiplied(a: Powers, b: Powers, times: int = 1) -> Powers:
    """The powers of a·bⁿ."""
    found = dict(a)
    for atom, exponent in b:
        found[atom] = found.get(atom, 0) + times * exponent
    return tuple(sorted((atom, exponent) for atom, exponent in found.items() if exponent))


def in_common(a: Powers, b: Powers) -> Powers:
    """What divides both: of each atom the power nearer to 1, where both have it on the same side of the bar."""
    other = dict(b)
    shared = []
    for atom, exponent in a:
        size = other.get(atom, 0)
        if exponent * size > 0:
            shared.append((atom, min(exponent, size, key=abs)))
    return tuple(shared)


def _size(powers: Powers) -> int:
    """How many factors it has, counted by their exponents."""
    return sum(abs(exponent) for _, exponent in powers)


class Forms:
    """The forms of the nodes of a graph, and the atoms that they are made of; each atom comes after what it reads.

    `divisors` are the atoms that some node is divided by.
    """

    def __init__(self, tape: Tape, wanted: Iterable[int]) -> None:
        self.tape = tape
        self.atoms: list[Atom] = []
        self.divisors: set[int] = set()
        self._numbers: dict[Any, tuple[int, int]] = {}
        self.of_node: dict[int, Form] = {}
        for node in tape.live(wanted).nonzero()[0].tolist():
            self.of_node[node] = self._form(node)

    def _form(self, node: int) -> Form:
        tape, op = self.tape, int(self.tape.ops[node])
        attr, args = tape.attrs.get(node), [self.of_node[j] for j in tape.arguments(node)]
        found: Form | None = None
        if op == CONST and isinstance(attr, int | Fraction):
            found = Form(attr, ())
        elif op in (ADD, SUB):
            found = self._sum(args[0], args[1], 1 if op == ADD else -1)
        elif op == NEG:
            found = Form(-args[0].coefficient, args[0].powers)
        elif op == MUL:
            found = self._product(args[0], args[1], 1)
        elif op == DIV and args[1].coefficient:
            found = self._product(args[0], args[1], -1)
        elif op == POWER and isinstance(attr, int) and args[0].powers and args[0].coefficient:
            found = self._power(args[0], attr)
        elif op in (SQRT, CBRT) and args[0].coefficient == 1:
            found = self._root(op, args[0], 2 if op == SQRT else 3)
        if found is None or len(found.powers) > MOST or any(abs(power) > LARGEST for _, power in found.powers):
            return self._atom(Atom(op, attr, tuple(args)))
        return found

    def _atom(self, atom: Atom) -> Form:
        key = atom.op, attribute_key(atom.attr), atom.args
        if key not in self._numbers:
            self._numbers[key] = len(self.atoms), 1
            self.atoms.append(atom)
        return Form(1, ((self._numbers[key][0], 1),))

    def _product(self, a: Form, b: Form, times: int) -> Form | None:
        """a·b, or a/b with -1; None where it is 0 for sure."""
        size = a.coefficient * b.coefficient if times > 0 else ratio(a.coefficient, b.coefficient)
        if not size:
            return None
        self._divide(b.powers, times)
        return Form(size, self._reduced(multiplied(a.powers, b.powers, times)))

    def _power(self, a: Form, exponent: int) -> Form | None:
        if not exponent or abs(exponent) > LARGEST:
            return None
        self._divide(a.powers, exponent)
        size = ratio(1, a.coefficient) ** -exponent if exponent < 0 else a.coefficient**exponent
        return Form(size, self._reduced(multiplied((), a.powers, exponent)))

    def _divide(self, powers: Powers, times: int) -> None:
        """Note what is divided by, if it is."""
        if times < 0:
            self.divisors.update(atom for atom, exponent in powers if exponent > 0)

    def _root(self, op: int, a: Form, degree: int) -> Form | None:
        return self._atom(Atom(op, None, (a,), degree, a.powers)) if a.powers else None

    def _reduced(self, powers: Powers) -> Powers:
        """Roots multiplied with each other, and with what they are roots of, as far as that leaves fewer factors."""
        for atom, exponent in powers:
            root, base = self.atoms[atom].root, self.atoms[atom].base
            if not root:
                continue
            count = abs(exponent) // root * (1 if exponent > 0 else -1)
            rest = exponent - count * root
            if not count and rest:  # x/√x is √x, and √x/x is 1/√x
                count = 1 if rest > 0 else -1
                made = multiplied(multiplied(powers, base, count), ((atom, -count * root),))
                if _size(made) < _size(powers):
                    return self._reduced(made)
            elif count:
                return self._reduced(multiplied(multiplied(powers, base, count), ((atom, -count * root),)))
        return powers

    def _sum(self, a: Form, b: Form, sign: int) -> Form:
        """a + b or a - b: what both have in common, times a sum that has nothing in common."""
        b = Form(sign * b.coefficient, b.powers)
        if a.powers == b.powers or not (a.coefficient and b.coefficient):
            total = a.coefficient + b.coefficient
            return Form(total, (a if a.coefficient else b).powers if total else ())
        shared = in_common(a.powers, b.powers)
        scale = _content(a.coefficient, b.coefficient)
        terms = [Form(ratio(c, scale), multiplied(powers, shared, -1)) for c, powers in (a, b)]
        key = frozenset(terms)
        if key not in self._numbers:
            number = len(self.atoms)
            self._numbers[key] = number, 1
            self._numbers[frozenset(Form(-c, powers) for c, powers in terms)] = number, -1
            self.atoms.append(Atom(ADD, None, tuple(terms)))
        number, side = self._numbers[key]
        return Form(side * scale, self._reduced(multiplied(shared, ((number, 1),))))


def _content(a: Rational, b: Rational) -> Rational:
    """The factor that two coefficients have in common where one is a multiple of the other; negative if both are."""
    small, large = sorted((size_of(a), size_of(b)))
    shared = small if Fraction(large, small).denominator == 1 else 1
    return -shared if a < 0 and b < 0 else shared
