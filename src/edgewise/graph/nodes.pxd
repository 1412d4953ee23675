from edgewise.graph.frames cimport code_of, instruction_of, running_frame

cdef class Places:
    cdef dict known
    cdef readonly list codes
    cdef object code
    cdef long long first

    cdef long long here(self)
    cdef long long _number(self, object frame, object code)

cdef class Nodes:
    cdef readonly Places places
    cdef list rows
    cdef dict marks
    cdef long long count, used
    cdef tuple of_nodes
    cdef object of_args
    cdef long long[::1] ops, start, at, args

    cpdef long long leaf(self, long long code)
    cpdef long long leaves(self, long long code, long long count)
    cpdef long long unary(self, long long code, long long first)
    cpdef long long binary(self, long long code, long long first, long long second)
    cpdef long long add(self, long long code, object args)
    cdef long long _written(self, long long code, long long size, long long line)
    cdef int _make_room(self, long long count, long long size)
    cdef int _widen_nodes(self, long long room)
    cdef int _widen_args(self, long long room)
