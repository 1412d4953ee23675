from edgewise.simplify.scalars.hash_consing cimport commutes
from edgewise.simplify.scalars.state cimport *

cdef long long P, HALF, QUARTER, MIX_A, MIX_B, MAX_DEGREE, MAX_EXPONENT, MANTISSA, UNIT

cpdef long long times(long long a, long long b) noexcept nogil
cdef long long mixed(long long state, long long number) noexcept nogil
cpdef long long inverse(long long a) noexcept nogil
cpdef long long raised(long long a, long long exponent) noexcept nogil
cpdef long long constant_residue(Values values, long long value, long long seed) noexcept nogil
cdef long long unknown(State s, long long node, long long seed, long long[::1] found) noexcept nogil
cdef long long quotient(State s, long long node, long long seed, long long[::1] found) noexcept nogil
cdef bint is_whole(State s, long long value) noexcept nogil
cdef long long degree_of(State s, long long node, long long[::1] found, int[::1] degree) noexcept nogil
cdef long long residue(State s, long long node, long long seed, long long[::1] found) noexcept nogil
cpdef void residues(State s, long long seed, long long[::1] found)
