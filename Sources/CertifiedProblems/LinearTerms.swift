// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// b₀ + b₁ x + b₂ x² + …, or without b₀, by Horner's rule.
struct PowersTerm: SampleTerm {
  let hasIntercept: Bool

  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    var sum: S = 0
    for b in parameters.reversed() { sum = sum * x + b }
    return hasIntercept ? sum : sum * x
  }
}

/// b₀ + Σ bₖ xₖ.
struct LinearTerm: SampleTerm {
  let hasIntercept: Bool

  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    var sum: S = hasIntercept ? parameters[parameters.startIndex] : 0
    let weights = parameters.dropFirst(hasIntercept ? 1 : 0)
    for (b, x) in zip(weights, sample) { sum += b * x }
    return sum
  }
}
