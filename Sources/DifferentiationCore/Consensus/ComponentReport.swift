// SPDX-License-Identifier: Apache-2.0

/// One component as every method sees it, and what was made of it.
///
/// Numbers may be NaN or infinite; an encoder for JSON needs a strategy for them.
public struct ComponentReport: Sendable, Codable, Equatable {
  /// The component's name: a parameter, or `y[2]/x[0]` for several outputs.
  public var parameter: String
  /// agree, disagree, inconclusive or notFinite; nil where the component itself was not compared, because all methods
  /// but one were compared along random directions.
  public var verdict: Verdict?
  /// Why it did not simply agree; nil where it did.
  public var cause: Cause?
  /// The methods outside the consensus.
  public var blamed: [String]
  /// The value by each method that gave one, by the method's name.
  public var values: [String: Double]
  /// The method's own error estimate; 0 for one that is exact to roundoff, none for one that is not and states none.
  public var errors: [String: Double]
  /// The two methods with the largest ratio of difference to rule.
  public var comparison: Comparison?
  /// The slopes of the function's own values on the left and on the right, where they were taken.
  public var slopes: [Double]?
  /// One sentence for people, where there is something to say.
  public var explanation: String?

  /// - Parameter stating: the methods whose error is known.
  init(
    _ parameter: String, _ c: Case, names: [String], stating: Set<Int>, verdict: Verdict?, comparison: Comparison?
  ) {
    self.parameter = parameter
    self.verdict = verdict
    self.comparison = comparison
    blamed = []
    let given = c.testimonies.filter { !$0.isMissing }
    values = Dictionary(given.map { (names[$0.method], $0.value) }) { a, _ in a }
    errors = Dictionary(given.filter { stating.contains($0.method) }.map { (names[$0.method], $0.error) }) { a, _ in a }
  }

  /// The same with what a finding says of it.
  func with(_ finding: Finding) -> ComponentReport {
    var report = self
    report.cause = finding.cause
    report.blamed = finding.blamed
    report.slopes = finding.slopes
    report.explanation = finding.explanation
    return report
  }
}
