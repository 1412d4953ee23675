"""Source for tensor graphs: NumPy, JAX or torch as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Layout, Parameter, Returns, Tape, count_operations, node_text
from edgewise.graph.tensors.computed_rows import written_in_others
from edgewise.lower.described import summary
from edgewise.lower.formulas import renumbered, written_out
from edgewise.lower.names import Namer
from edgewise.lower.program import Program
from edgewise.lower.python.python_printer import Printer, Source
from edgewise.lower.python.python_targets import TARGETS
from edgewise.lower.python.tensor_helpers import HELPERS
from edgewise.lower.python.tensor_styles import STYLES
from edgewise.lower.python.value_sources import value_source
from edgewise.ops import (
    CONST,
    FIRST_TENSOR,
    INPUT,
    TENSOR_CODE,
    TENSORS,
    Contraction,
    Op,
    TensorOp,
    is_view,
    named_dimensions,
    shape_text,
)
from edgewise.ops.notation import ATOM, Piece, at_least
from edgewise.ops.tensors.index_spelling import on_diagonals
from edgewise.ops.tensors.spelling import outer_text
from edgewise.ops.tensors.tensor_notation import is_native, tensor_text

__all__ = ["TensorProgram", "lower_tensors", "tensor_source"]

_ELEMENTWISE: Final = frozenset(("add", "sub", "mul", "neg", "abs", "max", "min"))
"""Operations that make whole numbers of whole numbers."""
EYE = TENSOR_CODE["eye"]
CAPTURED: Final = 64
"""Numbers in an array from which on the source does not list them: it is an argument."""


@dataclass(frozen=True, eq=False, repr=False)
class TensorProgram(Program):
    """What to compute on tensors, in which order, under which names. `formula` is 𝒢's output as it was written."""

    formula: str = ""

    @cached_property
    def views(self) -> frozenset[int]:
        """The nodes that only read another in another way."""
        tape = self.tape
        return frozenset(
            i for i in self.order if tape.ops[i] >= FIRST_TENSOR and is_view(tape.op(i), tape.attrs.get(i))
        )

    @cached_property
    def whole(self) -> frozenset[int]:
        """The nodes whose arrays are surely of whole numbers where they are emitted."""
        tape, found = self.tape, {i for i, value in self.constants.items() if type(value) is int}
        for parameter, own in tape.by_parameter():
            found.update(own if parameter.kind == "integer" else ())
        for i in self.order:
            op, args = tape.op(i), tape.arguments(i)
            if op.name == "array":
                known = tape.attrs[i].values.dtype.kind in "iu"
            elif op.name == "size":
                known = bool(tape.attrs[i].is_integer)
            else:
                moved = (op.name in _ELEMENTWISE or _keeps_whole(op)) and all(j in found for j in args)
                known = bool(getattr(op, "places", False)) or moved
            if known:
                found.add(int(i))
        return frozenset(found)

    @property
    def operations(self) -> int:
        """How many nodes are computed: views, identities and dimensions aside."""
        return count_operations(self.tape, self.result_nodes)

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The named dimensions that the source uses, in order of their first appearance in the inputs."""
        used: set[str] = set()
        for i in self.order:
            if self.tape.ops[i] >= FIRST_TENSOR:
                used |= _names_in(self.tape.attrs.get(i)) | named_dimensions(self.tape.shape(i))
        listed = dict.fromkeys(
            name for p in self.parameters for length in p.shape for name in sorted(named_dimensions((length,)))
        )
        return tuple(name for name in listed if name in used)


def _keeps_whole(op: Op) -> bool:
    """Whether arrays of whole numbers stay such; padding writes into an array of floats."""
    return isinstance(op, TensorOp) and op.whole and op.name != "unindex"


def _names_in(value: Any) -> set[str]:
    """The named dimensions in a parameter."""
    found: set[str] = set()
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            todo.extend(item)
        elif hasattr(item, "free_symbols"):
            found |= {symbol.name for symbol in item.free_symbols}
        elif hasattr(item, "sizes"):
            todo.append(item.sizes)
    return found


def lower_tensors(
    tape: Tape, results: Sequence[Returns], *, roles: Mapping[int, str] | None = None, base: Tape | None = None
) -> TensorProgram:
    """The program of what the results need. `base` is 𝒢, whose formula the source shows."""
    own = base if base is not None else tape
    tape, results, roles = written_out(tape, results, roles or {})
    alive = tape.live([node for result in results for node in result.nodes])
    leaf = (tape.ops == INPUT) | (tape.ops == CONST)
    formula = node_text(own, own.outputs[0], 90) if len(own.outputs) == 1 else ""
    constants = {i: tape.attrs[i] for i in np.flatnonzero(alive & (tape.ops == CONST)).tolist()}
    return TensorProgram(tape, tuple(results), np.flatnonzero(alive & ~leaf), constants, dict(roles), formula)


def tensor_source(program: TensorProgram, name: str = "f", target: str = "numpy") -> Source:
    """Readable Python for a tensor program: "numpy", "jax" or "torch"."""
    if target not in STYLES:
        raise LoweringError(
            f"a tensor graph has no Python target {target!r}",
            hint=f"use one of {', '.join(STYLES)}, or math for small shapes",
        )
    own = Namer(("np", "jnp", "torch", "linalg", "special", "nn")).name(name, "f")
    return _TensorPrinter(_in_native_calls(program, target), own, target).source()


def _in_native_calls(program: TensorProgram, target: str) -> TensorProgram:
    """The program with rows that the target has no call for as their `computed` says."""
    style, old = STYLES[target], program.tape

    def lacks(row: TensorOp, tape: Tape, node: int) -> bool:
        return not is_native(row, tape.attrs.get(node), [tape.shape(j) for j in tape.arguments(node)], style)

    tape, moved = written_in_others(old, lacks)
    if tape is old:
        return program
    tape, results, roles = renumbered(tape, moved, program.results, program.roles)
    return replace(lower_tensors(tape, results, roles=roles), formula=program.formula)


class _TensorPrinter(Printer):
    program: TensorProgram
    uniform = False  # shapes matter

    def __init__(self, program: TensorProgram, name: str, target: str) -> None:
        super().__init__(program, name, TARGETS[target], False)
        self.style = STYLES[target]
        self.own: set[str] = set()
        wished = {p.name for p in program.parameters}
        clash = next((n for n in program.dimensions if n in wished), None)
        if clash is not None:
            raise LoweringError(f"{clash!r} names both an input and a dimension", hint="give one of them another name")
        self.dimension_names = {n: self.namer.name(n, "dim") for n in program.dimensions}
        sizes = {i for i in program.order if program.tape.op(i).name == "size"}
        large = [
            int(i)
            for i in program.order
            if program.tape.op(i).name == "array" and program.tape.attrs[i].values.size > CAPTURED
        ]
        self.captured = {i: self.names.pop(i) if i in self.names else self.namer.name("data") for i in large}
        # Copies: torch takes no arrays that must not be written.
        self.given = {name: np.array(program.tape.attrs[i].values) for i, name in self.captured.items()}
        self.repeatable = frozenset((*program.views, *sizes, *self.captured))
        self.plain_numbers = set(sizes)  # Python's own: what is computed of lengths alone
        for i in program.order if sizes else ():
            given = [j for j in program.tape.arguments(i) if j not in program.constants]
            if int(program.tape.ops[i]) < FIRST_TENSOR and given and self.plain_numbers.issuperset(given):
                self.plain_numbers.add(int(i))
        self.used_dimensions: set[str] = set()
        self.numbers = dict(program.constants)  # and, for torch, what is computed of numbers alone

    def call(self, node: int, args: list[Piece]) -> Piece:
        if node in self.captured:
            return self.captured[node], ATOM
        tape = self.program.tape
        code = int(tape.ops[node])
        given = tape.arguments(node)
        if code < FIRST_TENSOR and self.target.name == "torch" and all(j in self.numbers for j in given):
            op, attr = tape.op(node), tape.attrs.get(node)  # torch's functions take no numbers
            values = [float(self.numbers[j]) for j in given]
            self.numbers[node] = float(op.value(*values, attr) if op.parameter else op.value(*values))
            return self.literal(self.numbers[node])
        if code < FIRST_TENSOR:
            piece = self._outer(node, args) or super().call(node, args)
            if self.target.name == "torch" and piece[0].startswith("torch.") and self.plain_numbers & set(given):
                piece = super().call(node, [self._array(a, j) for a, j in zip(args, given, strict=True)])
            return piece
        row = TENSORS[code - FIRST_TENSOR]
        if row.placing:
            args = [args[0], *(self._places(arg, j) for arg, j in zip(args[1:], given[1:], strict=True))]
        if node not in self.program.views:
            args = [self.counted(arg) if self.truth(j) else arg for arg, j in zip(args, given, strict=True)]
        if node in self.program.views and (given[0] in self.plain_numbers or self._is_bare(node, given[0])):
            args = [(_NUMBER_AS_ARRAY[self.target.name].format(args[0][0]), ATOM)]  # `n[None]` needs an array
        shapes = [tape.shape(j) for j in given]
        parameter = tape.attrs.get(node)
        if isinstance(parameter, Contraction):
            made = on_diagonals(self.style, args, parameter, shapes, [tape.ops[j] == EYE for j in given])
            if made is not None:
                return self._renamed(made[0]), made[1]
        if not is_native(row, parameter, shapes, self.style):
            return self._brought_along(row, node, args), ATOM
        text, strength = tensor_text(row, args, parameter, shapes, tape.shape(node), self.style)
        if self.target.name == "torch" and text.startswith("torch.einsum("):  # it takes no numbers either
            args = [(f"_t({a[0]})", ATOM) if j in self.numbers else a for a, j in zip(args, given, strict=True)]
            text, strength = tensor_text(row, args, parameter, shapes, tape.shape(node), self.style)
            self.helpers.add("_t")
        self._note_helpers(text)
        return self._renamed(text), strength

    def _is_bare(self, node: int, argument: int) -> bool:
        """Whether a constant is reshaped in torch, which reshapes nothing but its own."""
        ops = self.program.tape.ops
        return self.target.name == "torch" and ops[node] == TENSOR_CODE["reshape"] and ops[argument] == CONST

    def _array(self, arg: Piece, node: int) -> Piece:
        """An argument; one of Python's own numbers as an array."""
        return (_NUMBER_AS_ARRAY[self.target.name].format(arg[0]), ATOM) if node in self.plain_numbers else arg

    def _brought_along(self, row: TensorOp, node: int, args: Sequence[Piece]) -> str:
        """The call of a row's value, whose source the program has: NumPy is what values are written in."""
        name = f"_{row.name}"
        text = value_source(row.value, name) if self.target.name == "numpy" else None
        if text is None:
            raise LoweringError(
                f"{self.target.name} has no function for the operation {row.name!r} of "
                f"{self.program.tape.names.text(node)}",
                hint="give its row `computed`, or use the interpreter" if self.target.name == "numpy"
                else 'use target="numpy", or give its row `computed`',
                line=self.program.tape.line(node),
            )  # fmt: skip
        self.made[name] = text
        parameter = [repr(self.program.tape.attrs[node])] if row.parameter else []
        return self._renamed(f"{name}({', '.join([*(text for text, _ in args), *parameter])})")

    def _note_helpers(self, text: str) -> None:
        """Bring along the functions that a text calls, and those that they call."""
        known = HELPERS[self.target.name]
        found = [name for name in known if name not in self.own and re.search(rf"(?<![\w.]){name}\b", text)]
        self.own |= set(found)
        for name in found:
            self._note_helpers(known[name])

    def _places(self, arg: Piece, node: int) -> Piece:
        """Places as whole numbers, which NumPy and JAX want of an index."""
        if node in self.program.whole or self.target.name == "torch":
            return arg
        return f"{at_least(arg, ATOM)}.astype(int)", ATOM

    def truth(self, node: int) -> bool:
        """A comparison, or a view of one."""
        tape = self.program.tape
        while node in self.program.views:
            node = tape.arguments(node)[0]
        return tape.op(node).boolean

    def _outer(self, node: int, args: Sequence[Piece]) -> Piece | None:
        """A product of a column and a row as an outer product."""
        tape = self.program.tape
        if tape.op(node).name != "mul":
            return None
        return outer_text(args, [tape.shape(j) for j in tape.arguments(node)], self.style)

    def _renamed(self, text: str) -> str:
        """The text with the dimensions' names as identifiers, which are noted."""
        for name, ours in self.dimension_names.items():
            text, count = re.subn(rf"(?<![\w.\"]){name}\b(?!\()", ours, text)
            if count:
                self.used_dimensions.add(name)
        return text

    def nest(self, nodes: Iterator[str], layout: Layout) -> str:
        return next(nodes) if layout.kind == "tensor" else super().nest(nodes, layout)

    def prologue(self) -> list[str]:
        """Inputs as arrays, and the dimensions that are used."""
        program = self.program
        plain = [p for p in program.parameters if not p.is_tensor]
        if any(p.shape for p in plain):
            raise LoweringError("a graph of tensors and of groups of scalars", hint="declare all as tensors")
        named = list(zip(program.parameters, program.parameter_names, strict=True))
        lines = [f"{name} = {_as_array(parameter, name, self.target.name)}" for parameter, name in named]
        module = "torch.as_tensor" if self.target.name == "torch" else f"{self.target.module}.asarray"
        lines += [f"{name} = {module}({name})" for name in self.captured.values()]
        known: set[str] = set()
        for parameter, name in named:
            symbols = [length.name if getattr(length, "is_Symbol", False) else "" for length in parameter.shape]
            wanted = [
                n if n in self.used_dimensions - known and symbols.index(n) == k else "" for k, n in enumerate(symbols)
            ]
            if any(wanted):
                known.update(wanted)
                if sum(map(bool, wanted)) == 1:
                    (axis,) = (k for k, n in enumerate(wanted) if n)
                    lines.append(f"{self.dimension_names[wanted[axis]]} = {name}.shape[{axis}]")
                else:
                    targets = ", ".join(self.dimension_names[n] if n else "_" for n in wanted)
                    lines.append(f"{targets} = {name}.shape")
        return lines

    def beside(self) -> list[str]:
        return [self.dimension_names[name] for name in self.program.dimensions if name in self.used_dimensions]

    def docstring(self) -> list[str]:
        program = self.program
        lines = [f'"""{summary(program)}']
        text = program.formula
        whole = program.results[0].name == "value"  # the formula is that of 𝒢
        if whole and text and "…" not in text and text.isprintable() and '"' not in text:
            lines += ["", f"{program.results[0].name} = {text}"]
        lines += [""]
        for p, name in zip(program.parameters, program.parameter_names, strict=True):
            kind = "integers" if p.kind == "integer" else "array"
            lines.append(f"{name}: {kind} of shape {shape_text(p.shape)}" if p.shape else f"{name}: number")
        for node, name in self.captured.items():
            lines.append(f"{name}: array of shape {shape_text(program.tape.shape(node))}, captured in the graph")
        assumed = dict.fromkeys(
            row.assumes
            for i in program.order
            if int(program.tape.ops[i]) >= FIRST_TENSOR
            and (row := TENSORS[int(program.tape.ops[i]) - FIRST_TENSOR]).assumes
        )
        if assumed:
            lines += ["", f"Assumes that {'; that '.join(assumed)}."]
        lines += ["", f"Returns {', '.join(result.name for result in program.results)}."]
        return [line.replace("\\", "\\\\") for line in lines] + ['"""']

    def imports(self) -> list[str]:
        return [HELPERS[self.target.name][name] for name in sorted(self.own) if not name.startswith("_")]

    def helper_texts(self) -> list[str]:
        return [HELPERS[self.target.name][name] for name in sorted(self.own) if name.startswith("_")]


_NUMBER_AS_ARRAY = {
    "numpy": "np.asarray({})", "jax": "jnp.asarray({})", "torch": "torch.as_tensor({}, dtype=torch.float64)"
}  # fmt: skip


def _as_array(parameter: Parameter, name: str, target: str) -> str:
    if parameter.kind == "integer":
        return f"{'torch.as_tensor' if target == 'torch' else f'{TARGETS[target].module}.asarray'}({name})"
    text = TARGETS[target].scalar.format(name)
    return text.removesuffix("[()]") if parameter.shape else text
