"""What is known of a formula is computed: operations on numbers, exactly where they are exact, and its coefficients."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, Final

import numpy as np
import sympy as sp

from edgewise.algebra.joined import declared, frozen
from edgewise.errors import UnsupportedError
from edgewise.frontends.sympy.reader import number_of
from edgewise.graph import Builder, Tape
from edgewise.ops import CODE, CONST, INPUT, Number, Op, TensorOp, fold_exact
from edgewise.write.sympy import Writer
from edgewise.write.sympy_operations import sympy_number

__all__ = ["Known", "with_known_values"]

ADD, SUB, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))

SHORT: Final = 6
"""The largest expression of constants, in nodes, that SymPy is asked for a function of, as pi/3 in cos(pi/3): of
functions of functions it looks for a value for minutes.
"""

BITS: Final = 1023
"""The most bits of a number that is written."""

SPINE: Final = 8
"""How many factors of a product are written again behind another number in front."""

PROBES: Final = (0.7364821, -1.9130465, 2.6180339, 1e-300, 1e300, -1e300)
"""Numbers at which it is seen that an operation does nothing, or is 0: no operation that does more agrees at all."""


def with_known_values(tape: Tape) -> Tape:
    """The graph with all operations on numbers computed, exactly where they are exact; tensors stay.

    sin(0) is 0, sqrt(4) is 2, cos(pi) is -1 and sin(0.5) a double; sin(2) has no exact value, and stays what it is. A
    product with the number 0 is 0, as SymPy has it and as holds for finite reals; 1 is no factor and 0 no term. What
    selects by a known condition is what it selects, and a product has one coefficient. Linear.

    >>> from edgewise import parse
    >>> from edgewise.graph import whole_text
    >>> texts = ("x + cos(pi)*y/4", "2*x*(3*y) + 0*z", "sin(2) + 1/3*x")
    >>> [whole_text(tape, tape.outputs) for tape in (with_known_values(parse(text).tape) for text in texts)]
    ['x - y/4', '6*x*y', 'sin(2) + x/3']
    """
    known = Known(tape)
    for node, code, args in tape.rows():
        if node not in known.new:
            known.write(node, code, args)
    builder, outputs = known.builder, [known.node(node) for node in tape.outputs]
    # A name is of a value: it goes with it, unless that has become a number or somebody else's.
    taken = set(builder.inputs.values())
    for node, label in tape.labels.items():
        if node not in known.number and (made := known.node(node)) not in taken:
            builder.labels.setdefault(made, label)
    return frozen(builder, outputs, tape.layout, [parameter.name for parameter in tape.parameters])


class Known:
    """The graph that is written: for each node of the first a number, or a coefficient and the node that it is of."""

    def __init__(self, tape: Tape) -> None:
        self.tape, self.builder, self.sympy = tape, Builder.like(tape), Writer(tape, [])
        self.new = dict(zip(tape.inputs, declared(self.builder, tape), strict=True))
        self.number: dict[int, Number] = {}
        self.double: dict[int, float] = {}  # of all that is made of constants
        self.rounded: set[int] = set()  # of these, what some double is part of
        self.factor: dict[int, Number] = {}
        self.made: dict[int, int] = {}
        self.factors: dict[int, list[int]] = {}  # of products that one node reads, which may be a longer one
        self.readers = np.bincount(tape.args, minlength=len(tape)).tolist()

    def node(self, node: int) -> int:
        """What a node of the first graph is here."""
        if node in self.number:
            return self.builder.constant(self.number[node])
        factor = self.factor.get(node, 1)
        if factor == 1:
            return self.new[node]
        if node not in self.made:
            self.made[node] = self.times(factor, self.new[node])
        return self.made[node]

    def times(self, factor: Number, node: int) -> int:
        """So many times a node: 2*x, -x, x/3, 2*x*y/3. The number stands in front of a product, as people write it."""
        above, below = factor.as_integer_ratio() if isinstance(factor, (int, Fraction)) else (factor, 1)
        spine: list[tuple[int, int]] = []
        add = self.builder.add
        while above not in (1, -1) and len(spine) < SPINE and self.builder.nodes[node][0] in (MUL, DIV):
            code, node, second = self.builder.nodes[node]
            spine.append((code, second))
        if above == -1:
            node = add(NEG, (node,))
        elif above != 1:
            node = add(MUL, (self.builder.constant(above), node))
        for code, second in reversed(spine):
            node = add(code, (node, second))
        return node if below == 1 else add(DIV, (node, self.builder.constant(below)))

    def write(self, node: int, code: int, args: Sequence[int]) -> None:
        """A node whose arguments are written."""
        attr: Any = self.tape.attrs.get(node)
        if code == CONST:
            self.is_number(node, attr)
            return
        op = self.tape.op_of_code(code)
        if isinstance(op, TensorOp) or node in self.tape.shapes:
            self.new[node] = self.builder.add(self.builder.code(op), [self.node(j) for j in args], attr)
            return
        given = [self.number.get(j) for j in args]
        value = self.value(node, op, args) if all(j in self.double for j in args) else None
        if value is not None:
            self.is_number(node, value)
        elif None in given and (same := _passed_on(op, given, attr)) is not None:
            self.is_argument(node, args[same])
        elif None in given and _vanishes(op, given):
            self.is_number(node, 0)
        elif not self.with_factor(node, code, args):
            self.new[node] = self.builder.add(self.builder.code(op), [self.node(j) for j in args], attr)

    def is_number(self, node: int, value: Number) -> None:
        """A node that is a number."""
        self.number[node], self.double[node] = value, _float(value)
        if type(value) is float:
            self.rounded.add(node)
        else:
            self.sympy.known[node] = sympy_number(value)
            self.sympy.note(node, value)

    def is_argument(self, node: int, argument: int) -> None:
        """A node that is its argument."""
        if argument in self.number:
            self.is_number(node, self.number[argument])
            return
        self.new[node], self.factor[node] = self.new[argument], self.factor.get(argument, 1)

    def product(self, node: int, args: Sequence[int]) -> int:
        """A product in the order of people: pi and products, then inputs and their powers, then functions."""
        factors = [factor for j in args for factor in self.factors.get(j, [self.new[j]])]
        if len(factors) > SPINE:
            factors = [self.new[j] for j in args]
        else:
            factors.sort(key=self.place)
            if self.readers[node] == 1 and node not in self.tape.labels:
                self.factors[node] = factors
        return reduce(lambda product, factor: self.builder.add(MUL, (product, factor)), factors)

    def place(self, factor: int) -> tuple[int, int]:
        """Where a factor stands in a product."""
        code, *args = self.builder.nodes[factor]
        base = args[0] if code == POWER else factor
        leaf = self.builder.nodes[base][0]
        if leaf == CONST or code in (MUL, DIV):
            return 0, 0
        return (1, base) if leaf == INPUT else (2, 0)

    def value(self, node: int, op: Op, args: Sequence[int]) -> Number | None:
        """The value of an operation on constants; None where it is no number that can be written, as sqrt(2) is none.

        What is exact SymPy says: it knows more such values than there is a reason to write down again.
        """
        parameter, sympy = self.tape.attrs.get(node), self.sympy
        self.double[node] = _double(op, [self.double[j] for j in args], parameter)
        if type(parameter) is float or any(j in self.rounded for j in args):
            self.rounded.add(node)
            value = self.double[node]
            return bool(value) if op.boolean else value if math.isfinite(value) else None
        if not all(j in sympy.known and sympy.size[j] <= SHORT for j in args):
            return None
        try:
            sympy.write(node, int(self.tape.ops[node]), args)
        except UnsupportedError:
            return None
        found = sympy.known[node]
        if getattr(found, "is_Boolean", False):
            return bool(found) if found in (True, False) else None
        # What no double is as large as stays an operation, which overflows where it is computed.
        short = found.is_Rational and max(abs(found.p), found.q) >> BITS == 0
        return number_of(found) if short or found in (sp.pi, sp.E) else None

    def with_factor(self, node: int, code: int, args: Sequence[int]) -> bool:
        """Write a product, quotient or sum of terms with coefficients; False of anything else."""
        known = [self.number.get(j) for j in args]
        if any(isinstance(value, float | bool) or not _is_number(value) for value in known if value is not None):
            return False
        factors = [self.factor.get(j, 1) if value is None else value for j, value in zip(args, known, strict=True)]
        parts = [self.new[j] for j, value in zip(args, known, strict=True) if value is None]
        if code == NEG and parts:
            self.new[node], self.factor[node] = parts[0], -factors[0]  # type: ignore[operator]
        elif code in (MUL, DIV) and parts and not (code == DIV and known[0] is not None):
            ratio = fold_exact("mul" if code == MUL else "div", factors)
            if ratio is None:
                return False
            if len(parts) == 1:
                self.new[node] = parts[0]
            else:
                self.new[node] = self.product(node, args) if code == MUL else self.builder.add(code, parts)
            self.factor[node] = ratio
        elif code in (ADD, SUB) and known[1] is None and _is_negative(factors[1]):
            opposite = self.times(-factors[1], parts[-1])  # type: ignore[operator]
            self.new[node] = self.builder.add(SUB if code == ADD else ADD, (self.node(args[0]), opposite))
        else:
            return False
        return True


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def _is_negative(value: Any) -> bool:
    return _is_number(value) and value < 0


def _double(op: Op, values: Sequence[float], parameter: Any) -> float:
    with np.errstate(all="ignore"):
        return float(op.value(*values, parameter) if op.parameter else op.value(*values))


def _passed_on(op: Op, given: Sequence[Number | None], parameter: Any) -> int | None:
    """The argument that an operation with some known arguments is: of x + 0, 1*x and x**1, or of a selection."""
    if op.selects and given[0] is not None:
        return 1 if given[0] else 2
    unknown = [k for k, value in enumerate(given) if value is None]
    whole = all(type(value) is int for value in given if value is not None)  # 1e-20 is not nothing
    if len(unknown) != 1 or len(given) > 2 or op.custom or not whole or type(parameter or 0) is not int:
        return None
    return unknown[0] if all(_at(op, given, probe, parameter) == probe for probe in PROBES) else None


def _vanishes(op: Op, given: Sequence[Number | None]) -> bool:
    """Whether an operation is 0 because of the number 0 among its arguments: 0*x and 0/x."""
    exact = len(given) == 2 and any(type(value) is int and value == 0 for value in given)
    return exact and not op.custom and all(_at(op, given, probe, None) == 0.0 for probe in PROBES)


def _at(op: Op, given: Sequence[Number | None], probe: float, parameter: Any) -> Any:
    """The value with a number in the place of what is not known."""
    numbers = [probe if value is None else _float(value) for value in given]
    with np.errstate(all="ignore"):
        return op.value(*numbers, *([parameter] if op.parameter else []))


def _float(value: Number) -> float:
    try:
        return float(value)
    except OverflowError:  # an integer beyond all doubles
        return math.inf if value > 0 else -math.inf  # type: ignore[operator]
