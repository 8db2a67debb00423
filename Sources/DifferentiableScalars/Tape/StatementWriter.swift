// SPDX-License-Identifier: Apache-2.0
//
// Unsafe: it writes nodes beyond the tape's count. The invariant: `init` makes room for as many operands as will come,
// nothing else is recorded before `finish`, and only `finish` moves the count.

/// Writes one operation of many operands: two of them a node, the last node is the operation's own.
@usableFromInline @safe
struct StatementWriter {
  @usableFromInline let owner: Variable
  @usableFromInline let tape: TapeHandle
  /// The recording's generation; -1, which no operand has, where `owner` is of an earlier one.
  @usableFromInline let generation: Int
  @usableFromInline let start: Int
  @usableFromInline var position: Int
  /// An operand that waits for another one to share its node.
  @usableFromInline var waiting: (index: UInt32, partial: Double)?
  /// An operand of another tape or recording.
  @usableFromInline var foreign: Variable?

  /// Begins an operation on the tape of `owner`, one of its operands.
  ///
  /// - Parameter operands: the largest number of operands that may come.
  @inlinable
  init?(_ owner: Variable?, operands: Int) {
    guard let owner, let tape = owner.tape else { return nil }
    self.owner = owner
    self.tape = tape
    let isCurrent = tape.generation == owner.generation
    generation = isCurrent ? Int(owner.generation) : -1
    if isCurrent { tape.reserve(operands / 2 &+ 1) } else { foreign = owner }
    start = unsafe tape.header.pointee.count
    position = start
  }

  /// Adds an operand; a constant is none.
  @inlinable @inline(__always)
  mutating func append(_ x: Variable, _ partial: Double) {
    guard let other = x.tape else { return }
    guard _fastPath(other == tape && Int(x.generation) == generation) else {
      foreign = x
      return
    }
    if let (index, first) = waiting {
      write(TapeNode(x.index, partial, index, first))
      waiting = nil
    } else {
      waiting = (x.index, partial)
    }
  }

  /// Adds the factors of a product, of which the sweep takes the first one first.
  @inlinable @inline(__always)
  mutating func appendProduct(_ x: Variable, _ y: Variable) {
    append(y, x.value)
    append(x, y.value)
  }

  @inlinable @inline(__always)
  mutating func write(_ node: TapeNode) {
    unsafe tape.header.pointee.nodes[position] = node
    position &+= 1
  }

  /// Ends the operation: its result.
  @inlinable
  mutating func finish(_ value: Double) -> Variable {
    if let foreign { return .misused(owner, foreign) }
    if let (index, partial) = waiting {
      write(TapeNode(index, partial, UInt32(truncatingIfNeeded: position), 0))
      waiting = nil
    }
    if position == start { return Variable(value) }
    unsafe tape.header.pointee.count = position
    let last = position &- 1
    if last > start { unsafe tape.header.pointee.statements.append(TapeStatement(first: start, last: last)) }
    return Variable(
      value, index: UInt32(truncatingIfNeeded: last), generation: owner.generation, tape: tape)
  }
}
