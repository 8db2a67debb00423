// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension WeightMatrix {
  /// An element of W x or Wᵀ x, plus a number; the number is added first, then the products in order.
  func element<S: DifferentiableScalar>(
    _ index: Int, transposed: Bool, of parameters: [S], times x: [S], plus bias: S?
  ) -> S {
    let weights =
      transposed
      ? stride(from: first + index, to: range.upperBound, by: columns).map { parameters[$0] }[...]
      : parameters[(first + index * columns)..<(first + (index + 1) * columns)]
    guard let bias else { return S.dot(weights, x[...]) }
    return S.affine(weights: weights, bias: [bias], input: x[...])[0]
  }
}

extension Program {
  /// The same program without matrix products: each element is a sum of products of its own.
  ///
  /// What differentiates or runs a program as a whole works on these; a panel of samples multiplies matrices.
  ///
  /// - Parameter isExpanded: the matrix products that are replaced; all unless stated.
  public func expandingLayers(where isExpanded: (_ node: Int) -> Bool = { _ in true }) -> Program {
    guard operations.contains(where: \.opcode.isLayer) else { return self }
    var result = self
    result.operations = []
    result.operands = []
    var position: [UInt32] = []
    var weights: [Int: UInt32] = [:]
    func append(_ operation: Operation, _ operands: [UInt32]) -> UInt32 {
      var operation = operation
      operation.start = UInt32(result.operands.count)
      operation.count = UInt32(operands.count)
      result.operands += operands
      result.operations.append(operation)
      return UInt32(result.operations.count - 1)
    }
    func weight(_ index: Int) -> UInt32 {
      if let known = weights[index] { return known }
      let node = append(Operation(.parameter, payload: Int32(index)), [])
      weights[index] = node
      return node
    }
    for (node, operation) in operations.enumerated() {
      let x = operands(of: operation).map { position[Int($0)] }
      if operation.opcode.isLayer, isExpanded(node) {
        // Nobody reads it: its rows are made from its operands.
        position.append(.max)
        continue
      }
      guard operation.opcode == .row, case let layer = Int(operands[Int(operation.start)]), isExpanded(layer) else {
        position.append(append(operation, x))
        continue
      }
      let product = operations[layer]
      let matrix = matrices[Int(product.payload)]
      let index = Int(operation.payload)
      let inputs = operands(of: product).map { position[Int($0)] }
      let row = inputs.indices.map { k in
        weight(
          product.opcode == .layer
            ? matrix.first + index * matrix.columns + k : matrix.first + k * matrix.columns + index)
      }
      position.append(
        append(Operation(.accumulate, payload: Int32(inputs.count)), row + inputs + x.dropFirst()))
    }
    result.outputs = outputs.map { position[Int($0)] }
    result.guards = guards.map {
      Guard($0.relation, position[Int($0.left)], position[Int($0.right)], outcome: $0.outcome)
    }
    if !result.operations.contains(where: \.opcode.isLayer) { result.matrices = [] }
    return result
  }
}
