// SPDX-License-Identifier: Apache-2.0

/// Why data or a split could not be made.
public enum RandomStreamsError: Error, Hashable, Sendable {
  /// A number of points that cannot be generated.
  case count(what: String, found: Int, minimum: Int)
  /// A standard deviation of noise that is negative or not finite.
  case noise(what: String, found: Double)
  /// A test fraction that does not lie strictly between 0 and 1.
  case testFraction(found: Double)
  /// A split that leaves nothing to train on.
  case noTrainingSamples(count: Int, testFraction: Double)
}

extension RandomStreamsError: CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .count(let what, let found, let minimum):
      "\(what): a count of \(found) was asked for; give \(minimum) or more"
    case .noise(let what, let found):
      "\(what): noise is a standard deviation, and \(found) is none; give a finite number, 0 or greater"
    case .testFraction(let found):
      "train/test split: the test fraction is \(found); give a number between 0 and 1, such as 0.2"
    case .noTrainingSamples(let count, let testFraction):
      "train/test split: with a test fraction of \(testFraction), \(count) sample(s) leave none to train on; "
        + "lower the fraction or bring more samples"
    }
  }
}
