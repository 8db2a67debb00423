// SPDX-License-Identifier: Apache-2.0

import Formulas
import Testing

@Suite("Formulas that are linear in their parameters")
struct LinearityTests {
  @Test(
    "By form, with anything in the coefficients",
    arguments: [
      ("a + b*x", true), ("a*exp(-x) + b/x - 3", true), ("-(a - b)*sin(x)/2", true), ("x^2", true), ("7", true),
      ("if(x < 1, a, a + b*(x - 1))", true), ("2*(a + x*(b + x*a))", true),
      ("a*b", false), ("a^2", false), ("x/a", false), ("exp(a)*x", false), ("a + b*exp(-b*x)", false),
      ("if(a < x, 1, 2)", false), ("a*(x + b)", false), ("min(a, b)", false),
    ])
  func form(text: String, isLinear: Bool) throws {
    let tree = try Formula(text).right
    #expect(tree.isLinear(in: ["a", "b"]) == isLinear)
    // What is linear has no second difference: the same step twice changes the value twice as much.
    guard isLinear else { return }
    let values = [(0.3, -1.2), (1.0, 0.1), (1.7, 1.4)].compactMap { tree.value(at: ["a": $0, "b": $1, "x": 0.7]) }
    #expect(values.count == 3)
    #expect(abs(values[0] - 2 * values[1] + values[2]) <= 1e-14 * (1 + abs(values[1])))
  }
}
