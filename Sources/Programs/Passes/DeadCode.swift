// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// Leaves out operations that neither an output nor a guard depends on.
  public func removingDeadCode() -> Program {
    var live = Array(repeating: false, count: operations.count)
    for node in outputs { live[Int(node)] = true }
    for g in guards {
      live[Int(g.left)] = true
      live[Int(g.right)] = true
    }
    for node in operations.indices.reversed() where live[node] {
      for operand in operands(at: node) { live[Int(operand)] = true }
    }
    var result = self
    result.operations = []
    result.operands = []
    result.constants = []
    var position = Array(repeating: UInt32.max, count: operations.count)
    for (node, operation) in operations.enumerated() where live[node] {
      position[node] = UInt32(result.operations.count)
      var kept = operation
      kept.start = UInt32(result.operands.count)
      result.operands += operands(of: operation).map { position[Int($0)] }
      if operation.opcode == .constant {
        kept.payload = Int32(result.constants.count)
        result.constants.append(constants[Int(operation.payload)])
      }
      result.operations.append(kept)
    }
    result.outputs = outputs.map { position[Int($0)] }
    result.guards = guards.map {
      Guard($0.relation, position[Int($0.left)], position[Int($0.right)], outcome: $0.outcome)
    }
    return result
  }
}
