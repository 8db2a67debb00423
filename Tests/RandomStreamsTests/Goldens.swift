// SPDX-License-Identifier: Apache-2.0

/// Numbers of NumPy's legacy generator after one seed.
struct NumPyGolden: Sendable {
  let seed: UInt32
  let uniform: [Double]
  /// `uniform(-3, 7)`.
  let ranged: [Double]
  /// `normal(1.5, 0.25)`.
  let normal: [Double]
  /// `standard_normal()` and `random_sample()` in turn: the waiting normal number outlives a uniform one.
  let normalThenUniform: [Double]
  /// `list(range(12))`.
  let shuffled: [Int]
  let permutation: [Int]
  /// `randint(-5, 1000)`.
  let integers: [Int]
  /// `randint(0, 2**40)`: two outputs for one number.
  let wideIntegers: [Int]
  /// ``checksum(_:)`` of 10 000 numbers; of `permutation(5000)`.
  let uniformChecksum: UInt64
  let normalChecksum: UInt64
  let permutationChecksum: UInt64
}

/// Numbers of CPython's `random` after one seed.
struct PythonGolden: Sendable {
  let seed: UInt32
  let uniform: [Double]
  /// `uniform(-1, 1)`.
  let ranged: [Double]
  /// `gauss(1.5, 0.25)`.
  let normal: [Double]
  let normalThenUniform: [Double]
  let shuffled: [Int]
  /// `randrange(n)` for n = 1, 2, 3, 10, 1000, 2³², 2³² + 1, 2⁴⁰, 2⁶².
  let below: [Int]
  let uniformChecksum: UInt64
  let normalChecksum: UInt64
  let shuffleChecksum: UInt64
}

/// A split by scikit-learn.
struct SplitGolden: Sendable {
  let count: Int
  let testFraction: Double
  let seed: UInt32
  let firstTest: [Int]
  let firstTrain: [Int]
  let testCount: Int
  let trainCount: Int
  /// ``checksum(_:)`` of the test rows followed by the training rows.
  let checksum: UInt64
}

/// Two moons by scikit-learn.
struct MoonsGolden: Sendable {
  let count: Int
  let seed: UInt32
  let noise: Double?
  let shuffle: Bool
  let coordinates: [Double]
  let labels: [Int]
  /// The first number drawn afterwards: as many draws were used.
  let nextUniform: Double
}

/// The noisy quadratic of the fastai document.
struct QuadraticGolden: Sendable {
  let x: [Double]
  let y: [Double]
}

/// h ← 31·h + v modulo 2⁶⁴ over bit patterns: depends on every bit and on the order.
func checksum(_ values: [Double]) -> UInt64 {
  values.reduce(0) { 31 &* $0 &+ $1.bitPattern }
}

/// h ← 31·h + v modulo 2⁶⁴.
func checksum(_ values: [Int]) -> UInt64 {
  values.reduce(0) { 31 &* $0 &+ UInt64(bitPattern: Int64($1)) }
}
