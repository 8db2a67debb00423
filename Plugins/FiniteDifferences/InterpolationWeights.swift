// SPDX-License-Identifier: Apache-2.0

/// The weights w with f⁽ᵏ⁾(0) ≈ Σᵢ wᵢ f(tᵢ): the k-th derivative at 0 of the polynomial through nodes, in memory that serves
/// one rule after another. A search makes tens of rules; an array for each would take longer than the function.
struct InterpolationRule {
  /// The nodes, of which the first few are used.
  var nodes: [Double]
  /// The weights of the values, and those of the derivatives of order 1 and 2.
  private var values: [Double]
  private var slopes: [Double]
  private var curvatures: [Double]

  /// Room for so many nodes.
  init(capacity: Int = 8) {
    nodes = Array(repeating: 0, count: capacity)
    values = nodes
    slopes = nodes
    curvatures = nodes
  }

  /// The weights of the last rule for a derivative of order 1 or 2.
  func weights(order: Int) -> [Double] { order == 1 ? slopes : curvatures }

  /// Makes the rule of the first `count` nodes, which are distinct and more than `order` many.
  ///
  /// Fornberg's recursion for arbitrary spacing (1988, doi:10.1090/S0025-5718-1988-0935077-0), so that the steps enter as
  /// they are represented and not as they were meant. O(n² · order) operations.
  mutating func make(_ count: Int, order: Int) {
    values[0] = 1
    slopes[0] = 0
    curvatures[0] = 0
    var previous = 1.0
    for i in 1..<count {
      let own = nodes[i]
      let before = nodes[i - 1]
      var product = 1.0
      for j in 0..<i { product *= own - nodes[j] }
      curvatures[i] = previous * (2 * slopes[i - 1] - before * curvatures[i - 1]) / product
      slopes[i] = previous * (values[i - 1] - before * slopes[i - 1]) / product
      values[i] = previous * (0 - before * values[i - 1]) / product
      for j in 0..<i {
        let gap = own - nodes[j]
        if order > 1 { curvatures[j] = (own * curvatures[j] - 2 * slopes[j]) / gap }
        slopes[j] = (own * slopes[j] - values[j]) / gap
        values[j] = own * values[j] / gap
      }
      previous = product
    }
  }
}
