from edgewise.simplify.scalars.arithmetic cimport gathered
from edgewise.simplify.scalars.matching cimport matches
from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.term_lists cimport *

cdef long long WINDOW


cdef class Entries:
    cdef long long count, leads
    cdef long long[::1] table, filled, row, pair, key, following, last


cdef long long group_of(State s, Trees trees, long long part, long long node) noexcept nogil
cdef long long shared_part(State s, long long node, long long step) noexcept nogil
cdef bint may_meet(State s, Trees trees, long long root, long long[:, ::1] seen) noexcept nogil
cdef long long slot_of(Entries e, long long[:, ::1] rows, long long pair, long long key, long long side) noexcept nogil
cdef void enter(State s, Trees trees, Entries e, long long[:, ::1] rows, long long r) noexcept nogil
cdef bint meet(State s, long long[:, ::1] rows, long long pair, long long x, long long r) noexcept nogil
cdef bint partner(
    State s, Trees trees, Entries e, long long[:, ::1] rows, long long pair, long long r
) noexcept nogil
cdef bint look_for(State s, Trees trees, Entries e, long long[:, ::1] rows, long long r) noexcept nogil
cdef long long most_entries(State s, Listing listing) noexcept nogil
