"""Labels as the browser sets them: inside their boxes, exponents raised, indices lowered, the formula's text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import edgewise as ew
from view.browser import opened

MEASURE = """
[...document.querySelectorAll('svg .ew-node')].map(node => {
  const outer = node.querySelector('polygon,ellipse,path').getBoundingClientRect();
  return {
    id: node.id.split('-')[1],
    box: [outer.left, outer.top, outer.right, outer.bottom],
    lines: [...node.querySelectorAll('text')].map(text => {
      const own = text.getBoundingClientRect();
      return {
        box: [own.left, own.top, own.right, own.bottom],
        text: text.textContent,
        spans: [...text.querySelectorAll('tspan')].map(span => {
          return [span.textContent, span.getStartPositionOfChar(0).y, getComputedStyle(span).fontStyle];
        }),
      };
    }),
  };
})
"""


def graphs() -> list[Any]:
    G = ew.parse("s = sin(x_1*y)**2; [s*x_1**(1/2), exp(s)/y]")
    tensor = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
    return [G, G.jacobian(order="reverse"), G.jacobian(order="markowitz"), G.jacobian(order="forward"), tensor]


@pytest.mark.slow
def test_labels_lie_in_their_boxes_and_read_as_their_formulas(tmp_path: Path) -> None:
    for number, graph in enumerate(graphs()):
        diagram = {box.key: box for box in graph.show().diagram.boxes}
        page = tmp_path / f"page{number}.html"
        page.write_text(f'<html data-ready=yes><meta charset="utf-8">{graph.to_svg()}</html>', encoding="utf-8")
        with opened(page) as shown:
            measured = shown.evaluate(MEASURE)
        assert {node["id"] for node in measured} == set(diagram)
        raised = lowered = 0
        for node in measured:
            box = diagram[node["id"]]
            formulas = [part for part in (box.title, box.step) if part.marked]
            lines = [line for line in node["lines"] if line["text"] != box.note]
            assert [line["text"] for line in lines] == ["".join(s.text for s in f.spans) for f in formulas]
            left, top, right, bottom = node["box"]
            for line, formula in zip(lines, formulas, strict=True):
                x0, y0, x1, y1 = line["box"]
                assert left - 1 <= x0 and x1 <= right + 1 and top - 1 <= y0 and y1 <= bottom + 1, line["text"]
                assert abs((x0 + x1) / 2 - (left + right) / 2) < 4
                ground = next(y for (_, y, _), span in zip(line["spans"], formula.spans, strict=True) if not span.shift)
                for (_, y, style), span in zip(line["spans"], formula.spans, strict=True):
                    assert (style == "italic") == span.italic
                    assert (y < ground - 2) == (span.shift > 0) and (y > ground + 1) == (span.shift < 0)
                    raised, lowered = raised + (span.shift > 0), lowered + (span.shift < 0)
        assert raised + lowered > 6, number


def test_dark_on_screen_and_light_in_print(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    svg = ew.parse("x*y").gradient().to_svg()
    page.write_text(f'<html data-ready=yes><meta charset="utf-8">{svg}</html>', encoding="utf-8")
    read = "getComputedStyle(document.querySelector('.ew-paper')).fill"
    with opened(page, dark=True) as shown:
        assert shown.evaluate(read) == "rgb(22, 24, 29)"
        shown.emulate_media(media="print")
        assert shown.evaluate(read) == "rgb(255, 255, 255)"
