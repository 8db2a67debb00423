// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A seed as typed: a whole number from 0.
enum Seeds {
  /// The seed of `--seed`.
  static func one(_ text: String) throws -> UInt64 {
    if let seed = UInt64(text) { return seed }
    throw ValidationError("give a whole number from 0 to \(UInt64.max)")
  }

  /// Refuses several seeds for data that can be read once only.
  static func requireRepeatable(_ data: String?, for seeds: [UInt64]?) throws {
    guard seeds != nil, data == "-" else { return }
    throw ValidationError("--seeds reads the data for each seed, and standard input can be read once; give a file")
  }

  /// The seeds of `--seeds`: `1..20`, or one number.
  static func range(_ text: String) throws -> [UInt64] {
    let ends = text.replacing("..", with: " ").split(separator: " ").map { UInt64($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else {
      throw ValidationError("give two whole numbers, first..last, such as 1..20")
    }
    guard first <= last else {
      throw ValidationError("it ends before it begins; write \(last)..\(first)")
    }
    guard last - first < 100_000 else {
      throw ValidationError("these are more than 100000 seeds; give fewer")
    }
    return Array(first...last)
  }
}
