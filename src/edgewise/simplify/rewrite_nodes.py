"""The graph that the plain rewriter writes: equal nodes once, reads counted, signs proved, constants folded."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.graph import Builder, Tape
from edgewise.ops import (
    CODE,
    CONST,
    FIRST_TENSOR,
    INPUT,
    N_BUILTIN,
    TABLE,
    TENSOR_CODE,
    ArrayValue,
    Contraction,
    SymbolicConstant,
    broadcast,
    number_key,
    op_of_code,
)
from edgewise.simplify.scalars import signs
from edgewise.simplify.scalars.constants import folded, rounds
from edgewise.simplify.scalars.work_columns import ANY_SIGN, NEGATIVE, POSITIVE, SIGN_SETS, ZERO

__all__ = ["CONTRACT", "MUL", "PICKS", "POWER", "Nodes", "Shape"]

MUL, POWER = CODE["mul"], CODE["power"]
CONTRACT, ARRAY, INDEX, RESHAPE, UNINDEX = (
    TENSOR_CODE[name] for name in ("contract", "array", "index", "reshape", "unindex")
)

PICKS: Final = frozenset(TENSOR_CODE[name] for name in ("index", "take", "pick", "reshape"))
"""Operations that pass on entries of their first argument."""
_SAME: Final = PICKS | frozenset(TENSOR_CODE[name] for name in ("windows", "amax", "amin"))
"""Operations whose entries are entries of their argument."""
_PADDED: Final = frozenset(TENSOR_CODE[name] for name in ("unindex", "tril", "triu", "untake", "overlap", "cumsum"))
"""Operations whose entries are sums of their argument's, or zeros."""

Shape = tuple[Any, ...]


class Nodes:
    """A graph under construction, in which a rule can ask what a node is, who reads it, and what sign it has.

    `uses` counts what the live nodes written so far read of a node, and what old ones yet to come will.
    """

    def __init__(self, tape: Tape, exact: bool) -> None:
        self.exact = exact
        self.builder = builder = Builder.like(tape)
        self.nodes: list[tuple[int, ...]] = []
        self.attrs = builder.attrs
        self.uses: list[int] = []
        self._signs: list[int] = []
        self.shapes: list[Shape] = []
        self._promised: dict[int, int] = {}  # the signs of inputs
        self._known: dict[Any, int] = {}
        self.image: list[int] = [-1] * len(tape)
        for parameter, old in tape.by_parameter():
            if parameter.is_tensor:
                new = [builder.tensor(parameter.name, parameter.shape, parameter.kind)]
            else:
                new = [builder.input(tape.attrs[node], parameter) for node in old]
            builder.parameters[parameter.name] = (parameter, tuple(new))
            for before, after in zip(old, new, strict=True):
                self._promised[after] = SIGN_SETS[parameter.sign]
                self.image[before] = self._admitted(after)

    # --- nodes --------------------------------------------------------------------------------------------------

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The shape of an elementwise operation on these."""
        first: Shape = ()
        for shape in shapes:
            if shape and shape != first:
                if first:
                    return broadcast(shapes, "an operation")
                first = shape
        return first

    @staticmethod
    def with_ones(shape: Shape, axes: tuple[int, ...]) -> Shape:
        """A shape with axes, counted from the end, of length 1 put in; none before its own, where it broadcasts."""
        own, made = list(shape), list[Any]()
        while own:
            made.append(1 if -1 - len(made) in axes else own.pop())
        return tuple(made[::-1])

    def shape_of(self, code: int, args: Sequence[int], attr: Any) -> Shape:
        """The shape of a node that is about to be made."""
        shapes = [self.shapes[j] for j in args]
        return op_of_code(code, ()).shape(shapes, attr) if code >= FIRST_TENSOR else self.joined(shapes)  # type: ignore

    @staticmethod
    def reduced(shape: Shape, axes: tuple[int, ...]) -> Shape:
        """A shape without axes."""
        return tuple(length for k, length in enumerate(shape) if k - len(shape) not in axes)

    def number(self, value: Any) -> int:
        """The node of a constant."""
        return self._admitted(self.builder.constant(value))

    def add(self, code: int, args: Sequence[int], attr: Any = None) -> int:
        """The node of an operation as it stands: arithmetic on constants done, an equal node found again."""
        key = self._key(code, args, attr)
        node = self._known.get(key)
        if node is not None:
            return node
        value = self.folded(code, args, attr)
        if value is not None:
            return self.number(value)
        node = self._known[key] = self._admitted(self.builder.add(code, args, attr))
        return node

    def find(self, code: int, args: Sequence[int], attr: Any = None) -> int | None:
        """The node that computes an operation, if there is one."""
        return self._known.get(self._key(code, args, attr))

    def _key(self, code: int, args: Sequence[int], attr: Any) -> Any:
        """x·y and y·x, x·x and x**2 are the same."""
        if code == MUL and args[0] == args[1]:
            code, args, attr = POWER, args[:1], 2
        elif code < N_BUILTIN and TABLE[code].commutative and args[0] > args[1]:
            args = args[::-1]
        return code, *args, attr if attr is None or code >= FIRST_TENSOR else number_key(attr)

    def folded(self, code: int, args: Sequence[int], attr: Any) -> Any:
        """The value of arithmetic on constants, None where there is something else or it must stay."""
        if code >= FIRST_TENSOR or not args:
            return None
        for j in args:
            if self.nodes[j][0] != CONST:
                return None
        values = [self.attrs[j] for j in args]
        if code == POWER:
            values.append(attr)
        value = folded(code, values)
        return None if value is None or (self.exact and rounds(value, values)) else value

    def _admitted(self, node: int) -> int:
        for new in range(len(self.nodes), node + 1):
            self.nodes.append(self.builder.nodes[new])
            self.uses.append(0)
            self.shapes.append(self.builder.shapes.get(new, ()))
        return node

    # --- constants ----------------------------------------------------------------------------------------------

    def constant(self, node: int) -> Any:
        """The value of a constant, None for any other node."""
        return self.attrs[node] if self.nodes[node][0] == CONST else None

    # --- reads --------------------------------------------------------------------------------------------------

    def acquire(self, node: int, times: int) -> None:
        """Count reads of a node; one that nobody read before begins to read its arguments."""
        todo = [node] if not self.uses[node] and times else []
        self.uses[node] += times
        while todo:
            for j in self.nodes[todo.pop()][1:]:
                if not self.uses[j]:
                    todo.append(j)
                self.uses[j] += 1

    def release(self, node: int) -> None:
        """Take back one read of a node; one that nobody reads any more stops reading its arguments."""
        todo = [node]
        while todo:
            i = todo.pop()
            self.uses[i] -= 1
            if not self.uses[i]:
                todo += self.nodes[i][1:]

    # --- signs --------------------------------------------------------------------------------------------------

    def sign(self, node: int) -> int:
        """The possible signs of a node's entries, found when a guard first asks for one so far up."""
        signs = self._signs
        for new in range(len(signs), node + 1):
            signs.append(self._sign(new))
        return signs[node]

    def _sign(self, node: int) -> int:
        """The possible signs of a node's entries, wherever they are defined. Unknown means unproved."""
        code, *args = self.nodes[node]
        if code == CONST:
            value = self.attrs[node]
            if not isinstance(value, (int, float, Fraction, SymbolicConstant)):
                return ANY_SIGN
            size = float(value) if isinstance(value, SymbolicConstant) else value
            return POSITIVE if size > 0 else NEGATIVE if size < 0 else ZERO if size == 0 else ANY_SIGN
        given = [self._signs[j] for j in args]
        if code >= FIRST_TENSOR:
            return self._tensor_sign(code, given, args, self.attrs.get(node))
        if code == INPUT:
            return self._promised.get(node, ANY_SIGN)
        if code >= N_BUILTIN:
            return ANY_SIGN
        attr, (first, second, third) = self.attrs.get(node), (*given, ANY_SIGN, ANY_SIGN)[:3]
        odd, same = type(attr) is int and attr % 2 == 1, len(args) > 1 and args[0] == args[1]
        known = SIGN_SETS[TABLE[code].range]
        return int(signs.elementwise_signs(code, first, second, third, same, odd, known))

    def _tensor_sign(self, code: int, given: list[int], args: list[int], attr: Any) -> int:
        if code == CONTRACT:
            terms = [POSITIVE | (given[0] & ZERO)] if len(args) == 2 and self._square(args, attr) else given
            found = POSITIVE
            for sign in terms:
                found = signs.times(found, sign)
            summed = found if not attr.summed else signs.plus(found, found)
            if all(all(self.shapes[j]) for j in args):
                return summed
            # A sum over an axis that is empty is zero.
            lengths = attr.lengths([self.shapes[j] for j in args])
            return summed | (ZERO if any(lengths[k] == 0 for k in attr.summed) else 0)
        name = op_of_code(code, ()).name
        if code in _SAME:
            return given[0]
        if code in _PADDED:
            return signs.plus(given[0], given[0]) | ZERO
        if name == "concatenate":
            return int(np.bitwise_or.reduce(given))
        if isinstance(attr, ArrayValue) and attr.values.dtype.kind in "biuf":
            values = attr.values
            if np.isnan(values).any():
                return ANY_SIGN
            some = ((values > 0, POSITIVE), (values < 0, NEGATIVE), (values == 0, ZERO))
            return sum(sign for found, sign in some if found.any()) or ANY_SIGN
        if name in ("eye", "arange", "norm"):
            return POSITIVE | ZERO
        return POSITIVE if name == "size" else SIGN_SETS.get(op_of_code(code, ()).range, ANY_SIGN)

    @staticmethod
    def _square(args: list[int], p: Contraction) -> bool:
        return args[0] == args[1] and p.inputs[0] == p.inputs[1]
