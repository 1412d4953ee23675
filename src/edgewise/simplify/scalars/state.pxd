"""The columns that compiled passes work on, see `state.py`, and the numbers of `work_columns`."""

cdef long long CONST, INPUT, ADD, SUB, NEG, MUL, DIV, POWER, POW, WHERE, MAX, MIN, ABS, AND, OR, NOT, EQ, HYPOT, SQRT
cdef long long BUILTIN, NOUGHT, ONE, MINUS_ONE, TWO, NUMBER, SCALED, NONE
cdef long long RATIO, FLOAT, OTHER, POSITIVE, NEGATIVE, ZERO, ANY_SIGN, UNKNOWN, HEADROOM, PENDING, MEMO
cdef long long ANY, ANY_NUMBER, EQUAL, OPERATION, ATTR_NUMBER, ATTR_EQUAL, PUT_NODE, PUT_VALUE, PUT_LITERAL, RAISE
cdef long long PAIR_VARIANT, PAIR_OP, PAIR_CONSTANTS, PAIR_HOLDER, PAIR_STEPS
cdef long long ROOT, TERM, SIDE, TERM_PLACE, FIRST_RULE
cdef long long DONE, ASK, GROW, MORE_VALUES, FOLDING, SHARED


cdef class Memory:
    cdef long long[::1] long_block
    cdef int[::1] int_block
    cdef double[::1] double_block
    cdef long long[:, ::1] row_block
    cdef long long[::1] stack
    cdef int[::1] slots
    cdef public object table
    cdef readonly list sheets
    cdef long long longs_used, ints_used, doubles_used, rows_used

    cpdef void free(self) noexcept
    cdef long long[::1] longs(self, long long n, long long value)
    cdef int[::1] ints(self, long long n, long long value)
    cdef double[::1] doubles(self, long long n)
    cdef long long[:, ::1] rows(self, long long n)


cdef class Sheet:
    cdef readonly object rows
    cdef readonly long long width
    cdef public long long room, count
    cdef int[::1] op, attr, uses, cls, sign, place
    cdef int[::1, :] args


cdef class Values:
    cdef readonly object rows
    cdef readonly long long room
    cdef public long long count
    cdef long long[::1] kind, num, den, cls, sign, literal, node
    cdef int[::1] slots
    cdef double[::1] real


cdef class Rules:
    cdef readonly tuple literals, names
    cdef readonly bint same_bits
    cdef public object numbered
    cdef short[:, :, ::1] look
    cdef long long[::1] list_start, lists, pattern_start, build_start, rule, surplus, guarded, guard
    cdef long long[::1] literal_num, literal_den, same, commutative, signs, pair_start, pair_lists
    cdef long long[:, ::1] pattern, build, pairs, steps


cdef class Plan:
    cdef readonly long long n, room
    cdef public long long count
    cdef readonly int[::1] target, kind
    cdef readonly long long[::1] op, first, second
    cdef int[::1] skip, leaf_start, leaf_count, leaves
    cdef long long[::1] third, image, reads


cdef class State:
    cdef readonly Rules rules
    cdef readonly Values values
    cdef readonly Memory memory
    cdef readonly object counts, answers
    cdef public Plan plan
    # The graph: the columns of the sheet in hand.
    cdef readonly Sheet sheet
    cdef public long long count
    cdef readonly long long room, width
    cdef int[::1] op, attr, uses, cls, sign, place
    cdef int[::1, :] args
    # What finds a node by what it computes, and where the nodes of the sheet before went.
    cdef int[::1] table
    cdef readonly long long slots
    cdef public long long[::1] image
    # The inputs' numbers in the graph as given, and their possible signs.
    cdef public long long[::1] inputs, signs
    cdef long long[::1] stack
    # What is equal in value to which node.
    cdef readonly long long[::1] targets
    # The nodes whose values a stage asks for: all that are read, or marks of fewer.
    cdef public int[::1] wanted
    # The node about to be made.
    cdef long long spec_op, spec_attr, floor, slot
    cdef long long[::1] spec, kept
    # A rule at work: its variables, the nodes of its pattern, which of them die, and what is built.
    cdef bint looking
    cdef long long dying
    cdef long long[::1] bound, slot_node, slot_dies, built
    # Rules that fired for the node in hand, and how often each fired.
    cdef long long pending_count
    cdef long long[::1] pending, fired
    # Why a pass stopped, and what it asked; answers of Python.
    cdef public long long stopped
    cdef readonly long long asked_op, asked_first, asked_second, asked_slot
    cdef public long long two
    cdef long long[:, ::1] memo
