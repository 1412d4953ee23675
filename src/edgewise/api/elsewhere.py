"""What other libraries call the methods of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ELSEWHERE"]

ELSEWHERE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("differentiate", "derivative", "grad", "autograd", "backward"), "did you mean 'gradient'?"),
    **dict.fromkeys(("jac", "jacfwd", "jacrev"), "did you mean 'jacobian'?"),
    **dict.fromkeys(("lambdify", "jit", "numpy", "function", "build"), "did you mean 'compile'?"),
    **dict.fromkeys(("eval", "forward", "run", "call", "apply"), "did you mean 'evaluate'?"),
    **dict.fromkeys(("optimize", "optimise", "cse", "reduce", "simplified"), "did you mean 'simplify'?"),
    **dict.fromkeys(("draw", "render", "show", "svg"), "did you mean 'to_svg'?"),
    **{f"to_{target}": f'write to_python(target="{target}")' for target in ("jax", "math", "numpy", "torch")},
    **dict.fromkeys(("to_javascript", "javascript"), "did you mean 'to_js'?"),
    **dict.fromkeys(("to_source", "source", "code", "python", "codegen"), "did you mean 'to_python'?"),
    **dict.fromkeys(("save", "dump", "dumps", "json"), "did you mean 'to_json'?"),
    "edges": "did you mean 'number_of_edges'? a derivative graph has the ledger in .edges",
    **{
        name: f"a derivative graph has it: G.gradient().{name}"
        for name in ("explain", "grad_table", "of", "order", "pareto", "schedule", "special_points", "steps", "why")
    },
    "nodes": "write len(G), and G.op(i), G.arguments(i), G.text(i) of node i",
    "latex": "did you mean 'to_latex'?",
    "sympy": "did you mean 'to_sympy'?",
}
"""What others call it → what to write."""
