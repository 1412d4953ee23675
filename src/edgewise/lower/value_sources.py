"""The source of a row's value: one text for the interpreter and for the programs for NumPy that bring it along."""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

__all__ = ["value_source"]


def value_source(function: Callable[..., Any], name: str) -> str | None:
    """The function in terms of `np` alone, under a name; None where it needs more, or where no source is found.

    >>> print(value_source(_example, "_example"))
    def _example(x, axis):
        return np.max(np.abs(x), axis=axis)
    """
    own, made = _of_numpy(function), inspect.unwrap(function)
    if own is not None:
        return f"def {name}(*args):\n    return {own}(*args)"
    code = getattr(made, "__code__", None)
    if code is None or code.co_freevars:
        return None
    found = _definition(made)
    if found is None or not all(known == "np" or hasattr(builtins, known) for known in _globals(found)):
        return None
    body: list[ast.stmt]
    if isinstance(found, ast.Lambda):
        body = [ast.Return(found.body)]
    else:
        body = found.body[1:] if ast.get_docstring(found) is not None else found.body
    plain = ast.FunctionDef(name, _without_annotations(found.args), body, [])
    return ast.unparse(ast.fix_missing_locations(plain))


def _example(x: Any, axis: Any) -> Any:
    """The largest size along an axis."""
    return np.max(np.abs(x), axis=axis)


def _of_numpy(function: Any) -> str | None:
    """NumPy's own function by its name."""
    module, name = getattr(function, "__module__", None) or "", getattr(function, "__name__", "")
    if isinstance(function, np.ufunc):
        module = "numpy"
    if module.partition(".")[0] != "numpy":
        return None
    space = getattr(np, module.partition(".")[2], None) if "." in module else np
    return f"{module.replace('numpy', 'np', 1)}.{name}" if getattr(space, name, None) is function else None


@cache
def _parsed(file: str) -> ast.Module:
    with open(file, encoding="utf-8") as source:
        return ast.parse(source.read())


def _definition(function: Any) -> ast.FunctionDef | ast.Lambda | None:
    """What is written in the file of the function, where that is there, and one function only looks like it."""
    code = function.__code__
    try:
        module = _parsed(inspect.getsourcefile(function) or "")
    except (OSError, SyntaxError, TypeError):
        return None
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    found = [node for node in ast.walk(module) if isinstance(node, kind) and node.lineno == code.co_firstlineno]
    if kind is ast.Lambda:  # several may stand in one line
        *_, place = code.co_positions()
        found = [node for node in found if len(found) == 1 or _place(node.body) == place]
    return found[0] if len({ast.dump(node) for node in found}) == 1 else None


def _place(node: Any) -> tuple[int, ...]:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _globals(node: ast.AST) -> Iterator[str]:
    """The names that a function reads and does not make; annotations say nothing that runs."""
    made = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    made |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    said = {id(part) for arg in ast.walk(node) for part in _annotations(arg)}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and id(part) not in said and part.id not in made:
            yield part.id
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            yield "import"


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        said = getattr(node, name, None)
        if said is not None:
            yield from ast.walk(said)


def _without_annotations(given: ast.arguments) -> ast.arguments:
    for part in ast.walk(given):
        if isinstance(part, ast.arg):
            part.annotation = None
    return given
