"""Who can use the explorer page: by keyboard, on small screens, in light and dark, with whatever reads it aloud."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from view.browser import TEXTS, contrast, opened

TEXT = "s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t"


def page_of(folder: Path, graph: Any = None) -> Path:
    path = folder / "page.html"
    (ew.parse(TEXT) if graph is None else graph).explore().save(path)
    return path


def test_expression_picture_steps_and_source_are_seen_together(tmp_path: Path) -> None:
    with opened(page_of(tmp_path)) as page:
        for part in ("#expression", "#key", "#picture", "#sliders", "#controls", "#algorithm", "#gradtable", "#source"):
            box = page.locator(part).bounding_box()
            assert box is not None and box["y"] >= 0 and box["y"] + min(box["height"], 100) <= 900, part
        assert page.evaluate("document.documentElement.scrollHeight") <= 900
        assert page.evaluate("document.documentElement.scrollWidth") <= 1400
        # Which is 𝒢 and which is ℬ is written above them, and explained beside.
        assert page.locator("#picture .ew-title, #picture text").filter(has_text=re.compile("^(𝒢|ℬ)$")).count() == 2
        assert "local partial" in page.locator("#keyB").text_content()
        assert "input" in page.locator("#keyG").text_content()


@pytest.mark.slow
@pytest.mark.parametrize("width", [420, 760])
def test_small_screens_scroll_in_one_direction_only(tmp_path: Path, width: int) -> None:
    with opened(page_of(tmp_path), width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("#forth").click()
        assert page.locator("#said").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_enough_contrast(tmp_path: Path, dark: bool) -> None:
    with opened(page_of(tmp_path), dark=dark, still=True) as page:
        for state in ("", "End", "lit"):
            if state == "lit":
                page.locator("#ledger tr").nth(3).dispatch_event("mouseenter")
                page.evaluate("svg.classList.remove('lighting', 'running')")  # what is faded is not to be read
            elif state:
                page.keyboard.press(state)
            texts = page.evaluate(TEXTS)
            assert len(texts) > 100
            poor = [(text, ink, paper) for text, ink, paper in texts if contrast(ink, paper) < 4.5]
            assert poor == []


@pytest.mark.slow
def test_everything_that_can_be_used_has_a_name(tmp_path: Path) -> None:
    unnamed = """[...document.querySelectorAll('button, input, select, [tabindex]')].filter(item => {
      const name = item.getAttribute('aria-label') || item.getAttribute('aria-labelledby') || item.closest('label')
        || item.textContent.trim() || item.getAttribute('title');
      return !name && item.checkVisibility();
    }).map(item => item.outerHTML.slice(0, 80))"""
    with opened(page_of(tmp_path)) as page:
        assert page.evaluate(unnamed) == []
        names = page.evaluate("[...document.querySelectorAll('[id]')].map(item => item.id)")
        assert len(names) == len(set(names))
        tree = page.locator("body").aria_snapshot()
        for wanted in ('slider "Step"', 'spinbutton "least x"', 'button "Step forward"', 'tab "Source" [selected]'):
            assert wanted in tree


def test_the_keyboard_reaches_all_of_it_in_the_order_of_the_page(tmp_path: Path) -> None:
    with opened(page_of(tmp_path)) as page:
        stops = []
        for _ in range(60):
            page.keyboard.press("Tab")
            stops.append(
                page.evaluate("""(item => item.id && !item.closest('#picture svg') ? item.id
                  : item.closest('#expression, #picture, #sliders, .tab, #tabs')?.id || item.tagName
                )(document.activeElement)""")
            )
            if stops[-1] == "BODY":
                break
        seen = list(dict.fromkeys(stops))
        order = [
            "search",
            "savesvg",
            "expression",
            "both",
            "zoom",
            "picture",
            "sliders",
            "first",
            "play",
            "step",
            "paths",
        ]
        assert [stop for stop in seen if stop in order] == order
        assert stops.count("picture") == 3  # one stop for the boxes, one for the arrows of either graph
        # Arrows go from one thing to the next within a group, and what has the focus is lit.
        page.locator("#picture .ew-node").first.focus()
        before = page.evaluate("document.activeElement.id")
        page.keyboard.press("ArrowDown")
        after = page.evaluate("document.activeElement.id")
        assert after != before and page.locator(f"#{after}.lit").count() == 1
        assert page.locator("#detail").text_content()[:1] in "𝒢ℬ"
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == before
        page.keyboard.press("Escape")
        assert page.locator(".lit").count() == 0
        # Tabs: arrows choose, and do not step.
        page.locator("#tabSource").focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == "tabLedger"
        assert page.locator("#ledger").is_visible() and not page.locator("#source").is_visible()
        assert page.evaluate("at") == 0
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.row") == "0"


def test_search_lights_what_it_finds(tmp_path: Path) -> None:
    with opened(page_of(tmp_path), dark=True) as page:
        page.keyboard.press("/")
        page.keyboard.type("tanh")
        assert page.locator("#found").text_content() == "1 node"
        assert page.locator("#picture .ew-node.lit").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(".lit").count() == 0


def test_one_graph_can_be_shown_alone(tmp_path: Path) -> None:
    faded = """[...svg.querySelectorAll('.ew-node')].map(
      e => [e.classList.contains('ew-G'), Number(getComputedStyle(e).fillOpacity) < 0.5])"""
    with opened(page_of(tmp_path)) as page:
        page.locator("#onlyG").click()
        assert all(function != pale for function, pale in page.evaluate(faded))
        page.locator("#onlyB").click()
        assert all(function == pale for function, pale in page.evaluate(faded))
        assert page.locator("#onlyB").get_attribute("aria-pressed") == "true"
        page.locator("#both").click()
        assert not any(pale for _, pale in page.evaluate(faded))


@pytest.mark.slow
def test_nothing_moves_by_itself_for_who_asked_for_that(tmp_path: Path) -> None:
    moving = """[...document.querySelectorAll('*')].filter(item => {
      const look = getComputedStyle(item);
      return look.transitionDuration !== '0s' || look.animationName !== 'none';
    }).length"""
    path = page_of(tmp_path)
    with opened(path, still=True) as page:
        assert page.evaluate(moving) == 0
    with opened(path) as page:
        assert page.evaluate(moving) == 3  # the bars


@pytest.mark.slow
def test_a_step_of_a_long_list_touches_little(tmp_path: Path) -> None:
    x = np.array(ew.symbols(" ".join(f"x{k}" for k in range(60))))
    with opened(page_of(tmp_path, ew.graph((x * np.roll(x, 1)).sum() * x[0]))) as page:
        changes = """async ([from, to]) => {
          go(from);
          await new Promise(r => setTimeout(r));
          let count = 0;
          const watch = new MutationObserver(list => { count += list.length; });
          watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
          go(to);
          await new Promise(r => setTimeout(r));
          watch.disconnect();
          return count;
        }"""
        last = page.evaluate("steps.length - 1")
        assert last > 250
        for k in (last // 2, last - 3):
            assert page.evaluate(changes, [k, k + 1]) < 60
            assert page.evaluate(changes, [k + 1, k]) < 60
