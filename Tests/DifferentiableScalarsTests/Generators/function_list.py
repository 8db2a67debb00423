# SPDX-License-Identifier: Apache-2.0
"""The functions of the reference table: identifier, formula as written, the callable, and the points.

A callable takes an mpmath number or a `jets.Jet`. Points are doubles, taken exactly; each lies where the
function and its first two derivatives are finite and are zero or normal numbers in double.
"""

import jets as j

LINE = [-30.0, -3.7, -1.0, -0.1, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 1.0, 2.25, 30.0]
AWAY_FROM_ZERO = [-1e5, -30.0, -3.7, -1.0, -0.1, -1e-3, 1e-3, 0.5, 1.0, 2.25, 30.0, 1e5]
POSITIVE = [1e-8, 1e-3, 0.1, 0.5, 0.999999, 1.0, 1.000001, 2.25, 10.0, 1e3, 1e8, 1e15]
POWERS = [-1e5, -3.7, -1.0, -0.1, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 1.0, 2.25, 1e5]
UNIT = [-0.9999999999, -0.999, -0.75, -0.1, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 0.99, 0.99999999]
TAILS = [-700.0, -40.0, -5.5, -1.0, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 3.0, 40.0, 700.0]
BELL = [-26.0, -8.0, -3.7, -1.0, -1e-3, -1e-8, 0.0, 1e-8, 0.5, 1.0, 2.25, 6.0, 26.0]
ANGLES = [-1e5, -3.7, -1.0, -0.1, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 1.5, 3.14, 22.0, 1e5]

ELEMENTARY = [
    ("exp", "exp(x)", j.exp, TAILS),
    ("expMinusOne", "expm1(x)", j.expm1, TAILS),
    ("log", "log(x)", j.log, POSITIVE),
    ("logOnePlus", "log1p(x)", j.log1p,
     [-0.99999999, -0.999, -0.5, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 2.25, 1e3, 1e8]),
    ("sin", "sin(x)", j.sin, ANGLES),
    ("cos", "cos(x)", j.cos, ANGLES),
    ("tan", "tan(x)", j.tan,
     [-1e5, -3.7, -1.5707, -1.0, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 1.5, 1.570796, 3.14]),
    ("sinh", "sinh(x)", j.sinh, TAILS),
    ("cosh", "cosh(x)", j.cosh, TAILS),
    ("tanh", "tanh(x)", j.tanh,
     [-350.0, -20.0, -3.7, -1.0, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.5, 2.25, 19.0, 350.0]),
    ("asin", "asin(x)", j.asin, UNIT),
    ("acos", "acos(x)", j.acos, UNIT),
    ("atan", "atan(x)", j.atan, [-1e8, *LINE[1:-1], 1e8]),
    ("asinh", "asinh(x)", j.asinh, [-1e8, *LINE[1:-1], 1e8]),
    ("acosh", "acosh(x)", j.acosh,
     [1.00000001, 1.000001, 1.001, 1.1, 1.5, 2.0, 2.25, 10.0, 30.0, 1e3, 1e8, 1e15]),
    ("atanh", "atanh(x)", j.atanh, UNIT),
    ("sqrt", "sqrt(x)", j.sqrt, POSITIVE),
    ("root3", "real cube root of x", lambda x: j.root(x, 3), [-1e-8, *AWAY_FROM_ZERO, 1e-8]),
    ("root5", "real fifth root of x", lambda x: j.root(x, 5), [-1e-8, *AWAY_FROM_ZERO, 1e-8]),
    *[(f"power{n}", f"x^{n}, integer exponent", lambda x, n=n: j.power(x, n), POWERS) for n in range(8)],
    ("powerMinus1", "x^(-1), integer exponent", lambda x: j.power(x, -1), AWAY_FROM_ZERO),
    ("powerMinus3", "x^(-3), integer exponent", lambda x: j.power(x, -3), AWAY_FROM_ZERO),
    ("power2Point5", "x^2.5, real exponent", lambda x: j.real_power(x, 2.5), POSITIVE),
    ("powerMinus0Point5", "x^(-0.5), real exponent", lambda x: j.real_power(x, -0.5), POSITIVE),
    ("twoToTheX", "2^x", j.two_power, [-1000.0, -40.0, *LINE[1:-1], 40.0, 1000.0]),
    ("erf", "erf(x)", j.erf, BELL),
    ("sigmoid", "1/(1 + exp(-x)), one operation", j.sigmoid, TAILS),
    ("softplus", "log(1 + exp(x)), one operation", j.softplus, TAILS),
    ("logSigmoid", "-log(1 + exp(-x)), one operation", j.log_sigmoid, TAILS),
    ("relu", "max(x, 0)", j.relu, [-1e-8, *AWAY_FROM_ZERO, 1e-8]),
    ("abs", "|x|", j.absolute, [-1e-8, *AWAY_FROM_ZERO, 1e-8]),
    ("reciprocal", "1/x, a division", lambda x: 1 / x, AWAY_FROM_ZERO),
    ("atan2OfXAnd2", "atan2(x, 2): y = x, abscissa 2", lambda x: j.atan2(x, 2), [-1e5, *LINE, 1e5]),
    ("atan2Of1AndX", "atan2(1, x): y = 1, abscissa x", lambda x: j.atan2(1, x), [-1e5, *LINE, 1e5]),
    ("hypotOfXAnd3", "hypot(x, 3)", lambda x: j.hypot(x, 3), [-1e5, *LINE, 1e5]),
    ("logSumExp", "log(exp(x) + exp(2x) + exp(1)), one operation",
     lambda x: j.log_sum_exp([x, 2 * x, x * 0 + 1]), [-690.0, -30.0, *LINE[1:-1], 30.0, 690.0]),
]

COMPOSITIONS = [
    ("xToTheX", "exp(x*log(x))", lambda x: j.exp(x * j.log(x)),
     [1e-8, 1e-3, 0.1, 0.25, 0.36, 0.5, 1.0, 1.5, 2.25, 5.0, 20.0, 140.0]),
    ("expOfMinusSquare", "exp(-x*x)", lambda x: j.exp(-(x * x)), BELL),
    ("sinOfReciprocal", "sin(1/x)", lambda x: j.sin(1 / x),
     [-100.0, -1.0, -0.1, -0.01, 1e-3, 0.01, 0.05, 0.3, 0.5, 1.0, 10.0, 1e5]),
    ("xTimesSin", "x*sin(x)", lambda x: x * j.sin(x), ANGLES),
    ("logOfOnePlusExp", "log(1 + exp(x)), operation by operation", lambda x: j.log(1 + j.exp(x)),
     [-30.0, *LINE[1:-1], 30.0, 300.0]),
    ("sqrtOfOnePlusSquare", "sqrt(1 + x*x)", lambda x: j.sqrt(1 + x * x), [-1e4, *LINE, 1e4]),
    ("tanhOfLine", "tanh(3x - 1)", lambda x: j.tanh(3 * x - 1),
     [-20.0, -3.7, -1.0, -0.1, -1e-3, 0.0, 1e-8, 0.25, 0.3333333333333333, 0.5, 1.0, 2.25, 20.0]),
    ("rational", "(x*x + 1)/(x*x*x - 2)", lambda x: (x * x + 1) / (x * x * x - 2),
     [-1e5, -30.0, -3.7, -1.0, -1e-3, 0.0, 1e-8, 1.0, 1.25, 1.2599, 1.26, 2.25, 1e5]),
    ("expOfSin", "exp(sin(x))", lambda x: j.exp(j.sin(x)), ANGLES),
    ("sinOfExp", "sin(exp(x))", lambda x: j.sin(j.exp(x)),
     [-30.0, -3.7, -1.0, -0.1, -1e-3, 0.0, 1e-8, 1e-3, 0.5, 1.0, 2.25, 5.0, 10.0]),
    ("atanOfLog", "atan(log(x))", lambda x: j.atan(j.log(x)), POSITIVE),
    ("cubic", "x*x*x - 2x + 1", lambda x: x * x * x - 2 * x + 1, [-1e5, *LINE, 0.6180339887498949, 1e5]),
    ("runge", "1/(1 + 25x*x)", lambda x: 1 / (1 + 25 * (x * x)), [-1e5, -1.0, *LINE[3:-1], 0.2, 30.0, 1e5]),
    ("gaussianDensity", "exp(-x*x/2)*0.3989422804014327",
     lambda x: j.exp(-(x * x) / 2) * 0.3989422804014327, BELL),
    ("expOverOnePlusExp", "exp(x)/(1 + exp(x)), operation by operation",
     lambda x: j.exp(x) / (1 + j.exp(x)), [-300.0, *LINE, 300.0]),
    ("logOfCosh", "log(cosh(x))", lambda x: j.log(j.cosh(x)), [-300.0, *LINE, 300.0]),
    ("sinc", "sin(x)/x", lambda x: j.sin(x) / x,
     [-1e5, -30.0, -3.7, -1.0, -0.1, -1e-3, 1e-8, 1e-3, 0.5, 1.0, 2.25, 3.141592653589793, 30.0]),
    ("oneMinusCosOverSquare", "(1 - cos(x))/(x*x)", lambda x: (1 - j.cos(x)) / (x * x),
     [-30.0, -3.7, -1.0, -0.1, -0.01, 1e-8, 1e-3, 0.1, 0.5, 1.0, 2.25, 30.0]),
    ("cancellingCubes", "(x + 1)^3 - x^3 - 3x*x, which is 3x + 1",
     lambda x: j.power(x + 1, 3) - j.power(x, 3) - 3 * (x * x), [-1e5, *LINE, 1e5]),
    ("erfTimesExp", "erf(x)*exp(-x)", lambda x: j.erf(x) * j.exp(-x),
     [-20.0, -3.7, -1.0, -0.1, -1e-3, -1e-8, 0.0, 1e-8, 0.5, 1.0, 2.25, 20.0, 690.0]),
    ("hypotOfSinAndCos", "hypot(sin(x), cos(x)), which is 1", lambda x: j.hypot(j.sin(x), j.cos(x)), ANGLES),
    ("differenceOfRoots", "sqrt(x + 1) - sqrt(x)", lambda x: j.sqrt(x + 1) - j.sqrt(x),
     [1e-8, 1e-3, 0.1, 0.5, 1.0, 2.25, 10.0, 1e3, 1e5, 1e8]),
]

FUNCTIONS = ELEMENTARY + COMPOSITIONS
