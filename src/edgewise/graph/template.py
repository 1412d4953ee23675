"""A small graph as a template: how a local partial is written in terms of a node and its arguments."""

from __future__ import annotations

from edgewise.graph.tape import Tape
from edgewise.ops import CONST, INPUT, Op, Ref, Template

__all__ = ["template_from"]


def template_from(tape: Tape, arity: int, own: Op | None = None) -> Template | None:
    """The template of a graph with one output; None where it is the constant 0.

    The first `arity` inputs are the arguments, a further one is the result `out`, and so is a call of the operation
    `own` on just its arguments. Nodes that the output does not need are left out.
    """
    refs: dict[int, Ref] = {node: Ref("arg", k) if k < arity else Ref("out") for k, node in enumerate(tape.inputs)}
    nodes = []
    needed = tape.live(tape.outputs).tolist()
    for i, code, args in tape.rows():
        if code == INPUT or not needed[i]:
            continue
        if code == CONST:
            refs[i] = Ref("const", tape.attrs[i])
        elif tape.op_of_code(code) is own and tuple(args) == tuple(tape.inputs[:arity]):
            refs[i] = Ref("out")
        else:
            nodes.append((tape.op_of_code(code), tuple(refs[j] for j in args), tape.attrs.get(i)))
            refs[i] = Ref("node", len(nodes) - 1)
    result = refs[tape.outputs[0]]
    return None if result.kind == "const" and result.value == 0 else Template(tuple(nodes), result)
