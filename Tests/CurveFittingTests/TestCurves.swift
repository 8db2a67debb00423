// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import RandomStreams
import RealModule

/// a·exp(-b·x) + c
struct Decay: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let first = parameters.startIndex
    return parameters[first] * S.exp(-parameters[first + 1] * sample[sample.startIndex]) + parameters[first + 2]
  }

  static let curve = Curve("decay", Decay(), parameters: ["a", "b", "c"], formula: "y = a*exp(-b*x) + c")
  static let start = ["a": 1.0, "b": 1.0, "c": 0.0]
}

/// a·b·x: only the product is determined.
struct Product: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let first = parameters.startIndex
    return parameters[first] * parameters[first + 1] * sample[sample.startIndex]
  }

  static let curve = Curve("product", Product(), parameters: ["a", "b"])
}

/// a + b·x
struct Straight: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let first = parameters.startIndex
    return parameters[first] + parameters[first + 1] * sample[sample.startIndex]
  }

  static let curve = Curve("straight", Straight(), parameters: ["a", "b"])
  static let start = ["a": 0.0, "b": 0.0]
}

/// y = 2.5·exp(-1.3·x) + 0.5 with normal noise.
func decayData(_ count: Int, noise: Double = 0.1, seed: UInt64 = 1) -> (x: [Double], y: [Double]) {
  var source = NamedStreams(seed: seed).generator(for: .noise)
  let x = (0..<count).map { 4 * Double($0) / Double(count) }
  return (x, x.map { 2.5 * Double.exp(-1.3 * $0) + 0.5 + noise * source.normal() })
}

/// Whether two numbers are equal to so many digits.
func agree(_ a: Double, _ b: Double, digits: Double = 9) -> Bool {
  (a - b).magnitude <= Double.pow(10, -digits) * max(a.magnitude, b.magnitude)
}
