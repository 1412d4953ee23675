"""edgewise: a symbolic graph-to-graph differentiator.

An expression graph 𝒢 becomes a derivative graph ℬ that adds one derivative node for each edge of 𝒢.

>>> import edgewise as ew
>>> x, y = ew.symbols("x y")
>>> G = ew.graph(ew.exp(x * y) + ew.sin(x))
>>> B = G.gradient()
>>> len(B.edges)
6
>>> B.simplify().compile(backend="python")(0.0, 2.0)
(1.0, (3.0, 0.0))

Importing it loads nothing but its errors: a name is imported when it is first asked for, and a room when it is entered.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from edgewise.errors import EdgewiseError as EdgewiseError
from edgewise.errors import MissingAttributeError
from edgewise.rooms import ROOMS, Entered, Room

__version__ = "0.1.0"

NAMES: Final = {
    "api.check": "GradientCheck check_gradient",
    "api.compare": "Comparison compare",
    "api.derivative_graph": "DerivativeGraph",
    "api.graph": "Graph",
    "api.ledger_view": "LedgerEntry",
    "api.transforms": "grad hessian jacobian jit value_and_grad vmap",
    "api.ways_in": "graph op parse parse_latex plot_sparsity trace",
    "errors": "EdgewiseError",
    "graph": "Expr Tensor symbols tensor",
    "graph.arrays.same": "same",
    "graph.tensors.fourier": "fft ifft irfft rfft",
    "graph.tensors.tensor_functions": "conv eye log_softmax logsumexp one_hot ones softmax solve_triangular zeros",
    "ops": "e:E pi:PI",
}
"""Where the names of `edgewise` are, `name:what` where it is called otherwise there. The operations' functions, one for
each row of the tables, are in `graph`; `__init__.pyi` has them all for type checkers and editors."""

_HOMES: Final = {name.split(":")[0]: (home, name.split(":")[-1]) for home, n in NAMES.items() for name in n.split()}


class _Package(ModuleType):
    """`edgewise.graph` is the function, though a room has that name: the import system does not put it in its place.

    The other rooms it puts there say what to write where they are called.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and name in ROOMS:
            value.__class__ = Entered
        if not (name == "graph" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def _functions() -> dict[str, Any]:
    """A function for each row of the tables. Those that have a home know arrays of scalars too."""
    rows = import_module(f"{__name__}.graph.tensors.row_functions").ROW_FUNCTIONS
    return import_module(f"{__name__}.graph").FUNCTIONS | {k: f for k, f in rows.items() if k not in _HOMES}


def _instead(name: str) -> str:
    """What to write for a name that there is not."""
    said: str = import_module(f"{__name__}.graph.suggestions").instead(name, __getattr__("__all__"))
    return said


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        home, own = _HOMES[name]
        value = getattr(import_module(f"{__name__}.{home}"), own)
    elif name in ROOMS:
        return Room(f"{__name__}.{name}")
    elif name == "__all__":
        value = [*sorted(_HOMES), *_functions()]
    elif name.startswith("_") or name not in (functions := _functions()):
        hint = "" if name.startswith("_") else _instead(name)
        raise MissingAttributeError(f"module {__name__!r} has no attribute {name!r}", hint=hint)
    else:
        value = functions[name]
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *ROOMS, *__getattr__("__all__")})
