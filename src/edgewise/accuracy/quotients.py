"""Quotients of polynomials written as expressions, in ways of which one or another stays in range and loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq

from edgewise.accuracy.arena import Arena

__all__ = ["Writer"]

Parts = Sequence[Any]
"""Polynomials of which a numerator or a denominator is the product: multiplied out it would have other differences."""


class Writer:
    """Quotients of polynomials in some atoms, as expressions of an arena."""

    def __init__(self, arena: Arena, atoms: Sequence[int]) -> None:
        self.arena, self.atoms = arena, atoms
        self._sums: dict[tuple[str, bool], int] = {}
        self._parted: dict[str, Any] = {}

    def factors(self, parts: Parts) -> list[tuple[Any, int]]:
        """(constant, 1), (factor, multiplicity), …"""
        merged: dict[str, Any] = {}
        times: dict[str, int] = {}
        constant = fmpq(1)
        for part in parts:
            key = str(part)
            if key not in self._parted:
                self._parted[key] = part.factor()
            number, factors = self._parted[key]
            constant *= number
            for factor, multiplicity in factors:
                key = str(factor)
                merged[key] = factor
                times[key] = times.get(key, 0) + int(multiplicity)
        return [(constant, 1), *((merged[key], times[key]) for key in sorted(merged))]

    def product(self, top: Parts, bottom: Parts) -> int:
        """All factors multiplied, over all divisors multiplied."""
        arena, tops, bottoms = self.arena, self.factors(top), self.factors(bottom)
        constant = self._constant(tops, bottoms)
        if not constant:
            return arena.constant(0)
        above, below = ([self._power(self._sum(f), times) for f, times in part[1:]] for part in (tops, bottoms))
        made = self._times(above, constant.numerator if below or constant.denominator == 1 else constant)
        return arena.op("div", made, self._times(below, constant.denominator)) if below else made

    def alternating(self, top: Parts, bottom: Parts) -> int:
        """Factors and divisors in turn, so that a product of several large or small numbers stays in range."""
        arena, tops, bottoms = self.arena, self.factors(top), self.factors(bottom)
        constant = self._constant(tops, bottoms)
        if not constant:
            return arena.constant(0)
        above, below = (
            [self._sum(factor, mixed=True) for factor, times in part[1:] for _ in range(times)]
            for part in (tops, bottoms)
        )
        made = above.pop(0) if above else arena.constant(1)
        while above or below:
            if below:
                made = arena.op("div", made, below.pop(0))
            if above:
                made = arena.op("mul", made, above.pop(0))
        return arena.op("mul", arena.constant(constant), made) if constant != 1 else made

    def apart(self, top: Any, bottom: Any) -> int:
        """Every term over a denominator of one term: none is larger than it must be."""
        ((below, divisor),) = bottom.terms()
        terms = []
        for powers, coefficient in top.terms():
            left = [k - least for k, least in zip(powers, map(min, powers, below), strict=True)]
            under = [k - least for k, least in zip(below, map(min, powers, below), strict=True)]
            number = coefficient / divisor
            exact = Fraction(int(number.p), int(number.q))
            above, lower = (self._factors_of(part) for part in (left, under))
            made = self._mixed(above, abs(exact) if not lower else abs(exact.numerator))
            if lower:
                made = self.arena.op("div", made, self._mixed(lower, exact.denominator))
            terms.append((exact > 0, made))
        return self._added(terms)

    # --- parts --------------------------------------------------------------------------------------------------

    @staticmethod
    def _constant(tops: Any, bottoms: Any) -> Fraction:
        quotient = tops[0][0] / bottoms[0][0]
        return Fraction(int(quotient.p), int(quotient.q))

    def _factors_of(self, powers: Sequence[Any]) -> list[tuple[int, int]]:
        return [(self.atoms[k], int(times)) for k, times in enumerate(powers) if times]

    def _times(self, factors: Sequence[int], constant: Any) -> int:
        arena = self.arena
        if not factors:
            return arena.constant(constant)
        made = factors[0]
        for factor in factors[1:]:
            made = arena.op("mul", made, factor)
        return arena.op("mul", arena.constant(constant), made) if constant != 1 else made

    def _mixed(self, factors: Sequence[tuple[int, int]], constant: Any) -> int:
        """A product in which small and large factors meet early: a**3*b**2 is (a*b)**2*a, and a*b**6 a*b*b**2*b**3."""
        parts, left = [], [(atom, times) for atom, times in factors if not self.arena.is_op(atom, "exp")]
        while len(left) > 1:
            times = min(times for _, times in left)
            parts.append(self._power(self._times([atom for atom, _ in left], 1), times))
            left = [(atom, more - times) for atom, more in left if more > times]
        for atom, times in left:
            halves = (times // 2, times - times // 2) if parts else (times,)
            parts += [self._power(atom, half) for half in halves if half]
        parts += [self._power(atom, times) for atom, times in factors if self.arena.is_op(atom, "exp")]
        return self._times(parts, constant)

    def _power(self, atom: int, times: int) -> int:
        arena = self.arena
        if times > 1 and arena.is_op(atom, "exp"):
            return arena.op("exp", arena.op("mul", arena.constant(times), arena.forms[atom][1][0]))
        return arena.op("power", atom, parameter=times) if times > 1 else atom

    def _less_one(self, polynomial: Any) -> int | None:
        """exp(u)**k - 1 as expm1(k*u); None of any other polynomial."""
        terms = list(polynomial.terms())
        if len(terms) != 2 or any(terms[1][0]) or {int(terms[0][1].p), int(terms[1][1].p)} != {1, -1}:
            return None
        if terms[0][1].q != 1 or terms[1][1].q != 1:
            return None
        used = [(k, int(times)) for k, times in enumerate(terms[0][0]) if times]
        if len(used) != 1 or not self.arena.is_op(self.atoms[used[0][0]], "exp"):
            return None
        exponent = self.arena.forms[self._power(self.atoms[used[0][0]], used[0][1])][1][0]
        made = self.arena.op("expm1", exponent)
        return made if terms[0][1] == 1 else self.arena.op("neg", made)

    def _sum(self, polynomial: Any, *, mixed: bool = False) -> int:
        """A polynomial term by term, positive terms first."""
        key = str(polynomial), mixed
        if key not in self._sums:
            less = self._less_one(polynomial)
            self._sums[key] = self._terms_added(polynomial, mixed) if less is None else less
        return self._sums[key]

    def _terms_added(self, polynomial: Any, mixed: bool) -> int:
        terms = []
        for powers, coefficient in polynomial.terms():
            factors, number = self._factors_of(powers), Fraction(int(coefficient.p), int(coefficient.q))
            if mixed:
                made = self._mixed(factors, abs(number))
            else:
                made = self._times([self._power(*factor) for factor in factors], abs(number))
            terms.append((number > 0, made))
        return self._added(terms)

    def _added(self, terms: list[tuple[bool, int]]) -> int:
        """A sum of terms, of which it is said which are positive."""
        arena = self.arena
        terms.sort(key=lambda term: not term[0])
        positive, made = terms[0]
        if not positive:
            made = arena.op("neg", made)
        for positive, term in terms[1:]:
            made = arena.op("add" if positive else "sub", made, term)
        return made
