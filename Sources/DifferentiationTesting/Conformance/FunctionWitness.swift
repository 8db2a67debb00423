// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import RandomStreams

/// Two questions to generic code: does every scalar see the same function, and does a derivative get through it?
///
/// Generic code can go wrong in one way that its values never show: a number is taken out of its scalar (`primal`) and put
/// back as a constant, and its derivative is lost.
struct FunctionWitness {
  let function: AnyVectorFunction

  init(_ function: some VectorFunction) { self.function = function.erased }

  /// The first shipped scalar whose values differ from those of `Double`, with both.
  func scalarThatDisagrees(at x: [Double]) throws -> (scalar: String, expected: [Double], found: [Double])? {
    let expected = try function(x)
    let tape = Tape()
    let candidates: [(String, [Double])] = [
      ("Dual", try function(x.map { Dual<Double>($0, tangent: 1) }).map(\.primal)),
      ("BatchedDual", try function(x.map { BatchedDual8($0) }).map(\.primal)),
      ("Variable", try function(tape.variables(x)).map(\.primal)),
      ("ComplexStep", try function(x.map { ComplexStep.variable($0) }).map(\.primal)),
      ("Dual<Dual>", try function(x.map { Dual<Dual<Double>>($0) }).map(\.primal)),
    ]
    for (scalar, found) in candidates {
      let same = found.count == expected.count && zip(found, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
      if !same { return (scalar, expected, found) }
    }
    return nil
  }

  /// The derivative at x along d of a weighted sum of the outputs, by dual numbers and by quotients; nil at a kink,
  /// where the quotients of both sides differ.
  func slopes(at x: [Double], along d: [Double]) throws -> (dual: Double, quotient: Double, agree: Bool)? {
    let y = try function(zip(x, d).map { Dual<Double>($0, tangent: $1) })
    let dual = y.enumerated().reduce(0) { $0 + weight($1.offset) * $1.element.tangent }
    func along(_ t: Double) throws -> Double {
      let y = try function(zip(x, d).map { $0 + t * $1 })
      return y.enumerated().reduce(0) { $0 + weight($1.offset) * $1.element }
    }
    let center = try along(0)
    let h = 0x1p-16
    let (left, right) = ((center - (try along(-h))) / h, ((try along(h)) - center) / h)
    let quotient = try RiddersQuotient(along)
    let size = max(dual.magnitude, quotient.slope.magnitude, center.magnitude)
    // Between the sides of a smooth function lies h f″; at a kink, a jump of the slope.
    if (left - right).magnitude > 1e-2 * max(left.magnitude, right.magnitude, 1e-3 * size) { return nil }
    let allowed = 4 * quotient.error + 1e-7 * size
    return (dual, quotient.slope, (dual - quotient.slope).magnitude <= allowed)
  }

  /// ∂(weighted sum of the outputs)/∂xⱼ for all j, by the tape.
  func gradient(at x: [Double]) throws -> [Double] {
    let tape = Tape()
    let inputs = tape.variables(x)
    let outputs = try function(inputs).enumerated().map { ($1, weight($0)) }
    let adjoints = tape.adjoints(of: outputs.map { (variable: $0.0, seed: $0.1) })
    return inputs.map { adjoints[$0] }
  }

  /// Weights of the outputs: unequal, so that nothing cancels in a sum of probabilities.
  private func weight(_ k: Int) -> Double { 1 + 0.75 * Double(k % 7) }
}

/// f′(0) by central quotients with steps from 2⁻⁵ down, extrapolated to step 0; an error estimate beside it.
///
/// C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), Advances in Engineering Software 4 (1982),
/// doi:10.1016/S0141-1195(82)80057-0.
struct RiddersQuotient {
  private(set) var slope = Double.nan
  private(set) var error = Double.infinity

  init(_ f: (Double) throws -> Double) throws {
    var previous: [Double] = []
    for k in 0..<8 {
      let h = Double.pow(2, -5 - k)
      var row = [(try f(h) - f(-h)) / (2 * h)]
      for (order, older) in previous.enumerated() {
        let factor = Double.pow(4, order + 1)
        let better = (factor * row[order] - older) / (factor - 1)
        let spread = max((better - row[order]).magnitude, (better - older).magnitude)
        row.append(better)
        if spread < error { (slope, error) = (better, spread) }
      }
      previous = row
    }
  }
}

/// Reproducible numbers for the suites' points.
struct SuitePoints {
  private var random: Xoshiro256

  init(_ index: Int) { random = NamedStreams(seed: 2026).generator(for: .points, index: UInt64(index)) }

  /// Numbers in [-bound, bound).
  mutating func uniform(_ count: Int, bound: Double = 1) -> [Double] {
    (0..<count).map { _ in random.uniform(in: -bound..<bound) }
  }

  /// Numbers in [low, high).
  mutating func uniform(_ count: Int, from low: Double, to high: Double) -> [Double] {
    (0..<count).map { _ in random.uniform(in: low..<high) }
  }
}
