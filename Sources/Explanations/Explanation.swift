// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A computation taken apart: every operation with its value, its local derivatives, and what the chain rule makes of
/// them forwards, backwards and path by path.
///
/// For an output f and a node v the adjoint is ∂f/∂v, and the tangent along an input x is ∂v/∂x. Both are products of
/// local derivatives, summed over all paths: from v to f, and from x to v.
public struct Explanation: Sendable, Codable, Equatable {
  /// A local derivative: how an operation's result moves with one operand.
  public struct Slope: Sendable, Codable, Equatable {
    /// The operand's position in ``Explanation/nodes``.
    public var operand: Int
    /// Which of the operation's operands it is, from 0: `x*x` has the same one twice.
    public var slot: Int
    /// The derivative in terms of the nodes' names: `1 - v2^2`.
    public var formula: String
    /// Its value here.
    public var value: Double
    /// The same by a central difference of the operation alone.
    public var measured: Double
    /// Whether the operation has other slopes on the left and on the right here.
    public var isKink: Bool
  }

  /// One term of an adjoint: what comes back from an operation that uses the node.
  public struct AdjointTerm: Sendable, Codable, Equatable {
    /// The operation that uses the node.
    public var user: Int
    /// As which of its operands, from 0.
    public var slot: Int
    /// The adjoint of that operation.
    public var adjoint: Double
    /// The local derivative of that operation by the node.
    public var slope: Double
    /// The same as a formula.
    public var formula: String
  }

  /// An input, a constant or an operation.
  public struct Node: Sendable, Codable, Equatable {
    /// What kind of node.
    public enum Kind: String, Sendable, Codable { case input, constant, operation }

    /// The kind.
    public var kind: Kind
    /// `w`, `v3`, or the constant's digits.
    public var name: String
    /// The operation in terms of the operands' names: `v1 + b`; the name itself for inputs and constants.
    public var expression: String
    /// The operation's own name: `+`, `tanh`; empty for inputs and constants.
    public var operation: String
    /// The exponent of a power, the degree of a root, the number of products of a sum; else 0.
    public var payload: Int
    /// The operands' positions.
    public var operands: [Int]
    /// The value.
    public var value: Double
    /// The local derivatives, one an operand that has one.
    public var slopes: [Slope]
    /// ∂(this)/∂x for each input asked for, in the order of ``Explanation/directions``.
    public var tangents: [Double]
    /// ∂²(this)/∂x² for each, where second order was asked for.
    public var secondTangents: [Double]?
    /// ∂f/∂(this).
    public var adjoint: Double
    /// The terms that the adjoint is the sum of; empty for the output itself, whose adjoint is 1.
    public var adjointTerms: [AdjointTerm]
    /// ∂f/∂(this) as a central difference measures it: the node is moved and everything after it computed again.
    public var measured: Double
  }

  /// A product along one path from an input to the output.
  public struct Path: Sendable, Codable, Equatable {
    /// The nodes from the output back to the input.
    public var nodes: [Int]
    /// As which operand, from 0, each number but the first enters the one before it.
    public var slots: [Int]
    /// The local derivatives along the way, one fewer.
    public var slopes: [Double]
    /// The same as formulas.
    public var formulas: [String]
    /// Their product.
    public var product: Double { slopes.reduce(1, *) }
  }

  /// What an input contributes, path by path.
  public struct PathSum: Sendable, Codable, Equatable {
    /// The input's position in ``Explanation/nodes``.
    public var input: Int
    /// The number of paths, as far as it can be counted.
    public var count: Double
    /// The first of them.
    public var paths: [Path]
    /// The sum over all of them: the input's adjoint.
    public var total: Double
    /// Whether every path is listed.
    public var isComplete: Bool { count == Double(paths.count) }
  }

  /// A decision that the code took here: the explanation holds where it comes out the same.
  public struct Decision: Sendable, Codable, Equatable {
    /// The decision in terms of the nodes' names: `a < b`.
    public var text: String
  }

  /// The nodes in the order of computation.
  public internal(set) var nodes: [Node]
  /// The position of the output.
  public internal(set) var output: Int
  /// The inputs that tangents and path sums were asked for, as positions of nodes.
  public internal(set) var directions: [Int]
  /// The sum over paths of each of them.
  public internal(set) var pathSums: [PathSum]
  /// The decisions.
  public internal(set) var decisions: [Decision]
  /// The matrix of second derivatives by the inputs asked for, where second order was asked for.
  public internal(set) var hessian: [[Double]]?

  /// The wrong rule that was planted, where one was asked for.
  public internal(set) var planted: PlantedRule?

  /// A local derivative that is not what is measured.
  public struct Disagreement: Sendable, Codable, Equatable {
    /// The operation.
    public var node: Int
    /// By which operand.
    public var operand: Int
    /// What the rule says.
    public var derivative: Double
    /// What the central difference says.
    public var measured: Double
  }

  /// The first operation whose local derivative is not what is measured, by more than a difference quotient may be off:
  /// a kink, a jump, or a wrong rule. Nil where all are.
  public var worstDisagreement: Disagreement? {
    for (i, node) in nodes.enumerated() {
      for slope in node.slopes {
        // Values of the size of the result are subtracted; half of their digits are left.
        let noise = 1e-9 * node.value.magnitude / max(nodes[slope.operand].value.magnitude, 1e-3)
        let allowed = 1e-4 * max(slope.value.magnitude, slope.measured.magnitude) + noise + 1e-12
        if slope.isKink || !((slope.value - slope.measured).magnitude <= allowed) {
          return Disagreement(node: i, operand: slope.operand, derivative: slope.value, measured: slope.measured)
        }
      }
    }
    return jump
  }

  /// Where every operation is right and the whole is not, the function has another branch next to the point: it jumps. By
  /// the input for which that shows.
  private var jump: Disagreement? {
    guard let last = nodes.last else { return nil }
    for i in directions {
      let (rule, measured) = (nodes[i].adjoint, nodes[i].measured)
      let noise = 1e-6 * last.value.magnitude / max(nodes[i].value.magnitude, 1e-3)
      if !((rule - measured).magnitude <= 0.1 * max(rule.magnitude, measured.magnitude) + noise + 1e-9) {
        return Disagreement(node: nodes.count - 1, operand: i, derivative: rule, measured: measured)
      }
    }
    return nil
  }

  /// Whether a disagreement is of the whole function: its operations are right, and it jumps.
  public func isJump(_ disagreement: Disagreement) -> Bool {
    !nodes[disagreement.node].slopes.contains {
      $0.operand == disagreement.operand && $0.value == disagreement.derivative && $0.measured == disagreement.measured
    }
  }

  /// The names of the inputs asked for.
  public var directionNames: [String] { directions.map { nodes[$0].name } }

  /// Which operand of a node is meant, for one that has the same number more than once: `left`, `right`, `3rd`; else nil.
  public func side(of node: Int, slot: Int) -> String? {
    let operands = nodes[node].operands
    guard operands.count(where: { $0 == operands[slot] }) > 1 else { return nil }
    if operands.count == 2 { return slot == 0 ? "left" : "right" }
    return ["1st", "2nd", "3rd"].indices.contains(slot) ? ["1st", "2nd", "3rd"][slot] : "\(slot + 1)th"
  }

  /// The positions of all inputs.
  public var inputs: [Int] { nodes.indices.filter { nodes[$0].kind == .input } }
}

/// Why something cannot be explained.
public enum ExplanationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// An input was asked for that the function does not have.
  case unknownInput(String, known: [String])
  /// The function has more operations than can be shown.
  case tooLong(operations: Int, limit: Int)
  /// The function's code cannot be recorded.
  case notRecordable(String)
  /// A wrong rule was to be planted where there is no operation, or none of whose terms can be left out.
  case nothingToPlant(String, mutation: Mutation, known: [String])

  /// What is wrong and the way out.
  public var description: String {
    switch self {
    case .unknownInput(let name, let known):
      "there is no input '\(name)' to differentiate by; there are: \(known.joined(separator: ", "))"
    case .tooLong(let operations, let limit):
      "the function takes \(operations) operations, and \(limit) can be explained; take a smaller model or fewer samples"
    case .notRecordable(let reason):
      "the function's operations cannot be written down: \(reason); methods that call it still work"
    case .nothingToPlant(let name, let mutation, let known):
      known.contains(name)
        ? "the derivative of \(name) has no second term to leave out; plant another error there, or this one in: "
          + known.filter { $0 != name }.prefix(12).joined(separator: ", ")
        : "no operation is called '\(name)', and a wrong rule (\(mutation.summary)) needs one; there are: "
          + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", … (\(known.count))" : "")
    }
  }
}
