"""The command line as strangers use it: files, names, values, standard input and output."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from edgewise.cli import main

FILE = """from __future__ import annotations
import dataclasses
import sys
from beside_it import FACTOR
print("said while it is loaded")
LIMIT = 3

@dataclasses.dataclass
class Spring:
    stiffness: float = FACTOR

    def energy(self, x):
        print("said while it is traced")
        return self.stiffness*x**2/2

    @staticmethod
    def plain(x):
        return x**2

spring = Spring()

def loss(X, w):
    return ((X @ w)**2).sum()

def square(x):
    return (x*x).sum()

def cube(x):
    return x**3

def several(*values):
    return values[0]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model.py").write_text(FILE.replace("\n", "\r\n"), newline="")
    (tmp_path / "beside_it.py").write_text("FACTOR = 4.0\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(sys, "path", [*sys.path])
    return tmp_path


def called(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(argv)
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err  # type: ignore[return-value]


@pytest.mark.parametrize(("compiled", "said"), [(True, "loops compiled"), (False, "loops run as plain Python")])
def test_version_says_whether_anything_is_compiled(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, compiled: bool, said: str
) -> None:
    monkeypatch.setattr("edgewise.cli.COMPILED", compiled)
    text = called(capsys, "--version")[1]
    assert text.startswith("edgewise 0.") and said in text and text.count("\n") == 1


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, "help")[1] == called(capsys, "--help")[1] != ""
    assert called(capsys, "help", "cost")[1] == called(capsys, "cost", "--help")[1] != ""


@pytest.mark.parametrize(
    ("place", "slope"), [("spring.energy", 8.0), ("Spring.plain", 4.0), ("cube", 12.0), ("several", None)]
)
def test_a_file_is_run_as_python_runs_it(
    folder: Path, capsys: pytest.CaptureFixture[str], place: str, slope: float | None
) -> None:
    code, out, err = called(capsys, "grad", f"../model.py:{place}", "--at", "x=2", "--json")
    if slope is None:
        assert code == 2 and 'name each of its arguments in --shape "X: n,d; w: d; s:"' in err
        assert called(capsys, "grad", f"../model.py:{place}", "--shape", "s:")[0] == 0
    else:
        assert json.loads(out)["gradient"] == slope  # what the file prints is not among it
        assert "said while it is loaded" in err and ("while it is traced" in err) == (place == "spring.energy")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("grad", "../model.py"), "names no function in a file; give file.py:function, as in model.py:loss"),
        (("grad", "../model.py::loss"), "names no function in a file"),
        (("grad", "../lesson.ipynb:loss"), "names no function in a file"),
        (("grad", "../model.py:"), "has no function ''; give file.py:function: it has loss, square, cube, several"),
        (("grad", "../model.py:squares"), "did you mean 'square'? it has loss"),
        (("grad", "../model.py:LIMIT"), "'LIMIT' in ../model.py is 3 of type int, and no function"),
        (("grad", "../model.py:spring"), "of type Spring, and no function"),
        (("check", "x*y", "y"), "'x*y' is no function in a file"),
        (("grad", "../model.py:loss", "--shape", "X: n,d"), 'name each of its arguments in --shape "X: n,d; w: d; s:"'),
        (
            ("grad", "sum(x)", "--shape", "x: n", "--target", "c"),
            "--target c takes numbers alone: write them in --shape",
        ),
        (("grad", "x*y", "--at", '{"x": [1, 2], "y": 1}'), 'declare it: --shape "x: 2"'),
        (("eval", "../model.py:cube", "--at", '{"x": [[1, 2]]}'), 'declare it: --shape "x: 1, 2"'),
        (("grad", "x*y", "--at", '{"x": 1, "y": }'), "give a JSON object"),
        (("grad", "x*y", "--wrt", "x", "--wrt", "y"), "--wrt is given twice; give all of it in one, as in --wrt x,y"),
        (("grad", "x*y", "--at", "x=1", "--at", "y=3"), "--at is given twice"),
        (("grad", "x*y", "--at", "x=1,x=2,y=3"), "--at gives 'x' two values"),
        (("grad", "x*y", "--at", '{"x": 1, "x": 2, "y": 3}'), "--at gives 'x' two values"),
        *(
            (("eval", "x*y", "--at", f"y=3,x{bad}"), f"--at has 'x{bad}'; write name=number")
            for bad in ("", "=", "=z", "=[1]", "=1 2", "=x=1")
        ),
    ],
)
def test_errors_say_what_to_write_on_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], message: str
) -> None:
    code, out, err = called(capsys, *argv)
    assert (code, out) == (2, "")
    assert message in err.splitlines()[-1] and err.splitlines()[-1].startswith("edgewise: ")


@pytest.mark.parametrize("at", ["x=2,y=3", " x = 2 , y = 3 ", '{"x": 2, "y": 3.0}', '{"y": 3, "x": 2}'])
def test_values_of_numbers(capsys: pytest.CaptureFixture[str], at: str) -> None:
    assert called(capsys, "grad", "x*y", "--at", at) == (0, "value = 6.0\ngradient = [3.0, 2.0]\n", "")


def test_values_as_formulas_write_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    out = called(capsys, "grad", "sin(x)*y", "--at", "x=pi/2,y=1/3")[1]
    assert out == "value = 0.3333333333333333\ngradient = [2.041077998578922e-17, 1.0]\n"
    assert called(capsys, "eval", "x*y", "--at", "x=-inf,y=2e-3")[1] == "-inf\n"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_standard_input_is_utf_8(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    monkeypatch.setattr(
        sys,
        "stdin",
        io.TextIOWrapper(io.BytesIO("α*é".encode(coding, "replace")), encoding="utf-8", errors="surrogateescape"),
    )
    code, out, err = called(capsys, "eval", "-", "--at", "α=2,é=3")
    assert (code, out) == (0, "6.0\n") if coding.startswith("utf-8") else (code == 2 and "UTF-8" in err)


def test_the_page_goes_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "view", "x*y", "--out", "-")
    assert code == 0 and out.startswith("<!DOCTYPE html>") and not Path("-").exists()


@pytest.mark.parametrize("command", ["grad", "hessian", "jacobian", "eval", "steps"])
def test_json_has_no_numbers_that_json_has_not(capsys: pytest.CaptureFixture[str], command: str) -> None:
    def refuse(name: str) -> Any:
        raise AssertionError(name)

    _, out, _ = called(capsys, command, "x/y + log(x)", "--at", "x=-1,y=0", "--json")
    found = json.loads(out, parse_constant=refuse)
    assert ('"NaN"' in out and 'Infinity"' in out) if command != "eval" else found == {"value": "NaN"}


def test_standard_input_and_output(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a = x*y\r\n" + "b = a + " + " + ".join(["a"] * 50_000) + "\r\nb\r\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code, out, _ = called(capsys, "grad", "-", "--at", "x=1,y=2", "--out", "-")
    assert code == 0 and out == "value = 100002.0\ngradient = [100002.0, 50001.0]\n"
    assert not Path("-").exists()
