// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

/// The first operation at which methods part: each operation in turn is taken for the output, and the methods are asked
/// for its derivative.
public struct FirstParting: Sendable, Codable, Equatable {
  /// The operation, as `v3 = tanh(v2)`.
  public var operation: String
  /// Its value.
  public var value: Double
  /// The input by which the derivatives differ most beyond the rule.
  public var input: String
  /// Each method's derivative of the operation by that input.
  public var derivatives: [String: Double]
  /// The largest difference.
  public var difference: Double
  /// The values of the operands, by name.
  public var operands: [String: Double]
  /// How many operations before it all methods agree on.
  public var agreedBefore: Int

  /// Looks for it; nil where the methods agree on every operation, or the function cannot be recorded.
  ///
  /// Cost: one gradient a method for each operation up to the one found, and at most `limit` of them.
  ///
  /// - Parameters:
  ///   - f: the function as generic code.
  ///   - x: the point.
  ///   - names: the names of the inputs.
  ///   - methods: two or more.
  ///   - rule: when two derivatives agree.
  ///   - limit: how many operations are tried at most.
  public init?(
    of f: some VectorFunction, at x: [Double], names: [String], methods: [any Differentiator],
    rule: ToleranceRule = ToleranceRule(), limit: Int = 2000
  ) throws {
    let program: Program
    do {
      program = try Program.recording(parameters: x, limit: 1 << 20) { p, _ in try f.erased(p) }
    } catch is RecordingObstacle {
      return nil
    }
    let anatomy = Anatomy(program, names: names, output: 0, outputName: "f")
    let values = anatomy.values()
    var agreed = 0
    for node in anatomy.operations.indices where !anatomy.operations[node].opcode.isLeaf {
      guard agreed < limit else { return nil }
      let part = TargetFunction(NodeFunction(anatomy: anatomy, node: node))
      guard let parting = try Self.largest(part, x, methods, rule, anatomy: anatomy, node: node) else {
        agreed += 1
        continue
      }
      operation = "\(anatomy.names[node]) = \(anatomy.expressions[node])"
      value = values[node]
      input = names[parting.input]
      derivatives = parting.derivatives
      difference = parting.difference
      operands = Dictionary(anatomy.operands[node].map { (anatomy.names[$0], values[$0]) }) { a, _ in a }
      agreedBefore = agreed
      return
    }
    return nil
  }

  private static func largest(
    _ f: TargetFunction, _ x: [Double], _ methods: [any Differentiator], _ rule: ToleranceRule, anatomy: Anatomy,
    node: Int
  ) throws -> (input: Int, derivatives: [String: Double], difference: Double)? {
    let results = try methods.map { try $0.gradient(of: f, at: x) }
    var worst: (input: Int, difference: Double)?
    for i in x.indices {
      // Roundoff is relative to the terms that the derivative is the sum of; the value beside the input is their size.
      for (a, first) in results.enumerated() {
        for second in results[(a + 1)...] {
          let errors = (first.gradientErrors?[i] ?? 0, second.gradientErrors?[i] ?? 0)
          let (u, v) = (first.gradient[i], second.gradient[i])
          let size = max(u.magnitude, v.magnitude, 1)
          if rule.agrees(u, v, errors: errors, terms: size) { continue }
          let difference = (u - v).magnitude
          if worst == nil || !(difference <= worst?.difference ?? 0) { worst = (i, difference) }
        }
      }
    }
    guard let worst else { return nil }
    let pairs = zip(methods, results).map { ($0.name, $1.gradient[worst.input]) }
    return (worst.input, Dictionary(pairs) { a, _ in a }, worst.difference)
  }
}

/// One operation of a recorded function as a function of the inputs.
struct NodeFunction: ScalarField {
  let anatomy: Anatomy
  let node: Int

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { anatomy.evaluate(x, upTo: node) }
}
