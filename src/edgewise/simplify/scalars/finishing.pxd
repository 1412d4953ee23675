from edgewise.simplify.scalars.arithmetic cimport value_of
from edgewise.simplify.scalars.hash_consing cimport constant, find, looked_up, plain
from edgewise.simplify.scalars.passes cimport cramped, specify
from edgewise.simplify.scalars.state cimport *

cdef bint adopted(State s, Sheet first, long long i) noexcept nogil
