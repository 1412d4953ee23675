"""What the README and the docs say is true."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from edgewise.cli import main
from edgewise.ops import TABLE

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("page", ["README.md", "docs/compiled.md"])
def test_pages_run(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test)
    assert runner.tries > 8
    assert runner.failures == 0


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


def test_the_readmes_picture_is_what_the_command_beside_it_draws(tmp_path: Path) -> None:
    command = re.search(r'edgewise draw "([^"]*)" --out (\S+)', (ROOT / "README.md").read_text(encoding="utf-8"))
    assert command
    with pytest.raises(SystemExit):
        main(["draw", command[1], "--out", str(tmp_path / "again.svg")])
    # Another Graphviz may lay it out otherwise; what it shows is the same.
    stored, again = (
        sorted(re.findall("<title>(.*?)</title>", path.read_text(encoding="utf-8")))
        for path in (ROOT / command[2], tmp_path / "again.svg")
    )
    assert stored == again and len(stored) > 30


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
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


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("docs/*.md"), ROOT / "benchmarks/README.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), (page, target)


def test_the_table_of_conventions_is_the_operation_table() -> None:
    text = (ROOT / "docs" / "conventions.md").read_text(encoding="utf-8")
    for op in TABLE:
        if op.convention:
            assert f"| `{op.name}` |" in text, f"run python docs/make_conventions.py: {op.name} is missing"
            assert op.convention in text


@pytest.mark.parametrize("module", ["edgewise"])
def test_import_is_light(module: str) -> None:
    """SymPy, SciPy and networkx are imported when they are needed."""
    code = f"import sys, {module}; print([m for m in ('sympy', 'scipy', 'networkx', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"
