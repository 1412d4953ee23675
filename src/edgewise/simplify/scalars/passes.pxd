from edgewise.simplify.scalars.hash_consing cimport acquire, commit, constant, find, looked_up, plain, release
from edgewise.simplify.scalars.matching cimport make
from edgewise.simplify.scalars.state cimport *

cdef bint cramped(State s) noexcept nogil
cdef void specify(State s, Sheet old, long long node) noexcept nogil
cdef bint copied(State s, Sheet old, long long i) noexcept nogil
cdef long long written(State s, long long n, long long node) noexcept nogil
cdef long long unwritten(State s, long long n, long long v) noexcept nogil
cdef long long ready(State s, long long n, long long top) noexcept nogil
cdef bint made(State s, long long n, long long top) noexcept nogil
cdef bint replaced(State s, Sheet old, long long i) noexcept nogil
cdef bint written_anew(State s, Sheet old, long long i) noexcept nogil
