# SPDX-License-Identifier: Apache-2.0
"""Writes ../Resources/reference-functions.json: f, f' and f'' of many functions R -> R, to 40 digits.

Run with any Python that has mpmath:  python reference_functions.py   (about a minute)
Values come from second-order jets (`jets.py`) at 900 digits. Each is confirmed twice: by the same jet at
450 digits, and by central differences at 1,500 digits, where neither truncation nor roundoff matters. All
must agree to 50 digits, or the script stops. So many digits because some formulas cancel: log(cosh(300))
needs 261 for its curvature.

`rounding` says how well a double can do: the largest deviations of f, f' and f'' over 16 runs in which
each operation's components are off by a random relative error of up to 2^-53, the elementary rules being
exact. It is absolute. An evaluation in double, with sound rules, should lie within a small multiple of
it.
"""

import json
import platform
import sys
from pathlib import Path

import mpmath
from mpmath import mp, mpf

from function_list import FUNCTIONS
from jets import Jet, perturbed_runs

OUTPUT = Path(__file__).resolve().parent.parent / "Resources" / "reference-functions.json"
LOW, HIGH, DIFFERENCES, STEP = 450, 900, 1500, 250
SMALLEST, LARGEST = mpf(sys.float_info.min), mpf(sys.float_info.max)
RUNS = 16


def by_jet(f, x, digits):
    """Components below 10^(-0.8 digits) are what is left of a zero; true values are at least 10^-308."""
    with mp.workdps(digits):
        floor = mpf(10) ** (-digits * 4 // 5)
        return tuple(v if abs(v) > floor else mpf(0) for v in f(Jet.variable(x)).parts)


def by_differences(f, x):
    with mp.workdps(DIFFERENCES):
        h = mpf(10) ** -STEP * (abs(mpf(x)) or 1)
        below, here, above = f(mpf(x) - h), f(mpf(x)), f(mpf(x) + h)
        return mpf(here), (above - below) / (2 * h), (above - 2 * here + below) / h**2


def confirmed(identifier, f, x):
    values = by_jet(f, x, HIGH)
    for method, others in (("450 digits", by_jet(f, x, LOW)), ("differences", by_differences(f, x))):
        for order, (a, b) in enumerate(zip(values, others)):
            if not (abs(a - b) <= mpf(10) ** -50 * abs(a) or (a == 0 and abs(b) <= mpf(10) ** -350)):
                raise SystemExit(
                    f"{identifier} at {x!r}, order {order}: {mp.nstr(a, 20)}, by {method} {mp.nstr(b, 20)}")
    for order, v in enumerate(values):
        if v != 0 and not (SMALLEST <= abs(v) <= LARGEST):
            raise SystemExit(f"{identifier} at {x!r}, order {order}: {mp.nstr(v, 5)} is not a normal double")
    return values


def rounding(identifier, f, x, values):
    with mp.workdps(LOW):
        runs = perturbed_runs(f, x, RUNS, f"{identifier}/{x!r}")
        return [float(mp.nstr(max(abs(run[k] - values[k]) for run in runs), 3)) for k in range(3)]


def point(identifier, f, x):
    values = confirmed(identifier, f, x)
    digits = [mp.nstr(v, 40) for v in values]
    return {"x": repr(x), "hex": x.hex(), "value": digits[0], "first": digits[1], "second": digits[2],
            "rounding": rounding(identifier, f, x, values)}


def main():
    mp.dps = HIGH  # Constants in formulas and the comparisons; each stage sets its own.
    functions = []
    for identifier, formula, f, points in FUNCTIONS:
        points = [point(identifier, f, x) for x in sorted(set(points))]
        functions.append({"id": identifier, "formula": formula, "points": points})
    if len({f["id"] for f in functions}) != len(functions):
        raise SystemExit("an identifier occurs twice")
    document = {
        "provenance": {
            "license": "Apache-2.0",
            "generator": "Tests/DifferentiableScalarsTests/Generators/reference_functions.py",
            "mpmath": mpmath.__version__, "python": platform.python_version(),
            "notes": "value, first and second are rounded to 40 significant digits (trailing zeros dropped); "
                     "x is the shortest decimal of the double in hex; rounding is [f, f', f''], absolute.",
        },
        "functions": functions,
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(document, sort_keys=True, indent=1, allow_nan=False) + "\n")
    print(f"{len(functions)} functions, {sum(len(f['points']) for f in functions)} points, "
          f"{OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
