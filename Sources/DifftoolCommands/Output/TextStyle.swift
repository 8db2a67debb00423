// SPDX-License-Identifier: Apache-2.0

/// Colours and marks. Colour never carries the meaning alone: a word or a mark stands beside it.
struct TextStyle: Sendable {
  /// Whether escape sequences may be written.
  let colour: Bool
  /// Whether only ASCII may be written.
  let ascii: Bool

  /// No colours.
  static let plain = TextStyle(colour: false, ascii: false)

  /// The mark of success.
  var good: String { ascii ? "ok" : "✓" }
  /// The mark of failure.
  var bad: String { ascii ? "FAIL" : "✗" }

  /// The text as it may be written.
  func text(_ text: String) -> String { ascii ? asciiOnly(text) : text }

  func heading(_ text: String) -> String { styled(text, ["1"]) }
  func success(_ text: String) -> String { styled(text, ["32"]) }
  func failure(_ text: String) -> String { styled(text, ["31", "1"]) }
  func warning(_ text: String) -> String { styled(text, ["33"]) }
  func faint(_ text: String) -> String { styled(text, ["2"]) }

  private func styled(_ text: String, _ codes: [String]) -> String {
    guard colour, !text.isEmpty else { return text }
    return "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
