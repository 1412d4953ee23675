"""The command line: thin over the API. Errors are one clear line and exit code 2.

Each module holds a family of commands; importing it registers them, in the order of `edgewise --help`. None of them
loads more of the library than the command that is run enters.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from edgewise import __version__
from edgewise.built import COMPILED
from edgewise.cli import derivatives, numbers, play, views  # noqa: F401
from edgewise.cli.app import COMMANDS, overview, read
from edgewise.errors import EdgewiseError

__all__ = ["COMMANDS", "main"]


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line; edgewise's errors become one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show 𝒢 shows its number
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_exit_code((sys.argv[1:] if argv is None else argv) or ["--help"]))


def _version() -> str:
    """What is installed, and whether its loops are compiled: `pip` shows no line of a build that went well."""
    loops = "loops compiled" if COMPILED else "loops run as plain Python: install again where there is a C compiler"
    return f"edgewise {__version__}, {loops}\n"


def _exit_code(argv: Sequence[str]) -> int:
    try:
        if argv[0] in ("-h", "--help", "help"):
            argv = [argv[1], "--help"] if argv[0] == "help" and len(argv) > 1 else ["--help"]
        if argv[0] in ("--help", "--version"):
            sys.stdout.write(overview() if argv[0] == "--help" else _version())
            return 0
        command, values = read(argv[0], argv[1:])
        return command.run(**values) or 0
    except EdgewiseError as error:
        print(f"edgewise: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # who reads has seen enough; nor does Python write what is left when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
