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

/// The program for gnuplot (5.2 or later) that draws a plot, with its data inside.
///
/// All of one style; names are in single quotes, in which gnuplot substitutes nothing.
public struct GnuplotScript: Sendable, Hashable {
  /// The program.
  public let text: String

  /// The program for a plot in a format.
  public init(_ plot: Plot, as format: PlotFormat) {
    var lines = ["set encoding utf8", Self.terminal(plot, format), "set style fill solid 0.6 border"]
    lines += ["set border 3 lc rgb '#404040'", "set tics nomirror", "set key noenhanced"]
    if !format.isText { lines.append("set grid lc rgb '#E0E0E0' lt 1 lw 1") }
    for (p, panel) in plot.panels.enumerated() {
      for (s, series) in panel.series.enumerated() { lines += Self.data(series, name: "$data_\(p)_\(s)") }
    }
    // The title stands in a margin of its own; what is left is shared by the panels' heights.
    let title = Self.quoted(plot.title)
    lines.append("set multiplot\(plot.title.isEmpty ? "" : " title \(title)")")
    let total = plot.panels.reduce(0) { $0 + max($1.height, 0.01) }
    let room = plot.title.isEmpty ? 1.0 : (format.isText ? 0.92 : 0.94)
    var top = room
    for (p, panel) in plot.panels.enumerated() {
      let share = room * max(panel.height, 0.01) / total
      lines.append("set size 1,\(Self.short(share))")
      lines.append("set origin 0,\(Self.short(top - share))")
      top -= share
      lines += Self.axes(panel, format, share: share)
      let parts = panel.series.enumerated().compactMap { Self.drawing($1, name: "$data_\(p)_\($0)", format) }
      let zero = panel.marksZero ? ["0 notitle with lines lc rgb '#808080' lw 1 dt 2"] : []
      // Something has to be drawn for the axes to be.
      let all = zero + parts
      lines.append("plot " + (all.isEmpty ? "NaN notitle" : all.joined(separator: ", \\\n  ")))
    }
    lines.append("unset multiplot")
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func terminal(_ plot: Plot, _ format: PlotFormat) -> String {
    let tall = plot.panels.count > 1
    return switch format {
    case .svg:
      "set terminal svg size 800,\(tall ? 640 : 520) noenhanced font 'Helvetica,Arial,sans-serif,14' background '#FFFFFF'"
    case .png:
      "set terminal pngcairo size 1600,\(tall ? 1280 : 1040) noenhanced font 'sans,14' fontscale 1.9 lw 2 "
        + "pointscale 1.6 background '#FFFFFF'"
    case .text(let columns, let lines): "set terminal dumb size \(columns),\(lines) noenhanced mono"
    }
  }

  private static func axes(_ panel: PlotPanel, _ format: PlotFormat, share: Double) -> [String] {
    var lines: [String] = []
    for (letter, axis) in [("x", panel.x), ("y", panel.y)] {
      lines.append("set \(letter)label \(quoted(axis.text))")
      lines.append(axis.isLogarithmic ? "set logscale \(letter)" : "unset logscale \(letter)")
      // A range of one point is none.
      if let range = axis.range, range.lowerBound < range.upperBound {
        lines.append("set \(letter)range [\(range.lowerBound):\(range.upperBound)]")
      } else {
        lines.append("set autoscale \(letter)")
      }
    }
    // A low panel has room for few numbers, and gnuplot counts them for a whole picture.
    let step = share < 0.45 && !panel.y.isLogarithmic ? tickStep(panel) : nil
    lines.append("set ytics \(step.map { "\($0)" } ?? "autofreq")")
    // One margin for all panels, so that their axes stand below each other.
    lines.append("set lmargin \(format.isText ? 11 : 12)")
    // A long list of names would lie on the curves; below them it has a place of its own.
    let names = panel.series.count { !$0.name.isEmpty }
    lines.append(names == 0 ? "unset key" : (names > 4 ? "set key below" : "set key top right"))
    return lines
  }

  /// A round step that gives three or four numbers; nil where there is no range.
  private static func tickStep(_ panel: PlotPanel) -> Double? {
    var values: [Double] = panel.y.range.map { [$0.lowerBound, $0.upperBound] } ?? []
    for series in panel.series where panel.y.range == nil {
      switch series.shape {
      case .points(let points): values += points.flatMap { [$0.y - $0.error, $0.y + $0.error] }
      case .line(let points), .steps(let points): values += points.map(\.y)
      case .band(let points): values += points.flatMap { [$0.lower, $0.upper] }
      case .histogram(_, let heights): values += [0] + heights
      }
    }
    values.removeAll { !$0.isFinite }
    guard let low = values.min(), let high = values.max(), low < high, (high - low).isFinite else { return nil }
    let rough = (high - low) / 3
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    guard power > 0, power.isFinite else { return nil }
    return power * (rough < 2 * power ? 1 : rough < 5 * power ? 2 : 5)
  }

  // MARK: Data

  private static func data(_ series: PlotSeries, name: String) -> [String] {
    let rows: [String] =
      switch series.shape {
      case .points(let points): points.map { "\(number($0.x)) \(number($0.y)) \(number($0.error))" }
      case .line(let points), .steps(let points): points.map { "\(number($0.x)) \(number($0.y))" }
      case .band(let points): points.map { "\(number($0.x)) \(number($0.lower)) \(number($0.upper))" }
      case .histogram(let edges, let heights):
        zip(zip(edges, edges.dropFirst()), heights).map { edge, height in
          "\(number((edge.0 + edge.1) / 2)) \(number(height)) \(number(edge.1 - edge.0))"
        }
      }
    return ["\(name) << EOD"] + rows + ["EOD"]
  }

  private static func drawing(_ series: PlotSeries, name: String, _ format: PlotFormat) -> String? {
    let title = series.name.isEmpty ? "notitle" : "title \(quoted(series.name))"
    let colour = "lc rgb '#\(series.colour.hex)'"
    func drawn(_ style: String) -> String? { "\(name) \(style)".replacing("TITLE", with: title) }
    switch series.shape {
    case .points(let points):
      guard !points.isEmpty else { return nil }
      if format.isText { return drawn("using 1:2 TITLE with points pt 'o'") }
      return points.contains { $0.error > 0 }
        ? drawn("using 1:2:3 TITLE with yerrorbars pt 7 ps 0.6 \(colour)")
        : drawn("using 1:2 TITLE with points pt 7 ps 0.6 \(colour)")
    case .line(let points):
      guard !points.isEmpty else { return nil }
      return drawn(format.isText ? "using 1:2 TITLE with lines lt 1" : "using 1:2 TITLE with lines lw 2 \(colour)")
    case .steps(let points):
      guard !points.isEmpty else { return nil }
      return drawn(format.isText ? "using 1:2 TITLE with steps lt 1" : "using 1:2 TITLE with steps lw 2 \(colour)")
    case .band(let points):
      guard !points.isEmpty else { return nil }
      // Characters have no shades: there a band is its two edges.
      if format.isText {
        return "\(name) using 1:2 notitle with points pt '.', \(name) using 1:3 \(title) with points pt '.'"
      }
      return drawn("using 1:2:3 TITLE with filledcurves fs noborder lc rgb '#C0\(series.colour.hex)'")
    case .histogram(_, let heights):
      guard !heights.isEmpty else { return nil }
      return drawn(format.isText ? "using 1:2:3 TITLE with boxes" : "using 1:2:3 TITLE with boxes \(colour)")
    }
  }

  // MARK: Text

  /// A number; what is not finite is a gap.
  private static func number(_ x: Double) -> String { x.isFinite ? "\(x)" : "NaN" }

  private static func short(_ x: Double) -> String { "\((x * 1e4).rounded() / 1e4)" }

  /// A text in single quotes, without what would end its line.
  private static func quoted(_ text: String) -> String {
    let safe = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
    return "'" + safe.replacing("'", with: "''") + "'"
  }
}
