"""The picture of the explorer page in a real browser: it opens readable, and its groups open and close."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.view.pictures import svg
from view.browser import open_all, opened

TEXT = "s = sin(x*y) + x; t = s*s + exp(y); r = tanh(t/3)*s - t; q = r*cos(s); q/(1 + exp(-r)) + sqrt(1 + r*r) - x*y"

SEEN = """() => {
  // The smallest label on the screen in pixels, and the headings that are in view.
  const frame_ = document.getElementById("picture").getBoundingClientRect();
  const sizes = [...document.querySelectorAll("#picture .ew-node text")]
    .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a);
  const inView = item => {
    const box = item.getBoundingClientRect();
    return box.width > 0 && box.left >= frame_.left - 1 && box.right <= frame_.right + 1 && box.top >= frame_.top - 1
      && box.bottom <= Math.min(frame_.bottom, innerHeight) + 1;
  };
  const titles = [...document.querySelectorAll("#picture .ew-title")].filter(inView)
    .map(item => item.firstChild.textContent);
  return [Math.min(...sizes), titles, document.querySelectorAll("#picture .ew-node").length];
}"""
OPEN = "[...open].sort((a, b) => a - b)"


def chain(length: int) -> Any:
    x = y = ew.symbols("x")
    for _ in range(length):
        y = y * ew.sin(y) + x
    return ew.graph(y)


def motion(state: Any, steps: int = 8) -> Any:
    a, b, va, vb = state
    for _ in range(steps):
        c, s = np.cos(a - b), np.sin(a - b)
        den = 1 + 2 * s * s
        va = va + 0.01 * (-s * (va * va * c + vb * vb) - 9.8 * np.sin(a) + 9.8 * np.sin(b) * c) / den
        vb = vb + 0.01 * (s * (2 * va * va + vb * vb * c) + 9.8 * (np.sin(a) * c - np.sin(b))) / den
        a = a + 0.01 * va
        b = b + 0.01 * vb
    return [a, b, va, vb]


def network() -> Any:
    loss = ew.parse("sum((tanh(X @ W1 + b1) @ w2 - y)**2)", shapes="X: n,d; W1: d,h; b1: h; w2: h; y: n")
    return loss.scalarize(n=4, d=3, h=4).gradient(["W1", "b1", "w2"])


PAGES = {
    "5": lambda: ew.parse("exp(x*y) + sin(x)").gradient(),
    "30": lambda: ew.parse(TEXT).gradient(),
    "300": lambda: chain(100).gradient(),
    "network": network,
    "pendulum": lambda: ew.trace(motion, state=4).jacobian(),
    "logistic": lambda: ew.parse("sum(log(1 + exp(-y*(X @ w)))) + sum(w**2)", shapes="X: n,d; w: d; y: n").hessian("w"),
    "10,000": lambda: chain(900).gradient(),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_it_opens_readable_with_both_headings_in_view(tmp_path: Path, name: str) -> None:
    B = PAGES[name]()
    B.explore().save(tmp_path / "page.html")
    if len(B) <= 2000:
        assert (tmp_path / "page.html").stat().st_size < 1.5e6
    for width, dark in ((1400, False), (800, True)):
        with opened(tmp_path / "page.html", width=width, dark=dark, still=True) as page:
            smallest, titles, boxes = page.evaluate(SEEN)
            assert smallest >= 10, (width, smallest)
            assert titles == ["𝒢", "ℬ"], width
            assert 2 <= boxes <= 80


def test_groups_open_and_close_by_mouse_and_keyboard_with_what_faces_them(tmp_path: Path) -> None:
    chain(24).gradient().explore(x=0.5).save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        page.evaluate("document.getElementById('closeall').click()")
        assert page.evaluate(OPEN) == []
        times = page.evaluate("groupsOf.find(group => group.times).number")
        assert "× 24" in page.locator(f"#ew-picture-g{times}").text_content()
        # By a click on 𝒢's box, and ℬ's is open too; by a chip it is closed.
        page.locator(f"#ew-picture-g{times}").click()
        assert page.evaluate(OPEN) == [times]
        assert page.locator(f"#ew-picture-g{times}, #ew-picture-dg{times}").count() == 0
        page.locator("#trail .chip").first.click()
        assert page.evaluate(OPEN) == []
        # By the keyboard, from ℬ's box.
        page.locator(f"#ew-picture-dg{times}").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(OPEN) == [times]
        inner = page.evaluate(f"groupsOf[{times}].inside.map(item => item.number)")
        for number in inner:  # each faces the group of its derivatives
            rows = [page.locator(f"#ew-picture-{side}g{number}").bounding_box() for side in ("", "d")]
            middles = [box["y"] + box["height"] / 2 for box in rows]
            assert abs(middles[0] - middles[1]) < 2 and rows[0]["x"] < rows[1]["x"]
        page.locator(f"#ew-picture-g{inner[0]}").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(OPEN) == sorted([times, inner[0]])
        page.keyboard.press("Backspace")
        page.keyboard.press("Backspace")
        assert page.evaluate(OPEN) == []
        # What a step touches in a closed group lights the group, and its own box when that is open.
        page.evaluate("go(firstStep.get(edges[Math.floor(edges.length / 2)].product))")
        now = page.locator("#picture .ew-node.now")
        assert now.count() >= 1 and {"ew-group"} <= set(now.first.get_attribute("class").split())
        # All of it: every node is a box, and arrows are as many as there are.
        open_all(page)
        assert page.locator("#picture .ew-node").count() == page.evaluate("data.picture.total")
        assert page.locator("#picture .ew-group").count() == 0 and now.count() >= 1
        assert page.locator("#picture .ew-node.todo").count() > 20  # what later steps make is not there yet


def test_arrows_between_groups_are_those_of_their_nodes(tmp_path: Path) -> None:
    ew.parse(TEXT).gradient().explore(x=0.5, y=0.2).save(tmp_path / "page.html")
    script = """() => {
      // Every state of the groups: each arrow of nodes is drawn between what stands for its ends, or is inside of it.
      const wrong = [];
      for (let state = 0; state < 2 ** Math.min(4, groupsOf.length); state++) {
        open.clear();
        groupsOf.forEach((group, k) => { if (state >> k & 1) open.add(group.number); });
        const now = seen(), links = lifted(now), drawn_ = new Set(links.map(link => `${link.tail} ${link.head}`));
        const ends = data.picture.arrows.map(([a, b]) => [now.ofNode.get(a), now.ofNode.get(b)]);
        const wanted_ = new Set(ends.filter(([a, b]) => a !== b).map(pair => pair.join(" ")));
        if (drawn_.size !== wanted_.size || [...wanted_].some(ends => !drawn_.has(ends))) wrong.push(state);
        if (new Set(now.items.flatMap(item => item.nodes)).size !== data.picture.total) wrong.push(state);
      }
      return wrong;
    }"""
    with opened(tmp_path / "page.html") as page:
        assert page.evaluate("groupsOf.length") >= 2
        assert page.evaluate(script) == []


@pytest.mark.slow
def test_a_focus_shows_a_node_and_what_is_near_and_folds_the_rest(tmp_path: Path) -> None:
    chain(60).gradient().explore(x=0.5).save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        node = page.evaluate("data.picture.boxes.find(box => !box.new && box.place > 200).node")
        page.evaluate(f"focusOn(around({node}))")
        near = set(page.evaluate(f"around({node})"))
        alone = set(page.evaluate("scene.items.filter(item => item.kind === 'node').map(item => item.box.node)"))
        assert alone == near and len(near) > 3
        folded = page.locator("#picture .ew-cut").all_text_contents()
        assert folded and all("more" in text for text in folded)
        assert page.evaluate(SEEN)[0] >= 10
        page.keyboard.press("Escape")
        assert page.evaluate("only") is None
        page.locator("#tabPaths").click()
        page.locator("#pathlist li").first.dblclick()
        assert page.evaluate("only.size") == len(page.locator("#pathlist li").first.text_content().split(" → "))


@pytest.mark.slow
def test_the_picture_is_moved_and_its_size_changed_by_mouse_touch_and_keyboard(tmp_path: Path) -> None:
    ew.parse(TEXT).gradient().explore(x=0.5, y=0.2).save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        open_all(page)
        before = page.evaluate("size")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("+")
        page.keyboard.press("+")
        assert page.evaluate("size") == pytest.approx(1.44 * before)
        page.keyboard.press("Shift+ArrowDown")
        page.wait_for_function("() => frame.scrollTop > 0")
        # The heads of both halves stay in view, and the map shows which part is seen.
        assert len(page.evaluate(SEEN)[1]) == 2
        assert page.locator("#map").is_visible()
        part = page.evaluate("Number(chart.lastChild.getAttribute('y'))")
        assert part == pytest.approx(page.evaluate("frame.scrollTop / size"), rel=1e-3)
        area = page.locator("#map").bounding_box()
        page.mouse.click(area["x"] + 4, area["y"] + area["height"] - 2)
        assert page.evaluate("Math.abs(frame.scrollTop + frame.clientHeight - frame.scrollHeight)") < 3
        # Where the mouse is stays, when the wheel changes the size.
        box = page.locator("#picture").bounding_box()
        page.mouse.move(box["x"] + 200, box["y"] + 150)
        spot = "((frame.scrollLeft + 200) / size)"
        was, now = page.evaluate(spot), page.evaluate("size")
        page.keyboard.down("Control")
        page.mouse.wheel(0, -100)
        page.keyboard.up("Control")
        page.wait_for_function(f"() => size > {now}")
        assert page.evaluate(spot) == pytest.approx(was, abs=2)
        # Dragging moves it, and opens nothing.
        top = page.evaluate("frame.scrollTop")
        groups = page.evaluate(OPEN)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 250, steps=4)
        page.mouse.up()
        assert page.evaluate("frame.scrollTop") == pytest.approx(top - 100, abs=2) and page.evaluate(OPEN) == groups
        # Far into a group it opens, far out it closes again.
        page.evaluate("document.getElementById('closeall').click()")
        page.evaluate("zoom(1.5, 0, 0)")
        group = page.locator("#picture .ew-group.ew-G").first
        group.scroll_into_view_if_needed()
        group.hover()
        page.keyboard.down("Control")
        page.mouse.wheel(0, -100)
        page.wait_for_function("() => open.size === 1")
        for _ in range(12):
            page.mouse.wheel(0, 200)
        page.keyboard.up("Control")
        page.wait_for_function("() => open.size === 0")
        open_all(page)
        # Two fingers.
        pinch = """by => {
          const finger = (kind, pointerId, clientX) => frame.dispatchEvent(new PointerEvent(kind,
            { pointerId, pointerType: "touch", bubbles: true, clientX, clientY: 400, buttons: 1 }));
          finger("pointerdown", 1, 200);
          finger("pointerdown", 2, 300);
          finger("pointermove", 2, 200 + 100 * by);
          finger("pointerup", 1, 200);
          finger("pointerup", 2, 200 + 100 * by);
        }"""
        page.evaluate("zoom(1, 0, 0)")
        now = page.evaluate("size")
        page.evaluate(pinch, 0.5)
        assert page.evaluate("size") == pytest.approx(now / 2)
        page.keyboard.press("0")
        assert not page.locator("#map").is_visible()


@pytest.mark.slow
def test_long_lists_are_made_as_they_are_seen(tmp_path: Path) -> None:
    chain(180).gradient().explore(x=0.5).save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        total = page.evaluate("data.nodes.length")
        assert total > 1500
        assert page.locator("#formulas tr").count() == 100
        page.locator("#tabNodes").click()
        page.evaluate("tabs.get('Nodes').panel.scrollTop = 1e6")
        page.wait_for_function(f"() => document.querySelectorAll('#formulas tr').length === {total}")
        last = page.locator("#formulas tr").last
        assert last.locator(".number").text_content() != ""
        page.keyboard.press("End")
        assert page.locator("#source .line.now").count() + page.locator("#source .line").count() > 100


def test_there_is_a_page_without_a_drawing_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pygraphviz", None)
    assert not svg.has_graphviz()
    page = ew.parse("exp(x*y) + sin(x)").gradient().explore()
    page.save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as there:
        assert there.locator("#picture .ew-node").count() == 15


@pytest.mark.slow
@pytest.mark.parametrize(
    ("notebook", "theme"),
    [
        ('<body data-jp-theme-light="false">', "dark"),
        ('<body data-jp-theme-light="true">', "light"),
        ('<body class="vscode-dark" data-vscode-theme-kind="vscode-dark">', "dark"),
        ('<body class="dark dark-theme">', "dark"),
        ('<body style="background: #202124">', "dark"),
        ('<body style="background: #fafafa">', "light"),
    ],
)
def test_in_a_notebook_it_fits_its_frame_and_looks_like_the_notebook(tmp_path: Path, notebook: str, theme: str) -> None:
    frame = ew.parse(TEXT).gradient().explore()._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html>{notebook}<p>before</p>{frame}<p>after</p>", "utf-8")
    # The system's mode is the other one: the notebook's counts.
    with opened(tmp_path / "notebook.html", dark=theme == "light", width=1100, ready="iframe") as page:
        inner = page.frames[1]
        inner.wait_for_selector("html[data-ready=yes]")
        page.wait_for_function("() => document.querySelector('iframe').style.height.endsWith('px')")
        page.wait_for_timeout(100)
        assert inner.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        assert inner.evaluate("innerHeight - document.body.getBoundingClientRect().height") < 8
        dark = inner.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        assert dark == (theme == "dark")
        order = [
            inner.locator(part).bounding_box()["y"] for part in ("#sliders", "#controls", "#picture", "#run", "#tabs")
        ]
        assert order == sorted(order)
        assert escape(theme) == inner.evaluate("document.documentElement.dataset.theme")


OUTSIDE = """
() => [...document.querySelectorAll("#picture .ew-node")].filter(box => {
  const [shape] = box.querySelectorAll("path,polygon,ellipse,rect"), room = shape.getBoundingClientRect();
  return [...box.querySelectorAll("text")].some(text => {
    const own = text.getBoundingClientRect();
    return own.width && (own.left < room.left - 1 || own.right > room.right + 1);
  });
}).map(box => box.textContent)
"""


@pytest.mark.parametrize("text", ["mean((X @ w - y)**2)", "sum(exp(X @ w)*y)", "norm(X @ w - y)"])
def test_numbers_of_arrays_stay_in_their_boxes(tmp_path: Path, text: str) -> None:
    B = ew.parse(text, shapes="X: n,d; w: d; y: n").gradient()
    B.explore(X=[[1, 2], [3, 4], [5, 6]], w=[1 / 3, -1], y=[0, 1 / 7, 2]).save(tmp_path / "page.html")
    with opened(tmp_path / "page.html") as page:
        assert page.evaluate(OUTSIDE) == []
