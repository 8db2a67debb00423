// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Shortens the gradient to the length `limit` if it is longer: g ← g · min(1, limit / (‖g‖ + 10⁻⁶)).
///
/// The norm is Euclidean over all parameters at once, so the direction stays. The 10⁻⁶ is PyTorch's
/// (`clip_grad_norm_`). A gradient with an infinite component or one that is not a number comes out with
/// components that are not numbers.
///
/// Pascanu, Mikolov and Bengio, *On the difficulty of training recurrent neural networks*,
/// doi:10.48550/arXiv.1211.5063.
public struct ClipByNorm: GradientTransform {
  /// The greatest length let through, in units of the gradient.
  public let limit: Double

  /// A limit above 0 for the length.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for another limit.
  public init(limit: Double) throws {
    try DifferentiationError.require(
      limit > 0 && limit.isFinite, "clip by norm", "clip-norm", limit, "a number above 0")
    self.limit = limit
  }

  /// For display.
  public var summary: String { "clip-norm(\(limit))" }

  /// Clips in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    var squares = 0.0
    for g in update { squares += g * g }
    if squares < .infinity {
      let factor = limit / (squares.squareRoot() + 1e-6)
      if factor < 1 {
        for i in update.indices { update[i] *= factor }
      }
    } else {
      clipWhereSquaresOverflow(&update)
    }
  }

  /// The squares have overflowed, or something is not finite. PyTorch's factor is 0 for the former, and the
  /// step would be lost in silence; relative to the largest component the length can be had.
  private func clipWhereSquaresOverflow(_ update: inout [Double]) {
    var largest = 0.0
    for g in update { largest = max(largest, g.magnitude) }
    var squares = 0.0
    for g in update { squares += (g / largest) * (g / largest) }
    let length = squares.squareRoot()
    if length <= limit / largest { return }
    for i in update.indices { update[i] = update[i] / largest * (limit / length) }
  }
}
