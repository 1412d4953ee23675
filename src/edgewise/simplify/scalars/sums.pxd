from edgewise.simplify.scalars.arithmetic cimport apart
from edgewise.simplify.scalars.state cimport *
from edgewise.simplify.scalars.term_lists cimport *

cdef long long KEEP, TIDY, FACTOR


cdef class Scratch:
    cdef Terms terms, inner
    cdef int[::1] stamp, tally, latest
    cdef long long[::1] best, following, leads


cdef bint product_of(State s, long long node) noexcept nogil
cdef long long base_of(State s, long long node) noexcept nogil
cdef long long promising_sums(State s, Trees trees, int[::1] what)
cdef long long how(State s, Trees trees, long long root, int[::1] stamp, int[::1] factors) noexcept nogil
cdef long long multiples(State s, Terms terms, long long begin, long long end, long long one) noexcept nogil
cdef long long tidied(State s, Trees trees, long long root, Scratch x, long long one) noexcept nogil
cdef void count_factors(State s, Trees trees, long long root, Scratch x) noexcept nogil
cdef bint better(State s, Scratch x, long long one, long long other) noexcept nogil
cdef void choose_factors(State s, Trees trees, long long root, Scratch x) noexcept nogil
cdef void link_terms(State s, Trees trees, long long root, Scratch x) noexcept nogil
cdef void take_out(State s, Trees trees, long long root, Scratch x, long long t) noexcept nogil
cdef long long factored(State s, Trees trees, long long root, Scratch x) noexcept nogil
