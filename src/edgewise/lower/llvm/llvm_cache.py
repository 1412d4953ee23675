"""Optimised code kept on disk for other processes, where the environment variable EDGEWISE_CACHE names a folder.

A file holds the object images of one program, under a name that says all that they were made from: rows, operations,
versions, processor. It is written under another name first and then renamed, so that two processes never see half of
one, and begins with a checksum, so that a damaged one is as good as none. A folder that cannot be read or written is no
error: code is made as without it. What is in the folder is run, as any library is: let nobody else write to it.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import edgewise
from edgewise.lower.llvm.llvm_code import CACHE

__all__ = ["has", "keep", "kept", "key_of"]

_MAGIC: Final = b"edgewise code 1\n"


def _folder() -> Path | None:
    name = os.environ.get(CACHE)
    return Path(name) if name else None


def key_of(made_from: Iterable[bytes | str]) -> str | None:
    """The name for code made from all this, or None where nothing is kept."""
    if _folder() is None:
        return None
    digest = hashlib.sha256()
    for part in (edgewise.__version__, *made_from):
        data = part.encode() if isinstance(part, str) else part
        digest.update(struct.pack("<q", len(data)))
        digest.update(data)
    return digest.hexdigest()


def has(key: str | None) -> bool:
    """Whether there is a file under this name."""
    folder = _folder()
    return key is not None and folder is not None and (folder / key).exists()


def kept(key: str | None) -> list[bytes] | None:
    """The images under this name, if they are there and whole."""
    folder = _folder()
    if key is None or folder is None:
        return None
    try:
        data = (folder / key).read_bytes()
    except OSError:
        return None
    head = len(_MAGIC) + 32
    payload = data[head:]
    if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : head] != hashlib.sha256(payload).digest():
        return None
    images, at = [], 0
    while at < len(payload):
        (size,) = struct.unpack_from("<q", payload, at)
        images.append(payload[at + 8 : at + 8 + size])
        at += 8 + size
    return images


def keep(key: str | None, images: Sequence[bytes]) -> None:
    """Keep the images under this name, or do nothing where that is impossible."""
    folder = _folder()
    if key is None or folder is None:
        return
    payload = b"".join(struct.pack("<q", len(image)) + image for image in images)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + hashlib.sha256(payload).digest() + payload)
            os.replace(name, folder / key)
        except OSError:
            with suppress(OSError):
                os.unlink(name)
