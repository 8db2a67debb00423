// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A number that writes down what is computed with it: the recorder's scalar.
///
/// It computes values as `Double` does and appends one operation a step to its ``Recorder``. A comparison, and any
/// reading of ``primal``, is recorded as a ``Guard``: the recording holds only where the answer is the same. A number
/// without a recorder is a constant.
public struct Traced: ChainRuleScalar {
  let value: Double
  let node: UInt32
  let recorder: Recorder?

  init(_ value: Double, node: UInt32, recorder: Recorder) {
    self.value = value
    self.node = node
    self.recorder = recorder
  }

  /// A constant.
  public init(_ constant: Double) {
    value = constant
    node = 0
    recorder = nil
  }

  /// It does not: a derivative is a recording of its own.
  public static var carriesDerivatives: Bool { false }

  /// The plain value. Code that reads it may decide by it, so the recording is valid for this value only.
  public var primal: Double {
    if let recorder { recorder.append(Guard(.identical, node, recorder.constant(value), outcome: true)) }
    return value
  }

  /// The value at the recorded point, for looking at: nothing is recorded.
  public var recordedValue: Double { value }

  /// Whether it is an operation of a recording, and no constant.
  public var isRecorded: Bool { recorder != nil }

  /// The number without derivative: an operation of its own.
  public var detached: Traced {
    guard let recorder else { return self }
    return Traced(value, node: recorder.append(.detach, node, value), recorder: recorder)
  }

  /// What tells one number of a recording from another: its operation, or the bits of a constant.
  public struct Identity: Hashable {
    let node: UInt32?
    let bits: UInt64
  }

  /// Equal for the same operation of a recording, and for equal constants.
  public var identity: Identity {
    isRecorded ? Identity(node: node, bits: 0) : Identity(node: nil, bits: value.bitPattern)
  }

  // MARK: Operations

  static func record(_ opcode: Opcode, payload: Int = 0, _ value: Double, _ x: Traced) -> Traced {
    guard let recorder = x.recorder else { return Traced(value) }
    return Traced(value, node: recorder.append(opcode, payload: payload, x.node, value), recorder: recorder)
  }

  static func record(_ opcode: Opcode, _ value: Double, _ x: Traced, _ y: Traced) -> Traced {
    guard let recorder = x.recorder ?? y.recorder else { return Traced(value) }
    let left = recorder.node(of: x)
    let right = recorder.node(of: y)
    return Traced(value, node: recorder.append(opcode, left, right, value), recorder: recorder)
  }

  static func record(_ opcode: Opcode, payload: Int = 0, _ value: Double, _ numbers: [Traced]) -> Traced {
    guard let recorder = numbers.lazy.compactMap(\.recorder).first else { return Traced(value) }
    let nodes = numbers.map { recorder.node(of: $0) }
    return Traced(value, node: recorder.append(opcode, payload: payload, nodes, value), recorder: recorder)
  }

  /// f(x), recorded under the rule's opcode.
  public static func apply<R: UnaryRule>(_ rule: R, _ x: Traced) -> Traced {
    let y = rule.value(x.value)
    guard let recorder = x.recorder else { return Traced(y) }
    guard let opcode = Opcode.of(rule) else {
      recorder.report(.unknownRule(name: rule.name))
      return Traced(y)
    }
    let payload = (rule as? IntegerPower)?.exponent ?? (rule as? IntegerRoot)?.index ?? 0
    if payload != Int(Int32(truncatingIfNeeded: payload)) {
      recorder.report(.unknownRule(name: rule.name))
      return Traced(y)
    }
    return record(opcode, payload: payload, y, x)
  }

  /// f(x, y), recorded under the rule's opcode.
  public static func apply<R: BinaryRule>(_ rule: R, _ x: Traced, _ y: Traced) -> Traced {
    let z = rule.value(x.value, y.value)
    guard let recorder = x.recorder ?? y.recorder else { return Traced(z) }
    guard let opcode = Opcode.of(rule) else {
      recorder.report(.unknownRule(name: rule.name))
      return Traced(z)
    }
    return record(opcode, z, x, y)
  }

  /// The sum.
  public static func + (x: Traced, y: Traced) -> Traced { record(.add, x.value + y.value, x, y) }

  /// The difference.
  public static func - (x: Traced, y: Traced) -> Traced { record(.subtract, x.value - y.value, x, y) }

  /// The negation.
  public static prefix func - (x: Traced) -> Traced { record(.negate, -x.value, x) }

  /// x y with 0 · ∞ = 0; a constant 0 as a factor gives 0.
  public static func chainProduct(_ x: Traced, _ y: Traced) -> Traced {
    if (!x.isRecorded && x.value == 0) || (!y.isRecorded && y.value == 0) { return Traced(0) }
    return record(.chainProduct, Double.chainProduct(x.value, y.value), x, y)
  }

  // MARK: Decisions

  private static func decide(_ relation: Guard.Relation, _ x: Traced, _ y: Traced, _ outcome: Bool) -> Bool {
    if let recorder = x.recorder ?? y.recorder {
      recorder.append(Guard(relation, recorder.node(of: x), recorder.node(of: y), outcome: outcome))
    }
    return outcome
  }

  /// Equality by value, recorded as a decision.
  public static func isEqual(_ x: Traced, _ y: Traced) -> Bool { decide(.equal, x, y, x.value == y.value) }

  /// Order by value, recorded as a decision.
  public static func isLess(_ x: Traced, _ y: Traced) -> Bool { decide(.less, x, y, x.value < y.value) }

  /// `a` where x < y by value, else `b`: recorded as one operation, without a decision.
  public static func select(_ x: Traced, isLessThan y: Traced, then a: Traced, else b: Traced) -> Traced {
    let isLess = x.value < y.value
    if !x.isRecorded, !y.isRecorded { return isLess ? a : b }
    return record(.select, (isLess ? a : b).value, [x, y, a, b])
  }

  // MARK: Array kernels

  /// Σ aₖ + Σ xᵢ yᵢ, as one operation.
  public static func accumulate(addends: [Traced], _ x: [Traced], _ y: [Traced]) -> Traced {
    precondition(x.count == y.count, "accumulate: \(x.count) elements against \(y.count)")
    var total = addends.first?.value
    for a in addends.dropFirst() { total = total.map { $0 + a.value } }
    for (u, v) in zip(x, y) {
      let product = u.value * v.value
      total = total.map { $0 + product } ?? product
    }
    return record(.accumulate, payload: x.count, total ?? 0, x + y + addends)
  }

  /// Σᵢ xᵢ, as one operation.
  public static func sum(_ x: ArraySlice<Traced>) -> Traced { accumulate(addends: Array(x), [], []) }

  /// Σᵢ xᵢ yᵢ, as one operation.
  public static func dot(_ x: ArraySlice<Traced>, _ y: ArraySlice<Traced>) -> Traced {
    accumulate(addends: [], Array(x), Array(y))
  }

  /// W x + b: one matrix product where W is large and of consecutive parameters, else one operation a row.
  public static func affine(
    weights: ArraySlice<Traced>, bias: ArraySlice<Traced>, input: ArraySlice<Traced>
  ) -> [Traced] {
    precondition(
      weights.count == bias.count * input.count,
      "affine: \(weights.count) weights for \(bias.count) outputs and \(input.count) inputs")
    if let rows = layer(weights: weights, bias: bias, input: input) { return rows }
    let x = Array(input)
    return bias.enumerated().map { row, b in
      let first = weights.startIndex + row * x.count
      return accumulate(addends: [b], Array(weights[first..<(first + x.count)]), x)
    }
  }

  /// log Σᵢ exp(xᵢ), as one operation.
  public static func logSumExp(_ x: ArraySlice<Traced>) -> Traced {
    record(.logSumExp, Double.logSumExp(x.map(\.value)), Array(x))
  }
}
