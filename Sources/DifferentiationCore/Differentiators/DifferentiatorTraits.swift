// SPDX-License-Identifier: Apache-2.0

/// What a differentiator is and can do. Tests, the check and the command line ask here; nobody compares names.
public struct DifferentiatorTraits: Sendable, Codable, Equatable {
  /// Which way derivatives travel.
  public enum Mode: String, Sendable, Codable {
    /// Along with the values: one direction a pass.
    case forward
    /// Back from the output: one output a pass.
    case reverse
    /// By quotients of values.
    case differences
    /// Not computed here: given with the function.
    case given
  }

  /// How close the result is.
  public enum Accuracy: Sendable, Codable, Equatable {
    /// To roundoff.
    case exact
    /// A truncation error of this order in the step, and cancellation below it.
    case truncated(order: Int)
  }

  /// Forward, reverse, differences or given.
  public let mode: Mode
  /// Exact to roundoff, or the order of truncation.
  public let accuracy: Accuracy
  /// Takes functions that are known only on plain numbers.
  public let takesBlackBoxes: Bool
  /// Gives Hessians and Hessian-vector products.
  public let secondOrder: Bool
  /// Reports an error estimate for every component.
  public let estimatesError: Bool
  /// Shares its derivative rules with other methods of the same family, so that one wrong rule fools them all.
  public let ruleFamily: String

  /// Prepares a function at the first call and is fast from the second on: worth it where there are many.
  public let preparesFunctions: Bool

  /// States the traits.
  public init(
    mode: Mode, accuracy: Accuracy, takesBlackBoxes: Bool = false, secondOrder: Bool = true,
    estimatesError: Bool = false, preparesFunctions: Bool = false, ruleFamily: String
  ) {
    self.mode = mode
    self.accuracy = accuracy
    self.takesBlackBoxes = takesBlackBoxes
    self.secondOrder = secondOrder
    self.estimatesError = estimatesError
    self.preparesFunctions = preparesFunctions
    self.ruleFamily = ruleFamily
  }
}
