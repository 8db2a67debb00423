// SPDX-License-Identifier: Apache-2.0

import RandomStreams

/// Samples with inputs and targets.
public struct DataSet: Sendable, Codable, Equatable {
  /// What the targets are.
  public enum Task: Sendable, Codable, Equatable {
    /// Real numbers.
    case regression
    /// One target column holding the index of a class, 0 ..< names.count.
    case classification(classNames: [String])
  }

  /// The names of the input columns.
  public var inputNames: [String]
  /// The names of the target columns; one for a classification.
  public var targetNames: [String]
  /// The inputs, one row a sample.
  public var inputs: [[Double]]
  /// The targets, one row a sample.
  public var targets: [[Double]]
  /// Regression or classification.
  public var task: Task

  /// Samples; every row has as many numbers as there are names.
  public init(
    inputNames: [String], targetNames: [String], inputs: [[Double]], targets: [[Double]], task: Task
  ) throws {
    guard inputs.count == targets.count else {
      throw DifferentiationError.shape(
        what: "a data set's targets", expected: "\(inputs.count) rows as inputs", found: "\(targets.count)")
    }
    for (row, x) in inputs.enumerated() where x.count != inputNames.count {
      throw DifferentiationError.shape(
        what: "inputs of sample \(row)", expected: "\(inputNames.count) numbers", found: "\(x.count)")
    }
    for (row, y) in targets.enumerated() where y.count != targetNames.count {
      throw DifferentiationError.shape(
        what: "targets of sample \(row)", expected: "\(targetNames.count) numbers", found: "\(y.count)")
    }
    self.inputNames = inputNames
    self.targetNames = targetNames
    self.inputs = inputs
    self.targets = targets
    self.task = task
  }

  /// The number of samples.
  public var count: Int { inputs.count }

  /// The samples at these positions, in this order.
  public func selecting(_ indices: some Sequence<Int>) -> DataSet {
    var result = self
    result.inputs = indices.map { inputs[$0] }
    result.targets = indices.map { targets[$0] }
    return result
  }
}

/// A source of samples: circles, moons, a noisy line.
public protocol DataGenerator: Sendable {
  /// The specification that makes it again: `moons:count=100,noise=0.1`.
  var specification: String { get }

  /// The samples for a seed; the same seed gives the same samples on every machine.
  func generate(streams: NamedStreams) throws -> DataSet
}

extension DataGenerator {
  /// The samples for a seed: those of `NamedStreams(seed: seed)`.
  public func generate(seed: UInt64 = 0) throws -> DataSet { try generate(streams: NamedStreams(seed: seed)) }
}
