# SPDX-License-Identifier: Apache-2.0
"""Gradient and Hessian of a small network's loss, for `Scenarios+Networks.swift`.

Network: two inputs, three tanh units, two logits, softmax cross-entropy. The derivatives are taken by mpmath's
numerical differentiation with 80 digits and printed as the nearest doubles.

Run: python network_scenario.py   (mpmath 1.3.0)
"""
from mpmath import mp, mpf, diff, exp, log, tanh

mp.dps = 80
INPUT = [mpf("0.5"), mpf("-1.25")]
TARGET = [mpf("0.25"), mpf("0.75")]
# Dyadic parameters: W1 (3 x 2), b1 (3), W2 (2 x 3), b2 (2).
POINT = [(k * 7 % 13 - 6) / mpf(8) for k in range(17)]


def loss(*p):
    hidden = [tanh(p[6 + i] + p[2 * i] * INPUT[0] + p[2 * i + 1] * INPUT[1]) for i in range(3)]
    logits = [p[15 + k] + sum(p[9 + 3 * k + i] * hidden[i] for i in range(3)) for k in range(2)]
    normalizer = log(sum(exp(z) for z in logits))
    return sum(t * (normalizer - z) for t, z in zip(TARGET, logits))


def unit(*indices):
    order = [0] * len(POINT)
    for i in indices:
        order[i] += 1
    return tuple(order)


print("value", float(loss(*POINT)))
print("point", [float(x) for x in POINT])
n = len(POINT)
print("gradient", [float(diff(loss, tuple(POINT), unit(i))) for i in range(n)])
for i in range(n):
    print("row", i, [float(diff(loss, tuple(POINT), unit(i, j))) for j in range(n)])
