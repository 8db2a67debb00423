// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A sum of rectified lines, y = Σ max(mᵢ x + bᵢ, 0).
///
/// With enough terms it comes as near as wanted to any convex curve made of straight pieces. It has a kink where a
/// line crosses zero; the slope there is 0, as of ``/DifferentiableScalars/DifferentiableScalar/relu(_:)``. One input,
/// one output.
public struct ReluSum: CurveModel {
  /// m1, b1, m2, b2, ….
  public let parameters: ParameterLayout
  /// The number of terms.
  public let count: Int
  /// The name with the count.
  public let specification: String

  /// A sum of `count` terms.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a count out of range.
  public init(count: Int = 2) throws {
    specification = try Self.entry.options(with: ["count": .integer(count)]).writtenOut
    self.count = count
    parameters = ParameterLayout(
      (1...count).flatMap {
        [ParameterGroup("m\($0)", role: .weight), ParameterGroup("b\($0)", role: .bias)]
      })
  }

  /// [Σ max(mᵢ x + bᵢ, 0)], added in order.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let x = input[input.startIndex]
    var index = parameters.startIndex
    var total = S.relu(parameters[index] * x + parameters[index + 1])
    while index + 2 < parameters.endIndex {
      index += 2
      total += S.relu(parameters[index] * x + parameters[index + 1])
    }
    return [total]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry(
      "relu-sum", summary: "sum of rectified lines max(m x + b, 0)",
      options: [.integer("count", default: 2, in: 1...10_000, "number of rectified lines")]
    ) { try ReluSum(count: $0.integer("count")).erased }
  }
}
