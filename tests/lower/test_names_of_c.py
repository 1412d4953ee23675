"""No name of an input or of the function meets one that C knows without asking."""

import subprocess

import pytest
import sympy as sp

import edgewise as ew
import peers
from edgewise.lower.c.compiled_c import find_compiler

NAMES = [
    "printf", "malloc", "free", "abs", "exit", "strlen", "memcpy", "isalpha", "toupper", "puts", "labs", "cabs", "conj",
    "clog", "csqrtf", "expf", "sinf", "powl", "fabsf", "log1pl", "y0f", "lgammaf", "fmaf", "int", "main", "NAN", "v",
]  # fmt: skip


@pytest.mark.parametrize("dtype", ["double", "float"])
def test_names_that_c_knows_compile_without_a_warning(tmp_path, dtype: str) -> None:
    peers.available("c")
    inputs = [sp.Symbol(name) for name in NAMES]
    graph = ew.graph(sp.exp(sp.Add(*inputs)) + sp.sin(inputs[0]) + sp.Max(*inputs[:2]))
    sources = [graph.to_c(name=name, dtype=dtype) for name in NAMES]
    files = [tmp_path / f"names{k}.c" for k in range(len(sources))]
    for file, source in zip(files, sources, strict=True):
        file.write_text(source, encoding="utf-8")
    command = [
        *find_compiler(),
        "-Wall",
        "-Wextra",
        "-Wpedantic",
        "-Werror",
        "-std=c99",
        "-fsyntax-only",
        *map(str, files),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[:2000]
