// SPDX-License-Identifier: Apache-2.0

/// A formula as people write it: `a*exp(-b*x) + c`, or an equation, `log(y) = b1 - b2*x1*exp(-b3*x2)`.
///
/// ```swift
/// let formula = try Formula("x*sin(y)/hypot(x, y)")
/// let gradient = try DualDifferentiator().gradient(of: formula.field(), at: [1, 2])
/// ```
///
/// - Operators, from the loosest: `or`, `and`, `not`; `<` `<=` `>` `>=` `==` `!=`; `+` `-`; `*` `/`; the sign `-`; `^` or
///   `**`. So `-x^2` is -(x²), and a power joins to the right.
/// - Functions: those of ``ElementaryFunction``, and `if(condition, a, b)`. `log` is the natural logarithm.
/// - `pi` and `e` are numbers. Every other name is a variable; one with spaces is written in backquotes or brackets.
/// - A power whose exponent is an integer without variables in it is defined for every base; any other for bases that are
///   not negative (``realPowers``).
///
/// It is a value: equal where the trees are equal, coded as its text, which reads back as the same tree.
public struct Formula: Sendable, Hashable, CustomStringConvertible {
  /// What stands left of `=`; nil without one.
  public let left: FormulaTree?

  /// What stands right of `=`, or the whole.
  public let right: FormulaTree

  /// Reads a formula.
  ///
  /// - Throws: ``FormulaError`` with the place, what was expected, and the nearest name.
  /// - Complexity: linear in the text's length; at most 100,000 numbers, names and signs, nesting at most 200 deep.
  public init(_ text: String) throws(FormulaError) {
    var parser = try Parser(text)
    (left, right) = try parser.formula()
  }

  /// A formula of expressions.
  public init(left: FormulaTree? = nil, right: FormulaTree) {
    self.left = left
    self.right = right
  }

  /// All variables, in the order in which they first appear.
  public var variables: [String] {
    var seen: Set<String> = []
    return ((left?.variables ?? []) + right.variables).filter { seen.insert($0).inserted }
  }

  /// The formula's text, in one form for each tree.
  public var description: String {
    if let left { "\(left) = \(right)" } else { "\(right)" }
  }

  /// The powers that need a base that is not negative, as text: their exponents are not integers, or have variables.
  public var realPowers: [String] { ((left?.realPowers ?? []) + right.realPowers) }
}

extension Formula: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      self = try Formula(text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension FormulaTree: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let formula = try container.decode(Formula.self)
    guard formula.left == nil else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "an expression has no '='")
    }
    self = formula.right
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
