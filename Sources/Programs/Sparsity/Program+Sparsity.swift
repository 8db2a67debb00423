// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// The pattern of ∂outputᵢ/∂parameterⱼ: which outputs depend on which parameters.
  public func jacobianPattern() -> SparsityPattern {
    if operations.contains(where: \.opcode.isLayer) { return expandingLayers().jacobianPattern() }
    let dependencies = dependencies()
    return SparsityPattern(
      columns: outputs.map { dependencies[Int($0)].sorted() }, columnCount: parameterCount)
  }

  /// The pattern of the second derivatives of the sum of all outputs: which parameters meet in an operation that is not
  /// linear.
  ///
  /// Entries may be zero at every point, none outside is other than zero. Cost: for each such operation the product
  /// of the numbers of parameters that meet.
  public func hessianPattern() -> SparsityPattern {
    if operations.contains(where: \.opcode.isLayer) { return expandingLayers().hessianPattern() }
    let dependencies = dependencies()
    var meets: [Set<Int>] = Array(repeating: [], count: parameterCount)
    func meet(_ a: Set<Int>, _ b: Set<Int>) {
      for i in a { meets[i].formUnion(b) }
      for i in b { meets[i].formUnion(a) }
    }
    for (node, operation) in operations.enumerated() {
      let x = Array(operands(of: operation))
      func of(_ i: Int) -> Set<Int> { dependencies[Int(x[i])] }
      switch operation.opcode {
      case .parameter, .data, .constant, .detach, .add, .subtract, .negate, .abs, .relu, .select, .min, .max: break
      case .multiply, .chainProduct, .leakyRelu: meet(of(0), of(1))
      case .divide:
        meet(of(0), of(1))
        meet(of(1), of(1))
      case .accumulate:
        let p = Int(operation.payload)
        for i in 0..<p { meet(of(i), of(p + i)) }
      default: meet(dependencies[node], dependencies[node])
      }
    }
    return SparsityPattern(columns: meets.map { $0.sorted() }, columnCount: parameterCount)
  }

  /// For each operation, the parameters that it depends on by a path with a derivative.
  private func dependencies() -> [Set<Int>] {
    var result: [Set<Int>] = []
    result.reserveCapacity(operations.count)
    for operation in operations {
      switch operation.opcode {
      case .parameter: result.append([Int(operation.payload)])
      case .data, .constant, .detach: result.append([])
      default:
        let x = operation.opcode == .select ? operands(of: operation).dropFirst(2) : operands(of: operation)
        guard let first = x.first else {
          result.append([])
          continue
        }
        var all = result[Int(first)]
        for operand in x.dropFirst() { all.formUnion(result[Int(operand)]) }
        result.append(all)
      }
    }
    return result
  }

  /// The program of value and Hessian's entries of a program with one output, and where they are.
  ///
  /// One forward pass over the reverse sweep a colour; what all colours share is computed once.
  public func sparseHessian() throws -> (program: Program, pattern: SparsityPattern) {
    if operations.contains(where: \.opcode.isLayer) { return try expandingLayers().sparseHessian() }
    precondition(outputs.count == 1, "a Hessian is of one output, and the program has \(outputs.count)")
    let pattern = hessianPattern()
    let colors = pattern.columnColors()
    let recorder = Recorder()
    let parameters = recordedParameters.enumerated().map { recorder.parameter($0, value: $1) }
    let data = recordedData.enumerated().map { recorder.data($0, value: $1) }
    var products: [[Traced]] = []
    var value: Traced?
    for color in 0..<((colors.max() ?? -1) + 1) {
      let values = evaluate(
        parameters: zip(parameters, colors).map { Dual($0, tangent: Traced($1 == color ? 1 : 0)) },
        data: data.map { Dual(constant: $0) })
      if color == 0 {
        copyGuards(values.map(\.value))
        value = values[Int(outputs[0])].value
      }
      products.append(adjoints(seeds: [1], values: values).map(\.tangent))
    }
    let entries = pattern.columns.enumerated().flatMap { row, columns in columns.map { products[colors[$0]][row] } }
    let first = value ?? evaluate(parameters: parameters, data: data)[Int(outputs[0])]
    let program = try Program(
      recorder, outputs: [first] + entries, parameters: recordedParameters, data: recordedData)
    return (try program.optimized(), pattern)
  }

  /// The program of the outputs and the Jacobian's entries, and where they are: one tangent a colour.
  public func sparseJacobian() throws -> (program: Program, pattern: SparsityPattern) {
    if operations.contains(where: \.opcode.isLayer) { return try expandingLayers().sparseJacobian() }
    let pattern = jacobianPattern()
    let colors = pattern.columnColors()
    let recorder = Recorder()
    let parameters = recordedParameters.enumerated().map { recorder.parameter($0, value: $1) }
    let data = recordedData.enumerated().map { recorder.data($0, value: $1) }
    let plain = evaluate(parameters: parameters, data: data)
    copyGuards(plain)
    var tangents: [[Traced]] = []
    for color in 0..<((colors.max() ?? -1) + 1) {
      let values = evaluate(
        parameters: zip(parameters, colors).map { Dual($0, tangent: Traced($1 == color ? 1 : 0)) },
        data: data.map { Dual(constant: $0) })
      tangents.append(outputs.map { values[Int($0)].tangent })
    }
    let entries = pattern.columns.enumerated().flatMap { row, columns in columns.map { tangents[colors[$0]][row] } }
    let program = try Program(
      recorder, outputs: outputs.map { plain[Int($0)] } + entries, parameters: recordedParameters, data: recordedData)
    return (try program.optimized(), pattern)
  }
}
