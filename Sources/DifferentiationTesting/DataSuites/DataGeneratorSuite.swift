// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// What every data generator has to keep.
public enum DataGeneratorRule: String, ConformanceRule {
  /// A specification is there.
  case specification
  /// There are samples, each with as many numbers as there are names.
  case shape
  /// All numbers are finite.
  case finite
  /// Targets of a classification are indices of its classes.
  case classes
  /// The same seed gives the same data.
  case determinism
  /// Another seed gives other data, if data are drawn.
  case seeds

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the data again, with the seed beside it."
    case .shape: "Build DataSet with its initializer, which checks rows against names."
    case .finite: "A model cannot be trained on NaN or infinity."
    case .classes: "A class is stored as its index, from 0, in one target column."
    case .determinism: "Draw from the given streams only."
    case .seeds: "Draw from the given streams; a fixed seed inside makes all data the same."
    }
  }
}

/// The contract of a ``/DifferentiationCore/DataGenerator``: run it on your own.
public struct DataGeneratorSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = DataGeneratorRule

  /// The generator under test.
  public let generator: any DataGenerator

  /// Whether the data depend on the seed.
  public let isRandom: Bool

  /// A suite for a generator; say `isRandom: false` for one that draws nothing.
  public init(_ generator: any DataGenerator, isRandom: Bool = true) {
    self.generator = generator
    self.isRandom = isRandom
  }

  /// The specification.
  public var subject: String { generator.specification }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    require(
      !generator.specification.isEmpty, .specification, "specification", expected: "a specification", found: "''")
      + checking(.shape, "seed 1") {
        let data = try generator.generate(streams: NamedStreams(seed: 1))
        let again = try generator.generate(streams: NamedStreams(seed: 1))
        let other = try generator.generate(streams: NamedStreams(seed: 2))
        var found = checkData(data)
        found += require(
          sameBits(data.inputs, again.inputs) && sameBits(data.targets, again.targets) && data.task == again.task,
          .determinism, "seed 1, twice", expected: "the same data", found: "other data")
        if isRandom {
          found += require(data != other, .seeds, "seeds 1 and 2", expected: "other data", found: "the same data")
        }
        return found
      }
  }

  private func checkData(_ data: DataSet) -> [ConformanceFailure] {
    let fits =
      data.count > 0 && data.targets.count == data.count
      && data.inputs.allSatisfy { $0.count == data.inputNames.count }
      && data.targets.allSatisfy { $0.count == data.targetNames.count }
    var found = require(
      fits && !data.targetNames.isEmpty, .shape, "seed 1",
      expected: "samples of \(data.inputNames.count) inputs and \(data.targetNames.count) targets",
      found: "\(data.count) samples; inputs of \(Set(data.inputs.map(\.count)).sorted())")
    let numbers = (data.inputs + data.targets).flatMap { $0 }
    found += require(
      numbers.allSatisfy(\.isFinite), .finite, "seed 1", expected: "finite numbers",
      found: text(numbers.filter { !$0.isFinite }))
    guard case .classification(let names) = data.task else { return found }
    let indices = Set(data.targets.compactMap(\.first))
    let known = Set(names.indices.map { Double($0) })
    return found
      + require(
        data.targetNames.count == 1 && indices.isSubset(of: known) && names.count > 1, .classes, "seed 1",
        expected: "indices of \(names)", found: text(indices.sorted()))
  }
}
