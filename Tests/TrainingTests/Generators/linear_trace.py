# SPDX-License-Identifier: Apache-2.0
"""A training of the straight line p = m x + c by NumPy, for GoldenTraceTests.swift.

Run with:  python linear_trace.py
Seven samples in batches of 3, 3 and 1 in their order, mean squared error, gradient by the formulas
2 mean((p - y) x) and 2 mean(p - y); rate 0.05 without and with momentum 0.5 (v = 0.5 v + g, theta -= rate v); an L2
penalty 0.01 m^2 in the last case. Prints the parameters and the epoch's loss (each batch before its step, weighted
with its samples) after each of three epochs.
"""

import numpy as np

X = np.array([-1.5, -1.0, -0.25, 0.0, 0.5, 1.25, 2.0])
Y = np.array([-2.0, -1.25, 0.5, 0.75, 1.0, 3.25, 4.5])

print(f"# numpy {np.__version__}")
for name, momentum, penalty, reduction in [
    ("plain", 0, 0, "mean"), ("momentum", 0.5, 0, "mean"), ("sum", 0, 0, "sum"), ("penalty", 0, 0.01, "mean")]:
    theta = np.array([0.5, -0.25])
    v = np.zeros(2)
    rate = 0.05 if reduction == "mean" else 0.02
    print(name)
    for epoch in range(3):
        total = 0.0
        for start in range(0, 7, 3):
            x, y = X[start:start + 3], Y[start:start + 3]
            r = theta[0] * x + theta[1] - y
            n = len(x)
            if reduction == "mean":
                loss, g = np.mean(r * r), np.array([2 * np.mean(r * x), 2 * np.mean(r)])
                total += (loss + penalty * theta[0] ** 2) * n
            else:
                loss, g = np.sum(r * r), np.array([2 * np.sum(r * x), 2 * np.sum(r)])
                total += loss
            g[0] += 2 * penalty * theta[0]
            v = momentum * v + g
            theta = theta - rate * v
        value = total / 7 if reduction == "mean" else total
        print(f"  [{float(theta[0])!r}, {float(theta[1])!r}] loss {float(value)!r}")
