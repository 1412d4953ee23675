"""The machine that runs tapes: an interpreter and a loop over batches, made once in a process, and LLVM behind them.

The interpreter is one native loop over rows (operation, destination, arguments) on one array of numbers. It runs any
graph at once, without compiling anything, at a few nanoseconds an operation; on vectors of `LANES` points it runs a
batch at the speed of vector code.
"""

from __future__ import annotations

import ctypes
import threading
import weakref
from collections.abc import Callable, Sequence
from typing import Any, Final

import llvmlite.binding as llvm

from edgewise.lower.llvm.llvm_rows import LANES, Spelling, VectorLibrary, builtin_names, vector_library

__all__ = ["COLUMNS", "KERNEL", "OPCODES", "Code", "Machine", "machine"]

COLUMNS: Final = 5
"""A row of the interpreter: operation, destination, and three arguments, as 32-bit places in the array of numbers."""

_OWN: Final = ("end", "copy", "powi", "call", "square", "pointer")
OPCODES: Final = {name: k for k, name in enumerate((*_OWN, *builtin_names()))}
"""The interpreter's operations: the table's, and `powi` (a whole power), `call` (a call back), `pointer`, …"""

SEQUENCES: Final = 500
"""How many times LLVM's sequence of all passes is set up in a process, for what it leaves behind."""

KERNEL: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
"""A function of (code, numbers): the interpreter, or the optimised code of one graph, which needs no code."""
_BATCH: Final = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 4, ctypes.c_int64)


class Code:
    """Native functions by name, alive as long as this object."""

    def __init__(self, target: Any, objects: Sequence[bytes]) -> None:
        context = llvm.create_context()
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly("", context), target)
        # An engine is taken down before the context that it lives in; not at the end of the process, when it may run.
        weakref.finalize(self, _close, self._engine, context).atexit = False
        for image in objects:
            self._engine.add_object_file(llvm.ObjectFileRef.from_data(image))
        self._engine.finalize_object()

    def address(self, name: str) -> int:
        """The address of a function."""
        return int(self._engine.get_function_address(name))


def _close(engine: Any, context: Any) -> None:
    engine.close()
    context.close()


class Machine:
    """LLVM for this processor, the interpreter for numbers and for vectors, and the loops over batches."""

    def __init__(self) -> None:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        features = llvm.get_host_cpu_features()
        self.cpu, self.features = llvm.get_host_cpu_name(), features.flatten()
        self.library = self._vector_library(features)
        self._lock = threading.RLock()
        self._batches: dict[str, Any] = {}
        self._sequences = 0
        self._functions: dict[str, Code] = {}
        self._compilers: dict[tuple[str, ...], tuple[Any, Any, Any]] = {}

    @staticmethod
    def _vector_library(features: Any) -> VectorLibrary | None:
        if not llvm.get_process_triple().startswith("x86_64"):
            return None
        try:
            llvm.load_library_permanently("libmvec.so.1")
            return vector_library(features, ctypes.CDLL("libmvec.so.1"))
        except (OSError, RuntimeError):  # another C library: functions are called lane by lane
            return None

    def target(self) -> Any:
        """LLVM's description of this processor."""
        found = llvm.Target.from_triple(llvm.get_process_triple())
        return found.create_target_machine(cpu=self.cpu, features=self.features, opt=2, reloc="pic", codemodel="small")

    def compile(self, text: str, passes: tuple[str, ...] = ("always_inliner",), full: bool = False) -> bytes:
        """LLVM's assembly text as an object image, by these passes, or by all of level 2 where that can be afforded.

        All passes include the one that makes short vectors of equal operations side by side, which llvmlite does not
        offer alone. A sequence of all passes can be run once only and leaves 30 kB behind when it is gone: there are at
        most `SEQUENCES` in a process.
        """
        with self._lock:
            context = llvm.create_context()
            module = llvm.parse_assembly(text, context)
            if passes not in self._compilers:
                self._compilers[passes] = self._compiler(passes)
            target, builder, manager = self._compilers[passes]
            module.triple, module.data_layout = llvm.get_process_triple(), str(target.target_data)
            if full and self._sequences < SEQUENCES:
                self._sequences += 1
                manager = builder.getModulePassManager()
            manager.run(module, builder)
            image: bytes = target.emit_object(module)
            return image

    def _compiler(self, passes: tuple[str, ...]) -> tuple[Any, Any, Any]:
        """A compiler with these passes, kept and used again: each of LLVM's pass builders leaves some memory behind."""
        target = self.target()
        options = llvm.create_pipeline_tuning_options(2)
        options.slp_vectorization = True
        builder = llvm.create_pass_builder(target, options)
        manager = llvm.create_new_module_pass_manager()
        for name in passes:
            getattr(manager, f"add_{name}_pass")()
        return target, builder, manager

    def spelling(self, width: int) -> Spelling:
        """The operations at this width."""
        return Spelling(width, self.library if width > 1 else None)

    def load(self, objects: Sequence[bytes]) -> Code:
        """Object images as functions of this process."""
        return Code(self.target(), objects)

    def _own(self, name: str, text: Callable[[], str]) -> int:
        """The address of one of the machine's own functions, compiled when it is first asked for."""
        with self._lock:
            if name not in self._functions:
                self._functions[name] = self.load([self.compile(text())])
            return self._functions[name].address(name)

    def interpreter(self, width: int) -> int:
        """The address of the interpreter for one point (1) or for `LANES` of them."""
        return self._own(f"interpret.{width}", lambda: _interpreter(self.spelling(width)))

    def batch(self, kind: str) -> Any:
        """The loop over a batch of "double" or "float": (kernel, code, numbers, table, count)."""
        if kind not in self._batches:
            self._batches[kind] = _BATCH(self._own(f"batch.{kind}", lambda: _batch(kind)))
        return self._batches[kind]


def _interpreter(spelling: Spelling) -> str:
    """One loop and one switch; each case reads its arguments, calls its operation, and stores."""
    kind, arities = (
        spelling.type,
        {name: len(spelling.arguments(name)) for name in ("square", "pointer", *builtin_names())},
    )
    cases, bodies = [], []
    for name, code in OPCODES.items():
        if name == "end":
            continue
        cases.append(f"    i32 {code}, label %op.{code}")
        bodies += [f"op.{code}:  ; {name}", *_case(name, code, kind, spelling.width, arities)]
        bodies += [f"  %next.{code} = getelementptr i32, ptr %row, i64 {COLUMNS}", "  br label %loop"]
    arrivals = ", ".join(
        f"[%next.{code}, %{'after.' if name == 'powi' else 'op.'}{code}]"
        for name, code in OPCODES.items()
        if name != "end"
    )
    return "\n".join(
        [
            spelling.functions(arities),
            f"define void @interpret.{spelling.width}(ptr noalias %code, ptr noalias %x) nounwind {{",
            "start:",
            "  br label %loop",
            "loop:",
            f"  %row = phi ptr [%code, %start], {arrivals}",
            "  %op = load i32, ptr %row",
            *(
                f"  %p{k} = getelementptr i32, ptr %row, i64 {k}\n  %i{k} = load i32, ptr %p{k}"
                for k in range(1, COLUMNS)
            ),
            *(f"  %a{k} = getelementptr {kind}, ptr %x, i32 %i{k}" for k in range(1, COLUMNS)),
            "  switch i32 %op, label %end [",
            *cases,
            "  ]",
            *bodies,
            "end:",
            "  ret void",
            "}",
            "",
        ]
    )


def _case(name: str, code: int, kind: str, width: int, arities: dict[str, int]) -> list[str]:
    def read(k: int) -> str:
        return f"  %v{code}.{k} = load {kind}, ptr %a{k + 2}, align 8"

    write = f"  store {kind} %r.{code}, ptr %a1, align 8"
    if name == "copy":
        return [f"  %r.{code} = load {kind}, ptr %a2, align 8", write]
    if name == "call":  # the address, the first of the arguments side by side, how many points
        bits = f"  %bits.{code} = load i64, ptr %a2"
        function = f"  %f.{code} = inttoptr i64 %bits.{code} to ptr"
        return [bits, function, f"  call void %f.{code}(ptr %a3, ptr %a1, i64 {width})"]
    if name == "powi":  # by squaring, from the lowest bit of the exponent, which stands in the row
        one = "splat (double 1.0)" if width > 1 else "1.0"
        return [
            read(0),
            "  br label %turn",
            "turn:",
            f"  %left = phi i32 [%i3, %op.{code}], [%half, %turn]",
            f"  %base = phi {kind} [%v{code}.0, %op.{code}], [%squared, %turn]",
            f"  %power = phi {kind} [{one}, %op.{code}], [%longer, %turn]",
            "  %bit = trunc i32 %left to i1",
            f"  %product = fmul {kind} %power, %base",
            f"  %longer = select i1 %bit, {kind} %product, {kind} %power",
            f"  %squared = fmul {kind} %base, %base",
            "  %half = lshr i32 %left, 1",
            "  %more = icmp ne i32 %half, 0",
            f"  br i1 %more, label %turn, label %after.{code}",
            f"after.{code}:",
            f"  store {kind} %longer, ptr %a1, align 8",
        ]
    given = ", ".join(f"{kind} %v{code}.{k}" for k in range(arities[name]))
    return [*map(read, range(arities[name])), f"  %r.{code} = call {kind} @op.{name}({given})", write]


def _batch(kind: str) -> str:
    """The loop over points, `LANES` at a time: read, run the kernel on the numbers, write.

    `table` holds, as 64-bit integers: how many inputs, how many results, the places of the first input and of the first
    result among the numbers, then for each input and result the address and the stride in bytes. An input of stride
    0 is read once. The last points, where they are fewer than `LANES`, are filled up with copies of the last one.
    """
    size, vector = {"double": 8, "float": 4}[kind], f"<{LANES} x double>"
    wide, one, cast_in, cast_one, cast_out, cast_out_one = f"<{LANES} x {kind}>", kind, "", "", "", ""
    if kind == "float":
        cast_in = f"  %wide.in = fpext {wide} %loaded to {vector}\n"
        cast_one = "  %one.in = fpext float %single to double\n"
        cast_out = f"  %narrow = fptrunc {vector} %made to {wide}\n"
        cast_out_one = "  %narrow.one = fptrunc double %part to float\n"
    loaded, single = ("%wide.in", "%one.in") if cast_in else ("%loaded", "%single")
    made, part = ("%narrow", "%narrow.one") if cast_out else ("%made", "%part")
    return f"""
define void @batch.{kind}(ptr %kernel, ptr %code, ptr noalias %x, ptr noalias %table, i64 %n) nounwind {{
start:
  %inputs = load i64, ptr %table
  %t1 = getelementptr i64, ptr %table, i64 1
  %results = load i64, ptr %t1
  %t2 = getelementptr i64, ptr %table, i64 2
  %first.in = load i64, ptr %t2
  %t3 = getelementptr i64, ptr %table, i64 3
  %first.out = load i64, ptr %t3
  %columns.in = getelementptr i64, ptr %table, i64 4
  %twice = mul i64 %inputs, 2
  %columns.out = getelementptr i64, ptr %columns.in, i64 %twice
  %none = icmp sle i64 %n, 0
  br i1 %none, label %end, label %tile
tile:
  %i = phi i64 [0, %start], [%i.next, %tile.end]
  %left = sub i64 %n, %i
  %full = icmp sge i64 %left, {LANES}
  %lanes = call i64 @llvm.smin.i64(i64 %left, i64 {LANES})
  %last = sub i64 %lanes, 1
  %beginning = icmp eq i64 %i, 0
  br label %in
in:
  %k = phi i64 [0, %tile], [%k.next, %in.next]
  %in.more = icmp slt i64 %k, %inputs
  br i1 %in.more, label %in.column, label %run
in.column:
  %k2 = mul i64 %k, 2
  %pa = getelementptr i64, ptr %columns.in, i64 %k2
  %address = load ptr, ptr %pa
  %ps = getelementptr i64, ptr %pa, i64 1
  %stride = load i64, ptr %ps
  %place = add i64 %first.in, %k
  %to = getelementptr {vector}, ptr %x, i64 %place
  %offset = mul i64 %i, %stride
  %from = getelementptr i8, ptr %address, i64 %offset
  %same = icmp eq i64 %stride, 0
  br i1 %same, label %in.same, label %in.choose
in.same:
  br i1 %beginning, label %in.lane, label %in.next
in.choose:
  %dense = icmp eq i64 %stride, {size}
  %fast = and i1 %dense, %full
  br i1 %fast, label %in.vector, label %in.lane
in.vector:
  %loaded = load {wide}, ptr %from, align {size}
{cast_in}  store {vector} {loaded}, ptr %to, align 8
  br label %in.next
in.lane:
  %l = phi i64 [0, %in.same], [0, %in.choose], [%l.next, %in.lane]
  %take = call i64 @llvm.smin.i64(i64 %l, i64 %last)
  %step = mul i64 %take, %stride
  %pl = getelementptr i8, ptr %from, i64 %step
  %single = load {one}, ptr %pl, align {size}
{cast_one}  %tl = getelementptr double, ptr %to, i64 %l
  store double {single}, ptr %tl, align 8
  %l.next = add i64 %l, 1
  %l.more = icmp slt i64 %l.next, {LANES}
  br i1 %l.more, label %in.lane, label %in.next
in.next:
  %k.next = add i64 %k, 1
  br label %in
run:
  call void %kernel(ptr %code, ptr %x)
  br label %out
out:
  %o = phi i64 [0, %run], [%o.next, %out.next]
  %out.more = icmp slt i64 %o, %results
  br i1 %out.more, label %out.column, label %tile.end
out.column:
  %o2 = mul i64 %o, 2
  %oa = getelementptr i64, ptr %columns.out, i64 %o2
  %out.address = load ptr, ptr %oa
  %os = getelementptr i64, ptr %oa, i64 1
  %out.stride = load i64, ptr %os
  %out.place = add i64 %first.out, %o
  %source = getelementptr {vector}, ptr %x, i64 %out.place
  %out.offset = mul i64 %i, %out.stride
  %target = getelementptr i8, ptr %out.address, i64 %out.offset
  %out.dense = icmp eq i64 %out.stride, {size}
  %out.fast = and i1 %out.dense, %full
  br i1 %out.fast, label %out.vector, label %out.lane
out.vector:
  %made = load {vector}, ptr %source, align 8
{cast_out}  store {wide} {made}, ptr %target, align {size}
  br label %out.next
out.lane:
  %q = phi i64 [0, %out.column], [%q.next, %out.lane]
  %sl = getelementptr double, ptr %source, i64 %q
  %part = load double, ptr %sl, align 8
{cast_out_one}  %q.step = mul i64 %q, %out.stride
  %ql = getelementptr i8, ptr %target, i64 %q.step
  store {one} {part}, ptr %ql, align {size}
  %q.next = add i64 %q, 1
  %q.more = icmp slt i64 %q.next, %lanes
  br i1 %q.more, label %out.lane, label %out.next
out.next:
  %o.next = add i64 %o, 1
  br label %out
tile.end:
  %i.next = add i64 %i, {LANES}
  %again = icmp slt i64 %i.next, %n
  br i1 %again, label %tile, label %end
end:
  ret void
}}
declare i64 @llvm.smin.i64(i64, i64)
"""


_machine: Machine | None = None
_making = threading.Lock()


def machine() -> Machine:
    """The machine of this process, made when it is first asked for."""
    global _machine
    with _making:
        if _machine is None:
            _machine = Machine()
    return _machine
