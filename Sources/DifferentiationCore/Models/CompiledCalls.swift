// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// For loops over samples: the call is looked up once, before the loop, and not once a sample.

extension AnyModel {
  /// The call for a scalar: compiled for a shipped one, generic for another.
  @inlinable
  public func call<S: DifferentiableScalar>(
    for scalar: S.Type
  ) -> @Sendable (_ parameters: ArraySlice<S>, _ input: ArraySlice<S>) throws -> [S] {
    typealias Call = @Sendable (ArraySlice<S>, ArraySlice<S>) throws -> [S]
    if let call = table.call(for: S.self, as: Call.self) { return call }
    let base = self.base
    return { try base(parameters: $0, input: $1) }
  }
}

extension AnyLoss {
  /// The call for a scalar: compiled for a shipped one, generic for another.
  @inlinable
  public func call<S: DifferentiableScalar>(
    for scalar: S.Type
  ) -> @Sendable (_ prediction: ArraySlice<S>, _ target: ArraySlice<S>) throws -> S {
    typealias Call = @Sendable (ArraySlice<S>, ArraySlice<S>) throws -> S
    if let call = table.call(for: S.self, as: Call.self) { return call }
    let base = self.base
    return { try base(prediction: $0, target: $1) }
  }
}
