# SPDX-License-Identifier: Apache-2.0
"""numdifftools: adaptive differences of a NumPy function."""

import numdifftools
import numpy as np

import inputs
import worker

options = worker.options()
point = np.array(inputs.rosenbrock(inputs.sizes(options.workload)[0]))


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


gradient = numdifftools.Gradient(rosenbrock)
worker.serve(
    f"numdifftools {numdifftools.__version__}", lambda: gradient(point),
    lambda: worker.result(rosenbrock(point), gradient(point)))
