# SPDX-License-Identifier: Apache-2.0
"""PyTorch, eager, in double precision.

Variants for circle: "" modules and an optimizer over batches that lie ready; "lean": raw tensors and one fused update;
"dataloader": the batches from a DataLoader in file order.
"""

import numpy as np
import torch
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

import inputs
import worker

options = worker.options()
torch.set_num_threads(options.threads)
torch.set_default_dtype(torch.float64)


def tensor(x):
    return torch.tensor(x, dtype=torch.float64)


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors]).numpy()


def gradient(f, *tensors):
    """One repetition: value and gradient by tensors."""
    tensors = [t.requires_grad_() for t in tensors]

    def call():
        value = f(*tensors)
        return value, torch.autograd.grad(value, tensors)

    return call, lambda r: worker.result(r[0], flat(r[1]))


def gmm(d, k, n):
    parameters, points = inputs.mixture(d, k, n)
    p, points = tensor(parameters), tensor(points).reshape(n, d)
    constant = inputs.mixture_constant(d, k, n)
    columns, rows = np.triu_indices(d, 1)

    def likelihood(weights, means, factors):
        scales = torch.exp(factors[:, :d])
        lower = torch.diag_embed(scales)
        lower[:, rows, columns] = factors[:, d:]
        y = torch.einsum("kij,nkj->nki", lower, points[:, None, :] - means)
        terms = weights + factors[:, :d].sum(1) - 0.5 * (y * y).sum(2)
        prior = 0.5 * ((scales * scales).sum() + (factors[:, d:] ** 2).sum())
        return constant + torch.logsumexp(terms, 1).sum() - n * torch.logsumexp(weights, 0) + prior

    means = p[k:k + k * d].reshape(k, d)
    return gradient(likelihood, p[:k].clone(), means.clone(), p[k + k * d:].reshape(k, -1).clone())


def lstm():
    parameters, state, sequence = map(tensor, inputs.lstm())
    sequence = sequence.reshape(1024, 14)

    def loss(p):
        weights, (scale_in, scale_out, shift_out) = p[:224].reshape(2, 8, 14).unbind(), p[224:].reshape(3, 14).unbind()
        weights = [w.unbind() for w in weights]
        memory = [list(layer.unbind()) for layer in state.reshape(2, 2, 14)]
        total = 0
        for t in range(1023):
            x = sequence[t] * scale_in
            for (wf, wi, wo, wc, bf, bi, bo, bc), layer in zip(weights, memory):
                hidden, cell = layer
                change = torch.tanh(hidden * wc + bc)
                cell = cell * torch.sigmoid(x * wf + bf) + torch.sigmoid(hidden * wi + bi) * change
                x = torch.sigmoid(x * wo + bo) * torch.tanh(cell)
                layer[:] = x, cell
            y = x * scale_out + shift_out
            total = total + (sequence[t + 1] * (y - torch.log(torch.exp(y).sum() + 2))).sum()
        return -total / (1023 * 14)

    return gradient(loss, parameters)


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def moons():
    points, signs, parameters = map(tensor, inputs.moons())

    def loss(p):
        first, second, last = p[:48].reshape(16, 3), p[48:320].reshape(16, 17), p[320:]
        hidden = torch.relu(points @ first[:, :2].T + first[:, 2])
        hidden = torch.relu(hidden @ second[:, :16].T + second[:, 16])
        return torch.relu(1 - signs * (hidden @ last[:16] + last[16])).mean() + 1e-4 * (p * p).sum()

    return gradient(loss, parameters)


def classifier(p):
    """The 2-8-1 network with given parameters."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
    with torch.no_grad():
        for parameter, values in zip(model.parameters(), torch.split(p, [16, 8, 8, 1])):
            parameter.copy_(values.reshape(parameter.shape))
    return model


def circle():
    points, classes, start = map(tensor, inputs.circle())
    classes = classes[:, None]
    loss = functional.binary_cross_entropy_with_logits
    loader = DataLoader(TensorDataset(points, classes), batch_size=32)
    batches = loader if options.variant == "dataloader" else list(zip(points.split(32), classes.split(32)))

    def training():
        model = classifier(start)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for _ in range(50):
            for x, y in batches:
                optimizer.zero_grad()
                loss(model(x), y).backward()
                optimizer.step()
        return list(model.parameters())

    def lean():
        shapes = [(8, 2), (8,), (1, 8), (1,)]
        p = [t.reshape(s).clone().requires_grad_() for t, s in zip(torch.split(start, [16, 8, 8, 1]), shapes)]
        for _ in range(50):
            for x, y in batches:
                hidden = torch.relu(torch.addmm(p[1], x, p[0].T))
                g = torch.autograd.grad(loss(torch.addmm(p[3], hidden, p[2].T), y), p)
                with torch.no_grad():
                    torch._foreach_add_(p, g, alpha=-0.1)
        return p

    def outcome(p):
        p = torch.tensor(flat(p))
        return worker.result(loss(classifier(p)(points), classes), p)

    return lean if options.variant == "lean" else training, outcome


def chain():
    x, y = map(tensor, inputs.line())
    samples = list(zip(x, y))

    def epoch():
        w = [tensor(v).requires_grad_() for v in inputs.CHAIN_START]
        for x, y in samples:
            g = torch.autograd.grad((w[2] * (w[0] * x + w[1]) + w[3] - y) ** 2, w)
            with torch.no_grad():
                torch._foreach_add_(w, g, alpha=-0.01)
        return w

    return epoch, lambda w: worker.result(None, flat(w))


def linear_fit():
    x, y = map(tensor, inputs.line())
    p = torch.zeros(2, requires_grad=True)

    def step():
        value = ((p[0] * x + p[1] - y) ** 2).mean()
        g, = torch.autograd.grad(value, p)
        with torch.no_grad():
            return value, p - 0.1 * g

    return step, lambda r: worker.result(r[0], r[1])


def network(widths, batch):
    weights, x = inputs.network(widths, batch)
    x, classes = tensor(x).reshape(batch, -1), torch.arange(batch) % 10
    layers = [torch.nn.Linear(a, b) for a, b in zip(widths, widths[1:])]
    with torch.no_grad():
        for layer, w in zip(layers, weights):
            layer.weight.copy_(tensor(w).reshape(layer.weight.shape))
            layer.bias.zero_()
    modules = [m for layer in layers for m in (layer, torch.nn.ReLU())]
    model = torch.nn.Sequential(*modules[:-1])
    parameters = list(model.parameters())
    optimizer = torch.optim.SGD(parameters, lr=0.01)

    def step():
        optimizer.zero_grad()
        value = functional.cross_entropy(model(x), classes)
        value.backward()
        optimizer.step()
        return value

    # The first step is at the reference's parameters; the later ones go on from it.
    return step, lambda value: worker.result(value, flat([p.grad for p in parameters]))


def second_order(name):
    x, v = tensor(inputs.rosenbrock(100)), tensor(inputs.direction())
    if name.startswith("hess"):
        hessian = torch.func.hessian(rosenbrock)
        return lambda: hessian(x), lambda h: worker.result(None, h @ v)
    x.requires_grad_()

    def product():
        g, = torch.autograd.grad(rosenbrock(x), x, create_graph=True)
        return torch.autograd.grad(g @ v, x)[0]

    return product, lambda g: worker.result(None, g)


def prepared(name):
    sizes = inputs.sizes(name)
    if name.startswith("gmm"):
        return gmm(*sizes)
    if name.startswith("mlp"):
        return network(sizes[:-1], sizes[-1])
    if name.startswith(("hess", "hvp")):
        return second_order(name)
    if name.startswith("rosen"):
        return gradient(rosenbrock, tensor(inputs.rosenbrock(sizes[0])))
    if name.startswith("lstm"):
        return lstm()
    return {"moons": moons, "circle": circle, "chain": chain, "linear_fit": linear_fit}[name]()


call, describe = prepared(options.workload)
worker.serve(f"torch {torch.__version__}", call, lambda: describe(call()))
