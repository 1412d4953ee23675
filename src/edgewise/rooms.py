"""Rooms that load when they are entered: what stands for a room until the first use of one of its names."""

from __future__ import annotations

from importlib import import_module
from sys import modules
from types import ModuleType
from typing import Any, Final, NoReturn

from edgewise.errors import InputError

__all__ = ["ROOMS", "Entered", "Room"]

ROOMS: Final = (
    "accuracy", "algebra", "api", "cli", "differentiate", "evaluate", "exchange", "frontends", "lower", "ops",
    "recompute", "simplify", "view", "write",
)  # fmt: skip
"""The rooms behind `from edgewise import lower`; that of graphs has its name in common with `edgewise.graph`."""

INSTEAD: Final = {
    "differentiate": 'a graph has it: edgewise.graph(f).gradient(), and an expression f.diff("x")',
    "evaluate": "a graph has it: edgewise.graph(f).evaluate(x=1.0)",
    "lower": "a graph has it: edgewise.graph(f).compile(), .to_python(), .to_c()",
    "simplify": "a graph and an expression have it: f.simplify()",
    "view": "a graph has it: edgewise.graph(f).show(), .explore(), .to_svg()",
    "write": "a graph has it: edgewise.graph(f).to_latex(), .to_sympy(), .text()",
}
"""What to write for a room that is called as if it were a function."""


class Entered(ModuleType):
    """A room that is loaded. It is no function, and says what to write where it is called as one."""

    def __call__(self, *args: Any, **options: Any) -> NoReturn:
        name = self.__name__.rpartition(".")[2]
        raise InputError(
            f"edgewise.{name} is a part of the library and no function", hint=INSTEAD.get(name, "see dir(edgewise)")
        )


class Room(Entered):
    """A room as `from edgewise import lower` gives it: `lower.c_source` loads it, where it is not there yet.

    It goes on standing for the room, so it holds nothing: what is asked of it is the room's at that moment.
    """

    def __getattr__(self, name: str) -> Any:
        room = modules.get(self.__name__)  # looked at first: `import_module` takes its time, and waits while it loads
        if room is not None and hasattr(room, name):
            return getattr(room, name)
        return getattr(import_module(self.__name__), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(import_module(self.__name__), name, value)

    def __dir__(self) -> list[str]:
        return dir(import_module(self.__name__))
