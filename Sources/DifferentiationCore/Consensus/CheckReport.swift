// SPDX-License-Identifier: Apache-2.0

/// How a method took part in a check.
public enum Participation: String, Sendable, Codable, CaseIterable {
  /// Compared component by component.
  case compared
  /// Compared along random directions only, which agreed.
  case screened
  /// Cannot differentiate such a function, as it said itself; it counts neither for nor against.
  case unsupported
  /// Ended in an error.
  case failed
  /// Not asked, because the function's value alone ended the check.
  case notAsked
}

/// One method in a report.
public struct MethodReport: Sendable, Codable, Equatable {
  /// The name with its options; a second method of the same name has `#2` behind it.
  public var name: String
  /// The derivative rules that it uses: methods of one family are one witness.
  public var ruleFamily: String
  /// How it took part.
  public var participation: Participation
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
  /// The largest of the rule's terms here.
  public var decidedBy: ToleranceRule.Term
  /// difference / allowed: above 1 the rule is broken; infinite where either is not a number.
  public var ratio: Double {
    if difference == 0 { return 0 }
    let ratio = difference / allowed
    return ratio.isNaN || !difference.isFinite ? .infinity : ratio
  }

  private enum CodingKeys: String, CodingKey {
    case parameter, methods, values, difference, decidedBy
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
  /// Every method's value, by its name.
  public var values: [String: Double]
  /// The slopes of the function's own values on the left and on the right, where they were taken; NaN on a side where
  /// the function has no values.
  public var slopes: [Double]?
  /// How far the worst method is from the consensus.
  public var difference: Double
  /// One sentence for people.
  public var explanation: String
}

/// The result of a check: a value to print, store and compare.
///
/// Numbers may be NaN or infinite; an encoder for JSON needs a strategy for them.
public struct CheckReport: Sendable, Codable, Equatable {
  /// What was found.
  public var verdict: Verdict
  /// One sentence.
  public var summary: String
  /// f(x).
  public var value: [Double]
  /// The methods, in the order asked for; a derivative written by hand comes first.
  public var methods: [MethodReport]
  /// The number of components that were compared one by one, by at least two methods.
  public var components: Int
  /// The number of components that the derivative has.
  public var totalComponents: Int
  /// The number of comparisons of two methods on one component.
  public var comparisons: Int
  /// The number of compared components on which every method gives exactly zero.
  public var zeroComponents: Int
  /// The number of compared components on which the error bars are as wide as the value.
  public var inconclusiveComponents: Int
  /// The comparison with the largest ratio of difference to rule, among the components that the rule decided. Where a
  /// component is accepted beyond the rule, at a kink or because an error estimate misses, a finding says so instead.
  public var worst: Comparison?
  /// What did not simply agree, worst first.
  public var findings: [Finding]
  /// Every component, where ``ConsensusCheck/keepsComponents`` asks for them; else none.
  public var details: [ComponentReport]
  /// The number of random directions by which large derivatives were screened; 0 where all were compared in full.
  public var directions: Int
  /// The number of components whose slopes were taken from the function's own values.
  public var probes: Int
  /// The number of disputed components that were not looked into, because so many others had broken the agreement.
  public var unexamined: Int
  /// The rule.
  public var rule: ToleranceRule
  /// The rule in one line.
  public var ruleText: String

  /// The methods that took part, by the rules that they share: each group is one witness, however many methods it has.
  public var witnesses: [[String]] {
    let taking = methods.filter { $0.participation == .compared || $0.participation == .screened }
    var families: [String] = []
    for method in taking where !families.contains(method.ruleFamily) { families.append(method.ruleFamily) }
    return families.map { family in taking.filter { $0.ruleFamily == family }.map(\.name) }
  }

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
