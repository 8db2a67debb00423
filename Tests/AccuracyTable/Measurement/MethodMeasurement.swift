// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting

/// One method over all reference functions, for derivatives of one order.
package struct MethodMeasurement: Sendable {
  /// The method.
  package let method: MeasuredMethod
  /// 1 or 2.
  package let order: Int
  /// All points, function by function.
  package let points: [PointMeasurement]

  /// Measures a method: f′ by `jacobian`, f″ by `hessian`.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - order: 1 or 2.
  ///   - functions: the reference functions.
  ///   - target: what is differentiated in place of a function; for trials with other values than this machine's.
  package init(
    _ method: MeasuredMethod, order: Int, functions: [ReferenceFunction] = ReferenceFunctions.all,
    target: (ReferenceFunction) -> TargetFunction = { TargetFunction($0.function) }
  ) {
    self.method = method
    self.order = order
    points = functions.flatMap { function in
      let f = target(function)
      return function.points.map { point in
        let result =
          order == 1
          ? try? method.differentiator.jacobian(of: f, at: [point.x])
          : try? method.differentiator.hessian(of: f, at: [point.x])
        let length = max(1, point.x.magnitude)
        return PointMeasurement(
          function: function.id, x: point.x,
          size: point.value.nearest.magnitude / (order == 1 ? length : length * length),
          exact: point.number(order: order),
          computed: result?.derivative ?? .nan,
          estimate: result?.gradientErrors?.first ?? (method.traits.estimatesError ? .nan : nil),
          evaluations: result?.evaluations ?? 0)
      }
    }
  }

  /// The points where the error is above the method's own estimate, or above the bound of an exact method.
  package var outside: [PointMeasurement] {
    let largest = Bounds(method, order: order).largestUnits ?? .infinity
    return points.filter { !($0.covered ?? true) || !($0.failed || $0.units <= largest) }
  }

  /// The points of one function.
  package func points(of function: String) -> [PointMeasurement] { points.filter { $0.function == function } }
}
