from libc.math cimport copysign, cos, erf, exp, expm1, fabs, isfinite, log, log1p, pow, sin, sqrt, tanh

from edgewise.simplify.scalars.state cimport *

cdef double INFINITY, NAN

cdef double value_of(Values values, long long number) noexcept nogil
cdef void fill(double[:, ::1] found, long long node, double value) noexcept nogil
cdef bint combine(double[:, ::1] found, long long op, long long a, long long b, long long node) noexcept nogil
cdef bint call(double[:, ::1] found, long long op, long long a, long long node) noexcept nogil
cdef double function(long long op, double x) noexcept nogil
cdef bint raise_to(double[:, ::1] found, long long a, double exponent, long long node) noexcept nogil
cdef bint choose(State s, double[:, ::1] found, long long node) noexcept nogil
cdef bint computed(State s, double[:, ::1] found, long long node) noexcept nogil
cdef bint filled(
    State s, const double[:, ::1] points, long long input, double[:, ::1] found, long long node
) noexcept nogil
cdef bint is_product(Sheet sheet, long long node) noexcept nogil
cdef bint stays_in_range(
    const double[:, ::1] values, long long node, long long first, double sign, bint product
) noexcept nogil
cdef bint close(double value, double exact) noexcept nogil
cdef double ratio(double a, double b) noexcept nogil
