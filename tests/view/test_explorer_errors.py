"""The error layer of the explorer: what glows and what is listed is the map of rounding."""

from __future__ import annotations

from pathlib import Path

import pytest

import edgewise as ew
from edgewise.errors import InputError
from view.browser import contrast, opened
from view.pages import LIT

FILLS = """
() => Object.fromEntries([...boxes].map(([node, box]) => [node, [box.classList.contains("hot"),
  getComputedStyle(box.querySelector("path,polygon,ellipse,rect")).fill]]))
"""


def test_boxes_glow_by_their_share_and_the_list_is_the_map(tmp_path: Path) -> None:
    B = ew.parse("(1 - cos(x))/x**2 + log(1 + x*y)").gradient()
    point = {"x": 1e-5, "y": 2.0}
    found = B.rounding(at=point)
    B.explore(point, rounding=found).save(tmp_path / "page.html")
    shares = {node: share for node, share in found.shares.items() if share >= 0.005}
    rows = [row for row in found if row.share >= 0.005]
    with opened(tmp_path / "page.html", dark=True) as page:
        assert page.locator("#tabRounding").get_attribute("aria-selected") == "true"
        fills = {int(node): facts for node, facts in page.evaluate(FILLS).items()}
        assert {node for node, (hot, _) in fills.items() if hot} == shares.keys() & fills.keys()
        # One colour for each fifth: that of the cosine, which is all of the error, is the last of the legend.
        swatches = page.locator("#heatkey .heat")
        assert swatches.all_text_contents()[::4] == ["0 to 20 %", "80 to 100 %"]
        inks = swatches.evaluate_all("list => list.map(item => getComputedStyle(item).backgroundColor)")
        assert len(set(inks)) == 5
        for node in shares.keys() & fills.keys():
            assert fills[node][1] == inks[min(4, int(5 * shares[node]))], node
        text = page.evaluate("getComputedStyle(document.body).color")
        assert all(contrast(ink, text) >= 4.5 for ink in inks)
        # The list, in the order of the map.
        cells = page.locator("#errors tbody tr").evaluate_all(
            "list => list.map(r => [...r.cells].map(c => c.textContent))"
        )
        assert [row[0] for row in cells] == [row.name for row in rows]
        assert [row[2] for row in cells] == [found.results[row.result][0] for row in rows]
        assert [float(row[3].rstrip(" %")) for row in cells] == pytest.approx(
            [100 * row.share for row in rows], abs=0.5
        )
        assert [float(row[4]) for row in cells] == pytest.approx([row.bits for row in rows], rel=0.01)
        assert [float(row[5]) for row in cells] == pytest.approx([row.condition for row in rows], rel=0.05)
        assert "repair: one minus a cosine" in cells[0][6]
        said = page.locator("#errorsaid").text_content()
        assert f"out: {found.results[0][1]:.3g} bits of error" in said and "at one point" in said
        page.locator("#errors tbody tr").first.hover()
        own = page.evaluate("document.querySelector('#picture svg').id")
        assert f"{own}-n{rows[0].node}" in page.evaluate(LIT)
        # Without the layer the picture is as it was.
        page.locator("#showerrors").uncheck()
        assert not any(hot for hot, _ in page.evaluate(FILLS).values())
        assert not page.locator("#heatkey").is_visible()
    B.explore(point).save(tmp_path / "plain.html")
    with opened(tmp_path / "plain.html", dark=True) as page:
        assert not page.locator("#tabRounding").is_visible() and not page.locator("#heatkey").is_visible()


def test_a_map_of_another_graph_is_refused() -> None:
    G = ew.parse("(1 - cos(x))/x**2")
    B = G.gradient()
    other = ew.parse("x + 1").gradient().rounding(x=1.0)
    for draw in (B.explore, B.show, B.simplify().show, B.simplify().explore, G.show, G.explore):
        with pytest.raises(InputError, match="of another graph"):
            draw(rounding=other)
    # An input of this name has its value in the mapping.
    named = ew.parse("rounding**2").gradient()
    assert named.explore({"rounding": 3.0}).values[0] == 3.0
