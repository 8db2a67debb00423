// SPDX-License-Identifier: Apache-2.0

/// Collects the judgements of all components into a report.
struct Tally {
  struct Entry {
    var finding: Finding
    var blamedIndices: [Int]
    var cause: Cause { finding.cause }
  }

  let names: [String]
  private(set) var findings: [Entry] = []
  private var worst: (ratio: Double, comparison: Comparison)?
  private var components = 0
  private var zeros = 0
  private var wrongValues: [Int: String] = [:]

  init(names: [String]) { self.names = names }

  mutating func add(_ parameter: String, _ testimonies: [Testimony], _ judgement: Judgement) {
    components += 1
    if judgement.isZero { zeros += 1 }
    if let pair = judgement.worst {
      let value = { (m: Int) in testimonies.first { $0.method == m }?.value ?? .nan }
      let comparison = Comparison(
        parameter: parameter, methods: [names[pair.a], names[pair.b]], values: [value(pair.a), value(pair.b)],
        difference: pair.difference, allowed: pair.allowed)
      // Written so that a NaN ratio takes the place of any other.
      if worst == nil || !(comparison.ratio <= worst?.ratio ?? 0) { worst = (comparison.ratio, comparison) }
    }
    guard let finding = judgement.finding else { return }
    findings.append(
      Entry(
        finding: Finding(
          parameter: parameter, cause: finding.cause, breaksAgreement: finding.breaks,
          blamed: finding.blamed.map { names[$0] },
          values: Dictionary(testimonies.map { (names[$0.method], $0.value) }) { a, _ in a },
          slopes: finding.slopes, difference: finding.difference, explanation: "\(parameter): \(finding.why)"),
        blamedIndices: finding.blamed))
  }

  mutating func markStale(_ index: Int) {
    for i in findings.indices where findings[i].cause == .wrongRule && findings[i].blamedIndices == [index] {
      findings[i].finding.cause = .staleBranch
      findings[i].finding.explanation =
        "\(findings[i].finding.parameter): \(names[index]): its answer depends on what it was asked before"
    }
  }

  /// Every method also gives the function's value; one that gives another has evaluated another function.
  mutating func compareValues(_ results: [MethodResult], _ plain: [Double], _ rule: ToleranceRule) {
    let largest = plain.reduce(0) { max($0, $1.magnitude) }
    for (index, result) in results.enumerated() {
      guard let value = result.value else { continue }
      let agrees =
        value.count == plain.count
        && zip(value, plain).allSatisfy { rule.agrees($0, $1, errors: (0, 0), largest: largest) }
      if !agrees {
        wrongValues[index] = "\(result.name) evaluates to \(value.prefix(3)), the function to \(plain.prefix(3))"
      }
    }
  }

  func report(
    plain: [Double], results: [MethodResult], total: Int, directions: Int, rule: ToleranceRule
  ) -> CheckReport {
    let sorted = findings.sorted { a, b in
      if a.finding.breaksAgreement != b.finding.breaksAgreement { return a.finding.breaksAgreement }
      return a.finding.difference > b.finding.difference
    }
    let breaking = sorted.filter(\.finding.breaksAgreement)
    let taking = results.filter { $0.failure == nil }.count
    let methods = results.enumerated().map { index, result in
      MethodReport(
        name: result.name, evaluations: result.evaluations, seconds: result.seconds, failure: result.failure,
        blamed: breaking.filter { $0.blamedIndices.contains(index) }.count, value: result.value)
    }
    let verdict: Verdict
    let summary: String
    let compared = directions > 0 && components < total ? "\(directions) random directions" : "\(components) components"
    if let wrong = wrongValues.sorted(by: { $0.key < $1.key }).first?.value {
      verdict = .disagree
      summary = "the methods do not differentiate the same function: \(wrong)"
    } else if let first = breaking.first {
      let broken = Set(breaking.map(\.cause))
      verdict = broken.isSubset(of: [.notFinite, .domainEdge]) ? .notFinite : .disagree
      let blamed = methods.filter { $0.blamed > 0 }.map { "\($0.name) in \($0.blamed)" }
      summary =
        "\(components - breaking.count) of \(components) components agree; "
        + (blamed.isEmpty
          ? "worst: \(first.finding.parameter)"
          : "to blame: \(blamed.joined(separator: ", ")); worst: \(first.finding.parameter)")
    } else if total == 0 {
      verdict = .vacuous
      summary = "nothing to compare: the function has no inputs or no outputs"
    } else if taking < 2 {
      verdict = .vacuous
      summary = "nothing was compared: fewer than two methods could differentiate this function"
    } else if components > 0, zeros == components {
      verdict = .vacuous
      summary = "every derivative is zero by every method: nothing was shown (do the inputs have any effect here?)"
    } else {
      verdict = .agree
      let kinks = sorted.filter { $0.cause == .kink }.count
      let others = sorted.count - kinks
      let notes = [
        kinks > 0 ? "\(kinks) at a kink" : nil,
        others > 0 ? "\(others) with a remark" : nil,
        zeros > 0 ? "\(zeros) zero by every method" : nil,
      ].compactMap { $0 }
      summary =
        "\(compared) agree by \(taking) methods" + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
    }
    return CheckReport(
      verdict: verdict, summary: summary, value: plain, methods: methods, components: components,
      totalComponents: total, zeroComponents: zeros, worst: worst?.comparison, findings: sorted.map(\.finding),
      directions: directions, rule: rule, ruleText: rule.text)
  }
}
