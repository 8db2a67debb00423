# SPDX-License-Identifier: Apache-2.0
"""Writes the points of the library's reference functions: f, f' and f'' of many functions R -> R, to 40 digits.

Run with any Python that has mpmath:  python reference_functions.py   (about a minute)
One Swift file a function goes to Sources/DifferentiationTesting/ReferenceFunctions/Points; the functions themselves,
as generic Swift code, stand beside that folder.
Values come from second-order jets (`jets.py`) at 900 digits. Each is confirmed twice: by the same jet at
450 digits, and by central differences at 1,500 digits, where neither truncation nor roundoff matters. All
must agree to 50 digits, or the script stops. So many digits because some formulas cancel: log(cosh(300))
needs 261 for its curvature.

`rounding` says how well a double can do: the largest deviations of f, f' and f'' over 16 runs in which
each operation's components are off by a random relative error of up to 2^-53, the elementary rules being
exact. It is absolute. An evaluation in double, with sound rules, should lie within a small multiple of
it.
"""

import platform
import sys
from pathlib import Path

import mpmath
from mpmath import mp, mpf

from function_list import FUNCTIONS
from jets import Jet, perturbed_runs

ROOT = Path(__file__).resolve().parents[3]
OUTPUT = ROOT / "Sources" / "DifferentiationTesting" / "ReferenceFunctions" / "Points"
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


def number(v):
    """40 digits, and what is left of the number when its nearest double is taken off."""
    digits = mp.nstr(v, 40)
    # Of the digits as they are read back: half-way between two doubles, v may have the other neighbour.
    return f"{digits} {float(v - mpf(float(digits)))!r}"


def point(identifier, f, x):
    """Four lines: x with the three roundings, then f, f' and f''."""
    values = confirmed(identifier, f, x)
    allowed = " ".join(repr(r) for r in rounding(identifier, f, x, values))
    return "\n".join("    " + line for line in [f"{x!r} {allowed}", *map(number, values)])


def source(identifier, formula, points):
    return f'''// SPDX-License-Identifier: Apache-2.0
//
// Written by Tests/DifferentiableScalarsTests/Generators/reference_functions.py with mpmath {mpmath.__version__} on Python
// {platform.python_version()}. The format is described in `ReferencePoint`.

extension ReferencePoints {{
  /// f(x) = {formula}.
  static let {identifier} = """
{points}
    """
}}
'''


def main():
    mp.dps = HIGH  # Constants in formulas and the comparisons; each stage sets its own.
    if len({identifier for identifier, *_ in FUNCTIONS}) != len(FUNCTIONS):
        raise SystemExit("an identifier occurs twice")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for identifier, formula, f, points in FUNCTIONS:
        lines = "\n".join(point(identifier, f, x) for x in sorted(set(points)))
        (OUTPUT / f"ReferencePoints+{identifier}.swift").write_text(source(identifier, formula, lines))
    print(f"{len(FUNCTIONS)} functions, {sum(len(set(f[3])) for f in FUNCTIONS)} points")


if __name__ == "__main__":
    main()
