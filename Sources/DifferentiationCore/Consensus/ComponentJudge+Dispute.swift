// SPDX-License-Identifier: Apache-2.0
//
// Who is wrong. Witnesses are counted by family: methods that share their derivative rules are one witness, however
// many they are, because one wrong rule fools them all. The function's own values count one and a half: they beat any
// single family (with two methods, they decide) and, with difference quotients on their side, two; they do not beat
// two families alone, because values cannot see what happens below their noise.
//
// A difference quotient states an error that it believes; where it misses it while a method that is exact agrees with
// the values or with independent rules, the quotient's step is at fault, which is said and does not break the
// agreement. A quotient without an estimate claims every digit and is blamed like anyone else, with the cause.

extension ComponentJudge {
  /// Weight of the function's own values among the witnesses; a family of methods weighs 1.
  private static let weightOfValues = 1.5
  /// … where they come from steps far beyond the size of the coordinate: less than a family.
  private static let weightOfFarValues = 0.75

  /// The judgement on a component on which methods differ.
  func dispute(
    _ c: Case, among testimonies: [Testimony], _ probe: SlopeProbe, roundoff: (Testimony, Double) -> Bool
  ) -> Judgement.Finding {
    if probe.isKink, let interval = probe.interval {
      let outside = testimonies.filter { ratio($0, to: probe.intervals, c) > 1 }
      let inside = testimonies.filter { t in !outside.contains { $0.method == t.method } }
      if outside.allSatisfy(isEstimate), !inside.isEmpty {
        let why =
          outside.isEmpty
          ? "a kink: every method lies between the slopes on its sides"
          : "a kink: the differences of \(list(outside.map(\.method))) reach across it"
        return Judgement.Finding(cause: .kink, breaks: false, slopes: slopes(probe), why: why)
      }
      return blame(
        outside, c, probe, (interval.lower, interval.upper), "outside the slopes on the two sides of a kink", roundoff)
    }
    let claiming = testimonies.filter { !isEstimate($0) }
    let claimsAgree = claiming.allSatisfy { a in claiming.allSatisfy { agree(a, $0, c) } }
    if probe.hasStructure, claimsAgree, !claiming.isEmpty,
      claiming.allSatisfy({ ratio($0, to: probe.intervals, c) <= 1 })
    {
      let reaching = list(testimonies.filter(isEstimate).map(\.method))
      return Judgement.Finding(
        cause: .kink, breaks: false, slopes: slopes(probe),
        why: "a kink or ripple within the step of \(reaching); the others agree with the slope at short steps")
    }
    let estimates = testimonies.filter(isEstimate)
    if claimsAgree, !claiming.isEmpty, probe.noise > 1,
      claiming.allSatisfy({ ratioToValues($0, estimates, probe, c) <= 1 })
    {
      return Judgement.Finding(
        cause: .roundoff, breaks: false, slopes: slopes(probe), difference: spread(testimonies),
        why: "the function's values carry \(Int(min(probe.noise, 1e15))) times the roundoff that the error estimate of "
          + "\(list(estimates.map(\.method))) presumes; within that, all agree")
    }
    if claimsAgree, !claiming.isEmpty, let finding = sharplyConfirmed(claiming, estimates, probe, c, roundoff) {
      return finding
    }
    let groups = groups(testimonies, c)
    let support = groups.map { self.support($0, probe, c) }
    let best = support.indices.reduce(0) { support[$1] > support[$0] ? $1 : $0 }
    let rivals = groups.indices.filter { $0 != best && support[$0] > support[best] - 0.25 }
    guard rivals.isEmpty else {
      let tied = [groups[best]] + rivals.map { groups[$0] }
      let differing = testimonies.filter { t in !tied.allSatisfy { $0.contains { $0.method == t.method } } }
      return Judgement.Finding(
        cause: .undecided, breaks: true, blamed: differing.map(\.method), slopes: slopes(probe),
        difference: spread(differing),
        why: "\(list(differing.map(\.method))) differ, and the function's own values do not tell who is wrong")
    }
    let outside = testimonies.filter { t in !groups[best].contains { $0.method == t.method } }
    let values = groups[best].map(\.value)
    let bounds = (values.min() ?? .nan, values.max() ?? .nan)
    let where_ = "outside what \(list(groups[best].map(\.method))) agree on"
    if outside.allSatisfy(isEstimate), groups[best].contains(where: { !isEstimate($0) }) {
      return missed(outside, c, probe, groups[best], roundoff)
    }
    // Where an exact method is wrong, a difference quotient's missed estimate beside it is not worth a line.
    let wrong = outside.filter { !isEstimate($0) }
    return blame(wrong.isEmpty ? outside : wrong, c, probe, bounds, where_, roundoff)
  }

  /// Where the function's own values confirm the exact methods much more sharply than the dispute is wide, the difference
  /// quotients miss their estimates.
  private func sharplyConfirmed(
    _ claiming: [Testimony], _ estimates: [Testimony], _ probe: SlopeProbe, _ c: Case,
    _ roundoff: (Testimony, Double) -> Bool
  ) -> Judgement.Finding? {
    let missing = estimates.filter { e in !claiming.allSatisfy { agree($0, e, c) } }
    let dispute = missing.flatMap { e in claiming.map { ($0.value - e.value).magnitude } }.min() ?? 0
    guard let interval = probe.interval, !probe.isFar, dispute >= 4 * rule.errorFactor * interval.error,
      claiming.allSatisfy({ ratio($0, to: probe.intervals, c) <= 1 })
    else { return nil }
    return missed(missing, c, probe, claiming, roundoff)
  }

  /// Difference quotients that miss their error estimates while the others agree: said, and no disagreement.
  private func missed(
    _ missing: [Testimony], _ c: Case, _ probe: SlopeProbe, _ agreed: [Testimony],
    _ roundoff: (Testimony, Double) -> Bool
  ) -> Judgement.Finding {
    let values = agreed.map(\.value)
    var finding = blame(missing, c, probe, (values.min() ?? .nan, values.max() ?? .nan), "outside", roundoff)
    finding.breaks = false
    finding.blamed = []
    finding.why += "; the error estimate misses, the others agree"
    return finding
  }

  /// The judgement on a component on which all agree within error bars as wide as the value: the function's own
  /// values are asked instead. Nil where they know no more.
  func settleBlind(_ c: Case, _ probe: SlopeProbe) -> Judgement.Finding? {
    guard let interval = probe.interval else { return nil }
    let size = max(interval.lower.magnitude, interval.upper.magnitude)
    guard rule.errorFactor * interval.error <= max(Self.coarsest * size, Self.negligible * largest) else { return nil }
    let outside = c.testimonies.filter { ratio($0, to: probe.intervals, c) > 1 }
    if outside.isEmpty {
      return Judgement.Finding(
        cause: .inconclusive, breaks: false, slopes: slopes(probe),
        why: "the methods' error bars are as wide as the value; the function's own values confirm it")
    }
    return blame(
      outside, c, probe, (interval.lower, interval.upper), "outside what the function's own values say",
      { _, _ in false })
  }

  /// The judgement on values that are no numbers.
  func broken(_ c: Case, _ probe: SlopeProbe, roundoff: (Testimony, Double) -> Bool) -> Judgement.Finding {
    let broken = c.testimonies.filter(\.isBroken)
    let rest = c.testimonies.filter { !$0.isBroken }
    if broken.contains(where: \.isMissing) {
      let who = broken.filter(\.isMissing).map(\.method)
      return Judgement.Finding(
        cause: .shape, breaks: true, blamed: broken.map(\.method), slopes: slopes(probe), difference: .infinity,
        why: "\(list(who)): gives no such component")
    }
    let what =
      broken.contains { $0.value.isNaN }
      ? "not a number"
      : broken.contains { $0.value.isInfinite } ? "infinite" : "an error estimate that is not a number"
    let edge = probe.isOneSided ? "; the function is defined on one side only" : ""
    let hasSlope =
      probe.interval.map {
        rule.errorFactor * $0.error <= Self.coarsest * max($0.lower.magnitude, $0.upper.magnitude, largest)
      } ?? false
    var finding = Judgement.Finding(
      cause: probe.isOneSided ? .domainEdge : .notFinite, breaks: true, slopes: slopes(probe), difference: .infinity,
      why: "")
    if rest.isEmpty, !hasSlope {
      finding.why = "every method's derivative is \(what)\(edge)"
      return finding
    }
    finding.blamed = broken.map(\.method)
    finding.why = "\(list(finding.blamed)): \(what)\(edge)"
    let disagree = rest.enumerated().contains { i, a in rest[(i + 1)...].contains { !agree(a, $0, c) } }
    if disagree {
      let other = dispute(c, among: rest, probe, roundoff: roundoff)
      if other.breaks {
        finding.blamed += other.blamed
        finding.why += "; and \(other.why)"
      }
    }
    return finding
  }

  /// The largest groups of methods that all agree with each other, one around each method.
  private func groups(_ testimonies: [Testimony], _ c: Case) -> [[Testimony]] {
    var groups: [[Testimony]] = []
    for center in testimonies {
      var members = [center]
      // Nearest first, the sharper first where two are equally near.
      let others = testimonies.filter { $0.method != center.method }.sorted {
        let (p, q) = (($0.value - center.value).magnitude, ($1.value - center.value).magnitude)
        return p != q ? p < q : ($0.error != $1.error ? $0.error < $1.error : $0.method < $1.method)
      }
      for other in others where members.allSatisfy({ agree($0, other, c) }) { members.append(other) }
      let methods = Set(members.map(\.method))
      if !groups.contains(where: { methods.isSubset(of: $0.map(\.method)) }) {
        groups.removeAll { methods.isSuperset(of: $0.map(\.method)) }
        groups.append(members)
      }
    }
    return groups
  }

  private func support(_ group: [Testimony], _ probe: SlopeProbe, _ c: Case) -> Double {
    let families = Double(Set(group.map { traits[$0.method].ruleFamily }).count)
    let intervals = probe.intervals
    if intervals.isEmpty { return families }
    // Those who claim to be exact have to stand by the values; quotients alone, one of them.
    let claiming = group.filter { !isEstimate($0) }
    let confirmed =
      claiming.isEmpty
      ? group.contains { ratio($0, to: intervals, c) <= 1 } : claiming.allSatisfy { ratio($0, to: intervals, c) <= 1 }
    return families + (confirmed ? (probe.isFar ? Self.weightOfFarValues : Self.weightOfValues) : 0)
  }

  private func blame(
    _ outside: [Testimony], _ c: Case, _ probe: SlopeProbe, _ bounds: (lower: Double, upper: Double), _ where_: String,
    _ roundoff: (Testimony, Double) -> Bool
  ) -> Judgement.Finding {
    let gaps = outside.map { t in (t.value - min(max(t.value, bounds.lower), bounds.upper)).magnitude }
    let gap = gaps.max() ?? 0
    let methods = outside.map(\.method)
    var finding = Judgement.Finding(
      cause: .wrongRule, breaks: true, blamed: methods, slopes: slopes(probe), difference: gap,
      why: "\(list(methods)): \(where_)")
    guard outside.allSatisfy({ traits[$0.method].mode == .differences }), let worst = gaps.firstIndex(of: gap) else {
      return finding
    }
    let middle = bounds.lower + (bounds.upper - bounds.lower) / 2
    if probe.hasStructure {
      finding.cause = .kink
      finding.why = "\(list(methods)): a kink within the step of the differences"
    } else if probe.isOneSided {
      finding.cause = .domainEdge
      finding.why = "\(list(methods)): the step of the differences crosses the edge of the domain"
    } else if roundoff(outside[worst], middle) {
      finding.cause = .roundoff
      finding.why = "\(list(methods)): cancellation; the step of the differences is too small here"
    } else {
      finding.cause = .truncation
      finding.why = "\(list(methods)): the step of the differences is too large here"
    }
    return finding
  }

  private func spread(_ testimonies: [Testimony]) -> Double {
    (testimonies.map(\.value).max() ?? 0) - (testimonies.map(\.value).min() ?? 0)
  }
}
