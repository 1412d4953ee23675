from edgewise.simplify.scalars.state cimport *

cdef long long NO_FOLD, SMALL, EXACT, LOW
cdef double LARGEST, SMALLEST, LOST

cdef long long slot_of(Values values, long long kind, long long num, long long den) noexcept nogil
cpdef long long value_number(Values values, long long kind, long long num, long long den) noexcept nogil
cpdef object value_of(Values values, object others, long long number)
cdef long long described(Values values, Rules rules, long long value) noexcept nogil
cdef long long remembered(State s, long long op, long long first, long long second) noexcept nogil
cdef bint small(Values values, long long value) noexcept nogil
cdef long long ratio(State s, long long op, long long first, long long second) noexcept nogil
cdef bint machine(State s, long long value) noexcept nogil
cdef double as_double(Values values, long long value) noexcept nogil
cdef long long folded_double(State s, long long op, double x, double y) noexcept nogil
cdef long long folded_value(State s, long long op, long long first, long long second) noexcept nogil
cpdef bint absorbed(double x, double y) noexcept nogil
cdef bint apart(State s, long long first, long long second) noexcept nogil
cdef double rounded(Values values, long long value) noexcept nogil
cdef bint gathered(State s, long long op, long long first, long long second) noexcept nogil
