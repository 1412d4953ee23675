"""Many forms of a few numbers at once: expressions that share what they have in common, with their values in doubles.

A search writes thousands of forms that differ in a few operations. Here an expression is written once and computed
once, at all points of a sample.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any, Final, TypeVar

import numpy as np

from edgewise.accuracy.samples import Floats
from edgewise.built import held
from edgewise.evaluate import applied
from edgewise.graph import Builder, IntArray, Layout, Parameter, Tape
from edgewise.graph.lines import moved_lines
from edgewise.graph.renumbered import moved_column
from edgewise.ops import CONST, INPUT, OPS, Op, fold_exact, number_key, tidy_number

__all__ = ["Arena", "Form"]

Form = tuple[Any, ...]
"""(row, arguments, parameter); of a constant (None, (), value), of an input ("input", (), number of the input)."""

_Made = TypeVar("_Made")

_INPUT: Final = "input"
_GIVEN: Final = Parameter("")


def _root(number: Fraction) -> Fraction | None:
    """The root of a square, None of any other number."""
    if number < 0:
        return None
    root = Fraction(isqrt(number.numerator), isqrt(number.denominator))
    return root if root * root == number else None


class _OutOfTime(Exception):
    """Nothing more is written."""


class Arena:
    """Expressions by number: arguments have smaller numbers than what reads them."""

    def __init__(self, inputs: Sequence[Floats]) -> None:
        self.inputs = inputs
        self.forms: list[Form] = []
        self._numbers: dict[Any, int] = {}
        self._values: list[Floats | None] = []
        self.points = len(inputs[0]) if inputs else 1
        self._until = math.inf

    def by(self, deadline: float, work: Callable[[], _Made], otherwise: _Made) -> _Made:
        """What some work comes to, or `otherwise` where it still writes expressions when its time is over."""
        before, self._until = self._until, min(self._until, deadline)
        try:
            return work()
        except _OutOfTime:
            return otherwise
        finally:
            self._until = before

    # --- writing ------------------------------------------------------------------------------------------------

    def _add(self, key: Any, form: Form) -> int:
        found = self._numbers.get(key)
        if found is None:
            if time.monotonic() > self._until:
                raise _OutOfTime
            found = self._numbers[key] = len(self.forms)
            self.forms.append(form)
            self._values.append(None)
        return found

    def input(self, k: int) -> int:
        return self._add((_INPUT, k), (_INPUT, (), k))

    def constant(self, value: Any) -> int:
        value = tidy_number(value)
        return self._add((None, number_key(value)), (None, (), value))

    def raw(self, op: Op, args: Sequence[int], parameter: Any = None) -> int:
        """An operation as it is."""
        key = (op, tuple(args), None if parameter is None else number_key(parameter))
        return self._add(key, (op, tuple(args), parameter))

    def op(self, name: str, *args: int, parameter: Any = None) -> int:
        """An operation, folded where it is one of exact numbers, or does nothing."""
        numbers = [self.number(arg) for arg in args]
        if all(number is not None for number in numbers) and (parameter is None or name == "power"):
            given = numbers if parameter is None else [*numbers, parameter]
            exact = fold_exact(name if parameter is None else "pow", given)
            if exact is not None:
                return self.constant(exact)
        found = self._folded(name, args, numbers, parameter)
        return self.raw(OPS[name], args, parameter) if found is None else found

    def _folded(self, name: str, args: Sequence[int], numbers: Sequence[Any], parameter: Any) -> int | None:
        first, last = numbers[0], numbers[-1]
        if name in ("abs", "sqrt") and type(first) in (int, Fraction):
            exact = _root(Fraction(first)) if name == "sqrt" else abs(first)
            return None if exact is None else self.constant(exact)
        if name == "power" and parameter in (0, 1):
            return args[0] if parameter else self.constant(1)
        if name == "power" and parameter == Fraction(1, 2):
            return self.op("sqrt", args[0])
        if name == "neg":
            return self.forms[args[0]][1][0] if self.is_op(args[0], "neg") else None
        if name == "add":
            if first == 0 or last == 0:
                return args[1] if first == 0 else args[0]
            if self.is_op(args[1], "neg"):
                return self.op("sub", args[0], self.forms[args[1]][1][0])
            if self.is_op(args[0], "neg"):
                return self.op("sub", args[1], self.forms[args[0]][1][0])
        if name == "sub":
            if last == 0 or first == 0:
                return args[0] if last == 0 else self.op("neg", args[1])
            if self.is_op(args[1], "neg"):
                return self.op("add", args[0], self.forms[args[1]][1][0])
        if name == "mul":
            for this, other in ((first, args[1]), (last, args[0])):
                if type(this) is int and this in (1, -1):
                    return other if this == 1 else self.op("neg", other)
            if args[0] == args[1]:
                return self.op("power", args[0], parameter=2)
        if name == "div" and type(last) is int and last in (1, -1):
            return args[0] if last == 1 else self.op("neg", args[0])
        return None

    def number(self, form: int) -> Any:
        """The value of a constant; None of anything else."""
        op, _, value = self.forms[form]
        return value if op is None else None

    def is_op(self, form: int, name: str) -> bool:
        op = self.forms[form][0]
        return isinstance(op, Op) and op.name == name

    # --- values -------------------------------------------------------------------------------------------------

    def values(self, form: int) -> Floats:
        """What doubles make of an expression at each point."""
        todo = [form]
        while todo:
            at = todo[-1]
            if self._values[at] is not None:
                todo.pop()
                continue
            op, args, parameter = self.forms[at]
            missing = [arg for arg in args if self._values[arg] is None]
            if missing:
                todo += missing
                continue
            todo.pop()
            self._values[at] = self._computed(op, args, parameter)
        found = self._values[form]
        assert found is not None
        return found

    def _computed(self, op: Any, args: Sequence[int], parameter: Any) -> Floats:
        if op == _INPUT:
            given: Floats = self.inputs[parameter]
            return given
        if op is None:
            return np.full(self.points, float(parameter))
        with np.errstate(all="ignore"):
            value = applied(op, [self._values[arg] for arg in args], parameter)
        made: Floats = np.broadcast_to(np.asarray(value, dtype=np.float64), (self.points,))
        return made

    # --- whole graphs -------------------------------------------------------------------------------------------

    def read(self, tape: Tape, inputs: Sequence[int] | None = None) -> list[int]:
        """The nodes of a graph of scalars, in their order; of its own inputs, or of expressions given for them."""
        place: list[int] = []
        numbers = {node: k for k, node in enumerate(tape.inputs)}
        for i, code, args in tape.rows():
            if code == INPUT:
                place.append(self.input(numbers[i]) if inputs is None else inputs[numbers[i]])
            elif code == CONST:
                place.append(self.constant(tape.attrs[i]))
            else:
                place.append(self.raw(tape.op_of_code(code), [place[j] for j in args], tape.attrs.get(i)))
        return place

    def below(self, roots: Iterable[int]) -> list[int]:
        """What some expressions are made of, themselves too, arguments first."""
        seen, todo = set(roots), list(dict.fromkeys(roots))
        while todo:
            for arg in self.forms[todo.pop()][1]:
                if arg not in seen:
                    seen.add(arg)
                    todo.append(arg)
        return sorted(seen)

    def inputs_of(self, form: int) -> list[int]:
        """The inputs that an expression depends on."""
        return [at for at in self.below([form]) if self.forms[at][0] == "input"]

    def operations(self, roots: Iterable[int]) -> int:
        """The operations that some expressions take together."""
        return sum(isinstance(self.forms[form][0], Op) for form in self.below(roots))

    def replaced(self, roots: Sequence[int], instead: Mapping[int, int]) -> list[int]:
        """The roots with some expressions in them replaced by others, wherever they stand."""
        done: dict[int, int] = {}
        for form in self.below(roots):
            op, args, parameter = self.forms[form]
            if form in instead:
                done[form] = instead[form]
            elif args and any(done[arg] != arg for arg in args):
                done[form] = self.raw(op, [done[arg] for arg in args], parameter)
            else:
                done[form] = form
        return [done[root] for root in roots]

    def tape(self, like: Tape, roots: Sequence[int], place: Sequence[int]) -> tuple[Tape, IntArray]:
        """A graph of the inputs of `like` that has some expressions, and the node of each expression in it, or -1.

        `place[i]` is the expression of node i of `like`: where it is needed it has that node's line and label.
        """
        builder = Builder.like(like)
        nodes = {k: builder.input(name, _GIVEN) for k, name in enumerate(like.input_names())}
        for parameter, of in like.by_parameter():
            builder.parameters[parameter.name] = (parameter, tuple(builder.inputs[like.attrs[i]] for i in of))
        new = np.full(len(self.forms), -1, dtype=np.int64)
        for form in self.below(roots):
            op, args, parameter = self.forms[form]
            if op == _INPUT:
                new[form] = nodes[parameter]
            elif op is None:
                new[form] = builder.constant(parameter)
            else:
                new[form] = builder.add(builder.code(op), new[list(args)].tolist(), parameter)
        moved = new[np.array(place, dtype=np.int64)]
        builder.lines = moved_lines(like.lines, moved)
        builder.labels.update(moved_column(like.labels, held(moved)))
        builder.numbering = like.numbering.moved(moved, len(like))
        return builder.whole(new[list(roots)].tolist(), Layout(shape=(len(roots),))), new
