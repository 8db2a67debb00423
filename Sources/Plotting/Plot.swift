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
  /// What stands above this panel alone; empty for nothing.
  public var title: String

  /// A panel.
  public init(
    x: PlotAxis, y: PlotAxis, series: [PlotSeries], height: Double = 1, marksZero: Bool = false, title: String = ""
  ) {
    self.x = x
    self.y = y
    self.series = series
    self.height = height
    self.marksZero = marksZero
    self.title = title
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
  /// Names in place of numbers, the first at 0, the next at 1; none for numbers.
  public var names: [String]

  /// An axis.
  public init(
    _ label: String, unit: String = "", isLogarithmic: Bool = false, range: ClosedRange<Double>? = nil,
    names: [String] = []
  ) {
    self.label = label
    self.unit = unit
    self.isLogarithmic = isLogarithmic
    self.range = range
    self.names = names
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
