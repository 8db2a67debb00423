# SPDX-License-Identifier: Apache-2.0
"""Prints the golden numbers of Xoshiro256Tests and NamedStreamsTests: an independent implementation in Python's
unbounded integers, masked to 64 bits, of SplitMix64, xoshiro256** and the documented derivation of streams.
The script's first two lines are the vectors published with other implementations (SplitMix64: seed 1234567;
xoshiro256**: state 1, 2, 3, 4), so the script itself is checked.
"""
import math

M = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def mixed(w):
    w = ((w ^ (w >> 30)) * 0xBF58476D1CE4E5B9) & M
    w = ((w ^ (w >> 27)) * 0x94D049BB133111EB) & M
    return w ^ (w >> 31)


def splitmix(seed):
    while True:
        seed = (seed + STEP) & M
        yield mixed(seed)


def rotated(w, count):
    return ((w << count) | (w >> (64 - count))) & M


def xoshiro(state):
    a, b, c, d = state
    while True:
        yield (rotated(b * 5 & M, 7) * 9) & M
        shifted = (b << 17) & M
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = rotated(d, 45)


def seeded(seed):
    g = splitmix(seed)
    return xoshiro([next(g) for _ in range(4)])


def stream_seed(seed, name, index=0):
    h = 0xCBF29CE484222325
    for byte in name.encode() + b"\xff" + index.to_bytes(8, "little"):
        h = ((h ^ byte) * 0x100000001B3) & M
    return mixed(mixed((seed + STEP) & M) ^ h)


def uniform(g):
    return (next(g) >> 11) * 2.0**-53


def polar(g):
    while True:
        x, y = 2 * uniform(g) - 1, 2 * uniform(g) - 1
        r = x * x + y * y
        if 0 < r < 1:
            f = math.sqrt(-2 * math.log(r) / r)
            return [f * y, f * x]


def up_to(g, maximum):
    count = maximum + 1
    product = next(g) * count
    while product & M < (1 << 64) % count:
        product = next(g) * count
    return product >> 64


def shuffled(g, n):
    values = list(range(n))
    for i in range(n - 1, 0, -1):
        j = up_to(g, i)
        values[i], values[j] = values[j], values[i]
    return values


g = splitmix(1234567)
print([next(g) for _ in range(5)])
g = xoshiro((1, 2, 3, 4))
print([next(g) for _ in range(10)])
g = seeded(42)
print([uniform(g) for _ in range(4)])
g = seeded(42)
print(polar(g) + polar(g))
g = seeded(42)
print([up_to(g, m) for m in (0, 1, 6, 999, 2**63, 2**63 + 2**62, M - 1)])
print(shuffled(seeded(42), 12))
for stream in [(42, "initialization"), (42, "shuffle"), (42, "shuffle", 17), (0, "é"), (M, "data", M)]:
    g = seeded(stream_seed(*stream))
    print(stream, stream_seed(*stream), [next(g) for _ in range(2)])
