// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import DifferentiableScalars

/// Instructions for the kernels with their lists of places, and the layout of the memory that they work on.
struct InstructionList: Sendable {
  private(set) var instructions: [pk_instruction] = []
  private(set) var places: [UInt32] = []
  /// The size of the memory so far.
  private(set) var extent = 0
  /// The parameters that matrix products read end here, and the sums that they add to.
  private(set) var weightExtent = 0
  private(set) var sumExtent = 0

  /// Lays out numbers behind all others, at a multiple of eight.
  mutating func allocate(_ count: Int) -> Int {
    let place = extent
    extent += (count + 7) / 8 * 8
    return place
  }

  /// Appends a list of places.
  mutating func list(_ places: some Sequence<Int>) -> UInt32 {
    let start = UInt32(self.places.count)
    for place in places { self.places.append(UInt32(place)) }
    return start
  }

  mutating func emit(
    _ operation: pk_operation, mode: pk_mode = PK_ROW_ROW, payload: Int32 = 0, n: Int, w: Int, dest: Int,
    a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, d: UInt32 = 0
  ) {
    instructions.append(
      pk_instruction(
        operation: UInt16(operation.rawValue), mode: UInt16(mode.rawValue), payload: payload, n: UInt32(n),
        w: UInt32(w), dest: UInt32(dest), a: a, b: b, c: c, d: d))
  }

  mutating func emitGuard(_ relation: Guard.Relation, outcome: Bool, w: Int, dest: Int, a: UInt32, b: UInt32) {
    instructions.append(
      pk_instruction(
        operation: UInt16(PK_GUARD.rawValue), mode: UInt16(relation.rawValue), payload: outcome ? 1 : 0, n: 1,
        w: UInt32(w), dest: UInt32(dest), a: a, b: b, c: 0, d: 0))
  }

  /// A matrix of numbers: where it is, and how far apart its rows and its columns are.
  struct Matrix {
    var place: Int
    var row: Int
    var column = 1
  }

  /// C += A B for C of m rows and n columns.
  ///
  /// - Parameters:
  ///   - weights: whether A is among the parameters.
  ///   - sums: whether C is among the sums over samples.
  mutating func emitProduct(
    _ m: Int, _ n: Int, terms: Int, _ a: Matrix, weights: Bool, _ b: Matrix, _ c: Matrix, sums: Bool
  ) {
    let mode = (weights ? PK_MATMUL_WEIGHTS.rawValue : 0) | (sums ? PK_MATMUL_SUMS.rawValue : 0)
    if weights { weightExtent = max(weightExtent, a.place + (m - 1) * a.row + (terms - 1) * a.column + 1) }
    if sums { sumExtent = max(sumExtent, c.place + (m - 1) * c.row + n) }
    let places = list([terms, a.place, a.row, a.column, b.place, b.row, c.row])
    instructions.append(
      pk_instruction(
        operation: UInt16(PK_MATMUL.rawValue), mode: UInt16(mode), payload: 0, n: UInt32(m), w: UInt32(n),
        dest: UInt32(c.place), a: places, b: 0, c: 0, d: 0))
  }

  /// D = Sᵀ for S of `rows` rows and `columns` columns.
  mutating func emitTransposition(_ rows: Int, _ columns: Int, _ s: Matrix, to d: Matrix) {
    emit(PK_TRANSPOSE, n: rows, w: columns, dest: d.place, a: list([s.place, s.row, d.row]))
  }
}

extension Opcode {
  /// The kernel of an opcode with one operand.
  var unaryKernel: pk_operation? {
    switch self {
    case .negate: PK_NEGATE
    case .exp: PK_EXP
    case .expMinusOne: PK_EXPM1
    case .log: PK_LOG
    case .logOnePlus: PK_LOG1P
    case .sin: PK_SIN
    case .cos: PK_COS
    case .tan: PK_TAN
    case .sinh: PK_SINH
    case .cosh: PK_COSH
    case .tanh: PK_TANH
    case .asin: PK_ASIN
    case .acos: PK_ACOS
    case .atan: PK_ATAN
    case .asinh: PK_ASINH
    case .acosh: PK_ACOSH
    case .atanh: PK_ATANH
    case .sqrt: PK_SQRT
    case .integerPower: PK_INTEGER_POWER
    case .integerRoot: PK_INTEGER_ROOT
    case .erf: PK_ERF
    case .abs: PK_ABS
    case .relu: PK_RELU
    case .sigmoid: PK_SIGMOID
    case .softplus: PK_SOFTPLUS
    default: nil
    }
  }

  /// The kernel of an opcode with two operands.
  var binaryKernel: pk_operation? {
    switch self {
    case .add: PK_ADD
    case .subtract: PK_SUBTRACT
    case .multiply: PK_MULTIPLY
    case .divide: PK_DIVIDE
    case .chainProduct: PK_CHAIN_PRODUCT
    case .min: PK_MIN
    case .max: PK_MAX
    case .power: PK_POWER
    case .atan2: PK_ATAN2
    case .hypot: PK_HYPOT
    case .leakyRelu: PK_LEAKY_RELU
    default: nil
    }
  }
}
