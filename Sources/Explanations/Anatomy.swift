// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Programs

extension Opcode {
  /// Whether the operation is put together of pieces.
  fileprivate var canHaveKink: Bool {
    switch self {
    case .abs, .min, .max, .relu, .leakyRelu, .select: true
    default: false
    }
  }
}

/// The part of a program that an output depends on, with names, and the sweeps over it written out node by node.
struct Anatomy {
  private(set) var operations: [Operation] = []
  /// The operands as positions in the part.
  private(set) var operands: [[Int]] = []
  private(set) var names: [String] = []
  private(set) var expressions: [String] = []
  private(set) var decisions: [String] = []
  private(set) var output = 0
  private var leafValues: [Double] = []

  /// - Parameter elides: whether operations that change nothing, such as the mean of a single sample, are left out.
  init(_ program: Program, names inputNames: [String], output: Int, outputName: String, elides: Bool = false) {
    let stand = elides ? Self.standIns(program) : [:]
    let last = stand[Int(program.outputs[output])] ?? Int(program.outputs[output])
    var wanted = Array(repeating: false, count: program.operations.count)
    wanted[Int(program.outputs[output])] = true
    for g in program.guards { (wanted[Int(g.left)], wanted[Int(g.right)]) = (true, true) }
    for node in program.operations.indices.reversed() where wanted[node] {
      for operand in program.operands(at: node) { wanted[Int(operand)] = true }
    }
    var place: [Int: Int] = [:]
    var taken = Set(inputNames + [outputName])
    var number = 0
    for (node, operation) in program.operations.enumerated() where wanted[node] || operation.opcode == .parameter {
      if let other = stand[node] {
        place[node] = place[other]
        continue
      }
      let x = program.operands(at: node).map { place[Int($0)] ?? 0 }
      place[node] = operations.count
      operations.append(operation)
      operands.append(x)
      switch operation.opcode {
      case .parameter:
        names.append(inputNames[Int(operation.payload)])
        leafValues.append(program.recordedParameters[Int(operation.payload)])
      case .data:
        names.append("data[\(operation.payload)]")
        leafValues.append(program.recordedData[Int(operation.payload)])
      case .constant:
        let value = program.constants[Int(operation.payload)]
        names.append(Explanation.constantName(value))
        leafValues.append(value)
      default:
        if node == last {
          names.append(outputName)
        } else {
          repeat { number += 1 } while !taken.insert("v\(number)").inserted
          names.append("v\(number)")
        }
        leafValues.append(0)
      }
      expressions.append(
        operation.opcode.isLeaf ? names[names.count - 1] : LocalFormulas.expression(operation, x.map { names[$0] }))
    }
    self.output = place[last] ?? 0
    decisions = program.guards.compactMap { g in
      guard let a = place[Int(g.left)], let b = place[Int(g.right)] else { return nil }
      switch g.relation {
      case .less: return "\(names[a]) \(g.outcome ? "<" : ">=") \(names[b])"
      case .equal: return "\(names[a]) \(g.outcome ? "=" : "!=") \(names[b])"
      case .identical: return "the value of \(names[a]) was read"
      }
    }
  }

  /// The number that stands for each operation that changes nothing: a sum of one term, a division by 1.
  private static func standIns(_ program: Program) -> [Int: Int] {
    var stand: [Int: Int] = [:]
    for (node, operation) in program.operations.enumerated() {
      let x = program.operands(at: node).map(Int.init)
      let isOne = { (i: Int) in
        program.operations[i].opcode == .constant && program.constants[Int(program.operations[i].payload)] == 1
      }
      let isIdle =
        (operation.opcode == .accumulate && operation.payload == 0 && x.count == 1)
        || (operation.opcode == .divide && x.count == 2 && isOne(x[1]))
      if isIdle { stand[node] = stand[x[0]] ?? x[0] }
    }
    return stand
  }

  func inputNode(named name: String) -> Int? {
    operations.indices.first { operations[$0].opcode == .parameter && names[$0] == name }
  }

  /// Every node's value; nodes that are moved have the value given instead.
  func values(moving moved: Int? = nil, to value: Double = 0) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(operations.count)
    for (i, operation) in operations.enumerated() {
      if i == moved {
        values.append(value)
      } else {
        values.append(operation.opcode.isLeaf ? leafValues[i] : operation.result(operands[i].map { values[$0] }))
      }
    }
    return values
  }

  /// A node's value for inputs of any kind; what comes after it is not computed.
  func evaluate<S: DifferentiableScalar>(_ x: [S], upTo last: Int) -> S {
    var values: [S] = []
    values.reserveCapacity(last + 1)
    for i in 0...last {
      let operation = operations[i]
      switch operation.opcode {
      case .parameter: values.append(x[Int(operation.payload)])
      case .data, .constant: values.append(S(leafValues[i]))
      default: values.append(operation.result(operands[i].map { values[$0] }))
      }
    }
    return values[last]
  }

  /// The local derivative by each operand by the rule table; 0 for one that only decides.
  func localDerivatives(_ values: [Double]) -> [[Double]] {
    operations.indices.map { i in
      let x = operands[i].map { values[$0] }
      return x.indices.map { k in
        operations[i].result(x.enumerated().map { Dual($1, tangent: $0 == k ? 1.0 : 0) }).tangent
      }
    }
  }

  /// The local derivatives by the rule table: the tangent of each operation alone.
  func slopes(_ values: [Double]) -> [[Explanation.Slope]] {
    operations.indices.map { i in
      let operation = operations[i]
      let x = operands[i].map { values[$0] }
      let formulas = LocalFormulas.slopes(operation, operands[i].map { names[$0] }, result: names[i])
      return formulas.enumerated().compactMap { k, formula in
        guard let formula else { return nil }
        let seeded = x.enumerated().map { Dual($1, tangent: $0 == k ? 1.0 : 0) }
        func moved(_ value: Double) -> Double {
          var x = x
          x[k] = value
          return operation.result(x)
        }
        let measured = Self.centralDifference(at: x[k], moved)
        return Explanation.Slope(
          operand: operands[i][k], slot: k, formula: formula, value: operation.result(seeded).tangent,
          measured: measured,
          isKink: operation.opcode.canHaveKink && Self.isKink(at: x[k], moved))
      }
    }
  }

  /// ∂v/∂(input) for every node: local derivative times the operand's tangent, summed.
  func tangents(of input: Int, _ slopes: [[Explanation.Slope]]) -> [Double] {
    var tangents = Array(repeating: 0.0, count: operations.count)
    tangents[input] = 1
    for i in operations.indices where i != input {
      tangents[i] = slopes[i].reduce(0) { $0 + strong($1.value, tangents[$1.operand]) }
    }
    return tangents
  }

  /// ∂²v/∂a∂b for every node: dual numbers of dual numbers.
  func secondTangents(_ a: Int, _ b: Int) -> [Double] {
    var values: [Dual<Dual<Double>>] = []
    for (i, operation) in operations.enumerated() {
      if operation.opcode.isLeaf {
        let value = Dual(leafValues[i], tangent: i == a ? 1.0 : 0)
        values.append(Dual(value, tangent: Dual(i == b ? 1.0 : 0, tangent: 0)))
      } else {
        values.append(operation.result(operands[i].map { values[$0] }))
      }
    }
    return values.map(\.tangent.tangent)
  }

  /// ∂f/∂v for every node, with the terms that it is the sum of.
  func adjointTerms(
    _ slopes: [[Explanation.Slope]]
  ) -> (adjoints: [Double], terms: [[Explanation.AdjointTerm]]) {
    var adjoints = Array(repeating: 0.0, count: operations.count)
    var terms: [[Explanation.AdjointTerm]] = Array(repeating: [], count: operations.count)
    adjoints[output] = 1
    for i in operations.indices.reversed() where i == output || !terms[i].isEmpty {
      if i != output { adjoints[i] = terms[i].reduce(0) { $0 + strong($1.slope, $1.adjoint) } }
      for slope in slopes[i] {
        terms[slope.operand].append(
          Explanation.AdjointTerm(
            user: i, slot: slope.slot, adjoint: adjoints[i], slope: slope.value, formula: slope.formula))
      }
    }
    return (adjoints, terms)
  }

  /// ∂f/∂v for every node by moving the node.
  func measuredAdjoints(_ values: [Double]) -> [Double] {
    operations.indices.map { i in
      Self.centralDifference(at: values[i]) { self.values(moving: i, to: $0)[output] }
    }
  }

  /// Paths from the output down to an input, depth first, through every operand on which the result depends.
  func paths(from input: Int, _ slopes: [[Explanation.Slope]], limit: Int, total: Double) -> Explanation.PathSum {
    var counts = Array(repeating: 0.0, count: operations.count)
    counts[input] = 1
    for i in operations.indices where i != input {
      counts[i] = slopes[i].reduce(0) { $0 + counts[$1.operand] }
    }
    var found: [Explanation.Path] = []
    var open: [Explanation.Path] = [Explanation.Path(nodes: [output], slots: [], slopes: [], formulas: [])]
    while found.count < limit, let path = open.popLast() {
      let last = path.nodes[path.nodes.count - 1]
      if last == input {
        found.append(path)
        continue
      }
      for slope in slopes[last].reversed() where counts[slope.operand] > 0 {
        open.append(
          Explanation.Path(
            nodes: path.nodes + [slope.operand], slots: path.slots + [slope.slot], slopes: path.slopes + [slope.value],
            formulas: path.formulas + [slope.formula]))
      }
    }
    return Explanation.PathSum(input: input, count: counts[output], paths: found, total: total)
  }

  /// Whether the slopes on the two sides differ by more than a tenth.
  private static func isKink(at x: Double, _ g: (Double) -> Double) -> Bool {
    let h = 6e-6 * max(x.magnitude, 1e-3)
    let (right, left) = ((g(x + h) - g(x)) / h, (g(x) - g(x - h)) / h)
    return (right - left).magnitude > 0.1 * max(right.magnitude, left.magnitude)
  }

  /// (g(x + h) - g(x - h)) / 2h with h the cube root of the precision: error of order h².
  ///
  /// h is relative to x, or absolute where x is large and the function varies over less, as the sine of a large angle
  /// does: that step is taken which half of it says the same with.
  private static func centralDifference(at x: Double, _ g: (Double) -> Double) -> Double {
    func quotient(_ h: Double) -> Double {
      let (right, left) = (x + h, x - h)
      return (g(right) - g(left)) / (right - left)
    }
    let relative = 6e-6 * max(x.magnitude, 1e-3)
    let wide = quotient(relative)
    guard x.magnitude > 10 else { return wide }
    let narrow = quotient(6e-6)
    let (w, n) = ((wide - quotient(relative / 2)).magnitude, (narrow - quotient(3e-6)).magnitude)
    return w <= n ? wide : narrow
  }

  /// 0 · ∞ = 0, as everywhere in the chain rule here.
  private func strong(_ slope: Double, _ factor: Double) -> Double { Double.chainProduct(slope, factor) }
}
