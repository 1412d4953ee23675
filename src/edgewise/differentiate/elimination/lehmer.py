"""Random numbers for the searches: whole numbers, the same wherever they run."""

from __future__ import annotations

import cython

__all__ = ["Lehmer"]


class Lehmer:
    """Lehmer's generator: Park and Miller, Communications of the ACM 31 (1988), with the multiplier of 1993.

    >>> random = Lehmer(0)
    >>> random.draw(), random.distance(10) <= 10
    (595953766, True)
    """

    def __init__(self, seed: int) -> None:
        self.state = 1 + (int(seed) * 7919 + 12345) % 2147483646

    def draw(self) -> cython.longlong:
        """The next number, below 2³¹."""
        self.state = self.state * 48271 % 2147483647
        return self.state

    def distance(self, n: cython.longlong) -> cython.longlong:
        """How far a move goes among n places, by doubling: near places are tried often, far ones now and then."""
        far: cython.longlong = 1
        chance: cython.longlong = self.draw()
        while far < n and chance % 3 > 0:
            far *= 2
            chance = self.draw()
        return 1 + self.draw() % far
