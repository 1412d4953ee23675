"""How operations are spelled in C99: libm's functions, and what neither libm has nor a row computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["HELPERS", "LIBM", "RESERVED"]

LIBM: Final = frozenset(
    """abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh erf erfc exp exp2 expm1 floor gamma hypot lgamma
    log log10 log1p log2 pow round sin sinh sqrt tan tanh""".split()
)
"""Operations that are one function of libm's."""

RENAMED: Final = {"abs": "fabs", "gamma": "tgamma", "round": "rint"}

# {R} is the type of a number. All that is not here is computed as its row says.
HELPERS: Final[Mapping[str, str]] = {
    "ew_square": "static {R} ew_square({R} x) {{ return x*x; }}",
    "ew_cube": "static {R} ew_cube({R} x) {{ return x*x*x; }}",
    "ew_mod": """/* x - y*floor(x/y): the sign of y, where C's fmod has that of x. */
static {R} ew_mod({R} x, {R} y) {{
    {R} r = {fmod}(x, y);
    return r == 0 ? {copysign}(0, y) : (r < 0) != (y < 0) ? r + y : r;
}}""",
}

_KEYWORDS: Final = """auto break case char const continue default do double else enum extern float for goto if
    inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void
    volatile while _Bool _Complex _Imaginary bool true false complex imaginary I asm typeof main errno signgam
    INFINITY NAN HUGE_VAL NULL size_t v in out n i"""

_OF_NUMBERS: Final = """j0 j1 jn y0 y1 yn gamma lgamma tgamma acos asin atan atan2 ceil cos cosh exp fabs floor
    fmod frexp ldexp log log10 modf pow sin sinh sqrt tan tanh acosh asinh atanh cbrt copysign erf erfc exp2 expm1
    fdim fma fmax fmin hypot ilogb llrint llround log1p log2 logb lrint lround nan nearbyint nextafter nexttoward
    remainder remquo rint round scalbln scalbn trunc isnan isinf isfinite signbit drem finite scalb significand
    exp10 pow10 sincos cabs cacos cacosh carg casin casinh catan catanh ccos ccosh cexp cimag clog conj cpow cproj
    creal csin csinh csqrt ctan ctanh"""

# Compilers know these without a header, and refuse functions of other types by their names.
_LIBRARY: Final = """abort abs calloc exit _Exit fprintf fputc fputs free fscanf fwrite isalnum isalpha
    isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit labs llabs malloc memchr memcmp
    memcpy memmove memset printf putc putchar puts realloc scanf snprintf sprintf sscanf strcat strchr strcmp strcpy
    strcspn strlen strncat strncmp strncpy strpbrk strrchr strspn strstr tolower toupper vfprintf vfscanf vprintf
    vscanf vsnprintf vsprintf vsscanf iswalnum iswalpha iswblank iswcntrl iswdigit iswgraph iswlower iswprint
    iswpunct iswspace iswupper iswxdigit towlower towupper"""

RESERVED: Final = frozenset(
    (
        *_KEYWORDS.split(),
        *(name + suffix for name in _OF_NUMBERS.split() for suffix in ("", "f", "l")),
        *_LIBRARY.split(),
    )
)
"""Names that a C file must not give to its own things: keywords, functions of the libraries (GNU's too), and ours."""
