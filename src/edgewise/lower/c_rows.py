"""How operations are spelled in C99: libm's functions, and small functions of our own for what libm has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["HELPERS", "LIBM", "RESERVED", "SPELLED"]

LIBM: Final = frozenset(
    """abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh erf erfc exp exp2 expm1 floor gamma hypot lgamma
    log log10 log1p log2 pow round sin sinh sqrt tan tanh""".split()
)
"""Operations that are one function of libm's."""

RENAMED: Final = {"abs": "fabs", "gamma": "tgamma", "round": "rint"}

SPELLED: Final[Mapping[str, str]] = {
    "clip": "ew_min(ew_max({0}, {1}), {2})", "digamma": "ew_digamma({0})", "erfinv": "ew_erfinv({0})",
    "max": "ew_max({0}, {1})", "min": "ew_min({0}, {1})", "mod": "ew_mod({0}, {1})",
    "polygamma": "ew_polygamma({c}, {0})", "relu": "ew_max({0}, 0.0)", "sign": "ew_sign({0})", "sinc": "ew_sinc({0})",
    "spherical_jn": "ew_spherical_jn({c}, {0})",
}  # fmt: skip
"""The others, as calls of functions that are written into the file where they are used."""

# {R} is the type of a number, and F(…) appends the suffix of libm's functions for it. Later functions may call earlier
# ones. NaN is handed on, as NumPy does.
HELPERS: Final[Mapping[str, str]] = {
    "ew_min": "static {R} ew_min({R} x, {R} y) {{ return x < y || x != x ? x : y; }}",
    "ew_max": "static {R} ew_max({R} x, {R} y) {{ return x > y || x != x ? x : y; }}",
    "ew_sign": "static {R} ew_sign({R} x) {{ return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x; }}",
    "ew_square": "static {R} ew_square({R} x) {{ return x*x; }}",
    "ew_cube": "static {R} ew_cube({R} x) {{ return x*x*x; }}",
    "ew_mod": """/* x - y*floor(x/y): the sign of y, where C's fmod has that of x. */
static {R} ew_mod({R} x, {R} y) {{
    {R} r = {fmod}(x, y);
    return r == 0 ? {copysign}(0, y) : (r < 0) != (y < 0) ? r + y : r;
}}""",
    "ew_sinc": "static {R} ew_sinc({R} x) {{ return x == 0 ? 1 : {sin}(x)/x; }}",
    "ew_digamma": """/* Recurrence up to 10, then the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.7, 6.3.18). */
static {R} ew_digamma({R} x) {{
    const double pi = 3.14159265358979323846;
    double z = x, sum = 0, w;
    if (z <= 0) {{
        if (z == floor(z)) return z == 0 ? ({R})-copysign(INFINITY, z) : NAN;
        sum = -pi/tan(pi*(z - rint(z)));
        z = 1 - z;
    }}
    for (; z < 10; z += 1) sum -= 1/z;
    w = 1/(z*z);
    return ({R})(sum + log(z) - 0.5/z - w*(1.0/12 - w*(1.0/120 - w*(1.0/252 - w*(1.0/240 - w*(1.0/132
        - w*(691.0/32760 - w*(1.0/12 - w*(3617.0/8160)))))))));
}}""",
    "ew_polygamma": """/* A sum up to 10 + n, then the asymptotic series (Abramowitz and Stegun, 6.4.6, 6.4.11). */
static {R} ew_polygamma(int n, {R} x) {{
    static const double b[] = {{1.0/6, -1.0/30, 1.0/42, -1.0/30, 5.0/66, -691.0/2730, 7.0/6, -3617.0/510, 43867.0/798}};
    double z = x, sum = 0, term, factorial = 1;
    int k;
    if (z <= 0 && z == floor(z)) return n % 2 ? INFINITY : -INFINITY;
    for (k = 2; k <= n; k++) factorial *= k;
    for (; z < 10 + n; z += 1) sum += factorial*pow(z, -n - 1);
    sum += factorial/n*pow(z, -n) + factorial/2*pow(z, -n - 1);
    term = factorial*(n + 1)/2*pow(z, -n - 2);
    for (k = 0; k < 9; k++) {{
        sum += b[k]*term;
        term *= (2*k + n + 2.0)*(2*k + n + 3.0)/((2*k + 3.0)*(2*k + 4.0)*z*z);
    }}
    return ({R})(n % 2 ? sum : -sum);
}}""",
    "ew_spherical_jn": """/* The recurrence where that is stable, else the series (Abramowitz and Stegun 10.1). */
static {R} ew_spherical_jn(int n, {R} x) {{
    double z = fabs((double)x), below, here, next, term, sum;
    int k;
    if (z > 1.7976931348623157e308) return ({R})(signbit(x) && n % 2 ? -0.0 : 0.0);
    if (z > n) {{
        below = cos(z)/z;
        here = sin(z)/z;
        for (k = 0; k < n; k++) {{
            next = (2*k + 1)/z*here - below;
            below = here;
            here = next;
        }}
    }} else {{
        for (term = 1, k = 1; k <= n; k++) term *= z/(2*k + 1);
        for (sum = term, k = 1; k < 60; k++) sum += term *= -z*z/2/k/(2*n + 2*k + 1);
        here = sum;
    }}
    return ({R})(signbit(x) && n % 2 ? -here : here);
}}""",
    "ew_erfinv": """/* A rational start (Winitzki, 2008), then Halley's steps, on erfc where x is near 1. */
static {R} ew_erfinv({R} x) {{
    const double pi = 3.14159265358979323846, a = 0.147;
    double y = fabs((double)x), s, t, z, e;
    int k;
    if (!(y < 1)) return y == 1 ? ({R})copysign(INFINITY, x) : NAN;
    if (y == 0) return ({R})y;
    s = log1p(-y) + log1p(y);
    t = 2/(pi*a) + s/2;
    z = y < 1e-3 ? y*sqrt(pi)/2 : sqrt(sqrt(t*t - s/a) - t);
    for (k = 0; k < 3; k++) {{
        e = (y < 0.5 ? erf(z) - y : (1 - y) - erfc(z))*sqrt(pi)/2*exp(z*z);
        z -= e/(1 + e*z);
    }}
    return ({R})copysign(z, x);
}}""",
}  # fmt: skip

RESERVED: Final = frozenset(
    """auto break case char const continue default do double else enum extern float for goto if inline int long register
    restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Bool _Complex
    _Imaginary bool true false complex imaginary I asm typeof main errno signgam j0 j1 jn y0 y1 yn gamma lgamma tgamma
    acos asin atan atan2 ceil cos cosh exp fabs floor fmod frexp ldexp log log10 modf pow sin sinh sqrt tan tanh acosh
    asinh atanh cbrt copysign erf erfc exp2 expm1 fdim fma fmax fmin hypot ilogb llrint llround log1p log2 logb lrint
    lround nan nearbyint nextafter nexttoward remainder remquo rint round scalbln scalbn trunc isnan isinf isfinite
    signbit drem finite scalb significand exp10 pow10 sincos INFINITY NAN HUGE_VAL NULL size_t v in out n i""".split()
)
"""Names that a C file must not give to its own things: keywords, libm's functions (GNU's too), and ours."""
