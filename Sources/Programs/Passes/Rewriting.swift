// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A program in the making from another: each pass goes over the operations in order and records what is to stand
/// in their place.
///
/// Recording folds what has only constants as operands. A decision on constants is no longer a guard.
struct Rewriting {
  let source: Program
  let recorder = Recorder()
  private let data: [Traced]
  /// For each operation of the source, what stands in its place.
  private(set) var replacements: [Traced] = []

  init(_ source: Program) {
    self.source = source
    let recorder = recorder
    data = source.recordedData.enumerated().map { recorder.data($0, value: $1) }
  }

  /// Goes over all operations; `rewrite` gets an operation, its new operands, and what stands for any operation before.
  mutating func run(
    _ rewrite: (
      _ node: Int, _ operation: Operation, _ operands: [Traced], _ replacement: (UInt32) -> Traced
    ) throws -> Traced
  ) rethrows {
    var list: [Traced] = []
    list.reserveCapacity(source.operations.count)
    // Made where they are needed: the weights of layers are not.
    var parameters: [Int32: Traced] = [:]
    // The values of the layers' operands.
    var inputs: [UInt32: [Double]] = [:]
    for (node, operation) in source.operations.enumerated() {
      let next: Traced
      switch operation.opcode {
      case .parameter:
        let index = operation.payload
        if let known = parameters[index] {
          next = known
        } else {
          next = recorder.parameter(Int(index), value: source.recordedParameters[Int(index)])
          parameters[index] = next
        }
      case .data: next = data[Int(operation.payload)]
      case .constant: next = Traced(source.constants[Int(operation.payload)])
      case .layer, .transposedLayer:
        let x = source.operands(of: operation).map { list[Int($0)] }
        inputs[UInt32(node)] = x.map(\.recordedValue)
        next = recorder.layer(
          source.matrices[Int(operation.payload)], times: x, transposed: operation.opcode == .transposedLayer)
      case .row:
        let x = Array(source.operands(of: operation))
        let bias = x.count == 2 ? list[Int(x[1])] : nil
        let layer = source.operations[Int(x[0])]
        let value = source.matrices[Int(layer.payload)].element(
          Int(operation.payload), transposed: layer.opcode == .transposedLayer, of: source.recordedParameters,
          times: inputs[x[0]] ?? [], plus: bias?.recordedValue)
        next = recorder.row(Int(operation.payload), of: list[Int(x[0])], plus: bias, value: value)
      default:
        next = try rewrite(node, operation, source.operands(of: operation).map { list[Int($0)] }) { list[Int($0)] }
      }
      list.append(next)
    }
    replacements = list
  }

  /// The new program.
  func finish() throws -> Program {
    source.copyGuards(replacements)
    return try Program(
      recorder, outputs: source.outputs.map { replacements[Int($0)] }, parameters: source.recordedParameters,
      data: source.recordedData)
  }
}

extension Program {
  /// All passes in their order.
  public func optimized() throws -> Program {
    try removingDeadCode().simplified().fusingMultiplyAdds().simplified().removingDeadCode()
  }

  /// Folding, strength reduction and sharing in one go over the operations.
  private func simplified() throws -> Program {
    var rewriting = Rewriting(self)
    let recorder = rewriting.recorder
    var known = KnownExpressions()
    rewriting.run { _, operation, x, _ in
      let before = recorder.operations.count
      let result =
        operation.opcode == .accumulate
        ? Self.foldedAndMerged(x, products: Int(operation.payload))
        : reduced(operation, x, recorder)
      // What took more than one operation is found again by its parts.
      return recorder.operations.count == before + 1 ? known.shared(result, in: recorder) : result
    }
    return try rewriting.finish()
  }

  /// How often each operation is used: as an operand, an output or in a guard.
  var useCounts: [Int] {
    var counts = Array(repeating: 0, count: operations.count)
    for node in operands { counts[Int(node)] += 1 }
    for node in outputs { counts[Int(node)] += 1 }
    for g in guards {
      counts[Int(g.left)] += 1
      counts[Int(g.right)] += 1
    }
    return counts
  }
}
