// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// How large the parts of a data set are; what they leave is the training part.
public struct SplitFractions: Sendable, Codable, Equatable {
  /// The share of all samples for validation; 0 for none.
  public var validation: Double
  /// The share of all samples for the test; 0 for none.
  public var test: Double

  /// Shares of all samples.
  public init(validation: Double = 0, test: Double = 0) {
    self.validation = validation
    self.test = test
  }
}

/// Where the order of the samples comes from before they are divided.
public enum SplitOrder: Sendable, Codable, Equatable {
  /// Shuffled from the seed's own stream.
  case shuffled(seed: UInt64)
  /// Shuffled as scikit-learn's `train_test_split` does with `random_state=seed`, stratified or not.
  case numPy(seed: UInt32)
}

/// The rows of the training, validation and test part.
public struct DataSplit: Sendable, Codable, Equatable {
  /// Rows to train on.
  public var training: [Int]
  /// Rows that tell when to stop and which weights are best.
  public var validation: [Int]
  /// Rows for the last judgement.
  public var test: [Int]

  /// The parts as they are.
  public init(training: [Int], validation: [Int] = [], test: [Int] = []) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Divides samples: first the test part, then validation, the rest trains.
  ///
  /// The test part does not depend on the validation fraction. With both fractions 0, all samples train, in
  /// their order; otherwise each part comes in random order. A part has ⌈fraction · count⌉ samples.
  ///
  /// - Parameters:
  ///   - count: the number of samples.
  ///   - fractions: the shares.
  ///   - order: the source of the order.
  ///   - classes: the class of each sample, to give every part the classes in their proportions; nil for not.
  ///   - classNames: the names for messages.
  /// - Throws: ``SplitError`` for fractions that leave a part empty, and for classes too small to be divided.
  public init(
    count: Int, fractions: SplitFractions, order: SplitOrder, classes: [Int]? = nil, classNames: [String] = []
  ) throws {
    precondition(classes.map { $0.count == count } ?? true, "a class for each of \(count) samples")
    let test = try Self.size(fractions.test, of: count, part: "test")
    let validation = try Self.size(fractions.validation, of: count, part: "validation")
    guard count - test - validation >= 1 else {
      throw SplitError.noTraining(samples: count, validation: validation, test: test)
    }
    guard test + validation > 0 else {
      self.init(training: Array(0..<count))
      return
    }
    let sizes = PartSizes(training: count - test - validation, validation: validation, test: test)
    switch order {
    case .shuffled(let seed):
      var random = NamedStreams(seed: seed).generator(for: .split)
      try self.init(count, sizes, classes, classNames, &random)
    case .numPy(let seed):
      var random = NumPyRandom(seed: seed)
      try self.init(count, sizes, classes, classNames, &random)
    }
  }

  private init(
    _ count: Int, _ sizes: PartSizes, _ classes: [Int]?, _ names: [String], _ random: inout some RandomSource
  ) throws {
    if let classes {
      self = try StratifiedSplit(classes: classes, names: names).divide(sizes, random: &random)
      return
    }
    let order = random.permutation(count)
    self.init(
      training: Array(order[(sizes.test + sizes.validation)...]),
      validation: Array(order[sizes.test..<(sizes.test + sizes.validation)]),
      test: Array(order[..<sizes.test]))
  }

  /// ⌈fraction · count⌉; a product that is a whole number but for its rounding is not rounded up.
  private static func size(_ fraction: Double, of count: Int, part: String) throws -> Int {
    guard fraction >= 0 && fraction < 1 else {
      throw SplitError.fraction(part: part, found: fraction)
    }
    let exact = fraction * Double(count)
    let whole = exact.rounded()
    return Int((exact - whole).magnitude <= 4 * exact.ulp ? whole : exact.rounded(.up))
  }
}

/// The number of samples of each part.
struct PartSizes {
  var training: Int
  var validation: Int
  var test: Int
}

extension DataSet {
  /// The parts of the data set, stratified by class where there are classes.
  ///
  /// - Throws: ``SplitError``.
  public func split(
    _ fractions: SplitFractions, order: SplitOrder, stratified: Bool = true
  ) throws -> DataSplit {
    guard stratified, case .classification(let names) = task else {
      return try DataSplit(count: count, fractions: fractions, order: order)
    }
    return try DataSplit(
      count: count, fractions: fractions, order: order, classes: targets.map { Int($0[0]) }, classNames: names
    )
  }
}
