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
  /// - Returns: nil where nodes coincide or the result overflows.
  init?(side: Side, order: Int, x: Double, center f0: Double, samples: [Sample], subsets: [Int]) {
    // Fewer, or unpaired ones, where x + h is x.
    guard samples.count > (subsets.max() ?? 1), side != .central || samples.count.isMultiple(of: 2) else { return nil }
    let offsets = samples.map { $0.point - x }
    guard let step = offsets.map(\.magnitude).max(), step > 0, step.isFinite else { return nil }
    let t = [0] + offsets.map { $0 / step }
    guard Set(t).count == t.count else { return nil }
    let changes = samples.map { $0.value - f0 }
    let power = order == 1 ? step : step * step

    func derivative(_ count: Int) -> (value: Double, weights: [Double]) {
      let w = interpolationWeights(t.prefix(count + 1), order: order)
      return (zip(w.dropFirst(), changes).reduce(0) { $0 + $1.0 * $1.1 } / power, w)
    }
    let inner = interpolationWeights(t.prefix(3), order: 1)
    slope = (inner[1] * changes[0] + inner[2] * changes[1]) / step
    let full = derivative(samples.count)
    let rules = subsets.filter { $0 >= order }.map { derivative($0).value } + [full.value]
    guard rules.allSatisfy(\.isFinite) else { return nil }
    let differences = zip(rules, rules.dropFirst()).map { ($0 - $1).magnitude }
    let last = differences.last ?? 0
    let before = differences.count > 1 ? differences[differences.count - 2] : .infinity

    value = full.value
    self.step = step
    largest = samples.map(\.value.magnitude).max() ?? 0
    truncation = last > before / 4 ? 3 * max(last, before) : 2 * last
    amplification = full.weights.reduce(0) { $0 + $1.magnitude } / power
    let steepest =
      order == 1 ? value.magnitude : (zip(changes, t.dropFirst()).map { ($0 / $1).magnitude }.max() ?? 0) / step
    roundoff =
      zip(full.weights, [f0] + samples.map(\.value)).reduce(0) { sum, term in
        sum + term.0.magnitude * (.ulpOfOne * (term.1.magnitude + x.magnitude * steepest) + .leastNonzeroMagnitude)
      } / power + 2 * .ulpOfOne * value.magnitude
    smallestChange = changes.lazy.map(\.magnitude).filter { $0 > 0 }.min()
    // What the values' roundoff makes of the gap is in the roundoff already.
    let rounded = 4 * .ulpOfOne * max(largest, f0.magnitude) / (t[1] * step)
    kink = side == .central ? max(0, Stencil.kink(changes, t, step) - rounded) / (order == 1 ? 1 : step) : 0
    error = truncation + kink + roundoff
  }

  /// The jump of the slope that a kink among the nodes would have: the gap between the slopes on both sides,
  /// extrapolated to x itself.
  ///
  /// The gap of a smooth function at the distance t is f″ t + f⁗ t³/12 + …; two pairs of nodes take away the first
  /// term, three pairs both, so that the rest shrinks about as fast as the rule's own truncation.
  private static func kink(_ changes: [Double], _ t: [Double], _ step: Double) -> Double {
    let gaps = (0..<changes.count / 2).map { pair -> (t: Double, gap: Double) in
      let right = changes[2 * pair] / t[2 * pair + 1]
      let left = changes[2 * pair + 1] / t[2 * pair + 2]
      return (t[2 * pair + 1], (right - left) / step)
    }
    func extrapolated(_ a: (t: Double, gap: Double), _ b: (t: Double, gap: Double), _ ratio: Double) -> Double {
      (a.gap - ratio * b.gap) / (1 - ratio)
    }
    guard gaps.count > 1 else { return 0 }
    let near = (t: gaps[0].t, gap: extrapolated(gaps[0], gaps[1], gaps[0].t / gaps[1].t))
    guard gaps.count > 2 else { return near.gap.magnitude }
    let far = (t: gaps[2].t, gap: extrapolated(gaps[1], gaps[2], gaps[1].t / gaps[2].t))
    // What the t³ leaves in both is in this ratio.
    let ratio: Double = near.t * (near.t + gaps[1].t) / (far.t * (far.t + gaps[1].t))
    return extrapolated(near, far, ratio).magnitude
  }

  /// Whether two estimates can both be right.
  func agrees(with other: Stencil) -> Bool { (value - other.value).magnitude <= error + other.error }
}
