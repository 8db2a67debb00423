// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting

/// All methods over all reference functions.
package struct Accuracy: Sendable {
  /// First derivatives, method by method.
  package let first: [MethodMeasurement]
  /// Second derivatives, likewise, of the methods that give them.
  package let second: [MethodMeasurement]
  /// The functions' identifiers with their formulas.
  package let functions: [(id: String, formula: String)]

  /// Measures every method of a catalog.
  package init(
    _ catalog: Catalog<any Differentiator>, functions: [ReferenceFunction] = ReferenceFunctions.all,
    target: (ReferenceFunction) -> TargetFunction = { TargetFunction($0.function) }
  ) throws {
    let methods = try MeasuredMethod.all(in: catalog)
    self.functions = functions.map { ($0.id, $0.formula) }
    first = methods.map { MethodMeasurement($0, order: 1, functions: functions, target: target) }
    second = methods.filter(\.traits.secondOrder).map {
      MethodMeasurement($0, order: 2, functions: functions, target: target)
    }
  }

  /// Both orders.
  package var all: [MethodMeasurement] { first + second }
}
