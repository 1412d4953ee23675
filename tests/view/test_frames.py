"""The run of an algorithm as pictures and as a film: what is there at each step, by ledger and by what reads what."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

import edgewise as ew
from edgewise.errors import InputError
from edgewise.view.spellings import number
from view.browser import opened
from view.pages import POINT, TEXT

SVG = "{http://www.w3.org/2000/svg}"


class Frame:
    """A picture as its viewer takes it: what is faint, what is heavy, and the numbers that are seen."""

    def __init__(self, text: str) -> None:
        root = ElementTree.fromstring(text)
        self.own, style = root.attrib["id"], [item.text or "" for item in root.iter(f"{SVG}style")][-1]
        self.said = root.findall(f"{SVG}text")[-1].text
        self.rules: dict[str, str] = {}
        for names, what in re.findall(r"([^{}]+)\{([^{}]+)\}", style):
            self.rules[what] = f"{self.rules.get(what, '')},{names}"
        self.faint, self.heavy = self.nodes("fill-opacity:.2;stroke-opacity:.2"), self.nodes("stroke-width:3.5")
        self.hidden = self.nodes("visibility:hidden")
        groups = [item for item in root.iter(f"{SVG}g") if re.search(r"-n\d+$", item.attrib.get("id", ""))]
        self.numbers = {
            int(item.attrib["id"].rpartition("-n")[2]): "".join(item.findall(f"{SVG}text")[-1].itertext())
            for item in groups
        }
        # Text and picture are inside of the frame.
        _, y, _, height = map(float, root.attrib["viewBox"].split())
        assert y < float(root.findall(f"{SVG}text")[-1].attrib["y"]) < y + height

    def nodes(self, what: str) -> set[int]:
        return {int(node) for node in re.findall(rf"#{self.own}-n(\d+)", self.rules.get(what, ""))}


DERIVATIVES: dict[str, Any] = {
    "gradient": lambda G: G.gradient(),
    "simplified": lambda G: G.gradient().simplify(),
    "tangent": lambda G: G.tangent("x"),
    "columns": lambda G: G.jacobian(order="forward"),
    "elimination": lambda G: G.jacobian(order="markowitz"),
}


@pytest.mark.parametrize("name", DERIVATIVES)
def test_each_step_has_its_picture(tmp_path: Path, name: str) -> None:
    B = DERIVATIVES[name](ew.parse(TEXT))
    steps, values = B.steps(POINT), B.evaluate(POINT).values
    steps.frames(tmp_path / "run.zip")
    with ZipFile(tmp_path / "run.zip") as bundle:
        pictures = [bundle.read(entry).decode() for entry in sorted(bundle.namelist())]
    frames = [Frame(picture) for picture in pictures]
    lines = [line.strip() for line in steps.lines() if line.startswith("  ")]
    assert [frame.said for frame in frames] == lines and len(lines) == len(steps)
    drawn = set(frames[0].numbers)
    assert frames[-1].faint == set() and frames[0].faint
    for before, after in pairwise(frames):
        assert after.faint <= before.faint and before.hidden <= before.faint
    rows = list(B.edges)
    if not B.derivative.elimination:
        edges = [k for k, step in enumerate(steps) if step.action == "edge"]
        for row, k in zip(rows, edges, strict=True):
            assert row.product not in frames[k].faint
            assert row.product not in drawn or row.product in frames[k].heavy or B.op(row.product) == "const"
    # What is made is made of what is there.
    for frame in frames:
        for node in drawn - frame.faint:
            assert not {j for j in B.tape.arguments(node) if j in drawn} & frame.faint, frame.said
    made = {row.product for row in rows} & drawn
    assert made
    for node in made:
        if B.op(node) != "const":
            assert frames[-1].numbers[node] == number(values[node])


def test_arrays_folders_and_places_that_cannot_be(tmp_path: Path) -> None:
    B = ew.parse("sum((A @ x)**2)", shapes="A: m,n; x: n").gradient("x")
    steps = B.steps(A=[[1.0, 2.0], [3.0, 4.0]], x=[1.0, 1.0])
    steps.frames(tmp_path / "run" / "all")
    files = sorted((tmp_path / "run" / "all").iterdir())
    assert [file.name for file in files][:2] == ["step-001.svg", "step-002.svg"] and len(files) == len(steps)
    assert "[48., 68.]" in files[-1].read_text("utf-8")  # 2·Aᵀ(A x), by hand
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "run", tmp_path / "nowhere" / "run.zip"):
        with pytest.raises(InputError, match=r"no folder for pictures|cannot be written"):
            steps.frames(place)


def test_the_same_run_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        ew.parse("x*sin(x)").gradient().steps(x=1.0).frames(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


LOOK = """when => {
  // How the film looks at a moment: what is faint, what is heavy, which numbers and which line are seen.
  for (const animation of document.getAnimations()) { animation.pause(); animation.currentTime = when; }
  const style = item => getComputedStyle(item), named = item => Number(item.id.match(/-n(\\d+)$/)?.[1]);
  const boxes = [...document.querySelectorAll(".ew-node")].filter(item => named(item) >= 0);
  const shape = box => box.querySelector("path,polygon,ellipse");
  const has = test => boxes.filter(test).map(named).sort((a, b) => a - b);
  return {
    faint: has(box => style(box).fillOpacity === "0.2"),
    heavy: has(box => style(shape(box)).strokeWidth === "3.5px"),
    hidden: has(box => style([...box.querySelectorAll("text")].at(-1)).visibility === "hidden"),
    said: [...document.querySelectorAll(".ew-said")].filter(text => style(text).visibility === "visible")
      .map(text => text.textContent),
  };
}"""


def test_a_film_shows_at_each_moment_the_frame_of_its_step(tmp_path: Path) -> None:
    B = ew.parse(TEXT).gradient()
    steps = B.steps(POINT)
    steps.frames(tmp_path / "film.svg")
    steps.frames(tmp_path / "run.zip")
    svg = (tmp_path / "film.svg").read_text("utf-8")
    assert ElementTree.fromstring(svg) is not None and len(svg) < 250_000 and "<script" not in svg
    page = tmp_path / "film.html"
    page.write_text(f'<!doctype html><html data-ready="yes"><meta charset="utf-8"><body>{svg}</body></html>', "utf-8")
    with ZipFile(tmp_path / "run.zip") as bundle:
        frames = [Frame(bundle.read(name).decode()) for name in bundle.namelist()]
    with opened(page) as browser:
        for k, frame in [*enumerate(frames), (len(frames) + 1, frames[-1])]:  # the end stands for a while
            seen = browser.evaluate(LOOK, 1200 * k + 600)
            assert (set(seen["faint"]), set(seen["heavy"])) == (frame.faint, frame.heavy), k
            assert set(seen["hidden"]) == frame.hidden and seen["said"] == [frame.said], k
    with opened(page, still=True) as browser:
        seen = browser.evaluate(LOOK, 0)
        assert seen["faint"] == seen["heavy"] == seen["hidden"] == [] and seen["said"] == [frames[-1].said]
