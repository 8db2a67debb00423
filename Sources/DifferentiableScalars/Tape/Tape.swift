// SPDX-License-Identifier: Apache-2.0

/// A record of operations, for reverse mode: flat, swept by a loop, reused.
///
/// ```swift
/// let tape = Tape()
/// let x = tape.variables([2, 1.5])
/// let y = x[0] * x[1] + Variable.exp(x[0])
/// let adjoints = tape.adjoints(of: y)
/// let gradient = x.map { adjoints[$0] }
/// ```
///
/// Each operation on a ``Variable`` appends one node of 24 bytes: two parents and two partial derivatives; `sum`, `dot`
/// and `affine` append one for every two operands. The sweep of the chain rule goes once over the nodes from the end, without recursion: ten million operations are
/// as easy as ten. After ``reset()`` the memory serves the next recording.
///
/// A tape belongs to one task at a time.
public final class Tape {
  @usableFromInline let handle: TapeHandle

  /// An empty tape.
  @inlinable
  public init() { handle = TapeHeaderPool.take() }

  deinit { TapeHeaderPool.retire(handle) }

  /// Forgets all operations and keeps the memory. Variables recorded so far are no longer valid; using one makes
  /// ``misuse`` say so.
  @inlinable
  public func reset() {
    unsafe handle.header.pointee.generation &+= 1
    unsafe handle.header.pointee.count = 0
    unsafe handle.header.pointee.leadingLeaves = 0
    unsafe handle.header.pointee.hasLaterLeaves = false
    if unsafe !handle.header.pointee.statements.isEmpty {
      unsafe handle.header.pointee.statements.removeAll(keepingCapacity: true)
    }
    unsafe handle.header.pointee.misuse = nil
  }

  /// The number of nodes recorded, inputs included.
  public var count: Int { unsafe handle.header.pointee.count }

  /// What went wrong with this recording's variables, if anything did; its derivatives are then not to be used.
  public var misuse: TapeMisuse? { unsafe handle.header.pointee.misuse }

  /// A new independent variable.
  @inlinable
  public func variable(_ value: Double) -> Variable {
    let index = handle.pushLeaves(1)
    return Variable(
      value, index: UInt32(truncatingIfNeeded: index), generation: handle.generation, tape: handle)
  }

  /// New independent variables, with consecutive nodes.
  public func variables(_ values: [Double]) -> [Variable] {
    let handle = self.handle
    let generation = handle.generation
    let first = handle.pushLeaves(values.count)
    var index = UInt32(truncatingIfNeeded: first)
    return values.map { value in
      defer { index &+= 1 }
      return Variable(value, index: index, generation: generation, tape: handle)
    }
  }

  /// The recorded nodes in order, for display and tests.
  ///
  /// An operation of more than two operands takes several nodes, see ``statements``.
  public var nodes: [TapeNode] {
    unsafe Array(UnsafeBufferPointer(start: handle.header.pointee.nodes, count: handle.header.pointee.count))
  }

  /// The nodes of each operation that takes more than one: `sum`, `dot` and the rows of `affine`.
  ///
  /// The last of them is the operation's own, the one that a variable names; each holds two operands, and the adjoint of
  /// all is that of the last.
  public var statements: [ClosedRange<Int>] {
    unsafe handle.header.pointee.statements.map { Int($0.first)...Int($0.last) }
  }

  /// For each node the one whose adjoint it has: the last one of its statement, else itself.
  package var results: [Int] {
    var results = Array(0..<count)
    for statement in statements { for node in statement { results[node] = statement.upperBound } }
    return results
  }

  /// ∂output/∂node for every node: the reverse sweep, seeded with `seed` at the output.
  ///
  /// Cost: one pass over the recorded nodes.
  public func adjoints(of output: Variable, seed: Double = 1) -> Adjoints {
    adjoints(of: [(output, seed)])
  }

  /// Σ seedᵢ ∂outputᵢ/∂node for every node, in one sweep: the vector-Jacobian product.
  public func adjoints(of outputs: [(variable: Variable, seed: Double)]) -> Adjoints {
    var adjoints = Adjoints(count: unsafe handle.header.pointee.count)
    sweep(outputs, into: &adjoints)
    return adjoints
  }
}

/// The adjoints of a recording: ∂output/∂variable, read by variable.
public struct Adjoints: Sendable {
  @usableFromInline var values: [Double]
  @usableFromInline var tape: TapeHandle?
  @usableFromInline var generation: UInt32 = 0

  /// Room for a sweep over `count` nodes; it grows on demand.
  public init(count: Int = 0) { values = Array(repeating: 0, count: count) }

  mutating func clear(count: Int) {
    if values.count == count {
      unsafe values.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 0) }
    } else {
      values.removeAll(keepingCapacity: true)
      values.append(contentsOf: repeatElement(0, count: count))
    }
  }

  /// Copies the adjoints of the first nodes: those of the inputs, where they are what was recorded first.
  package func copyLeading(_ count: Int, into numbers: inout [Double]) {
    if numbers.count != count { numbers = Array(repeating: 0, count: count) }
    for i in 0..<count { numbers[i] = values[i] }
  }

  /// ∂output/∂variable; 0 for a constant and for a variable recorded after the sweep; NaN for a variable of another
  /// tape or recording, about which the sweep knows nothing.
  @inlinable
  public subscript(variable: Variable) -> Double {
    guard let owner = variable.tape else { return 0 }
    guard let tape, tape == owner, generation == variable.generation else { return .nan }
    let index = Int(variable.index)
    return index < values.count ? values[index] : 0
  }
}
