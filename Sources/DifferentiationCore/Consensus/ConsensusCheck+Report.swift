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
    if taking.count >= 2 {
      var judgements = Judgements(rows: evidence.plain.count, columns: evidence.x.count) { i, j in
        let component = evidence.component(i, j, of: taking)
        let (first, judgement) = judge.look(component)
        return (first, judgement, judge.mayHideAKink(component))
      }
      lookInto(&judgements, judge, evidence, probes, taking)
      tally.unexamined = judgements.unexamined
      for i in evidence.plain.indices {
        for j in evidence.x.indices {
          tally.add(evidence.name(i, j), evidence.component(i, j, of: taking), judgements[i, j])
        }
      }
    } else if keepsComponents {
      for i in evidence.plain.indices {
        for j in evidence.x.indices {
          tally.addUncompared(evidence.name(i, j), evidence.component(i, j, of: taking))
        }
      }
    }
    for index in taking { tally.addSurplus(index, evidence) }
    findStale(&tally, evidence)
    tally.compareValues(evidence, rule)
    return tally.report(evidence, rule: rule, probes: probes.count)
  }

  /// Asks the function's own values about what the first look left open, the worst first, until so many have broken the
  /// agreement.
  private func lookInto(
    _ judgements: inout Judgements, _ judge: ComponentJudge, _ evidence: Evidence, _ probes: ProbeCache, _ taking: [Int]
  ) {
    var breaking = 0
    for open in judgements.open {
      let c = evidence.component(open.row, open.column, of: taking)
      guard breaking < disputeLimit else {
        if let finding = unexamined(judge, c, open.look) {
          judgements[open.row, open.column].finding = finding
          judgements.unexamined += 1
        }
        continue
      }
      let probe = probes.probe(row: c.row, column: c.column)
      let inquiry = inquiry(c, evidence)
      switch open.look {
      case .settled: break
      case .broken: judgements[c.row, c.column].finding = judge.broken(c, probe, inquiry)
      case .disputed: judgements[c.row, c.column].finding = judge.dispute(c, among: c.testimonies, probe, inquiry)
      case .blind:
        if let finding = judge.settleBlind(c, probe, inquiry) {
          judgements[c.row, c.column].finding = finding
          judgements[c.row, c.column].isInconclusive = false
        }
      }
      if judgements[c.row, c.column].finding?.breaks == true { breaking += 1 }
    }
    // Where everybody agrees because a quotient's error bar is that wide, the slopes on both sides are worth a word.
    for (row, column) in judgements.wide.prefix(Self.kinkLimit) where judgements[row, column].finding == nil {
      let c = evidence.component(row, column, of: taking)
      judgements[row, column].finding = judge.kinkWithinErrors(c, probes.probe(row: row, column: column))
    }
  }

  /// So many components are looked at for a kink that no method disputes.
  private static let kinkLimit = 16

  /// A dispute that is not looked into any more: who stands alone against the most witnesses is blamed, if anybody does.
  private func unexamined(_ judge: ComponentJudge, _ c: Case, _ look: FirstLook) -> Judgement.Finding? {
    switch look {
    case .settled, .blind: return nil
    case .broken:
      let broken = c.testimonies.filter(\.isBroken).map(\.method)
      return Judgement.Finding(
        cause: .notFinite, breaks: true, blamed: broken, difference: .infinity,
        why: "\(judge.list(broken)): not a number that could be compared")
    case .disputed:
      let blamed = judge.outsideTheMajority(c)
      let differing = blamed.isEmpty ? c.testimonies.map(\.method) : blamed
      let values = c.testimonies.map(\.value)
      return Judgement.Finding(
        cause: .undecided, breaks: true, blamed: blamed, difference: (values.max() ?? 0) - (values.min() ?? 0),
        why: "\(judge.list(differing)) \(differing.count == 1 ? "differs" : "differ"); not looked into after "
          + "\(disputeLimit) worse components")
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
