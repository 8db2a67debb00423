// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension FiniteDifference {
  static let entryName = "finite-difference"

  static let options: [OptionSpecification] = [
    .choice("scheme", default: "central", Scheme.allCases.map(\.rawValue), "on which side of x the values are taken"),
    .number("step", default: defaultStep, in: 1e-12...1, "first step of the search, relative to max(1, |x|)"),
    .choice("search", default: "on", ["on", "off"], "off: one call of GSL from the first step, and its own estimate"),
    .number("h", default: nil, in: .leastNormalMagnitude...1e300, "one fixed step instead of the search"),
    .integer("order", default: nil, in: 1...4, "with h: 1 or 2 on one side, 2 or 4 central"),
    .choice(
      "denominator", default: "representable", Denominator.allCases.map(\.rawValue),
      "with h: divide by h itself, or by (x + h) - x"),
  ]

  /// The registry's entry: `finite-difference`.
  ///
  /// Options: `scheme`, and either `step` for the search (or with `search=off` for one call of GSL) or `h` for the plain quotient with `order` and
  /// `denominator`. With `h`, `order=1` without a scheme is the forward quotient.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry(
      entryName, summary: "differences of values with GSL: own step, error estimate and status a component",
      options: options, facts: ["mode": "differences", "black boxes": "yes"]
    ) { try FiniteDifference($0) }
  }

  /// What the options mean together; an option that would have no effect is an error.
  static func read(_ options: Options) throws -> (Scheme, Step) {
    let word = try options.word("scheme")
    guard var scheme = Scheme(rawValue: word) else { throw refused(options, "scheme", "central|forward|backward") }
    guard options["h"] != nil else {
      for name in ["order", "denominator"] where options.isGiven(name) {
        throw refused(options, name, "h beside it: '\(name)' acts on a fixed step h only; add h=... or leave it out")
      }
      let relative = try options.number("step")
      return (scheme, try options.word("search") == "off" ? .single(relative: relative) : .adaptive(relative: relative))
    }
    if options.isGiven("search") {
      throw refused(options, "search", "search or h, not both: with h the step is fixed and not searched for")
    }
    if options.isGiven("step") {
      throw refused(options, "step", "step or h, not both: with h the step is fixed and not searched for")
    }
    var order = scheme == .central ? 2 : 1
    if options["order"] != nil { order = try options.integer("order") }
    if order == 1, !options.isGiven("scheme") { scheme = .forward }
    guard (scheme == .central ? [2, 4] : [1, 2]).contains(order) else {
      throw refused(
        options, "order",
        scheme == .central
          ? "2 or 4 with scheme=central (order 1 is scheme=forward or backward)"
          : "1 or 2 with scheme=\(scheme.rawValue) (order 4 is scheme=central)")
    }
    guard let denominator = Denominator(rawValue: try options.word("denominator")) else {
      throw refused(options, "denominator", "step|representable")
    }
    return (scheme, .fixed(try options.number("h"), order: order, denominator: denominator))
  }

  private static func refused(_ options: Options, _ name: String, _ expected: String) -> DifferentiationError {
    .invalidOption(
      entry: options.entry, option: name, value: options[name].map { "\($0)" } ?? "(none)", expected: expected)
  }
}
