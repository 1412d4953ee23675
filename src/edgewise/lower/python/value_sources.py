"""The source of a row's value: one text for the interpreter and for the programs for NumPy that bring it along."""

from __future__ import annotations

import ast
import builtins
import copy
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
    if found is None:
        return None
    found = _Plain().visit(copy.deepcopy(found))
    if not all(known == "np" or hasattr(builtins, known) for known in _globals(found)):
        return None
    body: list[ast.stmt]
    if isinstance(found, ast.Lambda):
        body = [ast.Return(found.body)]
    else:
        body = found.body[1:] if ast.get_docstring(found) is not None else found.body
    plain = ast.FunctionDef(name, found.args, body, [])
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
        places = set(code.co_positions())
        found = [node for node in found if _place(node.body) in places]
    return found[0] if len({ast.dump(node) for node in found}) == 1 else None


def _place(node: Any) -> tuple[int, ...]:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


class _Plain(ast.NodeTransformer):
    """Without annotations, which say nothing that runs."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None:
            return ast.Pass()
        return self.generic_visit(ast.Assign([node.target], node.value))


def _globals(node: ast.AST) -> Iterator[str]:
    """The names that a function reads and does not make."""
    parts = list(ast.walk(node))
    made = {part.arg for part in parts if isinstance(part, ast.arg)}
    made |= {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    made |= {part.name for part in parts if isinstance(part, ast.FunctionDef) and part is not node}
    for part in parts:
        if isinstance(part, ast.Name) and part.id not in made:
            yield part.id
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            yield "import"
