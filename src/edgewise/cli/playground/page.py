"""The playground's page: one document with its style and its script in it, which asks nobody but its own server."""

from __future__ import annotations

import json
from html import escape
from importlib import resources
from typing import Any, Final

from edgewise.cli.playground.answers import BYTES, KINDS, LEVELS, TARGETS, Asked
from edgewise.view.palette import DARK, LIGHT, Theme

__all__ = ["EXAMPLES", "page", "policy"]

EXAMPLES: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("one formula", {"formula": "log(1 + exp(x*y)) + sin(x)*x"}),
    ("statements", {"formula": "s = x*y + sin(x)\nt = exp(-s**2)\nt*s + sqrt(1 + t)"}),
    ("several outputs", {"formula": "[r*cos(phi), r*sin(phi)]"}),
    ("a Hessian", {"formula": "(1 - x)**2 + 100*(y - x**2)**2", "kind": "hessian"}),
    ("tensors", {"formula": "norm(X @ w - y)**2", "shapes": "X: n,d; w: d; y: n", "wrt": "w", "target": "numpy"}),
)  # fmt: skip
"""What the page offers to begin with."""


def page(token: str, nonce: str, begin: Asked, place: str) -> str:
    """The document. `token` is what its requests prove themselves with, `nonce` lets its own script run."""
    data = {
        "token": token, "begin": begin._asdict(), "usual": Asked()._asdict(), "place": place, "bytes": BYTES,
        "levels": LEVELS, "examples": [] if place else EXAMPLES,
    }  # fmt: skip
    parts = {
        "STYLE": _colours() + _asset("play.css"),
        "KINDS": _options(KINDS),
        "TARGETS": _options(TARGETS),
        "NONCE": nonce,
        "SCRIPT": _asset("editor.js") + _asset("play.js"),
        "DATA": _inert(data),
    }
    html = _asset("play.html")
    for name, text in parts.items():
        html = html.replace(f"<!--{name}-->", text)
    return html


def policy(nonce: str) -> str:
    """What the document may do: run its own script, and ask its own server. Styles stand in its pictures too."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _options(names: tuple[str, ...]) -> str:
    return "".join(f"<option>{escape(name)}</option>" for name in names)


def _colours() -> str:
    """The palette as the names that the style uses."""
    return f":root{{{_named(LIGHT)}}}@media (prefers-color-scheme:dark){{:root{{{_named(DARK)}}}}}"


def _named(theme: Theme) -> str:
    inks = {f"ink{k}": ink for k, ink in enumerate(theme.inks)}
    names = {"paper": theme.paper, "text": theme.text, "line": theme.line, "value": theme.value, **inks}
    return "".join(f"--{name}:{colour};" for name, colour in names.items())


def _asset(name: str) -> str:
    return (resources.files("edgewise.cli.playground") / "assets" / name).read_text(encoding="utf-8")


def _inert(data: Any) -> str:
    """JSON that cannot end the element it stands in, whatever was typed."""
    text = json.dumps(data, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
