// SPDX-License-Identifier: Apache-2.0

/// What random numbers are used for; each purpose has its own stream in ``NamedStreams``.
///
/// A purpose is its name and nothing else: `.custom("shuffle")` and `.shuffle` are the same. Names are compared
/// byte by byte in UTF-8, as they are hashed. **A name, once released, never changes**, or its numbers would.
public struct StreamPurpose: Sendable, Codable, RawRepresentable {
  /// The name, which selects the stream.
  public let rawValue: String

  /// The purpose with this name.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// A purpose of the caller's own, for instance `"myplugin.dropout"`.
  public static func custom(_ name: String) -> Self { Self(rawValue: name) }

  /// Initial parameters of a model.
  public static let initialization = Self(rawValue: "initialization")
  /// Order of the samples in each epoch; the stream's index is the epoch.
  public static let shuffle = Self(rawValue: "shuffle")
  /// Parts for training, validation and test.
  public static let split = Self(rawValue: "split")
  /// Noise added to data.
  public static let noise = Self(rawValue: "noise")
  /// Random directions in which derivatives are compared.
  public static let directions = Self(rawValue: "directions")
  /// Inputs of generated data.
  public static let data = Self(rawValue: "data")
  /// Points at which functions are evaluated or compared.
  public static let points = Self(rawValue: "points")
  /// Planted errors of a mutation test.
  public static let mutation = Self(rawValue: "mutation")
  /// Starting points of repeated fits.
  public static let restarts = Self(rawValue: "restarts")
  /// Bootstrap samples and other resampling.
  public static let resampling = Self(rawValue: "resampling")

  /// The purposes with a name of their own here.
  public static let named: [Self] = [
    .initialization, .shuffle, .split, .noise, .directions, .data, .points, .mutation, .restarts, .resampling,
  ]
}

extension StreamPurpose: Hashable {
  /// Whether the names have the same bytes in UTF-8.
  public static func == (left: Self, right: Self) -> Bool {
    left.rawValue.utf8.elementsEqual(right.rawValue.utf8)
  }

  /// Hashes the bytes of the name in UTF-8.
  public func hash(into hasher: inout Hasher) {
    for byte in rawValue.utf8 {
      hasher.combine(byte)
    }
    hasher.combine(UInt8.max)
  }
}

extension StreamPurpose: CustomStringConvertible {
  /// The name.
  public var description: String { rawValue }
}
