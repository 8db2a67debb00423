// SPDX-License-Identifier: Apache-2.0

import RandomStreams

extension ConsensusCheck {
  /// Plants wrong rules in one method and counts how many the check finds.
  ///
  /// For generic code, a mutant is one operation of the recorded function with wrong partial derivatives, swept back:
  /// what a wrong rule does. For a black box, one component of the first method's result is changed. Operations are
  /// drawn at random from those that matter at this point, every kind of error at each.
  ///
  /// A mutant has to be found where it moves a component by more than the rule lets pass between it and a method that
  /// agreed before; at a kink, where it leaves the slopes on the two sides.
  ///
  /// - Parameters:
  ///   - f: The function.
  ///   - x: The point.
  ///   - places: The number of operations (or components) to plant errors at.
  /// - Throws: ``CheckFailure`` where the methods do not agree in the first place; the function's own error.
  public func mutationRun(_ f: TargetFunction, at x: [Double], places: Int = 40) throws -> MutationReport {
    var plain = self
    plain.keepsComponents = false
    return try plain.plantErrors(f, at: x, places: places)
  }

  private func plantErrors(_ f: TargetFunction, at x: [Double], places: Int) throws -> MutationReport {
    let base = try run(f, at: x)
    try base.requireAgreement()
    // Every component is compared in full: a method that was only screened is no witness for one component.
    var full = self
    full.componentLimit = .max
    let evidence = full.gather(allMethods(f), f, x, base.value)
    let taking = evidence.taking
    let probes = ProbeCache(f, x, base.value)
    guard
      let host = taking.first(where: { evidence.results[$0].traits.mode == .reverse })
        ?? taking.first(where: { evidence.results[$0].traits.mode == .given })
        ?? taking.first(where: { evidence.results[$0].traits.accuracy == .exact }) ?? taking.first,
      let original = evidence.results[host].rows
    else { throw CheckFailure(report: base) }
    let kinks = kinks(base: report(evidence, probes), evidence, probes)
    var random = NamedStreams(seed: seed).generator(for: .mutation)
    var run = MutationReport(
      host: evidence.results[host].name, planted: 0, withinRule: 0, killed: 0,
      components: base.value.count * x.count, kinds: [:], survivors: [])
    MutantSource(f, x, original).forEach(places: places, random: &random) { mutation, place, rows in
      var mutated = evidence
      mutated.results[host].rows = rows
      mutated.results[host].method = nil
      let ratio = largestRatio(evidence, rows, host, kinks, probes)
      run.planted += 1
      run.kinds[mutation.rawValue, default: MutationCount()].planted += 1
      guard !(ratio <= 1) else {
        run.withinRule += 1
        run.kinds[mutation.rawValue, default: MutationCount()].withinRule += 1
        return
      }
      let report = report(mutated, probes)
      let isFound = report.verdict == .disagree || report.verdict == .notFinite
      if isFound, report.methods[host].blamed > 0 {
        run.killed += 1
        run.kinds[mutation.rawValue, default: MutationCount()].killed += 1
      } else {
        run.survivors.append(
          Mutant(mutation: mutation, place: place, ratio: ratio, killed: false, verdict: report.verdict))
      }
    }
    return run
  }

  /// The slopes at the components that are kinks, by their names.
  private func kinks(
    base: CheckReport, _ evidence: Evidence, _ probes: ProbeCache
  ) -> [String: [SlopeProbe.Interval]] {
    let names = Set(base.findings.filter { $0.cause == .kink }.map(\.parameter))
    var kinks: [String: [SlopeProbe.Interval]] = [:]
    for i in evidence.plain.indices {
      for j in evidence.x.indices where names.contains(evidence.name(i, j)) {
        let probe = probes.probe(row: i, column: j)
        if probe.isKink { kinks[evidence.name(i, j)] = probe.intervals }
      }
    }
    return kinks
  }

  /// The largest ratio of difference to rule between the changed host and a method that agreed with it before.
  private func largestRatio(
    _ evidence: Evidence, _ rows: [[Double]], _ host: Int, _ kinks: [String: [SlopeProbe.Interval]],
    _ probes: ProbeCache
  ) -> Double {
    let judge = ComponentJudge(
      rule: rule, traits: evidence.results.map(\.traits), names: [], largest: evidence.typicalLargest)
    let taking = evidence.taking
    var changed = evidence
    changed.results[host].rows = rows
    var worst = 0.0
    for i in evidence.plain.indices {
      for j in evidence.x.indices where rows[i][j] != evidence.results[host].rows?[i][j] {
        let before = evidence.component(i, j, of: taking)
        let after = changed.component(i, j, of: taking)
        guard let old = before.testimonies.first(where: { $0.method == host }),
          let new = after.testimonies.first(where: { $0.method == host })
        else { continue }
        if !new.value.isFinite { return .infinity }
        if let intervals = kinks[evidence.name(i, j)] {
          worst = max(worst, judge.ratio(new, to: intervals, after))
          continue
        }
        let others = before.testimonies.filter { $0.method != host && judge.agree(old, $0, before) }
        worst = max(worst, ratio(judge, new, others, after) { probes.probe(row: i, column: j) })
      }
    }
    return worst
  }

  /// … on one component. Against difference quotients alone, what the noise of the values allows counts.
  private func ratio(
    _ judge: ComponentJudge, _ host: Testimony, _ others: [Testimony], _ c: Case, _ probe: () -> SlopeProbe
  ) -> Double {
    let claiming = others.filter { !judge.isEstimate($0) }
    let estimates = others.filter(judge.isEstimate)
    let first = claiming.map { judge.pair(host, $0, c).ratio }.max() ?? 0
    let second = estimates.map { judge.pair(host, $0, c).ratio }.max() ?? 0
    guard second > 1, first <= 1, !judge.isEstimate(host) else { return max(first, second) }
    return max(first, judge.ratioToValues(host, estimates, probe(), c))
  }
}

/// Makes wrong Jacobians.
private struct MutantSource {
  let f: TargetFunction
  let x: [Double]
  let original: [[Double]]

  init(_ f: TargetFunction, _ x: [Double], _ original: [[Double]]) {
    self.f = f
    self.x = x
    self.original = original
  }

  func forEach(places: Int, random: inout Xoshiro256, _ body: (Mutation, String, [[Double]]) -> Void) {
    guard let recording = Recording(f, x), recording.nodes.count > x.count else {
      return forEachComponent(places: places, random: &random, body)
    }
    let count = recording.nodes.count - x.count
    let live = recording.liveOperations()
    for _ in 0..<places {
      let index = live.isEmpty ? x.count + random.below(count) : live[random.below(live.count)]
      for mutation in Mutation.allCases {
        body(
          mutation, "operation \(index - x.count) of \(count)", recording.jacobian(wrongAt: index, mutation))
      }
    }
  }

  private func forEachComponent(
    places: Int, random: inout Xoshiro256, _ body: (Mutation, String, [[Double]]) -> Void
  ) {
    guard !original.isEmpty, !x.isEmpty else { return }
    let largest = original.reduce(0) { max($0, $1.reduce(0) { max($0, $1.magnitude) }) }
    for _ in 0..<places {
      let i = random.below(original.count)
      let j = random.below(x.count)
      for mutation in Mutation.allCases {
        var rows = original
        rows[i][j] = mutation.component(rows[i][j], largest: largest)
        body(mutation, original.count == 1 ? f.inputName(j) : "y[\(i)]/\(f.inputName(j))", rows)
      }
    }
  }
}
