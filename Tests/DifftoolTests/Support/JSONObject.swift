// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A JSON value. (`JSONSerialization` loses the last bit of some numbers on Linux.)
enum JSONValue: Decodable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

/// A JSON object, read with nothing of difftool's own.
struct JSONObject: Equatable {
  private let fields: [String: JSONValue]

  init(_ text: String) throws { fields = try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8)) }

  private init(_ fields: [String: JSONValue]) { self.fields = fields }

  subscript(name: String) -> JSONValue? { fields[name] }

  func text(_ name: String) throws -> String {
    guard case .text(let text) = fields[name] else { throw Missing(name: name) }
    return text
  }

  func number(_ name: String) throws -> Double {
    guard case .number(let number) = fields[name] else { throw Missing(name: name) }
    return number
  }

  func integer(_ name: String) throws -> Int { try #require(Int(exactly: number(name)), "\(name)") }

  func list(_ name: String) throws -> [JSONValue] {
    guard case .list(let list) = fields[name] else { throw Missing(name: name) }
    return list
  }

  func texts(_ name: String) throws -> [String] {
    try list(name).map {
      guard case .text(let text) = $0 else { throw Missing(name: name) }
      return text
    }
  }

  func numbers(_ name: String) throws -> [Double] {
    try list(name).map {
      guard case .number(let number) = $0 else { throw Missing(name: name) }
      return number
    }
  }

  func object(_ name: String) throws -> JSONObject {
    guard case .object(let fields) = fields[name] else { throw Missing(name: name) }
    return JSONObject(fields)
  }

  func objects(_ name: String) throws -> [JSONObject] {
    try list(name).map {
      guard case .object(let fields) = $0 else { throw Missing(name: name) }
      return JSONObject(fields)
    }
  }

  /// A field that is not there, or of another kind.
  struct Missing: Error {
    let name: String
  }
}
