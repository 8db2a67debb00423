// SPDX-License-Identifier: Apache-2.0

/// What one method says about one component.
struct Testimony {
  let method: Int
  let value: Double
  let error: Double
  let status: ComponentStatus
}

/// The judgement on one component.
struct Judgement {
  var worst: (a: Int, b: Int, difference: Double, allowed: Double)?
  var finding: (cause: Cause, breaks: Bool, blamed: [Int], slopes: [Double]?, difference: Double, why: String)?
  var isZero = false
}

/// Decides one component: agreement within the methods' own error bars, or a cause and who is to blame.
struct ComponentJudge {
  let rule: ToleranceRule
  let largest: Double
  let traits: [DifferentiatorTraits]
  let names: [String]

  /// Judges; `probe` is called only where the methods disagree.
  func judge(_ testimonies: [Testimony], probe: () -> SlopeProbe?) -> Judgement {
    var judgement = Judgement()
    judgement.isZero = testimonies.allSatisfy { $0.value == 0 }
    let broken = testimonies.filter { !$0.value.isFinite }
    if !broken.isEmpty {
      let slopes = probe()
      judgement.finding = notFinite(broken, slopes, all: broken.count == testimonies.count)
      return judgement
    }
    var agrees = true
    for (i, a) in testimonies.enumerated() {
      for b in testimonies[(i + 1)...] {
        let allowed = rule.allowance(a.value, b.value, errors: (a.error, b.error), largest: largest)
        let difference = (a.value - b.value).magnitude
        if !(difference <= allowed) { agrees = false }
        let ratio = allowed > 0 ? difference / allowed : (difference == 0 ? 0 : .infinity)
        let before = judgement.worst.map {
          $0.allowed > 0 ? $0.difference / $0.allowed : ($0.difference == 0 ? 0 : .infinity)
        }
        if !(ratio <= before ?? -1) { judgement.worst = (a.method, b.method, difference, allowed) }
      }
    }
    if agrees {
      if testimonies.contains(where: { $0.status == .oneSided }) {
        judgement.finding = (
          .domainEdge, false, [], nil, 0, "the function is defined on one side only; the slope there agrees"
        )
      }
      return judgement
    }
    judgement.finding = dispute(testimonies, probe())
    return judgement
  }

  private func notFinite(_ broken: [Testimony], _ probe: SlopeProbe?, all: Bool)
    -> (Cause, Bool, [Int], [Double]?, Double, String)
  {
    let edge = probe.map { ($0.left == nil) != ($0.right == nil) } ?? false
    let what = broken[0].value.isNaN ? "not a number" : "infinite"
    let who = all ? "every method's derivative is \(what)" : "\(list(broken.map(\.method))): \(what)"
    let why = edge ? "\(who); the function is defined on one side only" : who
    return (edge ? .domainEdge : .notFinite, true, broken.map(\.method), slopes(probe), .infinity, why)
  }

  private func dispute(_ testimonies: [Testimony], _ probe: SlopeProbe?)
    -> (Cause, Bool, [Int], [Double]?, Double, String)
  {
    if let probe, probe.isKink, let interval = probe.interval {
      let outside = testimonies.filter { distance($0, interval) > 0 }
      if outside.isEmpty {
        return (.kink, false, [], slopes(probe), 0, "a kink: every method lies between the slopes on its sides")
      }
      return blame(outside, testimonies, probe, interval, "outside the slopes on the two sides of a kink")
    }
    let consensus = largestCluster(testimonies, probe)
    let outside = testimonies.filter { t in !consensus.contains { $0.method == t.method } }
    let values = consensus.map(\.value)
    let interval = (
      lower: values.min() ?? .nan, upper: values.max() ?? .nan, error: consensus.map(\.error).min() ?? 0
    )
    return blame(outside, testimonies, probe, interval, "outside what \(list(consensus.map(\.method))) agree on")
  }

  /// The cluster with the most independent witnesses. Methods that share their rules are one witness; the function's
  /// own values, probed on both sides, are another.
  private func largestCluster(_ testimonies: [Testimony], _ probe: SlopeProbe?) -> [Testimony] {
    let interval = probe?.interval
    var best: (score: Double, members: [Testimony]) = (-1, [])
    for center in testimonies {
      let members = testimonies.filter { agree(center, $0) }
      var score = Double(Set(members.map { traits[$0.method].ruleFamily }).count)
      if let interval, members.contains(where: { distance($0, interval) == 0 && $0.error <= reach(interval) }) {
        score += 1.5
      }
      score += 0.01 * Double(members.count)
      if score > best.score { best = (score, members) }
    }
    return best.members
  }

  private func reach(_ interval: (lower: Double, upper: Double, error: Double)) -> Double {
    // A method whose error bar is far wider than the probe's says nothing for or against it.
    100 * interval.error + 0.1 * max(interval.lower.magnitude, interval.upper.magnitude) + rule.scale * largest
  }

  private func agree(_ a: Testimony, _ b: Testimony) -> Bool {
    rule.agrees(a.value, b.value, errors: (a.error, b.error), largest: largest)
  }

  /// How far a method is outside an interval, beyond what the rule allows; 0 inside.
  private func distance(_ t: Testimony, _ interval: (lower: Double, upper: Double, error: Double)) -> Double {
    let nearest = min(max(t.value, interval.lower), interval.upper)
    let allowed = rule.allowance(t.value, nearest, errors: (t.error, interval.error), largest: largest)
    let gap = (t.value - nearest).magnitude
    return gap <= allowed ? 0 : gap
  }

  private func blame(
    _ outside: [Testimony], _ all: [Testimony], _ probe: SlopeProbe?,
    _ interval: (lower: Double, upper: Double, error: Double), _ where_: String
  ) -> (Cause, Bool, [Int], [Double]?, Double, String) {
    let gap =
      outside.map { t in
        (t.value - min(max(t.value, interval.lower), interval.upper)).magnitude
      }.max() ?? 0
    let methods = outside.map(\.method)
    // A difference quotient that states its error and misses it is a limit of that method at this point, not an
    // error in anybody's derivative, as long as the others agree among themselves.
    let onlyEstimating = outside.allSatisfy {
      traits[$0.method].mode == .differences && traits[$0.method].estimatesError
    }
    let others = all.filter { t in !methods.contains(t.method) }
    let othersAgree = others.count >= 1 && others.allSatisfy { a in others.allSatisfy { agree(a, $0) } }
    if outside.allSatisfy({ traits[$0.method].mode == .differences }) {
      let noise = probe.map { ($0.interval?.error ?? 0) } ?? 0
      let cause: Cause = gap < 1e3 * noise ? .roundoff : .truncation
      let what = cause == .roundoff ? "cancellation in the quotient" : "the step is too large for the function here"
      let breaks = !(onlyEstimating && othersAgree && confirms(probe, others))
      return (cause, breaks, methods, slopes(probe), gap, "\(list(methods)): \(what)")
    }
    return (.wrongRule, true, methods, slopes(probe), gap, "\(list(methods)): \(where_)")
  }

  /// Whether the function's own values support the others, so that a missed error bar may be forgiven.
  private func confirms(_ probe: SlopeProbe?, _ others: [Testimony]) -> Bool {
    guard let interval = probe?.interval else { return false }
    return others.allSatisfy {
      distance($0, interval) == 0 && interval.error <= reach((interval.lower, interval.upper, 0))
    }
  }

  private func slopes(_ probe: SlopeProbe?) -> [Double]? {
    guard let probe else { return nil }
    return [probe.left?.slope ?? .nan, probe.right?.slope ?? .nan]
  }

  private func list(_ methods: [Int]) -> String { methods.map { names[$0] }.joined(separator: ", ") }
}
