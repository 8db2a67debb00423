// SPDX-License-Identifier: Apache-2.0

/// The base rate at every step: what an optimizer has until it is given another schedule.
public struct ConstantSchedule: Schedule {
  /// A constant schedule.
  public init() {}

  /// The specification that makes it again.
  public var specification: String { "constant" }

  /// The base rate.
  public func learningRate(at step: Int, base: Double) -> Double { base }
}
