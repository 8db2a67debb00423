// SPDX-License-Identifier: Apache-2.0

/// A function Rⁿ → R of any type, at full speed for each shipped scalar.
///
/// A scalar that somebody else wrote works too; its calls are not specialised and cost 70 to 500 times more.
public struct AnyScalarField: ScalarField {
  @usableFromInline let table: CallTable
  /// The function itself.
  public let base: any ScalarField

  @inlinable
  init<F: ScalarField>(compiling f: F) {
    table = CallTable(Compiler(f: f))
    base = f
  }

  /// The function, erased. Its calls were compiled where its type was declared.
  @inlinable
  public init(_ f: some ScalarField) { self = f.erased }

  /// Calls the function.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    guard let call = table.call(for: S.self, as: (@Sendable ([S]) throws -> S).self) else { return try base(x) }
    return try call(x)
  }

  /// Equal for copies of one erasure.
  package var identity: ObjectIdentifier { table.identity }

  /// Itself.
  @inlinable public var erased: AnyScalarField { self }

  @usableFromInline
  struct Compiler<F: ScalarField>: CallCompiler {
    @usableFromInline let f: F
    @inlinable init(f: F) { self.f = f }
    @inlinable
    func compile<S: DifferentiableScalar>(_ scalar: S.Type, into table: inout CallTable) {
      let f = self.f
      let call: @Sendable ([S]) throws -> S = { try f($0) }
      table.append(call)
    }
  }
}

extension ScalarField {
  /// The function with its call compiled for each shipped scalar.
  @inlinable public var erased: AnyScalarField { AnyScalarField(compiling: self) }
}
