"""Colours that colour-blind readers tell apart, with dashes for more edges than there are colours and for print.

Okabe and Ito, *Color Universal Design* (2008), without the yellow, which is too light for lines, and with a dark violet
in place of black, the colour of text. Those for dark paper are the same hues, moved until they are told apart as well.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["DARK", "LIGHT", "Theme", "dash", "glow", "ink", "shade", "tint"]

_DASHES: Final = ("solid", "dashed", "dotted")


class Theme(NamedTuple):
    """Background, text, lines that belong to no edge, boxes of 𝒢, and one ink for each edge in turn."""

    paper: str
    text: str
    line: str
    value: str
    inks: tuple[str, ...]


LIGHT: Final = Theme(
    "#ffffff", "#1a1a1a", "#767676", "#f0f0f0",
    ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#4a2c82"),
)  # fmt: skip
DARK: Final = Theme(
    "#16181d", "#ececec", "#9a9a9a", "#2a2d34",
    ("#3d9bd9", "#f07a30", "#2fc79a", "#e39ac4", "#a3dcfa", "#f5cc5f", "#8a5cd6"),
)  # fmt: skip


def shade(colour: int) -> int:
    """Which ink an edge's number has."""
    return colour % len(LIGHT.inks)


def ink(colour: int, theme: Theme = LIGHT) -> str:
    """The line colour of an edge's number; the plain line's for -1."""
    return theme.inks[shade(colour)] if colour >= 0 else theme.line


def tint(colour: int, theme: Theme = LIGHT) -> str:
    """The ink thinned with the paper, to write on."""
    if colour < 0:
        return theme.paper
    parts = [
        (int(own[k : k + 2], 16), int(paper[k : k + 2], 16))
        for own, paper in [(ink(colour, theme), theme.paper)]
        for k in (1, 3, 5)
    ]
    return "#" + "".join(f"{round(paper + (own - paper) * 0.22):02x}" for own, paper in parts)


def glow(step: int, steps: int, theme: Theme = LIGHT) -> str:
    """The paper reddened, the more the higher the step: where an error begins."""
    parts = [(int(theme.inks[1][k : k + 2], 16), int(theme.paper[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(paper + (own - paper) * 0.6 * step / steps):02x}" for own, paper in parts)


def dash(colour: int) -> str:
    """The line style of an edge's number: where colours begin again they have another one."""
    return _DASHES[colour // len(LIGHT.inks) % len(_DASHES)] if colour >= 0 else "solid"
