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
//   noise       the weights times the noise measured at neighbouring points (see `noise`)
//   kink        the difference of the slopes on both sides, as far as it does not shrink with the step
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
    let full = derivative(samples.count)
    let rules = subsets.filter { $0 >= order }.map { derivative($0).value } + [full.value]
    guard rules.allSatisfy(\.isFinite) else { return nil }
    let differences = zip(rules, rules.dropFirst()).map { ($0 - $1).magnitude }
    let last = differences.last ?? 0
    let before = differences.count > 1 ? differences[differences.count - 2] : .infinity

    value = full.value
    self.step = step
    truncation = last > before / 4 ? 3 * max(last, before) : 2 * last
    amplification = full.weights.reduce(0) { $0 + $1.magnitude } / power
    let slope =
      order == 1 ? value.magnitude : (zip(changes, t.dropFirst()).map { ($0 / $1).magnitude }.max() ?? 0) / step
    roundoff =
      zip(full.weights, [f0] + samples.map(\.value)).reduce(0) { sum, term in
        sum + term.0.magnitude * (.ulpOfOne * (term.1.magnitude + x.magnitude * slope) + .leastNonzeroMagnitude)
      } / power + 2 * .ulpOfOne * value.magnitude
    smallestChange = changes.lazy.map(\.magnitude).filter { $0 > 0 }.min()
    kink = side == .central ? Stencil.kink(changes, t, step) / (order == 1 ? 1 : step) : 0
    error = truncation + kink + roundoff
  }

  /// How much of the innermost gap between the slopes on both sides a smooth function does not explain.
  ///
  /// The gap of a smooth function is f″ t; a kink's stays as it is.
  private static func kink(_ changes: [Double], _ t: [Double], _ step: Double) -> Double {
    func gap(_ pair: Int) -> Double {
      (changes[2 * pair] / t[2 * pair + 1] - changes[2 * pair + 1] / t[2 * pair + 2]).magnitude / step
    }
    let last = changes.count / 2 - 1
    guard last > 0 else { return 0 }
    return max(0, gap(0) - 2 * (t[1] / t[2 * last + 1]).magnitude * gap(last))
  }

  /// Whether two estimates can both be right.
  func agrees(with other: Stencil) -> Bool { (value - other.value).magnitude <= error + other.error }

  /// The noise in the values from five evenly spaced ones: their fourth and third differences, scaled by the root of
  /// the sum of the squared binomial coefficients (√70, √20), the largest of three.
  static func noise(center f0: Double, samples: [Sample], side: Side) -> Double {
    let v = samples.map(\.value)
    guard v.count == 4 else { return 0 }
    let line = side == .central ? [v[3], v[1], f0, v[0], v[2]] : [f0] + v
    let third = zip(line.indices.dropLast(3), line).map { i, _ in
      (line[i + 3] - 3 * line[i + 2] + 3 * line[i + 1] - line[i]).magnitude / 20.0.squareRoot()
    }
    let fourth = (line[4] - 4 * line[3] + 6 * line[2] - 4 * line[1] + line[0]).magnitude / 70.0.squareRoot()
    return max(fourth, third.max() ?? 0)
  }
}
