# SPDX-License-Identifier: Apache-2.0
"""The workloads' inputs, bit for bit those of Sources/Workloads. Standard library only.

Draws come in the order that the definitions give, and every expression is written in the order of operations that the
Swift code has: nothing is rounded otherwise. Compiled peers get their inputs from here, as a file of doubles, because a
C++ compiler may contract a product and a sum.
"""

import array
import math


class Numbers:
    """The linear congruential generator of WorkloadNumbers.swift."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53

    def normal(self):
        total = 0.0
        for _ in range(12):
            total += self.uniform()
        return total - 6

    def uniforms(self, count):
        return [self.uniform() for _ in range(count)]

    def normals(self, count):
        return [self.normal() for _ in range(count)]


def mixture(d, k, n=1000):
    """Parameters (k weights, k means, k factors one after another), then n points."""
    numbers = Numbers(20240607)
    parameters = numbers.normals(k) + numbers.uniforms(k * d) + numbers.normals(k * d * (d + 1) // 2)
    return parameters, numbers.normals(n * d)


def mixture_constant(d, k, n=1000):
    """What the log-likelihood has that depends on no parameter."""
    degrees = d + 1
    log_gamma = 0.25 * d * (d - 1) * math.log(math.pi)
    log_gamma += sum(math.lgamma(0.5 * degrees + 0.5 * (1 - j)) for j in range(1, d + 1))
    normalization = degrees * d * (-0.5 * math.log(2)) - log_gamma
    return -n * d * 0.5 * math.log(2 * math.pi) - k * normalization


def lstm():
    """266 parameters, the first state, the sequence of 1024 times 14."""
    numbers = Numbers(7777)
    parameters, state = numbers.uniforms(8 * 2 * 14 + 3 * 14), numbers.uniforms(2 * 2 * 14)
    return parameters, state, [0.0 if numbers.uniform() < 0.5 else 1.0 for _ in range(1024 * 14)]


CAMERA = [1.797201, 0.590697, -0.635786, 90.859550, 29.361415, 28.777534, 211.628116, -0.284531, -14.762924, 0.058931,
          0.069976]
POINT = [4.173048, 5.586898, 1.403869]


def bundle():
    """Of each observation the 15 variables (camera, point, weight) and the two coordinates that are seen."""
    numbers = Numbers(4242)
    cameras = [[c * (1 + 0.01 * (numbers.uniform() - 0.5)) for c in CAMERA] for _ in range(49)]
    points = [[x * (1 + 0.01 * (numbers.uniform() - 0.5)) for x in POINT] for _ in range(7776)]
    variables, seen = [], []
    for i in range(31843):
        weight = 0.417022 * (1 + 0.01 * (numbers.uniform() - 0.5))
        u = -525.672849 + numbers.uniform()
        v = 161.811929 + numbers.uniform()
        variables.append(cameras[i % 49] + points[i * 7919 % 7776] + [weight])
        seen.append([u, v])
    return variables, seen


def rosenbrock(n):
    return [1.0 - 0.002 * (i % 89) if i % 2 else -1.2 + 0.001 * (i % 97) for i in range(n)]


def direction():
    """The vector of the Hessian-vector product."""
    return [math.sin(i + 1) for i in range(100)]


def moons():
    """Points, signs, and the 337 parameters neuron by neuron, each neuron's bias last."""
    numbers = Numbers(1337)
    angles = [math.pi * i / 49 for i in range(50)]
    points = [[math.cos(t), math.sin(t)] for t in angles] + [[1 - math.cos(t), 0.5 - math.sin(t)] for t in angles]
    for point in points:
        for j in range(2):
            point[j] += 0.1 * numbers.normal()
    parameters = []
    for inputs, outputs in ((2, 16), (16, 16), (16, 1)):
        for _ in range(outputs):
            parameters += [2 * numbers.uniform() - 1 for _ in range(inputs)] + [0.0]
    return points, [-1.0] * 50 + [1.0] * 50, parameters


def circle():
    """Points, classes, and 33 parameters: W1 row by row, b1, W2, b2."""
    numbers = Numbers(99)
    points, classes = [], []
    for _ in range(4000):
        x = 2 * numbers.uniform() - 1
        y = 2 * numbers.uniform() - 1
        points.append([x, y])
        classes.append(1.0 if x * x + y * y < 0.5 else 0.0)
    return points, classes, [(2 * numbers.uniform() - 1) / math.sqrt(2.0 if i < 24 else 8.0) for i in range(33)]


def network(widths, batch):
    """Weights of each layer, row by row; the batch, row by row. Biases are 0, row i's class is i modulo 10."""
    numbers = Numbers(5)
    weights = []
    for inputs, outputs in zip(widths, widths[1:]):
        scale = math.sqrt(inputs)
        weights.append([(2 * numbers.uniform() - 1) / scale for _ in range(inputs * outputs)])
    return weights, numbers.uniforms(batch * widths[0])


def line():
    """The noisy line's x and y."""
    numbers = Numbers(11)
    x = [-1 + 2 * float(i) / 99 for i in range(100)]
    return x, [3 * a + 2 + 0.1 * numbers.normal() for a in x]


CHAIN_START = [0.5, 0.1, -0.3, 0.2]


def sizes(workload):
    """The numbers in a workload's name: [10, 25, 1000] of gmm_d10_k25_n1000, [784, 128, 10, 64] of an mlp."""
    digits = "".join(c if c.isdigit() else " " for c in workload)
    return [int(word) for word in digits.split()]


def doubles(workload):
    """Everything that a compiled peer needs, one double after another."""
    if workload.startswith("gmm"):
        d, k, n = sizes(workload)
        parameters, points = mixture(d, k, n)
        return [d, k, n, mixture_constant(d, k, n)] + parameters + points
    if workload.startswith("lstm"):
        parameters, state, sequence = lstm()
        return parameters + state + sequence
    if workload == "ba":
        return [x for variables, seen in zip(*bundle()) for x in variables + seen]
    if workload == "moons":
        points, signs, parameters = moons()
        return parameters + [x for point, sign in zip(points, signs) for x in point + [sign]]
    if "rosen" in workload:
        return rosenbrock(sizes(workload)[0])
    raise ValueError(f"no compiled peer has {workload}")


def write(workload, path):
    with open(path, "wb") as file:
        array.array("d", doubles(workload)).tofile(file)


def self_test():
    """The generator's first numbers, as the definitions give them."""
    numbers = Numbers(1)
    assert numbers.uniforms(3) == [0.42320917087271326, 0.5094074428837206, 0.6483593939634306]
    assert Numbers(1).normal() == 0.1988428328925691


if __name__ == "__main__":
    self_test()
    print("the generator's first numbers are right")
