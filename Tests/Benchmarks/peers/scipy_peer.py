# SPDX-License-Identifier: Apache-2.0
"""SciPy's approx_fprime: forward differences of a NumPy function, about half of the digits."""

import numpy as np
import scipy
from scipy.optimize import approx_fprime

import inputs
import worker

options = worker.options()
point = np.array(inputs.rosenbrock(inputs.sizes(options.workload)[0]))


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def gradient():
    return approx_fprime(point, rosenbrock)


worker.serve(f"scipy {scipy.__version__}", gradient, lambda: worker.result(rosenbrock(point), gradient()))
