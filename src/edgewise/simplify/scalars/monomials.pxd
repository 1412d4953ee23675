from edgewise.simplify.scalars.product_plans cimport size_of
from edgewise.simplify.scalars.state cimport *

cdef long long MOST, LARGEST, SMALL, NO_WORD, LOW


cdef class Forms:
    cdef State s
    cdef long long words, atoms, size, num_, den_
    cdef bint factoring, taken
    cdef int[::1] length, letters, powers, table
    cdef long long[::1] num, den, word
    cdef int[::1] node, root, base, divides, opaque, kept
    cdef long long[:, ::1] terms
    cdef int[::1] sum_table
    cdef int[::1] work_letter, work_power


cdef void put_power(Forms f, long long letter, long long power) noexcept nogil
cdef void put_word(Forms f, long long word, long long times) noexcept nogil
cdef bint is_in_hand(Forms f, long long word, long long size) noexcept nogil
cdef long long total(Forms f) noexcept nogil
cdef long long first_of(Forms f, long long atom) noexcept nogil
cdef long long interned(Forms f) noexcept nogil
cdef long long single(Forms f, long long atom) noexcept nogil
cdef void reduce_roots(Forms f) noexcept nogil
cdef bint coefficient(Forms f, long long num, long long den) noexcept nogil
cdef bint enter(Forms f, long long node, long long word) noexcept nogil
cdef void enter_atom(Forms f, long long node) noexcept nogil
cdef bint cancels(Forms f, long long a, long long b, long long times) noexcept nogil
cdef void divide(Forms f, long long word, long long times) noexcept nogil
cdef bint product(Forms f, long long node, long long a, long long b, long long times) noexcept nogil
cdef bint power_of(Forms f, long long node, long long a, long long exponent) noexcept nogil
cdef bint number(Forms f, long long node) noexcept nogil
cdef long long in_common(Forms f, long long a, long long b) noexcept nogil
cdef long long quotient(Forms f, long long a, long long b) noexcept nogil
cdef long long sum_atom(Forms f, long long node) noexcept nogil
cdef bint sum_of(Forms f, long long node, long long a, long long b, long long sign) noexcept nogil
cdef bint form_of(Forms f, long long node) noexcept nogil
cdef void find_forms(Forms f) noexcept nogil
