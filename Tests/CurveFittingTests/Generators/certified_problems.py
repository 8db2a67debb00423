# SPDX-License-Identifier: Apache-2.0
"""Writes Sources/CertifiedProblems/{Nonlinear,Linear}/*.swift.

usage: certified_problems.py NIST_DIRECTORY PACKAGE_DIRECTORY

NIST_DIRECTORY holds problems.json and NAME.csv with the numbers as NIST prints them (Statistical Reference Datasets,
https://www.itl.nist.gov/div898/strd/, public domain; taken from the data files in lmfit 1.3.4's source distribution),
reference_40digit.json with the minimisers to 40 digits (mpmath, Newton's method on the data as doubles and as
decimals), and linear/ with the linear sets and their exact rational solutions.
"""
import json
import pathlib
import sys
import textwrap

source, package = map(pathlib.Path, sys.argv[1:3])

# The right-hand side in Swift: x (or x1, x2) from the row, b1 ... from the parameters.
BODIES = {
    "Misra1a": "b1 * (1 - S.exp(-b2 * x))",
    "BoxBOD": "b1 * (1 - S.exp(-b2 * x))",
    "Chwirut1": "S.exp(-b1 * x) / (b2 + b3 * x)",
    "Chwirut2": "S.exp(-b1 * x) / (b2 + b3 * x)",
    "Lanczos1": "b1 * S.exp(-b2 * x) + b3 * S.exp(-b4 * x) + b5 * S.exp(-b6 * x)",
    "Gauss1": "b1 * S.exp(-b2 * x) + bell(x, b3, b4, b5) + bell(x, b6, b7, b8)",
    "DanWood": "b1 * S.pow(x, b2)",
    "Misra1b": "b1 * (1 - S.pow(1 + b2 * x / 2, -2))",
    "Kirby2": "(b1 + x * (b2 + x * b3)) / (1 + x * (b4 + x * b5))",
    "Hahn1": "(b1 + x * (b2 + x * (b3 + x * b4))) / (1 + x * (b5 + x * (b6 + x * b7)))",
    "Nelson": "b1 - b2 * x1 * S.exp(-b3 * x2)",
    "MGH17": "b1 + b2 * S.exp(-x * b4) + b3 * S.exp(-x * b5)",
    "Misra1c": "b1 * (1 - 1 / S.sqrt(1 + 2 * b2 * x))",
    "Misra1d": "b1 * b2 * x / (1 + b2 * x)",
    "Roszman1": "b1 - b2 * x - S.atan(b3 / (x - b4)) / S(Double.pi)",
    "ENSO": "b1 + wave(x, S(12), b2, b3) + wave(x, b4, b5, b6) + wave(x, b7, b8, b9)",
    "MGH09": "b1 * x * (x + b2) / (x * (x + b3) + b4)",
    "Rat42": "b1 / (1 + S.exp(b2 - b3 * x))",
    "MGH10": "b1 * S.exp(b2 / (x + b3))",
    "Eckerle4": "(b1 / b2) * S.exp(-square((x - b3) / b2) / 2)",
    "Rat43": "b1 / S.pow(1 + S.exp(b2 - b3 * x), 1 / b4)",
    "Bennett5": "b1 * S.pow(b2 + x, -1 / b3)",
}
for twin, original in {"Lanczos2": "Lanczos1", "Lanczos3": "Lanczos1", "Gauss2": "Gauss1", "Gauss3": "Gauss1",
                       "Thurber": "Hahn1"}.items():
    BODIES[twin] = BODIES[original]

# The same fit under other names: (permutation of the parameters, their signs).
def terms(*orders):
    return [(list(order), [1] * len(order)) for order in orders]
EXPONENTIALS = terms((2, 3, 0, 1, 4, 5), (0, 1, 4, 5, 2, 3), (4, 5, 2, 3, 0, 1), (2, 3, 4, 5, 0, 1), (4, 5, 0, 1, 2, 3))
def flips(count, *groups):
    result = []
    for mask in range(1, 2 ** len(groups)):
        signs = [1] * count
        for k, group in enumerate(groups):
            if mask >> k & 1:
                for index in group: signs[index] = -1
        result.append((list(range(count)), signs))
    return result
EQUIVALENT = {
    "Lanczos1": EXPONENTIALS, "Lanczos2": EXPONENTIALS, "Lanczos3": EXPONENTIALS,
    "MGH17": terms((0, 2, 1, 4, 3)), "Eckerle4": flips(3, (0, 1)),
    "Gauss1": [], "Gauss2": [], "Gauss3": [],
    "ENSO": [(([0, 1, 2, 6, 7, 8, 3, 4, 5]), [1] * 9)],
}
for name in ("Gauss1", "Gauss2", "Gauss3"):
    swap = [0, 1, 5, 6, 7, 2, 3, 4]
    EQUIVALENT[name] = flips(8, (4,), (7,)) + [(swap, [1] * 8)] + [(swap, s) for _, s in flips(8, (4,), (7,))]
# ENSO: the sine's coefficient and the period change sign together, the two waves change places.
swap = [0, 1, 2, 6, 7, 8, 3, 4, 5]
EQUIVALENT["ENSO"] = (flips(9, (3, 5), (6, 8)) + [(swap, [1] * 9)] + [(swap, s) for _, s in flips(9, (3, 5), (6, 8))])
SECOND = {"Thurber": "7682", "MGH10": "1.28e9"}

def lines(csv):
    rows = [row.strip() for row in csv.read_text().split("\n")[1:] if row.strip()]
    return "\n".join("    " + line for line in textwrap.wrap(" ".join(rows), 110, break_long_words=False,
                                                              break_on_hyphens=False))

def texts(values): return "[" + ", ".join(f'"{value}"' for value in values) + "]"
def numbers(values): return "[" + ", ".join(repr(float(v)) if abs(v) < 1e16 else str(v) for v in values) + "]"
def wrapped(label, values, show):
    body = show(values)
    if len(body) + len(label) + 6 <= 116: return f"    {label}: {body},"
    inner = ",\n".join("      " + show([value])[1:-1] for value in values)
    return f"    {label}: [\n{inner},\n    ],"

references = json.loads((source / "reference_40digit.json").read_text())
names = []
for problem in json.loads((source / "problems.json").read_text()):
    name = problem["name"]
    names.append(name)
    member = name[0].lower() + name[1:] if not name.isupper() and not name[:3].isupper() else name.lower()
    body = BODIES[name]
    p, k = problem["parameters"], problem["predictors"]
    exact, decimal = references[name]["double"], references[name]["decimal"]
    helpers = ""
    if "bell" in body:
        helpers = ("\n  private func bell<S: DifferentiableScalar>(_ x: S, _ height: S, _ center: S, _ width: S) -> S {\n"
                   "    let z = (x - center) / width\n    return height * S.exp(-z * z)\n  }\n")
    if "wave" in body:
        helpers = ("\n  private func wave<S: DifferentiableScalar>(_ x: S, _ period: S, _ a: S, _ b: S) -> S {\n"
                   "    let phase = S(2 * Double.pi) * x / period\n    return a * S.cos(phase) + b * S.sin(phase)\n  }\n")
    if "square" in body:
        helpers = ("\n  private func square<S: DifferentiableScalar>(_ x: S) -> S { x * x }\n")
    lets = ["    let %s = sample[sample.startIndex%s]" % (x, f" + {i}" if i else "") for i, x in enumerate(k)]
    lets += ["    let first = parameters.startIndex"]
    lets += ["    let %s = parameters[first%s]" % (b, f" + {i}" if i else "") for i, b in enumerate(p)]
    transform = ", responseTransform: LogarithmOfResponse().erased" if problem["response"].startswith("log") else ""
    equivalents = EQUIVALENT.get(name, [])
    extra = ""
    if equivalents:
        extra += "    equivalents: [\n" + "".join(
            f"      CertifiedProblem.Equivalent(order: {order}, signs: {signs}),\n" for order, signs in equivalents
        ) + "    ],\n"
    if name in SECOND: extra += f"    secondMinimum: {SECOND[name]},\n"
    text = f'''// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {{
  /// {problem["model_class"]}, {problem["origin"].lower()}, level of difficulty: {problem["difficulty"].lower()}.
  static let {member} = CertifiedProblem(
    curve: Curve(
      "{name}", {name}Term(), parameters: {texts(p)}, predictors: {texts(k)}{transform},
      formula: "{problem["model"]}"),
{wrapped("starts", [problem["start1"], problem["start2"]], lambda v: "[" + ", ".join(numbers(x) for x in v) + "]")}
{wrapped("certified", problem["certified_text"], texts)}
{wrapped("certifiedErrors", problem["certified_sd_text"], texts)}
    certifiedRSS: "{problem["rss"]!r}", degreesOfFreedom: {problem["n"] - len(p)},
{wrapped("exact", [v[:24] if "e" not in v else v for v in exact["b"]], texts)}
{wrapped("exactErrors", exact["se"], texts)}
{wrapped("exactErrorsOfDecimals", decimal["se"], texts)}
{extra}    table: """
{lines(source / problem["csv"])}
    """)
}}

/// {problem["model"]}
private struct {name}Term: SampleTerm {{
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {{
{chr(10).join(lets)}
    return {body}
  }}
{helpers}}}
'''
    (package / f"Sources/CertifiedProblems/Nonlinear/{name}.swift").write_text(text)

linear = []
for problem in json.loads((source / "linear/problems.json").read_text()):
    name = problem["name"]
    linear.append(name)
    member = name[0].lower() + name[1:]
    p, k = problem["parameters"], problem["predictors"]
    pieces = []
    for i, b in enumerate(p):
        power = i + (0 if problem["intercept"] else 1)
        if len(k) > 1: pieces.append(b if power == 0 else f"{b}*x{power}")
        else: pieces.append(b if power == 0 else f"{b}*x" if power == 1 else f"{b}*x^{power}")
    kind = "LinearTerm(hasIntercept: true)" if len(k) > 1 else f"PowersTerm(hasIntercept: {str(problem['intercept']).lower()})"
    text = f'''// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {{
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let {member} = CertifiedProblem(
    curve: Curve(
      "{name}", {kind}, parameters: {texts(p)},
      predictors: {texts(k)},
      formula: "{"y = " + " + ".join(pieces)}"),
    starts: [],
{wrapped("certified", problem["estimate"], texts)}
{wrapped("certifiedErrors", problem["sd"], texts)}
    certifiedRSS: "{problem["rss"]}", degreesOfFreedom: {problem["df"]},
    table: """
{lines(source / "linear" / f"{name}.csv")}
    """)
}}
'''
    (package / f"Sources/CertifiedProblems/Linear/{name}.swift").write_text(text)

def member(name): return name[0].lower() + name[1:] if not name.isupper() and not name[:3].isupper() else name.lower()
def listing(names):
    return "\n".join(textwrap.wrap(", ".join("." + member(n) for n in names) + ",", 112, initial_indent="    ",
                                    subsequent_indent="    "))
(package / "Sources/CertifiedProblems/CertifiedProblem+All.swift").write_text(f'''// SPDX-License-Identifier: Apache-2.0

extension CertifiedProblem {{
  /// The 27 nonlinear problems, each with two starts.
  public static let nonlinear: [CertifiedProblem] = [
{listing(names)}
  ]

  /// The linear sets.
  public static let linear: [CertifiedProblem] = [
{listing(linear)}
  ]
}}
''')
