// SPDX-License-Identifier: Apache-2.0

/// Collects the judgements of all components.
struct Tally {
  struct Entry {
    var finding: Finding
    var blamedIndices: [Int]
  }

  let names: [String]
  let comparisonsEach: Int
  private(set) var findings: [Entry] = []
  private(set) var worst: Comparison?
  private(set) var components = 0
  private(set) var zeros = 0
  private(set) var zerosWithinErrors = 0
  private(set) var inconclusive = 0
  /// Whether an inconclusive component is large enough to matter.
  private(set) var isBlind = false
  /// The number of findings that break the agreement.
  private(set) var breaking = 0
  /// The methods blamed for a wrong rule so far.
  private(set) var suspects: Set<Int> = []
  private(set) var wrongValues: [Int: String] = [:]
  var unexamined = 0

  init(names: [String], comparisonsEach: Int) {
    self.names = names
    self.comparisonsEach = comparisonsEach
  }

  mutating func add(_ parameter: String, _ c: Case, _ judgement: Judgement) {
    components += 1
    if judgement.isZero { zeros += 1 }
    if judgement.isZeroWithinErrors { zerosWithinErrors += 1 }
    if judgement.isInconclusive { inconclusive += 1 }
    if judgement.isInconclusive, judgement.matters { isBlind = true }
    if let pair = judgement.worst, worst == nil || !(pair.ratio <= worst?.ratio ?? 0) {
      let rule = judgement.decidingTerm
      worst = Comparison(
        parameter: parameter, methods: [names[pair.a.method], names[pair.b.method]],
        values: [pair.a.value, pair.b.value], difference: pair.difference, allowed: pair.allowed,
        decidedBy: rule)
    }
    guard let finding = judgement.finding else { return }
    append(
      Finding(
        parameter: parameter, cause: finding.cause, breaksAgreement: finding.breaks,
        blamed: finding.blamed.map { names[$0] },
        values: Dictionary(c.testimonies.map { (names[$0.method], $0.value) }) { a, _ in a },
        slopes: finding.slopes, difference: finding.difference, explanation: "\(parameter): \(finding.why)"),
      finding.blamed)
  }

  private mutating func append(_ finding: Finding, _ blamed: [Int]) {
    findings.append(Entry(finding: finding, blamedIndices: blamed))
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
        explanation: "\(names[index]): gives \(found) for a derivative of \(m) by \(n)"), [index])
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
