// SPDX-License-Identifier: Apache-2.0

/// A set of rules that every implementation of a protocol has to keep, run on one implementation.
///
/// It depends on no test framework. In Swift Testing it is one line,
///
/// ```swift
/// #expect(DifferentiatorSuite(MyDifferentiator()).failures() == [])
/// ```
///
/// and elsewhere `try suite.requireConformance()`, whose error lists what was violated, where and why.
public protocol ConformanceSuite: Sendable {
  /// The rules of the suite.
  associatedtype Rule: ConformanceRule

  /// The implementation under test, by its own name.
  var subject: String { get }

  /// Runs the suite: every violation found, in a fixed order; empty for a conforming implementation.
  func failures() -> [ConformanceFailure]
}

extension ConformanceSuite {
  /// Throws a ``ConformanceError`` with all violations, if there are any.
  public func requireConformance() throws {
    let found = failures()
    guard found.isEmpty else { throw ConformanceError(found) }
  }

  /// The rules violated, each once, in the order of the suite.
  public func violatedRules() -> [Rule] {
    let names = Set(failures().map(\.rule))
    return Rule.allCases.filter { names.contains($0.rawValue) }
  }

  func failure(
    _ rule: Rule, _ scenario: String, expected: String, found: String
  ) -> ConformanceFailure {
    ConformanceFailure(
      subject: subject, rule: rule.rawValue, scenario: scenario, expected: expected, found: found,
      explanation: rule.explanation)
  }

  /// Runs `body`; an error where none is expected is a violation of `rule`.
  func checking(
    _ rule: Rule, _ scenario: String, _ body: () throws -> [ConformanceFailure]
  ) -> [ConformanceFailure] {
    do {
      return try body()
    } catch {
      return [failure(rule, scenario, expected: "a result", found: "the error: \(error)")]
    }
  }

  /// A violation unless `holds`.
  func require(
    _ holds: Bool, _ rule: Rule, _ scenario: String, expected: @autoclosure () -> String,
    found: @autoclosure () -> String
  ) -> [ConformanceFailure] {
    holds ? [] : [failure(rule, scenario, expected: expected(), found: found())]
  }
}

/// A rule of a suite: its name is its raw value.
public protocol ConformanceRule: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
  /// The rule in a sentence, and where to look when it is violated.
  var explanation: String { get }
}
