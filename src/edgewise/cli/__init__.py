"""The command line: thin over the API. Errors are one clear line and exit code 2.

Each module holds a family of commands; importing it registers them, in the order of `edgewise --help`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import typer

from edgewise.cli import derivatives, numbers, views  # noqa: F401
from edgewise.cli.app import app
from edgewise.errors import EdgewiseError

__all__ = ["app", "main"]


def main(argv: list[str] | None = None) -> None:
    """Run the command line; edgewise's errors become one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show 𝒢 shows its number
            stream.reconfigure(errors="backslashreplace")
    args = (sys.argv[1:] if argv is None else argv) or ["--help"]
    sys.exit(_guarded(lambda: app(args=args, prog_name="edgewise", standalone_mode=False)))


# Typer carries its own copy of click in some releases: this is the base of its usage errors in all of them.
_UsageError: Any = typer.BadParameter.__mro__[2]


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except EdgewiseError as error:
        print(f"edgewise: {error}", file=sys.stderr)
        return 2
    except _UsageError as error:
        print(f"edgewise: {error.format_message()}", file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0
