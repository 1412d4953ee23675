"""Every error of edgewise, with a type for each kind of mistake.

A message says three things in this order: what was found (with the operation, the node and, where the graph
was traced, the user's own line), what was expected, and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "CycleError", "DifferentiationError", "EdgewiseError", "FormatError", "GraphError", "InputError", "LoweringError",
    "MissingAttributeError", "NotANumberError", "OperationError", "ParseError", "ScheduleError", "ShapeError",
    "SymbolicBoolError", "UnsupportedError", "did_you_mean", "missing_attribute", "nearest",
]  # fmt: skip


class EdgewiseError(Exception):
    """Base of all errors raised on purpose by edgewise.

    >>> raise EdgewiseError("mul at node 7: two shapes", hint="reshape one of them")
    Traceback (most recent call last):
    ...
    edgewise.errors.EdgewiseError: mul at node 7: two shapes; reshape one of them
    """

    def __init__(self, what: str, *, hint: str = "", line: str = "") -> None:
        what = " ".join(what.split("\n")) if "\n" in what else what  # what another library says, or shows, in lines
        self.what, self.hint, self.line = what, hint, line
        place = f" ({line})" if line else ""
        super().__init__(f"{what}{place}" + (f"; {hint}" if hint else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.hint, self.line)


def _rebuild(kind: type[EdgewiseError], what: str, hint: str, line: str) -> EdgewiseError:
    return kind(what, hint=hint, line=line)


class InputError(EdgewiseError, ValueError):
    """A value, a name or a count of inputs that does not fit the graph."""


class ShapeError(InputError):
    """A value or node whose shape is not the one expected."""


class GraphError(EdgewiseError, ValueError):
    """A numbered list that breaks its own rules: a missing argument, a forward reference, a wrong arity."""


class CycleError(GraphError):
    """A graph given from outside that is not acyclic."""


class FormatError(EdgewiseError, ValueError):
    """A file or message that is not ours, of another version, or tampered with."""


class ParseError(EdgewiseError, ValueError):
    """Text that is not an expression of the language."""


class OperationError(EdgewiseError, ValueError):
    """An operation that is unknown, defined twice, or defined with a gap."""


class UnsupportedError(EdgewiseError, TypeError):
    """Something that has no meaning as a real expression graph, such as an unevaluated integral."""


class DifferentiationError(EdgewiseError, ValueError):
    """A derivative that is asked of the wrong thing, such as the gradient of a vector."""


class LoweringError(EdgewiseError, ValueError):
    """A graph that a target cannot express."""


class NotANumberError(EdgewiseError, ArithmeticError):
    """A NaN that reached a result where none was allowed."""


class ScheduleError(EdgewiseError, ValueError):
    """A limit on the values held at once within which no way of computing was found."""


class SymbolicBoolError(EdgewiseError, TypeError):
    """A symbolic comparison used where Python needs a definite True or False."""


def nearest(name: str, names: Iterable[str], most: int = 1, likeness: float = 0.6) -> list[str]:
    """Those of some names that are like a name, the most like one first.

    >>> nearest("sine", ["cos", "sin", "sinh"], 2)
    ['sin', 'sinh']
    """
    from difflib import get_close_matches

    return get_close_matches(name, list(names), most, likeness)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The nearest of some names, as the beginning of a hint; nothing where none is near.

    >>> did_you_mean("gradent", ["gradient", "jacobian"])
    "did you mean 'gradient'? "
    """
    near = nearest(name, names, likeness=0.7)
    return f"did you mean {near[0]!r}? " if near else ""


class MissingAttributeError(EdgewiseError, AttributeError):
    """An attribute or method that there is not.

    What was meant is looked for when somebody reads it: `hasattr(x, "shape")` asks often, and reads no message.
    """

    _hint: str | Callable[[], str]

    def __init__(self, what: str, *, hint: str | Callable[[], str] = "", line: str = "") -> None:
        super().__init__(what, line=line)
        self._hint = hint

    @property
    def hint(self) -> str:
        """What to write."""
        if not isinstance(self._hint, str):
            self._hint = self._hint()
        return self._hint

    @hint.setter
    def hint(self, hint: str) -> None:
        self._hint = hint

    def __str__(self) -> str:
        return f"{super().__str__()}; {self.hint}" if self.hint else super().__str__()


def missing_attribute(
    owner: object, name: str, elsewhere: Callable[[], Mapping[str, str]] | Mapping[str, str]
) -> MissingAttributeError:
    """The error for an attribute that `owner` has not; `elsewhere` says what to write for names of other libraries."""

    def meant() -> str:
        others = elsewhere if isinstance(elsewhere, Mapping) else elsewhere()
        known = [known for known in dir(owner) if not known.startswith("_")]
        near = [name] if name in others else nearest(name, [*known, *others], likeness=0.7)
        own = f"did you mean {near[0]!r}?" if near else ""
        return own if near and near[0] in known else others.get((near or [name])[0], own)

    hint = "" if name.startswith("_") else meant
    kind = type(owner).__name__
    return MissingAttributeError(f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind} has no attribute {name!r}", hint=hint)
