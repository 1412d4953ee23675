"""What is typed: formulas, functions in files, names, values."""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
import traceback
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, cast

import edgewise as ew
from edgewise import simplify
from edgewise.errors import EdgewiseError, InputError, did_you_mean

if TYPE_CHECKING:
    from edgewise import DerivativeGraph, Graph

__all__ = ["function", "load", "names", "order", "point", "running", "simplified", "values", "written"]

MODULE: Final = "edgewise_user_module"
"""The name of a user's file as a module, by which its frames are known in a traceback."""

ARRAYS: Final = 'give a JSON object of arrays: --at \'{"X": [[1, 2], [3, 4]], "w": [1, 2]}\''


def load(expression: str, shape: str | None = None) -> Graph:
    """The graph of a formula, or of a function in a file of the user's; of tensors where shapes are given."""
    if expression == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig") if hasattr(sys.stdin, "buffer") else sys.stdin.read()
        except UnicodeDecodeError:
            raise InputError(
                "what came on standard input is no text in UTF-8", hint="save the formula as UTF-8"
            ) from None
        return ew.parse(text, shapes=shape)
    if not names_function(expression):
        return ew.parse(expression, shapes=shape)
    declared: dict[str, Any] = {}
    if shape is not None:
        from edgewise.frontends.text_tensors import parse_shapes

        declared = dict(parse_shapes(shape))
    called = function(expression)
    with running(expression, called if shape is None else None):
        try:
            return ew.trace(called, **declared)
        except InputError as error:
            if "trace(" in error.hint or "name=length" in error.hint:  # how it is said in Python
                hint = 'name each of its arguments in --shape "X: n,d; w: d; s:", a number without dimensions'
                raise InputError(error.what, hint=hint, line=error.line) from None
            raise


def names_function(place: str) -> bool:
    """Whether it is file.py:function, and no formula."""
    path, colon, _ = place.rpartition(":")
    if path.endswith((".py:", ".ipynb")) or (not colon and place.endswith(".py")):
        raise InputError(f"{place!r} names no function in a file", hint="give file.py:function, as in model.py:loss")
    return bool(colon) and path.endswith(".py")


def function(place: str) -> Callable[..., Any]:
    """The function at file.py:name; running the file is what the user asks for."""
    path, _, name = place.rpartition(":")
    if not names_function(place):
        raise InputError(f"{place!r} is no function in a file", hint="give file.py:function")
    if not Path(path).is_file():
        raise InputError(f"there is no file {path}", hint="give file.py:function, or a formula")
    spec = importlib.util.spec_from_file_location(MODULE, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # As where Python runs the file itself: what lies beside it can be imported, and classes find their module.
    folder = str(Path(path).resolve().parent)
    if sys.path[:1] != [folder]:
        sys.path.insert(0, folder)
    sys.modules[MODULE] = module
    try:
        with redirect_stdout(sys.stderr):  # what it prints is no part of our output
            spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise InputError(f"{path} cannot be run: {_said(error)}", hint="fix the file") from None
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
    if callable(found):
        return cast("Callable[..., Any]", found)
    known = [key for key, value in vars(module).items() if _defined_in(value)]
    what = f"{path} has no function {name!r}"
    if found is not None:
        what = f"{name!r} in {path} is {found!r:.40} of type {type(found).__name__}, and no function"
    choice = f"it has {', '.join(known[:10])}" if known else "define one"
    raise InputError(what, hint=f"give file.py:function: {did_you_mean(name, known)}{choice}")


def _defined_in(value: Any) -> bool:
    """Whether it is a function that the user's file defines."""
    return callable(value) and not isinstance(value, type) and getattr(value, "__module__", "") == MODULE


@contextmanager
def running(place: str, of_numbers: Callable[..., Any] | None = None) -> Iterator[None]:
    """Where the user's function runs: what it raises is one line that names its own line.

    A function that is traced `of_numbers` may be one of arrays: then the hint says how to give their shapes.
    """
    try:
        with redirect_stdout(sys.stderr):
            yield
    except EdgewiseError:
        raise
    except (Exception, SystemExit) as error:
        line = _own_line(error.__traceback__)
        if not line:
            raise
        hint = "fix the function"
        if of_numbers is not None and "Expr" in str(error):
            first = next(iter(inspect.signature(of_numbers).parameters), "x")
            hint = f'if its arguments are arrays, give their shapes: --shape "{first}: 10", or "{first}: n"'
        raise InputError(f"{place} raised {_said(error)}", line=line, hint=hint) from None


def _said(error: BaseException) -> str:
    """An exception as one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def _own_line(trace_back: TracebackType | None) -> str:
    """`file:line` of the innermost frame of the user's file; empty where there is none."""
    lines = [
        f"{frame.f_code.co_filename}:{line}"
        for frame, line in traceback.walk_tb(trace_back)
        if frame.f_globals.get("__name__") == MODULE
    ]
    return lines[-1] if lines else ""


def names(wrt: str | None) -> list[str] | None:
    """The inputs of --wrt."""
    if wrt is None:
        return None
    found = [name.strip() for name in wrt.split(",") if name.strip()]
    if not found:
        raise InputError(f"--wrt {wrt!r} names no input", hint="write --wrt x,y, or leave it out for all of them")
    return found


def values(at: str | None, graph: Graph, shape: str | None) -> dict[str, Any]:
    """The inputs' values: numbers, x=1,y=2, or a JSON object; arrays as JSON, where their shapes are given."""
    if shape is not None:
        return arrays(at)
    found: dict[str, Any] = {}
    if (at or "").lstrip().startswith("{"):
        for name, value in arrays(at).items():
            if value.shape:
                raise InputError(
                    f"--at has an array of shape {value.shape} for {name!r}, which is a number",
                    hint=f'declare it: --shape "{name}: {", ".join(map(str, value.shape))}"',
                )
            found[name] = float(value)
        at = None
    for item in filter(None, (part.strip() for part in (at or "").split(","))):
        name, equals, text = item.partition("=")
        try:
            number = _number(text) if equals else None
        except (TypeError, ValueError, EdgewiseError):
            number = None
        if number is None:
            raise InputError(f"--at has {item!r}", hint="write name=number, separated by commas: --at x=1,y=2")
        found.update(_once([(name.strip(), number)], found))
    missing = [name for name in graph.inputs if name not in found]
    if missing:
        raise InputError(f"--at gives no value for {missing[0]!r}", hint=f"the inputs are {', '.join(graph.inputs)}")
    return found


def arrays(at: str | None) -> dict[str, Any]:
    """The values of tensors, as a JSON object of arrays."""
    import numpy as np

    try:
        read = json.loads(at or "", object_pairs_hook=_once)
        return {name: np.array(value) for name, value in read.items()}
    except InputError:
        raise
    except (ValueError, AttributeError, RecursionError):
        raise InputError(
            "the inputs are tensors and have no values yet" if at is None else f"--at has {at!r:.60}", hint=ARRAYS
        ) from None


def _once(pairs: Sequence[tuple[str, Any]], before: Container[str] = ()) -> dict[str, Any]:
    """Names and their values; a name that has two is refused."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found or name in before:
            raise InputError(f"--at gives {name!r} two values", hint="give one")
        found[name] = value
    return found


def _number(text: str) -> float:
    """A number as Python or a formula has it: 2e-3, inf, pi/2."""
    try:
        return float(text)
    except ValueError:
        return float(ew.parse(text, inputs=()).evaluate().result)


def point(at: str | None, graph: Graph, shape: str | None) -> dict[str, Any]:
    """The values of the inputs; of scalars all 1 where none are given."""
    if at is None and shape is None:
        return dict.fromkeys(graph.inputs, 1.0)
    return values(at, graph, shape)


def order(text: str) -> str | list[int]:
    """An order by name, or node numbers as they stand in JSON or between commas."""
    items = [item.strip() for item in text.strip().removeprefix("[").removesuffix("]").split(",") if item.strip()]
    try:
        return [int(item) for item in items] if text.strip() != "" else text
    except ValueError:
        return text


def written(graph: Graph, wrt: str | None) -> DerivativeGraph:
    """ℬ as the algorithms write it: the gradient of one output, the Jacobian of several."""
    return graph.gradient(names(wrt)) if len(graph.outputs) == 1 else graph.jacobian(names(wrt))


def simplified(graph: DerivativeGraph, level: str, expand: bool = False, **accurate: Any) -> DerivativeGraph:
    """ℬ at a level of simplification, as written at "none"; what else is given belongs to the level "accurate"."""
    levels = (*simplify.LEVELS, "accurate", "none")
    if level not in levels:
        raise InputError(f"there is no level {level!r}", hint=f"use one of {', '.join(levels)}")
    given = {name: value for name, value in accurate.items() if value is not None}
    if level == "none":
        return graph
    return graph.simplify(level, **given) if level == "accurate" else graph.simplify(level, expand=expand, **given)


def ranges(text: str | None) -> dict[str, tuple[float, float]] | None:
    """The ranges of inputs, x=-1:1,y=0:1e9."""
    if text is None:
        return None
    found: dict[str, tuple[float, float]] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, _, pair = item.partition("=")
        low, _, high = pair.partition(":")
        try:
            found.update(_once([(name.strip(), (float(low), float(high)))], found))
        except ValueError:
            raise InputError(
                f"--range has {item!r}", hint="write name=low:high, separated by commas: --range x=0:1,y=-2:2"
            ) from None
    return found
