// SPDX-License-Identifier: Apache-2.0
//
// Two steps. The first looks at the methods' values and error bars only; nearly every component ends there. The
// second asks the function's own values (a `SlopeProbe`) and decides who is wrong: `ComponentJudge+Dispute.swift`.

/// Decides one component: agreement within the methods' own error bars, or a cause and who is to blame.
struct ComponentJudge {
  let rule: ToleranceRule
  let traits: [DifferentiatorTraits]
  let names: [String]
  /// The largest component of the whole derivative, by the median method.
  let largest: Double

  /// A comparison coarser than this part of the value compares nothing.
  static let coarsest = 0.1
  /// A part of the largest component, or of a component's own terms, below which an error does not matter.
  static let negligible = 1e-6

  /// The judgement from the methods' values alone, and whether that settles it.
  func look(_ c: Case) -> (FirstLook, Judgement) {
    var judgement = Judgement()
    let all = c.testimonies
    judgement.isZero = all.allSatisfy { $0.value == 0 }
    // An error as wide as what a component could be, as that of quotients at a kink, does not make its value a zero.
    let sharp = max(rule.absolute, Self.negligible * c.terms)
    judgement.isZeroWithinErrors = all.allSatisfy {
      !$0.isBroken && ($0.value == 0 || $0.error <= sharp)
        && $0.value.magnitude <= rule.allowance(0, 0, errors: ($0.error, 0), terms: c.terms)
    }
    var agrees = true
    var isSharp = false
    var sharpest = Double.infinity
    for (i, a) in all.enumerated() {
      for b in all[(i + 1)...] {
        let pair = pair(a, b, c)
        if !(pair.difference <= pair.allowed) { agrees = false }
        // Written so that a NaN takes the place of any other.
        if judgement.worst == nil || !(pair.ratio <= judgement.worst?.ratio ?? 0) {
          judgement.worst = pair
          judgement.decidingTerm = rule.decidingTerm(a.value, b.value, errors: (a.error, b.error), terms: c.terms)
        }
        let largestOfTwo = max(a.value.magnitude, b.value.magnitude)
        let bothExact = isExact(a) && isExact(b)
        // Two quotients that do not know their errors may be wrong alike.
        if a.isUnknown, b.isUnknown { continue }
        sharpest = min(sharpest, bothExact ? 0 : pair.allowed)
        if bothExact || pair.allowed <= max(Self.coarsest * largestOfTwo, Self.negligible * c.terms) { isSharp = true }
      }
    }
    if all.contains(where: \.isBroken) { return (.broken, judgement) }
    if !agrees { return (.disputed, judgement) }
    if isSharp || (judgement.isZero && sharpest <= rule.absolute) {
      if all.contains(where: { $0.status == .oneSided }) {
        judgement.finding = Judgement.Finding(
          cause: .domainEdge, breaks: false, why: "the function is defined on one side only; the slope there agrees")
      }
      return (.settled, judgement)
    }
    judgement.isInconclusive = true
    judgement.matters = sharpest > Self.negligible * largest
    judgement.finding = Judgement.Finding(
      cause: .inconclusive, breaks: false, difference: judgement.worst?.difference ?? 0,
      why: sharpest.isFinite
        ? "compared only to within \(sharpest), as wide as the value itself"
        : "no method says how far off it may be")
    // What could not matter beside the largest component is not worth fifty evaluations.
    return (judgement.matters ? .blind : .settled, judgement)
  }

  /// Two methods on a component.
  func pair(_ a: Testimony, _ b: Testimony, _ c: Case) -> Pair {
    Pair(
      a: a, b: b, difference: (a.value - b.value).magnitude,
      allowed: rule.allowance(a.value, b.value, errors: (a.error, b.error), terms: c.terms))
  }

  /// Whether two methods agree by the rule; never where anything is NaN.
  func agree(_ a: Testimony, _ b: Testimony, _ c: Case) -> Bool {
    let pair = pair(a, b, c)
    return !a.isBroken && !b.isBroken && pair.difference <= pair.allowed
  }

  /// How far a method is outside all intervals of slopes, in units of what the rule allows: above 1 it is outside.
  func ratio(_ t: Testimony, to intervals: [SlopeProbe.Interval], _ c: Case) -> Double {
    intervals.map { ratio(t, to: $0, c) }.min() ?? 0
  }

  private func ratio(_ t: Testimony, to interval: SlopeProbe.Interval, _ c: Case) -> Double {
    let nearest = min(max(t.value, interval.lower), interval.upper)
    let gap = (t.value - nearest).magnitude
    if gap == 0 { return 0 }
    let ratio = gap / rule.allowance(t.value, nearest, errors: (t.error, interval.error), terms: c.terms)
    return ratio.isNaN ? .infinity : ratio
  }

  /// A difference quotient with its error estimate in terms of the noise that the values have, not the one ulp that
  /// such estimates presume: an error of ρ ulps in the values makes one of at most ρ times the estimate.
  ///
  /// An estimate is one of size: where the function's own values see nothing wrong, it may miss by a factor of four. No
  /// more than half of the digits is believed, as of all that comes from values.
  func widened(_ t: Testimony, _ probe: SlopeProbe) -> Testimony {
    guard isEstimate(t) else { return t }
    let error = max(4 * t.error * probe.noise, SlopeProbe.halfOfTheDigits * t.value.magnitude)
    return Testimony(method: t.method, value: t.value, error: error, status: t.status)
  }

  /// Whether everything that is known from values allows this: the slopes on both sides, and difference quotients
  /// within their errors in terms of the values' noise. The ratio of difference to allowance is above 1 where not.
  func ratioToValues(_ t: Testimony, _ others: [Testimony], _ probe: SlopeProbe, _ c: Case) -> Double {
    others.map { pair(t, widened($0, probe), c).ratio }.reduce(ratio(t, to: probe.intervals, c), max)
  }

  /// A method that claims roundoff only.
  func isExact(_ t: Testimony) -> Bool { traits[t.method].accuracy == .exact && t.error == 0 }

  /// A method that is not exact and says how far to trust it.
  func isEstimate(_ t: Testimony) -> Bool { isTruncated(t) && !t.isUnknown }

  /// A method with an error beyond roundoff, known or not.
  func isTruncated(_ t: Testimony) -> Bool { traits[t.method].accuracy != .exact }

  func list(_ methods: [Int]) -> String { methods.map { names[$0] }.joined(separator: ", ") }

  func slopes(_ probe: SlopeProbe?) -> [Double]? {
    probe.map { [$0.left?.fine.value ?? .nan, $0.right?.fine.value ?? .nan] }
  }
}
