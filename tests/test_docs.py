"""What the README, the pages and the notebooks say is true: examples, tables, links, pictures."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.cli import main
from edgewise.ops import OPS
from edgewise.simplify import LEVELS, patterns
from edgewise.simplify.rulebook import kept as tables_kept
from edgewise.simplify.rulebook import rulebook, rules_mark, unpacked

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("docs/walks/*.md")]),
]
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
EXAMPLES = [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")]
NEWCOMERS = sorted(ROOT.glob("docs/coming-from-*.md"))

named = {"ids": lambda path: str(path.relative_to(ROOT))}


def executed(page: Path) -> dict[str, Any]:
    """Run the examples of a page as it tells them, with the files beside it, and return the names that it defines."""
    text = page.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(page.parent)
        runner.run(test, clear_globs=False)
    assert runner.tries > 3
    assert runner.failures == 0
    return test.globs


@pytest.mark.parametrize("page", EXAMPLES, **named)
def test_examples_run(page: Path) -> None:
    names = executed(page)
    # What the site shows of them when it is built.
    for expression in re.findall(r"^```\{shown\}\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
        value = eval(expression, names)
        assert any(hasattr(value, way) for way in ("_repr_html_", "_repr_mimebundle_", "frames", "figure"))


def test_the_back_end_that_a_page_adds_has_the_interpreters_numbers() -> None:
    added = executed(ROOT / "docs/adding-a-back-end.md")
    G = ew.parse("log(1 + exp(x*y))*sqrt(x*x + 1) - cos(select)/exp(y) + (x - y)**3", inputs=["x", "y", "select"])
    B = G.gradient().simplify()
    f = added["SqlCompiled"](B.program(), "f")
    for point in np.random.default_rng(1).normal(size=(20, 3)):
        value, gradient = f(*point)
        run = B.evaluate(*point)
        assert np.allclose([value, *gradient], [G.evaluate(*point).result, *run.outputs], rtol=1e-13, atol=1e-14)


def test_the_pass_that_is_shown_stands_in_its_file() -> None:
    page = (ROOT / "docs/how-it-works.md").read_text(encoding="utf-8")
    (file, code), *_ = re.findall(
        r"as it stands in \[`[^`]+`\]\(\.\./([^)]+)\):\n\n```python\n(def .*?)\n```", page, re.DOTALL
    )
    assert f"\n{code}\n" in (ROOT / file).read_text(encoding="utf-8")


# --- coming from … ----------------------------------------------------------------------------------------------------


def compared(page: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The rows of a page's table: what is written there, what is written here."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            there, here = line.strip("| ").split(" | ")
            yield re.findall("`([^`]+)`", there), re.findall("`([^`]+)`", here)


@pytest.mark.parametrize("page", NEWCOMERS, **named)
def test_what_is_written_here_runs(page: Path) -> None:
    names = executed(page)
    rows = list(compared(page))
    assert len(rows) > 10
    for _, here in rows:
        assert here
        for code in here:
            eval(code, names)


@pytest.mark.peer
@pytest.mark.parametrize("page", NEWCOMERS, **named)
def test_what_is_written_there_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # code that is generated is written to a file
    begin = re.search(r"<!-- there:\n(.*?)-->", page.read_text(encoding="utf-8"), re.S)
    names = {} if begin else executed(page)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a peer's own
        if begin:
            pytest.importorskip(begin[1].split()[1], reason="the peer is not installed")
            exec(begin[1], names)
        for there, _ in compared(page):
            assert there
            for code in there:
                eval(code, names)


# --- what is made by a script -----------------------------------------------------------------------------------------


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pages", ROOT / "docs/make_pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_what_the_script_writes() -> None:
    make_pages, found = script(), set()
    for page in ROOT.glob("docs/*.md"):
        text = page.read_text(encoding="utf-8")
        found |= set(re.findall(r"<!-- table: (\w+)", text))
        assert make_pages.written(text) == text, f"run python docs/make_pages.py: {page.name} is not of today"
    assert found == set(make_pages.TABLES)


def test_the_interpreter_is_what_the_rows_say() -> None:
    made, written = script().interpreter_source(), script().INTERPRETER.read_text(encoding="utf-8")
    assert made == written, "run python docs/make_pages.py, and build: interpreter.pxd is not of today"


def test_the_tables_of_the_rules_are_those_of_the_rules() -> None:
    assert rules_mark() == tables_kept()["mark"], "run python docs/make_pages.py: rule_tables.bin is not of today"
    assert tables_kept()["literals"] == patterns.LITERALS
    for level in LEVELS:
        kept, made = unpacked(*tables_kept()[level]), patterns.compiled(level)
        assert kept.keys() == made.keys()
        for name, table in made.items():
            np.testing.assert_array_equal(kept[name], table, err_msg=f"run python docs/make_pages.py: {level} {name}")


def test_rules_without_tables_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = rulebook("domain")
    monkeypatch.setattr("edgewise.simplify.rulebook.rules_mark", lambda: 0)
    asked: list[str] = []
    monkeypatch.setattr(patterns, "compiled", lambda level, make=patterns.compiled: asked.append(level) or make(level))
    assert rulebook.__wrapped__("domain").literals == kept.literals
    assert asked == ["domain"]


def test_type_checkers_and_editors_see_every_name() -> None:
    make_pages = script()
    text = make_pages.STUB.read_text(encoding="utf-8")
    assert text == make_pages.stub(), "run python docs/make_pages.py: __init__.pyi is not of today"
    declared = {
        alias.asname or alias.name if isinstance(node, ast.ImportFrom) else node.name
        for node in ast.parse(text).body
        if isinstance(node, (ast.ImportFrom, ast.FunctionDef)) and getattr(node, "module", "") != "typing"
        for alias in (node.names if isinstance(node, ast.ImportFrom) else [node])
    }
    assert declared == set(ew.__all__)
    assert all(callable(getattr(ew, name)) for name, op in OPS.items() if op.arity and name not in UNCALLED)


UNCALLED = ("and", "or", "not", "power")
"""Operators of Python or of text that no function stands for."""


def test_the_operation_table_has_every_row_and_every_partial() -> None:
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    for op in script().TABLE:
        if op.arity:
            (row,) = [line for line in text.splitlines() if line.startswith(f"| `{op.name}` |")]
            assert all(script().partial_text(partial) in row for partial in op.partials)


def shown(svg: str) -> list[str]:
    """What a picture shows; another Graphviz may lay it out otherwise."""
    return sorted(re.findall("<title>(.*?)</title>", svg))


@pytest.mark.parametrize("dot", sorted(ROOT.glob("docs/figures/*.dot")), **named)
def test_diagrams_are_what_the_script_draws(dot: Path) -> None:
    pytest.importorskip("pygraphviz", reason="pygraphviz draws them")
    stored = shown(dot.with_suffix(".svg").read_text(encoding="utf-8"))
    assert stored == shown(script().drawn(dot.read_text(encoding="utf-8"))) and len(stored) > 10


DRAWN = {
    match[1]: match[0]
    for page in PAGES
    for match in re.findall(r"edgewise draw (.*) --out (\S+)", page.read_text(encoding="utf-8"))
    if (ROOT / match[1]).exists()
}


@pytest.mark.parametrize("file", DRAWN)
def test_pictures_are_what_the_command_beside_them_draws(file: str, tmp_path: Path) -> None:
    formula, *options = re.fullmatch(r'"([^"]*)"(.*)', DRAWN[file]).groups()  # type: ignore[union-attr]
    with pytest.raises(SystemExit):
        main(["draw", formula, *options[0].split(), "--out", str(tmp_path / "again.svg")])
    stored, again = (shown(path.read_text(encoding="utf-8")) for path in (ROOT / file, tmp_path / "again.svg"))
    assert stored == again and len(stored) > 20


def test_beside_every_picture_is_the_command_that_makes_it() -> None:
    benchmarks = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("benchmarks/*.py"))
    for page in [*PAGES, ROOT / "benchmarks/README.md"]:
        text = page.read_text(encoding="utf-8")
        # The benchmarks' page is written by one command, which stands at its top.
        for part in [text] if page.parent.name == "benchmarks" else re.split(r"^#+ ", text, flags=re.M):
            commands = re.findall(r"```console\n(.*?)```", part, re.S) + re.findall(r"`([^`]*)`", part)
            for picture in re.findall(r"!\[[^]]*\]\((\S+)\)", part):
                stem = Path(picture).stem
                makers = [f"{stem}.svg", *["benchmarks/run.py"] * (f'"{stem}"' in benchmarks)]
                assert any(maker in " ".join(c.split()) for c in commands for maker in makers), (page.name, picture)


def test_the_readme_shows_what_the_command_prints() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```python\n(def f_and_grad.*?)```", text, re.S)
    command = re.search(r'edgewise grad "([^"]*)"', text)
    assert shown
    assert command
    done = subprocess.run(
        [sys.executable, "-m", "edgewise", "grad", command[1]],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert shown[1] in done.stdout


# --- links and names --------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The headings of a page as code-hosting sites and the site link them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    headings = re.findall(r"^#+ (.*)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links() -> Iterator[tuple[Path, str]]:
    """Every link of the pages and of the notebooks' text that is not to another site."""
    texts = {page: page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "benchmarks/README.md"]}
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts[path] = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    for page, text in texts.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
            if "://" not in target:
                yield page, target


def test_links_lead_somewhere() -> None:
    found = list(links())
    assert len(found) > 50
    for page, target in found:
        file, _, anchor = target.partition("#")
        there = page.parent / file if file else page
        assert there.exists(), (page, target)
        assert not anchor or anchor in anchors(there), (page, target)


def test_every_public_name_is_in_the_reference() -> None:
    text = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    single = set(re.findall(r"auto\w+:: edgewise\.(\w+)(?:\(\))?$", text, re.M))
    several = {name for names in re.findall(r":members: (.+)", text) for name in names.split(", ")}
    assert set(ew.__all__) <= single | several


@pytest.mark.parametrize("path", NOTEBOOKS, **named)
def test_notebooks_read_well_unexecuted(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert sum(bool(cell["outputs"]) for cell in cells) > len(cells) / 2
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert not any(output["output_type"] == "error" for output in outputs)
    # Nothing of the machine that ran it: its folders, places in its memory, its warnings.
    shown = [
        text for o in outputs for kind, text in o.get("data", {"text": o.get("text")}).items() if kind != "image/png"
    ]
    assert not re.search(r"ipykernel_|/tmp/|/home/|\b0x[0-9a-f]{9,}|Warning:", json.dumps(shown))
