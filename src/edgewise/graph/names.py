"""What the nodes of a graph are called, everywhere: in text, pictures, steps, ledger, errors, the page and the API.

An input has its own name, a number is itself, a value that the user named has that name: an assignment of the text, a
variable of traced code, a label. The outputs are `out`, or out0, out1, …, as in generated code, and every other node is
u4, where 4 is the number under which it was first written. So u4 is node 4 of a graph as it is written, and keeps its
name when the graph is simplified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from edgewise.ops import CONST, INPUT
from edgewise.ops.notation import ATOM, CONDITIONAL, PRODUCT, number_text

if TYPE_CHECKING:
    from edgewise.graph.tape import Tape

__all__ = ["Cell", "Names", "Quotient", "Spelled", "bracketed", "read", "strength", "times_each", "words_of"]


class Quotient(NamedTuple):
    """A derivative of what is `above` in what is `below`, in one of them or more; at an argument's place `at`, if any.

    >>> print(Quotient("out", ("x",)), Quotient("out", ("x", "y", "y")), Quotient("c", ("x",), 0))
    ∂out/∂x ∂^3out/∂x∂y^2 ∂c/∂x at 0
    """

    above: Spelled
    below: tuple[Spelled, ...]
    at: int = -1

    def __str__(self) -> str:
        order = f"^{len(self.below)}" if len(self.below) > 1 else ""
        under = "".join(
            f"∂{bracketed(name)}" + (f"^{times}" if times > 1 else "") for name, times in times_each(self.below)
        )
        return f"∂{order}{bracketed(self.above)}/{under}" + (f" at {self.at}" if self.at >= 0 else "")


class Cell(NamedTuple):
    """What an algorithm keeps for a node: its entry in a table, such as the tangent of x.

    >>> print(Cell("tangent", "x"))
    tangent[x]
    """

    table: str
    of: Spelled

    def __str__(self) -> str:
        return f"{self.table}[{self.of}]"


Spelled: TypeAlias = str | Quotient | Cell
"""A name: one word, or what a derivative is made of, which pictures, LaTeX and pages set in their own ways."""


def read(text: str, deep: int = 8) -> Spelled:
    """A name's text as what it is made of.

    >>> read("∂^2out/∂x^2"), read("tangent[∂out/∂x]").of.below, read("w[0]")
    (Quotient(above='out', below=('x', 'x'), at=-1), ('x',), 'w[0]')
    """
    if deep and (cell := re.fullmatch(r"(grad|grad_table|tangent|c\d+)\[(.+)\]", text, re.DOTALL)):
        return Cell(cell[1], read(cell[2], deep - 1))
    if not deep or not text.startswith("∂"):
        return text
    whole = text
    placed = re.fullmatch(r"(.*) at (\d{1,9})", text, re.DOTALL)
    text, place = (placed[1], int(placed[2])) if placed else (text, -1)
    slash = next((k for k in _outside(text, "/") if text.startswith("/∂", k)), len(text))
    under = text[slash + 1 :]
    cuts = [*_outside(under, "∂"), len(under)]
    above = re.fullmatch(r"∂(?:\^\d+)?(.+)", text[:slash], re.DOTALL)
    below = [re.fullmatch(r"∂(.+?)(?:\^([1-9]\d?))?", under[a:b], re.DOTALL) for a, b in pairwise(cuts)]
    if above is None or not below or None in below:
        return whole
    names = tuple(read(_bare(part[1]), deep - 1) for part in below if part for _ in range(int(part[2] or 1)))
    made = Quotient(read(_bare(above[1]), deep - 1), names, place)
    return made if str(made) == whole else whole


def _outside(text: str, sign: str) -> list[int]:
    """Where a sign stands outside all brackets."""
    found, depth = [], 0
    for k, here in enumerate(text):
        depth += (here == "(") - (here == ")")
        if depth == 0 and here == sign:
            found.append(k)
    return found


def _bare(name: str) -> str:
    return name[1:-1] if name.startswith("(∂") and name.endswith(")") else name


def strength(name: str) -> int:
    """How strongly a name holds together within a formula: a derivative as a quotient does.

    >>> strength("c") == ATOM, strength("∂out/∂c") == PRODUCT
    (True, True)
    """
    if not name.startswith("∂") or "/∂" not in name:
        return ATOM
    return CONDITIONAL if re.search(r" at \d+$", name) else PRODUCT


def words_of(name: Spelled) -> Iterator[str]:
    """The words that a name is made of."""
    match name:
        case Quotient(above, below):
            for part in (above, *below):
                yield from words_of(part)
        case Cell(_, of):
            yield from words_of(of)
        case _:
            yield name


def times_each(names: Sequence[Spelled]) -> Iterator[tuple[Spelled, int]]:
    """Each name, and how often it stands one behind the other."""
    run = 0
    for k, name in enumerate(names):
        run += 1
        if k + 1 == len(names) or names[k + 1] != name:
            yield name, run
            run = 0


def bracketed(name: Spelled) -> str:
    """A name above or below the line of a derivative: what is one itself stands in brackets."""
    return f"({name})" if isinstance(name, Quotient) else str(name)


class Names:
    """The names of a graph's nodes, each a different one.

    >>> from edgewise import parse
    >>> names = Names(parse("c = x*y; sin(c)*c").tape)
    >>> [names.text(node) for node in range(5)], names.find("c"), names.find("u3")
    (['x', 'y', 'c', 'u3', 'out'], 2, 3)
    """

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    def spelled(self, node: int) -> Spelled:
        """The name of a node."""
        return number_text(self.tape.attrs[node])[0] if self.tape.ops[node] == CONST else self.symbol(node)

    def symbol(self, node: int) -> Spelled:
        """The name of a node, also of a number."""
        if self.tape.ops[node] == INPUT:
            return str(self.tape.attrs[node])
        return self.own.get(node) or self.numbered(node)

    def numbered(self, node: int) -> str:
        """The name of a node that has none of its own."""
        return f"{self.letter}{self.tape.numbering.number(node)}"

    def text(self, node: int) -> str:
        """The name as text."""
        return str(self.spelled(node))

    def describe(self, node: int) -> str:
        """What a node is, for an error message: its operation, name and line."""
        line = self.tape.line(node)
        if self.tape.ops[node] == INPUT:
            return f"the input {self.symbol(node)}"
        return f"{self.tape.op(node).name} at {self.symbol(node)}" + (f" ({line})" if line else "")

    def find(self, name: str) -> int | None:
        """The node of a name, whether of its own or by its number; None where there is none."""
        found = self._places.get(name)
        if found is None and (parts := re.fullmatch(r"(u+)(0|[1-9]\d{0,17})", name)) and parts[1] == self.letter:
            place = self.tape.numbering.place(int(parts[2]), len(self.tape))
            return place if place >= 0 else None
        return found

    @cached_property
    def letter(self) -> str:
        """How numbered names begin: with u, as in the book; with as many of them as no other name does."""
        tape, letter = self.tape, "u"
        given = [parameter.name for parameter in tape.parameters]
        given += [label for node, label in tape.labels.items() if label != f"u{tape.numbering.number(node)}"]
        while any(re.fullmatch(rf"{letter}\d+", name) for name in given):
            letter += "u"
        return letter

    @cached_property
    def own(self) -> dict[int, str]:
        """The names of nodes that are not numbered ones: labels, variables, then outputs."""
        tape, found = self.tape, dict[int, str]()
        wished = dict(self._wished())
        taken = {parameter.name for parameter in tape.parameters}
        if wished:
            taken.update(tape.input_names())
        plain = "out"
        while plain in taken:
            plain += "_"
        for k, node in enumerate(tape.outputs):
            if node not in wished and tape.ops[node] not in (INPUT, CONST):
                name = plain if len(tape.outputs) == 1 else f"{plain}{k}"
                found.setdefault(node, name)
        taken.update(found.values())
        numbered = re.compile(rf"{self.letter}\d+")
        for node in sorted(wished):
            name = wished[node]
            if numbered.fullmatch(name) or tape.ops[node] == CONST:
                continue  # by its number it is found already
            base, again = name, 1
            while name in taken:
                again += 1
                name = f"{base}_{again}"
            taken.add(name)
            found[node] = name
        return found

    def _wished(self) -> Iterator[tuple[int, str]]:
        """What the user's code calls nodes, then what labels do."""
        tape = self.tape
        if tape.numbering.variables is not None:
            numbers = tape.numbering
            places = {int(number): node for node, number in enumerate(numbers.column.tolist())}
            for number, name in tape.numbering.variables.names.items():
                node = places.get(number, -1) if places else number
                if 0 <= node < len(tape) and tape.ops[node] not in (INPUT, CONST):
                    yield node, name
        yield from tape.labels.items()

    @cached_property
    def _places(self) -> dict[str, int]:
        places = {name: node for node, name in self.own.items()}
        places.update(zip(self.tape.input_names(), self.tape.inputs, strict=True))
        return places
