"""An algebra that shows what was understood of a formula."""

from __future__ import annotations

from collections.abc import Sequence


class Written:
    """An algebra that writes what it is told, fully parenthesised: what `walk` understood."""

    def name(self, name: str) -> str:
        return name

    def number(self, value: object) -> str:
        return repr(value)

    def call(self, op: str, args: Sequence[str]) -> str:
        return f"{op}({', '.join(args)})"

    def entry(self, name: str, index: tuple[int, ...]) -> str:
        return f"{name}{list(index)}"
