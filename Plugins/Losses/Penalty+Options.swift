// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

extension Penalty {
  /// The parameters that are penalised: all, or the weights alone.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable @inline(__always)
  func penalised<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool], biases: Bool) throws -> [S] {
    try validate(parameterCount: parameters.count, roleCount: isWeight.count)
    return biases ? parameters : zip(parameters, isWeight).filter(\.1).map(\.0)
  }
}

/// The options that every penalty has.
enum PenaltyOptions {
  static var all: [OptionSpecification] {
    [
      .number("weight", default: 1e-4, in: 0...1e9, "factor"),
      .flag("biases", default: true, "whether biases are penalised too"),
    ]
  }

  static func values(weight: Double, biases: Bool) -> KeyValuePairs<String, OptionValue> {
    ["weight": .number(weight), "biases": .flag(biases)]
  }
}
