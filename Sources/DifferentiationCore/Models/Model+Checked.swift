// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// A model that pairs weights with inputs and stops at the shorter list computes something, and says nothing. Here a
// length that does not fit is an error with both shapes.
extension Model {
  /// Throws unless there are as many parameters and inputs as the model has.
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` with what is expected and what was found.
  @inlinable @inline(__always)
  public func validate(parameterCount: Int, inputCount: Int) throws {
    if parameterCount == parameters.count, inputCount == self.inputCount { return }
    throw shapeError(parameterCount: parameterCount, inputCount: inputCount)
  }

  /// The outputs for one sample, with the lengths of parameters, input and outputs checked.
  ///
  /// The models of this package check what they are given themselves; this call is for a model of any origin.
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` with both shapes, and what the model throws.
  @inlinable
  public func checked<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let outputs = try self(parameters: parameters, input: input)
    if outputs.count == outputCount { return outputs }
    throw DifferentiationError.shape(
      what: "the outputs that \(specification) computed", expected: "\(outputCount)",
      found: "\(outputs.count)")
  }

  /// ``checked(parameters:input:)`` for whole arrays.
  @inlinable
  public func checked<S: DifferentiableScalar>(parameters: [S], input: [S]) throws -> [S] {
    try checked(parameters: parameters[...], input: input[...])
  }

  @usableFromInline @inline(never)
  func shapeError(parameterCount: Int, inputCount: Int) -> DifferentiationError {
    if inputCount != self.inputCount {
      return .shape(
        what: "the input of \(specification)", expected: "\(self.inputCount)", found: "\(inputCount)")
    }
    return .shape(
      what: "the parameters of \(specification)",
      expected: "\(parameters.count) (\(parameters.shapeSummary))", found: "\(parameterCount)")
  }
}

extension ParameterLayout {
  /// The blocks with their extents, `layers.0.weight[4,3], layers.0.bias[4]`; a long list is cut.
  var shapeSummary: String {
    let shown = groups.prefix(6).map { group in
      group.shape.isEmpty
        ? group.name : "\(group.name)[\(group.shape.map(String.init).joined(separator: ","))]"
    }
    return (groups.count > shown.count ? shown + ["…"] : shown).joined(separator: ", ")
  }
}
