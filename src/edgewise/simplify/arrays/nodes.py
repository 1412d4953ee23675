"""The nodes of a simplified tensor graph as they are written: equal ones once, symmetric ones known as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any, Final

from edgewise.graph import Builder
from edgewise.ops import CODE, CONST, FIRST_TENSOR, TABLE, TENSOR_CODE, lettered
from edgewise.simplify.arrays.costs import USUAL_LENGTH
from edgewise.simplify.arrays.terms import Factor, Indices, Letters, Term, canonical

__all__ = ["Nodes"]

ADD, SUB, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))
WHERE, AND, OR = (CODE[name] for name in ("where", "and", "or"))
COMPARISONS = frozenset(CODE[name] for name in ("lt", "le", "gt", "ge", "eq", "ne"))
CONTRACT, EYE, INV = TENSOR_CODE["contract"], TENSOR_CODE["eye"], TENSOR_CODE["inv"]

COMPOSED: Final = frozenset((CONST, NEG, CONTRACT, MUL, DIV, POWER))
"""Operations that products are taken apart at."""
UNFOLDED: Final = 8
"""Factors up to which products are taken apart to compare them."""


class Nodes:
    """A graph under construction, in which products are compared whatever their indices are called."""

    def __init__(self, indices: Indices, sizes: Mapping[str, int]) -> None:
        self.indices, self.sizes = indices, sizes
        self.builder = Builder(share=True)
        self.builder.tensors = True
        self.products: dict[Any, tuple[int, Any]] = {}
        self.symmetric: set[int] = set()  # matrices
        self.antisymmetric: set[int] = set()  # their own negative with the first two axes exchanged
        self.centred: set[tuple[int, int]] = set()  # (node, axis) along which it sums to zero: deviations from a mean
        self.differences: dict[Any, int] = {}  # by what is subtracted from what, and the shape
        self.counted: dict[Any, int] = {}
        self._prints: dict[int, int] = {}
        self.fired: dict[str, int] = {}

    def note(self, rule: str) -> None:
        """Count a rule that fired."""
        self.fired[rule] = self.fired.get(rule, 0) + 1

    def add(self, code: int, args: Sequence[int], parameter: Any = None) -> int:
        """A node of the new graph. Functions and multiples of symmetric matrices are symmetric, and their inverses."""
        decided = self._decided(code, args)
        if decided is not None:
            self.note("decided by constants")
            return decided
        node = self.builder.add(code, args, parameter)
        if node not in self._prints:
            self._prints[node] = self._print(node, code, args, parameter)
        if code == EYE or ((code < FIRST_TENSOR or code == INV) and self._keeps_symmetry(node, args)):
            self.symmetric.add(node)
        return node

    def _decided(self, code: int, args: Sequence[int]) -> int | None:
        """The node of a comparison of numbers, or of the branch that a truth known beforehand selects."""
        if code == WHERE:
            truth = self._truth(args[0])
            chosen = args[1] if truth else args[2]
            return chosen if truth is not None and self.shape(chosen) == self._joined(args) else None
        if code in COMPARISONS and all(self.builder.nodes[j][0] == CONST for j in args):
            values = [self.builder.attrs[j] for j in args]
            if all(isinstance(value, (int, float, Fraction)) for value in values):
                return self.number(bool(TABLE[code].value(*values)))
        return None

    def _truth(self, node: int) -> bool | None:
        """Whether a node is true or false everywhere, None where nobody knows."""
        code, *args = self.builder.nodes[node]
        if code == CONST:
            return bool(self.builder.attrs[node])
        if code in (AND, OR):
            parts = [self.builder.attrs[j] for j in args if self.builder.nodes[j][0] == CONST]
            if any(bool(part) is (code == OR) for part in parts):
                return code == OR
        return None

    def _joined(self, args: Sequence[int]) -> tuple[Any, ...]:
        """The longest of the shapes: constants have none."""
        return max((self.shape(j) for j in args), key=len)

    def vanishes(self, term: Term) -> bool:
        """Whether a sum is over deviations from their mean, with nothing else that depends on the index."""
        if not self.centred:
            return False
        return any(
            k not in term.out and (factor.node, axis) in self.centred and self._alone(term, factor, k)
            for factor in term.over
            for axis, k in enumerate(factor.letters)
        )

    def _alone(self, term: Term, factor: Factor, letter: int) -> bool:
        """Whether one factor has an index, and it once, and no other factor has it."""
        count = sum(f.letters.count(letter) for f in (*term.over, *term.under))
        return count == 1 and factor.letters.count(letter) == 1 and not any(letter in pair for pair in term.deltas)

    def _print(self, node: int, code: int, args: Sequence[int], parameter: Any) -> int:
        """The sum of what stands for each tensor that a product is made of in the end, that of any other its own."""
        if code in (MUL, CONTRACT, NEG):
            return sum(map(self._own_print, args))
        if code == DIV:
            return self._own_print(args[0]) - self._own_print(args[1])
        if code == POWER and parameter in (2, 3):
            return int(parameter) * self._own_print(args[0])
        return hash((node, code))

    def _own_print(self, node: int) -> int:
        found = self._prints.get(node)
        return found if found is not None else 0 if self.builder.nodes[node][0] == CONST else hash((node, -1))

    def fingerprint(self, term: Term) -> int:
        """A number that like terms have in common, however their products are associated: few others have it."""
        total, own = 0, self._own_print
        for factor in term.over:
            total += own(factor.node)
        for factor in term.under:
            total -= own(factor.node)
        return total

    def _keeps_symmetry(self, node: int, args: Sequence[int]) -> bool:
        if not self.symmetric and not self.antisymmetric:
            return False
        shape, tensors = self.shape(node), [arg for arg in args if self.shape(arg)]
        if self.builder.nodes[node][0] == POWER and self.builder.attrs[node] == 2 and args[0] in self.antisymmetric:
            return True
        return (
            len(shape) == 2
            and bool(tensors)
            and all(arg in self.symmetric and self.shape(arg) == shape for arg in tensors)
        )

    def shape(self, node: int) -> tuple[Any, ...]:
        """The shape of a node of the new graph."""
        return self.builder.shapes.get(node, ())

    def inner(self, node: int, code: int) -> int | None:
        """What an operation is applied to; None for any other operation."""
        own, *args = self.builder.nodes[node]
        return args[0] if own == code else None

    def number(self, value: Any) -> int:
        """The node of a constant."""
        return self.builder.constant(value)

    def contract(self, factors: Sequence[Factor], out: Letters) -> int:
        """A contraction node; a view of itself is itself."""
        if len(factors) == 1 and factors[0].letters == out:
            return factors[0].node
        if len(factors) == 1 and factors[0].node in self.symmetric and out == factors[0].letters[::-1]:
            return factors[0].node
        sizes = {k: self.indices.lengths[k] for k in out}
        p = lettered([f.letters for f in factors], out, sizes)
        return self.add(CONTRACT, [f.node for f in factors], p)

    def plain_number(self, node: int) -> Any:
        """The exact number that a node is, repeated or not; None for any other."""
        code, *args = self.builder.nodes[node]
        if code == CONTRACT and len(args) == 1 and not self.shape(args[0]):
            code, node = self.builder.nodes[args[0]][0], args[0]
        value = self.builder.attrs.get(node) if code == CONST else None
        return value if type(value) in (int, Fraction) else None

    def length(self, letter: int) -> int:
        """The length of an index as a number, for choosing orders."""
        value = self.indices.lengths[letter]
        if type(value) is int:
            return value
        found = self.counted.get(value)
        if found is None:
            names = {symbol: self.sizes.get(symbol.name, USUAL_LENGTH) for symbol in value.free_symbols}
            found = self.counted[value] = max(1, int(value.subs(names)))
        return found

    def scaled(self, node: int, factor: Any) -> int:
        """A node times a number."""
        if factor == 1:
            return node
        if self.builder.nodes[node][0] == CONST:
            value = self.builder.attrs[node]
            if type(value) in (int, Fraction) or (type(value) is float and isfinite(value)):
                return self.number(value * factor)
        if factor == -1:
            return self.add(NEG, (node,))
        if type(factor) is Fraction and abs(factor.numerator) == 1:
            divided = self.add(DIV, (node, self.number(factor.denominator)))
            return divided if factor > 0 else self.add(NEG, (divided,))
        return self.add(MUL, (self.number(factor), node))

    def repeated(self, node: int, letters: Letters, out: Letters) -> int:
        """A node with its axes in the order of `out`, repeated along those it does not have."""
        return self.contract([Factor(node, letters)], out)

    def aligned(self, node: int, letters: Letters, out: Letters) -> int:
        """A node that broadcasts to `out`: axes in its order, of length 1 where they are missing behind the first."""
        if not letters:
            return node
        first = min(out.index(k) for k in letters)
        return self.contract(
            [Factor(node, letters)], tuple(k if k in letters else self.indices.new(1) for k in out[first:])
        )

    def unfolded(self, term: Term) -> Term:
        """The term with factors that are products themselves taken apart, within a bound: for comparing."""
        over, under, number = list(term.over), list(term.under), term.coefficient
        done: list[Factor] = []
        changed = False
        while over:
            factor = over.pop()
            parts = self._parts(factor) if len(over) + len(done) < UNFOLDED else None
            if parts is None:
                done.append(factor)
                continue
            more, below, scale = parts
            over += more
            under += below
            number, changed = number * scale, True
        if not changed:
            return term
        return Term(number, tuple(done), tuple(under), term.deltas, term.out)

    def _parts(self, factor: Factor) -> tuple[list[Factor], list[Factor], Any] | None:
        """What a factor is the product of: factors, divisors, a number; None for what is no product."""
        code, *args = self.builder.nodes[factor.node]
        if code not in COMPOSED:
            return None
        if code == CONST:
            value = self.builder.attrs[factor.node]
            return ([], [], value) if type(value) in (int, Fraction) else None
        if code == NEG:
            return [Factor(args[0], factor.letters)], [], -1
        if code == CONTRACT:
            p = self.builder.attrs[factor.node]
            if any(length != 1 for _, length in p.sizes):
                return None
            names = dict(zip(p.output, factor.letters, strict=True))
            for letter, length in p.lengths([self.shape(arg) for arg in args]).items():
                if letter not in names:
                    names[letter] = self.indices.new(length)
            return [Factor(arg, tuple(names[k] for k in part)) for arg, part in zip(args, p.inputs, strict=True)], [], 1
        if code in (MUL, DIV):
            shape, sides = self.shape(factor.node), []
            for arg in args:
                own = self.shape(arg)
                axes = zip(own, shape[len(shape) - len(own) :], factor.letters[len(shape) - len(own) :], strict=True)
                sides.append(Factor(arg, tuple([k if n == whole else self.indices.new(1) for n, whole, k in axes])))
            return (sides, [], 1) if code == MUL else (sides[:1], sides[1:], 1)
        if code == POWER and self.builder.attrs[factor.node] in (2, 3):
            return [Factor(args[0], factor.letters)] * self.builder.attrs[factor.node], [], 1
        return None

    def key(self, term: Term, ordered: bool) -> tuple[tuple[Any, ...], Letters]:
        """The canonical form of a product."""
        return canonical(term, ordered, self.symmetric)
