"""A running bound of the rounding error of results, written as a graph behind that of the values.

The bound of a node is e = Σ |partial in argument k|·e_k + ulps·ε·|value| + ulps·2⁻¹⁰⁷⁴: what the errors of its
arguments come to, to first order, and what the operation itself rounds. Wilkinson, *Error analysis revisited*, IMA
Bulletin 22 (1986); Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd edition, section 3.3. The last term is
that of results below 2.2e-308, which have fewer digits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from edgewise.errors import DifferentiationError
from edgewise.graph import Builder, Returns, Tape, for_scalars
from edgewise.lower.formulas import written_out
from edgewise.ops import CONST, INPUT, OPS, Op, Template, number_key, op_of_code, template_of

__all__ = ["SUFFIX", "ULPS", "with_bounds"]

SUFFIX: Final = "_bound"
"""What is put behind the name of a result for that of its bound."""

_EXACT: Final = "neg abs sign min max clip relu heaviside floor ceil round where".split()
_ROUNDED: Final = "add sub mul div sqrt".split()
_LIBM: Final = """power pow cbrt exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan atan2 hypot sinh cosh
tanh asinh acosh atanh mod""".split()

ULPS: Final[Mapping[str, float]] = {
    **dict.fromkeys(_EXACT, 0.0), **dict.fromkeys(_ROUNDED, 0.5), **dict.fromkeys(_LIBM, 4.0),
    **{name: 0.0 for name, op in OPS.items() if op.boolean},
}  # fmt: skip
"""The most that an operation rounds by, in units of the last place: none, IEEE 754's half, and what the mathematical
functions of C libraries, NumPy and JavaScript keep to. Others have OTHERS."""

OTHERS, OF_AN_ORDER = 16.0, 512.0
"""The same of special functions, of those of an order, as Bessel's, and of the user's own; and by how much their
arguments may seem to be off. SciPy's K of order 1/3 is off by 171 units at 1.98."""

_UNIT: Final = 2.0**-52 * (1 + 2.0**-20)  # a little more: the bound is computed with rounding too
_SMALLEST: Final = 2.0**-1074


def with_bounds(
    tape: Tape, results: Sequence[Returns], roles: Mapping[int, str]
) -> tuple[Tape, list[Returns], Mapping[int, str]]:
    """The graph with the bounds of some results behind it: results named value_bound, … come after the others.

    Time and size: linear. Inputs are taken to be exact; conditions are taken to be as they are computed. Raises
    UnsupportedError for a graph of tensors, and DifferentiationError for a partial that a row refuses.
    """
    tape, results, roles = written_out(for_scalars(tape, "error_bound=True"), results, roles)
    bounds = _Bounds(tape, [node for result in results for node in result.nodes])
    found = [
        Returns(f"{result.name}{SUFFIX}", tuple(map(bounds.of_result, result.nodes)), result.layout)
        for result in results
    ]
    made = bounds.builder.whole(tape.outputs, tape.layout)
    return made, [*results, *found], roles


def _off(number: Any) -> float:
    """At least how far the nearest double is from a number: 0 where it is one."""
    if isinstance(number, float) or (isinstance(number, (int, Fraction)) and Fraction(float(number)) == number):
        return 0.0
    return abs(float(number)) * _UNIT / 2


class _Bounds:
    """The nodes of the bounds: `bound[i]` is that of node i, absent where it has no error."""

    def __init__(self, tape: Tape, roots: Sequence[int]) -> None:
        self.tape, self.builder = tape, Builder.of(tape)
        self.known: dict[Any, int] = {self._key(tape.op(i), args, tape.attrs.get(i)): i for i, _, args in tape.rows()}
        self.bound: dict[int, int] = {}
        self.unsure: dict[int, int] = {}  # truths that rounding may turn, and the condition under which it may
        live = tape.live(roots)
        for i, code, args in tape.rows():
            if not live[i] or code == INPUT:
                continue
            terms = self._of_constant(i) if code == CONST else self._terms(i, tape.op(i), args)
            known = [term for term in terms if term is not None]
            if known:
                self.bound[i] = self._sum(known)

    def of_result(self, node: int) -> int:
        found = self.bound.get(node)
        return self.builder.constant(0.0) if found is None else found

    # --- what is added up ---------------------------------------------------------------------------------------

    def _of_constant(self, node: int) -> list[int | None]:
        error = _off(self.tape.attrs[node])
        return [self.builder.constant(error)] if error else []

    def _terms(self, node: int, op: Op, args: Sequence[int]) -> list[int | None]:
        errors = [self.bound.get(j) for j in args]
        if op.boolean:
            self._turning(node, op, args, errors)
            return []
        if op.selects:
            return [self._of_branches(op, args, errors)]
        return [*self._handed_on(node, op, args, errors), *self._own(node, op, args)]

    def _turning(self, node: int, op: Op, args: Sequence[int], errors: Sequence[int | None]) -> None:
        """Note under which condition rounding may turn a truth: where what is compared is no further apart."""
        unsure = [self.unsure[j] for j in args if j in self.unsure]
        if op.arity == 2 and any(error is not None for error in errors):
            apart = self._size(self._call(OPS["sub"], args))
            near = self._sum([error for error in errors if error is not None])
            unsure.append(self._call(OPS["le"], [apart, near]))
        for other in unsure:
            known = self.unsure.get(node)
            self.unsure[node] = other if known is None else self._call(OPS["or"], [known, other])

    def _of_branches(self, op: Op, args: Sequence[int], errors: Sequence[int | None]) -> int | None:
        """The bound of the branch that is selected, and of either one where rounding may turn the condition."""
        condition, *branches = args
        yes, no = (self._zero() if error is None else error for error in errors[1:])
        chosen = yes if yes == no else self._call(op, [condition, yes, no])
        if condition in self.unsure:
            apart = self._size(self._call(OPS["sub"], branches))
            either = self._sum([apart, chosen if yes == no else self._call(OPS["max"], [yes, no])])
            return self._call(op, [self.unsure[condition], either, chosen])
        return None if self._number(chosen) == 0 else chosen

    def _handed_on(self, node: int, op: Op, args: Sequence[int], errors: Sequence[int | None]) -> list[int | None]:
        """What the errors of the arguments come to."""
        if all(error is None for error in errors):
            return []
        if op.arity == 1 and op.partials[0] is None:  # a step: it rises by what it does within the error
            ends = [self._call(OPS[name], [args[0], errors[0]]) for name in ("add", "sub") if errors[0] is not None]
            upper, lower = (self._call(op, [end]) for end in ends)
            return [self._size(self._call(OPS["sub"], [upper, lower]))]
        if ULPS.get(op.name) == 0 and op.arity > 1:  # one of several arguments, whichever it is
            largest = next(error for error in errors if error is not None)
            for error in errors:
                if error is not None and error != largest:
                    largest = self._call(OPS["max"], [largest, error])
            return [largest]
        terms: list[int | None] = []
        for k, error in enumerate(errors):
            template = None if error is None else template_of(op, k, self.tape.attrs.get(node))
            if error is None or template is None:
                continue
            if template.refusal:
                raise DifferentiationError(
                    f"the bound of {op.name} needs its derivative in {op.args[k]}: {template.refusal}",
                    hint=f"let {op.args[k]} be a number",
                    line=self.tape.line(node),
                )
            terms.append(self._times(template, node, args, error))
        return terms

    def _times(self, template: Template, node: int, args: Sequence[int], error: int) -> int:
        """An error times the size of a partial. Where nothing is wrong, an infinite slope makes nothing of it."""
        partial = template.write(args, self.builder.constant, self._call, node)
        size = self._size(partial)
        if self._number(size) == 1:
            return error
        row = self.tape.op(node)
        if row.bounded and not row.domain:  # sin and its like: an error of their argument may be as long as a wave
            size = self._call(OPS["add"], [size, error])
        product = self._call(OPS["mul"], [size, error])
        if any(self._number(each) is not None for each in (size, error)):
            return product
        if all(row.finite for row, _, _ in template.nodes):
            return product
        zero = self._zero()
        return self._call(OPS["where"], [self._call(OPS["eq"], [error, zero]), zero, product])

    def _own(self, node: int, op: Op, args: Sequence[int]) -> list[int | None]:
        """What the operation rounds by itself."""
        ulps = ULPS.get(op.name)
        if ulps is None:
            return self._of_others(node, op, args)
        if not ulps:
            return []
        smallest = self.builder.constant(max(ulps, 1.0) * _SMALLEST)
        if op.name in ("add", "sub"):
            return [self._scaled(node, ulps)]
        exact = (op.name == "mul" and any(map(self._shifts, args))) or (op.name == "div" and self._shifts(args[1]))
        own = [] if exact else [self._scaled(node, ulps)]
        return [*own, smallest, self._of_exponent(node, args[0]) if op.real_parameter else None]

    def _of_others(self, node: int, op: Op, args: Sequence[int]) -> list[int | None]:
        """Of the value, and of what an argument that is as far off comes to: beside zeros few digits are right."""
        ulps = OF_AN_ORDER if op.parameter else OTHERS
        units = [self._scaled(arg, ulps) for arg in args]
        templates = [template_of(op, k, self.tape.attrs.get(node)) for k in range(op.arity)]
        terms: list[int | None] = [self._scaled(node, ulps), self.builder.constant(ulps * _SMALLEST)]
        return terms + [
            self._times(template, node, args, unit)
            for template, unit in zip(templates, units, strict=True)
            if template is not None and not template.refusal
        ]

    def _of_exponent(self, node: int, base: int) -> int | None:
        """What an exponent that is no double comes to: |value · log base| times its error."""
        error = _off(self.tape.attrs[node])
        if not error:
            return None
        log = self._size(self._call(OPS["log"], [self._size(base)]))
        return self._call(OPS["mul"], [self._call(OPS["mul"], [self._size(node), log]), self.builder.constant(error)])

    def _scaled(self, node: int, ulps: float) -> int:
        return self._call(OPS["mul"], [self._size(node), self.builder.constant(ulps * _UNIT)])

    def _shifts(self, node: int) -> bool:
        """Whether a product with a node is exact: it is a power of two, or 0 or 1."""
        value = self.tape.attrs.get(node) if self.tape.ops[node] == CONST else None
        if isinstance(value, (int, float, Fraction)) and value and math.isfinite(value):
            return bool(abs(math.frexp(value)[0]) == 0.5 and Fraction(float(value)) == value)
        return bool(self.tape.op(node).boolean)

    # --- writing ------------------------------------------------------------------------------------------------

    def _key(self, op: Op, args: Sequence[int], parameter: Any) -> Any:
        return op, tuple(args), None if parameter is None else number_key(parameter)

    def _call(self, op: Op, args: Sequence[int], parameter: Any = None) -> int:
        key = self._key(op, args, parameter)
        if key not in self.known:
            self.known[key] = self.builder.add(self.builder.code(op), args, parameter)
        return self.known[key]

    def _number(self, node: int) -> Any:
        return self.builder.attrs[node] if self.builder.nodes[node][0] == CONST else None

    def _zero(self) -> int:
        return self.builder.constant(0)

    def _size(self, node: int) -> int:
        """The absolute value, of a number and of what is positive itself."""
        value = self._number(node)
        if value is not None:
            return self.builder.constant(abs(value) if isinstance(value, (int, Fraction)) else abs(float(value)))
        code = int(self.builder.nodes[node][0])
        if op_of_code(code, tuple(self.builder.custom)).range in ("positive", "nonnegative"):
            return node
        return self._call(OPS["abs"], [node])

    def _sum(self, terms: Sequence[int]) -> int:
        total = terms[0]
        for term in terms[1:]:
            total = self._call(OPS["add"], [total, term])
        return total
