"""What moves with a variable: functions of time and their rates."""

from __future__ import annotations

from typing import Any

from edgewise.errors import UnsupportedError
from edgewise.graph import Builder, Dependent, Layout, Parameter, Tape

__all__ = ["rates"]


def rates(tape: Tape, variable: str) -> dict[str, Any]:
    """The inputs that move with a variable and how fast: itself, by 1, and functions of it by inputs that are rates.

    Only those that the outputs depend on; nothing where none of them is a function of the variable. Raises
    UnsupportedError for a function of something else than variables, q(t - 1).

    >>> from edgewise import graph, sin, symbols
    >>> q, m = symbols("q", of="t"), symbols("m")
    >>> {name: rate.input_names() for name, rate in rates(graph(m*sin(q)).tape, "t").items()}
    {'q': ('q_t',)}
    """
    live = tape.live(tape.outputs)
    found: dict[str, Any] = {}
    moving = False
    for parameter, nodes in tape.by_parameter():
        dependent = parameter.dependent
        if not live[list(nodes)].any():
            continue
        if parameter.name == variable:
            found[variable] = 1
        elif dependent is not None and variable in dependent.of:
            if not dependent.of_variables:
                raise UnsupportedError(
                    f"the derivative of {parameter.name} in {variable} is not known",
                    hint="take functions of variables alone, such as q(t)",
                )
            found[parameter.name] = _input(dependent.derivative(variable))
            moving = True
    return found if moving else {}


def _input(dependent: Dependent) -> Tape:
    """The graph of one input that is such a function."""
    builder = Builder()
    node = builder.input(dependent.name)
    builder.promise(dependent.name, Parameter(dependent.name, dependent=dependent))
    return builder.whole((node,), Layout())
