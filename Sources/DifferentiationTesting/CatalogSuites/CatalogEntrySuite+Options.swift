// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

// Options that act, and specifications that make the same again.
extension CatalogEntrySuite {
  /// One value of the option that changes the behaviour, alone or beside another option; or all values refused.
  func checkEffect(of option: OptionSpecification, _ plain: [Double]) -> [ConformanceFailure] {
    let variations = variations(option)
    var refused = 0
    var made: OptionValue?
    for value in variations {
      let typed: Typed = [(option.name, value)]
      guard let behaviour = try? observe(typed) else {
        refused += 1
        continue
      }
      let isSame = sameBits(behaviour, plain)
      if option.changesSpeedOnly, !isSame {
        return [
          failure(
            .optionEffect, "option \(option.name)", expected: "the same results, because it is declared for speed only",
            found: "others for \(option.name)=\(value)")
        ]
      }
      if !isSame { return checkRoundTrip(typed) }
      made = made ?? value
    }
    if option.changesSpeedOnly { return [] }
    if let typed = companion(of: option) { return checkRoundTrip(typed) }
    // Refused throughout, or a free word for which the probe knows none to try.
    if refused == variations.count { return [] }
    return [
      failure(
        .optionEffect, "option \(option.name)", expected: "another behaviour, or an error, for one of the values",
        found: "the behaviour of the defaults for \(option.name)=\(made.map { "\($0)" } ?? "…")")
    ]
  }

  private func variations(_ option: OptionSpecification) -> [OptionValue] {
    OptionVariations(option, words: probe.words[option.name] ?? []).values
  }

  /// Two options together, of which the first changes what the second alone does.
  private func companion(of option: OptionSpecification) -> Typed? {
    for other in entry.options where other.name != option.name {
      for beside in variations(other) {
        guard let alone = try? observe([(other.name, beside)]) else { continue }
        for value in variations(option) {
          let typed: Typed = [(other.name, beside), (option.name, value)]
          if let both = try? observe(typed), !sameBits(both, alone) { return typed }
        }
      }
    }
    return nil
  }

  /// The product's own specification, read without suggestions, makes a product of the same behaviour.
  func checkRoundTrip(_ typed: Typed) -> [ConformanceFailure] {
    let place = specification(typed)
    return checking(.roundTrip, place) {
      let product = try catalog.make(place, suggestions: probe.suggestions)
      let written = probe.specification(product)
      let again = try catalog.make(written)
      return require(
        probe.specification(again) == written, .roundTrip, place, expected: "'\(written)'",
        found: "'\(probe.specification(again))'")
        + require(
          try sameBits(probe.behaviour(product), probe.behaviour(again)), .roundTrip, place,
          expected: "the behaviour of '\(place)'", found: "another one from its specification '\(written)'")
    }
  }
}
