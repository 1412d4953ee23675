// The operations of the table on doubles. erf and erfc are summed from
// their series and continued fraction (Abramowitz and Stegun 7.1.5, 7.1.14); gamma by Lanczos' approximation with g = 7; psi by recurrence and its asymptotic
// series (Abramowitz and Stegun 6.3.18, 6.4.11); erfinv by Newton's method on erf; spherical Bessel functions by series
// and upward recurrence.
const VALUES = (() => {
  const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330];
  const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
  function erfSeries(x) {
    let term = x, sum = x;
    for (let n = 1; n < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
  function erfcFraction(x) {
    let f = 0;
    for (let k = 80; k > 0; k--) f = k / 2 / (x + f);
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + f);
  }
  const erfc = x => Number.isNaN(x) ? NaN : x < 0 ? 2 - erfc(-x) : x < 2 ? 1 - erfSeries(x) : erfcFraction(x);
  const erf = x => Math.abs(x) < 2 ? erfSeries(x) : x > 0 ? 1 - erfcFraction(x) : x < 0 ? erfcFraction(-x) - 1 : NaN;
  function erfinv(y) {
    if (!(Math.abs(y) < 1)) return Math.abs(y) === 1 ? y * Infinity : NaN;
    const a = 0.147, l = Math.log1p(-y * y), b = 2 / (Math.PI * a) + l / 2;
    let x = Math.sign(y) * Math.sqrt(Math.sqrt(b * b - l / a) - b);
    for (let n = 0; n < 4; n++) {
      const gap = x > 1 ? (1 - y) - erfc(x) : x < -1 ? erfc(-x) - (1 + y) : erf(x) - y;
      const u = gap * Math.sqrt(Math.PI) / 2 * Math.exp(x * x);
      x -= u / (1 + x * u);
    }
    return x;
  }
  function lanczos(x) {
    let sum = LANCZOS[0];
    for (let k = 1; k < 9; k++) sum += LANCZOS[k] / (x + k - 1);
    return sum;
  }
  function gamma(x) {
    if (Number.isInteger(x) && x > 0 && x < 23) {
      let product = 1;
      for (let k = 2; k < x; k++) product *= k;
      return product;
    }
    if (Number.isInteger(x) && x <= 0) return x === 0 ? 1 / x : NaN;
    if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
    const t = x + 6.5, half = Math.pow(t, (x - 0.5) / 2);
    return Math.sqrt(2 * Math.PI) * half * Math.exp(-t) * half * lanczos(x);
  }
  function lgamma(x) {
    if (Number.isInteger(x) && x <= 0) return Infinity;
    if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
    if (x < 20) return Math.log(gamma(x));
    let sum = 0;
    for (let k = 0; k < 8; k++) sum += BERNOULLI[k] / ((2 * k + 1) * (2 * k + 2) * Math.pow(x, 2 * k + 1));
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + sum;
  }
  function polygamma(n, x) {
    if (Number.isInteger(x) && x <= 0) return n % 2 ? Infinity : x === 0 && n === 0 ? -1 / x : NaN;
    if (n === 0 && x < 0) return polygamma(0, 1 - x) - Math.PI / Math.tan(Math.PI * x);
    let factorial = 1, sum = 0;
    for (let k = 2; k <= n; k++) factorial *= k;
    const sign = n % 2 ? 1 : -1;
    while (x < 15) {
      sum += sign * factorial * Math.pow(x, -n - 1);
      x += 1;
    }
    if (n === 0) {
      sum += Math.log(x) - 0.5 / x;
      for (let k = 0; k < 8; k++) sum -= BERNOULLI[k] / ((2 * k + 2) * Math.pow(x, 2 * k + 2));
      return sum;
    }
    let tail = factorial / n * Math.pow(x, -n) + factorial / 2 * Math.pow(x, -n - 1);
    let ratio = factorial * (n + 1) / 2;
    for (let k = 0; k < 10; k++) {
      tail += BERNOULLI[k] * ratio * Math.pow(x, -n - 2 * k - 2);
      ratio *= (n + 2 * k + 2) * (n + 2 * k + 3) / ((2 * k + 3) * (2 * k + 4));
    }
    return sum + sign * tail;
  }
  function sphericalJn(n, x) {
    const size = Math.abs(x), sign = x < 0 && n % 2 ? -1 : 1;
    if (size < n + 1) {
      let term = 1;
      for (let k = 1; k <= n; k++) term *= size / (2 * k + 1);
      let sum = term;
      for (let k = 1; k < 60 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
        term *= -size * size / 2 / (k * (2 * n + 2 * k + 1));
        sum += term;
      }
      return sign * sum;
    }
    let before = Math.sin(size) / size, now = before / size - Math.cos(size) / size;
    if (n === 0) return before;
    for (let k = 1; k < n; k++) [before, now] = [now, (2 * k + 1) / size * now - before];
    return sign * now;
  }
  function power(x, c) { return Math.pow(x, c); }
  function round(x) {
    const low = Math.floor(x), rest = x - low;
    return rest < 0.5 ? low : rest > 0.5 ? low + 1 : low % 2 === 0 ? low : low + 1;
  }
  const either = (x, y) => Number.isNaN(x) || Number.isNaN(y);
  return {
    add: (x, y) => x + y, sub: (x, y) => x - y, mul: (x, y) => x * y, div: (x, y) => x / y, neg: x => -x,
    power, pow: (x, y) => x === 1 || y === 0 ? 1 : Math.pow(x, y), sqrt: Math.sqrt, cbrt: Math.cbrt, exp: Math.exp,
    expm1: Math.expm1, exp2: x => Math.pow(2, x), log: Math.log, log1p: Math.log1p, log2: Math.log2, log10: Math.log10,
    sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan, atan2: Math.atan2,
    hypot: Math.hypot, sinc: x => x === 0 ? 1 : Math.sin(x) / x, spherical_jn: (x, n) => sphericalJn(n, x),
    sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
    abs: Math.abs, sign: Math.sign, min: (x, y) => either(x, y) ? NaN : Math.min(x, y),
    max: (x, y) => either(x, y) ? NaN : Math.max(x, y), clip: (x, low, high) => Math.min(Math.max(x, low), high),
    relu: x => Number.isNaN(x) ? x : Math.max(x, 0), heaviside: x => x > 0 ? 1 : x < 0 ? 0 : x === 0 ? 0.5 : x,
    floor: Math.floor, ceil: Math.ceil, round, mod: (x, y) => { const r = x % y; return r !== 0 && (r < 0) !== (y < 0) ? r + y : r; },
    lt: (x, y) => +(x < y), le: (x, y) => +(x <= y), gt: (x, y) => +(x > y), ge: (x, y) => +(x >= y),
    eq: (x, y) => +(x === y), ne: (x, y) => +(x !== y), and: (x, y) => +(x !== 0 && y !== 0),
    or: (x, y) => +(x !== 0 || y !== 0), not: x => +(x === 0), where: (c, x, y) => c !== 0 ? x : y,
    erf, erfc, erfinv, gamma, lgamma, digamma: x => polygamma(0, x), polygamma: (x, n) => polygamma(n, x),
    sigmoid: x => x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)),
    softplus: x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    logaddexp: (x, y) => x === y ? x + Math.LN2 : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))),
  };
})();
