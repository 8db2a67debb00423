# SPDX-License-Identifier: Apache-2.0
"""A peer as a process: it prepares once, states its result, then times when it is told to.

Standard output, one JSON object a line: first the result of one repetition (to be compared with the reference by
whoever started the process), then for each "go <seconds>" on standard input the shortest of eleven rounds, in
microseconds a repetition. A round lasts as long as one of `difftool bench`.
"""

import argparse
import json
import math
import sys
import time


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("workload")
    parser.add_argument("--variant", default="")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def result(value, numbers):
    """A value (or None) and the numbers: the gradient, the parameters, …"""
    numbers = [float(x) for x in numbers]
    return {
        "value": value.item() if hasattr(value, "item") else value,
        "first": numbers[0],
        "last": numbers[-1],
        "norm": math.sqrt(math.fsum(x * x for x in numbers)),
        "all": numbers if len(numbers) <= 10 else None,
    }


def _round(calls, repetition):
    start = time.perf_counter()
    for _ in range(calls):
        repetition()
    return (time.perf_counter() - start) / calls * 1e6


def serve(version, repetition, outcome, calls_inside=1):
    """Answers until standard input ends.

    `repetition()` is what is timed, `outcome()` gives a `result` of one; `calls_inside` is how many repetitions of the
    workload one call has inside (for loops that are compiled as a whole).
    """
    print(json.dumps({"version": version, **outcome()}), flush=True)
    repetition()
    for line in sys.stdin:
        seconds = float(line.split()[1])
        once = max(0.01, _round(1, repetition))
        calls = max(1, min(int(seconds * 1e6 / 22 / once), 1_000_000))
        # One repetition that is longer than all rounds together is enough of a turn.
        rounds = 11 if once < seconds * 1e6 else 0
        best = min([once] + [_round(calls, repetition) for _ in range(rounds)])
        print(json.dumps({"minimum": best / calls_inside, "rounds": rounds + 1}), flush=True)
