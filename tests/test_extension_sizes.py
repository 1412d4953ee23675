"""What compiled modules take on the disk: every installation downloads and loads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import edgewise as ew
from edgewise.built import COMPILED

HOME = Path(ew.__file__).parent
ALL, LARGEST = 3_000_000, 220_000


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled here")
def test_extension_files_are_small() -> None:
    if json.loads((HOME / "built.json").read_text(encoding="utf-8"))["kind"] != "release":
        pytest.skip("a checked build is larger")
    sizes = {file.name: file.stat().st_size for kind in ("*.so", "*.pyd") for file in HOME.rglob(kind)}
    assert len(sizes) > 20
    assert sum(sizes.values()) <= ALL
    assert max(sizes.values()) <= LARGEST, sorted(sizes, key=sizes.__getitem__)[-3:]
