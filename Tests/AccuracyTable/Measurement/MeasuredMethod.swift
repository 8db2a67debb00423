// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A method of the table: what a user types for it, and what that makes.
package struct MeasuredMethod: Sendable {
  /// The specification, such as `finite-difference:scheme=forward`.
  package let specification: String
  /// The method.
  package let differentiator: any Differentiator

  /// The option `h`, where one was given: a step that is the same everywhere.
  package let fixedStep: Double?

  /// Whether quotients look for their step: neither `h` nor `search=off` was given.
  package let searchesStep: Bool

  /// A method of a catalog.
  package init(_ specification: String, in catalog: Catalog<any Differentiator>) throws {
    self.specification = specification
    let (entry, options) = try catalog.options(specification)
    differentiator = try entry.make(options)
    fixedStep = options["h"] == nil ? nil : try options.number("h")
    searchesStep = fixedStep == nil && options["search"] != .word("off")
  }

  /// What the method is.
  package var traits: DifferentiatorTraits { differentiator.traits }

  /// A column's heading: the options where there are any, one below the other.
  package var heading: String {
    let parts = specification.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return "`\(specification)`" }
    return parts[1].split(separator: ",").map { "`\($0)`" }.joined(separator: "<br>")
  }

  /// Quotients at one step, beside what the registry gives by itself: the teaching documents' own with both
  /// denominators, and each order at a step near its best.
  package static let quotients = [
    "finite-difference:h=1e-12,order=1,denominator=step", "finite-difference:h=1e-12,order=1",
    "finite-difference:h=1e-8,order=1", "finite-difference:h=1e-6,order=2", "finite-difference:h=1e-3,order=4",
  ]

  /// Every differentiator of the catalog, each of its options that is a choice of words at every word that can be
  /// given alone, then the quotients.
  package static func all(in catalog: Catalog<any Differentiator>) throws -> [MeasuredMethod] {
    let named = try catalog.entries.flatMap { entry in
      [try MeasuredMethod(entry.name, in: catalog)] + variations(of: entry, in: catalog)
    }
    return named + (try quotients.map { try MeasuredMethod($0, in: catalog) })
  }

  /// Words that the entry refuses without a further option are left out.
  private static func variations(
    of entry: CatalogEntry<any Differentiator>, in catalog: Catalog<any Differentiator>
  ) -> [MeasuredMethod] {
    entry.options.flatMap { option -> [MeasuredMethod] in
      guard case .choice(let words) = option.kind else { return [] }
      return words.filter { option.defaultValue != .word($0) }.compactMap {
        try? MeasuredMethod("\(entry.name):\(option.name)=\($0)", in: catalog)
      }
    }
  }
}
