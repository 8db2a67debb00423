// SPDX-License-Identifier: Apache-2.0

/// The two running averages of the adaptive rules, each rounded in PyTorch's order of operations.
enum RunningAverages {
  /// m ← βm + (1 - β)g as a linear interpolation, from the nearer end.
  static func mean(_ mean: inout [Double], _ gradient: [Double], beta: Double) {
    let weight = 1 - beta
    if weight < 0.5 {
      for i in mean.indices { mean[i] += weight * (gradient[i] - mean[i]) }
    } else {
      for i in mean.indices { mean[i] = gradient[i] - (gradient[i] - mean[i]) * (1 - weight) }
    }
  }

  /// v ← βv + (1 - β)g².
  static func square(_ square: inout [Double], _ gradient: [Double], beta: Double) {
    let weight = 1 - beta
    for i in square.indices { square[i] = square[i] * beta + weight * gradient[i] * gradient[i] }
  }

  /// The larger of both, component by component; a new value that is not a number is taken.
  static func maximum(_ maximum: inout [Double], _ values: [Double]) {
    for i in maximum.indices where !(maximum[i] >= values[i]) { maximum[i] = values[i] }
  }
}
