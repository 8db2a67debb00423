// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The contract of a ``/DifferentiationCore/CatalogEntry``: run it on an entry of your own.
///
/// ```swift
/// #expect(CatalogEntrySuite(MySchedule.entry, probe: .schedules).failures() == [])
/// ```
///
/// Each option is given several values, alone and beside one value of each other option; it must change what the
/// product does, or be refused.
public struct CatalogEntrySuite<Product>: ConformanceSuite {
  /// The rules.
  public typealias Rule = CatalogEntryRule

  /// The entry under test.
  public let entry: CatalogEntry<Product>

  /// What shows the product's behaviour.
  public let probe: CatalogProbe<Product>

  let catalog: Catalog<Product>

  /// A suite for an entry.
  ///
  /// - Parameters:
  ///   - entry: the entry under test.
  ///   - probe: what shows the product's behaviour.
  ///   - others: the catalog that the entry belongs to, where products are specified by other entries of it.
  public init(
    _ entry: CatalogEntry<Product>, probe: CatalogProbe<Product>,
    among others: Catalog<Product> = Catalog(kind: "entry")
  ) {
    self.entry = entry
    self.probe = probe
    var catalog = others
    catalog.register(entry)
    self.catalog = catalog
  }

  /// The entry's name.
  public var subject: String { entry.name }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    let texts = checkTexts() + checkOptions()
    do {
      let plain = try observe([])
      let again = try observe([])
      return texts
        + require(
          sameBits(plain, again), .determinism, "the defaults, twice", expected: "the same behaviour",
          found: "another one")
        + checkRoundTrip([]) + entry.options.flatMap { checkEffect(of: $0, plain) }
    } catch {
      return texts + [failure(.defaults, "the name alone", expected: "a product", found: "the error: \(error)")]
    }
  }

  private func checkTexts() -> [ConformanceFailure] {
    let name = entry.name
    let isTypeable =
      !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    let summaries = [("the entry", entry.summary)] + entry.options.map { ("option \($0.name)", $0.summary) }
    return require(isTypeable, .name, "name", expected: "lower-case-words", found: "'\(name)'")
      + summaries.flatMap { place, summary in
        require(
          !summary.allSatisfy(\.isWhitespace) && !summary.contains(where: \.isNewline), .summary, place,
          expected: "one line", found: "'\(summary)'")
      }
  }

  private func checkOptions() -> [ConformanceFailure] {
    let names = entry.options.map(\.name)
    var found = require(
      Set(names).count == names.count, .options, "names", expected: "each once", found: "\(names)")
    for option in entry.options {
      guard let value = option.defaultValue else { continue }
      let read = option.parse(value.description)
      found += require(
        read == value, .options, "the default of \(option.name)", expected: "\(value)",
        found: read.map { "\($0)" } ?? "'\(value)' does not fit \(option.kind.expectation)")
    }
    return found
  }

  /// Typed options, as in a specification.
  typealias Typed = [(name: String, value: OptionValue)]

  func specification(_ typed: Typed) -> String {
    typed.isEmpty ? entry.name : entry.name + ":" + typed.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  func observe(_ typed: Typed) throws -> [Double] {
    try probe.behaviour(catalog.make(specification(typed), suggestions: probe.suggestions))
  }
}
