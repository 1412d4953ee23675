"""The playground: what its page is told, who is answered, and how the command begins and ends."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import edgewise as ew
from edgewise.cli import main
from edgewise.cli.playground import answers
from edgewise.cli.playground.answers import BYTES, KINDS, LEVELS, TARGETS, Asked, answer
from edgewise.cli.playground.server import Server, server
from edgewise.cli.playground.worker import Worker

FORMULA = "s = x*y + sin(x)\nexp(-s**2)*s"


# --- what the page is told --------------------------------------------------------------------------------------------


def asked(formula: str, part: str = "text", place: str = "", **state: str) -> Any:
    return json.loads(json.dumps(answer(part, {"formula": formula, **state}, place)))


def test_formulas_levels_source_and_cost_are_those_of_the_library() -> None:
    told, B = asked(FORMULA), ew.parse(FORMULA).gradient()
    assert told["title"] == "gradient in x, y"
    assert told["levels"] == {
        level: (B if level == "none" else B.simplify(level)).cost().operations for level in LEVELS
    }
    assert told["source"]["text"] == B.simplify().to_python("f_and_gradient", "math")
    assert told["formulas"]["text"] == B.simplify().text()
    assert "<math" in told["formulas"]["G"] and "<mfrac>" in told["formulas"]["B"]
    assert ["operations", str(ew.parse(FORMULA).cost().operations), str(told["levels"]["real"])] in told["cost"]
    assert sum(int(count) for _, count, _ in told["kinds"]) == ew.parse(FORMULA).cost().operations
    assert told["rules"] and asked(FORMULA, level="none")["rules"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_derivative(kind: str) -> None:
    told = asked(FORMULA, kind=kind)
    assert "error" not in told and told["title"].startswith("gradient" if kind == "first" else kind)
    assert asked("[x*y, x/y]", kind="first")["title"] == "jacobian in x, y"
    assert asked(FORMULA, kind=kind, wrt="y")["title"].endswith(" in y")


@pytest.mark.parametrize("target", TARGETS)
def test_every_target(target: str) -> None:
    made = ew.parse(FORMULA).gradient().simplify()
    source = made.to_c if target == "c" else made.to_js if target == "js" else made.to_python
    extra = () if target in ("c", "js") else (target,)
    assert asked(FORMULA, target=target)["source"]["text"] == source("f_and_gradient", *extra)


def test_tensors_have_the_targets_that_they_have() -> None:
    state = {"shapes": "X: n,d; w: d", "wrt": "w"}
    assert "X.T @" in asked("sum((X @ w)**2)", target="numpy", **state)["source"]["text"]
    refused = asked("sum((X @ w)**2)", target="math", **state)
    assert "error" not in refused and refused["source"]["error"]["what"]


@pytest.mark.parametrize(
    ("formula", "kind", "place"),
    [
        ("x*", "ParseError", [1, 3]),
        ("s = x\nt = $\ns", "ParseError", [2, 5]),
        ("x + foo(x)", "OperationError", [1, 5]),
        ("𝛼 + ü*(", "ParseError", [1, 7]),
        ("", "ParseError", None),
        ("__import__('os').system('true')", "ParseError", [1, 12]),
        ("x.__class__", "ParseError", [1, 1]),
        ("lambda: 0", "ParseError", [1, 1]),
    ],
)
def test_an_error_has_its_place(formula: str, kind: str, place: list[int] | None) -> None:
    error = asked(formula)["error"]
    assert (error["kind"], error["place"]) == (kind, place)
    assert error["what"] and "\n" not in error["what"] + error["hint"]


@pytest.mark.parametrize(
    "state",
    [
        {"wrt": "q"}, {"wrt": ","}, {"wrt": "x("}, {"kind": "__init__"}, {"kind": "explore"}, {"level": "full"},
        {"target": "fortran"}, {"shapes": "x: ?"}, {"formula": 3}, {"formula": None}, [], None, 7, "x",
    ],
)  # fmt: skip
def test_a_state_that_is_none_is_one_typed_line(state: Any) -> None:
    given = {"formula": "x*y", **state} if isinstance(state, dict) else state
    for part in ("text", "picture"):
        error = answer(part, given)["error"]
        assert error["kind"].endswith("Error") and "\n" not in error["what"]
        assert "failed with" not in error["what"]


def test_what_is_too_large_is_one_line() -> None:
    for formula in ("+".join(["x"] * 3000), "[" + ",".join(f"x{k}*y" for k in range(1500)) + "]", "(" * 40000):
        error = asked(formula)["error"]
        assert "nodes" in error["what"] or error["kind"] == "ParseError"


def test_without_a_drawing_program_the_rest_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    told = asked(FORMULA, "picture")
    assert told["undrawn"]["kind"] == "LoweringError" and "pip install" in told["undrawn"]["hint"]
    assert "error" not in told and "error" not in asked(FORMULA)


def test_a_fault_of_the_library_is_one_line_and_the_page_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ew.Graph, "gradient", lambda self, wrt: 1 / 0)
    assert "failed with ZeroDivisionError" in asked(FORMULA)["error"]["what"]


NAMES = ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "&lt;b&gt;", '"><svg onload=alert(1)>']


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_and_names_come_back_as_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(name)["error"]["kind"] == "ParseError"
    x, y = ew.symbols([name, "y"])
    monkeypatch.setattr(answers, "_graph", lambda *_: ew.graph(ew.sin(x * y) * x))
    text, picture = answer("text", {}), answer("picture", {})
    for html in (text["formulas"]["G"], text["formulas"]["B"], text["ledger"], *picture["drawn"]):
        assert not any(bad in html for bad in ("<script", "<img", "<svg onload", "<b>"))
    assert "alert(1)" in text["formulas"]["G"] or "&amp;lt;b&amp;gt;" in text["formulas"]["G"]


def test_a_file_is_traced_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_text("def f(x, y):\n    return x*y\n")
    told = answer("text", {"formula": "ignored("}, f"{file}:f")
    assert told["title"] == "gradient of f in x, y" and told["file"]["text"] == file.read_text()
    file.write_text("def f(x):\n    return x**3\n")
    again = answer("text", {}, f"{file}:f")
    assert again["title"] == "gradient of f in x" and again["file"]["stamp"] != told["file"]["stamp"]
    file.write_text("def f(x):\n    y = 1\n    return x.no\n")
    error = answer("text", {}, f"{file}:f")["error"]
    assert error["place"] == [3, 1]
    file.unlink()
    assert "there is no file" in answer("text", {}, f"{file}:f")["error"]["what"]


# --- who is answered --------------------------------------------------------------------------------------------------


class Direct:
    """Answers in this process."""

    def __init__(self, part: str) -> None:
        self.part, self.asked = part, 0

    def ask(self, data: object) -> dict[str, Any]:
        self.asked += 1
        return answer(self.part, data)


@contextmanager
def served(**begin: str) -> Iterator[Server]:
    with server({part: Direct(part) for part in ("text", "picture")}, Asked(**begin), "", 0) as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join()


def sent(found: Server, method: str, path: str, body: str = "", **headers: str) -> tuple[int, Any, str]:
    """Status, headers and text of a request with these headers alone; `_` stands for `-` in their names."""
    connection = http.client.HTTPConnection("127.0.0.1", found.server_port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders(body.encode())
    answered = connection.getresponse()
    text = answered.read().decode()
    connection.close()
    return answered.status, answered.headers, text


def good(found: Server, body: str) -> dict[str, str]:
    host = f"127.0.0.1:{found.server_port}"
    return {
        "Host": host, "Origin": f"http://{host}", "Content_Type": "application/json",
        "Content_Length": str(len(body.encode())), "X_Edgewise_Token": found.token,
    }  # fmt: skip


def test_the_page_is_served_and_answers_itself() -> None:
    body = json.dumps({"formula": "x*y"})
    with served() as found:
        status, headers, html = sent(found, "GET", "/", Host=f"localhost:{found.server_port}")
        assert status == 200 and found.token in html and "<!--" not in html
        assert "http://" not in html.replace("http://www.w3.org", "") and "https://" not in html
        assert "default-src 'none'" in headers["Content-Security-Policy"] and "Python" not in headers["Server"]
        assert "Access-Control-Allow-Origin" not in headers
        for part, told in (("text", "title"), ("picture", "key")):
            status, headers, text = sent(found, "POST", f"/{part}", body, **good(found, body))
            assert status == 200 and told in json.loads(text) and "Access-Control-Allow-Origin" not in headers
        assert json.loads(sent(found, "POST", "/stamp", body, **good(found, body))[2]) == {"stamp": ""}
        assert found.server_address[0] == "127.0.0.1"


def test_requests_from_elsewhere_are_refused_and_nothing_is_computed() -> None:
    body = json.dumps({"formula": "x*y"})
    with served() as found:
        port, right = found.server_port, good(found, body)
        for wrong in (
            {"Host": "example.com"}, {"Host": f"example.com:{port}"}, {"Host": ""}, {"Host": "127.0.0.1"},
            {"Host": f"127.0.0.1.example.com:{port}"}, {"Origin": "http://example.com"}, {"Origin": "null"},
            {"Origin": f"https://127.0.0.1:{port}"}, {"Origin": f"http://127.0.0.1:{port + 1}"}, {"Origin": ""},
            {"Origin": f"http://localhost:{port}"}, {"X_Edgewise_Token": ""}, {"X_Edgewise_Token": found.token[:-1]},
            {"X_Edgewise_Token": "é" * 43}, {"Content_Type": "text/plain"}, {"Content_Length": "-1"},
            {"Content_Length": "x"}, {"Content_Length": str(BYTES + 1)},
        ):  # fmt: skip
            headers = {name: value for name, value in (right | wrong).items() if value}
            text = body + " " * (BYTES + 1 - len(body)) if wrong.get("Content_Length") == str(BYTES + 1) else body
            status, _, said = sent(found, "POST", "/text", text, **headers)
            assert status in (403, 411, 413, 415), wrong
            assert json.loads(said)["error"]["kind"] == "InputError"
            assert found.token not in said
        for host in ("example.com", f"example.com:{port}", "", "127.0.0.1"):
            status, _, said = sent(found, "GET", "/", **({"Host": host} if host else {}))
            assert status == 403 and found.token not in said
        assert sent(found, "GET", "/../pyproject.toml", Host=f"127.0.0.1:{port}")[0] == 404
        assert sent(found, "POST", "/other", body, **right)[0] == 404
        assert sent(found, "OPTIONS", "/text", Host=f"127.0.0.1:{port}", Origin="http://example.com")[0] == 501
        bad = "[" * 90_000
        assert sent(found, "POST", "/text", bad, **good(found, bad))[0] == 400
        assert sum(part.asked for part in found.parts.values()) == 0  # type: ignore[attr-defined]


def test_too_long_a_text_is_told_its_bound() -> None:
    body = json.dumps({"formula": "x+" * BYTES + "x"})
    with served() as found:
        status, _, said = sent(found, "POST", "/text", body, **good(found, body))
        assert status == 413 and f"{BYTES:,}" in json.loads(said)["error"]["hint"]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_page_begins_with_does_not_end_its_script(name: str) -> None:
    with served(formula=name, wrt=name) as found:
        html = sent(found, "GET", "/", Host=f"127.0.0.1:{found.server_port}")[2]
    assert name not in html and html.count("<script") == html.count("</script>") == 2


# --- how it begins and ends -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        ["play", "missing.py:f"], ["play", "x*y", "--port", "99999"], ["play", "x*y", "--level", "full"],
        ["play", "x*y", "--target", "fortran"], ["play", "model.py"], ["play", "x*y", "--port", "a"],
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_one_line(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2 and capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_the_command_serves_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "edgewise", "play", "x*y", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        port = int(line.split("127.0.0.1:")[1].split("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        with pytest.raises(SystemExit) as stop:
            main(["play", "x*y", "--no-browser", "--port", str(port)])
        assert stop.value.code == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert [row for row in process.stderr.read().splitlines() if row.startswith("edgewise")] == [
            "edgewise: the playground is closed"
        ]


@pytest.mark.slow
def test_what_takes_too_long_is_ended_and_the_next_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_text("def f(x):\n    while True:\n        pass\n")
    worker = Worker("text", f"{file}:f", seconds=0.3)
    try:
        assert "more than 0.3 seconds" in worker.ask({})["error"]["what"]
        file.write_text("import os\n\n\ndef f(x):\n    os._exit(1)\n")
        worker.seconds = 20
        assert "ended before" in worker.ask({})["error"]["what"]
        file.write_text("def f(x):\n    return x**2\n")
        assert worker.ask({})["title"] == "gradient of f in x"
    finally:
        worker.end()
