from edgewise.graph.nodes cimport Nodes, Places

cdef class Builder:
    cdef object __weakref__
    cdef public Nodes nodes
    cdef public dict attrs, shapes, labels, inputs, parameters, constants, integers, doubles, custom
    cdef public object seen, moved, lines, numbering
    cdef public set dimensions
    cdef public bint record, tensors, fast, single

    cpdef long long add(self, long long code, object args, object attr=*)
    cpdef long long constant(self, object value)
