// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Output as a page shows it. A line `…` stands for any lines, `…` inside a line for any characters: for seconds,
/// versions and long tables.
enum ExpectedOutput {
  static func matches(_ shown: [String], _ printed: [String]) -> Bool {
    matches(shown[...], printed[...], isGap: { $0 == "…" }, one: { matches($0, $1) })
  }

  private static func matches(_ shown: String, _ printed: String) -> Bool {
    matches(Array(shown)[...], Array(printed)[...], isGap: { $0 == "…" }, one: { $0 == $1 })
  }

  /// Matching with gaps, without recursion: on a mismatch the last gap takes one element more.
  private static func matches<Element>(
    _ shown: ArraySlice<Element>, _ printed: ArraySlice<Element>, isGap: (Element) -> Bool,
    one: (Element, Element) -> Bool
  ) -> Bool {
    var (i, j) = (shown.startIndex, printed.startIndex)
    var gap: (after: Int, upTo: Int)?
    while j < printed.endIndex {
      if i < shown.endIndex, isGap(shown[i]) {
        i += 1
        gap = (i, j)
      } else if i < shown.endIndex, one(shown[i], printed[j]) {
        i += 1
        j += 1
      } else if let last = gap {
        gap = (last.after, last.upTo + 1)
        (i, j) = (last.after, last.upTo + 1)
      } else {
        return false
      }
    }
    return shown[i...].allSatisfy(isGap)
  }

  /// Lines whose runs of white space are one space (a column is as wide as its times are long), without empty lines at
  /// the end.
  static func lines(_ text: String) -> [String] {
    var lines = text.components(separatedBy: "\n").map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
