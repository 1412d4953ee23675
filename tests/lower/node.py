"""Node.js for the tests of JavaScript: modules go in, results come out, every double with its bits."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="node, which runs JavaScript, is not installed")

_MAIN = """
import { readFileSync, writeFileSync } from "node:fs";
const real = text => Buffer.from(text, "hex").readDoubleBE(0);
const bits = x => { const b = Buffer.alloc(8); b.writeDoubleBE(x); return b.toString("hex"); };
const into = x => Array.isArray(x) ? x.map(into) : real(x);
const out = x => typeof x === "number" ? bits(x) : Array.isArray(x) ? x.map(out) : x !== null && typeof x === "object"
  ? { "": Object.entries(x).map(([key, value]) => [key, out(value)]) } : { wrong: String(x) };
const results = [];
for (const [file, name, points] of JSON.parse(readFileSync("calls.json", "utf8"))) {
  const f = (await import(file))[name];
  results.push(points.map(args => out(f(...into(args)))));
}
writeFileSync("results.json", JSON.stringify(results));
"""


def run(folder: Path, calls: Sequence[tuple[str, str, Sequence[Sequence[Any]]]]) -> list[list[Any]]:
    """What functions return, each (source of a module, name of its function, points), all in one process."""
    assert NODE is not None
    told = []
    for k, (source, name, given) in enumerate(calls):
        (folder / f"m{k}.mjs").write_text(source, encoding="utf-8")
        told.append([f"./m{k}.mjs", name, [[_bits(x) for x in point] for point in given]])
    (folder / "main.mjs").write_text(_MAIN, encoding="utf-8")
    (folder / "calls.json").write_text(json.dumps(told), encoding="utf-8")
    done = subprocess.run([NODE, "main.mjs"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return [[_numbers(result) for result in results] for results in found]


def _bits(value: Any) -> Any:
    return [_bits(x) for x in value] if hasattr(value, "__len__") else struct.pack(">d", value).hex()


def _numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_numbers(x) for x in value]
    if isinstance(value, dict):
        return {key: _numbers(x) for key, x in value[""]}
    return struct.unpack(">d", bytes.fromhex(value))[0]
