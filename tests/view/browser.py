"""A real browser for the tests of pages: headless Chromium, driven by Playwright; both are optional."""

from __future__ import annotations

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
def opened(path: Path, *, dark: bool = False, alone: bool = True, ready: str = "html[data-ready=yes]") -> Iterator[Any]:
    """The page of a file, once `ready` is there; afterwards nothing was asked of the network, the console is empty.

    A page that is `alone` needs no other file.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900}, color_scheme="dark" if dark else "light")
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_selector(ready)
        yield page
        browser.close()
        assert said == []
        assert asked[0] == path.as_uri()
        assert all(url.startswith(("file:", "data:")) and not alone for url in asked[1:])
