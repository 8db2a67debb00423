// SPDX-License-Identifier: Apache-2.0

/// What a replay computed.
public struct ReplayResult: Sendable, Codable, Equatable {
  /// The lines as the document's program prints them, and a line for each seed.
  public var lines: [String]
  /// The figures.
  public var figures: [ReplayFigure]
  /// The document's mistakes, beside the mended way.
  public var traps: [ReplayTrap]
  /// What a reader should know, such as which command draws the picture.
  public var remarks: [String]

  /// A result.
  public init(
    lines: [String] = [], figures: [ReplayFigure] = [], traps: [ReplayTrap] = [], remarks: [String] = []
  ) {
    self.lines = lines
    self.figures = figures
    self.traps = traps
    self.remarks = remarks
  }

  /// Whether no figure is different.
  public var isFaithful: Bool { figures.allSatisfy { $0.comparison != .different } }

  /// The number of figures that compare so.
  public func count(_ comparison: ReplayFigure.Comparison) -> Int {
    figures.count { $0.comparison == comparison }
  }
}

/// The figures of one system after the other, while a replay computes them.
struct FigureList {
  let system: String
  let origin: ReplayFigure.Origin
  private(set) var figures: [ReplayFigure] = []

  init(_ system: String, origin: ReplayFigure.Origin = .printed) {
    self.system = system
    self.origin = origin
  }

  /// A figure that must be the same text.
  mutating func add(_ name: String, _ document: String, _ computed: String, isMended: Bool = false) {
    figures.append(
      ReplayFigure(system, name, document: document, computed: computed, origin: origin, isMended: isMended))
  }
}
