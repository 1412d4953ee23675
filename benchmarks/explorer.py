"""How soon does the explorer page answer? The two-layer network of lesson 06, unrolled to scalars, in a browser."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import edgewise as ew
from question import Bound, Options, Question, Row, View, row

WORK = "two-layer network"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

STEPS = """() => {
  // Each step from the first to the last, until the browser knows where everything is; then back.
  let longest = 0;
  const last = steps.length - 1;
  for (const k of [...Array(last).keys()].map(k => k + 1).concat([...Array(last).keys()].reverse())) {
    const start = performance.now();
    go(k);
    document.body.getBoundingClientRect();
    svg.getBoundingClientRect();
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}"""
SLIDERS = """() => {
  let longest = 0;
  for (const slider of document.querySelectorAll("#sliders input[type=range]")) {
    const start = performance.now();
    slider.value = Number(slider.value) + 0.25;
    slider.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}"""


def network(quick: bool) -> Any:
    """The gradient of the squared loss in the weights: 515 nodes of ℬ for 4 samples, 3 inputs and 4 hidden units."""
    shapes = "X: n,d; W1: d,h; b1: h; w2: h; y: n"
    loss = ew.parse("sum((tanh(X @ W1 + b1) @ w2 - y)**2)", shapes=shapes)
    sizes = {"n": 1, "d": 2, "h": 2} if quick else {"n": 4, "d": 3, "h": 4}
    return loss.scalarize(**sizes).gradient(["W1", "b1", "w2"])


def browser() -> str | None:
    """Where Chromium is, None where it or Playwright is missing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found if importlib.util.find_spec("playwright") is not None else None


def measure(options: Options) -> Iterator[Row]:
    B = network(options.quick)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        start = time.perf_counter()
        B.explore().save(path)
        yield row("explorer_times", "page written", "edgewise", time.perf_counter() - start)
        yield row("explorer_size", WORK, "edgewise", path.stat().st_size)
        program = browser()
        if program is None:
            print("  explorer: Playwright or Chromium is missing: only the page itself is measured", file=sys.stderr)
            return
        from playwright.sync_api import sync_playwright

        opened, steps, sliders = [], [], []
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for _ in range(1 if options.quick else 5):
                page = chromium.new_page(viewport={"width": 1400, "height": 900})
                start = time.perf_counter()
                page.goto(path.as_uri())
                page.wait_for_selector("html[data-ready=yes]")
                page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
                opened.append(time.perf_counter() - start)
                steps.append(page.evaluate(STEPS) / 1000)
                sliders.append(page.evaluate(SLIDERS) / 1000)
                page.close()
            chromium.close()
        yield row("explorer_times", "first picture", "edgewise", min(opened))
        yield row("explorer_times", "longest step", "edgewise", min(steps))
        yield row("explorer_times", "longest move of an input", "edgewise", min(sliders))


QUESTION = Question(
    "explorer",
    "How soon does the explorer page answer?",
    "The page of the gradient of a two-layer network's loss, unrolled to scalars: 515 nodes of ℬ, 230 edges of 𝒢."
    " Headless Chromium at 1400 × 900. The first picture is there when the page has been loaded, computed and painted"
    " once; a step and a move of an input end when the browser knows where everything is. The best of five pages, of"
    " each page the longest of all steps and moves.",
    measure,
    (
        View("explorer_times", "Times of the explorer page", "s", "edgewise", compare=False,
             bounds=(Bound(limit=2.0, works=("first picture",)), Bound(limit=0.05, works=("longest step",)))),
        View("explorer_size", "Size of the explorer page", "B", "edgewise", compare=False,
             bounds=(Bound(limit=1.5e6),)),
    ),
)  # fmt: skip
