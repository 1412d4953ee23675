"""Calls with numbers, without Python in between: a function of CPython's own kind that runs a small graph.

It is native code like all the rest, made once in a process, and works on a table for each graph: it looks whether it
got floats, as many as there are inputs, puts them among the numbers of the graph, runs it, and builds the results as
they are nested. Python's lock is held meanwhile, so that one array of numbers is enough, for some microseconds at most.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from edgewise.graph import Layout
from edgewise.lower.llvm.llvm_code import Rows
from edgewise.lower.llvm.llvm_machine import machine
from edgewise.lower.llvm.llvm_rows import DOUBLE

__all__ = ["QUICK_ROWS", "Quick"]

QUICK_ROWS: Final = 1_000
"""Operations up to which Python's lock is held during a call."""

RESULTS: Final = 200
"""Results up to which they are built one by one."""

_FIELDS: Final = ("arguments", "kernel", "numbers", "inputs", "results", "places", "steps", "recipe")
_FIELD: Final = {name: k for k, name in enumerate(_FIELDS)}
_TUPLE, _LIST, _FLOAT = 0, 1, 2

_TYPE_AT: Final = object.__basicsize__ - 8
"""Where an object of CPython's says what type it has."""


class _Definition(ctypes.Structure):
    """CPython's PyMethodDef."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    )


_definitions: list[_Definition] = []


class Quick:
    """A small graph of scalars as a function of CPython's: `call(*floats)` gives the results, None for other input."""

    def __init__(self, rows: Rows, layout: Layout, numbers: Any, kernel: int) -> None:
        recipe = _recipe(layout)
        self._kept = (numbers, rows.places, recipe)
        self._memory = bytearray(8 * len(_FIELDS))
        table = np.frombuffer(self._memory, dtype=np.int64)
        for name, value in (
            ("kernel", kernel),
            ("arguments", rows.first_result - rows.first_input),
            ("numbers", numbers.ctypes.data),
            ("inputs", rows.first_input),
            ("results", len(rows.places)),
            ("places", rows.places.ctypes.data),
            ("steps", len(recipe)),
            ("recipe", recipe.ctypes.data),
        ):
            table[_FIELD[name]] = value
        if not _definitions:
            _definitions.append(_Definition(b"call", machine().own("quick", quick_text), 0x80, None))  # METH_FASTCALL
        make = ctypes.pythonapi.PyCFunction_NewEx
        make.restype, make.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p]
        self.call: Callable[..., Any] = make(ctypes.addressof(_definitions[0]), self._memory, None)

    @staticmethod
    def serves(rows: Rows, layout: Layout) -> bool:
        """Whether a graph is called so: small, of scalars only, with no calls back, in a CPython with its lock."""
        locked: bool = getattr(sys, "_is_gil_enabled", lambda: True)()
        return (
            sys.implementation.name == "cpython"
            and locked
            and ctypes.sizeof(ctypes.c_void_p) == 8
            and len(rows) <= QUICK_ROWS
            and 0 < len(rows.places) <= RESULTS
            and not rows.callbacks
            and rows.precision is DOUBLE
            and all(
                part.kind in ("tuple", "list") or (part.kind == "array" and part.shape == ()) for part in layout.parts()
            )
        )


def _recipe(layout: Layout) -> Any:
    """How results are nested, in postfix: a float, or a tuple or list of the last so many, as 4 n + kind."""
    steps: list[int] = []
    todo: list[tuple[Layout, bool]] = [(layout, False)]
    while todo:
        part, seen = todo.pop()
        if part.kind == "array":
            steps.append(_FLOAT)
        elif seen:
            steps.append(4 * len(part.children) + (_TUPLE if part.kind == "tuple" else _LIST))
        else:
            todo.append((part, True))
            todo.extend((child, False) for child in reversed(part.children))
    return np.array(steps, dtype=np.int64)


def quick_text() -> str:
    """@quick of (table, arguments, how many): see `Quick`."""
    pointers = ("kernel", "numbers", "places", "recipe")
    fields = "\n".join(
        f"  %p.{name} = getelementptr i64, ptr %table, i64 {k}\n"
        f"  %{name} = load {'ptr' if name in pointers else 'i64'}, ptr %p.{name}"
        for name, k in _FIELD.items()
    )
    return f"""
@PyFloat_Type = external global i8
@_Py_NoneStruct = external global i8
declare ptr @PyByteArray_AsString(ptr)
declare double @PyFloat_AsDouble(ptr)
declare ptr @PyFloat_FromDouble(double)
declare ptr @PyTuple_New(i64)
declare ptr @PyList_New(i64)
declare i32 @PyTuple_SetItem(ptr, i64, ptr)
declare i32 @PyList_SetItem(ptr, i64, ptr)
declare void @Py_IncRef(ptr)

define ptr @quick(ptr %self, ptr %args, i64 %count) nounwind {{
start:
  %table = call ptr @PyByteArray_AsString(ptr %self)
{fields}
  %fits = icmp eq i64 %count, %arguments
  br i1 %fits, label %take, label %other
take:
  %i = phi i64 [0, %start], [%i.next, %taken]
  %i.more = icmp slt i64 %i, %arguments
  br i1 %i.more, label %look, label %run
look:
  %pa = getelementptr ptr, ptr %args, i64 %i
  %arg = load ptr, ptr %pa
  %pt = getelementptr i8, ptr %arg, i64 {_TYPE_AT}
  %type = load ptr, ptr %pt
  %float = icmp eq ptr %type, @PyFloat_Type
  br i1 %float, label %taken, label %other
taken:
  %value = call double @PyFloat_AsDouble(ptr %arg)
  %place = add i64 %inputs, %i
  %to = getelementptr double, ptr %numbers, i64 %place
  store double %value, ptr %to
  %i.next = add i64 %i, 1
  br label %take
run:
  call void %kernel(ptr null, ptr %numbers)
  ; All floats first: making a tuple may run a finaliser of somebody's, and that call the same function.
  %floats = alloca ptr, i64 %results
  %stack = alloca ptr, i64 %steps
  br label %box
box:
  %b = phi i64 [0, %run], [%b.next, %boxed]
  %b.more = icmp slt i64 %b, %results
  br i1 %b.more, label %boxed, label %build
boxed:
  %pp = getelementptr i64, ptr %places, i64 %b
  %where = load i64, ptr %pp
  %from = getelementptr double, ptr %numbers, i64 %where
  %result = load double, ptr %from
  %object = call ptr @PyFloat_FromDouble(double %result)
  %pf = getelementptr ptr, ptr %floats, i64 %b
  store ptr %object, ptr %pf
  %b.next = add i64 %b, 1
  %failed = icmp eq ptr %object, null
  br i1 %failed, label %broken, label %box
broken:
  ret ptr null
build:
  %s = phi i64 [0, %box], [%s.next, %pushed]
  %used = phi i64 [0, %box], [%used.next, %pushed]
  %top = phi i64 [0, %box], [%top.next, %pushed]
  %s.more = icmp slt i64 %s, %steps
  br i1 %s.more, label %step, label %done
step:
  %ps = getelementptr i64, ptr %recipe, i64 %s
  %what = load i64, ptr %ps
  %kind = and i64 %what, 3
  %size = ashr i64 %what, 2
  %leaf = icmp eq i64 %kind, {_FLOAT}
  br i1 %leaf, label %push, label %gather
push:
  %pu = getelementptr ptr, ptr %floats, i64 %used
  %one = load ptr, ptr %pu
  %used.more = add i64 %used, 1
  br label %pushed
gather:
  %base = sub i64 %top, %size
  %listed = icmp eq i64 %kind, {_LIST}
  br i1 %listed, label %list, label %tuple
list:
  %new.list = call ptr @PyList_New(i64 %size)
  br label %fill
tuple:
  %new.tuple = call ptr @PyTuple_New(i64 %size)
  br label %fill
fill:
  %new = phi ptr [%new.list, %list], [%new.tuple, %tuple]
  %lost = icmp eq ptr %new, null
  br i1 %lost, label %broken, label %fill.loop
fill.loop:
  %f = phi i64 [0, %fill], [%f.next, %filled]
  %f.more = icmp slt i64 %f, %size
  br i1 %f.more, label %fill.one, label %pushed
fill.one:
  %at = add i64 %base, %f
  %pi = getelementptr ptr, ptr %stack, i64 %at
  %item = load ptr, ptr %pi
  br i1 %listed, label %fill.list, label %fill.tuple
fill.list:
  %ok.list = call i32 @PyList_SetItem(ptr %new, i64 %f, ptr %item)
  br label %filled
fill.tuple:
  %ok.tuple = call i32 @PyTuple_SetItem(ptr %new, i64 %f, ptr %item)
  br label %filled
filled:
  %f.next = add i64 %f, 1
  br label %fill.loop
pushed:
  %pushing = phi ptr [%one, %push], [%new, %fill.loop]
  %here = phi i64 [%top, %push], [%base, %fill.loop]
  %used.next = phi i64 [%used.more, %push], [%used, %fill.loop]
  %pk = getelementptr ptr, ptr %stack, i64 %here
  store ptr %pushing, ptr %pk
  %top.next = add i64 %here, 1
  %s.next = add i64 %s, 1
  br label %build
done:
  %whole = load ptr, ptr %stack
  ret ptr %whole
other:
  call void @Py_IncRef(ptr @_Py_NoneStruct)
  ret ptr @_Py_NoneStruct
}}
"""
