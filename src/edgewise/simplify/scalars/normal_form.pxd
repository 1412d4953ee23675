from edgewise.simplify.scalars.arithmetic cimport described, value_number
from edgewise.simplify.scalars.monomials cimport LARGEST, MOST, Forms, first_of
from edgewise.simplify.scalars.product_plans cimport ALONE, ProductPlan, end_word, plan_products, put_letter, size_of
from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.term_lists cimport planned, planned_three


cdef class Writing:
    cdef State s
    cdef Forms f
    cdef ProductPlan plan
    cdef const unsigned char[::1] positive
    cdef bint proving
    cdef long long products, constants, sign
    cdef int[::1] wanted, used_atom, used_word, of_node, of_term
    cdef int[::1] word, constant, made, negated, table, made_of, stack
    cdef long long[::1] num, den, constant_num, constant_den, tally


cdef void use(Writing w, long long word) noexcept nogil
cdef void find_wanted(Writing w)
cdef bint never_zero(Writing w, long long node) noexcept
cdef bint vanishes(Writing w)
cdef long long constant_of(Writing w, long long num, long long den) noexcept nogil
cdef long long product_slot(Writing w, long long num, long long den, long long word) noexcept nogil
cdef long long product_of(Writing w, long long num, long long den, long long word) noexcept nogil
cdef void list_products(Writing w) noexcept
cdef void plan_words(Writing w)
cdef long long number_of(State s, long long num, long long den) noexcept
cdef bint negative(Writing w, long long constant) noexcept nogil
cdef long long node_of_letter(Writing w, long long letter) noexcept
cdef long long node_of_step(Writing w, long long step) noexcept
cdef long long unsigned_node(Writing w, long long num, long long den, long long product) noexcept
cdef long long node_of_form(Writing w, long long num, long long den, long long product) noexcept
cdef long long write_sum(Writing w, long long atom) noexcept
cdef void write_nodes(Writing w, long long kind) noexcept
cdef void keep_names(Writing w, long long kind) noexcept
cdef long long leave_out(Writing w) noexcept
cdef long long plan_from(State s, Forms f, const unsigned char[::1] positive, bint proving, long long kind)
