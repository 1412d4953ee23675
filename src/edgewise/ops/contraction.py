"""Index notation: a sum of products of tensors, the one linear operation between tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.errors import ShapeError, UnsupportedError
from edgewise.ops.dims import Dim, TensorShape, bound, shape_text

__all__ = ["LETTERS", "Contraction", "Placing", "lettered"]

LETTERS: Final = "ijklmnopqrstuvwxyzabcdefghABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Contraction:
    """result[output] = Σ over the other indices of Π args[inputs[k]], as `numpy.einsum` writes it.

    An index of the output that no argument has repeats the result along an axis; `sizes` gives its length. An index
    twice in one argument takes its diagonal. (Laue, Mitterreiter and Giesen, *Computing higher order derivatives of
    matrix and tensor expressions*, 2018, section 3.)

    >>> str(Contraction(("ij", "jk"), "ik"))
    'ij,jk->ik'
    """

    inputs: tuple[str, ...]
    output: str
    sizes: tuple[tuple[str, Dim], ...] = ()

    def __str__(self) -> str:
        return f"{','.join(self.inputs)}->{self.output}"

    def bound(self, sizes: Mapping[str, int]) -> Contraction:
        """With numbers for named dimensions."""
        return Contraction(self.inputs, self.output, bound(self.sizes, sizes)) if self.sizes else self

    @property
    def repeated(self) -> str:
        """The letters of the output that only repeat the result."""
        return "".join(letter for letter, _ in self.sizes)

    @property
    def summed(self) -> str:
        """The letters summed over, in order of appearance."""
        return "".join(dict.fromkeys(letter for part in self.inputs for letter in part if letter not in self.output))

    def placing(self, identities: Sequence[bool]) -> Placing | None:
        """How a product with identity matrices whose axes the result has lays the rest on diagonals.

        What is beside them is no product: infinities meet no zeros. None where it is not of this form.

        >>> placing = Contraction(("i", "ij"), "ji").placing([False, True])
        >>> str(placing.rest), str(placing.mask)
        ('j->j', 'ji->ji')
        """
        pairs = [part for part, identity in zip(self.inputs, identities, strict=True) if identity]
        letters = "".join(pairs)
        if not pairs or all(identities) or len(set(letters)) < len(letters) or not set(letters) <= set(self.output):
            return None
        pairs = ["".join(sorted(pair, key=self.output.index)) for pair in pairs]  # they are symmetric
        first = {pair[1]: pair[0] for pair in pairs}
        others = [part for part, identity in zip(self.inputs, identities, strict=True) if not identity]
        inputs = tuple("".join(first.get(letter, letter) for letter in part) for part in others)
        given = "".join(inputs)
        return Placing(
            Contraction(inputs, "".join(k for k in self.output if k in given)),
            Contraction(tuple(pairs), "".join(k for k in self.output if k in letters)),
        )

    def lengths(self, shapes: Sequence[TensorShape]) -> dict[str, Dim]:
        """The length of each letter; a ShapeError where two arguments disagree."""
        found: dict[str, Dim] = dict(self.sizes)
        for part, shape in zip(self.inputs, shapes, strict=True):
            if len(part) != len(shape):
                raise ShapeError(
                    f"einsum {self} has {len(part)} indices {part!r} for an argument of shape {shape_text(shape)}",
                    hint="give one index for each axis",
                )
            for letter, length in zip(part, shape, strict=False):
                other = found.setdefault(letter, length)
                if other is not length and other != length:
                    listing = " and ".join(map(shape_text, shapes))
                    raise ShapeError(
                        f"einsum {self} of the shapes {listing}: the index {letter!r} is {found[letter]} and {length}",
                        hint="an index has one length; give equal dimensions the same name",
                    )
        return found

    def shape(self, shapes: Sequence[TensorShape]) -> TensorShape:
        """The shape of the result."""
        found = self.lengths(shapes)
        return tuple([found[letter] for letter in self.output])

    def value(self, *args: Any, identities: Sequence[bool] = ()) -> Any:
        """The number: NumPy's einsum, then the repetition; what `identities` place is placed."""
        placing = self.placing(identities) if any(identities) else None
        if placing is not None:
            pairs = list(zip(args, identities, strict=True))
            parts = [
                form.value(*(arg for arg, identity in pairs if identity == kind))[
                    tuple(slice(None) if letter in form.output else None for letter in self.output)
                ]
                for form, kind in ((placing.mask, True), (placing.rest, False))
            ]
            lengths = self.lengths([np.shape(arg) for arg in args])
            return np.broadcast_to(np.where(parts[0], parts[1], 0.0), tuple(lengths[letter] for letter in self.output))
        given = "".join(self.inputs)
        inner = "".join(letter for letter in self.output if letter in given)
        text = f"{','.join(self.inputs)}->{inner}"
        value: Any = np.einsum(text, *args, optimize=len(args) > 2)
        if not self.sizes:
            return value
        lengths = self.lengths([np.shape(arg) for arg in args])
        spread = value[tuple(slice(None) if letter in inner else None for letter in self.output)]
        return np.broadcast_to(spread, tuple(lengths[letter] for letter in self.output))


class Placing(NamedTuple):
    """A product laid on diagonals: what is laid, and the identities that say where, both with axes of the result."""

    rest: Contraction
    mask: Contraction


def lettered(inputs: Sequence[Sequence[Any]], output: Sequence[Any], sizes: Mapping[Any, Dim]) -> Contraction:
    """A contraction with any hashable indices, renamed to letters in order of appearance.

    >>> str(lettered([(4, 7), (7, 9)], (4, 9), {}))
    'ij,jk->ik'
    """
    names: dict[Any, str] = {}
    for part in (*inputs, output):
        for index in part:
            if index not in names:
                if len(names) == len(LETTERS):
                    raise UnsupportedError(
                        f"a contraction of more than {len(LETTERS)} indices", hint="write it in several steps"
                    )
                names[index] = LETTERS[len(names)]
    given = {index for part in inputs for index in part}
    spread = tuple([(names[index], sizes[index]) for index in output if index not in given])
    texts = tuple(["".join([names[index] for index in part]) for part in inputs])
    return Contraction(texts, "".join([names[index] for index in output]), spread)
