// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: an entry is downcast without a check. The invariant: `ScalarTable.append` is called once for each
// shipped scalar in the order of `ShippedScalars.forEach`, so position `index(of: S.self)` holds an `Entry` of S's
// own closure type. A test calls every entry of every erased type.

/// One compiled call of a function, for one scalar type.
@usableFromInline
final class ScalarTableEntry<Call>: Sendable where Call: Sendable {
  @usableFromInline let call: Call

  @inlinable
  init(_ call: Call) { self.call = call }
}

/// The compiled calls of one function, in the order of `ShippedScalars`.
@usableFromInline
struct ScalarTable: Sendable {
  @usableFromInline var entries: [any AnyObject & Sendable] = []

  @inlinable
  init() {}

  @inlinable
  mutating func append<Call: Sendable>(_ call: Call) { entries.append(ScalarTableEntry(call)) }

  /// The call at a position of the list.
  @inlinable @inline(__always)
  func call<Call: Sendable>(_ index: Int, as: Call.Type) -> Call {
    unsafe unsafeDowncast(entries[index], to: ScalarTableEntry<Call>.self).call
  }
}
