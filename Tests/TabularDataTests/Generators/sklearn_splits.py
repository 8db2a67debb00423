# SPDX-License-Identifier: Apache-2.0
"""Rows that scikit-learn's train_test_split gives, plain and stratified, for DataSplitTests.swift.

Run with:  python sklearn_splits.py
Prints Swift literals. 0.3 of 11 rows in classes of 5, 4 and 2 leaves equal remainders, which are broken by lot.
"""

import numpy as np
import sklearn
from sklearn.model_selection import train_test_split

CASES = [
    ("plain", [0] * 11, 0.3, False),
    ("stratified", [0, 1, 0, 2, 1, 0, 1, 0, 2, 0, 1], 0.3, True),
    ("ties", [0, 1, 2, 3] * 3, 0.5, True),
]

print(f"// scikit-learn {sklearn.__version__}, numpy {np.__version__}")
for name, classes, fraction, stratified in CASES:
    for seed in [0, 42]:
        train, test = train_test_split(
            np.arange(len(classes)), test_size=fraction, random_state=seed,
            stratify=classes if stratified else None)
        print(f'Golden("{name}", {classes}, {fraction}, {str(stratified).lower()}, seed: {seed},')
        print(f"  training: {train.tolist()}, test: {test.tolist()}),")
