# SPDX-License-Identifier: Apache-2.0
"""Test accuracy of scikit-learn's MLPClassifier, hidden layer of 64, ten seeds: the figures docs/ quote.

Run with:  python sklearn_baselines.py FOLDER [--max-iter N]
FOLDER holds iris.csv, wine.csv, breast_cancer.csv and digits.csv, each with a header and the target as
its last column. Seed s (0 to 9) is the random_state of the stratified 80/20 split and of the classifier;
the scaler is fitted on the training part only.
"""

import argparse
import csv
import statistics
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FILES = ["iris", "wine", "breast_cancer", "digits"]


def load(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([row[:-1] for row in rows], dtype=float), np.array([row[-1] for row in rows])


def accuracy(x, y, seed, settings):
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, stratify=y, random_state=seed)
    model = make_pipeline(StandardScaler(), MLPClassifier(random_state=seed, **settings))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ConvergenceWarning)
        model.fit(x_train, y_train)
    stopped = any(issubclass(w.category, ConvergenceWarning) for w in caught)
    return model.score(x_test, y_test), model[-1].n_iter_, stopped


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--max-iter", type=int, default=200)
    arguments = parser.parse_args()
    settings = {"hidden_layer_sizes": (64,), "max_iter": arguments.max_iter}
    used = MLPClassifier(**settings).get_params()
    shown = ["activation", "solver", "batch_size", "learning_rate_init", "alpha", "max_iter", "tol",
             "n_iter_no_change", "early_stopping", "beta_1", "beta_2", "epsilon", "shuffle"]
    print(f"scikit-learn {sklearn.__version__}:", ", ".join(f"{name}={used[name]}" for name in shown))
    for name in FILES:
        x, y = load(arguments.folder / f"{name}.csv")
        results = [accuracy(x, y, seed, settings) for seed in range(10)]
        scores = [r[0] for r in results]
        print(f"{name}: {len(x)} rows, {x.shape[1]} features, {len(set(y))} classes; test accuracy median "
              f"{statistics.median(scores):.4f}, from {min(scores):.4f} to {max(scores):.4f}; epochs "
              f"{min(r[1] for r in results)} to {max(r[1] for r in results)}; "
              f"{sum(r[2] for r in results)} of 10 stopped by max_iter")


if __name__ == "__main__":
    main()
