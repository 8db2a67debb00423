// SPDX-License-Identifier: Apache-2.0

import RandomStreams

/// Divides samples so that each part has the classes in their proportions.
///
/// The counts, the ties and the draws are those of scikit-learn's `StratifiedShuffleSplit`, so a NumPy
/// generator gives its rows. A validation part is split off the training part in the same way with the draws
/// that follow.
struct StratifiedSplit {
  private let members: [[Int]]
  private let names: [String]

  /// Samples by class.
  init(classes: [Int], names: [String]) {
    var members = Array(repeating: [Int](), count: (classes.max() ?? -1) + 1)
    for (row, index) in classes.enumerated() { members[index].append(row) }
    self.members = members.filter { !$0.isEmpty }
    self.names = members.indices.filter { !members[$0].isEmpty }.map {
      $0 < names.count ? names[$0] : "\($0)"
    }
  }

  /// The parts of these sizes.
  func divide(_ sizes: PartSizes, random: inout some RandomSource) throws -> DataSplit {
    let parts = [("training", sizes.training), ("validation", sizes.validation), ("test", sizes.test)]
    let wanted = parts.filter { $0.1 > 0 }
    for (name, rows) in zip(names, members) where rows.count < wanted.count {
      throw SplitError.smallClass(name: name, samples: rows.count, parts: wanted.count)
    }
    for (part, size) in wanted where size < members.count {
      throw SplitError.smallPart(part: part, samples: size, classes: members.count)
    }
    var training = members.flatMap { $0 }
    var validation: [Int] = []
    var test: [Int] = []
    var groups = members
    if sizes.test > 0 {
      (training, test) = Self.divide(
        groups, first: sizes.training + sizes.validation, second: sizes.test, random: &random)
      let rest = Set(training)
      groups = members.map { $0.filter(rest.contains) }
    }
    if sizes.validation > 0 {
      (training, validation) = Self.divide(
        groups, first: sizes.training, second: sizes.validation, random: &random)
    }
    let trained = Set(training)
    for (name, rows) in zip(names, members) where !rows.contains(where: trained.contains) {
      throw SplitError.smallClass(name: name, samples: rows.count, parts: wanted.count)
    }
    return DataSplit(training: training, validation: validation, test: test)
  }

  private static func divide(
    _ groups: [[Int]], first: Int, second: Int, random: inout some RandomSource
  ) -> (first: [Int], second: [Int]) {
    let counts = groups.map(\.count)
    let firstCounts = shares(of: first, among: counts, random: &random)
    let secondCounts = shares(of: second, among: zip(counts, firstCounts).map(-), random: &random)
    var chosen: [Int] = []
    var other: [Int] = []
    for (index, rows) in groups.enumerated() {
      let order = random.permutation(rows.count).map { rows[$0] }
      chosen += order[..<firstCounts[index]]
      other += order[firstCounts[index]..<(firstCounts[index] + secondCounts[index])]
    }
    return (random.shuffled(chosen), random.shuffled(other))
  }

  /// `total` samples among classes in proportion to their counts: whole parts first, then the largest
  /// remainders, and equal remainders by lot.
  private static func shares(
    of total: Int, among counts: [Int], random: inout some RandomSource
  ) -> [Int] {
    let samples = Double(counts.reduce(0, +))
    guard samples > 0 else { return counts }
    let exact = counts.map { Double($0) / samples * Double(total) }
    var result = exact.map { Int($0.rounded(.down)) }
    let remainders = zip(exact, result).map { $0 - Double($1) }
    var missing = total - result.reduce(0, +)
    for value in Set(remainders).sorted(by: >) where missing > 0 {
      let equal = remainders.indices.filter { remainders[$0] == value }
      let order = random.permutation(equal.count)
      for position in order.prefix(missing) { result[equal[position]] += 1 }
      missing -= min(missing, equal.count)
    }
    return result
  }
}
