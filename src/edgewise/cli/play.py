"""The command that serves: play."""

from __future__ import annotations

import sys
from pathlib import Path

from edgewise.cli.app import LEVEL, SHAPE, TARGET, WRT, Option, command
from edgewise.cli.reading import names_function
from edgewise.errors import InputError

__all__ = ["play"]


@command(
    "play",
    Option("EXPRESSION", "a formula, or file.py:function, which is traced again when the file changes"),
    Option("--port", "port of this machine; 8765, or a free one, by default", kind=int),
    Option("--no-browser", "only print the address", default=False, called="quiet"),
    Option(
        "--of", "first (gradient of one output, Jacobian of several), jacobian, hessian, jvp, vjp or hvp",
        default="first", called="kind",
    ),
    WRT, LEVEL, TARGET._replace(default="math"), SHAPE,
)  # fmt: skip
def play(
    expression: str | None, port: int | None, quiet: bool, kind: str, wrt: str | None, level: str, target: str,
    shape: str | None,
) -> int:  # fmt: skip
    """A page on this machine where a formula is edited, and 𝒢, ℬ, formulas, cost and source follow each keystroke."""
    import webbrowser

    from edgewise.cli.playground.answers import Asked
    from edgewise.cli.playground.page import EXAMPLES
    from edgewise.cli.playground.server import server
    from edgewise.cli.playground.worker import Worker

    place = expression if expression is not None and names_function(expression) else ""
    if place and not Path(place.rpartition(":")[0]).is_file():
        raise InputError(f"there is no file {place.rpartition(':')[0]}", hint="give file.py:function, or a formula")
    given = {"shapes": shape, "wrt": wrt, "kind": kind, "level": level, "target": target}
    if not place:
        given["formula"] = EXAMPLES[0][1]["formula"] if expression is None else expression
    begin = Asked.read({name: text for name, text in given.items() if text is not None})
    workers = {part: Worker(part, place) for part in ("text", "picture")}
    try:
        with server(workers, begin, place, port) as serving:
            print(f"edgewise: the playground is at {serving.url} (Ctrl-C ends it)", flush=True)
            if not quiet:
                webbrowser.open(serving.url)
            serving.serve_forever()
    except KeyboardInterrupt:
        print("\nedgewise: the playground is closed", file=sys.stderr)
    finally:
        for worker in workers.values():
            worker.end()
    return 0
