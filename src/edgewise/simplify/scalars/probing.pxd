from libc.math cimport (
    copysign, cos, erf, exp, expm1, fabs, frexp, isfinite, ldexp, log, log1p, pow, sin, sqrt, tanh,
)

from edgewise.simplify.scalars.state cimport *


cdef class Products:
    cdef Plan plan
    cdef long long n, points
    cdef bint rewritten
    cdef const double[:, ::1] values
    cdef double[:, ::1] found, mantissas
    cdef long long[:, ::1] exponents
    cdef double mantissa
    cdef long long exponent
    cdef unsigned char[::1] split
    cdef long long[::1] order
    cdef long long[:, ::1] rows

cdef double value_of(Values values, long long number) noexcept nogil
cdef void fill(double[:, ::1] found, long long node, double value) noexcept nogil
cdef bint combine(double[:, ::1] found, long long op, long long a, long long b, long long node) noexcept nogil
cdef bint call(double[:, ::1] found, long long op, long long a, long long node) noexcept nogil
cdef double function(long long op, double x) noexcept nogil
cdef bint raise_to(double[:, ::1] found, long long a, double exponent, long long node) noexcept nogil
cdef bint choose(Sheet sheet, double[:, ::1] found, long long node) noexcept nogil
cdef bint computed(Sheet sheet, Values values, double[:, ::1] found, long long node) noexcept nogil
cdef bint filled(
    Sheet sheet, Values values, const double[:, ::1] points, long long input, double[:, ::1] found, long long node
) noexcept nogil
cdef bint is_product(Sheet sheet, long long node) noexcept nogil
cdef bint stays_in_range(
    const double[:, ::1] values, long long node, long long first, double sign, bint product
) noexcept nogil
cdef bint close(double value, double exact) noexcept nogil
cdef double ratio(double a, double b) noexcept nogil
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
