r"""Tensors in index notation, `\sum_{k} A_{ik} B_{kj}`: what matrix notation cannot hold.

A text has a place for each axis of its tensor and for each index it sums over; who reads it says what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Final, NamedTuple

from edgewise.write.latex.forms import ATOM, BIG, PRODUCT, SUM, Form, at_least, negative, raised, scaled

__all__ = ["Indexed", "Indices", "axis", "closed", "joined", "lettered", "shown_length"]

_PLACE: Final = re.compile("\0[as][0-9]+;")
_UNSEEN: Final = re.compile(r"\\(operatorname|mathrm|mathbf|frac|[,!])|[{}_^ ]|(?<=\\)[A-Za-z]+")
_NUMBER: Final = re.compile(r"[0-9.]+")
_LETTERS: Final = "ijklmnpqrstabcdefgh"


class Indexed(NamedTuple):
    """An entry of a tensor: a text with places, its binding strength, what is summed over, and a number before that."""

    text: str
    strength: int
    sums: tuple[str, ...] = ()
    number: str = ""

    @property
    def form(self) -> Form:
        """The text without its number and sums."""
        return Form(self.text, self.strength)


def axis(k: int) -> str:
    """The place of an axis."""
    return f"\0a{k};"


def shown_length(text: str) -> int:
    """About how many letters a reader sees.

    >>> shown_length("\\\\operatorname{tr}(A_{i})")
    6
    """
    return len(_UNSEEN.sub("", _PLACE.sub("i", text)))


class Indices:
    """Fresh places of sums, and texts put into others' places."""

    def __init__(self) -> None:
        self._count = count()

    def summed(self) -> str:
        """A place that is summed over."""
        return f"\0s{next(self._count)};"

    def put(self, entry: Indexed, axes: Sequence[str]) -> Indexed:
        """The entry with these places (or numbers) for its axes, and sums that nothing else has."""
        new = {axis(k): place for k, place in enumerate(axes)}
        for place in (*entry.sums, *_PLACE.findall(entry.text)):
            if place not in new:
                new[place] = self.summed()
        text = _PLACE.sub(lambda found: new[found[0]], entry.text)
        return Indexed(text, entry.strength, tuple(new[place] for place in entry.sums), entry.number)


def closed(entry: Indexed) -> Form:
    r"""The entry with its number and its sums written in front of it.

    >>> closed(Indexed("A_{k} B_{k}", PRODUCT, ("k",), "-2")).text
    '-2 \\sum_{k} A_{k} B_{k}'
    """
    form = entry.form
    if entry.sums:
        form = Form(f"\\sum_{{{' '.join(entry.sums)}}} {at_least(form, BIG)}", BIG)
    size = entry.number.removeprefix("-")
    if size:
        form = scaled(Form(size), form)
    return negative(form) if entry.number.startswith("-") else form


def joined(factors: Sequence[Indexed], sums: Sequence[str] = ()) -> Indexed:
    """The product of entries under all their sums; numbers stand before these."""
    every = (*sums, *(place for factor in factors for place in factor.sums))
    sign, size, rest = "", "", list[Indexed]()
    for factor in factors:
        own = factor.number
        if not own and not factor.sums and _NUMBER.fullmatch(factor.text.removeprefix("-")):
            own, factor = factor.text, Indexed("1", ATOM)
        if own.startswith("-"):
            sign = "" if sign else "-"
        own = own.removeprefix("-")
        if own and size and own != "1":
            rest.append(Indexed(f"({own})", ATOM))
        elif own != "1":
            size = size or own
        if factor.text != "1":
            rest.append(factor)
    powers: dict[str, list[Indexed]] = {}
    for factor in rest:
        powers.setdefault(factor.text, []).append(factor)
    rest = [_power(same) for same in powers.values()]
    rest.sort(key=lambda factor: factor.strength in (SUM, BIG))
    if not rest:
        return Indexed(size or "1", ATOM, every, sign)
    if len(rest) == 1:
        return Indexed(*rest[0][:2], every, sign + size)
    texts = [at_least(factor.form, PRODUCT) for factor in rest[:-1]] + [at_least(rest[-1].form, BIG)]
    return Indexed(" ".join(texts), BIG if rest[-1].strength == BIG else PRODUCT, every, sign + size)


def _power(same: Sequence[Indexed]) -> Indexed:
    """Equal factors as one."""
    if len(same) == 1:
        return same[0]
    return Indexed(*raised(same[0].form, str(len(same)))[:2])


def lettered(form: Form, rank: int, taken: str) -> tuple[str, str]:
    """A text with letters in its places, none of them in `taken`, and the letters of its axes.

    >>> lettered(closed(Indexed(f"A_{{{axis(0)}{axis(1)}}}", ATOM)), 2, "j")
    ('A_{ik}', 'ik')
    """
    free = [letter for letter in _LETTERS if letter not in taken]
    places = [axis(k) for k in range(rank)]
    places += [place for place in dict.fromkeys(_PLACE.findall(form.text)) if place not in places]
    stem = next(iter(free), "\\iota ")
    names = free + [f"{stem}_{{{k}}}" for k in range(1, len(places) - len(free) + 1)]
    named = dict(zip(places, names, strict=False))
    return _PLACE.sub(lambda found: named[found[0]], form.text), "".join(named[axis(k)] for k in range(rank))
