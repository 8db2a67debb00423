// SPDX-License-Identifier: Apache-2.0

extension MersenneTwister: Codable {
  private enum CodingKeys: String, CodingKey {
    case algorithm
    case words
    case position
  }

  private static let algorithm = "mt19937"

  /// Writes the algorithm's name, the 624 words and the position.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.algorithm, forKey: .algorithm)
    try container.encode(words, forKey: .words)
    try container.encode(position, forKey: .position)
  }

  /// Reads a state, and refuses one that no generator can be in.
  ///
  /// - Throws: `DecodingError.dataCorrupted` if the state belongs to another algorithm, has not 624 words, stands
  ///   outside them, or is all zero (from which the generator would give zeros for ever).
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let algorithm = try container.decode(String.self, forKey: .algorithm)
    guard algorithm == Self.algorithm else {
      throw DecodingError.dataCorruptedError(
        forKey: .algorithm, in: container,
        debugDescription: "a state of \(algorithm) where one of \(Self.algorithm) is wanted")
    }
    words = try container.decode([UInt32].self, forKey: .words)
    position = try container.decode(Int.self, forKey: .position)
    guard words.count == Self.wordCount else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: container,
        debugDescription: "\(words.count) words where an MT19937 state has \(Self.wordCount)")
    }
    guard (0...Self.wordCount).contains(position) else {
      throw DecodingError.dataCorruptedError(
        forKey: .position, in: container,
        debugDescription: "position \(position) lies outside 0...\(Self.wordCount)")
    }
    // The lower 31 bits of the first word are no part of the state.
    guard words[0] & 0x8000_0000 != 0 || words.dropFirst().contains(where: { $0 != 0 }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: container, debugDescription: "an MT19937 state cannot be all zero")
    }
  }
}
