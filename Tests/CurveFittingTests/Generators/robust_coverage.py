# SPDX-License-Identifier: Apache-2.0
"""Coverage of 95 % intervals of a slope under robust losses, 3,000 lines of 60 rows, without and with one row in ten of
ten times the noise: Wald's with Huber's errors, the profile in their unit, and the profile in the loss sum's own unit.

    python3 robust_coverage.py    (numpy, scipy; a check of the statistics that shares no code with the library)
"""
import numpy as np
from scipy import stats

COUNT, ROWS = 3000, 60


def terms(kind, c, r):
    """phi, phi'/r and phi''."""
    if kind == "huber":
        size = np.abs(r)
        inside = size <= c
        return np.where(inside, r * r / 2, c * size - c * c / 2), np.where(inside, 1, c / np.maximum(size, 1e-300)), inside * 1.0
    z = (r / c) ** 2
    if kind == "soft-l1":
        root = np.sqrt(1 + z)
        return r * r / (root + 1), 1 / root, 1 / root**3
    return c * c * np.log1p(z) / 2, 1 / (1 + z), (1 - z) / (1 + z) ** 2


def residuals(kind, c, x, y, a, b, held=False):
    """Of the fits of all lines by reweighting; the slope may be held."""
    for _ in range(400):
        w = terms(kind, c, a[:, None] + b[:, None] * x - y)[1]
        s, sx, sxx = w.sum(1), (w * x).sum(1), (w * x * x).sum(1)
        sy, sxy = (w * y).sum(1), (w * x * y).sum(1)
        if held:
            next_a, next_b = (sy - b * sx) / s, b
        else:
            d = s * sxx - sx**2
            next_a, next_b = (sxx * sy - sx * sxy) / d, (s * sxy - sx * sy) / d
        moved = np.abs(next_a - a).max() + np.abs(next_b - b).max()
        a, b = next_a, next_b
        if moved < 1e-12:
            break
    return a, b, a[:, None] + b[:, None] * x - y


random = np.random.default_rng(3)
x = np.linspace(-1, 1, ROWS)
t = stats.t.ppf(0.975, ROWS - 2)
for contaminated in (False, True):
    noise = random.standard_normal((COUNT, ROWS)) * 0.1
    if contaminated:
        noise *= np.where(random.random((COUNT, ROWS)) < 0.1, 10, 1)
    y = 1 + 2 * x + noise
    for kind, c in (("huber", 0.15), ("soft-l1", 0.1), ("cauchy", 0.24)):
        a, b, r = residuals(kind, c, x, y, np.median(y, 1), np.full(COUNT, 2.0))
        phi, w, curvature = terms(kind, c, r)
        mean = curvature.mean(1)
        k = 1 + 2 / ROWS * curvature.var(1) / mean**2
        variance = k**2 * ((w * r) ** 2).sum(1) / (ROWS - 2) / mean**2
        wald = np.abs(b - 2) < t * np.sqrt(variance / (x @ x))
        held = residuals(kind, c, x, y, a, np.full(COUNT, 2.0), held=True)[2]
        rise = 2 * terms(kind, c, held)[0].sum(1) - 2 * phi.sum(1)
        profile = rise < t * t * variance * mean
        own = rise < t * t * 2 * phi.sum(1) / (ROWS - 2)
        print(f"{'outliers' if contaminated else 'none    '} {kind:8} Wald {wald.mean():.3f}"
              f" profile {profile.mean():.3f} in its own unit {own.mean():.3f}")
