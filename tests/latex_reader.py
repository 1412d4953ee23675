r"""A reader of the LaTeX that tensor graphs print: the value that a mathematician would give it.

A value is an array with names for its axes. In matrix notation they are ROW and COLUMN, and a vector is a column; in
index notation they are the letters. What `\mathbf{1}` repeats is as long as what it meets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

ROW, COLUMN = "row", "column"
_TOKEN = re.compile(r"\\[A-Za-z]+|\\[,|]|[A-Za-z]|\d+(?:\.\d+)?|[-+_^{}()\[\]=<>:&.,/*]")


class Unknown(Exception):
    """A sum over an axis whose length the text does not say."""


class Value:
    """An array, its axes by name, and those along which it is the same for as long as what it meets."""

    def __init__(self, array: Any, axes: tuple[str, ...] = (), spread: frozenset[str] = frozenset()) -> None:
        self.array, self.axes, self.spread = np.asarray(array, dtype=float), axes, spread
        assert self.array.ndim == len(axes)

    def like(self, axes: tuple[str, ...]) -> Any:
        """The array with these axes in this order, of length 1 where it has none."""
        order = [self.axes.index(k) for k in axes if k in self.axes]
        kept = self.array.transpose(order)
        return kept[tuple(slice(None) if k in self.axes else None for k in axes)]

    def each(self, function: Callable[..., Any], *others: Value) -> Value:
        every = (self, *others)
        axes = tuple(dict.fromkeys(k for value in every for k in value.axes))
        spread = frozenset().union(*(value.spread for value in every)) - {*axes}
        return Value(function(*(value.like(axes) for value in every)), axes, spread)

    def over(self, axis: str) -> Value:
        if axis not in self.axes:
            raise Unknown(axis)
        return Value(self.array.sum(self.axes.index(axis)), tuple(k for k in self.axes if k != axis), self.spread)

    def renamed(self, **names: str) -> Value:
        new = tuple(names.get(k, k) for k in self.axes)
        return Value(self.array, new, frozenset(names.get(k, k) for k in self.spread))

    def has(self, axis: str) -> bool:
        return axis in self.axes or axis in self.spread

    @property
    def top(self) -> Value:
        return self.renamed(row=COLUMN, column=ROW)

    @property
    def matrix(self) -> Any:
        if set(self.axes) != {ROW, COLUMN}:
            raise Unknown("a matrix without its lengths")
        return self.like((ROW, COLUMN))


def product(a: Value, b: Value) -> Value:
    """A product of matrices, or of numbers and entries."""
    if a.has(COLUMN) and b.has(ROW):
        both = a.renamed(column="shared").each(np.multiply, b.renamed(row="shared"))
        return both.over("shared")
    plain = [not value.has(ROW) and not value.has(COLUMN) for value in (a, b)]
    assert any(plain) or not (a.has(COLUMN) or b.has(ROW)), "the lengths of a product"
    return a.each(np.multiply, b)


def read(text: str, values: dict[str, Any], shape: tuple[int, ...]) -> Value:
    """The value of the last line, whose shape is known, the others defining names."""
    known = {name: _named(np.asarray(array)) for name, array in values.items()}
    text = re.sub(r"\\(begin|end)\{aligned\}", "", text)
    *lines, last = text.split("\\\\\n")
    for line in lines:
        name, _, rest = line.strip().partition(" &= ")
        base, letters = re.fullmatch(r"([a-z](?:_\{\d+\}|\^\{\(\d+\)\}))(?:_\{(\w+)\})?", name).groups()  # type: ignore[union-attr]
        value = _Reader(rest, known).whole()
        known[base] = _named(value.like(tuple(letters))) if letters else value
    letters = re.search(r"\\right\]_\{(\w+)\}$", last.strip())
    return _Reader(last.replace("&", ""), known, dict(zip(letters[1], shape, strict=True)) if letters else {}).whole()


def _named(array: Any) -> Value:
    return Value(array, {0: (), 1: (ROW,), 2: (ROW, COLUMN)}.get(array.ndim, tuple(map(str, range(array.ndim)))))


class _Reader:
    def __init__(self, text: str, known: dict[str, Value], lengths: dict[str, int] | None = None) -> None:
        self.tokens, self.at, self.known, self.lengths = _TOKEN.findall(text), 0, known, lengths or {}

    def whole(self) -> Value:
        value = self.sum()
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return value

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, token: str | None = None) -> str:
        found = self.peek()
        assert token is None or found == token, (token, self.tokens[self.at :])
        self.at += 1
        return found

    def group(self) -> str:
        """The text of a braced group."""
        self.take("{")
        depth, first = 1, self.at
        while depth:
            depth += {"{": 1, "}": -1}.get(self.take(), 0)
        return "".join(self.tokens[first : self.at - 1])

    def inside(self, opening: str, closing: str) -> Value:
        self.take(opening)
        value = self.sum()
        self.take(closing)
        return value

    # --- the grammar, from the loosest to the tightest -----------------------------------------------------------

    def sum(self) -> Value:
        sign = self.take() if self.peek() == "-" else "+"
        value = self.elementwise()
        value = value.each(np.negative) if sign == "-" else value
        while self.peek() in ("+", "-"):
            operator = np.add if self.take() == "+" else np.subtract
            value = value.each(operator, self.elementwise())
        return value

    def elementwise(self) -> Value:
        value = self.product()
        while self.peek() in ("\\odot", "\\oslash"):
            operator = np.multiply if self.take() == "\\odot" else np.divide
            value = value.each(operator, self.product())
        return value

    def product(self) -> Value:
        factors: list[Value] = []
        while self.peek() and (self.peek()[0] not in "+-)]}=<>:&,/*" and self.peek() not in (
            "\\odot", "\\oslash", "\\rVert", "\\rvert", "\\right")):  # fmt: skip
            if self.peek() in ("\\,", "\\cdot"):
                self.take()
            elif self.peek() == "\\sum":
                self.take()
                self.take("_")
                letters = self.group()
                value = self.product()
                for letter in letters:
                    value = value.over(letter)
                factors.append(value)
            else:
                factors.append(self.scripted())
        value = factors[0]
        for factor in factors[1:]:
            value = product(value, factor)
        return value

    def scripted(self) -> Value:
        value = self.base()
        while self.peek() in ("^", "_"):
            if self.take() == "_":
                letters = self.group()
                value = self.indexed(value, letters)
                continue
            script = self.take() if self.peek() == "\\top" else self.group()
            if script == "\\top":
                value = value.top
            elif script in ("-1", "-\\top") and value.axes:
                value = Value(np.linalg.inv(value.matrix), (ROW, COLUMN))
                value = value if script == "-1" else value.top
            else:
                power = float(eval(re.sub(r"\\tfrac\{(\d+)\}\{(\d+)\}", r"\1/\2", script.replace("\\circ", ""))))
                assert script.startswith("\\circ") or not {ROW, COLUMN} & {*value.axes}
                value = value.each(lambda x, power=power: x**power)
        return value

    @staticmethod
    def indexed(value: Value, letters: str) -> Value:
        if letters.startswith("["):
            return Value(eval(f"x{letters}", {"x": value.array, "n": 3, "d": 2}), value.axes)
        order = value.axes if len(value.axes) > 2 else (ROW, COLUMN)[: len(letters)]
        if len(value.axes) < len(letters) and set(value.axes) <= {ROW, COLUMN}:
            return value.renamed(**dict(zip((ROW, COLUMN), letters, strict=False)))
        array, axes = value.like(order), list(letters)
        while len(set(axes)) < len(axes):
            twice = next(k for k in axes if axes.count(k) > 1)
            first, second = (place for place, k in enumerate(axes) if k == twice)
            array = np.diagonal(array, axis1=first, axis2=second)
            axes = [k for place, k in enumerate(axes) if place not in (first, second)] + [twice]
        return Value(array, tuple(axes))

    def base(self) -> Value:
        token = self.peek()
        if token == "(":
            return self.inside("(", ")")
        if token == "[":
            return self.comparison()
        self.take()
        if token[0].isdigit():
            return Value(float(token))
        if token == "\\left":
            value = self.inside("[", "\\right")
            self.take("]")
            self.take("_")
            return _named(value.like(tuple(self.group())) * 1.0)
        if token in ("\\frac", "\\tfrac"):
            top, bottom = self.inside("{", "}"), self.inside("{", "}")
            assert not {ROW, COLUMN} & {*bottom.axes}
            return top.each(np.divide, bottom)
        if token == "\\sqrt":
            return self.inside("{", "}").each(np.sqrt)
        if token in ("\\lVert", "\\lvert"):
            value = self.inside_bars(token)
            return value.each(np.abs) if token == "\\lvert" else Value(np.sqrt(np.sum(value.array**2)))
        if token == "\\mathbf":
            return Value(0.0) if self.group() == "0" else Value(1.0, (), frozenset({ROW}))
        if token == "\\delta":
            self.take("_")
            letters = self.group()
            length = next((self.lengths[k] for k in letters if k in self.lengths), None)
            if length is None:
                raise Unknown("the length of an identity")
            return Value(np.eye(length), tuple(letters))
        if token == "I":
            self.take("_")
            return Value(np.eye({"n": 3, "d": 2}[self.group()]), (ROW, COLUMN))
        return self.function(token)

    def inside_bars(self, token: str) -> Value:
        value = self.sum()
        self.take(token.replace("l", "r", 1))
        return value

    def comparison(self) -> Value:
        self.take("[")
        left, operator, right = self.sum(), self.take(), self.sum()
        self.take("]")
        return left.each({"=": np.equal, "<": np.less, ">": np.greater}[operator], right)

    def function(self, token: str) -> Value:
        if token == "\\operatorname":
            token = self.group()
        elif token not in ("\\tanh", "\\max"):
            return self.symbol(token)
        under = ""
        while self.peek() in ("_", "^"):
            under += self.take() + self.group()
        if token == "radial":
            raise Unknown("a length times a direction, entry by entry")
        if token == "where":
            self.take("(")
            parts = [self.sum()]
            for _ in range(2):
                self.take(",")
                parts.append(self.sum())
            self.take(")")
            return parts[0].each(np.where, *parts[1:])
        value = self.inside("(", ")")
        axis = COLUMN if "rows" in under else ROW
        if token in ("cumsum", "\\max", "unit") and (value.spread or axis not in value.axes or "axes" in under):
            raise Unknown("an axis of a function")
        if token == "\\tanh":
            return value.each(np.tanh)
        if token == "sech":
            return value.each(lambda x: 1 / np.cosh(x))
        if token == "\\max":
            place = value.axes.index(axis)
            kept = tuple(k for k in value.axes if k != axis)
            made = Value(value.array.max(place), kept)
            return made if kept != (COLUMN,) else made.top
        if token == "tr":
            return Value(np.trace(value.matrix))
        if token == "diag":
            if value.spread:
                raise Unknown("the length of a diagonal")
            return Value(np.diag(value.array), (ROW, COLUMN)) if value.axes == (ROW,) else Value(
                np.diag(value.matrix), (ROW,))  # fmt: skip
        if token == "unit":
            length = np.sqrt(np.sum(value.array**2))
            return Value(value.array / length if length else value.array, value.axes)
        if token == "cumsum":
            place = value.axes.index(axis)
            if "leftarrow" in under:
                return Value(np.flip(np.cumsum(np.flip(value.array, place), place), place), value.axes)
            return Value(np.cumsum(value.array, place), value.axes)
        if token == "place":
            if "dots" in under:
                raise Unknown("the lengths of the axes in front")
            made = np.zeros({"n": 3, "d": 2}.get("n", 3))
            made[eval(f"np.s_{under[1:]}", {"np": np, "n": 3, "d": 2})] = value.array
            return Value(made, value.axes)
        raise AssertionError(token)

    def symbol(self, token: str) -> Value:
        if self.peek() in ("_", "^") and token.islower():
            start = self.at
            name = token + self.take()
            if self.peek() == "{" and (name := f"{name}{{{self.group()}}}") in self.known:
                return self.known[name]
            self.at = start
        return self.known[token]
