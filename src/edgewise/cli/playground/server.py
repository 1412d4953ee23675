"""The playground's server: one page and its answers, for this machine alone.

It is `http.server` of the standard library: there is one page for one user, nothing comes from a network, and the
checks below would be ours with any library. It listens on the loopback address; what another site makes a browser send
is refused by its Host, its Origin, its type and the token, which only the page holds.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Protocol

from edgewise.cli.playground.answers import BYTES, Asked, refusal, stamp
from edgewise.cli.playground.page import page, policy
from edgewise.errors import InputError

__all__ = ["PORT", "Answering", "Server", "server"]

PORT: Final = 8765
"""The port where none is asked for, so that links live longer than a session."""
LOOPBACK: Final = "127.0.0.1"
DRAINED: Final = 16_000_000
"""The longest body that is read to its end before it is refused, so that a browser gets the answer."""


class Answering(Protocol):
    """What makes a part of the page."""

    def ask(self, data: object) -> dict[str, Any]:
        """The answer to a state of the page."""


class Server(ThreadingHTTPServer):
    """Serves the page and its `parts`; `begin` is what it shows first, `place` the file.py:function it is about."""

    daemon_threads = True

    def __init__(self, parts: Mapping[str, Answering], begin: Asked, place: str, port: int) -> None:
        self.parts, self.begin, self.place = parts, begin, place
        self.token = secrets.token_urlsafe(32)
        super().__init__((LOOPBACK, port), _Handler)
        port_said = "" if self.server_port == HTTP_PORT else f":{self.server_port}"
        self.hosts = {f"{name}{port_said}" for name in (LOOPBACK, "localhost")}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no fault: a page was closed, or loaded again."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"


def server(parts: Mapping[str, Answering], begin: Asked, place: str, port: int | None) -> Server:
    """A server at a port, or any free one where none is asked for and the usual one is taken. InputError without."""
    for tried in (PORT, 0) if port is None else (port,):
        try:
            return Server(parts, begin, place, tried)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
    raise InputError(f"port {tried} cannot be used: {reason}", hint="choose another --port, or 0 for any free one")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        """The page."""
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(HTTPStatus.FORBIDDEN, "the playground answers this machine alone")
        elif self.path != "/":
            self._refuse(HTTPStatus.NOT_FOUND, "there is one page: /")
        else:
            nonce = secrets.token_urlsafe(16)
            html = page(self.server.token, nonce, self.server.begin, self.server.place)
            self._send(HTTPStatus.OK, html, "text/html", policy(nonce))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """A part of the page."""
        length, part = self.headers.get("Content-Length", ""), self.path.removeprefix("/")
        host, token = self.headers.get("Host", ""), self.headers.get("X-Edgewise-Token", "")
        if not (length.isascii() and length.isdecimal()) or len(length) > 12:
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "a request says how long it is")
        elif host not in self.server.hosts or self.headers.get("Origin") != f"http://{host}":
            self._refuse(HTTPStatus.FORBIDDEN, "the playground answers its own page alone", int(length))
        elif not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "the playground was started anew: load the page again", int(length))
        elif self.headers.get("Content-Type") != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a request is JSON", int(length))
        elif int(length) > BYTES:
            what = f"{int(length):,} bytes are more than the page may ask about"
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, what, int(length))
        elif part != "stamp" and part not in self.server.parts:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such part of the page", int(length))
        else:
            self._answer(part, self.rfile.read(int(length)))

    def _answer(self, part: str, body: bytes) -> None:
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):
            return self._refuse(HTTPStatus.BAD_REQUEST, "what was asked is no JSON")
        made = {"stamp": stamp(self.server.place)} if part == "stamp" else self.server.parts[part].ask(asked)
        return self._send(HTTPStatus.OK, json.dumps(made), "application/json")

    def _refuse(self, status: HTTPStatus, what: str, unread: int = 0) -> None:
        """Why there is no answer, as one that the page can show."""
        self.close_connection = True
        if unread <= DRAINED:
            while unread > 0 and (got := self.rfile.read(min(unread, 65536))):
                unread -= len(got)
        hint = f"the page reads up to {BYTES:,}" if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else ""
        self._send(status, json.dumps({"error": refusal(InputError(what, hint=hint))}), "application/json")

    def _send(self, status: HTTPStatus, text: str, kind: str, allowed: str = "default-src 'none'") -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", allowed),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            *((("Connection", "close"),) if self.close_connection else ()),
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        """Who answers; of Python nothing is said."""
        return "edgewise"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal stays the user's."""
