"""Numbers that name things: columns of arrays, operations, classes of arguments, kinds of values, signs.

Compiled modules know them through `state.pxd`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.graph import SIGNS, IntArray
from edgewise.ops import CODE, N_BUILTIN

Ints = npt.NDArray[Any]
"""An array of whole numbers of any width."""

# Columns of a sheet: see `Sheet`.
OP, ATTR, USES, CLS, SIGN, PLACE, ARGS = range(7)

# Columns of a plan's new nodes, and of the terms of sums and products.
MADE_OP, FIRST, SECOND, THIRD, IMAGE, READS = range(6)
ROOT, TERM, SIDE, TERM_PLACE = range(4)

# Kinds of a value: a ratio of machine integers, a double, anything else.
RATIO, FLOAT, OTHER = range(3)

# A pattern's rows are (kind, slot of the node above, which of its arguments, what, slot of this node); a replacement's
# rows, in postorder, (kind, what, arity).
ANY, ANY_NUMBER, EQUAL, OPERATION, ATTR_NUMBER, ATTR_EQUAL = range(6)
PUT_NODE, PUT_VALUE, PUT_LITERAL, APPLY, RAISE = range(5)

# A pair of terms that a rule fits: the rule's variant, its operation, whether both are constants, which part gives its
# place, and the steps from each part to what they share.
PAIR_VARIANT, PAIR_OP, PAIR_CONSTANTS, PAIR_HOLDER, PAIR_STEPS = range(5)

DONE, ASK, GROW, MORE_VALUES = range(4)
"""Why a pass stopped: at its end, for arithmetic that only Python can do, for room for nodes, or for values."""

NOTHING = -1
"""In place of a target of `equal_values`: the node keeps its own place. Other targets are 2*node, +1 for the negative
of it; twice the number of nodes means zero."""

FOLDING, SHARED, FIRST_RULE = 0, 1, 2
"""Where constant folding, common subexpressions, and the rules from their first on, are counted."""

PENDING, MEMO = 256, 64
"""How many there are: rules that may fire for one node, answers of Python that are remembered."""

HEADROOM = 512
"""Room for the nodes and values that making one node may add."""

LATE = 1 << 62
"""Added to the place of a factor that may grow without bound: it comes behind those that do not."""

UNKNOWN = -2
"""An answer that Python has not given yet."""

POSITIVE, NEGATIVE, ZERO, ANY_SIGN = 1, 2, 4, 7
"""Signs as bit sets."""

SIGN_SETS: Final = {
    word: sum({"+": POSITIVE, "-": NEGATIVE, "0": ZERO}[sign] for sign in signs) for word, signs in SIGNS.items()
}
"""What is promised of an input, or known of an operation's values, as a bit set."""

# Classes of a node as an argument: its operation code, or one of these. `SCALED` is a product with a constant factor,
# `NUMBER` another constant, `NONE` a missing argument.
NOUGHT, ONE, MINUS_ONE, TWO, NUMBER, SCALED, NONE = range(N_BUILTIN, N_BUILTIN + 7)
CLASSES: Final = N_BUILTIN + 7

CONST, INPUT, ADD, SUB, NEG, MUL, DIV, POWER, POW, WHERE, MAX, MIN, ABS, AND, OR, NOT, EQ, HYPOT, SQRT = (
    CODE[name]
    for name in (
        "const", "input", "add", "sub", "neg", "mul", "div", "power", "pow", "where", "max", "min", "abs", "and", "or",
        "not", "eq", "hypot", "sqrt",
    )
)  # fmt: skip
BUILTIN = N_BUILTIN
"""Codes from there on are the user's: one row for all of them in the tables."""


def zeros(*shape: int) -> IntArray:
    """An array of noughts."""
    return np.zeros(shape, dtype=np.int64)
