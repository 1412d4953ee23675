"""A real browser for the tests of pages: headless Chromium, driven by Playwright; both are optional."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


@contextmanager
def opened(
    path: Path | str,
    *,
    dark: bool = False,
    width: int = 1400,
    still: bool = False,
    alone: bool = True,
    ready: str = "html[data-ready=yes]",
) -> Iterator[Any]:
    """The page of a file, once `ready` is there; afterwards nothing was asked of the network, the console is empty.

    Of an address it is asked there alone.
    `still` is for readers who asked for reduced motion. A page that is `alone` needs no other file.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if still else "no-preference",
        )
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        address = path if isinstance(path, str) else path.as_uri()
        page.goto(address)
        page.wait_for_selector(ready)
        yield page
        browser.close()
        assert said == []
        # Pictures that the page makes itself have addresses too.
        asked = [url for url in asked if not url.startswith(("data:", "blob:"))]
        assert asked[0].partition("#")[0] == address.partition("#")[0]
        others = address.partition("#")[0] if isinstance(path, str) else "file:"
        assert all(url.startswith(others) and not alone for url in asked[1:])


def open_all(page: Any) -> None:
    """Every group of the picture of an explorer page opened."""
    if page.locator("#openall").is_visible():
        page.locator("#openall").click()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: the ratio of relative luminances of two colours that the browser has computed."""

    def luminance(text: str) -> float:
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", text)[:3]]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = """
() => {
  // Every text that is seen, with its colour and the first opaque colour behind it; of the picture, its box's.
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const item = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !item.checkVisibility()) continue;
    if (["SCRIPT", "TITLE", "STYLE"].includes(item.tagName.toUpperCase())) continue;
    const box = item.closest(".ew-node, .ew-edge, svg");
    const ink = getComputedStyle(item)[box ? "fill" : "color"];
    const shape = box && box.matches(".ew-node") && box.querySelector("path,polygon,ellipse");
    let paper = shape ? getComputedStyle(shape).fill : "none";
    for (let behind = item; /none|, 0\\)|transparent/.test(paper); behind = behind.parentElement) {
      if (!behind) { paper = "rgb(255, 255, 255)"; break; }
      paper = getComputedStyle(behind).backgroundColor;
    }
    if (paper.startsWith("color(")) {
      const [r, g, b] = paper.match(/[\\d.]+/g).map(Number);
      paper = `rgb(${r * 255}, ${g * 255}, ${b * 255})`;
    }
    found.push([walker.currentNode.data.trim(), ink, paper]);
  }
  return found;
}
"""
"""Every text of a page with its colour and what is behind it, for `contrast`."""
