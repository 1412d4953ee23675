"""The playground in a real browser: typed into, marked, linked to, looked at in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote

import pytest

from edgewise.cli.playground.answers import Asked
from edgewise.cli.playground.server import server
from edgewise.cli.playground.worker import Worker
from view.browser import TEXTS, contrast, opened

READY = "html[data-text][data-picture]"


@contextmanager
def playing(begin: Asked, place: str = "", fragment: str = "", **how: Any) -> Iterator[Any]:
    """The page of a playground, as the command starts it."""
    pytest.importorskip("pygraphviz", reason="pygraphviz lays pictures out")
    workers = {part: Worker(part, place, seconds=30) for part in ("text", "picture")}
    try:
        with server(workers, begin, place, 0) as found:
            thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                with opened(found.url + fragment, alone=False, ready=READY, **how) as page:
                    yield page
            finally:
                found.shutdown()
                thread.join()
    finally:
        for worker in workers.values():
            worker.end()


def shows(page: Any, selector: str, text: str) -> None:
    """Wait until an element holds a text."""
    page.locator(selector).filter(has_text=text).wait_for()  # the page lets no text run, so no function is waited for


@pytest.mark.slow
def test_a_formula_is_typed_and_everything_follows() -> None:
    with playing(Asked("x*y")) as page:
        shows(page, "#pictureG", "x·y")
        page.focus("#formula")
        page.keyboard.press("End")
        page.keyboard.type(" + sin(x)")
        shows(page, "#pictureG", "sin(x)")
        shows(page, "#pictureB", "cos(x)")
        shows(page, "#formulaB", "cos")
        # An edge that is pointed at stays, here and there.
        lit = 0
        for edge in page.locator("#pictureG .ew-edge[class*=ew-c] path").all():
            edge.dispatch_event("mouseover")
            lit = max(lit, page.locator("#pictures.focused #pictureB .lit").count())
        assert lit > 0
        # Another level, kind, input and target.
        page.click("#levels button[data-level=none]")
        shows(page, "#pictureB", "∂out/∂u")
        page.click("#tab-source")
        page.select_option("#target", "c")
        shows(page, "#sourceText", "double")
        page.select_option("#kind", "hessian")
        shows(page, "#title", "hessian in x, y")
        page.fill("#wrt", "x")
        shows(page, "#title", "hessian in x")
        page.click("#tab-cost")
        assert page.locator("#counts tr").count() > 4

        # What is wrong is marked, what was right stays, and the rest goes on.
        page.fill("#formula", "x*y\n + $")
        page.wait_for_selector("#editor.wrong mark")
        shows(page, "#trouble", "ParseError")
        page.fill("#formula", "s = x*y\ns*$ + x")
        shows(page, "#trouble", "leave it away")
        assert page.locator("#paint mark").text_content() == "$"
        assert page.locator("#pictureG svg").count() == 1
        page.fill("#formula", "<script>document.title = 'bad'</script><img src=x onerror=alert(1)>")
        page.wait_for_selector("#editor.wrong mark")
        page.fill("#formula", "x**2/y")
        page.wait_for_selector("#editor:not(.wrong)")
        assert page.locator("#paint mark").count() == 0 and "bad" not in page.title()

        # The link holds it all.
        page.wait_for_url(lambda url: "formula=x**2%2Fy" in url)
        link = page.evaluate("location.hash")
        page.evaluate("location.hash = '#formula=' + encodeURIComponent('tanh(a)')")
        shows(page, "#pictureG", "tanh(a)")
        assert page.input_value("#wrt") == "" and page.input_value("#kind") == "first"
        page.evaluate("link => { location.hash = link; }", link)
        shows(page, "#title", "hessian in x")
        assert page.input_value("#formula") == "x**2/y" and page.input_value("#target") == "c"
        assert page.locator("#levels button[aria-checked=true]").get_attribute("data-level") == "none"
        assert page.locator("#cost").is_visible()


@pytest.mark.slow
def test_a_link_is_opened_and_hostile_text_in_it_does_nothing() -> None:
    text = "<img src=x onerror=alert(1)>"
    text = quote(text)
    fragment = f"#formula={text}&wrt={text}&kind={text}&level={text}&tab={text}&target={text}&__proto__={text}"
    with playing(Asked("x*y"), fragment=fragment) as page:
        shows(page, "#trouble", "Error")
        assert page.input_value("#formula") == unquote(text) and page.input_value("#kind") == "first"
        assert page.locator("#typed img, #told img").count() == 0


@pytest.mark.slow
def test_the_users_file_is_followed(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_text("def f(x, y):\n    return x*y\n")
    with playing(Asked(), f"{file}:f") as page:
        shows(page, "#title", "gradient of f in x, y")
        assert page.input_value("#formula") == file.read_text()
        assert page.locator("#formula").get_attribute("readonly") is not None
        file.write_text("def f(x):\n    return x**3\n")
        shows(page, "#formulaG", "x^3")
        file.write_text("def f(x):\n    c = x\n    return c.no\n")
        page.wait_for_selector("#editor.wrong mark")
        assert page.locator("#paint mark").text_content() == "return c.no"


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_can_be_read_and_fits(dark: bool) -> None:
    begin = Asked("s = x*y + sin(x) # sum\nt = exp(-s**2)\nt*s + 1/3")
    with playing(begin, dark=dark, still=True) as page:
        assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
            1400,
            900,
        ]
        for tab in ("formulas", "source", "cost", "edges"):
            page.click(f"#tab-{tab}")
            poor = [
                found for found in page.evaluate(TEXTS) if contrast(*found[1:]) < 4.5 and found[1] != "rgba(0, 0, 0, 0)"
            ]
            assert poor == []
        heights = page.evaluate(
            "[...document.querySelectorAll('.picture text')].map(t => t.getBoundingClientRect().height)"
        )
        assert heights and min(heights) >= 10
        for width in (800, 420):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
