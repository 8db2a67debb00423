# SPDX-License-Identifier: Apache-2.0
"""Writes ../Resources/torch-models.json: outputs, losses and gradients of small networks, by PyTorch.

Run with any Python that has torch:  python torch_models.py
One set of 54 parameters and six inputs serves a network 3-5-4-2 with five hidden activations and three
outputs. Parameters, inputs and targets are short decimals made by a formula, so that no random generator
is involved. The script stops if a point comes closer than 0.001 to a kink (of relu, |x|, hinge or Huber),
where a gradient is a choice.
"""

import json
import math
import platform
from pathlib import Path

import torch
import torch.nn.functional as F

from loss_cases import elementwise_cases

OUTPUT = Path(__file__).resolve().parent.parent / "Resources" / "torch-models.json"
SIZES = [3, 5, 4, 2]
SLOPE = 0.01
MARGIN = 0.001
HIDDEN = {
    "relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
    "leakyRelu": lambda x: F.leaky_relu(x, SLOPE), "identity": lambda x: x,
}
OUTPUTS = {"identity": lambda s: s, "sigmoid": torch.sigmoid, "softmax": lambda s: torch.softmax(s, dim=1)}


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def wave(count, scale, phase):
    """Decimals with three places, spread over [-scale, scale]."""
    return [round(scale * math.sin(1.7 * k + phase), 3) for k in range(count)]


def rows(values, width):
    return [values[k:k + width] for k in range(0, len(values), width)]


COUNT = sum((a + 1) * b for a, b in zip(SIZES, SIZES[1:]))
PARAMETERS = wave(COUNT, 0.9, 0.4)
INPUTS = rows(wave(18, 1.5, 1.1), 3)
TARGETS = {
    "real": rows(wave(12, 2.0, 2.3), 2),
    "binary": [[1.0, 0.0], [0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]],
    "sign": [[1.0, -1.0], [-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]],
    "class": [0, 1, 1, 0, 1, 0],
}


def layers(parameters):
    """(weight [out, in], bias [out]) of each layer; names and offsets as recorded in `layout`."""
    offset = 0
    for inputs, outputs in zip(SIZES, SIZES[1:]):
        weight = parameters[offset:offset + inputs * outputs].reshape(outputs, inputs)
        offset += inputs * outputs
        yield weight, parameters[offset:offset + outputs]
        offset += outputs


def layout():
    records, offset = [], 0
    for index, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:])):
        for name, shape in (("weight", [outputs, inputs]), ("bias", [outputs])):
            records.append({"name": f"layers.{index}.{name}", "offset": offset, "shape": shape})
            offset += math.prod(shape)
    return records


def forward(parameters, hidden, output):
    x, linear = tensor(INPUTS), list(layers(parameters))
    for weight, bias in linear[:-1]:
        x = F.linear(x, weight, bias)
        if hidden in ("relu", "leakyRelu"):
            away_from(x, 0, f"{hidden} layer")
        x = HIDDEN[hidden](x)
    return OUTPUTS[output](F.linear(x, *linear[-1]))


def away_from(values, kink, where):
    if not ((values.detach() - kink).abs().min() >= MARGIN):
        raise SystemExit(f"{where}: a value is within {MARGIN} of the kink at {kink}")


def losses(output):
    """Name, target and function of (prediction, target, reduction) of each loss this output takes."""
    def residual_kinks(p, t, r):
        away_from(p - t, 0, "residual")
        away_from((p - t).abs(), 1, "residual")

    def hinge(p, t, r):
        away_from(1 - t * p, 0, "hinge")
        return getattr(torch.clamp(1 - t * p, min=0), r)()

    def checked(f):
        def run(p, t, r):
            residual_kinks(p, t, r)
            return f(p, t, r)
        return run

    yield "squared", "real", lambda p, t, r: F.mse_loss(p, t, reduction=r)
    yield "absolute", "real", checked(lambda p, t, r: F.l1_loss(p, t, reduction=r))
    yield "huber", "real", checked(lambda p, t, r: F.huber_loss(p, t, reduction=r, delta=1.0))
    if output == "identity":
        yield "binaryCrossEntropyOnLogits", "binary", lambda p, t, r: F.binary_cross_entropy_with_logits(
            p, t, reduction=r)
        yield "hinge", "sign", hinge
        yield "softmaxCrossEntropy", "class", lambda p, t, r: F.cross_entropy(p, t, reduction=r)
    if output == "sigmoid":
        yield "binaryCrossEntropy", "binary", lambda p, t, r: F.binary_cross_entropy(p, t, reduction=r)


def value_and_gradient(f):
    parameters = tensor(PARAMETERS).requires_grad_()
    value = f(parameters)
    (gradient,) = torch.autograd.grad(value, parameters)
    return {"value": value.item(), "gradient": gradient.tolist()}


def model(hidden, output):
    records = []
    for name, target, function in losses(output):
        t = torch.tensor(TARGETS[target]) if target == "class" else tensor(TARGETS[target])
        record = {"loss": name, "target": target, "terms": t.numel()}
        for reduction in ("sum", "mean"):
            record[reduction] = value_and_gradient(
                lambda p: function(forward(p, hidden, output), t, reduction))
        records.append(record)
    with torch.no_grad():
        outputs = forward(tensor(PARAMETERS), hidden, output).tolist()
    return {"id": f"{hidden}.{output}", "hidden": hidden, "output": output, "outputs": outputs,
            "losses": records}


def penalties():
    weights = torch.cat([torch.cat([torch.ones(w.numel()), torch.zeros(b.numel())])
                         for w, b in layers(tensor(PARAMETERS))]).double()
    away_from(tensor(PARAMETERS), 0, "parameter")
    for name, function in (("l2", lambda p: 0.01 * (p * p).sum()), ("l1", lambda p: 0.01 * p.abs().sum())):
        yield {"penalty": name, "scope": "all", "factor": 0.01, **value_and_gradient(function)}
        yield {"penalty": name, "scope": "weights", "factor": 0.01,
               **value_and_gradient(lambda p: function(p * weights))}


def main():
    torch.set_num_threads(1)
    models = [model(hidden, output) for output in OUTPUTS for hidden in HIDDEN]
    document = {
        "provenance": {
            "license": "Apache-2.0", "generator": "Tests/ModelsTests/Generators/torch_models.py",
            "torch": torch.__version__, "python": platform.python_version(), "dtype": "float64",
            "notes": "squared has no factor 1/2; huber has delta 1; hinge is max(0, 1 - t*s); mean divides "
                     "by terms, the number of loss terms (outputs * samples, or samples for "
                     "softmaxCrossEntropy); l2 is factor*sum(p*p), l1 is factor*sum(|p|).",
        },
        "sizes": SIZES, "leakySlope": SLOPE, "layout": layout(), "parameters": PARAMETERS, "inputs": INPUTS,
        "targets": TARGETS, "models": models, "penalties": list(penalties()),
        "elementwise": elementwise_cases(),
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(document, sort_keys=True, indent=1, allow_nan=False) + "\n")
    print(f"{len(models)} models, {sum(len(m['losses']) for m in models)} losses, "
          f"{OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
