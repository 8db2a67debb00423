// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Values to try for one option: all of its kind and range, none of them the default.
struct OptionVariations {
  let values: [OptionValue]

  init(_ option: OptionSpecification, words: [String]) {
    let candidates: [OptionValue]
    switch option.kind {
    case .number(let low, let high):
      var start = 1.0
      if case .number(let x) = option.defaultValue { start = x }
      // The ends of the range are left out: an interval is often meant without them.
      candidates = [start * 2, start / 2, start * 0.875, start + 1, start - 1, 0.5, 0.25, 2, 5]
        .filter { $0 >= low && $0 <= high && $0.magnitude <= 1e6 }.map { .number($0) }
    case .integer(let low, let high):
      var start = 2
      if case .integer(let n) = option.defaultValue { start = n }
      candidates = [start + 1, start - 1, start * 2, start / 2, 1, 2, 3, 4, 10, 30]
        .filter { $0 >= low && $0 <= high }.map { .integer($0) }
    case .flag: candidates = [.flag(true), .flag(false)]
    case .choice(let choices): candidates = choices.map { .word($0) }
    case .word: candidates = words.map { .word($0) }
    case .integers(let minimum):
      candidates = [[3], [5, 4], [10, 20, 30], [1], []].filter { $0.allSatisfy { $0 >= minimum } }.map { .integers($0) }
    case .numbers: candidates = [[0.5], [0.25, 0.5], [2], []].map { .numbers($0) }
    }
    values = candidates.filter { $0 != option.defaultValue }
  }
}
