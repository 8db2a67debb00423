// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

extension Workload {
  /// The Jacobian of the residuals of every observation by its 15 variables, and the derivative -2w of its weight's term.
  ///
  /// Collecting the variables of an observation is part of a repetition.
  static var bundleAdjustment: Workload {
    let problem = BundleAdjustment()
    let f = BundleAdjustment.Residuals().erased
    let count = BundleAdjustment.observationCount
    return Workload(
      name: "ba", summary: "the Jacobians of 31843 observations of bundle adjustment", inputCount: 15,
      plain: {
        var sum = 0.0
        for i in 0..<count {
          var row = problem.variables(i)
          row += problem.features[(2 * i)..<(2 * i + 2)]
          let e = try f(row)
          sum += e[0] + e[1]
        }
        return sum
      },
      repetition: { method in
        guard let method = method as? any JacobianMapping else { return nil }
        let memory = JacobianMemory()
        return {
          let rows = problem.rows()
          try method.jacobians(of: f, at: rows, variables: 15, into: &memory.results)
          let results = memory.results
          return WorkloadResult(value: results[0]) {
            var numbers: [Double] = []
            for i in 0..<count {
              numbers += results[(32 * i + 2)..<(32 * i + 32)]
              numbers.append(-2 * problem.weights[i])
            }
            return numbers
          }
        }
      },
      reference: WorkloadReference(first: 228.881445899288, last: -0.833989993409639, norm: 269732.335668942))
  }
}

/// Memory that is kept from repetition to repetition; a repetition is run by one task at a time.
private final class JacobianMemory: @unchecked Sendable {
  var results: [Double] = []
}
