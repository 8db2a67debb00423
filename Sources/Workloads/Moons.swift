// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import RealModule

/// Micrograd's demonstration in scalars: a 2-16-16-1 network with relu and the hinge loss on two moons of 100 points.
///
///     L(p) = 1/100 Σ relu(1 - yᵢ score(xᵢ)) + 1e-4 Σ p²
public struct Moons: SampleTerm {
  /// The term.
  public init() {}

  /// relu(1 - y score(x)) for a sample (x₁, x₂, y).
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    var values = Array(sample.prefix(2))
    var position = parameters.startIndex
    for (layer, width) in [16, 16, 1].enumerated() {
      var next: [S] = []
      for _ in 0..<width {
        let bias = position + values.count
        var sum = parameters[bias]
        for (i, x) in values.enumerated() { sum += parameters[position + i] * x }
        next.append(layer < 2 ? S.relu(sum) : sum)
        position = bias + 1
      }
      values = next
    }
    return S.relu(1 - sample[sample.startIndex + 2] * values[0])
  }

  /// 1e-4 Σ p².
  public struct Penalty: ScalarField {
    /// The term.
    public init() {}

    /// The sum of squares, times 1e-4.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S { 1e-4 * S.dot(p, p) }
  }

  /// The loss with its 100 samples, and the 337 parameters.
  public static func workload() -> (loss: SampleSum, parameters: [Double]) {
    var numbers = WorkloadNumbers(seed: 1337)
    var points: [[Double]] = []
    for i in 0..<50 {
      let t = Double.pi * Double(i) / 49
      points.append([Double.cos(t), Double.sin(t), -1])
    }
    for i in 0..<50 {
      let t = Double.pi * Double(i) / 49
      points.append([1 - Double.cos(t), 0.5 - Double.sin(t), 1])
    }
    for i in points.indices {
      for j in 0..<2 { points[i][j] += 0.1 * numbers.normal() }
    }
    var parameters: [Double] = []
    for (inputs, outputs) in [(2, 16), (16, 16), (16, 1)] {
      for _ in 0..<outputs {
        for _ in 0..<inputs { parameters.append(2 * numbers.uniform() - 1) }
        parameters.append(0)
      }
    }
    let rows = SampleRows(points.flatMap { $0 }, width: 3, count: 100)
    return (SampleSum(Moons(), samples: rows, weight: 0.01, remainder: Penalty()), parameters)
  }
}
