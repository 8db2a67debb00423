// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The quotients at one fixed step, with no error estimate and no way out at an edge: what the textbooks print.
///
/// A step that does not change x (|h| below half a unit in its last place) gives no derivative: not a number, and the
/// status says so; it is never the zero that f(x) - f(x) would be.
struct FixedStep {
  let scheme: FiniteDifference.Scheme
  let h: Double
  let order: Int
  let denominator: FiniteDifference.Denominator

  /// f′(x).
  func first(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let moved = nodes(around: x, count: order)
    guard steps(moved, from: x) else { return .withoutEstimate(.nan) }
    if scheme == .central {
      let near = try quotient(f, moved[0], moved[1], meant: 2 * h)
      guard order == 4 else { return .withoutEstimate(near) }
      return .withoutEstimate((4 * near - (try quotient(f, moved[2], moved[3], meant: 4 * h))) / 3)
    }
    let near = try quotient(f, moved[0], x, meant: sign * h)
    guard order == 2 else { return .withoutEstimate(near) }
    return .withoutEstimate(2 * near - (try quotient(f, moved[1], x, meant: 2 * sign * h)))
  }

  /// f″(x), of the same order as f′.
  func second(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let moved = nodes(around: x, count: scheme == .central ? order : order + 1)
    guard steps(moved, from: x) else { return .withoutEstimate(.nan) }
    var sum = 0.0
    for (point, weight) in weights(moved, from: x, order: 2) { sum += weight * (try f(point)) }
    return .withoutEstimate(sum)
  }

  /// ∂²f/∂s∂t: the quotient in one variable of the quotient in the other.
  func mixed(_ f: (Double, Double) throws -> Double, at x: Double, _ y: Double) throws -> DerivativeEstimate {
    let across = nodes(around: x, count: order)
    let along = nodes(around: y, count: order)
    guard steps(across, from: x), steps(along, from: y) else { return .withoutEstimate(.nan) }
    let outer = weights(across, from: x, order: 1)
    let inner = weights(along, from: y, order: 1)
    var sum = 0.0
    for (s, v) in outer where v != 0 {
      for (t, w) in inner where w != 0 { sum += v * w * (try f(s, t)) }
    }
    return .withoutEstimate(sum)
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

  private func quotient(
    _ f: (Double) throws -> Double, _ a: Double, _ b: Double, meant: Double
  ) throws -> Double {
    (try f(a) - f(b)) / (denominator == .step ? meant : a - b)
  }

  /// x and the points around it with their weights in a derivative at x.
  private func weights(_ moved: [Double], from x: Double, order: Int) -> [(point: Double, weight: Double)] {
    let t = moved.indices.map { denominator == .step ? multiple($0) : (moved[$0] - x) / h }
    let w = interpolationWeights(([0] + t)[...], order: order)
    return zip([x] + moved, w).map { ($0, $1 / (order == 1 ? h : h * h)) }
  }
}

extension DerivativeEstimate {
  fileprivate static func withoutEstimate(_ value: Double) -> DerivativeEstimate {
    DerivativeEstimate(derivative: value, error: nil, status: value.isFinite ? .ok : .notFinite)
  }
}
