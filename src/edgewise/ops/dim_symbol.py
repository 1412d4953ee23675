"""Named dimensions as symbols of SymPy. Imported when a name is first used."""

from __future__ import annotations

from typing import Any, ClassVar

import sympy

__all__ = ["NamedDimension", "Quotient", "Smaller", "sympy"]


class NamedDimension(sympy.Symbol):  # type: ignore[misc]
    """A positive whole number that has a name, one object for each; NumPy's functions of one number take it.

    >>> import numpy as np
    >>> np.sqrt(NamedDimension("n"))
    sqrt(n)
    """

    __slots__ = ()
    _known: ClassVar[dict[str, NamedDimension]] = {}

    # Shapes are compared and looked up all the time: the same name is the same object.
    __eq__, __ne__, __hash__ = object.__eq__, object.__ne__, object.__hash__

    def __new__(cls, name: str) -> NamedDimension:
        made = cls._known.get(name)
        return made or cls._known.setdefault(name, super().__new__(cls, name, integer=True, positive=True))

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.name,), {}

    def sqrt(self) -> Any:
        """The square root."""
        return sympy.sqrt(self)

    def log(self) -> Any:
        """The natural logarithm."""
        return sympy.log(self)


class Quotient(sympy.floor):  # type: ignore[misc]
    """A fraction of dimensions rounded down, written as Python does.

    >>> Quotient((NamedDimension("n") + 1) / 2)
    ((n + 1)//2)
    """

    def _sympystr(self, printer: Any) -> str:
        over, under = self.args[0].as_numer_denom()
        shown = [printer.parenthesize(part, 100) for part in (over, under)]
        return f"({shown[0]}//{shown[1]})"

    _pythoncode = _sympystr

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\left\lfloor {printer.doprint(self.args[0])} \right\rfloor"


class Smaller(sympy.Min):  # type: ignore[misc]
    """The smaller of two dimensions.

    >>> n = NamedDimension("n")
    >>> Smaller(n - 1, n), Smaller(n, n + 2), Smaller(n, 2).subs(n, 5)
    (n - 1, n, 2)
    """

    @classmethod
    def _is_connected(cls, x: Any, y: Any) -> Any:
        # SymPy compares what it finds with the class that asks, which is not Min here.
        found = super()._is_connected(x, y)
        return cls if found is sympy.Min else found

    def _sympystr(self, printer: Any) -> str:
        return f"min({', '.join(sorted(map(printer.doprint, self.args)))})"

    _pythoncode = _sympystr

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\min({', '.join(sorted(map(printer.doprint, self.args)))})"
