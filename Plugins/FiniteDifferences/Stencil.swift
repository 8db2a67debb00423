// SPDX-License-Identifier: Apache-2.0

// One estimate of a derivative from values around x, and what is known about its error.
//
// GSL's own error estimate covers the true error at 90 to 95 % of the reference points only: it knows the roundoff of
// values that are right to the last bit, and takes a step across a kink, a pole or a whole period for a good one as long
// as its two rules happen to agree. So an estimate here carries
//
//   truncation  twice the difference to the rule without the outermost values; three times the largest difference
//               where the sequence of rules does not contract fourfold, which is how a kink between two nodes shows
//   roundoff    the weights times the values' roundoff, and times that of the argument
//   noise       the weights times the noise measured at neighbouring points (see `Noise.swift`)
//   kink        the difference of the slopes on both sides, extrapolated to x itself (see `kink`)
//
// Steps are taken as represented: tᵢ = (x + hᵢ) - x, exact for |hᵢ| below |x|.

/// One estimate of f′(x) or f″(x) at one step.
struct Stencil {
  let value: Double
  /// The largest distance of a node from x.
  let step: Double
  let truncation: Double
  let roundoff: Double
  let kink: Double
  /// The largest magnitude among the values.
  let largest: Double
  /// f′(x) from the innermost samples alone.
  let slope: Double
  /// Σ |wᵢ|: what noise in the values is multiplied by.
  let amplification: Double
  /// The smallest change of the function that the values show; nil where they are all equal.
  let smallestChange: Double?
  /// The whole error estimate, with what other stencils know about the noise.
  var error: Double

  /// The estimate from f(x) and samples, inner ones first, in pairs of + and - for the central rule.
  ///
  /// - Parameters:
  ///   - subsets: how many of the samples make the rules of lower order, ascending.
  ///   - order: 1 or 2.
  ///   - rule: memory for the rules.
  /// - Returns: nil where nodes coincide or the result overflows.
  init?(
    side: Side, order: Int, x: Double, center f0: Double, samples: [Sample], subsets: [Int],
    rule: inout InterpolationRule
  ) {
    let count = samples.count
    // Fewer, or unpaired ones, where x + h is x.
    guard count > (subsets.max() ?? 1), side != .central || count.isMultiple(of: 2) else { return nil }
    var step = 0.0
    for sample in samples { step = max(step, (sample.point - x).magnitude) }
    guard step > 0, step.isFinite else { return nil }
    self.step = step
    rule.nodes[0] = 0
    for i in 0..<count {
      let node = (samples[i].point - x) / step
      for j in 0...i where rule.nodes[j] == node { return nil }
      rule.nodes[i + 1] = node
    }
    let power = order == 1 ? step : step * step

    func derivative(_ count: Int, _ rule: inout InterpolationRule) -> Double {
      rule.make(count + 1, order: order)
      let w = rule.weights(order: order)
      var sum = 0.0
      for i in 0..<count { sum += w[i + 1] * (samples[i].value - f0) }
      return sum / power
    }
    rule.make(3, order: 1)
    let inner = rule.weights(order: 1)
    slope = (inner[1] * (samples[0].value - f0) + inner[2] * (samples[1].value - f0)) / step
    // The last two differences between neighbours among the rules in ascending order.
    var last: Double?
    var before: Double?
    var lower: Double?
    func add(_ estimate: Double) -> Bool {
      if let lower { (before, last) = (last, (lower - estimate).magnitude) }
      lower = estimate
      return estimate.isFinite
    }
    for size in subsets where size >= order {
      if !add(derivative(size, &rule)) { return nil }
    }
    value = derivative(count, &rule)
    if !add(value) { return nil }
    let (closest, wider) = (last ?? 0, before ?? .infinity)
    truncation = closest > wider / 4 ? 3 * max(closest, wider) : 2 * closest

    let weights = rule.weights(order: order)
    var largest = 0.0
    var steepest = 0.0
    var smallest = Double.infinity
    var total = weights[0].magnitude
    for i in 0..<count {
      let change = samples[i].value - f0
      largest = max(largest, samples[i].value.magnitude)
      steepest = max(steepest, (change / rule.nodes[i + 1]).magnitude)
      if change != 0 { smallest = min(smallest, change.magnitude) }
      total += weights[i + 1].magnitude
    }
    self.largest = largest
    amplification = total / power
    smallestChange = smallest < .infinity ? smallest : nil
    steepest = order == 1 ? value.magnitude : steepest / step
    func rounding(_ weight: Double, _ value: Double) -> Double {
      weight.magnitude * (.ulpOfOne * (value.magnitude + x.magnitude * steepest) + .leastNonzeroMagnitude)
    }
    var rounded = rounding(weights[0], f0)
    for i in 0..<count { rounded += rounding(weights[i + 1], samples[i].value) }
    roundoff = rounded / power + 2 * .ulpOfOne * value.magnitude
    // What the values' roundoff makes of the gap is in the roundoff already.
    let gap = 4 * .ulpOfOne * max(largest, f0.magnitude) / (rule.nodes[1] * step)
    kink =
      side == .central
      ? max(0, Stencil.kink(samples, f0, rule.nodes, step) - gap) / (order == 1 ? 1 : step) : 0
    error = truncation + kink + roundoff
  }

  /// The jump of the slope that a kink among the nodes would have: the gap between the slopes on both sides,
  /// extrapolated to x itself.
  ///
  /// The gap of a smooth function at the distance t is f″ t + f⁗ t³/12 + …; two pairs of nodes take away the first
  /// term, three pairs both, so that the rest shrinks about as fast as the rule's own truncation.
  private static func kink(_ samples: [Sample], _ f0: Double, _ t: [Double], _ step: Double) -> Double {
    func gap(_ pair: Int) -> (t: Double, gap: Double) {
      let right = (samples[2 * pair].value - f0) / t[2 * pair + 1]
      let left = (samples[2 * pair + 1].value - f0) / t[2 * pair + 2]
      return (t[2 * pair + 1], (right - left) / step)
    }
    func extrapolated(_ a: (t: Double, gap: Double), _ b: (t: Double, gap: Double), _ ratio: Double) -> Double {
      (a.gap - ratio * b.gap) / (1 - ratio)
    }
    let pairs = samples.count / 2
    guard pairs > 1 else { return 0 }
    let (first, second) = (gap(0), gap(1))
    let near = (t: first.t, gap: extrapolated(first, second, first.t / second.t))
    guard pairs > 2 else { return near.gap.magnitude }
    let third = gap(2)
    let far = (t: third.t, gap: extrapolated(second, third, second.t / third.t))
    // What the t³ leaves in both is in this ratio.
    let ratio: Double = near.t * (near.t + second.t) / (far.t * (far.t + second.t))
    return extrapolated(near, far, ratio).magnitude
  }

  /// Whether two estimates can both be right.
  func agrees(with other: Stencil) -> Bool { (value - other.value).magnitude <= error + other.error }
}
