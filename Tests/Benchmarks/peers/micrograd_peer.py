# SPDX-License-Identifier: Apache-2.0
"""micrograd on its own demonstration: one graph of Python objects a repetition."""

from importlib.metadata import version

from micrograd.engine import Value

import inputs
import worker

worker.options()
points, signs, parameters = inputs.moons()


def gradient():
    p = [Value(x) for x in parameters]
    total = Value(0.0)
    for point, sign in zip(points, signs):
        values, position = [Value(x) for x in point], 0
        for width in (16, 16, 1):
            sums = []
            for _ in range(width):
                s = p[position + len(values)]
                for i, x in enumerate(values):
                    s = s + p[position + i] * x
                position += len(values) + 1
                sums.append(s)
            values = [s.relu() for s in sums] if width > 1 else sums
        total = total + (1 - sign * values[0]).relu()
    penalty = Value(0.0)
    for x in p:
        penalty = penalty + x * x
    loss = total * 0.01 + penalty * 1e-4
    loss.backward()
    return loss.data, [x.grad for x in p]


worker.serve(f"micrograd {version('micrograd')}", gradient, lambda: worker.result(*gradient()))
