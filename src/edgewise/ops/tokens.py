"""The symbols of the formula language: names, numbers, signs, and what to write for those that it does not have."""

from __future__ import annotations

import math
import re
from functools import cache
from keyword import kwlist
from typing import Final
from unicodedata import name as character_name
from unicodedata import normalize

from edgewise.errors import ParseError

__all__ = [
    "BITS", "SAME", "SUPERSCRIPT", "WORDS", "meant", "name_of", "number_of", "place", "placed", "shorten", "spelled",
    "symbol",
]  # fmt: skip

BITS: Final = 1024
"""Longer integers are refused: no double is as large."""

WORDS: Final = frozenset(kwlist)
SAME: Final = {
    "·": "*", "×": "*", "∙": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=",
    "≠": "!=",
}  # fmt: skip
"""Signs of mathematics that are read as those of the keyboard."""
SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@cache
def symbol(ascii: bool) -> re.Pattern[str]:
    """One symbol and the blanks before it; a group's name is the kind. The pattern of all characters takes longer to
    compile than a row to read, and rows are in ASCII."""
    digits, same = ("", "") if ascii else ("⁰¹²³⁴-⁹", "".join(SAME))
    name = rf"[^\W\d{digits}][^\W{digits}]*"
    return re.compile(
        r"[^\S\n\r]*+(?:\\(?:\r\n|[\n\r])[^\S\n\r]*+)*+(?:"
        rf"(?P<name>{name})"
        r"|(?P<number>0[xXoObB][0-9a-fA-F_]*|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?(?:[jJ]\b)?)"
        rf"|(?P<attribute>\.{name})"
        + (rf"|(?P<superscript>⁻?[{digits}]+)" if digits else "")
        + r"|(?P<other>&&|\|\||:=|<>|=<|=>|<<|>>|->|(?:\*\*|//|[-+*/%@&|^])=(?!=))"
        rf"|(?P<sign>\*\*|//|==|!=|<=|>=|\.\.\.|[-+*/%@&|~<>()\[\],=:{same}])"
        r"|(?P<line>\r\n|[\n\r;])|(?P<comment>\#[^\n\r]*)"
        r"|(?P<text>'[^'\\\n\r]*'|\"[^\"\\\n\r]*\")"
        r"|(?P<end>\Z)"
        r"|(?P<unknown>.))"
    )


_MEANT: Final = {
    "^": "write powers as **: x**2", "!": "write x! as gamma(x + 1)", "√": "write sqrt(x)", "∛": "write cbrt(x)",
    "&&": "write and", "||": "write or", "<>": "write !=", "=<": "write <=", "=>": "write >=",
    "<<": "multiply by a power of 2", ">>": "divide by a power of 2", "->": "write a formula only",
    ":=": "write name = expression on a line of its own", "{": "write round brackets", "}": "write round brackets",
    "?": "write a if condition else b", "'": "close the quotation", '"': "close the quotation", "¬": "write not",
    "∧": "write and", "∨": "write or", "$": "leave it away", "∞": "write inf", "⁄": "write /", ".": "write 0.5, A.T",
    "\\": "write x/y, sqrt(x) and alpha instead of LaTeX; at the end of a line it joins the next one",
}  # fmt: skip


def meant(token: str) -> str:
    """What to write instead of a symbol that the language does not have."""
    if token in _MEANT:
        return _MEANT[token]
    if token.endswith("="):
        return f"write name = name {token[:-1]} expression" if token != "^=" else _MEANT["^"]
    plain = normalize("NFKC", token)
    if plain != token and plain.isascii() and plain.strip():
        return f"write {plain}"
    return "use numbers, names, + - * / // ** %, comparisons, and/or/not, `a if c else b`, and functions"


def spelled(token: str) -> str:
    """A symbol for a message, by the name of its character where it cannot be seen."""
    if len(token) > 1 or token.isprintable():
        return repr(token)
    return f"the character U+{ord(token):04X} {character_name(token, '')}".rstrip()


def name_of(token: str) -> str:
    """A name as Python reads it, in Unicode's compatibility form. Raises ParseError for what is none."""
    if token.isascii():
        return token
    name = normalize("NFKC", token)
    if not name.isidentifier():
        raise ParseError(f"{shorten(token)!r} is not a name", hint="write names with letters, digits and _")
    return name


def number_of(token: str) -> int | float:
    """The value of a number. Raises ParseError where there is none, or none that a formula holds."""
    if len(token) > 5000:
        raise ParseError(f"a number of {len(token)} characters", hint="write it as a power, or as a float")
    based = token[:2].lower() in ("0x", "0o", "0b")
    if token[-1] in "jJ" and not based:
        raise ParseError(f"{shorten(token)} is not a real number", hint="write the real and imaginary parts apart")
    if token.isdecimal() and token[0] == "0" and token.strip("0"):
        raise ParseError(f"{shorten(token)} begins with 0", hint=f"write {shorten(token.lstrip('0'))}")
    number: int | float | None = None
    try:
        if not based and any(sign in token for sign in ".eE"):
            number = float(token)
        elif based or len(token) <= BITS:
            number = int(token, 0)
    except ValueError:
        raise ParseError(f"{shorten(token)} is not a number", hint="write numbers as 12, 0.5, 1e-3 or 0x1F") from None
    if type(number) is float and math.isfinite(number):
        return number
    if type(number) is int and number.bit_length() < BITS:
        return number
    hint = "write it as a power, such as 10**400, or as inf"
    raise ParseError(f"{shorten(token)} is beyond the largest double", hint=hint)


def place(text: str, position: int, what: str = "formula") -> str:
    """A place of a text for messages: its line and character, and the text around it."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    before, character = text.count("\n", 0, start), position - start + 1
    low = max(character - 40, 0) if len(line) > 60 else 0
    shown = ("…" if low else "") + line[low : low + 60] + ("…" if len(line) > low + 60 else "")
    where = f"line {before + 1}, character {character}" if before or end >= 0 else f"character {character}"
    return f"{where} of {'' if what == 'formula' else what + ' '}{shown!r}"


def shorten(text: str, limit: int = 60) -> str:
    """A text cut to a limit, for messages."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def placed(said: str) -> tuple[int, int] | None:
    """The line and the character, both from 1, that `place` said of a formula; None for anything else.

    >>> placed(place("x*y\\n+ )", 6)), placed(place("x +", 3)), placed("model.py:3")
    ((2, 3), (1, 4), None)
    """
    found = re.match(r"(?:line (\d+), )?character (\d+) of ['\"]", said)
    return (int(found[1] or 1), int(found[2])) if found else None
