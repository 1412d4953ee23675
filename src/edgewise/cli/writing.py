"""What is printed, or written to a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edgewise.errors import InputError, NotANumberError

__all__ = ["as_json", "emit", "flat", "note_nan"]


def emit(text: str, out: Path | None, language: str | None = None) -> None:
    """Print a text, source in colours on a terminal, or write it to the file."""
    text = text if text.endswith("\n") else text + "\n"
    if out is not None and str(out) != "-":
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{out} cannot be written: {error.strerror}", hint="choose another --out") from None
        return
    if sys.stdout is None:
        raise InputError("the standard output is closed", hint="choose a file with --out")
    try:
        if not (language and sys.stdout.isatty() and _in_colours(text, language)):
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"the output cannot be written: {error.strerror}", hint="choose a file with --out") from None


def _in_colours(text: str, language: str) -> bool:
    """Print source in colours, where the terminal shows them."""
    from rich.console import Console
    from rich.syntax import Syntax

    console = Console(soft_wrap=True)
    if console.is_terminal:
        console.print(Syntax(text, language, background_color="default"))
    return console.is_terminal


def as_json(data: Any, **options: Any) -> str:
    """Data as JSON, which has no infinities and no NaN: they are the texts that Python's float() and JavaScript's
    Number() read.

    >>> as_json({"value": [1.0, float("inf"), float("nan")]})
    '{"value": [1.0, "Infinity", "NaN"]}'
    """
    try:
        return json.dumps(data, allow_nan=False, **options)
    except ValueError:
        return json.dumps(json.loads(json.dumps(data, **options), parse_constant=str), **options)


def note_nan(graph: Any, given: Mapping[str, Any]) -> None:
    """Say on the standard error where a NaN of these values is made, if there is one."""
    try:
        graph.evaluate(given, check_nans=True)
    except NotANumberError as error:
        if sys.stderr is not None:
            print(f"note: {error}", file=sys.stderr)


def flat(value: Any) -> Any:
    """Results as plain JSON data; of a sparse matrix its rows, columns and values."""
    if isinstance(value, (list, tuple)):
        return [flat(item) for item in value]
    if hasattr(value, "tocoo"):
        entries = value.tocoo()
        return flat([entries.row, entries.col, entries.data])
    return value.tolist() if hasattr(value, "tolist") else value
