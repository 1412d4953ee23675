from edgewise.simplify.scalars.state cimport *

cdef long long flip(long long signs) noexcept nogil
cpdef long long plus(long long a, long long b) noexcept nogil
cpdef long long times(long long a, long long b) noexcept nogil
cpdef long long elementwise_signs(
    long long op, long long first, long long second, long long third, bint same, bint odd, long long known
) noexcept nogil
cdef long long signs_of(State s, long long node) noexcept nogil
