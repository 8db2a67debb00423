# SPDX-License-Identifier: Apache-2.0
"""CasADi: scalar expressions (SX), recorded once and run by its virtual machine, through its buffers without copies.

The Hessian is its sparse one, of 298 numbers.
"""

import casadi
import numpy as np

import inputs
import worker

options = worker.options()


def evaluated(outputs, given):
    """A function of expressions, bound to arrays: how to run it, and where its outputs appear."""
    f = casadi.Function("f", [symbol for symbol, _ in given], outputs)
    buffer, run = f.buffer()
    arrays = [np.array(values) for _, values in given]
    results = [np.zeros(f.nnz_out(i)) for i in range(f.n_out())]
    for i, array in enumerate(arrays):
        buffer.set_arg(i, memoryview(array))
    for i, array in enumerate(results):
        buffer.set_res(i, memoryview(array))
    # The buffer and the arrays have to live as long as what runs on them.
    return lambda keep=(buffer, arrays): run(), results


def rosenbrock(x):
    return casadi.sum1(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def moons(p):
    points, signs, _ = inputs.moons()
    loss = 0
    for point, sign in zip(points, signs):
        values, position = point, 0
        for width in (16, 16, 1):
            sums = []
            for _ in range(width):
                total = p[position + len(values)]
                for i, x in enumerate(values):
                    total += p[position + i] * x
                position += len(values) + 1
                sums.append(total)
            values = [casadi.fmax(s, 0) for s in sums] if width > 1 else sums
        loss += casadi.fmax(1 - sign * values[0], 0)
    return 0.01 * loss + 1e-4 * casadi.dot(p, p)


name = options.workload
size = inputs.sizes(name)[0] if "rosen" in name else 337
x = casadi.SX.sym("x", size)
f = moons(x) if name == "moons" else rosenbrock(x)
point = inputs.moons()[2] if name == "moons" else inputs.rosenbrock(size)

if name.startswith("hess"):
    hessian, _ = casadi.hessian(f, x)
    run, (entries,) = evaluated([hessian], [(x, point)])
    rows, columns = hessian.sparsity().get_triplet()

    def outcome():
        run()
        product = np.zeros(size)
        np.add.at(product, rows, entries * np.array(inputs.direction())[columns])
        return worker.result(None, product)
elif name.startswith("hvp"):
    v = casadi.SX.sym("v", size)
    run, (product,) = evaluated([casadi.jtimes(casadi.gradient(f, x), x, v)], [(x, point), (v, inputs.direction())])

    def outcome():
        run()
        return worker.result(None, product)
else:
    run, (value, gradient) = evaluated([f, casadi.gradient(f, x)], [(x, point)])

    def outcome():
        run()
        return worker.result(value[0], gradient)

worker.serve(f"casadi {casadi.__version__}", run, outcome)
