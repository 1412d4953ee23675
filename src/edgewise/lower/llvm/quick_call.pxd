ctypedef void (*Kernel)(size_t code, size_t numbers) noexcept nogil

cdef class QuickCall:
    cdef bint _serves, _busy
    cdef long long _left
    cdef size_t _kernel, _given, _address
    cdef double[::1] _memory
    cdef Py_ssize_t _first
    cdef list _groups
    cdef tuple _names
    cdef object _plan

    cdef bint _filled(self, tuple args, dict named) except -1
    cdef object _made_of(self, object plan)
