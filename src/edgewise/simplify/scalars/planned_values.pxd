from libc.math cimport frexp, isfinite, ldexp

from edgewise.simplify.scalars.probed_products cimport exponent_of, scaled
from edgewise.simplify.scalars.probing cimport close, ratio, value_of
from edgewise.simplify.scalars.state cimport *

cdef long long FAR


cdef class PlannedValues:
    cdef State s
    cdef const double[:, ::1] values
    cdef long long points, near, exponent
    cdef double mantissa
    cdef double[::1] mantissas
    cdef long long[::1] exponents
    cdef int[::1] split


cdef void hold(PlannedValues p, double mantissa, long long exponent) noexcept nogil
cdef double mantissa_of(PlannedValues p, long long node, long long k) noexcept nogil
cdef long long scale_of(PlannedValues p, long long node, long long k) noexcept nogil
cdef void add_scaled(PlannedValues p, long long a, long long b, double sign, long long k) noexcept nogil
cdef void compute_scaled(PlannedValues p, long long i, long long k) noexcept nogil
cdef void split_at(PlannedValues p, long long k) noexcept nogil
cdef bint leaves_range(PlannedValues p, long long node) noexcept nogil
cpdef void give_back(State s) noexcept
