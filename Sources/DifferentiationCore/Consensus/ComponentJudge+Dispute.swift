// SPDX-License-Identifier: Apache-2.0
//
// Who is wrong. Witnesses are counted by family: methods that share their derivative rules are one witness, however
// many they are, because one wrong rule fools them all. The function's own values are a witness too:
// - Where exact methods contradict each other, values weigh less than a family: with two methods they decide, and they
//   do not overrule two independent derivations, because values cannot see what happens below their noise.
// - Where the exact methods agree and only differences contradict them, values weigh more than a family: one family that
//   is confirmed has missed quotients beside it, one that is not confirmed is wrong. Exact methods that values contradict
//   are asked once more (`Vicinity`), since values do not resolve everything.
//
// A difference quotient states an error that it believes; where it misses it while exact methods are right, the
// quotient's step is at fault, which is said and does not break the agreement, unless no step helps (`StepTrial`): then
// its rule is wrong. A quotient without an estimate has an unknown error: it is no witness, nothing is granted to it, and
// it is blamed, with the cause.

extension ComponentJudge {
  /// Weight of the function's own values where only difference quotients contradict; a family of methods weighs 1.
  private static let weightAgainstEstimates = 1.5
  /// … where exact methods contradict each other, or the values come from steps far beyond the size of the coordinate.
  private static let weightAmongClaims = 0.75
  /// Two independent exact derivations are not refuted by values within this part of them, or of f/x.
  private static let unresolved = 0x1p-20

  /// The judgement on a component on which methods differ.
  ///
  /// Quotients of unknown error are no witnesses: they are held against what the others come to, or, where there is one
  /// family of others only, against what that family and the function's values come to.
  func dispute(
    _ c: Case, among testimonies: [Testimony], _ probe: SlopeProbe, _ inquiry: Inquiry
  ) -> Judgement.Finding {
    let known = testimonies.filter { !$0.isUnknown }
    guard !known.isEmpty, known.count < testimonies.count else { return witnesses(c, testimonies, probe, inquiry) }
    var finding: Judgement.Finding?
    if !known.allSatisfy({ a in known.allSatisfy { agree(a, $0, c) } }) {
      finding = witnesses(c, known, probe, inquiry)
    } else if families(known) == 1, !known.allSatisfy({ ratio($0, to: probe.intervals, c) <= 1 }) {
      finding = refuted(known, c, probe, inquiry)
    }
    if let finding, finding.breaks { return finding }
    let exact = known.filter { !isEstimate($0) }
    let agreed = exact.isEmpty ? known : exact
    let off = testimonies.filter { t in t.isUnknown && !agreed.allSatisfy { agree(t, $0, c) } }
    if off.isEmpty {
      return finding
        ?? Judgement.Finding(
          cause: .roundoff, breaks: false, slopes: slopes(probe), difference: spread(testimonies),
          why: "each of \(list(testimonies.map(\.method))) agrees with \(list(agreed.map(\.method))), if not with "
            + "each other")
    }
    return blame(off, c, probe, bounds(agreed), "outside what \(list(agreed.map(\.method))) agree on", inquiry)
  }

  /// One family that the function's values contradict; nil where it holds nearby.
  private func refuted(
    _ known: [Testimony], _ c: Case, _ probe: SlopeProbe, _ inquiry: Inquiry
  ) -> Judgement.Finding? {
    guard let interval = probe.interval, !probe.isFar else { return nil }
    let finding = blame(
      known, c, probe, (interval.lower, interval.upper), "outside what the function's own values say", inquiry)
    if let exact = known.first(where: { !isEstimate($0) }), inquiry.holdsNearby(exact, 1, finding.difference) {
      return nil
    }
    return finding
  }

  /// The judgement among methods that exact ones and estimates give.
  private func witnesses(
    _ c: Case, _ testimonies: [Testimony], _ probe: SlopeProbe, _ inquiry: Inquiry
  ) -> Judgement.Finding {
    let claiming = testimonies.filter { !isEstimate($0) }
    let estimates = testimonies.filter(isEstimate)
    let claimsAgree = claiming.allSatisfy { a in claiming.allSatisfy { agree(a, $0, c) } }
    if claimsAgree, !claiming.isEmpty, let finding = confirmed(claiming, estimates, probe, c, inquiry) {
      return finding
    }
    let weight = claimsAgree ? Self.weightAgainstEstimates : Self.weightAmongClaims
    let finding =
      probe.isKink ? kink(c, testimonies, probe, inquiry) : count(c, testimonies, probe, weight, inquiry)
    guard finding.breaks else { return finding }
    // Exact methods that agree, and are to be blamed on the word of values: are the values able to tell?
    for group in groups(claiming, c).sorted(by: { families($0) > families($1) }) {
      let wrong = claiming.filter { t in !group.contains { $0.method == t.method } }
      // One family against other exact methods has been counted already.
      guard group.allSatisfy({ finding.blamed.contains($0.method) }), wrong.isEmpty || families(group) >= 2,
        standsAgainstValues(group, width(group, wrong, estimates, probe), inquiry)
      else { continue }
      if !wrong.isEmpty {
        return blame(wrong, c, probe, bounds(group), "outside what \(list(group.map(\.method))) agree on", inquiry)
      }
      return Judgement.Finding(
        cause: probe.hasStructure ? .kink : .roundoff, breaks: false, slopes: slopes(probe),
        why: "the function's values do not resolve its slope here; \(list(group.map(\.method))) give one that adds up "
          + "to its changes nearby")
    }
    return finding
  }

  /// How far a group is from the nearest of those who contradict it: other exact methods, or values and differences.
  private func width(
    _ group: [Testimony], _ others: [Testimony], _ estimates: [Testimony], _ probe: SlopeProbe
  ) -> Double {
    let (lower, upper) = bounds(group)
    func distance(_ value: Double) -> Double { max(lower - value, value - upper, 0) }
    if !others.isEmpty { return others.map { distance($0.value) }.min() ?? 0 }
    let slopes = probe.interval.map { [max(0, lower - $0.upper, $0.lower - upper)] } ?? []
    return (slopes + estimates.map { distance($0.value) }).filter { $0 > 0 }.min() ?? 0
  }

  /// Whether values cannot refute a group: it is of independent families and the dispute is finer than values resolve,
  /// or the group's derivative is the function's around the point.
  private func standsAgainstValues(_ group: [Testimony], _ width: Double, _ inquiry: Inquiry) -> Bool {
    let size = group.map(\.value.magnitude).reduce(inquiry.valuePerInput, max)
    return families(group) >= 2 && width <= Self.unresolved * size
      || inquiry.holdsNearby(group[0], families(group), width)
  }

  /// Where all exact methods agree and the function's own values confirm them: what is to be said about the differences
  /// that do not. Nil where values do not confirm.
  private func confirmed(
    _ claiming: [Testimony], _ estimates: [Testimony], _ probe: SlopeProbe, _ c: Case, _ inquiry: Inquiry
  ) -> Judgement.Finding? {
    guard probe.interval != nil, claiming.allSatisfy({ ratio($0, to: probe.intervals, c) <= 1 }) else { return nil }
    let missing = estimates.filter { e in !claiming.allSatisfy { agree($0, e, c) } }
    if probe.hasStructure {
      return Judgement.Finding(
        cause: .kink, breaks: false, slopes: slopes(probe),
        why: "a kink or ripple within the step of \(list(missing.map(\.method))); the others agree with the slopes at "
          + "short steps")
    }
    if claiming.allSatisfy({ ratioToValues($0, estimates, probe, c) <= 1 }) {
      let noise =
        probe.noise >= 2
        ? "the function's values carry \(Int(min(1e15, probe.noise))) times the roundoff that the error estimate of "
          + "\(list(missing.map(\.method))) presumes"
        : "\(list(missing.map(\.method))) and the function's values differ from the others in the last half of the digits"
      return Judgement.Finding(
        cause: .roundoff, breaks: false, slopes: slopes(probe), difference: spread(claiming + missing),
        why: "\(noise); within that, all agree")
    }
    let width = missing.flatMap { e in claiming.map { ($0.value - e.value).magnitude } }.min() ?? 0
    guard claiming.allSatisfy({ isSharp(probe, around: $0.value, width) }) else { return nil }
    return missed(missing, c, probe, claiming, inquiry)
  }

  /// Whether a quotient's error bar is as wide as what the exact methods say, and large beside the whole derivative.
  func mayHideAKink(_ c: Case) -> Bool {
    let value = c.testimonies.filter { !isEstimate($0) }.map(\.value.magnitude).max() ?? 0
    return c.testimonies.contains { isEstimate($0) && $0.error > Self.coarsest * max(value, Self.coarsest * largest) }
  }

  /// A remark where the function jumps, or where the slopes on both sides differ and every exact method lies between
  /// them; nil where neither.
  func kinkWithinErrors(_ c: Case, _ probe: SlopeProbe) -> Judgement.Finding? {
    if let jump = probe.jump {
      return Judgement.Finding(
        cause: .jump, breaks: false, slopes: slopes(probe),
        why:
          "the function jumps by \(Float(abs(jump.height))) on the \(jump.side): it has no derivative here, and what the rules "
          + "give is that of one piece")
    }
    guard probe.isKink, c.testimonies.allSatisfy({ isEstimate($0) || ratio($0, to: probe.intervals, c) <= 1 }) else {
      return nil
    }
    return Judgement.Finding(
      cause: .kink, breaks: false, slopes: slopes(probe),
      why: "a kink: every method lies between the slopes on its sides")
  }

  /// A kink: whoever lies between the slopes on its sides is right.
  private func kink(
    _ c: Case, _ testimonies: [Testimony], _ probe: SlopeProbe, _ inquiry: Inquiry
  ) -> Judgement.Finding {
    var outside = testimonies.filter { ratio($0, to: probe.intervals, c) > 1 }
    if outside.allSatisfy(isEstimate), outside.count < testimonies.count {
      let why =
        outside.isEmpty
        ? "a kink: every method lies between the slopes on its sides"
        : "a kink: the differences of \(list(outside.map(\.method))) reach across it"
      return Judgement.Finding(cause: .kink, breaks: false, slopes: slopes(probe), why: why)
    }
    // One that lies between by chance while independent methods agree on something else is not cleared by that.
    let groups = groups(testimonies.filter { !isEstimate($0) }, c)
    if let largest = groups.max(by: { families($0) < families($1) }), families(largest) >= 2 {
      let differing = testimonies.filter { t in !isEstimate(t) && !largest.contains { $0.method == t.method } }
      outside += differing.filter { t in !outside.contains { $0.method == t.method } }
    }
    let claiming = outside.filter { !isEstimate($0) }
    let bounds = probe.interval.map { ($0.lower, $0.upper) } ?? bounds(testimonies)
    return blame(
      claiming.isEmpty ? outside : claiming, c, probe, bounds, "outside the slopes on the two sides of a kink", inquiry)
  }

  /// Counts witnesses.
  private func count(
    _ c: Case, _ testimonies: [Testimony], _ probe: SlopeProbe, _ weight: Double, _ inquiry: Inquiry
  ) -> Judgement.Finding {
    let groups = groups(testimonies, c)
    let support = groups.map { self.support($0, of: testimonies, probe, weight, c) }
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
    if outside.allSatisfy(isEstimate), groups[best].contains(where: { !isEstimate($0) }) {
      return missed(outside, c, probe, groups[best], inquiry)
    }
    // Where an exact method is wrong, a difference quotient's missed estimate beside it is not worth a line.
    let wrong = outside.filter { !isEstimate($0) }
    return blame(
      wrong.isEmpty ? outside : wrong, c, probe, bounds(groups[best]),
      "outside what \(list(groups[best].map(\.method))) agree on", inquiry)
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

  private func support(
    _ group: [Testimony], of all: [Testimony], _ probe: SlopeProbe, _ weight: Double, _ c: Case
  ) -> Double {
    // A difference quotient whose error bar spans the dispute is no witness in it, nor one that has no control of its
    // step.
    let outside = all.filter { t in !group.contains { $0.method == t.method } }
    let witnesses = group.filter { t in
      !isEstimate(t) || (t.status != .unreliable && outside.contains { !agree(t, $0, c) })
    }
    let families = Double(self.families(witnesses))
    let intervals = probe.intervals
    if intervals.isEmpty { return families }
    // Those who claim to be exact have to stand by the values; quotients alone, one of them.
    let claiming = group.filter { !isEstimate($0) }
    let isConfirmed =
      claiming.isEmpty
      ? group.contains { ratio($0, to: intervals, c) <= 1 } : claiming.allSatisfy { ratio($0, to: intervals, c) <= 1 }
    guard isConfirmed else { return families }
    // Far values and difference quotients overlook the same things: together they are one witness.
    if probe.isFar { return families + (witnesses.contains(where: isEstimate) ? 0 : Self.weightAmongClaims) }
    return families + weight
  }

  /// The methods outside the group of the most families, where one group has more than every other.
  func outsideTheMajority(_ c: Case) -> [Int] {
    let ranked = groups(c.testimonies.filter { !$0.isUnknown }, c)
      .map { (members: Set($0.map(\.method)), families: families($0)) }.sorted { $0.families > $1.families }
    guard let first = ranked.first else { return [] }
    // Groups overlap where error bars do; one that says the same is no rival.
    if ranked.dropFirst().contains(where: { $0.families == first.families && $0.members != first.members }) {
      return []
    }
    return c.testimonies.map(\.method).filter { !first.members.contains($0) }
  }

  private func families(_ testimonies: [Testimony]) -> Int {
    Set(testimonies.map { traits[$0.method].ruleFamily }).count
  }
}
