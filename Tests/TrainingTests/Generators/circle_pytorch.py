# SPDX-License-Identifier: Apache-2.0
"""The circle classifier of the teaching document on backpropagation, in plain PyTorch, over ten seeds.

Run with:  python circle_pytorch.py [number of seeds]
It prints what the documentation and the acceptance gate of the circle system quote. All as in the
document, in float32: 5,000 points uniform in [-1, 1]^2, label 1 where x^2 + y^2 <= 0.25 (decided in
float64, before rounding); split 4,000/1,000 by train_test_split(test_size=0.2, random_state=42), the same
split for every seed; Linear(2,8)-ReLU-Linear(8,1)-Sigmoid with PyTorch's default initialisation,
U(-1/sqrt(fan in), 1/sqrt(fan in)) for weights and biases; mean binary cross-entropy; SGD lr 0.1; batches
of 32 in file order, never shuffled; 50 epochs. The document seeds neither NumPy nor torch. Here seed s
seeds both: numpy.random.seed(s) for the data (legacy MT19937) and torch.manual_seed(s) for the
initialisation.
"""

import statistics
import sys

import numpy as np
import torch
from sklearn.model_selection import train_test_split


def generate(samples):
    x = np.random.uniform(-1, 1, (samples, 2))
    y = (x[:, 0] ** 2 + x[:, 1] ** 2 <= 0.5**2).astype(np.float32)
    return x.astype(np.float32), y


def run(seed):
    np.random.seed(seed)
    torch.manual_seed(seed)
    x, y = generate(5000)
    split = train_test_split(x, y, test_size=0.2, random_state=42)
    x_train, x_test, y_train, y_test = map(torch.from_numpy, split)
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1), torch.nn.Sigmoid())
    criterion = torch.nn.BCELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(50):
        for xb, yb in zip(x_train.split(32), y_train.split(32)):
            optimizer.zero_grad()
            criterion(model(xb).squeeze(), yb).backward()
            optimizer.step()
    with torch.no_grad():
        p = model(x_test).squeeze()
        loss = criterion(p, y_test).item()
        accuracy = ((p > 0.5) == y_test).float().mean().item()
    return accuracy, loss, 1 - y_test.mean().item()


def main():
    torch.set_num_threads(1)
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    results = [run(seed) for seed in range(seeds)]
    print(f"torch {torch.__version__}, numpy {np.__version__}")
    print("seed  accuracy  loss    always-0")
    for seed, (accuracy, loss, baseline) in enumerate(results):
        print(f"{seed:4}  {accuracy:.4f}    {loss:.4f}  {baseline:.3f}")
    for column, name in enumerate(["accuracy", "loss", "always-0"]):
        values = [r[column] for r in results]
        print(f"{name}: median {statistics.median(values):.4f}, from {min(values):.4f} to {max(values):.4f}")


if __name__ == "__main__":
    main()
