"""What was measured, kept as JSON and written as tables between two marks of a page."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import math
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from question import Bound, Cells, Question, Row, View, cells

__all__ = ["circumstances", "load", "page", "quotient", "save", "shown", "table", "write_page"]

BEGIN, END = "<!-- results: begin (python benchmarks/run.py writes what stands here) -->", "<!-- results: end -->"
PACKAGES = ("edgewise", "numpy", "llvmlite", "cython", "casadi", "sympy", "jax", "heyoka", "symbolica")
SCALES = {
    "s": ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")),
    "B": ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "B")),
}


# --- the data file --------------------------------------------------------------------------------------------------


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return __import__(package).__version__ if package == "edgewise" else None


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()


def circumstances(options: Mapping[str, Any]) -> dict[str, Any]:
    """When, on what and with what: date, machine, load at the start, versions, options."""
    versions = {name: version for name in PACKAGES if (version := _version(name))}
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "versions": versions,
        "options": dict(options),
    }


def load(file: Path) -> dict[str, Any]:
    """The stored questions by name; none where there is no file yet. SystemExit where it cannot be read."""
    if not file.exists():
        return {}
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {name: {"measured": dict(q["measured"]), "rows": list(q["rows"])} for name, q in data.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SystemExit(
            f"{file} is not what this command has written ({error!r}): move it away or restore it"
        ) from None


def save(file: Path, data: Mapping[str, Any]) -> None:
    """One row a line, the file replaced in one step."""
    dump = lambda value: json.dumps(value, ensure_ascii=False)
    parts = []
    for name, question in data.items():
        rows = ",\n".join(f"   {dump(entry)}" for entry in question["rows"])
        parts.append(f' {dump(name)}: {{\n  "measured": {dump(question["measured"])},\n  "rows": [\n{rows}\n  ]\n }}')
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".tmp")
    draft.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    draft.replace(file)


# --- figures as text ------------------------------------------------------------------------------------------------


def shown(value: float, unit: str) -> str:
    """A value to three digits with its unit; a count in full."""
    for scale, name in SCALES.get(unit, ()):
        if value >= scale * 0.9995 or name in ("ns", "B"):
            number = value / scale
            return f"{number:.{0 if number >= 99.95 else 1 if number >= 9.995 else 2}f} {name}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"


def quotient(value: float) -> str:
    """A ratio to about three digits."""
    return f"{value:,.0f}" if value >= 99.95 else f"{value:.1f}" if value >= 9.995 else f"{value:.2f}"


def _cell(view: View, who: str, ways: Mapping[str, Row]) -> str:
    entry, own = ways.get(who), ways.get(view.ours)
    if entry is None:
        return "–"
    mark = "> " if entry.get("least") else ""
    text = mark + shown(entry["value"], view.unit)
    if own is None or who == view.ours or who in view.aside or not view.compare:
        return text
    return f"{text} ({mark}{quotient(entry['value'] / own['value'])})"


def _heads(view: View, found: Cells) -> list[str]:
    ways = list(dict.fromkeys(who for line in found.values() for who in line))
    return [
        view.ours,
        *(w for w in ways if w != view.ours and w not in view.aside),
        *(w for w in ways if w in view.aside),
    ]


def table(view: View, rows: Sequence[Row]) -> list[list[str]]:
    """A view as lines of cells, heads first: the work, our figure, the others' and how many times ours they are."""
    if view.table is not None:
        return view.table(rows)
    found = cells(rows, view.name)
    heads, many = _heads(view, found), len({work for work, _ in found}) > 1
    lines = [[view.along or "work", *heads]]
    for (work, at), ways in found.items():
        size = "" if at is None else f"{at:,}"
        lines.append([f"{work}, {size}" if many and size else size or work, *(_cell(view, who, ways) for who in heads)])
    return lines


def verdict(view: View, bound: Bound, rows: Sequence[Row]) -> str | None:
    """What is required and whether it is met; None where nothing was measured that it speaks of.

    A limit is held at the largest size: the longest search, the largest graph.
    """
    who = bound.who or view.ours
    judged = {}
    for (work, at), ways in sorted(cells(rows, view.name).items(), key=lambda entry: entry[0][1] or 0):
        level = bound.level((work, at), ways)
        if level is not None and who in ways:
            key = work if bound.limit is not None else (work, at)
            value = ways[who]["value"]
            margin = level / value if value else math.inf  # nothing at all meets every bound
            judged[key] = (margin, value, f"{work} at {at:,}" if at else work)
    if not judged:
        return None
    met, count = sum(margin >= 1 for margin, _, _ in judged.values()), len(judged)
    margin, value, where = min(judged.values(), key=lambda entry: entry[0])
    if bound.limit is not None:
        said = "met" if met == count else "**not met**"
        return f"{who} at most {shown(bound.limit, view.unit)} ({where}): {said}, {shown(value, view.unit)}"
    wanted = f"at least {bound.factor:g} times" if bound.factor != 1 else "no less than"
    said = f"met on {met} of {count}" if met == count else f"**met on {met} of {count} only**"
    if bound.factor < 1:
        most = f"{who} at most {1 / bound.factor:g} times {bound.peer}"
        return f"{most}: {said}, the most is {quotient(1 / (margin * bound.factor))} ({where})"
    return f"{bound.peer} {wanted} {who}: {said}, the least is {quotient(margin * bound.factor)} ({where})"


# --- the page -------------------------------------------------------------------------------------------------------


def _circumstances_line(measured: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in measured["versions"].items())
    return (
        f"{measured['date']}; {measured['cores']} cores of {measured['processor']}, load {measured['load']:g} when it"
        f" began; Python {measured['python']}, {versions}."
    )


def page(questions: Iterable[Question], data: Mapping[str, Any], figures: str) -> str:
    """All that was measured, as Markdown; `figures` is the way from the page to the drawings."""
    parts = []
    for question in questions:
        if question.name not in data:
            continue
        rows = data[question.name]["rows"]
        parts += [f"## {question.title}", question.about]
        for view in question.views:
            lines = ["| " + " | ".join(line) + " |" for line in table(view, rows)]
            lines.insert(1, "|---" * (lines[0].count(" | ") + 1) + "|")
            parts += [f"![{view.title}]({figures}/{view.name}.svg)", "\n".join(lines)]
            verdicts = [text for bound in view.bounds if (text := verdict(view, bound, rows))]
            if verdicts:
                parts.append("Required:\n" + "\n".join(f"- {text}" for text in verdicts))
        parts.append(f"*{_circumstances_line(data[question.name]['measured'])}*")
    return "\n\n".join(parts)


def write_page(file: Path, text: str) -> None:
    """Put the text between the marks of a page, or at the end of one that has none."""
    before, after = (file.read_text(encoding="utf-8"), "") if file.exists() else ("", "")
    if BEGIN in before and END in before:
        before, rest = before.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after or chr(10)}", encoding="utf-8")
