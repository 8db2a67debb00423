// SPDX-License-Identifier: Apache-2.0

/// Why samples cannot be divided into the parts asked for.
public enum SplitError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A fraction that is not in [0, 1).
  case fraction(part: String, found: Double)
  /// Parts that leave no sample to train on.
  case noTraining(samples: Int, validation: Int, test: Int)
  /// A class with fewer samples than parts.
  case smallClass(name: String, samples: Int, parts: Int)
  /// A part with fewer samples than classes.
  case smallPart(part: String, samples: Int, classes: Int)

  /// What is wrong and the way out.
  public var description: String {
    switch self {
    case .fraction(let part, let found):
      "the \(part) fraction is \(found); give a number from 0 to below 1, such as 0.2"
    case .noTraining(let samples, let validation, let test):
      "of \(samples) samples, \(validation) for validation and \(test) for the test leave none to train on; "
        + "lower the fractions or bring more samples"
    case .smallClass(let name, let samples, let parts):
      "class '\(name)' has \(samples) sample(s) for \(parts) parts; bring more of it, "
        + "leave it out, or do without stratification"
    case .smallPart(let part, let samples, let classes):
      "the \(part) part of \(samples) sample(s) cannot hold \(classes) classes; "
        + "raise its fraction, bring more samples, or do without stratification"
    }
  }
}
