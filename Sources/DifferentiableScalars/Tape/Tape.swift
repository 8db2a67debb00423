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
/// Each operation on a ``Variable`` appends one node of 24 bytes: two parents and two partial derivatives. The
/// sweep of the chain rule goes once over the nodes from the end, without recursion: ten million operations are
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
    unsafe handle.header.pointee.misuse = nil
  }

  /// The number of nodes recorded, inputs included.
  public var count: Int { unsafe handle.header.pointee.count }

  /// What went wrong with this recording's variables, if anything did; its derivatives are then not to be used.
  public var misuse: TapeMisuse? { unsafe handle.header.pointee.misuse }

  /// A new independent variable.
  @inlinable
  public func variable(_ value: Double) -> Variable {
    Variable(value, index: handle.push(), tape: handle)
  }

  /// New independent variables, with consecutive nodes.
  @inlinable
  public func variables(_ values: [Double]) -> [Variable] { values.map { variable($0) } }

  /// The recorded nodes in order, for display and tests.
  public var nodes: [TapeNode] {
    unsafe Array(UnsafeBufferPointer(start: handle.header.pointee.nodes, count: handle.header.pointee.count))
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

  /// As ``adjoints(of:)``, into memory that the caller keeps from sweep to sweep.
  public func sweep(_ outputs: [(variable: Variable, seed: Double)], into adjoints: inout Adjoints) {
    let count = unsafe handle.header.pointee.count
    adjoints.clear(count: count)
    adjoints.tape = handle
    adjoints.generation = handle.generation
    for (variable, seed) in outputs where variable.isRecorded {
      guard let owner = variable.tape, owner == handle, variable.generation == handle.generation else {
        let foreign = variable.tape.map { $0 != handle && $0.generation == variable.generation } ?? false
        handle.report(foreign ? .variablesOfTwoTapes : .variableOutlivedTape, of: handle.generation)
        continue
      }
      adjoints.values[Int(variable.index)] += seed
    }
    unsafe adjoints.values.withUnsafeMutableBufferPointer { buffer in
      guard let adjoint = buffer.baseAddress else { return }
      let nodes = unsafe handle.header.pointee.nodes
      let leaves = unsafe handle.header.pointee.leadingLeaves
      var index = count - 1
      while index >= leaves {
        let a = unsafe adjoint[index]
        if a != 0 {
          let node = unsafe nodes[index]
          let first = node.firstPartial * a
          let second = node.secondPartial * a
          if _fastPath(first + second == first + second) {
            unsafe adjoint[Int(node.first)] += first
            unsafe adjoint[Int(node.second)] += second
          } else {
            // 0 · ∞ = 0.
            unsafe adjoint[Int(node.first)] += Double.chainProduct(node.firstPartial, a)
            unsafe adjoint[Int(node.second)] += Double.chainProduct(node.secondPartial, a)
          }
        }
        index &-= 1
      }
    }
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
