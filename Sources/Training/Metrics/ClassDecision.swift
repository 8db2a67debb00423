// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// How outputs become a class.
///
/// One output decides between two classes: the second one where the output is above a threshold, which is ½
/// for probabilities and for numbers trained on 0 and 1, and 0 for logits and for losses on ±1. Several
/// outputs: the class of the largest, the first of equals. An output that is not a number decides nothing.
public struct ClassDecision: Sendable, Codable, Equatable {
  /// The threshold of a single output; nil for the largest of several.
  public let threshold: Double?

  /// The decision that goes with outputs and targets of these kinds.
  public init(outputs: Int, kind: OutputKind, encoding: TargetEncoding) {
    guard outputs == 1 else {
      threshold = nil
      return
    }
    switch (encoding, kind) {
    case (.sign, _), (.probability, .real): threshold = 0
    case (.probability, _), (.real, _), (.oneHot, _): threshold = 0.5
    }
  }

  /// The class of these outputs, or nil where one of them is not a number.
  public func callAsFunction(_ outputs: ArraySlice<Double>) -> Int? {
    guard !outputs.contains(where: \.isNaN), let first = outputs.first else { return nil }
    if let threshold { return first > threshold ? 1 : 0 }
    var best = outputs.startIndex
    for index in outputs.indices where outputs[index] > outputs[best] { best = index }
    return best - outputs.startIndex
  }

  /// The class that encoded targets stand for.
  static func trueClass(_ target: ArraySlice<Double>, encoding: TargetEncoding) -> Int {
    if target.count == 1, let value = target.first { return value > (encoding == .sign ? 0 : 0.5) ? 1 : 0 }
    var best = target.startIndex
    for index in target.indices where target[index] > target[best] { best = index }
    return best - target.startIndex
  }
}
