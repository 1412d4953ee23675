# python docs/make_pages.py writes what stands in this file, by `interpreter_source.py`.
cdef extern from *:
    """
#include <math.h>
#include <stdint.h>
#include <string.h>

#define EW_ROWS_MARK 4254236114u

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
/* logarithmic derivative of gamma */
static double ew_digamma(double x) {
    const double v1 = fabs(x);
    const double v2 = floor(v1);
    const double v3 = v1 - v2 - 1.0/2.0;
    const double v4 = v3*(-5.76048865255672e-05 + v3*(0.00012241591000024265 + v3*-8.401289563760489e-05));
    const double v5 = 0.00032689316473621455 + v3*(-0.00022008418201681154 + v3*(9.158816882117e-05 + v4));
    const double v6 = -0.0010424375640517788 + v3*(0.0006899428514219089 + v3*(-0.00045917430083105225 + v3*v5));
    const double v7 = 0.0035180792717028125 + v3*(-0.0023446244638506528 + v3*(0.0015635739915515125 + v3*v6));
    const double v8 = -0.011908215022954471 + v3*(0.007927024136843637 + v3*(-0.005280020264450306 + v3*v7));
    const double v9 = 0.040760833944741226 + v3*(-0.026975796849870903 + v3*(0.01790724819228875 + v3*v8));
    const double v10 = -0.14840492305391872 + v3*(0.09498872445282817 + v3*(-0.06192213327154086 + v3*v9));
    const double v11 = 0.9510558760318328 + v3*(-0.42362742128146047 + v3*(0.24054248424078736 + v3*v10));
    const double v12 = (v1 >= 2.0 ? 1.0/(v1 - 1.0) : 0.0) + (v1 >= 3.0 ? 1.0/(v1 - 2.0) : 0.0) + (v1 >= 4.0 ? 1.0/(v1 - 3.0) : 0.0);
    const double v13 = v12 + (v1 >= 5.0 ? 1.0/(v1 - 4.0) : 0.0) + (v1 >= 6.0 ? 1.0/(v1 - 5.0) : 0.0) + (v1 >= 7.0 ? 1.0/(v1 - 6.0) : 0.0);
    const double v14 = (v3 + 0.038367855031637754 - 9.549995429965697e-17)*v11 + (v13 + (v1 >= 8.0 ? 1.0/(v1 - 7.0) : 0.0) + (v1 >= 9.0 ? 1.0/(v1 - 8.0) : 0.0));
    const double v15 = 1.0/v1;
    const double v16 = ew_max(v1, 10.0);
    const double v17 = 1.0/(v16*v16);
    const double v18 = -1.0/240.0 + v17*(1.0/132.0 + v17*(-691.0/32760.0 + v17*(1.0/12.0 + v17*(-3617.0/8160.0))));
    const double v19 = log(v16) - 0.5/v16 - v17*(1.0/12.0 + v17*(-1.0/120.0 + v17*(1.0/252.0 + v17*v18)));
    const double v20 = v1 < 10.0 ? v14 - (v1 < 1.0 ? v15 : 0.0) : v19;
    const double v21 = x - floor(x + 1.0/2.0);
    const double v22 = fabs(v21) <= 1.0/4.0 ? 1.0/tan(3.14159265358979323846*v21) : tan(3.14159265358979323846*((v21 > 0.0 ? 1.0/2.0 : -1.0/2.0) - v21));
    const double v23 = x - x;
    return v1 < 1e-16 ? -1.0/x : (x > 0.0 ? v20 : (v1 == v2 ? v23/v23 : v20 + v15 - 3.14159265358979323846*v22));
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
/* (exp(x) - 1)/x, 1 at 0 */
static double ew_exprel(double x) {
    const double v1 = ew_max(x, 700.0);
    const double v2 = exp(v1/2.0);
    return x == 0.0 ? 1.0 : (x < 700.0 ? expm1(x)/x : (x == INFINITY ? x : v2/v1*v2));
}
/* Lambert's W, the solution w >= -1 of w*exp(w) = x */
static double ew_lambertw(double x) {
    const double v1 = 2.331643981597124*sqrt(ew_max(ew_max(x + 0.36787944117144233, 0.0) - 1.2428753672788363e-17, 0.0));
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
    const double v1 = 2.331643981597124*sqrt(ew_max(ew_max(x + 0.36787944117144233, 0.0) - 1.2428753672788363e-17, 0.0));
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
/* incomplete elliptic integral of the first kind, of the angle phi and the parameter m */
static double ew_ellipkinc(double phi, double m) {
    const double v1 = rint(phi/3.14159265358979323846);
    const double v2 = phi - v1*3.141592653589793 - v1*1.2246467991473532e-16;
    const double v3 = sin(v2);
    const double v4 = fabs(cos(v2));
    const double v5 = v4*v4;
    const double v6 = v5 + (1.0 - m)*v3*v3;
    const double v7 = sqrt(v6);
    const double v8 = v4*v7 + v7 + v4;
    const double v9 = (v5 + v8)/4.0;
    const double v10 = sqrt(v9);
    const double v11 = (v6 + v8)/4.0;
    const double v12 = sqrt(v11);
    const double v13 = (1.0 + v8)/4.0;
    const double v14 = sqrt(v13);
    const double v15 = v10*v12 + v12*v14 + v14*v10;
    const double v16 = (v9 + v15)/4.0;
    const double v17 = sqrt(v16);
    const double v18 = (v11 + v15)/4.0;
    const double v19 = sqrt(v18);
    const double v20 = (v13 + v15)/4.0;
    const double v21 = sqrt(v20);
    const double v22 = v17*v19 + v19*v21 + v21*v17;
    const double v23 = (v16 + v22)/4.0;
    const double v24 = sqrt(v23);
    const double v25 = (v18 + v22)/4.0;
    const double v26 = sqrt(v25);
    const double v27 = (v20 + v22)/4.0;
    const double v28 = sqrt(v27);
    const double v29 = v24*v26 + v26*v28 + v28*v24;
    const double v30 = (v23 + v29)/4.0;
    const double v31 = sqrt(v30);
    const double v32 = (v25 + v29)/4.0;
    const double v33 = sqrt(v32);
    const double v34 = (v27 + v29)/4.0;
    const double v35 = sqrt(v34);
    const double v36 = v31*v33 + v33*v35 + v35*v31;
    const double v37 = (v30 + v36)/4.0;
    const double v38 = sqrt(v37);
    const double v39 = (v32 + v36)/4.0;
    const double v40 = sqrt(v39);
    const double v41 = (v34 + v36)/4.0;
    const double v42 = sqrt(v41);
    const double v43 = v38*v40 + v40*v42 + v42*v38;
    const double v44 = (v37 + v43)/4.0;
    const double v45 = sqrt(v44);
    const double v46 = (v39 + v43)/4.0;
    const double v47 = sqrt(v46);
    const double v48 = (v41 + v43)/4.0;
    const double v49 = sqrt(v48);
    const double v50 = v45*v47 + v47*v49 + v49*v45;
    const double v51 = (v44 + v50)/4.0;
    const double v52 = sqrt(v51);
    const double v53 = (v46 + v50)/4.0;
    const double v54 = sqrt(v53);
    const double v55 = (v48 + v50)/4.0;
    const double v56 = sqrt(v55);
    const double v57 = v52*v54 + v54*v56 + v56*v52;
    const double v58 = (v51 + v57)/4.0;
    const double v59 = sqrt(v58);
    const double v60 = (v53 + v57)/4.0;
    const double v61 = sqrt(v60);
    const double v62 = (v55 + v57)/4.0;
    const double v63 = sqrt(v62);
    const double v64 = v59*v61 + v61*v63 + v63*v59;
    const double v65 = (v58 + v64)/4.0;
    const double v66 = sqrt(v65);
    const double v67 = (v60 + v64)/4.0;
    const double v68 = sqrt(v67);
    const double v69 = (v62 + v64)/4.0;
    const double v70 = sqrt(v69);
    const double v71 = v66*v68 + v68*v70 + v70*v66;
    const double v72 = (v65 + v71)/4.0;
    const double v73 = sqrt(v72);
    const double v74 = (v67 + v71)/4.0;
    const double v75 = sqrt(v74);
    const double v76 = (v69 + v71)/4.0;
    const double v77 = sqrt(v76);
    const double v78 = v73*v75 + v75*v77 + v77*v73;
    const double v79 = (v72 + v78)/4.0;
    const double v80 = sqrt(v79);
    const double v81 = (v74 + v78)/4.0;
    const double v82 = sqrt(v81);
    const double v83 = (v76 + v78)/4.0;
    const double v84 = sqrt(v83);
    const double v85 = v80*v82 + v82*v84 + v84*v80;
    const double v86 = (v79 + v85)/4.0;
    const double v87 = (v81 + v85)/4.0;
    const double v88 = (v86 + v87 + (v83 + v85)/4.0)/3.0;
    const double v89 = 1.0 - v86/v88;
    const double v90 = 1.0 - v87/v88;
    const double v91 = v89 + v90;
    const double v92 = v89*v90 - v91*v91;
    const double v93 = -v89*v90*v91;
    const double v94 = v3/sqrt(v88)*(1.0 - v92/10.0 + v93/14.0 + v92*v92/24.0 - 3.0*v92*v93/44.0);
    return v1 == 0.0 ? v94 : v94 + 2.0*v1*ew_ellipk(m);
}
/* incomplete elliptic integral of the second kind, of the angle phi and the parameter m */
static double ew_ellipeinc(double phi, double m) {
    const double v1 = rint(phi/3.14159265358979323846);
    const double v2 = phi - v1*3.141592653589793 - v1*1.2246467991473532e-16;
    const double v3 = sin(v2);
    const double v4 = fabs(cos(v2));
    const double v5 = v4*v4;
    const double v6 = v5 + (1.0 - m)*v3*v3;
    const double v7 = sqrt(v6);
    const double v8 = v4*v7 + v7 + v4;
    const double v9 = (v5 + v8)/4.0;
    const double v10 = sqrt(v9);
    const double v11 = (v6 + v8)/4.0;
    const double v12 = sqrt(v11);
    const double v13 = 1.0 + v8;
    const double v14 = v13/4.0;
    const double v15 = sqrt(v14);
    const double v16 = v10*v12 + v12*v15 + v15*v10;
    const double v17 = (v9 + v16)/4.0;
    const double v18 = sqrt(v17);
    const double v19 = (v11 + v16)/4.0;
    const double v20 = sqrt(v19);
    const double v21 = v14 + v16;
    const double v22 = v21/4.0;
    const double v23 = sqrt(v22);
    const double v24 = v18*v20 + v20*v23 + v23*v18;
    const double v25 = (v17 + v24)/4.0;
    const double v26 = sqrt(v25);
    const double v27 = (v19 + v24)/4.0;
    const double v28 = sqrt(v27);
    const double v29 = v22 + v24;
    const double v30 = v29/4.0;
    const double v31 = sqrt(v30);
    const double v32 = v26*v28 + v28*v31 + v31*v26;
    const double v33 = (v25 + v32)/4.0;
    const double v34 = sqrt(v33);
    const double v35 = (v27 + v32)/4.0;
    const double v36 = sqrt(v35);
    const double v37 = v30 + v32;
    const double v38 = v37/4.0;
    const double v39 = sqrt(v38);
    const double v40 = v34*v36 + v36*v39 + v39*v34;
    const double v41 = (v33 + v40)/4.0;
    const double v42 = sqrt(v41);
    const double v43 = (v35 + v40)/4.0;
    const double v44 = sqrt(v43);
    const double v45 = v38 + v40;
    const double v46 = v45/4.0;
    const double v47 = sqrt(v46);
    const double v48 = v42*v44 + v44*v47 + v47*v42;
    const double v49 = (v41 + v48)/4.0;
    const double v50 = sqrt(v49);
    const double v51 = (v43 + v48)/4.0;
    const double v52 = sqrt(v51);
    const double v53 = v46 + v48;
    const double v54 = v53/4.0;
    const double v55 = sqrt(v54);
    const double v56 = v50*v52 + v52*v55 + v55*v50;
    const double v57 = (v49 + v56)/4.0;
    const double v58 = sqrt(v57);
    const double v59 = (v51 + v56)/4.0;
    const double v60 = sqrt(v59);
    const double v61 = v54 + v56;
    const double v62 = v61/4.0;
    const double v63 = sqrt(v62);
    const double v64 = v58*v60 + v60*v63 + v63*v58;
    const double v65 = (v57 + v64)/4.0;
    const double v66 = sqrt(v65);
    const double v67 = (v59 + v64)/4.0;
    const double v68 = sqrt(v67);
    const double v69 = v62 + v64;
    const double v70 = v69/4.0;
    const double v71 = sqrt(v70);
    const double v72 = v66*v68 + v68*v71 + v71*v66;
    const double v73 = (v65 + v72)/4.0;
    const double v74 = sqrt(v73);
    const double v75 = (v67 + v72)/4.0;
    const double v76 = sqrt(v75);
    const double v77 = v70 + v72;
    const double v78 = v77/4.0;
    const double v79 = sqrt(v78);
    const double v80 = v74*v76 + v76*v79 + v79*v74;
    const double v81 = (v73 + v80)/4.0;
    const double v82 = sqrt(v81);
    const double v83 = (v75 + v80)/4.0;
    const double v84 = sqrt(v83);
    const double v85 = v78 + v80;
    const double v86 = v85/4.0;
    const double v87 = sqrt(v86);
    const double v88 = v82*v84 + v84*v87 + v87*v82;
    const double v89 = (v81 + v88)/4.0;
    const double v90 = sqrt(v89);
    const double v91 = (v83 + v88)/4.0;
    const double v92 = sqrt(v91);
    const double v93 = v86 + v88;
    const double v94 = v93/4.0;
    const double v95 = sqrt(v94);
    const double v96 = v90*v92 + v92*v95 + v95*v90;
    const double v97 = (v89 + v96)/4.0;
    const double v98 = (v91 + v96)/4.0;
    const double v99 = v94 + v96;
    const double v100 = v99/4.0;
    const double v101 = v97 + v98;
    const double v102 = (v101 + v100)/3.0;
    const double v103 = 1.0 - v97/v102;
    const double v104 = 1.0 - v98/v102;
    const double v105 = v103 + v104;
    const double v106 = v103*v104 - v105*v105;
    const double v107 = -v103*v104*v105;
    const double v108 = v3/sqrt(v102)*(1.0 - v106/10.0 + v107/14.0 + v106*v106/24.0 - 3.0*v106*v107/44.0);
    const double v109 = (v101 + 3.0*v100)/5.0;
    const double v110 = 1.0 - v97/v109;
    const double v111 = 1.0 - v98/v109;
    const double v112 = -(v110 + v111)/3.0;
    const double v113 = v110*v111;
    const double v114 = v113 - 6.0*v112*v112;
    const double v115 = (3.0*v113 - 8.0*v112*v112)*v112;
    const double v116 = 2.384185791015625e-07/(v95*v99) + 9.5367431640625e-07/(v87*v93) + 3.814697265625e-06/(v79*v85);
    const double v117 = v116 + 1.52587890625e-05/(v71*v77) + 6.103515625e-05/(v63*v69) + 0.000244140625/(v55*v61);
    const double v118 = v117 + 0.0009765625/(v47*v53) + 0.00390625/(v39*v45) + 0.015625/(v31*v37) + 0.0625/(v23*v29);
    const double v119 = 9.0*v114;
    const double v120 = 1.0 - 3.0*v114/14.0 + v115/6.0 + v119*v114/88.0 - 9.0*(v113 - v112*v112)*v112*v112/22.0;
    const double v121 = 3.0*(v118 + 0.25/(v15*v21) + 1.0/v13) + 5.960464477539063e-08/(v109*sqrt(v109))*(v120 - v119*v115/52.0);
    const double v122 = v108 - m*v3*v3*v3/3.0*v121;
    return v1 == 0.0 ? v122 : v122 + 2.0*v1*ew_ellipe(m);
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
/* sine integral Si, the integral of sin(t)/t from 0 */
static double ew_sinint(double x) {
    const double v1 = fabs(x);
    const double v2 = ew_max(v1, 3.0);
    const double v3 = v2 < INFINITY ? v2 : 0.0;
    const double v4 = 9.0/(v2*v2);
    const double v5 = 28981490.95779957 + v4*(6348379.620934654 + v4*(457800.2164235604 + v4*4735.395927005554));
    const double v6 = v4*(28811986.657844804 + v4*(55769615.043562986 + v4*(57228371.26729353 + v4*v5)));
    const double v7 = 5337.392559897625 + v4*(114277.11786337808 + v4*(1301199.7046497867 + v4*(8195330.446190177 + v6)));
    const double v8 = 36471570.43276905 + v4*(9286648.234443562 + v4*(892758.1213536455 + v4*20177.93640720169));
    const double v9 = 8460273.807210146 + v4*(30386897.01631562 + v4*(60854312.43047758 + v4*(65931938.14174125 + v4*v8)));
    const double v10 = v4*(5363.885994757067 + v4*(115434.36054165674 + v4*(1325375.4052854255 + v4*v9)));
    const double v11 = 352362060.0212644 + v4*(66478427.54070182 + v4*(3919280.707248147 + v4*20661.807542188002));
    const double v12 = v4*(540590812.1257802 + v4*(897416456.6118623 + v4*(799178436.9131513 + v4*v11)));
    const double v13 = v4*(3998371.7315950696 + v4*(35571691.222480565 + v4*(182883650.00986233 + v12)));
    const double v14 = 1.0 + v4*(154.13446111711357 + v4*(8938.661303734274 + v4*(255962.65273856497 + v13)));
    const double v15 = 636065139.4002953 + v4*(165284515.4511855 + v4*(17339987.390180092 + v4*487572.3988712171));
    const double v16 = v4*(638775854.8335276 + v4*(1159631808.324011 + v4*(1179579537.9098763 + v4*v15)));
    const double v17 = 261767.15169742054 + v4*(4160504.931037374 + v4*(38012173.53694986 + v4*(203464053.27223986 + v16)));
    const double v18 = ew_min(x*x, 9.0);
    const double v19 = -1.6818131176655147e-24 + v18*(2.5787801137537893e-27 + v18*-3.401366616220572e-30);
    const double v20 = 1.6537983849091297e-16 + v18*(-4.326650129802279e-19 + v18*(9.32044812542441e-22 + v18*v19));
    const double v21 = -2.27746439867652e-09 + v18*(1.2353110643708935e-11 + v18*(-5.0981091545465446e-14 + v18*v20));
    const double v22 = 0.0016666666666666668 + v18*(-2.834467120181406e-05 + v18*(3.0619243582206544e-07 + v18*v21));
    const double v23 = (1.0 + v4*(120.33156797859604 + v4*v7))/(1.0 + v4*(120.55379020081826 + v10))*cos(v3);
    const double v24 = v23 + v14/(1.0 + v4*(154.80112778378023 + v4*(9040.380574108647 + v4*v17)))/v2*sin(v3);
    return v1 < 3.0 ? x*(1.0 + v18*(-0.05555555555555555 + v18*v22)) : ew_sign(x)*(1.5707963267948966 - v24/v2);
}
/* cosine integral Ci, the integral of cos(t)/t from infinity */
static double ew_cosint(double x) {
    const double v1 = ew_max(fabs(x), 3.0);
    const double v2 = v1 < INFINITY ? v1 : 0.0;
    const double v3 = 9.0/(v1*v1);
    const double v4 = 28981490.95779957 + v3*(6348379.620934654 + v3*(457800.2164235604 + v3*4735.395927005554));
    const double v5 = v3*(28811986.657844804 + v3*(55769615.043562986 + v3*(57228371.26729353 + v3*v4)));
    const double v6 = 5337.392559897625 + v3*(114277.11786337808 + v3*(1301199.7046497867 + v3*(8195330.446190177 + v5)));
    const double v7 = 36471570.43276905 + v3*(9286648.234443562 + v3*(892758.1213536455 + v3*20177.93640720169));
    const double v8 = 8460273.807210146 + v3*(30386897.01631562 + v3*(60854312.43047758 + v3*(65931938.14174125 + v3*v7)));
    const double v9 = v3*(5363.885994757067 + v3*(115434.36054165674 + v3*(1325375.4052854255 + v3*v8)));
    const double v10 = 352362060.0212644 + v3*(66478427.54070182 + v3*(3919280.707248147 + v3*20661.807542188002));
    const double v11 = v3*(540590812.1257802 + v3*(897416456.6118623 + v3*(799178436.9131513 + v3*v10)));
    const double v12 = v3*(3998371.7315950696 + v3*(35571691.222480565 + v3*(182883650.00986233 + v11)));
    const double v13 = 1.0 + v3*(154.13446111711357 + v3*(8938.661303734274 + v3*(255962.65273856497 + v12)));
    const double v14 = 636065139.4002953 + v3*(165284515.4511855 + v3*(17339987.390180092 + v3*487572.3988712171));
    const double v15 = v3*(638775854.8335276 + v3*(1159631808.324011 + v3*(1179579537.9098763 + v3*v14)));
    const double v16 = 261767.15169742054 + v3*(4160504.931037374 + v3*(38012173.53694986 + v3*(203464053.27223986 + v15)));
    const double v17 = ew_min(x*x, 9.0);
    const double v18 = -6.715573212900493e-26 + v17*(9.53690870471076e-29 + v17*-1.1713890132392279e-31);
    const double v19 = 8.677337204770125e-18 + v17*(-2.0551588116560825e-20 + v17*(4.0439960874775335e-23 + v17*v18));
    const double v20 = -1.7397297489890083e-10 + v17*(8.193389712664089e-13 + v17*(-2.9871733327421158e-15 + v17*v19));
    const double v21 = 0.0002314814814814815 + v17*(-3.1001984126984127e-06 + v17*(2.755731922398589e-08 + v17*v20));
    const double v22 = (1.0 + v3*(120.33156797859604 + v3*v6))/(1.0 + v3*(120.55379020081826 + v9))*sin(v2);
    const double v23 = v22 - v13/(1.0 + v3*(154.80112778378023 + v3*(9040.380574108647 + v3*v16)))/v1*cos(v2);
    return x < 3.0 ? 0.5772156649015329 + log(x) - v17*(0.25 + v17*(-0.010416666666666666 + v17*v21)) : v23/v1;
}
/* hyperbolic sine integral Shi, the integral of sinh(t)/t from 0 */
static double ew_sinhint(double x) {
    const double v1 = fabs(x);
    const double v2 = ew_max(v1, 44.0);
    const double v3 = 1.0/v2;
    const double v4 = ew_min(x*x, 1936.0)/4096.0;
    const double v5 = exp(ew_min(v2, 2000.0)/2.0);
    const double v6 = v3*(3.0488834461171387e+29 + v3*(8.841761993739702e+30 + v3*2.6525285981219107e+32));
    const double v7 = 1.5511210043330986e+25 + v3*(4.0329146112660565e+26 + v3*(1.0888869450418352e+28 + v6));
    const double v8 = 1.1240007277776077e+21 + v3*(2.585201673888498e+22 + v3*(6.204484017332394e+23 + v3*v7));
    const double v9 = 1.21645100408832e+17 + v3*(2.43290200817664e+18 + v3*(5.109094217170944e+19 + v3*v8));
    const double v10 = 1307674368000.0 + v3*(20922789888000.0 + v3*(355687428096000.0 + v3*(6402373705728000.0 + v3*v9)));
    const double v11 = v3*(39916800.0 + v3*(479001600.0 + v3*(6227020800.0 + v3*(87178291200.0 + v3*v10))));
    const double v12 = 120.0 + v3*(720.0 + v3*(5040.0 + v3*(40320.0 + v3*(362880.0 + v3*(3628800.0 + v11)))));
    const double v13 = v2 > 2000.0 ? INFINITY : v5/2.0*(v5*v3*(1.0 + v3*(1.0 + v3*(2.0 + v3*(6.0 + v3*(24.0 + v3*v12))))));
    const double v14 = v4*(2.1727950255773155e+17 + v4*(7.421398166461088e+16 + v4*2.4447448266381e+16));
    const double v15 = 4.3586399596047283e+18 + v4*(1.666317274759904e+18 + v4*(6.131163984073839e+17 + v14));
    const double v16 = 6.153107916963559e+19 + v4*(2.6507171243942638e+19 + v4*(1.0964746643171914e+19 + v4*v15));
    const double v17 = 5.980733122350032e+20 + v4*(2.92535841800369e+20 + v4*(1.3703348405357535e+20 + v4*v16));
    const double v18 = 3.9045868576382135e+21 + v4*(2.1872377406781152e+21 + v4*(1.1698708191529288e+21 + v4*v17));
    const double v19 = 1.6644519261328936e+22 + v4*(1.0783832757877099e+22 + v4*(6.648140030340083e+21 + v4*v18));
    const double v20 = 4.484111941042816e+22 + v4*(3.3987289105896135e+22 + v4*(2.4414345563905806e+22 + v4*v19));
    const double v21 = 7.349786511272467e+22 + v4*(6.604721172837244e+22 + v4*(5.598634866946114e+22 + v4*v20));
    const double v22 = 7.007496353157423e+22 + v4*(7.585145564317098e+22 + v4*(7.701599208860658e+22 + v4*v21));
    const double v23 = 3.682633637758252e+22 + v4*(4.8941265451708815e+22 + v4*(6.059825155520908e+22 + v4*v22));
    const double v24 = 9.988801771096068e+21 + v4*(1.6685445357466043e+22 + v4*(2.5750370050171967e+22 + v4*v23));
    const double v25 = 1.2882085513772686e+21 + v4*(2.7857605305840094e+21 + v4*(5.506738840973068e+21 + v4*v24));
    const double v26 = 7.109162195235888e+19 + v4*(2.067952058089881e+20 + v4*(5.4223722327353485e+20 + v4*v25));
    const double v27 = 1.4591584464944625e+18 + v4*(6.011955494568097e+18 + v4*(2.1905821306194866e+19 + v4*v26));
    const double v28 = 9156661574366466.0 + v4*(5.750871823986107e+16 + v4*(3.1069392992306496e+17 + v4*v27));
    const double v29 = v4*(13102740720540.842 + v4*(140407824230947.98 + v4*(1238900058157516.5 + v4*v28)));
    const double v30 = 86185508.7419949 + v4*(2625737681.2106614 + v4*(58335915663.03134 + v4*(986117726103.2041 + v29)));
    const double v31 = v4*(227.55555555555554 + v4*(27962.02666666667 + v4*(1947830.9732426305 + v4*v30)));
    return v1 < 44.0 ? x*(1.0 + v31) : ew_sign(x)*v13;
}
/* hyperbolic cosine integral Chi */
static double ew_coshint(double x) {
    const double v1 = ew_max(fabs(x), 44.0);
    const double v2 = 1.0/v1;
    const double v3 = ew_min(x*x, 1936.0)/4096.0;
    const double v4 = exp(ew_min(v1, 2000.0)/2.0);
    const double v5 = v2*(3.0488834461171387e+29 + v2*(8.841761993739702e+30 + v2*2.6525285981219107e+32));
    const double v6 = 1.5511210043330986e+25 + v2*(4.0329146112660565e+26 + v2*(1.0888869450418352e+28 + v5));
    const double v7 = 1.1240007277776077e+21 + v2*(2.585201673888498e+22 + v2*(6.204484017332394e+23 + v2*v6));
    const double v8 = 1.21645100408832e+17 + v2*(2.43290200817664e+18 + v2*(5.109094217170944e+19 + v2*v7));
    const double v9 = 1307674368000.0 + v2*(20922789888000.0 + v2*(355687428096000.0 + v2*(6402373705728000.0 + v2*v8)));
    const double v10 = v2*(39916800.0 + v2*(479001600.0 + v2*(6227020800.0 + v2*(87178291200.0 + v2*v9))));
    const double v11 = 120.0 + v2*(720.0 + v2*(5040.0 + v2*(40320.0 + v2*(362880.0 + v2*(3628800.0 + v10)))));
    const double v12 = v1 > 2000.0 ? INFINITY : v4/2.0*(v4*v2*(1.0 + v2*(1.0 + v2*(2.0 + v2*(6.0 + v2*(24.0 + v2*v11))))));
    const double v13 = 5729549824917703.0 + v3*(1993219030665061.2 + v3*(668539173672941.0 + v3*216331852484717.06));
    const double v14 = 1.0855099176740194e+17 + v3*(4.231282544406743e+16 + v3*(1.5868221089152192e+16 + v3*v13));
    const double v15 = 1.442294479060945e+18 + v3*(6.342721919613043e+17 + v3*(2.677213255583544e+17 + v3*v14));
    const double v16 = 1.3142918551950518e+19 + v3*(6.571422813446331e+18 + v3*(3.145175047711907e+18 + v3*v15));
    const double v17 = 8.008616038928417e+19 + v3*(4.5929805723352e+19 + v3*(2.5137264461552165e+19 + v3*v16));
    const double v18 = 3.17014528617198e+20 + v3*(2.1065548703522816e+20 + v3*(1.3311293560504543e+20 + v3*v17));
    const double v19 = 7.883791955495548e+20 + v3*(6.141434178511573e+20 + v3*(4.5308110020643134e+20 + v3*v18));
    const double v20 = 1.1845721439409705e+21 + v3*(1.0967312287252304e+21 + v3*(9.569989588669883e+20 + v3*v19));
    const double v21 = 1.0267836916310695e+21 + v3*(1.1484507912119111e+21 + v3*(1.203678146262599e+21 + v3*v20));
    const double v22 = 4.856763581948116e+20 + v3*(6.693401330630568e+20 + v3*(8.583448979094338e+20 + v3*v21));
    const double v23 = 1.1710928537041024e+20 + v3*(2.0376461946246323e+20 + v3*(3.270347290063344e+20 + v3*v22));
    const double v24 = 1.321703231729241e+19 + v3*(2.9941355219086176e+19 + v3*(6.1873813437558055e+19 + v3*v23));
    const double v25 = 6.253391895367046e+17 + v3*(1.9199126298862354e+18 + v3*(5.298769123914515e+18 + v3*v24));
    const double v26 = 1.0699918505003514e+16 + v3*(4.701732772037713e+16 + v3*(1.8200255891758886e+17 + v3*v25));
    const double v27 = v3*(53753928143198.03 + v3*(365630583698661.0 + v3*(2126801710054033.8 + v3*v26)));
    const double v28 = 3869218896.0173845 + v3*(57780335513.85961 + v3*(687489482250.5997 + v3*(6669371650970.029 + v27)));
    const double v29 = v3*(213044.0126984127 + v3*(7756695.7867795415 + v3*(200577183.98136997 + v3*v28)));
    const double v30 = 0.5772156649015329 + log(x) + v3*4096.0*(0.25 + v3*(42.666666666666664 + v3*(3883.614814814815 + v29)));
    return x < 44.0 ? v30 : v12;
}
/* Fresnel integral S, the integral of sin(pi*t**2/2) from 0 */
static double ew_fresnels(double x) {
    const double v1 = fabs(x);
    const double v2 = ew_max(v1, 1.6);
    const double v3 = 1.0/v2;
    const double v4 = 1.6*v3;
    const double v5 = v4*v4;
    const double v6 = v5*v5;
    const double v7 = x*x;
    const double v8 = ew_min(v7*v7, 6.6);
    const double v9 = ew_min(v2, 1000000000000000.0);
    const double v10 = floor(v9);
    const double v11 = v9 - v10;
    const double v12 = ew_mod(v10, 2.0);
    const double v13 = 1.5707963267948966*(v12*v12 + ew_mod(2.0*v10*v11, 4.0) + v11*v11);
    const double v14 = 103144.84210538187 + v6*(26848.07255402102 + v6*(2323.7427045029162 + v6*33.05083781180666));
    const double v15 = v6*(53439.30499664605 + v6*(133266.20013541655 + v6*(169133.27961521223 + v6*v14)));
    const double v16 = v6*(57.075041866102275 + v6*(1166.8476261245485 + v6*(11096.013437434007 + v15)));
    const double v17 = 109086.86038164244 + v6*(29841.396547961805 + v6*(2882.0089579142013 + v6*57.49933512278835));
    const double v18 = v6*(53929.1296573578 + v6*(135526.57422355315 + v6*(174387.2244375062 + v6*v17)));
    const double v19 = 1.0 + v6*(57.121423023165114 + v6*(1169.47188634725 + v6*(11148.85970710393 + v18)));
    const double v20 = 998081.1388377174 + v6*(230088.7527109478 + v6*(16970.97454629525 + v6*150.11709072305425));
    const double v21 = v6*(799084.8908797544 + v6*(1678434.065121876 + v6*(1850408.258568329 + v6*v20)));
    const double v22 = 76.24876761867839 + v6*(2142.972832309846 + v6*(28964.114437991644 + v6*(206301.17674189768 + v21)));
    const double v23 = 1288407.2872136275 + v6*(356823.2225226579 + v6*(37930.176274335485 + v6*994.0841629662266));
    const double v24 = v6*(842695.0530382458 + v6*(1837093.9398557486 + v6*(2153613.197984039 + v6*v23)));
    const double v25 = 76.48067340399257 + v6*(2160.483265705256 + v6*(29448.367140919738 + v6*(212678.6434406906 + v24)));
    const double v26 = v8*(1.011069642466721e-22 + v8*(-3.2952714779070644e-25 + v8*9.33438268902098e-28));
    const double v27 = -1.1223244787983947e-15 + v8*(5.9800532392104e-18 + v8*(-2.6678713628413968e-20 + v26));
    const double v28 = 2.1082121933214533e-09 + v8*(-2.157430680584343e-11 + v8*(1.7334102088874836e-13 + v8*v27));
    const double v29 = -0.0003121169423545791 + v8*(8.444272883545251e-06 + v8*(-1.5647144500922104e-07 + v8*v28));
    const double v30 = 0.5235987755982988 + v8*(-0.09228058535803517 + v8*(0.007244784204197003 + v8*v29));
    const double v31 = (1.0 + v16)/v19*v3/3.14159265358979323846*cos(v13) + (1.0 + v6*v22)/(1.0 + v6*v25)*v3*v3*v3/9.869604401089358*sin(v13);
    return v1 < 1.6 ? v7*x*v30 : ew_sign(x)*(1.0/2.0 - v31);
}
/* Fresnel integral C, the integral of cos(pi*t**2/2) from 0 */
static double ew_fresnelc(double x) {
    const double v1 = fabs(x);
    const double v2 = ew_max(v1, 1.6);
    const double v3 = 1.0/v2;
    const double v4 = 1.6*v3;
    const double v5 = v4*v4;
    const double v6 = v5*v5;
    const double v7 = x*x;
    const double v8 = ew_min(v7*v7, 6.6);
    const double v9 = ew_min(v2, 1000000000000000.0);
    const double v10 = floor(v9);
    const double v11 = v9 - v10;
    const double v12 = ew_mod(v10, 2.0);
    const double v13 = 1.5707963267948966*(v12*v12 + ew_mod(2.0*v10*v11, 4.0) + v11*v11);
    const double v14 = 103144.84210538187 + v6*(26848.07255402102 + v6*(2323.7427045029162 + v6*33.05083781180666));
    const double v15 = v6*(53439.30499664605 + v6*(133266.20013541655 + v6*(169133.27961521223 + v6*v14)));
    const double v16 = v6*(57.075041866102275 + v6*(1166.8476261245485 + v6*(11096.013437434007 + v15)));
    const double v17 = 109086.86038164244 + v6*(29841.396547961805 + v6*(2882.0089579142013 + v6*57.49933512278835));
    const double v18 = v6*(53929.1296573578 + v6*(135526.57422355315 + v6*(174387.2244375062 + v6*v17)));
    const double v19 = 1.0 + v6*(57.121423023165114 + v6*(1169.47188634725 + v6*(11148.85970710393 + v18)));
    const double v20 = 998081.1388377174 + v6*(230088.7527109478 + v6*(16970.97454629525 + v6*150.11709072305425));
    const double v21 = v6*(799084.8908797544 + v6*(1678434.065121876 + v6*(1850408.258568329 + v6*v20)));
    const double v22 = 76.24876761867839 + v6*(2142.972832309846 + v6*(28964.114437991644 + v6*(206301.17674189768 + v21)));
    const double v23 = 1288407.2872136275 + v6*(356823.2225226579 + v6*(37930.176274335485 + v6*994.0841629662266));
    const double v24 = v6*(842695.0530382458 + v6*(1837093.9398557486 + v6*(2153613.197984039 + v6*v23)));
    const double v25 = 76.48067340399257 + v6*(2160.483265705256 + v6*(29448.367140919738 + v6*(212678.6434406906 + v24)));
    const double v26 = v8*(1.6748476126215167e-21 + v8*(-5.877896118036887e-24 + v8*1.7837783103437492e-26));
    const double v27 = -1.430918973171519e-14 + v8*(8.384729705118548e-17 + v8*(-4.0799814492338745e-19 + v26));
    const double v28 = 1.8843499115272676e-08 + v8*(-2.2022769254454653e-10 + v8*(1.9896857924180207e-12 + v8*v27));
    const double v29 = -0.001604883135642535 + v8*(5.4074133814083896e-05 + v8*(-1.2000972558600284e-06 + v8*v28));
    const double v30 = (1.0 + v16)/v19*v3/3.14159265358979323846*sin(v13) - (1.0 + v6*v22)/(1.0 + v6*v25)*v3*v3*v3/9.869604401089358*cos(v13);
    return v1 < 1.6 ? x*(1.0 + v8*(-0.24674011002723395 + v8*(0.028185500877894218 + v8*v29))) : ew_sign(x)*(1.0/2.0 + v30);
}
/* Dawson's function, exp(-x**2) times the integral of exp(t**2) from 0 */
static double ew_dawsn(double x) {
    const double v1 = fabs(x);
    const double v2 = ew_min(v1, 10.0);
    const double v3 = 2.0*floor(2.0*v2 + 1.0/2.0);
    const double v4 = v2 - v3/4.0;
    const double v5 = exp(v4/2.0);
    const double v6 = -v4;
    const double v7 = exp(v6/2.0);
    const double v8 = exp(v4);
    const double v9 = v5*v8;
    const double v10 = v7/v8;
    const double v11 = v9*v8;
    const double v12 = v10/v8;
    const double v13 = v11*v8;
    const double v14 = v12/v8;
    const double v15 = v13*v8;
    const double v16 = v14/v8;
    const double v17 = v15*v8;
    const double v18 = v16/v8;
    const double v19 = v17*v8;
    const double v20 = v18/v8;
    const double v21 = v19*v8;
    const double v22 = v20/v8;
    const double v23 = v21*v8;
    const double v24 = v22/v8;
    const double v25 = v23*v8;
    const double v26 = v24/v8;
    const double v27 = v25*v8;
    const double v28 = v26/v8;
    const double v29 = v27*v8;
    const double v30 = v28/v8;
    const double v31 = 1.0848552640429378e-17*(v29*v8/(v3 + 25.0) + v30/v8/(v3 - 25.0)) + 4.37661850287085e-15*(v29/(v3 + 23.0) + v30/(v3 - 23.0));
    const double v32 = v31 + 1.0709232382508077e-12*(v27/(v3 + 21.0) + v28/(v3 - 21.0)) + 1.5893910094516368e-10*(v25/(v3 + 19.0) + v26/(v3 - 19.0));
    const double v33 = v32 + 1.4307241918567688e-08*(v23/(v3 + 17.0) + v24/(v3 - 17.0)) + 7.811489408304491e-07*(v21/(v3 + 15.0) + v22/(v3 - 15.0));
    const double v34 = v33 + 2.586810022265412e-05*(v19/(v3 + 13.0) + v20/(v3 - 13.0)) + 0.0005195746821548384*(v17/(v3 + 11.0) + v18/(v3 - 11.0));
    const double v35 = v34 + 0.006329715427485747*(v15/(v3 + 9.0) + v16/(v3 - 9.0)) + 0.04677062238395898*(v13/(v3 + 7.0) + v14/(v3 - 7.0));
    const double v36 = v35 + 0.2096113871510978*(v11/(v3 + 5.0) + v12/(v3 - 5.0)) + 0.569782824730923*(v9/(v3 + 3.0) + v10/(v3 - 3.0));
    const double v37 = ew_sign(x)*exp(v6*v4)/1.7724538509055159*(v36 + 0.9394130628134758*(v5/(v3 + 1.0) + v7/(v3 - 1.0)));
    const double v38 = ew_min(x*x, 1.0/4.0);
    const double v39 = v38*(7.447646152250801e-08 + v38*(-6.476214045435479e-09 + v38*5.180971236348383e-10));
    const double v40 = -6.314672981339648e-05 + v38*(7.4290270368701745e-06 + v38*(-7.820028459863341e-07 + v39));
    const double v41 = 0.016931216931216932 + v38*(-0.0030784030784030783 + v38*(0.0004736004736004736 + v38*v40));
    const double v42 = -0.6666666666666666 + v38*(0.26666666666666666 + v38*(-0.0761904761904762 + v38*v41));
    const double v43 = ew_max(v1, 10.0);
    const double v44 = 1.0/(2.0*v43*v43);
    const double v45 = 13749310575.0 + v44*(316234143225.0 + v44*(7905853580625.0 + v44*213458046676875.0));
    const double v46 = v44*(135135.0 + v44*(2027025.0 + v44*(34459425.0 + v44*(654729075.0 + v44*v45))));
    const double v47 = v44*(1.0 + v44*(3.0 + v44*(15.0 + v44*(105.0 + v44*(945.0 + v44*(10395.0 + v46))))));
    return v1 < 1.0/2.0 ? x*(1.0 + v38*v42) : (v1 < 10.0 ? v37 : (1.0 + v47)/2.0/x);
}
/* imaginary error function, -i*erf(i*x) */
static double ew_erfi(double x) {
    const double v1 = fabs(x);
    const double v2 = ew_min(v1, 30.0);
    const double v3 = floor(16.0*v2)/16.0;
    const double v4 = exp(v3*v3/2.0);
    return v1 > 30.0 ? x*INFINITY : v4*(v4*(1.1283791670955126*exp((v2 - v3)*(v2 + v3))*ew_dawsn(x)));
}
/* exp(c*x**2) with the digits of x where the exponent is large */
static double ew_expsq(double c, double x) {
    const double v1 = fabs(x);
    const double v2 = floor(256.0*v1)/256.0;
    return exp(c*(v2*v2))*exp(c*(v1 < 1e+18 ? (v1 - v2)*(v1 + v2) : 0.0));
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
    case 60: { const double a = x[row[2]]; x[row[1]] = ew_digamma(a); break; } /* digamma */
    case 61: { const double a = x[row[2]]; x[row[1]] = ew_sigmoid(a); break; } /* sigmoid */
    case 62: { const double a = x[row[2]]; x[row[1]] = ew_softplus(a); break; } /* softplus */
    case 63: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_logaddexp(a, b); break; } /* logaddexp */
    case 64: { const double a = x[row[2]]; x[row[1]] = ew_sech(a); break; } /* sech */
    case 65: { const double a = x[row[2]]; x[row[1]] = ew_csch(a); break; } /* csch */
    case 66: { const double a = x[row[2]]; x[row[1]] = ew_coth(a); break; } /* coth */
    case 67: { const double a = x[row[2]]; x[row[1]] = ew_asech(a); break; } /* asech */
    case 68: { const double a = x[row[2]]; x[row[1]] = ew_acsch(a); break; } /* acsch */
    case 69: { const double a = x[row[2]]; x[row[1]] = ew_acoth(a); break; } /* acoth */
    case 70: { const double a = x[row[2]]; x[row[1]] = ew_log1mexp(a); break; } /* log1mexp */
    case 71: { const double a = x[row[2]]; x[row[1]] = ew_logcosh(a); break; } /* logcosh */
    case 72: { const double a = x[row[2]]; x[row[1]] = ew_logit(a); break; } /* logit */
    case 73: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_xlogy(a, b); break; } /* xlogy */
    case 74: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_xlog1py(a, b); break; } /* xlog1py */
    case 75: { const double a = x[row[2]]; x[row[1]] = ew_exprel(a); break; } /* exprel */
    case 76: { const double a = x[row[2]]; x[row[1]] = ew_lambertw(a); break; } /* lambertw */
    case 77: { const double a = x[row[2]]; x[row[1]] = ew_lambertwm1(a); break; } /* lambertwm1 */
    case 78: { const double a = x[row[2]]; x[row[1]] = ew_ellipk(a); break; } /* ellipk */
    case 79: { const double a = x[row[2]]; x[row[1]] = ew_ellipe(a); break; } /* ellipe */
    case 80: { const double a = x[row[2]]; x[row[1]] = ew_ellipd(a); break; } /* ellipd */
    case 81: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_ellipkinc(a, b); break; } /* ellipkinc */
    case 82: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_ellipeinc(a, b); break; } /* ellipeinc */
    case 83: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_hurwitz_zeta(a, b); break; } /* hurwitz_zeta */
    case 84: { const double a = x[row[2]]; x[row[1]] = ew_sinint(a); break; } /* sinint */
    case 85: { const double a = x[row[2]]; x[row[1]] = ew_cosint(a); break; } /* cosint */
    case 86: { const double a = x[row[2]]; x[row[1]] = ew_sinhint(a); break; } /* sinhint */
    case 87: { const double a = x[row[2]]; x[row[1]] = ew_coshint(a); break; } /* coshint */
    case 88: { const double a = x[row[2]]; x[row[1]] = ew_fresnels(a); break; } /* fresnels */
    case 89: { const double a = x[row[2]]; x[row[1]] = ew_fresnelc(a); break; } /* fresnelc */
    case 90: { const double a = x[row[2]]; x[row[1]] = ew_dawsn(a); break; } /* dawsn */
    case 91: { const double a = x[row[2]]; x[row[1]] = ew_erfi(a); break; } /* erfi */
    case 92: { const double a = x[row[2]], b = x[row[3]]; x[row[1]] = ew_expsq(a, b); break; } /* expsq */
    case 93: { const double a = x[row[2]]; x[row[1]] = ew_erfcx(a); break; } /* erfcx */
    case 94: { const double a = x[row[2]]; x[row[1]] = ew_log_ndtr(a); break; } /* log_ndtr */
    default: return;
    }
}
static size_t ew_interpreter(void) { return (size_t)&ew_interpret; }
    """
    unsigned int EW_ROWS_MARK
    size_t ew_interpreter()
