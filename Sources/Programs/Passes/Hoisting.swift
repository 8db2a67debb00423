// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// Which operations depend on a number of the sample.
  var varying: [Bool] {
    var varying = Array(repeating: false, count: operations.count)
    for (node, operation) in operations.enumerated() {
      varying[node] = operation.opcode == .data || operands(of: operation).contains { varying[Int($0)] }
    }
    return varying
  }

  /// The program in two: a head of what depends on parameters alone, and a body a sample, whose parameters are the head's
  /// outputs.
  ///
  /// `self(θ, x) = body(head(θ), x)`, and the head is computed once for all samples. Guards go with what they compare.
  /// In sums the terms of the head are brought together first. Matrix products are expanded.
  public func hoistingParameterPart() throws -> (head: Program, body: Program) {
    let parts = try expandingLayers().hoisted()
    return (parts.head, parts.body)
  }

  /// The program in two, matrix products of samples left as they are.
  func hoisted() throws -> HoistedProgram {
    let isSamples = varying
    let whole = try expandingLayers { !isSamples[$0] }.separatingSums()
    let varying = whole.varying
    // What crosses from head to body, each once, in the order of the head.
    var crosses = Array(repeating: false, count: whole.operations.count)
    func need(_ node: UInt32) {
      let index = Int(node)
      if !varying[index], whole.operations[index].opcode != .constant { crosses[index] = true }
    }
    for (node, operation) in whole.operations.enumerated() where varying[node] {
      for operand in whole.operands(of: operation) { need(operand) }
    }
    for output in whole.outputs { need(output) }
    let isInBody = { (g: Guard) in varying[Int(g.left)] || varying[Int(g.right)] }
    for g in whole.guards where isInBody(g) {
      need(g.left)
      need(g.right)
    }
    let crossing = whole.operations.indices.filter { crosses[$0] }

    var head = whole
    head.outputs = crossing.map { UInt32($0) }
    head.guards = whole.guards.filter { !isInBody($0) }
    head.dataCount = 0
    head.recordedData = []
    head.matrices = []
    head = head.removingDeadCode()

    var body = whole
    body.guards = whole.guards.filter(isInBody)
    let values = whole.evaluate(parameters: recordedParameters, data: recordedData)
    body.recordedParameters = crossing.map { values[$0] }
    for (position, node) in crossing.enumerated() {
      body.operations[node] = Operation(.parameter, payload: Int32(position))
    }
    // The weights follow, matrix by matrix.
    for (index, matrix) in whole.matrices.enumerated() {
      body.matrices[index].first = body.recordedParameters.count
      body.recordedParameters += recordedParameters[matrix.range]
    }
    body.parameterCount = body.recordedParameters.count
    return HoistedProgram(
      head: head, body: body.removingDeadCode(), scalarCount: crossing.count, weights: whole.matrices.map(\.first))
  }

  /// Sums of which some terms vary and some do not: the others become a sum of their own.
  private func separatingSums() throws -> Program {
    let varying = varying
    var rewriting = Rewriting(self)
    rewriting.run { node, operation, x, _ in
      guard operation.opcode == .accumulate, varying[node] else { return operation.result(x) }
      let p = Int(operation.payload)
      let nodes = Array(operands(of: operation))
      let fixed = { (i: Int) in !varying[Int(nodes[i])] }
      let fixedAddends = (2 * p..<x.count).filter(fixed)
      let fixedProducts = (0..<p).filter { fixed($0) && fixed(p + $0) }
      guard fixedAddends.count + fixedProducts.count > (fixedProducts.isEmpty ? 1 : 0) else {
        return operation.result(x)
      }
      let constant = Traced.accumulate(
        addends: fixedAddends.map { x[$0] }, fixedProducts.map { x[$0] }, fixedProducts.map { x[p + $0] })
      let addends = (2 * p..<x.count).filter { !fixed($0) }.map { x[$0] }
      let products = (0..<p).filter { !(fixed($0) && fixed(p + $0)) }
      if addends.isEmpty, products.count == 1 { return constant + x[products[0]] * x[p + products[0]] }
      if products.isEmpty, addends.count == 1 { return constant + addends[0] }
      return Traced.accumulate(
        addends: [constant] + addends, products.map { x[$0] }, products.map { x[p + $0] })
    }
    return try rewriting.finish()
  }
}

/// A program in two parts, `self(θ, x) = body(u, x)`.
struct HoistedProgram {
  /// From θ to the first of u.
  let head: Program
  /// Its parameters u are the head's outputs, then the weights of each of its matrices.
  let body: Program
  /// The number of the head's outputs.
  let scalarCount: Int
  /// Where the weights of each of the body's matrices are in θ.
  let weights: [Int]
}
