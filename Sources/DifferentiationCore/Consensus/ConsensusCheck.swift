// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Differentiates a function by several methods and says whether they agree, and if not, who is wrong and why.
///
/// ```swift
/// let check = ConsensusCheck(methods: [tape, dual, differences])
/// let report = check.run(TargetFunction(f, gradient: myGradient), at: x)
/// try report.requireAgreement()
/// ```
///
/// Every component is compared between all methods by one ``ToleranceRule``, within the methods' own error estimates.
/// Where they differ, the slopes of the function's own values on both sides decide: a kink accepts what lies between
/// them; otherwise the methods outside the largest group of independent witnesses are to blame.
///
/// Cost: the gradients, three further evaluations, and about fifty more for each disputed component.
public struct ConsensusCheck: Sendable {
  /// The methods to compare.
  public var methods: [any Differentiator]
  /// When two values agree.
  public var rule: ToleranceRule
  /// With more inputs than this, methods that need a pass for every input are compared along random directions first,
  /// and component by component only where a direction disagrees.
  public var componentLimit: Int
  /// The number of random directions for that.
  public var directionCount: Int
  /// The seed of the directions.
  public var seed: UInt64

  /// A check of methods.
  public init(
    methods: [any Differentiator], rule: ToleranceRule = ToleranceRule(), componentLimit: Int = 2000,
    directionCount: Int = 8, seed: UInt64 = 0
  ) {
    self.methods = methods
    self.rule = rule
    self.componentLimit = componentLimit
    self.directionCount = directionCount
    self.seed = seed
  }

  /// Compares the methods at a point. What a single method cannot do is in the report; what is thrown is the
  /// function's own error.
  ///
  /// A derivative written by hand beside the function takes part as the method `hand-written`.
  public func run(_ f: TargetFunction, at x: [Double]) throws -> CheckReport {
    let methods = allMethods(f)
    switch try PlainValue(f, x) {
    case .value(let plain):
      let (results, directions) = run(methods, f, x)
      let probes = ProbeCache(f, x, plain)
      var report = report(f, x, plain: plain, results: results, directions: directions, probes: probes)
      if report.verdict == .agree, !results.contains(where: { $0.rows != nil }) { report.verdict = .vacuous }
      return report
    case .failed(let verdict, let summary, let value):
      return empty(verdict, summary, value: value, methods: methods)
    }
  }

  /// The methods, and the derivative written by hand where there is one.
  func allMethods(_ f: TargetFunction) -> [any Differentiator] {
    guard let given = f.handWritten else { return methods }
    return [GivenDerivative(given: given)] + methods
  }

  /// Runs the methods, along random directions where that is enough.
  func run(
    _ methods: [any Differentiator], _ f: TargetFunction, _ x: [Double]
  ) -> (results: [MethodResult], directions: Int) {
    let hasFullRow = methods.contains { $0.traits.mode == .reverse || $0.traits.mode == .given }
    guard x.count > componentLimit, hasFullRow else { return (methods.map { MethodResult($0, f, x) }, 0) }
    let full = methods.filter { !needsPassPerInput($0) }.map { MethodResult($0, f, x) }
    let screen = DirectionScreen(count: directionCount, seed: seed, rule: rule)
    let screened = methods.filter(needsPassPerInput).map { method in
      let (result, passed) = screen.run(method, against: full, f, x)
      // What one direction cannot settle is compared component by component.
      return passed ? result : MethodResult(method, f, x)
    }
    return (full + screened, screened.isEmpty ? 0 : directionCount)
  }

  private func needsPassPerInput(_ method: any Differentiator) -> Bool {
    method.traits.mode == .forward || method.traits.mode == .differences
  }

  private func empty(
    _ verdict: Verdict, _ summary: String, value: [Double], methods: [any Differentiator]
  ) -> CheckReport {
    CheckReport(
      verdict: verdict, summary: summary, value: value,
      methods: methods.map {
        MethodReport(name: $0.name, evaluations: 0, seconds: 0, failure: nil, blamed: 0, value: nil)
      },
      components: 0, totalComponents: 0, zeroComponents: 0, worst: nil, findings: [], directions: 0, rule: rule,
      ruleText: rule.text)
  }

  /// Compares results that are already there.
  func report(
    _ f: TargetFunction, _ x: [Double], plain: [Double], results: [MethodResult], directions: Int, probes: ProbeCache
  ) -> CheckReport {
    let names = results.map(\.name)
    let taking = results.indices.filter { results[$0].rows != nil }
    let judge = ComponentJudge(
      rule: rule, largest: typicalLargest(taking.compactMap { results[$0].rows }), traits: results.map(\.traits),
      names: names)
    var tally = Tally(names: names)
    for i in plain.indices {
      for j in x.indices {
        let testimonies = taking.map { results[$0].testimony(method: $0, row: i, column: j) }
        guard testimonies.count >= 2 else { continue }
        let name = plain.count == 1 ? f.inputName(j) : "y[\(i)]/\(f.inputName(j))"
        let judgement = judge.judge(testimonies) { probes.probe(row: i, column: j) }
        tally.add(name, testimonies, judgement)
      }
    }
    findStale(&tally, f, x, results)
    tally.compareValues(results, plain, rule)
    return tally.report(
      plain: plain, results: results, total: plain.count * x.count, directions: directions, rule: rule)
  }

  /// The median over the methods of the largest component: one method gone wild does not loosen the rule for all.
  func typicalLargest(_ matrices: [[[Double]]]) -> Double {
    let largest = matrices.map { rows in
      rows.reduce(0.0) { max($0, $1.reduce(0.0) { $1.isFinite ? max($0, $1.magnitude) : $0 }) }
    }.sorted()
    return largest.isEmpty ? 0 : largest[(largest.count - 1) / 2]
  }

  /// Asks a blamed method again after another point: an answer that changes is a stale branch, not a wrong rule.
  private func findStale(_ tally: inout Tally, _ f: TargetFunction, _ x: [Double], _ results: [MethodResult]) {
    for index in Set(tally.findings.filter { $0.cause == .wrongRule }.flatMap(\.blamedIndices)) {
      guard let method = results[index].method, let before = results[index].rows else { continue }
      let elsewhere = x.map { $0 + 0.25 * max(1, $0.magnitude) }
      _ = try? method.jacobian(of: f, at: elsewhere)
      guard let after = try? method.jacobian(of: f, at: x).rows else { continue }
      if !same(before, after) { tally.markStale(index) }
    }
  }

  private func same(_ a: [[Double]], _ b: [[Double]]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { p, q in
        p.count == q.count && zip(p, q).allSatisfy { $0.bitPattern == $1.bitPattern || $0 == $1 }
      }
  }
}

/// f(x) taken three times: the values that everything else is held against.
private enum PlainValue {
  case value([Double])
  case failed(Verdict, String, [Double])

  init(_ f: TargetFunction, _ x: [Double]) throws {
    if let j = x.firstIndex(where: { !$0.isFinite }) {
      self = .failed(.notFinite, "the point is not finite: \(f.inputName(j)) = \(x[j])", [])
      return
    }
    let first = try f.value(at: x)
    for _ in 0..<2 {
      let again = try f.value(at: x)
      guard again == first || zip(again, first).allSatisfy({ $0 == $1 || ($0.isNaN && $1.isNaN) }) else {
        self = .failed(
          .notDeterministic,
          "the function gives different values for the same point: \(first.prefix(3)), then \(again.prefix(3))", first)
        return
      }
    }
    if let i = first.firstIndex(where: { !$0.isFinite }) {
      let output = first.count == 1 ? "the function's value" : "output \(i)"
      self = .failed(.notFinite, "\(output) is \(first[i]) at this point; no derivative can be trusted there", first)
      return
    }
    self = .value(first)
  }
}
