# SPDX-License-Identifier: Apache-2.0
"""Writes ../Resources/optimizer-traces.json: parameters after each of 20 steps of torch.optim, in float64.

Run with any Python that has torch:  python optimizer_traces.py
The gradients are evaluated in plain Python floats, in the order in which the JSON states them, and handed
to torch; they are recorded too, so that a test can feed them without evaluating anything. Every trace is
also recomputed by `plain_rules.py`, the same update rules on Python floats; the largest difference is
stored with the case. One above 1e-12 stops the script: then either the rule as written down or this
script is wrong.
"""

import json
import math
import platform
from pathlib import Path

import torch

from plain_rules import plain_trace

STEPS = 20
OUTPUT = Path(__file__).resolve().parent.parent / "Resources" / "optimizer-traces.json"

PROBLEMS = [
    {
        "id": "valley",
        "function": "10*(y - x*x)^2 + (1 - x)^2, a Rosenbrock valley with the factor 10",
        "gradient": ["-40*x*(y - x*x) - 2*(1 - x)", "20*(y - x*x)"],
        "start": [-1.2, 1.0],
    },
    {
        "id": "coupledQuadratic",
        "function": "0.5*p'Ap - b'p, A = [[12, 3, 0.5], [3, 1, 0.1], [0.5, 0.1, 0.05]], b = [1, -2, 0.25]",
        "gradient": ["12*x + 3*y + 0.5*z - 1", "3*x + 1*y + 0.1*z + 2", "0.5*x + 0.1*y + 0.05*z - 0.25"],
        "start": [1.5, -0.75, 2.0],
    },
    {
        "id": "flatDirection",
        "function": "2*x*x + x*y + 0.5*y*y; the third parameter has no influence",
        "gradient": ["4*x + 1*y", "1*x + 1*y", "0"],
        "start": [1.0, -2.0, 3.0],
    },
    {
        "id": "stationary",
        "function": "0: the gradient is exactly zero from the first step",
        "gradient": ["0", "0"],
        "start": [1.0, -2.0],
    },
]


def gradient(problem, p):
    """The gradient by the recorded formulas, evaluated left to right on Python floats."""
    names = dict(zip("xyz", p))
    return [float(eval(formula, {"__builtins__": {}}, names)) for formula in problem["gradient"]]


def case(identifier, optimizer, problems=("valley", "coupledQuadratic"), clip=None, **options):
    return {"id": identifier, "optimizer": optimizer, "problems": problems, "clip": clip, "options": options}


NORM = {"kind": "norm", "limit": 1.0, "epsilon": 1e-6}
VALUE = {"kind": "value", "limit": 0.5}
ADAPTIVE = ("valley", "coupledQuadratic", "flatDirection", "stationary")
CASES = [
    case("sgd", "SGD", lr=0.01),
    case("sgdMomentum", "SGD", lr=0.01, momentum=0.9),
    case("sgdMomentumDampening", "SGD", lr=0.01, momentum=0.9, dampening=0.1),
    case("sgdNesterov", "SGD", lr=0.01, momentum=0.9, nesterov=True),
    case("sgdWeightDecay", "SGD", ADAPTIVE, lr=0.01, weight_decay=0.1),
    case("sgdMomentumWeightDecay", "SGD", lr=0.01, momentum=0.9, weight_decay=0.1),
    case("sgdNesterovWeightDecay", "SGD", lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.1),
    case("adagrad", "Adagrad", ADAPTIVE),
    case("adagradDecayInitial", "Adagrad", lr=0.1, lr_decay=0.1, initial_accumulator_value=0.1),
    case("adagradWeightDecayLargeEpsilon", "Adagrad", lr=0.1, weight_decay=0.1, eps=0.1),
    case("rmsprop", "RMSprop", ADAPTIVE),
    case("rmspropCentered", "RMSprop", lr=0.01, centered=True),
    case("rmspropMomentum", "RMSprop", lr=0.01, momentum=0.9),
    case("rmspropWeightDecay", "RMSprop", lr=0.01, weight_decay=0.1),
    case("rmspropAllOptions", "RMSprop", lr=0.005, alpha=0.9, eps=0.1, momentum=0.5, centered=True,
         weight_decay=0.05),
    case("adam", "Adam", ADAPTIVE),
    case("adamFast", "Adam", lr=0.1),
    case("adamAMSGrad", "Adam", lr=0.1, amsgrad=True, betas=(0.8, 0.9)),
    case("adamWeightDecay", "Adam", lr=0.01, weight_decay=0.1),
    case("adamLargeEpsilon", "Adam", lr=0.1, betas=(0.8, 0.9), eps=0.1),
    case("adamW", "AdamW", ADAPTIVE),
    case("adamWStrongDecay", "AdamW", ADAPTIVE, lr=0.01, weight_decay=0.1),
    case("adamWAMSGrad", "AdamW", lr=0.1, amsgrad=True, betas=(0.8, 0.9)),
    case("clipNormSGD", "SGD", ADAPTIVE, clip=NORM, lr=0.1),
    case("clipValueSGD", "SGD", ADAPTIVE, clip=VALUE, lr=0.1),
    case("clipNormAdam", "Adam", clip=NORM, lr=0.1),
]


def effective_options(optimizer):
    """Every numeric option torch used, defaults included; switches as 0 or 1, betas as beta1 and beta2."""
    group = optimizer.param_groups[0]
    ignored = {
        "params", "foreach", "fused", "maximize", "capturable", "differentiable", "decoupled_weight_decay"}
    options = {}
    for name in group:
        if name in ignored:
            continue
        if name == "betas":
            options["beta1"], options["beta2"] = map(float, group[name])
        else:
            options[name] = float(group[name])
    return options


def trace(case, problem):
    p = torch.nn.Parameter(torch.tensor(problem["start"], dtype=torch.float64))
    optimizer = getattr(torch.optim, case["optimizer"])([p], foreach=False, **case["options"])
    gradients, clipped, parameters = [], [], []
    for _ in range(STEPS):
        g = gradient(problem, p.tolist())
        p.grad = torch.tensor(g, dtype=torch.float64)
        if case["clip"] and case["clip"]["kind"] == "norm":
            torch.nn.utils.clip_grad_norm_([p], case["clip"]["limit"])
        elif case["clip"]:
            torch.nn.utils.clip_grad_value_([p], case["clip"]["limit"])
        gradients.append(g)
        clipped.append(p.grad.tolist())
        optimizer.step()
        parameters.append(p.tolist())
    options = effective_options(optimizer)
    plain = plain_trace(case["optimizer"], options, case["clip"], problem["start"], gradients)
    difference = max(abs(a - b) / (1 + abs(a)) for r, s in zip(parameters, plain) for a, b in zip(r, s))
    if not (difference <= 1e-12):
        raise SystemExit(f"{case['id']} on {problem['id']}: torch and the plain rule differ by {difference}")
    if not all(math.isfinite(v) and abs(v) < 100 for row in parameters for v in row):
        raise SystemExit(f"{case['id']} on {problem['id']} diverges: a useless golden trace")
    record = {
        "id": f"{case['id']}.{problem['id']}", "optimizer": case["optimizer"], "options": options,
        "problem": problem["id"], "gradients": gradients, "parameters": parameters,
        "plainRuleDifference": difference,
    }
    if case["clip"]:
        record["clip"] = case["clip"]
        record["clippedGradients"] = clipped
    return record


def main():
    torch.set_num_threads(1)
    problems = {problem["id"]: problem for problem in PROBLEMS}
    cases = [trace(c, problems[name]) for c in CASES for name in c["problems"]]
    document = {
        "provenance": {
            "license": "Apache-2.0", "generator": "Tests/OptimizersTests/Generators/optimizer_traces.py",
            "torch": torch.__version__, "python": platform.python_version(), "dtype": "float64",
            "notes": "gradients[k] is taken before step k+1, clipping not yet applied; parameters[k] is the "
                     "state after step k+1; the momentum buffer of SGD starts as the first gradient, "
                     "undampened.",
        },
        "steps": STEPS, "problems": PROBLEMS, "cases": cases,
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(document, sort_keys=True, indent=1, allow_nan=False) + "\n")
    worst = max(cases, key=lambda c: c["plainRuleDifference"])
    print(f"{len(cases)} traces, {OUTPUT.stat().st_size} bytes; torch against the plain rules: "
          f"at most {worst['plainRuleDifference']:.2g} ({worst['id']})")


if __name__ == "__main__":
    main()
