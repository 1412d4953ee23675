cdef class Lehmer:
    cdef long long state

    cpdef long long draw(self) noexcept
    cpdef long long distance(self, long long n) noexcept
