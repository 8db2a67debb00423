// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)², summed in order.
public struct Rosenbrock: ScalarField {
  /// The function.
  public init() {}

  /// The sum.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    var total: S = 0
    for i in 0..<(x.count - 1) {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      total += 100 * (a * a) + b * b
    }
    return total
  }

  /// The workload's point. x₈₉ is exactly 1, so one residual is exactly 0.
  public static func point(_ count: Int) -> [Double] {
    (0..<count).map { i -> Double in
      if i % 2 == 0 { return -1.2 + 0.001 * Double(i % 97) }
      return 1.0 - 0.002 * Double(i % 89)
    }
  }
}
