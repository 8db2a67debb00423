// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: an entry is downcast without a check. The invariant: `CallTable.init` visits the shipped scalars in the
// order of `ShippedScalars` and a compiler appends one call for each, so position `index(of: S.self)` holds the
// closure type of S. A test calls every entry of every erased type.

/// Compiles the call of one function for one scalar at a time, for types that erase a generic call.
public protocol CallCompiler {
  /// Appends the call, specialised for `scalar`.
  func compile<S: DifferentiableScalar>(_ scalar: S.Type, into table: inout CallTable)
}

/// One compiled call.
@usableFromInline
final class CallTableEntry<Call: Sendable>: Sendable {
  @usableFromInline let call: Call

  @inlinable
  init(_ call: Call) { self.call = call }
}

/// The compiled calls of one function, one for each shipped scalar.
public struct CallTable: Sendable {
  @usableFromInline var entries: [any AnyObject & Sendable] = []

  /// Compiles a call for every shipped scalar.
  @inlinable
  public init(_ compiler: some CallCompiler) { ShippedScalars.compile(compiler, into: &self) }

  /// Appends the next scalar's call.
  @inlinable
  public mutating func append<Call: Sendable>(_ call: Call) { entries.append(CallTableEntry(call)) }

  /// Equal for copies of one erasure; as long as one of them lives, no other has it.
  package var identity: ObjectIdentifier { ObjectIdentifier(entries[0]) }

  /// The call for a scalar; nil for a scalar that is not shipped. `Call` is the closure type given to `append`.
  @inlinable @inline(__always)
  public func call<S: DifferentiableScalar, Call: Sendable>(for scalar: S.Type, as: Call.Type) -> Call? {
    let index = ShippedScalars.index(of: S.self)
    guard index >= 0 else { return nil }
    return unsafe unsafeDowncast(entries[index], to: CallTableEntry<Call>.self).call
  }
}
