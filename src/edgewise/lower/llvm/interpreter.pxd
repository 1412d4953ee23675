# python docs/make_pages.py writes what stands in this file, by `interpreter_source.py`.
cdef extern from *:
    """
#include <math.h>
#include <stdint.h>
#include <string.h>

#define EW_ROWS_MARK 2533702774u

static double ew_square(double x) { return x*x; }
/* x - y*floor(x/y): the sign of y, where C's fmod has that of x. */
static double ew_mod(double x, double y) {
    double r = fmod(x, y);
    return r == 0 ? copysign(0, y) : (r < 0) != (y < 0) ? r + y : r;
}
/* sin(x)/x, 1 at 0 (unnormalised) */
static double ew_sinc(double x) {
    return x == 0.0 ? 1.0 : sin(x)/x;
}
/* -1, 0 or 1 */
static double ew_sign(double x) {
    return x > 0.0 ? 1.0 : (x < 0.0 ? -1.0 : (x == 0.0 ? 0.0 : x));
}
/* the smaller of two */
static double ew_min(double x, double y) {
    return x < y || x != x ? x : y;
}
/* the larger of two */
static double ew_max(double x, double y) {
    return x > y || x != x ? x : y;
}
/* min(max(x, low), high) */
static double ew_clip(double x, double low, double high) {
    return ew_min(ew_max(x, low), high);
}
/* max(x, 0) */
static double ew_relu(double x) {
    return ew_max(x, 0.0);
}
/* 0, 1/2 or 1: the unit step */
static double ew_heaviside(double x) {
    return x > 0.0 ? 1.0 : (x < 0.0 ? 0.0 : (x == 0.0 ? 1.0/2.0 : x));
}
/* 1/(1 + exp(-x)) without overflow */
static double ew_sigmoid(double x) {
    const double v1 = exp(-fabs(x));
    return (x >= 0.0 ? 1.0 : v1)/(1.0 + v1);
}
/* log(1 + exp(x)) without overflow */
static double ew_softplus(double x) {
    return ew_max(x, 0.0) + log1p(exp(-fabs(x)));
}
/* log(exp(x) + exp(y)) without overflow */
static double ew_logaddexp(double x, double y) {
    return x == y ? x + 0.6931471805599453 : ew_max(x, y) + log1p(exp(-fabs(x - y)));
}
/* hyperbolic secant */
static double ew_sech(double x) {
    const double v1 = exp(-fabs(x));
    return 2.0*v1/(1.0 + v1*v1);
}
/* hyperbolic cosecant */
static double ew_csch(double x) {
    const double v1 = fabs(x);
    const double v2 = exp(-v1);
    return v1 < 1.0 ? 1.0/sinh(x) : 2.0*ew_sign(x)*v2/(1.0 - v2*v2);
}
/* hyperbolic cotangent */
static double ew_coth(double x) {
    const double v1 = fabs(x);
    const double v2 = exp(-2.0*v1);
    return v1 < 1.0 ? 1.0/tanh(x) : ew_sign(x)*(1.0 + 2.0*v2/(1.0 - v2));
}
/* inverse hyperbolic secant */
static double ew_asech(double x) {
    const double v1 = 1.0 - x;
    const double v2 = 1.0 + x;
    return x < 1.0/2.0 ? log(1.0 + sqrt(v1*v2)) - log(x) : 2.0*atanh(sqrt(v1/v2));
}
/* inverse hyperbolic cosecant */
static double ew_acsch(double x) {
    const double v1 = fabs(x);
    return v1 < 1.0/2.0 ? ew_sign(x)*(log(1.0 + sqrt(1.0 + x*x)) - log(v1)) : asinh(1.0/x);
}
/* inverse hyperbolic cotangent */
static double ew_acoth(double x) {
    return ew_sign(x)*log1p(2.0/(fabs(x) - 1.0))/2.0;
}
/* log(1 - exp(x)) without cancellation */
static double ew_log1mexp(double x) {
    return x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x));
}
/* log(cosh(x)) without overflow */
static double ew_logcosh(double x) {
    const double v1 = fabs(x);
    return v1 < 1.0 ? log1p(2.0*ew_square(sinh(x/2.0))) : v1 + log1p(exp(-2.0*v1)) - 0.6931471805599453;
}
/* log(x/(1 - x)), the inverse of sigmoid, without cancellation */
static double ew_logit(double x) {
    return fabs(x - 1.0/2.0) < 1.0/4.0 ? 2.0*atanh(2.0*x - 1.0) : log(x/(1.0 - x));
}
/* x·log(y), 0 where x is 0 */
static double ew_xlogy(double x, double y) {
    return x == 0.0 && y == y ? 0.0 : x*log(y);
}
/* x·log(1 + y), 0 where x is 0 */
static double ew_xlog1py(double x, double y) {
    return x == 0.0 && y == y ? 0.0 : x*log1p(y);
}
/* Lambert's W, the solution w >= -1 of w*exp(w) = x */
static double ew_lambertw(double x) {
    const double v1 = 2.331643981597124*sqrt(ew_max(x + 0.36787944117144233 - 1.2428753672788363e-17, 0.0));
    const double v2 = log1p(ew_max(x, 0.0));
    const double v3 = 2.71828182845904523536*x/(1.0 + 1.0/(1.0/ew_max(v1, 0.3) + 0.5819767068693265 - 0.7071067811865475));
    const double v4 = x > 1.0 ? v2*(1.0 - log1p(v2)/(2.0 + v2)) : v3;
    const double v5 = log(x/v4) - v4;
    const double v6 = 1.0 + v4;
    const double v7 = 2.0*v5;
    const double v8 = 2.0*v6*(v6 + v7/3.0);
    const double v9 = v4*(1.0 + v5/v6*(v8 - v5)/(v8 - v7));
    const double v10 = log(x/v9) - v9;
    const double v11 = 1.0 + v9;
    const double v12 = 2.0*v10;
    const double v13 = 2.0*v11*(v11 + v12/3.0);
    const double v14 = v1*(3.907668486743905e-05 + v1*(-2.63380647472311e-05 + v1*1.7790345805079586e-05));
    const double v15 = -0.00012957426685274883 + v1*(8.665035805208128e-05 + v1*(-5.811360750441382e-05 + v14));
    const double v16 = 0.0004424730618146209 + v1*(-0.00029267722472962746 + v1*(0.00019438727605453933 + v1*v15));
    const double v17 = -0.0015769303446867841 + v1*(0.0010262633205076071 + v1*(-0.0006720616311561362 + v1*v16));
    const double v18 = 0.006014543252956118 + v1*(-0.0038112980348919993 + v1*(0.0024408779911439826 + v1*v17));
    const double v19 = v1*(-221.0/8505.0 + v1*(0.01563563253233392 + v1*(-0.009616892024299432 + v1*v18)));
    const double v20 = 1.0 + v1*(-1.0/3.0 + v1*(11.0/72.0 + v1*(-43.0/540.0 + v1*(769.0/17280.0 + v19))));
    const double v21 = v1 < 0.3 ? v1*v20 - 1.0 : (x == 0.0 || x == INFINITY ? x : v9*(1.0 + v10/v11*(v13 - v10)/(v13 - v12)));
    return x >= -0.36787944117144233 ? v21 : sqrt(x + 0.36787944117144233);
}
/* Lambert's W on the branch -1, the solution w <= -1 of w*exp(w) = x */
static double ew_lambertwm1(double x) {
    const double v1 = 2.331643981597124*sqrt(ew_max(x + 0.36787944117144233 - 1.2428753672788363e-17, 0.0));
    const double v2 = -x;
    const double v3 = log(v2);
    const double v4 = -1.0 - v3;
    const double v5 = 5.950609937518595*(1.0 - 1.0/(1.0 + 0.3361*sqrt(v4/2.0)/(1.0 - 0.0042*v4*exp(-0.0201*sqrt(v4)))));
    const double v6 = v3 - v5;
    const double v7 = v3 - log(-v6) - v6;
    const double v8 = 1.0 + v6;
    const double v9 = 2.0*v7;
    const double v10 = 2.0*v8*(v8 + v9/3.0);
    const double v11 = v6*(1.0 + v7/v8*(v10 - v7)/(v10 - v9));
    const double v12 = v3 - log(-v11) - v11;
    const double v13 = 1.0 + v11;
    const double v14 = 2.0*v12;
    const double v15 = 2.0*v13*(v13 + v14/3.0);
    const double v16 = -v1;
    const double v17 = v16*(3.907668486743905e-05 + v16*(-2.63380647472311e-05 + v16*1.7790345805079586e-05));
    const double v18 = -0.00012957426685274883 + v16*(8.665035805208128e-05 + v16*(-5.811360750441382e-05 + v17));
    const double v19 = 0.0004424730618146209 + v16*(-0.00029267722472962746 + v16*(0.00019438727605453933 + v16*v18));
    const double v20 = -0.0015769303446867841 + v16*(0.0010262633205076071 + v16*(-0.0006720616311561362 + v16*v19));
    const double v21 = 0.006014543252956118 + v16*(-0.0038112980348919993 + v16*(0.0024408779911439826 + v16*v20));
    const double v22 = -221.0/8505.0 + v16*(0.01563563253233392 + v16*(-0.009616892024299432 + v16*v21));
    const double v23 = v16*(-1.0/3.0 + v16*(11.0/72.0 + v16*(-43.0/540.0 + v16*(769.0/17280.0 + v16*v22))));
    const double v24 = x < 0.0 ? v11*(1.0 + v12/v13*(v15 - v12)/(v15 - v14)) : (x == 0.0 ? -INFINITY : sqrt(v2));
    return x >= -0.36787944117144233 ? (v1 < 0.3 ? v16*(1.0 + v23) - 1.0 : v24) : sqrt(x + 0.36787944117144233);
}
/* complete elliptic integral of the first kind, of the parameter m */
static double ew_ellipk(double m) {
    const double v1 = sqrt(1.0 - m);
    const double v2 = 2.0*(v1 + 1.0);
    const double v3 = 1.0 + v1;
    const double v4 = 2.0 + v2/v3;
    const double v5 = 2.0*sqrt(v1)*1.0;
    const double v6 = 2.0*(2.0*v5 + v2);
    const double v7 = v3 + v5;
    const double v8 = v4 + v6/v7;
    const double v9 = 2.0*sqrt(v5)*sqrt(v3);
    const double v10 = 2.0*(v4*v9 + v6);
    const double v11 = v7 + v9;
    const double v12 = v8 + v10/v11;
    const double v13 = 2.0*sqrt(v9)*sqrt(v7);
    const double v14 = 2.0*(v8*v13 + v10);
    const double v15 = v11 + v13;
    const double v16 = v12 + v14/v15;
    const double v17 = 2.0*sqrt(v13)*sqrt(v11);
    const double v18 = 2.0*(v12*v17 + v14);
    const double v19 = v15 + v17;
    const double v20 = v16 + v18/v19;
    const double v21 = 2.0*sqrt(v17)*sqrt(v15);
    const double v22 = 2.0*(v16*v21 + v18);
    const double v23 = v19 + v21;
    const double v24 = v20 + v22/v23;
    const double v25 = 2.0*sqrt(v21)*sqrt(v19);
    const double v26 = 2.0*(v20*v25 + v22);
    const double v27 = v23 + v25;
    const double v28 = v24 + v26/v27;
    const double v29 = 2.0*sqrt(v25)*sqrt(v23);
    const double v30 = 2.0*(v24*v29 + v26);
    const double v31 = v27 + v29;
    const double v32 = v28 + v30/v31;
    const double v33 = 2.0*sqrt(v29)*sqrt(v27);
    const double v34 = 2.0*(v28*v33 + v30);
    const double v35 = v31 + v33;
    const double v36 = v32 + v34/v35;
    const double v37 = 2.0*sqrt(v33)*sqrt(v31);
    const double v38 = 2.0*(v32*v37 + v34);
    const double v39 = v35 + v37;
    const double v40 = v36 + v38/v39;
    const double v41 = 2.0*sqrt(v37)*sqrt(v35);
    const double v42 = 2.0*(v36*v41 + v38);
    const double v43 = v39 + v41;
    const double v44 = 2.0*sqrt(v41)*sqrt(v39);
    const double v45 = v43 + v44;
    const double v46 = m == -INFINITY ? 0.0 : 0.7853981633974483*(v40 + v42/v43 + 2.0*(v40*v44 + v42)/v45)/v45;
    return m == 1.0 ? INFINITY : v46;
}
/* complete elliptic integral of the second kind, of the parameter m */
static double ew_ellipe(double m) {
    const double v1 = sqrt(1.0 - m);
    const double v2 = ew_min(v1, 1.0/v1);
    const double v3 = v2*v2;
    const double v4 = 1.0 + v3;
    const double v5 = 2.0*(v2 + v3);
    const double v6 = 1.0 + v2;
    const double v7 = v4 + v5/v6;
    const double v8 = 2.0*sqrt(v2)*1.0;
    const double v9 = 2.0*(v4*v8 + v5);
    const double v10 = v6 + v8;
    const double v11 = v7 + v9/v10;
    const double v12 = 2.0*sqrt(v8)*sqrt(v6);
    const double v13 = 2.0*(v7*v12 + v9);
    const double v14 = v10 + v12;
    const double v15 = v11 + v13/v14;
    const double v16 = 2.0*sqrt(v12)*sqrt(v10);
    const double v17 = 2.0*(v11*v16 + v13);
    const double v18 = v14 + v16;
    const double v19 = v15 + v17/v18;
    const double v20 = 2.0*sqrt(v16)*sqrt(v14);
    const double v21 = 2.0*(v15*v20 + v17);
    const double v22 = v18 + v20;
    const double v23 = v19 + v21/v22;
    const double v24 = 2.0*sqrt(v20)*sqrt(v18);
    const double v25 = 2.0*(v19*v24 + v21);
    const double v26 = v22 + v24;
    const double v27 = v23 + v25/v26;
    const double v28 = 2.0*sqrt(v24)*sqrt(v22);
    const double v29 = 2.0*(v23*v28 + v25);
    const double v30 = v26 + v28;
    const double v31 = v27 + v29/v30;
    const double v32 = 2.0*sqrt(v28)*sqrt(v26);
    const double v33 = 2.0*(v27*v32 + v29);
    const double v34 = v30 + v32;
    const double v35 = v31 + v33/v34;
    const double v36 = 2.0*sqrt(v32)*sqrt(v30);
    const double v37 = 2.0*(v31*v36 + v33);
    const double v38 = v34 + v36;
    const double v39 = v35 + v37/v38;
    const double v40 = 2.0*sqrt(v36)*sqrt(v34);
    const double v41 = 2.0*(v35*v40 + v37);
    const double v42 = v38 + v40;
    const double v43 = v39 + v41/v42;
    const double v44 = 2.0*sqrt(v40)*sqrt(v38);
    const double v45 = 2.0*(v39*v44 + v41);
    const double v46 = v42 + v44;
    const double v47 = 2.0*sqrt(v44)*sqrt(v42);
    const double v48 = v46 + v47;
    const double v49 = ew_max(v1, 1.0)*(0.7853981633974483*(v43 + v45/v46 + 2.0*(v43*v47 + v45)/v48)/v48);
    return m == 1.0 ? 1.0 : (m == -INFINITY ? INFINITY : v49);
}
/* (ellipk(m) - ellipe(m))/m without cancellation */
static double ew_ellipd(double m) {
    const double v1 = sqrt(1.0 - m);
    const double v2 = 1.0 + v1;
    const double v3 = 1.0 + 2.0/v2;
    const double v4 = 2.0*sqrt(v1)*1.0;
    const double v5 = 2.0*(v4 + 2.0);
    const double v6 = v2 + v4;
    const double v7 = v3 + v5/v6;
    const double v8 = 2.0*sqrt(v4)*sqrt(v2);
    const double v9 = 2.0*(v3*v8 + v5);
    const double v10 = v6 + v8;
    const double v11 = v7 + v9/v10;
    const double v12 = 2.0*sqrt(v8)*sqrt(v6);
    const double v13 = 2.0*(v7*v12 + v9);
    const double v14 = v10 + v12;
    const double v15 = v11 + v13/v14;
    const double v16 = 2.0*sqrt(v12)*sqrt(v10);
    const double v17 = 2.0*(v11*v16 + v13);
    const double v18 = v14 + v16;
    const double v19 = v15 + v17/v18;
    const double v20 = 2.0*sqrt(v16)*sqrt(v14);
    const double v21 = 2.0*(v15*v20 + v17);
    const double v22 = v18 + v20;
    const double v23 = v19 + v21/v22;
    const double v24 = 2.0*sqrt(v20)*sqrt(v18);
    const double v25 = 2.0*(v19*v24 + v21);
    const double v26 = v22 + v24;
    const double v27 = v23 + v25/v26;
    const double v28 = 2.0*sqrt(v24)*sqrt(v22);
    const double v29 = 2.0*(v23*v28 + v25);
    const double v30 = v26 + v28;
    const double v31 = v27 + v29/v30;
    const double v32 = 2.0*sqrt(v28)*sqrt(v26);
    const double v33 = 2.0*(v27*v32 + v29);
    const double v34 = v30 + v32;
    const double v35 = v31 + v33/v34;
    const double v36 = 2.0*sqrt(v32)*sqrt(v30);
    const double v37 = 2.0*(v31*v36 + v33);
    const double v38 = v34 + v36;
    const double v39 = v35 + v37/v38;
    const double v40 = 2.0*sqrt(v36)*sqrt(v34);
    const double v41 = 2.0*(v35*v40 + v37);
    const double v42 = v38 + v40;
    const double v43 = 2.0*sqrt(v40)*sqrt(v38);
    const double v44 = v42 + v43;
    const double v45 = m == -INFINITY ? 0.0 : 0.7853981633974483*(v39 + v41/v42 + 2.0*(v39*v43 + v41)/v44)/v44;
    return m == 1.0 ? INFINITY : v45;
}
/* Hurwitz's zeta function, the sum of (q + k)**(-s) over k >= 0 */
static double ew_hurwitz_zeta(double s, double q) {
    const double v1 = q + 9.0;
    const double v2 = ew_min(s, 1000000000000.0);
    const double v3 = -s;
    const double v4 = pow(q + 8.0, v3) + pow(q + 7.0, v3) + pow(q + 6.0, v3) + pow(q + 5.0, v3) + pow(q + 4.0, v3);
    const double v5 = s - 1.0;
    const double v6 = (v2 + 15.0)/v1*((v2 + 16.0)/v1)*(8.586062056277845e-15 + (v2 + 17.0)/v1*((v2 + 18.0)/v1)*-2.174868698558062e-16);
    const double v7 = 1.3382536530684679e-11 + (v2 + 13.0)/v1*((v2 + 14.0)/v1)*(-3.3896802963225827e-13 + v6);
    const double v8 = (v2 + 9.0)/v1*((v2 + 10.0)/v1)*(-5.284190138687493e-10 + (v2 + 11.0)/v1*((v2 + 12.0)/v1)*v7);
    const double v9 = -8.267195767195768e-07 + (v2 + 7.0)/v1*((v2 + 8.0)/v1)*(2.08767569878681e-08 + v8);
    const double v10 = (v2 + 3.0)/v1*((v2 + 4.0)/v1)*(3.306878306878307e-05 + (v2 + 5.0)/v1*((v2 + 6.0)/v1)*v9);
    const double v11 = 0.08333333333333333 + (v2 + 1.0)/v1*((v2 + 2.0)/v1)*(-0.001388888888888889 + v10);
    const double v12 = v4 + pow(q + 3.0, v3) + pow(q + 2.0, v3) + pow(q + 1.0, v3) + pow(q, v3) + pow(v1, v3)*(v1/v5 + 1.0/2.0 + v2/v1*v11);
    const double v13 = s > 1.0 ? (q == INFINITY ? 0.0 : (q < INFINITY ? v12 : q)) : (s == 1.0 ? INFINITY : sqrt(v5));
    return q < 0.0 ? sqrt(q) : v13;
}
/* exp(x**2)*erfc(x) without overflow */
static double ew_erfcx(double x) {
    const double v1 = ew_min(ew_max(x, -30.0), 4.0);
    const double v2 = floor(16.0*v1)/16.0;
    const double v3 = ew_max(x, 4.0);
    const double v4 = v3 + 17.0/2.0/(v3 + 9.0/(v3 + 19.0/2.0/(v3 + 10.0/(v3 + 21.0/2.0/(v3 + 11.0/v3)))));
    const double v5 = v3 + 11.0/2.0/(v3 + 6.0/(v3 + 13.0/2.0/(v3 + 7.0/(v3 + 15.0/2.0/(v3 + 8.0/v4)))));
    const double v6 = 2.0/(v3 + 5.0/2.0/(v3 + 3.0/(v3 + 7.0/2.0/(v3 + 4.0/(v3 + 9.0/2.0/(v3 + 5.0/v5))))));
    return x < 4.0 ? exp(v2*v2)*exp((v1 - v2)*(v1 + v2))*erfc(v1) : 0.5641895835477563/(v3 + 1.0/2.0/(v3 + 1.0/(v3 + 3.0/2.0/(v3 + v6))));
}
/* logarithm of the standard normal distribution function */
static double ew_log_ndtr(double x) {
    const double v1 = ew_min(ew_max(x, 0.0), 40.0);
    const double v2 = floor(16.0*v1)/16.0;
    const double v3 = ew_erfcx(fabs(x)/1.4142135623730951);
    return x > 1.0 ? log1p(-(exp(-v2*v2/2.0)*exp(-(v1 - v2)*(v1 + v2)/2.0)*v3/2.0)) : (x > -1.0 ? log1p(-erfc(x/1.4142135623730951)/2.0) : log(v3/2.0) - x*x/2.0);
}
/* a whole power by squaring, from the lowest bit of the exponent */
static double ew_powi(double base, uint32_t left) {
    double power = 1.0;
    for (;; base *= base) {
        if (left & 1) power *= base;
        if (!(left >>= 1)) return power;
    }
}
static void ew_interpret(const int32_t *row, double *x) {
    void (*callback)(double *, double *, int64_t);
    double (*function)(double, int);
    for (;; row += 5) switch (row[0]) {
    case 0: return; /* end */
    case 1: x[row[1]] = x[row[2]]; break; /* copy */
    case 2: x[row[1]] = ew_powi(x[row[2]], row[3]); break; /* powi */
    case 3: memcpy(&callback, x + row[2], sizeof callback); callback(x + row[3], x + row[1], 1); break; /* call */
    case 4: x[row[1]] = x[row[2]]*x[row[2]]; break; /* square */
    case 5: memcpy(&function, x + row[3], sizeof function); x[row[1]] = function(x[row[2]], 0); break; /* pointer */
    case 6: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = a + b; break; } /* add */
    case 7: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = a - b; break; } /* sub */
    case 8: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = a*b; break; } /* mul */
    case 9: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = a/b; break; } /* div */
    case 10: { const double a = x[row[2]]; x[row[1]] = -a; break; } /* neg */
    case 11: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = pow(a, b); break; } /* pow */
    case 12: { const double a = x[row[2]]; x[row[1]] = sqrt(a); break; } /* sqrt */
    case 13: { const double a = x[row[2]]; x[row[1]] = cbrt(a); break; } /* cbrt */
    case 14: { const double a = x[row[2]]; x[row[1]] = exp(a); break; } /* exp */
    case 15: { const double a = x[row[2]]; x[row[1]] = expm1(a); break; } /* expm1 */
    case 16: { const double a = x[row[2]]; x[row[1]] = exp2(a); break; } /* exp2 */
    case 17: { const double a = x[row[2]]; x[row[1]] = log(a); break; } /* log */
    case 18: { const double a = x[row[2]]; x[row[1]] = log1p(a); break; } /* log1p */
    case 19: { const double a = x[row[2]]; x[row[1]] = log2(a); break; } /* log2 */
    case 20: { const double a = x[row[2]]; x[row[1]] = log10(a); break; } /* log10 */
    case 21: { const double a = x[row[2]]; x[row[1]] = sin(a); break; } /* sin */
    case 22: { const double a = x[row[2]]; x[row[1]] = cos(a); break; } /* cos */
    case 23: { const double a = x[row[2]]; x[row[1]] = tan(a); break; } /* tan */
    case 24: { const double a = x[row[2]]; x[row[1]] = asin(a); break; } /* asin */
    case 25: { const double a = x[row[2]]; x[row[1]] = acos(a); break; } /* acos */
    case 26: { const double a = x[row[2]]; x[row[1]] = atan(a); break; } /* atan */
    case 27: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = atan2(a, b); break; } /* atan2 */
    case 28: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = hypot(a, b); break; } /* hypot */
    case 29: { const double a = x[row[2]]; x[row[1]] = ew_sinc(a); break; } /* sinc */
    case 30: { const double a = x[row[2]]; x[row[1]] = sinh(a); break; } /* sinh */
    case 31: { const double a = x[row[2]]; x[row[1]] = cosh(a); break; } /* cosh */
    case 32: { const double a = x[row[2]]; x[row[1]] = tanh(a); break; } /* tanh */
    case 33: { const double a = x[row[2]]; x[row[1]] = asinh(a); break; } /* asinh */
    case 34: { const double a = x[row[2]]; x[row[1]] = acosh(a); break; } /* acosh */
    case 35: { const double a = x[row[2]]; x[row[1]] = atanh(a); break; } /* atanh */
    case 36: { const double a = x[row[2]]; x[row[1]] = fabs(a); break; } /* abs */
    case 37: { const double a = x[row[2]]; x[row[1]] = ew_sign(a); break; } /* sign */
    case 38: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_min(a, b); break; } /* min */
    case 39: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_max(a, b); break; } /* max */
    case 40: { const double a = x[row[2]], b = x[row[3]], c = x[row[4]]; x[row[1]] = ew_clip(a, b, c); break; } /* clip */
    case 41: { const double a = x[row[2]]; x[row[1]] = ew_relu(a); break; } /* relu */
    case 42: { const double a = x[row[2]]; x[row[1]] = ew_heaviside(a); break; } /* heaviside */
    case 43: { const double a = x[row[2]]; x[row[1]] = floor(a); break; } /* floor */
    case 44: { const double a = x[row[2]]; x[row[1]] = ceil(a); break; } /* ceil */
    case 45: { const double a = x[row[2]]; x[row[1]] = rint(a); break; } /* round */
    case 46: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_mod(a, b); break; } /* mod */
    case 47: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a < b); break; } /* lt */
    case 48: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a <= b); break; } /* le */
    case 49: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a > b); break; } /* gt */
    case 50: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a >= b); break; } /* ge */
    case 51: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a == b); break; } /* eq */
    case 52: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a != b); break; } /* ne */
    case 53: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a != 0.0 && b != 0.0); break; } /* and */
    case 54: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = (double)(a != 0.0 || b != 0.0); break; } /* or */
    case 55: { const double a = x[row[2]]; x[row[1]] = (double)(a == 0.0); break; } /* not */
    case 56: { const double a = x[row[2]], b = x[row[3]], c = x[row[4]]; x[row[1]] = a != 0.0 ? b : c; break; } /* where */
    case 57: { const double a = x[row[2]]; x[row[1]] = erf(a); break; } /* erf */
    case 58: { const double a = x[row[2]]; x[row[1]] = erfc(a); break; } /* erfc */
    case 59: { const double a = x[row[2]]; x[row[1]] = lgamma(a); break; } /* lgamma */
    case 60: { const double a = x[row[2]]; x[row[1]] = ew_sigmoid(a); break; } /* sigmoid */
    case 61: { const double a = x[row[2]]; x[row[1]] = ew_softplus(a); break; } /* softplus */
    case 62: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_logaddexp(a, b); break; } /* logaddexp */
    case 63: { const double a = x[row[2]]; x[row[1]] = ew_sech(a); break; } /* sech */
    case 64: { const double a = x[row[2]]; x[row[1]] = ew_csch(a); break; } /* csch */
    case 65: { const double a = x[row[2]]; x[row[1]] = ew_coth(a); break; } /* coth */
    case 66: { const double a = x[row[2]]; x[row[1]] = ew_asech(a); break; } /* asech */
    case 67: { const double a = x[row[2]]; x[row[1]] = ew_acsch(a); break; } /* acsch */
    case 68: { const double a = x[row[2]]; x[row[1]] = ew_acoth(a); break; } /* acoth */
    case 69: { const double a = x[row[2]]; x[row[1]] = ew_log1mexp(a); break; } /* log1mexp */
    case 70: { const double a = x[row[2]]; x[row[1]] = ew_logcosh(a); break; } /* logcosh */
    case 71: { const double a = x[row[2]]; x[row[1]] = ew_logit(a); break; } /* logit */
    case 72: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_xlogy(a, b); break; } /* xlogy */
    case 73: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_xlog1py(a, b); break; } /* xlog1py */
    case 74: { const double a = x[row[2]]; x[row[1]] = ew_lambertw(a); break; } /* lambertw */
    case 75: { const double a = x[row[2]]; x[row[1]] = ew_lambertwm1(a); break; } /* lambertwm1 */
    case 76: { const double a = x[row[2]]; x[row[1]] = ew_ellipk(a); break; } /* ellipk */
    case 77: { const double a = x[row[2]]; x[row[1]] = ew_ellipe(a); break; } /* ellipe */
    case 78: { const double a = x[row[2]]; x[row[1]] = ew_ellipd(a); break; } /* ellipd */
    case 79: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_hurwitz_zeta(a, b); break; } /* hurwitz_zeta */
    case 80: { const double a = x[row[2]]; x[row[1]] = ew_erfcx(a); break; } /* erfcx */
    case 81: { const double a = x[row[2]]; x[row[1]] = ew_log_ndtr(a); break; } /* log_ndtr */
    default: return;
    }
}
static size_t ew_interpreter(void) { return (size_t)&ew_interpret; }
    """
    unsigned int EW_ROWS_MARK
    size_t ew_interpreter()
