// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The contract of a ``/DifferentiationCore/Differentiator``: run it on your own.
///
/// ```swift
/// #expect(DifferentiatorSuite(MyDifferentiator()).failures() == [])
/// ```
///
/// Functions with exact answers (``DifferentiationScenario``) are put to the method; what it has to make of them
/// follows from its traits (``AccuracyTable``), never from its name. Besides accuracy the suite looks at shapes,
/// errors, state between calls, nested and concurrent use, and points that are not finite.
///
/// Cost: some thousand small derivatives, a few of a function of 10⁵ operations.
public struct DifferentiatorSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = DifferentiatorRule

  /// The method under test.
  public let differentiator: any Differentiator

  /// The functions with exact answers.
  public let scenarios: [DifferentiationScenario]

  /// A suite for one method; add scenarios of your own to ``DifferentiationScenario/standard``.
  public init(
    _ differentiator: any Differentiator, scenarios: [DifferentiationScenario] = DifferentiationScenario.standard
  ) {
    self.differentiator = differentiator
    self.scenarios = scenarios
  }

  /// The method's name.
  public var subject: String { differentiator.name }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    checkName() + scenarios.flatMap(checkAccuracy) + checkRefusals() + checkThrownErrors() + checkLengths()
      + scenarios.flatMap(checkRepetition) + checkNesting() + checkConcurrency() + checkNonFinite()
  }

  /// The function as the method can take it: with its derivative beside it for a method that is given one.
  func target(_ scenario: DifferentiationScenario) -> TargetFunction {
    isGiven ? scenario.withGivenDerivative : scenario.function
  }

  /// Whether derivatives come with the function, so that only stated ones can be asked for.
  var isGiven: Bool { differentiator.traits.mode == .given }

  private func checkName() -> [ConformanceFailure] {
    let first = differentiator.name
    return require(
      !first.isEmpty && !first.contains(where: \.isWhitespace), .name, "name", expected: "a word", found: "'\(first)'")
      + require(
        differentiator.name == first, .name, "name, read twice", expected: "'\(first)'",
        found: "'\(differentiator.name)'")
  }
}
