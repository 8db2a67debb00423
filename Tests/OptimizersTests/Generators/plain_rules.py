# SPDX-License-Identifier: Apache-2.0
"""The update rules behind the golden traces, on Python floats and without torch.

`optimizer_traces.py` compares torch.optim with these rules, so that a trace is confirmed by two
implementations and the rule is written where a reader can see each convention (what is decayed, where
epsilon stands, what starts how).
"""

import math


def clipped(clip, g):
    if clip is None:
        return g
    if clip["kind"] == "value":
        return [max(-clip["limit"], min(clip["limit"], v)) for v in g]
    norm = math.sqrt(sum(v * v for v in g))
    factor = min(1.0, clip["limit"] / (norm + clip["epsilon"]))
    return [v * factor for v in g]


def sgd(o, s, k, p, g):
    g = [gi + o["weight_decay"] * pi for gi, pi in zip(g, p)]
    if o["momentum"]:
        if k == 1:  # The first buffer is the gradient itself: dampening is not applied to it.
            s["v"] = g
        else:
            s["v"] = [o["momentum"] * v + (1 - o["dampening"]) * gi for v, gi in zip(s["v"], g)]
        g = [gi + o["momentum"] * v for gi, v in zip(g, s["v"])] if o["nesterov"] else s["v"]
    return [pi - o["lr"] * gi for pi, gi in zip(p, g)]


def adagrad(o, s, k, p, g):
    g = [gi + o["weight_decay"] * pi for gi, pi in zip(g, p)]
    if k == 1:
        s["sum"] = [o["initial_accumulator_value"]] * len(p)
    s["sum"] = [a + gi * gi for a, gi in zip(s["sum"], g)]
    rate = o["lr"] / (1 + (k - 1) * o["lr_decay"])
    return [pi - rate * gi / (math.sqrt(a) + o["eps"]) for pi, gi, a in zip(p, g, s["sum"])]


def rmsprop(o, s, k, p, g):
    g = [gi + o["weight_decay"] * pi for gi, pi in zip(g, p)]
    zeros = [0.0] * len(p)
    square, mean, buffer = s.get("square", zeros), s.get("mean", zeros), s.get("buffer", zeros)
    a = o["alpha"]
    square = s["square"] = [a * v + (1 - a) * gi * gi for v, gi in zip(square, g)]
    variance = square
    if o["centered"]:
        mean = s["mean"] = [a * m + (1 - a) * gi for m, gi in zip(mean, g)]
        variance = [v - m * m for v, m in zip(square, mean)]
    step = [gi / (math.sqrt(v) + o["eps"]) for gi, v in zip(g, variance)]
    if o["momentum"]:
        step = s["buffer"] = [o["momentum"] * b + t for b, t in zip(buffer, step)]
    return [pi - o["lr"] * t for pi, t in zip(p, step)]


def adam(o, s, k, p, g, decoupled=False):
    if decoupled:  # AdamW shrinks the parameters first, by lr * weight_decay.
        p = [pi * (1 - o["lr"] * o["weight_decay"]) for pi in p]
    else:
        g = [gi + o["weight_decay"] * pi for gi, pi in zip(g, p)]
    zeros = [0.0] * len(p)
    b1, b2 = o["beta1"], o["beta2"]
    s["m"] = [b1 * m + (1 - b1) * gi for m, gi in zip(s.get("m", zeros), g)]
    s["v"] = [b2 * v + (1 - b2) * gi * gi for v, gi in zip(s.get("v", zeros), g)]
    v = s["v"]
    if o["amsgrad"]:  # The maximum is taken over the uncorrected second moments.
        v = s["max"] = [max(a, b) for a, b in zip(s.get("max", zeros), v)]
    correction1, correction2 = 1 - b1**k, 1 - b2**k
    return [pi - o["lr"] / correction1 * m / (math.sqrt(vi) / math.sqrt(correction2) + o["eps"])
            for pi, m, vi in zip(p, s["m"], v)]


def adamw(o, s, k, p, g):
    return adam(o, s, k, p, g, decoupled=True)


RULES = {"SGD": sgd, "Adagrad": adagrad, "RMSprop": rmsprop, "Adam": adam, "AdamW": adamw}


def plain_trace(name, options, clip, start, gradients):
    """Parameters after each step, for the recorded gradients."""
    state, p, trace = {}, list(start), []
    for k, g in enumerate(gradients, start=1):
        p = RULES[name](options, state, k, p, clipped(clip, g))
        trace.append(p)
    return trace
