"""Named dimensions as symbols of SymPy. Imported when a name is first used."""

from __future__ import annotations

from typing import Any

import sympy as sp

__all__ = ["NamedDimension"]


class NamedDimension(sp.Symbol):  # type: ignore[misc]
    """A positive whole number that has a name; NumPy's functions of one number take it.

    >>> import numpy as np
    >>> np.sqrt(NamedDimension("n"))
    sqrt(n)
    """

    __slots__ = ()

    def __new__(cls, name: str) -> NamedDimension:
        made: NamedDimension = super().__new__(cls, name, integer=True, positive=True)
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.name,), {}

    def sqrt(self) -> Any:
        """The square root."""
        return sp.sqrt(self)

    def log(self) -> Any:
        """The natural logarithm."""
        return sp.log(self)
