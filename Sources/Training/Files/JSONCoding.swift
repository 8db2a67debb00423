// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The one way in which this module writes and reads JSON.
///
/// Keys are sorted; a finite number is written with the fewest digits that read back to the same bits;
/// infinite and undefined numbers are the strings `Infinity`, `-Infinity` and `NaN`.
enum JSONCoding {
  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }

  static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }

  /// What is wrong in a few words, with the place.
  static func sentence(_ error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty
        ? "at the top"
        : "at " + path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "'\(key.stringValue)' is missing \(place(context.codingPath))"
    case .valueNotFound(_, let context): return "a value is missing \(place(context.codingPath))"
    case .typeMismatch(_, let context): return "a value of another type stands \(place(context.codingPath))"
    case .dataCorrupted(let context):
      return "\(place(context.codingPath)): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}
