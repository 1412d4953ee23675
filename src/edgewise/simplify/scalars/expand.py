"""Products of sums multiplied out, like terms collected, for another start of simplification.

Multiplying out costs operations by itself. But terms that cancel show only then, and what is factored again may share
more: the derivative of a rotation given as a quaternion takes a third fewer operations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

import numpy as np

from edgewise.graph import Builder, IntArray, Tape
from edgewise.ops import CODE, CONST, INPUT

__all__ = ["BOUNDS", "multiplied_out"]

BOUNDS: Final = ((12, 4, True), (24, 6, True), (24, 6, False))
"""The most terms of a polynomial, the most factors of a term, and whether sums of degree one stay together, p - t as
one factor rather than p and t: which does best depends on the graph."""

ADD, SUB, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))

Polynomial = dict[tuple[int, ...], int | Fraction]
"""Coefficients by monomials; a monomial is the sorted numbers of its factors, which are nodes."""


def ratio(a: int | Fraction, b: int | Fraction) -> int | Fraction:
    """a / b, exactly: an integer where it is one, as integers are faster."""
    found = Fraction(a) / b
    return found.numerator if found.denominator == 1 else found


def _sum(p: Polynomial, q: Polynomial, sign: int) -> Polynomial:
    """p + q, or p - q."""
    total = dict(p)
    for monomial, coefficient in q.items():
        total[monomial] = total.get(monomial, 0) + sign * coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


class _Expansion:
    """The graph being written, with polynomials of at most `terms` terms of at most `degree` factors."""

    def __init__(self, tape: Tape, terms: int, degree: int, whole: bool) -> None:
        self.tape, self.terms, self.degree, self.whole = tape, terms, degree, whole
        self.builder = Builder(share=True)
        self.polynomials: dict[int, Polynomial] = {}
        self.written: dict[frozenset[tuple[tuple[int, ...], int | Fraction]], int] = {}
        self.count = 0

    def product(self, p: Polynomial, q: Polynomial) -> Polynomial | None:
        """p·q, or None where it is far beyond the bounds; some of too many terms may cancel."""
        if len(p) * len(q) > 4 * self.terms:
            return None
        total: Polynomial = {}
        for left, a in p.items():
            for right, b in q.items():
                monomial = tuple(sorted(left + right))
                total[monomial] = total.get(monomial, 0) + a * b
        self.count += len(p) > 1 or len(q) > 1
        return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}

    def polynomial(self, node: int) -> Polynomial | None:
        """A node as a polynomial in nodes of the new graph, None where it is none within the bounds."""
        tape, code = self.tape, int(self.tape.ops[node])
        parts = [self.polynomials[j] for j in tape.arguments(node)]
        value = tape.attrs.get(node)
        found: Polynomial | None = None
        if code == INPUT:
            found = {(self.builder.input(tape.attrs[node]),): 1}
        elif code == CONST and isinstance(value, int | Fraction):
            found = {(): value} if value else {}
        elif code in (ADD, SUB):
            found = self.linear(_sum(parts[0], parts[1], 1 if code == ADD else -1))
        elif code == NEG:
            found = {monomial: -coefficient for monomial, coefficient in parts[0].items()}
        elif code == MUL:
            found = self.product(parts[0], parts[1])
        elif code == DIV and parts[1].keys() == {()}:
            found = {monomial: ratio(coefficient, parts[1][()]) for monomial, coefficient in parts[0].items()}
        elif code == POWER and isinstance(value, int) and 1 < value <= self.degree:
            found = parts[0]
            for _ in range(value - 1):
                found = None if found is None else self.product(found, parts[0])
        if found is None or len(found) > self.terms or any(len(monomial) > self.degree for monomial in found):
            return None
        return found

    def linear(self, p: Polynomial) -> Polynomial:
        """A sum; one of degree one may stay together, as one factor of the products that it stands in."""
        if not self.whole or len(p) < 2 or any(len(monomial) != 1 for monomial in p):
            return p
        lead = p[min(p)]
        whole = self.write({monomial: ratio(coefficient, lead) for monomial, coefficient in p.items()})
        return {(whole,): lead}

    def write(self, p: Polynomial) -> int:
        """The node of a polynomial: terms of one size of coefficients together, a positive one first."""
        key = frozenset(p.items())
        if key not in self.written:
            self.written[key] = self._sum_of_terms(p)
        return self.written[key]

    def _sum_of_terms(self, p: Polynomial) -> int:
        add, constant = self.builder.add, self.builder.constant
        groups: dict[int | Fraction, list[tuple[tuple[int, ...], bool]]] = {}
        for monomial in sorted(p):
            coefficient = p[monomial]
            size = coefficient if coefficient > 0 else -coefficient
            groups.setdefault(size, []).append((monomial, coefficient < 0))
        total = -1
        for size, terms in groups.items():
            negative = all(minus for _, minus in terms)
            part = -1
            for monomial, minus in sorted(terms, key=lambda term: term[1]):
                term = monomial[0] if monomial else constant(1)
                for factor in monomial[1:]:
                    term = add(MUL, (term, factor))
                part = term if part < 0 else add(ADD if minus == negative else SUB, (part, term))
            if size != 1:
                part = add(MUL, (constant(size), part))
            if total < 0:
                total = add(NEG, (part,)) if negative else part
            else:
                total = add(SUB if negative else ADD, (total, part))
        return constant(0) if total < 0 else total

    def run(self, wanted: Iterable[int]) -> IntArray:
        """Write the wanted nodes and what they need; where each node went, -1 for those that nobody needs."""
        tape, builder = self.tape, self.builder
        wanted = list(wanted)
        new = np.full(len(tape), -1, dtype=np.int64)
        for node in np.flatnonzero(tape.live([*wanted, *tape.inputs])).tolist():
            found = self.polynomial(node)
            if found is None:
                if tape.ops[node] == CONST:
                    atom = builder.constant(tape.attrs[node])
                else:
                    args = [self.write(self.polynomials[j]) for j in tape.arguments(node)]
                    atom = builder.add(int(tape.ops[node]), args, tape.attrs.get(node))
                found = {(atom,): 1}
            self.polynomials[node] = found
        for node in (*wanted, *tape.inputs):
            new[node] = self.write(self.polynomials[node])
        return new


def multiplied_out(
    tape: Tape, wanted: Iterable[int], terms: int, degree: int, whole: bool
) -> tuple[Tape, IntArray, int]:
    """A graph with products of sums multiplied out, the map old → new (-1: not wanted), and how many they were.

    Polynomials have at most `terms` terms of at most `degree` factors; beyond that a node is a factor itself, and so
    is all that is not a sum, product or whole power, with `whole` also a sum of degree one. Linear in the graph.
    """
    expansion = _Expansion(tape, terms, degree, whole)
    new = expansion.run([*wanted, *tape.outputs])
    written = expansion.builder.whole((), tape.layout)
    columns = tape.moved(new, written.attrs)
    return replace(tape, ops=written.ops, start=written.start, args=written.args, **columns), new, expansion.count
