"""Names that would run, ask for something or break out, shown by a real browser: nothing happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import edgewise as ew
from view.browser import opened

NAMES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</text></svg><script>alert(1)</script>",
    "]]><svg onload=alert(1)>",
    "<style>*{display:none}</style>",
    "&lt;b&gt;<b>&amp;",
    "javascript:alert(1)",
    "url(https://example.com/x.png)",
]


def graphs(name: str) -> list[Any]:
    x, y = ew.symbols([name, "y"])
    G = ew.graph([ew.sin(x * y) * x, ew.exp(x) / y])
    gradient = ew.graph(ew.abs(x) * y).gradient()
    return [G, G.jacobian(order="markowitz"), G.jacobian(order="reverse"), gradient]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_pictures_and_tables_do_nothing_and_show_the_names(tmp_path: Path, dark: bool) -> None:
    parts = []
    for name in NAMES:
        for graph in graphs(name):
            parts += [graph.to_svg(), graph._repr_html_(), graph.focus("y")._repr_html_()]
        B = graphs(name)[-1]
        values = {name: 1.0, "y": 2.0}
        more = (B.program(), B.edges, B.grad_table, B.base.back_propagate(values), B.special_points(values), B.tape)
        parts += [thing._repr_html_() for thing in (*more, B.compile("python"), B.pareto())]
    page = tmp_path / "page.html"
    body = "".join(f"<div>{part}</div>" for part in parts)
    page.write_text(f'<html data-ready=yes><meta charset="utf-8"><body>{body}</body></html>', encoding="utf-8")
    with opened(page, dark=dark) as shown:
        # No dialog, no console message and no request: `opened` looks. And nothing was made of the names.
        assert shown.locator("script, iframe, a, body style:not(svg style), [onload], [onerror]").count() == 0
        assert shown.evaluate("[...document.images].every(i => i.src.startsWith('data:image/svg+xml;base64,'))")
        assert shown.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 20)")
        assert shown.evaluate("getComputedStyle(document.body).display") == "block"
        texts = shown.evaluate("[...document.querySelectorAll('svg .ew-input text')].map(t => t.textContent)")
        for name in NAMES:
            assert any(text.endswith(name) for text in texts)


@pytest.mark.slow
def test_files_of_svg_do_nothing_when_they_are_opened(tmp_path: Path) -> None:
    for k, name in enumerate(NAMES):
        path = tmp_path / f"p{k}.svg"
        graphs(name)[-1].show().save(path)
        with opened(path, ready="svg") as page:
            assert page.evaluate("document.documentElement.localName") == "svg"
            assert page.evaluate("document.querySelectorAll('script, foreignObject, image, a').length") == 0
