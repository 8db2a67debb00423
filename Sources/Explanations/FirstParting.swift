// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

/// The operation at which methods part: they differ on its derivative, and agree on those of all its operands.
///
/// Looked for backwards from the output: where the methods differ on a number, they either differ on one of the numbers
/// that it is made of, or its own operation is the one.
public struct FirstParting: Sendable, Codable, Equatable {
  /// The number's name: `v3`, `f`, or an input's own.
  public var node: String
  /// How it is computed: `tanh(v2)`; `input` for an input, which a method gets wrong only as a whole.
  public var operation: String
  /// Its value.
  public var value: Double
  /// The values of its operands, by name.
  public var operands: [String: Double]
  /// The input by which it is differentiated.
  public var input: String
  /// Each method's derivative of the number by that input; a method without one is left out.
  public var derivatives: [String: Double]
  /// The largest difference between two of them.
  public var difference: Double
  /// How many numbers the methods were asked for.
  public var examined: Int
  /// How many operations the function has.
  public var operations: Int

  /// Looks for it; nil where the methods agree on the output, or the function cannot be recorded.
  ///
  /// Cost: one derivative a method by one input for each number on the way and for its operands: two or three for each
  /// operation of the longest path. Each evaluates only what depends on the input and leads to the number.
  ///
  /// - Parameters:
  ///   - f: the function as generic code.
  ///   - x: the point.
  ///   - names: the names of the inputs.
  ///   - input: the input by which the methods differ.
  ///   - output: which of the function's outputs.
  ///   - outputName: what it is called.
  ///   - methods: two or more, with the names to report them by.
  ///   - rule: when two derivatives agree.
  ///   - elides: whether operations that change nothing are left out, as in an explanation with the same limits.
  ///   - limit: how many numbers are asked for at most; beyond it the last one is reported that was.
  public init?(
    of f: some VectorFunction, at x: [Double], names: [String], by input: String, output: Int = 0,
    outputName: String = "f", methods: [(name: String, method: any Differentiator)],
    rule: ToleranceRule = ToleranceRule(), elides: Bool = false, limit: Int = 2000
  ) {
    guard let program = try? Program.recording(parameters: x, limit: 1 << 20, { p, _ in try f.erased(p) }) else {
      return nil
    }
    let anatomy = Anatomy(program, names: names, output: output, outputName: outputName, elides: elides)
    guard let start = anatomy.inputNode(named: input) else { return nil }
    var walk = Walk(anatomy, from: start, methods: methods, rule: rule)
    guard var found = walk.parting(at: anatomy.output) else { return nil }
    var node = anatomy.output
    while walk.asked.count < limit {
      let below = anatomy.operands[node].lazy.compactMap { operand in walk.parting(at: operand).map { (operand, $0) } }
      guard let next = below.first else { break }
      (node, found) = next
    }
    self.node = anatomy.names[node]
    operation = anatomy.operations[node].opcode.isLeaf ? "input" : anatomy.expressions[node]
    value = walk.values[node]
    operands = Dictionary(anatomy.operands[node].map { (anatomy.names[$0], walk.values[$0]) }) { a, _ in a }
    self.input = input
    derivatives = found.derivatives
    difference = found.difference
    examined = walk.asked.count
    operations = anatomy.operations.count { !$0.opcode.isLeaf }
  }
}

/// The methods' answers, number by number.
private struct Walk {
  struct Parting {
    let derivatives: [String: Double]
    let difference: Double
  }

  let anatomy: Anatomy
  let start: Int
  let methods: [(name: String, method: any Differentiator)]
  let rule: ToleranceRule
  let values: [Double]
  /// The size of the terms of each number's derivative: what its roundoff is relative to.
  let sizes: [Double]
  /// Whether a number depends on the input.
  let depends: [Bool]
  private(set) var asked: [Int: Parting?] = [:]

  init(
    _ anatomy: Anatomy, from start: Int, methods: [(name: String, method: any Differentiator)], rule: ToleranceRule
  ) {
    self.anatomy = anatomy
    self.start = start
    self.methods = methods
    self.rule = rule
    values = anatomy.values()
    let slopes = anatomy.localDerivatives(values)
    var sizes = Array(repeating: 0.0, count: values.count)
    var depends = Array(repeating: false, count: values.count)
    (sizes[start], depends[start]) = (1, true)
    for i in values.indices where i != start {
      for (operand, slope) in zip(anatomy.operands[i], slopes[i]) where depends[operand] {
        depends[i] = true
        let term = Double.chainProduct(slope.magnitude, sizes[operand])
        sizes[i] += term.isFinite ? term : 0
      }
    }
    self.sizes = sizes
    self.depends = depends
  }

  /// What the methods say of a number; nil where they agree or it does not depend on the input.
  mutating func parting(at node: Int) -> Parting? {
    guard depends[node] else { return nil }
    if let known = asked[node] { return known }
    let part = TargetFunction(
      PartFunction(anatomy: anatomy, node: node, start: start, values: values, depends: depends))
    let results = methods.compactMap { name, method in
      (try? method.gradient(of: part, at: [values[start]])).flatMap { result in
        result.gradient.first.map { (name: name, value: $0, error: result.gradientErrors?.first ?? 0) }
      }
    }
    var worst: Double?
    for (index, a) in results.enumerated() {
      for b in results[(index + 1)...]
      where !rule.agrees(a.value, b.value, errors: (a.error, b.error), terms: sizes[node]) {
        let difference = (a.value - b.value).magnitude
        worst = max(worst ?? 0, difference.isFinite ? difference : .infinity)
      }
    }
    let parting = worst.map { difference in
      Parting(
        derivatives: Dictionary(results.map { ($0.name, $0.value) }) { a, _ in a }, difference: difference)
    }
    asked[node] = .some(parting)
    return parting
  }
}

/// One number of a recorded function as a function of one input; all that does not depend on it is held.
private struct PartFunction: ScalarField {
  let anatomy: Anatomy
  let node: Int
  let start: Int
  let values: [Double]
  /// What is computed: depends on the input and leads to the number, in order.
  let active: [Int]

  init(anatomy: Anatomy, node: Int, start: Int, values: [Double], depends: [Bool]) {
    self.anatomy = anatomy
    self.node = node
    self.start = start
    self.values = values
    var wanted: Set<Int> = [node]
    var open = [node]
    while let next = open.popLast() {
      guard next != start else { continue }
      for operand in anatomy.operands[next] where depends[operand] && wanted.insert(operand).inserted {
        open.append(operand)
      }
    }
    active = wanted.filter { $0 != start }.sorted()
  }

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    var computed: [Int: S] = [start: x[0]]
    for i in active {
      computed[i] = anatomy.operations[i].result(anatomy.operands[i].map { computed[$0] ?? S(values[$0]) })
    }
    return computed[node] ?? S(values[node])
  }
}
