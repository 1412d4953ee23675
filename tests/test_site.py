"""The site is built without a warning; its links lead somewhere; it needs no network, in light and dark."""

from __future__ import annotations

import html.parser
import importlib.util
import os
import re
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import edgewise as ew
from view.browser import opened

ROOT = Path(__file__).parent.parent
NEEDED = ("sphinx", "myst_nb", "furo", "math_core")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f'the site needs {", ".join(missing)}: pip install -e ".[docs]"')
    target = tmp_path_factory.mktemp("site") / "html"
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-c", "docs", ".", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
    return target


class Page(html.parser.HTMLParser):
    """The ids of a page, what it links to, and what a browser loads with it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.formulas = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.formulas += tag == "math"
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        for name in ("src", "srcset", "data"):
            if given.get(name):
                self.loads.append(str(given[name]))
        if tag == "link" and given.get("href"):
            self.loads.append(str(given["href"]))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


@pytest.mark.slow
def test_every_page_and_every_lesson_is_there(site: Path, pages: dict[Path, Page]) -> None:
    for source in [
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("docs/walks/*.md"),
        *ROOT.glob("notebooks/*.ipynb"),
        ROOT / "benchmarks/README.md",
    ]:
        assert site / source.relative_to(ROOT).with_suffix(".html") in pages
    first = pages[site / "docs/index.html"]
    reached = {urlsplit(link).path for link in first.links}
    for path in ROOT.glob("notebooks/*.ipynb"):
        assert f"../notebooks/{path.stem}.html" in reached


def test_links_lead_somewhere(pages: dict[Path, Page]) -> None:
    count = 0
    for path, page in pages.items():
        for link in page.links + page.loads:
            to = urlsplit(link)
            if to.scheme:
                continue
            there = (path.parent / unquote(to.path)).resolve() if to.path else path
            assert there.exists(), (path, link)
            if to.fragment and there.suffix == ".html" and there in pages:
                assert unquote(to.fragment) in pages[there].ids, (path, link)
            count += 1
    assert count > 1000


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        assert all(urlsplit(load).scheme in ("", "data") for load in page.loads), path
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", style.read_text(encoding="utf-8")), style


def test_formulas_are_mathml(site: Path, pages: dict[Path, Page]) -> None:
    assert pages[site / "notebooks/02_by_hand.html"].formulas > 20
    for path in pages:
        text = re.sub(r'srcdoc="[^"]*"', "", path.read_text(encoding="utf-8"))
        assert r"<p>$\displaystyle" not in text, path


def test_the_reference_has_every_public_name_and_method(site: Path, pages: dict[Path, Page]) -> None:
    documented = pages[site / "docs/reference.html"].ids
    assert {f"edgewise.{name}" for name in ew.__all__ if name != "EdgewiseError"} <= documented
    kinds = (ew.Graph, ew.DerivativeGraph)
    for kind in kinds:
        names = {name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))}
        names |= {
            name
            for name, value in vars(kind).items()
            if isinstance(value, (property, cached_property)) and name[0] != "_"
        }
        for name in names:
            assert any(f"edgewise.{each.__name__}.{name}" in documented for each in kinds), (kind, name)


def test_docstrings_are_read_as_they_are_meant(site: Path) -> None:
    """A backtick that is left over is markup that was not understood."""
    text = (site / "docs/reference.html").read_text(encoding="utf-8")
    prose = re.sub("<pre>.*?</pre>", "", text, flags=re.S)
    assert [line for line in re.sub("<[^>]+>", "", prose).splitlines() if "`" in line] == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["docs/index", "docs/how-it-works", "notebooks/02_by_hand"])
def test_pages_in_a_browser(site: Path, name: str, dark: bool) -> None:
    """Nothing is said on the console, nothing is asked of the network, and the page is as light as its pictures."""
    with opened(site / f"{name}.html", dark=dark, alone=False, ready="body") as page:
        brightness: Any = page.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
        )
        assert (max(brightness) < 60) if dark else (min(brightness) > 240)
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 50)")
