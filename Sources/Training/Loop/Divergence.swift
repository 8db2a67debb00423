// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Where and how a training left the region of finite, falling losses.
public struct Divergence: Sendable, Codable, Equatable, CustomStringConvertible {
  /// What was seen.
  public enum Sign: String, Sendable, Codable {
    /// The loss of a batch is not finite.
    case loss
    /// A component of the gradient is not finite.
    case gradient
    /// A parameter is not finite after a step.
    case parameter
    /// The loss of a batch is more than a million times that at the start.
    case growth
  }

  /// What was seen.
  public var sign: Sign
  /// The number of the step, from 1.
  public var step: Int
  /// The number of the epoch, from 1.
  public var epoch: Int
  /// The parameter concerned: the first that is not finite, or the one with the largest gradient.
  public var parameter: String
  /// What is not finite, or the loss.
  public var value: Double
  /// The learning rate of the step.
  public var learningRate: Double

  /// What happened, where, and what to do.
  public var description: String {
    if sign == .gradient {
      return "training stopped at step \(step) (epoch \(epoch)): the gradient's component for \(parameter) is \(value) "
        + "although the loss is finite; look at it by several methods (difftool gradient --method all), take another "
        + "--differentiator, or, where all methods say so, lower the learning rate (\(learningRate) now), clip the gradient's norm, or scale the inputs"
    }
    let what =
      switch sign {
      case .loss: "the loss is \(value); the largest gradient is that of \(parameter)"
      case .gradient: "the gradient's component for \(parameter) is \(value) although the loss is finite"
      case .parameter: "the step made \(parameter) \(value)"
      case .growth:
        "the loss has grown to \(value), over a million times that at the start; "
          + "the largest gradient is that of \(parameter)"
      }
    return "training diverged at step \(step) (epoch \(epoch)): \(what); lower the learning rate "
      + "(\(learningRate) now), clip the gradient's norm, or scale the inputs"
  }
}

/// Looks for numbers that are not finite, at the cost of a sum.
enum Finiteness {
  /// The position of the first number that is not finite.
  static func firstBad(_ numbers: [Double]) -> Int? {
    // A finite number times 0 is 0; only an infinite or undefined one leaves NaN. Four sums, so that none waits.
    var sums = SIMD4<Double>(repeating: 0)
    var i = 0
    while i &+ 4 <= numbers.count {
      sums += SIMD4(numbers[i], numbers[i &+ 1], numbers[i &+ 2], numbers[i &+ 3]) * 0
      i &+= 4
    }
    for number in numbers[i...] { sums[0] += number * 0 }
    guard sums != SIMD4(repeating: 0) else { return nil }
    return numbers.firstIndex { !$0.isFinite }
  }

  /// The position of the number that is largest in size; one that is not a number counts as larger than all.
  static func largest(_ numbers: [Double]) -> Int {
    var best = 0
    for (index, number) in numbers.enumerated() {
      if number.isNaN { return index }
      if number.magnitude > numbers[best].magnitude { best = index }
    }
    return best
  }
}
