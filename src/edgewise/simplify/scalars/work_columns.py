"""The columns that the native passes work on.

Everything is a number in one of six arrays: what is handed from function to function is then a handful of pointers. The
named constants here are the arrays' columns and places.

`nodes`     a graph with room to grow, a row for each node: operation, number of its attribute's value, reads, class as
            an argument, possible signs, where it belongs in the final order (never before its arguments), arguments
            (-1: none)
`table`     finds a node by what it computes: open addressing, -1 is free
`values`    attributes and constants, each distinct one once; number 0 is None. An integer or fraction is NUM/DEN, a
            double has its bits in NUM. NODE is its node in the graph being written. TABLE is a column of its own: open
            addressing over all rows, of which at most half are in use
`look`      the rules' index: [operation, class of first argument, class of second] → 0 for none, a list of variants
            that may match, or, negative, the argument that the node certainly equals and the rule that says so
`rules`     the rules themselves, one array after the other; its head says where each begins
`work`      what a pass is about to make and what it has counted
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.graph import SIGNS, IntArray
from edgewise.ops import CODE, N_BUILTIN

Ints = npt.NDArray[Any]
"""An array of whole numbers of any width."""

# Columns of `nodes`.
OP, ATTR, USES, CLS, SIGN, PLACE, ARGS = range(7)

# Columns of `values`, and the kinds of a value: a ratio of machine integers, a double, anything else.
KIND, NUM, DEN, VALUE_CLS, VALUE_SIGN, LITERAL, NODE, TABLE = range(8)
RATIO, FLOAT, OTHER = range(3)

# The head of `rules`: lists of variants; for each variant the rows of its pattern and of its replacement, its rule,
# how many nodes must die for it to fire, the variable that is guarded (-1: none) and its allowed signs; literals as
# num, den; the list for equal arguments, commutativity and range of each operation; whether results must keep their
# bits; the rules that are sums or products of two parts.
(
    LIST_START, LISTS, PATTERN_START, PATTERN, BUILD_START, BUILD, RULE, SURPLUS, GUARDED, GUARD, LITERALS, LITERAL_NUM,
    LITERAL_DEN, SAME, COMMUTATIVE, RANGE, SAME_BITS, PAIR_START, PAIR_LISTS, PAIRS, STEPS, HEAD,
) = range(22)  # fmt: skip

# A pattern's rows are (kind, slot of the node above, which of its arguments, what, slot of this node); a replacement's
# rows, in postorder, (kind, what, arity).
ANY, NUMBER, EQUAL, OPERATION, ATTR_NUMBER, ATTR_EQUAL = range(6)
PUT_NODE, PUT_VALUE, PUT_LITERAL, APPLY, RAISE = range(5)

# Places in `work`: why a pass stopped; the place of `spec` in `table`; the number of the value 2; the place before
# which a node must not stand; how many rules are pending; whether to look only; how many nodes and values there are;
# the arithmetic that a pass could not do; the variables of a pattern; slots for its nodes; the rules that fired for
# the node in hand; how often each fired; answers of Python as (operation, first, second, value); and last `spec`, the
# node about to be made: operation, attribute, arguments, with a copy behind it.
FLAG, SLOT, TWO, FLOOR, PENDING_COUNT, LOOK, COUNT, VALUES, ASKED = range(9)
BOUND, SLOTS, PENDING, FIRED, MEMO, SPEC = 16, 24, 88, 344, 600, 856
SLOTS_END, PENDING_SIZE, MEMO_SIZE = 32, 256, 64

DONE, ASK, GROW, MORE_VALUES = range(4)
"""Why a pass stopped: at its end, for arithmetic that only Python can do, for room for nodes, or for values."""

FOLDING, SHARED, FIRST_RULE = 0, 1, 2
"""Where constant folding, common subexpressions, and the rules from their first on, are counted."""

POSITIVE, NEGATIVE, ZERO, ANY_SIGN = 1, 2, 4, 7
"""Signs as bit sets."""

SIGN_SETS: Final = {
    word: sum({"+": POSITIVE, "-": NEGATIVE, "0": ZERO}[sign] for sign in signs) for word, signs in SIGNS.items()
}
"""What is promised of an input, or known of an operation's values, as a bit set."""

UNKNOWN = -2
"""An answer that Python has not given yet."""

HEADROOM = 512
"""Room for the nodes and values that making one node may add."""


class Codes(NamedTuple):
    """The operation codes and argument classes that native code names.

    They are handed over rather than built in, so that a stored compilation stays good when the table of operations
    grows. `builtin` is the number of built-in operations: codes from there on are the user's, one row for all of them
    in the tables. `zero` is the first of five classes of constants (0, 1, -1, 2 and any other, `number`), `scaled` the
    class of a product with a constant factor, `none` that of a missing argument.
    """

    const: int
    input: int
    add: int
    sub: int
    neg: int
    mul: int
    div: int
    power: int
    pow: int
    where: int
    max: int
    min: int
    abs: int
    builtin: int
    zero: int
    number: int
    scaled: int
    none: int


_NAMED: Final = {name: CODE[name] for name in Codes._fields[:13]}
CODES: Final = Codes(
    **_NAMED, builtin=N_BUILTIN, zero=N_BUILTIN, number=N_BUILTIN + 4, scaled=N_BUILTIN + 5, none=N_BUILTIN + 6
)


class Plan(NamedTuple):
    """New nodes to write in place of old ones.

    `rows[i]` says of old node i: what takes its place (-1: nothing planned), whether only a replaced tree needed it,
    and where in `leaves` what its tree read begins, and how much it is. Numbers from the old graph's length on mean
    `made`: rows of (operation, first, second, third, node written for it or -1, reads in the plan); of a constant,
    `first` is the number of its value. `size[0]` rows of `made` are in use.
    """

    rows: Ints
    made: Ints
    leaves: Ints
    size: Ints


TARGET, SKIP, LEAF_START, LEAF_COUNT = range(4)
MADE_OP, FIRST, SECOND, THIRD, IMAGE, READS = range(6)


def zeros(*shape: int) -> IntArray:
    """An array of noughts."""
    return np.zeros(shape, dtype=np.int64)


def empty_plan(n: int, room: int, leaves: Ints) -> Plan:
    """An empty plan for a graph of n nodes, with room for new ones."""
    rows = zeros(n, 4)
    rows[:, 0] = -1
    return Plan(rows, np.empty((room, 6), dtype=np.int64), leaves, zeros(1))


NO_PLAN: Final = empty_plan(0, 0, np.zeros(0, dtype=np.int32))
