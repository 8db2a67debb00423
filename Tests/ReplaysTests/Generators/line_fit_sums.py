#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The sums over document 002's hundred unseeded points, from the errors that it prints.

The sum of squares of a line over points depends on them by five numbers only: sum x, sum x squared, slope, intercept
and error of the best line. With the two numbers of the start that makes seven unknowns for 104 printed figures: the
error before each of a hundred steps, slope and intercept after them, and error(3, 4), error(3.04, 4). The document
differentiates with the step 1e-12; its noise is what remains. Reads the hundred errors from LineFitDocument.swift.
Needs numpy and scipy; a few seconds.
"""

import re
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

SOURCE = Path(__file__).parents[3] / "Sources/Replays/Document2/LineFitDocument.swift"
LIST = re.search(r"static let errors: \[Double\] = \[(.*?)\]", SOURCE.read_text(), re.S).group(1)
PRINTED = np.array([float(text) for text in LIST.split(",") if text.strip()])
KNOWN = [(3, 4, 11.370852782527962), (3.04, 4, 11.164979946174462)]
RESULT = (3.153937346115943, 3.856832667230562)


def error(p, m, c):
    sum_x, sum_xx, best_m, best_c, least = p[:5]
    a, b = m - best_m, c - best_c
    return least + a * a * sum_xx + 2 * a * b * sum_x + 100 * b * b


def descend(p):
    sum_x, sum_xx, best_m, best_c = p[:4]
    m, c = p[5:]
    errors = []
    for _ in range(100):
        errors.append(error(p, m, c))
        a, b = m - best_m, c - best_c
        m, c = m - 0.001 * 2 * (a * sum_xx + b * sum_x), c - 0.001 * 2 * (a * sum_x + 100 * b)
    return np.array(errors), m, c


def residuals(p):
    errors, m, c = descend(p)
    ends = [(m - RESULT[0]) / 1e-5, (c - RESULT[1]) / 1e-5]
    return np.concatenate([
        (errors - PRINTED) / np.maximum(1e-5 * PRINTED, 2e-6), [(error(p, m, c) - e) / 1e-9 for m, c, e in KNOWN], ends])


def main():
    assert len(PRINTED) == 100
    rng = np.random.default_rng(0)
    best = None
    for _ in range(10):
        x = 2 * rng.random(100)
        start = [x.sum(), (x * x).sum(), 3.16, 3.85, 10.88, rng.random(), rng.random()]
        fit = least_squares(
            residuals, start, x_scale=[100, 130, 3, 4, 10, 1, 1], max_nfev=3000, xtol=1e-15, ftol=1e-15, gtol=1e-15)
        if best is None or fit.cost < best.cost:
            best = fit
    errors, m, c = descend(best.x)
    for name, value in zip(["sum x", "sum xx", "m*", "c*", "E*", "m0", "c0"], best.x):
        print(f"{name:7} {value:.8f}")
    print("largest relative deviation", np.abs(errors / PRINTED - 1).max(), "end", m, c)


if __name__ == "__main__":
    main()
