# SPDX-License-Identifier: Apache-2.0
"""Value, slope and curvature carried through a formula with mpmath numbers: a second-order Taylor jet.

`reference_functions.py` gets its derivatives from here and confirms them by central differences at
several hundred digits. A jet can also be run with every operation's three components off by a random
relative error of up to 2^-53; what then happens to the result is how well a double can do on the formula
as it is written.
"""

import random

from mpmath import mp, mpf

PERTURBATION = None  # A random.Random while a perturbed run is under way.


def disturbed(x):
    return x if PERTURBATION is None else x * (1 + mpf(PERTURBATION.uniform(-1, 1)) / 2**53)


class Jet:
    def __init__(self, value, first=0, second=0):
        self.parts = (disturbed(mpf(value)), disturbed(mpf(first)), disturbed(mpf(second)))

    @staticmethod
    def variable(x):
        jet = Jet.lift(0)
        jet.parts = (mpf(x), mpf(1), mpf(0))
        return jet

    @staticmethod
    def lift(x):
        if isinstance(x, Jet):
            return x
        jet = Jet.__new__(Jet)
        jet.parts = (mpf(x), mpf(0), mpf(0))
        return jet

    def __add__(self, other):
        a, b = self.parts, Jet.lift(other).parts
        return Jet(a[0] + b[0], a[1] + b[1], a[2] + b[2])

    def __neg__(self):
        jet = Jet.lift(0)
        jet.parts = tuple(-a for a in self.parts)  # Exact, so never disturbed.
        return jet

    def __sub__(self, other):
        return self + -Jet.lift(other)

    def __rsub__(self, other):
        return Jet.lift(other) - self

    def __mul__(self, other):
        a, b = self.parts, Jet.lift(other).parts
        return Jet(a[0] * b[0], a[1] * b[0] + a[0] * b[1], a[2] * b[0] + 2 * a[1] * b[1] + a[0] * b[2])

    def __truediv__(self, other):
        return self * Jet.lift(other).reciprocal()

    def __rtruediv__(self, other):
        return Jet.lift(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def reciprocal(self):
        x = self.parts[0]
        return self.chain(1 / x, -1 / x**2, 2 / x**3)

    def chain(self, f, df, ddf):
        """The jet of f(self), from f, f' and f'' at the value."""
        _, a, b = self.parts
        return Jet(f, df * a, ddf * a * a + df * b)

    def power(self, n):
        """Integer power; a term whose factor is zero is left out, so that x = 0 is allowed."""
        x = self.parts[0]
        slope = n * x ** (n - 1) if n else 0
        return self.chain(x**n, slope, n * (n - 1) * x ** (n - 2) if n * (n - 1) else 0)

    def real_power(self, p):
        x, p = self.parts[0], mpf(p)
        return self.chain(x**p, p * x ** (p - 1), p * (p - 1) * x ** (p - 2))

    def root(self, n):
        """The real root of odd order n, negative for a negative argument."""
        x = self.parts[0]
        magnitude, sign = mp.root(abs(x), n), mp.sign(x)
        return self.chain(
            sign * magnitude, magnitude / (n * abs(x)), sign * magnitude * mpf(1 - n) / (n * x) ** 2)


def unary(f, df, ddf):
    """A function of a jet, or of a plain mpmath number, from its first two derivatives."""

    def apply(x):
        if not isinstance(x, Jet):
            return f(x)
        v = x.parts[0]
        return x.chain(f(v), df(v), ddf(v))

    return apply


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def sech2(x):
    return 1 / mp.cosh(x) ** 2


def gauss(x):
    """The slope of erf."""
    return 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


exp = unary(mp.exp, mp.exp, mp.exp)
expm1 = unary(lambda x: mp.expm1(x), mp.exp, mp.exp)
log = unary(mp.log, lambda x: 1 / x, lambda x: -1 / x**2)
log1p = unary(lambda x: mp.log1p(x), lambda x: 1 / (1 + x), lambda x: -1 / (1 + x) ** 2)
sin = unary(mp.sin, mp.cos, lambda x: -mp.sin(x))
cos = unary(mp.cos, lambda x: -mp.sin(x), lambda x: -mp.cos(x))
tan = unary(mp.tan, lambda x: 1 / mp.cos(x) ** 2, lambda x: 2 * mp.tan(x) / mp.cos(x) ** 2)
sinh = unary(mp.sinh, mp.cosh, mp.sinh)
cosh = unary(mp.cosh, mp.sinh, mp.cosh)
tanh = unary(mp.tanh, sech2, lambda x: -2 * mp.tanh(x) * sech2(x))
asin = unary(mp.asin, lambda x: 1 / mp.sqrt(1 - x * x), lambda x: x / mp.sqrt(1 - x * x) ** 3)
acos = unary(mp.acos, lambda x: -1 / mp.sqrt(1 - x * x), lambda x: -x / mp.sqrt(1 - x * x) ** 3)
atan = unary(mp.atan, lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2)
asinh = unary(mp.asinh, lambda x: 1 / mp.sqrt(1 + x * x), lambda x: -x / mp.sqrt(1 + x * x) ** 3)
acosh = unary(mp.acosh, lambda x: 1 / mp.sqrt(x * x - 1), lambda x: -x / mp.sqrt(x * x - 1) ** 3)
atanh = unary(mp.atanh, lambda x: 1 / (1 - x * x), lambda x: 2 * x / (1 - x * x) ** 2)
sqrt = unary(mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), lambda x: -1 / (4 * x * mp.sqrt(x)))
erf = unary(mp.erf, gauss, lambda x: -2 * x * gauss(x))
sigmoid = unary(
    logistic, lambda x: logistic(x) * logistic(-x),
    lambda x: logistic(x) * logistic(-x) * (logistic(-x) - logistic(x)))
softplus = unary(
    lambda x: mp.log1p(mp.exp(x)), logistic, lambda x: logistic(x) * logistic(-x))
log_sigmoid = unary(
    lambda x: -mp.log1p(mp.exp(-x)), lambda x: logistic(-x), lambda x: -logistic(x) * logistic(-x))
relu = unary(lambda x: max(x, mpf(0)), lambda x: mpf(x > 0), lambda x: mpf(0))
absolute = unary(abs, mp.sign, lambda x: mpf(0))


def power(x, n):
    return x.power(n) if isinstance(x, Jet) else x**n


def real_power(x, p):
    return x.real_power(p) if isinstance(x, Jet) else x ** mpf(p)


def root(x, n):
    return x.root(n) if isinstance(x, Jet) else mp.sign(x) * mp.root(abs(x), n)


def two_power(x):
    """2^x."""
    if not isinstance(x, Jet):
        return mpf(2) ** x
    v = mpf(2) ** x.parts[0]
    return x.chain(v, mp.log(2) * v, mp.log(2) ** 2 * v)


def atan2(y, x):
    if not isinstance(y, Jet) and not isinstance(x, Jet):
        return mp.atan2(y, x)
    return two_arguments(
        y, x, mp.atan2,
        lambda a, b, q: (b / q, -a / q),
        lambda a, b, q: (-2 * a * b / q**2, (a * a - b * b) / q**2, 2 * a * b / q**2))


def hypot(x, y):
    if not isinstance(x, Jet) and not isinstance(y, Jet):
        return mp.hypot(x, y)
    return two_arguments(
        x, y, mp.hypot,
        lambda a, b, q: (a / mp.sqrt(q), b / mp.sqrt(q)),
        lambda a, b, q: (b * b / mp.sqrt(q) ** 3, -a * b / mp.sqrt(q) ** 3, a * a / mp.sqrt(q) ** 3))


def two_arguments(x, y, f, slopes, curvatures):
    """f(x, y) from its partial derivatives (x, y) and (xx, xy, yy), both given x, y and q = x^2 + y^2."""
    (a, a1, a2), (b, b1, b2) = Jet.lift(x).parts, Jet.lift(y).parts
    q = a * a + b * b
    (fx, fy), (fxx, fxy, fyy) = slopes(a, b, q), curvatures(a, b, q)
    return Jet(
        f(a, b), fx * a1 + fy * b1, fx * a2 + fy * b2 + fxx * a1 * a1 + 2 * fxy * a1 * b1 + fyy * b1 * b1)


def log_sum_exp(terms):
    """log of the sum of exp; as one operation, with softmax weights as its slopes."""
    if not any(isinstance(t, Jet) for t in terms):
        top = max(terms)
        return top + mp.log(sum(mp.exp(t - top) for t in terms))
    parts = [Jet.lift(t).parts for t in terms]
    value = log_sum_exp([p[0] for p in parts])
    weights = [mp.exp(p[0] - value) for p in parts]
    mean = sum(w * p[1] for w, p in zip(weights, parts))
    spread = sum(w * (p[1] - mean) ** 2 for w, p in zip(weights, parts))
    return Jet(value, mean, spread + sum(w * p[2] for w, p in zip(weights, parts)))


def perturbed_runs(f, x, runs, seed):
    """Jets of f at x with every operation disturbed, `runs` of them, from a fixed seed."""
    global PERTURBATION
    results = []
    for run in range(runs):
        PERTURBATION = random.Random(f"{seed}/{run}")
        try:
            results.append(f(Jet.variable(x)).parts)
        finally:
            PERTURBATION = None
    return results
