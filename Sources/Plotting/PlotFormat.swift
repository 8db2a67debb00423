// SPDX-License-Identifier: Apache-2.0

/// What a plot is drawn as.
public enum PlotFormat: Sendable, Hashable {
  /// Scalable vector graphics.
  case svg
  /// A picture of points, twice as many as its size for screens of high resolution.
  case png
  /// Characters, in so many columns and lines.
  case text(columns: Int, lines: Int)

  /// The format that a file's name asks for; nil for another one.
  public init?(path: String) {
    if path.lowercased().hasSuffix(".svg") {
      self = .svg
    } else if path.lowercased().hasSuffix(".png") {
      self = .png
    } else {
      return nil
    }
  }

  var isText: Bool { if case .text = self { true } else { false } }
}
