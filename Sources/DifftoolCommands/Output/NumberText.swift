// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Numbers for people. Files and JSON have them in full.
enum NumberText {
  /// Up to `digits` significant digits, without an exponent where that is short enough.
  static func value(_ x: Double, digits: Int = 6) -> String {
    if x.isNaN { return "nan" }
    if x.isInfinite { return x < 0 ? "-inf" : "inf" }
    if x == 0 { return "0" }
    return String(format: "%.\(digits)g", x)
  }

  /// The fewest digits that read back to the same number, without `.0`.
  static func shortest(_ x: Double) -> String {
    guard x.isFinite else { return value(x) }
    let text = "\(x)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Two digits and an exponent, for errors.
  static func error(_ x: Double) -> String {
    if x.isNaN { return "nan" }
    if x.isInfinite { return "inf" }
    return x == 0 ? "0" : String(format: "%.1e", x)
  }

  /// A duration: 310 µs, 4.2 ms, 1.3 s, 2 min 5 s.
  static func duration(_ seconds: Double, ascii: Bool = false) -> String {
    switch seconds {
    case ..<1e-3: String(format: "%.0f \(ascii ? "us" : "µs")", seconds * 1e6)
    case ..<1: String(format: "%.1f ms", seconds * 1e3)
    case ..<60: String(format: "%.1f s", seconds)
    default: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    }
  }

  /// … without the `.0` of a whole number, for people.
  static func short(_ x: Double) -> String {
    let text = exact(x)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The shortest text that reads back as the same number.
  static func exact(_ x: Double) -> String { x.isNaN ? "nan" : (x.isInfinite ? (x < 0 ? "-inf" : "inf") : "\(x)") }
}
