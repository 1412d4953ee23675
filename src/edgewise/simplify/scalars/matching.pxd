from edgewise.simplify.scalars.arithmetic cimport apart
from edgewise.simplify.scalars.hash_consing cimport ABSENT, ASKING, constant, looked_up, note, plain
from edgewise.simplify.scalars.state cimport *

cdef long long LIMIT

cdef bint bind(State s, long long variable, long long value) noexcept nogil
cdef bint fits(State s, long long row) noexcept nogil
cdef bint matches(State s, long long variant) noexcept nogil
cdef bint apply(State s, long long row, long long top) noexcept nogil
cdef long long built(State s, long long variant) noexcept nogil
cdef long long tried(State s, long long variant) noexcept nogil
cdef long long rewritten(State s, long long group, long long same) noexcept nogil
cdef long long make(State s) noexcept nogil
cdef bint any_matches(State s, long long group) noexcept nogil
cdef bint fits_at(State s, long long node) noexcept nogil
