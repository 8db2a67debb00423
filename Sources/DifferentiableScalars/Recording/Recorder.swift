// SPDX-License-Identifier: Apache-2.0

/// One operation of a recording: what it does and where its operands stand in the list of operands.
@frozen
public struct Operation: Sendable, Hashable {
  /// What it does.
  public var opcode: Opcode
  /// Position, exponent or number of products; see ``Opcode``.
  public var payload: Int32
  /// The position of the first operand in the recording's list of operands.
  public var start: UInt32
  /// The number of operands.
  public var count: UInt32

  /// An operation.
  @inlinable
  public init(_ opcode: Opcode, payload: Int32 = 0, start: UInt32 = 0, count: UInt32 = 0) {
    self.opcode = opcode
    self.payload = payload
    self.start = start
    self.count = count
  }
}

/// A comparison of recorded values that the code took a decision by: a recording is valid where it comes out the same.
@frozen
public struct Guard: Sendable, Hashable {
  /// What was asked.
  public enum Relation: UInt8, Sendable, CaseIterable {
    /// Whether x < y.
    case less
    /// Whether x = y.
    case equal
    /// The plain value was read: valid only where x has the same bits as y, or both are NaN.
    case identical
  }

  /// What was asked.
  public var relation: Relation
  /// The node x.
  public var left: UInt32
  /// The node y.
  public var right: UInt32
  /// The answer when it was recorded.
  public var outcome: Bool

  /// A guard.
  public init(_ relation: Relation, _ left: UInt32, _ right: UInt32, outcome: Bool) {
    self.relation = relation
    self.left = left
    self.right = right
    self.outcome = outcome
  }

  /// Whether the question has the same answer for these values.
  @inlinable
  public func holds(_ x: Double, _ y: Double) -> Bool {
    switch relation {
    case .less: (x < y) == outcome
    case .equal: (x == y) == outcome
    case .identical: x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
    }
  }
}

/// Why a function could not be recorded.
public enum RecordingObstacle: Error, Sendable, Equatable {
  /// It used a rule that has no opcode.
  case unknownRule(name: String)
  /// Numbers of two recordings met in one operation.
  case twoRecordings
  /// More operations than an index can count, or than the recorder was told to take.
  case tooLong(limit: Int)
}

/// What the operations on ``Traced`` numbers write: a flat list in the order of computation.
///
/// A recorder belongs to one task at a time.
public final class Recorder {
  /// The operations in order; an operand stands before its use.
  public private(set) var operations: [Operation] = []
  /// The operands of all operations, as positions of operations.
  public private(set) var operands: [UInt32] = []
  /// The value of each operation at the recorded point.
  public private(set) var values: [Double] = []
  /// The constants.
  public private(set) var constants: [Double] = []
  /// The matrices of parameters that layers multiply with.
  public private(set) var matrices: [WeightMatrix] = []
  /// The decisions that the code took.
  public private(set) var guards: [Guard] = []
  /// Why the recording is not to be used, if so.
  public private(set) var obstacle: RecordingObstacle?
  /// The largest number of operands and operations that is recorded.
  public let limit: Int

  private var constantNodes: [UInt64: UInt32] = [:]
  private var knownGuards: Set<Guard> = []

  /// An empty recording.
  public init(limit: Int = 1 << 30) { self.limit = limit }

  /// A parameter.
  public func parameter(_ index: Int, value: Double) -> Traced {
    Traced(value, node: append(.parameter, payload: index, [], value), recorder: self)
  }

  /// A number of the sample.
  public func data(_ index: Int, value: Double) -> Traced {
    Traced(value, node: append(.data, payload: index, [], value), recorder: self)
  }

  /// The node of a number; a constant gets one.
  public func node(of number: Traced) -> UInt32 {
    guard let owner = number.recorder else { return constant(number.value) }
    if owner !== self { obstacle = .twoRecordings }
    return owner === self ? number.node : constant(.nan)
  }

  /// x where a number was recorded as -x; nil for any other.
  public func negationOperand(of number: Traced) -> Traced? {
    guard number.recorder === self, operations[Int(number.node)].opcode == .negate else { return nil }
    let node = operands[Int(operations[Int(number.node)].start)]
    return Traced(values[Int(node)], node: node, recorder: self)
  }

  /// (c, x) where a number was recorded as c · x or as -x; nil for any other.
  public func constantFactor(of number: Traced) -> (factor: Double, number: Traced)? {
    if let x = negationOperand(of: number) { return (-1, x) }
    guard number.recorder === self, operations[Int(number.node)].opcode == .multiply else { return nil }
    let start = Int(operations[Int(number.node)].start)
    for (i, j) in [(0, 1), (1, 0)] where operations[Int(operands[start + i])].opcode == .constant {
      let node = operands[start + j]
      return (values[Int(operands[start + i])], Traced(values[Int(node)], node: node, recorder: self))
    }
    return nil
  }

  /// The position of a matrix in the list; it is entered if it is not there.
  func position(of matrix: WeightMatrix) -> Int {
    if let known = matrices.firstIndex(of: matrix) { return known }
    matrices.append(matrix)
    return matrices.count - 1
  }

  /// The position of the first of these numbers among the parameters; nil where they are not consecutive parameters.
  func parameterPosition(_ numbers: ArraySlice<Traced>) -> Int? {
    guard let first = numbers.first, first.recorder === self, operations[Int(first.node)].opcode == .parameter
    else { return nil }
    let position = operations[Int(first.node)].payload
    for (offset, number) in numbers.enumerated() {
      guard number.recorder === self else { return nil }
      let operation = operations[Int(number.node)]
      guard operation.opcode == .parameter, Int(operation.payload) == Int(position) + offset else { return nil }
    }
    return Int(position)
  }

  func constant(_ value: Double) -> UInt32 {
    if let node = constantNodes[value.bitPattern] { return node }
    let node = append(.constant, payload: constants.count, [], value)
    constants.append(value)
    constantNodes[value.bitPattern] = node
    return node
  }

  /// A hash of what an operation computes: equal for the same opcode on the same operands.
  public func expressionHash(of node: UInt32) -> Int {
    let operation = operations[Int(node)]
    var hasher = Hasher()
    hasher.combine(operation.opcode)
    hasher.combine(operation.payload)
    for operand in ordered(operation) { hasher.combine(operand) }
    return hasher.finalize()
  }

  /// Whether two operations have the same opcode and operands; the order of two does not count where it does not matter.
  public func computesTheSame(_ x: UInt32, _ y: UInt32) -> Bool {
    let a = operations[Int(x)]
    let b = operations[Int(y)]
    return a.opcode == b.opcode && a.payload == b.payload && a.count == b.count
      && ordered(a).elementsEqual(ordered(b))
  }

  private func ordered(_ operation: Operation) -> ArraySlice<UInt32> {
    let x = operands[Int(operation.start)..<Int(operation.start + operation.count)]
    switch operation.opcode {
    case .add, .multiply, .chainProduct, .hypot:
      return x[x.startIndex] <= x[x.startIndex + 1] ? x : [x[x.startIndex + 1], x[x.startIndex]]
    default: return x
    }
  }

  func append(_ opcode: Opcode, payload: Int = 0, _ nodes: [UInt32], _ value: Double) -> UInt32 {
    let start = operands.count
    operands.append(contentsOf: nodes)
    return finish(opcode, payload, start, value)
  }

  func append(_ opcode: Opcode, payload: Int = 0, _ x: UInt32, _ value: Double) -> UInt32 {
    let start = operands.count
    operands.append(x)
    return finish(opcode, payload, start, value)
  }

  func append(_ opcode: Opcode, _ x: UInt32, _ y: UInt32, _ value: Double) -> UInt32 {
    let start = operands.count
    operands.append(x)
    operands.append(y)
    return finish(opcode, 0, start, value)
  }

  private func finish(_ opcode: Opcode, _ payload: Int, _ start: Int, _ value: Double) -> UInt32 {
    if operations.count >= limit || operands.count >= limit {
      // What is over the limit is dropped; the recording says that it is not to be used.
      obstacle = .tooLong(limit: limit)
      operands.removeSubrange(start...)
      return 0
    }
    operations.append(
      Operation(
        opcode, payload: Int32(truncatingIfNeeded: payload), start: UInt32(start),
        count: UInt32(operands.count - start)))
    values.append(value)
    return UInt32(operations.count - 1)
  }

  func append(_ g: Guard) {
    if knownGuards.insert(g).inserted { guards.append(g) }
  }

  func report(_ obstacle: RecordingObstacle) { self.obstacle = obstacle }
}
