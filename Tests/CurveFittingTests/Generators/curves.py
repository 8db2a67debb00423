# SPDX-License-Identifier: Apache-2.0
"""Values of the built-in curves from the definitions in their references, by mpmath: Tests/CurveFittingTests/CurveGoldens.swift.

    python3 curves.py    (mpmath 1.3)

Each curve is written down here once more, from the reference that it names, not from its Swift text.
"""
from mpmath import mp, mpf, e, power, sin, nstr

mp.dps = 40
CURVES = [
    # name, parameters, definition, points
    ("line", ["1.5", "-0.3"], lambda x, a, b: a + b * x, ["-2", "7.25"]),
    ("polynomial", ["1", "-2", "0.5"], lambda x, a, b, c: a + b * x + c * x**2, ["-2", "7.25"]),
    ("exponential-decay", ["3", "0.7", "1"], lambda x, a, b, c: c + a / power(e, b * x), ["0.25", "6.5"]),
    ("exponential-growth", ["0.2", "0.5", "-1"], lambda x, a, b, c: c + a * power(e, b * x), ["0.25", "6.5"]),
    ("power-law", ["2.5", "-1.4"], lambda x, a, b: a * power(x, b), ["0.75", "12"]),
    # Verhulst: saturation a, rate k, half of it at m.
    ("logistic", ["10", "1.2", "4"], lambda x, a, k, m: a / (1 + power(e, -k * (x - m))), ["1.5", "8"]),
    # Gompertz: saturation a, inflection at m.
    ("gompertz", ["10", "0.8", "3"], lambda x, a, k, m: a * power(e, -power(e, -k * (x - m))), ["1.5", "8"]),
    # Hill: maximum a, half of it at k, exponent n.
    ("hill", ["7", "2.5", "2.2"], lambda x, a, k, n: a / (1 + power(k / x, n)), ["0.5", "9"]),
    # Michaelis-Menten: limiting rate v, half of it at k.
    ("michaelis-menten", ["212", "0.064"], lambda x, v, k: v * x / (k + x), ["0.02", "1.1"]),
    # The normal density's shape with the standard deviation s, of the height h.
    ("gaussian", ["5", "3.1", "0.4", "1"], lambda x, h, m, s, c: c + h * power(e, -((x - m) ** 2) / (2 * s**2)), ["2.5", "4"]),
    # Half width at half height g.
    ("lorentzian", ["-5", "3.1", "0.4", "1"], lambda x, h, m, g, c: c + h * g**2 / ((x - m) ** 2 + g**2), ["2.5", "4"]),
    ("damped-sine", ["2", "0.3", "5", "0.7", "0.5"], lambda x, a, d, w, p, c: c + a * power(e, -d * x) * sin(w * x + p), ["0.3", "5"]),
    # x is the absolute temperature, e the activation energy over the gas constant.
    ("arrhenius", ["4e7", "6000"], lambda x, a, b: a * power(e, -b / x), ["290", "385"]),
    # Weibull's distribution function times a: scale l, shape k.
    ("weibull", ["9", "3", "1.8"], lambda x, a, l, k: a * (1 - power(e, -power(x / l, k))), ["0.5", "6"]),
]

for name, texts, curve, points in CURVES:
    values = [nstr(curve(mpf(x), *map(mpf, texts)), 20) for x in points]
    pairs = ", ".join(f"({x}, {value})" for x, value in zip(points, values))
    print(f'    "{name}": ([{", ".join(texts)}], [{pairs}]),')
