// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Samples as the loss wants them, row after row in one array each for inputs and targets.
public struct Samples: Sendable, Equatable {
  /// The number of inputs of a sample.
  public let inputCount: Int
  /// The number of targets of a sample: one for each output of the model.
  public let targetCount: Int
  /// The number of samples.
  public private(set) var count: Int
  /// The inputs: sample i has the elements i · inputCount and following.
  public private(set) var inputs: [Double]
  /// The encoded targets: sample i has the elements i · targetCount and following.
  public private(set) var targets: [Double]

  /// Samples from rows.
  ///
  /// - Throws: `DifferentiationError` for rows that differ in number or length, and for numbers that are not
  ///   finite.
  public init(inputs: [[Double]], targets: [[Double]], inputCount: Int, targetCount: Int) throws {
    guard inputs.count == targets.count else {
      throw DifferentiationError.shape(
        what: "the samples' targets", expected: "\(inputs.count) rows as inputs", found: "\(targets.count)")
    }
    self.inputCount = inputCount
    self.targetCount = targetCount
    count = inputs.count
    self.inputs = try Self.flat(inputs, width: inputCount, what: "inputs")
    self.targets = try Self.flat(targets, width: targetCount, what: "targets")
  }

  /// The inputs of one sample.
  public func input(_ index: Int) -> ArraySlice<Double> {
    inputs[index * inputCount..<(index + 1) * inputCount]
  }

  /// The targets of one sample.
  public func target(_ index: Int) -> ArraySlice<Double> {
    targets[index * targetCount..<(index + 1) * targetCount]
  }

  /// The samples as rows of inputs and targets.
  var rows: SampleRows {
    SampleRows([.init(inputs, width: inputCount), .init(targets, width: targetCount)], count: count)
  }

  /// Replaces the samples by those of `source` at these positions; the memory is kept.
  mutating func replaceAll(from source: Samples, at positions: ArraySlice<Int>) {
    count = positions.count
    inputs.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    for position in positions {
      inputs.append(contentsOf: source.input(position))
      targets.append(contentsOf: source.target(position))
    }
  }

  /// A 64-bit hash of sizes and numbers, to tell other samples apart; the same on every machine.
  var fingerprint: UInt64 {
    var hash = Checksum()
    for size in [inputCount, targetCount, count] { hash.combine(UInt64(size)) }
    for number in inputs { hash.combine(number.bitPattern) }
    for number in targets { hash.combine(number.bitPattern) }
    return hash.value
  }

  private static func flat(_ rows: [[Double]], width: Int, what: String) throws -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows.count * width)
    for (index, row) in rows.enumerated() {
      guard row.count == width else {
        throw DifferentiationError.shape(
          what: "\(what) of sample \(index)", expected: "\(width) numbers", found: "\(row.count)")
      }
      if let position = row.firstIndex(where: { !$0.isFinite }) {
        throw DifferentiationError.notFinite(
          what: "a number of the \(what)", place: "sample \(index), column \(position)")
      }
      result += row
    }
    return result
  }
}
