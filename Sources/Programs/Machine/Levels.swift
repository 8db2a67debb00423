// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Operations that can be done at once: the same opcode on the same level, none depending on another.
struct OperationGroup {
  let operation: Operation
  var nodes: [UInt32] = []
}

extension Program {
  /// The operations among `nodes` in groups, in an order in which operands come first.
  ///
  /// - Parameters:
  ///   - wanted: the operations to group; leaves never are.
  ///   - byShape: whether sums are told apart by their numbers of terms.
  func groups(of wanted: [Bool], byShape: Bool) -> [OperationGroup] {
    var level = Array(repeating: 0, count: operations.count)
    var index: [GroupKey: Int] = [:]
    var keys: [GroupKey] = []
    var groups: [OperationGroup] = []
    for (node, operation) in operations.enumerated() where wanted[node] && !operation.opcode.isLeaf {
      let depth = operands(of: operation).map { level[Int($0)] }.max() ?? 0
      level[node] = depth + 1
      // Elements of one matrix product are computed at once.
      let layer = operation.opcode == .row ? operands[Int(operation.start)] : 0
      let isNary = operation.opcode == .accumulate || operation.opcode == .logSumExp
      let key = GroupKey(
        level: depth + 1, opcode: operation.opcode,
        payload: (isNary && !byShape) || operation.opcode == .row ? 0 : operation.payload,
        count: byShape ? operation.count : 0, layer: layer)
      if let known = index[key] {
        groups[known].nodes.append(UInt32(node))
      } else {
        index[key] = groups.count
        keys.append(key)
        groups.append(OperationGroup(operation: operation, nodes: [UInt32(node)]))
      }
    }
    return groups.indices.sorted {
      (keys[$0].level, $0) < (keys[$1].level, $1)
    }.map { groups[$0] }
  }
}

private struct GroupKey: Hashable {
  let level: Int
  let opcode: Opcode
  let payload: Int32
  let count: UInt32
  let layer: UInt32
}
