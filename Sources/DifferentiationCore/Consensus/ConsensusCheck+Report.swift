// SPDX-License-Identifier: Apache-2.0

extension ConsensusCheck {
  /// Compares results that are already there.
  func report(_ evidence: Evidence, _ probes: ProbeCache) -> CheckReport {
    let names = evidence.results.map(\.name)
    let taking = evidence.taking
    let judge = ComponentJudge(
      rule: rule, traits: evidence.results.map(\.traits), names: names, largest: evidence.typicalLargest)
    let stating = taking.filter { evidence.results[$0].errors != nil || evidence.results[$0].traits.accuracy == .exact }
    var tally = Tally(
      names: names, comparisonsEach: taking.count * (taking.count - 1) / 2, keepsComponents: keepsComponents,
      stating: Set(stating))
    if taking.count >= 2 || keepsComponents {
      for i in evidence.plain.indices {
        for j in evidence.x.indices {
          let component = evidence.component(i, j, of: taking)
          guard taking.count >= 2 else {
            tally.addUncompared(evidence.name(i, j), component)
            continue
          }
          let judgement = judgement(judge, component, evidence, probes, &tally)
          tally.add(evidence.name(i, j), component, judgement)
        }
      }
    }
    for index in taking { tally.addSurplus(index, evidence) }
    findStale(&tally, evidence)
    tally.compareValues(evidence, rule)
    return tally.report(evidence, rule: rule, probes: probes.count)
  }

  private func judgement(
    _ judge: ComponentJudge, _ c: Case, _ evidence: Evidence, _ probes: ProbeCache, _ tally: inout Tally
  ) -> Judgement {
    var (look, judgement) = judge.look(c)
    if case .settled = look { return judgement }
    guard tally.breaking < disputeLimit else {
      judgement.finding = unexamined(judge, c, look, suspects: tally.suspects)
      if judgement.finding?.breaks == true { tally.unexamined += 1 }
      return judgement
    }
    let probe = probes.probe(row: c.row, column: c.column)
    let inquiry = inquiry(c, evidence)
    switch look {
    case .settled: break
    case .broken: judgement.finding = judge.broken(c, probe, inquiry)
    case .disputed: judgement.finding = judge.dispute(c, among: c.testimonies, probe, inquiry)
    case .blind:
      if let finding = judge.settleBlind(c, probe, inquiry) {
        judgement.finding = finding
        judgement.isInconclusive = false
      }
    }
    return judgement
  }

  /// A dispute that is not looked into any more: blamed on those who were wrong before.
  private func unexamined(
    _ judge: ComponentJudge, _ c: Case, _ look: FirstLook, suspects: Set<Int>
  ) -> Judgement.Finding? {
    switch look {
    case .settled, .blind: return nil
    case .broken:
      let broken = c.testimonies.filter(\.isBroken).map(\.method)
      return Judgement.Finding(
        cause: .notFinite, breaks: true, blamed: broken, difference: .infinity,
        why: "\(judge.list(broken)): not a number that could be compared")
    case .disputed:
      let differing = c.testimonies.filter { t in c.testimonies.contains { !judge.agree(t, $0, c) } }
      let blamed = differing.map(\.method).filter(suspects.contains)
      let values = differing.map(\.value)
      return Judgement.Finding(
        cause: .undecided, breaks: true, blamed: blamed, difference: (values.max() ?? 0) - (values.min() ?? 0),
        why: "\(judge.list(differing.map(\.method))) differ; not looked into after \(disputeLimit) other components")
    }
  }

  /// Asks a blamed method again after another point: an answer that changes is a stale branch, not a wrong rule.
  private func findStale(_ tally: inout Tally, _ evidence: Evidence) {
    for index in tally.suspects {
      let result = evidence.results[index]
      guard let method = result.method, let before = result.rows else { continue }
      let elsewhere = evidence.x.map { $0 + 0.25 * max(1, $0.magnitude) }
      _ = try? method.jacobian(of: evidence.f, at: elsewhere)
      guard let after = try? method.jacobian(of: evidence.f, at: evidence.x).rows else { continue }
      if !same(before, after) { tally.markStale(index) }
    }
  }

  private func same(_ a: [[Double]], _ b: [[Double]]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { p, q in
        p.count == q.count && zip(p, q).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
      }
  }
}
