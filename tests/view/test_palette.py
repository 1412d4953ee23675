"""The colours are told apart whatever eyes look at them, and what is written on them can be read."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from edgewise.view.palette import DARK, LIGHT, Theme, dash, ink, tint

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009):
# linear RGB as it is seen without one kind of cone.
EYES = {
    "all cones": np.eye(3),
    "no L cones": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no M cones": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no S cones": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def linear(colour: str) -> Any:
    parts = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    dark, light = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Any) -> Any:
    """CIELAB under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_inks_are_told_apart(theme: Theme, eyes: str) -> None:
    seen = [lab(np.array(EYES[eyes]) @ linear(colour)) for colour in theme.inks]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 15  # 2.3 is just noticeable


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_are_seen_and_labels_are_read(theme: Theme) -> None:
    assert min(contrast(colour, theme.paper) for colour in (*theme.inks, theme.line)) > (2.2 if theme is LIGHT else 3)
    for ground in (theme.paper, theme.value, *(tint(k, theme) for k in range(len(theme.inks)))):
        assert contrast(theme.text, ground) > 7


def test_edges_beyond_the_inks_have_other_dashes() -> None:
    assert len({(ink(k), dash(k)) for k in range(21)}) == 21
