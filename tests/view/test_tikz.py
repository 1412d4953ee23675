"""TikZ: every box and arrow where Graphviz puts it, labels that TeX sets, names that do nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pygraphviz
import pytest

import edgewise as ew
from edgewise.cli import main
from view.test_picture import HOSTILE

TEXT = "s = sin(x*y); [s*x, sqrt(s)/y]"


def test_boxes_and_arrows_are_those_of_the_picture_at_graphvizs_places() -> None:
    for J in (ew.parse(TEXT).jacobian(order="reverse"), ew.parse(TEXT).jacobian(order="markowitz")):
        diagram, text = J.show().diagram, J.to_tikz()
        laid = pygraphviz.AGraph(string=J.to_dot())
        laid.layout(prog="dot")
        found = dict(re.findall(r"\\node\[[^\]]*\] \((\w+)\) at \(([^)]*)\)", text))
        assert found == {box.key: laid.get_node(box.key).attr["pos"] for box in diagram.boxes}
        assert text.count(r"\draw[") == len(diagram.arrows)
        for box in diagram.boxes:
            assert re.search(rf"\[ew {box.role}[,\]].*\({box.key}\)", text)
        assert text.count("{") == text.count("}")


def test_arrows_end_at_what_reads() -> None:
    """The head of each arrow lies nearer to the box that reads than to the other."""
    B = ew.parse("exp(x*y)*x").gradient()
    text, diagram = B.to_tikz(), B.show().diagram
    place = {
        key: complex(*map(float, at.split(",")))
        for key, at in re.findall(r"\\node\[[^\]]*\] \((\w+)\) at \(([^)]*)\)", text)
    }
    lines = re.findall(r"\\draw\[([^\]]*)\] (.*);", text)
    for arrow, (style, way) in zip(diagram.arrows, lines, strict=True):
        points = [complex(*map(float, at.split(","))) for at in re.findall(r"\(([-\d.]+,[-\d.]+)\)", way)]
        head = points[0] if "<-" in style.split(", ") else points[-1]
        assert abs(head - place[arrow.head]) < abs(head - place[arrow.tail])


def test_labels_are_mathematics() -> None:
    text = ew.parse("sqrt(x_1)/alpha").gradient().to_tikz()
    assert r"$u_2 = \sqrt{x_1}$" in text.replace("x_{1}", "x_1").replace("u_{2}", "u_2")
    assert r"$\mathrm{out} = \frac{u_{2}}{\alpha}$" in text
    assert r"$\frac{\partial \mathrm{out}}{\partial \alpha}$" in text


@pytest.mark.parametrize("name", [*HOSTILE, r"\end{tikzpicture}", "a%b$c#d&e~f^g_h", "}{"])
def test_names_are_no_commands(name: str) -> None:
    text = ew.graph(ew.symbols([name, "y"])[0] * 2).gradient().to_tikz()
    assert not re.search(r"\\(input|write|def|catcode)(?![a-z])", text)
    assert text.count(r"\end{") == 1
    bare = re.sub(r"\\[{}%$#&_]", "", "\n".join(text.splitlines()[2:]))
    assert bare.count("{") == bare.count("}")
    assert "%" not in bare


def test_latex_sets_it(tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("there is no pdflatex")
    hostile = ew.symbols([name for name in (*HOSTILE, "a%b$c#d&e~f^g_h") if name.isascii()])
    graphs = [
        ew.parse(TEXT).jacobian(order="markowitz"),
        ew.graph(sum(hostile[1:], hostile[0])).gradient(),
        ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w"),
    ]
    preamble = re.findall(r"\\use\w+\{[\w.,]+\}", graphs[0].to_tikz())
    for k, graph in enumerate(graphs):
        graph.show().save(tmp_path / f"p{k}.tex")
    body = "\n".join(rf"\input{{p{k}.tex}}\newpage" for k in range(len(graphs)))
    page = "\\documentclass{article}" + "".join(preamble) + "\n\\begin{document}\n" + body + "\n\\end{document}\n"
    (tmp_path / "all.tex").write_text(page)
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")


def test_on_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["draw", "x*y", "--out", str(tmp_path / "p.tex")])
    assert ended.value.code == 0
    assert r"\begin{tikzpicture}" in (tmp_path / "p.tex").read_text(encoding="utf-8")
