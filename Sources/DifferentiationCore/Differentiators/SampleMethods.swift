// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A differentiator that runs gradient descent over batches by itself, without a call of its caller's a step.
///
/// For functions of a few numbers a call costs more than the derivative.
public protocol BatchDescending: Differentiator {
  /// Gradient descent on a mean over batches, in the order of the samples: θ ← θ - rate · ∇ mean f(θ, x) for each batch.
  ///
  /// - Parameters:
  ///   - term: f, the term of one sample.
  ///   - samples: the x of every sample, a row each.
  ///   - batch: samples of a batch; the last may have fewer.
  ///   - rate: the learning rate.
  ///   - epochs: how often all samples are gone through.
  ///   - x: θ; the last point on return.
  /// - Returns: the mean over the last batch before its step.
  /// - Throws: what the term throws.
  func descend(
    _ term: AnySampleTerm, over samples: SampleRows, batch: Int, rate: Double, epochs: Int, from x: inout [Double]
  ) throws -> Double
}

/// A differentiator that differentiates one vector function at many points at once.
public protocol JacobianMapping: Differentiator {
  /// Value and Jacobian at every row: the m values, then the m · `variables` derivatives, row of the Jacobian by row.
  ///
  /// - Parameters:
  ///   - f: a function of as many numbers as a row has.
  ///   - rows: the points, a row each.
  ///   - variables: how many of these, from the first, it is differentiated by; the others are constants.
  ///   - results: replaced by the results, row after row.
  /// - Throws: what the function throws.
  func jacobians(of f: AnyVectorFunction, at rows: SampleRows, variables: Int, into results: inout [Double]) throws
}
