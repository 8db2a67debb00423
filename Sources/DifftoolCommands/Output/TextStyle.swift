// SPDX-License-Identifier: Apache-2.0

import Rainbow

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
    guard colour else { return text }
    let modes: [any ModeCode] = codes.compactMap { code in
      switch code {
      case "1": Style.bold
      case "2": Style.dim
      case "31": NamedColor.red
      case "32": NamedColor.green
      default: NamedColor.yellow
      }
    }
    let entry = Rainbow.Entry(
      segments: [
        Rainbow.Segment(
          text: text, color: modes.compactMap { $0 as? NamedColor }.first.map { .named($0) }, backgroundColor: nil,
          styles: modes.compactMap { $0 as? Style })
      ])
    return Rainbow.generateString(for: entry)
  }
}
