// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The derivative of a sample's term along a direction, as a term of its own: its gradient is the term's Hessian times
/// the direction, and the term's gradient.
///
///     g(θ, v; x) = ∇f(θ; x) · v,  ∂g/∂θ = ∇²f v,  ∂g/∂v = ∇f
struct DirectionalTerm: SampleTerm {
  /// f.
  let term: AnySampleTerm

  /// g, for parameters that are θ, then v.
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) throws -> S {
    let half = parameters.count / 2
    let middle = parameters.startIndex + half
    let point = (0..<half).map { Dual(parameters[parameters.startIndex + $0], tangent: parameters[middle + $0]) }
    let row = sample.map { Dual(constant: $0) }
    return try term.call(for: Dual<S>.self)(point[...], row[...]).tangent
  }
}

extension CompiledEngine {
  /// ∇²F(x) v for a sum over samples, by panels; nil where no recording is the term, or not F's remainder.
  func hessianVectorProduct(of sum: any SumOverSamples, at x: [Double], along v: [Double]) throws -> [Double]? {
    let term = sum.term
    let directional = directionalTerms.element(for: term.identity, keeping: term) { DirectionalTerm(term: term).erased }
    let programs = sumPrograms(for: directional)
    let point = x + v
    var total = point.map { _ in 0.0 }
    let holds = try sum.withSamples { samples, positions, weight in
      var isDue = false
      let value = try programs.gradient(
        at: point, samples: samples, positions: positions, weight: weight, adding: &total, isDue: &isDue)
      guard let value else { return false }
      return try !isDue
        || programs.isStillTheTerm(at: point, samples: samples, positions: positions, weight: weight, sum: value)
    }
    guard holds else { return nil }
    var row = Array(total[..<x.count])
    if let remainder = sum.remainder {
      let second = secondOrderProgram(for: remainder)
      guard let (_, more) = try second.product(remainder, at: x, along: v) else { return nil }
      for i in row.indices { row[i] += more[i] }
    }
    return row
  }
}
