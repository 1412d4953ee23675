from edgewise.graph.builder cimport Builder

cdef class Expr:
    cdef public Builder _builder
    cdef public long long _node

cpdef object direct(long long code, tuple args)
cdef object pair(long long code, object left, object right)
cdef object new_expr(Builder builder, long long node)
cdef object _binary(long long code, object left, object right)
cdef long long _operand(Builder builder, object value)
