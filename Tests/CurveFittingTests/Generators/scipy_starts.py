# SPDX-License-Identifier: Apache-2.0
"""How often scipy's trf (exact Jacobian, 1e-15, scaled) reaches the certified solution from random starts.

usage: scipy_starts.py NIST_DIRECTORY

Each certified start times factors exp(u), u uniform between log 0.3 and log 3, 10 draws a start (20 a problem), by the
64-bit mix of `StartFactors` in CertifiedProblems, so both see the same starts. Prints per problem and in all: reached.
"""
import csv, json, pathlib, sys, warnings
import numpy as np, sympy
from scipy.optimize import least_squares

warnings.simplefilter("ignore")
source = pathlib.Path(sys.argv[1])
M = (1 << 64) - 1

def mix(z):
    z = (z + 0x9E3779B97F4A7C15) & M
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    return z ^ (z >> 31)

def factor(problem, start, draw, parameter):
    u = (mix(((problem * 2 + start) * 10 + draw) * 16 + parameter) >> 11) * 2.0 ** -53
    return float(np.exp(np.log(0.3) + u * (np.log(3) - np.log(0.3))))

total = reached = 0
for number, p in enumerate(json.loads((source / "problems.json").read_text())):
    rows = list(csv.DictReader((source / p["csv"]).open()))
    names = p["parameters"]
    symbols = sympy.symbols(names + p["predictors"])
    text = p["formula"].replace("^", "**").replace("arctan", "atan")
    expression = sympy.sympify(text, locals=dict(zip(names + p["predictors"], symbols)))
    f = sympy.lambdify(symbols, expression, "numpy")
    jac = [sympy.lambdify(symbols, sympy.diff(expression, s), "numpy") for s in symbols[: len(names)]]
    xs = [np.array([float(r[x]) for r in rows]) for x in p["predictors"]]
    y = np.array([float(r["y"]) for r in rows])
    if p["response"].startswith("log"): y = np.log(y)
    def residual(b): return f(*b, *xs) - y
    def jacobian(b): return np.stack([np.broadcast_to(g(*b, *xs), y.shape) for g in jac], axis=1)
    count = 0
    for start in range(2):
        for draw in range(10):
            b = [v * factor(number, start, draw, j) for j, v in enumerate(p[f"start{start + 1}"])]
            total += 1
            try:
                fit = least_squares(residual, b, jacobian, method="trf", x_scale="jac", ftol=1e-15, xtol=1e-15,
                                    gtol=1e-15, max_nfev=2000)
                # At the certified minimum, under any naming of its parameters: the same sum of squares.
                if abs(2 * fit.cost - p["rss"]) <= 1e-6 * p["rss"] + 1e-19: count += 1
            except Exception:
                pass
    reached += count
    print(p["name"], count, flush=True)
print("all", reached, "of", total)
