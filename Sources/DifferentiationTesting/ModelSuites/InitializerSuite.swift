// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// What every initializer has to keep.
public enum InitializerRule: String, ConformanceRule {
  /// A specification is there.
  case specification
  /// Each block gets as many numbers as it has parameters.
  case count
  /// The numbers are finite.
  case finite
  /// The same stream gives the same numbers.
  case determinism
  /// Another stream gives other numbers, if the rule is random.
  case seeds

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the rule again: a report prints it beside the seed."
    case .count: "values(for:random:) fills one block; group.count says how many numbers it has."
    case .finite: "Mind fan-in and fan-out of 1 and blocks without extent."
    case .determinism: "Draw from the given source only."
    case .seeds: "Draw from the given source; a fixed seed inside makes all runs the same."
    }
  }
}

/// The contract of an ``/DifferentiationCore/Initializer``: run it on your own.
public struct InitializerSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = InitializerRule

  /// The rule under test.
  public let initializer: any Initializer

  /// Whether the numbers are drawn: another seed must then give others.
  public let isRandom: Bool

  /// A suite for an initializer; say `isRandom: false` for one that draws nothing.
  public init(_ initializer: any Initializer, isRandom: Bool = true) {
    self.initializer = initializer
    self.isRandom = isRandom
  }

  /// The specification.
  public var subject: String { initializer.specification }

  private static let groups = [
    ParameterGroup("scale", role: .weight), ParameterGroup("offset", role: .bias),
    ParameterGroup("layers.0.weight", shape: [5, 3], role: .weight, fanIn: 3, fanOut: 5),
    ParameterGroup("layers.0.bias", shape: [5], role: .bias, fanIn: 3, fanOut: 5),
    ParameterGroup("layers.1.weight", shape: [1, 40], role: .weight, fanIn: 40, fanOut: 1),
    ParameterGroup("nothing", shape: [0, 3], role: .weight, fanIn: 3, fanOut: 1),
  ]

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    var found = require(
      !initializer.specification.isEmpty, .specification, "specification", expected: "a specification", found: "''")
    for group in Self.groups {
      let values = draw(group, seed: 1)
      found += require(
        values.count == group.count, .count, group.name, expected: "\(group.count) numbers", found: "\(values.count)")
      found += require(
        values.allSatisfy(\.isFinite), .finite, group.name, expected: "finite numbers", found: text(values))
      found += require(
        sameBits(values, draw(group, seed: 1)), .determinism, group.name, expected: text(values),
        found: text(draw(group, seed: 1)))
    }
    if isRandom {
      let all = [1, 2].map { seed in Self.groups.flatMap { draw($0, seed: UInt64(seed)) } }
      found += require(!sameBits(all[0], all[1]), .seeds, "two seeds", expected: "other numbers", found: "the same")
    }
    return found
  }

  private func draw(_ group: ParameterGroup, seed: UInt64) -> [Double] {
    var random: any RandomSource = NamedStreams(seed: seed).generator(for: .initialization)
    return initializer.values(for: group, random: &random)
  }
}
