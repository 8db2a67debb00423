# SPDX-License-Identifier: Apache-2.0
"""JAX: everything under jit in double precision, on the CPU.

Variants: "" a compiled call each time; "loop" (rosen_*): 100 dependent gradients inside one compiled loop. Training
loops are lax.scan as a whole.
"""

import os

import inputs
import worker

options = worker.options()
if options.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402  (the flags have to come first)
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

jax.config.update("jax_enable_x64", True)


def gmm(d, k, n):
    parameters, points = inputs.mixture(d, k, n)
    points = np.array(points).reshape(n, d)
    constant = inputs.mixture_constant(d, k, n)
    # Where the strictly lower triangle's numbers stand, column by column.
    columns, rows = np.triu_indices(d, 1)
    diagonal = np.arange(d)

    def likelihood(p):
        weights, means = p[:k], p[k:k + k * d].reshape(k, d)
        factors = p[k + k * d:].reshape(k, -1)
        scales = jnp.exp(factors[:, :d])
        lower = jnp.zeros((k, d, d)).at[:, rows, columns].set(factors[:, d:]).at[:, diagonal, diagonal].set(scales)
        y = jnp.einsum("kij,nkj->nki", lower, points[:, None, :] - means)
        terms = weights + factors[:, :d].sum(axis=1) - 0.5 * (y * y).sum(axis=2)
        prior = 0.5 * ((scales * scales).sum() + (factors[:, d:] ** 2).sum())
        total = jax.scipy.special.logsumexp(terms, axis=1).sum()
        return constant + total - n * jax.scipy.special.logsumexp(weights) + prior

    return jax.jit(jax.value_and_grad(likelihood)), jnp.array(parameters)


def lstm():
    parameters, state, sequence = map(np.array, inputs.lstm())
    state, sequence = state.reshape(2, 2, 14), sequence.reshape(1024, 14)

    def sigmoid(z):
        return 1 / (1 + jnp.exp(-z))

    def loss(p):
        weights, (scale_in, scale_out, shift_out) = p[:224].reshape(2, 8, 14), p[224:].reshape(3, 14)

        def step(memory, characters):
            now, following = characters
            x, after = now * scale_in, []
            for (wf, wi, wo, wc, bf, bi, bo, bc), (hidden, cell) in zip(weights, memory):
                change = jnp.tanh(hidden * wc + bc)
                cell = cell * sigmoid(x * wf + bf) + sigmoid(hidden * wi + bi) * change
                x = sigmoid(x * wo + bo) * jnp.tanh(cell)
                after.append((x, cell))
            y = x * scale_out + shift_out
            return after, (following * (y - jnp.log(jnp.exp(y).sum() + 2))).sum()

        start = [(layer[0], layer[1]) for layer in state]
        _, gains = jax.lax.scan(step, start, (sequence[:-1], sequence[1:]))
        return -gains.sum() / (1023 * 14)

    return jax.jit(jax.value_and_grad(loss)), jnp.array(parameters)


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def moons():
    points, signs, parameters = map(np.array, inputs.moons())

    def loss(p):
        first, second, last = p[:48].reshape(16, 3), p[48:320].reshape(16, 17), p[320:]
        hidden = jax.nn.relu(points @ first[:, :2].T + first[:, 2])
        hidden = jax.nn.relu(hidden @ second[:, :16].T + second[:, 16])
        scores = hidden @ last[:16] + last[16]
        return jax.nn.relu(1 - signs * scores).mean() + 1e-4 * (p * p).sum()

    return jax.jit(jax.value_and_grad(loss)), jnp.array(parameters)


def bundle():
    variables, seen = map(jnp.array, inputs.bundle())

    def residuals(x, seen):
        rotation, d = x[:3], x[11:14] - x[3:6]
        angle = jnp.sqrt(rotation @ rotation)
        axis = rotation / angle
        cosine, sine = jnp.cos(angle), jnp.sin(angle)
        r = d * cosine + jnp.cross(axis, d) * sine + axis * (axis @ d) * (1 - cosine)
        p = r[:2] / r[2]
        radius = p @ p
        return x[14] * (p * (1 + x[9] * radius + x[10] * radius * radius) * x[6] + x[7:9] - seen)

    def jacobians(x, seen):
        rows = jax.vmap(jax.jacfwd(residuals))(x, seen).reshape(-1, 30)
        return jnp.concatenate([rows, -2 * x[:, 14:]], axis=1)

    compiled = jax.jit(jacobians)
    return lambda: compiled(variables, seen), lambda r: worker.result(None, np.asarray(r).ravel())


def circle():
    points, classes, start = map(np.array, inputs.circle())
    batches = points.reshape(125, 32, 2), classes.reshape(125, 32)

    def loss(p, x, y):
        hidden = jax.nn.relu(x @ p[:16].reshape(8, 2).T + p[16:24])
        z = hidden @ p[24:32] + p[32]
        return (jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z)))).mean()

    def step(p, batch):
        return p - 0.1 * jax.grad(loss)(p, *batch), None

    def training(p):
        return jax.lax.scan(lambda p, _: (jax.lax.scan(step, p, batches)[0], None), p, None, length=50)[0]

    compiled, start = jax.jit(training), jnp.array(start)
    return lambda: compiled(start), lambda p: worker.result(loss(p, points, classes), p)


def chain():
    x, y = map(np.array, inputs.line())

    def loss(w, x, y):
        return (w[2] * (w[0] * x + w[1]) + w[3] - y) ** 2

    def epoch(w):
        return jax.lax.scan(lambda w, s: (w - 0.01 * jax.grad(loss)(w, *s), None), w, (x, y))[0]

    compiled, start = jax.jit(epoch), jnp.array(inputs.CHAIN_START)
    return lambda: compiled(start), lambda w: worker.result(None, w)


def linear_fit():
    x, y = map(np.array, inputs.line())

    def step(p):
        value, gradient = jax.value_and_grad(lambda p: ((p[0] * x + p[1] - y) ** 2).mean())(p)
        return value, p - 0.1 * gradient

    compiled, start = jax.jit(step), jnp.zeros(2)
    return lambda: compiled(start), lambda r: worker.result(r[0], r[1])


def network(widths, batch):
    weights, x = inputs.network(widths, batch)
    layers = [
        (jnp.array(w).reshape(outputs, -1), jnp.zeros(outputs)) for w, outputs in zip(weights, widths[1:])
    ]
    x = jnp.array(x).reshape(batch, -1)
    rows, classes = np.arange(batch), np.arange(batch) % 10

    def loss(layers, x):
        for w, b in layers[:-1]:
            x = jax.nn.relu(x @ w.T + b)
        w, b = layers[-1]
        logits = x @ w.T + b
        return (jax.scipy.special.logsumexp(logits, axis=1) - logits[rows, classes]).mean()

    def step(layers, x):
        value, gradient = jax.value_and_grad(loss)(layers, x)
        return value, gradient, jax.tree.map(lambda p, g: p - 0.01 * g, layers, gradient)

    compiled = jax.jit(lambda layers, x: step(layers, x)[::2])
    once = jax.jit(step)

    def outcome(_):
        value, gradient, _ = once(layers, x)
        return worker.result(value, np.concatenate([np.ravel(g) for pair in gradient for g in pair]))

    return lambda: compiled(layers, x), outcome


def scalar(f, x):
    return lambda: f(x), lambda r: worker.result(r[0], r[1])


def prepared(name):
    sizes = inputs.sizes(name)
    if name.startswith("gmm"):
        return scalar(*gmm(*sizes))
    if name.startswith("lstm"):
        return scalar(*lstm())
    if name.startswith("mlp"):
        return network(sizes[:-1], sizes[-1])
    if name == "hess_rosen_100":
        f, v = jax.jit(jax.hessian(rosenbrock)), np.array(inputs.direction())
        x = jnp.array(inputs.rosenbrock(100))
        return lambda: f(x), lambda h: worker.result(None, np.asarray(h) @ v)
    if name == "hvp_rosen_100":
        f = jax.jit(lambda x, v: jax.jvp(jax.grad(rosenbrock), (x,), (v,))[1])
        x, v = jnp.array(inputs.rosenbrock(100)), jnp.array(inputs.direction())
        return lambda: f(x, v), lambda h: worker.result(None, h)
    if name.startswith("rosen"):
        return scalar(jax.jit(jax.value_and_grad(rosenbrock)), jnp.array(inputs.rosenbrock(sizes[0])))
    if name == "moons":
        return scalar(*moons())
    return {"ba": bundle, "circle": circle, "chain": chain, "linear_fit": linear_fit}[name]()


def looped(n):
    """100 gradients, each at a point that depends on the one before: nothing can be left out or done once."""
    def body(_, state):
        x, total = state
        value, gradient = jax.value_and_grad(rosenbrock)(x)
        return x - 1e-12 * gradient, total + value

    f = jax.jit(lambda x: jax.lax.fori_loop(0, 100, body, (x, 0.0)))
    x = jnp.array(inputs.rosenbrock(n))
    return lambda: f(x)


call, describe = prepared(options.workload)
timed, inside = call, 1
if options.variant == "loop":
    timed, inside = looped(inputs.sizes(options.workload)[0]), 100
worker.serve(
    f"jax {jax.__version__}", repetition=lambda: jax.block_until_ready(timed()), outcome=lambda: describe(call()),
    calls_inside=inside)
