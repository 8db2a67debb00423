// SPDX-License-Identifier: Apache-2.0
//
// The chain rule backwards, once for every kind of number. On plain numbers it is reverse mode; on eight tangents, eight
// Hessian-vector products; on traced numbers it writes the gradient's own program, and on dual numbers of these the
// Hessian-vector product's. Each slope comes from the rule table.

import DifferentiableScalars

/// What flows into the adjoint of one operation: Σ addends + Σ left · right.
struct AdjointSum<S: DifferentiableScalar> {
  var addends: [S] = []
  var left: [S] = []
  var right: [S] = []

  var isEmpty: Bool { addends.isEmpty && left.isEmpty }

  /// The sum as one operation where it is recorded.
  func total() -> S {
    if left.isEmpty { return addends.count == 1 ? addends[0] : S.sum(addends[...]) }
    if addends.isEmpty, left.count == 1 { return left[0] * right[0] }
    return Operation(.accumulate, payload: Int32(left.count)).result(left + right + addends)
  }
}

extension Program {
  /// Which operations depend on a parameter (or, where `ofData`, on a number of the sample) by a path with a derivative.
  func active(ofData: Bool = false) -> [Bool] {
    var active = Array(repeating: false, count: operations.count)
    for (node, operation) in operations.enumerated() {
      switch operation.opcode {
      case .parameter: active[node] = !ofData
      case .data: active[node] = ofData
      case .constant, .detach: break
      case .layer, .transposedLayer:
        active[node] = !ofData || operands(of: operation).contains { active[Int($0)] }
      case .select: active[node] = operands(of: operation).dropFirst(2).contains { active[Int($0)] }
      default: active[node] = operands(of: operation).contains { active[Int($0)] }
      }
    }
    return active
  }

  /// Σ seedᵢ ∂outputᵢ/∂parameterⱼ for every j: one sweep back over the operations.
  ///
  /// - Parameters:
  ///   - seeds: one an output.
  ///   - values: what ``evaluate(parameters:data:)`` gave.
  ///   - parameters: what it got; they are read for the layers' weights alone, and may be left out where there are none.
  public func adjoints<S: DifferentiableScalar>(seeds: [S], values: [S], parameters: [S] = []) -> [S] {
    precondition(
      parameters.count == parameterCount || !operations.contains(where: \.opcode.isLayer),
      "a program with matrix products needs its \(parameterCount) parameters, and got \(parameters.count)")
    var result = Array(repeating: S(0.0), count: parameterCount)
    sweepBack(
      seeds: seeds, values: values,
      parameter: { result[$0] = result[$0] + $1 },
      layer: { node, elements in
        let operation = operations[node]
        let matrix = matrices[Int(operation.payload)]
        let x = operands(of: operation).map { values[Int($0)] }
        var inputs = x.map { _ in S(0.0) }
        for (index, adjoint) in elements {
          for k in x.indices {
            let place =
              operation.opcode == .layer
              ? matrix.first + index * matrix.columns + k : matrix.first + k * matrix.columns + index
            result[place] = result[place] + S.chainProduct(x[k], adjoint)
            inputs[k] = inputs[k] + S.chainProduct(parameters[place], adjoint)
          }
        }
        return inputs
      })
    return result
  }

  /// The sweep itself.
  ///
  /// - Parameters:
  ///   - parameter: gets each parameter that the outputs depend on, and its adjoint.
  ///   - layer: gets a matrix product and the adjoints of its elements, as far as there are any; it gives the adjoints of
  ///     its operands, or nothing where they need none.
  func sweepBack<S: DifferentiableScalar>(
    seeds: [S], values: [S], parameter: (_ index: Int, _ adjoint: S) -> Void,
    layer: (_ node: Int, _ elements: [(index: Int, adjoint: S)]) -> [S]
  ) {
    precondition(seeds.count == outputs.count, "\(seeds.count) seeds for \(outputs.count) outputs")
    let active = active()
    var sums: [AdjointSum<S>] = Array(repeating: AdjointSum(), count: operations.count)
    for (output, seed) in zip(outputs, seeds) { sums[Int(output)].addends.append(seed) }
    var steps = AdjointStep(program: self, values: values, active: active, sums: sums)
    var elements: [UInt32: [(index: Int, adjoint: S)]] = [:]
    for node in operations.indices.reversed() where active[node] {
      let operation = operations[node]
      if operation.opcode.isLayer {
        guard let adjoints = elements.removeValue(forKey: UInt32(node)) else { continue }
        for (operand, adjoint) in zip(operands(of: operation), layer(node, adjoints)) { steps.add(operand, adjoint) }
        continue
      }
      if steps.sums[node].isEmpty { continue }
      let adjoint = steps.sums[node].total()
      steps.sums[node] = AdjointSum()
      switch operation.opcode {
      case .parameter: parameter(Int(operation.payload), adjoint)
      case .row:
        let x = Array(operands(of: operation))
        elements[x[0], default: []].append((Int(operation.payload), adjoint))
        if x.count == 2 { steps.add(x[1], adjoint) }
      default: steps.propagate(node, adjoint)
      }
    }
  }
}

/// One step of the sweep: what an operation's adjoint gives to its operands.
private struct AdjointStep<S: DifferentiableScalar> {
  let program: Program
  let values: [S]
  let active: [Bool]
  var sums: [AdjointSum<S>]

  mutating func add(_ node: UInt32, _ adjoint: S) {
    if active[Int(node)] { sums[Int(node)].addends.append(adjoint) }
  }

  mutating func add(_ node: UInt32, _ slope: S, _ adjoint: S) {
    guard active[Int(node)] else { return }
    if let constant = slope as? Traced, !constant.isRecorded, !constant.recordedValue.isFinite {
      // A slope that is never finite belongs to a case that is not chosen, as a rule: there its adjoint is 0, and so is
      // the product.
      sums[Int(node)].addends.append(S.chainProduct(slope, adjoint))
      return
    }
    sums[Int(node)].left.append(slope)
    sums[Int(node)].right.append(adjoint)
  }

  mutating func propagate(_ node: Int, _ adjoint: S) {
    let operation = program.operations[node]
    let x = Array(program.operands(of: operation))
    func value(_ i: Int) -> S { values[Int(x[i])] }
    switch operation.opcode {
    case .parameter, .data, .constant, .detach, .layer, .transposedLayer, .row: break
    case .add:
      add(x[0], adjoint)
      add(x[1], adjoint)
    case .subtract:
      add(x[0], adjoint)
      add(x[1], -1, adjoint)
    case .negate: add(x[0], -1, adjoint)
    case .select:
      add(x[2], S.select(value(0), isLessThan: value(1), then: adjoint, else: 0))
      add(x[3], S.select(value(0), isLessThan: value(1), then: 0, else: adjoint))
    case .accumulate:
      let p = Int(operation.payload)
      for i in 0..<p {
        add(x[i], value(p + i), adjoint)
        add(x[p + i], value(i), adjoint)
      }
      for i in (2 * p)..<x.count { add(x[i], adjoint) }
    case .logSumExp:
      for (operand, share) in zip(x, shares(x.map { values[Int($0)] })) { add(operand, share, adjoint) }
    default:
      if let rule = operation.opcode.unaryRule(payload: Int(operation.payload)) {
        add(x[0], rule.slope(value(0), value: values[node]), adjoint)
      } else if let rule = operation.opcode.binaryRule {
        let (dx, dy) = rule.slopes(value(0), value(1), value: values[node])
        add(x[0], dx, adjoint)
        add(x[1], dy, adjoint)
      }
    }
  }
}

/// The slopes of log Σ exp; for dual numbers of recorded ones in the form that can be differentiated again.
private func shares<S: DifferentiableScalar>(_ x: [S]) -> [S] {
  if let numbers = x as? [Dual<Traced>], let result = softmaxShares(numbers) as? [S] { return result }
  return softmaxShares(x)
}
