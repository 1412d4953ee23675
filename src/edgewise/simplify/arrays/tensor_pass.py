"""Simplification of tensor graphs: everything linear goes into index notation and comes back as few products.

One pass over the numbers. A node that is a sum of products (of the operations +, -, *, /, integer powers and
contractions) is kept as terms until somebody needs its value; there identities have vanished, transposes have met and
cancelled, sums over what was repeated have become factors, and like terms have been added up. Every other operation
takes values. What two nodes read is made once; what one node reads is made where it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any, Final

from edgewise.ops import CODE, CONST, FIRST_TENSOR, INPUT, TENSOR_CODE, Contraction
from edgewise.simplify.arrays.lazy_forms import TERMS, Lazy
from edgewise.simplify.arrays.matrix_pairs import ADJUGATE
from edgewise.simplify.arrays.terms import Factor, Letters, Term, quotient
from edgewise.simplify.arrays.triangles import MIRRORED, SOLVE_TRIANGULAR, Triangles
from edgewise.simplify.scalars.constants import RANGE, exponent

__all__ = ["TensorPass"]

LEAST: Final = Fraction(1, 2**64)
"""A smaller number stays inside a sum: in front of it what it keeps in range might overflow."""

_MULTIPLY: Final = frozenset([CODE[name] for name in ("mul", "div", "power")] + [TENSOR_CODE["contract"]])


class TensorPass(Triangles):
    """The pass over one graph: `run` goes up the numbers, `value` gives the new node of an old one."""

    def run(self, on_progress: Callable[[int], None], keeps: bool) -> bool:
        """Up the numbers; `on_progress` is told where it stands. Whether it was interrupted (Ctrl-C).

        With `keeps` an interrupt does not end it: what is left is written as it stands.
        """
        handlers: dict[int, Callable[[int, list[int], Any], Lazy | None]] = {
            CODE["add"]: self.add, CODE["sub"]: self.sub, CODE["neg"]: self.neg, CODE["mul"]: self.mul,
            CODE["div"]: self.div, CODE["power"]: self.power, TENSOR_CODE["contract"]: self.contract,
            TENSOR_CODE["eye"]: self.eye, TENSOR_CODE["size"]: self.size, TENSOR_CODE["solve"]: self.solve,
            TENSOR_CODE["inv"]: self.inv, ADJUGATE: self.adjugate, TENSOR_CODE["reshape"]: self.reshape,
            SOLVE_TRIANGULAR: self.solve_triangular, MIRRORED: self.mirrored,
            CODE["where"]: self.where, TENSOR_CODE["radial"]: self.radial,
        }  # fmt: skip
        tape, live, interrupted = self.tape, self.live.tolist(), False
        for old, code, args in tape.rows():
            if not live[old] or code == INPUT:
                continue
            on_progress(old)
            try:
                self._settled(old, args, handlers.get(code))
            except KeyboardInterrupt:
                if not keeps:
                    raise
                handlers, interrupted = {}, True
                self._settled(old, args, None)
        return interrupted

    def _settled(self, old: int, args: list[int], handler: Callable[[int, list[int], Any], Lazy | None] | None) -> None:
        """Give a node its form, by its handler where that knows one."""
        tape, code, attr = self.tape, int(self.tape.ops[old]), self.tape.attrs.get(old)
        if code == CONST:
            # An infinity is no coefficient: it is not gathered, cancelled or folded.
            plain = type(attr) in (int, Fraction) or (type(attr) is float and isfinite(attr))
            self.lazy[old] = self.number(_exact(attr)) if plain else self.atom(self.emit.number(attr))
            return
        if handler and code in _MULTIPLY:
            sizes = [max((exponent(term.coefficient) for term in self.lazy[j].terms), default=0) for j in args]
            if sum(sizes) * (abs(float(attr or 0)) if code == CODE["power"] else 1) > RANGE:
                for j in args:  # no double may hold the product of their numbers
                    self.lazy[j] = self.atom(self.value(j))
        if isinstance(attr, Contraction) and attr.summed:
            for j in args:
                if any(map(self._shrinks, self.lazy[j].terms)):
                    self.lazy[j] = self.atom(self.value(j))
        form = handler(old, args, attr) if handler else None
        if form is None:
            form = self.other(code, args, attr, tape.shape(old))
        if any(term.coefficient == 0 and not term.is_number for term in form.terms):
            form = Lazy(tuple(term for term in form.terms if term.coefficient != 0), form.out)
        self.settle(old, form)

    def _shrinks(self, term: Term) -> bool:
        """Whether a number makes a term so small that it does not stand in front of a sum."""
        builder = self.emit.builder
        size: Any = abs(term.coefficient)
        below = [float(builder.attrs[f.node]) for f in term.under if builder.nodes[f.node][0] == CONST]
        return 0 < size < LEAST or any(abs(number) > 1 / LEAST for number in below)

    def other(self, code: int, args: list[int], attr: Any, shape: Sequence[Any]) -> Lazy:
        """An operation on values. A function of one tensor is taken before its axes are permuted or repeated."""
        op: Any = self.tape.op_of_code(code)
        linear = () if code < FIRST_TENSOR else args if op.variadic else [args[k] for k in op.linear]
        if linear and all(map(self._zero, linear)):
            return Lazy((), self.indices.for_shape(shape))
        if len(linear) == 1 and not any(term.deltas for term in self.lazy[linear[0]].terms):
            # Numbers and dimensions of what it is linear in stay outside.
            self.make(linear[0])
            (inner,) = self.lazy[linear[0]].terms
            if (inner.coefficient != 1 or inner.under) and all(f.letters == () for f in inner.under):
                nodes = [inner.over[0].node if j == linear[0] else self.value(j) for j in args]
                made = self.emit.add(self._code(code), nodes, attr)
                out = self.indices.for_shape(shape)
                return Lazy((Term(inner.coefficient, (Factor(made, out),), inner.under, (), out),), out)
        if code < FIRST_TENSOR and len(args) == 1:
            (term, *more), out = self.lazy[args[0]].terms or (None,), self.lazy[args[0]].out
            if term is not None and not more and term.is_view and term.coefficient == 1:
                node = self.emit.add(self._code(code), (term.over[0].node,), attr)
                return Lazy((Term(1, (Factor(node, term.over[0].letters),), (), (), out),), out)
        if code < FIRST_TENSOR:
            made = self.emit.add(self._code(code), [self.operand(j) for j in args], attr)
            if self.emit.shape(made) == tuple(shape):
                return self.atom(made)
        return self.atom(self.emit.add(self._code(code), [self.value(j) for j in args], attr))

    def operand(self, old: int) -> int:
        """The value of an operand that broadcasts: without axes of length 1 in front."""
        form, lengths = self.lazy[old], self.indices.lengths
        lead = next((k for k, letter in enumerate(form.out) if lengths[letter] != 1), len(form.out))
        if not lead or old in self.nodes:
            return self.value(old)
        axes = [None if k < lead else letter for k, letter in enumerate(form.out)]
        return self.emit.whole([self.indices.read(term, axes) for term in form.terms], form.out[lead:])

    def _code(self, code: int) -> int:
        return self.emit.builder.code(self.tape.op_of_code(code))

    def _common(self, old: int) -> Letters:
        return self.indices.for_shape(self.tape.shape(old))

    def add(self, old: int, args: list[int], attr: Any, sign: int = 1) -> Lazy:
        out = self._common(old)
        left = [self._spread(term, out) for term in self.read(args[0], out)]
        right = [self._spread(term.scaled(sign), out) for term in self.read(args[1], out)]
        return Lazy(tuple(self.emit.collected([*left, *right])), out)

    def _spread(self, term: Term, out: Letters) -> Term:
        """The term over all indices of the result."""
        return term if term.out == out else Term(term.coefficient, term.over, term.under, term.deltas, out)

    def sub(self, old: int, args: list[int], attr: Any) -> Lazy:
        return self.add(old, args, attr, -1)

    def neg(self, old: int, args: list[int], attr: Any) -> Lazy:
        form = self.lazy[args[0]]
        return Lazy(tuple(term.scaled(-1) for term in form.terms), form.out)

    def mul(self, old: int, args: list[int], attr: Any) -> Lazy:
        out = self._common(old)
        for one, two in (args, args[::-1]):
            number = self.lazy[one].terms
            if len(number) == 1 and number[0].is_number:
                terms = [self._spread(t.scaled(number[0].coefficient), out) for t in self.read(two, out)]
                return Lazy(tuple(terms), out)
        return self.products([(j, out) for j in args], out, ())

    def div(self, old: int, args: list[int], attr: Any) -> Lazy | None:
        top, bottom = args
        if self._zero(bottom) or (self._zero(top) and not self._never_zero(bottom)):
            return None  # it may be NaN: as it stands
        out = self._common(old)
        divisor = self.lazy[bottom].terms
        number = divisor[0].coefficient if len(divisor) == 1 and divisor[0].is_number else 0
        if number and type(number) is not float:
            scale = Fraction(1) / number
            return Lazy(tuple(self._spread(t.scaled(scale), out) for t in self.read(top, out)), out)
        if not (len(divisor) == 1 and divisor[0].is_view):
            self.make(bottom)
        (below,) = self.read(bottom, out)
        if any(f.letters for f in below.over):
            self.few(top, spread=False)
        made = []
        for t in self.read(top, out):
            number = quotient(t.coefficient, below.coefficient)
            made.append(self.reduced(Term(number, (*t.over, *below.under), (*t.under, *below.over), t.deltas, out)))
        return Lazy(tuple(made), out)

    def power(self, old: int, args: list[int], attr: Any) -> Lazy | None:
        (base,) = args
        if attr == 1:
            return self.lazy[base]
        if attr not in (-1, 2, 3) or type(attr) is not int:
            return None
        form = self.lazy[base]
        if not form.terms and attr > 0:
            return form
        if len(form.terms) != 1 or not form.terms[0].is_view:
            self.make(base)
        out = self._common(old)
        if attr > 0:
            return self.products([(base, out)] * attr, out, ())
        (below,) = self.read(base, out)
        return Lazy((Term(quotient(1, below.coefficient), below.under, below.over, (), out),), out)

    def contract(self, old: int, args: list[int], p: Contraction) -> Lazy:
        lengths = p.lengths([self.tape.shape(j) for j in args])
        names = {letter: self.indices.new(length) for letter, length in lengths.items()}
        out = tuple(names[letter] for letter in p.output)
        summed = [names[letter] for letter in p.summed]
        reads = [(j, tuple(names[letter] for letter in part)) for j, part in zip(args, p.inputs, strict=True)]
        return self.products(reads, out, summed, free=len(args) == 1 and not summed)

    def products(
        self, reads: Sequence[tuple[int, Letters]], out: Letters, summed: Sequence[int], *, free: bool = False
    ) -> Lazy:
        """The product of nodes read with given indices, multiplied out over terms with identities."""
        sums = [old for old, _ in reads if len(self.lazy[old].terms) > 1]
        # A scalar times a sum is a sum of multiples: what all terms have in common is found again when it is made.
        scalars = (
            not summed
            and len(sums) == 1
            and all(
                old in sums
                or (
                    not any(f.letters for t in self.lazy[old].terms for f in (*t.over, *t.under))
                    and not any(t.deltas for t in self.lazy[old].terms)
                )
                for old, _ in reads
            )
        )
        met = not free and not scalars and self._meet(reads, out, summed)
        if not free and not scalars and not met and not self._pair_off(reads, out, summed):
            for old, _ in reads:
                self.few(old, spread=bool(summed) and len(reads) == 1)
        forms: list[list[Term]] = [[]]
        for old, letters in reads:
            terms = self.read(old, letters)
            if len(forms) * len(terms) > TERMS:
                self.make(old)
                terms = self.read(old, letters)
            forms = [[*chosen, term] for chosen in forms for term in terms]
        made = []
        for chosen in forms:
            term, lengths = self.indices.times(chosen, out, summed)
            if any(t.deltas for t in chosen) and not term.deltas:
                self.emit.note("identity matrix multiplied")
            term, more = self.paired(term)
            term = self.times_lengths(term, (*lengths, *more))
            if self.emit.vanishes(term):
                self.emit.note("sum of deviations from the mean")
                continue
            made.append(self.reduced(term))
        return Lazy(tuple(self.emit.collected(made)) if met else tuple(t for t in made if t.coefficient != 0), out)

    def _meet(self, reads: Sequence[tuple[int, Letters]], out: Letters, summed: Sequence[int]) -> bool:
        """Whether the terms of a sum, as A + A', become one when they are multiplied with the rest, x'(A + A')x."""
        sums = [(old, letters) for old, letters in reads if len(self.lazy[old].terms) > 1]
        if not summed or len(sums) != 1 or any(not self.lazy[old].terms for old, _ in reads):
            return False
        ((old, letters),) = sums
        if len({self.emit.fingerprint(term) for term in self.lazy[old].terms}) > 1:
            return False
        rest = [self.read(j, own)[0] for j, own in reads if j != old]
        if len(rest) + 1 < len(reads) or any(term.deltas for term in self.lazy[old].terms):
            return False
        terms = [self.indices.times([term, *rest], out, summed)[0] for term in self.read(old, letters)]
        return len(self.emit.collected(terms)) == 1

    def _pair_off(self, reads: Sequence[tuple[int, Letters]], out: Letters, summed: Sequence[int]) -> bool:
        """Whether each term of a sum has a matrix that makes another vanish with which the sum is multiplied."""
        sums = [(old, letters) for old, letters in reads if len(self.lazy[old].terms) > 1]
        if not summed or len(sums) != 1 or any(not self.lazy[old].terms for old, _ in reads):
            return False
        ((old, letters),) = sums
        rest = [self.read(j, own)[0] for j, own in reads if j != old]
        terms = [term for term in self.read(old, letters) if not term.deltas]  # those with identities stay apart
        return all(self.pairs_off(self.indices.times([term, *rest], out, summed)[0]) for term in terms)

    def eye(self, old: int, args: list[int], length: Any) -> Lazy:
        a, b = self.indices.new(length), self.indices.new(length)
        return Lazy((Term(1, (), (), () if length == 1 else ((a, b),), (a, b)),), (a, b))

    def size(self, old: int, args: list[int], length: Any) -> Lazy:
        """A named length; a number that it is a multiple of is a coefficient, so that 2*sum(x)/(2*n) is a mean."""
        content, rest = length.as_content_primitive()
        node = self.emit.builder.size(rest)
        return Lazy((Term(_exact(Fraction(int(content.p), int(content.q))), (Factor(node, ()),), (), (), ()),), ())

    def where(self, old: int, args: list[int], attr: Any) -> Lazy | None:
        """A mask, one branch being 0, of a sum of products."""
        zero = [self._zero(j) for j in args[1:]]
        if not any(zero):
            return None
        out = self._common(old)
        if all(zero):
            return Lazy((), out)
        value = args[2] if zero[0] else args[1]
        terms = [self._spread(term, out) for term in self.read(value, out)]
        made = self.masked(self.value(args[0]), terms, out, kept=zero[1])
        return None if made is None else Lazy(tuple(made), out)

    def radial(self, old: int, args: list[int], axes: tuple[int, ...]) -> Lazy:
        """A length times the direction of a tensor."""
        out, x = self._common(old), self.value(args[0])
        own = out[len(out) - len(self.tape.shape(args[0])) :]
        around = tuple(k for n, k in enumerate(own) if n - len(own) not in axes)
        terms = self.read(args[1], (*out[: len(out) - len(own)], *around))
        return Lazy(tuple(self.directed(x, terms, own, out, axes)), out)

    def _never_zero(self, old: int) -> bool:
        """Whether a value is a number but 0, a dimension, or a function that is positive everywhere."""
        terms = self.lazy[old].terms
        return len(terms) == 1 and (terms[0].is_number or all(self._cancels(f.node) for f in terms[0].over))

    def _zero(self, old: int) -> bool:
        """Whether a value is known to be 0."""
        terms = self.lazy[old].terms
        return all(term.is_number and term.coefficient == 0 for term in terms)

    def inv(self, old: int, args: list[int], attr: Any) -> Lazy | None:
        """The inverse of a transpose is the transpose of the inverse, and of a multiple the inverse multiple."""
        form = self.lazy[args[0]]
        (term, *more) = form.terms or (None,)
        if term is None or more or not term.is_view or len(form.out) != 2 or len(term.over[0].letters) != 2:
            return None
        made = self.emit.add(TENSOR_CODE["inv"], (term.over[0].node,))
        return Lazy(
            (Term(quotient(1, term.coefficient), (Factor(made, term.over[0].letters),), (), (), form.out),), form.out
        )

    def adjugate(self, old: int, args: list[int], attr: Any) -> Lazy | None:
        """The adjugate of a product of square matrices is the product of their adjugates, the other way round."""
        (term, *more) = self.lazy[args[0]].terms or (None,)
        made = self.reversed_product(term, ADJUGATE) if term is not None and not more else None
        return made and Lazy((made,), made.out)

    def reshape(self, old: int, args: list[int], p: tuple[int, tuple[Any, ...]]) -> Lazy | None:
        """An identity matrix of which both axes are split alike is a product of identity matrices."""
        (term, *more) = self.lazy[args[0]].terms or (None,)
        lengths, half = p[1], len(p[1]) // 2
        if term is None or more or term.used or lengths[:half] != lengths[half:]:
            return None
        if p[0] != 2 or [set(pair) for pair in term.deltas] != [set(term.out)]:  # one identity, and no axis beside it
            return None
        rows, columns = self.indices.for_shape(lengths[:half]), self.indices.for_shape(lengths[half:])
        pairs = tuple((a, b) for a, b in zip(rows, columns, strict=True) if self.indices.lengths[a] != 1)
        return Lazy((Term(term.coefficient, (), (), pairs, (*rows, *columns)),), (*rows, *columns))

    def solve(self, old: int, args: list[int], rank: int) -> Lazy | None:
        """inv(a) times b in index notation; what remains a product with an inverse is written as solve again."""
        matrix = self.tape.shape(args[0])
        if len(matrix) != 2:
            return None
        self.lazy[old] = self.inv(old, args[:1], None) or self.atom(
            self.emit.add(TENSOR_CODE["inv"], (self.value(args[0]),))
        )
        (turned,) = self.lazy[old].terms
        out = self._common(old)
        inner, row = self.indices.new(matrix[0]), out[len(out) - rank]
        letters = (*out[: len(out) - rank], inner, *out[len(out) - rank + 1 :])
        left = self.indices.read(turned, (row, inner))
        terms = [self.indices.times([left, term], out, [inner])[0] for term in self.read(args[1], letters)]
        if len(terms) > 1 and not all(map(self.pairs_off, terms)):
            self.few(args[1], spread=False)
            terms = [self.indices.times([left, term], out, [inner])[0] for term in self.read(args[1], letters)]
        made = []
        for term, lengths in map(self.paired, terms):
            made.append(self.times_lengths(term, lengths))
        return Lazy(tuple(made), out)


def _exact(value: Any) -> Any:
    """A short binary fraction such as 0.5 as the fraction it is, so that it multiplies exactly."""
    if type(value) is Fraction and value.denominator == 1:
        return value.numerator
    if type(value) is not float:
        return value
    fraction = Fraction(value)
    short = abs(fraction.numerator) < 2**20 and fraction.denominator <= 1024
    if not short or (value == 0 and str(value) == "-0.0"):
        return value
    return fraction.numerator if fraction.denominator == 1 else fraction
