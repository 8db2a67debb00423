// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The polynomial y = a0 + a1 x + … + an xⁿ, evaluated by Horner's scheme.
///
/// One input, one output. 2n operations an evaluation, n being the degree.
public struct Polynomial: CurveModel {
  /// a0, the offset, then the coefficients of x, x², ….
  public let parameters: ParameterLayout
  /// The highest power.
  public let degree: Int
  /// The name with the degree.
  public let specification: String

  /// A polynomial of this degree; degree 0 is a constant.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a degree out of range.
  public init(degree: Int = 3) throws {
    specification = try Self.entry.options(with: ["degree": .integer(degree)]).writtenOut
    self.degree = degree
    parameters = ParameterLayout(
      (0...degree).map { ParameterGroup("a\($0)", role: $0 == 0 ? .bias : .weight) })
  }

  /// [a0 + x (a1 + x (a2 + …))].
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let x = input[input.startIndex]
    var index = parameters.endIndex - 1
    var value = parameters[index]
    while index > parameters.startIndex {
      index -= 1
      value = value * x + parameters[index]
    }
    return [value]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry(
      "polynomial", summary: "y = a0 + a1 x + … by Horner's scheme",
      options: [.integer("degree", default: 3, in: 0...100, "highest power of x")]
    ) { try Polynomial(degree: $0.integer("degree")).erased }
  }
}
