# SPDX-License-Identifier: Apache-2.0
"""scipy's time for y = a exp(-b x) + c over many rows, beside Tests/FitBenchmark: scipy_large.py ROWS"""
import sys, time
import numpy as np
from scipy.optimize import curve_fit

rows = int(sys.argv[1])
x = 10 * np.arange(rows) / rows
y = 2.5 * np.exp(-1.3 * x) + 0.5 + 0.1 * np.random.default_rng(1).standard_normal(rows)
for _ in range(3):
    start = time.perf_counter()
    values, covariance = curve_fit(lambda x, a, b, c: a * np.exp(-b * x) + c, x, y, p0=[1, 1, 0])
    print(values, np.sqrt(np.diag(covariance)), time.perf_counter() - start, "s")
