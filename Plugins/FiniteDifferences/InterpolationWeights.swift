// SPDX-License-Identifier: Apache-2.0

/// The weights w with f⁽ᵏ⁾(0) ≈ Σᵢ wᵢ f(tᵢ): the k-th derivative at 0 of the polynomial through the nodes.
///
/// Fornberg's recursion for arbitrary spacing (1988, doi:10.1090/S0025-5718-1988-0935077-0), so that the steps enter as
/// they are represented and not as they were meant. The nodes are distinct and more than `order` many.
/// O(n² · order) operations.
func interpolationWeights(_ nodes: ArraySlice<Double>, order: Int) -> [Double] {
  let t = Array(nodes)
  let width = order + 1
  var c = Array(repeating: 0.0, count: t.count * width)
  c[0] = 1
  var previous = 1.0
  for i in t.indices.dropFirst() {
    let top = min(i, order)
    var product = 1.0
    for j in 0..<i {
      let gap = t[i] - t[j]
      product *= gap
      if j == i - 1 {
        for k in stride(from: top, through: 0, by: -1) {
          let lower = k > 0 ? Double(k) * c[j * width + k - 1] : 0
          c[i * width + k] = previous * (lower - t[j] * c[j * width + k]) / product
        }
      }
      for k in stride(from: top, through: 0, by: -1) {
        let lower = k > 0 ? Double(k) * c[j * width + k - 1] : 0
        c[j * width + k] = (t[i] * c[j * width + k] - lower) / gap
      }
    }
    previous = product
  }
  return t.indices.map { c[$0 * width + order] }
}
