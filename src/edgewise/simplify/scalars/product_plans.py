"""Products planned anew: of many wanted at once, what several of them share is multiplied once.

Each product is a word, exponents by letters. The pair of letters that stands in most words becomes a letter, as do
powers, until each word is one letter. A pair may be a quotient, and the words that it ends count twice. This is greedy,
as in Brayton and McMullen (ISCAS 1982) for logic: no other plan need be shorter, and none is known that always is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple, TypeVar

__all__ = ["Step", "plan_products"]

Key = TypeVar("Key", bound=Hashable)
Letter = int
Word = dict[Letter, int]


class Step(NamedTuple):
    """A new letter: `first` to the power `exponent` where there is no `second`, else first·second or, with the
    exponent -1, first/second."""

    first: Letter
    second: Letter
    exponent: int


POWER: Final = -1
"""No second letter."""


def _pairs(word: Mapping[Letter, int]) -> Iterator[Step]:
    """The steps that would shorten a word."""
    letters = sorted(word.items())
    for k, (letter, exponent) in enumerate(letters):
        for size in {2, 3, abs(exponent)}:
            if 2 <= size <= abs(exponent):
                yield Step(letter, POWER, size)
        for other, power in letters[k + 1 :]:
            yield Step(letter, other, 1 if exponent * power > 0 else -1)


def _is_all(word: Mapping[Letter, int], step: Step) -> bool:
    """Whether a word is just this step, or its reciprocal."""
    if step.second == POWER:
        return len(word) == 1 and abs(word[step.first]) == step.exponent
    return len(word) == 2 and all(abs(exponent) == 1 for exponent in word.values())


class _Plan:
    """The words that are no single letters yet, and in how many of them each step would be taken."""

    def __init__(self, words: Iterable[Word], letters: int) -> None:
        self.words = [dict(word) for word in words]
        self.readers: dict[Step, set[int]] = {}
        self.ends: Counter[Step] = Counter()
        self.letters = letters
        self.steps: list[Step] = []
        for number in range(len(self.words)):
            self._count(number, 1)
        self.heap = [(-self._weight(step), step) for step in self.readers]
        heapify(self.heap)

    def _weight(self, step: Step) -> int:
        return len(self.readers[step]) + self.ends[step]

    def _count(self, number: int, times: int) -> list[Step]:
        """Count the steps that a word might take, or no longer with -1."""
        word = self.words[number]
        steps = list(_pairs(word))
        for step in steps:
            readers = self.readers.setdefault(step, set())
            (readers.add if times > 0 else readers.discard)(number)
            self.ends[step] += times * _is_all(word, step)
        return steps

    def run(self) -> None:
        """Take the step that most words share, until there is none."""
        while self.heap:
            weight, step = heappop(self.heap)
            now = self._weight(step)
            if not now:
                continue
            if -weight != now:
                heappush(self.heap, (-now, step))
                continue
            self._take(step)

    def _take(self, step: Step) -> None:
        letter = self.letters + len(self.steps)
        first, second, exponent = step
        readers = sorted(self.readers[step])
        # a/b rather than b/a where more words have a above the bar.
        over = sum(1 if self.words[number][first] > 0 else -1 for number in readers)
        side = -1 if second != POWER and exponent < 0 and over < 0 else 1
        self.steps.append(step if side > 0 else Step(second, first, exponent))
        touched: set[Step] = set()
        for number in readers:
            touched.update(self._count(number, -1))
            word = self.words[number]
            if second == POWER:
                count = abs(word[first]) // exponent * (1 if word[first] > 0 else -1)
                changes = {first: -count * exponent, letter: count}
            else:
                count = min(abs(word[first]), abs(word[second])) * (1 if word[first] > 0 else -1)
                changes = {first: -count, second: -count * exponent, letter: side * count}
            for key, change in changes.items():
                word[key] = word.get(key, 0) + change
                if not word[key]:
                    del word[key]
            touched.update(self._count(number, 1))
        for changed in touched:
            if self.readers[changed]:
                heappush(self.heap, (-self._weight(changed), changed))


def plan_products(words: Mapping[Key, Word], letters: int) -> tuple[list[Step], dict[Key, tuple[int, int]]]:
    """The steps, each a letter from `letters` on, and for each word its letter and 1, or -1 for a reciprocal.

    >>> plan_products({"a": {0: 1, 1: 1, 2: -1}, "b": {0: 1, 2: -1}}, 3)
    ([Step(first=0, second=2, exponent=-1), Step(first=1, second=3, exponent=1)], {'a': (4, 1), 'b': (3, 1)})
    """
    plan = _Plan(words.values(), letters)
    plan.run()
    ends = {}
    for key, word in zip(words, plan.words, strict=True):
        ((letter, exponent),) = word.items()
        ends[key] = letter, exponent
    return plan.steps, ends
