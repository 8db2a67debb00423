// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// The same values without the `detach` operations: for code that differentiates no more.
  func droppingDetachment() -> Program {
    guard operations.contains(where: { $0.opcode == .detach }) else { return self }
    var source = operations.indices.map { UInt32($0) }
    for (node, operation) in operations.enumerated() where operation.opcode == .detach {
      source[node] = source[Int(operands[Int(operation.start)])]
    }
    var result = self
    result.operands = operands.map { source[Int($0)] }
    result.outputs = outputs.map { source[Int($0)] }
    result.guards = guards.map { Guard($0.relation, source[Int($0.left)], source[Int($0.right)], outcome: $0.outcome) }
    return result.removingDeadCode()
  }
}
