"""Motion in the explorer: what a step computes with runs along the arrows into what it makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import edgewise as ew
from view.browser import open_all, opened
from view.pages import POINT, TEXT, real, written

TOKENS = """
time => {
  cancelAnimationFrame(moving.clock);
  moveTo(time);
  const middle = item => { const r = item.getBoundingClientRect(); return [r.x + r.width/2, r.y + r.height/2]; };
  const inside = (item, id) => {
    const [x, y] = middle(item.querySelector("circle")), r = boxes.get(Number(id)).getBoundingClientRect();
    return x > r.left - 3 && x < r.right + 3 && y > r.top - 3 && y < r.bottom + 3;
  };
  return [...svg.querySelectorAll(".token")].filter(item => item.style.display !== "none").map(item => ({
    from: Number(item.dataset.from), to: Number(item.dataset.to), text: item.textContent,
    begins: inside(item, item.dataset.from), ends: inside(item, item.dataset.to),
    coming: boxes.get(Number(item.dataset.to)).classList.contains("coming") }));
}
"""


def moves(page: Any) -> list[tuple[int, int, float]]:
    """All that runs in the step of the moment, in order; checked where it begins and where it arrives."""
    found = []
    for phase in range(phases := page.evaluate("moving.phases")):
        starts = page.evaluate(TOKENS, (phase + 0.001) / phases)
        arrives = page.evaluate(TOKENS, (phase + 0.799) / phases)
        assert [(t["from"], t["to"]) for t in starts] == [(t["from"], t["to"]) for t in arrives] != []
        assert all(t["begins"] and t["coming"] for t in starts) and all(t["ends"] for t in arrives)
        found += [(t["from"], t["to"], real(t["text"])) for t in starts]
        assert page.evaluate(TOKENS, (phase + 0.9) / phases) == []  # arrived
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["gradient", "tangent", "elimination"])
def test_values_run_along_the_arrows_into_what_each_step_makes(tmp_path: Path, kind: str) -> None:
    G = ew.parse(TEXT)
    made = {
        "gradient": G.gradient,
        "tangent": lambda: G.tangent("x"),
        "elimination": lambda: G.jacobian(order="markowitz"),
    }
    B = written(made[kind](), tmp_path / "page.html", **POINT)
    values, tape = B.evaluate(POINT).values, B.tape
    ran = []
    with opened(tmp_path / "page.html") as page:
        open_all(page)
        page.locator("#speed").select_option("slow")
        page.evaluate("document.activeElement.blur()")
        for _ in range(1, page.evaluate("steps.length")):
            page.keyboard.press("ArrowRight")
            if page.evaluate("moving !== null"):
                ran.append(moves(page))
        drawn = set(page.evaluate("[...boxes.keys()]"))
        assert page.evaluate("(go(at - 1), moving)") is None  # nothing runs backwards
    # Every arrow between boxes was run along once, after all that its tail is made of.
    wanted = {(j, i) for i in range(len(B)) if i in drawn for j in tape.arguments(i) if j in drawn}
    pairs = [(j, i) for step in ran for j, i, _ in step]
    assert len(pairs) == len(set(pairs)) and set(pairs) == wanted
    assert all(value == pytest.approx(float(values[j]), rel=1e-3) for step in ran for j, _, value in step)
    when = {pair: n for n, pair in enumerate(pairs)}
    for (j, i), n in when.items():
        assert all(m < n for (_, into), m in when.items() if into == j), (j, i)


@pytest.mark.slow
def test_motion_respects_the_readers_wish_and_can_be_put_off(tmp_path: Path) -> None:
    written(ew.parse("exp(x*y)").gradient(), tmp_path / "page.html", x=1.0, y=0.5)
    with opened(tmp_path / "page.html") as page:
        open_all(page)
        page.locator("#forth").click()
        page.evaluate("go(2); go(3)")
        page.wait_for_function("() => moving !== null")
        page.wait_for_function("() => moving === null && !svg.querySelector('.token, .coming, .formed')")
        page.evaluate("go(1); go(2); go(3)")
        assert page.evaluate("moving !== null")
        page.locator("#motion").uncheck()
        assert page.evaluate("(() => { const now = moving; go(4); return [now, moving]; })()") == [None, None]
    with opened(tmp_path / "page.html", still=True) as page:
        open_all(page)
        assert page.evaluate("[1, 2, 3, 4].map(k => (go(k), moving))") == [None] * 4
