from edgewise.simplify.scalars.arithmetic cimport folded_value
from edgewise.simplify.scalars.signs cimport signs_of
from edgewise.simplify.scalars.state cimport *

cdef long long ASKING, ABSENT, LOW

cdef long long constant(State s, long long value) noexcept nogil
cdef long long class_of_product(State s) noexcept nogil
cdef bint commutes(State s, long long op) noexcept nogil
cdef bint computes(State s, long long node, long long op, long long attr, long long a, long long b) noexcept nogil
cdef long long find(State s) noexcept nogil
cdef long long added(State s) noexcept nogil
cdef void acquire(State s, long long bottom, long long node, long long times) noexcept nogil
cdef void release(State s, long long bottom, long long node) noexcept nogil
cdef void note(State s, long long rule) noexcept nogil
cdef void commit(State s) noexcept nogil
cdef long long looked_up(State s) noexcept nogil
cdef long long plain(State s, long long look) noexcept nogil
