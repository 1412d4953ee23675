"""What is asked of an expression as in SymPy: the room above answers, and is entered when something is asked."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from edgewise.graph.neighbours import METHODS

__all__ = ["ASKED"]

ASKED: Final = dict(
    line.split(": ", 1)
    for line in r"""
collect: As a polynomial in some inputs, by SymPy: (a*x + b*x).collect(x) is x*(a + b).
diff: The derivative: f.diff(x), f.diff(x, 2), f.diff(x, y).
equals: Whether the value is the same, and how that is known: (x*x).equals(x**2).
evalf: The value with any number of digits, as a Decimal: f.evalf(50, x=2).
expand: Products of sums multiplied out: ((x + y)**2).expand() is x**2 + 2*x*y + y**2.
factor: As a product of factors, by SymPy: (x**2 - y**2).factor() is (x + y)*(x - y).
integrate: An antiderivative f.integrate(x), or the integral f.integrate((x, 0, 1)), by SymPy.
limit: The limit where an input goes to a point, by SymPy: (ew.sin(x)/x).limit(x, 0), with side="+" from above.
plot: The curve over one input, or the contours over two: f.plot((x, 0, 1)).
series: The Taylor polynomial about a point, of degree n - 1: ew.exp(x).series(x, 0, n=4).
simplify: The same value with fewer operations: (2*x + 3*x).simplify() is 5*x.
solve: The real solutions of f = 0 that SymPy finds: (x**2 - a).solve(x).
subs: Numbers or formulas in the place of inputs or parts: f.subs({x: 2, y: x + 1}), all at the same time.
_latex: What sympy.latex prints.
_sympy_: What SymPy's functions make of it.
""".strip().splitlines()
)
"""The methods that an expression has in common with a graph, and what they do; `edgewise.Graph` says more of each."""


def _asking(name: str, about: str) -> Callable[..., Any]:
    def ask(self: Any, *args: Any, **named: Any) -> Any:
        return import_module("edgewise.api.of_expressions").asked(self, name, args, named)

    ask.__name__ = ask.__qualname__ = name
    ask.__doc__ = f"{about} See `edgewise.Graph.{name}`: of an expression the answers are expressions."
    return ask


METHODS.update((name, _asking(name, about)) for name, about in ASKED.items())
