// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A loss of any type, at full speed for each shipped scalar.
public struct AnyLoss: Loss {
  @usableFromInline let table: CallTable
  /// The loss itself.
  public let base: any Loss

  @inlinable
  init<L: Loss>(compiling loss: L) {
    table = CallTable(Compiler(loss: loss))
    base = loss
  }

  /// The loss, erased. Its calls were compiled where its type was declared.
  @inlinable
  public init(_ loss: some Loss) { self = loss.erased }

  /// The base's.
  public var specification: String { base.specification }
  /// The base's.
  public var targetEncoding: TargetEncoding { base.targetEncoding }
  /// The base's.
  public var acceptedOutputs: Set<OutputKind> { base.acceptedOutputs }
  /// The base's.
  public var minimumOutputs: Int { base.minimumOutputs }
  /// Itself.
  @inlinable public var erased: AnyLoss { self }

  /// The loss of one sample.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    prediction: ArraySlice<S>, target: ArraySlice<S>
  ) throws -> S {
    guard let call = table.call(for: S.self, as: (@Sendable (ArraySlice<S>, ArraySlice<S>) throws -> S).self)
    else { return try base(prediction: prediction, target: target) }
    return try call(prediction, target)
  }

  @usableFromInline
  struct Compiler<L: Loss>: CallCompiler {
    @usableFromInline let loss: L
    @inlinable init(loss: L) { self.loss = loss }
    @inlinable
    func compile<S: DifferentiableScalar>(_ scalar: S.Type, into table: inout CallTable) {
      let loss = self.loss
      let call: @Sendable (ArraySlice<S>, ArraySlice<S>) throws -> S = { try loss(prediction: $0, target: $1) }
      table.append(call)
    }
  }
}

extension Loss {
  /// The loss with its call compiled for each shipped scalar.
  @inlinable public var erased: AnyLoss { AnyLoss(compiling: self) }
}
