"""What a user wrote that has no graph, said with the line on which it stands."""

from __future__ import annotations

from edgewise.errors import EdgewiseError, UnsupportedError
from edgewise.graph.builder import user_line

__all__ = ["refused"]


def refused(what: str, hint: str = "", kind: type[EdgewiseError] = UnsupportedError) -> EdgewiseError:
    """The error for what the user's line does; to be raised."""
    return kind(what, hint=hint, line=user_line())
