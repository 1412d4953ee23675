"""How this installation runs its loops: compiled ahead of time, or as plain Python where nothing was compiled.

The modules that say `import cython` are both at once: files of Python, and what `setup.py` makes C extensions of.
Compiled or not, results are the same bits.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import cython

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["COMPILED", "check_build", "digest", "held", "held_rows", "stale_modules"]

COMPILED: Final = bool(cython.compiled)
"""Whether the loops are compiled."""

_HOME: Final = os.path.dirname(__file__)


def held(array: Any) -> Any:
    """An array as loops read it: itself where they are compiled, else a view whose items are Python's own numbers.

    Plain Python reads NumPy's scalars several times slower than its own integers.

    >>> import numpy as np
    >>> int(held(np.arange(3))[2])
    2
    """
    return array if COMPILED else memoryview(array)


def held_rows(array: Any) -> Any:
    """An array of several columns, one in each row, as `columns[k]` gives them to loops.

    Compiled, a column is then cut out of one view of them all; NumPy's own views take small graphs most of their time.

    >>> import numpy as np
    >>> int(held_rows(np.arange(6).reshape(2, 3))[1][0])
    3
    """
    return array if COMPILED else [memoryview(row) for row in array]


def digest(source: str | Path) -> str:
    """Of a module's text and of what it declares to other compiled modules: what a build is known by."""
    from hashlib import sha256

    found = sha256()
    for path in (source, f"{os.fspath(source).removesuffix('.py')}.pxd"):
        if os.path.exists(path):
            with open(path, "rb") as file:
                found.update(file.read())
    return found.hexdigest()


def stale_modules(*, quickly: bool = False) -> list[str]:
    """The compiled modules whose source says something else than what was compiled: they must be built again.

    `quickly` asks the times of the files first, and reads only what is younger than the build.
    """
    record = os.path.join(_HOME, "built.json")
    try:
        with open(record, encoding="utf-8") as file:
            compiled = re.findall(r'"(edgewise[\w.]*)": *"(\w+)"', file.read())  # json takes a while to load
        built = os.stat(record).st_mtime_ns
    except (OSError, ValueError):
        return []
    found = []
    for module, known in compiled:
        source = os.path.join(os.path.dirname(_HOME), *module.split(".")) + ".py"
        younger = os.path.exists(source) and not (quickly and os.stat(source).st_mtime_ns <= built)
        if younger and digest(source) != known:
            found.append(module)
    return found


@cache
def check_build() -> None:
    """Say once in a process, to those who work on the library, that what is compiled is older than its source."""
    if (
        COMPILED
        and os.path.exists(os.path.join(_HOME, "..", "..", "setup.py"))
        and (stale := stale_modules(quickly=True))
    ):
        import logging

        logging.getLogger("edgewise").warning(
            "%s changed after it was compiled: run `python setup.py build_ext --inplace`", ", ".join(stale)
        )
