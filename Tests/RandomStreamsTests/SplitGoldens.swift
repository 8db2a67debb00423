// SPDX-License-Identifier: Apache-2.0
// Written by Generators/goldens.py; do not edit.

/// `train_test_split(range(count), test_size=testFraction, random_state=seed)`.
enum SplitGoldens {
  static let all: [SplitGolden] = [
    SplitGolden(
      count: 10,
      testFraction: 0.2,
      seed: 0,
      firstTest: [2, 8],
      firstTrain: [4, 9, 1, 6, 7, 3],
      testCount: 2,
      trainCount: 8,
      checksum: 59820444992145),
    SplitGolden(
      count: 10,
      testFraction: 0.2,
      seed: 1,
      firstTest: [2, 9],
      firstTrain: [6, 4, 0, 3, 1, 7],
      testCount: 2,
      trainCount: 8,
      checksum: 60723892165035),
    SplitGolden(
      count: 10,
      testFraction: 0.2,
      seed: 42,
      firstTest: [8, 1],
      firstTrain: [5, 0, 7, 2, 9, 4],
      testCount: 2,
      trainCount: 8,
      checksum: 212507633916525),
    SplitGolden(
      count: 10,
      testFraction: 0.2,
      seed: 1337,
      firstTest: [6, 3],
      firstTrain: [0, 4, 5, 2, 1, 9],
      testCount: 2,
      trainCount: 8,
      checksum: 161200101122565),
    SplitGolden(
      count: 10,
      testFraction: 0.2,
      seed: 4294967295,
      firstTest: [6, 9],
      firstTrain: [5, 1, 8, 0, 7, 4],
      testCount: 2,
      trainCount: 8,
      checksum: 166452432120885),
    SplitGolden(
      count: 7,
      testFraction: 0.3,
      seed: 42,
      firstTest: [0, 1, 5],
      firstTrain: [2, 4, 3, 6],
      testCount: 3,
      trainCount: 4,
      checksum: 33310281),
    SplitGolden(
      count: 150,
      testFraction: 0.2,
      seed: 42,
      firstTest: [73, 18, 118, 78, 76, 31],
      firstTrain: [22, 15, 65, 11, 42, 146],
      testCount: 30,
      trainCount: 120,
      checksum: 7188833895387423479),
    SplitGolden(
      count: 178,
      testFraction: 0.25,
      seed: 0,
      firstTest: [54, 151, 63, 55, 123, 121],
      firstTrain: [19, 135, 74, 144, 16, 131],
      testCount: 45,
      trainCount: 133,
      checksum: 1900419423006522397),
    SplitGolden(
      count: 5000,
      testFraction: 0.2,
      seed: 42,
      firstTest: [1501, 2586, 2653, 1055, 705, 106],
      firstTrain: [4227, 4676, 800, 3671, 4193, 2968],
      testCount: 1000,
      trainCount: 4000,
      checksum: 7110403026912894020),
  ]
}
