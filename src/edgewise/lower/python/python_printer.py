"""Python source: flat assignments for the `math` module, or for NumPy arrays that broadcast."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import Any, Final

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Layout
from edgewise.lower.cutting import cut
from edgewise.lower.described import indented, row_call, wrapped
from edgewise.lower.names import Namer
from edgewise.lower.program import Program, real
from edgewise.lower.python.python_matrices import Matrices
from edgewise.lower.python.python_targets import TARGETS, Target
from edgewise.lower.python.python_text import Same, Source, deleted, docstring, import_of, rescuers
from edgewise.lower.statements import INLINE, Statements, statements
from edgewise.ops import OPS, Op, SymbolicConstant
from edgewise.ops.notation import ATOM, CONDITIONAL, POWER, PRODUCT, UNARY, Piece, at_least, infix

__all__ = ["Printer", "Source", "python_source"]

PART = 500
"""The most assignments in one function: CPython's compiler takes time and memory in proportion, and more beyond."""


def python_source(
    program: Program, name: str = "f", target: str | Target = "math", *, free: bool = False, batches: bool = False
) -> Source:
    """Readable Python for a program: one assignment for each value, short ones written where they are read.

    With `free` each value is a statement and is deleted where nothing reads it any more: no more arrays are held than
    the program's order needs. With `batches` groups may have further axes in front. LoweringError: unknown target.
    """
    chosen = TARGETS.get(target) if isinstance(target, str) else target
    if chosen is None:
        raise LoweringError(f"there is no Python target {target!r}", hint=f"use one of {', '.join(TARGETS)}")
    return Printer(program, Namer(_MODULES).name(name, "f"), chosen, free, batches).source()


_MODULES: Final = ("math", "np", "special", "sparse")

_QUIET: Final = 'with np.errstate(all="ignore"):'

_HANDING_ON: Final = frozenset({"where", "min", "max", "clip"})
"""Operations whose value is one of their arguments."""


class Printer:
    """Prints one program for one target."""

    uniform = True
    """Whether operations are spelled alike on arguments of the same kinds: see `statements`."""

    def __init__(self, program: Program, name: str, target: Target, free: bool, batches: bool = False) -> None:
        self.program, self.name, self.target, self.free, self.batches = program, name, target, free, batches
        self.names = dict(program.names)
        # A user's operation is a global of the module: neither the function nor a variable may have its name.
        self.namer = Namer({*program.taken, name})
        self.op_names = {op: self.namer.name(op.name, "operation") for op in program.custom}
        self.helpers: set[str] = set()
        self.rescued: set[str] = set()
        self.special = False
        self.made: dict[str, str] = {}  # functions for operations that are computed as their rows say
        self.matrices = Matrices()
        self.numpy = target.name != "math"  # arrays rather than floats
        self.branches = not self.numpy and bool(program.conditional.any())
        self.rescuing = False  # whether nothing in it is to raise: a function that a branch may call
        # Nodes whose text may be written in several places: they are no work.
        self.repeatable: frozenset[int] = frozenset()
        # Where these are arrays, results that are numbers are to be arrays too; a compiled function sees to it itself.
        self.scalars = [
            name
            for name, p in zip(program.parameter_names, program.parameters, strict=True)
            if self.numpy and not (free or batches or p.shape or p.is_tensor)
        ]
        self.same = ""
        self.given: dict[str, Any] = {}  # arrays that are arguments behind the inputs

    # --- values -------------------------------------------------------------------------------------------------

    def literal(self, value: Any) -> Piece:
        if isinstance(value, SymbolicConstant):
            return f"{self.target.module}.{value.name}", ATOM
        if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
            top, bottom = value.as_integer_ratio()
            if max(abs(top), bottom) > 2**53:  # beyond what a double holds exactly, as the other targets compute
                value = real(value)
            elif bottom != 1:
                return f"{top}/{bottom}", PRODUCT
        if isinstance(value, float) and not np.isfinite(value):
            text = f"{self.target.module}.{'nan' if value != value else 'inf'}"
            return (f"-{text}", UNARY) if value < 0 else (text, ATOM)
        text = repr(value)
        return text, UNARY if text.startswith("-") else ATOM

    def operand(self, op: Op, position: int, node: int, piece: Piece) -> Piece:
        """An argument as an operation needs it: truth and numbers are kept apart, as are integers and floats."""
        condition = op.name == "where" and position == 0
        constant = self.program.constants.get(node)
        if op.name in _HANDING_ON and isinstance(constant, int) and not condition:
            # What is handed on is computed with, and NumPy's integers wrap around.
            return self.literal(real(constant))
        truth = self.truth(node)
        if self.numpy and truth and not op.boolean and not condition:
            return self.counted(piece)
        if not self.numpy and not truth and op.name in ("and", "or"):
            return f"bool({piece[0]})", ATOM  # Python's `and` hands back an operand
        return piece

    def counted(self, piece: Piece) -> Piece:
        """A truth as 0 or 1: NumPy's True + True is True and -True an error, and torch takes 1.0 for a single float."""
        if self.target.name == "torch":
            return f"{at_least(piece, ATOM)}.double()", ATOM
        return f"1.0*{at_least(piece, UNARY)}", PRODUCT

    def truth(self, node: int) -> bool:
        """Whether a node's text is true or false rather than a number."""
        return self.program.tape.op(node).boolean

    def call(self, node: int, args: list[Piece]) -> Piece:
        tape = self.program.tape
        op, parameter = tape.op(node), tape.attrs.get(node)
        if op.name == "power" and parameter == 0.5:
            op, parameter = OPS["sqrt"], None
        args = [self.operand(op, k, j, args[k]) for k, j in enumerate(tape.arguments(node))]
        texts = [text for text, _ in args]
        # A division by a number does not raise.
        safe = op.name in ("div", "mod") and self.program.constants.get(tape.arguments(node)[1], 0) != 0
        if self.branches and (self.rescuing or self.program.conditional[node]) and not safe:
            called = op.name
            if op.name == "power":
                called = "power" if isinstance(parameter, int) else "pow"
                texts.append(self.literal(parameter)[0])
            if called in self.target.rescued:
                self.rescued.add(called)
                self.helpers.update(h for h in self.target.helpers if f"{h}(" in self.target.rescued[called][1])
                return f"_{called}({', '.join(texts)})", ATOM
            if op.custom:
                self.helpers.add("_or_nan")
                return f"_or_nan({', '.join([self.op_names[op], *texts])})", ATOM
        if op.custom and self.target.name in ("jax", "torch"):
            raise LoweringError(
                f"the user's operation {op.name!r} of {tape.names.text(node)} is a NumPy function, which "
                f"{self.target.name} cannot follow",
                hint="give its value as a formula, or use the back end 'llvm', 'numpy' or 'python'",
                line=tape.line(node),
            )
        if op.custom:
            return f"{self.op_names[op]}({', '.join(texts)})", ATOM
        return self.spell(
            op, args, parameter, all(self.program.constants.get(j, 0) != 0 for j in tape.arguments(node)[1:])
        )

    def spell(self, op: Op, args: list[Piece], parameter: Any, bounded: bool) -> Piece:
        """The text of an operation. `bounded`: all its arguments but the first are constants, none of them 0."""
        if op.name == "power":
            return self.power(args[0], parameter)
        if op.name in self.target.infix:
            return infix(op, args, parameter)
        if op.name == "where" and not self.numpy:
            condition, yes, no = (at_least(arg, CONDITIONAL + 1) for arg in args)
            return f"{yes} if {condition} else {no}", CONDITIONAL
        spelled = self.target.spelled.get(op.name)
        if spelled is None:
            spelled = self.target.own(op) or self.computed(op, parameter)
        if not spelled:
            raise LoweringError(
                f"{self.target.name} has no function for the operation {op.name!r}",
                hint="use the back end 'llvm' or 'numpy'",
            )
        if not self.numpy and not bounded and op.name in ("min", "max", "clip"):
            # Python's own hand on a NaN of their first argument only, and of 0 and -0 the first.
            spelled = spelled.replace("min(", "_min(").replace("max(", "_max(")
        for helper, text in self.target.helpers.items():
            if re.search(rf"(?<!\w){helper}\(", spelled):
                self.helpers.add(helper)
                self.special |= "special." in text
        self.special |= "special." in spelled
        shape = [at_least(arg, PRODUCT) if "/" in spelled else arg[0] for arg in args]
        return spelled.format(*shape, c=parameter), ATOM

    def computed(self, op: Op, parameter: Any) -> str:
        """The call of a function of our own that computes an operation as its row says; "" where it says nothing."""

        def written(program: Program, name: str) -> str:
            inner = Printer(program, name, self.target, free=False)
            inner.made, inner.helpers, inner.rescued = self.made, self.helpers, self.rescued
            inner.rescuing = self.rescuing or self.branches
            text = inner.function(op.doc)
            self.special |= inner.special
            return text

        return row_call(op, parameter, "_", self.made, written)

    def function(self, doc: str) -> str:
        """The program as a function of numbers that other functions call: whole numbers are floats in it."""

        def literal(value: Any) -> Piece:
            return self.literal(real(value) if type(value) is int else value)

        # Python computes the branch of `a if c else b` that is selected: what has no line of its own needs no care.
        conditional, self.branches = self.program.conditional, self.rescuing
        namer = Namer(self.namer.taken)
        lines = statements(self.program, self.names, namer, literal, self.call, inline=80)
        named = [node for line in lines.nodes[: len(lines) - 1] for node in lines.holds(line)]
        if not self.numpy and not self.rescuing and conditional[named].any():
            self.branches = True
            lines = statements(self.program, self.names, self.namer, literal, self.call, inline=80)
        body = [*(f"{name} = {text}" for name, text in lines.pairs(0, len(lines) - 1)), f"return {lines.texts[-1]}"]
        if self.target.name == "numpy" and conditional.any():
            body = [f"{_QUIET}  # branches that are not selected", *indented(body)]
        head = f"def {self.name}({', '.join(self.program.parameter_names)}):"
        return "\n".join([head, *indented([f'"""{doc}."""', *body])])

    def power(self, base: Piece, exponent: Any) -> Piece:
        number, strength = self.literal(exponent)
        if self.target.name in ("jax", "torch") and exponent < -1 and float(exponent).is_integer():
            # Theirs is the reciprocal of a power, which overflows or is subnormal before it.
            return f"(1/{at_least(base, UNARY)})**{-int(exponent)}", POWER
        if exponent == -0.5 and "power -0.5" in self.target.spelled:
            self.helpers.add("_t")
            return self.target.spelled["power -0.5"].format(base[0]), ATOM
        if isinstance(exponent, int) or self.numpy:
            return f"{at_least(base, ATOM)}**{number if strength >= UNARY else f'({number})'}", POWER
        # A negative float to a fractional power is complex in Python; math.pow says that it has no real value.
        return f"math.pow({base[0]}, {number})", ATOM

    # --- statements ---------------------------------------------------------------------------------------------

    def assignments(self, lines: Statements, first: int, last: int, kept: Container[int]) -> list[str]:
        """Some statements as text; with `free` what is not kept is deleted behind the last of them that reads it."""
        texts = [f"{name} = {text}" for name, text in lines.pairs(first, last)]
        if not self.free:
            return texts
        nodes, ending = lines.nodes[first:last], dict[int, list[str]]()
        read_last = {node: k for k, line in enumerate(nodes) for node in lines.reads(line)}
        for node in nodes:
            if node in read_last and node not in kept:
                ending.setdefault(read_last[node], []).append(lines.name(node))
        return [text for k, line in enumerate(texts) for text in (line, *deleted(ending.get(k)))]

    def nest(self, nodes: Iterator[str], layout: Layout) -> str:
        """A result as an expression, nested by its layout; takes as many of `nodes` as that holds."""
        if layout.kind == "array":
            entries = list(islice(nodes, layout.size))
            if entries and isinstance(first := entries[0], Same) and all(isinstance(e, Same) for e in entries):
                entries[0] = self.filled(first)  # the others follow it
            return entries[0] if layout.shape == () else self.array(entries, layout.shape)
        parts = [self.nest(nodes, child) for child in layout.children]
        if layout.pattern is not None:
            if self.target.name in ("jax", "torch") and layout.kind != "coo":
                raise LoweringError(
                    f"a sparse matrix of the kind {layout.kind!r} cannot be written for {self.target.name}",
                    hint='ask for sparse="coo"',
                )
            return self.matrices.text(layout.kind, layout.pattern, parts[0])
        if layout.kind == "dict":
            return "{" + ", ".join(f"{key!a}: {part}" for key, part in zip(layout.keys, parts, strict=True)) + "}"
        if layout.kind == "list":
            return f"[{', '.join(parts)}]"
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"

    def array(self, entries: list[str], shape: tuple[int, ...]) -> str:
        """An array of entries; one that is mostly structural zeros is filled at the others."""
        if not entries:
            return f"np.zeros({shape})"
        library = self.target.name in ("jax", "torch")
        if library or self.batches or (self.numpy and any(p.shape == () for p in self.program.parameters)):
            self.helpers |= {"_stack", "_t"}
            return f"_stack([{wrapped(entries)}], {shape})"
        reshape = f".reshape({shape})" if len(shape) > 1 else ""
        places = [k for k, entry in enumerate(entries) if entry != "0.0"]
        if len(entries) > 64 and 2 * len(places) < len(entries):
            self.helpers.add("_scattered")
            at, values = wrapped([str(k) for k in places]), wrapped([entries[k] for k in places])
            return f"_scattered({len(entries)}, [{at}], [{values}]){reshape}"
        return f"np.array([{wrapped(entries)}], dtype={self.target.number}){reshape}"

    # --- the module ---------------------------------------------------------------------------------------------

    def source(self) -> Source:
        program = self.program
        # Written where it is read, a value would be computed later, and what it is made of held for longer.
        lines = statements(
            program, self.names, self.namer, self.literal, self.call,
            inline=0 if self.free else INLINE, repeatable=self.repeatable, uniform=self.uniform,
        )  # fmt: skip
        parts, body, where = self.split(lines)
        returned = self.returned({node: where.get(node) or lines.name(node) for node in program.result_nodes})
        conditional = self.target.name == "numpy" and bool(program.conditional.any())
        if conditional and not parts:
            body = [f"{_QUIET}  # branches that are not selected", *indented(body)]
        elif conditional:
            body = [line if not line.startswith("_part") else f"{_QUIET} {line}" for line in body]
        head = f"def {self.name}({', '.join([*program.parameter_names, *(['*', *self.given] if self.given else [])])}):"
        text = [*self.docstring(), *self.prologue(), *body, *self.points(), f"return {returned}"]
        arrays = any(leaf.shape for result in program.results for leaf in result.layout.leaves())
        unpack = any(len(p.shape) > 1 for p in program.parameters)
        imports = list(self.target.imports)
        if "import numpy as np" not in imports and ((not self.numpy and (arrays or unpack)) or self.matrices.blocks()):
            imports += ["", "import numpy as np"]
        if self.special:
            imports.append(
                "from jax.scipy import special" if self.target.name == "jax" else "from scipy import special"
            )
        imports.extend(self.matrices.imports())
        imports.extend(self.imports())
        imports.extend(import_of(op, name) for op, name in self.op_names.items())
        own = self.helpers - {f"_{name}" for name in self.rescued}
        helpers = [text for name, text in self.target.helpers.items() if name in own]
        helpers += rescuers({name: row for name, row in self.target.rescued.items() if name in self.rescued})
        helpers += [*self.made.values(), *self.matrices.blocks(), *self.helper_texts()]
        blocks = ["\n".join(imports), *helpers, *parts, "\n".join([head, *indented(text)])]
        operations = tuple((n, op) for op, n in self.op_names.items())
        return Source(tuple(filter(None, blocks)), self.name, operations, lines, self.given)

    def imports(self) -> list[str]:
        """Further lines to import."""
        return []

    def helper_texts(self) -> list[str]:
        """Further functions that the source brings along."""
        return []

    def filled(self, text: Same) -> str:
        """A result over the points of the scalar inputs: an array where they are arrays, as all other results are."""
        self.same = self.same or self.namer.name("shape")
        if not text.number and self.target.name == "torch":
            return f"torch.broadcast_to({text}, {self.same})"
        more = {"torch": ", dtype=torch.float64)", "jax": ", dtype=float)"}.get(self.target.name, ")[()]")
        return f"{self.target.module}.full({self.same}, {text}{more}"

    def points(self) -> list[str]:
        """The common shape of the scalar inputs, where a result needs it."""
        if not self.same:
            return []
        shapes = [f"{name}.shape" for name in self.scalars]
        of_all = f"{self.target.module}.broadcast_shapes({', '.join(shapes)})" if len(shapes) > 1 else shapes[0]
        return [f"{self.same} = {of_all}"]

    def returned(self, texts: Mapping[int, str]) -> str:
        constants, same = self.program.constants, self.program.untouched if self.scalars else frozenset()

        def text(node: int) -> str:
            # A result is a float, also where it is the constant 1.
            value = constants.get(node)
            written = repr(real(value)) if type(value) is int else texts[node]
            return Same(written, node in constants) if node in same else written

        parts = [self.nest((text(n) for n in r.nodes), r.layout) for r in self.program.results]
        if len(parts) > 1 and sum(map(len, parts)) > 100:
            return "(\n        " + ",\n        ".join(parts) + ",\n    )"
        return ", ".join(parts)

    def prologue(self) -> list[str]:
        """Inputs as floats, groups as their entries."""
        program, lines = self.program, []
        for (parameter, nodes), name in zip(program.tape.by_parameter(), program.parameter_names, strict=True):
            if parameter.shape == ():
                if self.target.scalar:
                    lines.append(f"{name} = {self.target.scalar.format(name)}")
                continue
            entries = wrapped([self.names[node] for node in nodes])
            if self.batches:
                self.helpers |= {"_entries", "_t"}
                lines.append(f"[{entries}] = _entries({name}, {len(parameter.shape)}, {parameter.size})")
            elif len(parameter.shape) == 1 and not self.numpy:
                lines.append(f"[{entries}] = map(float, {name})")
            else:
                lines.append(f"[{entries}] = {self.target.group.format(name)}")
        return lines

    def docstring(self) -> list[str]:
        """What the function computes."""
        return docstring(self.program, self.names, list(self.op_names.values()))

    def split(self, lines: Statements) -> tuple[list[str], list[str], dict[int, str]]:
        """The assignments; many as functions `_part_k(v, …)`, and values that cross a border in slots of the list v."""
        if len(lines) <= PART:
            return [], self.assignments(lines, 0, len(lines), set(self.program.result_nodes)), {}
        whole, parts = cut(self.program, lines, PART, self.program.tape.inputs), []
        given = ", ".join(("v", *self.beside()))
        for k, part in enumerate(whole.parts):
            load = [f"{lines.name(node)} = v[{slot}]" for node, slot in part.load]
            work = self.assignments(lines, part.first, part.last, {node for node, _ in part.store})
            store = [f"v[{slot}] = {lines.name(node)}" for node, slot in part.store]
            parts.append("\n".join([f"def _part_{k + 1}({given}):", *indented([*load, *work, *store])]))
        body = [f"v = [0.0]*{whole.slots}", *(f"v[{slot}] = {lines.name(node)}" for node, slot in whole.inputs)]
        body += [f"_part_{k + 1}({given})" for k in range(len(whole.parts))]
        return parts, body, {node: f"v[{slot}]" for node, slot in whole.final.items()}

    def beside(self) -> list[str]:
        """Names that the assignments read beside inputs and one another."""
        return []
