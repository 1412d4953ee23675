"""The door to LaTeX: SymPy prints graphs of scalars, and those of tensors are in matrix and index notation."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.graph import Tape
from edgewise.write.latex.tensor_formulas import tensors_to_latex

__all__ = ["to_latex"]


def to_latex(tape: Tape, shown: Mapping[str, str] | None = None, *, written: bool = False) -> str:
    """The outputs as LaTeX. `shown` is the LaTeX of the inputs' names, where it is given.

    A formula that is one operation, with the names of its arguments, may be asked for as it is `written`.
    """
    if tape.has_tensors:
        return tensors_to_latex(tape, shown)
    from edgewise.write import sympy  # SymPy is imported when it is needed

    if written and shown is not None:
        return sympy.step_to_latex(tape, tape.outputs[0], shown)
    return sympy.to_latex(tape, None, shown)
