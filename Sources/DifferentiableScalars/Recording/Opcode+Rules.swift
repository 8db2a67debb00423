// SPDX-License-Identifier: Apache-2.0
//
// Opcodes and rules: the one place that pairs them. `unaryRule` and `binaryRule` hold the list; the way back, from a
// rule's type to its opcode, is read off them, so that neither can be forgotten.

extension Opcode {
  /// The rule of an opcode with one operand; nil for the others.
  public func unaryRule(payload: Int) -> (any UnaryRule)? {
    switch self {
    case .exp: Exponential()
    case .expMinusOne: ExponentialMinusOne()
    case .log: Logarithm()
    case .logOnePlus: LogarithmOnePlus()
    case .sin: Sine()
    case .cos: Cosine()
    case .tan: Tangent()
    case .sinh: HyperbolicSine()
    case .cosh: HyperbolicCosine()
    case .tanh: HyperbolicTangent()
    case .asin: ArcSine()
    case .acos: ArcCosine()
    case .atan: ArcTangent()
    case .asinh: HyperbolicArcSine()
    case .acosh: HyperbolicArcCosine()
    case .atanh: HyperbolicArcTangent()
    case .sqrt: SquareRoot()
    case .integerPower: IntegerPower(payload)
    case .integerRoot: IntegerRoot(payload)
    case .erf: ErrorFunction()
    case .abs: AbsoluteValue()
    case .relu: RectifiedLinear()
    case .sigmoid: LogisticSigmoid()
    case .softplus: SoftPlus()
    default: nil
    }
  }

  /// The rule of an opcode with two operands; nil for the others and for the linear ones.
  public var binaryRule: (any BinaryRule)? {
    switch self {
    case .multiply, .chainProduct: Multiplication()
    case .divide: Division()
    case .power: Power()
    case .atan2: ArcTangentOfQuotient()
    case .hypot: Hypotenuse()
    case .min: Minimum()
    case .max: Maximum()
    case .leakyRelu: LeakyRectifiedLinear()
    default: nil
    }
  }

  /// The opcode of a rule, by its type; nil for a rule that is not of this package.
  static func of(_ rule: any UnaryRule) -> Opcode? { unaryByType[ObjectIdentifier(type(of: rule))] }

  /// The opcode of a rule, by its type; nil for a rule that is not of this package.
  static func of(_ rule: any BinaryRule) -> Opcode? { binaryByType[ObjectIdentifier(type(of: rule))] }

  private static let unaryByType: [ObjectIdentifier: Opcode] = {
    var table: [ObjectIdentifier: Opcode] = [:]
    for opcode in allCases {
      if let rule = opcode.unaryRule(payload: 1) { table[ObjectIdentifier(type(of: rule))] = opcode }
    }
    return table
  }()

  private static let binaryByType: [ObjectIdentifier: Opcode] = {
    var table: [ObjectIdentifier: Opcode] = [:]
    for opcode in allCases where opcode != .chainProduct {
      if let rule = opcode.binaryRule { table[ObjectIdentifier(type(of: rule))] = opcode }
    }
    return table
  }()
}
