// SPDX-License-Identifier: Apache-2.0

/// What a check found, over all components.
///
/// There is deliberately no conversion to `Bool`: ask for a case, or call ``CheckReport/requireAgreement()``.
public enum Verdict: String, Sendable, Codable, CaseIterable {
  /// Every component agrees, or is a kink with every method between the slopes on its sides.
  case agree
  /// A method is outside the consensus.
  case disagree
  /// The function or a derivative is NaN or infinite.
  case notFinite
  /// The function gives different values for the same point.
  case notDeterministic
  /// Nothing was shown: every derivative is zero, or no two methods could be compared.
  case vacuous
}

/// Why a component did not simply agree.
public enum Cause: String, Sendable, Codable, CaseIterable {
  /// A method's value lies outside what the others and the function's own values say.
  case wrongRule
  /// A difference quotient whose step is too large here.
  case truncation
  /// A difference quotient whose step is too small here: cancellation.
  case roundoff
  /// The slopes on the two sides differ; anything between them is accepted.
  case kink
  /// The function is not defined on one side.
  case domainEdge
  /// A derivative is NaN or infinite.
  case notFinite
  /// The method's answer depends on what it was asked before.
  case staleBranch
}

/// One method in a report.
public struct MethodReport: Sendable, Codable, Equatable {
  /// The name with its options.
  public var name: String
  /// How often the function was evaluated.
  public var evaluations: Int
  /// How long it took.
  public var seconds: Double
  /// Why it took no part, if it could not.
  public var failure: String?
  /// In how many components it was outside the consensus.
  public var blamed: Int
  /// Its value of the function; nil where it took no part.
  public var value: [Double]?
}

/// Two methods on one component.
public struct Comparison: Sendable, Codable, Equatable {
  /// The component's name: a parameter, or `y[2]/x[0]` for several outputs.
  public var parameter: String
  /// The two methods.
  public var methods: [String]
  /// Their values.
  public var values: [Double]
  /// |a - b|.
  public var difference: Double
  /// What the rule lets pass here.
  public var allowed: Double
  /// difference / allowed: above 1 the rule is broken.
  public var ratio: Double { allowed > 0 ? difference / allowed : (difference == 0 ? 0 : .infinity) }

  private enum CodingKeys: String, CodingKey {
    case parameter, methods, values, difference
    case allowed = "rule"
  }
}

/// One component that did not simply agree.
public struct Finding: Sendable, Codable, Equatable {
  /// The component's name.
  public var parameter: String
  /// Why.
  public var cause: Cause
  /// Whether it breaks the agreement, or is only worth saying.
  public var breaksAgreement: Bool
  /// The methods outside the consensus.
  public var blamed: [String]
  /// Every method's value, in the order of the report's methods.
  public var values: [String: Double]
  /// The slopes of the function's own values on the left and on the right, where they were taken.
  public var slopes: [Double]?
  /// How far the worst method is from the consensus.
  public var difference: Double
  /// One sentence for people.
  public var explanation: String
}

/// The result of a check: a value to print, store and compare.
public struct CheckReport: Sendable, Codable, Equatable {
  /// What was found.
  public var verdict: Verdict
  /// One sentence.
  public var summary: String
  /// f(x).
  public var value: [Double]
  /// The methods, in the order asked for.
  public var methods: [MethodReport]
  /// The number of components that were compared by at least two methods.
  public var components: Int
  /// The number of components that the derivative has.
  public var totalComponents: Int
  /// The number of compared components on which every method gives exactly zero.
  public var zeroComponents: Int
  /// The comparison with the largest ratio of difference to rule.
  public var worst: Comparison?
  /// What did not simply agree, worst first.
  public var findings: [Finding]
  /// The number of random directions by which large derivatives were screened; 0 where all were compared in full.
  public var directions: Int
  /// The rule.
  public var rule: ToleranceRule
  /// The rule in one line.
  public var ruleText: String

  /// Throws unless the methods agree.
  public func requireAgreement() throws {
    guard verdict == .agree else { throw CheckFailure(report: self) }
  }
}

/// A check that did not end in agreement.
public struct CheckFailure: Error, Sendable, CustomStringConvertible {
  /// The report.
  public let report: CheckReport

  /// The summary and the worst finding.
  public var description: String {
    ([report.summary] + report.findings.prefix(1).map(\.explanation)).joined(separator: "; ")
  }
}
