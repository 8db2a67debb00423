// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What the suite for catalog entries has to know of a kind of product: its specification, and numbers that show what
/// it does.
public struct CatalogProbe<Product>: Sendable {
  /// The specification that makes the product again.
  public let specification: @Sendable (Product) -> String

  /// Numbers that differ between two products which behave differently. The specification has no place among them.
  public let behaviour: @Sendable (Product) throws -> [Double]

  /// Values for options that only a caller can know, such as the number of steps of a training.
  public let suggestions: [String: OptionValue]

  /// Words to try for options that take a free word, by the option's name.
  public let words: [String: [String]]

  /// A probe for a kind of product.
  public init(
    specification: @escaping @Sendable (Product) -> String, suggestions: [String: OptionValue] = [:],
    words: [String: [String]] = [:], behaviour: @escaping @Sendable (Product) throws -> [Double]
  ) {
    self.specification = specification
    self.behaviour = behaviour
    self.suggestions = suggestions
    self.words = words
  }
}
