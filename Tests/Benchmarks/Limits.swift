// SPDX-License-Identifier: Apache-2.0

/// The largest ratio that each benchmark may have, with `--check`.
///
/// Times of a busy machine only ever err upwards, so a ratio above its limit is measured again, up to `attempts` times,
/// and the smallest counts.
enum Limits {
  static let attempts = 5

  static let table: [String: Double] = [
    "Rosenbrock-1000 through any, Double": 1.1,
    "Rosenbrock-1000 through any, dual": 1.1,
    "Rosenbrock-1000 through any, eight tangents": 1.1,
    "Rosenbrock-1000 through any, tape": 1.1,
    "Rosenbrock-1000 gradient by tape, in plain evaluations": 40,
    "mlp from the registry, 100 samples, Double": 1.1,
    "mlp from the registry, 100 samples, dual": 1.1,
    "mlp from the registry, 100 samples, tape": 1.1,
    "training of mlp 2-8-1, batches of 32, against the bare loop": 2.0,
    "training of mlp 2-16-16-1, batches of 100, against the bare loop": 1.25,
  ]

  /// What is wrong with the measured ratios: those above their limits, those without one, limits of nothing.
  static func objections(to measured: [String: Double]) -> [String] {
    let above = measured.sorted { $0.key < $1.key }.compactMap { name, ratio -> String? in
      guard let limit = table[name] else { return "\(name): there is no limit for it in Limits.swift" }
      return ratio <= limit ? nil : "\(name): \(ratio) is above \(limit)"
    }
    let unmeasured = table.keys.sorted().filter { measured[$0] == nil }
    return above + unmeasured.map { "\($0): there is a limit and no such benchmark" }
  }
}
