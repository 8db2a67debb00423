// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

extension Workload {
  /// Value and gradient of a scalar function.
  ///
  /// - Parameter costLimit: how many evaluations a repetition may cost; methods that need one for every input are left
  ///   out above it.
  static func gradient(
    _ name: String, _ summary: String, _ f: AnyScalarField, at x: [Double], _ reference: WorkloadReference,
    costLimit: Int = 400
  ) -> Workload {
    Workload(
      name: name, summary: "value and gradient of \(summary)", inputCount: x.count, plain: { try f(x) },
      repetition: { method in
        guard method.traits.mode == .reverse || x.count <= costLimit else { return nil }
        let memory = GradientMemory()
        return {
          let value = try method.gradient(of: f, at: x, into: &memory.gradient)
          return WorkloadResult(value: value, numbers: memory.gradient)
        }
      }, reference: reference)
  }

  /// Gradient descent over batches in file order.
  static func descent(
    _ name: String, _ summary: String, _ term: some SampleTerm, samples: SampleRows, from start: [Double], batch: Int,
    rate: Double, epochs: Int, reference: WorkloadReference, isLossOfAll: Bool
  ) -> Workload {
    let erased = term.erased
    return Workload(
      name: name, summary: summary, inputCount: start.count, plain: nil,
      repetition: { method in
        guard method.traits.mode != .differences else { return nil }
        let batches = stride(from: 0, to: samples.count, by: batch).map { first in
          SampleSum(
            erased, samples: samples.selecting(first..<min(first + batch, samples.count)),
            weight: 1 / Double(min(batch, samples.count - first))
          ).erased
        }
        let all = SampleSum(erased, samples: samples, weight: 1 / Double(samples.count))
        let memory = GradientMemory()
        return {
          var x = start
          var value = 0.0
          for _ in 0..<epochs {
            for f in batches {
              value = try method.gradient(of: f, at: x, into: &memory.gradient)
              for i in x.indices { x[i] -= rate * memory.gradient[i] }
            }
          }
          return WorkloadResult(value: isLossOfAll ? try all(x) : value, numbers: x)
        }
      }, reference: reference)
  }
}

/// Memory that is kept from repetition to repetition; a repetition is run by one task at a time.
final class GradientMemory: @unchecked Sendable {
  var gradient: [Double] = []
  private(set) var end: [Double] = []

  /// Where a step of gradient descent ends.
  func step(from x: [Double], rate: Double) {
    if end.count != x.count { end = x }
    for i in x.indices { end[i] = x[i] - rate * gradient[i] }
  }
}
