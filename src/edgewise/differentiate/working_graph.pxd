cdef class WorkingGraph:
    cdef readonly object tape
    cdef readonly dict known
    cdef readonly dict attrs
    cdef list ops
    cdef list sizes
    cdef list args
    cdef list custom
    cdef dict nodes
    cdef long long first

    cpdef long long add(self, long long code, args, parameter=*) except? -1
    cpdef long long constant(self, value) except? -1
    cpdef long long code(self, op) except? -1
    cpdef long long written(self, template, args, long long out) except? -1
    cdef long long _read(self, ref, args, made, long long out) except? -1
