// SPDX-License-Identifier: Apache-2.0

/// A command's options after defaults, by their names without dashes: what the JSON of every report states.
struct OptionRecord: Encodable, ExpressibleByDictionaryLiteral {
  /// A value as it is written in JSON.
  enum Value: Encodable {
    case text(String)
    case number(Double)
    case integer(Int)
    case seed(UInt64)
    case flag(Bool)
    case list([String])
    case seeds([UInt64])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .integer(let value): try container.encode(value)
      case .seed(let value): try container.encode(value)
      case .flag(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .seeds(let value): try container.encode(value)
      }
    }
  }

  private(set) var values: [String: Value] = [:]

  init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { values[name] = value }
  }

  /// An option, left out where it has no value.
  subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// Adds the options of a group.
  mutating func add(_ other: OptionRecord) { values.merge(other.values) { $1 } }

  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}

extension OptionRecord.Value {
  /// For people.
  var text: String {
    switch self {
    case .text(let value): value
    case .number(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .seed(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .list(let value): value.isEmpty ? "none" : value.joined(separator: " ")
    case .seeds(let value): value.map { "\($0)" }.joined(separator: " ")
    }
  }
}

extension OptionRecord.Value: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  init(stringLiteral value: String) { self = .text(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension OptionRecord.Value {
  /// A text, or nothing.
  static func optional(_ value: String?) -> Self? { value.map(Self.text) }
  /// A number, or nothing.
  static func optional(_ value: Double?) -> Self? { value.map(Self.number) }
  /// A whole number, or nothing.
  static func optional(_ value: Int?) -> Self? { value.map(Self.integer) }
}
