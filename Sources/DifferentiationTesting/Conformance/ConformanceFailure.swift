// SPDX-License-Identifier: Apache-2.0

/// One violation of one rule by the implementation under test.
public struct ConformanceFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The implementation under test, by its own name.
  public let subject: String
  /// The rule violated, such as `hessian-symmetry`.
  public let rule: String
  /// The situation in which it was violated.
  public let scenario: String
  /// What the rule asks for.
  public let expected: String
  /// What came instead.
  public let found: String
  /// The rule in a sentence, and where to look.
  public let explanation: String

  /// A violation.
  public init(
    subject: String, rule: String, scenario: String, expected: String, found: String, explanation: String
  ) {
    self.subject = subject
    self.rule = rule
    self.scenario = scenario
    self.expected = expected
    self.found = found
    self.explanation = explanation
  }

  /// One paragraph.
  public var description: String {
    "\(subject) violates \(rule) in '\(scenario)': expected \(expected), found \(found). \(explanation)"
  }
}

/// The violations of one run, as an error for test frameworks that take one.
public struct ConformanceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was found; never empty.
  public let failures: [ConformanceFailure]

  /// An error of these violations.
  public init(_ failures: [ConformanceFailure]) { self.failures = failures }

  /// One line for each violation, the first twenty in full.
  public var description: String {
    let shown = failures.prefix(20).map { "- \($0)" }
    let more = failures.count > 20 ? ["- and \(failures.count - 20) more"] : []
    return (["\(failures.count) rules of conformance violated:"] + shown + more).joined(separator: "\n")
  }
}
