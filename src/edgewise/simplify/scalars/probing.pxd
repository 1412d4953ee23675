from libc.math cimport copysign, fabs, frexp, isfinite, ldexp

from edgewise.simplify.scalars.state cimport *


cdef class Products:
    cdef long long n, points
    cdef double[:, ::1] found, mantissas
    cdef long long[:, ::1] exponents
    cdef double[::1] mantissa, total
    cdef long long[::1] exponent, order
    cdef long long[:, :] rows

cdef bint known(long long op) noexcept nogil
cdef bint close(double value, double exact) noexcept nogil
cdef double ratio(double a, double b) noexcept nogil
cdef long long exponent_of(double value) noexcept nogil
cdef double scaled(double mantissa, long long exponent) noexcept nogil
cdef void split(Products p, long long k) noexcept nogil
cdef void take(Products p, long long factor, long long side) noexcept nogil
cdef void sort_places(Products p, long long first, long long last) noexcept nogil
cdef void multiply(Products p, long long first, long long last) noexcept nogil
cdef bint leaves_range(Products p, long long root) noexcept nogil
