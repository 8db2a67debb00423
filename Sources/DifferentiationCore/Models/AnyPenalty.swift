// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A penalty of any type, at full speed for each shipped scalar.
public struct AnyPenalty: Penalty {
  @usableFromInline let table: CallTable
  /// The penalty itself.
  public let base: any Penalty

  @inlinable
  init<P: Penalty>(compiling penalty: P) {
    table = CallTable(Compiler(penalty: penalty))
    base = penalty
  }

  /// The penalty, erased. Its calls were compiled where its type was declared.
  @inlinable
  public init(_ penalty: some Penalty) { self = penalty.erased }

  /// The base's.
  public var specification: String { base.specification }
  /// Itself.
  @inlinable public var erased: AnyPenalty { self }

  /// The penalty on the parameters.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool]) throws -> S {
    guard let call = table.call(for: S.self, as: (@Sendable ([S], [Bool]) throws -> S).self)
    else { return try base(parameters, isWeight: isWeight) }
    return try call(parameters, isWeight)
  }

  @usableFromInline
  struct Compiler<P: Penalty>: CallCompiler {
    @usableFromInline let penalty: P
    @inlinable init(penalty: P) { self.penalty = penalty }
    @inlinable
    func compile<S: DifferentiableScalar>(_ scalar: S.Type, into table: inout CallTable) {
      let penalty = self.penalty
      let call: @Sendable ([S], [Bool]) throws -> S = { try penalty($0, isWeight: $1) }
      table.append(call)
    }
  }
}

extension Penalty {
  /// The penalty with its call compiled for each shipped scalar.
  @inlinable public var erased: AnyPenalty { AnyPenalty(compiling: self) }
}
