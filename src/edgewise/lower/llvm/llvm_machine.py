"""The machine that runs tapes: interpreters and a loop over batches, made once in a process, and LLVM behind them.

An interpreter is one native loop over rows (operation, destination, arguments) on one array of numbers. It runs any
graph at once, without compiling anything, at a few nanoseconds an operation; on vectors of `LANES` points it runs a
batch at the speed of vector code. That of numbers is compiled with the library (`interpreter`); where nothing is, it
is made here. Importing this loads LLVM, which takes longer than a first call: nothing does before it needs to.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import llvmlite.binding as llvm

from edgewise.lower.llvm.llvm_cache import keep, kept, key_of
from edgewise.lower.llvm.llvm_gate import gate
from edgewise.lower.llvm.llvm_interpreter import interpreter_text
from edgewise.lower.llvm.llvm_points import points_text
from edgewise.lower.llvm.llvm_rows import DOUBLE, SINGLE, Precision, Spelling, VectorLibrary, vector_library

__all__ = ["Code", "Machine", "machine"]

_POINTS: Final = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 4, ctypes.c_int64)


class Code:
    """Native functions by name, alive as long as this object.

    LLVM's JITLink gives each object image one block of memory. Its older linker maps code and constants one by one,
    and in a process that has mapped much they land too far apart for the code to reach its constants.
    """

    def __init__(self, target: Any, objects: Sequence[bytes], names: Sequence[str]) -> None:
        linker = llvm.create_lljit_compiler(target, use_jit_link=sys.platform != "win32")
        builder = llvm.JITLibraryBuilder().add_current_process()
        for image in objects:
            builder.add_object_img(image)
        for name in names:
            builder.export_symbol(name)
        self._library = builder.link(linker, "edgewise")
        # What is linked is taken down before the linker; not at the end of the process, when it may run.
        weakref.finalize(self, gate.close, self._library, linker).atexit = False

    def address(self, name: str) -> int:
        """The address of one of the functions named."""
        return int(self._library[name])


class Machine:
    """LLVM for this processor, the interpreter for numbers and for vectors, and the loops over batches."""

    def __init__(self) -> None:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        features = llvm.get_host_cpu_features()
        self.cpu, self.features = llvm.get_host_cpu_name(), features.flatten()
        self.libraries = {p.name: self._vector_library(features, p) for p in (DOUBLE, SINGLE)}
        self._points: dict[str, Any] = {}
        self._functions: dict[str, Code] = {}
        self._addresses: dict[str, int] = {}
        self._compilers: dict[tuple[tuple[str, ...], int], tuple[Any, Any, Any]] = {}

    @staticmethod
    def _vector_library(features: Any, precision: Precision) -> VectorLibrary | None:
        if not llvm.get_process_triple().startswith("x86_64"):
            return None
        try:
            llvm.load_library_permanently("libmvec.so.1")
            return vector_library(features, ctypes.CDLL("libmvec.so.1"), precision)
        except (OSError, RuntimeError):  # another C library: functions are called lane by lane
            return None

    def target(self, level: int = 2) -> Any:
        """LLVM's description of this processor, for code generation of a level from 0 to 3."""
        found = llvm.Target.from_triple(llvm.get_process_triple())
        return found.create_target_machine(
            cpu=self.cpu, features=self.features, opt=level, reloc="pic", codemodel="small"
        )

    def compile(self, text: str, passes: tuple[str, ...] = ("always_inliner",), level: int = 2) -> bytes:
        """LLVM's assembly text as an object image, by these passes, and code generation of this level."""
        context = llvm.create_context()
        module = llvm.parse_assembly(text, context)
        if (passes, level) not in self._compilers:
            self._compilers[passes, level] = self._compiler(passes, level)
        target, builder, manager = self._compilers[passes, level]
        module.triple, module.data_layout = llvm.get_process_triple(), str(target.target_data)
        manager.run(module, builder)
        image: bytes = target.emit_object(module)
        return image

    def _compiler(self, passes: tuple[str, ...], level: int) -> tuple[Any, Any, Any]:
        """A compiler with these passes, kept and used again: each of LLVM's pass builders leaves some memory behind."""
        target = self.target(level)
        builder = llvm.create_pass_builder(target, llvm.create_pipeline_tuning_options(2))
        manager = llvm.create_new_module_pass_manager()
        for name in passes:
            getattr(manager, f"add_{name}_pass")()
        return target, builder, manager

    def made_from(self) -> Iterator[str]:
        """What code for this processor depends on."""
        yield f"{llvm.llvm_version_info} {llvm.get_process_triple()} {self.cpu} {self.features}"
        for library in self.libraries.values():
            yield "" if library is None else f"{library.prefix} {library.lanes} {sorted(library.names)}"

    def spelling(self, width: int, precision: Precision = DOUBLE) -> Spelling:
        """The operations at this width."""
        if width == 1:
            return Spelling(width, None, precision)
        return Spelling(width, self.libraries[precision.name], precision, self.libraries["double"])

    def load(self, objects: Sequence[bytes], *names: str) -> Code:
        """Object images as functions of this process, these of which can be asked for."""
        return Code(self.target(), objects, names)

    def own(self, name: str, text: Callable[[], str]) -> int:
        """The address of one of the machine's own functions, compiled when it is first asked for."""
        if name not in self._addresses:
            with gate.first():
                if name not in self._addresses:
                    key = key_of((*self.made_from(), written := text()))
                    found = kept(key)
                    if found is None:
                        found = [self.compile(written)]
                        keep(key, found)
                    self._functions[name] = self.load(found, name)
                    self._addresses[name] = self._functions[name].address(name)
        return self._addresses[name]

    def interpreter(self, width: int, precision: Precision = DOUBLE) -> int:
        """The address of the interpreter for one point (1) or for a vector of them."""
        name = f"interpret.{precision.name}.{width}"
        return self.own(name, lambda: interpreter_text(self.spelling(width, precision)))

    def points(self, kind: str, precision: Precision = DOUBLE) -> Any:
        """The loop over a batch of "double" or "float": (kernel, code, numbers, table, count)."""
        name = f"points.{kind}.{precision.name}"
        if name not in self._points:
            self._points[name] = _POINTS(self.own(name, lambda: points_text(kind, precision)))
        return self._points[name]


_machine: Machine | None = None
_making = threading.Lock()


def machine() -> Machine:
    """The machine of this process, made when it is first asked for."""
    global _machine
    with _making:
        if _machine is None:
            _machine = Machine()
    return _machine
