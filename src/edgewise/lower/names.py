"""Names and words in emitted source: every symbol name is survived, user text reaches it only as an identifier."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["AsciiNamer", "Namer", "counted", "identifier"]

_RESERVED = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist) | frozenset(dir(builtins))


def counted(operations: int) -> str:
    """How many operations, in words for a header.

    >>> counted(1), counted(2000)
    ('1 operation', '2000 operations')
    """
    return f"{operations} operation{'' if operations == 1 else 's'}"


def identifier(text: str, default: str = "x") -> str:
    r"""The nearest legal ASCII-or-letter identifier to a name.

    >>> identifier(r"\theta_{1}"), identifier("w[0,2]"), identifier("2nd"), identifier("x; import os")
    ('theta_1', 'w_0_2', 'x_2nd', 'x_import_os')
    """
    if text.isascii() and text.isalnum() and text[:1].isalpha() and len(text) <= 80:
        return text
    # Python compares identifiers after NFKC normalisation, so that is the form in which they must differ.
    text = unicodedata.normalize("NFKC", text)
    kept = "".join(ch if ch == "_" or (ch.isalnum() and ("a" + ch).isidentifier()) else " " for ch in text[:80])
    name = "_".join(kept.split())
    name = re.sub("__+", "_", name).strip("_") or default
    if not name.isidentifier():
        name = f"{default}_{name}"
    return unicodedata.normalize("NFKC", name)


class Namer:
    """Hands out names that are legal, unreserved and different from one another, in a deterministic way."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.taken = set(reserved) | _RESERVED
        self.next: dict[str, int] = {}

    def name(self, wish: str, default: str = "x") -> str:
        """The wish made legal, with a number behind it where it is taken."""
        base = identifier(wish, default)
        if base in self.taken and base in _RESERVED:
            base += "_"
        name = base
        while name in self.taken:
            self.next[base] = self.next.get(base, 1) + 1
            name = f"{base.rstrip('_')}_{self.next[base]}"
        self.taken.add(name)
        return name


class AsciiNamer(Namer):
    """Names of ASCII letters, digits and underscores alone, none of which begins as a source's own do, with ew_."""

    def name(self, wish: str, default: str = "x") -> str:
        """The wish made legal, letters of other alphabets by their names.

        >>> AsciiNamer(["var"]).name("θ_1"), AsciiNamer(["var"]).name("var"), AsciiNamer([]).name("ew_max")
        ('theta_1', 'var_2', 'x_ew_max')
        """
        text = "".join(
            ch if ch.isascii() else f" {unicodedata.name(ch, 'x').split()[-1].lower()} " if ch.isalpha() else " "
            for ch in unicodedata.normalize("NFKC", wish[:80])
        )
        text = identifier(text, default)
        text = text if not re.match(r"_|ew_", text) else f"{default}_{text.lstrip('_')}"
        return super().name(text, default)
