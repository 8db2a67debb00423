// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A number recorded on a ``Tape``: the scalar of reverse mode.
///
/// 24 bytes: the value, the index of its node, the tape. A constant has no tape, costs nothing and leaves no
/// node; an operation on a constant and a variable has one parent.
///
/// A variable is good until its tape is reset or freed. Used later, it gives NaN, and ``Tape/misuse`` of its tape and of
/// any other tape in the operation says why; the differentiators turn that into an error.
public struct Variable: ChainRuleScalar {
  /// The value.
  public let value: Double
  @usableFromInline let index: UInt32
  @usableFromInline let generation: UInt32
  @usableFromInline let tape: TapeHandle?

  @inlinable @inline(__always)
  init(_ value: Double, index: UInt32, generation: UInt32, tape: TapeHandle) {
    self.value = value
    self.index = index
    self.generation = generation
    self.tape = tape
  }

  /// A constant: it has no node.
  @inlinable @inline(__always)
  public init(_ constant: Double) {
    value = constant
    index = 0
    generation = 0
    tape = nil
  }

  /// The value.
  @inlinable @inline(__always) public var primal: Double { value }

  /// Whether the number has a node, and so a derivative.
  @inlinable @inline(__always) public var isRecorded: Bool { tape != nil }

  /// The index of the node among ``Tape/nodes``; nil for a constant.
  public var nodeIndex: Int? { isRecorded ? Int(index) : nil }

  @inlinable @inline(__always)
  static func record(_ value: Double, _ x: Variable, _ slope: Double) -> Variable {
    guard let tape = x.tape else { return Variable(value) }
    guard _fastPath(tape.generation == x.generation) else { return misused(x) }
    return Variable(value, index: tape.push(x.index, slope), generation: x.generation, tape: tape)
  }

  @inlinable @inline(__always)
  static func record(_ value: Double, _ x: Variable, _ dx: Double, _ y: Variable, _ dy: Double) -> Variable {
    guard let tape = x.tape else { return record(value, y, dy) }
    guard let other = y.tape else { return record(value, x, dx) }
    guard _fastPath(tape == other && x.generation == y.generation && tape.generation == x.generation) else {
      return misused(x, y)
    }
    return Variable(value, index: tape.push(x.index, dx, y.index, dy), generation: x.generation, tape: tape)
  }

  /// Reports a variable that outlived its recording.
  @usableFromInline @inline(never)
  static func misused(_ x: Variable) -> Variable {
    x.tape?.report(.variableOutlivedTape, of: x.generation)
    return Variable(.nan)
  }

  /// Reports two variables that do not go together.
  @usableFromInline @inline(never)
  static func misused(_ x: Variable, _ y: Variable) -> Variable {
    let outlived = x.hasOutlivedTape || y.hasOutlivedTape
    for variable in [x, y] {
      variable.tape?.report(outlived ? .variableOutlivedTape : .variablesOfTwoTapes, of: variable.generation)
    }
    return Variable(.nan)
  }

  /// Whether the tape has forgotten the variable.
  @usableFromInline var hasOutlivedTape: Bool { tape.map { $0.generation != generation } ?? false }

  /// f(x), recorded with f′(x).
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R, _ x: Variable) -> Variable {
    let y = rule.value(x.value)
    if !x.isRecorded { return Variable(y) }
    return record(y, x, rule.slope(x.value, value: y))
  }

  /// f(x, y), recorded with both partial derivatives.
  @inlinable @inline(__always)
  public static func apply<R: BinaryRule>(_ rule: R, _ x: Variable, _ y: Variable) -> Variable {
    let z = rule.value(x.value, y.value)
    let (dx, dy) = rule.slopes(x.value, y.value, value: z)
    return record(z, x, dx, y, dy)
  }

  /// The sum; partials 1 and 1.
  @inlinable @inline(__always)
  public static func + (x: Variable, y: Variable) -> Variable { record(x.value + y.value, x, 1, y, 1) }

  /// The difference; partials 1 and -1.
  @inlinable @inline(__always)
  public static func - (x: Variable, y: Variable) -> Variable { record(x.value - y.value, x, 1, y, -1) }

  /// The negation; partial -1.
  @inlinable @inline(__always)
  public static prefix func - (x: Variable) -> Variable { record(-x.value, x, -1) }

  /// x · y, with 0 · ∞ = 0; a constant 0 as a factor leaves no node.
  @inlinable @inline(__always)
  public static func chainProduct(_ x: Variable, _ y: Variable) -> Variable {
    if (y.value == 0 && !y.isRecorded) || (x.value == 0 && !x.isRecorded) { return Variable(0) }
    return record(Double.chainProduct(x.value, y.value), x, y.value, y, x.value)
  }
}
