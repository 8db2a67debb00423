// SPDX-License-Identifier: Apache-2.0

/// One thing that is drawn.
public struct PlotSeries: Sendable, Hashable {
  /// How it is drawn. Where a number is not finite there is a gap.
  public enum Shape: Sendable, Hashable {
    /// Marks, with error bars where one is not 0.
    case points([PlotPoint])
    /// A line through points.
    case line([PlotPoint])
    /// A line that jumps: each height holds up to the next place.
    case steps([PlotPoint])
    /// The area between two curves.
    case band([PlotBandPoint])
    /// Bars of heights between edges, of which there is one more.
    case histogram(edges: [Double], heights: [Double])
    /// A colour at every place of a plane; characters have none, and leave it out.
    case field(PlotField)
  }

  /// Its name in the legend; empty for none.
  public var name: String
  /// Which colour of the palette; bands are drawn in a lighter shade.
  public var colour: PlotColour
  /// How it is drawn.
  public var shape: Shape
  /// The mark of points.
  public var mark: PlotMark
  /// Whether a line is broken into dashes.
  public var isDashed: Bool

  /// A series.
  public init(
    _ name: String = "", colour: PlotColour = .blue, mark: PlotMark = .dot, isDashed: Bool = false, _ shape: Shape
  ) {
    self.name = name
    self.colour = colour
    self.mark = mark
    self.isDashed = isDashed
    self.shape = shape
  }
}

/// Values on a grid over a rectangle, drawn as colours.
public struct PlotField: Sendable, Hashable {
  /// What the colours mean.
  public enum Meaning: Sendable, Hashable {
    /// A number, with the name that stands beside the colour bar: from orange over white in the middle to blue.
    case number(String, range: ClosedRange<Double>)
    /// The number of a class, in a light shade of that colour.
    case classes([PlotColour])
  }

  /// The first and the last column's place.
  public var x: ClosedRange<Double>
  /// The first and the last row's place.
  public var y: ClosedRange<Double>
  /// A row for each place of y, from below, with a value for each place of x.
  public var values: [[Double]]
  /// What the colours mean.
  public var meaning: Meaning

  /// A field.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>, values: [[Double]], meaning: Meaning) {
    self.x = x
    self.y = y
    self.values = values
    self.meaning = meaning
  }

  /// Where a column stands.
  func place(column: Int) -> Double { Self.place(column, of: values.first?.count ?? 0, in: x) }

  /// Where a row stands.
  func place(row: Int) -> Double { Self.place(row, of: values.count, in: y) }

  private static func place(_ index: Int, of count: Int, in range: ClosedRange<Double>) -> Double {
    count < 2
      ? (range.lowerBound + range.upperBound) / 2
      : range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(count - 1)
  }
}

/// The form of a point, which tells kinds apart where colours do not.
public enum PlotMark: String, Sendable, Hashable, CaseIterable {
  /// The marks, in the order in which series of one kind should take them.
  case dot, triangle, square, diamond, wedge, cross

  /// gnuplot's number.
  var number: Int {
    switch self {
    case .dot: 7
    case .triangle: 9
    case .square: 5
    case .diamond: 13
    case .wedge: 11
    case .cross: 2
    }
  }

  /// In a terminal.
  var character: Character {
    switch self {
    case .dot: "o"
    case .triangle: "x"
    case .square: "+"
    case .diamond: "%"
    case .wedge: "v"
    case .cross: "@"
    }
  }
}
