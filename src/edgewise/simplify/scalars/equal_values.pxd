from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.modular_values cimport P, residues
from edgewise.simplify.scalars.term_lists cimport planned, want_below

cdef long long NOTHING, LOW, LOW_40
cdef double TOLERATED, TINY, HUGE

cdef bint dies_by_sign(State s, long long node, long long first, int[::1] reads) noexcept nogil
cdef long long target_of(
    State s, long long node, long long[::1] found, int[::1] table, int[::1] reads
) noexcept nogil
cpdef long long equal_values(State s, long long[::1] found, long long[::1] target)
cpdef long long confirm(long long[::1] found, long long[::1] target) noexcept
cpdef void running_errors(State s, long long[::1] found, long long style, double[::1] errors, double[::1] numbers)
cdef long long trust(double[::1] errors, double[::1] numbers, long long style, long long[::1] target) noexcept
cpdef double sample(long long residue, long long style) noexcept nogil
cdef void compute(
    State s, long long i, long long residue, long long style, double[::1] numbers, double[::1] errors
) noexcept nogil
cdef bint spoilt(double[::1] errors, double[::1] numbers, long long style, long long node, long long other) noexcept nogil
cpdef void want_targets(State s)
cdef bint is_turned(State s, long long target) noexcept nogil
cdef long long absorbed(State s, long long node, long long[::1] target) noexcept nogil
cdef long long replacement(State s, long long node, long long[::1] target, long long zero) noexcept nogil
cdef long long read_leaf(State s, long long node, long long end) noexcept nogil
cdef long long plan_merge(State s, long long node, long long new, long long made, long long end) noexcept nogil
