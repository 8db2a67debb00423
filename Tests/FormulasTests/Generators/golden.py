# SPDX-License-Identifier: Apache-2.0
#
# Prints the table of GoldenTests.swift: values and first derivatives at x = 0.3, y = 1.7 with mpmath at 50 digits.

import mpmath as mp

mp.mp.dps = 50
X, Y = mp.mpf("0.3"), mp.mpf("1.7")
# The numbers that are computed with are the closest doubles.
X, Y = mp.mpf(0.3), mp.mpf(1.7)
FUNCTIONS = {
    "exp(x)": lambda x, y: mp.exp(x),
    "exp2(x)": lambda x, y: mp.power(2, x),
    "exp10(x)": lambda x, y: mp.power(10, x),
    "expm1(x)": lambda x, y: mp.expm1(x),
    "ln(x)": lambda x, y: mp.log(x),
    "log(x)": lambda x, y: mp.log(x),
    "log2(x)": lambda x, y: mp.log(x, 2),
    "log10(x)": lambda x, y: mp.log(x, 10),
    "log1p(x)": lambda x, y: mp.log1p(x),
    "sqrt(x)": lambda x, y: mp.sqrt(x),
    "cbrt(x)": lambda x, y: mp.cbrt(x),
    "abs(-x)": lambda x, y: x,
    "sin(x)": lambda x, y: mp.sin(x),
    "cos(x)": lambda x, y: mp.cos(x),
    "tan(x)": lambda x, y: mp.tan(x),
    "sec(x)": lambda x, y: mp.sec(x),
    "csc(x)": lambda x, y: mp.csc(x),
    "cot(x)": lambda x, y: mp.cot(x),
    "arcsin(x)": lambda x, y: mp.asin(x),
    "acos(x)": lambda x, y: mp.acos(x),
    "arctan(x)": lambda x, y: mp.atan(x),
    "sinh(x)": lambda x, y: mp.sinh(x),
    "cosh(x)": lambda x, y: mp.cosh(x),
    "tanh(x)": lambda x, y: mp.tanh(x),
    "arsinh(x)": lambda x, y: mp.asinh(x),
    "acosh(1 + x)": lambda x, y: mp.acosh(1 + x),
    "artanh(x)": lambda x, y: mp.atanh(x),
    "erf(x)": lambda x, y: mp.erf(x),
    "sign(x)": lambda x, y: mp.sign(x),
    "logistic(x)": lambda x, y: 1 / (1 + mp.exp(-x)),
    "softplus(x)": lambda x, y: mp.log(1 + mp.exp(x)),
    "logsigmoid(x)": lambda x, y: -mp.log(1 + mp.exp(-x)),
    "relu(x)": lambda x, y: x,
    "atan2(x, y)": lambda x, y: mp.atan2(x, y),
    "hypot(x, y)": lambda x, y: mp.hypot(x, y),
    "pow(x, y)": lambda x, y: mp.power(x, y),
    "pow(x, 3)": lambda x, y: x**3,
    "clamp(x, 0, y)": lambda x, y: x,
    "min(y, x, 2)": lambda x, y: x,
    "max(x, -y, -2)": lambda x, y: x,
    "e^x": lambda x, y: mp.exp(x),
    "x*sin(y)/hypot(x,y)": lambda x, y: x * mp.sin(y) / mp.hypot(x, y),
    "x^y - y^x": lambda x, y: x**y - y**x,
    "-x^2": lambda x, y: -(x**2),
    "(1+y*x/2)^(-2)": lambda x, y: (1 + y * x / 2) ** -2,
    "if(x < y, x^3, y)": lambda x, y: x**3,
}
for text, f in FUNCTIONS.items():
    derivative = [
        mp.diff(lambda t: f(t, Y), X) if text != "sign(x)" else mp.mpf(0),
        mp.diff(lambda t: f(X, t), Y) if "y" in text else None,
    ]
    numbers = [f(X, Y)] + [d for d in derivative if d is not None]
    print(f'    ("{text}", [' + ", ".join(mp.nstr(n, 20, min_fixed=-1, max_fixed=1) if abs(n) > mp.mpf(10)**-40 else "0" for n in numbers) + "]),")
