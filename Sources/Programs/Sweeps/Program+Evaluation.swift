// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Operation {
  /// The result of the operation on numbers of any kind; leaves have none.
  package func result<S: DifferentiableScalar>(_ x: [S]) -> S {
    switch opcode {
    case .parameter, .data, .constant, .layer, .transposedLayer, .row:
      preconditionFailure("a leaf or a part of a matrix product is not computed from its operands alone")
    case .add: x[0] + x[1]
    case .subtract: x[0] - x[1]
    case .negate: -x[0]
    case .multiply: x[0] * x[1]
    case .divide: x[0] / x[1]
    case .chainProduct: S.chainProduct(x[0], x[1])
    case .exp: S.exp(x[0])
    case .expMinusOne: S.expMinusOne(x[0])
    case .log: S.log(x[0])
    case .logOnePlus: S.log(onePlus: x[0])
    case .sin: S.sin(x[0])
    case .cos: S.cos(x[0])
    case .tan: S.tan(x[0])
    case .sinh: S.sinh(x[0])
    case .cosh: S.cosh(x[0])
    case .tanh: S.tanh(x[0])
    case .asin: S.asin(x[0])
    case .acos: S.acos(x[0])
    case .atan: S.atan(x[0])
    case .asinh: S.asinh(x[0])
    case .acosh: S.acosh(x[0])
    case .atanh: S.atanh(x[0])
    case .sqrt: S.sqrt(x[0])
    case .integerPower: S.pow(x[0], Int(payload))
    case .integerRoot: S.root(x[0], Int(payload))
    case .power: S.pow(x[0], x[1])
    case .atan2: S.atan2(y: x[0], x: x[1])
    case .hypot: S.hypot(x[0], x[1])
    case .erf: S.erf(x[0])
    case .abs: S.abs(x[0])
    case .min: S.min(x[0], x[1])
    case .max: S.max(x[0], x[1])
    case .relu: S.relu(x[0])
    case .leakyRelu: S.leakyRelu(x[0], negativeSlope: x[1])
    case .sigmoid: S.sigmoid(x[0])
    case .softplus: S.softplus(x[0])
    case .select: S.select(x[0], isLessThan: x[1], then: x[2], else: x[3])
    case .detach: x[0].detached
    case .accumulate: accumulate(x, products: Int(payload))
    case .logSumExp: S.logSumExp(x[...])
    }
  }
}

/// Σ of the last elements + Σ of products of the first `products` with the next.
private func accumulate<S: DifferentiableScalar>(_ x: [S], products p: Int) -> S {
  let addends = x[(2 * p)...]
  if let numbers = x as? [Traced], S.self == Traced.self,
    let result = Traced.accumulate(
      addends: Array(numbers[(2 * p)...]), Array(numbers[..<p]), Array(numbers[p..<(2 * p)])) as? S
  {
    return result
  }
  if p == 0 { return S.sum(addends) }
  if addends.isEmpty { return S.dot(x[..<p], x[p..<(2 * p)]) }
  return S.affine(weights: x[..<p], bias: [S.sum(addends)], input: x[p..<(2 * p)])[0]
}

extension Program {
  /// The value of every operation, on numbers of any kind: plain values, tangents, values recorded anew.
  ///
  /// - Precondition: as many parameters and data as the program has.
  public func evaluate<S: DifferentiableScalar>(parameters: [S], data: [S] = []) -> [S] {
    precondition(
      parameters.count == parameterCount && data.count == dataCount,
      "a program of \(parameterCount) parameters and \(dataCount) data got \(parameters.count) and \(data.count)")
    var values: [S] = []
    values.reserveCapacity(operations.count)
    for operation in operations {
      switch operation.opcode {
      case .parameter: values.append(parameters[Int(operation.payload)])
      case .data: values.append(data[Int(operation.payload)])
      case .constant: values.append(S(constants[Int(operation.payload)]))
      case .layer, .transposedLayer: values.append(S(0.0))
      case .row: values.append(element(operation, values, parameters))
      default: values.append(operation.result(operands(of: operation).map { values[Int($0)] }))
      }
    }
    return values
  }

  /// An element of a matrix product.
  private func element<S: DifferentiableScalar>(_ row: Operation, _ values: [S], _ parameters: [S]) -> S {
    let x = Array(operands(of: row))
    let layer = operations[Int(x[0])]
    return matrices[Int(layer.payload)].element(
      Int(row.payload), transposed: layer.opcode == .transposedLayer, of: parameters,
      times: operands(of: layer).map { values[Int($0)] }, plus: x.count == 2 ? values[Int(x[1])] : nil)
  }

  /// The outputs, on numbers of any kind.
  public func callAsFunction<S: DifferentiableScalar>(parameters: [S], data: [S] = []) -> [S] {
    let values = evaluate(parameters: parameters, data: data)
    return outputs.map { values[Int($0)] }
  }

  /// Whether the program is the function's at this point: every guard holds.
  public func holds(parameters: [Double], data: [Double] = []) -> Bool {
    if guards.isEmpty { return true }
    let values = evaluate(parameters: parameters, data: data)
    return guards.allSatisfy { $0.holds(values[Int($0.left)], values[Int($0.right)]) }
  }
}

/// A program of parameters alone as a function Rⁿ → Rᵐ, for any differentiator.
public struct ProgramFunction: VectorFunction {
  /// The program.
  public let program: Program

  /// A program without data.
  public init(_ program: Program) {
    precondition(program.dataCount == 0, "a program with \(program.dataCount) data is no function of its parameters")
    self.program = program
  }

  /// The outputs.
  public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { program(parameters: x) }
}
