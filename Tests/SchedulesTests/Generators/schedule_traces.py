# SPDX-License-Identifier: Apache-2.0
"""Writes ../Resources/schedule-traces.json: learning rates of torch.optim.lr_scheduler for steps 0 to 60.

Run with any Python that has torch:  python schedule_traces.py
`rates` come from stepping torch's scheduler (many are recursive, so that rounding accumulates);
`closedForm` is the formula stated with the case, evaluated in Python floats at that step alone, which is
what a pure function of the step should compute. Both are stored with their largest relative difference;
one above 1e-12 stops the script.
"""

import json
import math
import platform
import warnings
from pathlib import Path

import torch
from torch.optim import lr_scheduler as schedulers

BASE = 0.1
LAST = 60
OUTPUT = Path(__file__).resolve().parent.parent / "Resources" / "schedule-traces.json"


def cosine(start, end, fraction):
    """From `start` at fraction 0 to `end` at fraction 1 along half a cosine."""
    return end + (start - end) * (1 + math.cos(math.pi * fraction)) / 2


def linear(start, end, fraction):
    return start + (end - start) * fraction


def restarts(step, period=10, factor=2):
    while step >= period:
        step, period = step - period, period * factor
    return cosine(BASE, 0.001, step / period)


def one_cycle(step, between, boundaries, rates):
    """Piecewise between `rates` at `boundaries` (real numbers; the last boundary is total - 1)."""
    for (a, b), (low, high) in zip(zip(boundaries, boundaries[1:]), zip(rates, rates[1:])):
        if step <= b:
            return between(low, high, (step - a) / (b - a))
    raise ValueError(step)


def one_cycle_case(identifier, anneal, three_phase):
    total, share, top = 60, 0.3, 0.1
    start, end = top / 25, top / 25 / 1e4
    up = share * total - 1
    between = cosine if anneal == "cos" else linear
    if three_phase:
        boundaries, rates = [0, up, 2 * share * total - 2, total - 1], [start, top, start, end]
    else:
        boundaries, rates = [0, up, total - 1], [start, top, end]
    options = {"max_lr": top, "total_steps": total, "pct_start": share, "div_factor": 25.0,
               "final_div_factor": 1e4}
    return case(
        identifier, "OneCycleLR",
        "initial = max/div_factor, final = initial/final_div_factor; up until pct_start*total - 1, then down "
        "until total - 1 (three phases: down to initial until 2*pct_start*total - 2, then to final)",
        lambda o: schedulers.OneCycleLR(o, anneal_strategy=anneal, three_phase=three_phase, **options),
        lambda t: one_cycle(t, between, boundaries, rates),
        {**options, "three_phase": float(three_phase), "cosine": float(anneal == "cos")}, last=total - 1)


def warm_up_cosine(optimizer):
    return schedulers.SequentialLR(
        optimizer,
        [schedulers.LinearLR(optimizer, start_factor=0.2, end_factor=1.0, total_iters=5),
         schedulers.CosineAnnealingLR(optimizer, T_max=55, eta_min=0.001)],
        milestones=[5])


def case(identifier, torch_name, formula, make, closed, options, last=LAST):
    return {"id": identifier, "torch": torch_name, "formula": formula, "make": make, "closed": closed,
            "options": options, "last": last}


CASES = [
    case("constant", "LambdaLR", "base", lambda o: schedulers.LambdaLR(o, lambda t: 1.0), lambda t: BASE, {}),
    case("constantThenFull", "ConstantLR", "base*factor while step < total, then base",
         lambda o: schedulers.ConstantLR(o, factor=0.5, total_iters=5),
         lambda t: BASE * (0.5 if t < 5 else 1), {"factor": 0.5, "total": 5}),
    case("step", "StepLR", "base*gamma^floor(step/size)",
         lambda o: schedulers.StepLR(o, step_size=10, gamma=0.5),
         lambda t: BASE * 0.5 ** (t // 10), {"size": 10, "gamma": 0.5}),
    case("multiStep", "MultiStepLR", "base*gamma^(number of milestones <= step), milestones 10 and 30",
         lambda o: schedulers.MultiStepLR(o, milestones=[10, 30], gamma=0.1),
         lambda t: BASE * 0.1 ** sum(t >= m for m in (10, 30)),
         {"milestone1": 10, "milestone2": 30, "gamma": 0.1}),
    case("exponential", "ExponentialLR", "base*gamma^step", lambda o: schedulers.ExponentialLR(o, gamma=0.95),
         lambda t: BASE * 0.95**t, {"gamma": 0.95}),
    case("linear", "LinearLR", "base*(start + (end - start)*min(step, total)/total)",
         lambda o: schedulers.LinearLR(o, start_factor=1 / 3, end_factor=1.0, total_iters=10),
         lambda t: BASE * linear(1 / 3, 1.0, min(t, 10) / 10), {"start": 1 / 3, "end": 1.0, "total": 10}),
    case("linearDown", "LinearLR", "base*(start + (end - start)*min(step, total)/total)",
         lambda o: schedulers.LinearLR(o, start_factor=1.0, end_factor=0.1, total_iters=40),
         lambda t: BASE * linear(1.0, 0.1, min(t, 40) / 40), {"start": 1.0, "end": 0.1, "total": 40}),
    case("polynomial", "PolynomialLR", "base*(1 - min(step, total)/total)^power",
         lambda o: schedulers.PolynomialLR(o, total_iters=40, power=2.0),
         lambda t: BASE * (1 - min(t, 40) / 40) ** 2, {"total": 40, "power": 2.0}),
    case("cosine", "CosineAnnealingLR",
         "min + (base - min)*(1 + cos(pi*step/period))/2; after the period it rises again, it is not held",
         lambda o: schedulers.CosineAnnealingLR(o, T_max=50, eta_min=0.001),
         lambda t: cosine(BASE, 0.001, t / 50), {"period": 50, "minimum": 0.001}),
    case("cosineRestarts", "CosineAnnealingWarmRestarts",
         "min + (base - min)*(1 + cos(pi*c/p))/2, c steps since the restart; restarts at 0, 10, 30",
         lambda o: schedulers.CosineAnnealingWarmRestarts(o, T_0=10, T_mult=2, eta_min=0.001),
         restarts, {"period": 10, "factor": 2, "minimum": 0.001}),
    one_cycle_case("oneCycle", "cos", False),
    one_cycle_case("oneCycleLinear", "linear", False),
    one_cycle_case("oneCycleThreePhase", "cos", True),
    case("inverseTime", "LambdaLR", "base/(1 + decay*step)",
         lambda o: schedulers.LambdaLR(o, lambda t: 1 / (1 + 0.1 * t)),
         lambda t: BASE / (1 + 0.1 * t), {"decay": 0.1}),
    case("warmUpCosine", "SequentialLR(LinearLR, CosineAnnealingLR)",
         "step < 5: base*(0.2 + 0.8*step/5); then the cosine of period 55 at step - 5, at min for step 60",
         warm_up_cosine,
         lambda t: BASE * linear(0.2, 1.0, t / 5) if t < 5 else cosine(BASE, 0.001, (t - 5) / 55),
         {"warmUp": 5, "start": 0.2, "period": 55, "minimum": 0.001}),
]


def trace(c):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=BASE)
    with warnings.catch_warnings():  # SequentialLR calls step(0) on its parts, which torch itself deprecates.
        warnings.simplefilter("ignore", UserWarning)
        scheduler = c["make"](optimizer)
        rates = [optimizer.param_groups[0]["lr"]]
        for _ in range(c["last"]):
            optimizer.step()
            scheduler.step()
            rates.append(optimizer.param_groups[0]["lr"])
    rates = [float(r) for r in rates]
    closed = [float(c["closed"](t)) for t in range(c["last"] + 1)]
    difference = max(abs(a - b) / max(abs(b), 1e-6 * BASE) for a, b in zip(rates, closed))
    if not (difference <= 1e-12):
        raise SystemExit(f"{c['id']}: torch and the closed form differ by {difference}")
    return {"id": c["id"], "torch": c["torch"], "formula": c["formula"], "base": BASE, "rates": rates,
            "options": {k: float(v) for k, v in c["options"].items()}, "closedForm": closed,
            "closedFormDifference": difference}


def main():
    cases = [trace(c) for c in CASES]
    document = {
        "provenance": {
            "license": "Apache-2.0", "generator": "Tests/SchedulesTests/Generators/schedule_traces.py",
            "torch": torch.__version__, "python": platform.python_version(),
            "notes": "rates[k] is the rate used for step k (counted from 0, before any step is taken). "
                     "closedFormDifference is relative, with 1e-6*base as the least denominator.",
        },
        "cases": cases,
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(document, sort_keys=True, indent=1, allow_nan=False) + "\n")
    for c in cases:
        print(f"{c['id']:20} {len(c['rates'])} rates, torch against the closed form "
              f"{c['closedFormDifference']:.2g}")
    print(OUTPUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
