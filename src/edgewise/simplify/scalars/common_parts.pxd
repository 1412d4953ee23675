from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.term_lists cimport *

cdef long long WINDOW, ROUNDS


cdef class Pairs:
    cdef long long total, distinct
    cdef long long[::1] one, two, number
    cdef long long[::1] first, second, apart, tally, taken, node
    cdef long long[::1] best, offer


cdef bint count_terms(long long[:, ::1] rows, long long count, int[::1] often) noexcept nogil
cdef void drop_lonely(Memory memory, long long[:, ::1] rows, long long count, int[::1] often, long long n)
cdef bint in_order(long long[:, ::1] rows, long long begin, long long end) noexcept nogil
cdef void sort_by_number(long long[:, ::1] rows, long long count, Terms terms) noexcept nogil
cdef Pairs paired(Memory memory, long long[:, ::1] rows, long long count, int[::1] often)
cdef void tell_apart(long long[:, ::1] rows, Pairs pairs, long long[::1] table) noexcept nogil
cdef void choose(Pairs pairs) noexcept nogil
cdef bint take(State s, Listing listing, Pairs pairs)
