"""Exponentials as hyperbolic tangents of half their exponents, and sums by the inputs that their terms depend on.

exp(u) is (1 + t)/(1 - t) with t = tanh(u/2), and (exp(u + v) - 1)/((exp(u) - 1)*(exp(v) - 1)) is (1/t + 1/s)/2: what is
large is no longer multiplied, and u and v are apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.quotients import Writer
from edgewise.accuracy.rational import Quotient, TooLarge

__all__ = ["APART", "forms_of_exponentials"]

APART: Final = "terms by their inputs"

Powers = tuple[int, ...]


def forms_of_exponentials(arena: Arena, form: int) -> list[tuple[str, int]]:
    """What an expression with several exponentials is with exp(u + v) as exp(u)*exp(v), terms cancelled, and as a sum
    of parts that each depend on other inputs, if it is one."""
    try:
        quotient = Quotient(arena, form, split=True)
        if sum(arena.is_op(atom, "exp") for atom in quotient.atoms) < 2:
            return []
        found = [("exponents of sums apart", quotient.writer.product([quotient.top], [quotient.bottom]))]
        apart = _Tangents(arena, quotient).written()
    except (TooLarge, ZeroDivisionError):
        return []
    return found if apart is None else [*found, (APART, apart)]


class _Tangents:
    """A quotient in which generators that were exponentials are hyperbolic tangents of half their exponents."""

    def __init__(self, arena: Arena, quotient: Quotient) -> None:
        self.arena, self.ring, self.atoms = arena, quotient.ring, list(quotient.atoms)
        self.tangents = [k for k, atom in enumerate(self.atoms) if arena.is_op(atom, "exp")]
        self.top, self.bottom = quotient.top, quotient.bottom
        self.exponents: dict[int, int] = {}
        for k in self.tangents:
            self.exponents[k] = arena.forms[self.atoms[k]][1][0]
            self.atoms[k] = arena.op("tanh", arena.op("div", self.exponents[k], arena.constant(2)))
            self.top, self.bottom = self._halved(k)
        self.writer = Writer(arena, self.atoms)

    def _halved(self, k: int) -> tuple[Any, Any]:
        """The quotient with (1 + t)/(1 - t) for a generator."""
        t = self.ring.gens()[k]
        parts = []
        for part in (self.top, self.bottom):
            high, made = part.degrees()[k], self.ring.constant(0)
            for powers, coefficient in part.terms():
                rest = self.ring.from_dict({(*powers[:k], 0, *powers[k + 1 :]): coefficient})
                made += rest * (1 + t) ** powers[k] * (1 - t) ** (high - powers[k])
            parts.append((made, (1 - t) ** high))
        (top, over), (bottom, under) = parts
        top, bottom = top * under, bottom * over
        common = top.gcd(bottom)
        return top / common, bottom / common

    def written(self) -> int | None:
        if len(self.bottom) != 1:
            return None
        ((below, divisor),) = self.bottom.terms()
        groups: dict[tuple[int, ...], dict[Powers, dict[Powers, Any]]] = {}
        for powers, coefficient in self.top.terms():
            net = [int(power) - int(less) for power, less in zip(powers, below, strict=True)]
            used = [self.atoms[k] for k, power in enumerate(net) if power]
            inputs = tuple(sorted({at for atom in used for at in self.arena.inputs_of(atom)}))
            plain, tangents = (
                tuple(power if (k in self.tangents) == wanted else 0 for k, power in enumerate(net))
                for wanted in (False, True)
            )
            groups.setdefault(inputs, {}).setdefault(plain, {})[tangents] = coefficient / divisor
        if len(groups) < 2:
            return None
        return self._added([self._added([self._term(*term) for term in group.items()]) for group in groups.values()])

    def _added(self, terms: Sequence[int]) -> int:
        made = terms[0]
        for term in terms[1:]:
            made = self.arena.op("add", made, term)
        return made

    def _term(self, plain: Powers, tangents: Mapping[Powers, Any]) -> int:
        """What is no tangent to its powers, times a polynomial in tangents over a product of them."""
        arena, least = self.arena, [min(powers) for powers in zip(*tangents, strict=True)]
        raised = {
            tuple(power - low for power, low in zip(powers, least, strict=True)): coefficient
            for powers, coefficient in tangents.items()
        }
        top = self.ring.from_dict({tuple(max(low, 0) for low in least): 1}) * self.ring.from_dict(raised)
        bottom = self.ring.from_dict({tuple(max(-low, 0) for low in least): 1})
        made = self.writer.product([top], [bottom])
        above, below = ([self.atoms[k] for k, n in enumerate(plain) for _ in range(sign * n)] for sign in (1, -1))
        for exponent in self.exponents.values():  # what an exponent is made of is that exponent
            pair = arena.forms[exponent][1] if arena.is_op(exponent, "mul") else ()
            while pair and all(pair.count(part) <= above.count(part) for part in pair):
                for part in pair:
                    above.remove(part)
                above.append(exponent)
        for factor in above:
            made = arena.op("mul", factor, made)
        for divisor in below:
            made = arena.op("div", made, divisor)
        return made
