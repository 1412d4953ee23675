"""Emitted Python as a callable: its source, executed block by block."""

from __future__ import annotations

import itertools
import linecache
import weakref
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from edgewise.lower.compiled import Compiled
from edgewise.lower.program import Program
from edgewise.lower.python.python_text import Source
from edgewise.progress import Bar

__all__ = ["SourceCompiled"]

_OURS = (
    "import math", "import numpy as np", "from scipy import special", "from scipy import sparse",
    "import jax.numpy as jnp", "from jax.scipy import special", "import torch", "from scipy import linalg",
    "from jax.scipy import linalg", "from jax import nn", "from jax import lax",
)  # fmt: skip
_numbers = itertools.count(1)


class SourceCompiled(Compiled):
    """A compiled graph that runs as emitted Python. It is stored as its program, and printed anew."""

    def __init__(self, program: Program, name: str, target: str, source: Source) -> None:
        super().__init__(program, name)
        self._program, self._target, self._source = program, target, source

    @cached_property
    def source(self) -> str:
        """The Python module that runs."""
        return self._source.text

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._program, self.name, self._target)

    def _executed(self, source: Source) -> Callable[..., Any]:
        """The function of a source. The lines that tracebacks show of it go when this callable does."""
        function, files = _executed(source)
        weakref.finalize(self, _forget, files)
        return function


def _executed(source: Source) -> tuple[Callable[..., Any], list[str]]:
    """Run our own source, block by block: a module of a million lines compiled at once would take gigabytes.

    The text is made by `python_source` alone, in which no user text occurs but legal identifiers. Returns the function,
    and the names under which tracebacks find its lines.
    """
    own = {name: op.value for name, op in source.requires}
    namespace: dict[str, Any] = {}
    files: list[str] = []
    number = next(_numbers)
    with Bar("compilation", total=len(source.blocks)) as bar:
        for k, block in enumerate(source.blocks):
            bar.update(k, f"part {k + 1} of {len(source.blocks)}")
            name = f"<edgewise {source.name} {number}.{k}>"
            if k == 0:
                # A user's operation is the callable it was defined with, wherever the module would import it from.
                block = "\n".join(line for line in block.splitlines() if line.startswith(_OURS))
            exec(compile(block, name, "exec"), namespace)
            if len(block) < 100_000:  # lines for tracebacks
                linecache.cache[name] = (len(block), None, block.splitlines(keepends=True), name)
                files.append(name)
    namespace.update(own)
    function: Callable[..., Any] = namespace[source.name]
    return partial(function, **source.captured) if source.captured else function, files


def _forget(files: Sequence[str]) -> None:
    """Drop the lines of a function that is gone."""
    for name in files:
        linecache.cache.pop(name, None)
