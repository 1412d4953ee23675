"""The interpreter of numbers as C, written from the rows: it is compiled with the library, and needs no LLVM.

`docs/make_pages.py` writes it to `interpreter.pxd`; a test fails where that is not what the rows say.
"""

from __future__ import annotations

from typing import Final

from edgewise.lower.c.c_printer import c_operations
from edgewise.lower.llvm.interpreter import rows_mark
from edgewise.lower.llvm.llvm_interpreter import COLUMNS, OPCODES
from edgewise.ops import OPS

__all__ = ["interpreter_source"]

_OWN: Final = {
    "end": "return;",
    "copy": "x[row[1]] = x[row[2]]; break;",
    "powi": "x[row[1]] = ew_powi(x[row[2]], row[3]); break;",
    "call": "memcpy(&callback, x + row[2], sizeof callback); callback(x + row[3], x + row[1], 1); break;",
    "square": "x[row[1]] = x[row[2]]*x[row[2]]; break;",
    "pointer": "memcpy(&function, x + row[3], sizeof function); x[row[1]] = function(x[row[2]], 0); break;",
}
"""What is not of the table: as in `llvm_interpreter`."""

_POWI: Final = """/* a whole power by squaring, from the lowest bit of the exponent */
static double ew_powi(double base, uint32_t left) {
    double power = 1.0;
    for (;; base *= base) {
        if (left & 1) power *= base;
        if (!(left >>= 1)) return power;
    }
}"""


def interpreter_source() -> str:
    """A file for Cython whose C is one loop and one switch, and the functions that its cases call."""
    names = [name for name in OPCODES if name not in _OWN]
    functions, values = c_operations(OPS[name] for name in names)
    cases = [f"case {OPCODES[name]}: {text} /* {name} */" for name, text in _OWN.items()]
    for name in names:
        given = ", ".join(f"{arg} = x[row[{k}]]" for k, arg in enumerate("abc"[: OPS[name].arity], 2))
        text = f"{{ const double {given}; x[row[1]] = {values[name]}; break; }}"
        cases.append(f"case {OPCODES[name]}: {text} /* {name} */")
    return "\n".join(
        [
            "# python docs/make_pages.py writes what stands in this file, by `interpreter_source.py`.",
            "cdef extern from *:",
            '    """',
            "#include <math.h>",
            "#include <stdint.h>",
            "#include <string.h>",
            "",
            f"#define EW_ROWS_MARK {rows_mark()}u",
            "",
            *functions,
            _POWI,
            "static void ew_interpret(const int32_t *row, double *x) {",
            "    void (*callback)(double *, double *, int64_t);",
            "    double (*function)(double, int);",
            f"    for (;; row += {COLUMNS}) switch (row[0]) {{",
            *(f"    {case}" for case in cases),
            "    default: return;",
            "    }",
            "}",
            "static size_t ew_interpreter(void) { return (size_t)&ew_interpret; }",
            '    """',
            "    unsigned int EW_ROWS_MARK",
            "    size_t ew_interpreter()",
            "",
        ]
    )
