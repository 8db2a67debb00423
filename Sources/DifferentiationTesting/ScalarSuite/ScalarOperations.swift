// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A function of one or two scalars, by name.
struct ScalarOperation<S: DifferentiableScalar> {
  let name: String
  let call: (S, S) -> S

  init(_ name: String, _ call: @escaping (S) -> S) {
    self.name = name
    self.call = { x, _ in call(x) }
  }

  init(_ name: String, ofTwo call: @escaping (S, S) -> S) {
    self.name = name
    self.call = call
  }

  /// Every function of one argument that the protocol knows: the only list of them here.
  static var unary: [ScalarOperation] {
    elementary + [
      ScalarOperation("-x") { -$0 }, ScalarOperation("+x") { +$0 }, ScalarOperation("magnitude") { $0.magnitude },
      ScalarOperation("square") { S.square($0) },
      ScalarOperation("reciprocal") { $0.reciprocal ?? 0 },
      ScalarOperation("abs") { S.abs($0) }, ScalarOperation("relu") { S.relu($0) },
      ScalarOperation("leakyRelu") { S.leakyRelu($0, negativeSlope: 0.125) },
      ScalarOperation("sigmoid") { S.sigmoid($0) }, ScalarOperation("softplus") { S.softplus($0) },
      ScalarOperation("logSigmoid") { S.logSigmoid($0) }, ScalarOperation("erf") { S.erf($0) },
      ScalarOperation("clamp") { S.clamp($0, lower: -2, upper: 2) },
      ScalarOperation("logisticLoss, target 0") { S.logisticLoss(logit: $0, target: 0) },
      ScalarOperation("logisticLoss, target 1") { S.logisticLoss(logit: $0, target: 1) },
    ] + powers
  }

  private static var elementary: [ScalarOperation] {
    [
      ScalarOperation("exp") { S.exp($0) }, ScalarOperation("expMinusOne") { S.expMinusOne($0) },
      ScalarOperation("log") { S.log($0) }, ScalarOperation("log(onePlus:)") { S.log(onePlus: $0) },
      ScalarOperation("sin") { S.sin($0) }, ScalarOperation("cos") { S.cos($0) }, ScalarOperation("tan") { S.tan($0) },
      ScalarOperation("sinh") { S.sinh($0) }, ScalarOperation("cosh") { S.cosh($0) },
      ScalarOperation("tanh") { S.tanh($0) }, ScalarOperation("asin") { S.asin($0) },
      ScalarOperation("acos") { S.acos($0) }, ScalarOperation("atan") { S.atan($0) },
      ScalarOperation("asinh") { S.asinh($0) }, ScalarOperation("acosh") { S.acosh($0) },
      ScalarOperation("atanh") { S.atanh($0) }, ScalarOperation("sqrt") { S.sqrt($0) },
    ]
  }

  private static var powers: [ScalarOperation] {
    [-3, -2, -1, 0, 1, 2, 3, 10].map { n in ScalarOperation("pow(x, \(n))") { S.pow($0, n) } }
      + [1, 2, 3, 5].map { n in ScalarOperation("root(x, \(n))") { S.root($0, n) } }
  }

  /// Every function of two arguments.
  static var binary: [ScalarOperation] {
    [
      ScalarOperation("x + y", ofTwo: { $0 + $1 }), ScalarOperation("x - y", ofTwo: { $0 - $1 }),
      ScalarOperation("x * y", ofTwo: { $0 * $1 }), ScalarOperation("x / y", ofTwo: { $0 / $1 }),
      ScalarOperation("pow(x, y)", ofTwo: { S.pow($0, $1) }),
      ScalarOperation("atan2(y: x, x: y)", ofTwo: { S.atan2(y: $0, x: $1) }),
      ScalarOperation("hypot", ofTwo: { S.hypot($0, $1) }), ScalarOperation("min", ofTwo: { S.min($0, $1) }),
      ScalarOperation("max", ofTwo: { S.max($0, $1) }),
      ScalarOperation("chainProduct", ofTwo: { S.chainProduct($0, $1) }),
      ScalarOperation("select", ofTwo: { S.select($0, isLessThan: $1, then: 2 * $0, else: 3 * $1) }),
    ]
  }
}
