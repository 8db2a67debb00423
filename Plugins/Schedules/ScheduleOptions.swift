// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension Options {
  /// The option `total` of a schedule that ends: the number of steps that it runs for.
  ///
  /// As typed, it counts from the end of the warm-up, as every figure of a schedule does. Where it was not
  /// typed but suggested (the length of the training), the schedule gets what the warm-up leaves.
  func total() throws -> Int {
    guard case .integer(let total) = self["total"] else {
      throw DifferentiationError.invalidOption(
        entry: entry, option: "total", value: "(none)",
        expected: "the number of steps to run for, as in total=1000")
    }
    if isGiven("total") { return total }
    guard case .integer(let warmup) = self["warmup"] else { return total }
    guard total > warmup else {
      throw DifferentiationError.incompatible(
        "'\(entry)': a warm-up of \(warmup) steps leaves nothing of a run of \(total)",
        wayOut: "shorten the warm-up, or give total, which counts from its end")
    }
    return total - warmup
  }
}

extension OptionSpecification {
  /// The option `total`.
  static let total = OptionSpecification.integer(
    "total", default: nil, in: 1 ... .max, "steps until the end; if absent, the rest of the run")
}

/// The form in which a schedule is typed: a name and its options, of which those at the default may be left
/// out.
func scheduleSpecification(_ name: String, _ options: [(name: String, value: OptionValue)]) -> String {
  if options.isEmpty { return name }
  return name + ":" + options.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
}

/// How far a step is on the way from 0 to `total`: from 0 to 1, held there.
func progress(_ step: Int, of total: Int) -> Double {
  Double(min(max(step, 0), total)) / Double(total)
}

/// Half a cosine from `start` at fraction 0 to `end` at fraction 1, both met exactly.
func cosineBetween(_ start: Double, _ end: Double, _ fraction: Double) -> Double {
  if fraction <= 0 { return start }
  return end + (start - end) * (1 + Double.cos(Double.pi * fraction)) / 2
}
