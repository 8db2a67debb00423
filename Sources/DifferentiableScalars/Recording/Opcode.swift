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

  /// The name for listings: the rule's, where there is one.
  public var name: String {
    switch self {
    case .parameter, .data, .constant, .select, .detach, .accumulate: "\(self)"
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
}
