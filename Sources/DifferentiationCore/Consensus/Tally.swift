// SPDX-License-Identifier: Apache-2.0

/// Collects the judgements of all components.
struct Tally {
  struct Entry {
    var finding: Finding
    var blamedIndices: [Int]
    /// Difference over allowance of the two methods furthest apart.
    var ratio: Double
  }

  let names: [String]
  let comparisonsEach: Int
  /// Whether every component is kept, and not only what did not agree.
  let keepsComponents: Bool
  /// The methods that are exact to roundoff or give an error estimate.
  let stating: Set<Int>
  private(set) var details: [(report: ComponentReport, finding: Int?)] = []
  private(set) var findings: [Entry] = []
  private(set) var worst: Comparison?
  private(set) var components = 0
  private(set) var zeros = 0
  private(set) var zerosWithinErrors = 0
  private(set) var inconclusive = 0
  /// The number of components accepted although two methods differ by more than the rule allows.
  private(set) var accepted = 0
  /// The number of kinks on which no two methods differ by more than the rule allows.
  private(set) var quietKinks = 0
  /// The number of components at which the function jumps and nobody objects.
  private(set) var jumps = 0
  /// Whether an inconclusive component is large enough to matter.
  private(set) var isBlind = false
  /// The number of findings that break the agreement.
  private(set) var breaking = 0
  /// The methods blamed for a wrong rule so far.
  private(set) var suspects: Set<Int> = []
  private(set) var wrongValues: [Int: String] = [:]
  var unexamined = 0

  init(names: [String], comparisonsEach: Int, keepsComponents: Bool, stating: Set<Int>) {
    self.names = names
    self.stating = stating
    self.comparisonsEach = comparisonsEach
    self.keepsComponents = keepsComponents
  }

  mutating func add(_ parameter: String, _ c: Case, _ judgement: Judgement) {
    components += 1
    if judgement.isZero { zeros += 1 }
    if judgement.isZeroWithinErrors { zerosWithinErrors += 1 }
    if judgement.isInconclusive { inconclusive += 1 }
    if judgement.isInconclusive, judgement.matters { isBlind = true }
    if let pair = judgement.worst {
      // What was accepted beyond the rule is told by its finding; it is no close call of the rule's.
      let isAccepted = judgement.finding?.breaks == false && !(pair.ratio <= 1)
      if isAccepted { accepted += 1 }
      if !isAccepted, judgement.finding?.cause == .kink { quietKinks += 1 }
      if judgement.finding?.cause == .jump { jumps += 1 }
      let isWorse = worst.map { pair.ratio == $0.ratio ? pair.difference > $0.difference : !(pair.ratio <= $0.ratio) }
      if !isAccepted, isWorse ?? true {
        worst = comparison(parameter, pair, judgement)
      }
    }
    if keepsComponents {
      let report = ComponentReport(
        parameter, c, names: names, stating: stating, verdict: judgement.verdict,
        comparison: judgement.worst.map { comparison(parameter, $0, judgement) })
      details.append((report, judgement.finding == nil ? nil : findings.count))
    }
    guard let finding = judgement.finding else { return }
    append(
      Finding(
        parameter: parameter, cause: finding.cause, breaksAgreement: finding.breaks,
        blamed: finding.blamed.map { names[$0] },
        values: Dictionary(c.testimonies.map { (names[$0.method], $0.value) }) { a, _ in a },
        slopes: finding.slopes, difference: finding.difference, explanation: "\(parameter): \(finding.why)"),
      finding.blamed, ratio: judgement.worst?.ratio ?? 0)
  }

  /// A component that only one method gives: shown, and not compared.
  mutating func addUncompared(_ parameter: String, _ c: Case) {
    details.append((ComponentReport(parameter, c, names: names, stating: stating, verdict: nil, comparison: nil), nil))
  }

  private func comparison(_ parameter: String, _ pair: Pair, _ judgement: Judgement) -> Comparison {
    Comparison(
      parameter: parameter, methods: [names[pair.a.method], names[pair.b.method]],
      values: [pair.a.value, pair.b.value], difference: pair.difference, allowed: pair.allowed,
      decidedBy: judgement.decidingTerm)
  }

  private mutating func append(_ finding: Finding, _ blamed: [Int], ratio: Double) {
    findings.append(Entry(finding: finding, blamedIndices: blamed, ratio: ratio.isNaN ? .infinity : ratio))
    guard finding.breaksAgreement else { return }
    breaking += 1
    if finding.cause == .wrongRule { suspects.formUnion(blamed) }
  }

  /// Components that a method gives and the derivative does not have.
  mutating func addSurplus(_ index: Int, _ evidence: Evidence) {
    guard let rows = evidence.results[index].rows else { return }
    let (m, n) = (evidence.plain.count, evidence.x.count)
    let longest = rows.map(\.count).max() ?? 0
    guard rows.count > m || longest > n else { return }
    let found = rows.count == 1 && m == 1 ? "\(longest) components" : "\(rows.count) rows of \(longest)"
    let parameter = rows.count > m ? evidence.name(m, 0) : evidence.name(0, n)
    append(
      Finding(
        parameter: parameter, cause: .shape, breaksAgreement: true, blamed: [names[index]], values: [:], slopes: nil,
        difference: .infinity,
        explanation: "\(names[index]): gives \(found) for a derivative of \(m) by \(n)"), [index],
      ratio: .infinity)
  }

  mutating func markStale(_ index: Int) {
    for i in findings.indices where findings[i].finding.cause == .wrongRule && findings[i].blamedIndices == [index] {
      findings[i].finding.cause = .staleBranch
      findings[i].finding.explanation =
        "\(findings[i].finding.parameter): \(names[index]): its answer depends on what it was asked before"
    }
  }

  /// Every method also gives the function's value; one that gives another has evaluated another function.
  mutating func compareValues(_ evidence: Evidence, _ rule: ToleranceRule) {
    let plain = evidence.plain
    var noise: [Double]?
    for (index, result) in evidence.results.enumerated() {
      guard let value = result.value else { continue }
      let close = { (terms: [Double]?) in
        value.count == plain.count
          && plain.indices.allSatisfy { i in
            rule.agrees(value[i], plain[i], errors: (terms?[i] ?? 0, 0), terms: 0)
          }
      }
      if close(nil) { continue }
      // A value that cancels to almost nothing may differ by the noise that it carries.
      if noise == nil { noise = PlainValue.noise(evidence.f, evidence.x, plain) }
      if close(noise) { continue }
      let shown = { (y: [Double]) in y.count == 1 ? "\(y[0])" : "\(Array(y.prefix(3))) (\(y.count) outputs)" }
      wrongValues[index] = "\(result.name) evaluates to \(shown(value)), the function to \(shown(plain))"
    }
  }
}

extension Judgement {
  /// The component's own verdict.
  fileprivate var verdict: Verdict {
    if let finding, finding.breaks {
      let isInfinite = finding.cause == .domainEdge && finding.difference == .infinity
      return finding.cause == .notFinite || isInfinite ? .notFinite : .disagree
    }
    return isInconclusive ? .inconclusive : .agree
  }
}
