// SPDX-License-Identifier: Apache-2.0

/// The options of one entry as given and defaulted, read by the entry's factory.
public struct Options: Sendable, Equatable {
  /// The entry's name, for messages.
  public let entry: String
  private var values: [String: OptionValue]
  private let given: Set<String>
  private let order: [OptionSpecification]

  /// Options as typed, checked against the entry's specification.
  public init(entry: String, typed: [(name: String, value: String)], specifications: [OptionSpecification]) throws {
    self.entry = entry
    order = specifications
    var values: [String: OptionValue] = [:]
    for specification in specifications { values[specification.name] = specification.defaultValue }
    var given: Set<String> = []
    for (name, text) in typed {
      guard let specification = specifications.first(where: { $0.name == name }) else {
        let known = specifications.map(\.name)
        throw DifferentiationError.unknownOption(
          entry: entry, option: name, known: known, suggestion: closestName(to: name, among: known))
      }
      guard given.insert(name).inserted else {
        throw DifferentiationError.malformedSpecification("\(entry):\(name)=\(text)", reason: "\(name) is given twice")
      }
      guard let value = specification.parse(text) else {
        throw DifferentiationError.invalidOption(
          entry: entry, option: name, value: text, expected: specification.kind.expectation(of: text))
      }
      values[name] = value
    }
    self.values = values
    self.given = given
  }

  /// Whether the option was typed, rather than defaulted.
  public func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// The option's value, if it has one.
  public subscript(name: String) -> OptionValue? { values[name] }

  /// A real option.
  public func number(_ name: String) throws -> Double {
    guard case .number(let x) = values[name] else { throw missing(name, "a number") }
    return x
  }

  /// A whole-number option.
  public func integer(_ name: String) throws -> Int {
    guard case .integer(let n) = values[name] else { throw missing(name, "a whole number") }
    return n
  }

  /// A yes-or-no option.
  public func flag(_ name: String) throws -> Bool {
    guard case .flag(let b) = values[name] else { throw missing(name, "true or false") }
    return b
  }

  /// A word.
  public func word(_ name: String) throws -> String {
    guard case .word(let w) = values[name] else { throw missing(name, "a word") }
    return w
  }

  /// A list of whole numbers.
  public func integers(_ name: String) throws -> [Int] {
    guard case .integers(let list) = values[name] else { throw missing(name, "whole numbers joined by x") }
    return list
  }

  /// A list of real numbers.
  public func numbers(_ name: String) throws -> [Double] {
    guard case .numbers(let list) = values[name] else { throw missing(name, "numbers joined by x") }
    return list
  }

  /// Gives a value to an option that was not typed; a typed one stays.
  ///
  /// For values that are known only from elsewhere, such as a model's inputs from the columns of a file.
  public mutating func suggest(_ name: String, _ value: OptionValue) {
    if !given.contains(name), order.contains(where: { $0.name == name }) { values[name] = value }
  }

  /// The specification that makes the same again: the name with every option that differs from its default.
  public var specification: String {
    let parts = order.compactMap { option -> String? in
      guard let value = values[option.name], value != option.defaultValue else { return nil }
      return "\(option.name)=\(value)"
    }
    return parts.isEmpty ? entry : "\(entry):\(parts.joined(separator: ","))"
  }

  /// All options with their values, in order, for reports.
  public var all: [(name: String, value: OptionValue)] {
    order.compactMap { option in values[option.name].map { (option.name, $0) } }
  }

  private func missing(_ name: String, _ expected: String) -> DifferentiationError {
    .invalidOption(entry: entry, option: name, value: "(none)", expected: expected)
  }
}
