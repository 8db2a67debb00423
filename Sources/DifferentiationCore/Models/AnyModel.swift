// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A model of any type, at full speed for each shipped scalar.
public struct AnyModel: Model {
  @usableFromInline let table: CallTable
  /// The model itself.
  public let base: any Model

  @inlinable
  init<M: Model>(compiling model: M) {
    table = CallTable(Compiler(model: model))
    base = model
  }

  /// The model, erased. Its calls were compiled where its type was declared.
  @inlinable
  public init(_ model: some Model) { self = model.erased }

  /// The base's.
  public var specification: String { base.specification }
  /// The base's.
  public var parameters: ParameterLayout { base.parameters }
  /// The base's.
  public var inputCount: Int { base.inputCount }
  /// The base's.
  public var outputCount: Int { base.outputCount }
  /// The base's.
  public var outputKind: OutputKind { base.outputKind }
  /// Itself.
  @inlinable public var erased: AnyModel { self }

  /// The outputs for one sample.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    guard let call = table.call(for: S.self, as: (@Sendable (ArraySlice<S>, ArraySlice<S>) throws -> [S]).self)
    else { return try base(parameters: parameters, input: input) }
    return try call(parameters, input)
  }

  @usableFromInline
  struct Compiler<M: Model>: CallCompiler {
    @usableFromInline let model: M
    @inlinable init(model: M) { self.model = model }
    @inlinable
    func compile<S: DifferentiableScalar>(_ scalar: S.Type, into table: inout CallTable) {
      let model = self.model
      let call: @Sendable (ArraySlice<S>, ArraySlice<S>) throws -> [S] = { try model(parameters: $0, input: $1) }
      table.append(call)
    }
  }
}

extension Model {
  /// The model with its call compiled for each shipped scalar.
  @inlinable public var erased: AnyModel { AnyModel(compiling: self) }
}
