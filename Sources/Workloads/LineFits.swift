// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Two small fits of the same noisy line: y = 3x + 2.
public enum LineFits {
  /// xᵢ = -1 + 2i/99, yᵢ = 3xᵢ + 2 + 0.1 normal.
  public static func samples() -> SampleRows {
    var numbers = WorkloadNumbers(seed: 11)
    var rows: [Double] = []
    for i in 0..<100 {
      let x = -1 + 2 * Double(i) / 99
      rows += [x, 3 * x + 2 + 0.1 * numbers.normal()]
    }
    return SampleRows(rows, width: 2, count: 100)
  }

  /// (m x + c - y)².
  public struct Line: SampleTerm {
    /// The term.
    public init() {}

    /// The squared residual.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
      let r = p[p.startIndex] * sample[sample.startIndex] + p[p.startIndex + 1] - sample[sample.startIndex + 1]
      return r * r
    }
  }

  /// (w₂ (w₀ x + w₁) + w₃ - y)²: two neurons in a chain.
  public struct Chain: SampleTerm {
    /// The term.
    public init() {}

    /// The squared residual.
    @inlinable
    public func callAsFunction<S: DifferentiableScalar>(parameters w: ArraySlice<S>, sample: ArraySlice<S>) -> S {
      let i = w.startIndex
      let r =
        w[i + 2] * (w[i] * sample[sample.startIndex] + w[i + 1]) + w[i + 3] - sample[sample.startIndex + 1]
      return r * r
    }

    /// Where it starts.
    public static let start = [0.5, 0.1, -0.3, 0.2]
    /// Where one epoch of 100 updates at rate 0.01 ends.
    public static let end = [0.263889514576161, -0.382530484248713, -0.201691587871421, 2.58877761673498]
  }
}
