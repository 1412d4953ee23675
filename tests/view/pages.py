"""What the tests of the explorer page share: pages written, and read again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

TEXT = "s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t"
POINT = {"x": 0.5, "y": 0.25}

LIT = "[...document.querySelectorAll('.lit')].map(e => e.id || e.dataset.row || e.textContent)"
ROWS = "[...document.querySelectorAll('#gradtable tr')].map(r => [r.cells[0].textContent, r.cells[1].textContent])"


def written(graph: Any, path: Path, **values: Any) -> Any:
    graph.explore(**values).save(path)
    return graph


def data_of(path: Path) -> Any:
    """What the page was told."""
    found = re.search(r'<script id="ew-data" type="application/json">(.*?)</script>', path.read_text("utf-8"), re.S)
    assert found is not None
    return json.loads(found[1])


def real(text: str) -> float:
    return float(text.replace("Infinity", "inf"))


def numbers(page: Any) -> list[float]:
    """The value that the page shows of every node."""
    texts = page.evaluate("[...document.querySelectorAll('#formulas .number')].map(e => e.textContent)")
    return [real(text) for text in texts]


def in_boxes(page: Any) -> dict[int, list[str]]:
    """The numbers in the boxes of the picture."""
    script = "Object.fromEntries([...numberTexts].map(([node, texts]) => [node, texts.map(t => t.textContent)]))"
    return {int(node): texts for node, texts in page.evaluate(script).items()}
