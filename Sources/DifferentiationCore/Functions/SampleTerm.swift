// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// What one sample adds to a sum, written once for every scalar.
public protocol SampleTerm: Sendable {
  /// The term of one sample: a row of data.
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) throws -> S

  /// The term with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnySampleTerm { get }
}

/// A sample's term of any type, at full speed for each shipped scalar.
public struct AnySampleTerm: SampleTerm {
  @usableFromInline let table: CallTable
  /// The term itself.
  public let base: any SampleTerm

  @inlinable
  init<T: SampleTerm>(compiling term: T) {
    table = CallTable(Compiler(term: term))
    base = term
  }

  /// The term, erased. Its calls were compiled where its type was declared.
  @inlinable
  public init(_ term: some SampleTerm) { self = term.erased }

  /// Equal for copies of one erasure.
  package var identity: ObjectIdentifier { table.identity }

  /// Itself.
  @inlinable public var erased: AnySampleTerm { self }

  /// The term of one sample.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) throws -> S {
    try call(for: S.self)(parameters, sample)
  }

  /// The call for a scalar, for loops over samples: compiled for a shipped one, generic for another.
  @inlinable
  public func call<S: DifferentiableScalar>(
    for scalar: S.Type
  ) -> @Sendable (_ parameters: ArraySlice<S>, _ sample: ArraySlice<S>) throws -> S {
    typealias Call = @Sendable (ArraySlice<S>, ArraySlice<S>) throws -> S
    if let call = table.call(for: S.self, as: Call.self) { return call }
    let base = self.base
    return { try base(parameters: $0, sample: $1) }
  }

  @usableFromInline
  struct Compiler<T: SampleTerm>: CallCompiler {
    @usableFromInline let term: T
    @inlinable init(term: T) { self.term = term }
    @inlinable
    func compile<S: DifferentiableScalar>(_ scalar: S.Type, into table: inout CallTable) {
      let term = self.term
      let call: @Sendable (ArraySlice<S>, ArraySlice<S>) throws -> S = { try term(parameters: $0, sample: $1) }
      table.append(call)
    }
  }
}

extension SampleTerm {
  /// The term with its call compiled for each shipped scalar.
  @inlinable public var erased: AnySampleTerm { AnySampleTerm(compiling: self) }
}
