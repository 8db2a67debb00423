// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension FiniteDifference {
  /// The sides to try, in order: the scheme's own first.
  private var sides: [Side] {
    switch scheme {
    case .central: [.central, .forward, .backward]
    case .forward: [.forward, .backward]
    case .backward: [.backward, .forward]
    }
  }

  /// f′(x) or f″(x) with a searched step, from the other side where the scheme's own has no finite values.
  func search(
    _ f: (Double) throws -> Double, at x: Double, order: Int, relativeStep: Double
  ) throws -> DerivativeEstimate {
    let center = x.isFinite ? try f(x) : .nan
    guard center.isFinite else { return .notFinite }
    var search = StepSearch(order: order, x: x, center: center, relativeStep: relativeStep)
    for (index, side) in sides.enumerated() {
      guard let best = try search.best(side, of: f) else { continue }
      return DerivativeEstimate(
        derivative: best.value, error: best.error,
        status: status(best, search, oneSided: index > 0))
    }
    return .notFinite
  }

  /// Unreliable where the error is as large as the value, unless both vanish beside what the function could change.
  private func status(_ best: Stencil, _ search: StepSearch, oneSided: Bool) -> ComponentStatus {
    let scale = max(1, search.x.magnitude)
    let negligible = 1e-6 * search.center.magnitude / (search.order == 1 ? scale : scale * scale)
    if best.error >= best.value.magnitude, best.error > negligible { return .unreliable }
    return oneSided ? .oneSided : .ok
  }

  /// ∂²f/∂s∂t by polarisation: along the two diagonals g±(τ) = f(x + aτ, y ± bτ), g₊″ - g₋″ = 4ab ∂²f/∂s∂t.
  ///
  /// Where one diagonal leaves the domain on both sides (a corner), the other one and the axes take its place:
  /// g±″ = a² f_ss ± 2ab f_st + b² f_tt. The units a and b are powers of two about as large as x and y.
  func mixed(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate {
    guard x.isFinite, y.isFinite else { return .notFinite }
    let a = powerOfTwo(below: max(1, x.magnitude))
    let b = powerOfTwo(below: max(1, y.magnitude))
    let rising = try differentiateTwice({ try f(x + a * $0, y + b * $0) }, at: 0)
    if rising.derivative.isNaN, try !f(x, y).isFinite { return .notFinite }
    let falling = try differentiateTwice({ try f(x + a * $0, y - b * $0) }, at: 0)
    if rising.status != .notFinite, falling.status != .notFinite {
      return combined([(rising, 1), (falling, -1)], unit: 4 * a * b)
    }
    guard rising.status != .notFinite || falling.status != .notFinite else { return .notFinite }
    let alongX = try differentiateTwice({ try f(x + a * $0, y) }, at: 0)
    let alongY = try differentiateTwice({ try f(x, y + b * $0) }, at: 0)
    let sign = rising.status != .notFinite ? 1.0 : -1.0
    return combined([(sign > 0 ? rising : falling, sign), (alongX, -sign), (alongY, -sign)], unit: 2 * a * b)
  }

  /// Σ wᵢ gᵢ / unit, with the errors added and the worst status.
  private func combined(_ parts: [(DerivativeEstimate, Double)], unit: Double) -> DerivativeEstimate {
    var value = 0.0
    var error = 0.0
    for (part, weight) in parts {
      value += weight * part.derivative
      error += part.error ?? .infinity
    }
    guard value.isFinite else { return .notFinite }
    var status = parts.contains { $0.0.status == .oneSided } ? ComponentStatus.oneSided : .ok
    // The diagonals' own second derivatives may be large or vanish where the mixed one does not.
    let size = parts.map { $0.0.derivative.magnitude }.max() ?? 0
    if error >= value.magnitude, error > 1e-6 * size { status = .unreliable }
    return DerivativeEstimate(derivative: value / unit, error: error / unit, status: status)
  }
}

extension DerivativeEstimate {
  /// No finite values to take a derivative from.
  static var notFinite: DerivativeEstimate {
    DerivativeEstimate(derivative: .nan, error: .infinity, status: .notFinite)
  }
}
