# SPDX-License-Identifier: Apache-2.0
"""Writes the golden numbers of the tests beside this folder.

    python goldens.py OUTPUT_FOLDER

Made with CPython 3.11.7, NumPy 2.4.6, scikit-learn 1.9.1 and PyTorch 2.15.0 (linspace only) on x86-64 Linux with
glibc 2.36. All streams are frozen by their projects; NumPy's sin and cos must agree with the C library's, which is
checked here.
"""
import math
import random
import sys
import textwrap
import warnings

import numpy as np
import torch
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

warnings.filterwarnings("ignore", category=DeprecationWarning)
SEEDS = [0, 1, 42, 1337, 2**32 - 1]
WORD = (1 << 64) - 1


def checksum(values):
    """h <- 31 h + v over the values' bit patterns, modulo 2^64."""
    h = 0
    for v in values:
        bits = int(np.float64(v).view(np.uint64)) if isinstance(v, float) else int(v) & WORD
        h = (31 * h + bits) & WORD
    return h


def text(v):
    return repr(float(v)) if isinstance(v, (float, np.floating)) else str(int(v))


def field(name, values, indent):
    """One argument; a list that does not fit is broken over lines."""
    pad = " " * indent
    if not isinstance(values, (list, tuple, np.ndarray)):
        return f"{pad}{name}: {text(values)}"
    items = [text(v) for v in values]
    line = f"{pad}{name}: [{', '.join(items)}]"
    if len(line) <= 100:
        return line
    body = textwrap.fill(", ".join(items) + ",", 106, initial_indent=pad + "  ", subsequent_indent=pad + "  ")
    return f"{pad}{name}: [\n{body}\n{pad}]"


def record(type_name, fields):
    inner = ",\n".join(field(n, v, 6) for n, v in fields)
    return f"    {type_name}(\n{inner}),"


def write(folder, file, doc, declaration, records):
    body = "\n".join(records)
    # A list of one element takes no trailing comma in the project's format.
    body = body.removesuffix(",") if len(records) == 1 else body
    with open(f"{folder}/{file}.swift", "w") as f:
        f.write("// SPDX-License-Identifier: Apache-2.0\n// Written by Generators/goldens.py; do not edit.\n\n")
        f.write(f"/// {doc}\nenum {file} {{\n  {declaration} = [\n" + body + "\n  ]\n}\n")


def numpy_record(seed):
    fresh = lambda: np.random.RandomState(seed)
    r = fresh()
    mixed = [f() for f in (r.standard_normal, r.random_sample) * 3]
    shuffled = list(range(12))
    fresh().shuffle(shuffled)
    r = fresh()
    return record("NumPyGolden", [
        ("seed", seed),
        ("uniform", fresh().random_sample(8)),
        ("ranged", fresh().uniform(-3, 7, 5)),
        ("normal", fresh().normal(1.5, 0.25, 7)),
        ("normalThenUniform", mixed),
        ("shuffled", shuffled),
        ("permutation", fresh().permutation(17)),
        ("integers", fresh().randint(-5, 1000, 9)),
        ("wideIntegers", fresh().randint(0, 2**40, 4)),
        ("uniformChecksum", checksum(fresh().random_sample(10_000).tolist())),
        ("normalChecksum", checksum(fresh().standard_normal(10_000).tolist())),
        ("permutationChecksum", checksum(fresh().permutation(5_000).tolist())),
    ])


def python_record(seed):
    r = random.Random(seed)
    mixed = [f() for f in (lambda: r.gauss(0.0, 1.0), r.random) * 3]
    shuffled = list(range(12))
    random.Random(seed).shuffle(shuffled)
    many = list(range(5_000))
    random.Random(seed).shuffle(many)
    r = random.Random(seed)
    below = [r.randrange(n) for n in (1, 2, 3, 10, 1000, 2**32, 2**32 + 1, 2**40, 2**62)]
    draw = lambda n, f: [f() for _ in range(n)]
    r1, r2, r3, r4, r5 = (random.Random(seed) for _ in range(5))
    return record("PythonGolden", [
        ("seed", seed),
        ("uniform", draw(8, r1.random)),
        ("ranged", draw(5, lambda: r2.uniform(-1, 1))),
        ("normal", draw(7, lambda: r3.gauss(1.5, 0.25))),
        ("normalThenUniform", mixed),
        ("shuffled", shuffled),
        ("below", below),
        ("uniformChecksum", checksum(draw(10_000, r4.random))),
        ("normalChecksum", checksum(draw(10_000, lambda: r5.gauss(0.0, 1.0)))),
        ("shuffleChecksum", checksum(many)),
    ])


def split_record(count, fraction, seed):
    train, test = train_test_split(np.arange(count), test_size=fraction, random_state=seed)
    return record("SplitGolden", [
        ("count", count), ("testFraction", fraction), ("seed", seed),
        ("firstTest", test[:6]), ("firstTrain", train[:6]),
        ("testCount", len(test)), ("trainCount", len(train)),
        ("checksum", checksum(test.tolist() + train.tolist())),
    ])


def moons_record(count, noise, seed, shuffle):
    for n in (count // 2, count - count // 2):
        t = np.linspace(0, np.pi, n)
        assert all(np.cos(a) == math.cos(a) and np.sin(a) == math.sin(a) for a in t)
    np.random.seed(seed)
    x, y = make_moons(count, noise=noise, shuffle=shuffle)
    after = np.random.random_sample()
    return record("MoonsGolden", [
        ("count", count), ("seed", seed), ("shuffle", shuffle),
        ("coordinates", x.ravel()), ("labels", y), ("nextUniform", after),
    ]).replace("shuffle: 1", "shuffle: true").replace("shuffle: 0", "shuffle: false").replace(
        "shuffle: ", f"noise: {'nil' if noise is None else float(noise)},\n      shuffle: ")


def quadratic_record():
    """Document 003: f = 3x^2 + 4x + 5 on 20 single-precision points, with two noises."""
    np.random.seed(42)
    noise = lambda x, scale: np.random.normal(scale=scale, size=x.shape)
    x = torch.linspace(-2, 2, steps=20)
    f = 3 * x**2 + 4 * x + 5
    y = f * (1 + noise(x, 0.4)) + noise(x, 1.5)
    return record("QuadraticGolden", [("x", [float(v) for v in x]), ("y", y.numpy())])


def main(folder):
    np.seterr(all="raise")
    write(folder, "NumPyGoldens", "NumPy's legacy generator, each list after a fresh `RandomState(seed)`.",
          "static let all: [NumPyGolden]", [numpy_record(s) for s in SEEDS])
    write(folder, "PythonGoldens", "CPython's `random`, each list after a fresh `Random(seed)`.",
          "static let all: [PythonGolden]", [python_record(s) for s in SEEDS])
    splits = [(10, 0.2, s) for s in SEEDS] + [(7, 0.3, 42), (150, 0.2, 42), (178, 0.25, 0), (5000, 0.2, 42)]
    write(folder, "SplitGoldens", "`train_test_split(range(count), test_size=testFraction, random_state=seed)`.",
          "static let all: [SplitGolden]", [split_record(*s) for s in splits])
    moons = [(100, 0.1, 1337, True), (7, 0.25, 0, True), (9, None, 1, True), (6, None, 42, False), (1, 0.0, 5, True)]
    write(folder, "MoonsGoldens", "`make_moons` after `np.random.seed(seed)`, rows one after another.",
          "static let all: [MoonsGolden]", [moons_record(*m) for m in moons])
    write(folder, "QuadraticGoldens", "The data of the fastai document's quadratic, NumPy seed 42.",
          "static let all: [QuadraticGolden]", [quadratic_record()])


main(sys.argv[1])
