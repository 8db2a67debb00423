// SPDX-License-Identifier: Apache-2.0

extension Tally {
  /// The report, with the verdict and its sentence.
  func report(_ evidence: Evidence, rule: ToleranceRule, probes: Int) -> CheckReport {
    let sorted = findings.sorted { a, b in
      if a.finding.breaksAgreement != b.finding.breaksAgreement { return a.finding.breaksAgreement }
      if a.ratio != b.ratio { return a.ratio > b.ratio }
      return a.finding.difference > b.finding.difference
    }
    let methods = evidence.results.enumerated().map { index, result in
      MethodReport(
        name: result.name, ruleFamily: result.traits.ruleFamily, participation: result.participation,
        evaluations: result.evaluations, seconds: result.seconds, failure: result.failure,
        blamed: sorted.filter { $0.finding.breaksAgreement && $0.blamedIndices.contains(index) }.count,
        value: result.value)
    }
    let taking = methods.filter(\.tookPart)
    let total = evidence.plain.count * evidence.x.count
    let (verdict, summary) = verdict(evidence, methods, sorted.map(\.finding))
    let closest = ([worst].compactMap { $0 } + evidence.screened).max { $0.ratio < $1.ratio }
    return CheckReport(
      verdict: verdict, summary: summary, value: evidence.plain, methods: methods, components: components,
      totalComponents: total, screenedComponents: taking.contains { $0.participation == .screened } ? total : 0,
      families: Set(taking.map(\.ruleFamily)).count, comparisons: components * comparisonsEach,
      zeroComponents: zeros, inconclusiveComponents: inconclusive, worst: closest, findings: sorted.map(\.finding),
      details: details.map { detail in detail.finding.map { detail.report.with(findings[$0].finding) } ?? detail.report
      },
      directions: evidence.directions, probes: probes, unexamined: unexamined, rule: rule, ruleText: rule.text)
  }

  private func verdict(
    _ evidence: Evidence, _ methods: [MethodReport], _ findings: [Finding]
  ) -> (Verdict, String) {
    let total = evidence.plain.count * evidence.x.count
    let taking = methods.filter(\.tookPart).count
    if let wrong = wrongValues.sorted(by: { $0.key < $1.key }).first?.value {
      return (.disagree, "the methods do not differentiate the same function: \(wrong)")
    }
    if breaking > 0 { return broken(methods, findings) }
    if let failed = methods.first(where: { $0.participation == .failed }) {
      return (.failed, "\(failed.name) failed: \(failed.failure ?? "no reason given")")
    }
    if total == 0 { return (.vacuous, "nothing to compare: the function has no inputs or no outputs") }
    if taking < 2 {
      return (.vacuous, alone(methods))
    }
    if components > 0 ? zerosWithinErrors == components : evidence.isAllZero {
      let exact = components == 0 || zeros == components ? "" : " within its error"
      return (
        .vacuous,
        "every derivative is zero by every method\(exact): nothing was shown (do the inputs have any effect here?)"
      )
    }
    if isBlind || (components > 0 && inconclusive == components) {
      return (
        .inconclusive,
        "\(inconclusive) of \(components) components were compared only within error bars as wide as the values: "
          + "nothing follows from that (add an exact method, or differences with a better step)"
      )
    }
    return (.agree, agreement(evidence, methods.filter(\.tookPart), findings))
  }

  /// Why there were not two methods to compare.
  private func alone(_ methods: [MethodReport]) -> String {
    if methods.count == 1 {
      return "\(methods[0].name) is the only method, and one method cannot be a consensus; add one with other rules"
    }
    let who = methods.first { $0.participation == .compared }.map { "only \($0.name)" } ?? "no method"
    return "nothing was compared: \(who) could differentiate this function"
  }

  private func broken(_ methods: [MethodReport], _ findings: [Finding]) -> (Verdict, String) {
    let breaking = findings.filter(\.breaksAgreement)
    let notFinite = breaking.allSatisfy {
      $0.cause == .notFinite || ($0.cause == .domainEdge && $0.difference == .infinity)
    }
    let blamed = methods.filter { $0.blamed > 0 }.map { "\($0.name) in \($0.blamed)" }
    let places = Set(breaking.map(\.parameter)).count
    let parts = [
      "\(max(0, components - places)) of \(components) components agree",
      blamed.isEmpty ? nil : "to blame: \(blamed.joined(separator: ", "))",
      breaking.first.map { "worst: \($0.parameter)" },
      unexamined > 0 ? "\(unexamined) not looked into" : nil,
    ]
    return (notFinite ? .notFinite : .disagree, parts.compactMap { $0 }.joined(separator: "; "))
  }

  private func agreement(_ evidence: Evidence, _ taking: [MethodReport], _ findings: [Finding]) -> String {
    let kinks = findings.filter { $0.cause == .kink }.count - quietKinks
    let others = findings.filter { ![.kink, .jump, .inconclusive].contains($0.cause) }.count
    // Methods that share their rules would all be fooled by the same wrong one.
    let families = Set(evidence.results.filter { $0.participation != .unsupported }.map(\.traits.ruleFamily))
    let notes = [
      families.count == 1 ? "which share their derivative rules and are one witness" : nil,
      quietKinks > 0 ? "\(quietKinks) of them at a kink" : nil,
      jumps > 0 ? "\(jumps) of them where the function jumps" : nil,
      kinks > 0 ? "\(kinks) more accepted at a kink" : nil,
      accepted > kinks ? "\(accepted - kinks) more accepted where an error estimate misses" : nil,
      others > accepted - kinks ? "\(others - (accepted - kinks)) with a remark" : nil,
      zeros > 0 ? "\(zeros) zero by every method" : nil,
      inconclusive > 0 ? "\(inconclusive) too small to be told from zero" : nil,
    ].compactMap { $0 }
    let closest = worst.map { "; closest call \($0.parameter)" } ?? ""
    return counted(evidence, taking) + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))") + closest
  }

  /// How many components agree by how many methods: in full, and along random directions.
  private func counted(_ evidence: Evidence, _ taking: [MethodReport]) -> String {
    let total = evidence.plain.count * evidence.x.count
    let screened = taking.filter { $0.participation == .screened }.count
    let full = taking.count - screened
    let methods = { (count: Int) in count == 1 ? "1 method" : "\(count) methods" }
    let along = "along \(evidence.directions) random directions"
    guard screened > 0 else {
      return "\(components - inconclusive - accepted)/\(total) components agree by \(methods(full))"
    }
    guard components > 0 else {
      let verb = screened == 1 ? "agrees" : "agree"
      return "\(total) components: \(methods(full)) in full, \(methods(screened)) \(verb) with it \(along)"
    }
    return
      "\(components - inconclusive - accepted)/\(total) components agree by \(methods(full)), and by \(methods(screened)) \(along)"
  }
}

extension MethodReport {
  /// Whether it was compared with others, in whichever way.
  package var tookPart: Bool { participation == .compared || participation == .screened }
}

extension Evidence {
  /// Whether every component of every method that gave components is zero.
  fileprivate var isAllZero: Bool {
    results.compactMap(\.rows).allSatisfy { $0.allSatisfy { $0.allSatisfy { $0 == 0 } } }
  }
}
