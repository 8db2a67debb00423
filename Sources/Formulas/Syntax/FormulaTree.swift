// SPDX-License-Identifier: Apache-2.0

/// A formula's syntax tree as a value: its nodes in postfix order, operands before what is done with them.
///
/// Flat, so that nothing recurses over it: a sum of a hundred thousand terms can be copied, compared, printed and freed
/// like any array. Rejected: an `indirect enum`, whose release alone overflows the stack there.
public struct FormulaTree: Sendable, Hashable {
  /// One node. What it takes stands before it.
  public enum Node: Sendable, Hashable {
    /// A finite number, not negative.
    case number(Double)
    /// π.
    case pi
    /// Euler's number.
    case euler
    /// A variable by its name.
    case variable(String)
    /// -a.
    case negate
    /// a + b, a - b, a * b, a / b, a ^ b.
    case add, subtract, multiply, divide, power
    /// a < b, a <= b, a > b, a >= b, a == b, a != b: conditions.
    case less, atMost, greater, atLeast, equal, unequal
    /// Of conditions.
    case and, or, not
    /// if(c, a, b): a where the condition holds, else b.
    case choose
    /// A function of this many arguments.
    case call(ElementaryFunction, count: Int)
  }

  /// Numbers, and the truth values that comparisons give.
  public enum Kind: Sendable { case number, condition }

  /// The nodes, operands first; the last is the root.
  public let nodes: [Node]

  init(nodes: [Node]) { self.nodes = nodes }

  /// A leaf; a negative number becomes the negation of a positive one, as it is read.
  public init(_ number: Double) throws(FormulaError) {
    guard number.isFinite else { throw FormulaError("a formula's numbers are finite, and this is \(number)") }
    nodes = number.sign == .minus ? [.number(-number), .negate] : [.number(number)]
  }

  /// A variable.
  public init(variable name: String) throws(FormulaError) {
    guard !name.isEmpty else { throw FormulaError("a variable's name is empty; give it one") }
    nodes = [.variable(name)]
  }

  /// An operation or a constant with what it takes.
  public init(_ node: Node, _ arguments: [FormulaTree] = []) throws(FormulaError) {
    let kinds = arguments.map(\.kind)
    guard node.operands == kinds else {
      throw FormulaError("\(node) takes \(node.operands.count) operands of its own kind, not these \(kinds.count)")
    }
    if case .call(let function, let count) = node, !function.arguments.contains(count) {
      throw FormulaError("\(function.rawValue) takes \(function.argumentWords), not \(count)")
    }
    switch node {
    case .number(let x): self = try FormulaTree(x)
    case .variable(let name): self = try FormulaTree(variable: name)
    default: nodes = arguments.flatMap(\.nodes) + [node]
    }
  }

  /// What it gives.
  public var kind: Kind { nodes.last?.kind ?? .number }

  /// The variables, in the order in which they first appear.
  public var variables: [String] {
    var seen: Set<String> = []
    return nodes.compactMap { if case .variable(let name) = $0, seen.insert(name).inserted { name } else { nil } }
  }

  /// The expression if it is a variable alone.
  public var variable: String? {
    if nodes.count == 1, case .variable(let name) = nodes[0] { name } else { nil }
  }
}

extension FormulaTree.Node {
  /// What it gives.
  public var kind: FormulaTree.Kind {
    switch self {
    case .less, .atMost, .greater, .atLeast, .equal, .unequal, .and, .or, .not: .condition
    default: .number
    }
  }

  /// What it takes, in order.
  public var operands: [FormulaTree.Kind] {
    switch self {
    case .number, .pi, .euler, .variable: []
    case .negate: [.number]
    case .add, .subtract, .multiply, .divide, .power: [.number, .number]
    case .less, .atMost, .greater, .atLeast, .equal, .unequal: [.number, .number]
    case .and, .or: [.condition, .condition]
    case .not: [.condition]
    case .choose: [.condition, .number, .number]
    case .call(_, let count): Array(repeating: .number, count: count)
    }
  }

  /// How many operands it takes.
  var operandCount: Int {
    switch self {
    case .number, .pi, .euler, .variable: 0
    case .negate, .not: 1
    case .choose: 3
    case .call(_, let count): count
    default: 2
    }
  }

  /// How an infix operator is written.
  var symbol: String? {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "^"
    case .less: "<"
    case .atMost: "<="
    case .greater: ">"
    case .atLeast: ">="
    case .equal: "=="
    case .unequal: "!="
    case .and: "and"
    case .or: "or"
    default: nil
    }
  }

  /// How tightly it binds.
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .not: .not
    case .less, .atMost, .greater, .atLeast, .equal, .unequal: .comparison
    case .add, .subtract: .sum
    case .multiply, .divide: .product
    case .negate: .sign
    case .power: .power
    case .number, .pi, .euler, .variable, .choose, .call: .leaf
    }
  }
}

/// How tightly operators bind, from the loosest.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, sum, product, sign, power, leaf
  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .leaf }
}
