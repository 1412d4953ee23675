from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.term_lists cimport planned, planned_three

cdef long long DEEPEST, ONE_BIT, PARTS


cdef class Facts:
    cdef long long count
    cdef long long[::1] table
    cdef int[::1] parent, condition, holds, depth, known, reads
    cdef long long[::1] used


cdef long long selections(State s) noexcept nogil
cdef bint may_be_known(State s)
cdef long long known_selections(State s, long long[::1] branch, long long[::1] lost)
cdef long long below(Facts f, long long parent, long long condition, long long holds) noexcept nogil
cdef long long common(Facts f, long long one, long long other) noexcept nogil
cdef long long decided(Facts f, long long known, long long condition) noexcept nogil
cdef long long behind(State s, Facts f, long long node, long long k) noexcept nogil
cdef bint descend(State s, Facts f, long long i, long long[::1] branch) noexcept nogil
cdef bint relies(State s, Facts f, long long i, long long[::1] branch) noexcept nogil
cdef bint is_length(State s, long long i) noexcept nogil
cdef long long finite_at_zero(State s, long long node, long long[:, ::1] found) noexcept nogil
cdef bint stays_finite(State s, long long[:, ::1] found, long long count, long long node) noexcept nogil
cdef bint is_mask(State s, long long i) noexcept nogil
cdef long long finite_factor(State s, long long i, long long[:, ::1] found) noexcept nogil
cdef void plan_factor(State s, long long i, long long k, long long end) noexcept nogil
