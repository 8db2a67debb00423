// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The quotients at one fixed step: what the textbooks print, to the last digit, with an error estimate beside it.
///
/// There is no way out at an edge, and a step that does not change x (|h| below half a unit in its last place) gives no
/// derivative: not a number, and the status says so; it is never the zero that f(x) - f(x) would be.
///
/// The estimate is made of
///
///     truncation   1.5 · 2ᵖ/(2ᵖ - 1) |D(h) - D(h/2)|, which an error of order p makes 1.5 times itself
///     roundoff     Σ |wᵢ| (ε |fᵢ| + (ε |x| + δ) s)
///
/// with the weights wᵢ, the steepest of the secants s, and δ the largest rounding of x + hᵢ where the quotient divides by h as it
/// was meant. D(h/2) has no part in the derivative itself.
struct FixedStep {
  let scheme: FiniteDifference.Scheme
  let h: Double
  let order: Int
  let denominator: FiniteDifference.Denominator

  /// A derivative, what the rounding of its values may have done to it, and the size of f over the inputs' lengths.
  private typealias Quotient = (value: Double, roundoff: Double, size: Double)

  /// f′(x).
  func first(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    try estimate { try $0.firstQuotient(f, at: x) }
  }

  /// f″(x), of the same order as f′.
  func second(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    try estimate { try $0.secondQuotient(f, at: x) }
  }

  /// ∂²f/∂s∂t: the quotient in one variable of the quotient in the other.
  func mixed(_ f: (Double, Double) throws -> Double, at x: Double, _ y: Double) throws -> DerivativeEstimate {
    try estimate { try $0.mixedQuotient(f, at: x, y) }
  }

  private func estimate(_ quotient: (FixedStep) throws -> Quotient?) throws -> DerivativeEstimate {
    guard let full = try quotient(self) else { return .notFinite }
    guard full.value.isFinite else {
      return DerivativeEstimate(derivative: full.value, error: .infinity, status: .notFinite)
    }
    // Where half the step does not change x, the roundoff is as large as the derivative.
    let half = FixedStep(scheme: scheme, h: h / 2, order: order, denominator: denominator)
    let near = try quotient(half)?.value ?? full.value
    let ratio = Double.pow(2, Double(order))
    let error = 1.5 * ratio / (ratio - 1) * (full.value - near).magnitude + full.roundoff
    // As with the searched step: an error as large as the value, unless both vanish beside what f could change.
    let isUnreliable = !(error < full.value.magnitude || error <= 1e-6 * full.size)
    return DerivativeEstimate(
      derivative: full.value, error: error.isNaN ? .infinity : error, status: isUnreliable ? .unreliable : .ok)
  }

  private func firstQuotient(_ f: (Double) throws -> Double, at x: Double) throws -> Quotient? {
    let moved = nodes(around: x, count: order)
    guard steps(moved, from: x) else { return nil }
    let values = try moved.map(f)
    if scheme == .central {
      var value = quotient(moved[0], values[0], moved[1], values[1], meant: 2 * h)
      if order == 4 { value = (4 * value - quotient(moved[2], values[2], moved[3], values[3], meant: 4 * h)) / 3 }
      return (value, roundoff(values, at: moved, from: x, order: 1), size(values, [x]))
    }
    let center = try f(x)
    var value = quotient(moved[0], values[0], x, center, meant: sign * h)
    if order == 2 { value = 2 * value - quotient(moved[1], values[1], x, center, meant: 2 * sign * h) }
    return (value, roundoff(values, at: moved, from: x, order: 1, center: center), size(values, [x]))
  }

  private func secondQuotient(_ f: (Double) throws -> Double, at x: Double) throws -> Quotient? {
    let moved = nodes(around: x, count: scheme == .central ? order : order + 1)
    guard steps(moved, from: x) else { return nil }
    let center = try f(x)
    let values = try moved.map(f)
    let sum = zip(weights(moved, from: x, order: 2), [center] + values).reduce(0) { $0 + $1.0 * $1.1 }
    return (sum, roundoff(values, at: moved, from: x, order: 2, center: center), size(values, [x, x]))
  }

  private func mixedQuotient(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> Quotient? {
    let across = nodes(around: x, count: order)
    let along = nodes(around: y, count: order)
    guard steps(across, from: x), steps(along, from: y) else { return nil }
    let outer = zip([x] + across, weights(across, from: x, order: 1)).filter { $0.1 != 0 }
    let inner = zip([y] + along, weights(along, from: y, order: 1)).filter { $0.1 != 0 }
    var sum = 0.0
    var amplification = 0.0
    let values = try outer.map { s, v in
      try inner.map { t, w in
        let value = try f(s, t)
        sum += v * w * value
        amplification += (v * w).magnitude
        return value
      }
    }
    let all = Array(values.joined())
    let largest = all.map(\.magnitude).max() ?? 0
    let columns = inner.indices.map { j in values.map { $0[j] } }
    let slopes = (
      columns.map { steepest(outer.map(\.0), $0) }.max() ?? 0, values.map { steepest(inner.map(\.0), $0) }.max() ?? 0
    )
    let argument = rounding(across, x) * slopes.0 + rounding(along, y) * slopes.1
    return (sum, amplification * (.ulpOfOne * largest + argument), size(all, [x, y]))
  }

  /// The steepest of the secants from the first point.
  private func steepest(_ points: [Double], _ values: [Double]) -> Double {
    var largest = 0.0
    for (point, value) in zip(points, values).dropFirst() {
      largest = max(largest, ((value - values[0]) / (point - points[0])).magnitude)
    }
    return largest
  }

  private func size(_ values: [Double], _ inputs: [Double]) -> Double {
    inputs.reduce(values.map(\.magnitude).max() ?? 0) { $0 / max(1, $1.magnitude) }
  }

  private var sign: Double { scheme == .backward ? -1 : 1 }

  /// x ± h, x ± 2h, …, by plain addition as the documents do it.
  private func nodes(around x: Double, count: Int) -> [Double] { (0..<count).map { x + multiple($0) * h } }

  /// 1, -1, 2, -2, … for the central scheme, else 1, 2, … to its side.
  private func multiple(_ i: Int) -> Double {
    if scheme == .central { return Double(i / 2 + 1) * (i % 2 == 0 ? 1 : -1) }
    return sign * Double(i + 1)
  }

  private func steps(_ points: [Double], from x: Double) -> Bool {
    x.isFinite && points.allSatisfy(\.isFinite) && Set([x] + points).count == points.count + 1
  }

  private func quotient(_ a: Double, _ fa: Double, _ b: Double, _ fb: Double, meant: Double) -> Double {
    (fa - fb) / (denominator == .step ? meant : a - b)
  }

  /// ε |x| + max |δᵢ|: how far the nodes are from where the function and the quotient take them to be.
  private func rounding(_ moved: [Double], _ x: Double) -> Double {
    let off = moved.indices.map { denominator == .step ? (moved[$0] - x - multiple($0) * h).magnitude : 0 }
    return .ulpOfOne * x.magnitude + (off.max() ?? 0)
  }

  /// Without a center where f(x) has no part in the derivative.
  private func roundoff(
    _ values: [Double], at moved: [Double], from x: Double, order: Int, center: Double? = nil
  ) -> Double {
    let all = center.map { [$0] + values } ?? values
    let points = center == nil ? moved : [x] + moved
    let argument = rounding(moved, x) * steepest(points, all)
    let w = weights(moved, from: x, order: order).suffix(all.count)
    return zip(w, all).reduce(0) { sum, term in
      sum + term.0.magnitude * (.ulpOfOne * term.1.magnitude + argument)
    }
  }

  /// The weights of x and of the points around it in a derivative at x.
  private func weights(_ moved: [Double], from x: Double, order: Int) -> [Double] {
    let t = moved.indices.map { denominator == .step ? multiple($0) : (moved[$0] - x) / h }
    var rule = InterpolationRule()
    rule.nodes = [0] + t
    rule.make(rule.nodes.count, order: order)
    return rule.weights(order: order).prefix(rule.nodes.count).map { $0 / (order == 1 ? h : h * h) }
  }
}
