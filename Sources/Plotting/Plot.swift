// SPDX-License-Identifier: Apache-2.0

/// A picture as a value: panels below each other, each with two axes and what is drawn between them.
///
/// It knows nothing of the program that draws it; see ``PlotRenderer``.
public struct Plot: Sendable, Hashable {
  /// What stands above everything; may be empty.
  public var title: String
  /// From the top.
  public var panels: [PlotPanel]

  /// A plot of panels.
  public init(title: String = "", panels: [PlotPanel]) {
    self.title = title
    self.panels = panels
  }
}

/// One pair of axes.
public struct PlotPanel: Sendable, Hashable {
  /// The horizontal axis.
  public var x: PlotAxis
  /// The vertical axis.
  public var y: PlotAxis
  /// What is drawn, the first lowest.
  public var series: [PlotSeries]
  /// Its share of the plot's height, relative to the other panels.
  public var height: Double
  /// Whether a line is drawn at y = 0.
  public var marksZero: Bool

  /// A panel.
  public init(
    x: PlotAxis, y: PlotAxis, series: [PlotSeries], height: Double = 1, marksZero: Bool = false
  ) {
    self.x = x
    self.y = y
    self.series = series
    self.height = height
    self.marksZero = marksZero
  }
}

/// An axis with its name.
public struct PlotAxis: Sendable, Hashable {
  /// What is measured along it.
  public var label: String
  /// The unit; empty for a number.
  public var unit: String
  /// Whether equal ratios are equally far apart.
  public var isLogarithmic: Bool
  /// The range shown; nil for that of the data.
  public var range: ClosedRange<Double>?

  /// An axis.
  public init(_ label: String, unit: String = "", isLogarithmic: Bool = false, range: ClosedRange<Double>? = nil) {
    self.label = label
    self.unit = unit
    self.isLogarithmic = isLogarithmic
    self.range = range
  }

  /// The label with the unit.
  var text: String { unit.isEmpty ? label : "\(label) (\(unit))" }
}

/// A point.
public struct PlotPoint: Sendable, Hashable {
  /// Where it is.
  public var x: Double
  /// How high.
  public var y: Double
  /// Half the length of its error bar; 0 for none.
  public var error: Double

  /// A point.
  public init(_ x: Double, _ y: Double, error: Double = 0) {
    self.x = x
    self.y = y
    self.error = error
  }
}

/// The range between two curves at one place.
public struct PlotBandPoint: Sendable, Hashable {
  /// Where it is.
  public var x: Double
  /// Its lower end.
  public var lower: Double
  /// Its upper end.
  public var upper: Double

  /// A range.
  public init(_ x: Double, _ lower: Double, _ upper: Double) {
    self.x = x
    self.lower = lower
    self.upper = upper
  }
}

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
  }

  /// Its name in the legend; empty for none.
  public var name: String
  /// Which colour of the palette; bands are drawn in a lighter shade.
  public var colour: PlotColour
  /// How it is drawn.
  public var shape: Shape

  /// A series.
  public init(_ name: String = "", colour: PlotColour = .blue, _ shape: Shape) {
    self.name = name
    self.colour = colour
    self.shape = shape
  }
}

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
}
