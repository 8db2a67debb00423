// SPDX-License-Identifier: Apache-2.0

/// What an operation of a recorded program does.
///
/// An opcode of an elementary function stands for its rule in the rule table; `Opcode+Rules.swift` has the one list
/// that pairs them.
public enum Opcode: UInt8, Sendable, CaseIterable {
  /// A parameter; the payload is its position. No operands.
  case parameter
  /// A number of the sample; the payload is its position. No operands.
  case data
  /// A constant; the payload is its position in the list of constants. No operands.
  case constant
  /// x + y.
  case add
  /// x - y.
  case subtract
  /// -x.
  case negate
  /// x y.
  case multiply
  /// x / y.
  case divide
  /// x y with 0 · ∞ = 0.
  case chainProduct
  /// exp x.
  case exp
  /// exp x - 1.
  case expMinusOne
  /// log x.
  case log
  /// log(1 + x).
  case logOnePlus
  /// sin x.
  case sin
  /// cos x.
  case cos
  /// tan x.
  case tan
  /// sinh x.
  case sinh
  /// cosh x.
  case cosh
  /// tanh x.
  case tanh
  /// asin x.
  case asin
  /// acos x.
  case acos
  /// atan x.
  case atan
  /// asinh x.
  case asinh
  /// acosh x.
  case acosh
  /// atanh x.
  case atanh
  /// √x.
  case sqrt
  /// xⁿ; the payload is n.
  case integerPower
  /// The n-th root; the payload is n.
  case integerRoot
  /// xʸ.
  case power
  /// The angle of (x, y); the first operand is y.
  case atan2
  /// √(x² + y²).
  case hypot
  /// erf x.
  case erf
  /// |x|.
  case abs
  /// The smaller.
  case min
  /// The larger.
  case max
  /// max(x, 0).
  case relu
  /// x for x > 0, else a x; operands x, a.
  case leakyRelu
  /// 1 / (1 + exp(-x)).
  case sigmoid
  /// log(1 + exp x).
  case softplus
  /// a where x < y, else b; operands x, y, a, b.
  case select
  /// x with no derivative.
  case detach
  /// Σ aₖ + Σ xᵢ yᵢ: the payload is the number of products p; operands are x (p), y (p), then the addends. The addends
  /// are added first and in order, then the products.
  case accumulate
  /// log Σ exp(xᵢ).
  case logSumExp
  /// W x for a matrix W of parameters; the payload is its position in the list of matrices, the operands are x. Its
  /// elements are read by ``row``.
  case layer
  /// Wᵀ x, as ``layer``.
  case transposedLayer
  /// The element of the matrix product that is the first operand, plus the second operand where there is one; the payload
  /// is the element's position.
  case row

  /// The name for listings: the rule's, where there is one.
  public var name: String {
    switch self {
    case .parameter, .data, .constant, .select, .detach, .accumulate, .layer, .transposedLayer, .row: "\(self)"
    case .add: "+"
    case .subtract: "-"
    case .negate: "neg"
    case .chainProduct: "*0"
    case .integerPower: "pow"
    case .integerRoot: "root"
    case .logSumExp: "logsumexp"
    default: unaryRule(payload: 1)?.name ?? binaryRule?.name ?? "\(self)"
    }
  }

  /// Whether it is an input or a constant: no operands.
  @inlinable public var isLeaf: Bool { self == .parameter || self == .data || self == .constant }

  /// Whether its result is a vector, that only ``row`` can read.
  @inlinable public var isLayer: Bool { self == .layer || self == .transposedLayer }
}

/// A matrix of consecutive parameters, row by row.
@frozen
public struct WeightMatrix: Sendable, Hashable, Codable {
  /// The position of its first parameter.
  public var first: Int
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int

  /// A matrix.
  @inlinable
  public init(first: Int, rows: Int, columns: Int) {
    self.first = first
    self.rows = rows
    self.columns = columns
  }

  /// The number of its parameters.
  @inlinable public var count: Int { rows * columns }

  /// The parameters' positions.
  @inlinable public var range: Range<Int> { first..<(first + count) }
}
