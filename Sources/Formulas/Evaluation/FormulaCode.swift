// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// An expression as straight-line code: each instruction names its operands and writes one slot.
///
/// Operands are read where they are (a parameter, a column, a constant, an earlier result), so that a call moves nothing
/// and needs one array for the results. Rejected: a stack machine, which copies every operand first.
struct FormulaCode: Sendable {
  /// What an instruction does; the operands are a, b, c, d.
  enum Opcode: UInt8, Sendable {
    case copy, negate, add, subtract, multiply, divide, power, integerPower
    case exp, exp2, exp10, expm1, log, log2, log10, log1p, sqrt, cbrt, abs
    case sin, cos, tan, sec, csc, cot, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
    case erf, sign, sigmoid, softplus, logsigmoid, relu, atan2, hypot, clamp, min, max
    /// a < b ? c : d.
    case choose
    /// Whether neither a nor b is NaN, as 1 or 0.
    case ordered
  }

  /// Where a number comes from.
  struct Operand: Sendable {
    enum Source: UInt8, Sendable { case parameter, column, constant, slot }
    let source: Source
    let index: Int32
    init(_ source: Source, _ index: Int) {
      self.source = source
      self.index = Int32(index)
    }
  }

  /// One instruction; operands that it does not take repeat the first.
  struct Instruction: Sendable {
    let opcode: Opcode
    let a: Operand
    let b: Operand
    let c: Operand
    let d: Operand
    let slot: Int32
  }

  var instructions: [Instruction] = []
  var constants: [Double] = []
  var slotCount = 0
  var result = Operand(.constant, 0)

  /// The value for parameters and columns of the lengths that the code was made for.
  ///
  /// The optimiser does not specialise so large a function by itself for the deeper scalars, and a generic call costs
  /// a hundred times more: the list is that of the shipped scalars.
  @_specialize(where S == Double)
  @_specialize(where S == Dual<Double>)
  @_specialize(where S == BatchedDual<SIMD8<Double>>)
  @_specialize(where S == Variable)
  @_specialize(where S == ComplexStep)
  @_specialize(where S == Dual<Dual<Double>>)
  @_specialize(where S == Dual<BatchedDual<SIMD8<Double>>>)
  @_specialize(where S == Dual<Variable>)
  @_specialize(where S == Dual<ComplexStep>)
  @_specialize(where S == Traced)
  func run<S: DifferentiableScalar>(_ parameters: ArraySlice<S>, _ columns: ArraySlice<S>) -> S {
    var slots = [S](repeating: 0, count: slotCount)
    func value(_ operand: Operand) -> S {
      let index = Int(operand.index)
      switch operand.source {
      case .parameter: return parameters[parameters.startIndex + index]
      case .column: return columns[columns.startIndex + index]
      case .constant: return S(constants[index])
      case .slot: return slots[index]
      }
    }
    for instruction in instructions {
      let a = value(instruction.a)
      let y: S
      switch instruction.opcode {
      case .copy: y = a
      case .negate: y = -a
      case .add: y = a + value(instruction.b)
      case .subtract: y = a - value(instruction.b)
      case .multiply: y = a * value(instruction.b)
      case .divide: y = a / value(instruction.b)
      case .power: y = S.pow(a, value(instruction.b))
      case .integerPower: y = S.pow(a, Int(instruction.b.index))
      case .choose:
        y = S.select(a, isLessThan: value(instruction.b), then: value(instruction.c), else: value(instruction.d))
      case .ordered: y = FormulaCode.ordered(a, value(instruction.b))
      case .atan2: y = S.atan2(y: a, x: value(instruction.b))
      case .hypot: y = S.hypot(a, value(instruction.b))
      case .min: y = S.min(a, value(instruction.b))
      case .max: y = S.max(a, value(instruction.b))
      case .clamp: y = S.clamp(a, lower: value(instruction.b), upper: value(instruction.c))
      default: y = FormulaCode.unary(instruction.opcode, a)
      }
      slots[Int(instruction.slot)] = y
    }
    return value(result)
  }

  /// 1 where neither is NaN: the larger one, which is NaN where one of them is, is above -∞ or below ∞.
  @inline(__always)
  private static func ordered<S: DifferentiableScalar>(_ a: S, _ b: S) -> S {
    let larger = S.max(a, b).detached
    return S.select(
      S(-Double.infinity), isLessThan: larger, then: 1,
      else: S.select(larger, isLessThan: S(Double.infinity), then: 1, else: 0))
  }

  @inline(__always)
  private static func unary<S: DifferentiableScalar>(_ opcode: Opcode, _ x: S) -> S {
    switch opcode {
    case .exp: S.exp(x)
    case .exp2: S.pow(2, x)
    case .exp10: S.pow(10, x)
    case .expm1: S.expMinusOne(x)
    case .log: S.log(x)
    case .log2: S.log(x) / S(0.6931471805599453)
    case .log10: S.log(x) / S(2.302585092994046)
    case .log1p: S.log(onePlus: x)
    case .sqrt: S.sqrt(x)
    case .cbrt: S.root(x, 3)
    case .abs: S.abs(x)
    case .sin: S.sin(x)
    case .cos: S.cos(x)
    case .tan: S.tan(x)
    case .sec: 1 / S.cos(x)
    case .csc: 1 / S.sin(x)
    case .cot: S.cos(x) / S.sin(x)
    case .asin: S.asin(x)
    case .acos: S.acos(x)
    case .atan: S.atan(x)
    case .sinh: S.sinh(x)
    case .cosh: S.cosh(x)
    case .tanh: S.tanh(x)
    case .asinh: S.asinh(x)
    case .acosh: S.acosh(x)
    case .atanh: S.atanh(x)
    case .erf: S.erf(x)
    // A NaN is neither above nor below 0 and stays one; 0 keeps its value and loses its slope.
    case .sign: S.select(x, isLessThan: 0, then: -1, else: S.select(0, isLessThan: x, then: 1, else: x.detached))
    case .sigmoid: S.sigmoid(x)
    case .softplus: S.softplus(x)
    case .logsigmoid: S.logSigmoid(x)
    case .relu: S.relu(x)
    default: x
    }
  }
}
