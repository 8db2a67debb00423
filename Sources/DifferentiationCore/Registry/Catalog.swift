// SPDX-License-Identifier: Apache-2.0

/// One entry of the registry: a name, what it is, its options, and how to make it.
public struct CatalogEntry<Product>: Sendable {
  /// The name that a user types.
  public let name: String
  /// One line.
  public let summary: String
  /// The options with their defaults.
  public let options: [OptionSpecification]
  /// Further facts for tables, such as `mode: reverse`.
  public let facts: [String: String]
  /// Makes the product from its options.
  public let make: @Sendable (Options) throws -> Product

  /// An entry.
  public init(
    _ name: String, summary: String, options: [OptionSpecification] = [], facts: [String: String] = [:],
    make: @escaping @Sendable (Options) throws -> Product
  ) {
    self.name = name
    self.summary = summary
    self.options = options
    self.facts = facts
    self.make = make
  }
}

/// The entries of one kind, in the order of registration.
public struct Catalog<Product>: Sendable {
  /// What the entries are, for messages: `differentiator`.
  public let kind: String
  /// The entries.
  public private(set) var entries: [CatalogEntry<Product>] = []

  /// An empty catalog.
  public init(kind: String) { self.kind = kind }

  /// Adds an entry; one of the same name is replaced.
  public mutating func register(_ entry: CatalogEntry<Product>) {
    if let index = entries.firstIndex(where: { $0.name == entry.name }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The names, in order.
  public var names: [String] { entries.map(\.name) }

  /// The entry of a name, or an error that says what there is and what is close.
  public func entry(_ name: String) throws -> CatalogEntry<Product> {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw DifferentiationError.unknownName(
        kind: kind, name: name, known: names, suggestion: closestName(to: name, among: names))
    }
    return entry
  }

  /// Reads `name` or `name:option=value,option=value`.
  public func options(_ specification: String) throws -> (entry: CatalogEntry<Product>, options: Options) {
    let parts = specification.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    let entry = try entry(name)
    var typed: [(name: String, value: String)] = []
    if parts.count == 2 {
      for item in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, !pair[0].isEmpty, !pair[1].isEmpty else {
          throw DifferentiationError.malformedSpecification(
            specification, reason: item.isEmpty ? "an option is missing" : "'\(item)' is not option=value")
        }
        typed.append((String(pair[0]), String(pair[1])))
      }
    }
    return (entry, try Options(entry: name, typed: typed, specifications: entry.options))
  }

  /// Makes what a specification describes.
  ///
  /// - Parameters:
  ///   - specification: a name, with options or without: `adam:lr=0.01`.
  ///   - suggestions: values for options that were not typed, such as a model's number of inputs.
  public func make(_ specification: String, suggestions: [String: OptionValue] = [:]) throws -> Product {
    var (entry, options) = try options(specification)
    for (name, value) in suggestions { options.suggest(name, value) }
    return try entry.make(options)
  }
}

/// The name at the smallest edit distance, if that is at most a third of the length (and at least one edit allowed).
public func closestName(to name: String, among candidates: [String]) -> String? {
  let scored = candidates.map { ($0, editDistance(name.lowercased(), $0.lowercased())) }
  guard let best = scored.min(by: { $0.1 < $1.1 }) else { return nil }
  if best.1 <= max(2, best.0.count / 3), best.1 < best.0.count { return best.0 }
  return candidates.first { $0.hasPrefix(name) && name.count >= 2 }
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words.
private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var rows = [Array(0...b.count)]
  for i in 1..<(a.count + 1) {
    var row = [i]
    for j in 1..<(b.count + 1) {
      var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
