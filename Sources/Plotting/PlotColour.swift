// SPDX-License-Identifier: Apache-2.0

/// Colours that people with any kind of colour vision tell apart: M. Okabe, K. Ito, Color Universal Design, 2008.
public enum PlotColour: String, Sendable, Hashable, CaseIterable {
  /// The palette, in the order in which series of one kind should take it.
  case blue, vermillion, green, orange, sky, purple, yellow, black

  /// Red, green and blue as RRGGBB.
  var hex: String {
    switch self {
    case .blue: "0072B2"
    case .vermillion: "D55E00"
    case .green: "009E73"
    case .orange: "E69F00"
    case .sky: "56B4E9"
    case .purple: "CC79A7"
    case .yellow: "F0E442"
    case .black: "000000"
    }
  }

  /// The same mixed with white: a ground on which the colour itself is seen.
  var lightHex: String {
    let channels = stride(from: 0, to: 6, by: 2).map { start -> Int in
      let digits = hex.dropFirst(start).prefix(2)
      return Int(digits, radix: 16) ?? 0
    }
    return channels.map { channel in
      let mixed = 255 - (255 - channel) * 2 / 5
      return (mixed < 16 ? "0" : "") + String(mixed, radix: 16, uppercase: true)
    }.joined()
  }
}
