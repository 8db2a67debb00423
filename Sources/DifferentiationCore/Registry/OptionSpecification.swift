// SPDX-License-Identifier: Apache-2.0

/// The value of an option, as typed.
public enum OptionValue: Sendable, Codable, Equatable, CustomStringConvertible {
  /// A real number.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// yes or no.
  case flag(Bool)
  /// One of several words, or a free word.
  case word(String)
  /// Whole numbers joined by x: 16x16.
  case integers([Int])
  /// Real numbers joined by x: 0.1x0.2.
  case numbers([Double])

  /// As it is typed in a specification; a number in its shortest form that reads back the same.
  public var description: String {
    switch self {
    case .number(let x): x == x.rounded() && x.magnitude < 1e15 ? String(Int(x)) : "\(x)"
    case .integer(let n): "\(n)"
    case .flag(let b): b ? "true" : "false"
    case .word(let w): w
    case .integers(let list): list.isEmpty ? "none" : list.map { "\($0)" }.joined(separator: "x")
    case .numbers(let list):
      list.isEmpty ? "none" : list.map { OptionValue.number($0).description }.joined(separator: "x")
    }
  }
}

/// One option of a registry entry: its name, its kind through the default, and what it does.
public struct OptionSpecification: Sendable, Codable, Equatable {
  /// The name, as in `name=value`.
  public let name: String
  /// The value when none is given; nil where one must be given or where absence means something of its own.
  public let defaultValue: OptionValue?
  /// What kind of value is read.
  public let kind: Kind
  /// What it does, in a few words.
  public let summary: String
  /// It changes how fast the entry is, and no result: the number of threads.
  public private(set) var changesSpeedOnly = false

  /// The same option, declared to change no result.
  public var forSpeedOnly: OptionSpecification {
    var option = self
    option.changesSpeedOnly = true
    return option
  }

  /// An option.
  init(name: String, defaultValue: OptionValue?, kind: Kind, summary: String) {
    self.name = name
    self.defaultValue = defaultValue
    self.kind = kind
    self.summary = summary
  }

  /// What kind of value is read, with its bounds.
  public enum Kind: Sendable, Codable, Equatable {
    /// A finite real number in a closed interval.
    case number(minimum: Double, maximum: Double)
    /// A whole number in a closed interval.
    case integer(minimum: Int, maximum: Int)
    /// true or false.
    case flag
    /// One of these words.
    case choice([String])
    /// Any word.
    case word
    /// Whole numbers joined by x, each at least `minimum`; `none` for an empty list.
    case integers(minimum: Int)
    /// Real numbers joined by x; `none` for an empty list.
    case numbers

    /// What to write, for messages and tables.
    public var expectation: String {
      switch self {
      case .number(let low, let high): Self.interval("a number", OptionValue.number(low), .number(high), low, high)
      case .integer(let low, let high):
        Self.interval(
          "a whole number", .integer(low), .integer(high), low == .min ? -.infinity : 0, high == .max ? .infinity : 0)
      case .flag: "true or false"
      case .choice(let words): words.joined(separator: "|")
      case .word: "a word"
      case .integers(let minimum): "whole numbers from \(minimum) joined by x, such as 16x16, or none"
      case .numbers: "numbers joined by x, such as 0.1x0.2, or none"
      }
    }

    /// The same for somebody who wrote something else: with the word that is near it.
    public func expectation(of text: String) -> String {
      guard case .choice(let words) = self, let near = closestName(to: text, among: words) else { return expectation }
      return "\(expectation) (did you mean '\(near)'?)"
    }

    private static func interval(
      _ what: String, _ low: OptionValue, _ high: OptionValue, _ lower: Double, _ upper: Double
    ) -> String {
      switch (lower > -.infinity, upper < .infinity) {
      case (true, true): "\(what) from \(low) to \(high)"
      case (true, false): "\(what) from \(low)"
      case (false, true): "\(what) up to \(high)"
      case (false, false): what
      }
    }
  }

  /// A real option.
  public static func number(
    _ name: String, default value: Double?, in range: ClosedRange<Double> = -.infinity ... .infinity,
    _ summary: String
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, defaultValue: value.map(OptionValue.number),
      kind: .number(minimum: range.lowerBound, maximum: range.upperBound), summary: summary)
  }

  /// A whole-number option.
  public static func integer(
    _ name: String, default value: Int?, in range: ClosedRange<Int> = .min ... .max, _ summary: String
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, defaultValue: value.map(OptionValue.integer),
      kind: .integer(minimum: range.lowerBound, maximum: range.upperBound), summary: summary)
  }

  /// A yes-or-no option.
  public static func flag(_ name: String, default value: Bool, _ summary: String) -> OptionSpecification {
    OptionSpecification(name: name, defaultValue: .flag(value), kind: .flag, summary: summary)
  }

  /// One of several words.
  public static func choice(
    _ name: String, default value: String?, _ words: [String], _ summary: String
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, defaultValue: value.map(OptionValue.word), kind: .choice(words), summary: summary)
  }

  /// A free word.
  public static func word(_ name: String, default value: String?, _ summary: String) -> OptionSpecification {
    OptionSpecification(name: name, defaultValue: value.map(OptionValue.word), kind: .word, summary: summary)
  }

  /// Whole numbers joined by x.
  public static func integers(
    _ name: String, default value: [Int]?, minimum: Int = 1, _ summary: String
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, defaultValue: value.map(OptionValue.integers), kind: .integers(minimum: minimum),
      summary: summary)
  }

  /// Real numbers joined by x.
  public static func numbers(_ name: String, default value: [Double]?, _ summary: String) -> OptionSpecification {
    OptionSpecification(name: name, defaultValue: value.map(OptionValue.numbers), kind: .numbers, summary: summary)
  }

  /// Reads a typed value; nil where it does not fit.
  public func parse(_ text: String) -> OptionValue? {
    switch kind {
    case .number(let low, let high):
      guard let x = Double(text), x.isFinite, x >= low, x <= high else { return nil }
      return .number(x)
    case .integer(let low, let high):
      guard let n = Int(text), n >= low, n <= high else { return nil }
      return .integer(n)
    case .flag:
      return ["true": .flag(true), "false": .flag(false), "yes": .flag(true), "no": .flag(false)][text]
    case .choice(let words): return words.contains(text) ? .word(text) : nil
    case .word: return text.isEmpty ? nil : .word(text)
    case .integers(let minimum):
      if text == "none" { return .integers([]) }
      let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      let list = numbers.compactMap { $0 }
      return list.count == numbers.count && list.allSatisfy { $0 >= minimum } ? .integers(list) : nil
    case .numbers:
      if text == "none" { return .numbers([]) }
      let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Double($0) }
      let list = numbers.compactMap { $0 }.filter(\.isFinite)
      return list.count == numbers.count ? .numbers(list) : nil
    }
  }
}
