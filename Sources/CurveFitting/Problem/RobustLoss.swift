// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What a residual r costs; the fit minimises Σ 2 φ(r), which is Σ r² for squares.
///
/// `scale` is the residual, in units of sigma where there is one, at which a loss begins to differ from squares.
/// With z = (r/scale)²: Huber φ = r²/2 inside, scale·|r| − scale²/2 outside (Huber 1964, doi:10.1214/aoms/1177703732);
/// soft L1 φ = scale²·(√(1+z) − 1); Cauchy φ = scale²·log(1+z)/2.
public enum RobustLoss: Sendable, Codable, Equatable {
  /// r²/2.
  case squares
  /// Linear beyond the scale.
  case huber(scale: Double)
  /// A smooth Huber loss.
  case softL1(scale: Double)
  /// Logarithmic; not convex: outliers lose their influence.
  case cauchy(scale: Double)

  /// The scale; nil for squares.
  public var scale: Double? {
    switch self {
    case .squares: nil
    case .huber(let scale), .softL1(let scale), .cauchy(let scale): scale
    }
  }

  /// The loss in other units of the residual.
  func scaled(by factor: Double) -> RobustLoss {
    switch self {
    case .squares: self
    case .huber(let scale): .huber(scale: scale * factor)
    case .softL1(let scale): .softL1(scale: scale * factor)
    case .cauchy(let scale): .cauchy(scale: scale * factor)
    }
  }

  /// φ(r), φ′(r)/r and φ″(r).
  func terms(_ r: Double) -> (value: Double, weight: Double, curvature: Double) {
    switch self {
    case .squares: return (r * r / 2, 1, 1)
    case .huber(let c):
      let size = r.magnitude
      return size <= c ? (r * r / 2, 1, 1) : (c * size - c * c / 2, c / size, 0)
    case .softL1(let c):
      let q = r / c
      let root = (1 + q * q).squareRoot()
      return (r * r / (root + 1), 1 / root, 1 / (root * root * root))
    case .cauchy(let c):
      let z = (r / c) * (r / c)
      return (c * c * Double.log(onePlus: z) / 2, 1 / (1 + z), (1 - z) / ((1 + z) * (1 + z)))
    }
  }

  /// s(r) with s²/2 = φ and the sign of r, with s′ and s″: squares of s are the loss of r.
  func root(_ r: Double) -> (value: Double, slope: Double, curvature: Double) {
    if case .squares = self { return (r, 1, 0) }
    let (value, weight, curvature) = terms(r)
    let s = (2 * value).squareRoot() * (r < 0 ? -1 : 1)
    // s s′ = φ′, s′² + s s″ = φ″; near 0 the loss is r²/2.
    guard s.magnitude > 1e-8 * (scale ?? 1) else { return (r, 1, 0) }
    let slope = weight * r / s
    return (s, slope, (curvature - slope * slope) / s)
  }
}
