// SPDX-License-Identifier: Apache-2.0

/// What every entry of a catalog has to keep.
public enum CatalogEntryRule: String, ConformanceRule {
  /// The name can be typed: lower-case words joined by hyphens.
  case name
  /// The summary is one line that says something, and so is that of each option.
  case summary
  /// Options have names of their own and defaults that they themselves would read.
  case options
  /// The defaults make a product.
  case defaults
  /// Each option changes what the product does, or is refused.
  case optionEffect = "option-effect"
  /// The product's specification makes the same product again.
  case roundTrip = "round-trip"
  /// The same options make the same product.
  case determinism

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .name: "A name stands in specifications such as name:option=value; ':', ',', '=' and blanks divide them."
    case .summary: "Lists and help texts are made from summaries."
    case .options: "OptionSpecification.parse must read what the default prints."
    case .defaults: "A user who types the name alone gets a product; what only a caller can know is suggested."
    case .optionEffect: "An option that is silently ignored misleads: use it, or throw an error that says when it acts."
    case .roundTrip: "Saved models and checkpoints store the specification and make the product from it."
    case .determinism: "The factory draws no random numbers and reads no clock."
    }
  }
}
