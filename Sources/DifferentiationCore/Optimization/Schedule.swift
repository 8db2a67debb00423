// SPDX-License-Identifier: Apache-2.0

/// A learning rate as a pure function of the step: it has no state, so nothing can be off by one after a
/// resume.
///
/// A step is one step of the optimizer (one mini-batch), not an epoch. A schedule is defined for every step
/// from 0, also past its end, and is never negative for a base rate that is not. A step below 0 counts as 0.
public protocol Schedule: Sendable {
  /// The specification that makes it again: `step:size=10,gamma=0.5`.
  var specification: String { get }

  /// The learning rate for step 0, 1, 2, … from the base rate.
  func learningRate(at step: Int, base: Double) -> Double
}
