// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// An operation that was computed before, from the same operands, is taken from there.
  ///
  /// The operands of sums and products of two are brought into one order first.
  public func sharingSubexpressions() throws -> Program {
    var rewriting = Rewriting(self)
    let recorder = rewriting.recorder
    var known: [Expression: Traced] = [:]
    rewriting.run { _, operation, x, _ in
      var nodes = x.map { recorder.node(of: $0) }
      let commutes: Set<Opcode> = [.add, .multiply, .chainProduct, .hypot]
      if commutes.contains(operation.opcode), nodes[0] > nodes[1] { nodes.swapAt(0, 1) }
      let expression = Expression(opcode: operation.opcode, payload: operation.payload, operands: nodes)
      if let earlier = known[expression] { return earlier }
      let result = operation.result(x)
      known[expression] = result
      return result
    }
    return try rewriting.finish()
  }
}

private struct Expression: Hashable {
  let opcode: Opcode
  let payload: Int32
  let operands: [UInt32]
}
