// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What the models of a curve y(x) share: one input, one output, any real number.
public protocol CurveModel: Model {
  /// The registry's entry.
  static var entry: CatalogEntry<AnyModel> { get }
}

extension CurveModel {
  /// One.
  @inlinable public var inputCount: Int { 1 }
  /// One.
  @inlinable public var outputCount: Int { 1 }
  /// Any real number.
  @inlinable public var outputKind: OutputKind { .real }
  /// The entry's name; a model with options says them, too.
  public var specification: String { Self.entry.name }
}
