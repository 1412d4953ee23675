"""What to write for the methods that expressions do not have and that users of other libraries look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["KEEPS_SHAPE", "OF_EXPRESSIONS"]

_GRADIENT: Final = "make a graph of it and derive that, as in ew.graph(f).gradient()"
_NUMBERS: Final = "it is symbolic: make a graph of it and evaluate that, as in ew.graph(f).evaluate(x=1.0)"

OF_EXPRESSIONS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("diff", "derivative", "grad", "gradient", "backward", "jacobian", "hessian"), _GRADIENT),
    **dict.fromkeys(("subs", "evalf", "evaluate", "eval", "numpy", "tolist", "detach", "cpu", "value"), _NUMBERS),
    **dict.fromkeys(("simplify", "expand", "factor"), "make a graph of it, as in ew.graph(f).simplify()"),
    **dict.fromkeys(("compile", "lambdify", "jit"), "make a graph of it, as in ew.graph(f).compile()"),
    "name": "did you mean 'named'?",
    "matmul": "write x @ y",
    "mm": "write x @ y",
    "t": "write x.T",
}
"""What others call it → what to write."""

KEEPS_SHAPE: Final = (
    "write np.where(condition, a, b), which keeps the shape; a mask or places that are known go in from a closure, or "
    'as a static argument, edgewise.jit(f, static="mask")'
)
"""What to write where an expression, or data that is an input, says which entries are meant."""
