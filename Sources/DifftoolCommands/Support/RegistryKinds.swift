// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// One entry of the registry as text.
struct RegistryEntry: Encodable {
  let kind: String
  let name: String
  let summary: String
  let options: [Option]

  struct Option: Encodable {
    let name: String
    let defaultValue: String?
    let expected: String
    let summary: String

    /// The name, and `=` with the default where there is one.
    var assignment: String { defaultValue.map { "\(name)=\($0)" } ?? name }

    private enum CodingKeys: String, CodingKey {
      case name, expected, summary
      case defaultValue = "default"
    }
  }

  var optionText: String { options.map(\.assignment).joined(separator: " ") }
}

/// The entries of one kind.
struct RegistryKind {
  let singular: String
  let plural: String
  let entries: [RegistryEntry]

  init(singular: String, plural: String, entries: [RegistryEntry]) {
    self.singular = singular
    self.plural = plural
    self.entries = entries
  }

  init<Product>(_ catalog: Catalog<Product>, plural: String) {
    singular = catalog.kind
    self.plural = plural
    entries = catalog.entries.map { entry in
      RegistryEntry(
        kind: catalog.kind, name: entry.name, summary: entry.summary,
        options: entry.options.map { option in
          RegistryEntry.Option(
            name: option.name, defaultValue: option.defaultValue?.description, expected: option.kind.expectation,
            summary: option.summary)
        })
    }
  }
}

extension Registry {
  /// All catalogs, in the order of `difftool list`.
  var kinds: [RegistryKind] {
    [
      RegistryKind(differentiators, plural: "differentiators"), RegistryKind(models, plural: "models"),
      RegistryKind(losses, plural: "losses"), RegistryKind(penalties, plural: "penalties"),
      RegistryKind(initializers, plural: "initializers"), RegistryKind(optimizers, plural: "optimizers"),
      RegistryKind(schedules, plural: "schedules"), RegistryKind(dataSets, plural: "data"),
      RegistryKind(curves, plural: "curves"),
    ]
  }
}

extension String {
  /// The text with spaces behind it, at least `width` characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
