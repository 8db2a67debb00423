// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Programs

/// Operations and their local derivatives as people write them, in the language of formulas.
enum LocalFormulas {
  /// The operation on named operands.
  static func expression(_ operation: Operation, _ x: [String]) -> String {
    switch operation.opcode {
    case .parameter, .data, .constant: return x.first ?? ""
    case .add: return "\(x[0]) + \(x[1])"
    case .subtract: return "\(x[0]) - \(wrapped(x[1]))"
    case .negate: return "-\(wrapped(x[0]))"
    case .multiply, .chainProduct: return "\(wrapped(x[0]))*\(wrapped(x[1]))"
    case .divide: return "\(wrapped(x[0]))/\(wrapped(x[1]))"
    case .integerPower: return "\(wrapped(x[0]))^\(exponent(Int(operation.payload)))"
    case .integerRoot: return operation.payload == 3 ? "cbrt(\(x[0]))" : "\(wrapped(x[0]))^(1/\(operation.payload))"
    case .power: return "\(wrapped(x[0]))^\(wrapped(x[1]))"
    case .expMinusOne: return "expm1(\(x[0]))"
    case .logOnePlus: return "log1p(\(x[0]))"
    case .select: return "if(\(x[0]) < \(x[1]), \(x[2]), \(x[3]))"
    case .leakyRelu: return "if(\(x[0]) > 0, \(x[0]), \(wrapped(x[1]))*\(x[0]))"
    case .accumulate:
      let p = Int(operation.payload)
      let products = (0..<p).map { "\(wrapped(x[$0]))*\(wrapped(x[p + $0]))" }
      return (x[(2 * p)...] + products).joined(separator: " + ")
    case .logSumExp: return "log(" + x.map { "exp(\($0))" }.joined(separator: " + ") + ")"
    case .detach: return x[0]
    default: return "\(operation.opcode.name)(\(x.joined(separator: ", ")))"
    }
  }

  /// The derivative by each operand, with the result's name; nil for an operand that only decides.
  static func slopes(_ operation: Operation, _ x: [String], result r: String) -> [String?] {
    let a = wrapped(x.first ?? "")
    switch operation.opcode {
    case .parameter, .data, .constant: return []
    case .add: return ["1", "1"]
    case .subtract: return ["1", "-1"]
    case .negate: return ["-1"]
    case .multiply, .chainProduct: return [x[1], x[0]]
    case .divide: return ["1/\(wrapped(x[1]))", "-\(r)/\(wrapped(x[1]))"]
    case .integerPower: return [powerSlope(a, Int(operation.payload))]
    case .integerRoot: return ["\(r)/(\(operation.payload)*\(a))"]
    case .power:
      let b = wrapped(x[1])
      return ["\(b)*\(a)^(\(x[1]) - 1)", "\(r)*log(\(x[0]))"]
    case .atan2:
      let sum = "(\(a)^2 + \(wrapped(x[1]))^2)"
      return ["\(wrapped(x[1]))/\(sum)", "-\(a)/\(sum)"]
    case .hypot: return ["\(a)/\(r)", "\(wrapped(x[1]))/\(r)"]
    case .min:
      return [
        "if(\(x[0]) < \(x[1]), 1, if(\(x[0]) > \(x[1]), 0, 1/2))",
        "if(\(x[0]) < \(x[1]), 0, if(\(x[0]) > \(x[1]), 1, 1/2))",
      ]
    case .max:
      return [
        "if(\(x[0]) > \(x[1]), 1, if(\(x[0]) < \(x[1]), 0, 1/2))",
        "if(\(x[0]) > \(x[1]), 0, if(\(x[0]) < \(x[1]), 1, 1/2))",
      ]
    case .leakyRelu: return ["if(\(x[0]) > 0, 1, \(x[1]))", "if(\(x[0]) > 0, 0, \(x[0]))"]
    case .select: return [nil, nil, "if(\(x[0]) < \(x[1]), 1, 0)", "if(\(x[0]) < \(x[1]), 0, 1)"]
    case .detach: return ["0"]
    case .accumulate:
      let p = Int(operation.payload)
      return (0..<p).map { x[p + $0] } + (0..<p).map { x[$0] } + x[(2 * p)...].map { _ in "1" }
    case .logSumExp: return x.map { "exp(\($0) - \(r))" }
    default: return [unary(operation.opcode, x[0], a, r)]
    }
  }

  private static func unary(_ opcode: Opcode, _ x: String, _ a: String, _ r: String) -> String {
    switch opcode {
    case .exp: r
    case .expMinusOne: "\(r) + 1"
    case .log: "1/\(a)"
    case .logOnePlus: "1/(1 + \(a))"
    case .sin: "cos(\(x))"
    case .cos: "-sin(\(x))"
    case .tan: "1 + \(r)^2"
    case .sinh: "cosh(\(x))"
    case .cosh: "sinh(\(x))"
    case .tanh: "1 - \(r)^2"
    case .asin: "1/sqrt(1 - \(a)^2)"
    case .acos: "-1/sqrt(1 - \(a)^2)"
    case .atan: "1/(1 + \(a)^2)"
    case .asinh: "1/sqrt(1 + \(a)^2)"
    case .acosh: "1/sqrt(\(a)^2 - 1)"
    case .atanh: "1/(1 - \(a)^2)"
    case .sqrt: "1/(2*\(r))"
    case .erf: "2/sqrt(pi)*exp(-\(a)^2)"
    case .abs: "sign(\(x))"
    case .relu: "if(\(x) > 0, 1, 0)"
    case .sigmoid: "\(r)*(1 - \(r))"
    case .softplus: "sigmoid(\(x))"
    default: preconditionFailure("no formula for the derivative of \(opcode.name)")
    }
  }

  private static func powerSlope(_ a: String, _ n: Int) -> String {
    switch n {
    case 0: "0"
    case 1: "1"
    case 2: "2*\(a)"
    default: "\(exponent(n))*\(a)^\(exponent(n - 1))"
    }
  }

  private static func exponent(_ n: Int) -> String { n < 0 ? "(\(n))" : "\(n)" }

  /// A negative number in brackets, so that it can stand behind an operator.
  private static func wrapped(_ name: String) -> String { name.hasPrefix("-") ? "(\(name))" : name }
}
