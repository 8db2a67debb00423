// SPDX-License-Identifier: Apache-2.0

import RealModule

/// Points in the plane with a class each.
public struct LabeledPoints: Sendable, Hashable, Codable {
  /// One row [x, y] per point.
  public var points: [[Double]]
  /// The class of each point.
  public var labels: [Int]

  /// Points and their classes, in the same order.
  public init(points: [[Double]], labels: [Int]) {
    self.points = points
    self.labels = labels
  }
}

/// Two interleaving half circles, in the order and with the numbers of scikit-learn's `make_moons`.
///
/// With t evenly spaced in [0, π], class 0 lies at (cos t, sin t) and class 1 at (1 − cos t, ½ − sin t); class 0 gets half of
/// the points, rounded down. The rows are shuffled, then x and y of each row get normal noise. With a
/// ``NumPyRandom`` the result is that of `make_moons(count, noise=noise)` after `np.random.seed(…)`, up to the last place of
/// the C library's `sin`, `cos` and `log`.
///
/// - Parameters:
///   - count: number of points, 1 or more.
///   - noise: standard deviation of the noise; nil adds none and draws none. (0 draws, like scikit-learn.)
///   - shuffle: whether to shuffle the rows; false draws nothing for it.
///   - random: the source; count − 1 integers are drawn, then 2·count normal numbers.
/// - Throws: ``RandomStreamsError`` if the count is less than 1, or the noise negative or not finite.
public func makeMoons(
  count: Int, noise: Double?, shuffle: Bool = true, random: inout some RandomSource
) throws(RandomStreamsError) -> LabeledPoints {
  guard count >= 1 else {
    throw .count(what: "moons", found: count, minimum: 1)
  }
  if let noise, !(noise >= 0 && noise.isFinite) {
    throw .noise(what: "moons", found: noise)
  }
  let outerCount = count / 2
  let outer = evenlySpacedAngles(outerCount).map { [Double.cos($0), Double.sin($0)] }
  let inner = evenlySpacedAngles(count - outerCount).map { [1 - Double.cos($0), 1 - Double.sin($0) - 0.5] }
  var points = outer + inner
  var labels = Array(repeating: 0, count: outer.count) + Array(repeating: 1, count: inner.count)
  if shuffle {
    let order = random.permutation(count)
    points = order.map { points[$0] }
    labels = order.map { labels[$0] }
  }
  if let noise {
    for row in points.indices {
      points[row][0] += random.normal(mean: 0, standardDeviation: noise)
      points[row][1] += random.normal(mean: 0, standardDeviation: noise)
    }
  }
  return LabeledPoints(points: points, labels: labels)
}

/// `count` angles from 0 to π, both included, rounded as by NumPy's `linspace`: i·step, and the last one exact.
private func evenlySpacedAngles(_ count: Int) -> [Double] {
  let step = Double.pi / Double(max(count - 1, 1))
  return (0..<count).map { $0 > 0 && $0 == count - 1 ? Double.pi : Double($0) * step }
}

/// The rows of a training and a test part.
public struct SplitIndices: Sendable, Hashable, Codable {
  /// Rows to train on, in the order of the split.
  public var train: [Int]
  /// Rows to test on, in the order of the split.
  public var test: [Int]

  /// The two parts.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }
}

/// The rows of scikit-learn's `train_test_split(…, test_size=testFraction, random_state=seed)`, not stratified.
///
/// Of a NumPy-legacy permutation of the rows the first ⌈testFraction·count⌉ are the test part, the others the
/// training part, in the permutation's order.
///
/// - Throws: ``RandomStreamsError`` if there are no rows, if the fraction is not strictly between 0 and 1, or if
///   no row is left to train on.
public func trainTestSplitIndices(
  count: Int, testFraction: Double, seed: UInt32
) throws(RandomStreamsError) -> SplitIndices {
  var random = NumPyRandom(seed: seed)
  return try trainTestSplitIndices(count: count, testFraction: testFraction, random: &random)
}

/// The split of ``trainTestSplitIndices(count:testFraction:seed:)``, with the permutation from any source.
public func trainTestSplitIndices(
  count: Int, testFraction: Double, random: inout some RandomSource
) throws(RandomStreamsError) -> SplitIndices {
  guard count >= 1 else {
    throw .count(what: "train/test split", found: count, minimum: 1)
  }
  guard testFraction > 0 && testFraction < 1 else {
    throw .testFraction(found: testFraction)
  }
  let testCount = Int((testFraction * Double(count)).rounded(.up))
  guard testCount < count else {
    throw .noTrainingSamples(count: count, testFraction: testFraction)
  }
  let order = random.permutation(count)
  return SplitIndices(train: Array(order[testCount...]), test: Array(order[..<testCount]))
}
