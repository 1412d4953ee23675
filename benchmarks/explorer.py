"""How soon does the explorer page answer? A network unrolled to scalars, a pendulum and a long chain, in a browser."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import edgewise as ew
from question import Bound, Options, Question, Row, View, row

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

STEPS = """() => {
  // Steps from all over the algorithm, one on and one back, each until the browser knows where everything is.
  let longest = 0;
  const last = steps.length - 1, by = Math.max(1, Math.floor(last / 100));
  for (let k = 1; k <= last; k += by) {
    go(k - 1);
    svg.getBoundingClientRect();
    for (const to of [k, k - 1]) {
      const start = performance.now();
      go(to);
      document.body.getBoundingClientRect();
      svg.getBoundingClientRect();
      longest = Math.max(longest, performance.now() - start);
    }
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


def double_pendulum(state: Any, steps: int) -> list[Any]:
    """Two angles and their speeds after some steps of a symplectic Euler method."""
    a, b, va, vb = state
    for _ in range(steps):
        c, s = np.cos(a - b), np.sin(a - b)
        mass = 1 + 2 * s * s
        va = va + 0.01 * (-s * (va * va * c + vb * vb) - 9.8 * np.sin(a) + 9.8 * np.sin(b) * c) / mass
        vb = vb + 0.01 * (s * (2 * va * va + vb * vb * c) + 9.8 * (np.sin(a) * c - np.sin(b))) / mass
        a = a + 0.01 * va
        b = b + 0.01 * vb
    return [a, b, va, vb]


def pendulum(quick: bool) -> Any:
    """The Jacobian after eight steps in the state they begin with: 1,899 nodes, of which the page holds all."""
    return ew.trace(lambda state: double_pendulum(state, 2 if quick else 8), state=4).jacobian()


def chain(quick: bool) -> Any:
    """The gradient of y·sin(y) + x, nine hundred times: 9,902 nodes, of which the page holds a part."""
    x = y = ew.symbols("x")
    for _ in range(300 if quick else 900):
        y = y * ew.sin(y) + x
    return ew.graph(y).gradient()


GRAPHS = {"two-layer network": network, "pendulum's Jacobian": pendulum, "long chain": chain}


def browser() -> str | None:
    """Where Chromium is, None where it or Playwright is missing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found if importlib.util.find_spec("playwright") is not None else None


def measure(options: Options) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, graph in GRAPHS.items():
            B, paths[name] = graph(options.quick), Path(folder) / f"{len(paths)}.html"
            start = time.perf_counter()
            B.explore().save(paths[name])
            yield row("explorer_written", name, "edgewise", time.perf_counter() - start)
            yield row("explorer_size", name, "edgewise", paths[name].stat().st_size)
        program = browser()
        if program is None:
            print("  explorer: Playwright or Chromium is missing: only the page itself is measured", file=sys.stderr)
            return
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for name, path in paths.items():
                opened, steps, sliders = [], [], []
                for _ in range(1 if options.quick else 3):
                    page = chromium.new_page(viewport={"width": 1400, "height": 900})
                    start = time.perf_counter()
                    page.goto(path.as_uri())
                    page.wait_for_selector("html[data-ready=yes]")
                    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
                    opened.append(time.perf_counter() - start)
                    steps.append(page.evaluate(STEPS) / 1000)
                    sliders.append(page.evaluate(SLIDERS) / 1000)
                    page.close()
                yield row("explorer_opened", name, "edgewise", min(opened))
                yield row("explorer_steps", name, "edgewise", min(steps))
                if min(sliders) > 0:
                    yield row("explorer_inputs", name, "edgewise", min(sliders))
            chromium.close()


QUESTION = Question(
    "explorer",
    "How soon does the explorer page answer?",
    "The pages of three derivatives: a two-layer network's gradient, unrolled to scalars (515 nodes of ℬ, 230 edges of"
    " 𝒢), the Jacobian of eight steps of a double pendulum (1,899 nodes) and the gradient of a chain (9,902 nodes, of"
    " which the page holds those with which the sweep begins, and the rest in groups). Headless Chromium at 1400 × 900."
    " The first picture is there when the page has been loaded, computed, laid out and painted once; a step and a move"
    " of an input end when the browser knows where everything is. The best of three pages, of each page the longest of"
    " two hundred steps and of all moves.",
    measure,
    (
        View("explorer_written", "Time to write the explorer page", "s", "edgewise", compare=False,
             bounds=(Bound(limit=3.0),)),
        View("explorer_size", "Size of the explorer page", "B", "edgewise", compare=False,
             bounds=(Bound(limit=1.5e6),)),
        View("explorer_opened", "Time to the first picture of the explorer page", "s", "edgewise", compare=False,
             bounds=(Bound(limit=1.0),)),
        View("explorer_steps", "Longest step of the explorer page", "s", "edgewise", compare=False,
             bounds=(Bound(limit=0.03),)),
        View("explorer_inputs", "Longest move of an input of the explorer page", "s", "edgewise", compare=False,
             bounds=(Bound(limit=0.03),)),
    ),
)  # fmt: skip
