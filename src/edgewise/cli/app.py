"""The application, and the options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AtOption", "ExpandOption", "Expression", "JsonOption", "LevelOption", "OutOption", "ShapeOption", "SparseOption",
    "TargetOption", "WrtOption", "app",
]  # fmt: skip

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Differentiate a formula, or a Python function given as file.py:function, and print readable code.",
)

Expression = Annotated[str, typer.Argument(help='a formula such as "exp(x*y) + sin(x)", or file.py:function')]
WrtOption = Annotated[str | None, typer.Option("--wrt", help="inputs to differentiate in, x,y; all by default")]
AtOption = Annotated[str | None, typer.Option("--at", help="values of the inputs, x=1,y=2: print numbers")]
TargetOption = Annotated[str, typer.Option("--target", help="language of the source: math, numpy, jax, torch, c or js")]
OutOption = Annotated[Path | None, typer.Option("--out", help="write to this file instead of the terminal")]
JsonOption = Annotated[bool, typer.Option("--json", help="print machine-readable JSON")]
LevelOption = Annotated[
    str, typer.Option("--level", help="simplification: exact, real or domain; none to see ℬ as written")
]
ShapeOption = Annotated[
    str | None, typer.Option("--shape", help='shapes of tensors, "X: n,d; w: d": the formula is in NumPy\'s notation')
]
ExpandOption = Annotated[bool, typer.Option("--expand", help="also multiply out, and keep what is shorter")]
SparseOption = Annotated[
    str | None,
    typer.Option("--sparse", help="only what can differ from zero: coo (rows, columns, values), scipy or dense"),
]
