from edgewise.simplify.scalars.state cimport Memory

cdef long long ALONE

cdef long long size_of(long long value) noexcept nogil


cdef class ProductPlan:
    cdef Memory memory
    cdef readonly long long words, letters, steps, pairs, heap
    cdef long long first_step
    cdef int[::1] start, size, letter, power, powers
    cdef int[::1] first, second, exponent
    cdef int[::1] head, listed, following, reader
    cdef long long occurrences
    cdef int[::1] pair_first, pair_second, pair_exponent, weight, pushed
    cdef int[::1] table
    cdef int[::1] heap_weight, heap_pair


cdef void put_letter(ProductPlan p, long long word, long long letter, long long power) noexcept nogil
cdef void end_word(ProductPlan p) noexcept nogil
cdef void list_reader(ProductPlan p, long long word, long long letter) noexcept nogil
cdef long long power_in(ProductPlan p, long long word, long long letter) noexcept nogil
cdef void change(ProductPlan p, long long word, long long letter, long long power) noexcept nogil
cdef long long slot_of(ProductPlan p, long long first, long long second, long long exponent) noexcept nogil
cdef int[::1] widened(Memory memory, int[::1] column)
cdef void grow_pairs(ProductPlan p)
cdef long long pair_number(ProductPlan p, long long first, long long second, long long exponent)
cdef bint ends(ProductPlan p, long long word, long long second, long long exponent) noexcept nogil
cdef void count_pair(ProductPlan p, long long word, long long first, long long second, long long exponent, long long times)
cdef void count_pairs(ProductPlan p, long long word, long long times)
cdef bint before(ProductPlan p, long long weight, long long pair, long long at) noexcept nogil
cdef void push(ProductPlan p, long long pair)
cdef long long pop(ProductPlan p) noexcept nogil
cdef bint has(ProductPlan p, long long word, long long pair) noexcept nogil
cdef void shorten(ProductPlan p, long long word, long long pair, long long letter, long long side)
cdef void take(ProductPlan p, long long pair)
cpdef void plan_products(ProductPlan p)
