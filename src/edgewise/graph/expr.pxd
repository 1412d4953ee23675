from edgewise.graph.builder cimport Builder

cdef class Expr:
    cdef public Builder _builder
    cdef public long long _node

cpdef object unary(long long code, Expr x)
cdef object new_expr(Builder builder, long long node)
cdef object _binary(long long code, Expr left, object right)
cdef object _reflected(long long code, Expr right, object left)
