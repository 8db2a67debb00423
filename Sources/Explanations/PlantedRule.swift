// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A wrong derivative rule for one operation of a function, as somebody could have written it.
public struct PlantedRule: Sendable, Codable, Equatable {
  /// The operation's name in the explanation: `v2`, or the output's.
  public var node: String
  /// How its derivative is wrong.
  public var mutation: Mutation

  /// A wrong rule for an operation.
  public init(node: String, mutation: Mutation) {
    self.node = node
    self.mutation = mutation
  }

  /// What each operand's derivative is multiplied by.
  public func factors(operands: Int) -> [Double] {
    (0..<operands).map { slot in
      switch mutation {
      case .sign: -1
      case .factor: 2
      case .droppedTerm: slot == operands - 1 ? 0 : 1
      case .zero: 0
      case .percent: 1.01
      }
    }
  }

  /// Makes the operation's local derivatives wrong.
  ///
  /// - Throws: ``ExplanationError/nothingToPlant(_:mutation:known:)``.
  func plant(in slopes: inout [[Explanation.Slope]], of anatomy: Anatomy) throws {
    let operations = anatomy.operations.indices.filter { !slopes[$0].isEmpty }
    let known = operations.map { anatomy.names[$0] }
    guard let place = operations.first(where: { anatomy.names[$0] == node }),
      mutation != .droppedTerm || slopes[place].count > 1
    else { throw ExplanationError.nothingToPlant(node, mutation: mutation, known: known) }
    let factors = factors(operands: slopes[place].count)
    for i in slopes[place].indices where factors[i] != 1 {
      slopes[place][i].value *= factors[i]
      slopes[place][i].formula = Self.formula(slopes[place][i].formula, times: factors[i])
    }
  }

  private static func formula(_ formula: String, times factor: Double) -> String {
    if factor == 0 { return "0" }
    let isSimple = !formula.contains { " +-*/^".contains($0) }
    let inner = isSimple ? formula : "(\(formula))"
    return factor == -1 ? "-\(inner)" : (factor == 2 ? "2*\(inner)" : "\(factor)*\(inner)")
  }
}
