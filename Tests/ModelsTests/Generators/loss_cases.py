# SPDX-License-Identifier: Apache-2.0
"""Losses of single predictions, far into their tails: exact value and slope, with PyTorch's beside them.

The exact numbers come from mpmath at 500 digits and are stored as the nearest doubles. At |s| = 1000 a
formula that exponentiates overflows. PyTorch's forms do not, but they subtract numbers of the size of s,
so that the loss of a score with a small loss is 0 in PyTorch (s = -50, t = 0: 1.9e-22 exactly). `torch`
therefore has to agree to 4 * 2^-53 * max(1, |s|) absolute or 1e-13 relative, or the script stops; where a
test compares with `value` it may ask for more. Probabilities stay 1e-9 away from 0 and 1: nearer than
about 1e-12 PyTorch clamps the slope's denominator p(1 - p), and it clamps logarithms at -100.
"""

import torch
import torch.nn.functional as F
from mpmath import mp, mpf

SCORES = [-1000.0, -50.0, -3.0, -0.5, -1e-8, 0.0, 1e-8, 0.25, 3.0, 50.0, 1000.0]
RESIDUALS = [-1e8, -3.0, -1.001, -0.999, -1e-8, 1e-8, 0.5, 0.999, 1.001, 3.0, 1e8]
PROBABILITIES = [1e-9, 1e-3, 0.25, 0.5, 0.75, 0.999, 0.999999999]
LOGITS = [
    [1000.0, 0.0, -1000.0], [0.1, 0.2, 0.3], [-5.0, 40.0, 39.0], [1e-8, 0.0, 0.0], [800.0, 800.0, 799.0]]


def logit_loss(s, t):
    """log(1 + exp(s)) - t*s and its slope, exactly."""
    return mp.log1p(mp.exp(s)) - t * s, 1 / (1 + mp.exp(-s)) - t


def probability_loss(p, t):
    return -(t * mp.log(p) + (1 - t) * mp.log(1 - p)), (p - t) / (p * (1 - p))


def squared(p, t):
    return (p - t) ** 2, 2 * (p - t)


def absolute(p, t):
    return abs(p - t), mp.sign(p - t)


def huber(p, t):
    r = p - t
    return (r * r / 2, r) if abs(r) <= 1 else (abs(r) - mpf(1) / 2, mp.sign(r))


def hinge(p, t):
    return (1 - t * p, -t) if t * p < 1 else (mpf(0), mpf(0))


SCALAR = [
    ("binaryCrossEntropyOnLogits", logit_loss, F.binary_cross_entropy_with_logits, SCORES, [0.0, 1.0]),
    ("binaryCrossEntropy", probability_loss, F.binary_cross_entropy, PROBABILITIES, [0.0, 1.0]),
    ("squared", squared, F.mse_loss, RESIDUALS, [0.0]),
    ("absolute", absolute, F.l1_loss, RESIDUALS, [0.0]),
    ("huber", huber, F.huber_loss, RESIDUALS, [0.0]),
    ("hinge", hinge, lambda p, t: torch.clamp(1 - t * p, min=0).sum(), SCORES, [-1.0, 1.0]),
]


def agreed(where, found, exact, scale):
    """`exact` as the nearest doubles, after a comparison with what torch found."""
    for a, b in zip(found, exact):
        if not (abs(mpf(a) - b) <= max(mpf("1e-13") * abs(b), 4 * mpf(2) ** -53 * max(1, scale))):
            raise SystemExit(f"{where}: torch {a!r}, exactly {mp.nstr(b, 20)}")
    return [float(b) for b in exact]


def record(name, prediction, target, found, exact):
    value, *gradient = agreed(
        f"{name} at {prediction}, {target}", found, exact, max(abs(v) for v in prediction))
    return {"loss": name, "prediction": prediction, "target": target, "value": value, "gradient": gradient,
            "torch": {"value": found[0], "gradient": found[1:]}}


def scalar_case(name, exactly, function, prediction, target):
    p = torch.tensor([prediction], dtype=torch.float64, requires_grad=True)
    value = function(p, torch.tensor([target], dtype=torch.float64))
    (slope,) = torch.autograd.grad(value, p)
    exact = exactly(mpf(prediction), mpf(target))
    return record(name, [prediction], target, [value.item(), slope.item()], exact)


def softmax_case(logits, label):
    s = torch.tensor([logits], dtype=torch.float64, requires_grad=True)
    value = F.cross_entropy(s, torch.tensor([label]))
    (gradient,) = torch.autograd.grad(value, s)
    exact_logits = [mpf(v) for v in logits]
    total = sum(mp.exp(v) for v in exact_logits)
    exact = [mp.log(total) - exact_logits[label]]
    exact += [mp.exp(v) / total - (k == label) for k, v in enumerate(exact_logits)]
    return record("softmaxCrossEntropy", logits, float(label), [value.item(), *gradient[0].tolist()], exact)


def elementwise_cases():
    with mp.workdps(500):
        cases = [scalar_case(name, exactly, function, p, t)
                 for name, exactly, function, predictions, targets in SCALAR
                 for p in predictions for t in targets]
        return cases + [softmax_case(logits, label) for logits in LOGITS for label in range(3)]
