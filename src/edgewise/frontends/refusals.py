"""Errors of Python, NumPy, SciPy and SymPy that come of expressions where numbers are expected, as errors of ours."""

from __future__ import annotations

import dis
import re
from traceback import walk_tb
from types import FrameType, TracebackType
from typing import Any, Final

from edgewise.errors import EdgewiseError, UnsupportedError
from edgewise.frontends.given import is_symbolic
from edgewise.graph import Expr, line_text
from edgewise.graph.callers import LIBRARIES, is_users
from edgewise.graph.suggestions import KEEPS_SHAPE

__all__ = ["refusal", "user_frame_line"]

_DECLARE: Final = (
    "declare the array by its length or shape, trace(f, x=10) or trace(f, x=(3, 2)), or as one tensor, "
    'trace(f, x=edgewise.tensor("n")); on the command line, --shape'
)
_A_NUMBER: Final = "an input, or what was computed of inputs, is a single number here and is used as an array"
_NAMED: Final = "a named dimension has no number yet"
_WHOLE: Final = (
    "write it with whole-array functions, np.zeros(n), np.arange(n), x[1:] - x[:-1], n**0.5 for its root, or declare "
    "the length as a number"
)

_ARRAYS: Final = re.compile(
    r"Expr'? (?:object )?has no attribute '(?:shape|ndim|size|T|sum|mean|dot|reshape|ravel|copy|max|min|prod|std|var"
    r"|flatten|tolist|cumsum|transpose|astype|fill|dtype|clip|argmax|trace|item|keys|items|values|append)'"
)
"""What an array, a list or a dictionary has."""

_OF_LISTS: Final = (
    r"no callable \w+ method|'(?:float|int)' object has no attribute '(?:arctan2|hypot)'|ufunc '\w+' not supported"
    r"|Cannot cast \w+ (?:data|'\w+' input) from dtype\('O'\)"
)
"""What NumPy says of a list in which expressions stand beside numbers."""

_ROWS: Final = tuple(
    (re.compile(pattern), what, hint)
    for pattern, what, hint in (
        (
            r"'Expr' object (is not subscriptable|is not iterable|does not support item|has no len)"
            r"|object of type 'Expr' has no len|non-iterable Expr|must be an iterable, not Expr"
            r"|for @: .*'Expr'",
            _A_NUMBER,
            _DECLARE,
        ),
        (_ARRAYS.pattern, _A_NUMBER, _DECLARE),
        (
            r"'(Expr|Tensor|FilledTensor|ExprArray)' object has no attribute '(\w+)'",
            "an expression has no attribute {1!r}",
            "write the operation with NumPy's functions, which take expressions",
        ),
        (
            r"unsupported format string passed to (Expr|Tensor)|must be real number, not (Expr|Tensor)",
            "an expression is formatted as a number, and has none yet",
            'write f"{{x}}", which shows the formula, or print the values of the finished graph',
        ),
        (_OF_LISTS, "NumPy takes a list that holds expressions entry by entry: {error}",
         "make it an array first, np.array([…]), which takes expressions"),
        (r"NPY_ITER_REFS_OK", "np.nditer reads numbers, and an expression has none yet",
         "write for v in x.flat, or whole-array functions"),
        (r"reduce\(\) arg 2 must support iteration", "functools.reduce goes from entry to entry, and {error}",
         "declare the length as a number, or write np.add.reduce(x) and its like"),
        (r"__pow__\(\) takes \d", "pow with a modulus takes whole numbers", "write x**y % z"),
        (r"unsupported operand type|bad operand type", "{error}", "use real numbers and expressions"),
        (r"cannot determine truth value of Relational: (.*)", _NAMED + ", and {0} is asked for",
         "declare the length as a number"),
        (r"expression to float|symbols to int", _NAMED + ": {error}",
         "write n itself, which is a number in arithmetic, n//2 for int(n/2), or declare the length as a number"),
        (r"Cannot round symbolic", _NAMED + ", and is rounded", "write n//2, or declare the length as a number"),
        (r"NamedDimension|argument 0 of type (Mul|Add|Pow|floor)\b"
         r"|'(Mul|Add|Pow|floor)' object cannot be interpreted", _NAMED + ": {error}", _WHOLE),
        (r"only integers, slices", "an array of numbers is indexed by what is no whole number yet: {error}",
         "take places from outside (labels are dropped: write the place of an entry), select with np.where, or make it "
         "one of the function's own, np.array(C)[i]"),
        (r"setting an array element with a sequence\.$",
         "an expression is written into an array of numbers, and has no numbers yet",
         "make it one of floats of the traced function's own, np.zeros(n) or np.array(C)"),
        (r"arrays used as indices",
         "an array is indexed by expressions, such as w[w > 0]: which entries those are depends on the data",
         KEEPS_SHAPE),
        (r"\b(Expr|Tensor|FilledTensor|ExprArray|Filled)\b", "{error}",
         "write it with NumPy's functions, which take expressions"),
    )
)  # fmt: skip
"""What a message of Python or of a library says, what that means, what to write instead."""

_OURS: Final = re.compile(
    r"Expr\b|ExprArray|Tensor\b|NamedDimension|Relational|\b(Mul|Add|Pow|floor)\b|to float|to int|round symbolic"
    r"|support iteration|used as|REFS_OK|element with a sequence\.$|only integers, slices|" + _OF_LISTS
)


def refusal(error: BaseException, name: str) -> EdgewiseError | None:
    """What is to be raised instead of an error that the traced function ended in; None for the user's own errors."""
    line = user_frame_line(error.__traceback__)
    if isinstance(error, EdgewiseError):
        place = _library_frame(error.__traceback__)
        if place is not None and "draws a random" not in error.what:
            return _of_library(place, error.what, line)
        if isinstance(error, AttributeError) and _ARRAYS.search(error.what):
            return UnsupportedError(_A_NUMBER, hint=_DECLARE, line=line)
        return None if error.line else type(error)(error.what, hint=error.hint, line=line)
    if isinstance(error, RecursionError):
        return UnsupportedError(
            f"{name} recursed too deeply while it was traced", hint="write the recursion as a loop", line=line
        )
    text = str(error).replace(f"{Expr.__module__}.Expr", "Expr")  # as C names a class
    if isinstance(error, KeyError) and is_symbolic(error.args):
        return UnsupportedError(
            f"a dictionary is asked for the key {text}, which has no value yet",
            hint="take keys from outside, or select with np.where(key == k, a, b)",
            line=line,
        )
    place = _library_frame(error.__traceback__) or _pythons_frame(error.__traceback__)
    if place is not None and (_OBJECTS.search(text) or any(map(_has_symbols, place.f_locals.values()))):
        return _of_library(place, text, line)
    if not _OURS.search(text) or _raised_by_user(error.__traceback__):
        return None
    for pattern, what, hint in _ROWS:
        found = pattern.search(text)
        if found:
            groups = [group for group in found.groups() if group]
            said = what.format(*groups, "", "", error=text)
            return UnsupportedError(said, hint=hint.format(), line=line)
    return None


_OBJECTS: Final = re.compile(
    r"dtype\('O'\)|Iterator operand|[Nn]o numeric types|numeric type array|object arrays?\b|[Oo]bject dtype"
    r"|dtype object"
)

_LIBRARIES: Final = ("scipy.", "pandas.", "xarray.")
_OF_NUMBERS: Final = "take its numbers first, np.asarray(table), and write it with NumPy's functions"
_INSTEAD_OF: Final = {
    "pandas": _OF_NUMBERS,
    "xarray": _OF_NUMBERS,
    "stats": "write the formula: np.corrcoef for pearsonr; norm.logpdf: -((x-m)/s)**2/2 - np.log(s*np.sqrt(2*np.pi))",
    "integrate": "write a fixed number of steps, such as Runge-Kutta's, in a loop, or np.trapezoid",
    "optimize": "write a fixed number of steps, such as Newton's, in a loop, or call it outside",
    "interpolate": "write np.interp or scipy.interpolate.CubicSpline on constant knots",
    "signal": "write np.convolve, or the recursion as a loop",
    "ndimage": "write shifted slices with their weights, or np.convolve",
    "fft": "write edgewise.fft or edgewise.rfft, whose complex numbers are pairs of real ones",
    "sparse": "A @ x is taken as it is; for all else take A.toarray(), as in np.linalg.solve(A.toarray(), b)",
    "spatial": "write np.sqrt(np.sum((x[:, None] - y)**2, axis=-1))",
    "transform": "write the matrix of a rotation vector, scipy.linalg.expm([[0, -z, y], [z, 0, -x], [-y, x, 0]])",
}
"""A library, or a part of SciPy → what to write instead of its algorithms, which take numbers."""


def _library_frame(traceback: TracebackType | None) -> FrameType | None:
    """The outermost frame of a library whose algorithms are not ours."""
    frames = (frame for frame, _ in walk_tb(traceback) if not _module(frame).startswith("scipy._lib"))
    return next((frame for frame in frames if _module(frame).startswith(_LIBRARIES)), None)


def _pythons_frame(traceback: TracebackType | None) -> FrameType | None:
    """The innermost frame, where it is one of Python's own modules."""
    *_, (last, _) = walk_tb(traceback)
    return last if _module(last).partition(".")[0] not in LIBRARIES and not is_users(_module(last)) else None


def _has_symbols(value: Any) -> bool:
    """Whether there are expressions in it, or in what a function closes over."""
    cells = getattr(value, "__closure__", None) or ()
    return is_symbolic(value) or any(is_symbolic(cell.cell_contents) for cell in cells)


def _of_library(frame: FrameType, what: str, line: str) -> UnsupportedError:
    """The refusal of an algorithm of SciPy, by the name of the module that users import, or of another library."""
    library, part, *inner = f"{_module(frame)}.".split(".")
    name = frame.f_code.co_name
    where = "" if name.startswith("_") or name.endswith("wrapper") else f" in {name}"
    module = f"scipy.{part}" if library == "scipy" else library
    known = (*inner, part) if library == "scipy" else (library,)
    return UnsupportedError(
        f"{module} takes numbers{where}, and not expressions: {what}",
        hint=next((_INSTEAD_OF[key] for key in known if key in _INSTEAD_OF), "write it with NumPy's functions"),
        line=line,
    )


def _raised_by_user(traceback: TracebackType | None) -> bool:
    """Whether it was a `raise` in the user's own code."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None or not is_users(_module(traceback.tb_frame)):
        return False
    return traceback.tb_frame.f_code.co_code[traceback.tb_lasti] == dis.opmap["RAISE_VARARGS"]


def _module(frame: FrameType) -> str:
    name: Any = frame.f_globals.get("__name__", "")
    return str(name)


def user_frame_line(traceback: TracebackType | None) -> str:
    """`file:line` of the innermost frame of a traceback that is the user's."""
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(traceback) if is_users(_module(frame))]
    return line_text(*places[-1]) if places else ""
