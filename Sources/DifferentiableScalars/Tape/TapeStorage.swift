// SPDX-License-Identifier: Apache-2.0
//
// The tape's memory. With `TapeSweep.swift` and `StatementWriter.swift` it is all of reverse mode's unsafe code.
//
// Why pointers. The same tape kept in the properties of a final class costs 15 ns an operation instead of 2.5,
// because every access from another module pays a dynamic exclusivity check. A header behind a pointer does not.
//
// Invariants
// - `nodes` points to `capacity` nodes; the first `count` are initialised.
// - A parent's index is smaller than its child's, so one pass from the end visits children before parents. Where a
//   node has no (second) parent, the index is the node's own with partial 0: the sweep needs no branch, and there is
//   no common sink through which all its additions would have to wait for each other (that costs a third).
// - An operation with more than two operands takes several nodes in a row, two operands each. `statements` has their
//   ranges in ascending order; the last node of a range is the operation's own, and all of them share its adjoint.
// - A header is never freed, only recycled, and its generation repeats only after 2³² recordings: a variable that
//   outlives its tape still finds a header, sees another generation, and is told apart instead of reading foreign
//   memory.
// - One tape is used by one task at a time; `Tape` is not `Sendable`.

internal import Synchronization

/// One operation: two parents and the two partial derivatives. 24 bytes.
@frozen
public struct TapeNode: Sendable {
  /// The index of the first parent; the node's own where there is none.
  public let first: UInt32
  /// The index of the second parent; the node's own where there is none.
  public let second: UInt32
  /// ∂node/∂first.
  public let firstPartial: Double
  /// ∂node/∂second.
  public let secondPartial: Double

  @inlinable @inline(__always)
  init(_ first: UInt32, _ firstPartial: Double, _ second: UInt32, _ secondPartial: Double) {
    self.first = first
    self.second = second
    self.firstPartial = firstPartial
    self.secondPartial = secondPartial
  }
}

/// An operation that takes several nodes: the first and the last of them.
@frozen @usableFromInline
struct TapeStatement: Sendable {
  @usableFromInline let first: UInt32
  @usableFromInline let last: UInt32

  @inlinable
  init(first: Int, last: Int) {
    self.first = UInt32(truncatingIfNeeded: first)
    self.last = UInt32(truncatingIfNeeded: last)
  }
}

/// What the operations need of the tape, at a fixed address.
@usableFromInline @unsafe
struct TapeHeader {
  @usableFromInline var nodes: UnsafeMutablePointer<TapeNode>
  @usableFromInline var count: Int
  @usableFromInline var capacity: Int
  /// The number of leaves before the first operation: the sweep ends there.
  @usableFromInline var leadingLeaves: Int
  /// Whether there are leaves after the first operation.
  @usableFromInline var hasLaterLeaves = false
  /// The operations of several nodes.
  @usableFromInline var statements: [TapeStatement] = []
  @usableFromInline var generation: UInt32
  /// The generation at which the present tape took the header over: variables before it are of another tape.
  @usableFromInline let firstGeneration: UInt32
  /// Set when a variable of an earlier generation or of another tape was used with this one.
  @usableFromInline var misuse: TapeMisuse?

  @usableFromInline
  init(generation: UInt32) {
    unsafe nodes = UnsafeMutablePointer<TapeNode>.allocate(capacity: 64)
    unsafe capacity = 64
    unsafe count = 0
    unsafe leadingLeaves = 0
    unsafe self.generation = generation
    unsafe self.firstGeneration = generation
  }
}

/// How a variable was used wrongly.
public enum TapeMisuse: Sendable, Equatable {
  /// A variable was used after the tape that recorded it had been reset or freed.
  case variableOutlivedTape
  /// Variables of two tapes met in one operation.
  case variablesOfTwoTapes
}

/// A header's address. It may be sent between tasks (the pool does); one task at a time uses it.
@usableFromInline @safe
struct TapeHandle: @unchecked Sendable {
  @usableFromInline let header: UnsafeMutablePointer<TapeHeader>

  @inlinable @inline(__always)
  init(_ header: UnsafeMutablePointer<TapeHeader>) { unsafe self.header = unsafe header }

  /// Appends leaves and returns the index of the first.
  @usableFromInline
  func pushLeaves(_ leaves: Int) -> Int {
    let start = unsafe header.pointee.count
    reserve(leaves)
    for index in start..<(start + leaves) {
      let own = UInt32(truncatingIfNeeded: index)
      unsafe header.pointee.nodes[index] = TapeNode(own, 0, own, 0)
    }
    unsafe header.pointee.count = start + leaves
    if unsafe start == header.pointee.leadingLeaves {
      unsafe header.pointee.leadingLeaves += leaves
    } else if leaves > 0 {
      unsafe header.pointee.hasLaterLeaves = true
    }
    return start
  }

  /// Appends a node with one parent and returns its index.
  @inlinable @inline(__always)
  func push(_ first: UInt32, _ firstPartial: Double) -> UInt32 {
    let index = reserve()
    unsafe header.pointee.nodes[Int(index)] = TapeNode(first, firstPartial, index, 0)
    return index
  }

  /// Appends a node with two parents and returns its index.
  @inlinable @inline(__always)
  func push(_ first: UInt32, _ firstPartial: Double, _ second: UInt32, _ secondPartial: Double) -> UInt32 {
    let index = reserve()
    unsafe header.pointee.nodes[Int(index)] = TapeNode(first, firstPartial, second, secondPartial)
    return index
  }

  @inlinable @inline(__always)
  func reserve() -> UInt32 {
    let index = unsafe header.pointee.count
    if _slowPath(unsafe index == header.pointee.capacity) { grow(to: index &+ 1) }
    unsafe header.pointee.count = index &+ 1
    return UInt32(truncatingIfNeeded: index)
  }

  /// Room for so many more nodes.
  @inlinable @inline(__always)
  func reserve(_ more: Int) {
    let needed = unsafe header.pointee.count &+ more
    if _slowPath(unsafe needed > header.pointee.capacity) { grow(to: needed) }
  }

  /// Doubles the capacity at least. An index has 32 bits: more than four thousand million operations (96 GiB) end here.
  @usableFromInline @inline(never)
  func grow(to needed: Int) {
    let old = unsafe header.pointee.capacity
    let new = Swift.min(Swift.max(old * 2, needed), Int(UInt32.max))
    precondition(new >= needed, "the tape is full: more than \(old) operations in one recording")
    let nodes = UnsafeMutablePointer<TapeNode>.allocate(capacity: new)
    unsafe nodes.moveInitialize(from: header.pointee.nodes, count: header.pointee.count)
    unsafe header.pointee.nodes.deallocate()
    unsafe header.pointee.nodes = unsafe nodes
    unsafe header.pointee.capacity = new
  }

  @inlinable @inline(__always)
  var generation: UInt32 { unsafe header.pointee.generation }

  /// Whether two handles are of one tape.
  @inlinable @inline(__always)
  static func == (x: TapeHandle, y: TapeHandle) -> Bool { unsafe x.header == y.header }

  /// Whether two handles are of two tapes.
  @inlinable @inline(__always)
  static func != (x: TapeHandle, y: TapeHandle) -> Bool { !(x == y) }

  @usableFromInline @inline(never)
  func report(_ misuse: TapeMisuse, of generation: UInt32) {
    // A header that has passed to another tape since: that one has done nothing wrong.
    if unsafe generation >= header.pointee.firstGeneration { unsafe header.pointee.misuse = misuse }
  }
}

/// Retired headers, kept for the next tape: the one piece of shared state, and it holds no derivative.
@usableFromInline
enum TapeHeaderPool {
  private static let retired = Mutex<[TapeHandle]>([])

  @usableFromInline
  static func take() -> TapeHandle {
    if let handle = retired.withLock({ $0.popLast() }) {
      unsafe handle.header.pointee = unsafe TapeHeader(generation: handle.header.pointee.generation)
      return handle
    }
    let header = UnsafeMutablePointer<TapeHeader>.allocate(capacity: 1)
    unsafe header.initialize(to: unsafe TapeHeader(generation: 1))
    return unsafe TapeHandle(header)
  }

  @usableFromInline
  static func retire(_ handle: TapeHandle) {
    unsafe handle.header.pointee.generation &+= 1
    unsafe handle.header.pointee.nodes.deallocate()
    unsafe handle.header.pointee.count = 0
    unsafe handle.header.pointee.capacity = 0
    retired.withLock { $0.append(handle) }
  }
}
