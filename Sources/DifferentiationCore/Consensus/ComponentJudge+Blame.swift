// SPDX-License-Identifier: Apache-2.0

extension ComponentJudge {
  /// Difference quotients that miss their error estimates while the others agree: said, and no disagreement.
  func missed(
    _ missing: [Testimony], _ c: Case, _ probe: SlopeProbe, _ agreed: [Testimony], _ inquiry: Inquiry
  ) -> Judgement.Finding {
    var finding = blame(
      missing, c, probe, bounds(agreed), "outside what \(list(agreed.map(\.method))) agree on", inquiry)
    if finding.cause == .wrongRule { return finding }
    finding.breaks = false
    finding.blamed = []
    finding.why += "; the error estimate misses, the others agree"
    return finding
  }

  /// The judgement on a component on which all agree within error bars as wide as the value: the function's own
  /// values are asked instead. Nil where they know no more.
  func settleBlind(_ c: Case, _ probe: SlopeProbe, _ inquiry: Inquiry) -> Judgement.Finding? {
    guard let interval = probe.interval else { return nil }
    let size = max(interval.lower.magnitude, interval.upper.magnitude)
    guard rule.errorFactor * interval.error <= max(Self.coarsest * size, Self.negligible * largest) else { return nil }
    let width = c.testimonies.map { interval.distance($0.value) }.max() ?? 0
    let isBesideExact = c.testimonies.contains(where: isExact)
    // An estimate beside an exact method has kept to its error bars; an exact method may know more than values.
    let outside = c.testimonies.filter {
      ratio($0, to: probe.intervals, c) > 1
        && (isTruncated($0) ? $0.isUnknown || !isBesideExact : !inquiry.holdsNearby($0, 1, width))
    }
    if probe.isFar, !outside.isEmpty { return nil }
    if outside.isEmpty {
      return Judgement.Finding(
        cause: .inconclusive, breaks: false, slopes: slopes(probe),
        why: "the methods' error bars are as wide as the value; the function's own values confirm it")
    }
    return blame(
      outside, c, probe, (interval.lower, interval.upper), "outside what the function's own values say",
      inquiry)
  }

  /// The judgement on values that are no numbers.
  func broken(_ c: Case, _ probe: SlopeProbe, _ inquiry: Inquiry) -> Judgement.Finding {
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
      let other = dispute(c, among: rest, probe, inquiry)
      if other.breaks {
        finding.blamed += other.blamed
        finding.why += "; and \(other.why)"
      }
    }
    return finding
  }

  /// Methods that are outside: a wrong rule, or for quotients what is wrong with their steps.
  func blame(
    _ outside: [Testimony], _ c: Case, _ probe: SlopeProbe, _ bounds: (lower: Double, upper: Double), _ where_: String,
    _ inquiry: Inquiry
  ) -> Judgement.Finding {
    let gaps = outside.map { t in (t.value - min(max(t.value, bounds.lower), bounds.upper)).magnitude }
    let gap = gaps.max() ?? 0
    let methods = outside.map(\.method)
    var finding = Judgement.Finding(
      cause: .wrongRule, breaks: true, blamed: methods, slopes: slopes(probe), difference: gap,
      why: "\(list(methods)): \(where_)")
    guard outside.allSatisfy(isTruncated), let worst = gaps.firstIndex(of: gap) else {
      return finding
    }
    if probe.hasStructure {
      finding.cause = .kink
      finding.why = "\(list(methods)): a kink within the step of the differences"
    } else if probe.isOneSided {
      finding.cause = .domainEdge
      finding.why = "\(list(methods)): the step of the differences crosses the edge of the domain"
    } else {
      let nearest = min(max(outside[worst].value, bounds.lower), bounds.upper)
      switch inquiry.faultOfStep(outside[worst], nearest) {
      case .roundoff:
        finding.cause = .roundoff
        finding.why = "\(list(methods)): cancellation; the step of the differences is too small here"
      case .some:
        finding.cause = .truncation
        finding.why = "\(list(methods)): the step of the differences is too large here"
      case nil where isSharp(probe, around: nearest, gap): finding.why += ", and with no other step nearer to it"
      case nil:
        finding.cause = .roundoff
        finding.why = "\(list(methods)): the function's values do not resolve the slope at any step of the differences"
      }
    }
    return finding
  }

  /// Whether the function's values are much nearer to a slope than a dispute is wide, and sharp enough to say so.
  func isSharp(_ probe: SlopeProbe, around slope: Double, _ width: Double) -> Bool {
    guard !probe.isFar, let measured = probe.measuredInterval else { return false }
    return width >= 8 * measured.error && width >= 8 * measured.distance(slope)
  }

  func bounds(_ testimonies: [Testimony]) -> (lower: Double, upper: Double) {
    let values = testimonies.map(\.value)
    return (values.min() ?? .nan, values.max() ?? .nan)
  }

  func spread(_ testimonies: [Testimony]) -> Double {
    (testimonies.map(\.value).max() ?? 0) - (testimonies.map(\.value).min() ?? 0)
  }
}
