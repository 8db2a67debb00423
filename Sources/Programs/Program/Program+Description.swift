// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program: CustomStringConvertible {
  /// One line an operation: `%7 = exp %3`.
  public var description: String {
    var lines = operations.indices.map { "%\($0) = \(text($0))" }
    lines += guards.map { g in
      switch g.relation {
      case .less: "guard %\(g.left) \(g.outcome ? "<" : "not <") %\(g.right)"
      case .equal: "guard %\(g.left) \(g.outcome ? "=" : "≠") %\(g.right)"
      case .identical: "guard %\(g.left) is %\(g.right)"
      }
    }
    lines.append("return " + outputs.map { "%\($0)" }.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  private func text(_ node: Int) -> String {
    let operation = operations[node]
    let names = operands(of: operation).map { "%\($0)" }
    switch operation.opcode {
    case .parameter: return "parameter \(operation.payload)"
    case .data: return "data \(operation.payload)"
    case .constant: return "\(constants[Int(operation.payload)])"
    case .integerPower, .integerRoot: return "\(operation.opcode.name) \(names[0]), \(operation.payload)"
    case .accumulate:
      let p = Int(operation.payload)
      return (names[(2 * p)...] + (0..<p).map { "\(names[$0])·\(names[p + $0])" }).joined(separator: " + ")
    case .layer, .transposedLayer:
      let matrix = matrices[Int(operation.payload)]
      let transposition = operation.opcode == .layer ? "" : "ᵀ"
      return "W[\(matrix.first); \(matrix.rows)×\(matrix.columns)]\(transposition) (\(names.joined(separator: ", ")))"
    case .row: return "\(names[0])[\(operation.payload)]\(names.count == 2 ? " + \(names[1])" : "")"
    default: return "\(operation.opcode.name) \(names.joined(separator: ", "))"
    }
  }
}
