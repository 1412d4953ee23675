"""Files that prove themselves: what stands behind a program, and how it is checked anew.

A certificate says what a file computes, in how many operations, and where the accuracy of its results was looked after.
It holds the graph, as JSON: a hash of what is not there could be compared with nothing but itself. From the graph, the
hash, the count and the exact results at the reference points are found again. The seal is a hash of the whole text, so
that any change of it is seen. The JSON is not compressed: compressors do not give the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from edgewise import lower
from edgewise.accuracy.references import points_for, references
from edgewise.accuracy.repaired import Options
from edgewise.accuracy.report import AccuracyReport
from edgewise.accuracy.self_tests import hexadecimal, self_test
from edgewise.errors import EdgewiseError, InputError
from edgewise.exchange.json import from_json, to_json
from edgewise.graph import Builder, Layout, Returns, Tape, for_scalars, node_text
from edgewise.lower.c.compiled_c import find_compiler
from edgewise.lower.described import returned
from edgewise.lower.names import counted
from edgewise.lower.program import Program

__all__ = ["Checked", "certified", "check"]

_FIRST, _LAST = "edgewise certificate 1", "end of the certificate"
_WIDTH: Final = 110
_SEAL: Final = re.compile(r"(seal: sha256 )([0-9a-f]{64})")
_ENDINGS: Final = {"C": ".c", "Python": ".py", "JavaScript": ".mjs", "JavaScript script": ".cjs"}


class Checked(NamedTuple):
    """Whether a file is what its certificate says, and a line that says so, or says why not."""

    agrees: bool
    message: str


# --- writing --------------------------------------------------------------------------------------------------------


def certified(text: str, language: str, name: str, program: Program, report: Any = None) -> str:
    """The text of a program with its certificate and its test of itself behind it, the same bytes every time.

    `report` is what simplification did: that of the level "accurate" says within which ranges digits were looked
    after. Raises UnsupportedError for a graph of tensors and matrices of SciPy's, and InputError for an operation that
    has no value of many digits, and where the name is not the function's.
    """
    tape, results = _alone(for_scalars(program.tape, "certify=True"), program.results)
    if not re.search(rf"\b{re.escape(name)}\(", text) or name.lower().startswith(("ew_", "_ew_")):
        raise InputError(f"certify=True: {name!r} is no name of a function in {language}", hint="choose another name")
    options = report.repairing.options if isinstance(report, AccuracyReport) and report.repairing else Options({})
    points = points_for(tape, results, options.ranges, options.condition)
    graph = to_json(tape)
    lines = {
        "language": language,
        "function": name,
        "computes": f"{returned(r.name for r in results)} of {', '.join(p.name for p in tape.parameters) or 'nothing'}",
        "operations": str(program.operations),
        "graph": f"sha256 {_hash(graph)}",
        **_accuracy(report),
        "points": json.dumps([[hexadecimal(x) for x in point] for point in points]),
        "json": graph,
    }
    test = self_test(language, name, tape.parameters, results, list(references(tape, results, points)))
    whole = f"{text}\n{_block(lines, language)}\n{test}"
    return _SEAL.sub(lambda found: found[1] + _seal(whole), whole)


def _alone(tape: Tape, results: Sequence[Returns]) -> tuple[Tape, list[Returns]]:
    """What some results need, without the user's lines and labels, and with the results as its outputs."""
    layout = Layout("dict", (), tuple(r.layout for r in results), tuple(r.name for r in results))
    nodes = [node for result in results for node in result.nodes]
    names = [parameter.name for parameter in tape.parameters]
    found, _ = Builder.of(tape).freeze(nodes, layout, names)
    found = replace(found, lines={}, labels={})
    return found, _results(found)


def _results(tape: Tape) -> list[Returns]:
    """The named results of a graph that `_alone` made."""
    found, first = [], 0
    for name, layout in zip(tape.layout.keys, tape.layout.children, strict=True):
        found.append(Returns(name, tape.outputs[first : first + layout.size], layout))
        first += layout.size
    return found


def _accuracy(report: Any) -> dict[str, str]:
    """Where digits were looked after, and how many bits of error the results have there."""
    if not isinstance(report, AccuracyReport) or not report.repairing:
        return {}
    options = report.repairing.options
    ranges = [f"{name} from {float(low)!r} to {float(high)!r}" for name, (low, high) in options.ranges.items()]
    if options.condition is not None:
        ranges.append(f"where {node_text(options.condition, options.condition.outputs[0], 400)}")
    bits = f"{report.bits_before:.2f} bits of error on average before repairs, {report.bits_after:.2f} after"
    return {"accuracy": bits, "ranges": ", ".join(ranges) or "all doubles"}


def _block(lines: Mapping[str, str], language: str) -> str:
    """The certificate as a comment: long values go on in lines that begin with two blanks."""
    rows = [_FIRST]
    for key, value in lines.items():
        # No end of a comment or of a page's script; JSON reads \/ as /, and is of ASCII alone.
        safe = value.replace("/", "\\/") if key == "json" else _plain(value)
        first, *rest = _pieces(f"{key}: {safe}")
        rows += [first, *(f"  {piece}" for piece in rest)]
    rows += [f"seal: sha256 {'0' * 64}", _LAST]
    if language == "Python":
        return "\n" + "\n".join(f"# {row}" for row in rows)
    return "\n".join(["/*", *(f" * {row}" for row in rows), " */"])


def _plain(text: str) -> str:
    """On one line, in ASCII, and without the marks of a comment."""
    return text.encode("unicode_escape").decode().replace("*/", "* /").replace("/*", "/ *").replace("</", "< /")


def _pieces(text: str) -> list[str]:
    """A text in lines, none of which ends with a blank: editors take these away."""
    pieces = []
    while text:
        end = _WIDTH
        while end > 1 and text[end - 1 : end] == " ":
            end -= 1
        pieces.append(text[:end])
        text = text[end:]
    return pieces


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _seal(text: str) -> str:
    """The hash of a text without the digits of its seal."""
    return _hash(_SEAL.sub(r"\1", text))


# --- checking -------------------------------------------------------------------------------------------------------


def check(file: Path) -> Checked:
    """Check a file's seal, and by its graph the hash, the count and the exact results; then let it test itself.

    The file is run. Raises InputError for a file that cannot be read or has no certificate, or whose language is not
    there to run it.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}", hint="give a file that certify=True has written") from None
    lines = _read(text)
    if lines is None:
        raise InputError(f"{file} has no certificate", hint="write it with certify=True, as in to_python(certify=True)")
    wrong = _wrong(text, lines)
    if wrong:
        return Checked(False, f"{file}: {wrong}")
    code, said = _run(file, lines["language"])
    last = said.strip().splitlines()[-1:] or ["nothing was printed"]
    if code:
        return Checked(False, f"{file}: the test of itself fails: {said.strip().splitlines()[0] if said else last[0]}")
    return Checked(True, f"{file}: {lines['computes']}, {counted(int(lines['operations']))}, {last[0]}")


def _read(text: str) -> dict[str, str] | None:
    """The lines of the certificate by their names."""
    rows = [row[2:] if row.startswith("# ") else row.removeprefix(" * ") for row in text.splitlines()]
    first = next((k for k, row in enumerate(rows) if row.startswith(_FIRST[:-1])), None)
    if first is None or _LAST not in rows[first:]:
        return None
    found: dict[str, str] = {}
    key = ""
    for row in rows[first + 1 : rows.index(_LAST, first)]:
        if row.startswith("  "):
            found[key] = found.get(key, "") + row[2:]
        else:
            key, _, found[key] = row.partition(": ")
    return found


def _wrong(text: str, lines: Mapping[str, str]) -> str:
    """What in a text is not as its certificate says; "" where nothing is."""
    sealed = _SEAL.findall(text)
    if len(sealed) != 1 or sealed[0][1] != _seal(text):
        return "the text is not the one that was sealed: it was changed"
    try:
        tape = from_json(lines["json"])
        results, name, language = _results(tape), lines["function"], lines["language"]
        points = [[float.fromhex(x) for x in point] for point in json.loads(lines["points"])]
        if lines["graph"] != f"sha256 {_hash(to_json(tape))}":
            return "the graph has another hash than the certificate says"
        operations = lower.lower(tape, results).operations
        if lines["operations"] != str(operations):
            return f"the graph has {operations} operations, and the certificate says {lines['operations']}"
        test = self_test(language, name, tape.parameters, results, list(references(tape, results, points)))
    except (KeyError, ValueError, TypeError, EdgewiseError) as error:
        return f"the certificate is damaged: {error}"
    return "" if text.endswith(test) else "the reference points are not the exact results of the graph"


def _run(file: Path, language: str) -> tuple[int, str]:
    """The exit code of the file's test of itself, and what it printed."""
    with tempfile.TemporaryDirectory(prefix="edgewise_") as folder:
        copy = Path(folder) / f"certified{_ENDINGS[language]}"
        copy.write_bytes(file.read_bytes())
        command = [sys.executable, str(copy)]
        if language == "C":
            program = Path(folder) / "certified.exe"
            options = ["-std=c99", "-O2", "-ffp-contract=off", "-DEDGEWISE_SELF_TEST", "-o", str(program), str(copy)]
            built = subprocess.run([*find_compiler(), *options, "-lm"], capture_output=True, text=True)
            if built.returncode:
                return built.returncode, f"it does not compile: {(built.stderr.splitlines() or [''])[0]}"
            command = [str(program)]
        elif language != "Python":
            node = shutil.which("node")
            if node is None:
                raise InputError("node, which runs JavaScript, is not installed", hint="install Node.js")
            command = [node, str(copy)]
        done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout or done.stderr
