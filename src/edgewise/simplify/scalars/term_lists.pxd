from edgewise.simplify.scalars.state cimport *

cdef long long SHORT, LATE


cdef class Trees:
    cdef readonly long long plus, minus
    cdef long long offset, total
    cdef int[::1] root, side, members, start, terms, leaves, sides


cdef class Listing:
    cdef readonly Trees trees
    cdef public long long listed, count
    cdef readonly long long[:, ::1] given, rows
    cdef readonly int[::1] touched


cdef class Terms:
    cdef long long count
    cdef long long[::1] node, side, key, order, spare


cdef bint inside(State s, Trees trees, long long node) noexcept nogil
cdef void visit(State s, Trees trees, long long i, bint writing) noexcept nogil
cdef long long planned(Plan plan, long long op, long long first, long long second) noexcept nogil
cdef long long planned_three(
    Plan plan, long long op, long long first, long long second, long long third
) noexcept nogil
cdef long long place_key(State s, long long node) noexcept nogil
cdef void put(Terms terms, long long node, long long side, long long key) noexcept nogil
cdef void sort_terms(Terms terms) noexcept nogil
cdef void merge(Terms terms, long long begin, long long width) noexcept nogil
cdef long long chain(Plan plan, Terms terms, long long flip, long long plus, long long minus) noexcept nogil
cdef void replace_tree(Plan plan, Trees trees, long long root, long long target, long long kind) noexcept nogil
cdef void skip_members(Plan plan, Trees trees) noexcept nogil
cdef long long end_of(long long[:, ::1] rows, long long begin, long long count) noexcept nogil
cdef long long packed(long long[:, ::1] rows, long long count) noexcept nogil
cpdef void want_below(State s) noexcept
