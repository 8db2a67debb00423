// SPDX-License-Identifier: Apache-2.0

extension DataSet {
  /// The number of outputs that a model for these samples has.
  ///
  /// Numbers need one for each target; two classes need one, and one each where the loss wants one-hot
  /// targets; more classes need one each.
  public func outputCount(for encoding: TargetEncoding) -> Int {
    guard case .classification(let names) = task else { return targetNames.count }
    return encoding == .oneHot || names.count > 2 ? names.count : 1
  }

  /// The targets as a loss wants them: 0 and 1, ±1 or one-hot for classes, as they are for numbers.
  ///
  /// - Throws: ``DifferentiationError`` where the outputs do not fit the targets, and where numbers are given
  ///   to a loss that cannot mean them.
  public func encodedTargets(_ encoding: TargetEncoding, outputs: Int) throws -> [[Double]] {
    guard case .classification(let names) = task else {
      guard targetNames.count == outputs else {
        throw DifferentiationError.shape(
          what: "the model's outputs", expected: "\(targetNames.count), one for each target",
          found: "\(outputs)")
      }
      try requireMeaning(for: encoding)
      return targets
    }
    let takesSingle = encoding != .oneHot && names.count <= 2
    if outputs == 1, takesSingle {
      return targets.map { [encoding == .sign ? 2 * $0[0] - 1 : $0[0]] }
    }
    guard outputs == names.count else {
      throw DifferentiationError.shape(
        what: "the model's outputs",
        expected: takesSingle ? "1, or one for each class" : "\(names.count), one for each class",
        found: "\(outputs)")
    }
    let other = encoding == .sign ? -1.0 : 0.0
    return targets.map { row in names.indices.map { Double($0) == row[0] ? 1 : other } }
  }

  /// Numbers as targets must be what the loss takes them for.
  private func requireMeaning(for encoding: TargetEncoding) throws {
    let meaning: String
    let fits: ([Double]) -> Bool
    switch encoding {
    case .real: return
    case .probability: (meaning, fits) = ("numbers from 0 to 1", { $0.allSatisfy { $0 >= 0 && $0 <= 1 } })
    case .sign: (meaning, fits) = ("-1 or 1", { $0.allSatisfy { $0.magnitude == 1 } })
    case .oneHot:
      (meaning, fits) = (
        "probabilities with the sum 1",
        { $0.allSatisfy { $0 >= 0 } && ($0.reduce(0, +) - 1).magnitude < 1e-9 }
      )
    }
    guard let row = targets.firstIndex(where: { !fits($0) }) else { return }
    let found = targets[row].map { "\($0)" }.joined(separator: ", ")
    throw DifferentiationError.incompatible(
      "the loss takes targets of \(meaning), and sample \(row) has \(found)",
      wayOut: "take the target for a class, or a loss for real numbers such as mean-squared")
  }
}
