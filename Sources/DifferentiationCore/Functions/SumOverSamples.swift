// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A scalar function that is a weighted sum of one term over samples, and says so:
///
///     F(θ) = w Σᵢ f(θ, xᵢ) + r(θ)
///
/// Every method differentiates it as it stands. One that can replay a recording of a single sample does so, and needs
/// neither time nor memory to record the others.
public protocol SumOverSamples: ScalarField {
  /// f, the term of one sample.
  var term: AnySampleTerm { get }

  /// Calls `body` with the samples xᵢ and the weight w as they are now.
  ///
  /// Where `positions` is given, the sum goes over the samples at these, in this order; else over all.
  func withSamples<Result>(
    _ body: (SampleRows, _ positions: ArraySlice<Int>?, _ weight: Double) throws -> Result
  ) rethrows -> Result

  /// r, what does not depend on samples; nil for 0.
  var remainder: AnyScalarField? { get }
}

/// A sum over samples that are given once and for all.
public struct SampleSum: SumOverSamples {
  /// The term of one sample.
  public let term: AnySampleTerm
  /// The samples.
  public let samples: SampleRows
  /// The weight of each.
  public let weight: Double
  /// What does not depend on samples.
  public let remainder: AnyScalarField?

  /// A sum over samples; `weight` 1/n makes it a mean.
  public init(_ term: some SampleTerm, samples: SampleRows, weight: Double = 1, remainder: (any ScalarField)? = nil) {
    self.term = term.erased
    self.samples = samples
    self.weight = weight
    self.remainder = remainder?.erased
  }

  /// The samples and their weight.
  public func withSamples<Result>(
    _ body: (SampleRows, ArraySlice<Int>?, Double) throws -> Result
  ) rethrows -> Result {
    try body(samples, nil, weight)
  }

  /// F(θ), sample after sample.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    let call = term.call(for: S.self)
    let all = parameters[...]
    var row = Array(repeating: S(0.0), count: samples.width)
    var total: S = 0
    for i in 0..<samples.count {
      var position = 0
      for block in samples.blocks {
        for number in block.numbers[(i * block.width)..<((i + 1) * block.width)] {
          row[position] = S(number)
          position += 1
        }
      }
      total += try call(all, row[...])
    }
    total = S(weight) * total
    if let remainder { total += try remainder(parameters) }
    return total
  }
}
