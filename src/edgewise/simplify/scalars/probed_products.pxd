from libc.math cimport copysign, frexp, isfinite, ldexp

from edgewise.simplify.scalars.probing cimport INFINITY, NAN, close, ratio
from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.term_lists cimport Listing


cdef class Products:
    cdef Plan plan
    cdef long long n, points, count
    cdef bint rewritten
    cdef const double[:, ::1] values
    cdef double[::1] found, mantissas
    cdef long long[::1] exponents
    cdef double mantissa
    cdef long long exponent
    cdef int[::1] split
    cdef long long[::1] order
    cdef long long[:, ::1] rows


cdef long long exponent_of(double value) noexcept nogil
cdef double scaled(double mantissa, long long exponent) noexcept nogil
cdef void begin(Products p) noexcept nogil
cdef void take(Products p, long long factor, long long side, long long k) noexcept nogil
cdef void split(Products p, long long k) noexcept nogil
cdef double value(Products p, long long factor, long long k) noexcept nogil
cdef void compute_pairs(Products p) noexcept nogil
cdef long long sort_places(Products p, long long first, long long last) noexcept nogil
cdef double multiplied(Products p, long long first, long long last, long long lead, long long k) noexcept nogil
cdef double exact(Products p, long long first, long long last, long long k) noexcept nogil
cdef bint leaves_range(Products p, long long first, long long last) noexcept nogil
cdef bint is_spoilt(Products p, long long first, long long last) noexcept nogil
